package document

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"

	"giaoban/internal/child"
	"giaoban/internal/fault"
)

const (
	// PDFReader is the program that knows the letters of a PDF and where they stand.
	PDFReader  = "pdftotext"
	printedPDF = ".words"
	mostPages  = 500
	mostWords  = 96 << 20 // bytes of words with their places
)

// readPDF lets pdftotext say which words stand where, and builds the blocks from that. The plain way of pdftotext, measured
// on the same files, keeps columns of text in order but tears the rows of tables apart.
func (d desk) readPDF(ctx context.Context, name string) (Document, error) {
	limits := child.Limits{Program: PDFReader, Memory: 600_000, CPU: 20, Time: 30 * time.Second, Output: mostWords}
	printed, failed, err := child.Output(ctx, limits, "-q", "-bbox-layout", "-enc", "UTF-8", "-l", strconv.Itoa(mostPages), d.file, "-")
	switch {
	case errors.Is(err, child.ErrAbsent):
		return Document{}, fault.Invalid("", "Máy chủ chưa cài pdftotext (gói poppler-utils) nên chưa đọc được tệp PDF “%s”. Hãy cài thêm, hoặc lưu tệp dạng .docx.", name)
	case errors.Is(err, child.ErrSlow), err == nil && len(printed) == mostWords:
		return Document{}, fault.Invalid("", "Tệp “%s” quá phức tạp, đọc quá lâu. Hãy in lại ra PDF rồi gửi lại.", name)
	case err != nil:
		return Document{}, err
	case failed != nil && !bytes.Contains(printed, []byte("<word")):
		return Document{}, fault.Invalid("", "Không đọc được tệp PDF “%s”: tệp hỏng hoặc có mật khẩu. Hãy bỏ bảo vệ, in lại ra PDF rồi gửi lại.", name)
	}
	path := d.file + printedPDF
	if err := os.WriteFile(path, printed, 0o600); err != nil {
		return Document{}, err
	}
	return d.readApart(ctx, name, path)
}

// box is where something stands on a page, in points from its upper left corner.
type box struct{ left, top, right, bottom float64 }

func (b box) height() float64 { return b.bottom - b.top }
func (b box) width() float64  { return b.right - b.left }

// with is the box around both.
func (b box) with(o box) box {
	return box{min(b.left, o.left), min(b.top, o.top), max(b.right, o.right), max(b.bottom, o.bottom)}
}

// beside tells whether two boxes stand in one row.
func (b box) beside(o box) bool {
	return 2*(min(b.bottom, o.bottom)-max(b.top, o.top)) > min(b.height(), o.height())
}

// printedLine is a line of letters without wide gaps; block counts what pdftotext takes for one body of text.
type printedLine struct {
	box
	text  string
	first float64 // width of its first word
	block int
	words []printedWord
}

// printedWord is where a word stands in its line, and where it ends in the text.
type printedWord struct {
	left, right float32
	end         int32
}

type printedPage struct {
	box
	number int
	lines  []printedLine
}

// readPrinted builds a document from what pdftotext printed.
func readPrinted(name string, r io.Reader) (Document, error) {
	pages, err := printedPages(r)
	if err != nil {
		return Document{}, err
	}
	c := &collector{}
	var blank []string
	words := false
	for _, p := range pages {
		if words = words || len(p.lines) > 0; len(p.lines) == 0 {
			blank = append(blank, strconv.Itoa(p.number))
		}
	}
	if !words {
		return Document{}, fault.Invalid("", "Tệp “%s” chỉ có ảnh quét, không có chữ nào để đọc. Hãy nhận dạng chữ (OCR) rồi gửi lại, hoặc gửi tệp .docx.", name)
	}
	if len(blank) > 0 {
		c.say("Trang %s không có chữ: có thể là ảnh quét. Nội dung ảnh không được đọc.", strings.Join(blank, ", "))
	}
	if len(pages) == mostPages {
		c.say("Tệp dài; chỉ đọc %d trang đầu.", mostPages)
	}
	heads, feet := takeMargins(pages)
	t := &typist{collector: c, body: bodyHeight(pages)}
	for _, p := range pages {
		if err := t.page(p); err != nil {
			return Document{}, err
		}
	}
	if err := t.end(); err != nil {
		return Document{}, err
	}
	c.old.say(c)
	return ended(name, Document{Blocks: c.blocks, Problems: c.problems, Heads: heads, Feet: feet}, nil)
}

