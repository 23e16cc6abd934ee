package report

import (
	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/org"
)

// Reading is in which of two ways a list that reaches back over changes of bodies is read. Nothing kept differs.
type Reading string

const (
	AsWas Reading = "nhu-cu"  // under the bodies that reported, called as they were then
	AsNow Reading = "nhu-nay" // under the bodies that answer today
)

// ReadingOf takes a reading from an address; whatever is not "nhu-nay" is as it was.
func ReadingOf(text string) Reading {
	if Reading(text) == AsNow {
		return AsNow
	}
	return AsWas
}

// Placed is one cell of the body × period matrix under the body that answers today.
type Placed struct {
	CompletenessItem
	Now   db.ID   // in whose row it stands
	Heirs []db.ID // several: it was divided, so that it stands apart under its own body; none: nobody has been named
}

// Apart reports whether the cell stands under a body that no longer answers, because no single one does.
func (p Placed) Apart() bool { return len(p.Heirs) != 1 }

// PlaceNow puts the cells of a matrix under the bodies that answer on the descent's day: what was handed over under who
// took it over, the rest by the sectors it was asked for.
func PlaceNow(tx *db.Tx, by access.Actor, regimeCode string, items []CompletenessItem, d *org.Descent) ([]Placed, error) {
	r, err := FindRegime(tx, by, regimeCode)
	if err != nil {
		return nil, err
	}
	own := by.Sees(access.ReadReport)
	var moved []struct {
		ID     db.ID `db:"id"`
		Holder db.ID `db:"holder"`
	}
	if err := tx.Select(&moved, `
select o.id, o.holder
from obligation o
join opening p on p.id = o.opening
where p.regime = ? and o.holder <> o.body and (cast(? as text) = '' or ? in (o.body, o.holder))`, r.ID, own, own); err != nil {
		return nil, err
	}
	holder := make(map[db.ID]db.ID, len(moved))
	for _, m := range moved {
		holder[m.ID] = m.Holder
	}
	forms, err := formsOf(tx, by, r, items)
	if err != nil {
		return nil, err
	}
	type key struct {
		body  db.ID
		scope Scope
		form  *Form
	}
	known := make(map[key][]db.ID) // a body is asked for the same in most periods
	placed := make([]Placed, len(items))
	for i, item := range items {
		p := Placed{CompletenessItem: item, Now: item.Body.ID, Heirs: []db.ID{item.Body.ID}}
		if to, ok := holder[item.ID]; ok {
			p.Now, p.Heirs = to, []db.ID{to}
			placed[i] = p
			continue
		}
		f := forms[item.Period]
		k := key{item.Body.ID, item.Scope, f}
		heirs, ok := known[k]
		if !ok {
			heirs = d.Heirs(item.Body.ID, FunctionsOf(d, f.For(item.Scope).Sectors...)...)
			known[k] = heirs
		}
		if p.Heirs = heirs; len(heirs) == 1 {
			p.Now = heirs[0]
		}
		placed[i] = p
	}
	return placed, nil
}

func formsOf(tx *db.Tx, by access.Actor, r Regime, items []CompletenessItem) (map[calendar.Period]*Form, error) {
	var rows []struct {
		Period calendar.Period `db:"period"`
		Form   db.ID           `db:"form"`
	}
	if err := tx.Select(&rows, "select period, form from opening where regime = ?", r.ID); err != nil {
		return nil, err
	}
	wanted := make(map[calendar.Period]bool)
	for _, item := range items {
		wanted[item.Period] = true
	}
	forms := make(map[calendar.Period]*Form)
	for _, row := range rows {
		if wanted[row.Period] {
			f, err := formByID(tx, row.Form)
			if err != nil {
				return nil, err
			}
			forms[row.Period] = f
		}
	}
	return forms, nil
}
