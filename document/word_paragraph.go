package document

import (
	"bytes"
	"encoding/xml"
	"strings"

	"giaoban/internal/fold"
)

// piece is a run of letters under one state of change, in one font.
type piece struct {
	text      []byte
	change    Change // "" for what stands; Moved for what was moved here
	gone      bool   // struck, or moved away
	who, when string
	font      string
}

// para is a paragraph being read.
type para struct {
	look    look
	pieces  []piece
	notes   []Block
	marks   []string // of origins
	remarks []begun
	boxes   []Block // what stands in text boxes that hang on it
	caption bool
	place   string
	page    int
	base    look // of its style
}

// begun is a comment that begins in a paragraph: at which letter of which piece, and the words until it ended.
type begun struct {
	Remark
	piece, letter int
	ended         bool
}

const mostRemarks = 200 // in one paragraph

// remark notes where a comment begins. One that is only referred to stands at its point.
func (w *word) remark(p *para, id string) {
	if len(p.remarks) >= mostRemarks || w.remarked[id] {
		return
	}
	w.remarked[id] = true
	b := begun{Remark: Remark{ID: id}, piece: max(len(p.pieces)-1, 0)}
	if len(p.pieces) > 0 {
		b.letter = len(p.pieces[b.piece].text)
	}
	p.remarks = append(p.remarks, b)
}

// remarkEnds takes the words of a comment that began in this paragraph; struck ones are not among them.
func (p *para) remarkEnds(id string) {
	for i := range p.remarks {
		b := &p.remarks[i]
		if b.ID != id || b.ended {
			continue
		}
		b.ended = true
		var words []byte
		for n := b.piece; n < len(p.pieces); n++ {
			text := p.pieces[n].text
			if n == b.piece {
				text = text[min(b.letter, len(text)):]
			}
			if !p.pieces[n].gone {
				words = append(words, text...)
			}
		}
		b.Quote = strings.Join(strings.Fields(fold.Clean(string(words))), " ")
	}
}

// state is under which change the reader stands inside a paragraph.
type state struct {
	change    Change
	gone      bool
	who, when string
}

// under gives the state inside an element that marks a change. What was inserted and then struck is struck.
func (s state) under(e xml.StartElement) state {
	if s.gone {
		return s
	}
	inner := state{who: attr(e, "author"), when: attr(e, "date")}
	switch name(e) {
	case "ins":
		inner.change = Inserted
	case "moveTo":
		inner.change = Moved
	case "del":
		inner.change, inner.gone = Deleted, true
	case "moveFrom":
		inner.change, inner.gone = Moved, true
	}
	return inner
}

func (w *word) paragraph(x *walker) error {
	w.place.paragraph++
	p := &para{look: noLook(), place: "", page: w.page}
	p.base = w.styles.of(w.styles.paragraph)
	p.look.style = w.styles.paragraph
	if err := x.children(func(e xml.StartElement) error {
		if name(e) == "pPr" {
			if err := paragraphLook(x, &p.look); err != nil {
				return err
			}
			p.base = w.styles.of(p.look.style)
			return nil
		}
		return w.inline(x, e, p, state{})
	}); err != nil {
		return err
	}
	p.place, p.page = w.place.String(w.page), w.page
	for i, f := range w.fields { // an order that does not end with its paragraph is damaged
		if f.instruction {
			w.fields = w.fields[:i]
			break
		}
	}
	if p.look.mark == Deleted && p.stands() {
		if len(w.pending) < 1000 {
			w.pending = append(w.pending, *p)
			return nil
		}
	}
	return w.finish(p)
}

// stands tells whether anything of the paragraph is left when all changes are accepted.
func (p *para) stands() bool {
	for _, one := range p.pieces {
		if !one.gone && len(bytes.TrimSpace(one.text)) > 0 {
			return true
		}
	}
	return false
}

// flushPending ends a paragraph whose mark is struck where no other follows.
func (w *word) flushPending() error {
	if len(w.pending) == 0 {
		return nil
	}
	last := w.pending[len(w.pending)-1]
	w.pending = w.pending[:len(w.pending)-1]
	return w.finish(&last)
}

// inline reads what stands in a paragraph.
func (w *word) inline(x *walker, e xml.StartElement, p *para, s state) error {
	each := func(inner state) error {
		return x.children(func(e xml.StartElement) error { return w.inline(x, e, p, inner) })
	}
	switch name(e) {
	case "r":
		return w.run(x, p, s)
	case "ins", "del", "moveTo", "moveFrom":
		return each(s.under(e))
	case "bookmarkStart":
		if mark := attr(e, "name"); strings.HasPrefix(mark, OriginPrefix) && len(p.marks) < 20 {
			p.marks = append(p.marks, mark)
		}
		return x.skip()
	case "commentRangeStart":
		w.remark(p, attr(e, "id"))
		return x.skip()
	case "commentRangeEnd":
		p.remarkEnds(attr(e, "id"))
		return x.skip()
	case "hyperlink", "smartTag", "customXml", "sdt", "sdtContent", "dir", "bdo", "m:oMath", "m:oMathPara":
		return each(s)
	case "fldSimple":
		if strings.HasPrefix(strings.TrimSpace(attr(e, "instr")), "SEQ ") {
			p.caption = true
		}
		return each(s)
	case "mc:AlternateContent":
		return w.choice(x, func(e xml.StartElement) error { return w.inline(x, e, p, s) })
	case "m:r":
		return x.children(func(e xml.StartElement) error {
			if name(e) != "m:t" {
				return x.skip()
			}
			return w.letters(x, p, s, noLook())
		})
	case "rPr", "pPr", "sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr":
		return x.skip()
	}
	if strings.HasPrefix(name(e), "m:") {
		return each(s)
	}
	return x.skip()
}

