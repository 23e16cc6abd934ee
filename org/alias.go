package org

import (
	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/journal"
	"giaoban/official"
)

// AddDatedAlias notes a spelling that means the body from a day to a day only; a zero day leaves that side open.
func AddDatedAlias(tx *db.Tx, by access.Actor, id db.ID, alias, basis string, from, to calendar.Date) error {
	if err := by.May(access.EnterBodies, id); err != nil {
		return err
	}
	if !from.IsZero() && !to.IsZero() && to.Before(from) {
		return fault.Invalid("to", "Ngày cuối dùng cách viết (%s) phải sau ngày đầu (%s).", to.Vietnamese(), from.Vietnamese())
	}
	return addAlias(tx, by, id, alias, basis, from, to)
}

// LearnAlias notes a spelling that was met in an old document and that a person has said to mean the body; basis names the
// document. It does nothing when the spelling already leads to the body.
func LearnAlias(tx *db.Tx, by access.Actor, id db.ID, spelling, basis string) error {
	if err := by.May(access.ImportArchive, id); err != nil {
		return err
	}
	known, err := tx.Exists(`
select 1 from body_alias
where body = ?
  and folded = ?
  and valid_from is null
  and valid_to is null`, id, spellingKey(spelling))
	if err != nil || known {
		return err
	}
	return addAlias(tx, by, id, spelling, basis, calendar.Date{}, calendar.Date{})
}

func addAlias(tx *db.Tx, by access.Actor, id db.ID, alias, basis string, from, to calendar.Date) error {
	b, err := find(tx, "b.id = ?", string(id), calendar.OfInstant(tx.Clock()))
	if err != nil {
		return err
	}
	if alias = fold.Tidy(alias); spellingKey(alias) == "" {
		return fault.Invalid("alias", "Cần cách viết muốn thêm.")
	}
	if err := official.RefuseSecret(alias, basis); err != nil {
		return err
	}
	if err := insertAlias(tx, id, alias, fold.Tidy(basis), from, to); err != nil {
		return err
	}
	_, err = journal.Write(tx, by, "alias", subject(b), journal.Details{"alias": alias})
	return err
}

func insertAlias(tx *db.Tx, id db.ID, alias, basis string, from, to calendar.Date) error {
	_, err := tx.Exec("insert into body_alias (id, body, alias, folded, valid_from, valid_to, basis) values (?, ?, ?, ?, ?, ?, ?)",
		tx.NewID(), id, alias, spellingKey(alias), from, to, basis)
	return err
}

// Alias is a spelling of a body, for the time it means the body.
type Alias struct {
	Alias     string        `db:"alias"`
	ValidFrom calendar.Date `db:"valid_from"` // zero: from the beginning
	ValidTo   calendar.Date `db:"valid_to"`   // zero: still
	Basis     string        `db:"basis"`
}

// Spellings lists the spellings of a body with their time.
func Spellings(tx *db.Tx, by access.Actor, id db.ID) ([]Alias, error) {
	if err := by.May(access.ReadBodies, by.Body); err != nil {
		return nil, err
	}
	var all []Alias
	err := tx.Select(&all, `
select alias, valid_from, valid_to, basis
from body_alias
where body = ?
  and (valid_from is null or valid_to is null or valid_to >= valid_from)
order by alias, id`, id)
	return all, err
}
