package report

import (
	"fmt"
	"slices"
	"strings"

	"giaoban/figure"
	"giaoban/internal/pattern"
	"giaoban/internal/table"
)

// mostHeadLines is how many lines may name the columns of a table: groups, the column, its unit, its number.
const mostHeadLines = 6

// groupMark stands between the name of a group of columns and that of a column in it.
const groupMark = " - "

// tableHead is what stands over the figures of a wide table, however many lines it takes.
type tableHead struct {
	above []string // title, unit, letterhead: not taken
	lines int      // that name the columns
	names []string // by column; a column in a group bears the name of both
	rest  []table.Row
}

// tableHeadOf parts what names the columns from the rows with figures, nil rest where there are none.
func tableHeadOf(rows []table.Row) tableHead {
	var h tableHead
	end := slices.IndexFunc(rows, holdsCells)
	if end < 0 {
		end = 1 + max(0, slices.IndexFunc(rows, func(r table.Row) bool { return distinctCells(r) > 1 }))
	}
	for i := end - 1; i > 0 && distinctCells(rows[i]) == 1; i-- { // a heading over the first rows with figures
		if slices.ContainsFunc(rows[:i], func(r table.Row) bool { return distinctCells(r) > 1 }) {
			end = i
		}
	}
	begin := end
	for begin > 0 && end-begin < mostHeadLines && partOfHead(rows, begin-1, end) {
		begin--
	}
	for _, r := range rows[:begin] {
		h.above = append(h.above, lineOfRow(r))
	}
	for _, r := range rows[begin:end] {
		h.take(r)
	}
	h.rest = rows[end:]
	h.nameColumns()
	return h
}

// partOfHead reports whether row i, above those that are part of it already, names columns too: nothing empty stands
// between, and it is no title, which has one text, nor a unit of the whole table.
func partOfHead(rows []table.Row, i, end int) bool {
	r := rows[i]
	if i+1 < end && rows[i+1].No != r.No+1 || slices.ContainsFunc(r.Cells, wholeUnit().MatchString) {
		return false
	}
	if texts := distinctCells(r); texts != 1 {
		return texts > 1
	}
	return i+1 < end && filledCells(r) > 1 && firstFilled(r) > firstFilled(rows[i+1]) // a group over all columns but the names
}

// wholeUnit is the unit of a whole table, as it is written above it.
var wholeUnit = pattern.Of(`(?i)^\(?(đơn vị tính|đơn vị|đvt)( tính)? ?:`)

func distinctCells(r table.Row) int {
	seen := make(map[string]bool)
	for _, cell := range r.Cells {
		if cell != "" {
			seen[cell] = true
		}
	}
	return len(seen)
}

func firstFilled(r table.Row) int {
	return slices.IndexFunc(r.Cells, func(cell string) bool { return cell != "" })
}

func lineOfRow(r table.Row) string {
	return strings.Join(slices.Compact(slices.DeleteFunc(slices.Clone(r.Cells), func(cell string) bool { return cell == "" })), " | ")
}

// holdsCells reports whether a row belongs to a body or an indicator and not to the head: figures, or words for none,
// stand behind its name, or it is counted.
func holdsCells(r table.Row) bool {
	at := firstFilled(r)
	if at < 0 || numbersColumns(r) {
		return false
	}
	if slices.ContainsFunc(r.Cells[at+1:], isCellFigure) {
		return true
	}
	return isOrdinal(r.Cells[at]) && !year().MatchString(r.Cells[at]) && distinctCells(r) > 1
}

// isCellFigure reports whether a cell holds a figure or a word for none. “6 tháng” and a year are names of columns.
func isCellFigure(cell string) bool {
	if cell == "" {
		return false
	}
	if noFigure(cell) {
		return true
	}
	_, unit, ok := figureOf(cell)
	return ok && !year().MatchString(cell) && !slices.Contains([]string{"tháng", "quý", "năm", "kỳ"}, strings.Split(figure.Lower(unit), " ")[0])
}

