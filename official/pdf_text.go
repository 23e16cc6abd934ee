package official

import (
	"strings"
	"unicode"

	"giaoban/internal/fault"
)

// glyph is one letter of a text to be set, with its look and its advance in pt.
type glyph struct {
	r         rune
	face      face
	underline bool
	wide      float64
}

// blank reports whether a letter is a space, which stretches in a justified line.
func (l glyph) blank() bool { return l.r == ' ' }

// line is one line of a text as it is set, without the blanks at its end.
type line struct {
	letters []glyph
	wide    float64 // pt
	last    bool    // of the text or before a line end, so it is not stretched
}

// setter turns texts into letters of the font and keeps the first letter that the font lacks.
type setter struct {
	faces   [4]*faceData
	missing rune
}

func newSetter() (*setter, error) {
	faces, err := pdfFaces()
	return &setter{faces: faces}, err
}

// complete is nil when every letter could be set. A signed paper must not lack one without a word.
func (s *setter) complete() error {
	if s.missing == 0 {
		return nil
	}
	return fault.Invalid("format", "Ký tự “%c” (U+%04X) không có trong phông chữ của bản PDF. Hãy thay ký tự này trong văn bản, hoặc tải bản Word.", s.missing, s.missing)
}

// letters sets one stretch of text. What holds a line together in Word does so here: blanks and hyphens that do not
// break keep their own signs until they are drawn.
func (s *setter) letters(out []glyph, text string, style Style, r Run) []glyph {
	look := faceOf(style.Bold || r.Bold, style.Italic || r.Italic)
	for _, sign := range text {
		if sign == '\t' {
			sign = ' '
		}
		one := glyph{r: sign, face: look, underline: style.Underline || r.Underline}
		if shown := drawn(sign); sign == '\n' {
			out = append(out, one)
			continue
		} else if s.faces[look].has(shown) {
			one.wide = float64(s.faces[look].advances[shown]) * style.Size / 1000
		} else if s.missing == 0 {
			s.missing = sign
		}
		out = append(out, one)
	}
	return out
}

// drawn is the sign of the font for a letter.
func drawn(r rune) rune {
	switch r {
	case noBreakHyphen:
		return '-'
	case '\u00a0':
		return ' '
	}
	return r
}

// paragraphLetters sets a paragraph: its label, then its runs.
func (s *setter) paragraphLetters(l para, style Style) []glyph {
	var out []glyph
	if l.label != "" {
		out = s.letters(out, clean(l.label)+" ", style, Run{})
	}
	for _, r := range l.runs {
		look, text := style, heldSymbols(held(r.Text))
		switch l.part {
		case PartAddressLabel: // only the word "Kính gửi" leans
			look.Italic = false
		case PartNumber:
			text = r.Text
		}
		out = s.letters(out, text, look, r)
	}
	return out
}

// lines breaks letters into lines of a width in pt, the first one shorter by its indent.
func lines(all []glyph, width, indent float64) []line {
	var out []line
	room := width - indent
	for start := 0; ; room = width {
		end, next := endOfLine(all, start, room)
		last := next >= len(all) || end < len(all) && all[end].r == '\n'
		out = append(out, newLine(all[start:end], last))
		if next >= len(all) && (end == len(all) || all[end].r != '\n') {
			return out
		}
		start = next
	}
}

// endOfLine finds where the line from start ends and where the next one begins.
func endOfLine(all []glyph, start int, room float64) (end, next int) {
	wide, breakAt := 0.0, -1
	for i := start; i < len(all); i++ {
		switch {
		case all[i].r == '\n':
			return i, i + 1
		case all[i].blank():
			breakAt = i + 1 // blanks hang over the end
		case wide+all[i].wide > room+0.01 && i > start:
			if breakAt > start {
				return breakAt, breakAt
			}
			return i, i // a word longer than the line
		case breaksAfter(all, i):
			breakAt = i + 1
		}
		wide += all[i].wide
	}
	return len(all), len(all)
}

// breaksAfter: a word may be parted behind its hyphen or stroke, but not before a figure: 2022-2025, 05/2022.
func breaksAfter(all []glyph, i int) bool {
	if i == 0 || i+1 >= len(all) || !unicode.IsLetter(all[i+1].r) {
		return false
	}
	switch all[i].r {
	case '-', '/':
		return !all[i-1].blank() && unicode.IsLetter(all[i-1].r)
	case '–', '—':
		return !all[i-1].blank()
	}
	return false
}

func newLine(letters []glyph, last bool) line {
	for len(letters) > 0 && letters[len(letters)-1].blank() {
		letters = letters[:len(letters)-1]
	}
	l := line{letters: letters, last: last}
	for _, one := range letters {
		l.wide += one.wide
	}
	return l
}

// stretch is what each blank of a justified line is wider, in pt.
func (l line) stretch(room float64) float64 {
	blanks := 0
	for _, one := range l.letters {
		if drawn(one.r) == ' ' {
			blanks++
		}
	}
	if l.last || blanks == 0 || room <= l.wide {
		return 0
	}
	return (room - l.wide) / float64(blanks)
}

// draw sets the line with its left end at x and its letters on y, in one piece for each look; a justified line word by
// word, each with the blank behind it, so that who copies it gets its blanks.
func (l line) draw(c *canvas, x, y, size, stretch float64) {
	for i := 0; i < len(l.letters); {
		first, from := l.letters[i], x
		var text strings.Builder
		for ; i < len(l.letters) && l.letters[i].face == first.face && l.letters[i].underline == first.underline; i++ {
			shown := drawn(l.letters[i].r)
			text.WriteRune(shown)
			x += l.letters[i].wide
			if stretch > 0 && shown == ' ' {
				x += stretch
				i++
				break
			}
		}
		c.text(from, y, size, first.face, text.String())
		if first.underline {
			c.stroke(from, y+0.11*size, x, y+0.11*size, 0.05*size)
		}
	}
}

// metrics are the height of a line of a style and how far below its top its letters stand, in pt.
func (s Style) metrics() (height, base float64) {
	if s.LineExact > 0 {
		return s.LineExact, 0.8 * s.LineExact // as word processors divide an exact line
	}
	return (fontAscent + fontDescent + fontLeading) * s.Size, (fontAscent + fontLeading) * s.Size
}
