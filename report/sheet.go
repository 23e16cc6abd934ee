package report

import (
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
	Before     Before     // what the figures are held against
	Cumulative []Value    // by indicator: sums from the beginning of the year up to this draft; not Set for other kinds
	Marks      []Mark     // what the commission asks to be added, beside the paragraph or figure
	SentBack   *SentBack  // what the body's own leader said of the draft last; nil for nothing
	Now        []Value    // the draft as it is read, by indicator
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
	if s.Before, s.Last, err = before(tx, s.Form, o.Regime, o.Body, o.Period); err != nil {
		return s, err
	}
	s.Findings = Check(s.Form, s.Draft.Draft, s.Before)
	if s.SentBack, err = lastSentBack(tx, o.ID); err != nil {
		return s, err
	}
	s.Now = readDraft(s.Form, s.Draft.Draft).values
	s.Form.computeRatios(s.Now)
	if s.Cumulative, err = cumulative(tx, s.Form, o, s.Now); err != nil {
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
		text := decimal.FormatTyped(v.Figure, in.Decimals)
		if v.Over != nil {
			text += "/" + decimal.FormatTyped(*v.Over, in.Decimals)
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

// before reads what a body reported for the period before this one and for the same of the year before, in one query.
func before(tx *db.Tx, f *Form, regime, body db.ID, period calendar.Period) (found Before, last *LastValue, err error) {
	previous, year := earlier(period)
	if previous.IsZero() {
		return found, nil, nil
	}
	var rows []ownReport
	if err := tx.Select(&rows, ownReports+"  and p.period in (?, ?)", body, regime, previous, year); err != nil {
		return found, nil, err
	}
	for _, row := range rows {
		values, err := row.valuesFor(tx, f)
		if err != nil {
			return found, nil, err
		}
		if row.Period == previous {
			found.Last = values
			last = &LastValue{Period: row.Period, Values: values, Submission: row.ID}
			if last.Sections, err = readSections(row.Text); err != nil {
				return found, nil, err
			}
		}
		if row.Period == year {
			found.Year = values
		}
	}
	return found, last, nil
}

// earlier names the periods that a period is held against: the one before it, of half years too, and that of a year ago.
func earlier(p calendar.Period) (previous, year calendar.Period) {
	year, _ = p.LastYear()
	previous, ok := p.Previous()
	if ok {
		return previous, year
	}
	if next := year.Next(); next != p {
		return next, year
	}
	return year, year
}

// FiguresBefore gives what a body's report is held against.
func FiguresBefore(tx *db.Tx, by access.Actor, o Obligation, f *Form) (Before, error) {
	if !o.seenBy(by) {
		return Before{}, noSubmission()
	}
	found, _, err := before(tx, f, o.Regime, o.Body, o.Period)
	return found, err
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
	return aligned(theirs, all, f), nil
}

// aligned puts the figures of one form into the order of another; what that does not have is left out.
func aligned(theirs *Form, all []Value, f *Form) []Value {
	if theirs.ID == f.ID && theirs.digest == f.digest {
		return all
	}
	values := make([]Value, len(f.Indicators))
	for i, in := range f.Indicators {
		if at, ok := theirs.index[in.Code]; ok {
			values[i] = all[at]
		}
	}
	return values
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
