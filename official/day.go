package official

import "fmt"

// Day is a day of the calendar. A zero D leaves the day blank on the paper; the zero Day is no date.
type Day struct{ Y, M, D int }

// DayOf makes a Day from year, month (1–12) and day (1–31; 0 leaves it blank).
func DayOf(y, m, d int) Day { return Day{y, m, d} }

// Before reports whether d comes before e.
func (d Day) Before(e Day) bool {
	if d.Y != e.Y {
		return d.Y < e.Y
	}
	if d.M != e.M {
		return d.M < e.M
	}
	return d.D < e.D
}

// valid reports whether the day exists in the calendar; a blank day of a real month is valid.
func (d Day) valid() bool {
	if d.M < 1 || d.M > 12 || d.Y < 1 || d.Y > 9999 {
		return false
	}
	last := [...]int{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}[d.M-1]
	if d.M == 2 && (d.Y%4 == 0 && d.Y%100 != 0 || d.Y%400 == 0) {
		last = 29
	}
	return d.D >= 0 && d.D <= last
}

// written gives "ngày 05 tháng 4 năm 2026": days below 10 and the months 1 and 2 get a zero, so
// that no digit can be added in front of them. Blanks stand where something is not known yet.
func (d Day) written(blank string) string {
	day, month, year := blank, blank, blank
	if d.D > 0 {
		day = fmt.Sprintf("%02d", d.D)
	}
	if d.M > 0 {
		month = fmt.Sprint(d.M)
		if d.M <= 2 {
			month = fmt.Sprintf("%02d", d.M)
		}
	}
	if d.Y > 0 {
		year = fmt.Sprint(d.Y)
	}
	return "ngày " + day + " tháng " + month + " năm " + year
}
