package org

import (
	"database/sql"
	"slices"

	"giaoban/calendar"
	"giaoban/internal/db"
)

// effects carries a change out row by row and notes what it did, so that it can be taken back exactly.
type effects struct {
	tx     *db.Tx
	change Change
	seq    int
}

func (e *effects) note(table string, row db.ID, made bool, before calendar.Date) error {
	e.seq++
	_, err := e.tx.Exec("insert into org_change_effect (change, seq, tbl, row_id, made, before) values (?, ?, ?, ?, ?, ?)",
		e.change.ID, e.seq, table, row, made, before)
	return err
}

// made notes a row that the change brought into being.
func (e *effects) made(table string, row db.ID) error {
	return e.note(table, row, true, calendar.Date{})
}

// ended lets the rows of a table that match end the day before the change, and notes the last day each had before. The
// day of a row that would have ended earlier by itself stays.
func (e *effects) ended(table, where string, args ...any) error {
	var rows []struct {
		ID      db.ID         `db:"id"`
		ValidTo calendar.Date `db:"valid_to"`
	}
	last := e.change.Day.AddDays(-1)
	if err := e.tx.Select(&rows, `
select id, valid_to
from `+table+`
where `+where+`
  and (valid_to is null or valid_to > ?)
  and (valid_to is null or valid_from is null or valid_to >= valid_from)
order by id`, append(slices.Clone(args), last)...); err != nil {
		return err
	}
	for _, r := range rows {
		if _, err := e.tx.Exec("update "+table+" set valid_to = ? where id = ?", last, r.ID); err != nil {
			return err
		}
		if err := e.note(table, r.ID, false, r.ValidTo); err != nil {
			return err
		}
	}
	return nil
}

// handOver moves functions, and the sectors that go with them, from those who give to those who receive.
func (e *effects) handOver() error {
	functions, err := allFunctions(e.tx)
	if err != nil {
		return err
	}
	sectorOf := make(map[string]string, len(functions))
	for _, f := range functions {
		sectorOf[f.Code] = f.Sector
	}
	gave := make(map[db.ID][]string)
	for _, p := range e.change.Parts {
		if p.Stays() || p.From == "" && p.Function == "" {
			continue
		}
		moving := []string{p.Function}
		if p.Whole() {
			if moving, err = e.restOf(p.From); err != nil {
				return err
			}
		}
		for _, function := range moving {
			if p.From != "" {
				gave[p.From] = append(gave[p.From], function)
				if err := e.ended("body_function", "body = ? and function = ?", p.From, function); err != nil {
					return err
				}
			}
			if p.To == "" {
				continue
			}
			if err := e.give("body_function", "function", p.To, function); err != nil {
				return err
			}
			if sector := sectorOf[function]; sector != "" {
				if err := e.give("body_sector", "sector", p.To, sector); err != nil {
					return err
				}
			}
		}
		if p.Whole() && p.To != "" {
			if err := e.passSectors(p, moving, sectorOf); err != nil {
				return err
			}
		}
	}
	for body, functions := range inOrder(gave) {
		if err := e.dropSectors(body, functions, sectorOf); err != nil {
			return err
		}
	}
	return nil
}

// inOrder walks a map by key, so that two runs do the same.
func inOrder(m map[db.ID][]string) func(yield func(db.ID, []string) bool) {
	return func(yield func(db.ID, []string) bool) {
		keys := make([]db.ID, 0, len(m))
		for k := range m {
			keys = append(keys, k)
		}
		slices.Sort(keys)
		for _, k := range keys {
			if !yield(k, m[k]) {
				return
			}
		}
	}
}

// restOf are the functions a body answers for on the eve that no part of the change names.
func (e *effects) restOf(body db.ID) ([]string, error) {
	eve := e.change.Day.AddDays(-1)
	var held []string
	err := e.tx.Select(&held, `
select distinct function
from body_function
where body = ?
  and valid_from <= ?
  and (valid_to is null or valid_to >= ?)
order by function`, body, eve, eve)
	return slices.DeleteFunc(held, func(function string) bool {
		return slices.ContainsFunc(e.change.Parts, func(p Part) bool { return p.From == body && p.Function == function })
	}), err
}

// passSectors gives the receiver of the rest the sectors of the giver that no function says anything about.
func (e *effects) passSectors(p Part, moving []string, sectorOf map[string]string) error {
	eve := e.change.Day.AddDays(-1)
	var sectors []string
	if err := e.tx.Select(&sectors, `
select distinct sector
from body_sector
where body = ?
  and valid_from <= ?
  and (valid_to is null or valid_to >= ?)
order by sector`, p.From, eve, eve); err != nil {
		return err
	}
	for _, sector := range sectors {
		elsewhere := slices.ContainsFunc(e.change.Parts, func(q Part) bool {
			return q.From == p.From && q.Function != "" && sectorOf[q.Function] == sector
		})
		here := slices.ContainsFunc(moving, func(function string) bool { return sectorOf[function] == sector })
		if elsewhere && !here {
			continue
		}
		if err := e.give("body_sector", "sector", p.To, sector); err != nil {
			return err
		}
	}
	return nil
}

