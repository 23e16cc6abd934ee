package calendar_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"giaoban/calendar"

	"pgregory.net/rapid"
)

func TestDatesArePrintedAsOfficesPrintThem(t *testing.T) {
	for _, c := range []struct {
		d           calendar.Date
		short, long string
	}{
		{calendar.On(2026, 4, 5), "05/4/2026", "ngày 05 tháng 4 năm 2026"},
		{calendar.On(2026, 2, 14), "14/02/2026", "ngày 14 tháng 02 năm 2026"},
		{calendar.On(2022, 12, 31), "31/12/2022", "ngày 31 tháng 12 năm 2022"},
		{calendar.Date{}, "", ""},
	} {
		if c.d.Vietnamese() != c.short || c.d.Long() != c.long {
			t.Errorf("%q, %q", c.d.Vietnamese(), c.d.Long())
		}
	}
}

func TestADateIsTheDayInVietnam(t *testing.T) {
	// 17:00 UTC is midnight in Việt Nam.
	if d := calendar.OfInstant(time.Date(2022, 3, 16, 16, 59, 59, 0, time.UTC)); d != calendar.On(2022, 3, 16) {
		t.Error(d)
	}
	if d := calendar.OfInstant(time.Date(2022, 3, 16, 17, 0, 0, 0, time.UTC)); d != calendar.On(2022, 3, 17) {
		t.Error(d)
	}
	end := calendar.On(2022, 3, 16).EndOfDay()
	if !end.Equal(time.Date(2022, 3, 16, 16, 59, 59, 999_999_000, time.UTC)) || end.UnixMicro()+1 != calendar.On(2022, 3, 17).StartOfDay().UnixMicro() {
		t.Error(end)
	}
}

func TestDateArithmeticAgreesWithTheStandardLibrary(t *testing.T) {
	day := time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC)
	d := calendar.On(1, 1, 1)
	for range 3000 * 366 {
		y, m, n := day.Date()
		if d.Year() != y || d.Month() != m || d.Day() != n || d.Weekday() != day.Weekday() {
			t.Fatalf("%s ≠ %s", d, day)
		}
		day, d = day.AddDate(0, 0, 1), d.AddDays(1)
	}
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(-350000, 2900000).Draw(t, "n")
		a := calendar.On(1970, 1, 1)
		b := a.AddDays(n)
		if b.Sub(a) != n || (n > 0) != b.After(a) || (n < 0) != b.Before(a) {
			t.Fatal(a, b, n)
		}
		if back, err := calendar.ParseDate(b.String()); err != nil || back != b {
			t.Fatal(back, err)
		}
		if back, err := calendar.ReadDate(b.Vietnamese()); err != nil || back != b {
			t.Fatal(back, err)
		}
	})
	if !calendar.On(9999, 12, 31).AddDays(1).IsZero() || !(calendar.Date{}).AddDays(5).IsZero() {
		t.Error("ngoài lịch thì không có ngày")
	}
}

func TestDatesThatDoNotExistAreRefused(t *testing.T) {
	for _, s := range []string{"", "2022-02-29", "2022-13-01", "2022-3-1", "0000-01-01", "2022-01-32", "+022-01-01", "2022/01/01", "14/3/2022"} {
		if d, err := calendar.ParseDate(s); err == nil || err.Error() == "" {
			t.Errorf("%q → %s", s, d)
		}
	}
	for _, s := range []string{"29/02/2022", "1/1/22", "2022", "a/b/c", "1//2022"} {
		if d, err := calendar.ReadDate(s); err == nil {
			t.Errorf("%q → %s", s, d)
		}
	}
}

func TestADayIsReadAsPeopleTypeIt(t *testing.T) {
	for _, s := range []string{"5/7/2022", "05/07/2022", "5-7-2022", "5.7.2022", " 05/7/2022 ", "5 / 7 / 2022", "2022-07-05"} {
		if d, err := calendar.ReadDate(s); err != nil || d != calendar.On(2022, 7, 5) {
			t.Errorf("%q → %s, %v", s, d, err)
		}
	}
	for typed, want := range map[string]string{"5.7.22": "bốn chữ số", "mai": "ngày/tháng/năm", "31/6/2022": "Không có ngày 31/6/2022"} {
		if d, err := calendar.ReadDate(typed); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q → %s, %v", typed, d, err)
		}
	}
}

func TestBothEnginesAndJSONKeepDates(t *testing.T) {
	d := calendar.On(2022, 3, 14)
	for _, v := range []any{"2022-03-14", []byte("2022-03-14"), time.Date(2022, 3, 14, 0, 0, 0, 0, time.UTC)} {
		var got calendar.Date
		if err := got.Scan(v); err != nil || got != d {
			t.Error(v, got, err)
		}
	}
	got := d
	if err := got.Scan(nil); err != nil || !got.IsZero() {
		t.Error(got, err)
	}
	if got.Scan(7) == nil || got.Scan("x") == nil {
		t.Error("giá trị lạ phải bị từ chối")
	}
	if v, _ := d.Value(); v != "2022-03-14" {
		t.Error(v)
	}
	if v, _ := (calendar.Date{}).Value(); v != nil {
		t.Error(v)
	}
	type row struct {
		A, B calendar.Date
		P    calendar.Period
		C    calendar.Cutoff
		M    map[calendar.Period]int
	}
	in := row{A: d, P: calendar.MustPeriod("2022-Q1"), C: calendar.ND09, M: map[calendar.Period]int{calendar.MustPeriod("2022-9M"): 1}}
	b, err := json.Marshal(in)
	if want := `{"A":"2022-03-14","B":null,"P":"2022-Q1","C":"ND09","M":{"2022-9M":1}}`; err != nil || string(b) != want {
		t.Error(string(b), err)
	}
	var out row
	if err := json.Unmarshal(b, &out); err != nil || out.A != d || !out.B.IsZero() || out.P != in.P || out.C != in.C || out.M[calendar.MustPeriod("2022-9M")] != 1 {
		t.Error(out, err)
	}
	if json.Unmarshal([]byte(`{"A":5}`), &out) == nil {
		t.Error("số không phải là ngày")
	}
}

func FuzzReadDate(f *testing.F) {
	f.Add("14/3/2022")
	f.Add("2022-03-14")
	f.Fuzz(func(t *testing.T, s string) {
		if d, err := calendar.ReadDate(s); err == nil {
			if back, err := calendar.ParseDate(d.String()); err != nil || back != d {
				t.Error(s, d, back, err)
			}
		}
	})
}
