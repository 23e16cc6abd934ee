package official

// row is a row of cells beside each other.
type row struct {
	cells []box
	tall  bool         // may be torn at the end of a page
	table *tableLayout // nil: a block of two columns, without lines
	head  bool
	last  bool // of its table
}

// body reports whether the row stands below the head of a table, which is repeated above it.
func (r *row) body() bool { return r.table != nil && !r.head }

// box is a cell: where it stands, what is in it and how high it is when it covers more than its row.
type box struct {
	x, width  float64
	text      []slab
	span      float64 // 0: as high as its row
	centred   bool    // between top and bottom
	continued bool    // covered from above
}

// tableLayout is what the rows of a table share.
type tableLayout struct {
	width      float64
	head       []slab
	headHeight float64
}

const tableLine = 0.5

// line closes a table at the end of a page.
func (t *tableLayout) line(c *canvas, x, y float64) { c.stroke(x, y, x+t.width, y, tableLine) }

// slab makes the row a slab of a height.
func (r *row) slab(height float64, keep bool) slab {
	return slab{height: height, keep: keep, row: r, paint: func(c *canvas, x, y float64) { r.paint(c, x, y, height) }}
}

func (r *row) paint(c *canvas, x, y, height float64) {
	for _, b := range r.cells {
		tops, tall := stacked(b.text)
		down := 0.0
		if b.centred {
			down = max(0, (max(b.span, height)-tall)/2)
		}
		inset := 0.0
		if r.table != nil {
			inset = r.table.inset(c)
			right := x + b.x + b.width
			if !b.continued {
				c.stroke(x+b.x, y, right, y, tableLine)
			}
			c.stroke(x+b.x, y, x+b.x, y+height, tableLine)
			c.stroke(right, y, right, y+height, tableLine)
		}
		for i, s := range b.text {
			if s.paint != nil {
				s.paint(c, x+b.x+inset, y+down+tops[i])
			}
		}
	}
	if r.last {
		r.table.line(c, x, y+height)
	}
}

func (t *tableLayout) inset(c *canvas) float64 { return points(c.p.TableCellInset) }

// tear parts a row: the lines that fit into room, and the rest. With force at least one line of each cell goes first.
func (r *row) tear(room float64, force bool) (first, rest slab, torn bool) {
	upper, lower := *r, *r
	upper.cells, lower.cells = nil, nil
	high, low := 0.0, 0.0
	for _, b := range r.cells {
		tops, _ := stacked(b.text)
		n := 0
		for n < len(b.text) && (tops[n]+b.text[n].height <= room || force && n == 0) {
			n++
		}
		if n == 0 && len(b.text) > 0 {
			return first, rest, false
		}
		b.centred, b.span = false, 0
		above, below := b, b
		above.text, below.text = b.text[:n], b.text[n:]
		torn = torn || len(below.text) > 0
		upper.cells, lower.cells = append(upper.cells, above), append(lower.cells, below)
		_, h := stacked(above.text)
		_, l := stacked(below.text)
		high, low = max(high, h), max(low, l)
	}
	lower.tall, upper.last = true, false
	return upper.slab(high, false), lower.slab(low, false), torn
}

// twoColumns lays out rows of a left and a right block: the head and the closing.
func (w *pdfWriter) twoColumns(rows [][2][]para) []slab {
	widths := [2]float64{points(w.p.LeftColumn), points(w.p.RightColumn)}
	var out []slab
	for i, pair := range rows {
		hold := i < len(rows)-1 && len(rows[i+1][1]) > 0
		if i > 0 && len(pair[1]) == 0 { // recipients below the signature, who may go on on the next page
			for _, l := range pair[0] {
				out = append(out, w.paragraph(l, widths[0], "")...)
			}
			continue
		}
		r, height := &row{}, 0.0
		for side, x := range []float64{0, widths[0]} {
			b := box{x: x, width: widths[side]}
			for _, l := range pair[side] {
				b.text = append(b.text, w.paragraph(l, b.width, "")...)
			}
			if len(pair[side]) == 0 {
				b.text = []slab{w.gap(0, false)}
			}
			_, tall := stacked(b.text)
			height = max(height, tall)
			r.cells = append(r.cells, b)
		}
		out = append(out, r.slab(height, hold))
	}
	return out
}

