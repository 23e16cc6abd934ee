package official

import (
	"math"
)

// besideTable reports whether a paragraph is a heading in the middle, a caption or unit above a table or a note below it:
// those have looks of their own.
func (f *wordPaper) besideTable(i int) bool {
	t := f.file.texts[i]
	if t.looks["jc"] == string(Center) || t.looks["jc"] == string(Right) || t.looks["jc"] == "end" {
		return true
	}
	above := i - 1
	for above > 0 && f.line(above) == "" && f.file.texts[above].table < 0 {
		above--
	}
	return above > 0 && f.file.texts[above].table >= 0 && wordNote().MatchString(f.line(i))
}

// measure writes into the paper's profile what was measured of its parts.
func (f *wordPaper) measure() {
	p := &f.d.Profile
	parts := map[Part]Style{}
	for part, style := range p.Parts {
		parts[part] = style
	}
	p.Parts = parts
	for part, i := range f.measured {
		style, t := parts[part], f.file.texts[i]
		if part == "" {
			continue
		}
		style.Size = t.size()
		if part != PartAddressLabel { // its label leans, not what follows it
			style.Bold, style.Italic = t.looks.on("b"), t.looks.on("i")
		}
		if part == PartRecipients {
			style.Underline = t.looks.on("u")
		}
		style.Upper = t.capitals()
		if part == PartAddressLabel || part == PartRecipient || part == PartRecipients {
			style.Upper = p.Parts[part].Upper
		}
		parts[part] = style
	}
	if len(f.file.sections) > 0 {
		first := f.file.sections[0]
		p.Page.Width, p.Page.Height = math.Round(first.width), math.Round(first.height)
		half := func(mm float64) float64 { return math.Round(mm*2) / 2 }
		m := first.margins
		p.Page.Margins = Margins{half(m.Top), half(m.Bottom), half(m.Left), half(m.Right)}
	}
}

// size is the size of most letters in pt; a file that says nothing means 10.
func (t wordText) size() float64 {
	if halves, ok := t.looks.number("sz"); ok {
		return halves / 2
	}
	return 10
}

// capitals reports whether a text is printed in capitals.
func (t wordText) capitals() bool { return t.looks.on("caps") || !lowLetters().MatchString(t.text) }
