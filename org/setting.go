package org

import (
	"errors"

	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/journal"
	"giaoban/official"
)

// Names of the settings an office has.
const (
	Province     = "province"      // "tỉnh Khánh Hòa"
	ProvinceCode = "province_code" // the province's code of today: "56"
	Superior     = "superior"      // the body above the commission, as on papers: "TỈNH ỦY KHÁNH HÒA"
	Banner       = "banner"        // printed on every page and paper when set: the sample's mark
	ClockFrom    = "clock_from"    // the day a demonstration's clock started from; "" for the real clock
	Profile      = "profile"       // code of the layout new papers of the commission insist on; "" follows the day
	Hours        = "work_hours"    // when the office works: "07:30–11:30, 13:30–17:00"
	FieldSectors = "sectors"       // codes of the sectors the office follows, with a blank between; "" for all
	SigningChain = "signing_chain" // titles of the posts a draft of the commission passes before the signature, one a line
	SetupBegun   = "setup_begun"   // the day the office was founded by the program
	SetupDone    = "setup_done"    // the day its administrator said that it is set up
)

// Setting reads one setting; "" when it was never set.
func Setting(tx *db.Tx, name string) (string, error) {
	var value string
	err := tx.Get(&value, "select value from setting where name = ?", name)
	if errors.Is(err, db.None) {
		return "", nil
	}
	return value, err
}

// Set writes one setting.
func Set(tx *db.Tx, by access.Actor, name, value string) error {
	if err := by.May(access.SetUpOffice, by.Body); err != nil {
		return err
	}
	if err := official.RefuseSecret(value); err != nil {
		return err
	}
	if _, err := tx.Exec(`
insert into setting (name, value) values (?, ?)
on conflict (name) do update set value = excluded.value`, name, value); err != nil {
		return err
	}
	_, err := journal.Write(tx, by, "set", journal.Subject{Kind: "setting"}, journal.Details{"name": name, "value": value})
	return err
}

// SetChanged is Set where the setting was otherwise: the journal has no line about what stayed.
func SetChanged(tx *db.Tx, by access.Actor, name, value string) error {
	before, err := Setting(tx, name)
	if err != nil || before == value {
		return err
	}
	return Set(tx, by, name, value)
}
