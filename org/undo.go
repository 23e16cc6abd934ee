package org

import (
	"errors"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/journal"
	"giaoban/official"
)

// Undo takes a change back exactly: what it ended goes on as before, what it made counts no more (the rows stay). Later
// changes that build on it must be undone first.
func Undo(tx *db.Tx, by access.Actor, id db.ID, reason string) error {
	if err := by.May(access.ManageBodies, by.Body); err != nil {
		return err
	}
	c, err := FindChange(tx, by, id)
	if err != nil {
		return err
	}
	if c.Undone() {
		return fault.Conflict("Lần sắp xếp này đã được hoàn tác rồi.")
	}
	if reason = fold.Tidy(reason); reason == "" {
		return fault.Invalid("reason", "Cần lý do hoàn tác, để người sau hiểu vì sao.")
	}
	if err := official.RefuseSecret(reason); err != nil {
		return err
	}
	if err := standsAlone(tx, c); err != nil {
		return err
	}
	if err := takeBack(tx, c); err != nil {
		return err
	}
	if _, err := tx.Exec("update org_change set undone_at = ?, undone_by = ?, undone_reason = ? where id = ?", tx.Now(), by.Key(), reason, id); err != nil {
		return err
	}
	_, err = journal.Write(tx, by, "undone", journal.Subject{Kind: "change", ID: id}, journal.Details{
		"kind": c.Kind.Name(), "day": c.Day.Vietnamese(), "reason": reason})
	return err
}

// standsAlone refuses while a later change touches the same rows or works with bodies that this one founded.
func standsAlone(tx *db.Tx, c Change) error {
	var later Change
	err := tx.Get(&later, changeColumns+`
where c.seq > ?
  and c.undone_at is null
  and (exists (
		select 1
		from org_change_effect theirs
		join org_change_effect ours on ours.row_id = theirs.row_id
		where theirs.change = c.id
		  and ours.change = ?)
	or exists (
		select 1
		from org_change_part p
		join org_change_effect ours on ours.row_id = p.from_body or ours.row_id = p.to_body
		where p.change = c.id
		  and ours.change = ?
		  and ours.made))
order by c.seq desc
limit 1`, c.Seq, c.ID, c.ID)
	if errors.Is(err, db.None) {
		return nil
	}
	if err != nil {
		return err
	}
	return fault.Conflict("Lần “%s” ngày %s%s dựa trên lần này. Hãy hoàn tác lần đó trước.", later.Kind.Name(), later.Day.Vietnamese(), theBasis(later.Basis))
}

func theBasis(basis string) string {
	if basis == "" {
		return ""
	}
	return " (" + basis + ")"
}

// takeBack undoes what a change did to rows, the last first.
func takeBack(tx *db.Tx, c Change) error {
	type effect struct {
		Table  string        `db:"tbl"`
		Row    db.ID         `db:"row_id"`
		Made   bool          `db:"made"`
		Before calendar.Date `db:"before"`
	}
	var done []effect
	if err := tx.Select(&done, "select tbl, row_id, made, before from org_change_effect where change = ? order by seq desc", c.ID); err != nil {
		return err
	}
	for _, d := range done {
		if !d.Made {
			if _, err := tx.Exec("update "+d.Table+" set valid_to = ? where id = ?", d.Before, d.Row); err != nil {
				return err
			}
			continue
		}
		// The row stays, but ends before it began: it never counted.
		if _, err := tx.Exec("update "+d.Table+" set valid_to = ? where id = ?", c.Day.AddDays(-1), d.Row); err != nil {
			return err
		}
		if d.Table == "body" {
			if err := takeBackBody(tx, c, d.Row); err != nil {
				return err
			}
		}
	}
	return nil
}

// takeBackBody lets everything of a body that was never founded end before it began, and frees its code.
func takeBackBody(tx *db.Tx, c Change, body db.ID) error {
	for _, table := range []string{"body_name", "body_parent", "body_kind", "body_function", "body_sector"} {
		if _, err := tx.Exec("update "+table+" set valid_to = ? where body = ?", c.Day.AddDays(-1), body); err != nil {
			return err
		}
	}
	if _, err := tx.Exec("update body_alias set valid_from = ?, valid_to = ? where body = ?", c.Day, c.Day.AddDays(-1), body); err != nil {
		return err
	}
	code, err := CodeOf(tx, body)
	if err != nil {
		return err
	}
	_, err = tx.Exec("update body set code = ? where id = ?", code+"~"+string(body), body)
	return err
}
