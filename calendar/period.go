package calendar

import (
	"cmp"
	"database/sql/driver"
	"fmt"
	"strconv"
	"strings"

	"giaoban/internal/fault"
	"giaoban/internal/fold"
)

// Kind is the kind of a period: how long it is and where in the year it begins.
type Kind uint8

// The kinds of period. They are kept in the database by their code, never by number.
const (
	Month Kind = iota + 1
	Quarter
	Half
	NineMonths
	Year
	Term
)

var kinds = [...]struct {
	code, name string
	months     int
}{
	Month:      {"month", "tháng", 1},
	Quarter:    {"quarter", "quý", 3},
	Half:       {"half", "6 tháng", 6},
	NineMonths: {"nine_months", "9 tháng", 9},
	Year:       {"year", "năm", 12},
	Term:       {"term", "giai đoạn", 0},
}

// Kinds lists every kind, shortest first.
func Kinds() []Kind { return []Kind{Month, Quarter, Half, NineMonths, Year, Term} }

// ParseKind reads a code: month, quarter, half, nine_months, year, term.
func ParseKind(code string) (Kind, error) {
	for _, k := range Kinds() {
		if kinds[k].code == code {
			return k, nil
		}
	}
	return 0, fault.Invalid("", "Loại kỳ “%s” không có; hãy chọn month, quarter, half, nine_months, year hoặc term.", fold.Cut(code, 40))
}

// String is the code; "" for no kind.
func (k Kind) String() string {
	if k < Month || k > Term {
		return ""
	}
	return kinds[k].code
}

// Name is the Vietnamese name: tháng, quý, 6 tháng, 9 tháng, năm, giai đoạn.
func (k Kind) Name() string {
	if k < Month || k > Term {
		return ""
	}
	return kinds[k].name
}

// Period is a reporting period. The zero Period is "no period". Periods are
// comparable with == and small enough to be map keys.
type Period struct {
	year int16 // the first
	last int16 // the last of a term, otherwise equal to year
	kind Kind
	n    uint8 // 1-12, 1-4, 1-2, otherwise 1
}

// The years a period may have; a typing error such as 20022 or 0222 stays outside.
const firstYear, lastYear = 1900, 2999

func period(kind Kind, year, n, last int) Period {
	if year < firstYear || last > lastYear {
		return Period{}
	}
	return Period{int16(year), int16(last), kind, uint8(n)}
}

// QuarterOf and YearOf build the period a day belongs to by the plain
// calendar. For a cut-off profile see Cutoff.PeriodOf.
func QuarterOf(d Date) Period { return period(Quarter, d.Year(), (int(d.month)+2)/3, d.Year()) }
func YearOf(d Date) Period    { return period(Year, d.Year(), 1, d.Year()) }

// ParsePeriod reads 2022-03, 2022-Q1, 2022-H1, 2022-H2, 2022-9M, 2022, 2022..2025.
func ParsePeriod(s string) (Period, error) {
	wrong := func() (Period, error) {
		return Period{}, fault.Invalid("", "Kỳ “%s” không đúng cách viết; hãy viết như 2022-03, 2022-Q1, 2022-H1, 2022-9M, 2022 hoặc 2022..2025.", fold.Cut(s, 40))
	}
	if len(s) < 4 {
		return wrong()
	}
	year, ok := number(s[:4])
	if !ok || year < firstYear || year > lastYear {
		return wrong()
	}
	rest := s[4:]
	switch {
	case rest == "":
		return period(Year, year, 1, year), nil
	case rest == "-9M":
		return period(NineMonths, year, 1, year), nil
	case len(rest) == 6 && strings.HasPrefix(rest, ".."):
		last, ok := number(rest[2:])
		if !ok || last > lastYear {
			return wrong()
		}
		if last <= year {
			return Period{}, fault.Invalid("", "Giai đoạn “%s” phải kết thúc sau năm bắt đầu.", s)
		}
		return period(Term, year, 1, last), nil
	case len(rest) != 3 || rest[0] != '-':
		return wrong()
	case rest[1] == 'Q' && rest[2] >= '1' && rest[2] <= '4':
		return period(Quarter, year, int(rest[2]-'0'), year), nil
	case rest[1] == 'H' && rest[2] >= '1' && rest[2] <= '2':
		return period(Half, year, int(rest[2]-'0'), year), nil
	}
	if m, ok := number(rest[1:]); ok && m >= 1 && m <= 12 {
		return period(Month, year, m, year), nil
	}
	return wrong()
}

