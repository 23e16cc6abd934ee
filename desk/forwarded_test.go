package desk_test

import (
	"strings"
	"testing"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/desk"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/report"
	"giaoban/sample/sampletest"
)

// What those above have is found on the desk of who follows it and of who asked, years later too, and never as late.
func TestWhatThoseAboveHaveIsFoundAndNeverLate(t *testing.T) {
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			p := sampletest.Open(t, e, "2022-04-20 09:00")
			p.Clock.Set(calendar.On(2024, 4, 22).StartOfDay())
			dbtest.Begin(t, p.DB, func(tx *db.Tx) {
				waiting, _, err := report.Proposals(tx, p.Officer, report.ProposalFilter{State: report.ProposalForwarded})
				if err != nil || len(waiting) < 2 {
					t.Fatalf("%d wait, %v", len(waiting), err)
				}
				// line is what a desk says of forwarded proposals, "" for nothing; how late it is told as fails.
				line := func(by access.Actor) (said string) {
					t.Helper()
					d, err := desk.For(tx, by)
					if err != nil {
						t.Fatal(err)
					}
					about := func(i desk.Item) bool {
						return i.To.State == string(report.ProposalForwarded) || i.To.Kind == "proposal" && i.To.ID == waiting[0].ID
					}
					for _, i := range d.Items {
						if about(i) {
							t.Errorf("%s has to do: %s", by.Name, i.Title)
						}
					}
					for _, i := range d.Waiting {
						if about(i) {
							said += i.Title + " " + i.Why + " " + i.Note
							if !i.Due.IsZero() || i.Past || i.Late != 0 {
								t.Errorf("%s: those above are late: %+v", by.Name, i)
							}
						}
					}
					return said
				}
				asks := p.Actor(strings.ToLower(waiting[0].BodyCode))
				if said := line(asks); !strings.Contains(said, "đang chờ ý kiến, từ ngày 01/4/2022.") {
					t.Errorf("who asked reads %q", said)
				}
				if said := line(p.Officer); !strings.HasPrefix(said, "2 kiến nghị đã chuyển, đang chờ ý kiến") {
					t.Errorf("who follows reads %q", said)
				}
				if said := line(p.Deputy); said != "" {
					t.Errorf("who does not follow reads %q", said)
				}
				if err := report.FollowProposal(tx, p.Officer, waiting[0].ID, p.Deputy.Person); err != nil {
					t.Fatal(err)
				}
				if said := line(p.Officer); !strings.HasPrefix(said, "1 kiến nghị") {
					t.Errorf("the officer reads %q", said)
				}
				if said := line(p.Deputy); !strings.HasPrefix(said, "1 kiến nghị") {
					t.Errorf("the deputy follows and reads %q", said)
				}
				if _, err := tx.Exec("update account set disabled_at = ? where person = ?", tx.Now(), p.Deputy.Person); err != nil {
					t.Fatal(err)
				}
				if said := line(p.Officer); !strings.HasPrefix(said, "2 kiến nghị") || !strings.HasSuffix(said, "1 kiến nghị chưa có người theo dõi.") {
					t.Errorf("nobody follows one any more, and the officer reads %q", said)
				}
			})
		})
	}
}
