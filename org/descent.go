package org

import (
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
)

// Descent tells who answers on a day for what bodies answered for before: one load, then pure.
type Descent struct {
	Day       calendar.Date
	line      *Line
	functions []Function
	held      map[db.ID]map[string]bool
	ended     map[db.ID]bool
}

// DescentTo loads what had happened to bodies by a day.
func DescentTo(tx *db.Tx, by access.Actor, day calendar.Date) (*Descent, error) {
	d := &Descent{Day: day, held: make(map[db.ID]map[string]bool), ended: make(map[db.ID]bool)}
	var err error
	if d.line, err = LineOf(tx, day); err != nil {
		return nil, err
	}
	if d.functions, err = Functions(tx, by); err != nil {
		return nil, err
	}
	var held []struct {
		Body     db.ID  `db:"body"`
		Function string `db:"function"`
	}
	if err := tx.Select(&held, `
select distinct body, function
from body_function
where valid_to is null or valid_to >= valid_from`); err != nil {
		return nil, err
	}
	for _, h := range held {
		if d.held[h.Body] == nil {
			d.held[h.Body] = make(map[string]bool)
		}
		d.held[h.Body][h.Function] = true
	}
	var ended []db.ID
	if err := tx.Select(&ended, "select id from body where valid_to < ?", day); err != nil {
		return nil, err
	}
	for _, body := range ended {
		d.ended[body] = true
	}
	return d, nil
}

// FunctionsOf gives the functions of a sector of a form: those that the catalogue puts under its code and those that its
// name speaks of. A form may divide a department's field more finely than the catalogue does.
func (d *Descent) FunctionsOf(sector, name string) []string {
	return SectorFunctions(d.functions, sector, name)
}

// SectorFunctions is Descent.FunctionsOf for who has the catalogue at hand.
func SectorFunctions(catalogue []Function, sector, name string) []string {
	codes := FunctionsNamed(catalogue, name)
	for _, f := range catalogue {
		if sector != "" && f.Sector == sector && !slices.Contains(codes, f.Code) {
			codes = append(codes, f.Code)
		}
	}
	return codes
}

// FunctionsNamed gives the functions that a text speaks of: the shipped ones, the longest words first, and those that the
// office has added.
func FunctionsNamed(catalogue []Function, text string) []string {
	var codes []string
	for _, f := range FunctionsIn(text) {
		codes = append(codes, f.Code)
	}
	folded := " " + spellingKey(text) + " "
	for _, f := range catalogue {
		if slices.Contains(codes, f.Code) || shippedFunction(f) {
			continue
		}
		for _, words := range append([]string{f.Name}, f.Words...) {
			if key := spellingKey(words); key != "" && strings.Contains(folded, " "+key+" ") {
				codes = append(codes, f.Code)
				break
			}
		}
	}
	return codes
}

// shippedFunction tells a function of the shipped catalogue, which FunctionsIn has looked for already.
func shippedFunction(f Function) bool {
	return slices.ContainsFunc(FunctionsIn(f.Name), func(g Function) bool { return g.Code == f.Code })
}

// Heirs lists who answers now for what a body answered for under some functions: the body itself when it handed nothing of
// it over, one body when all of it went there, several when it was divided. None when nobody has been named.
func (d *Descent) Heirs(body db.ID, functions ...string) []db.ID {
	parts := d.line.Successors(body)
	if len(parts) == 0 {
		return []db.ID{body}
	}
	var heirs []db.ID
	add := func(to db.ID) {
		if to != "" && !slices.Contains(heirs, to) {
			heirs = append(heirs, to)
		}
	}
	known := false
	for _, f := range functions {
		if len(d.held[body]) > 0 && !d.held[body][f] && !slices.ContainsFunc(parts, func(p Part) bool { return p.Function == f }) {
			continue // never its own
		}
		if p, ok := d.line.Successor(body, f); ok {
			known = true
			add(p.To)
		} else if !d.ended[body] {
			known = true
			add(body)
		}
	}
	if known {
		return heirs
	}
	if p, ok := d.line.Successor(body, ""); ok && !slices.ContainsFunc(parts, func(q Part) bool { return !q.Whole() }) {
		add(p.To)
		return heirs
	}
	if !d.ended[body] {
		return []db.ID{body}
	}
	for _, p := range parts {
		add(p.To)
	}
	return heirs
}

// HeirsFor is Heirs for one thing by its name: by the functions the name itself speaks of, where the body answered for one
// of them, else by those given. A sector of a form may hold the work of several functions that went different ways.
func (d *Descent) HeirsFor(body db.ID, name string, functions ...string) []db.ID {
	parts := d.line.Successors(body)
	if len(parts) == 0 {
		return []db.ID{body}
	}
	named := FunctionsNamed(d.functions, name)
	for _, f := range named {
		if d.held[body][f] || slices.ContainsFunc(parts, func(p Part) bool { return p.Function == f }) {
			return d.Heirs(body, named...)
		}
	}
	return d.Heirs(body, functions...)
}

// Whole tells into which body another went as a whole, by one merger or by several one after the other; the body itself
// when it handed nothing over. ok is false when any of it went its own way.
func (d *Descent) Whole(body db.ID) (to db.ID, ok bool) {
	parts := d.line.Successors(body)
	switch {
	case len(parts) == 0:
		return body, true
	case len(parts) == 1 && parts[0].Whole() && parts[0].To != "":
		return parts[0].To, true
	}
	return "", false
}
