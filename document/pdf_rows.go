package document

import (
	"cmp"
	"slices"
	"strings"
)

// partCells parts the cells of a table that a printed line runs together: a gap wider than between words, behind which other
// lines begin in the same place with a cell at their left. Behind the number of a row, which other rows have alone in its
// place, any line may begin there.
func (p *printedPage) partCells() {
	var inner, outer edges
	var numbers []box
	for _, s := range stripsOf(p) {
		for n, i := range s.lines {
			l := p.lines[i]
			if ownNumber().MatchString(l.text) {
				numbers = append(numbers, l.box)
			}
			if outer = append(outer, edge{l.left, l.top}); n > 0 {
				inner = append(inner, edge{l.left, l.top})
			}
		}
	}
	if len(inner) == 0 || len(outer) > 4000 || len(numbers) > 400 {
		return
	}
	inner.sort()
	outer.sort()
	var all []printedLine
	for _, l := range p.lines {
		for n := 1; n < len(l.words); n++ {
			left, begins := float64(l.words[n].left), inner
			if n == 1 && ownNumber().MatchString(l.text[:l.words[0].end]) {
				number := box{l.left, l.top, float64(l.words[0].right), l.bottom}
				if slices.ContainsFunc(numbers, func(b box) bool { return overlap(b, number) > 1 && b.right < left }) {
					begins = outer
				}
			}
			if gap := left - float64(l.words[n-1].right); gap < 0.3*l.height() || gap < 1.4*l.usualGap() || !begins.at(left, l.box) {
				continue
			}
			first, rest := l.part(n)
			all = append(all, first)
			l, n = rest, 0
		}
		all = append(all, l)
	}
	p.lines = all
}

// usualGap is how far apart most words of the line stand: a line set to fill its width has wide gaps throughout.
func (l printedLine) usualGap() float64 {
	if len(l.words) < 4 {
		return 0
	}
	gaps := make([]float32, len(l.words)-1)
	for n := range gaps {
		gaps[n] = l.words[n+1].left - l.words[n].right
	}
	slices.Sort(gaps)
	return float64(gaps[len(gaps)/2])
}

// edge is where a line begins.
type edge struct{ left, top float64 }

type edges []edge

func (e edges) sort() { slices.SortFunc(e, func(a, b edge) int { return cmp.Compare(a.left, b.left) }) }

// at tells whether a line near one begins at a place.
func (e edges) at(left float64, near box) bool {
	at, _ := slices.BinarySearchFunc(e, left-1.5, func(e edge, left float64) int { return cmp.Compare(e.left, left) })
	for ; at < len(e) && e[at].left <= left+1.5; at++ {
		if reach := 20 * near.height(); e[at].top > near.top-reach && e[at].top < near.top+reach {
			return true
		}
	}
	return false
}

// part cuts a line before its n-th word.
func (l printedLine) part(n int) (first, rest printedLine) {
	first, rest = l, l
	cut := l.words[n-1].end
	first.right, first.text, first.words = float64(l.words[n-1].right), l.text[:cut], l.words[:n]
	rest.left, rest.text, rest.words = float64(l.words[n].left), l.text[cut+1:], make([]printedWord, len(l.words)-n)
	for i, w := range l.words[n:] {
		rest.words[i] = printedWord{w.left, w.right, w.end - cut - 1}
	}
	rest.first = float64(rest.words[0].right - rest.words[0].left)
	return first, rest
}

// columnOf is the first column that a line stands in.
func (t *printedTable) columnOf(line int) int {
	best := 0
	for j, c := range t.columns {
		if overlap(c, t.page.lines[line].box) > 1 {
			return j
		}
		if overlap(c, t.page.lines[line].box) > overlap(t.columns[best], t.page.lines[line].box) {
			best = j
		}
	}
	return best
}

// joinColumns makes one column of the name in the middle and the figures at the right below it, where they do not stand one
// above the other.
func (t *printedTable) joinColumns() {
	for j := 0; j+1 < len(t.columns); {
		var spans [2]box
		for i := range t.lines {
			if at := t.columnOf(i) - j; at == 0 || at == 1 {
				if l := t.page.lines[i].box; spans[at] == (box{}) {
					spans[at] = l
				} else {
					spans[at] = spans[at].with(l)
				}
			}
		}
		if spans[0].bottom > spans[1].top && spans[1].bottom > spans[0].top {
			j++
			continue
		}
		t.columns[j] = t.columns[j].with(t.columns[j+1])
		t.columns = slices.Delete(t.columns, j+1, j+2)
	}
}

// printedCell are the lines of a column that stand as near to each other as the lines of one cell do.
type printedCell struct {
	box
	column int
	text   string
	counts bool // holds nothing but the number of a row
}

// countedRows gives the rows of a table whose first column counts them: cells beside each other, whether their lines begin at
// the top or stand in the middle. nil where two numbers would stand in one cell or one row: then rows are no further apart
// than lines.
func (t *printedTable) countedRows() (all [][]string) {
	cells := t.cells()
	numbers := 0
	for _, c := range cells {
		if c.counts {
			numbers++
		}
	}
	if numbers == 0 {
		return nil
	}
	var row box
	counted := 0 // rows with a number
	for i, c := range cells {
		if i == 0 || c.top > row.bottom-1 {
			all, row = append(all, make([]string, len(t.columns))), c.box
		}
		in := &all[len(all)-1][c.column]
		if c.counts {
			if counted++; *in != "" {
				return nil
			}
		}
		row = row.with(c.box)
		*in = strings.TrimSpace(*in + " " + c.text)
	}
	begun := false
	for _, cells := range all {
		named := slices.IndexFunc(cells[1:], func(s string) bool { return s != "" }) < 0 // a group of rows
		number := ownNumber().MatchString(cells[0])
		if begun = begun || number; begun && !number && !named {
			return nil // the rest of a cell
		}
	}
	if counted < numbers || len(t.columns) < 2 {
		return nil
	}
	return all
}

// cells gives the cells of the table from the top; nil when a cell would hold two numbers of rows.
func (t *printedTable) cells() (all []printedCell) {
	columns := make([][]int, len(t.columns))
	for i := range t.lines {
		at := t.columnOf(i)
		columns[at] = append(columns[at], i)
	}
	near := 0.0 // how far apart the lines of one cell stand
	for _, lines := range columns {
		slices.SortFunc(lines, func(a, b int) int { return cmp.Compare(t.page.lines[a].top, t.page.lines[b].top) })
		for n := 1; n < len(lines); n++ {
			if step := t.page.lines[lines[n]].top - t.page.lines[lines[n-1]].top; step > 2 && (near == 0 || step < near) {
				near = step
			}
		}
	}
	for i := range t.lines {
		if near > 1.12*t.page.lines[i].height() { // no cell has several lines: these are rows
			near = 0
		}
		break
	}
	for at, lines := range columns {
		for n, i := range lines {
			l := t.page.lines[i]
			number := at == 0 && ownNumber().MatchString(l.text)
			if last := len(all) - 1; n > 0 && l.top-t.page.lines[lines[n-1]].top <= 1.07*near {
				if number || all[last].counts {
					return nil
				}
				all[last].box, all[last].text = all[last].box.with(l.box), all[last].text+" "+l.text
				continue
			}
			all = append(all, printedCell{l.box, at, l.text, number})
		}
	}
	slices.SortStableFunc(all, func(a, b printedCell) int { return cmp.Compare(a.top, b.top) })
	return all
}
