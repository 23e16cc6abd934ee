package document

import (
	"encoding/xml"
	"strconv"
	"strings"
)

// look is what paragraph or run properties say of a text; nil and "" where they say nothing.
type look struct {
	style   string
	num     string // id of the numbering, "0" for none
	level   int    // of the list, from 0; -1 where not said
	outline int    // level of a heading, from 0; -1 where not said, 9 for body text
	hidden  *bool
	font    string // in which letters beyond ASCII are shown
	capital *bool

	mark Change // of the mark that ends the paragraph, or of the row
	who  string
	when string
}

func noLook() look { return look{level: -1, outline: -1} }

// under fills in what l does not say from the look it rests on.
func (l look) under(base look) look {
	if l.num == "" {
		l.num = base.num
	}
	if l.level < 0 {
		l.level = base.level
	}
	if l.outline < 0 {
		l.outline = base.outline
	}
	if l.hidden == nil {
		l.hidden = base.hidden
	}
	if l.capital == nil {
		l.capital = base.capital
	}
	if l.font == "" {
		l.font = base.font
	}
	return l
}

// style is a style of the file as it stands; resolved ones are kept by their ids.
type style struct {
	name, base string
	look       look
	whole      bool // already rests on what it is based on
}

type styles struct {
	all       map[string]*style
	paragraph string // id of the default style of paragraphs
	defaults  look
}

func readStyles(p *parcel, part string) (*styles, error) {
	s := &styles{all: make(map[string]*style), defaults: noLook()}
	err := p.read(part, func(w *walker, _ xml.StartElement) error {
		return w.children(func(e xml.StartElement) error {
			switch name(e) {
			case "docDefaults":
				return s.readDefaults(w)
			case "style":
				return s.readStyle(w, e)
			}
			return w.skip()
		})
	})
	return s, err
}

func (s *styles) readDefaults(w *walker) error {
	return w.children(func(e xml.StartElement) error {
		return w.children(func(e xml.StartElement) error {
			if name(e) == "rPr" {
				return runLook(w, &s.defaults)
			}
			return w.skip()
		})
	})
}

func (s *styles) readStyle(w *walker, e xml.StartElement) error {
	one := &style{look: noLook()}
	id := attr(e, "styleId")
	if attr(e, "type") == "paragraph" && (attr(e, "default") == "1" || attr(e, "default") == "true") {
		s.paragraph = id
	}
	if len(s.all) < 5000 {
		s.all[id] = one
	}
	return w.children(func(e xml.StartElement) error {
		switch name(e) {
		case "name":
			one.name = strings.ToLower(val(e))
		case "basedOn":
			one.base = val(e)
		case "pPr":
			return paragraphLook(w, &one.look)
		case "rPr":
			return runLook(w, &one.look)
		}
		return w.skip()
	})
}

// of gives a style's look with all that it rests on.
func (s *styles) of(id string) look {
	var chain []*style
	base := noLook()
	for one := s.all[id]; one != nil && len(chain) < 64; one = s.all[one.base] {
		if one.whole {
			base = one.look
			break
		}
		chain = append(chain, one)
	}
	for i := len(chain) - 1; i >= 0; i-- {
		if n, ok := strings.CutPrefix(chain[i].name, "heading "); ok && chain[i].look.outline < 0 {
			if level, err := strconv.Atoi(n); err == nil && level >= 1 && level <= 9 {
				chain[i].look.outline = level - 1
			}
		}
		if chain[i].name == "title" && chain[i].look.outline < 0 {
			chain[i].look.outline = 0
		}
		chain[i].look = chain[i].look.under(base)
		chain[i].whole = true
		base = chain[i].look
	}
	return base
}

// caption tells the style of captions, and those that rest on it.
func (s *styles) caption(id string) bool {
	for i, one := 0, s.all[id]; one != nil && i < 64; i, one = i+1, s.all[one.base] {
		if one.name == "caption" {
			return true
		}
	}
	return false
}

// paragraphLook reads w:pPr.
func paragraphLook(w *walker, l *look) error {
	return w.children(func(e xml.StartElement) error {
		switch name(e) {
		case "pStyle":
			l.style = val(e)
		case "outlineLvl":
			l.outline = small(val(e), 9)
		case "numPr":
			return w.children(func(e xml.StartElement) error {
				switch name(e) {
				case "ilvl":
					l.level = small(val(e), 8)
				case "numId":
					l.num = val(e)
				}
				return w.skip()
			})
		case "rPr": // of the paragraph's mark
			return w.children(func(e xml.StartElement) error {
				changeOf(e, l)
				return w.skip()
			})
		}
		return w.skip()
	})
}

// changeOf notes an undecided change of a paragraph's mark or of a row.
func changeOf(e xml.StartElement, l *look) {
	switch name(e) {
	case "ins", "cellIns", "moveTo":
		if l.mark == "" {
			l.mark = Inserted
		}
	case "del", "cellDel", "moveFrom":
		l.mark = Deleted
	default:
		return
	}
	l.who, l.when = attr(e, "author"), attr(e, "date")
}

// runLook reads w:rPr. What a reviewer changed of the look alone is no change of the text.
func runLook(w *walker, l *look) error {
	return w.children(func(e xml.StartElement) error {
		switch name(e) {
		case "rStyle":
			l.style = val(e)
		case "vanish", "webHidden":
			if hidden := on(e); name(e) == "vanish" {
				l.hidden = &hidden
			}
		case "rFonts":
			for _, slot := range []string{"cs", "eastAsia", "ascii", "hAnsi"} {
				if font := attr(e, slot); font != "" {
					l.font = font
				}
			}
		}
		return w.skip()
	})
}

func small(s string, most int) int {
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 {
		return 0
	}
	return min(n, most)
}
