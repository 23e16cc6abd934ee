package calendar

import (
	"slices"
	"strings"
	"testing"
)

func TestTetAndGioToFallOnTheVietnameseDays(t *testing.T) {
	tet := strings.Fields("2019-02-05 2020-01-25 2021-02-12 2022-02-01 2023-01-22 2024-02-10 2025-01-29 2026-02-17 2027-02-06 2028-01-26 2029-02-13 2030-02-02 2031-01-23 2032-02-11 2033-01-31 2034-02-19 2035-02-08")
	for i, want := range tet {
		if got := lunarDate(2019+i, 1, 1); got.String() != want {
			t.Errorf("mùng 1 Tết %d: %s, cần %s", 2019+i, got, want)
		}
	}
	// In 2023 a month is repeated before the third.
	for want, year := range map[string]int{"2019-04-14": 2019, "2020-04-02": 2020, "2021-04-21": 2021, "2022-04-10": 2022, "2023-04-29": 2023, "2024-04-18": 2024, "2025-04-07": 2025, "2026-04-26": 2026, "2027-04-16": 2027, "2028-04-04": 2028, "2029-04-23": 2029, "2030-04-12": 2030} {
		if got := lunarDate(year, 3, 10); got.String() != want {
			t.Errorf("Giỗ Tổ %d: %s, cần %s", year, got, want)
		}
	}
	// Tết 1985 was a month earlier in Việt Nam than in China, 2007 and 2030 a day.
	for year, want := range map[int]string{1985: "1985-01-21", 2007: "2007-02-17"} {
		if got := lunarDate(year, 1, 1); got.String() != want {
			t.Errorf("mùng 1 Tết %d: %s, cần %s", year, got, want)
		}
	}
}

// What the law gives must be what was announced, apart from swapped days: the check
// on the years that no notice covers yet.
func TestTheLawGivesTheAnnouncedDays(t *testing.T) {
	for year := 2024; year <= 2026; year++ {
		if note, ok := Default().Year(year); !ok || !note.Announced || note.Source == "" {
			t.Errorf("%d: %+v", year, note)
		}
		var announced, computed []string
		for _, d := range Default().Days(year) {
			if d.Kind == Holiday || d.Kind == Compensatory {
				announced = append(announced, d.Date.String())
			}
			if !d.Confirmed || weekend(d.Date) != (d.Kind == MakeUp) {
				t.Error(d)
			}
		}
		for _, d := range statutory(year) {
			if !weekend(d.Date) {
				computed = append(computed, d.Date.String())
			}
		}
		slices.Sort(computed)
		if !slices.Equal(announced, computed) {
			t.Errorf("%d:\nthông báo %v\ntính ra   %v", year, announced, computed)
		}
	}
}

func TestComputedYearsHoldTheLegalDaysAndSaySo(t *testing.T) {
	h := Default()
	for _, s := range strings.Fields(`2019-09-02 2020-01-23 2020-01-28 2020-01-29 2021-02-15 2021-02-16 2021-09-03 2022-01-03 2022-01-31 2022-02-04 2022-04-11 2022-05-02 2022-05-03 2022-09-01
		2023-01-02 2023-01-20 2023-01-26 2023-05-02 2023-05-03 2023-09-01 2023-09-04
		2027-01-01 2027-02-04 2027-02-10 2027-04-16 2027-04-30 2027-05-03 2027-09-02 2027-11-24
		2028-01-03 2028-04-04 2028-05-01 2028-05-02 2028-09-04 2028-11-24 2029-01-01 2029-04-23 2029-04-30 2029-05-01 2029-09-03 2029-11-26
		2030-01-01 2030-04-12 2030-04-30 2030-05-01 2030-09-02 2030-11-25`) {
		d, _ := ParseDate(s)
		working, reason := h.WorkingDay(d)
		if working || !strings.HasPrefix(reason, "nghỉ ") || !strings.HasSuffix(reason, "chưa đối chiếu thông báo") {
			t.Errorf("%s: %v, %q", s, working, reason)
		}
	}
	for _, s := range []string{"2020-09-03", "2021-09-01", "2022-02-07", "2023-11-24", "2025-11-24"} {
		d, _ := ParseDate(s)
		if working, reason := h.WorkingDay(d); !working {
			t.Error(s, reason)
		}
	}
	if n, ok := h.Year(2027); !ok || n.Announced || len(n.Pending) == 0 {
		t.Error(n)
	}
	if _, ok := h.Year(2036); ok {
		t.Error("năm 2036 chưa có bảng")
	}
}

func TestAnOfficeCanEditTheTable(t *testing.T) {
	sat, mon := On(2027, 2, 13), On(2027, 11, 22)
	h := Default().With(
		Day{Date: sat, Kind: MakeUp, Name: "thay thứ Hai 22/11/2027", Confirmed: true},
		Day{Date: mon, Kind: SwapOff, Name: "làm bù thứ Bảy 13/02/2027", Confirmed: true},
		Day{Date: On(2027, 2, 4), Kind: Ordinary},
	)
	if ok, reason := h.WorkingDay(sat); !ok || reason != "làm bù thay thứ Hai 22/11/2027" {
		t.Error(ok, reason)
	}
	if ok, reason := h.WorkingDay(mon); ok || reason != "nghỉ hoán đổi, làm bù thứ Bảy 13/02/2027" {
		t.Error(ok, reason)
	}
	if ok, _ := h.WorkingDay(On(2027, 2, 4)); !ok {
		t.Error("ngày đã gỡ phải là ngày làm việc")
	}
	if ok, _ := Default().WorkingDay(sat); ok {
		t.Error("bảng gốc không được đổi theo")
	}
	if ok, reason := (Holidays{}).With().WorkingDay(On(2022, 3, 13)); ok || reason != "Chủ nhật" {
		t.Error(ok, reason)
	}
}

func TestABrokenTableIsRefusedByLine(t *testing.T) {
	for _, s := range []string{"2024-01-01 lễ Tết", "năm 2024 đoán: x", "năm 2024 thông báo: x\n2024-01-01 nghỉ Tết", "năm 2024 luật: x\n2025-01-01 lễ Tết", "chờ: gì", "năm 2024 luật: x\n2024-01-01 lễ"} {
		if _, err := read(s); err == nil || !strings.Contains(err.Error(), "dòng") {
			t.Errorf("%q: %v", s, err)
		}
	}
}
