package deadline_test

import (
	"slices"
	"strings"
	"testing"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/deadline"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/internal/fault"
	"giaoban/org"
	"giaoban/report"
	"giaoban/sample"
	"giaoban/sample/sampletest"
	"giaoban/task"
)

// province opens the sample on a morning after its conference: the second quarter is open, its tasks run.
func province(t *testing.T, e dbtest.Engine) *sample.Province {
	return sampletest.Open(t, e, "2022-04-21 09:00")
}

func write(t *testing.T, p *sample.Province, change func(tx *db.Tx) error) {
	t.Helper()
	if err := p.DB.Write(t.Context(), change); err != nil {
		t.Fatal(err)
	}
}

func proposals(t *testing.T, p *sample.Province) (all []deadline.Proposal) {
	t.Helper()
	if err := p.DB.Read(t.Context(), func(tx *db.Tx) (err error) {
		all, err = deadline.Proposals(tx, p.Officer)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return all
}

func keys(all []deadline.Proposal, kind string) (keys []string) {
	for _, p := range all {
		if p.Kind == kind && !p.Told {
			keys = append(keys, p.Key())
		}
	}
	return keys
}

// Nothing moves by itself; what is ticked moves with its reason, what is not stays proposed; what was seen otherwise than
// it stands is refused whole; and what verify derives again is what the rows say.
func TestADayOffProposesAndAPersonMoves(t *testing.T) {
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			p := province(t, e)
			if all := proposals(t, p); len(all) > 0 {
				t.Fatalf("before anything was said %d deadlines move: %+v", len(all), all[0].Shift)
			}
			var own report.Obligation
			write(t, p, func(tx *db.Tx) (err error) {
				if own, err = report.ObligationOf(tx, p.Officer, sample.Quarterly, calendar.MustPeriod("2022-Q2"), p.SYT.ID); err != nil {
					return err
				}
				return report.GrantExtension(tx, p.Officer, own.ID, calendar.On(2022, 6, 24), "Chờ số liệu của Bộ")
			})
			for _, day := range []calendar.Date{calendar.On(2022, 5, 20), calendar.On(2022, 6, 15), calendar.On(2022, 6, 24)} {
				write(t, p, func(tx *db.Tx) error {
					return org.AddHoliday(tx, p.Officer, calendar.Day{Date: day, Kind: calendar.OfficeOff, Name: "Ngày hội", Source: "TB 45-TB/VPTU"})
				})
			}
			all := proposals(t, p)
			openings, tasks, single := keys(all, "opening"), keys(all, "task"), keys(all, "obligation")
			if len(openings) == 0 || len(tasks) < 5 || len(single) != 1 {
				t.Fatalf("%d periods, %d sides of tasks, %d single reports are proposed", len(openings), len(tasks), len(single))
			}
			if due := obligation(t, p, own.ID).Due; due != calendar.On(2022, 6, 24) {
				t.Errorf("it moved by itself to %s", due)
			}
			err := p.DB.Write(t.Context(), func(tx *db.Tx) error {
				_, err := deadline.Move(tx, p.Officer, append(slices.Clone(openings), "task~"+strings.Repeat("x", 24)+"~~2022-05-20~2022-05-23"), "TB 45")
				return err
			})
			if !fault.Is(err, fault.KindStale) {
				t.Errorf("one that is not proposed: %v", err)
			}
			if len(proposals(t, p)) != len(all) {
				t.Error("half of a refused act was done")
			}
			chosen := slices.Concat(openings, tasks[1:], single)
			write(t, p, func(tx *db.Tx) error {
				n, err := deadline.Move(tx, p.Leader, chosen, "Thông báo số 45-TB/VPTU")
				if n != len(chosen) {
					t.Errorf("%d of %d moved", n, len(chosen))
				}
				return err
			})
			if left := keys(proposals(t, p), "task"); len(left) != 1 || left[0] != tasks[0] {
				t.Errorf("left: %q", left)
			}
			if due := obligation(t, p, own.ID).Due; due != calendar.On(2022, 6, 27) {
				t.Errorf("the body with a day of its own reports by %s", due)
			}
			sound(t, p)
			facts := dueFacts(t, p, own.ID)
			if len(facts) != 2 || facts[0].Reason != "Thông báo số 45-TB/VPTU" {
				t.Errorf("history: %+v", facts)
			}
			// Taken back, everything that was moved is proposed to go back, and what was said stays.
			for _, day := range []calendar.Date{calendar.On(2022, 5, 20), calendar.On(2022, 6, 15), calendar.On(2022, 6, 24)} {
				write(t, p, func(tx *db.Tx) error { return org.RemoveHoliday(tx, p.Admin, day, "TB 50-TB/VPTU") })
			}
			back := proposals(t, p)
			if n := len(keys(back, "opening")) + len(keys(back, "task")) + len(keys(back, "obligation")); n != len(chosen) {
				t.Errorf("%d of %d go back", n, len(chosen))
			}
			write(t, p, func(tx *db.Tx) error {
				_, err := deadline.Move(tx, p.Officer, slices.Concat(keys(back, "opening"), keys(back, "task"), keys(back, "obligation")), "TB 50-TB/VPTU")
				return err
			})
			if due := obligation(t, p, own.ID).Due; due != calendar.On(2022, 6, 24) {
				t.Errorf("it went back to %s", due)
			}
			if left := proposals(t, p); len(left) > 0 {
				t.Errorf("%d are left, the first %+v", len(left), left[0].Shift)
			}
			sound(t, p)
			write(t, p, func(tx *db.Tx) error {
				said, err := org.DayFacts(tx)
				if len(said) != 6 || !said[5].Removed || said[0].Removed {
					t.Errorf("%+v", said)
				}
				return err
			})
			// A period whose day is not the one it was moved to last is told.
			write(t, p, func(tx *db.Tx) error {
				if _, err := tx.Exec("update opening set due = '2022-06-30' where id in (select opening from report_shift)"); err != nil {
					return err
				}
				found, err := report.Verify(tx)
				if !slices.ContainsFunc(found, func(d report.Discrepancy) bool { return d.Table == "opening" }) {
					t.Errorf("nobody tells: %+v", found)
				}
				return err
			})
		})
	}
}

