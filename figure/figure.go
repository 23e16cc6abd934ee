package figure

import (
	"strings"
	"unicode/utf8"

	"giaoban/document"
)

// Figure is a number with its unit as a text says it.
type Figure struct {
	Number     document.Range // as written, both of “490/503”
	Value      string         // exact decimal with a point: "4.9"; of two numbers the first
	Unit       string         // as written: "%", "người", …
	End        int            // beyond the unit
	Clause     document.Range // what it stands in, up to its comparison
	Comparison string         // "so với cùng kỳ năm trước"; "" when none
	Estimate   bool           // "ước"
}

// Figures reads the numbers that have a unit: no dates, symbols, ages, grades or lengths of time. units are known beside the
// usual ones.
func (t *Text) Figures(within document.Range, units ...string) []Figure {
	var all []Figure
	for i := within.Start; i < within.End; i++ {
		if t.text[i] < '0' || t.text[i] > '9' {
			continue
		}
		start := i
		value, end := t.quantity(i, within.End)
		i = end - 1
		if value == "" || !t.standsAlone(within.Start, start) {
			continue
		}
		if f, ok := t.figureAt(within, start, end, units); ok {
			f.Value = value
			all = append(all, f)
		}
	}
	return all
}

func (t *Text) figureAt(within document.Range, start, end int, units []string) (Figure, bool) {
	at := t.Skip(end, within.End, " ")
	if end < within.End && t.text[end] == '/' {
		// "490/503 trường": the first is what was reached; the clause shows both.
		second, after := t.quantity(end+1, within.End)
		if second == "" || after == end+1 {
			return Figure{}, false
		}
		end, at = after, t.Skip(after, within.End, " ")
	} else if at < within.End && t.text[at] == '%' {
		return t.said(within, document.Range{Start: start, End: end}, at, at+1), true
	}
	unit := t.unitAt(at, within.End, units)
	if unit == 0 {
		return Figure{}, false
	}
	return t.said(within, document.Range{Start: start, End: end}, at, at+unit), true
}

// said tells all about a number whose unit stands between at and over.
func (t *Text) said(within, number document.Range, at, over int) Figure {
	f := Figure{Number: number, Unit: t.text[at:over], End: over, Clause: t.clause(within, number.Start, over)}
	near := max(number.Start-40, f.Clause.Start)
	for near < number.Start && !utf8.RuneStart(t.text[near]) {
		near++
	}
	f.Estimate = t.HasAny(near, number.Start, "ước", "ước đạt", "ước tính", "ước tăng", "khoảng", "gần", "ước thực hiện")
	if f.Comparison = t.comparison(over, within.End); f.Comparison != "" {
		if i := strings.Index(t.text[over:within.End], f.Comparison); i >= 0 {
			f.Clause.End = max(f.Clause.End, over+i+len(f.Comparison))
		}
	}
	return f
}

// unitAt gives how long the unit at i is, 0 for none.
func (t *Text) unitAt(i, to int, units []string) (long int) {
	first, _ := t.Word(i, to)
	for _, known := range [][]string{unitsByFirst()[first], units} {
		for _, u := range known {
			if len(u) > long && i+len(u) <= to && t.low[i:i+len(u)] == u && t.Edge(i+len(u)) {
				long = len(u)
			}
		}
	}
	return long
}

// quantity reads 1.915.509, 4,9, 02; a point groups thousands, a comma is the decimal mark.
func (t *Text) quantity(i, to int) (value string, end int) {
	digits := func(j int) int {
		for j < to && t.text[j] >= '0' && t.text[j] <= '9' {
			j++
		}
		return j
	}
	end = digits(i)
	whole := t.text[i:end]
	grouped := false
	for end+3 < to+1 && end < to && t.text[end] == '.' && digits(end+1) == end+4 && len(whole) <= 3 || grouped && end < to && t.text[end] == '.' && digits(end+1) == end+4 {
		whole += t.text[end+1 : end+4]
		end += 4
		grouped = true
	}
	fraction := ""
	if end < to && (t.text[end] == ',' || t.text[end] == '.' && !grouped) {
		if j := digits(end + 1); j > end+1 && j <= end+4 {
			fraction = t.text[end+1 : j]
			end = j
		}
	}
	if len(whole) > 15 {
		return "", end
	}
	whole = strings.TrimLeft(whole, "0")
	if whole == "" {
		whole = "0"
	}
	if fraction != "" {
		return whole + "." + fraction, end
	}
	return whole, end
}

