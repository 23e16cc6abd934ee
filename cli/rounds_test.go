package cli

import (
	"testing"

	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/report"
	"giaoban/sample"
	"giaoban/sample/sampletest"
)

// The round opens a period on the day its regime says, tells so, and has nothing more to do the next minute.
func TestTheRoundOpensPeriods(t *testing.T) {
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			p := sampletest.Open(t, e, "2022-04-21 09:00")
			var on calendar.Date
			if err := p.DB.Write(t.Context(), func(tx *db.Tx) error {
				r, err := report.FindRegime(tx, p.Officer, sample.Monthly)
				if err != nil {
					return err
				}
				if _, err := report.UpdateRegime(tx, p.Officer, r.ID, r.Version, report.NewRegime{Code: r.Code, Name: r.Name, Content: r.Content, Receiver: r.Receiver,
					Kind: r.Kind, Cutoff: r.Cutoff, WorkingDays: r.WorkingDays, Channel: r.Channel, FeedsFrom: r.FeedsFrom, Basis: r.Basis, Opens: "BEFORE:10"}); err != nil {
					return err
				}
				coming, err := report.ComingPeriods(tx, p.Officer, calendar.On(2022, 7, 1))
				for _, c := range coming {
					if c.Period.String() == "2022-05" {
						on = c.On
					}
				}
				return err
			}); err != nil {
				t.Fatal(err)
			}
			var told []string
			at := func(day calendar.Date) int {
				p.Clock.Set(day.StartOfDay().Add(8 * 3600e9))
				told = nil
				if n := goRound(t.Context(), p.DB, nil, place{}, []work{{"mở kỳ", openPeriods}}, func(_, sentence string) { told = append(told, sentence) }); n > 0 {
					t.Fatalf("%d works failed", n)
				}
				return len(told)
			}
			at(on.AddDays(-1)) // what is due by then
			if at(on) != 1 {
				t.Errorf("on its day: %q", told)
			}
			if at(on) != 0 {
				t.Errorf("again: %q", told)
			}
		})
	}
}
