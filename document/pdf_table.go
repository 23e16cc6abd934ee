package document

import (
	"cmp"
	"slices"
	"strings"
)

// printedTable is a part of a page whose lines stand in columns: which of the page's lines belong to it.
type printedTable struct {
	page    *printedPage
	lines   map[int]bool
	written bool
	columns []box
	strips  []strip
}

// strip are the lines that stand side by side.
type strip struct {
	box
	lines []int // of the page, from the left
}

// stripsOf sorts the lines of a page into strips, from the top.
func stripsOf(p *printedPage) []strip {
	order := make([]int, len(p.lines))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Compare(p.lines[a].top+p.lines[a].bottom, p.lines[b].top+p.lines[b].bottom)
	})
	var all []strip
	for _, i := range order {
		l := p.lines[i]
		if n := len(all); n > 0 && all[n-1].box.beside(l.box) && !slices.ContainsFunc(all[n-1].lines, func(j int) bool { return overlap(p.lines[j].box, l.box) > 1 }) {
			all[n-1].lines, all[n-1].box = append(all[n-1].lines, i), all[n-1].box.with(l.box)
			continue
		}
		all = append(all, strip{l.box, []int{i}})
	}
	for _, s := range all {
		slices.SortFunc(s.lines, func(a, b int) int { return cmp.Compare(p.lines[a].left, p.lines[b].left) })
	}
	return all
}

// overlap is how far two boxes cover each other from side to side.
func overlap(a, b box) float64 { return min(a.right, b.right) - max(a.left, b.left) }

// tablesOf finds the tables of a page.
func tablesOf(p *printedPage) (tables []*printedTable) {
	if len(p.lines) > 20_000 {
		return nil
	}
	strips := stripsOf(p)
	for from := 0; from < len(strips); {
		if len(strips[from].lines) < 2 {
			from++
			continue
		}
		table := &printedTable{page: p, lines: make(map[int]bool)}
		to := table.grow(strips, from)
		if table.strips = strips[from:to]; table.stands() {
			table.take(table.strips)
			table.joinColumns()
			for from > 0 && len(strips[from-1].lines) == 1 && strips[from-1].bottom > strips[from].top+1 {
				from-- // a heading over several columns, beside ones that stand in the middle
			}
			table.take(strips[from : to-len(table.strips)])
			table.strips = strips[from:to]
			tables = append(tables, table)
		}
		from = max(to, from+1)
	}
	return tables
}

func (t *printedTable) take(strips []strip) {
	for _, s := range strips {
		for _, i := range s.lines {
			t.lines[i] = true
		}
	}
}

// grow takes strips as long as they keep to the columns seen so far; it ends before what follows the table.
func (t *printedTable) grow(strips []strip, from int) (to int) {
	last := from
	for i := from; i < len(strips); i++ {
		s := strips[i]
		if i > from && s.top-strips[i-1].bottom > 2*s.height() {
			break
		}
		if len(s.lines) == 1 {
			in := 0
			for _, c := range t.columns {
				if overlap(c, t.page.lines[s.lines[0]].box) > 1 {
					in++
				}
			}
			if in != 1 && s.top >= strips[i-1].bottom-1 && (i+1 == len(strips) || strips[i+1].top >= s.bottom-1) {
				break
			}
			continue // a cell of several lines, if more of the table follows or it stands in a later column
		}
		if !t.fits(s) {
			break
		}
		last = i
	}
	to = last + 1
	for ; to < len(strips) && len(strips[to].lines) == 1; to++ {
		l := t.page.lines[strips[to].lines[0]].box
		if len(t.columns) < 2 || l.left < t.columns[1].left-1 || strips[to].top-strips[to-1].bottom > 0.6*strips[to].height() || overlap(l, t.columns[0]) > 1 {
			break
		}
	}
	return to
}

