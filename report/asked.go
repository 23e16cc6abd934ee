package report

import (
	"slices"

	"giaoban/calendar"
	"giaoban/internal/db"
)

// Asked is a part of a version that the commission wants again: a figure, a paragraph, or a whole section where Paragraph
// is 0. It does not count until a new version is accepted; the rest of the version does.
type Asked struct {
	Submission db.ID           `db:"submission"`
	Body       db.ID           `db:"body"`
	BodyCode   string          `db:"body_code"`
	Period     calendar.Period `db:"period"`
	Section    string          `db:"section"`
	Sector     string          `db:"sector"`
	Paragraph  int             `db:"paragraph"`
	Indicator  string          `db:"indicator"`
}

const selectAsked = `
select t.submission, s.body, b.code as body_code, p.period, t.section, t.sector, t.paragraph, t.indicator
from report_return t
join submission s on s.id = t.submission
join opening p on p.id = s.opening
join body b on b.id = s.body
`

// askedWhere gives what was asked for of versions that are not sent back whole, by version.
func askedWhere(tx *db.Tx, where string, args ...any) (map[db.ID][]Asked, error) {
	var all []Asked
	if err := tx.Select(&all, selectAsked+"where t.keeps and "+where+"\norder by t.at, t.id", args...); err != nil {
		return nil, err
	}
	by := make(map[db.ID][]Asked)
	for _, a := range all {
		by[a.Submission] = append(by[a.Submission], a)
	}
	return by, nil
}

// AskedIn gives what was asked for of the versions of some sub-periods of a regime, by version.
func AskedIn(tx *db.Tx, r Regime, parts []calendar.Period) (map[db.ID][]Asked, error) {
	in, args := db.In(parts)
	return askedWhere(tx, "p.regime = ? and p.period in "+in, append([]any{r.ID}, args...)...)
}

// Is reports whether a paragraph is what was asked for.
func (a Asked) Is(section, sector string, n int) bool {
	return a.Indicator == "" && a.Section == section && a.Sector == sector && (a.Paragraph == 0 || a.Paragraph == n)
}

// Of reports whether it is a figure, or one of the two that a ratio is computed from.
func (a Asked) Of(in Indicator) bool {
	return a.Indicator != "" && (a.Indicator == in.Code || in.Aggregation == Ratio && (a.Indicator == in.Numerator || a.Indicator == in.Denominator))
}

// withhold takes the figures that were asked for out of a version's; of a ratio both numbers, since it is computed.
func (f *Form) withhold(values []Value, asked []Asked) {
	for _, a := range asked {
		in, ok := f.Indicator(a.Indicator)
		if !ok {
			continue
		}
		codes := []string{in.Code}
		if in.Aggregation == Ratio {
			codes = []string{in.Numerator, in.Denominator}
		}
		for _, code := range codes {
			if slot := f.slotOf(code); slot >= 0 && slot < len(values) {
				values[slot] = Value{}
			}
		}
	}
}

// Part reports whether a part is asked for, not the whole report.
func (r Returning) Part() bool { return r.Section != "" || r.Indicator != "" }

// Kept reports whether the version goes on counting but for the parts asked for.
func (s Submission) Kept() bool {
	return s.Returned() && !slices.ContainsFunc(s.Returns, func(m Mark) bool { return !m.Keeps })
}
