// Package calendar giữ kỳ, ngày làm việc, hạn: the dates, periods and cut-offs by
// which agencies report, and the working day on which a report is due, with the
// explanation of how that day was found. It knows no database and no clock.
package calendar

import (
	"cmp"
	"database/sql/driver"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"giaoban/internal/fault"
	"giaoban/internal/fold"
)

// Zone is the time of Việt Nam, UTC+7 all year, without a zone database.
var Zone = time.FixedZone("+07", 7*60*60)

// Date is a day of the civil calendar, years 1 to 9999. The zero Date is "no date";
// it is stored as NULL and written as an empty text. Dates are comparable with ==.
type Date struct {
	year       int16
	month, day uint8
}

// MakeDate returns a date, or a sentence when there is no such day.
func MakeDate(year int, month time.Month, day int) (Date, error) {
	if year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > daysIn(year, int(month)) {
		return Date{}, fault.Invalid("", "Không có ngày %d/%d/%d trong lịch; hãy kiểm tra ngày và tháng.", day, int(month), year)
	}
	return Date{int16(year), uint8(month), uint8(day)}, nil
}

// On is MakeDate for a date written in the program; it panics on a day that does not exist.
func On(year int, month time.Month, day int) Date {
	d, err := MakeDate(year, month, day)
	if err != nil {
		panic(err)
	}
	return d
}

// OfInstant returns the day it is in Việt Nam at t.
func OfInstant(t time.Time) Date {
	y, m, d := t.In(Zone).Date()
	return Date{int16(y), uint8(m), uint8(d)}
}

// ParseDate reads the form of the API and the database, 2022-03-14.
func ParseDate(s string) (Date, error) {
	if len(s) == 10 && s[4] == '-' && s[7] == '-' {
		y, ok1 := number(s[:4])
		m, ok2 := number(s[5:7])
		d, ok3 := number(s[8:])
		if ok1 && ok2 && ok3 {
			return MakeDate(y, time.Month(m), d)
		}
	}
	return Date{}, fault.Invalid("", "Ngày “%s” không đúng cách viết; hãy viết năm-tháng-ngày như 2022-03-14.", fold.Cut(s, 40))
}

// ReadDate reads what a person types, 14/3/2022, 14-3-2022 or 14.3.2022, and also 2022-03-14. A year of two digits is not
// guessed: documents go back to 1930.
func ReadDate(s string) (Date, error) {
	d, err := dateIn(s)
	switch {
	case errors.Is(err, errShortYear):
		err = fault.Invalid("", "Ngày “%s” ghi năm hai chữ số; hãy ghi đủ bốn chữ số như 14/3/2022.", fold.Cut(strings.TrimSpace(s), 40))
	case errors.Is(err, errNoDate):
		err = fault.Invalid("", "Ngày “%s” không đọc được; hãy viết ngày/tháng/năm như 14/3/2022.", fold.Cut(strings.TrimSpace(s), 40))
	}
	return d, err
}

// DateIn is ReadDate for a text that need not be a date at all: no sentence is made of it.
func DateIn(s string) (Date, bool) {
	d, err := dateIn(s)
	return d, err == nil
}

var (
	errNoDate    = errors.New("calendar: no date")
	errShortYear = errors.New("calendar: a year of two digits")
)

func dateIn(s string) (Date, error) {
	if s = strings.TrimSpace(s); len(s) > len("14 / 03 / 2022") || !strings.ContainsAny(s, "/-.") {
		return Date{}, errNoDate
	}
	if len(s) == 10 && s[4] == '-' {
		if d, err := ParseDate(s); err == nil {
			return d, nil
		}
	}
	parts := strings.FieldsFunc(s, func(r rune) bool { return r == '/' || r == '-' || r == '.' })
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	if len(parts) == 3 && len(parts[0]) <= 2 && len(parts[1]) <= 2 && (len(parts[2]) == 4 || len(parts[2]) == 2) {
		d, ok1 := number(parts[0])
		m, ok2 := number(parts[1])
		y, ok3 := number(parts[2])
		switch {
		case !ok1 || !ok2 || !ok3:
		case len(parts[2]) == 2:
			return Date{}, errShortYear
		default:
			return MakeDate(y, time.Month(m), d)
		}
	}
	return Date{}, errNoDate
}

// number reads digits only, so that signs and spaces are not let through.
func number(s string) (int, bool) {
	n := 0
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + int(s[i]-'0')
	}
	return n, s != "" && len(s) <= 4
}

// Year, Month and Day are the parts of the date.
func (d Date) Year() int         { return int(d.year) }
func (d Date) Month() time.Month { return time.Month(d.month) }
func (d Date) Day() int          { return int(d.day) }

// IsZero reports "no date".
func (d Date) IsZero() bool { return d == Date{} }

// Compare orders dates; no date comes first.
func (d Date) Compare(e Date) int { return cmp.Compare(d.key(), e.key()) }

// Before reports d < e.
func (d Date) Before(e Date) bool { return d.key() < e.key() }

// After reports d > e.
func (d Date) After(e Date) bool { return d.key() > e.key() }

func (d Date) key() int32 { return int32(d.year)<<16 | int32(d.month)<<8 | int32(d.day) }

