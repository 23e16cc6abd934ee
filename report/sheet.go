package report

import (
	"errors"
	"slices"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/decimal"
)

// LastValue is what the body reported for the period before, to stand beside the new figures.
type LastValue struct {
	Period     calendar.Period
	Values     []Value // in the order of the present form's indicators
	Sections   []SectionText
	Submission db.ID
}

// MonthlyFigure is one indicator of the regime of shorter periods that a form shows read-only, for one body.
type MonthlyFigure struct {
	Indicator Indicator
	Value     Value // over the whole period
	Periods   []calendar.Period
	Months    []Value // by Periods
}

// Sheet is everything the page of a report needs.
type Sheet struct {
	Obligation Obligation
	Form       *Form
	Draft      SavedDraft // what to show in the form: the draft, or what was sent before and came back
	Source     string     // where Draft comes from: "draft", "submission" or "empty"
	Last       *LastValue // nil when nothing was reported before
	Cumulative []Value    // by indicator: sums from the beginning of the year up to this draft; not Set for other kinds
	Marks      []Mark     // what the commission asks to be added, beside the paragraph or figure
	Findings   []Finding
	Monthly    []MonthlyFigure
}

// Fill opens a report for writing: a draft that was saved, else the version that was sent, else an empty one.
func Fill(tx *db.Tx, by access.Actor, obligation db.ID) (Sheet, error) {
	o, err := FindObligation(tx, by, obligation)
	if err != nil {
		return Sheet{}, err
	}
	s := Sheet{Obligation: o, Source: "empty"}
	if s.Form, err = formByID(tx, o.Form); err != nil {
		return s, err
	}
	s.Form = s.Form.For(o.Scope)
	if s.Draft, err = loadDraft(tx, o.ID); err != nil {
		return s, err
	}
	if o.Latest != "" && o.Returned {
		marks, err := marksOf(tx, []db.ID{o.Latest})
		if err != nil {
			return s, err
		}
		s.Marks = marks[o.Latest]
	}
	switch {
	case s.Draft.Version > 0:
		s.Source = "draft"
	case o.Latest != "":
		sent, err := submissionsWhere(tx, "where s.id = ?", o.Latest)
		if err != nil {
			return s, err
		}
		s.Draft.Draft, s.Source = asTyped(sent[0]), "submission"
	}
	if s.Last, err = lastValues(tx, s.Form, o); err != nil {
		return s, err
	}
	var last []Value
	if s.Last != nil {
		last = s.Last.Values
	}
	s.Findings = Check(s.Form, s.Draft.Draft, last)
	values, _ := readDraft(s.Form, s.Draft.Draft)
	if s.Cumulative, err = cumulative(tx, s.Form, o, values); err != nil {
		return s, err
	}
	var feed db.ID
	if err := tx.Get(&feed, "select feeds_from from regime where id = ?", o.Regime); err != nil || feed == "" {
		return s, err
	}
	s.Monthly, err = monthly(tx, feed, o.Period, o.Body)
	s.Monthly = slices.DeleteFunc(s.Monthly, func(m MonthlyFigure) bool { return !o.Scope.Has(m.Indicator.Sector) })
	return s, err
}

// asTyped turns a submission back into what a person types.
func asTyped(s Submission) Draft {
	d := Draft{Values: make(map[string]string), Sections: s.Sections, Notes: s.Notes}
	for i, v := range s.Values {
		in := s.Form.Indicators[i]
		if !v.Set || in.Aggregation == Ratio {
			continue
		}
		text := decimal.FormatTrimmed(v.Figure, in.Decimals)
		if v.Over != nil {
			text += "/" + decimal.FormatTrimmed(*v.Over, in.Decimals)
		}
		if v.Estimate {
			text = "ước " + text
		}
		d.Values[in.Code] = text
	}
	return d
}

type ownReport struct {
	ID     db.ID           `db:"id"`
	Period calendar.Period `db:"period"`
	Form   db.ID           `db:"form"`
	Digest string          `db:"digest"`
	Data   []byte          `db:"figures"`
	Text   string          `db:"sections"`
}

// ownReports reads one body's standing versions of a regime: the newest that was not sent back, else the accepted one.
const ownReports = `
select s.id, p.period, p.form, f.digest, s.figures, s.sections
from opening p
join regime_form f on f.id = p.form
join obligation o on o.opening = p.id and o.body = ?
join submission s on s.id = case when not o.returned then o.latest else coalesce(o.accepted, o.latest) end
where p.regime = ?
`

