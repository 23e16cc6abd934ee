package journal_test

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/journal"
)

// A flood of refusals with 48 KB of raw text each, from one address: the journal keeps sixty short lines of it and the
// count of the rest; another person, and the same person from elsewhere, still leave theirs.
func TestTheJournalIsNoStoreForAttackers(t *testing.T) {
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			clock := dbtest.NewClock("2022-04-05")
			d := e.From(t, "", nil, clock.Now)
			deny := func(by access.Actor, from string) {
				t.Helper()
				r := journal.Refusal{Door: "GET /" + strings.Repeat("ế", 16<<10), Reason: strings.Repeat("Không có “x”. ", 4<<10) + "\xff", From: from}
				if err := d.Write(t.Context(), func(tx *db.Tx) error { return journal.Deny(tx, by, r) }); err != nil {
					t.Fatal(err)
				}
			}
			tell := func() (told int) {
				t.Helper()
				if err := d.Write(t.Context(), func(tx *db.Tx) (err error) { told, err = journal.TellDenials(tx); return err }); err != nil {
					t.Fatal(err)
				}
				return told
			}
			lines := func() (all []journal.Line) {
				t.Helper()
				if err := d.Read(t.Context(), func(tx *db.Tx) (err error) {
					all, err = journal.Read(tx, access.System("thử"), journal.Acts, 0, 1000)
					return err
				}); err != nil {
					t.Fatal(err)
				}
				return all
			}
			other := access.Actor{Person: "q", Name: "Đỗ Văn Chín", Role: access.Speaker}
			for range 447 {
				deny(officer, "203.0.113.9")
			}
			deny(other, "203.0.113.9")
			deny(officer, "198.51.100.1")
			all := lines()
			size := 0
			for _, l := range all {
				size += len(l.Details)
				if n := utf8.RuneCountInString(l.Details); n > 500 || !utf8.ValidString(l.Details) {
					t.Fatalf("a line of %d runes: %s", n, l.Details)
				}
			}
			if len(all) != 62 || size > 62*1500 {
				t.Errorf("%d lines with %d bytes", len(all), size)
			}
			if n := tell(); n != 0 {
				t.Errorf("%d counts were told before their minute was over", n)
			}
			clock.Set(clock.Now().Add(61 * time.Second))
			deny(officer, "203.0.113.9")
			if all = lines(); len(all) != 64 || all[62].Verb != "denied_more" || all[62].Details != `{"count":387}` || all[62].Actor != officer.Key() {
				t.Errorf("%d lines, then %+v", len(all), all[62:])
			}
			for range 100 {
				deny(officer, "203.0.113.9")
			}
			clock.Set(clock.Now().Add(61 * time.Second))
			if n := tell(); n != 1 {
				t.Errorf("%d counts were told by the round", n)
			}
			if all = lines(); all[len(all)-1].Details != `{"count":41}` {
				t.Errorf("%+v", all[len(all)-1])
			}
			if n := tell(); n != 0 || len(lines()) != len(all) {
				t.Error("told twice")
			}
			if found, _ := verify(t, d); len(found) > 0 {
				t.Error(found)
			}
		})
	}
}
