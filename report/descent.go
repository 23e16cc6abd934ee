package report

import (
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fold"
	"giaoban/org"
)

// Descent tells who answers on a day for what bodies answered for before: one load, then pure.
type Descent struct {
	Day       calendar.Date
	line      *org.Line
	functions []org.Function
	held      map[db.ID]map[string]bool
	ended     map[db.ID]bool
}

// DescentTo loads what had happened to bodies by a day.
func DescentTo(tx *db.Tx, by access.Actor, day calendar.Date) (*Descent, error) {
	d := &Descent{Day: day, held: make(map[db.ID]map[string]bool), ended: make(map[db.ID]bool)}
	var err error
	if d.line, err = org.LineOf(tx, day); err != nil {
		return nil, err
	}
	if d.functions, err = org.Functions(tx, by); err != nil {
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
func (d *Descent) FunctionsOf(s Sector) []string {
	return SectorFunctions(d.functions, s)
}

// SectorFunctions is Descent.FunctionsOf for who has the catalogue at hand.
func SectorFunctions(catalogue []org.Function, s Sector) []string {
	codes := FunctionsNamed(catalogue, s.Name)
	for _, f := range catalogue {
		if s.Code != "" && f.Sector == s.Code && !slices.Contains(codes, f.Code) {
			codes = append(codes, f.Code)
		}
	}
	return codes
}

// FunctionsNamed gives the functions that a text speaks of: the shipped ones, the longest words first, and those that the
// office has added.
func FunctionsNamed(catalogue []org.Function, text string) []string {
	var codes []string
	for _, f := range org.FunctionsIn(text) {
		codes = append(codes, f.Code)
	}
	folded := " " + wordsOf(text) + " "
	for _, f := range catalogue {
		if slices.Contains(codes, f.Code) || shippedFunction(f) {
			continue
		}
		for _, words := range append([]string{f.Name}, f.Words...) {
			if key := wordsOf(words); key != "" && strings.Contains(folded, " "+key+" ") {
				codes = append(codes, f.Code)
				break
			}
		}
	}
	return codes
}

// shippedFunction tells a function of the shipped catalogue, which FunctionsIn has looked for already.
func shippedFunction(f org.Function) bool {
	return slices.ContainsFunc(org.FunctionsIn(f.Name), func(g org.Function) bool { return g.Code == f.Code })
}

func wordsOf(s string) string {
	return strings.Join(strings.FieldsFunc(fold.Fold(s), func(r rune) bool { return !(r >= '0' && r <= '9' || r >= 'a' && r <= 'z') }), " ")
}

// Heirs lists who answers now for what a body reported under some sectors: the body itself when it handed nothing of it
// over, one body when all of it went there, several when it was divided. None when nobody has been named.
func (d *Descent) Heirs(body db.ID, sectors ...Sector) []db.ID {
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
	for _, s := range sectors {
		for _, f := range d.FunctionsOf(s) {
			if len(d.held[body]) > 0 && !d.held[body][f] && !slices.ContainsFunc(parts, func(p org.Part) bool { return p.Function == f }) {
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
	}
	if known {
		return heirs
	}
	if p, ok := d.line.Successor(body, ""); ok && !slices.ContainsFunc(parts, func(q org.Part) bool { return !q.Whole() }) {
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

// HeirsFor is Heirs for one indicator: by the functions its own name speaks of, where the body answered for one of them,
// else by its sector. A sector of a form may hold the work of several functions that went different ways.
func (d *Descent) HeirsFor(body db.ID, in Indicator, sector Sector) []db.ID {
	parts := d.line.Successors(body)
	if len(parts) == 0 {
		return []db.ID{body}
	}
	for _, f := range FunctionsNamed(d.functions, in.Name) {
		if d.held[body][f] || slices.ContainsFunc(parts, func(p org.Part) bool { return p.Function == f }) {
			return d.Heirs(body, Sector{Name: in.Name})
		}
	}
	return d.Heirs(body, sector)
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
