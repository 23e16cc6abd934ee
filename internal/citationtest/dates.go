package citationtest

import (
	"fmt"
	"math/rand/v2"

	"giaoban/calendar"
)

// dateForm is one way of writing a day; complete says that the year, the month and the day are all there.
type dateForm struct {
	name     string
	complete bool
	text     func(r *rand.Rand, d calendar.Date) string
}

var slashed = dateForm{"05/11/2012", true, func(r *rand.Rand, d calendar.Date) string { return numeric(r, d, "/") }}

// afterNgay are the ways of going on after the word "ngày".
var afterNgay = []dateForm{
	slashed, slashed, slashed,
	{"04-11-2013", true, func(r *rand.Rand, d calendar.Date) string { return numeric(r, d, "-") }},
	{"4.11.2013", true, func(r *rand.Rand, d calendar.Date) string { return numeric(r, d, ".") }},
	{"05 / 11 / 2012", true, func(r *rand.Rand, d calendar.Date) string { return numeric(r, d, " / ") }},
	{"21 tháng 4 năm 2009", true, func(r *rand.Rand, d calendar.Date) string {
		return fmt.Sprintf("%s tháng %s năm %d", digits(r, d.Day()), digits(r, int(d.Month())), d.Year())
	}},
	{"21 tháng 4 năm 2009", true, func(r *rand.Rand, d calendar.Date) string {
		return fmt.Sprintf("%02d tháng %d năm %d", d.Day(), int(d.Month()), d.Year())
	}},
	{"21 tháng tư năm 2009", true, func(r *rand.Rand, d calendar.Date) string {
		return fmt.Sprintf("%d tháng %s năm %d", d.Day(), pick(r, monthWords[d.Month()-1]), d.Year())
	}},
	{"05 tháng 11, 2012", true, func(r *rand.Rand, d calendar.Date) string {
		return fmt.Sprintf("%d tháng %d, %d", d.Day(), int(d.Month()), d.Year())
	}},
	{"05 tháng 11/2012", true, func(r *rand.Rand, d calendar.Date) string {
		return fmt.Sprintf("%02d tháng %d/%d", d.Day(), int(d.Month()), d.Year())
	}},
}

// unfinished are days that cannot be known from what is written: no year, or left empty for the clerk.
var unfinished = []dateForm{
	{"ngày bỏ trống", false, func(r *rand.Rand, d calendar.Date) string { return fmt.Sprintf("   /  /%d", d.Year()) }},
	{"ngày bỏ trống", false, func(r *rand.Rand, d calendar.Date) string { return fmt.Sprintf("…/…/%d", d.Year()) }},
	{"ngày bỏ trống", false, func(r *rand.Rand, d calendar.Date) string {
		return fmt.Sprintf("     tháng %02d năm %d", int(d.Month()), d.Year())
	}},
	{"thiếu năm", false, func(r *rand.Rand, d calendar.Date) string { return fmt.Sprintf("%d/%d", d.Day(), int(d.Month())) }},
	{"thiếu năm", false, func(r *rand.Rand, d calendar.Date) string {
		return fmt.Sprintf("%02d tháng %d", d.Day(), int(d.Month()))
	}},
}

var monthWords = [12][]string{
	{"một", "giêng"}, {"hai"}, {"ba"}, {"tư", "bốn"}, {"năm"}, {"sáu"},
	{"bảy"}, {"tám"}, {"chín"}, {"mười"}, {"mười một"}, {"mười hai", "chạp"},
}

func numeric(r *rand.Rand, d calendar.Date, sign string) string {
	return digits(r, d.Day()) + sign + digits(r, int(d.Month())) + sign + fmt.Sprint(d.Year())
}

// digits writes 5 as 5 or 05.
func digits(r *rand.Rand, n int) string {
	if r.IntN(2) == 0 {
		return fmt.Sprintf("%02d", n)
	}
	return fmt.Sprint(n)
}
