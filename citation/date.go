package citation

import (
	"strconv"
	"time"

	"giaoban/calendar"
)

// dated is a date as a text writes it: whole, or with what is missing said in note.
type dated struct {
	date calendar.Date
	note string
	end  int // token beyond
}

// Remarks on dates that are not whole.
const (
	noYear    = "Ngày viết thiếu năm."
	shortYear = "Năm chỉ ghi hai chữ số."
	emptyDate = "Chỗ ghi ngày còn để trống."
	onlyMonth = "Chỉ ghi tháng và năm, không có ngày."
	onlyYear  = "Chỉ ghi năm ban hành."
	noSuchDay = "Ngày ghi không có trong lịch."
)

// months in words; "mười một" and "mười hai" are read in two steps.
var months = map[word]int{w("giêng"): 1, w("một"): 1, w("hai"): 2, w("ba"): 3, w("tư"): 4, w("bốn"): 4, w("năm"): 5, w("sáu"): 6,
	w("bảy"): 7, w("bẩy"): 7, w("tám"): 8, w("chín"): 9, w("mười"): 10, w("chạp"): 12}

var (
	earlyDays = set("mồng", "mùng")
	wMuoi     = w("mười")
)

// dateAt reads a date that begins at token i, with "ngày" or without. Without it only a whole date counts.
func (r *reader) dateAt(i int) (d dated, ok bool) {
	if !r.is(i, wNgay) {
		d, ok = r.dayAt(i)
		return d, ok && !d.date.IsZero()
	}
	j := i + 1
	if r.is(j, wBan) && r.is(j+1, wHanh) || r.is(j, wKyDau) && r.is(j+1, wBan) { // a table: Ngày ban hành: 05/11/2012
		j += 2
	} else if r.is(j, wKyDau) {
		j++
	}
	if r.at(j).kind == colonKind {
		j++
	}
	if earlyDays[r.word(j).id] && r.at(j).kind == wordKind {
		j++
	}
	if r.at(j).gap >= paragraph {
		return d, false
	}
	if d, ok = r.dayAt(j); ok {
		return d, true
	}
	return r.emptyAt(j)
}

// dayAt reads day, month and year from a number.
func (r *reader) dayAt(i int) (d dated, ok bool) {
	day, ok := r.small(i, 99)
	if !ok {
		return d, false
	}
	month, year, j := 0, i, i+1
	switch t := r.at(j); {
	case r.is(j, wThang) && t.gap <= line:
		month, j = r.monthAt(j + 1)
		if month == 0 {
			return d, false
		}
		if t := r.at(j); t.gap <= line && (r.is(j, wNam) || t.kind == commaKind || t.kind == slashKind || t.kind == dashKind) {
			year = j + 1
		} else if t.kind == numberKind && isYear(r.raw(j)) {
			year = j
		}
	case (t.kind == slashKind || t.kind == dashKind || t.kind == dotKind) && t.gap <= line:
		sep := t.kind
		if month, ok = r.small(j+1, 99); !ok || r.at(j+1).gap > line {
			return d, false
		}
		j += 2
		if t := r.at(j); t.kind == sep && t.gap <= line || t.kind == slashKind || r.is(j, wNam) || t.kind == dotKind && t.gap == none && r.at(j+1).gap == none {
			year = j + 1
		}
	default:
		return d, false
	}
	d.end = j
	if t := r.at(year); (day > 31 || month > 12) && (year == i || t.kind != numberKind || !isYear(r.raw(year))) {
		return d, false
	}
	t := r.at(year)
	switch {
	case year == i || t.kind != numberKind || t.gap > line:
		d.note = noYear
		if year != i && r.at(year-1).kind != commaKind && r.at(year).kind == dotKind { // 05/11/…
			d.end = r.dots(year)
		}
		return d, true
	case isYear(r.raw(year)):
		y, _ := strconv.Atoi(r.raw(year))
		date, err := calendar.MakeDate(y, time.Month(month), day)
		if err != nil {
			d.note = noSuchDay
		}
		d.date, d.end = date, year+1
		return d, true
	case t.end-t.start == 2 && r.at(year-1).kind != commaKind:
		d.note, d.end = shortYear, year+1
		return d, true
	}
	d.note = noYear
	return d, true
}

// emptyAt reads a form that was never filled in: "ngày … tháng … năm 2022", "ngày   /5/2022".
func (r *reader) emptyAt(i int) (d dated, ok bool) {
	j := r.dots(i)
	filled := j > i
	if r.is(j, wThang) && r.at(j).gap <= line {
		j, filled = r.dots(j+1), true
		if m, end := r.monthAt(j); m > 0 {
			j = end
		}
		if r.is(j, wNam) {
			j = r.dots(j + 1)
		}
		if r.at(j).kind == numberKind && isYear(r.raw(j)) && r.at(j).gap <= blank {
			j++
		}
		return dated{note: emptyDate, end: j}, true
	}
	if r.at(j).kind == slashKind && r.at(j).gap <= line {
		j = r.dots(j + 1)
		if _, small := r.small(j, 12); small {
			j++
		}
		if r.at(j).kind == slashKind {
			j = r.dots(j + 1)
			if r.at(j).kind == numberKind && isYear(r.raw(j)) {
				j++
			}
		}
		return dated{note: emptyDate, end: j}, true
	}
	return dated{note: emptyDate, end: j}, filled && j > i+1
}

// monthYearAt reads "tháng 11/2012", "tháng 11 năm 2012" or "năm 2012": a date too short to use.
func (r *reader) monthYearAt(i int) (d dated, ok bool) {
	j := i
	d.note = onlyYear
	if r.is(j, wThang) {
		m, end := r.monthAt(j + 1)
		if m == 0 || r.at(end).kind != slashKind && r.at(end).kind != dashKind && !r.is(end, wNam) {
			return d, false
		}
		j, d.note = end+1, onlyMonth
	} else if r.is(j, wNam) {
		j++
	} else {
		return d, false
	}
	if t := r.at(j); t.kind != numberKind || !isYear(r.raw(j)) || t.gap > line || r.at(j+1).kind == dashKind {
		return d, false
	}
	d.end = j + 1
	return d, true
}

// monthAt reads a month in digits or words, 0 when there is none.
func (r *reader) monthAt(i int) (month, end int) {
	if m, ok := r.small(i, 12); ok {
		return m, i + 1
	}
	t := r.word(i)
	m, ok := months[t.id]
	if t.kind != wordKind || !ok || t.gap > line {
		return 0, i
	}
	if t.id == wNam && r.at(i+1).kind == numberKind { // "tháng năm 2012" names no month
		return 0, i
	}
	if t.id == wMuoi {
		if more := months[r.word(i+1).id]; r.at(i+1).kind == wordKind && (more == 1 || more == 2) {
			return 10 + more, i + 2
		}
	}
	return m, i + 1
}

// small reads a number of one or two digits from 1 to most.
func (r *reader) small(i, most int) (int, bool) {
	t := r.at(i)
	if t.kind != numberKind || t.end-t.start > 2 || t.gap > line {
		return 0, false
	}
	n, _ := strconv.Atoi(r.raw(i))
	return n, n >= 1 && n <= most
}

// dots passes over a dotted or underlined blank.
func (r *reader) dots(i int) int {
	for t, most := r.at(i), i+80; i < most && (t.kind == dotKind || r.raw(i) == "_") && t.gap <= line; t = r.at(i) {
		i++
	}
	return i
}
