package archive

import (
	"strings"
	"time"
	"unicode/utf8"

	"giaoban/calendar"
)

// dayMention is a day named in the text; year is 0 where it is not written.
type dayMention struct {
	Span
	year, month, day int
}

func (d dayMention) date() calendar.Date {
	date, err := calendar.MakeDate(d.year, time.Month(d.month), d.day)
	if err != nil {
		return calendar.Date{}
	}
	return date
}

// number reads up to four digits at i.
func (v *view) number(i, to int) (n, next int) {
	for next = i; next < to && next < i+4 && v.text[next] >= '0' && v.text[next] <= '9'; next++ {
		n = 10*n + int(v.text[next]-'0')
	}
	if next < to && v.text[next] >= '0' && v.text[next] <= '9' {
		return 0, i
	}
	return n, next
}

// days finds the days named between from and to: 01/4/2022, 8-4-2019, 6.10, ngày 21 tháng 4 năm 2009.
func (v *view) days(from, to int) []dayMention {
	var all []dayMention
	for i := from; i < to; i++ {
		if v.text[i] < '0' || v.text[i] > '9' {
			continue
		}
		if i > 0 {
			before, _ := utf8.DecodeLastRuneInString(v.text[:i])
			if wordRune(before) || before == '/' {
				i = v.pastNumber(i, to)
				continue
			}
		}
		if d, ok := v.dayAt(i, to); ok {
			all = append(all, d)
			i = d.End - 1
		} else {
			i = v.pastNumber(i, to)
		}
	}
	return all
}

func (v *view) pastNumber(i, to int) int {
	for i+1 < to && (v.text[i+1] >= '0' && v.text[i+1] <= '9') {
		i++
	}
	return i
}

func (v *view) dayAt(i, to int) (dayMention, bool) {
	d := dayMention{Span: Span{Start: i}}
	var next int
	if d.day, next = v.number(i, to); next == i || next > i+2 || d.day < 1 || d.day > 31 {
		return d, false
	}
	if j, ok := v.begins(v.skip(next, to, " "), to, "tháng"); ok {
		if d.month, next = v.number(v.skip(j, to, " "), to); d.month < 1 || d.month > 12 {
			return d, false
		}
		d.End = next
		if k, ok := v.begins(v.skip(next, to, " ,"), to, "năm"); ok {
			if y, end := v.number(v.skip(k, to, " "), to); y >= 1900 && y < 2200 {
				d.year, d.End = y, end
			}
		} else if next < to && strings.IndexByte("/-.", v.text[next]) >= 0 {
			if y, end := v.number(next+1, to); y >= 1900 && y < 2200 {
				d.year, d.End = y, end
			}
		}
		return d, true
	}
	sep := v.skip(next, to, " ")
	if sep >= to || strings.IndexByte("/-.", v.text[sep]) < 0 {
		return d, false
	}
	mark := v.text[sep]
	at := v.skip(sep+1, to, " ")
	if d.month, d.End = v.number(at, to); d.End == at || d.End > at+2 || d.month < 1 || d.month > 12 {
		return d, false
	}
	spaced := sep > next || at > sep+1
	if sep = v.skip(d.End, to, " "); sep < to && v.text[sep] == mark {
		at = v.skip(sep+1, to, " ")
		if y, end := v.number(at, to); y >= 1900 && y < 2200 {
			d.year, d.End = y, end
			return d, true
		}
		if sep == d.End && at == sep+1 && at < to && v.text[at] >= '0' && v.text[at] <= '9' {
			return d, false // 10.5.201 is no day
		}
	}
	if spaced || d.End < to && strings.IndexByte("%/", v.text[d.End]) >= 0 {
		return d, false
	}
	// "6/10" alone is a day only after a word that says so.
	before := strings.TrimRight(v.low[:i], " (,")
	for _, word := range []string{"ngày", "sáng", "chiều", "tối", "trưa", "nay", "qua", "mùng", "mồng", "hôm", "và", "đến", "sáng ngày", "-", "thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy", "chủ nhật"} {
		if strings.HasSuffix(before, word) {
			return d, true
		}
	}
	return d, false
}

