package consolidation

import (
	"slices"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/report"
)

// Source is one body's figure in one sub-period behind a total, and the report it stands in.
type Source struct {
	Body       report.Body
	Period     calendar.Period
	Value      report.Value // of a ratio: computed from this body's two numbers
	Submission db.ID
	Version    int64
	Way        string // how that version came in: report.WayImport of a file
	Asked      bool   // it was asked for again and does not count until then
	Partly     bool   // another part of the version was
}

// Sources lists the figures behind a total: every body's in every sub-period that counts for the indicator.
func Sources(tx *db.Tx, by access.Actor, regimeCode string, period calendar.Period, indicator string) ([]Source, error) {
	if err := by.May(access.ReadConsolidation, by.Body); err != nil {
		return nil, err
	}
	r, parts, err := regimeAndParts(tx, by, regimeCode, period)
	if err != nil {
		return nil, err
	}
	rows, err := report.CountedFigures(tx, r, parts, report.Accepted)
	if err != nil {
		return nil, err
	}
	sources, known, err := sourcesIn(rows, indicator, parts[len(parts)-1])
	if err == nil && !known && len(rows) > 0 {
		return nil, fault.Missing("Chế độ %s không có chỉ tiêu %s.", regimeCode, indicator)
	}
	return sources, err
}

// sourcesIn reads one indicator out of versions that count. Of one that is never added over time only the figures of the
// sub-period last are wanted; the zero period takes all.
func sourcesIn(rows []report.Counted, indicator string, last calendar.Period) (sources []Source, known bool, err error) {
	sources = []Source{}
	for _, row := range rows {
		in, ok := row.Form.Indicator(indicator)
		if !ok {
			continue
		}
		known = true
		if in.Aggregation == report.Last && !last.IsZero() && row.Period != last {
			continue
		}
		value, err := row.Value(in)
		if err != nil {
			return nil, false, err
		}
		if !value.Set && !row.Scope.Has(in.Sector) {
			continue // nobody asked it
		}
		sources = append(sources, Source{Body: row.Body, Period: row.Period, Value: value,
			Submission: row.Submission, Version: row.Version, Way: row.Way, Asked: row.Wanted(in), Partly: len(row.Asked) > 0})
	}
	return sources, known, nil
}

// Text is one paragraph of one report, with where it stands.
type Text struct {
	Section, Sector string
	Text            string
	N               int // place among the paragraphs of that section and sector in its report, from 1
	Body            report.Body
	Period          calendar.Period
	Submission      db.ID
	Version         int64
}

// Texts lists the text of the versions that count: by section in the outline's order, by sector, then by body and
// sub-period.
func Texts(tx *db.Tx, by access.Actor, regimeCode string, period calendar.Period, include report.Include) ([]Text, error) {
	if err := by.May(access.ReadConsolidation, by.Body); err != nil {
		return nil, err
	}
	r, parts, err := regimeAndParts(tx, by, regimeCode, period)
	if err != nil {
		return nil, err
	}
	rows, err := report.CountedTexts(tx, r, parts, include)
	if err != nil {
		return nil, err
	}
	var newest *report.Form
	latest := calendar.Period{}
	type place struct{ section, sector string }
	grouped := make(map[place][]Text)
	var order []place
	for _, row := range rows {
		if newest == nil || row.Period.Compare(latest) > 0 {
			newest, latest = row.Form, row.Period
		}
		sections, err := row.Sections()
		if err != nil {
			return nil, err
		}
		count := make(map[place]int)
		for _, s := range sections {
			at := place{s.Section, s.Sector}
			if grouped[at] == nil {
				order = append(order, at)
			}
			for _, text := range s.Paragraphs {
				count[at]++
				if slices.ContainsFunc(row.Asked, func(a report.Asked) bool { return a.Is(s.Section, s.Sector, count[at]) }) {
					continue
				}
				grouped[at] = append(grouped[at], Text{Section: s.Section, Sector: s.Sector, Text: text, N: count[at],
					Body: row.Body, Period: row.Period, Submission: row.Submission, Version: row.Version})
			}
		}
	}
	all := []Text{}
	take := func(at place) {
		all = append(all, grouped[at]...)
		delete(grouped, at)
	}
	if newest != nil {
		for _, s := range newest.Sections {
			for _, sector := range newest.Sectors {
				take(place{s.Code, sector.Code})
			}
		}
	}
	for _, at := range order { // what only an earlier form asked
		take(at)
	}
	return all, nil
}

// regimeAndParts finds a regime and the sub-periods that a period is made of under it.
func regimeAndParts(tx *db.Tx, by access.Actor, regimeCode string, period calendar.Period) (report.Regime, []calendar.Period, error) {
	r, err := report.FindRegime(tx, by, regimeCode)
	if err != nil {
		return r, nil, err
	}
	parts, err := partsOf(r, period)
	return r, parts, err
}
