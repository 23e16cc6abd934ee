package goal

import (
	"fmt"
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/consolidation"
	"giaoban/directive"
	"giaoban/internal/db"
	"giaoban/internal/decimal"
	"giaoban/internal/fault"
	"giaoban/report"
)

// Word is what is said of a goal.
type Word string

// Unknown: nothing can be said, Standing.Rule says why.
const (
	Met     Word = "met"
	OnPath  Word = "on_path"
	Behind  Word = "behind"
	Unknown Word = ""
)

// Name is the office's word.
func (w Word) Name() string {
	return map[Word]string{Met: "Đạt", OnPath: "Trên lộ trình", Behind: "Chậm", Unknown: "Chưa đủ căn cứ"}[w]
}

// Point is where a goal stood on a day.
type Point struct {
	Entry   db.ID // of a figure entered by hand
	Day     calendar.Date
	Of      string // the period, or the source
	Text    string // as it is printed: "93,2 %", "cấp 2"
	Doubt   string // what is uncertain in it: an estimate, bodies that lack
	value   int64  // scaled by places, or the place of a grade
	inGrade bool
}

// places are the decimals in which everything is compared.
const places = decimal.MaxDecimals

// Standing is a goal with its measure, where it stands, and the word on it with its rule.
type Standing struct {
	Goal    directive.Goal
	Of      directive.Directive
	Measure Measure
	Points  []Point // the newest first
	Breaks  []string
	Word    Word
	Rule    string // by which the word is found, or why there is none
}

// Latest is the newest point; false when there is none.
func (s Standing) Latest() (Point, bool) {
	if len(s.Points) == 0 {
		return Point{}, false
	}
	return s.Points[0], true
}

// Doubtful reports whether the word rests on a figure that is uncertain.
func (s Standing) Doubtful() bool {
	p, ok := s.Latest()
	return ok && p.Doubt != ""
}

// Aim is what is to be reached, as it is printed.
func (s Standing) Aim() string {
	if s.Measure.Kind == ByGrade {
		return s.Measure.Aim
	}
	return s.Goal.TargetText()
}

// Find gives one goal with where it stands.
func Find(tx *db.Tx, by access.Actor, id db.ID) (Standing, error) {
	g, d, err := directive.FindGoal(tx, by, id)
	if err != nil {
		return Standing{}, err
	}
	return stand(tx, by, d, g)
}

