package org

import (
	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/journal"
)

// Rename gives a body another name from a day on; papers before that day keep the old one. basis is the document.
func Rename(tx *db.Tx, by access.Actor, id db.ID, name, shortName, symbol string, from calendar.Date, basis string) error {
	if err := by.May(access.ManageOrg, id); err != nil {
		return err
	}
	old, err := find(tx, "b.id = ?", string(id), from)
	if err != nil {
		return err
	}
	name, shortName, symbol = fold.Clean(name), fold.Clean(shortName), fold.Clean(symbol)
	if name == "" {
		return fault.Invalid("name", "Cần tên mới của cơ quan.")
	}
	later, err := tx.Exists("select 1 from body_name where body = ? and valid_from >= ?", id, from)
	if err != nil {
		return err
	}
	if later {
		return fault.Conflict("Cơ quan đã có tên khác từ ngày %s hoặc sau đó; xin chọn ngày muộn hơn.", from.Vietnamese())
	}
	if _, err := tx.Exec("update body_name set valid_to = ? where body = ? and valid_to is null", from.AddDays(-1), id); err != nil {
		return err
	}
	if shortName == "" {
		shortName = name
	}
	if symbol == "" {
		symbol = old.Symbol
	}
	if _, err := tx.Exec(`
insert into body_name (id, body, name, short_name, symbol, place, valid_from, valid_to, basis)
values (?, ?, ?, ?, ?, ?, ?, null, ?)`, tx.NewID(), id, name, shortName, symbol, old.Place, from, basis); err != nil {
		return err
	}
	_, err = journal.Write(tx, by, "renamed", subject(old), journal.Details{"from": old.Name, "to": name, "day": from.String()})
	return err
}

// AddAlias notes a spelling people use for a body.
func AddAlias(tx *db.Tx, by access.Actor, id db.ID, alias string) error {
	if err := by.May(access.ManageOrg, id); err != nil {
		return err
	}
	b, err := find(tx, "b.id = ?", string(id), calendar.OfInstant(tx.Clock()))
	if err != nil {
		return err
	}
	alias = fold.Clean(alias)
	if alias == "" {
		return fault.Invalid("alias", "Cần cách viết muốn thêm.")
	}
	if err := insertAlias(tx, id, alias); err != nil {
		return err
	}
	_, err = journal.Write(tx, by, "alias", subject(b), journal.Details{"alias": alias})
	return err
}

func insertAlias(tx *db.Tx, id db.ID, alias string) error {
	_, err := tx.Exec("insert into body_alias (id, body, alias, folded) values (?, ?, ?, ?)", tx.NewID(), id, alias, fold.Fold(alias))
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
	if err := by.May(access.ReadOrg, by.Org); err != nil {
		return nil, err
	}
	var names []Name
	err := tx.Select(&names, `
select name, short_name, valid_from, valid_to, basis
from body_name
where body = ?
order by valid_from`, id)
	return names, err
}

// Aliases lists the spellings of a body.
func Aliases(tx *db.Tx, by access.Actor, id db.ID) ([]string, error) {
	if err := by.May(access.ReadOrg, by.Org); err != nil {
		return nil, err
	}
	var aliases []string
	err := tx.Select(&aliases, "select alias from body_alias where body = ? order by alias", id)
	return aliases, err
}

// Matching finds the bodies that a spelling may mean on a day: code, name, short name or alias, folded.
func Matching(tx *db.Tx, by access.Actor, spelling string, day calendar.Date) ([]Body, error) {
	all, err := At(tx, by, day)
	if err != nil {
		return nil, err
	}
	wanted := fold.Fold(fold.Clean(spelling))
	var ids []db.ID
	if err := tx.Select(&ids, "select body from body_alias where folded = ?", wanted); err != nil {
		return nil, err
	}
	byAlias := make(map[db.ID]bool, len(ids))
	for _, id := range ids {
		byAlias[id] = true
	}
	var found []Body
	for _, b := range all {
		if byAlias[b.ID] || fold.Fold(b.Code) == wanted || fold.Fold(b.Name) == wanted || fold.Fold(b.ShortName) == wanted {
			found = append(found, b)
		}
	}
	return found, nil
}
