package calendar

import (
	"fmt"
	"strings"
	"time"

	"giaoban/internal/decimal"
)

// Deadline is the day on which something is due and the way it was found.
type Deadline struct {
	Date  Date
	From  Date   // the cut-off, or the day that was fixed
	Steps []Step // every day after From up to Date
	// WorkingDays is the number counted; 0 when the day itself was fixed.
	WorkingDays int
	moved       string // why a fixed day could not stand
	back        string // what the day was counted back from; WorkingDays is below 0 then
	since       string // what happened on the day it was counted from; "" for the cut-off of figures
	unknown     bool   // a year without a table was crossed
}

// Step is one day looked at on the way to a deadline.
type Step struct {
	Date    Date
	Counted bool
	Reason  string // why it was skipped, or that it is a day worked to make up
}

// MoveToWorkingDay returns d, or the first working day after it when d is a day off.
func (h Holidays) MoveToWorkingDay(d Date) Date {
	for i := 0; i < farthest(1) && !h.works(d) && !d.IsZero(); i++ {
		d = d.AddDays(1)
	}
	return d
}

// AddWorkingDays returns the n-th working day after d, or before d when n is
// negative; d itself is not counted and returned unmoved for 0.
func (h Holidays) AddWorkingDays(d Date, n int) Date {
	step, left := 1, n
	if n < 0 {
		step, left = -1, -n
	}
	for i := 0; left > 0 && i < farthest(n) && !d.IsZero(); i++ {
		if d = d.AddDays(step); h.works(d) {
			left--
		}
	}
	return d
}

// WorkingDaysBetween counts the working days after a up to and including b; it is
// negative when b is before a: how many working days late.
func (h Holidays) WorkingDaysBetween(a, b Date) int {
	if a.IsZero() || b.IsZero() {
		return 0
	}
	if b.Before(a) {
		return -h.WorkingDaysBetween(b, a)
	}
	days := b.Sub(a)
	n := days / 7 * 5
	for i := range days % 7 {
		if !weekend(b.AddDays(-i)) {
			n++
		}
	}
	for d := range h.days {
		switch {
		case !a.Before(d) || d.After(b) || h.works(d) != weekend(d):
		case weekend(d):
			n++
		default:
			n--
		}
	}
	return n
}

// DaysLate is the one way in which a delay is counted: working days after the day that something was due, up to and
// including today. It is 0 as long as only days off have passed, and for what is not late.
func (h Holidays) DaysLate(due, today Date) int { return max(0, h.WorkingDaysBetween(due, today)) }

// Late says a delay of so many days: "quá hạn 12 ngày làm việc".
func Late(days int) string {
	if days == 0 {
		return "đã quá hạn"
	}
	return "quá hạn " + WorkingDays(days)
}

// WorkingDays writes a number of working days: "12 ngày làm việc".
func WorkingDays(n int) string { return decimal.FormatVietnamese(int64(n), 0) + " ngày làm việc" }

// farthest bounds a search, so that a table without working days cannot hold it up.
func farthest(n int) int {
	if n < 0 {
		n = -n
	}
	return 60 + 10*n
}

// Due returns the n-th working day after a cut-off. The day of the cut-off is not
// counted, days off are skipped, days worked to make up count. It is due until the
// end of that day. With n below 1 it is Fixed(h, cutoffEnd).
func Due(h Holidays, cutoffEnd Date, workingDays int) Deadline {
	if workingDays < 1 || cutoffEnd.IsZero() {
		return Fixed(h, cutoffEnd)
	}
	l := Deadline{Date: cutoffEnd, From: cutoffEnd, WorkingDays: workingDays}
	l.Steps = make([]Step, 0, workingDays+workingDays/2+6)
	for left := workingDays; left > 0 && len(l.Steps) < farthest(workingDays); {
		if l.step(h) {
			left--
		}
	}
	return l
}

// Fixed returns the deadline of a day that was set by hand: the day itself, or the
// first working day after it when it is a day off.
func Fixed(h Holidays, d Date) Deadline {
	l := Deadline{Date: d, From: d}
	if d.IsZero() {
		return l
	}
	working, reason := h.WorkingDay(d)
	if !working {
		l.moved = reason
		for len(l.Steps) < farthest(1) && !l.step(h) {
		}
	}
	return l
}