// MustPeriod is ParsePeriod for a period written in the program.
func MustPeriod(s string) Period {
	p, err := ParsePeriod(s)
	if err != nil {
		panic(err)
	}
	return p
}

// IsZero reports "no period".
func (p Period) IsZero() bool { return p == Period{} }

// Kind is the kind of the period.
func (p Period) Kind() Kind { return p.kind }

// Year is the first year of the period.
func (p Period) Year() int { return int(p.year) }

// String is the stable form read by ParsePeriod; "" for no period.
func (p Period) String() string {
	y := strconv.Itoa(int(p.year))
	switch p.kind {
	case Month:
		return y + "-" + two(p.n)
	case Quarter:
		return y + "-Q" + strconv.Itoa(int(p.n))
	case Half:
		return y + "-H" + strconv.Itoa(int(p.n))
	case NineMonths:
		return y + "-9M"
	case Year:
		return y
	case Term:
		return y + ".." + strconv.Itoa(int(p.last))
	}
	return ""
}

// Name says the period as a sentence does: "quý I năm 2022", "6 tháng đầu năm 2022".
func (p Period) Name() string {
	y := strconv.Itoa(int(p.year))
	switch p.kind {
	case Month:
		return "tháng " + strconv.Itoa(int(p.n)) + " năm " + y
	case Quarter:
		return "quý " + [...]string{"I", "II", "III", "IV"}[p.n-1] + " năm " + y
	case Half:
		return "6 tháng " + [...]string{"đầu", "cuối"}[p.n-1] + " năm " + y
	case NineMonths:
		return "9 tháng đầu năm " + y
	case Year:
		return "năm " + y
	case Term:
		return "giai đoạn " + y + " - " + strconv.Itoa(int(p.last))
	}
	return ""
}

// Short says the period where there is little room, below a chart or above a column: "3/22", "I/22", "6T1/22".
func (p Period) Short() string {
	name, year := p.String(), p.String()[2:4]
	switch p.kind {
	case Month:
		return name[5:] + "/" + year
	case Quarter:
		return [...]string{"I", "II", "III", "IV"}[p.n-1] + "/" + year
	case Half:
		return "6T" + name[6:] + "/" + year
	case NineMonths:
		return "9T/" + year
	}
	return name
}

// months is the length of the period; start counts months from year 0.
func (p Period) months() int {
	if p.kind == Term {
		return 12 * (int(p.last) - int(p.year) + 1)
	}
	return kinds[p.kind].months
}

func (p Period) start() int { return 12*int(p.year) + (int(p.n)-1)*kinds[p.kind].months }

// First and Last are the days between which the period lies by the plain calendar.
func (p Period) First() Date {
	if p.IsZero() {
		return Date{}
	}
	m := p.start()
	return Date{int16(m / 12), uint8(m%12 + 1), 1}
}

// Last is the last day of the period by the plain calendar.
func (p Period) Last() Date {
	if p.IsZero() {
		return Date{}
	}
	m := p.start() + p.months() - 1
	return Date{int16(m / 12), uint8(m%12 + 1), uint8(daysIn(m/12, m%12+1))}
}

// Compare orders periods by beginning, then by length: 2022-01, 2022-Q1, 2022-H1,
// 2022-9M, 2022, 2022..2025, 2022-02.
func (p Period) Compare(q Period) int { return cmp.Compare(p.Key(), q.Key()) }

// Key is a number that orders periods as Compare does, for indexes in memory.
func (p Period) Key() int64 { return int64(p.start())<<20 | int64(p.months()) }

// Contains reports that q lies wholly within p.
func (p Period) Contains(q Period) bool {
	return !p.IsZero() && !q.IsZero() && q.start() >= p.start() && q.start()+q.months() <= p.start()+p.months()
}

