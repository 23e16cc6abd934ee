package calendar_test

import (
	"strings"
	"testing"
	"time"

	"giaoban/calendar"

	"pgregory.net/rapid"
)

func TestDeadlineAfterTheCutOff(t *testing.T) {
	h := calendar.Default()
	for _, c := range []struct {
		cutoff  calendar.Date
		n       int
		want    calendar.Date
		explain string
	}{
		{calendar.On(2026, 2, 14), 2, calendar.On(2026, 2, 24),
			"Số liệu chốt hết thứ Bảy 14/02/2026; hạn là ngày làm việc thứ 2 sau ngày chốt, hết thứ Ba 24/02/2026: tính thứ Hai 23/02 và thứ Ba 24/02; không tính 15/02 (Chủ nhật), 16/02 đến 20/02 (nghỉ Tết Nguyên đán), 21/02 đến 22/02 (thứ Bảy, Chủ nhật)."},
		{calendar.On(2022, 3, 14), 2, calendar.On(2022, 3, 16),
			"Số liệu chốt hết thứ Hai 14/3/2022; hạn là ngày làm việc thứ 2 sau ngày chốt, hết thứ Tư 16/3/2022: tính thứ Ba 15/3 và thứ Tư 16/3."},
		// The Saturday worked for 02/5/2025 counts.
		{calendar.On(2025, 4, 25), 1, calendar.On(2025, 4, 26),
			"Số liệu chốt hết thứ Sáu 25/4/2025; hạn là ngày làm việc thứ 1 sau ngày chốt, hết thứ Bảy 26/4/2025: tính thứ Bảy 26/4 (làm bù thay thứ Sáu 02/5/2025)."},
		{calendar.On(2025, 12, 31), 1, calendar.On(2026, 1, 5),
			"Số liệu chốt hết thứ Tư 31/12/2025; hạn là ngày làm việc thứ 1 sau ngày chốt, hết thứ Hai 05/01/2026: tính thứ Hai 05/01; không tính 01/01 (nghỉ Tết Dương lịch), 02/01 (nghỉ hoán đổi, làm bù thứ Bảy 10/01/2026), 03/01 đến 04/01 (thứ Bảy, Chủ nhật)."},
	} {
		got := calendar.Due(h, c.cutoff, c.n)
		if got.Date != c.want || got.Explain() != c.explain {
			t.Errorf("%s + %d: %s\n%s\n%s", c.cutoff, c.n, got.Date, got.Explain(), c.explain)
		}
	}
	_, end := calendar.ND09.Span(calendar.MustPeriod("2022-Q1"))
	if d := calendar.Due(h, end, 2); d.Date != calendar.On(2022, 3, 16) {
		t.Error(d.Date)
	}
	if s := calendar.Due(h, calendar.On(2022, 3, 14), 20).Explain(); !strings.Contains(s, "tính 20 ngày làm việc từ 15/3 đến 12/4") || !strings.Contains(s, "11/4 (nghỉ bù Giỗ Tổ Hùng Vương, tính theo luật, chưa đối chiếu thông báo)") {
		t.Error(s)
	}
	if s := calendar.Due(h, calendar.On(2040, 3, 14), 2).Explain(); !strings.Contains(s, "năm chưa có bảng ngày nghỉ") {
		t.Error(s)
	}
}

func TestAFixedDeadlineOnADayOffMoves(t *testing.T) {
	h := calendar.Default()
	d := calendar.Fixed(h, calendar.On(2026, 2, 14))
	if d.Date != calendar.On(2026, 2, 23) || d.Date != h.MoveToWorkingDay(calendar.On(2026, 2, 14)) {
		t.Error(d.Date)
	}
	if s := d.Explain(); !strings.HasPrefix(s, "Hạn ấn định thứ Bảy 14/02/2026 rơi vào ngày nghỉ (thứ Bảy), chuyển sang ngày làm việc kế tiếp, hết thứ Hai 23/02/2026; không tính 15/02") {
		t.Error(s)
	}
	d = calendar.Fixed(h, calendar.On(2022, 3, 16))
	if d.Date != calendar.On(2022, 3, 16) || d.Explain() != "Hạn ấn định hết thứ Tư 16/3/2022, là ngày làm việc." {
		t.Error(d.Explain())
	}
	if calendar.Due(h, calendar.Date{}, 2).Explain() != "" {
		t.Error("không có ngày chốt thì không có hạn")
	}
}

