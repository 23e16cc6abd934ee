package review_test

import (
	"bytes"
	"reflect"
	"strings"
	"testing"

	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/internal/fault"
	"giaoban/official"
	"giaoban/org"
	"giaoban/paper"
	"giaoban/people/peopletest"
	"giaoban/record"
	"giaoban/review"
)

func TestTheCalendarOfAYearIsFoldedWithoutCuttingLettersAndAlwaysTheSame(t *testing.T) {
	reviewing(t, func(t *testing.T, d *db.DB, _ *dbtest.Clock, o office) {
		o.register(t, d, seeds()...)
		o.assign(t, d, 2022)
		all := inYear(t, d, o.officer, 2022)
		lead := func(db.ID) string { return "Sở Lao động - Thương binh và Xã hội; đầu mối, chủ trì" }
		file := review.Calendar("Sơ kết, tổng kết năm 2022", all, lead)
		if !bytes.Equal(file, review.Calendar("Sơ kết, tổng kết năm 2022", inYear(t, d, o.officer, 2022), lead)) {
			t.Error("the same list gives another file")
		}
		text := string(file)
		for l := range strings.SplitSeq(strings.TrimSuffix(text, "\r\n"), "\r\n") {
			if len(l) > 75 || strings.ToValidUTF8(l, "") != l || strings.Contains(l, "\n") {
				t.Errorf("%d octets: %q", len(l), l)
			}
		}
		whole := strings.ReplaceAll(text, "\r\n ", "")
		for _, want := range []string{"SUMMARY:Trình báo cáo: tổng kết 10 năm Chỉ thị số 20-CT/TW\\, ngày 05/11/2012\r\n", "DTSTART;VALUE=DATE:20221107\r\nDTEND;VALUE=DATE:20221108\r\n",
			"STATUS:TENTATIVE\r\n", "Chủ trì: Sở Lao động - Thương binh và Xã hội\\; đầu mối\\, chủ trì\r\n"} {
			if !strings.Contains(whole, want) {
				t.Errorf("%q is not in %s", want, whole)
			}
		}
		if n := strings.Count(text, "BEGIN:VEVENT"); n != 21 {
			t.Errorf("%d events", n)
		}
	})
}

func TestThePlanOfAYearIsAPaperUnderTheLayoutOfItsDay(t *testing.T) {
	reviewing(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock, o office) {
		o.register(t, d, seeds()...)
		write(t, d, func(tx *db.Tx) error { return org.Set(tx, setup, org.Superior, "TỈNH ỦY KHÁNH HÒA") })
		o.assign(t, d, 2022)
		plan := func() (doc official.Document) {
			read(t, d, func(tx *db.Tx) (err error) { doc, err = review.YearPlan(tx, o.officer, 2022); return err })
			return doc
		}
		if doc := plan(); doc.Marks.Draft != 1 || doc.Profile.Code != "HD36" || doc.Issuer != "Ban Tuyên giáo" || doc.TypeSymbol != "KH" {
			t.Errorf("%+v", doc)
		}
		write(t, d, func(tx *db.Tx) error { _, err := review.ListYear(tx, o.officer, 2022); return err })
		write(t, d, func(tx *db.Tx) error {
			_, err := review.Confirm(tx, o.leader, 2022, seen(inYearTx(t, tx, o.leader, 2022)))
			return err
		})
		clock.Set(calendar.On(2026, 6, 1).StartOfDay()) // the layout has changed since
		doc := plan()
		if doc.Marks.Draft != 0 || doc.Profile.Code != "HD36" || doc.Date != official.DayOf(2022, 4, 0) {
			t.Errorf("%s %+v %d", doc.Profile.Code, doc.Date, doc.Marks.Draft)
		}
		for _, f := range official.Lint(doc) {
			if f.Rule != "thieu-ho-ten" && f.Rule != "thieu-dia-danh" && f.Rule != "co-ngay-chua-co-so" { // nobody has signed yet
				t.Errorf("%s: %s", f.Rule, f.Sentence)
			}
		}
		var first, again bytes.Buffer
		if err := official.WriteDocx(&first, doc); err != nil {
			t.Fatal(err)
		}
		if err := official.WriteDocx(&again, plan()); err != nil || !bytes.Equal(first.Bytes(), again.Bytes()) {
			t.Errorf("the same plan gives another file: %v", err)
		}
	})
}

