package official

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"strconv"
	"time"

	"codeberg.org/go-pdf/fpdf"
)

// printing lets two PDFs be made together: each holds its fonts several times over, some 30 MB.
var printing = make(chan struct{}, 2)

// WritePDF writes the paper as a PDF 1.7 with its own letters, bookmarks, and an empty field for each signature. Text
// stands where a word processor puts that of WriteDocx. The same document gives the same bytes; the only date inside is
// the paper's own. A letter that the font lacks is an error for the person, since a paper to be signed must be whole.
// It is not tagged and claims no PDF/A: who hears a paper is better served by WriteDocx and WriteHTML.
func WritePDF(w io.Writer, d Document) error {
	printing <- struct{}{}
	defer func() { <-printing }()
	set, err := newSetter()
	if err != nil {
		return err
	}
	out := &pdfWriter{sheet: compose(d), set: set}
	out.c = newCanvas(out.sheet, d)
	out.pages(d.Code)
	if err := set.complete(); err != nil {
		return err
	}
	out.c.outline()
	var file bytes.Buffer
	if err := out.c.pdf.Output(&file); err != nil {
		return fmt.Errorf("dựng bản PDF: %w", err)
	}
	whole, err := finishPDF(file.Bytes(), out.c.places, d.Date.D > 0 && d.Date.valid())
	if err != nil {
		return fmt.Errorf("dựng bản PDF: %w", err)
	}
	if _, err := w.Write(whole); err != nil {
		return fmt.Errorf("ghi bản PDF: %w", err)
	}
	return nil
}

// pdfWriter lays a sheet out on pages.
type pdfWriter struct {
	sheet
	set *setter
	c   *canvas
}

// pages lays out the text and its annexes.
func (w *pdfWriter) pages(code Code) {
	width := points(w.p.textWidth(false))
	text := w.twoColumns([][2][]para{{w.headLeft, w.headRight}, {w.footLeft, w.footRight}})
	if len(w.opening) == 0 {
		text = append(text, w.gap(0, false))
	}
	for _, l := range w.opening {
		text = append(text, w.paragraph(l, width, "")...)
	}
	text = append(text, w.flowed(w.body, width)...)
	if len(w.signing) > 0 {
		text = append(append(text, w.gap(10, true)), w.twoColumns(w.signing)...)
	}
	if code.Address != "" {
		text = append(text, w.code(code, width)...)
	}
	w.section(text, false, false)
	for _, a := range w.annexes {
		width := points(w.p.textWidth(a.landscape))
		var text []slab
		for _, l := range a.heading {
			text = append(text, w.paragraph(l, width, "")...)
		}
		w.section(append(text, w.flowed(a.body, width)...), a.landscape, true)
	}
}

func (w *pdfWriter) flowed(nodes []node, width float64) []slab {
	var out []slab
	for _, n := range nodes {
		switch {
		case n.para != nil:
			out = append(out, w.paragraph(*n.para, width, "")...)
		case n.grid != nil:
			out = append(out, w.table(n.grid, width)...)
		case n.drawing != nil:
			out = append(out, w.drawing(n.drawing))
		case n.pageBreak:
			out = append(out, slab{newPage: true})
		}
	}
	return out
}

// drawing is a chart, which is not parted.
func (w *pdfWriter) drawing(d *drawing) slab {
	for _, word := range d.Words {
		w.set.letters(nil, word.Text, Style{Size: word.Size}, Run{}) // notes a letter that the font lacks
	}
	return slab{height: d.High, paint: func(c *canvas, x, y float64) {
		for _, l := range d.Strokes {
			if l.Grey {
				c.pdf.SetDrawColor(0xB0, 0xB0, 0xB0)
			}
			c.stroke(x+l.X1, y+l.Y1, x+l.X2, y+l.Y2, l.Thick)
			c.pdf.SetDrawColor(0, 0, 0)
		}
		for _, dot := range d.Dots {
			look := "F"
			if dot.Hollow {
				look = "FD"
				c.pdf.SetFillColor(255, 255, 255)
			}
			c.pdf.SetLineWidth(1)
			c.pdf.Circle(x+dot.X, y+dot.Y, dot.Radius, look)
			c.pdf.SetFillColor(0, 0, 0)
		}
		for _, word := range d.Words {
			c.text(x+word.X, y+word.Y, word.Size, 0, word.Text)
		}
	}}
}