// dropSectors ends the sectors of which a body that goes on has handed over its last function.
func (e *effects) dropSectors(body db.ID, gave []string, sectorOf map[string]string) error {
	var kept []string
	if err := e.tx.Select(&kept, `
select distinct function
from body_function
where body = ?
  and valid_from <= ?
  and (valid_to is null or valid_to >= ?)`, body, e.change.Day, e.change.Day); err != nil {
		return err
	}
	for _, function := range gave {
		sector := sectorOf[function]
		if sector == "" || slices.ContainsFunc(kept, func(other string) bool { return sectorOf[other] == sector }) {
			continue
		}
		if err := e.ended("body_sector", "body = ? and sector = ?", body, sector); err != nil {
			return err
		}
	}
	return nil
}

// give lets a body answer for a function, or a sector, from the day on, unless it already does.
func (e *effects) give(table, column string, body db.ID, what string) error {
	has, err := e.tx.Exists(`
select 1
from `+table+`
where body = ?
  and `+column+` = ?
  and valid_from <= ?
  and (valid_to is null or valid_to >= ?)`, body, what, e.change.Day, e.change.Day)
	if err != nil || has {
		return err
	}
	// A body whose end is already known answers no longer than it lives.
	var until calendar.Date
	if err := e.tx.Get(&until, "select valid_to from body where id = ?", body); err != nil {
		return err
	}
	id := e.tx.NewID()
	if _, err := e.tx.Exec("insert into "+table+" (id, body, "+column+", valid_from, valid_to, basis, change) values (?, ?, ?, ?, ?, ?, ?)",
		id, body, what, e.change.Day, until, e.change.Basis, e.change.ID); err != nil {
		return err
	}
	return e.made(table, id)
}

// name gives a body another name from the day on.
func (e *effects) name(n NewName) error {
	old, err := find(e.tx, "b.id = ?", string(n.Body), e.change.Day)
	if err != nil {
		return err
	}
	if err := e.ended("body_name", "body = ?", n.Body); err != nil {
		return err
	}
	if n.ShortName == "" {
		n.ShortName = n.Name
	}
	if n.Symbol == "" {
		n.Symbol = old.Symbol
	}
	if n.Place == "" {
		n.Place = old.Place
	}
	id := e.tx.NewID()
	if _, err := e.tx.Exec(`
insert into body_name (id, body, name, short_name, symbol, place, valid_from, valid_to, basis)
values (?, ?, ?, ?, ?, ?, ?, ?, ?)`, id, n.Body, n.Name, n.ShortName, n.Symbol, n.Place, e.change.Day, old.ValidTo, e.change.Basis); err != nil {
		return err
	}
	return e.made("body_name", id)
}

// kind makes a body one of another kind from the day on.
func (e *effects) kind(n NewKind) error {
	if err := e.ended("body_kind", "body = ?", n.Body); err != nil {
		return err
	}
	id := e.tx.NewID()
	if _, err := e.tx.Exec("insert into body_kind (id, body, kind, valid_from, valid_to, basis) values (?, ?, ?, ?, null, ?)",
		id, n.Body, string(n.Kind), e.change.Day, e.change.Basis); err != nil {
		return err
	}
	return e.made("body_kind", id)
}

// end lets a body end the day before, with everything dated that is its own. Its spellings end too: from the day on they
// mean whoever bears them then.
func (e *effects) end(body db.ID) error {
	if err := e.ended("body", "id = ?", body); err != nil {
		return err
	}
	for _, table := range []string{"body_name", "body_parent", "body_kind", "body_function", "body_sector", "body_alias"} {
		if err := e.ended(table, "body = ?", body); err != nil {
			return err
		}
	}
	return nil
}

// allFunctions are the shipped functions and the office's own.
func allFunctions(tx *db.Tx) ([]Function, error) {
	all := slices.Clone(catalogue())
	err := tx.Each(func(row *sql.Rows) error {
		var f Function
		if err := row.Scan(&f.Code, &f.Name, &f.Sector); err != nil {
			return err
		}
		all = append(all, f)
		return nil
	}, "select code, name, sector from org_function order by code")
	return all, err
}

func functionCodes(tx *db.Tx) (map[string]bool, error) {
	all, err := allFunctions(tx)
	codes := make(map[string]bool, len(all))
	for _, f := range all {
		codes[f.Code] = true
	}
	return codes, err
}
