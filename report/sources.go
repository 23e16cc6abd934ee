package report

import (
	"encoding/json"
	"fmt"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
)

// Source is one body's figure in one sub-period behind a total, and the report it stands in.
type Source struct {
	Org        Org
	Period     calendar.Period
	Value      Value // of a ratio: computed from this body's two numbers
	Submission db.ID
	Version    int64
}

type counted struct {
	Org        db.ID           `db:"body"`
	OrgCode    string          `db:"body_code"`
	Period     calendar.Period `db:"period"`
	Submission db.ID           `db:"submission"`
	Version    int64           `db:"version"`
	Form       db.ID           `db:"form"`
	Digest     string          `db:"digest"`
	Data       []byte          `db:"data"`
	Text       string          `db:"text"`
	Scope      Scope           `db:"sectors"`
}

// countedRows reads the versions that count for the sub-periods of a period, by body and sub-period, and lists these.
func countedRows(tx *db.Tx, by access.Actor, regimeCode string, period calendar.Period, include Include, what string) ([]counted, []calendar.Period, error) {
	r, err := FindRegime(tx, by, regimeCode)
	if err != nil {
		return nil, nil, err
	}
	parts, err := partsOf(r, period)
	if err != nil {
		return nil, nil, err
	}
	rows, err := countedIn(tx, r, parts, include, what)
	return rows, parts, err
}

func countedIn(tx *db.Tx, r Regime, parts []calendar.Period, include Include, what string) ([]counted, error) {
	which := "o.accepted"
	if include == Submitted {
		which = "case when o.latest is not null and not o.returned then o.latest else o.accepted end"
	}
	in, args := db.In(parts)
	var rows []counted
	err := tx.Select(&rows, `
select s.body, b.code as body_code, p.period, s.id as submission, s.version, p.form, f.digest, o.sectors, `+what+`
from opening p
join regime_form f on f.id = p.form
join obligation o on o.opening = p.id
join submission s on s.id = `+which+`
join body b on b.id = s.body
where p.regime = ? and p.period in `+in+`
order by b.sort, b.code, p.to_day`, append([]any{r.ID}, args...)...)
	return rows, err
}

// Sources lists the figures behind a total: every body's in every sub-period that counts for the indicator.
func Sources(tx *db.Tx, by access.Actor, regimeCode string, period calendar.Period, indicator string) ([]Source, error) {
	if err := by.May(access.ReadConsolidation, by.Org); err != nil {
		return nil, err
	}
	rows, parts, err := countedRows(tx, by, regimeCode, period, Accepted, "s.figures as data")
	if err != nil {
		return nil, err
	}
	sources, known, err := sourcesIn(tx, rows, indicator, parts[len(parts)-1])
	if err == nil && !known && len(rows) > 0 {
		return nil, fault.Missing("Chế độ %s không có chỉ tiêu %s.", regimeCode, indicator)
	}
	return sources, err
}

// sourcesIn reads one indicator out of versions that count. Of one that is never added over time only the figures of the
// sub-period last are wanted; the zero period takes all.
func sourcesIn(tx *db.Tx, rows []counted, indicator string, last calendar.Period) (sources []Source, known bool, err error) {
	sources = []Source{}
	for _, row := range rows {
		f, err := cachedForm(tx, row.Form, row.Digest)
		if err != nil {
			return nil, false, err
		}
		in, ok := f.Indicator(indicator)
		if !ok {
			continue
		}
		known = true
		if in.Aggregation == Last && !last.IsZero() && row.Period != last {
			continue
		}
		typed, err := unpackValues(nil, row.Data)
		if err != nil {
			return nil, false, fmt.Errorf("báo cáo %s: %w", row.Submission, err)
		}
		value := f.all(typed)[f.index[indicator]]
		if !value.Set && !row.Scope.Has(in.Sector) {
			continue // nobody asked it
		}
		sources = append(sources, Source{Org: Org{row.Org, row.OrgCode}, Period: row.Period, Value: value,
			Submission: row.Submission, Version: row.Version})
	}
	return sources, known, nil
}

// Paragraph is one paragraph of one report, with where it stands.
type Paragraph struct {
	Section, Sector string
	Text            string
	N               int // place among the paragraphs of that section and sector in its report, from 1
	Org             Org
	Period          calendar.Period
	Submission      db.ID
	Version         int64
}

// Paragraphs lists the text of the versions that count: by section in the outline's order, by sector, then by body and
// sub-period.
func Paragraphs(tx *db.Tx, by access.Actor, regimeCode string, period calendar.Period, include Include) ([]Paragraph, error) {
	if err := by.May(access.ReadConsolidation, by.Org); err != nil {
		return nil, err
	}
	rows, _, err := countedRows(tx, by, regimeCode, period, include, "s.sections as text")
	if err != nil {
		return nil, err
	}
	var newest *Form
	latest := calendar.Period{}
	type place struct{ section, sector string }
	grouped := make(map[place][]Paragraph)
	var order []place
	for _, row := range rows {
		f, err := cachedForm(tx, row.Form, row.Digest)
		if err != nil {
			return nil, err
		}
		if newest == nil || row.Period.Compare(latest) > 0 {
			newest, latest = f, row.Period
		}
		var sections []SectionText
		if err := json.Unmarshal([]byte(row.Text), &sections); err != nil {
			return nil, fmt.Errorf("báo cáo %s: %w", row.Submission, err)
		}
		count := make(map[place]int)
		for _, s := range sections {
			at := place{s.Section, s.Sector}
			if grouped[at] == nil {
				order = append(order, at)
			}
			for _, text := range s.Paragraphs {
				count[at]++
				grouped[at] = append(grouped[at], Paragraph{Section: s.Section, Sector: s.Sector, Text: text, N: count[at],
					Org: Org{row.Org, row.OrgCode}, Period: row.Period, Submission: row.Submission, Version: row.Version})
			}
		}
	}
	all := []Paragraph{}
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
