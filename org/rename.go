package org

import (
	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/journal"
)

// Rename gives a body another name from a day on; papers before that day keep the old one. basis is the document. It is
// the change a person makes most often, announced in one line.
func Rename(tx *db.Tx, by access.Actor, id db.ID, name, shortName, symbol string, from calendar.Date, basis string) error {
	if err := by.May(access.ManageBodies, id); err != nil {
		return err
	}
	old, err := find(tx, "b.id = ?", string(id), from)
	if err != nil {
		return err
	}
	if from.IsZero() {
		return fault.Invalid("from", "Cần ngày bắt đầu dùng tên mới.")
	}
	c, err := Announce(tx, by, NewChange{Kind: Renamed, Day: from, Basis: basis, Names: []NewName{{Body: id, Name: name, ShortName: shortName, Symbol: symbol}}})
	if err != nil {
		return err
	}
	now, err := find(tx, "b.id = ?", string(id), from)
	if err != nil {
		return err
	}
	_, err = journal.Write(tx, by, "renamed", subject(old), journal.Details{"from": old.Name, "to": now.Name, "day": from.String(), "change": c.ID})
	return err
}

// Name is one dated name of a body.
type Name struct {
	Name      string        `db:"name"`
	ShortName string        `db:"short_name"`
	ValidFrom calendar.Date `db:"valid_from"`
	ValidTo   calendar.Date `db:"valid_to"`
	Basis     string        `db:"basis"`
}

// History lists the names of a body, the oldest first.
func History(tx *db.Tx, by access.Actor, id db.ID) ([]Name, error) {
	if err := by.May(access.ReadBodies, by.Body); err != nil {
		return nil, err
	}
	var names []Name
	err := tx.Select(&names, `
select name, short_name, valid_from, valid_to, basis
from body_name
where body = ?
  and (valid_to is null or valid_to >= valid_from)
order by valid_from`, id)
	return names, err
}