// Parts returns the periods of one kind of which p is made, in order: a quarter is
// three months, nine months are three quarters, a year is two halves. A period is
// made of itself. The error says that the kinds do not add up.
func (p Period) Parts(kind Kind) ([]Period, error) {
	if kind == p.kind && !p.IsZero() {
		return []Period{p}, nil
	}
	if p.IsZero() || kind < Month || kind > Year || kind == NineMonths || kind > p.kind || p.months()%kinds[kind].months != 0 {
		return nil, fault.Invalid("", "Kỳ %s không cộng được từ các kỳ loại %s.", p.Name(), kind.Name())
	}
	length := kinds[kind].months
	parts := make([]Period, p.months()/length)
	for i := range parts {
		parts[i] = p.at(kind, p.start()+i*length)
	}
	return parts, nil
}

// at is the period of a kind that begins at a month counted from year 0.
func (p Period) at(kind Kind, month int) Period {
	year := month / 12
	n := 1
	if length := kinds[kind].months; length < 9 {
		n = month%12/length + 1
	}
	return period(kind, year, n, year)
}

// Previous is the period with which the figures of p are compared as "last period":
// a month with the month before, a quarter with the quarter before, a year with the
// year before. Half years, nine months and terms have none.
func (p Period) Previous() (Period, bool) {
	if p.kind != Month && p.kind != Quarter && p.kind != Year {
		return Period{}, false
	}
	q := p.at(p.kind, p.start()-p.months())
	return q, !q.IsZero()
}

// LastYear is the same period of the year before; a term has none.
func (p Period) LastYear() (Period, bool) {
	if p.IsZero() || p.kind == Term {
		return Period{}, false
	}
	q := p.at(p.kind, p.start()-12)
	return q, !q.IsZero()
}

// Next is the period of the same kind that follows: H1 by H2, nine months by those
// of the next year, a term by one of the same length. It is zero after the year 2999.
func (p Period) Next() Period {
	switch p.kind {
	case 0:
		return Period{}
	case Term:
		return period(Term, int(p.last)+1, 1, 2*int(p.last)-int(p.year)+1)
	case NineMonths:
		return p.at(NineMonths, p.start()+12)
	}
	return p.at(p.kind, p.start()+p.months())
}

// Launches is the period whose work a briefing on p hands out: after nine months the
// last quarter of the year, otherwise the next period of the same kind.
func (p Period) Launches() Period {
	if p.kind == NineMonths {
		return p.at(Quarter, p.start()+9)
	}
	return p.Next()
}

// Ahead names what Launches gives as a conference says it: after “9 tháng đầu năm 2023” come “3 tháng cuối năm 2023”.
func (p Period) Ahead() string {
	if p.kind == NineMonths {
		return "3 tháng cuối năm " + strconv.Itoa(int(p.year))
	}
	return p.Launches().Name()
}

// MarshalText writes String.
func (p Period) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText reads what MarshalText writes; an empty text is no period.
func (p *Period) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*p = Period{}
		return nil
	}
	q, err := ParsePeriod(string(b))
	if err == nil {
		*p = q
	}
	return err
}

// Value stores String, NULL for no period.
func (p Period) Value() (driver.Value, error) { return textValue(p.String()) }

// Scan reads the text of either engine.
func (p *Period) Scan(v any) error { return scanText(v, p.UnmarshalText) }

// MarshalText writes the code.
func (k Kind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// UnmarshalText reads a code; an empty text is no kind.
func (k *Kind) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*k = 0
		return nil
	}
	parsed, err := ParseKind(string(b))
	if err == nil {
		*k = parsed
	}
	return err
}

// Value stores the code.
func (k Kind) Value() (driver.Value, error) { return textValue(k.String()) }

// Scan reads a code.
func (k *Kind) Scan(v any) error { return scanText(v, k.UnmarshalText) }

func textValue(s string) (driver.Value, error) {
	if s == "" {
		return nil, nil
	}
	return s, nil
}

func scanText(v any, read func([]byte) error) error {
	switch v := v.(type) {
	case nil:
		return read(nil)
	case string:
		return read([]byte(v))
	case []byte:
		return read(v)
	}
	return fmt.Errorf("calendar: không đọc được văn bản từ giá trị kiểu %T", v)
}
