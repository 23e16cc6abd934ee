package report

import (
	"slices"
	"strings"

	"giaoban/document"
	"giaoban/figure"
	"giaoban/internal/decimal"
	"giaoban/internal/pattern"
)

// table reads the rows of one table. Its columns are known by their heads; a row is taken when its name is an indicator's word for
// word, in its unit, and one column alone can be that of the period.
func (r *saying) table(rows []document.Block) {
	heads := headsOf(rows)
	if len(heads.row) == 0 || heads.rows == len(rows) {
		return
	}
	column := r.valueColumn(rows[heads.rows:], heads)
	if column < 0 {
		return
	}
	for _, row := range rows[heads.rows:] {
		r.row(row, heads, column)
	}
}

// tableHeads are the words over each column, those above several columns over each of them, and how many rows they take.
type tableHeads struct {
	row  []string
	rows int
	unit int // the column of units, -1 for none
}

func headsOf(rows []document.Block) tableHeads {
	h := tableHeads{unit: -1}
	for _, row := range rows {
		if holdsFigures(row) {
			break
		}
		cells := slices.Clone(row.Cells)
		for _, s := range row.Spans {
			for i := s.Column; i < min(s.Column+s.Columns, len(cells)); i++ {
				cells[i] = row.Cells[s.Column]
			}
		}
		for i, cell := range cells {
			for len(h.row) <= i {
				h.row = append(h.row, "")
			}
			h.row[i] = strings.TrimSpace(h.row[i] + " " + figure.Lower(oneLine(cell)))
		}
		h.rows++
	}
	for i, head := range h.row {
		if slices.Contains(unitHeads, strings.Join(wordsOf(head), " ")) {
			h.unit = i
		}
	}
	return h
}

// holdsFigures reports whether a row is one of the table's own: one with a figure that is no year, and more than the numbers of the
// columns.
func holdsFigures(row document.Block) bool {
	figures, others := 0, 0
	for i, cell := range row.Cells {
		switch {
		case strings.TrimSpace(cell) == "" || i == 0 && isOrdinal(cell):
		case isFigure(cell) && !year().MatchString(oneLine(cell)):
			figures++
			if !isOrdinal(cell) {
				others++
			}
		default:
			others++
		}
	}
	return figures > 0 && others > 0
}

var year = pattern.Of(`^(19|20)[0-9]{2}$`)

var unitHeads = []string{"don vi tinh", "dvt", "don vi", "dv tinh"}

// isFigure reports whether a cell holds a figure, its unit behind it or not.
func isFigure(cell string) bool {
	_, _, ok := figureOf(cell)
	return ok
}

// isOrdinal is the number of a row or of a column: 1, 2.1, (1), 01.
func isOrdinal(cell string) bool {
	cell = strings.Trim(strings.TrimSpace(cell), "().")
	return len(cell) > 0 && len(cell) <= 4 && strings.Trim(cell, "0123456789.") == ""
}

// figureOf takes a cell apart: the figure as typed, and its unit if it stands there.
func figureOf(cell string) (text, unit string, ok bool) {
	cell = oneLine(cell)
	end := len(cell)
	for end > 0 && (cell[end-1] < '0' || cell[end-1] > '9') {
		end--
	}
	text, unit = cell[:end], strings.TrimSpace(cell[end:])
	if end == 0 {
		return "", "", false
	}
	if unit == "(ước)" {
		text, unit = "ước "+text, ""
	}
	_, err := decimal.ParseVietnamese(text, decimal.MaxDecimals)
	return text, unit, err == nil
}

// valueColumn is the column of the period's figures, -1 where none or several may be it.
func (r *saying) valueColumn(rows []document.Block, heads tableHeads) int {
	var numeric, named []int
	for i, head := range heads.row {
		if i == heads.unit || i == 0 && ordinals(rows, i) || slices.Contains(usualLabels[:4], strings.Join(wordsOf(head), " ")) {
			continue
		}
		if !slices.ContainsFunc(rows, func(row document.Block) bool { return i < len(row.Cells) && isFigure(row.Cells[i]) }) {
			continue
		}
		numeric = append(numeric, i)
		if !r.elsewhere(head) && slices.ContainsFunc(valueHeads, func(word string) bool { return strings.Contains(head, word) }) {
			named = append(named, i)
		}
	}
	switch {
	case len(numeric) == 1 && !r.elsewhere(heads.row[numeric[0]]):
		return numeric[0]
	case len(named) == 1:
		return named[0]
	}
	return -1
}

