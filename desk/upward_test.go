package desk_test

import (
	"strings"
	"testing"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/consolidation"
	"giaoban/deadline"
	"giaoban/desk"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/org"
	"giaoban/report"
	"giaoban/sample"
	"giaoban/sample/sampletest"
)

// upwardOn opens the sample on a day with what the office owes Tỉnh ủy: written down then, due on the 25th after a quarter,
// instead of what the sample writes down later.
func upwardOn(t *testing.T, day string, test func(tx *db.Tx, p *sample.Province, upward report.Upward)) {
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name+" "+day, func(t *testing.T) {
			p := sampletest.Open(t, e, day)
			dbtest.Begin(t, p.DB, func(tx *db.Tx) {
				r, err := report.FindRegime(tx, p.Officer, sample.Quarterly)
				if err != nil {
					t.Fatal(err)
				}
				if own, ok, err := report.UpwardOf(tx, r.ID); err != nil || ok {
					if err == nil {
						err = report.EndUpward(tx, p.Officer, own.ID, "Thay bằng quy định khác")
					}
					if err != nil {
						t.Fatal(err)
					}
				}
				u, err := report.AddUpward(tx, p.Officer, report.Upward{Name: "Báo cáo gửi Tỉnh ủy", Receiver: "Tỉnh ủy Khánh Hòa", Regime: r.ID, Day: 25, Lead: 5, After: true})
				if err != nil {
					t.Fatal(err)
				}
				test(tx, p, u)
			})
		})
	}
}

// told are the lines about what is owed upward.
func told(items []desk.Item) (found []desk.Item) {
	for _, i := range items {
		if i.Room == "upward" {
			found = append(found, i)
		}
	}
	return found
}

// Before the agencies' day the officer only waits; from then on the report is to be written; once it went out the clerk
// notes the receipt, and then it is nobody's. The next period is waited for meanwhile.
func TestWhatTheCommissionOwesUpwardIsOnTheDeskOfWhoseTurnItIs(t *testing.T) {
	upwardOn(t, "2022-03-02 09:00", func(tx *db.Tx, p *sample.Province, _ report.Upward) {
		d := deskOf(t, tx, p.Officer)
		if waits := told(d.Waiting); len(told(d.Items)) != 0 || len(waits) != 1 || waits[0].Due != calendar.On(2022, 4, 25) || !strings.Contains(waits[0].Why, "soạn từ 16/3/2022") {
			t.Errorf("before: %+v %+v", told(d.Items), waits)
		}
	})
	upwardOn(t, "2022-03-17 09:00", func(tx *db.Tx, p *sample.Province, _ report.Upward) {
		d := deskOf(t, tx, p.Officer)
		if lines := told(d.Items); len(lines) != 1 || lines[0].Action != "Soạn báo cáo" ||
			lines[0].To != (desk.Target{Kind: "opening", Step: "text", Regime: sample.Quarterly, Period: sample.Quarter}) {
			t.Errorf("from the agencies' day: %+v", lines)
		}
		for _, who := range []access.Actor{p.Leader, p.Clerk} {
			if d := deskOf(t, tx, who); len(told(d.Items))+len(told(d.Waiting)) != 0 {
				t.Errorf("%s has nothing to do with it yet: %+v", who.Name, told(d.Items))
			}
		}
	})
	upwardOn(t, "2022-04-20 09:00", func(tx *db.Tx, p *sample.Province, u report.Upward) {
		if lines := told(deskOf(t, tx, p.Clerk).Items); len(lines) != 1 || lines[0].Action != "Ghi số tiếp nhận" || lines[0].Late != 0 {
			t.Errorf("released: %+v", lines)
		}
		d := deskOf(t, tx, p.Officer)
		if waits := told(d.Waiting); len(told(d.Items)) != 0 || len(waits) != 2 || !strings.Contains(waits[0].Why, "chưa ghi số") {
			t.Errorf("the officer waits for the clerk and for the next quarter: %+v %+v", told(d.Items), waits)
		}
		if err := consolidation.NoteReceipt(tx, p.Clerk, u.ID, sample.Quarter, "315", calendar.On(2022, 4, 20)); err != nil {
			t.Fatal(err)
		}
		if lines := told(deskOf(t, tx, p.Clerk).Items); len(lines) != 0 {
			t.Errorf("received: %+v", lines)
		}
		if waits := told(deskOf(t, tx, p.Officer).Waiting); len(waits) != 1 || waits[0].Due != calendar.On(2022, 7, 25) {
			t.Errorf("the next quarter: %+v", waits)
		}
	})
}

