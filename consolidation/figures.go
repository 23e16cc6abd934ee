package consolidation

import (
	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/decimal"
	"giaoban/internal/fault"
	"giaoban/report"
)

// Figure is what one indicator adds up to.
type Figure struct {
	Indicator   report.Indicator
	Value       *int64        // scaled by Indicator.Decimals; nil: nothing to add up, or a denominator of 0
	Previous    *int64        // the period before: months, quarters and years only
	LastYear    *int64        // the same period a year before
	Met         *bool         // against the annual target; nil: no target, no direction, no value, or not to be judged yet
	Estimated   []report.Body // bodies whose figure is an estimate
	Lacking     int           // bodies that lack it in a sub-period that counts for it, missing bodies included
	LackingAlso []report.Body // those of them that are not in Figures.Missing
	Asked       []report.Body // those whose figure was asked for again: it does not count until then
}

// MissingBody is a body that was obliged but has no version that counts, and in which sub-periods.
type MissingBody struct {
	Body    report.Body
	Periods []calendar.Period
	Scope   report.Scope // the sectors it was asked for
}

// Figures is what a period adds up to under one regime.
type Figures struct {
	Regime    report.Regime
	Period    calendar.Period
	Include   report.Include
	Form      *report.Form      // of the last sub-period
	Parts     []calendar.Period // the sub-periods it is made of
	NotOpened []calendar.Period // those of them that were never opened: nobody was obliged
	Missing   []MissingBody
	Figures   []Figure // in the form's order, then those that only earlier forms have
}

// AddUp reads what a period adds up to, with the period before and the same period a year before beside it.
//
// Over bodies figures are summed, except averages and ratios. Over time: sum adds; last takes the last sub-period only,
// and a body without it there lacks it; average is the mean of the body-months that have a figure; ratio is Σ numerators
// / Σ denominators × factor over the body-months that have both. Everything is exact until one rounding at the end, half
// away from zero.
//
// An annual target judges a summed indicator only when the period is a year; a level (last, average, ratio) always.
// With Accepted it reads one row of totals for each sub-period; Submitted adds up the submissions themselves.
func AddUp(tx *db.Tx, by access.Actor, regimeCode string, period calendar.Period, include report.Include) (Figures, error) {
	if err := by.May(access.ReadConsolidation, by.Body); err != nil {
		return Figures{}, err
	}
	r, err := report.FindRegime(tx, by, regimeCode)
	if err != nil {
		return Figures{}, err
	}
	f := Figures{Regime: r, Period: period, Include: include}
	if f.Parts, err = partsOf(r, period); err != nil {
		return f, err
	}
	var before, yearAgo []calendar.Period
	if q, ok := period.Previous(); ok {
		if before, err = partsOf(r, q); err != nil {
			return f, err
		}
	}
	if q, ok := period.LastYear(); ok {
		if yearAgo, err = partsOf(r, q); err != nil {
			return f, err
		}
	}
	found, err := report.Parts(tx, r, append(append(append([]calendar.Period(nil), f.Parts...), before...), yearAgo...), f.Parts, include)
	if err != nil {
		return f, err
	}
	now := make([]*report.Part, len(f.Parts))
	for i, p := range f.Parts {
		if now[i] = found[p]; now[i] == nil {
			f.NotOpened = append(f.NotOpened, p)
		} else {
			f.Form = now[i].Form
		}
	}
	if f.Form == nil {
		if f.Form, err = report.ActiveForm(tx, r.ID, f.Parts[len(f.Parts)-1]); err != nil {
			return f, err
		}
	}
	m, err := mapBodies(tx, now)
	if err != nil {
		return f, err
	}
	f.Missing = m.missingBodies()
	asked, err := report.AskedIn(tx, r, f.Parts)
	if err != nil {
		return f, err
	}
	earlier := [2][]*report.Part{pick(found, before), pick(found, yearAgo)}
	for _, in := range allIndicators(f.Form, now) {
		fig := Figure{Indicator: in}
		if fig.Value, err = report.Over(in, now); err != nil {
			return f, err
		}
		if fig.Previous, err = report.Over(in, earlier[0]); err != nil {
			return f, err
		}
		if fig.LastYear, err = report.Over(in, earlier[1]); err != nil {
			return f, err
		}
		fig.Met = met(in, fig.Value, period)
		m.describe(&fig, now)
		fig.wanted(asked)
		f.Figures = append(f.Figures, fig)
	}
	return f, nil
}

// wanted picks from the bodies that lack the figure those that were asked for it again.
func (f *Figure) wanted(asked map[db.ID][]report.Asked) {
	if len(asked) == 0 {
		return
	}
	of := make(map[db.ID]bool)
	for _, parts := range asked {
		for _, a := range parts {
			of[a.Body] = of[a.Body] || a.Of(f.Indicator)
		}
	}
	for _, body := range f.LackingAlso {
		if of[body.ID] {
			f.Asked = append(f.Asked, body)
		}
	}
}

func partsOf(r report.Regime, period calendar.Period) ([]calendar.Period, error) {
	parts, err := period.Parts(r.Kind)
	if err != nil {
		return nil, fault.Invalid("period", "Chế độ %s báo cáo theo %s, không cộng được thành %s; hãy chọn kỳ khác.", r.Code, r.Kind.Name(), period.Name())
	}
	return parts, nil
}

func pick(found map[calendar.Period]*report.Part, periods []calendar.Period) []*report.Part {
	parts := make([]*report.Part, len(periods))
	for i, p := range periods {
		parts[i] = found[p]
	}
	return parts
}

// allIndicators are those of the newest form, then those that only earlier sub-periods asked.
func allIndicators(f *report.Form, parts []*report.Part) []report.Indicator {
	all := f.Indicators
	for _, p := range parts {
		if p == nil || p.Form == f {
			continue
		}
		for _, in := range p.Form.Indicators {
			known := false
			for _, have := range all {
				known = known || have.Code == in.Code
			}
			if !known {
				all = append(all[:len(all):len(all)], in)
			}
		}
	}
	return all
}

func met(in report.Indicator, v *int64, period calendar.Period) *bool {
	if in.Target == nil || v == nil || in.Direction == report.NoDirection || in.Aggregation == report.Sum && period.Kind() != calendar.Year {
		return nil
	}
	ok := *v >= *in.Target
	if in.Direction == report.Lower {
		ok = *v <= *in.Target
	}
	return &ok
}

// Text writes a figure as the API does, "" for none.
func (f Figure) Text(v *int64) string {
	if v == nil {
		return ""
	}
	return decimal.Format(*v, f.Indicator.Decimals)
}
