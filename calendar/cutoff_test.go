package calendar_test

import (
	"testing"

	"giaoban/calendar"
)

func TestCutOffOfEveryProfile(t *testing.T) {
	for _, c := range []struct{ cutoff, period, want string }{
		{"ND09", "2022-03", "2022-02-15 2022-03-14"},
		{"ND09", "2022-01", "2021-12-15 2022-01-14"},
		{"ND09", "2022-Q1", "2021-12-15 2022-03-14"},
		{"ND09", "2022-Q4", "2022-09-15 2022-12-14"},
		{"ND09", "2022-H1", "2021-12-15 2022-06-14"},
		{"ND09", "2022-H2", "2022-06-15 2022-12-14"},
		{"ND09", "2022-9M", "2021-12-15 2022-09-14"},
		{"ND09", "2022", "2021-12-15 2022-12-14"},
		{"ND09", "2022..2025", "2021-12-15 2025-12-14"},
		{"CALENDAR", "2024-02", "2024-02-01 2024-02-29"},
		{"CALENDAR", "2022-Q1", "2022-01-01 2022-03-31"},
		{"CUSTOM:20", "2022-Q1", "2021-12-21 2022-03-20"},
		{"CUSTOM:28", "2022-03", "2022-03-01 2022-03-28"},
		{"CUSTOM:28", "2024-03", "2024-02-29 2024-03-28"},
	} {
		cutoff, err := calendar.ParseCutoff(c.cutoff)
		from, to := cutoff.Span(calendar.MustPeriod(c.period))
		if got := from.String() + " " + to.String(); err != nil || got != c.want || cutoff.String() != c.cutoff || cutoff.Name() == "" {
			t.Errorf("%s %s: %s, cần %s (%v)", c.cutoff, c.period, got, c.want, err)
		}
		var back calendar.Cutoff
		v, _ := cutoff.Value()
		if err := back.Scan(v); err != nil || back != cutoff {
			t.Error(back, err)
		}
	}
	for _, s := range []string{"", "nd09", "CUSTOM", "CUSTOM:0", "CUSTOM:29", "CUSTOM:-1", "CUSTOM:100"} {
		if c, err := calendar.ParseCutoff(s); err == nil {
			t.Errorf("%q → %s", s, c)
		}
	}
}

// Every day of ten years belongs to exactly one month, quarter, half and year.
func TestPeriodsOfAKindTileTheYears(t *testing.T) {
	profiles := []calendar.Cutoff{calendar.ND09, calendar.Calendar}
	for n := 1; n <= 28; n++ {
		c, err := calendar.Custom(n)
		if err != nil {
			t.Fatal(err)
		}
		profiles = append(profiles, c)
	}
	for _, cutoff := range profiles {
		for _, kind := range []calendar.Kind{calendar.Month, calendar.Quarter, calendar.Half, calendar.Year} {
			day := calendar.On(2019, 1, 1)
			p, _ := cutoff.PeriodOf(kind, day)
			from, to := cutoff.Span(p)
			for ; day.Before(calendar.On(2029, 1, 1)); day = day.AddDays(1) {
				if day.After(to) {
					end := to
					p = p.Next()
					from, to = cutoff.Span(p)
					if from != end.AddDays(1) || to.Before(from) {
						t.Fatalf("%s %s: kỳ trước hết %s, kỳ này từ %s", cutoff, p, end, from)
					}
				}
				if q, ok := cutoff.PeriodOf(kind, day); !ok || q != p || day.Before(from) {
					t.Fatalf("%s: %s thuộc %s, không phải %s", cutoff, day, p, q)
				}
			}
		}
		// Parts cover the whole: the first begins and the last ends with it.
		for _, s := range []string{"2022-Q1", "2022-9M", "2022", "2022..2025"} {
			whole := calendar.MustPeriod(s)
			parts, err := whole.Parts(calendar.Month)
			if err != nil {
				t.Fatal(err)
			}
			from, to := cutoff.Span(whole)
			first, _ := cutoff.Span(parts[0])
			_, last := cutoff.Span(parts[len(parts)-1])
			if first != from || last != to {
				t.Errorf("%s %s: %s..%s, các tháng %s..%s", cutoff, s, from, to, first, last)
			}
		}
	}
	if p, ok := calendar.ND09.PeriodOf(calendar.NineMonths, calendar.On(2022, 9, 14)); !ok || p.String() != "2022-9M" {
		t.Error(p)
	}
	if p, ok := calendar.ND09.PeriodOf(calendar.NineMonths, calendar.On(2022, 9, 15)); ok {
		t.Error(p)
	}
}