// dateIn gives the first full date between from and to.
func (v *view) dateIn(from, to int) (calendar.Date, Span, bool) {
	for _, d := range v.days(from, to) {
		if d.year != 0 {
			if date := d.date(); !date.IsZero() {
				return date, d.Span, true
			}
		}
	}
	return calendar.Date{}, Span{}, false
}

// periodMention is a period named in the text; year is 0 where it is not written.
type periodMention struct {
	Span
	kind   calendar.Kind
	n      int
	year   int
	last   int  // of a term
	toCome bool // "những tháng cuối năm": the rest of the year
}

func (m periodMention) period(year int) calendar.Period {
	if m.year != 0 {
		year = m.year
	}
	if year == 0 || m.toCome {
		return calendar.Period{}
	}
	text := ""
	y := itoa4(year)
	switch m.kind {
	case calendar.Month:
		text = y + "-" + string([]byte{byte('0' + m.n/10), byte('0' + m.n%10)})
	case calendar.Quarter:
		text = y + "-Q" + string(rune('0'+m.n))
	case calendar.Half:
		text = y + "-H" + string(rune('0'+m.n))
	case calendar.NineMonths:
		text = y + "-9M"
	case calendar.Year:
		text = y
	case calendar.Term:
		text = y + ".." + itoa4(m.last)
	}
	p, err := calendar.ParsePeriod(text)
	if err != nil {
		return calendar.Period{}
	}
	return p
}

func itoa4(n int) string {
	return string([]byte{byte('0' + n/1000%10), byte('0' + n/100%10), byte('0' + n/10%10), byte('0' + n%10)})
}

