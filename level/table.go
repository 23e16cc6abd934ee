package level

import (
	"slices"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/conference"
	"giaoban/internal/db"
	"giaoban/org"
	"giaoban/report"
)

// Line is one body of a call: what it reported and what it noted of its own holding.
type Line struct {
	Body       org.Body // as it is called today
	Obligation report.Obligation
	Signed     report.Signed // the original of its report
	Holding    Holding       // without ID when nothing was noted
}

// Province reports whether the line is the province's own, which owes no report here.
func (l Line) Province() bool { return l.Obligation.ID == "" }

// Held reports whether the body held its own.
func (l Line) Held() bool { return l.Holding.Outcome == conference.SittingHeld }

// Outcome is what became of its holding.
func (l Line) Outcome() conference.Outcome {
	if l.Holding.ID == "" {
		return conference.SittingMissing
	}
	return l.Holding.Outcome
}

// Reported reports whether its report counts.
func (l Line) Reported() bool { return l.Obligation.Accepted != "" }

// Level is a level (cấp) of a call with its bodies, in the order of the directory.
type Level struct {
	Kind  org.Kind // of its bodies; the commission's for the province itself
	Lines []Line
}

// Name is the office's word.
func (r Level) Name() string {
	if r.Kind == org.Commission {
		return conference.OfProvince.Name()
	}
	return r.Kind.Name()
}

// Held counts the bodies that held theirs.
func (r Level) Held() (n int) {
	for _, l := range r.Lines {
		if l.Held() {
			n++
		}
	}
	return n
}

// Reported counts the bodies whose report counts.
func (r Level) Reported() (n int) {
	for _, l := range r.Lines {
		if l.Reported() {
			n++
		}
	}
	return n
}

// ranked are the kinds of bodies from above to below.
var ranked = []org.Kind{org.Commission, org.Department, org.Agency, org.PartyCommittee, org.LowerCommission, org.Commune, org.OwnUnit}

// Levels is who held theirs, level by level, the province first: narrowed to what the actor may see.
func Levels(tx *db.Tx, by access.Actor, c Call) ([]Level, error) {
	owed, err := report.StandingIn(tx, by, report.Every, c.Opening.ID, 0, 0)
	if err != nil {
		return nil, err
	}
	signed, err := report.SignedIn(tx, by, c.Opening.ID)
	if err != nil {
		return nil, err
	}
	names, err := org.Names(tx, calendar.OfInstant(tx.Clock()))
	if err != nil {
		return nil, err
	}
	var noted []Holding
	if err := tx.Select(&noted, holdings+"where h.review = ? and h.dropped_at is null", c.Review); err != nil {
		return nil, err
	}
	holding := make(map[db.ID]Holding, len(noted))
	for _, h := range noted {
		holding[h.Body] = h
	}
	lines := make(map[org.Kind][]Line)
	if by.Sees(access.ReadReport) == "" {
		own := c.Of.Receiver
		lines[org.Commission] = []Line{{Body: names[own], Holding: holding[own]}}
	}
	for _, o := range owed {
		b := names[o.Body]
		lines[b.Kind] = append(lines[b.Kind], Line{Body: b, Obligation: o, Signed: signed[o.ID], Holding: holding[o.Body]})
	}
	var all []Level
	for _, kind := range ranked {
		if some := lines[kind]; len(some) > 0 {
			slices.SortFunc(some, func(a, b Line) int { return a.Obligation.N - b.Obligation.N })
			all = append(all, Level{kind, some})
		}
	}
	return all, nil
}

// LineOf is the line of one body, for itself and for the commission.
func LineOf(tx *db.Tx, by access.Actor, c Call, body db.ID) (Line, error) {
	if _, _, err := holderOf(tx, by, c.Review, body); err != nil {
		return Line{}, err
	}
	levels, err := Levels(tx, by, c)
	for _, r := range levels {
		for _, l := range r.Lines {
			if l.Body.ID == body {
				return l, err
			}
		}
	}
	return Line{}, err
}

// Group are the bodies of one kind that may be called; With counts those of them that were called.
type Group struct {
	Kind   org.Kind
	Bodies []org.Body
	With   int
}

// Groups lists the bodies of the office by kind, from above to below, without the commission and its own units, and those that
// have the outline already; c is the zero Call while nobody has.
func Groups(tx *db.Tx, by access.Actor, c Call) ([]Group, error) {
	all, err := org.At(tx, by, calendar.OfInstant(tx.Clock()))
	if err != nil {
		return nil, err
	}
	var called []report.Obligation
	if c.Review != "" {
		if called, err = report.StandingIn(tx, by, report.Every, c.Opening.ID, 0, 0); err != nil {
			return nil, err
		}
	}
	var groups []Group
	for _, kind := range ranked {
		g := Group{Kind: kind}
		for _, b := range all {
			switch {
			case b.Kind != kind || kind == org.Commission || kind == org.OwnUnit:
			case slices.ContainsFunc(called, func(o report.Obligation) bool { return o.Body == b.ID }):
				g.With++
			default:
				g.Bodies = append(g.Bodies, b)
			}
		}
		if len(g.Bodies) > 0 {
			groups = append(groups, g)
		}
	}
	return groups, nil
}
