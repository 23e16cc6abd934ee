package official

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// The order of elements inside pPr, rPr, tblPr, tcPr and sectPr follows the schema of ECMA-376
// part 1: Word refuses a file that LibreOffice still opens.

func (x *xmlWriter) flow(s sheet, nodes []node) {
	for _, n := range nodes {
		switch {
		case n.para != nil:
			x.para(s, *n.para)
		case n.grid != nil:
			x.table(s, n.grid)
		case n.drawing != nil:
			x.picture(n.drawing, n.drawn)
		case n.pageBreak:
			x.raw(`<w:p><w:pPr><w:pStyle w:val="`, string(PartTight), `"/></w:pPr><w:r><w:br w:type="page"/></w:r></w:p>`)
		}
	}
}

// para writes one paragraph and, below it, its rule.
func (x *xmlWriter) para(s sheet, l para) {
	x.paraAligned(s, l, "")
}

func (x *xmlWriter) paraAligned(s sheet, l para, align Align) {
	style := s.p.Parts[l.part]
	x.raw(`<w:p><w:pPr><w:pStyle w:val="`, string(l.part), `"/>`)
	if l.keep {
		x.raw(`<w:keepNext/>`)
	}
	outOfList := l.level > 0 && l.list == 0 && s.p.countsHeadings(l.level)
	switch {
	case outOfList:
		x.raw(`<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>`)
	case l.list > 0:
		x.raw(`<w:numPr><w:ilvl w:val="`, strconv.Itoa(l.depth), `"/><w:numId w:val="`, strconv.Itoa(l.list), `"/></w:numPr>`)
	}
	if style.Boxed {
		border := ` w:val="single" w:sz="8" w:space="1" w:color="000000"/>`
		x.raw(`<w:pBdr><w:top`, border, `<w:left`, border, `<w:bottom`, border, `<w:right`, border, `</w:pBdr>`)
	}
	if l.gap > 0 {
		x.raw(`<w:spacing w:before="`, twentieths(l.gap), `"/>`)
	}
	if style.Boxed {
		// A border runs the width of the column; indents draw it in to the words.
		side := twentieths(max(0, (points(s.p.LeftColumn)-textWidth(plain(l.runs), style.Size, style.Bold)-12)/2))
		x.raw(`<w:ind w:left="`, side, `" w:right="`, side, `"/>`)
	} else if l.indent > 0 {
		x.raw(`<w:ind w:left="`, twips(l.indent), `"/>`)
	} else if outOfList { // who leaves the list of its style leaves its indent, too
		x.raw(`<w:ind w:left="0" w:firstLine="`, twips(style.Indent), `"/>`)
	}
	if align != "" && align != style.Align {
		x.raw(`<w:jc w:val="`, string(align), `"/>`)
	}
	x.raw(`</w:pPr>`)
	x.marked(l.origin, func() {
		if l.label != "" && l.list == 0 {
			x.run(Run{Text: clean(l.label) + " "}, style)
		}
		for _, r := range l.runs {
			switch l.part {
			case PartAddressLabel:
				x.raw(upright(r, style))
			case PartNumber: // a line of its own, with room for it
				x.raw(`<w:r>`, plainText(r.Text), `</w:r>`)
			default:
				x.run(r, style)
			}
		}
	})
	x.raw(`</w:p>`)
	if l.rule > 0 {
		x.rule(s, l)
	}
}

// rule draws a line as long as asked below a text: the top border of an empty paragraph, drawn in
// from both sides to the measured length.
func (x *xmlWriter) rule(s sheet, l para) {
	column := s.p.textWidth(false)
	switch l.part {
	case PartIssuer, PartSuperior:
		column = s.p.LeftColumn
	case PartNational, PartMotto:
		column = s.p.RightColumn
	}
	side := twentieths(max(0, (points(column)-l.rule)/2))
	x.raw(`<w:p><w:pPr><w:pStyle w:val="`, string(PartTight), `"/>`)
	if l.keep {
		x.raw(`<w:keepNext/>`)
	}
	x.raw(`<w:pBdr><w:top w:val="single" w:sz="6" w:space="0" w:color="000000"/></w:pBdr><w:spacing w:before="30"/><w:ind w:left="`,
		side, `" w:right="`, side, `"/></w:pPr></w:p>`)
}

