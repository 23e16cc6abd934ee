package consolidation

import (
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/decimal"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/official"
	"giaoban/report"
)

// Course is the course of one indicator up to a period, over periods of its kind, the oldest first.
type Course struct {
	Indicator report.Indicator
	Points    []CoursePoint
	Breaks    []Break
	Goal      *int64 // the target, where it judges a period of this kind
}

// CoursePoint is what one period adds up to. Estimated and Lacking count the bodies whose figure is an estimate or not there.
type CoursePoint struct {
	Period             calendar.Period
	Value              *int64 // nil: nothing to add up
	Estimated, Lacking int
}

// coursePeriods is how far back the line goes; periods without a predecessor compare years.
const coursePeriods = 8

// CourseOf gives the course of an indicator up to a period. What nobody reported stays a gap.
func CourseOf(tx *db.Tx, by access.Actor, regimeCode string, period calendar.Period, include report.Include, in report.Indicator) (Course, error) {
	t := Course{Indicator: in}
	if err := by.May(access.ReadConsolidation, by.Body); err != nil {
		return t, err
	}
	periods := []calendar.Period{period}
	for len(periods) < coursePeriods {
		before, ok := periods[len(periods)-1].Previous()
		if !ok {
			if before, ok = periods[len(periods)-1].LastYear(); !ok {
				break
			}
		}
		periods = append(periods, before)
	}
	slices.Reverse(periods)
	for _, p := range periods {
		point := CoursePoint{Period: p}
		figures, err := AddUp(tx, by, regimeCode, p, include)
		if err != nil && fault.Of(err) == nil { // without a form the regime did not ask then
			return t, err
		}
		for _, f := range figures.Figures {
			if f.Indicator.Code == in.Code {
				point.Value, point.Estimated, point.Lacking = f.Value, len(f.Estimated), f.Lacking
			}
		}
		t.Points = append(t.Points, point)
	}
	for len(t.Points) > 1 && t.Points[0].Value == nil {
		t.Points, periods = t.Points[1:], periods[1:]
	}
	t.Goal = goalOf(in, period.Kind())
	var err error
	t.Breaks, err = BreaksAmong(tx, by, regimeCode, periods, in.Sector)
	return t, err
}

// goalOf is the target of an indicator for periods of a kind: the goal of a year says nothing about the sum of a month or a quarter.
func goalOf(in report.Indicator, kind calendar.Kind) *int64 {
	if in.Aggregation == report.Sum && kind != calendar.Year {
		return nil
	}
	return in.Target
}

// Goal is the target of the indicator, where it judges periods of this kind.
func (s Series) Goal() *int64 {
	if len(s.Points) == 0 {
		return nil
	}
	return goalOf(s.Indicator, s.Points[0].Period.Kind())
}

// chart is the annex with the courses that a person asked for: each as a drawing, and its figures with what is uncertain in them.
func chart(courses []Course) official.Annex {
	a := official.Annex{Title: "Biểu đồ"}
	for _, t := range courses {
		in := t.Indicator
		drawn := official.Chart{Title: in.Name + " (" + in.Unit + ")", Format: func(v float64) string { return decimal.FormatTrimmed(int64(v), in.Decimals) }}
		table := official.Table{Columns: []official.Column{{Title: "Kỳ", Width: 3}, {Title: "Số liệu", Width: 2, Align: official.Right}, {Title: "Lưu ý", Width: 5}}}
		var said []string
		for _, p := range t.Points {
			words, notes := "chưa có", []string{}
			point := official.ChartPoint{Label: p.Period.Short(), Missing: p.Value == nil, Doubtful: p.Estimated+p.Lacking > 0}
			if p.Value != nil {
				point.Value, words = float64(*p.Value), decimal.FormatVietnamese(*p.Value, in.Decimals)
				if p.Estimated > 0 {
					notes = append(notes, "có phần ước")
				}
				if p.Lacking > 0 {
					notes = append(notes, decimal.FormatVietnamese(int64(p.Lacking), 0)+" cơ quan chưa có số")
				}
			}
			drawn.Points = append(drawn.Points, point)
			said = append(said, p.Period.Name()+": "+strings.Join(append([]string{words}, notes...), ", "))
			table.Rows = append(table.Rows, []official.Cell{{Runs: official.Text(fold.Capital(p.Period.Name())), RowHead: true}, official.C(words), official.C(strings.Join(notes, "; "))})
		}
		if t.Goal != nil {
			drawn.Target = &official.ChartLevel{Value: float64(*t.Goal), Text: "chỉ tiêu " + decimal.FormatTrimmed(*t.Goal, in.Decimals)}
		}
		for _, b := range t.Breaks {
			drawn.Breaks = append(drawn.Breaks, official.ChartBreak{At: b.At, Text: b.Day.Vietnamese()})
			table.Notes = append(table.Notes, b.Sentence)
			said = append(said, b.Sentence)
		}
		drawn.Said = drawn.Title + ". " + strings.Join(said, "; ")
		table.Notes = append(table.Notes, "Chấm rỗng: số có phần ước tính hoặc còn thiếu cơ quan; chỗ đứt: chưa có số, hoặc hai bên không so sánh được.")
		a.Body = append(a.Body, drawn, table)
	}
	return a
}

// withCharts puts the courses of indicators behind a consolidation that is not signed yet: a signed paper is given as it was signed.
func withCharts(tx *db.Tx, by access.Actor, c Consolidation, d official.Document, codes []string) (official.Document, error) {
	if c.SignedAt != 0 {
		return d, fault.Invalid("bieu-do", "Báo cáo đã ký được giữ nguyên; không thêm biểu đồ vào bản đã ký.")
	}
	if len(codes) > mostCharts {
		return d, fault.Invalid("bieu-do", "Chọn nhiều nhất %d biểu đồ cho một báo cáo.", mostCharts)
	}
	figures, err := AddUp(tx, by, c.RegimeCode, c.Period, c.Include)
	if err != nil {
		return d, err
	}
	var courses []Course
	for _, code := range codes {
		at := slices.IndexFunc(figures.Figures, func(f Figure) bool { return f.Indicator.Code == code })
		if at < 0 {
			return d, fault.Missing("Kỳ này không có chỉ tiêu %s.", code)
		}
		t, err := CourseOf(tx, by, c.RegimeCode, c.Period, c.Include, figures.Figures[at].Indicator)
		if err != nil {
			return d, err
		}
		courses = append(courses, t)
	}
	d.Annexes = append(slices.Clone(d.Annexes), chart(courses))
	return d, nil
}

// mostCharts bounds what one report is asked for.
const mostCharts = 6
