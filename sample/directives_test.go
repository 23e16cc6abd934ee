package sample_test

import (
	"fmt"
	"slices"
	"testing"

	"giaoban/directive"
	"giaoban/internal/db"
	"giaoban/review"
	"giaoban/sample"
	"giaoban/task"
)

func TestTheReviewsOf2022WaitForTheLeaderAndNothingIsAskedTwice(t *testing.T) {
	province(t, "", func(t *testing.T, tx *db.Tx, p *sample.Province) {
		all, err := review.DueIn(tx, p.Officer, 2022)
		ok(t, err)
		var names []string
		for _, r := range all {
			names = append(names, fmt.Sprintf("%s %d %s %s", r.Symbol, r.Years, r.State(), codeOf(p, r.Lead)))
		}
		slices.Sort(names)
		if want := []string{"19-CT/TW 10 listed SLDTBXH", "20-CT/TW 10 listed SLDTBXH", "20-NQ/TW 10 listed SKHCN", "20-NQ/TW 5 listed SYT"}; !slices.Equal(names, want) {
			t.Errorf("%v", names)
		}
		tied := 0
		for _, r := range all {
			for _, s := range r.Steps {
				if s.Task == "" {
					continue
				}
				if asked, err := task.Find(tx, p.Officer, s.Task); err != nil || s.Step != review.StepDraft || asked.Origin.Kind != "conclusion" {
					t.Errorf("%s: %v %v", s.Step, asked.Origin, err)
				}
				tied++
			}
		}
		if tied != 2 {
			t.Errorf("%d steps are what the briefing asked for", tied)
		}
		var reviews int
		ok(t, tx.Get(&reviews, "select count(*) from task where origin_kind = 'review'"))
		if reviews != 0 {
			t.Errorf("%d tasks before the leader's word", reviews)
		}
	})
}

func TestTheRegisterHasBothResolutionsWithOneSymbol(t *testing.T) {
	province(t, "", func(t *testing.T, tx *db.Tx, p *sample.Province) {
		all, _, err := directive.List(tx, p.Officer, directive.Filter{Text: "20-NQ/TW"})
		ok(t, err)
		if len(all) != 2 || all[0].Date == all[1].Date {
			t.Errorf("%v", all)
		}
		for year, want := range map[int]int{2019: 4, 2023: 2} {
			found, err := review.DueIn(tx, p.Officer, year)
			ok(t, err)
			if len(found) != want {
				t.Errorf("%d: %d", year, len(found))
			}
		}
	})
}