func obligation(t *testing.T, p *sample.Province, id db.ID) (o report.Obligation) {
	t.Helper()
	write(t, p, func(tx *db.Tx) (err error) {
		o, err = report.FindObligation(tx, p.Officer, id)
		return err
	})
	return o
}

func dueFacts(t *testing.T, p *sample.Province, id db.ID) (facts []report.DueFact) {
	t.Helper()
	write(t, p, func(tx *db.Tx) (err error) {
		facts, err = report.DueFacts(tx, p.Officer, id)
		return err
	})
	return facts
}

// What was left stays where it is and is not proposed again, until the calendar gives another day or somebody looks again.
func TestADeadlineThatIsLeftIsNotProposedAgain(t *testing.T) {
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			p := province(t, e)
			dayOff := func(day calendar.Date) {
				t.Helper()
				write(t, p, func(tx *db.Tx) error {
					return org.AddHoliday(tx, p.Officer, calendar.Day{Date: day, Kind: calendar.OfficeOff, Name: "Ngày hội", Source: "TB 45-TB/VPTU"})
				})
			}
			dayOff(calendar.On(2022, 6, 15))
			opening := keys(proposals(t, p), "opening")
			if len(opening) != 1 {
				t.Fatalf("%q", opening)
			}
			leave := func(by access.Actor, keys []string, reason string) error {
				return p.DB.Write(t.Context(), func(tx *db.Tx) error {
					_, err := deadline.Leave(tx, by, keys, reason)
					return err
				})
			}
			for _, wrong := range []struct {
				by     access.Actor
				keys   []string
				reason string
				kind   fault.Kind
			}{{p.Officer, opening, " ", fault.KindInvalid}, {p.Officer, nil, "Đã hẹn", fault.KindInvalid},
				{p.Officer, append(keys(proposals(t, p), "opening"), "task~x~~~"), "Đã hẹn", fault.KindStale}, {p.Clerk, opening, "Đã hẹn", fault.KindForbidden}} {
				if err := leave(wrong.by, wrong.keys, wrong.reason); !fault.Is(err, wrong.kind) {
					t.Errorf("%q, %q: %v", wrong.keys, wrong.reason, err)
				}
			}
			if err := leave(p.Leader, opening, "Đã thống nhất hạn với các cơ quan"); err != nil {
				t.Fatal(err)
			}
			left := func() (all []deadline.Left) {
				write(t, p, func(tx *db.Tx) (err error) {
					_, all, err = deadline.Survey(tx, p.Officer)
					return err
				})
				return all
			}
			if now := left(); len(keys(proposals(t, p), "opening")) != 0 || len(now) != 1 || now[0].Reason != "Đã thống nhất hạn với các cơ quan" || now[0].ByName != p.Leader.Name {
				t.Fatalf("it is proposed still, or not told: %+v", now)
			}
			if err := leave(p.Officer, opening, "Lần nữa"); !fault.Is(err, fault.KindStale) {
				t.Errorf("left twice: %v", err)
			}
			again := func(key string) error {
				return p.DB.Write(t.Context(), func(tx *db.Tx) error { return deadline.Reconsider(tx, p.Officer, key) })
			}
			if err := again(opening[0]); err != nil {
				t.Fatal(err)
			}
			if now := keys(proposals(t, p), "opening"); len(now) != 1 || len(left()) != 0 || !fault.Is(again(opening[0]), fault.KindStale) {
				t.Errorf("not looked at again: %q", now)
			}
			if err := leave(p.Officer, opening, "Vẫn giữ"); err != nil {
				t.Fatal(err)
			}
			dayOff(calendar.On(2022, 6, 16)) // another day is another move
			if now := keys(proposals(t, p), "opening"); len(now) != 1 || now[0] == opening[0] {
				t.Errorf("the calendar moves it further: %q", now)
			}
		})
	}
}

// sound derives everything again.
func sound(t *testing.T, p *sample.Province) {
	t.Helper()
	write(t, p, func(tx *db.Tx) error {
		reports, err := report.Verify(tx)
		if err != nil {
			return err
		}
		tasks, err := task.Verify(tx, nil)
		if len(reports)+len(tasks) > 0 {
			t.Errorf("%+v %+v", reports, tasks)
		}
		return err
	})
}
