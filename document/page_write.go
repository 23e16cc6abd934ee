package document

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// pageWriter turns the article into blocks.
type pageWriter struct {
	*collector
	page       *pageReader // nil for a page without anything around it, which is written whole
	err        error       // the first, after which nothing more is written
	line       []piece
	struck     bool // inside <del>
	added      bool // inside <ins>
	kind       Kind // of the block that is being written
	level      int
	number     string
	lists      []openList
	picture    bool // the block before held a picture and no text
	paragraphs int
	tables     int
}

// openList is a list of a page that is open.
type openList struct {
	ordered bool
	format  string
	next    int
}

func (w *pageWriter) write(n *html.Node, depth int) {
	if depth > deepest {
		w.say("Trang lồng quá sâu; phần sâu hơn không được đọc.")
		return
	}
	for c := n.FirstChild; c != nil && w.err == nil; c = c.NextSibling {
		switch c.Type {
		case html.TextNode:
			w.put(c.Data)
		case html.ElementNode:
			w.element(c, depth)
		}
	}
}

// put adds letters to the line; a line end in the file is a blank.
func (w *pageWriter) put(text string) {
	text = strings.NewReplacer("\n", " ", "\r", " ", "\t", " ").Replace(text)
	one := piece{text: []byte(text), gone: w.struck}
	switch {
	case w.struck:
		one.change = Deleted
	case w.added:
		one.change = Inserted
	}
	if n := len(w.line); n > 0 && w.line[n-1].gone == one.gone && w.line[n-1].change == one.change {
		w.line[n-1].text = append(w.line[n-1].text, text...)
		return
	}
	w.line = append(w.line, one)
}

func (w *pageWriter) element(c *html.Node, depth int) {
	if dropped(c) || w.page != nil && w.page.dropped(c) {
		return
	}
	switch c.DataAtom {
	case atom.Br:
		w.breakLine()
		return
	case atom.Img:
		w.picture = true
		return
	case atom.Del, atom.S, atom.Strike, atom.Ins:
		struck, added := w.struck, w.added
		if c.DataAtom == atom.Ins {
			w.added = true
		} else {
			w.struck = true
		}
		w.write(c, depth+1)
		w.struck, w.added = struck, added
		return
	case atom.Table:
		if w.breakLine(); isGrid(c) {
			w.table(c)
			return
		}
	}
	if !blockOf(c.DataAtom) {
		w.write(c, depth+1)
		return
	}
	w.breakLine()
	w.block(c, depth)
}

// block writes an element that begins a line of its own.
func (w *pageWriter) block(c *html.Node, depth int) {
	underPicture := w.picture
	from := len(w.blocks)
	kind, level, number := w.kind, w.level, w.number
	switch c.DataAtom {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		w.kind, w.level, w.number = Heading, int(c.Data[1]-'0'), ""
	case atom.Ol, atom.Ul:
		w.beginList(c)
		defer func() { w.lists = w.lists[:len(w.lists)-1] }()
	case atom.Li:
		w.kind, w.level, w.number = Item, max(1, len(w.lists)), w.itemNumber(c)
	}
	w.write(c, depth+1)
	w.breakLine()
	w.kind, w.level, w.number = kind, level, number
	if len(w.blocks) > from {
		if captioned(c, underPicture, w.blocks[from:]) {
			for i := from; i < len(w.blocks); i++ {
				w.blocks[i].Kind, w.blocks[i].Level = Caption, 0
			}
		}
		w.picture = false
	}
}

// captioned tells what stands under a picture: by its element, by a mark, or as a short slanted line right below.
func captioned(c *html.Node, underPicture bool, blocks []Block) bool {
	size := 0
	for _, b := range blocks {
		size += utf8.RuneCountInString(b.Text)
	}
	switch {
	case c.DataAtom == atom.Figcaption, c.DataAtom == atom.Caption:
		return true
	case size <= 400 && marked(c, "caption", "chuthich", "chu-thich", "imgdesc", "image-desc", "photo-desc", "pcaption"):
		return true
	}
	if !underPicture && !beginsWithPicture(c) || size > 250 || c.DataAtom != atom.P && c.DataAtom != atom.Div && c.DataAtom != atom.Td {
		return false
	}
	return strings.Contains(strings.ReplaceAll(attribute(c, "style"), " ", ""), "font-style:italic") || slanted(c)
}

// beginsWithPicture tells a block that has its words below a picture of its own.
func beginsWithPicture(c *html.Node) bool {
	for n := c.FirstChild; n != nil; n = n.NextSibling {
		if n.Type == html.ElementNode {
			return n.DataAtom == atom.Img || n.DataAtom == atom.A && beginsWithPicture(n)
		}
		if strings.TrimSpace(n.Data) != "" {
			return false
		}
	}
	return false
}

func (w *pageWriter) beginList(c *html.Node) {
	l := openList{ordered: c.DataAtom == atom.Ol, next: 1}
	switch attribute(c, "type") {
	case "a":
		l.format = "lowerLetter"
	case "A":
		l.format = "upperLetter"
	case "i":
		l.format = "lowerRoman"
	case "I":
		l.format = "upperRoman"
	}
	if start, err := strconv.Atoi(attribute(c, "start")); err == nil {
		l.next = start
	}
	w.lists = append(w.lists, l)
}

func (w *pageWriter) itemNumber(c *html.Node) string {
	if len(w.lists) == 0 || !w.lists[len(w.lists)-1].ordered {
		return "•"
	}
	l := &w.lists[len(w.lists)-1]
	if value, err := strconv.Atoi(attribute(c, "value")); err == nil {
		l.next = value
	}
	l.next++
	return counted(l.next-1, l.format) + "."
}

// breakLine ends a block; an item goes on without its number.
func (w *pageWriter) breakLine() {
	b, struck := w.weave(w.line)
	if b.Text == "" && struck != "" {
		b.strike(w.line, struck)
	}
	w.line = w.line[:0]
	if b.Text == "" || w.err != nil {
		return
	}
	if w.kind != "" {
		b.Kind, b.Level, b.Number = w.kind, w.level, w.number
		if w.number = ""; w.kind == Item && b.Number == "" {
			b.Kind = Paragraph
			b.Level = 0
		}
	}
	b.noteUndecided()
	w.paragraphs++
	b.Place = "đoạn " + strconv.Itoa(w.paragraphs)
	w.err = w.add(b)
}

// slanted tells a paragraph that is set in italics as a whole, as captions are under their pictures.
func slanted(n *html.Node) bool {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode && strings.TrimSpace(c.Data) != "":
			return false
		case c.Type == html.ElementNode && c.DataAtom != atom.Em && c.DataAtom != atom.I && c.DataAtom != atom.Br && c.DataAtom != atom.Img:
			if c.DataAtom == atom.Span || c.DataAtom == atom.Strong || c.DataAtom == atom.B {
				if !slanted(c) {
					return false
				}
				continue
			}
			return false
		}
	}
	return true
}