// table lays out a table with its caption, unit and notes.
func (w *pdfWriter) table(g *grid, width float64) []slab {
	var out []slab
	for _, l := range []*para{g.caption, g.unit} {
		if l != nil {
			out = append(out, w.paragraph(*l, width, "")...)
		}
	}
	if g.caption == nil && g.unit == nil {
		out = append(out, w.gap(6, true))
	}
	out = append(out, w.rows(g)...)
	for i, n := range g.notes {
		n.keep = n.keep || i < len(g.notes)-1 || g.holdEnd
		out = append(out, w.paragraph(n, width, "")...)
	}
	if len(g.notes) == 0 {
		out = append(out, w.gap(0, g.holdEnd))
	}
	return out
}

// rows lays out the rows of a table. Rows that a cell covers together stay together, unless they fill half a page.
func (w *pdfWriter) rows(g *grid) []slab {
	t := &tableLayout{}
	for _, wide := range g.widths {
		t.width += points(wide)
	}
	rows, heights := make([]*row, len(g.rows)), make([]float64, len(g.rows))
	for y, cells := range g.rows {
		rows[y] = &row{table: t, tall: g.tall[y], head: y < g.head, last: y == len(rows)-1}
		heights[y] = 1
		for _, c := range cells {
			b := w.cell(g, c)
			if _, tall := stacked(b.text); c.rowSpan == 1 {
				heights[y] = max(heights[y], tall+tableLine)
			}
			rows[y].cells = append(rows[y].cells, b)
		}
	}
	together := w.spans(g, rows, heights)
	var out []slab
	for y, r := range rows {
		whole := len(g.rows[y]) == 1 && g.rows[y][0].colSpan == len(g.widths) // heads a group and goes to its page
		keep := r.head || together[y] || g.holdEnd && len(g.notes) == 0 && y == len(rows)-1 || whole && y < len(rows)-1
		out = append(out, r.slab(heights[y], keep))
		if r.head {
			t.head, t.headHeight = append(t.head, out[y]), t.headHeight+heights[y]
		}
	}
	return out
}

// spans makes room for cells that cover several rows and says which rows stay with the next one for their sake.
func (w *pdfWriter) spans(g *grid, rows []*row, heights []float64) (together []bool) {
	together = make([]bool, len(rows))
	for y, cells := range g.rows {
		for i, c := range cells {
			if c.rowSpan == 1 {
				continue
			}
			b, covered := &rows[y].cells[i], 0.0
			for _, h := range heights[y : y+c.rowSpan] {
				covered += h
			}
			_, tall := stacked(b.text)
			tall += tableLine
			if max(covered, tall) > points(w.p.Page.Height)/2 { // its text stands in the first of its rows
				heights[y] = max(heights[y], tall)
				b.centred = false
				continue
			}
			if tall > covered {
				heights[y+c.rowSpan-1] += tall - covered
				covered = tall
			}
			b.span = covered
			for j := y; j < y+c.rowSpan-1; j++ {
				together[j], rows[j].tall = true, false
			}
			rows[y+c.rowSpan-1].tall = false
		}
	}
	return together
}

func (w *pdfWriter) cell(g *grid, c placed) box {
	b := box{centred: true, continued: c.continued}
	for i, wide := range g.widths {
		switch {
		case i < c.col:
			b.x += points(wide)
		case i < c.col+c.colSpan:
			b.width += points(wide)
		}
	}
	if c.continued {
		return b
	}
	part := PartTableCell
	if c.head {
		part = PartTableHead
	}
	b.text = w.paragraph(para{part: part, runs: c.runs}, b.width-2*points(w.p.TableCellInset), c.align)
	return b
}