// marked writes content inside the bookmark of its origin.
func (x *xmlWriter) marked(o Origin, content func()) {
	if o.Ref == "" {
		content()
		return
	}
	id := strconv.Itoa(x.bookmarks)
	x.bookmarks++
	// Word drops a bookmark whose name was used before, so each one ends in its own count.
	x.raw(`<w:bookmarkStart w:id="`, id, `" w:name="`, OriginMark(o.Ref), `_`, id, `"/>`)
	content()
	x.raw(`<w:bookmarkEnd w:id="`, id, `"/>`)
}

// run writes text that differs from its style only where the run says so.
func (x *xmlWriter) run(r Run, style Style) {
	x.raw(`<w:r>`)
	var look string
	if r.Bold && !style.Bold {
		look += `<w:b/><w:bCs/>`
	}
	if r.Italic && !style.Italic {
		look += `<w:i/><w:iCs/>`
	}
	if r.Underline && !style.Underline {
		look += `<w:u w:val="single"/>`
	}
	if look != "" {
		x.raw(`<w:rPr>`, look, `</w:rPr>`)
	}
	x.raw(textOf(r.Text), `</w:r>`)
}

// upright writes a run without the slant of its style: only the word "Kính gửi" leans.
func upright(r Run, style Style) string {
	look := ""
	if style.Italic && !r.Italic {
		look = `<w:rPr><w:i w:val="0"/><w:iCs w:val="0"/></w:rPr>`
	}
	return `<w:r>` + look + textOf(r.Text) + `</w:r>`
}

// textOf writes text whose lines end only where they may.
func textOf(s string) string { return plainText(heldSymbols(held(s))) }

func plainText(s string) string {
	var b strings.Builder
	start := 0
	flush := func(end int) {
		if end > start {
			b.WriteString(`<w:t xml:space="preserve">` + escape(s[start:end]) + `</w:t>`)
		}
	}
	for i, r := range s {
		element := ""
		switch r {
		case '\n':
			element = `<w:br/>`
		case '\t':
			element = `<w:tab/>`
		case noBreakHyphen:
			element = `<w:noBreakHyphen/>`
		default:
			continue
		}
		flush(i)
		start = i + utf8.RuneLen(r)
		b.WriteString(element)
	}
	flush(len(s))
	return b.String()
}

// twoColumns writes rows of left and right blocks without borders: the head and the closing.
func (x *xmlWriter) twoColumns(s sheet, rows [][2][]para) {
	p := s.p
	x.raw(`<w:tbl><w:tblPr><w:tblW w:w="`, twips(p.LeftColumn+p.RightColumn), `" w:type="dxa"/><w:tblInd w:w="0" w:type="dxa"/><w:tblLayout w:type="fixed"/>`,
		`<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>`,
		`<w:tblGrid><w:gridCol w:w="`, twips(p.LeftColumn), `"/><w:gridCol w:w="`, twips(p.RightColumn), `"/></w:tblGrid>`)
	for i, row := range rows {
		x.raw(`<w:tr>`)
		if i == 0 || len(row[1]) > 0 {
			x.raw(`<w:trPr><w:cantSplit/></w:trPr>`)
		}
		// What follows with nothing on its right are recipients, who need not stand on the page of the signature.
		hold := i < len(rows)-1 && len(rows[i+1][1]) > 0
		for side, width := range []float64{p.LeftColumn, p.RightColumn} {
			x.raw(`<w:tc><w:tcPr><w:tcW w:w="`, twips(width), `" w:type="dxa"/></w:tcPr>`)
			for _, l := range row[side] {
				l.keep = l.keep || hold
				x.para(s, l)
			}
			if len(row[side]) == 0 {
				x.para(s, para{part: PartTight, keep: hold})
			}
			x.raw(`</w:tc>`)
		}
		x.raw(`</w:tr>`)
	}
	x.raw(`</w:tbl>`)
}

