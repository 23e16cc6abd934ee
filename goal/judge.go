package goal

import (
	"fmt"
	"strings"

	"giaoban/calendar"
	"giaoban/internal/decimal"
	"giaoban/report"
)

// judge finds the word by the rule that it says:
//
//	đạt            the newest figure reaches the target
//	trên lộ trình  on its day it is at least on the straight line from the beginning to the target
//	chậm           it is not; or the year of the target is over
//
// Grades have no line: on the path is what is better than at the beginning. Without a figure, or without beginning and year where
// the target is not reached, nothing is said.
func (s *Standing) judge(today calendar.Date) {
	p, ok := s.Latest()
	if !ok {
		s.Rule = "Chưa có số liệu nào."
		return
	}
	if s.Measure.Kind == ByGrade {
		s.judgeGrade(p, today)
		return
	}
	target, ok := decimal.Rescale(s.Goal.Target, s.Goal.Decimals, places)
	if !ok {
		s.Rule = "Số phải đạt quá lớn để so."
		return
	}
	rule := "Đạt khi " + s.side(s.Goal.TargetText()) + "."
	switch {
	case s.reaches(p.value, target):
		s.Word, s.Rule = Met, rule
	case s.over(today):
		s.Word, s.Rule = Behind, rule+fmt.Sprintf(" Đã hết năm %d nên chưa đạt là chậm.", s.Goal.Year)
	default:
		s.onLine(p, target, rule)
	}
}

// onLine compares a point with the straight line from the beginning to the target.
func (s *Standing) onLine(p Point, target int64, rule string) {
	m := s.Measure
	if m.Base == "" || s.Goal.Year == 0 {
		s.Rule = rule + " Chưa ghi mức đầu kỳ hoặc năm phải đạt nên chưa so được với lộ trình."
		return
	}
	base, err := decimal.Parse(m.Base, places)
	begin, end := calendar.On(m.BaseYear, 12, 31), calendar.On(s.Goal.Year, 12, 31)
	expected, ok := between(base, target, begin, end, p.Day)
	if err != nil || !ok {
		s.Rule = rule + " Mức đầu kỳ không đọc được nên chưa so được với lộ trình."
		return
	}
	unit := strings.TrimSpace(" " + s.Goal.Unit)
	s.Rule = fmt.Sprintf("%s Trên lộ trình khi %s ngày %s, theo đường thẳng từ %s cuối năm %d đến %s cuối năm %d; không tới mức đó là chậm.", rule,
		s.side(decimal.FormatTrimmed(rounded(expected), 2)+" "+unit), p.Day.Vietnamese(), decimal.FormatTrimmed(base, places)+" "+unit, m.BaseYear,
		s.Goal.TargetText(), s.Goal.Year)
	if s.Word = Behind; s.reaches(p.value, expected) {
		s.Word = OnPath
	}
}

// rounded is a value in hundredths, for the sentence; the comparison is exact.
func rounded(v int64) int64 {
	r, _ := decimal.Rescale(v, places, 2)
	return r
}

// between is where the straight line stands on a day; before its beginning and behind its end it is level.
func between(from, to int64, begin, end, day calendar.Date) (int64, bool) {
	switch {
	case !day.After(begin):
		return from, true
	case !day.Before(end):
		return to, true
	}
	gone, ok := decimal.MulDiv(to-from, int64(day.Sub(begin)), int64(end.Sub(begin)))
	if !ok {
		return 0, false
	}
	return decimal.Add(from, gone)
}

// reaches reports whether a value is at least as good as another.
func (s *Standing) reaches(value, aim int64) bool {
	if s.Measure.Direction == report.Lower {
		return value <= aim
	}
	return value >= aim
}

func (s *Standing) side(text string) string {
	if s.Measure.Direction == report.Lower {
		return "từ " + text + " trở xuống"
	}
	return "từ " + text + " trở lên"
}

// over reports whether the year of the target is over.
func (s *Standing) over(today calendar.Date) bool {
	return s.Goal.Year != 0 && today.After(calendar.On(s.Goal.Year, 12, 31))
}

func (s *Standing) judgeGrade(p Point, today calendar.Date) {
	m := s.Measure
	aim, base := int64(m.grade(m.Aim)), int64(m.grade(m.Base))
	rule := fmt.Sprintf("Đạt khi ở “%s” hoặc tốt hơn.", m.Aim)
	switch {
	case p.value >= aim:
		s.Word, s.Rule = Met, rule
	case s.over(today):
		s.Word, s.Rule = Behind, rule+fmt.Sprintf(" Đã hết năm %d nên chưa đạt là chậm.", s.Goal.Year)
	case base < 0:
		s.Rule = rule + " Chưa ghi mức đầu kỳ nên chưa so được."
	default:
		s.Rule = rule + fmt.Sprintf(" Trên lộ trình khi tốt hơn mức đầu kỳ “%s” (năm %d); chưa tốt hơn là chậm.", m.Base, m.BaseYear)
		if s.Word = Behind; p.value > base {
			s.Word = OnPath
		}
	}
}
