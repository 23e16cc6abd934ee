package official

import "strings"

// grid is a Table laid on its raster: every cell has a place, so that a cell spanning rows can be
// written once in HTML and repeated as a continuation in Word.
type grid struct {
	caption *para
	unit    *para
	widths  []float64 // mm
	shares  []int     // percent
	head    int       // count of header rows
	rows    [][]placed
	tall    []bool // rows that may go on on the next page
	holdEnd bool   // the last row stays with the signature
	notes   []para
}

type placed struct {
	col, colSpan, rowSpan int
	continued             bool // covered from above; no text
	head, rowHead         bool
	align                 Align
	runs                  []Run
	origin                Origin
}

// table lays out a Table with its caption, unit and notes.
func (s *sheet) table(t Table) []node {
	if len(t.Columns) == 0 {
		return nil
	}
	g := &grid{}
	if t.Caption != "" {
		caption := s.para(PartTableTitle, t.Caption)
		caption.keep = true
		g.caption = &caption
	}
	g.widths, g.shares = spread(t.Columns, s.p.textWidth(s.turned))
	head := t.Head
	if len(head) == 0 {
		row := make([]Cell, len(t.Columns))
		for i, c := range t.Columns {
			row[i] = C(c.Title)
		}
		head = [][]Cell{row}
	}
	g.head = len(head)
	all := append(append([][]Cell(nil), head...), t.Rows...)
	g.rows = lay(all, g.head, t.Columns)
	for y, row := range g.rows {
		g.tall = append(g.tall, y >= g.head && s.rowHeight(g, row) > tallRow)
	}
	if t.Unit != "" {
		unit := s.para(PartTableUnit, t.Unit)
		unit.keep = true
		g.unit = &unit
	}
	for _, n := range t.Notes {
		g.notes = append(g.notes, s.para(PartTableNote, n))
	}
	return []node{{grid: g}}
}

// tallRow is the height in pt from which a row may be torn: held together it would leave a quarter of a page empty.
const tallRow = 180

// rowHeight measures a row in pt by its cell with the most lines.
func (s *sheet) rowHeight(g *grid, row []placed) float64 {
	style, most := s.p.Parts[PartTableCell], 0
	for _, c := range row {
		width := -2 * s.p.TableCellInset
		for i := c.col; i < c.col+c.colSpan && i < len(g.widths); i++ {
			width += g.widths[i]
		}
		if text := plain(c.runs); c.rowSpan == 1 && strings.Count(text, " ")+strings.Count(text, "\n") >= most { // else it has fewer words than lines
			most = max(most, linesIn(text, style.Size, style.Bold, points(width)))
		}
	}
	return float64(most)*1.15*style.Size + style.Before + style.After
}

// spread turns shares into mm that fill the line and into whole percents.
func spread(columns []Column, width float64) (mm []float64, percent []int) {
	total := 0.0
	for _, c := range columns {
		total += share(c)
	}
	for _, c := range columns {
		mm = append(mm, share(c)/total*width)
		percent = append(percent, min(max(int(share(c)/total*100+0.5), 1), 100))
	}
	return mm, percent
}

func share(c Column) float64 {
	if c.Width > 0 && c.Width < 1e6 {
		return c.Width
	}
	return 1
}

// lay puts cells in the first free places of their row. What would stick out on the right or below
// its part of the table is cut; missing cells are left empty.
func lay(rows [][]Cell, head int, columns []Column) [][]placed {
	n := len(columns)
	type cover struct{ rows, span int }
	covered := make([]cover, n)
	out := make([][]placed, len(rows))
	for y, row := range rows {
		last := len(rows)
		if y < head {
			last = head
		}
		if y == head { // a span never leaves the header rows
			covered = make([]cover, n)
		}
		next := 0
		for x := 0; x < n; {
			if c := covered[x]; c.rows > 0 {
				covered[x].rows--
				out[y] = append(out[y], placed{col: x, colSpan: c.span, rowSpan: 1, continued: true, head: y < head})
				x += c.span
				continue
			}
			var c Cell
			if next < len(row) {
				c = row[next]
				next++
			}
			span := 1
			for span < c.ColSpan && x+span < n && covered[x+span].rows == 0 {
				span++
			}
			down := min(max(c.RowSpan, 1), last-y)
			if down > 1 {
				covered[x] = cover{down - 1, span}
			}
			align := c.Align
			switch {
			case align != "":
			case y < head:
				align = Center
			default:
				align = columns[x].Align
			}
			out[y] = append(out[y], placed{col: x, colSpan: span, rowSpan: down, head: y < head,
				rowHead: c.RowHead && y >= head, align: align, runs: cleanRuns(c.Runs, false), origin: c.Origin})
			x += span
		}
	}
	return out
}