// standsAlone reports that a number is not part of a word, a date, a fraction or a symbol: "COVID-19", "20/11", "K12".
func (t *Text) standsAlone(from, i int) bool {
	if i == from {
		return true
	}
	before := t.text[from:i]
	r := lastRune(before)
	if WordRune(r) || r == '/' || r == '.' || r == ',' {
		return false
	}
	if (r == '-' || r == '–') && len(before) > 1 {
		if prior, _ := utf8.DecodeLastRuneInString(before[:len(before)-utf8.RuneLen(r)]); prior != ' ' && prior != '(' {
			return false
		}
	}
	low := strings.TrimRight(t.low[from:i], " ")
	for _, w := range []string{"số", "năm", "tháng", "ngày", "quý", "khóa", "lần thứ", "thứ", "lớp", "cấp", "điều", "khoản", "chương", "điểm", "tập", "phần", "hạng", "loại", "mức", "trang", "kỳ", "quốc lộ", "đường", "vòng", "nhóm", "từ đủ", "kỷ niệm", "xếp thứ", "top", "covid", "phiên bản", "dịch", "độ tuổi"} {
		if strings.HasSuffix(low, w) && t.Edge(from+len(low)-len(w)) {
			return false
		}
	}
	return true
}

// clauseReach is how far from a figure its clause may reach, in bytes.
const clauseReach = 500

// near bounds to by the reach of a figure that ends at from.
func (t *Text) near(from, to int) int { return t.RuneStart(min(to, from+clauseReach)) }

// RuneStart is the first byte of the letter in which a place lies.
func (t *Text) RuneStart(i int) int {
	for i > 0 && i < len(t.text) && !utf8.RuneStart(t.text[i]) {
		i--
	}
	return i
}

// clause is what stands between commas, semicolons and ends of sentences around a figure.
func (t *Text) clause(l document.Range, start, end int) document.Range {
	from, to := start, end
	l.Start, l.End = t.RuneStart(max(l.Start, start-clauseReach)), t.near(end, l.End)
	for from > l.Start {
		c := t.text[from-1]
		if c == ';' || c == ':' || c == '(' || (c == ',' || c == '.') && from < len(t.text) && t.text[from] == ' ' {
			break
		}
		from--
	}
	for to < l.End {
		c := t.text[to]
		if c == ';' || c == ')' || (c == ',' || c == '.') && (to+1 >= l.End || t.text[to+1] == ' ' || t.text[to+1] == '/') {
			break
		}
		to++
	}
	return t.Trimmed(document.Range{Start: from, End: to}, ",;-–")
}

// comparison reads "so với cùng kỳ năm trước", "kế hoạch" behind a figure.
func (t *Text) comparison(from, to int) string {
	to = t.near(from, to)
	if end := strings.IndexAny(t.text[from:to], ";"); end >= 0 {
		to = from + end
	}
	limit := to
	for i := from; i+1 < limit; i++ {
		if t.text[i] == '.' && t.text[i+1] == ' ' {
			limit = i
		}
		if t.text[i] >= '0' && t.text[i] <= '9' && t.Find("so với", from, i) < 0 && t.text[from:i] != "" && t.Find("năm", max(from, i-8), i) < 0 {
			limit = i // the next figure has its own comparison
		}
	}
	if i, _ := t.FindAny(from, limit, "so với", "so cùng kỳ", "so kế hoạch"); i >= 0 && i-from <= 60 {
		end := i
		for end < to && strings.IndexByte(",;)", t.text[end]) < 0 && !(t.text[end] == '.' && (end+1 >= to || t.text[end+1] == ' ' || t.text[end+1] == '/' || t.text[end+1] == '.')) {
			end++
		}
		s := t.Trimmed(document.Range{Start: i, End: end}, ".")
		return t.text[s.Start:s.End]
	}
	at := t.Skip(from, limit, " ")
	if next, ok := t.Begins(at, limit, "kế hoạch", "chỉ tiêu", "dự toán", "kế hoạch năm", "kế hoạch đề ra", "chỉ tiêu kế hoạch", "chỉ tiêu nghị quyết", "dự toán giao", "chỉ tiêu giao"); ok {
		return t.text[at:next]
	}
	return ""
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}