// AddDays returns the day n days later (earlier when n is negative); no date from no
// date, and outside the years 1 to 9999.
func (d Date) AddDays(n int) Date {
	if n += d.number(); d.IsZero() || n < On(1, 1, 1).number() || n > On(9999, 12, 31).number() {
		return Date{}
	}
	return fromNumber(n)
}

// Sub returns the number of days from e to d.
func (d Date) Sub(e Date) int { return d.number() - e.number() }

// Weekday returns the day of the week.
func (d Date) Weekday() time.Weekday { return time.Weekday((d.number()%7 + 11) % 7) }

// StartOfDay is 00:00 in Việt Nam.
func (d Date) StartOfDay() time.Time {
	return time.Date(int(d.year), time.Month(d.month), int(d.day), 0, 0, 0, 0, Zone)
}

// EndOfDay is the last microsecond of the day in Việt Nam, 23:59:59.999999: what is
// received at that instant is still of that day.
func (d Date) EndOfDay() time.Time {
	return time.Date(int(d.year), time.Month(d.month), int(d.day), 23, 59, 59, 999_999_000, Zone)
}

// number counts days from 01/01/1970. Years are taken to begin in March, so that the
// leap day is the last of its year and months follow one linear rule.
func (d Date) number() int {
	y, m := int(d.year), int(d.month)
	if m <= 2 {
		y, m = y-1, m+12
	}
	return 365*y + y/4 - y/100 + y/400 + (153*(m-3)+2)/5 + int(d.day) - 1 - 719468
}

func fromNumber(n int) Date {
	n += 719468
	era := n / 146097 // 400 years
	n -= era * 146097
	y := (n - n/1460 + n/36524 - n/146096) / 365
	n -= 365*y + y/4 - y/100
	m := (5*n + 2) / 153
	day := n - (153*m+2)/5 + 1
	y += era * 400
	if m += 3; m > 12 {
		y, m = y+1, m-12
	}
	return Date{int16(y), uint8(m), uint8(day)}
}

func daysIn(year, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

// String writes the form of the API and the database, "2022-03-14"; "" for no date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return string(d.append(make([]byte, 0, 10)))
}

func (d Date) append(b []byte) []byte {
	y := int(d.year)
	return append(b, byte('0'+y/1000), byte('0'+y/100%10), byte('0'+y/10%10), byte('0'+y%10),
		'-', '0'+d.month/10, '0'+d.month%10, '-', '0'+d.day/10, '0'+d.day%10)
}

// Vietnamese writes the date as offices print it: days below 10 and the months 1 and
// 2 take a zero, so that no digit can be added in front: "05/4/2026", "14/02/2026".
func (d Date) Vietnamese() string {
	if d.IsZero() {
		return ""
	}
	return d.dayMonth() + "/" + strconv.Itoa(int(d.year))
}

func (d Date) dayMonth() string { return two(d.day) + "/" + d.monthText() }

func (d Date) monthText() string {
	if d.month <= 2 {
		return two(d.month)
	}
	return strconv.Itoa(int(d.month))
}

func two(n uint8) string { return string([]byte{'0' + n/10, '0' + n%10}) }

// Long writes the place-and-date line: "ngày 05 tháng 4 năm 2026".
func (d Date) Long() string {
	if d.IsZero() {
		return ""
	}
	return "ngày " + two(d.day) + " tháng " + d.monthText() + " năm " + strconv.Itoa(int(d.year))
}

// WithWeekday writes "thứ Hai 14/3/2022".
func (d Date) WithWeekday() string { return weekdays[d.Weekday()] + " " + d.Vietnamese() }

var weekdays = [7]string{"Chủ nhật", "thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy"}

// MarshalText writes String.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText writes; an empty text is no date.
func (d *Date) UnmarshalText(b []byte) error { return d.read(string(b)) }

// MarshalJSON writes a string, or null for no date.
func (d Date) MarshalJSON() ([]byte, error) {
	if d.IsZero() {
		return []byte("null"), nil
	}
	return append(d.append(append(make([]byte, 0, 12), '"')), '"'), nil
}

// UnmarshalJSON reads a string or null.
func (d *Date) UnmarshalJSON(b []byte) error {
	s := string(b)
	if s == "null" {
		*d = Date{}
		return nil
	}
	if len(s) < 2 || s[0] != '"' || s[len(s)-1] != '"' {
		return fault.Invalid("", "Ngày phải là một chuỗi như \"2022-03-14\".")
	}
	return d.read(s[1 : len(s)-1])
}

func (d *Date) read(s string) error {
	if s == "" {
		*d = Date{}
		return nil
	}
	parsed, err := ParseDate(s)
	if err == nil {
		*d = parsed
	}
	return err
}

// Value stores the ISO text, NULL for no date.
func (d Date) Value() (driver.Value, error) {
	if d.IsZero() {
		return nil, nil
	}
	return d.String(), nil
}

// Scan reads a date from either engine: text, or a time whose calendar day is meant.
func (d *Date) Scan(v any) error {
	switch v := v.(type) {
	case nil:
		*d = Date{}
		return nil
	case string:
		return d.read(v)
	case []byte:
		return d.read(string(v))
	case time.Time:
		y, m, day := v.Date()
		parsed, err := MakeDate(y, m, day)
		if err == nil {
			*d = parsed
		}
		return err
	}
	return fmt.Errorf("calendar: không đọc được ngày từ giá trị kiểu %T", v)
}
