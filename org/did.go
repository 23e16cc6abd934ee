package org

import (
	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
)

// Did is what a change did to rows, in the words of the office; also of a change that was undone.
type Did struct {
	Founded   []db.ID   // bodies that began with it
	Ended     []db.ID   // bodies that ended the day before
	Renamed   []NewName // bodies with another name from the day on
	Functions int       // functions and sectors that began to be answered for by somebody else
}

// WhatItDid reads the effects of a change.
func WhatItDid(tx *db.Tx, by access.Actor, change db.ID) (Did, error) {
	var did Did
	if err := by.May(access.ReadBodies, by.Body); err != nil {
		return did, err
	}
	if err := tx.Select(&did.Founded, "select row_id from org_change_effect where change = ? and tbl = 'body' and made order by seq", change); err != nil {
		return did, err
	}
	if err := tx.Select(&did.Ended, "select row_id from org_change_effect where change = ? and tbl = 'body' and not made order by seq", change); err != nil {
		return did, err
	}
	var names []struct {
		Body      db.ID  `db:"body"`
		Name      string `db:"name"`
		ShortName string `db:"short_name"`
		Symbol    string `db:"symbol"`
	}
	if err := tx.Select(&names, `
select n.body, n.name, n.short_name, n.symbol
from org_change_effect e
join body_name n on n.id = e.row_id
where e.change = ?
  and e.tbl = 'body_name'
  and e.made
order by e.seq`, change); err != nil {
		return did, err
	}
	for _, n := range names {
		did.Renamed = append(did.Renamed, NewName{Body: n.Body, Name: n.Name, ShortName: n.ShortName, Symbol: n.Symbol})
	}
	err := tx.Get(&did.Functions, "select count(*) from org_change_effect where change = ? and tbl in ('body_function', 'body_sector') and made", change)
	return did, err
}

// HoldersOf lists who answered for a function, by its code, and when, the oldest first.
func HoldersOf(tx *db.Tx, by access.Actor, function string) ([]Held, error) {
	if err := by.May(access.ReadBodies, by.Body); err != nil {
		return nil, err
	}
	var all []Held
	err := tx.Select(&all, `
select id, body, function, valid_from, valid_to, basis, coalesce(change, '') as change
from body_function
where function = ?
  and (valid_to is null or valid_to >= valid_from)
order by valid_from, body`, function)
	return all, err
}

// AppliedOn is the day of the change that was made from a shipped row and still counts; zero when there is none.
func AppliedOn(tx *db.Tx, by access.Actor, key string) (calendar.Date, error) {
	if err := by.May(access.ReadBodies, by.Body); err != nil {
		return calendar.Date{}, err
	}
	var day calendar.Date
	err := tx.Get(&day, "select max(day) from org_change where reference = ? and undone_at is null", key)
	return day, err
}
