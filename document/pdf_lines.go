package document

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"giaoban/internal/fold"
	"giaoban/internal/pattern"
)

// typist joins printed lines to paragraphs again.
type typist struct {
	*collector
	body   float64 // height of the letters of the text
	open   *printedLine
	left   float64 // of the column the open paragraph stands in
	right  float64
	text   strings.Builder
	height float64 // of the first line of the paragraph
	at     *printedPage
	place  string // of the open paragraph
	single bool   // the open paragraph is one line so far
	count  int    // paragraphs of the page
	tables int
}

func (t *typist) page(p *printedPage) error {
	t.count = 0
	p.partCells()
	tables := tablesOf(p)
	edges := columnsOf(p)
	inTable := make(map[int]*printedTable)
	for _, table := range tables {
		for i := range table.lines {
			inTable[i] = table
		}
	}
	for i := range p.lines {
		table := inTable[i]
		switch {
		case table == nil:
			if err := t.line(p, &p.lines[i], edges[p.lines[i].block]); err != nil {
				return err
			}
		case !table.written:
			table.written = true
			if err := t.end(); err != nil {
				return err
			}
			t.tables++
			for n, cells := range table.rows() {
				b := t.row(cells)
				b.Page, b.Place = p.number, p.place("bảng %d, hàng %d", t.tables, n+1)
				if err := t.add(b); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// stretch is where the lines of a block run: between the edges, the block's own unless others in the same column are wider.
type stretch struct {
	box
	own box
}

func columnsOf(p *printedPage) map[int]stretch {
	blocks := make(map[int]box)
	for _, l := range p.lines {
		if b, ok := blocks[l.block]; ok {
			blocks[l.block] = b.with(l.box)
		} else {
			blocks[l.block] = l.box
		}
	}
	edges := make(map[int]stretch, len(blocks))
	if len(blocks) > 400 {
		for id, b := range blocks {
			edges[id] = stretch{b, b}
		}
		return edges
	}
	alone := make(map[int]bool) // nothing stands beside them: such a short line is no narrow column
	for id, b := range blocks {
		alone[id] = true
		for other, o := range blocks {
			if other != id && min(b.bottom, o.bottom)-max(b.top, o.top) > 1 {
				alone[id] = false
				break
			}
		}
	}
	for id, b := range blocks {
		e := b
		for other, o := range blocks {
			near := alone[id] && alone[other] || o.width() < 1.8*max(b.width(), p.width()/3)
			if o.left <= b.left+1 && o.right >= b.right-1 && near {
				e = e.with(box{o.left, e.top, o.right, e.bottom})
			}
		}
		edges[id] = stretch{e, b}
	}
	return edges
}

func (t *typist) line(p *printedPage, l *printedLine, column stretch) error {
	if t.open == nil || !t.goesOn(p, l, column) {
		if err := t.end(); err != nil {
			return err
		}
		t.at, t.height = p, l.height()
		t.count++
		t.place = p.place("đoạn %d", t.count)
	} else if last := t.text.String(); !(strings.HasSuffix(last, "-") || strings.HasSuffix(last, "/")) || strings.HasSuffix(last, " -") {
		t.text.WriteByte(' ')
	}
	t.single = t.text.Len() == 0
	t.text.WriteString(l.text)
	t.open, t.left, t.right = l, column.left, column.right
	return nil
}

// goesOn tells whether a line belongs to the paragraph before it.
func (t *typist) goesOn(p *printedPage, l *printedLine, column stretch) bool {
	last := t.open
	h := last.height()
	if l.height() > 1.15*h || h > 1.15*l.height() {
		return false
	}
	// A paragraph has ended where the next word would still have stood in the line.
	short := last.right+0.25*h+l.first < t.right-1
	finished := EndsSentence(last.text)
	lower := startsLower(l.text)
	if t.at != p && t.open.block != l.block || last.block != l.block && (l.top < last.top || l.top-last.bottom > 1.2*h) {
		return !finished && !short && (lower || unicode.IsDigit(firstRune(l.text))) && !IsBullet(l.text)
	}
	if l.top-last.top > 1.75*h {
		return false
	}
	if fold.Capitals(last.text, 1) && fold.Capitals(l.text, 1) && t.right-t.left < 0.45*p.width() {
		return false // the names at the head of a paper
	}
	if IsBullet(l.text) && (finished || short) {
		return false
	}
	under, opens := t.single && l.left > last.left-2 && l.left < last.left+2, IsBullet(l.text) || articleBegins().MatchString(l.text)
	if drawnIn := l.left > column.own.left+6; drawnIn && (opens || under) {
		return false // other lines of its block stand further left: it begins one
	}
	if opens && (under && (IsBullet(last.text) || articleBegins().MatchString(last.text)) || fold.Capitals(l.text, 1) && !fold.Capitals(last.text, 1)) {
		return false // the next item of a list, a heading
	}
	indented := l.left > column.left+6
	switch {
	case lower && !finished:
		return true
	case short, finished && last.right < t.right-0.1*(t.right-t.left):
		return false
	case indented && l.left > last.left+6:
		return false // the first line of a paragraph is drawn in
	case indented && last.left > t.left+6 && centred(*last, t.left, t.right) && centred(*l, column.left, column.right):
		return false
	case finished && IsBullet(l.text):
		return false
	}
	return true
}

func centred(l printedLine, left, right float64) bool {
	before, after := l.left-left, right-l.right
	return before > 12 && after > 12 && before-after < 12 && after-before < 12
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

var (
	articleBegins  = pattern.Of(`^Điều [0-9]+[.:] `)
	captionBegins  = pattern.Of(`^(Bảng|Biểu|Hình|Ảnh|Biểu đồ|Sơ đồ) ?[0-9]+(\.[0-9]+)*[.:]`)
	footnoteBegins = pattern.Of(`^\(?([0-9]{1,2})\)?\.? (\p{Lu}.*)$`)
)

// end writes the open paragraph.
func (t *typist) end() error {
	if t.open == nil {
		return nil
	}
	text := t.text.String()
	b := Block{Kind: Paragraph, Text: text, Page: t.at.number, Place: t.place}
	note := footnoteBegins().FindStringSubmatch(text)
	switch {
	case note != nil && t.height < 0.88*t.body && t.open.top > t.at.bottom*0.5:
		b.Kind, b.Number, b.Text = Note, note[1], note[2]
		t.say("Tệp PDF có chú thích cuối trang; số của chú thích có thể dính vào chữ hoặc số đứng trước nó.")
	case captionBegins().MatchString(text) && utf8.RuneCountInString(text) < 250:
		b.Kind = Caption
	case t.height > 1.2*t.body && utf8.RuneCountInString(text) < 200:
		b.Kind, b.Level = Heading, 1
	}
	t.open = nil
	t.text.Reset()
	return t.add(b)
}
