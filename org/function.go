package org

import (
	"slices"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
)

// Function is a chức năng that bodies hold and hand over: children, vocational education, poverty reduction.
type Function struct {
	Code   string   `json:"code" db:"code"`         // "tre-em"; stable
	Name   string   `json:"name" db:"name"`         // "Trẻ em"
	Words  []string `json:"words,omitempty" db:"-"` // how people ask for it, beside the name
	Sector string   `json:"sector" db:"sector"`     // the sector of report forms it falls under: "LD"; "" for none
}

// Held is a function, or a sector, that a body answered for from a day to a day.
type Held struct {
	ID        db.ID         `db:"id"`
	Body      db.ID         `db:"body"`
	Function  string        `db:"function"` // code of the function, or of the sector
	ValidFrom calendar.Date `db:"valid_from"`
	ValidTo   calendar.Date `db:"valid_to"` // zero while it holds
	Basis     string        `db:"basis"`
	Change    db.ID         `db:"change"` // the change that brought it; "" when it was entered by hand
}

// On reports whether it holds on a day.
func (h Held) On(day calendar.Date) bool {
	return !h.ValidFrom.After(day) && (h.ValidTo.IsZero() || !h.ValidTo.Before(day))
}

// Functions lists the catalogue: the shipped functions and those the office has added, by name.
func Functions(tx *db.Tx, by access.Actor) ([]Function, error) { return functionsOf(tx, by) }

// FunctionsIn finds the functions of the shipped catalogue that a text speaks of ("Trợ giúp trẻ em mồ côi" → tre-em), the
// longest words first; none when it names none. For proposing who takes an open task over.
func FunctionsIn(text string) []Function { return functionsIn(text) }

// FunctionsOf lists what a body answers for and answered for, the oldest first.
func FunctionsOf(tx *db.Tx, by access.Actor, body db.ID) ([]Held, error) {
	return heldBy(tx, by, "body_function", "function", body)
}

// SectorsOf lists the sectors of a body, the oldest first.
func SectorsOf(tx *db.Tx, by access.Actor, body db.ID) ([]Held, error) {
	return heldBy(tx, by, "body_sector", "sector", body)
}

func heldBy(tx *db.Tx, by access.Actor, table, column string, body db.ID) ([]Held, error) {
	if err := by.May(access.ReadBodies, by.Body); err != nil {
		return nil, err
	}
	var all []Held
	err := tx.Select(&all, `
select id, body, `+column+` as function, valid_from, valid_to, basis, coalesce(change, '') as change
from `+table+`
where body = ?
  and (valid_to is null or valid_to >= valid_from)
order by valid_from, `+column, body)
	return all, err
}

// SectorsEntered gives, for every body, the codes of the sectors entered for it on a day.
func SectorsEntered(tx *db.Tx, by access.Actor, day calendar.Date) (map[db.ID][]string, error) {
	held, err := heldOn(tx, by, "body_sector", "sector", day)
	if err != nil {
		return nil, err
	}
	sectors := make(map[db.ID][]string)
	for _, h := range held {
		if !slices.Contains(sectors[h.Body], h.Function) {
			sectors[h.Body] = append(sectors[h.Body], h.Function)
		}
	}
	return sectors, nil
}

// SectorsOn gives, for every body, the codes of the sectors it answers for on a day: those entered for it. A sector that is
// entered for nobody goes to the one body with most of its functions, the first of the directory where two have as many:
// what several hold a part of would be asked of each of them whole, and counted as often.
func SectorsOn(tx *db.Tx, by access.Actor, day calendar.Date) (map[db.ID][]string, error) {
	sectors, err := SectorsEntered(tx, by, day)
	if err != nil {
		return nil, err
	}
	answered := make(map[string]bool)
	for _, codes := range sectors {
		for _, code := range codes {
			answered[code] = true
		}
	}
	catalogue, err := Functions(tx, by)
	if err != nil {
		return nil, err
	}
	under := make(map[string]string, len(catalogue))
	for _, f := range catalogue {
		under[f.Code] = f.Sector
	}
	functions, err := heldOn(tx, by, "body_function", "function", day)
	if err != nil {
		return nil, err
	}
	parts := make(map[db.ID]map[string]int) // of a sector that a body holds
	for _, h := range functions {
		if parts[h.Body] == nil {
			parts[h.Body] = make(map[string]int)
		}
		parts[h.Body][under[h.Function]]++
	}
	bodies, err := At(tx, by, day)
	if err != nil {
		return nil, err
	}
	for _, sector := range AllSectors {
		var first db.ID
		for _, b := range bodies {
			if b.Kind != Commission && parts[b.ID][sector.Code] > parts[first][sector.Code] {
				first = b.ID
			}
		}
		if first != "" && !answered[sector.Code] {
			sectors[first] = append(sectors[first], sector.Code)
		}
	}
	return sectors, nil
}

// heldOn lists what bodies answer for on a day.
func heldOn(tx *db.Tx, by access.Actor, table, column string, day calendar.Date) (held []Held, err error) {
	if err := by.May(access.ReadBodies, by.Body); err != nil {
		return nil, err
	}
	err = tx.Select(&held, `
select id, body, `+column+` as function, valid_from, valid_to, basis, coalesce(change, '') as change
from `+table+`
where valid_from <= ? and (valid_to is null or valid_to >= ?)
order by body, `+column, day, day)
	return held, err
}
