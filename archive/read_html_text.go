package archive

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// pageWriter turns the article into lines, a block a line.
type pageWriter struct {
	b        strings.Builder
	line     strings.Builder
	captions []string
	picture  bool // the block before held a picture and no text
}

func (w *pageWriter) write(n *html.Node, depth int) {
	if depth > deepest {
		return
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch c.Type {
		case html.TextNode:
			w.line.WriteString(strings.Map(func(r rune) rune {
				if r == '\n' || r == '\r' {
					return ' '
				}
				return r
			}, c.Data))
		case html.ElementNode:
			w.element(c, depth)
		}
	}
}

func (w *pageWriter) element(c *html.Node, depth int) {
	if dropped(c) {
		return
	}
	switch {
	case c.DataAtom == atom.Br:
		w.breakLine()
		return
	case c.DataAtom == atom.Img:
		w.picture = true
		return
	case !blockOf(c.DataAtom):
		w.write(c, depth+1)
		return
	}
	w.breakLine()
	underPicture := w.picture
	if c.DataAtom == atom.Li {
		w.line.WriteString("- ")
	}
	before := w.b.Len()
	w.write(c, depth+1)
	w.breakLine()
	own := strings.TrimSpace(w.b.String()[before:])
	if own == "" {
		return
	}
	size := utf8.RuneCountInString(own)
	if c.DataAtom == atom.Figcaption || marked(c, "caption", "chuthich", "chu-thich", "imgdesc", "image-desc", "photo-desc", "pcaption") && size <= 400 ||
		underPicture && c.DataAtom == atom.P && size <= 250 && slanted(c) {
		for line := range strings.Lines(own) {
			if line = strings.TrimSpace(line); line != "" {
				w.captions = append(w.captions, line)
			}
		}
	}
	w.picture = false
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

func (w *pageWriter) breakLine() {
	if line := strings.TrimSpace(w.line.String()); line != "" && line != "-" {
		w.b.WriteString(line)
		w.b.WriteByte('\n')
	}
	w.line.Reset()
}