var romans = map[string]int{"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4, "một": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "01": 1, "02": 2, "03": 3, "04": 4}

// numbersOfMonths are the periods counted in months that have a name of their own.
var numbersOfMonths = map[string]int{"3": 3, "03": 3, "ba": 3, "6": 6, "06": 6, "sáu": 6, "9": 9, "09": 9, "chín": 9}

// periods finds the periods named between from and to.
func (v *view) periods(from, to int) []periodMention {
	var all []periodMention
	for i := from; i < to; i++ {
		switch v.low[i] {
		case 'q', 't', 'n', 'g', 'c', 's', 'b', '0', '3', '6', '9': // how the words for a period begin
		default:
			continue
		}
		if !v.edge(i) || i > 0 && v.low[i-1] == '/' {
			continue
		}
		m, ok := v.periodAt(i, to)
		if ok {
			m.Start = i
			all = append(all, m)
			i = m.End - 1
		}
	}
	return all
}

func (v *view) periodAt(i, to int) (m periodMention, ok bool) {
	switch v.low[i] {
	case 'q':
		if next, is := v.begins(i, to, "quý", "quí"); is {
			word, end := v.word(v.skip(next, to, " "), to)
			if m.n = romans[word]; m.n == 0 {
				return m, false
			}
			m.kind, m.End = calendar.Quarter, end
			m.year, m.End = v.yearAfter(end, to)
			return m, true
		}
	case 't':
		if next, is := v.begins(i, to, "tháng"); is {
			at := v.skip(next, to, " ")
			n, end := v.number(at, to)
			if n < 1 || n > 12 || end > at+2 || i >= 2 && v.dayBeforeMonth(i) {
				return m, false
			}
			m.kind, m.n = calendar.Month, n
			m.year, m.End = v.yearAfter(end, to)
			return m, true
		}
	case 'n':
		if next, is := v.begins(i, to, "năm"); is {
			at := v.skip(next, to, " ")
			y, end := v.number(at, to)
			if end != at+4 || y < 1990 || y > 2100 {
				return m, false
			}
			if j := v.skip(end, to, " -–"); j > end {
				if last, over := v.number(j, to); over == j+4 && last > y && last < 2101 {
					return m, false // năm 2021 - 2022
				}
			}
			m.kind, m.n, m.year, m.End = calendar.Year, 1, y, end
			return m, true
		}
		if next, is := v.begins(i, to, "những tháng cuối năm", "những tháng còn lại của năm", "những tháng còn lại"); is {
			m.toCome = true
			m.year, m.End = v.yearAfter(next, to)
			return m, true
		}
		if next, is := v.begins(i, to, "nhiệm kỳ"); is {
			return v.termAfter(next, to)
		}
	case 'g':
		if next, is := v.begins(i, to, "giai đoạn"); is {
			return v.termAfter(next, to)
		}
	default:
		if c := v.low[i]; c == 'c' {
			if next, is := v.begins(i, to, "các tháng cuối năm", "các tháng còn lại"); is {
				m.toCome = true
				m.year, m.End = v.yearAfter(next, to)
				return m, true
			}
		}
	}
	word, next := v.word(i, to)
	months := numbersOfMonths[word]
	if months == 0 {
		return m, false
	}
	next, is := v.begins(v.skip(next, to, " "), to, "tháng")
	if !is {
		return m, false
	}
	end, begin := v.begins(v.skip(next, to, " ,"), to, "đầu năm", "đầu")
	if !begin {
		var tail bool
		if end, tail = v.begins(v.skip(next, to, " ,"), to, "cuối năm", "cuối"); tail {
			switch months {
			case 3:
				m.kind, m.n = calendar.Quarter, 4
			case 6:
				m.kind, m.n = calendar.Half, 2
			default:
				return m, false
			}
			m.year, m.End = v.yearAfter(end, to)
			return m, true
		}
		end = next
	}
	m.year, m.End = v.yearAfter(end, to)
	switch {
	case months == 3 && begin:
		m.kind, m.n = calendar.Quarter, 1
	case months == 6 && (begin || m.year != 0):
		m.kind, m.n = calendar.Half, 1
	case months == 9:
		m.kind, m.n = calendar.NineMonths, 1
		if !begin && m.year == 0 && !v.reported(i) {
			return m, false
		}
	default:
		return m, false
	}
	return m, true
}

// reported reports that "9 tháng" follows a word that makes it a reporting period and no length of time.
func (v *view) reported(i int) bool {
	before := strings.TrimRight(v.low[:i], " ")
	for _, word := range []string{"khoa giáo", "tuyên giáo", "công tác", "kết quả", "giao ban"} {
		if strings.HasSuffix(before, word) {
			return true
		}
	}
	return false
}

// dayBeforeMonth reports that "tháng" at i belongs to a day: "21 tháng 4".
func (v *view) dayBeforeMonth(i int) bool {
	before := strings.TrimRight(v.low[:i], " ")
	if before == "" || before[len(before)-1] < '0' || before[len(before)-1] > '9' {
		return false
	}
	return true
}

// word gives the word at i and the place after it.
func (v *view) word(i, to int) (string, int) { return v.words.Word(i, to) }

// yearAfter reads the year of a period: "/2019", "-2020", " năm 2022", ", năm 2022", " 2023". Without one it gives 0 and
// the place where it began.
func (v *view) yearAfter(i, to int) (year, end int) {
	j := v.skip(i, to, " ,/-–.(")
	if next, ok := v.begins(j, to, "năm"); ok {
		j = v.skip(next, to, " ")
	} else if strings.ContainsAny(v.text[i:j], ",(") {
		return 0, i
	}
	y, next := v.number(j, to)
	if next != j+4 || y < 1990 || y > 2100 {
		return 0, i
	}
	if k := v.skip(next, to, " -–"); k > next {
		if last, over := v.number(k, to); over == k+4 && last == y+1 {
			return 0, i // a school year
		}
	}
	return y, next
}

func (v *view) termAfter(i, to int) (m periodMention, ok bool) {
	j := v.skip(i, to, " :")
	if next, is := v.begins(j, to, "từ năm", "từ", "năm"); is {
		j = v.skip(next, to, " ")
	}
	y, next := v.number(j, to)
	if next != j+4 || y < 1990 || y > 2100 {
		return m, false
	}
	j = v.skip(next, to, " -–—/")
	if after, is := v.begins(j, to, "đến năm", "đến"); is {
		j = v.skip(after, to, " ")
	}
	last, end := v.number(j, to)
	if end != j+4 || last <= y || last > y+20 {
		return m, false
	}
	return periodMention{Span: Span{End: end}, kind: calendar.Term, n: 1, year: y, last: last}, true
}