func (l *Deadline) step(h Holidays) bool {
	l.Date = l.Date.AddDays(1)
	working, reason := h.WorkingDay(l.Date)
	l.Steps = append(l.Steps, Step{l.Date, working, reason})
	if _, known := h.years[l.Date.Year()]; !known {
		l.unknown = true
	}
	return working
}

// At is the last instant at which what arrives is on time.
func (l Deadline) At() time.Time { return l.Date.EndOfDay() }

// Late reports that t is after the end of the day.
func (l Deadline) Late(t time.Time) bool { return t.Truncate(time.Microsecond).After(l.At()) }

// Explain says in one sentence how the day was found: what was counted, what was
// skipped and why.
func (l Deadline) Explain() string {
	if l.Date.IsZero() {
		return ""
	}
	var s strings.Builder
	switch {
	case l.back != "":
		fmt.Fprintf(&s, "Hạn %s là hết %s; hạn của cơ quan là ngày làm việc thứ %d trước đó, hết %s", l.back, l.From.WithWeekday(),
			-l.WorkingDays, l.Date.WithWeekday())
	case l.since != "":
		fmt.Fprintf(&s, "%s %s; hạn là ngày làm việc thứ %d sau đó, hết %s: tính %s", l.since, l.From.WithWeekday(), l.WorkingDays, l.Date.WithWeekday(), l.counted())
	case l.WorkingDays > 0:
		fmt.Fprintf(&s, "Số liệu chốt hết %s; hạn là ngày làm việc thứ %d sau ngày chốt, hết %s: tính %s",
			l.From.WithWeekday(), l.WorkingDays, l.Date.WithWeekday(), l.counted())
	case l.moved != "":
		fmt.Fprintf(&s, "Hạn ấn định %s rơi vào ngày nghỉ (%s), chuyển sang ngày làm việc kế tiếp, hết %s",
			l.From.WithWeekday(), l.moved, l.Date.WithWeekday())
	default:
		fmt.Fprintf(&s, "Hạn ấn định hết %s, là ngày làm việc", l.Date.WithWeekday())
	}
	if skipped := l.skipped(); skipped != "" {
		s.WriteString("; không tính " + skipped)
	}
	if l.unknown {
		s.WriteString("; năm chưa có bảng ngày nghỉ, mới trừ thứ Bảy và Chủ nhật")
	}
	return s.String() + "."
}

// counted lists the days counted, or only how many and between which when the list
// would be longer than a reader wants.
func (l Deadline) counted() string {
	var days []string
	first := Date{}
	for _, s := range l.Steps {
		if !s.Counted {
			continue
		}
		if first.IsZero() {
			first = s.Date
		}
		text := weekdays[s.Date.Weekday()] + " " + l.brief(s.Date)
		if s.Reason != "" {
			text += " (" + s.Reason + ")"
		}
		days = append(days, text)
	}
	switch n := len(days); {
	case n > 7:
		return fmt.Sprintf("%d ngày làm việc từ %s đến %s", n, l.brief(first), l.brief(l.Date))
	case n > 1:
		return strings.Join(days[:n-1], ", ") + " và " + days[n-1]
	case n == 1:
		return days[0]
	}
	return "chưa được ngày nào"
}

// skipped lists the days off, days in a row for one reason together, a weekend as one.
func (l Deadline) skipped() string {
	var parts []string
	for i := 0; i < len(l.Steps); {
		first := l.Steps[i]
		if first.Counted {
			i++
			continue
		}
		j, reason := i+1, first.Reason
		for j < len(l.Steps) && !l.Steps[j].Counted && l.Steps[j].Reason == reason {
			j++
		}
		if j < len(l.Steps) && j == i+1 && reason == weekdays[time.Saturday] && l.Steps[j].Reason == weekdays[time.Sunday] {
			reason += ", " + l.Steps[j].Reason
			j++
		}
		text := l.brief(first.Date)
		if j > i+1 {
			text += " đến " + l.brief(l.Steps[j-1].Date)
		}
		parts = append(parts, text+" ("+reason+")")
		i = j
	}
	return strings.Join(parts, ", ")
}

// brief leaves out the year where it is that of the deadline.
func (l Deadline) brief(d Date) string {
	if d.year == l.Date.year {
		return d.dayMonth()
	}
	return d.Vietnamese()
}