// The plan of a year becomes a paper once: it says what the file says, and each review of the list leads to it.
func TestThePlanOfAYearBecomesAPaperOnce(t *testing.T) {
	reviewing(t, func(t *testing.T, d *db.DB, _ *dbtest.Clock, o office) {
		o.register(t, d, seeds()...)
		write(t, d, func(tx *db.Tx) error { return org.Set(tx, setup, org.Superior, "TỈNH ỦY KHÁNH HÒA") })
		o.assign(t, d, 2022)
		var made paper.Paper
		write(t, d, func(tx *db.Tx) (err error) {
			made, err = review.DraftPlan(tx, o.officer, 2022, paper.Signature{})
			return err
		})
		read(t, d, func(tx *db.Tx) error {
			doc, err := paper.Document(tx, o.officer, made.ID)
			if err != nil {
				return err
			}
			file, err := review.YearPlan(tx, o.officer, 2022)
			if err != nil {
				return err
			}
			if doc.TypeSymbol != "KH" || !reflect.DeepEqual(doc.Body, file.Body) || len(doc.Annexes) != 1 || doc.Issuer != file.Issuer || doc.Superior != file.Superior {
				t.Errorf("the paper says other than the file: %+v", doc)
			}
			for _, f := range official.Lint(doc) {
				if f.Rule != "thieu-nguoi-ky" && f.Rule != "thieu-dia-danh" {
					t.Errorf("%s: %s", f.Rule, f.Sentence)
				}
			}
			var edges int
			if err := tx.Get(&edges, "select count(*) from lineage_edge where target = ? and verb = 'ghi trong'", "paper/"+string(made.ID)); err != nil {
				return err
			}
			if all := inYearTx(t, tx, o.officer, 2022); edges != len(all) {
				t.Errorf("%d of %d reviews lead to the plan", edges, len(all))
			}
			return nil
		})
		refused := func(what string, year int) {
			t.Helper()
			err := d.Write(t.Context(), func(tx *db.Tx) error {
				_, err := review.DraftPlan(tx, o.officer, year, paper.Signature{})
				return err
			})
			if !fault.Is(err, fault.KindConflict) {
				t.Errorf("%s: %v", what, err)
			}
		}
		refused("a second one", 2022)
		refused("a year without reviews", 1931)
		write(t, d, func(tx *db.Tx) error {
			if _, err := paper.Withdraw(tx, o.officer, made.ID, "Soạn lại"); err != nil {
				return err
			}
			_, err := review.DraftPlan(tx, o.officer, 2022, paper.Signature{})
			return err
		})
	})
}

// A plan that was revoked, or whose replacement was, is none: another one may be drafted. One that was replaced is what replaced it.
func TestARevokedPlanIsNone(t *testing.T) {
	reviewing(t, func(t *testing.T, d *db.DB, _ *dbtest.Clock, o office) {
		o.register(t, d, seeds()...)
		o.assign(t, d, 2022)
		write(t, d, func(tx *db.Tx) error {
			if err := org.Set(tx, setup, org.Superior, "TỈNH ỦY KHÁNH HÒA"); err != nil {
				return err
			}
			_, err := peopletest.Post(tx, o.leader.Name, o.ban, "Trưởng ban")
			return err
		})
		number := int64(0)
		out := func(draft func(tx *db.Tx) (paper.Paper, error)) (p paper.Paper) {
			t.Helper()
			number++
			write(t, d, func(tx *db.Tx) (err error) {
				if p, err = draft(tx); err != nil {
					return err
				}
				if _, err = record.Sign(tx, o.leader, p.ID, paper.Signature{Signer: o.leader.Name}); err != nil {
					return err
				}
				if _, err = paper.EnterNumber(tx, o.clerk, p.ID, number, calendar.On(2022, 4, 1)); err != nil {
					return err
				}
				p, err = record.Release(tx, o.clerk, p.ID)
				return err
			})
			return p
		}
		plan := func(tx *db.Tx) (paper.Paper, error) { return review.DraftPlan(tx, o.officer, 2022, paper.Signature{}) }
		follow := func(old db.ID, kind paper.SuccessionKind) func(tx *db.Tx) (paper.Paper, error) {
			return func(tx *db.Tx) (paper.Paper, error) {
				p, err := record.Succeed(tx, o.officer, old, kind, "Ghi nhầm")
				if err != nil {
					return p, err
				}
				content, err := paper.Content(tx, o.officer, p.ID)
				if err != nil {
					return p, err
				}
				words := paper.WordsOf(content)
				words.Addressed = []string{"Các cơ quan chủ trì, phối hợp"}
				return paper.Rewrite(tx, o.officer, p.ID, p.Version, words)
			}
		}
		standing := func(want db.ID) {
			t.Helper()
			read(t, d, func(tx *db.Tx) error {
				p, err := review.PlanPaper(tx, o.officer, 2022)
				if p.ID != want {
					t.Errorf("the plan is %q, want %q", p.ID, want)
				}
				return err
			})
		}
		first := out(plan)
		out(follow(first.ID, paper.Revokes))
		standing("")
		second := out(plan)
		third := out(follow(second.ID, paper.Replaces))
		standing(third.ID)
		out(follow(third.ID, paper.Revokes))
		standing("")
		out(plan)
	})
}