// A day that has passed is late on every desk that it concerns; a draft on its way bears its day.
func TestAReportUpwardThatIsLateIsToldToTheLeaderToo(t *testing.T) {
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			p := sampletest.Open(t, e, "2022-03-17 09:00")
			if err := p.DB.Write(t.Context(), func(tx *db.Tx) error {
				r, err := report.FindRegime(tx, p.Officer, sample.Quarterly)
				if err == nil {
					_, err = report.AddUpward(tx, p.Officer, report.Upward{Name: "Báo cáo gửi Tỉnh ủy", Receiver: "Tỉnh ủy Khánh Hòa", Regime: r.ID, Day: 25, Lead: 5, After: true})
				}
				return err
			}); err != nil {
				t.Fatal(err)
			}
			p.Clock.Set(calendar.On(2022, 4, 28).StartOfDay())
			dbtest.Begin(t, p.DB, func(tx *db.Tx) {
				for _, who := range []access.Actor{p.Officer, p.Leader} {
					if lines := told(deskOf(t, tx, who).Items); len(lines) != 1 || !lines[0].Past || lines[0].Late != 3 {
						t.Errorf("%s: %+v", who.Name, lines)
					}
				}
				c, err := consolidation.Draft(tx, p.Officer, sample.Quarterly, sample.Quarter)
				if err == nil {
					err = consolidation.PutForward(tx, p.Officer, c.ID, c.Version)
				}
				if err != nil {
					t.Fatal(err)
				}
				d := deskOf(t, tx, p.Leader)
				if draft := line(t, d.Items, "Báo cáo tổng hợp", "chờ ký"); draft.Late != 3 || len(told(d.Items)) != 0 {
					t.Errorf("the draft on the leader's desk: %+v", draft)
				}
			})
		})
	}
}

// Deadlines that a day off would move are one line with their number for who may confirm, until they are moved or left.
func TestDeadlinesThatWaitToBeMovedAreOneLine(t *testing.T) {
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			p := sampletest.Open(t, e, "2022-04-21 09:00")
			dbtest.Begin(t, p.DB, func(tx *db.Tx) {
				none(t, deskOf(t, tx, p.Officer).Items, "Hạn phải dời")
				if err := org.AddHoliday(tx, p.Admin, calendar.Day{Date: calendar.On(2022, 5, 20), Kind: calendar.OfficeOff, Name: "Ngày hội", Source: "TB 45-TB/VPTU"}); err != nil {
					t.Fatal(err)
				}
				open, err := deadline.Open(tx, p.Officer)
				if err != nil || len(open) == 0 {
					t.Fatalf("%d, %v", len(open), err)
				}
				for _, who := range []access.Actor{p.Officer, p.Leader} {
					l := line(t, deskOf(t, tx, who).Items, "Hạn phải dời", "gần nhất 20/5/2022")
					if l.Holds != len(open) || l.Count != 1 || l.To != (desk.Target{Kind: "deadline"}) {
						t.Errorf("%s: %+v", who.Name, l)
					}
				}
				none(t, deskOf(t, tx, p.Clerk).Items, "Hạn phải dời")
				none(t, deskOf(t, tx, p.Actor("syt")).Items, "Hạn phải dời")
				var keys []string
				for _, o := range open {
					keys = append(keys, o.Key())
				}
				if _, err := deadline.Leave(tx, p.Officer, keys, "Đã hẹn với các cơ quan"); err != nil {
					t.Fatal(err)
				}
				none(t, deskOf(t, tx, p.Officer).Items, "Hạn phải dời")
			})
		})
	}
}
