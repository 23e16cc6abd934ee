package consolidation

import (
	"slices"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/org"
	"giaoban/report"
)

// Series is the course of one indicator over the periods opened, the oldest first.
type Series struct {
	Regime    report.Regime
	Indicator report.Indicator // as the newest form asks it
	Sector    report.Sector
	Reading   report.Reading
	Points    []SeriesPoint
	Lines     []Line // by body; cells in the order of Points
	Breaks    []Break
	Stretches []Stretch // what lies between breaks; one when there is none
}

// SeriesPoint is the total of one period.
type SeriesPoint struct {
	Period calendar.Period
	To     calendar.Date // the cut-off: whose figures these are
	Value  *int64        // nil: nothing to add up
	Asked  []report.Body // who was asked for the indicator
}

// Break is where totals stop being comparable: a body that reported handed this field over, not as a whole, between two
// cut-offs.
type Break struct {
	At       int // index of the first point after it
	Day      calendar.Date
	Changes  []db.ID
	Sentence string
}

// Stretch is a run of comparable points with what they add up to, as the indicator says.
type Stretch struct {
	From, To int // indexes of the first and the last point
	Value    *int64
}

// mostPoints bounds a series: five years of months.
const mostPoints = 60

// SeriesOf gives the newest periods of one indicator. Totals are added over time only within stretches that are
// comparable; nothing is estimated across a break.
func SeriesOf(tx *db.Tx, by access.Actor, regimeCode, indicator string, last int, reading report.Reading) (Series, error) {
	s := Series{Reading: reading}
	if err := by.May(access.ReadConsolidation, by.Body); err != nil {
		return s, err
	}
	var err error
	if s.Regime, err = report.FindRegime(tx, by, regimeCode); err != nil {
		return s, err
	}
	openings, err := report.Openings(tx, by, s.Regime.ID)
	if err != nil {
		return s, err
	}
	openings = openings[:min(len(openings), max(last, 1), mostPoints)]
	slices.Reverse(openings)
	periods := make([]calendar.Period, len(openings))
	for i, o := range openings {
		periods[i] = o.Period
	}
	found, err := report.Parts(tx, s.Regime, periods, nil, report.Accepted)
	if err != nil {
		return s, err
	}
	parts := pick(found, periods)
	var newest *report.Form
	for _, p := range parts {
		if in, ok := p.Form.Indicator(indicator); ok {
			s.Indicator, newest = in, p.Form
		}
	}
	if newest == nil {
		return s, fault.Missing("Chế độ %s không có chỉ tiêu %s.", regimeCode, indicator)
	}
	s.Sector = report.Sector{Code: s.Indicator.Sector, Name: newest.SectorName(s.Indicator.Sector)}
	rosters, err := mapBodies(tx, parts)
	if err != nil {
		return s, err
	}
	for i, o := range openings {
		point := SeriesPoint{Period: o.Period, To: o.To, Asked: rosters.askedFor(i, indicator)}
		if point.Value, err = report.Over(s.Indicator, parts[i:i+1]); err != nil {
			return s, err
		}
		s.Points = append(s.Points, point)
	}
	if err := s.lines(tx, by, periods); err != nil {
		return s, err
	}
	if err := s.breaks(tx, by); err != nil {
		return s, err
	}
	return s, s.stretches(parts)
}

// askedFor lists who was asked for an indicator in one part.
func (m *bodyMap) askedFor(part int, indicator string) []report.Body {
	p := m.parts[part]
	in, ok := p.Form.Indicator(indicator)
	if !ok {
		return nil
	}
	all := newBitset(len(m.all))
	for n := range m.in[part] {
		at := int32(n)
		if m.places[part] != nil {
			at = m.places[part][n]
		}
		all.set(at)
	}
	m.asked(all, part, in.Sector)
	var orgs []report.Body
	all.each(func(n int32) { orgs = append(orgs, m.all[n].Body) })
	return orgs
}

func (s *Series) lines(tx *db.Tx, by access.Actor, periods []calendar.Period) error {
	rows, err := report.CountedFigures(tx, s.Regime, periods, report.Accepted)
	if err != nil {
		return err
	}
	sources, _, err := sourcesIn(rows, s.Indicator.Code, calendar.Period{})
	if err != nil {
		return err
	}
	if s.Reading == report.AsWas {
		s.Lines = LinesAsWas(sources, periods)
		return nil
	}
	today := calendar.OfInstant(tx.Clock())
	d, err := org.DescentTo(tx, by, today)
	if err != nil {
		return err
	}
	names, err := org.Names(tx, today)
	if err != nil {
		return err
	}
	s.Lines = LinesAsNow(sources, periods, s.Indicator, s.Sector, d, func(id db.ID) string { return names[id].Code })
	return nil
}

// breaks finds them between every two points.
func (s *Series) breaks(tx *db.Tx, by access.Actor) error {
	find, err := newBreaker(tx, by)
	if err != nil || len(find.changes) == 0 {
		return err
	}
	for i := 1; i < len(s.Points); i++ {
		b, ok, err := find.between(s.Points[i-1], s.Points[i], s.Sector)
		if err != nil {
			return err
		}
		if ok {
			b.At = i
			s.Breaks = append(s.Breaks, b)
		}
	}
	return nil
}

func (s *Series) stretches(parts []*report.Part) error {
	from := 0
	for i := 1; i <= len(s.Points); i++ {
		if i < len(s.Points) && !slices.ContainsFunc(s.Breaks, func(b Break) bool { return b.At == i }) {
			continue
		}
		v, err := report.Over(s.Indicator, parts[from:i])
		if err != nil {
			return err
		}
		s.Stretches = append(s.Stretches, Stretch{from, i - 1, v})
		from = i
	}
	return nil
}
