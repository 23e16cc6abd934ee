package calendar

import (
	"strconv"

	"giaoban/internal/fault"
)

// Happened refuses a day on which something is told as done and which has not come yet. what names the day, "Ngày họp".
func Happened(what string, day, today Date) error {
	if !day.After(today) {
		return nil
	}
	return fault.Invalid("", "%s (%s) ở sau hôm nay (%s); việc chưa xảy ra thì chưa ghi được.", what, day.Vietnamese(), today.Vietnamese())
}

// NotBefore refuses a day before the one it follows; a day that is not given is not before anything.
func NotBefore(what string, day Date, earlier string, first Date) error {
	if day.IsZero() || first.IsZero() || !day.Before(first) {
		return nil
	}
	return fault.Invalid("", "%s (%s) không thể trước %s (%s).", what, day.Vietnamese(), earlier, first.Vietnamese())
}

// Span is how far from today, in years, a typed day is believed without asking. Since, when set, stands for Back.
type Span struct {
	Back, Ahead int
	Since       Date
}

// The spans, see docs/decisions/0022-order-of-time.md.
var (
	Daily     = Span{Back: 10, Ahead: 5}                        // reports, tasks, conferences, papers of the office
	Planned   = Span{Back: 10, Ahead: 20}                       // regimes, sơ kết, tổng kết
	Held      = Span{Back: 50, Ahead: 10}                       // posts
	Documents = Span{Since: On(1930, 2, 3), Ahead: 20}          // văn bản chỉ đạo, tư liệu: from the founding of the Party on
	Founded   = Span{Since: On(1930, 2, 3), Ahead: Daily.Ahead} // bodies, their names and functions
)

// Far asks about a day outside the span; "" for a day that is believed.
func (s Span) Far(day, today Date) string {
	first := s.Since
	if first.IsZero() {
		first = today.addYears(-s.Back)
	}
	switch {
	case day.IsZero():
		return ""
	case day.Before(first):
		return "Ngày " + day.Vietnamese() + " cách đây " + strconv.Itoa(today.Year()-day.Year()) + " năm. Xin kiểm tra năm; nếu đúng, hãy xác nhận."
	case day.After(today.addYears(s.Ahead)):
		return "Ngày " + day.Vietnamese() + " còn " + strconv.Itoa(day.Year()-today.Year()) + " năm nữa. Xin kiểm tra năm; nếu đúng, hãy xác nhận."
	}
	return ""
}

// addYears gives the same day n years later, the last of February for a leap day; at the ends of the calendar it stays.
func (d Date) addYears(n int) Date {
	y := min(max(int(d.year)+n, 1), 9999)
	return Date{int16(y), d.month, min(d.day, uint8(daysIn(y, int(d.month))))}
}