func ordinals(rows []document.Block, column int) bool {
	return !slices.ContainsFunc(rows, func(row document.Block) bool {
		return column < len(row.Cells) && strings.TrimSpace(row.Cells[column]) != "" && !isOrdinal(row.Cells[column])
	})
}

var (
	valueHeads = []string{"thực hiện", "kỳ này", "kết quả", "số liệu", "quý", "tháng", "năm"}
	otherHeads = []string{"cùng kỳ", "kỳ trước", "năm trước", "quý trước", "kế hoạch", "chỉ tiêu năm", "mục tiêu", "so sánh", "so với", "tỷ lệ", "lũy kế", "tăng", "giảm", "đạt", "%", "ghi chú"}
)

// elsewhere reports whether the head of a column speaks of another period, of a plan or of a comparison.
func (r *saying) elsewhere(head string) bool {
	if slices.ContainsFunc(otherHeads, func(word string) bool { return strings.Contains(head, word) }) {
		return true
	}
	words := plainWords(head)
	for i, word := range words {
		number := strings.Trim(word, "0123456789") == "" || i > 0 && (words[i-1] == "quý" || words[i-1] == "tháng")
		if number && !r.light[word] {
			return true
		}
	}
	return false
}

// row takes the figure of a row whose name is that of an indicator.
func (r *saying) row(row document.Block, heads tableHeads, column int) {
	if column >= len(row.Cells) {
		return
	}
	text, unit, ok := figureOf(row.Cells[column])
	if !ok {
		return
	}
	label, at := "", 0
	for i, cell := range row.Cells {
		if i == column {
			break
		}
		if i != heads.unit && cell != "" && !isFigure(cell) && !isOrdinal(cell) && len(wordsOf(cell)) > 1 {
			label = oneLine(cell)
			break
		}
	}
	name, inside, _ := strings.Cut(label, "(")
	if inside = strings.TrimSuffix(strings.TrimSpace(inside), ")"); unit == "" {
		unit = inside
	}
	if heads.unit >= 0 && heads.unit < len(row.Cells) && row.Cells[heads.unit] != "" {
		unit = oneLine(row.Cells[heads.unit])
	}
	for i := range column {
		at += len(row.Cells[i]) + 1
	}
	for _, one := range r.countedBy(unit).names {
		if !one.called(name) {
			continue
		}
		if one.Fraction == NoFraction {
			text, _, _ = strings.Cut(text, "/")
		}
		var compared []string
		for i, cell := range row.Cells {
			if i != column && i < len(heads.row) && heads.row[i] != "" && isFigure(cell) && !(i == 0 && isOrdinal(cell)) {
				compared = append(compared, heads.row[i]+": "+oneLine(cell))
			}
		}
		r.keep(one.Indicator, Said{Text: text, Unit: unit, Quote: rowText(row), Place: row.Place, Comparison: strings.Join(compared, "; "),
			Undecided: touched(row, at, at+len(row.Cells[column]))})
		return
	}
}

// called reports whether a row's name says neither less nor more than the indicator's.
func (s sayable) called(name string) bool {
	words := plainWords(name)
	return !slices.ContainsFunc(s.words, func(word string) bool { return !slices.Contains(words, word) }) &&
		!slices.ContainsFunc(words, func(word string) bool { return !s.all[word] && !slices.Contains(unsaidWords, word) })
}

func rowText(row document.Block) string {
	cells := make([]string, len(row.Cells))
	for i, cell := range row.Cells {
		cells[i] = oneLine(cell)
	}
	return strings.Join(cells, cellMark)
}
