package calendar_test

import (
	"strings"
	"testing"

	"giaoban/calendar"
)

func TestWhatHasNotHappenedIsNotTold(t *testing.T) {
	today := calendar.On(2022, 4, 1)
	if err := calendar.Happened("Ngày họp", calendar.On(2022, 6, 30), today); err == nil || !strings.Contains(err.Error(), "Ngày họp (30/6/2022) ở sau hôm nay (01/4/2022)") {
		t.Error(err)
	}
	for _, day := range []calendar.Date{today, today.AddDays(-1), {}} {
		if err := calendar.Happened("Ngày họp", day, today); err != nil {
			t.Error(err)
		}
	}
	if err := calendar.NotBefore("Ngày đến", today.AddDays(-1), "ngày văn bản", today); err == nil || !strings.Contains(err.Error(), "31/3/2022") {
		t.Error(err)
	}
	for _, err := range []error{calendar.NotBefore("Ngày đến", today, "ngày văn bản", today),
		calendar.NotBefore("Ngày đến", calendar.Date{}, "ngày văn bản", today), calendar.NotBefore("Ngày đến", today, "ngày văn bản", calendar.Date{})} {
		if err != nil {
			t.Error(err)
		}
	}
}

func TestFarDaysAreAskedAbout(t *testing.T) {
	today := calendar.On(2024, 2, 29)
	for _, c := range []struct {
		span calendar.Span
		day  calendar.Date
		far  bool
	}{
		{calendar.Daily, calendar.On(2029, 2, 28), false}, {calendar.Daily, calendar.On(2029, 3, 1), true},
		{calendar.Daily, calendar.On(2014, 2, 28), false}, {calendar.Daily, calendar.On(2014, 2, 27), true},
		{calendar.Daily, calendar.On(2122, 1, 1), true}, {calendar.Documents, calendar.On(9999, 12, 31), true},
		{calendar.Documents, calendar.On(1930, 2, 3), false}, {calendar.Documents, calendar.On(1930, 2, 2), true},
		{calendar.Planned, calendar.On(2044, 2, 29), false}, {calendar.Held, calendar.On(1973, 12, 31), true}, {calendar.Daily, calendar.Date{}, false},
	} {
		if got := c.span.Far(c.day, today); (got != "") != c.far {
			t.Errorf("%s: %q", c.day, got)
		}
	}
	if got := calendar.Daily.Far(calendar.On(9999, 12, 31), today); !strings.Contains(got, "31/12/9999 còn 7975 năm nữa") {
		t.Error(got)
	}
}