// section fills pages that begin anew: the text itself or an annex, whose pages may be counted by themselves.
func (w *pdfWriter) section(text []slab, landscape, annex bool) {
	page := w.p.Page
	size := fpdf.SizeType{Wd: points(page.Width), Ht: points(page.Height)}
	orientation, high := "P", size.Ht
	if landscape {
		orientation, high = "L", size.Wd
	}
	own := annex && w.p.AnnexOwnPages
	first := true
	f := &flow{c: w.c, x: points(page.Margins.Left), foot: high - points(page.Margins.Bottom), fresh: true}
	f.turn = func() {
		w.c.pdf.AddPageFormat(orientation, size)
		w.c.count++
		if first && own {
			w.c.count = 1
		}
		silent := first && (!annex || own) // no number on a page 1
		f.top = max(points(page.Margins.Top), w.above(w.p.textWidth(landscape), silent))
		first = false
	}
	f.turn()
	f.y = f.top
	// At its beginning the room above a text counts, unlike at the top of a later page.
	if len(text) > 0 {
		f.y += text[0].before
	}
	f.put(text)
	if f.table != nil {
		f.table.line(w.c, f.x, f.y)
	}
}

// above prints the line above a page: the banner, and the page number except on a page 1. It gives where that ends.
func (w *pdfWriter) above(widthMM float64, silent bool) (end float64) {
	x, y := points(w.p.Page.Margins.Left), points(w.p.Page.HeaderDistance)
	var above []para
	if w.banner != "" {
		above = append(above, w.para(PartBanner, w.banner))
	}
	if !silent {
		above = append(above, w.para(PartPageNumber, strconv.Itoa(w.c.count)))
	}
	for _, l := range above {
		for _, s := range w.paragraph(l, points(widthMM), "") {
			s.paint(w.c, x, y)
			y += s.height
		}
	}
	return y
}

// canvas paints on the pages of a PDF and remembers where headings and signatures stand.
type canvas struct {
	pdf    *fpdf.Fpdf
	p      Profile
	faces  [4]*faceData
	known  [4]bool
	count  int // the number of the page
	marks  []bookmark
	places []signPlace
}

// bookmark is one line of the outline, with the page it leads to.
type bookmark struct {
	text  string
	level int
	page  int
	y     float64
}

// signPlace is the room above a signer's name, in pt from the lower left corner of its page.
type signPlace struct {
	page                     int
	left, bottom, right, top float64
	name                     string
}

func newCanvas(s sheet, d Document) *canvas {
	c := &canvas{pdf: fpdf.New("P", "pt", "A4", ""), p: s.p}
	c.faces, _ = pdfFaces()
	c.pdf.SetMargins(0, 0, 0)
	c.pdf.SetAutoPageBreak(false, 0)
	c.pdf.SetCatalogSort(true)
	c.pdf.SetTitle(s.title, true)
	c.pdf.SetAuthor(s.author, true)
	c.pdf.SetSubject(clean(d.Proof), true)
	c.pdf.SetCreator("Giao Ban", true)
	c.pdf.SetProducer("Giao Ban", true)
	c.pdf.SetLang("vi-VN")
	day := time.Date(max(d.Date.Y, 1), time.Month(max(d.Date.M, 1)), max(d.Date.D, 1), 0, 0, 0, 0, time.UTC)
	c.pdf.SetCreationDate(day)
	c.pdf.SetModificationDate(day)
	return c
}

func (c *canvas) text(x, y, size float64, look face, text string) {
	if !c.known[look] {
		look.embed(c.pdf, c.faces[look])
		c.known[look] = true
	}
	c.pdf.SetFont(pdfFamily, look.style(), size)
	c.pdf.Text(x, y, text)
}

func (c *canvas) stroke(x1, y1, x2, y2, thick float64) {
	c.pdf.SetLineWidth(thick)
	c.pdf.Line(x1, y1, x2, y2)
}

func (c *canvas) box(x, y, width, height, thick float64) {
	c.pdf.SetLineWidth(thick)
	c.pdf.Rect(x, y, width, height, "D")
}

// remember notes where a heading or the room for a signature stands when its first line is painted.
func (w *pdfWriter) remember(first *slab, l para, left, width float64) {
	first.also(func(c *canvas, x, y float64) {
		text := plain(l.runs)
		if l.part == PartSignerName {
			_, high := c.pdf.GetPageSize()
			c.places = append(c.places, signPlace{page: c.pdf.PageNo(), name: text,
				left: x + left, right: x + left + width, top: high - y + l.gap, bottom: high - y})
			return
		}
		if l.label != "" {
			text = clean(l.label) + " " + text
		}
		c.marks = append(c.marks, bookmark{cmp.Or(l.outline, text), l.level, c.pdf.PageNo(), y})
	})
}

// outline writes the bookmarks, nested without a gap.
func (c *canvas) outline() {
	_, last := c.pdf.GetPageSize()
	var open []int
	for _, m := range c.marks {
		for len(open) > 0 && open[len(open)-1] >= m.level {
			open = open[:len(open)-1]
		}
		_, high, _ := c.pdf.PageSize(m.page)
		c.pdf.SetPage(m.page)
		// The library counts from the top of the page it wrote last, which may be a turned one.
		c.pdf.Bookmark(m.text, len(open), m.y+last-high)
		open = append(open, m.level)
	}
	c.pdf.SetPage(c.pdf.PageCount())
}
