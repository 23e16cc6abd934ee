package org_test

import (
	"maps"
	"slices"
	"testing"

	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/org"
)

// Each sector is answered for by one body of Khánh Hòa, also where its functions went to several: labour and social affairs
// to four departments, information to two. What is entered by hand stands beside it.
func TestASectorHasOneBodyThatAnswersForIt(t *testing.T) {
	today := calendar.On(2026, 11, 30)
	answers := func(tx *db.Tx) map[string][]string {
		sectors, err := org.SectorsOn(tx, admin, today)
		if err != nil {
			t.Fatal(err)
		}
		names, err := org.Names(tx, today)
		if err != nil {
			t.Fatal(err)
		}
		of := make(map[string][]string)
		for id, codes := range sectors {
			for _, code := range codes {
				of[code] = append(of[code], names[id].Code)
			}
		}
		for _, bodies := range of {
			slices.Sort(bodies)
		}
		return of
	}
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			d := newOffice(t, e, org.Founding{Province: "Khánh Hòa"})
			write(t, d, func(tx *db.Tx) error {
				if _, err := org.TakeOffers(tx, admin, []string{"SYT", "SGDDT", "SKHCN", "SVHTTDL", "SNNMT", "SNV", "BHXH"}); err != nil {
					return err
				}
				want := map[string][]string{"YT": {"SYT"}, "GD": {"SGDDT"}, "KH": {"SKHCN"}, "VH": {"SVHTTDL"}, "MT": {"SNNMT"}, "LD": {"SNV"},
					"TT": {"SKHCN"}, "BH": {"BHXH"}, "NV": {"SNV"}, "TM": {"BTGDVTU"}}
				if got := answers(tx); !maps.EqualFunc(got, want, slices.Equal) {
					t.Errorf("who answers: %v, want %v", got, want)
				}
				codes, err := org.Codes(tx)
				if err != nil {
					return err
				}
				for _, by := range []string{"SYT", "SGDDT"} { // whom somebody names answers, and nobody is guessed beside them
					if err := org.GiveSector(tx, admin, codes[by], "LD", today, ""); err != nil {
						return err
					}
				}
				if got := answers(tx)["LD"]; !slices.Equal(got, []string{"SGDDT", "SYT"}) {
					t.Errorf("labour was given to two departments by hand and is answered for by %v", got)
				}
				return nil
			})
		})
	}
}