// fits widens the columns by a strip, unless it runs two of them together.
func (t *printedTable) fits(s strip) bool {
	columns := slices.Clone(t.columns)
	wide := 0
	for _, i := range s.lines {
		l := t.page.lines[i].box
		var over []int
		for j, c := range columns {
			if overlap(c, l) > 1 {
				over = append(over, j)
			}
		}
		switch len(over) {
		case 0:
			columns = append(columns, l)
		case 1:
			c := &columns[over[0]]
			c.left, c.right = min(c.left, l.left), max(c.right, l.right)
		default:
			wide++ // a heading over several columns
		}
	}
	if 2*wide > len(s.lines) {
		return false
	}
	slices.SortFunc(columns, func(a, b box) int { return cmp.Compare(a.left, b.left) })
	t.columns = columns
	return true
}

// stands tells a table from texts that happen to stand side by side: columns of running text fill their width, the heads and
// ends of papers have two sides that do not go row by row.
func (t *printedTable) stands() bool {
	multi, filled, all := 0, 0, 0
	for _, s := range t.strips {
		if len(s.lines) >= 2 {
			multi++
		}
		for _, i := range s.lines {
			l := t.page.lines[i].box
			for _, c := range t.columns {
				if overlap(c, l) > 1 {
					if all++; l.width() > 0.8*c.width() && c.width() > 0.25*t.page.width() {
						filled++
					}
					break
				}
			}
		}
	}
	switch {
	case multi < 2 || len(t.columns) < 2:
		return false
	case len(t.columns) == 2:
		return multi >= 3 && 10*multi >= 6*len(t.strips) && 10*filled < 6*all
	}
	return 10*filled < 8*all
}

// rows gives the cells of the table, a text for each column.
func (t *printedTable) rows() (all [][]string) {
	if all = t.countedRows(); all != nil {
		return all
	}
	begins := t.beginnings()
	for n, s := range t.strips {
		if n == 0 || begins[n] {
			all = append(all, make([]string, len(t.columns)))
		}
		cells := all[len(all)-1]
		for _, i := range s.lines {
			l := t.page.lines[i]
			best := 0
			for j, c := range t.columns {
				if overlap(c, l.box) > overlap(t.columns[best], l.box) {
					best = j
				}
			}
			for j, c := range t.columns { // what covers several columns stands in the first of them
				if overlap(c, l.box) > 1 {
					best = j
					break
				}
			}
			if cells[best] != "" {
				cells[best] += " "
			}
			cells[best] += l.text
		}
	}
	return all
}

// beginnings tells which strips begin a row of the table: where the first column numbers the rows, those with a number; else
// those that stand further below the strip before than the lines of one cell do.
func (t *printedTable) beginnings() map[int]bool {
	begins := make(map[int]bool)
	numbers, full := 0, 0
	for n, s := range t.strips {
		if t.has(s, 0) && len([]rune(t.page.lines[s.lines[0]].text)) <= 6 {
			numbers++
		}
		if 3*len(s.lines) >= 2*len(t.columns) {
			full++
			begins[n] = true
		}
	}
	near := 0.0 // how far apart the lines of one cell stand
	for n := 1; n < len(t.strips); n++ {
		if step := t.strips[n].top - t.strips[n-1].top; near == 0 || step < near {
			near = step
		}
	}
	gaps := make(map[int]bool)
	for n := 1; n < len(t.strips); n++ {
		if t.strips[n].top-t.strips[n-1].top > 1.05*near {
			gaps[n] = true
		}
	}
	switch {
	case len(gaps) > 0 && len(gaps)+1 >= max(numbers, 2) && len(gaps)+1 < len(t.strips):
		return gaps
	case 2*numbers >= full && numbers > 1:
		for n, s := range t.strips {
			begins[n] = t.has(s, 0)
		}
		return begins
	}
	for n, s := range t.strips {
		begins[n] = begins[n] || t.has(s, 0) && len(s.lines) > 1
	}
	return begins
}

// has tells whether something stands in a column.
func (t *printedTable) has(s strip, column int) bool {
	return slices.ContainsFunc(s.lines, func(i int) bool {
		return overlap(t.columns[column], t.page.lines[i].box) > 1 && strings.TrimSpace(t.page.lines[i].text) != ""
	})
}
