package report

import (
	"fmt"
	"slices"

	"giaoban/calendar"
	"giaoban/internal/db"
)

// Counted is a version of a report that counts in a sub-period.
type Counted struct {
	Body       Body
	Period     calendar.Period
	Submission db.ID
	Version    int64
	Form       *Form
	Scope      Scope // the sectors the body was asked for
	Way        string
	Asked      []Asked // the parts that do not count, since they were asked for again
	figures    []byte
	sections   string
}

// CountedFigures reads the figures of the versions that count for some sub-periods, by body in the office's order and
// sub-period.
func CountedFigures(tx *db.Tx, r Regime, parts []calendar.Period, include Include) ([]Counted, error) {
	return countedIn(tx, r, parts, include, "s.figures, '' as sections")
}

// CountedTexts is CountedFigures for the text of the reports.
func CountedTexts(tx *db.Tx, r Regime, parts []calendar.Period, include Include) ([]Counted, error) {
	return countedIn(tx, r, parts, include, "null as figures, s.sections")
}

func countedIn(tx *db.Tx, r Regime, parts []calendar.Period, include Include, what string) ([]Counted, error) {
	which := "o.accepted"
	if include == Submitted {
		which = "case when o.latest is not null and not o.returned then o.latest else o.accepted end"
	}
	in, args := db.In(parts)
	var rows []struct {
		Body       db.ID           `db:"body"`
		BodyCode   string          `db:"body_code"`
		Period     calendar.Period `db:"period"`
		Submission db.ID           `db:"submission"`
		Version    int64           `db:"version"`
		Form       db.ID           `db:"form"`
		Digest     string          `db:"digest"`
		Scope      Scope           `db:"sectors"`
		Way        string          `db:"way"`
		Figures    []byte          `db:"figures"`
		Sections   string          `db:"sections"`
	}
	if err := tx.Select(&rows, `
select s.body, b.code as body_code, p.period, s.id as submission, s.version, p.form, f.digest, o.sectors, s.way, `+what+`
from opening p
join regime_form f on f.id = p.form
join obligation o on o.opening = p.id
join submission s on s.id = `+which+`
join body b on b.id = s.body
where p.regime = ? and p.period in `+in+`
order by b.sort, b.code, p.to_day`, append([]any{r.ID}, args...)...); err != nil {
		return nil, err
	}
	asked, err := AskedIn(tx, r, parts)
	if err != nil {
		return nil, err
	}
	all := make([]Counted, len(rows))
	for i, row := range rows {
		f, err := cachedForm(tx, row.Form, row.Digest)
		if err != nil {
			return nil, err
		}
		all[i] = Counted{Body{row.Body, row.BodyCode}, row.Period, row.Submission, row.Version, f, row.Scope, row.Way,
			asked[row.Submission], row.Figures, row.Sections}
	}
	return all, nil
}

// Wanted reports whether the figure does not count because it was asked for again.
func (c Counted) Wanted(in Indicator) bool {
	return slices.ContainsFunc(c.Asked, func(a Asked) bool { return a.Of(in) })
}

// Value is the figure of an indicator of the version's form; of a ratio it is computed from this body's two numbers.
func (c Counted) Value(in Indicator) (Value, error) {
	typed, err := unpackValues(nil, c.figures)
	if err != nil {
		return Value{}, fmt.Errorf("báo cáo %s: %w", c.Submission, err)
	}
	c.Form.withhold(typed, c.Asked)
	return c.Form.all(typed)[c.Form.index[in.Code]], nil
}

// Sections are the paragraphs of the version.
func (c Counted) Sections() ([]SectionText, error) {
	sections, err := readSections(c.sections)
	if err != nil {
		return nil, fmt.Errorf("báo cáo %s: %w", c.Submission, err)
	}
	return sections, nil
}
