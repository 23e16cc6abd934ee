package paper

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
)

// mark is a short digest of words, blanks aside: by it a form remembers what it was made from.
func mark(words ...string) string {
	h := sha256.New()
	for _, w := range words {
		fmt.Fprintf(h, "%q", tidyLines(strings.Split(w, "\n")))
	}
	return hex.EncodeToString(h.Sum(nil)[:6])
}

// mark gives every line, place and cell the key under which a form sends it back. The key of a place says what is asked there,
// where its words came from and how they read; of places that are alike, it counts.
func (w *Words) mark() {
	w.Read = make(map[string]string)
	for _, name := range Lines {
		w.Read[name] = mark(w.Line(name))
	}
	times := make(map[string]int)
	for i := range w.Pieces {
		p := &w.Pieces[i]
		place := append([]string{p.Ask, p.Origin.Ref, fmt.Sprint(len(p.Cells))}, p.Columns...)
		key := mark(place...) + "." + p.wording()
		for _, text := range p.texts() {
			p.Read = append(p.Read, mark(*text))
		}
		times[key]++
		p.Was = fmt.Sprintf("%s.%d", key, times[key])
	}
}

// wording is the mark of kind and words; a table is known by its shape, its cells have marks of their own.
func (p Piece) wording() string {
	if p.Kind == TablePiece {
		return string(p.Kind)
	}
	return mark(string(p.Kind), p.Text)
}

// untouched reports whether the words are those that were read.
func (p Piece) untouched() bool {
	_, rest, _ := strings.Cut(p.Was, ".")
	wording, _, _ := strings.Cut(rest, ".")
	return wording == p.wording()
}

// texts are the texts of a table in their order, its caption first; none of another piece.
func (p *Piece) texts() (all []*string) {
	if p.Kind != TablePiece {
		return nil
	}
	all = append(all, &p.Text)
	for r := range p.Cells {
		for c := range p.Cells[r] {
			all = append(all, &p.Cells[r][c])
		}
	}
	return all
}

// nothing stands for empty words beside typed ones.
const nothing = "(để trống)"

// Over lays typed words over those that stand now, when somebody else saved after they were read. What one of the two left alone
// is as the other has it. Where both changed a line or a cell, the typed words are kept and what stands now is told beside
// them; where both changed a paragraph both stand, the typed one behind. So no words take the place of others unseen.
func (w Words) Over(now Words) Words {
	out := now
	out.Theirs = make(map[string]string)
	for _, name := range Lines {
		typed, stands := w.Line(name), now.Line(name)
		if mark(typed) == w.Read[name] || mark(typed) == mark(stands) {
			continue
		}
		if mark(stands) != w.Read[name] {
			out.Theirs[name] = cmp.Or(strings.TrimSpace(stands), nothing)
		}
		out.SetLine(name, typed)
	}
	out.Pieces = over(w.Pieces, now.Pieces)
	return out
}

func over(typed, now []Piece) (out []Piece) {
	next := 0        // of the pieces that stand now: the first that is not in yet
	var gap []*Piece // typed since the last place that both know; nil where nothing was changed
	upTo := func(k int) {
		for i := range max(len(gap), k-next) {
			if next+i < k {
				out = append(out, now[next+i])
			}
			if i < len(gap) && gap[i] != nil {
				out = append(out, *gap[i])
			}
		}
		gap, next = nil, k
	}
	for _, p := range typed {
		k := slices.IndexFunc(now, func(one Piece) bool { return p.Was != "" && one.Was == p.Was })
		switch {
		case k >= next:
			upTo(k)
			out, next = append(out, p.beside(now[k])), k+1
		case p.Was != "" && p.untouched(), p.Kind == DropPiece, p.Kind == TablePiece, strings.TrimSpace(p.Text) == "":
			gap = append(gap, nil)
		default:
			p.Clash, p.Was = p.Was != "", ""
			gap = append(gap, &p)
		}
	}
	upTo(len(now))
	return out
}

// beside is a typed piece in the place that stands now; of a table each cell by itself.
func (p Piece) beside(now Piece) Piece {
	typed := p.texts()
	if len(typed) == 0 {
		return p
	}
	stand := now.texts()
	p.Theirs = make([]string, len(stand))
	for i, text := range stand {
		switch read := p.Read[i]; {
		case mark(*typed[i]) == read:
			*typed[i] = *text
		case mark(*text) != read && mark(*text) != mark(*typed[i]):
			p.Theirs[i] = cmp.Or(strings.TrimSpace(*text), nothing)
		}
	}
	p.Read = now.Read
	return p
}
