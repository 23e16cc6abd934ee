package document

import (
	"strings"

	"giaoban/internal/pattern"
)

// Text is the accepted text, a block a line, with the printed numbers before them. A row of three cells and more is one line,
// one that begins with its own number as an item of a list; what has two sides, as the head of a paper, is a line for each
// cell. undecided are the figures in it that a change
// not yet decided touches.
func (d Document) Text() (text string, undecided []Range) {
	text, undecided, _ = d.Laid()
	return text, undecided
}

// Laid is Text with the place of each accepted block in it: one range without the number, of a row one for each column, empty
// where nothing stands.
func (d Document) Laid() (text string, undecided []Range, places [][]Range) {
	w := textWriter{breaks: keepLines}
	for _, b := range d.Accepted() {
		if b.Kind == Row {
			places = append(places, w.row(b))
			continue
		}
		if b.Number != "" && b.Kind != Note {
			w.b.WriteString(b.Number + " ")
		}
		places = append(places, []Range{w.piece(b, 0, len(b.Text))})
		w.b.WriteByte('\n')
	}
	if d.Site != "" {
		w.b.WriteString("\n" + d.Site)
	}
	return strings.TrimRight(w.b.String(), "\n"), w.undecided, places
}

type textWriter struct {
	b         strings.Builder
	undecided []Range
	breaks    *strings.Replacer // how tabulators and line ends are written; letter for letter
}

var (
	keepLines = strings.NewReplacer("\t", " ")
	joinLines = strings.NewReplacer("\t", " ", "\n", " ")
)

// piece writes a part of a block's text, notes the undecided figures in it, and says where it stands.
func (w *textWriter) piece(b Block, from, to int) Range {
	at := w.b.Len()
	w.b.WriteString(w.breaks.Replace(b.Text[from:to]))
	for _, r := range b.UndecidedAt() {
		if r.Start >= from && r.End <= to {
			w.undecided = append(w.undecided, Range{at + r.Start - from, at + r.End - from})
		}
	}
	return Range{at, w.b.Len()}
}

var ownNumber = pattern.Of(`^[0-9]{1,3}[.)]?$`)

func (w *textWriter) row(b Block) []Range {
	places := make([]Range, len(b.Cells))
	var cells []Range
	var columns []int // of the cells
	from := 0
	for i, cell := range b.Cells {
		if cell != "" {
			cells, columns = append(cells, Range{from, from + len(cell)}), append(columns, i)
		}
		from += len(cell) + 1
	}
	if len(cells) < 3 {
		for i, c := range cells {
			places[columns[i]] = w.piece(b, c.Start, c.End)
			w.b.WriteByte('\n')
		}
		return places
	}
	w.breaks = joinLines
	for i, c := range cells {
		number := b.Text[c.Start:c.End]
		switch {
		case i == 0 && ownNumber().MatchString(number):
			bare, at := strings.TrimRight(number, ".)"), w.b.Len()
			w.b.WriteString(bare + ".")
			places[columns[i]] = Range{at, at + len(bare)}
			continue
		case i == 1 && ownNumber().MatchString(b.Text[cells[0].Start:cells[0].End]):
			w.b.WriteByte(' ')
		case i > 0:
			w.b.WriteString(", ")
		}
		places[columns[i]] = w.piece(b, c.Start, c.End)
	}
	w.breaks = keepLines
	if ownNumber().MatchString(b.Text[cells[0].Start:cells[0].End]) && !EndsSentence(b.Text) {
		w.b.WriteByte('.') // an item is a sentence
	}
	w.b.WriteByte('\n')
	return places
}
