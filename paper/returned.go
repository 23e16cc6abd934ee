package paper

import (
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/journal"
	"giaoban/official"
)

// Takes tells whether a line of a file that came back can be taken into these words: what a record tells, what the program
// writes around the body and rows that came or went cannot.
func (w Words) Takes(l official.ReturnedLine) bool {
	if l.State == official.LineNew {
		return l.Where == ""
	}
	n := w.pieceAt(l.Block)
	for _, block := range l.Joined {
		if at := w.pieceAt(block); at < 0 || w.Pieces[at].Fixed {
			return false
		}
	}
	switch {
	case n < 0:
		return false
	case w.Pieces[n].Kind != TablePiece:
		return !w.Pieces[n].Fixed
	case l.Cell == nil:
		return false
	}
	p := w.Pieces[n]
	return l.Cell.Row >= 0 && l.Cell.Column >= 0 && l.Cell.Row < len(p.Cells) && l.Cell.Column < len(p.Cells[l.Cell.Row]) && !p.Fixes[l.Cell.Row][l.Cell.Column]
}

// pieceAt finds the piece that a block of the body is; -1 for none.
func (w Words) pieceAt(block int) int {
	return slices.IndexFunc(w.Pieces, func(p Piece) bool { return block >= 0 && p.at == block })
}

// Take puts what came back into the words: changed pieces keep their place and their origin, moved ones take both along, and
// what was struck is left empty. Lines that cannot be taken change nothing.
func (w Words) Take(lines []official.ReturnedLine) Words {
	w.Pieces = slices.Clone(w.Pieces)
	var added []official.ReturnedLine
	for _, l := range lines {
		if !w.Takes(l) {
			continue
		}
		if l.State == official.LineNew {
			added = append(added, l)
			continue
		}
		p := &w.Pieces[w.pieceAt(l.Block)]
		for _, block := range l.Joined {
			w.Pieces[w.pieceAt(block)].empty()
		}
		switch {
		case l.Cell != nil:
			p.Cells = slices.Clone(p.Cells)
			p.Cells[l.Cell.Row] = slices.Clone(p.Cells[l.Cell.Row])
			p.Cells[l.Cell.Row][l.Cell.Column] = l.New
		case l.State == official.LineStruck:
			p.empty()
		case l.State == official.LineMoved:
			l.New = l.Ending(p.Text)
			added = append(added, l)
		default:
			p.Text = l.Ending(p.Text)
		}
	}
	for i := len(added) - 1; i >= 0; i-- { // those behind one place keep their order
		l := added[i]
		one := Piece{Kind: pieceKindOf(l), Text: l.New}
		if was := w.pieceAt(l.Block); was >= 0 {
			one.Kind, one.Origin = w.Pieces[was].Kind, w.Pieces[was].Origin
			if strings.TrimSpace(l.New) != strings.TrimSpace(w.Pieces[was].Text) && one.Origin.Ref != "" {
				one.Origin.Label = strings.TrimSuffix(one.Origin.Label, edited) + edited
			}
		}
		at := 0
		for n, p := range w.Pieces {
			if l.Behind >= 0 && p.Was != "" && p.at <= l.Behind {
				at = n + 1
			}
		}
		w.Pieces = slices.Insert(w.Pieces, at, one)
	}
	for _, l := range added {
		if n := w.pieceAt(l.Block); n >= 0 && l.Block >= 0 {
			w.Pieces[n].empty()
		}
	}
	return w
}

func (p *Piece) empty() {
	p.Text = ""
	if p.Ask != "" {
		p.Kind = DropPiece
	}
}

// pieceKindOf is the kind of a piece that the paper did not have.
func pieceKindOf(l official.ReturnedLine) PieceKind {
	switch string(l.Kind) {
	case "heading":
		return map[bool]PieceKind{true: HeadingPiece, false: SubheadPiece}[l.Level == 1]
	case "item":
		return ItemPiece
	}
	return ParagraphPiece
}

// TakeReturned takes lines of a Word file that came back into the words of a draft; the others stay as they are.
func TakeReturned(tx *db.Tx, by access.Actor, id db.ID, version int64, file string, lines []official.ReturnedLine) (Paper, error) {
	content, err := contentOf(tx, id)
	if err != nil {
		return Paper{}, err
	}
	p, err := Rewrite(tx, by, id, version, WordsOf(content).Take(lines))
	if err != nil {
		return p, err
	}
	_, err = journal.Write(tx, by, "took_word", subject(p), journal.Details{"file": file, "lines": len(lines)})
	return p, err
}