func TestAReportInTheLastMicrosecondIsOnTime(t *testing.T) {
	d := calendar.Due(calendar.Default(), calendar.On(2022, 3, 14), 2)
	midnight := time.Date(2022, 3, 16, 17, 0, 0, 0, time.UTC)
	if d.Late(midnight.Add(-time.Nanosecond)) || !d.Late(midnight) {
		t.Error(d.At())
	}
}

func TestWorkingDaysCountForwardAndBack(t *testing.T) {
	h := calendar.Default()
	if d := h.AddWorkingDays(calendar.On(2026, 2, 24), -2); d != calendar.On(2026, 2, 13) {
		t.Error(d)
	}
	if n := h.WorkingDaysBetween(calendar.On(2026, 2, 14), calendar.On(2026, 2, 24)); n != 2 {
		t.Error(n)
	}
	rapid.Check(t, func(t *rapid.T) {
		a := calendar.On(2019, 1, 1).AddDays(rapid.IntRange(0, 16*365).Draw(t, "ngày"))
		n := rapid.IntRange(1, 60).Draw(t, "n")
		l := calendar.Due(h, a, n)
		if l.Date != h.AddWorkingDays(a, n) || h.WorkingDaysBetween(a, l.Date) != n || h.WorkingDaysBetween(l.Date, a) != -n {
			t.Fatal(a, n, l.Date)
		}
		if ok, _ := h.WorkingDay(l.Date); !ok || h.MoveToWorkingDay(l.Date) != l.Date {
			t.Fatal(l.Date, "phải là ngày làm việc")
		}
		counted, day := 0, a
		for _, s := range l.Steps {
			if day = day.AddDays(1); s.Date != day || !s.Counted && s.Reason == "" {
				t.Fatal(s)
			}
			if s.Counted {
				counted++
			}
		}
		if counted != n || day != l.Date {
			t.Fatal(counted, day)
		}
		if back := h.AddWorkingDays(l.Date, -n); back.After(a) || h.WorkingDaysBetween(back, l.Date) != n {
			t.Fatal(back)
		}
	})
}

func TestATableWithoutWorkingDaysDoesNotHoldUpTheProgram(t *testing.T) {
	var all []calendar.Day
	for d := calendar.On(2030, 1, 1); d.Year() < 2033; d = d.AddDays(1) {
		all = append(all, calendar.Day{Date: d, Kind: calendar.Holiday, Name: "thử"})
	}
	h := calendar.Default().With(all...)
	if d := calendar.Due(h, calendar.On(2030, 1, 1), 1); len(d.Steps) > 100 || !strings.Contains(d.Explain(), "chưa được ngày nào") {
		t.Error(len(d.Steps), d.Explain())
	}
}

// Counting the days one by one is the definition; long spans are counted by weeks.
func TestWorkingDaysOfALongSpanAreThoseCountedOneByOne(t *testing.T) {
	h := calendar.Default()
	for _, first := range []calendar.Date{calendar.On(2022, 1, 29), calendar.On(2024, 4, 26), calendar.On(2026, 2, 13)} {
		n := 0
		for d := first; d.Before(calendar.On(2030, 1, 1)); {
			if d = d.AddDays(1); h.MoveToWorkingDay(d) == d {
				n++
			}
			if got := h.WorkingDaysBetween(first, d); got != n {
				t.Fatalf("%s to %s: %d working days, want %d", first, d, got, n)
			}
		}
	}
}
