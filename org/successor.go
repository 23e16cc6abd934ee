package org

import (
	"slices"

	"giaoban/calendar"
	"giaoban/internal/db"
)

// Line is the whole of what bodies handed over and took over up to a day; one load, then pure.
type Line struct {
	from map[db.ID][]Part // by giver, in the order of days
	to   map[db.ID][]Part // by receiver
	held map[db.ID]map[string]bool
}

// LineOf loads what had happened to bodies by the end of a day; changes that were undone are left out. The zero day loads
// everything announced so far.
func LineOf(tx *db.Tx, day calendar.Date) (*Line, error) {
	l := &Line{from: make(map[db.ID][]Part), to: make(map[db.ID][]Part), held: make(map[db.ID]map[string]bool)}
	if day.IsZero() {
		day = calendar.On(9999, 12, 31)
	}
	var parts []Part
	if err := tx.Select(&parts, partColumns+`
where c.undone_at is null
  and c.day <= ?
order by c.day, c.seq, p.seq`, day); err != nil {
		return nil, err
	}
	if len(parts) == 0 {
		return l, nil
	}
	for _, p := range parts {
		if p.Stays() {
			continue
		}
		l.from[p.From] = append(l.from[p.From], p)
		l.to[p.To] = append(l.to[p.To], p)
	}
	var held []Held
	if err := tx.Select(&held, `
select id, body, function, valid_from, valid_to, basis, coalesce(change, '') as change
from body_function
where body in (select from_body from org_change_part)
  and (valid_to is null or valid_to >= valid_from)`); err != nil {
		return nil, err
	}
	for _, h := range held {
		if l.held[h.Body] == nil {
			l.held[h.Body] = make(map[string]bool)
		}
		l.held[h.Body][h.Function] = true
	}
	return l, nil
}

// mostSteps bounds a chain; a ring of bodies, however it came about, must not hang.
const mostSteps = 40

// Successors tells who answers now for what a body answered for: A → B and later B → C gives A → C. One part for each
// function that went its own way and one for the rest (Function ""); Day, Change, Kind and Basis are of the first step. To
// is "" where nobody has been named. Empty when the body has handed nothing over.
func (l *Line) Successors(body db.ID) []Part {
	var all []Part
	for _, p := range l.from[body] {
		end := p
		end.To = l.follow(p)
		all = append(all, end)
		if !p.Whole() || p.To == "" {
			continue
		}
		// What the receiver of the rest later handed on function by function, as far as it came from here.
		for function := range l.held[body] {
			if slices.ContainsFunc(l.from[body], func(q Part) bool { return q.Function == function }) {
				continue
			}
			own := p
			own.Function = function
			if to := l.follow(own); to != end.To {
				own.To = to
				all = append(all, own)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b Part) int {
		if c := a.Day.Compare(b.Day); c != 0 {
			return c
		}
		switch { // the rest comes last
		case a.Whole() == b.Whole():
			if a.Function < b.Function {
				return -1
			}
			if a.Function > b.Function {
				return 1
			}
			return 0
		case a.Whole():
			return 1
		}
		return -1
	})
	return all
}

// follow goes from the receiver of a part to whoever answers for its function at last.
func (l *Line) follow(p Part) db.ID {
	at := p.To
	for range mostSteps {
		next, ok := l.step(at, p.Function, p)
		if !ok {
			return at
		}
		at, p = next.To, Part{Day: next.Day, Change: next.Change, Function: p.Function}
		if at == "" {
			return ""
		}
	}
	return at
}

// step is what a body did with a function after it had come by a part: the part that names it, else the rest.
func (l *Line) step(body db.ID, function string, after Part) (Part, bool) {
	var rest Part
	found := false
	for _, p := range l.from[body] {
		if p.Day.Before(after.Day) || p.Change == after.Change {
			continue
		}
		if function != "" && p.Function == function {
			return p, true
		}
		if p.Whole() && !found {
			rest, found = p, true
		}
	}
	return rest, found
}

// Successor tells who answers now for one function of a body ("" for the body as a whole). ok is false when the body still
// answers itself; Part.To is "" when it handed the function over and nobody has been named.
func (l *Line) Successor(body db.ID, function string) (Part, bool) {
	first, ok := l.step(body, function, Part{})
	if !ok {
		if function == "" || len(l.from[body]) == 0 {
			return Part{}, false
		}
		return Part{}, false
	}
	first.Function = function
	first.To = l.follow(first)
	return first, true
}

// Predecessors are the parts by which a body came to what it answers for, one step back, the oldest first.
func (l *Line) Predecessors(body db.ID) []Part { return l.to[body] }