// table writes a table of the body: its head is repeated on each page and no row is torn but a tall one.
func (x *xmlWriter) table(s sheet, g *grid) {
	if g.caption != nil {
		x.para(s, *g.caption)
	}
	if g.unit != nil {
		x.para(s, *g.unit)
	}
	if g.caption == nil && g.unit == nil {
		x.para(s, para{part: PartTight, gap: 6, keep: true})
	}
	total := 0.0
	for _, w := range g.widths {
		total += w
	}
	border := ` w:val="single" w:sz="4" w:space="0" w:color="000000"/>`
	inset := twips(s.p.TableCellInset)
	x.raw(`<w:tbl><w:tblPr><w:tblW w:w="`, twips(total), `" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders><w:top`, border, `<w:left`, border, `<w:bottom`, border,
		`<w:right`, border, `<w:insideH`, border, `<w:insideV`, border, `</w:tblBorders><w:tblLayout w:type="fixed"/>`,
		`<w:tblCellMar><w:left w:w="`, inset, `" w:type="dxa"/><w:right w:w="`, inset, `" w:type="dxa"/></w:tblCellMar>`)
	x.tableForReaders(g)
	x.raw(`</w:tblPr><w:tblGrid>`)
	for _, w := range g.widths {
		x.raw(`<w:gridCol w:w="`, twips(w), `"/>`)
	}
	x.raw(`</w:tblGrid>`)
	for y, row := range g.rows {
		x.raw(`<w:tr>`)
		switch {
		case y < g.head:
			x.raw(`<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>`)
		case !g.tall[y]:
			x.raw(`<w:trPr><w:cantSplit/></w:trPr>`)
		}
		// The first rows stay with the head, the last with the signature that follows.
		keep := y < g.head || g.holdEnd && len(g.notes) == 0 && y >= len(g.rows)-1
		if y < len(g.rows)-1 && len(row) == 1 && row[0].colSpan == len(g.widths) {
			keep = true // a row that heads a group goes to the page of its group
		}
		for _, c := range row {
			x.cell(s, g, c, keep)
		}
		x.raw(`</w:tr>`)
	}
	x.raw(`</w:tbl>`)
	for i, n := range g.notes {
		n.keep = n.keep || i < len(g.notes)-1 || g.holdEnd
		x.para(s, n)
	}
	if len(g.notes) == 0 {
		x.para(s, para{part: PartTight, keep: g.holdEnd}) // two tables in a row would otherwise become one
	}
}

// tableForReaders says to who hears the table what it is about, and that its first row and column name the others.
func (x *xmlWriter) tableForReaders(g *grid) {
	column := "0"
	for _, row := range g.rows {
		if slices.ContainsFunc(row, func(c placed) bool { return c.rowHead }) {
			column = "1"
		}
	}
	value := map[string]string{"0": "0620", "1": "06A0"}[column]
	x.raw(`<w:tblLook w:val="`, value, `" w:firstRow="1" w:lastRow="0" w:firstColumn="`, column, `" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>`)
	if g.caption != nil {
		x.raw(`<w:tblCaption w:val="`, escape(plain(g.caption.runs)), `"/>`)
	}
}

func (x *xmlWriter) cell(s sheet, g *grid, c placed, keep bool) {
	width := 0.0
	for i := c.col; i < c.col+c.colSpan && i < len(g.widths); i++ {
		width += g.widths[i]
	}
	x.raw(`<w:tc><w:tcPr><w:tcW w:w="`, twips(width), `" w:type="dxa"/>`)
	if c.colSpan > 1 {
		x.raw(`<w:gridSpan w:val="`, strconv.Itoa(c.colSpan), `"/>`)
	}
	switch {
	case c.continued:
		x.raw(`<w:vMerge/>`)
	case c.rowSpan > 1:
		x.raw(`<w:vMerge w:val="restart"/>`)
	}
	x.raw(`<w:vAlign w:val="center"/></w:tcPr>`)
	part := PartTableCell
	if c.head {
		part = PartTableHead
	}
	x.paraAligned(s, para{part: part, runs: c.runs, keep: keep, origin: c.origin}, c.align)
	x.raw(`</w:tc>`)
}
