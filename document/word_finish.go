package document

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"giaoban/internal/fold"
)

// finish makes the block of a paragraph, and of what hangs on it.
func (w *word) finish(p *para) error {
	if n := len(w.pending); n > 0 { // their marks are struck: one paragraph
		first := w.pending[0]
		for _, later := range append(w.pending[1:], *p) {
			first.pieces = append(first.pieces, later.pieces...)
			first.notes = append(first.notes, later.notes...)
			first.boxes = append(first.boxes, later.boxes...)
			first.marks = append(first.marks, later.marks...)
			first.remarks = append(first.remarks, later.remarks...)
		}
		first.look.mark = p.look.mark
		w.pending, p = nil, &first
	}
	b, struck := w.weave(p.pieces)
	b.Place, b.Page, b.Marks = p.place, p.page, p.marks
	for _, one := range p.remarks {
		b.Remarks = append(b.Remarks, one.Remark)
	}
	switch {
	case b.Text == "" && struck != "":
		b.strike(p.pieces, struck)
	case p.look.mark == Deleted && b.Text == "": // an empty line that is struck
	default:
		w.numbered(p, &b)
	}
	w.changes += len(b.Changes)
	b.noteUndecided()
	if err := w.add(b); err != nil {
		return err
	}
	for _, more := range [][]Block{p.boxes, p.notes} {
		for _, one := range more {
			if err := w.add(one); err != nil {
				return err
			}
		}
	}
	return nil
}

// strike makes the block one that is struck as a whole.
func (b *Block) strike(pieces []piece, struck string) {
	b.Text, b.Change, b.Changes, b.Original = struck, Deleted, nil, ""
	for _, one := range pieces {
		if one.gone {
			b.Changes = []Edit{{Kind: Deleted, Who: one.who, When: one.when, Text: struck}}
			return
		}
	}
}

// numbered says what the paragraph is, and its number.
func (w *word) numbered(p *para, b *Block) {
	l := p.look.under(p.base)
	at := l.level
	if at < 0 {
		at = w.numbering.levelOf(l.num, p.look.style)
	}
	listed := false
	if l.num != "" && l.num != "0" {
		b.Number, listed = w.numbering.next(l.num, at, w.styles)
	}
	switch {
	case w.styles.caption(p.look.style), p.caption:
		b.Kind = Caption
	case l.outline >= 0 && l.outline < 9:
		b.Kind, b.Level = Heading, l.outline+1
	case listed:
		b.Kind, b.Level = Item, at+1
	default:
		b.Kind = Paragraph
	}
}

// weave joins pieces to the accepted text, lists the changes, and gives what is struck apart.
func (c *collector) weave(all []piece) (b Block, struck string) {
	b.Kind = Paragraph
	pieces, original := c.old.convert(all)
	var kept, gone joiner
	stands, inserted, moved := false, false, false
	for _, one := range pieces {
		text := fold.Clean(strings.ReplaceAll(string(one.text), "\x00", ""))
		if one.gone {
			at := kept.next()
			if put := gone.put(text); put != "" && one.change == Deleted {
				b.Changes = append(b.Changes, Edit{Kind: Deleted, Who: one.who, When: one.when, Text: put, At: at})
			} else if one.change == Moved {
				gone = joiner{} // it stands where it was moved to
			}
			continue
		}
		at := kept.next()
		put := kept.put(text)
		if put == "" {
			continue
		}
		switch one.change {
		case "":
			stands = true
		case Inserted:
			inserted = true
		case Moved:
			moved = true
		}
		if one.change != "" {
			b.Changes = append(b.Changes, Edit{Kind: one.change, Who: one.who, When: one.when, Text: put, At: at})
		}
	}
	b.Text = kept.String()
	if original != "" && b.Text != "" {
		b.Original = strings.TrimSpace(original)
	}
	switch {
	case stands:
	case inserted:
		b.Change = Inserted
	case moved:
		b.Change = Moved
	}
	return b, gone.String()
}

// joiner joins pieces of a text, its blanks put right: one between words, none at the ends.
type joiner struct {
	b          strings.Builder
	gap        rune
	characters int
}

// next is where the next letter will stand, in characters.
func (j *joiner) next() int {
	if j.gap != 0 && j.characters > 0 {
		return j.characters + 1
	}
	return j.characters
}

// put adds a piece and gives it as it stands in the text.
func (j *joiner) put(text string) string {
	start := -1
	for _, r := range text {
		if unicode.IsSpace(r) {
			switch {
			case r == '\n', r == '\t' && j.gap != '\n':
				j.gap = r
			case j.gap == 0:
				j.gap = ' '
			}
			continue
		}
		if j.gap != 0 && j.characters > 0 {
			j.b.WriteRune(j.gap)
			j.characters++
		}
		j.gap = 0
		if start < 0 {
			start = j.b.Len()
		}
		j.b.WriteRune(r)
		j.characters++
	}
	if start < 0 {
		return ""
	}
	return j.b.String()[start:]
}

func (j *joiner) String() string { return j.b.String() }

// cell is one cell of a Word table while its row is read.
type cell struct {
	blocks  []Block
	columns int
	merge   string // "restart", "continue" or ""
	across  string // the older way to merge along a row
	change  Change
	who     string
	when    string
}

// accepted gives the text of a cell, its changes placed in it, and what is struck.
func (c cell) accepted() (text string, changes []Edit, struck, original string) {
	var b, gone, old strings.Builder
	line := func(to *strings.Builder, s string) {
		if to.Len() > 0 {
			to.WriteByte('\n')
		}
		to.WriteString(s)
	}
	for _, one := range c.blocks {
		if one.Kind == Note {
			continue
		}
		inner := strings.ReplaceAll(one.Text, "\t", " ")
		if one.Kind == Row {
			inner = strings.ReplaceAll(one.Text, "\t", " | ")
		}
		if one.Change == Deleted || c.change == Deleted {
			line(&gone, inner)
			changes = append(changes, Edit{Kind: Deleted, Who: c.who, When: c.when, Text: inner, At: utf8.RuneCountInString(b.String())})
			if last := &changes[len(changes)-1]; len(one.Changes) > 0 {
				last.Who, last.When = one.Changes[0].Who, one.Changes[0].When
			}
			continue
		}
		if one.Number != "" {
			inner = one.Number + " " + inner
		}
		line(&b, inner)
		if one.Original != "" {
			line(&old, one.Original)
		}
		if one.Kind != Row {
			from := utf8.RuneCountInString(b.String()) - utf8.RuneCountInString(one.Text)
			for _, e := range one.Changes {
				e.At += from
				changes = append(changes, e)
			}
		}
	}
	return b.String(), changes, gone.String(), old.String()
}
