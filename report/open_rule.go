package report

import (
	"fmt"
	"strconv"
	"strings"

	"giaoban/calendar"
	"giaoban/internal/fault"
)

// OpenRule says when the periods of a regime open by themselves: OpenBefore so many working days before their deadline,
// OpenOn a day of the month after the period; "" for never.
type OpenRule string

// The two ways, each followed by ":" and its number.
const (
	OpenBefore = "BEFORE"
	OpenOn     = "DAY"
)

// ReadOpenRule makes a rule of a way and the number typed for it; no way is no rule.
func ReadOpenRule(way, number string) (OpenRule, error) {
	if way == "" {
		return "", nil
	}
	n, err := strconv.Atoi(strings.TrimSpace(number))
	switch {
	case way == OpenBefore && (err != nil || n < 1 || n > 60):
		return "", fault.Invalid("opens", "Hãy ghi mở trước hạn bao nhiêu ngày làm việc, từ 1 đến 60.")
	case way == OpenOn && (err != nil || n < 1 || n > 28):
		return "", fault.Invalid("opens", "Hãy ghi mở vào ngày nào của tháng sau kỳ, từ 1 đến 28.")
	case way != OpenBefore && way != OpenOn:
		return "", fault.Invalid("opens", "Hãy chọn cách mở kỳ.")
	}
	return OpenRule(way + ":" + strconv.Itoa(n)), nil
}

// Parts are the way and the number of a rule; "" and 0 for none.
func (o OpenRule) Parts() (way string, n int) {
	way, number, _ := strings.Cut(string(o), ":")
	n, _ = strconv.Atoi(number)
	return way, n
}

// Name says the rule in words.
func (o OpenRule) Name() string {
	switch way, n := o.Parts(); way {
	case OpenBefore:
		return fmt.Sprintf("tự mở %d ngày làm việc trước hạn", n)
	case OpenOn:
		return fmt.Sprintf("tự mở vào ngày %d tháng sau kỳ", n)
	}
	return "mở bằng tay"
}

// Day is when a period with this deadline opens, a working day.
func (o OpenRule) Day(h calendar.Holidays, period calendar.Period, due calendar.Date) calendar.Date {
	switch way, n := o.Parts(); way {
	case OpenBefore:
		return h.AddWorkingDays(due, -n)
	case OpenOn:
		return h.MoveToWorkingDay(period.Last().AddDays(n)) // the last day of a period ends a month
	}
	return calendar.Date{}
}