// Of gives the goals of a document with where they stand, in its order.
func Of(tx *db.Tx, by access.Actor, document directive.Directive) ([]Standing, error) {
	goals, err := directive.Goals(tx, by, document.ID)
	if err != nil {
		return nil, err
	}
	all := make([]Standing, len(goals))
	for i, g := range goals {
		if all[i], err = stand(tx, by, document, g); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// All gives every goal that is measured, of documents that hold, by document.
func All(tx *db.Tx, by access.Actor) ([]Standing, error) {
	if err := by.May(access.ReadConsolidation, by.Body); err != nil {
		return nil, err
	}
	var documents []db.ID
	if err := tx.Select(&documents, `
select d.id
from directive d
where d.replaced_on is null and exists (select 1 from goal_measure m join directive_goal g on g.id = m.goal where m.directive = d.id)
order by d.sort_day desc, d.id`); err != nil {
		return nil, err
	}
	var all []Standing
	for _, id := range documents {
		d, err := directive.Find(tx, by, id)
		if err != nil {
			return nil, err
		}
		some, err := Of(tx, by, d)
		if err != nil {
			return nil, err
		}
		all = append(all, slices.DeleteFunc(some, func(s Standing) bool { return s.Measure.Goal == "" })...)
	}
	return all, nil
}

func stand(tx *db.Tx, by access.Actor, d directive.Directive, g directive.Goal) (s Standing, err error) {
	s = Standing{Goal: g, Of: d}
	if s.Measure, err = MeasureOf(tx, by, g.ID); err != nil {
		return s, err
	}
	if s.Measure.Goal == "" {
		s.Rule = "Chưa chọn chỉ tiêu này đo bằng gì."
		return s, nil
	}
	switch s.Measure.Kind {
	case ByIndicator:
		if !by.Can(access.ReadConsolidation, by.Body) {
			s.Rule = "Số liệu tổng hợp của các cơ quan do Ban xem."
			return s, nil
		}
		err = s.reported(tx, by)
	default:
		err = s.entered(tx)
	}
	if err == nil {
		s.judge(calendar.OfInstant(tx.Clock()))
	}
	return s, err
}

// entered are the figures that the commission entered.
func (s *Standing) entered(tx *db.Tx) error {
	var all []Entry
	if err := tx.Select(&all, entries+"where e.goal = ? and e.dropped_at is null\norder by e.day desc", s.Goal.ID); err != nil {
		return err
	}
	for _, e := range all {
		p := Point{Entry: e.ID, Day: e.Day, Of: e.Source, Text: e.Value}
		if e.Estimated {
			p.Doubt = "số ước"
		}
		if s.Measure.Kind == ByGrade {
			p.inGrade, p.value = true, int64(s.Measure.grade(e.Value))
			if p.value < 0 {
				continue // of a scale that stands no more
			}
		} else {
			value, err := decimal.Parse(e.Value, places)
			if err != nil {
				return fmt.Errorf("số liệu %s của chỉ tiêu: %w", e.ID, err)
			}
			p.value, p.Text = value, strings.TrimSpace(decimal.FormatTrimmed(value, places)+" "+s.Goal.Unit)
		}
		s.Points = append(s.Points, p)
	}
	return nil
}

// mostPoints are shown of a goal; the word needs only the newest.
const mostPoints = 12

// reported are the totals of the indicator: by period for a level, by whole year for what is summed over time.
func (s *Standing) reported(tx *db.Tx, by access.Actor) error {
	series, err := consolidation.SeriesOf(tx, by, s.Measure.Regime, s.Measure.Indicator, mostPoints, report.AsWas)
	if fault.Is(err, fault.KindMissing) {
		return nil // no period of the regime has it
	}
	if err != nil {
		return err
	}
	var periods []calendar.Period
	closes := make(map[calendar.Period]calendar.Date) // the last cut-off in it: that is the day of its figures
	for _, p := range series.Points {
		period := p.Period
		if series.Indicator.Aggregation == report.Sum {
			period = calendar.YearOf(p.Period.Last())
		}
		closes[period] = p.To
		if !slices.Contains(periods, period) {
			periods = append(periods, period)
		}
	}
	slices.Reverse(periods)
	for _, period := range periods {
		if err := s.total(tx, by, period, closes[period]); err != nil {
			return err
		}
	}
	for _, b := range series.Breaks {
		s.Breaks = append(s.Breaks, b.Sentence)
	}
	return nil
}

// total adds what one period adds up to, if it has anything; a year in which a period was not opened is not whole.
func (s *Standing) total(tx *db.Tx, by access.Actor, period calendar.Period, day calendar.Date) error {
	figures, err := consolidation.AddUp(tx, by, s.Measure.Regime, period, report.Accepted)
	if fault.Is(err, fault.KindConflict) || fault.Is(err, fault.KindInvalid) {
		return nil
	}
	if err != nil || len(figures.NotOpened) > 0 {
		return err
	}
	for _, f := range figures.Figures {
		if f.Indicator.Code != s.Measure.Indicator || f.Value == nil {
			continue
		}
		value, ok := decimal.Rescale(*f.Value, f.Indicator.Decimals, places)
		if !ok {
			return fault.TooLarge("", "Số của chỉ tiêu %s quá lớn.", f.Indicator.Code)
		}
		p := Point{Day: day, Of: period.Name(), value: value,
			Text: strings.TrimSpace(decimal.FormatVietnamese(*f.Value, f.Indicator.Decimals) + " " + f.Indicator.Unit)}
		var doubts []string
		if n := len(f.Estimated); n > 0 {
			doubts = append(doubts, fmt.Sprintf("có số ước của %d cơ quan", n))
		}
		if f.Lacking > 0 {
			doubts = append(doubts, fmt.Sprintf("thiếu số của %d cơ quan", f.Lacking))
		}
		p.Doubt = strings.Join(doubts, ", ")
		s.Points = append(s.Points, p)
	}
	return nil
}
