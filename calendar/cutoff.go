package calendar

import (
	"database/sql/driver"
	"fmt"
	"strconv"
	"strings"

	"giaoban/internal/fault"
	"giaoban/internal/fold"
)

// Cutoff is the profile by which a regime closes its figures: the day of the month
// on which a period ends. The zero Cutoff is "not chosen".
type Cutoff uint8

const (
	// Calendar closes on the last day of the month.
	Calendar Cutoff = 100
	// ND09 closes on the 14th of the period's last month; the next period begins on
	// the 15th. Nghị định 09/2019/NĐ-CP, Điều 12 (docs/sources/nd-09-2019.md). It
	// binds State bodies; a Party body may choose it.
	ND09 Cutoff = 101
)

const nd09Day = 14

// Custom closes on the given day of the period's last month, 1 to 28.
func Custom(day int) (Cutoff, error) {
	if day < 1 || day > 28 {
		return 0, fault.Invalid("", "Ngày chốt số liệu phải từ 1 đến 28, để tháng nào cũng có ngày đó.")
	}
	return Cutoff(day), nil
}

// ParseCutoff reads "ND09", "CALENDAR" or "CUSTOM:20".
func ParseCutoff(s string) (Cutoff, error) {
	switch s {
	case "ND09":
		return ND09, nil
	case "CALENDAR":
		return Calendar, nil
	}
	if day, ok := strings.CutPrefix(s, "CUSTOM:"); ok {
		if n, ok := number(day); ok {
			return Custom(n)
		}
	}
	return 0, fault.Invalid("", "Cách chốt số liệu “%s” không có; hãy chọn ND09, CALENDAR hoặc CUSTOM:ngày (1 đến 28).", fold.Cut(s, 40))
}

// String is the code read by ParseCutoff; "" when not chosen.
func (c Cutoff) String() string {
	switch {
	case c == ND09:
		return "ND09"
	case c == Calendar:
		return "CALENDAR"
	case c >= 1 && c <= 28:
		return "CUSTOM:" + strconv.Itoa(int(c))
	}
	return ""
}

// Name explains the profile in Vietnamese.
func (c Cutoff) Name() string {
	switch {
	case c == ND09:
		return "theo Nghị định 09/2019/NĐ-CP: từ ngày 15 tháng trước kỳ đến ngày 14 tháng cuối kỳ"
	case c == Calendar:
		return "theo lịch: từ ngày đầu đến ngày cuối của kỳ"
	case c >= 1 && c <= 28:
		return fmt.Sprintf("tự chọn: chốt ngày %d tháng cuối kỳ, kỳ sau tính từ ngày kế tiếp", int(c))
	}
	return ""
}

// Span returns the first and the last day of which p gathers the figures, both
// included. Q1 under ND09 is 15/12 of the year before to 14/3. It is zero for no
// period or no profile.
func (c Cutoff) Span(p Period) (from, to Date) {
	if p.IsZero() || c.String() == "" {
		return Date{}, Date{}
	}
	first := p.start()
	return c.end(first - 1).AddDays(1), c.end(first + p.months() - 1)
}

// end is the closing day in a month counted from year 0.
func (c Cutoff) end(month int) Date {
	year, m := month/12, month%12+1
	day := int(c)
	switch c {
	case ND09:
		day = nd09Day
	case Calendar:
		day = daysIn(year, m)
	}
	return Date{int16(year), uint8(m), uint8(day)}
}

// PeriodOf returns the period of a kind to which a day's events belong. Under ND09
// 20/12/2021 is of 2022-Q1. Nine months leave the last quarter uncovered, and terms
// are named by a programme, so both may give no period.
func (c Cutoff) PeriodOf(kind Kind, d Date) (Period, bool) {
	if d.IsZero() || c.String() == "" || kind < Month || kind > Year {
		return Period{}, false
	}
	month := 12*int(d.year) + int(d.month) - 1
	if d.After(c.end(month)) {
		month++
	}
	length := kinds[kind].months
	if kind == NineMonths {
		if month%12 >= length {
			return Period{}, false
		}
		length = 12
	}
	p := Period{}.at(kind, month-month%12%length)
	return p, !p.IsZero()
}

// MarshalText writes the code.
func (c Cutoff) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText reads a code; an empty text is "not chosen".
func (c *Cutoff) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*c = 0
		return nil
	}
	parsed, err := ParseCutoff(string(b))
	if err == nil {
		*c = parsed
	}
	return err
}

// Value stores the code.
func (c Cutoff) Value() (driver.Value, error) { return textValue(c.String()) }

// Scan reads a code.
func (c *Cutoff) Scan(v any) error { return scanText(v, c.UnmarshalText) }
