package conference_test

import (
	"strings"
	"testing"

	"giaoban/calendar"
	"giaoban/conference"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/report"
	"giaoban/sample"
	"giaoban/sample/sampletest"
)

// The pack of the next conference has what was forwarded at the last one, until those above answer.
func TestAPackHasWhatWaitsForThoseAbove(t *testing.T) {
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			p := sampletest.Open(t, e, "2022-04-20 09:00")
			var b conference.Conference
			compose := func() (pack conference.Pack) {
				if err := p.DB.Read(t.Context(), func(tx *db.Tx) (err error) {
					if b, err = conference.OfPeriod(tx, p.Officer, sample.Quarterly, calendar.MustPeriod("2022-Q2")); err == nil {
						pack, err = conference.Compose(tx, p.Officer, b.ID)
					}
					return err
				}); err != nil {
					t.Fatal(err)
				}
				return pack
			}
			shown := compose()
			if len(shown.Forwarded) == 0 {
				t.Fatal("nothing forwarded is in the pack")
			}
			for _, f := range shown.Forwarded {
				if f.Since != calendar.On(2022, 4, 1) || !strings.HasPrefix(f.By, "bằng công văn số ") || f.To != p.BCSUBND.Name || f.Follower != p.Officer.Name {
					t.Errorf("forwarded %+v", f)
				}
				for _, open := range shown.Proposals {
					if open.ID == f.ID {
						t.Errorf("%s is owed and forwarded", f.Words)
					}
				}
			}
			if err := p.DB.Write(t.Context(), func(tx *db.Tx) error {
				if _, err := conference.Show(tx, p.Officer, b.ID); err != nil {
					return err
				}
				_, err := report.EnterReply(tx, p.Officer, db.ID(shown.Forwarded[0].ID), report.ProposalReply{ReplyHow: "điện thoại", Received: calendar.On(2022, 4, 20)}, "Đồng ý.")
				return err
			}); err != nil {
				t.Fatal(err)
			}
			if now := compose(); len(now.Forwarded) != len(shown.Forwarded)-1 {
				t.Errorf("%d still wait of %d", len(now.Forwarded), len(shown.Forwarded))
			}
			if err := p.DB.Read(t.Context(), func(tx *db.Tx) error {
				changed, err := conference.Addendum(tx, p.Officer, b.ID)
				for _, c := range changed {
					if strings.Contains(c.Words, "không còn chờ ý kiến của "+p.BCSUBND.Name) {
						return err
					}
				}
				t.Errorf("the pack that was shown does not tell the answer: %v", changed)
				return err
			}); err != nil {
				t.Fatal(err)
			}
		})
	}
}