// lastValues reads the body's report of the period before this one, whatever its kind; nil when there is none.
func lastValues(tx *db.Tx, f *Form, o Obligation) (*LastValue, error) {
	var row ownReport
	err := tx.Get(&row, ownReports+`
  and p.to_day < (select q.to_day from opening q where q.id = ?)
order by p.to_day desc
limit 1`, o.Body, o.Regime, o.Opening)
	if errors.Is(err, db.None) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if row.Period.Next() != o.Period { // a report of half a year ago is no last period
		return nil, nil
	}
	values, err := row.valuesFor(tx, f)
	if err != nil {
		return nil, err
	}
	last := &LastValue{Period: row.Period, Values: values, Submission: row.ID}
	last.Sections, err = readSections(row.Text)
	return last, err
}

// valuesFor puts the row's figures into the order of another version of the form.
func (row ownReport) valuesFor(tx *db.Tx, f *Form) ([]Value, error) {
	theirs, err := cachedForm(tx, row.Form, row.Digest)
	if err != nil {
		return nil, err
	}
	typed, err := unpackValues(nil, row.Data)
	if err != nil {
		return nil, err
	}
	all := theirs.all(typed)
	if theirs == f {
		return all, nil
	}
	values := make([]Value, len(f.Indicators))
	for i, in := range f.Indicators {
		if at, ok := theirs.index[in.Code]; ok {
			values[i] = all[at]
		}
	}
	return values, nil
}

// cumulative sums the year so far, this draft included. A sum that does not fit is left out.
func cumulative(tx *db.Tx, f *Form, o Obligation, now []Value) ([]Value, error) {
	totals := make([]Value, len(f.Indicators))
	add := func(values []Value) {
		for i, in := range f.Indicators {
			if in.Aggregation != Sum || !values[i].Set {
				continue
			}
			sum, ok := decimal.Add(totals[i].Figure, values[i].Figure)
			totals[i] = Value{Set: ok, Figure: sum, Estimate: totals[i].Estimate || values[i].Estimate}
		}
	}
	year := calendar.YearOf(o.Period.First())
	var rows []ownReport
	if err := tx.Select(&rows, ownReports+`
  and p.to_day < (select q.to_day from opening q where q.id = ?)
order by p.to_day desc
limit 12`, o.Body, o.Regime, o.Opening); err != nil {
		return nil, err
	}
	for _, row := range rows {
		if !year.Contains(row.Period) {
			continue
		}
		values, err := row.valuesFor(tx, f)
		if err != nil {
			return nil, err
		}
		add(values)
	}
	add(now)
	return totals, nil
}

// monthly gives what one body reported under a regime of shorter periods within a period, month by month and added up
// as its indicators say.
func monthly(tx *db.Tx, feed db.ID, period calendar.Period, org db.ID) ([]MonthlyFigure, error) {
	var kind calendar.Kind
	if err := tx.Get(&kind, "select kind from regime where id = ?", feed); err != nil {
		return nil, err
	}
	periods, err := period.Parts(kind)
	if err != nil {
		return nil, err
	}
	in, args := db.In(periods)
	var rows []ownReport
	if err := tx.Select(&rows, ownReports+"  and p.period in "+in+" order by p.to_day",
		append([]any{org, feed}, args...)...); err != nil {
		return nil, err
	}
	f, err := ActiveForm(tx, feed, periods[len(periods)-1])
	if err != nil {
		return nil, err
	}
	parts := make([]*Part, len(periods))
	figures := make([]MonthlyFigure, len(f.Indicators))
	for i, in := range f.Indicators {
		figures[i] = MonthlyFigure{Indicator: in, Periods: periods, Months: make([]Value, len(periods))}
	}
	for n, p := range periods {
		for _, row := range rows {
			if row.Period != p {
				continue
			}
			values, err := row.valuesFor(tx, f)
			if err != nil {
				return nil, err
			}
			parts[n] = &Part{Period: p, Form: f, totals: newTotals(f)}
			if err := parts[n].totals.put(f, 0, f.typedOf(values), 1); err != nil {
				return nil, err
			}
			for i := range figures {
				figures[i].Months[n] = values[i]
				figures[i].Value.Estimate = figures[i].Value.Estimate || values[i].Estimate
			}
		}
	}
	for i, in := range f.Indicators {
		v, err := Over(in, parts)
		if err != nil {
			return nil, err
		}
		if v != nil {
			figures[i].Value.Set, figures[i].Value.Figure = true, *v
		}
	}
	return figures, nil
}