// columnNumber is how a column is numbered: A, 1, (1), (3)=(1)+(2).
var columnNumber = pattern.Of(`^\(?([A-Z]|[0-9]{1,2})\)?( ?= ?[(0-9].*)?$`)

// numbersColumns reports whether a row only numbers the columns, each by one more than the last.
func numbersColumns(r table.Row) bool {
	last, counted := -1, 0
	for _, cell := range r.Cells {
		found := columnNumber().FindStringSubmatch(cell)
		switch {
		case cell == "":
			continue
		case found == nil:
			return false
		}
		number := 0
		if _, err := fmt.Sscan(found[1], &number); err != nil {
			continue // a letter
		}
		if last >= 0 && number != last+1 {
			return false
		}
		last, counted = number, counted+1
	}
	return counted > 1
}

// take lays a further line of the head under those before it.
func (h *tableHead) take(r table.Row) {
	switch {
	case numbersColumns(r):
	case h.names == nil:
		h.names, h.lines = slices.Clone(r.Cells), 1
	case h.restarts(r):
		h.above = append(h.above, lineOfRow(table.Row{Cells: h.names}))
		h.names, h.lines = slices.Clone(r.Cells), 1
	default:
		if joined, grouped := h.under(r); grouped {
			h.names, h.lines = joined, h.lines+1
		} // else units below the names
	}
}

// restarts reports whether a line is the whole head by itself: it names anew what was named, and every column otherwise.
func (h *tableHead) restarts(r table.Row) bool {
	at, end := firstFilled(table.Row{Cells: h.names}), lastFilled(r.Cells)
	return at <= firstFilled(r) && r.Cells[at] != "" && r.Cells[at] != h.names[at] && end >= lastFilled(h.names) && distinctCells(r) == end-firstFilled(r)+1
}

func lastFilled(cells []string) int {
	for i, cell := range slices.Backward(cells) {
		if cell != "" {
			return i
		}
	}
	return -1
}

// under joins a line with the groups above it. A group goes on to the right while nothing else stands beside it, unless a
// merged cell was spread, which says how far it goes. grouped is false where no column needed the line to have a name.
func (h *tableHead) under(r table.Row) (joined []string, grouped bool) {
	joined = make([]string, max(len(h.names), len(r.Cells)))
	copy(joined, h.names)
	spread := false
	for i := range h.names {
		spread = spread || i > 0 && h.names[i] != "" && h.names[i] == h.names[i-1]
	}
	over := ""
	for i, own := range r.Cells {
		group := ""
		if i < len(h.names) {
			group = h.names[i]
		}
		switch {
		case own == "" && group != "":
			over = "" // a column of its own
		case own == "":
		case group != "":
			grouped = grouped || group == over
			joined[i], over = joinedName(group, own), group
		case spread || over == "":
			joined[i], grouped = own, true
		default:
			joined[i], grouped = joinedName(over, own), true
		}
	}
	return joined, grouped
}

func joinedName(group, own string) string {
	if group == own {
		return own
	}
	return group + groupMark + own
}

// nameColumns gives a column with figures and without a name one by which it is asked for.
func (h *tableHead) nameColumns() {
	first := max(0, firstFilled(table.Row{Cells: h.names}))
	for _, r := range h.rest {
		for i, cell := range r.Cells {
			for len(h.names) <= i {
				h.names = append(h.names, "")
			}
			if h.names[i] == "" && i > first && isFigure(cell) {
				h.names[i] = nameless + strings.TrimRight(table.Address(i, 1), "1")
			}
		}
	}
}

// nameless begins how a column is called that its sender gave no name.
const nameless = "Cột không tên "

// tellsNothing reports whether a label is remembered by nobody: it speaks of a period or a place in one table alone.
func tellsNothing(label string) bool {
	if strings.HasPrefix(label, foldedLabel(nameless)) {
		return true
	}
	return !slices.ContainsFunc(strings.Fields(label), func(word string) bool {
		return strings.Trim(word, "0123456789ivx") != "" && !slices.Contains(timeWords, word)
	})
}

var timeWords = strings.Fields("quy thang nam ky nay truoc thuc hien ke hoach ket qua so lieu cung uoc dau cuoi luy")
