package calendar

import (
	"bufio"
	"database/sql/driver"
	_ "embed"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"giaoban/internal/fault"
	"giaoban/internal/fold"
)

// DayKind says why a day differs from an ordinary day of its week.
type DayKind uint8

// The kinds of special day.
const (
	Holiday      DayKind = iota + 1 // nghỉ lễ, tết
	Compensatory                    // nghỉ bù: a holiday fell on a weekly day off
	SwapOff                         // nghỉ hoán đổi, worked on another day
	MakeUp                          // đi làm bù, usually a Saturday
	OfficeOff                       // the office's own day off
	Ordinary                        // takes back a day of the table: as any day of its week
)

var dayKinds = [...]struct{ code, word, prefix string }{
	Holiday:      {"holiday", "lễ", "nghỉ"},
	Compensatory: {"compensatory", "bù", "nghỉ bù"},
	SwapOff:      {"swap_off", "hoán", "nghỉ hoán đổi,"},
	MakeUp:       {"make_up", "làm", "làm bù"},
	OfficeOff:    {"office", "riêng", "cơ quan nghỉ"},
	Ordinary:     {"ordinary", "thường", "theo lịch tuần"},
}

// String is the code kept in the database.
func (k DayKind) String() string {
	if int(k) >= len(dayKinds) {
		return ""
	}
	return dayKinds[k].code
}

// Name is the Vietnamese word before the name of the occasion.
func (k DayKind) Name() string {
	if int(k) >= len(dayKinds) {
		return ""
	}
	return strings.TrimSuffix(dayKinds[k].prefix, ",")
}

// ParseDayKind reads a code.
func ParseDayKind(code string) (DayKind, error) {
	for k := Holiday; k <= Ordinary; k++ {
		if dayKinds[k].code == code {
			return k, nil
		}
	}
	return 0, fault.Invalid("", "Loại ngày “%s” không có; hãy chọn holiday, compensatory, swap_off, make_up, office hoặc ordinary.", fold.Cut(code, 40))
}

// Value stores the code.
func (k DayKind) Value() (driver.Value, error) { return textValue(k.String()) }

// Scan reads a code.
func (k *DayKind) Scan(v any) error {
	return scanText(v, func(b []byte) (err error) {
		*k, err = ParseDayKind(string(b))
		return err
	})
}

// Day is one special day: one row of the table that an office may edit.
type Day struct {
	Date      Date
	Kind      DayKind
	Name      string // the occasion: "Tết Nguyên đán"
	Source    string // what the row rests on
	Confirmed bool   // from a notice; otherwise computed from the law
}

func (d Day) reason() string {
	s := strings.TrimSpace(dayKinds[d.Kind].prefix + " " + d.Name)
	if !d.Confirmed {
		s += ", " + computedSource
	}
	return s
}

// YearNote says what the table of a year rests on.
type YearNote struct {
	Announced bool     // every day from a notice, none computed
	Source    string   // a phrase
	Pending   []string // sentences: what is still to be decided
}

// Holidays is the table of special days. It is not changed after it is made and may
// be shared; the zero Holidays knows only Saturdays and Sundays.
type Holidays struct {
	days  map[Date]Day
	years map[int]YearNote
}

//go:embed holidays.txt
var shipped string

var loadDefault = sync.OnceValue(func() Holidays {
	h, err := read(shipped)
	if err != nil {
		panic(err) // the file is part of the program and read by every test
	}
	return h
})

// Default is the shipped table: notices for the years that have one, the law for the
// other years from 2019 to 2035.
func Default() Holidays { return loadDefault() }

