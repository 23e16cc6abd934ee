package calendar

import "time"

// The years for which days off are known, from a notice or from the law.
const firstHolidayYear, lastHolidayYear = 2019, 2035

const computedSource = "tính theo luật, chưa đối chiếu thông báo"

// statutory computes the days off of a year from the law alone: Bộ luật Lao động 2019,
// Điều 111 and 112 (docs/sources/working-days.md). Two choices that the Prime Minister
// makes every year are guessed from the choices of 2019–2026: Tết begins one day
// before mùng 1 when that is a Tuesday and two days before otherwise; the day joined
// to 02/9 is the one that makes the longer rest. Swapped days cannot be computed.
func statutory(year int) []Day {
	var days []Day
	taken := map[Date]bool{}
	add := func(kind DayKind, name string, d Date) {
		if !taken[d] {
			taken[d] = true
			days = append(days, Day{Date: d, Kind: kind, Name: name, Source: computedSource})
		}
	}
	add(Holiday, "Tết Dương lịch", On(year, 1, 1))
	tet := lunarDate(year, 1, 1)
	first := tet.AddDays(-2)
	if tet.Weekday() == time.Tuesday {
		first = tet.AddDays(-1)
	}
	for i := range 5 {
		add(Holiday, "Tết Nguyên đán", first.AddDays(i))
	}
	add(Holiday, "Giỗ Tổ Hùng Vương", lunarDate(year, 3, 10))
	add(Holiday, "Ngày Chiến thắng 30/4", On(year, 4, 30))
	add(Holiday, "Quốc tế Lao động 1/5", On(year, 5, 1))
	national := On(year, 9, 2)
	add(Holiday, "Quốc khánh", national)
	// The second day came with Bộ luật Lao động 2019, in force from 01/01/2021.
	if year >= 2021 {
		switch national.Weekday() {
		case time.Sunday, time.Monday, time.Thursday:
			add(Holiday, "Quốc khánh", national.AddDays(1))
		default:
			add(Holiday, "Quốc khánh", national.AddDays(-1))
		}
	}
	// Nghị quyết 28/2026/QH16.
	if year >= 2026 {
		add(Holiday, "Ngày Văn hóa Việt Nam 24/11", On(year, 11, 24))
	}
	// Điều 111 khoản 3: a holiday on a weekly day off is made up for on the next
	// working day. All holidays are entered before the first is made up for.
	for _, h := range days {
		if !weekend(h.Date) {
			continue
		}
		d := h.Date
		for weekend(d) || taken[d] {
			d = d.AddDays(1)
		}
		add(Compensatory, h.Name, d)
	}
	return days
}

func weekend(d Date) bool {
	w := d.Weekday()
	return w == time.Saturday || w == time.Sunday
}
