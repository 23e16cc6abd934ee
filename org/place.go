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

// PlaceOf is what stands before the day of a body's papers: its own địa danh on that day, or the commission's, since the
// offices of a province sign under the province's name. A commission of a lower level has a place of its own or none.
func PlaceOf(tx *db.Tx, b Body, day calendar.Date) (string, error) {
	if b.Place != "" || b.Kind == LowerCommission {
		return b.Place, nil
	}
	commission, err := TheCommission(tx, day)
	if fault.Is(err, fault.KindMissing) {
		return "", nil
	}
	return commission.Place, err
}

// SetPlace gives a body the place of its papers. One that had none has it for all its time; another place needs the day
// from which it is written so, and papers before that day keep the old one.
func SetPlace(tx *db.Tx, by access.Actor, b Body, place string, from calendar.Date) error {
	if err := by.May(access.ManageBodies, b.ID); err != nil {
		return err
	}
	place = fold.Tidy(place)
	if err := official.RefuseSecret(place); err != nil {
		return err
	}
	switch {
	case place == b.Place:
		return nil
	case place == "":
		return fault.Invalid("place", "Văn bản nào cũng cần địa danh trước ngày tháng, ví dụ Khánh Hòa.")
	case b.Place != "" && from.IsZero():
		return fault.Invalid("place_from", "Cần ngày bắt đầu ghi địa danh mới; văn bản trước ngày đó vẫn ghi %s.", b.Place)
	case b.Place != "":
		_, err := Announce(tx, by, NewChange{Kind: Renamed, Day: from, Basis: "Đổi địa danh ghi trên văn bản",
			Names: []NewName{{Body: b.ID, Name: b.Name, ShortName: b.ShortName, Symbol: b.Symbol, Place: place}}})
		return err
	}
	if _, err := tx.Exec("update body_name set place = ? where body = ? and place = ''", place, b.ID); err != nil {
		return err
	}
	_, err := journal.Write(tx, by, "placed", subject(b), journal.Details{"place": place})
	return err
}

// CalledBefore tells how a body was called up to the eve of the day on which its first known name began: an office that
// began under today's name says from when on it bears it. basis is the document that changed it.
func CalledBefore(tx *db.Tx, by access.Actor, id db.ID, former NewName, day calendar.Date, basis string) error {
	if err := by.May(access.ManageBodies, id); err != nil {
		return err
	}
	former.Name, former.Symbol, basis = fold.Tidy(former.Name), fold.Tidy(former.Symbol), fold.Tidy(basis)
	if err := official.RefuseSecret(former.Name, former.Symbol, basis); err != nil {
		return err
	}
	var first struct {
		ID    db.ID         `db:"id"`
		From  calendar.Date `db:"valid_from"`
		To    calendar.Date `db:"valid_to"`
		Name  string        `db:"name"`
		Place string        `db:"place"`
	}
	if err := tx.Get(&first, `
select id, valid_from, valid_to, name, place
from body_name
where body = ?
order by valid_from
limit 1`, id); err != nil {
		return err
	}
	var wrong fault.List
	if former.Name == "" {
		wrong.Add("former", "Cần tên của cơ quan trước ngày đó.")
	}
	if !day.After(first.From) || !first.To.IsZero() && day.After(first.To) {
		wrong.Add("merged", "Tên “%s” được ghi từ %s; ngày bắt đầu dùng phải sau ngày đó.", first.Name, first.From.Vietnamese())
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	if _, err := tx.Exec("update body_name set valid_from = ?, basis = ? where id = ?", day, basis, first.ID); err != nil {
		return err
	}
	if _, err := tx.Exec(`
insert into body_name (id, body, name, short_name, symbol, place, valid_from, valid_to, basis)
values (?, ?, ?, ?, ?, ?, ?, ?, '')`, tx.NewID(), id, former.Name, former.Name, former.Symbol, first.Place, first.From, day.AddDays(-1)); err != nil {
		return err
	}
	_, err := journal.Write(tx, by, "renamed", journal.Subject{Kind: "body", ID: id, Body: id}, journal.Details{
		"from": former.Name, "to": first.Name, "day": day.String()})
	return err
}