// read takes the file described in its own first lines.
func read(text string) (Holidays, error) {
	h := Holidays{days: map[Date]Day{}, years: map[int]YearNote{}}
	year := 0
	lines := bufio.NewScanner(strings.NewReader(text))
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(lines.Text())
		wrong := func() (Holidays, error) {
			return Holidays{}, fault.Invalid("", "Bảng ngày nghỉ, dòng %d: “%s” không đúng mẫu.", n, fold.Cut(line, 40))
		}
		if line == "" || line[0] == '#' {
			continue
		}
		if rest, ok := strings.CutPrefix(line, "năm "); ok {
			head, source, ok := strings.Cut(rest, ": ")
			number, how, _ := strings.Cut(head, " ")
			y, digits := numberOf(number)
			if !ok || !digits || how != "thông báo" && how != "luật" {
				return wrong()
			}
			year = y
			h.years[year] = YearNote{Announced: how == "thông báo", Source: source}
			continue
		}
		note := h.years[year]
		if rest, ok := strings.CutPrefix(line, "chờ: "); ok && year != 0 {
			note.Pending = append(note.Pending, rest)
			h.years[year] = note
			continue
		}
		date, rest, _ := strings.Cut(line, " ")
		word, name, _ := strings.Cut(rest, " ")
		d, err := ParseDate(date)
		kind := slices.IndexFunc(dayKinds[:], func(k struct{ code, word, prefix string }) bool { return k.word == word && word != "" })
		if err != nil || kind < 0 || d.Year() != year || name == "" {
			return wrong()
		}
		h.days[d] = Day{Date: d, Kind: DayKind(kind), Name: name, Source: note.Source, Confirmed: note.Announced}
	}
	for y := firstHolidayYear; y <= lastHolidayYear; y++ {
		note, ok := h.years[y]
		if note.Announced {
			continue
		}
		if !ok {
			h.years[y] = YearNote{Source: computedSource}
		}
		for _, d := range statutory(y) {
			if _, written := h.days[d.Date]; !written {
				h.days[d.Date] = d
			}
		}
	}
	return h, lines.Err()
}

func numberOf(s string) (int, bool) {
	n, ok := number(s)
	return n, ok && n >= firstYear && n <= lastYear
}

// With returns a copy in which the given days replace those of the same date; a day
// of kind Ordinary takes a day of the table back.
func (h Holidays) With(extra ...Day) Holidays {
	h.days = maps.Clone(h.days)
	if h.days == nil {
		h.days = make(map[Date]Day, len(extra))
	}
	for _, d := range extra {
		if !d.Date.IsZero() && d.Kind >= Holiday && d.Kind <= Ordinary {
			h.days[d.Date] = d
		}
	}
	return h
}

// Days lists the special days of a year in order, for the screen on which they are edited.
func (h Holidays) Days(year int) []Day {
	var out []Day
	for _, d := range h.days {
		if d.Date.Year() == year {
			out = append(out, d)
		}
	}
	slices.SortFunc(out, func(a, b Day) int { return a.Date.Compare(b.Date) })
	return out
}

// Day gives what the table says of one day; false when it is as any day of its week.
func (h Holidays) Day(d Date) (Day, bool) {
	day, ok := h.days[d]
	return day, ok && day.Kind != Ordinary
}

// Year says what the table of a year rests on; false when the year is not in it and
// only Saturdays and Sundays are known to be off.
func (h Holidays) Year(year int) (YearNote, bool) {
	n, ok := h.years[year]
	return n, ok
}

// WorkingDay reports whether offices work on d and why it differs from, or follows,
// the week: "thứ Bảy", "nghỉ Tết Nguyên đán", "làm bù thay thứ Hai 29/4/2024"; no
// reason for a plain working day.
func (h Holidays) WorkingDay(d Date) (working bool, reason string) {
	if day, ok := h.days[d]; ok && day.Kind != Ordinary {
		return day.Kind == MakeUp, day.reason()
	}
	if w := d.Weekday(); w == time.Saturday || w == time.Sunday {
		return false, weekdays[w]
	}
	return true, ""
}

// works is WorkingDay without the words.
func (h Holidays) works(d Date) bool {
	if day, ok := h.days[d]; ok && day.Kind != Ordinary {
		return day.Kind == MakeUp
	}
	return !weekend(d)
}