// run reads w:r.
func (w *word) run(x *walker, p *para, s state) error {
	own := noLook()
	resolved := false
	return x.children(func(e xml.StartElement) error {
		if name(e) == "rPr" {
			return runLook(x, &own)
		}
		if !resolved {
			resolved = true
			if own.style != "" {
				own = own.under(w.styles.of(own.style))
			}
			own = own.under(p.base).under(w.styles.defaults)
		}
		return w.inRun(x, e, p, s, own)
	})
}

func (w *word) inRun(x *walker, e xml.StartElement, p *para, s state, l look) error {
	switch n := name(e); n {
	case "t", "delText", "a:t":
		return w.letters(x, p, s, l)
	case "tab", "ptab":
		w.put(p, s, l, "\t")
	case "br", "cr":
		if attr(e, "type") != "page" && attr(e, "type") != "column" {
			w.put(p, s, l, "\n")
		}
	case "noBreakHyphen":
		w.put(p, s, l, "-")
	case "lastRenderedPageBreak":
		w.page = max(w.page, 1) + 1
	case "sym":
		w.symbol(e, p, s, l)
	case "fldChar":
		w.fieldMark(attr(e, "fldCharType"))
	case "instrText":
		return w.order(x, p)
	case "footnoteReference", "endnoteReference":
		if b, ok := w.noteAt(strings.TrimSuffix(n, "Reference"), attr(e, "id"), attr(e, "customMarkFollows") == "1"); ok && !s.gone {
			p.notes = append(p.notes, b)
		}
	case "commentReference":
		w.remark(p, attr(e, "id"))
	case "ruby":
		return w.ruby(x, p, s)
	case "drawing", "pict", "object":
		return w.drawing(x, p, s)
	case "mc:AlternateContent":
		return w.choice(x, func(e xml.StartElement) error { return w.inRun(x, e, p, s, l) })
	}
	return x.skip()
}

// letters reads text into the paragraph.
func (w *word) letters(x *walker, p *para, s state, l look) error {
	text, err := x.text()
	if err != nil {
		return err
	}
	if w.read += len(text); w.read > mostText || len(p.pieces) > 50_000 {
		return errTooLarge
	}
	if signFont(l.font) {
		text = w.signs(text, l.font)
	}
	w.put(p, s, l, text)
	return nil
}

func (w *word) signs(text, font string) string {
	return strings.Map(func(r rune) rune {
		shown, ok := sign(font, r)
		if !ok {
			w.unknown++
		}
		return shown
	}, text)
}

func (w *word) symbol(e xml.StartElement, p *para, s state, l look) {
	code := small16(attr(e, "char"))
	if code == 0 {
		return
	}
	shown, ok := sign(attr(e, "font"), code)
	if !ok {
		w.unknown++
	}
	w.put(p, s, look{hidden: l.hidden}, string(shown))
}

func small16(hex string) (n rune) {
	for _, c := range []byte(hex) {
		at := strings.IndexByte("0123456789abcdef", c|0x20)
		if at < 0 || n > 0xFFF {
			return 0
		}
		n = n<<4 | rune(at)
	}
	return n
}

// put adds text to the paragraph as far as it is shown.
func (w *word) put(p *para, s state, l look, text string) {
	for _, f := range w.fields {
		if f.instruction {
			return
		}
	}
	if l.hidden != nil && *l.hidden {
		w.hidden += len([]rune(strings.TrimSpace(text)))
		return
	}
	next := piece{text: []byte(text), change: s.change, gone: s.gone, who: s.who, when: s.when, font: l.font}
	if n := len(p.pieces); n > 0 {
		last := &p.pieces[n-1]
		if last.change == next.change && last.gone == next.gone && last.who == next.who && last.when == next.when && last.font == next.font {
			last.text = append(last.text, text...)
			return
		}
	}
	p.pieces = append(p.pieces, next)
}

func (w *word) fieldMark(kind string) {
	switch n := len(w.fields); {
	case kind == "begin" && n < 100:
		w.fields = append(w.fields, field{instruction: true})
	case kind == "separate" && n > 0:
		w.fields[n-1].instruction = false
	case kind == "end" && n > 0:
		w.fields = w.fields[:n-1]
	}
}

// order reads the order of a field; one that counts pictures or tables makes its paragraph a caption.
func (w *word) order(x *walker, p *para) error {
	text, err := x.text()
	if strings.HasPrefix(strings.TrimSpace(text), "SEQ ") {
		p.caption = true
	}
	return err
}

// ruby reads the words themselves, not how they are read aloud.
func (w *word) ruby(x *walker, p *para, s state) error {
	return x.children(func(e xml.StartElement) error {
		if name(e) != "rubyBase" {
			return x.skip()
		}
		return x.children(func(e xml.StartElement) error { return w.inline(x, e, p, s) })
	})
}

// drawing looks for text boxes, however deep they stand in a picture.
func (w *word) drawing(x *walker, p *para, s state) error {
	return x.children(func(e xml.StartElement) error { return w.drawn(x, e, p, s) })
}

func (w *word) drawn(x *walker, e xml.StartElement, p *para, s state) error {
	switch name(e) {
	case "txbxContent":
		if s.gone {
			return x.skip()
		}
		kept := w.place
		w.place = place{part: "khung chữ"}
		blocks, err := w.inside(x, e)
		w.place = kept
		p.boxes = append(p.boxes, blocks...)
		return err
	case "mc:AlternateContent":
		return w.choice(x, func(e xml.StartElement) error { return w.drawn(x, e, p, s) })
	case "a:t":
		w.put(p, s, noLook(), " ")
		return w.letters(x, p, s, noLook())
	}
	return w.drawing(x, p, s)
}
