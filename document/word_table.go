package document

import (
	"encoding/xml"
	"strings"
	"unicode/utf8"
)

const mostColumns = 2000 // of one table; Word itself stops at 63

// grid is a table while its rows come.
type grid struct {
	rows  []Block
	notes map[int][]Block // behind which row notes stand
	open  map[int][2]int  // a cell that goes on downwards: its column → row and index among its spans
	only  []Block         // what stands in the cell of a table of one cell
	cells int
	wide  int // cells with the covered ones
}

func (w *word) table(x *walker) error {
	outer := w.place
	w.place.table++
	w.place.row = 0
	table := w.place.table
	g := &grid{notes: make(map[int][]Block), open: make(map[int][2]int)}
	err := w.rowsOf(x, g)
	w.place.row, w.place.table = outer.row, max(table, w.place.table)
	if err != nil {
		return err
	}
	if g.cells == 1 && len(g.only) > 1 { // a frame around paragraphs
		for _, b := range g.only {
			if err := w.add(b); err != nil {
				return err
			}
		}
		return nil
	}
	for i, r := range g.rows {
		if err := w.add(r); err != nil {
			return err
		}
		for _, n := range g.notes[i] {
			if err := w.add(n); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *word) rowsOf(x *walker, g *grid) error {
	return x.children(func(e xml.StartElement) error {
		switch name(e) {
		case "tr":
			return w.row(x, g)
		case "sdt", "sdtContent", "customXml", "ins", "moveTo":
			return w.rowsOf(x, g)
		}
		return x.skip()
	})
}

func (w *word) row(x *walker, g *grid) error {
	w.place.row++
	here := w.place
	own := noLook()
	before := 0
	var cells []cell
	var read func() error
	read = func() error {
		return x.children(func(e xml.StartElement) error {
			switch name(e) {
			case "trPr":
				return x.children(func(e xml.StartElement) error {
					changeOf(e, &own)
					if name(e) == "gridBefore" {
						before = small(val(e), mostColumns)
					}
					return x.skip()
				})
			case "tc":
				if w.cells+len(cells) > mostCells || len(cells) > mostColumns {
					return errTooLarge
				}
				c, err := w.cell(x)
				cells = append(cells, c)
				return err
			case "sdt", "sdtContent", "customXml":
				return read()
			}
			return x.skip()
		})
	}
	if err := read(); err != nil {
		return err
	}
	w.place.row, w.place.table = here.row, max(here.table, w.place.table)
	g.cells += len(cells)
	if g.cells == 1 {
		g.only = cells[0].blocks
	}
	return w.keepRow(g, cells, before, own, here)
}

func (w *word) cell(x *walker) (c cell, err error) {
	c.columns = 1
	outer := w.blocks
	w.blocks = nil
	err = x.children(func(e xml.StartElement) error {
		if name(e) != "tcPr" {
			return w.block(x, e)
		}
		return x.children(func(e xml.StartElement) error {
			switch name(e) {
			case "gridSpan":
				c.columns = max(1, small(val(e), mostColumns))
			case "vMerge":
				if c.merge = val(e); c.merge == "" {
					c.merge = "continue"
				}
			case "hMerge":
				if c.across = val(e); c.across == "" {
					c.across = "continue"
				}
			case "cellDel":
				c.change, c.who, c.when = Deleted, attr(e, "author"), attr(e, "date")
			}
			return x.skip()
		})
	})
	if err == nil {
		err = w.flushPending()
	}
	c.blocks, w.blocks = w.blocks, outer
	return c, err
}

// keepRow makes the block of a row: a cell for each column, the covered ones empty.
func (w *word) keepRow(g *grid, cells []cell, before int, own look, at place) error {
	b := Block{Place: at.String(w.page), Page: w.page}
	texts := make([]string, before, before+len(cells))
	struckCells := make([]string, before, before+len(cells))
	var edits [][]Edit
	for range before {
		edits = append(edits, nil)
	}
	struckAny := false
	var original []string
	for _, c := range cells {
		column := len(texts)
		if column+c.columns > mostColumns {
			return errTooLarge
		}
		text, changes, struck, old := c.accepted()
		if struck != "" {
			struckAny = true
		}
		if old != "" {
			original = append(original, old)
		}
		for _, one := range c.blocks {
			b.Remarks = append(b.Remarks, one.Remarks...)
			if one.Kind == Note {
				g.notes[len(g.rows)] = append(g.notes[len(g.rows)], one)
			}
		}
		texts, struckCells, edits = append(texts, text), append(struckCells, struck), append(edits, changes)
		for range c.columns - 1 {
			texts, struckCells, edits = append(texts, ""), append(struckCells, ""), append(edits, nil)
		}
		g.span(&b, c, column)
	}
	b.Kind, b.Cells, b.Text = Row, texts, strings.Join(texts, "\t")
	b.Original = strings.Join(original, "\t")
	from := 0
	for i, changes := range edits {
		for _, e := range changes {
			e.At += from
			b.Changes = append(b.Changes, e)
		}
		from += utf8.RuneCountInString(texts[i]) + 1
	}
	switch {
	case own.mark == Deleted, struckAny && strings.Trim(b.Text, "\t\n") == "":
		if own.mark == Deleted && strings.Trim(b.Text, "\t\n") != "" { // struck row by row, its letters not
			struckCells = texts
		}
		b.Cells, b.Text, b.Change = struckCells, strings.Join(struckCells, "\t"), Deleted
		b.Changes = []Edit{{Kind: Deleted, Who: own.who, When: own.when, Text: b.Text}}
	case own.mark == Inserted:
		b.Change = Inserted
		if len(b.Changes) == 0 {
			b.Changes = []Edit{{Kind: Inserted, Who: own.who, When: own.when, Text: b.Text}}
		}
	}
	b.Undecided = nil
	b.noteUndecided()
	if g.wide += len(b.Cells); w.cells+g.wide > mostCells {
		return errTooLarge
	}
	if own.mark != "" && len(b.Changes) == 1 {
		w.changes++
	}
	g.rows = append(g.rows, b)
	return nil
}

// span notes a cell that covers several columns, or goes on below.
func (g *grid) span(b *Block, c cell, column int) {
	switch {
	case c.merge == "continue":
		if at, ok := g.open[column]; ok {
			g.rows[at[0]].Spans[at[1]].Rows++
		}
		return
	case c.across == "continue":
		if n := len(b.Spans); n > 0 {
			b.Spans[n-1].Columns += c.columns
		}
		return
	}
	delete(g.open, column)
	if c.columns > 1 || c.merge == "restart" || c.across == "restart" {
		if c.merge == "restart" {
			g.open[column] = [2]int{len(g.rows), len(b.Spans)}
		}
		b.Spans = append(b.Spans, Span{Column: column, Columns: c.columns, Rows: 1})
	}
}
