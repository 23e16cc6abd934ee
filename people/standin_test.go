package people_test

import (
	"testing"
	"time"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/people"
)

// Somebody stands in for another of the same role for stated days: said by oneself or by a leader, for nobody twice, and over
// when who was away is back.
func TestSomebodyStandsInForStatedDays(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, o *office) {
		day := func(text string) calendar.Date {
			day, err := calendar.ParseDate(text)
			if err != nil {
				t.Fatal(err)
			}
			return day
		}
		serve := func(name, login, title string, role access.Role) access.Actor {
			a := access.Actor{Name: name, Role: role, Body: o.syt}
			write(t, d, func(tx *db.Tx) (err error) {
				if a.Person, err = people.AddPerson(tx, system, name, ""); err != nil {
					return err
				}
				if _, err = people.AddPost(tx, system, a.Person, o.syt, title, role, "", begun, calendar.Date{}); err != nil {
					return err
				}
				_, err = people.AddAccount(tx, system, a.Person, login, phraseHash)
				return err
			})
			return a
		}
		an := serve("Lê Thị An", "an.syt", "Chuyên viên", access.AgencyOfficer)
		binh := serve("Trần Văn Bình", "binh.syt", "Chuyên viên", access.AgencyOfficer)
		head := serve("Phạm Cường", "cuong.syt", "Giám đốc", access.AgencyLeader)
		in := func(by access.Actor, person, deputy access.Actor, from, to string) (id db.ID, err error) {
			write(t, d, func(tx *db.Tx) error {
				id, err = people.StandInFor(tx, by, people.NewStandIn{Person: person.Person, Deputy: deputy.Person, From: day(from), To: day(to)})
				return nil
			})
			return id, err
		}
		for _, c := range []struct {
			by, person, deputy access.Actor
			from, to           string
			kind               fault.Kind
		}{
			{binh, an, binh, "2022-06-06", "2022-06-10", fault.KindInvalid}, // not one's own
			{an, an, an, "2022-06-06", "2022-06-10", fault.KindInvalid},
			{an, an, head, "2022-06-06", "2022-06-10", fault.KindInvalid}, // another role
			{an, an, binh, "2022-06-10", "2022-06-06", fault.KindInvalid},
			{an, an, binh, "2022-03-02", "2022-03-06", fault.KindInvalid}, // gone by
			{an, an, binh, "2022-06-06", "2023-06-06", fault.KindInvalid}, // too long
		} {
			if _, err := in(c.by, c.person, c.deputy, c.from, c.to); !fault.Is(err, c.kind) {
				t.Errorf("%s for %s, %s–%s: %v", c.deputy.Name, c.person.Name, c.from, c.to, err)
			}
		}
		id, err := in(head, an, binh, "2022-06-06", "2022-06-10")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := in(an, an, binh, "2022-06-10", "2022-06-13"); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("twice for the same day: %v", err)
		}
		if _, err := in(binh, binh, an, "2022-06-08", "2022-06-08"); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("a deputy who is away: %v", err)
		}
		stands := func(on string, want bool) {
			t.Helper()
			write(t, d, func(tx *db.Tx) error {
				away, err := people.StandingIn(tx, an, day(on))
				if got := away[an.Person].Deputy == binh.Person; got != want {
					t.Errorf("on %s: %v, want %v", on, got, want)
				}
				return err
			})
		}
		stands("2022-06-05", false)
		stands("2022-06-06", true)
		stands("2022-06-10", true)
		stands("2022-06-11", false)
		o.clock.Set(time.Date(2022, 6, 8, 9, 0, 0, 0, db.Vietnam))
		end := func(by access.Actor, last string) (err error) {
			write(t, d, func(tx *db.Tx) error {
				err = people.EndStandIn(tx, by, id, day(last))
				return nil
			})
			return err
		}
		if err := end(binh, "2022-06-08"); !fault.Is(err, fault.KindConflict) {
			t.Errorf("the deputy ends it: %v", err)
		}
		if err := end(an, "2022-06-06"); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("days gone by are taken back: %v", err)
		}
		if err := end(an, "2022-06-07"); err != nil {
			t.Fatal(err)
		}
		stands("2022-06-07", true)
		stands("2022-06-08", false)
	})
}
