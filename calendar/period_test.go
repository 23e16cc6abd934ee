package calendar_test

import (
	"slices"
	"strings"
	"testing"

	"giaoban/calendar"
)

func TestPeriodsAreWrittenAndNamed(t *testing.T) {
	for s, want := range map[string]string{
		"2022-03":    "month|tháng 3 năm 2022|2022-01..",
		"2022-Q1":    "quarter|quý I năm 2022",
		"2022-Q4":    "quarter|quý IV năm 2022",
		"2022-H1":    "half|6 tháng đầu năm 2022",
		"2022-H2":    "half|6 tháng cuối năm 2022",
		"2022-9M":    "nine_months|9 tháng đầu năm 2022",
		"2022":       "year|năm 2022",
		"2022..2025": "term|giai đoạn 2022 - 2025",
	} {
		p, err := calendar.ParsePeriod(s)
		if err != nil || p.String() != s || !strings.HasPrefix(want, p.Kind().String()+"|"+p.Name()) {
			t.Errorf("%s: %s %s %s %v", s, p, p.Kind(), p.Name(), err)
		}
		var q calendar.Period
		v, _ := p.Value()
		if err := q.Scan(v); err != nil || q != p {
			t.Error(q, err)
		}
		var k calendar.Kind
		v, _ = p.Kind().Value()
		if err := k.Scan([]byte(v.(string))); err != nil || k != p.Kind() {
			t.Error(k, err)
		}
	}
	for _, s := range []string{"", "2022-13", "2022-00", "2022-Q5", "2022-Q0", "2022-H3", "2022-6M", "22-01", "2022-3", "2022..2022", "2022..2021", "2022..", "2022-q1", " 2022", "2022-Q1 ", "0022", "+022", "2022..9999"} {
		if p, err := calendar.ParsePeriod(s); err == nil {
			t.Errorf("%q → %s", s, p)
		}
	}
}

func TestALongPeriodIsMadeOfItsParts(t *testing.T) {
	for _, c := range []struct{ period, kind, want string }{
		{"2022-Q2", "month", "2022-04 2022-05 2022-06"},
		{"2022-H2", "quarter", "2022-Q3 2022-Q4"},
		{"2022-9M", "quarter", "2022-Q1 2022-Q2 2022-Q3"},
		{"2022-9M", "nine_months", "2022-9M"},
		{"2022-03", "month", "2022-03"},
		{"2022", "half", "2022-H1 2022-H2"},
		{"2022..2024", "year", "2022 2023 2024"},
		{"2022..2023", "half", "2022-H1 2022-H2 2023-H1 2023-H2"},
		{"2022-9M", "half", "!"},
		{"2022", "nine_months", "!"},
		{"2022..2025", "nine_months", "!"},
		{"2022-03", "quarter", "!"},
		{"2022-Q1", "year", "!"},
		{"2022", "term", "!"},
	} {
		kind, _ := calendar.ParseKind(c.kind)
		parts, err := calendar.MustPeriod(c.period).Parts(kind)
		got := join(parts)
		if err != nil {
			got = "!"
		}
		if got != c.want {
			t.Errorf("%s theo %s: %s, cần %s", c.period, c.kind, got, c.want)
		}
		for _, p := range parts {
			if !calendar.MustPeriod(c.period).Contains(p) {
				t.Error(c.period, "phải chứa", p)
			}
		}
	}
	if months, _ := calendar.MustPeriod("2022-9M").Parts(calendar.Month); len(months) != 9 {
		t.Error(months)
	}
}

func join(parts []calendar.Period) string {
	s := make([]string, len(parts))
	for i, p := range parts {
		s[i] = p.String()
	}
	return strings.Join(s, " ")
}

func TestNeighboursOfAPeriod(t *testing.T) {
	text := func(p calendar.Period, ok bool) string {
		if !ok {
			return "-"
		}
		return p.String()
	}
	for _, c := range [][5]string{ // period, previous, last year, next, launches
		{"2022-01", "2021-12", "2021-01", "2022-02", "2022-02"},
		{"2022-Q1", "2021-Q4", "2021-Q1", "2022-Q2", "2022-Q2"},
		{"2022-Q4", "2022-Q3", "2021-Q4", "2023-Q1", "2023-Q1"},
		{"2022-H1", "-", "2021-H1", "2022-H2", "2022-H2"},
		{"2022-H2", "-", "2021-H2", "2023-H1", "2023-H1"},
		{"2022-9M", "-", "2021-9M", "2023-9M", "2022-Q4"},
		{"2022", "2021", "2021", "2023", "2023"},
		{"2022..2025", "-", "-", "2026..2029", "2026..2029"},
	} {
		p := calendar.MustPeriod(c[0])
		got := [5]string{p.String(), text(p.Previous()), text(p.LastYear()), p.Next().String(), p.Launches().String()}
		if got != c {
			t.Errorf("%v, cần %v", got, c)
		}
	}
	if n := calendar.MustPeriod("2999-12").Next(); !n.IsZero() {
		t.Error(n)
	}
}

func TestWhatIsLaunchedIsNamedAsAConferenceSaysIt(t *testing.T) {
	for of, want := range map[string]string{"2022-Q1": "quý II năm 2022", "2022-H1": "6 tháng cuối năm 2022", "2023-9M": "3 tháng cuối năm 2023",
		"2020": "năm 2021", "2022-12": "tháng 1 năm 2023", "2999": ""} {
		if got := calendar.MustPeriod(of).Ahead(); got != want {
			t.Errorf("%s: “%s”, cần “%s”", of, got, want)
		}
	}
}

func TestPeriodsSortByBeginningThenLength(t *testing.T) {
	want := "2021 2022-01 2022-Q1 2022-H1 2022-9M 2022 2022..2025 2022-02 2022-Q2 2022-H2"
	var ps []calendar.Period
	for _, s := range strings.Fields(want) {
		ps = append(ps, calendar.MustPeriod(s))
	}
	slices.Reverse(ps)
	slices.SortFunc(ps, calendar.Period.Compare)
	if join(ps) != want {
		t.Error(join(ps))
	}
}

func TestFirstAndLastDay(t *testing.T) {
	for s, want := range map[string]string{
		"2024-02":    "2024-02-01 2024-02-29",
		"2022-Q3":    "2022-07-01 2022-09-30",
		"2022..2025": "2022-01-01 2025-12-31",
	} {
		p := calendar.MustPeriod(s)
		if got := p.First().String() + " " + p.Last().String(); got != want {
			t.Errorf("%s: %s", s, got)
		}
	}
}

func TestZeroValuesAreHarmless(t *testing.T) {
	var p calendar.Period
	from, to := calendar.ND09.Span(p)
	_, a := p.Previous()
	_, b := p.LastYear()
	_, err := p.Parts(calendar.Month)
	if p.String()+p.Name()+p.Kind().String()+p.Kind().Name() != "" || !from.IsZero() || !to.IsZero() || a || b || err == nil ||
		!p.Next().IsZero() || !p.Launches().IsZero() || !p.First().IsZero() || !p.Last().IsZero() || p.Contains(p) {
		t.Error("kỳ trống phải cho kết quả trống")
	}
	if v, _ := p.Value(); v != nil {
		t.Error(v)
	}
}

func FuzzParsePeriod(f *testing.F) {
	for _, s := range []string{"2022-03", "2022-Q1", "2022-H2", "2022-9M", "2022", "2022..2025"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p, err := calendar.ParsePeriod(s)
		if err != nil {
			return
		}
		if p.String() != s || p.Name() == "" || p.Last().Before(p.First()) {
			t.Errorf("%q → %s", s, p)
		}
	})
}