func printedPages(r io.Reader) (pages []*printedPage, err error) {
	block, words := 0, 0
	var line *printedLine
	var text []string
	d := xml.NewDecoder(r)
	d.Strict = false // a word may hold any letter
	d.AutoClose = xml.HTMLAutoClose
	d.Entity = xml.HTMLEntity
	for {
		token, err := d.Token()
		if err == io.EOF {
			return pages, nil
		}
		if err != nil {
			if len(pages) > 0 { // the reader of PDFs broke off
				return pages, nil
			}
			return nil, errBroken
		}
		switch t := token.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "page":
				pages = append(pages, &printedPage{number: len(pages) + 1, box: box{right: number(t, "width"), bottom: number(t, "height")}})
			case "block":
				block++
			case "line":
				line, text = &printedLine{box: boxOf(t), block: block}, nil
			case "word":
				if words++; words > 3_000_000 {
					return nil, errTooLarge
				}
				if text = append(text, ""); line != nil {
					b := boxOf(t)
					if len(text) == 1 {
						line.first = b.width()
					}
					line.words = append(line.words, printedWord{left: float32(b.left), right: float32(b.right)})
				}
			}
		case xml.CharData:
			if n := len(text); n > 0 && line != nil {
				text[n-1] += strings.TrimSpace(string(t))
			}
		case xml.EndElement:
			if t.Name.Local == "line" && line != nil && len(pages) > 0 {
				end := 0
				for i, word := range text {
					end += len(word)
					line.words[i].end = int32(end)
					end++
				}
				if line.text = strings.Join(text, " "); strings.TrimSpace(line.text) != "" {
					p := pages[len(pages)-1]
					p.lines = append(p.lines, *line)
				}
				line = nil
			}
		}
	}
}

func boxOf(e xml.StartElement) box {
	return box{number(e, "xMin"), number(e, "yMin"), number(e, "xMax"), number(e, "yMax")}
}

func number(e xml.StartElement, key string) float64 {
	n, err := strconv.ParseFloat(attr(e, key), 64)
	if err != nil || n != n || n > 1e6 || n < -1e6 {
		return 0
	}
	return n
}

// bodyHeight is how high most letters of the text are.
func bodyHeight(pages []*printedPage) float64 {
	letters := make(map[int]int)
	best := 0
	for _, p := range pages {
		for _, l := range p.lines {
			h := int(l.height()*2 + 0.5)
			if letters[h] += len(l.text); letters[h] > letters[best] {
				best = h
			}
		}
	}
	return float64(best) / 2
}

// takeMargins takes running heads and feet out: what stands first or last on several pages, but for its digits the same, and
// the number of the page.
func takeMargins(pages []*printedPage) (heads, feet []string) {
	type place struct {
		foot bool
		text string
	}
	seen := make(map[place]int)
	each := func(p *printedPage, fn func(i int, at place)) {
		for i, l := range p.lines {
			if foot := l.top > p.bottom*0.9; foot || l.bottom < p.bottom*0.1 {
				fn(i, place{foot, withoutDigits(l.text)})
			}
		}
	}
	for _, p := range pages {
		once := make(map[place]bool)
		each(p, func(_ int, at place) {
			if !once[at] {
				once[at] = true
				seen[at]++
			}
		})
	}
	for _, p := range pages {
		gone := make(map[int]bool)
		each(p, func(i int, at place) {
			own := strings.Trim(p.lines[i].text, " -–—.|") == strconv.Itoa(p.number) && !p.accompanied(i)
			if !own && !(seen[at] >= 2 && 3*seen[at] >= len(pages) && p.outermost(i)) {
				return
			}
			gone[i] = true
			into := &heads
			if at.foot {
				into = &feet
			}
			if text := p.lines[i].text; len(*into) < 20 && strings.Trim(at.text, " -#/") != "" && !contains(*into, at.text) {
				*into = append(*into, text)
			}
		})
		kept := p.lines[:0]
		for i, l := range p.lines {
			if !gone[i] {
				kept = append(kept, l)
			}
		}
		p.lines = kept
	}
	return heads, feet
}

func contains(all []string, text string) bool {
	for _, one := range all {
		if withoutDigits(one) == text {
			return true
		}
	}
	return false
}

func withoutDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return '#'
		}
		return r
	}, s)
}

// accompanied tells a line beside which another stands: the number of a row is not that of the page.
func (p *printedPage) accompanied(i int) bool {
	for j, l := range p.lines {
		if j != i && l.beside(p.lines[i].box) {
			return true
		}
	}
	return false
}

// outermost tells a line with at most one row of lines between it and the edge of the page.
func (p *printedPage) outermost(i int) bool {
	above, below := 0, 0
	for _, l := range p.lines {
		if l.bottom <= p.lines[i].top {
			above++
		}
		if l.top >= p.lines[i].bottom {
			below++
		}
	}
	return min(above, below) <= 2
}

func (p *printedPage) place(what string, args ...any) string {
	return "trang " + strconv.Itoa(p.number) + ", " + fmt.Sprintf(what, args...)
}
