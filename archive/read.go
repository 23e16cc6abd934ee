package archive

import (
	"context"
	"strings"
	"unicode"
	"unicode/utf8"

	"giaoban/document"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
)

// Words are what was read of a file: its accepted text, the captions that the file itself marks as such, and the figures in
// the text that count neither before nor after a change which nobody has decided yet.
type Words struct {
	Text      string
	Captions  []string
	Undecided []document.Range

	model model
}

// ReadText gives the words of a file, a paragraph a line with its number as printed. Of a saved page only the article is
// kept, with its title and the day it was put up. The error is a sentence for the person who sent the file. Marks of secrecy
// are looked for by the caller.
func ReadText(ctx context.Context, name string, content []byte) (Words, error) {
	d, err := document.Read(ctx, name, content)
	if err != nil {
		return Words{}, err
	}
	return wordsOf(name, d)
}

// wordsOf gives the words of a file that was read.
func wordsOf(name string, d document.Document) (Words, error) {
	w := Words{Captions: d.Captions()}
	text, undecided, places := d.Laid()
	if w.Text = tidy(text); w.Text == text { // places count in the text as it is
		w.Undecided = undecided
		w.model = modelOf(d, text, places)
	}
	if w.Text == "" {
		return Words{}, fault.Invalid("", "Tệp “%s” không có chữ nào để đọc. Nếu là ảnh quét, hãy nhận dạng chữ rồi gửi lại.", name)
	}
	for i := range w.Captions {
		w.Captions[i] = tidy(w.Captions[i])
	}
	return w, nil
}

// modelOf is what the file says of its text; nothing of one that is read only in part.
func modelOf(d document.Document, text string, places [][]document.Range) model {
	if len(text) > mostText || !utf8.ValidString(text) {
		return model{}
	}
	v := newView(text)
	m := model{told: make(map[int]bool)}
	pieces := piecesOf(d, v, places)
	for _, p := range pieces {
		if p.told {
			m.told[p.all.Start-len(p.Number+" ")] = true
		}
	}
	m.paper = skeletonOf(v, pieces)
	return m
}

// tidy puts blanks right: one between words, none at the ends of lines, at most one empty line. What is tidy stays.
func tidy(s string) string {
	s = fold.Clean(strings.ReplaceAll(s, "\x00", ""))
	var b strings.Builder
	b.Grow(len(s))
	gap, breaks := false, 0
	for _, r := range s {
		switch {
		case r == '\n':
			gap = false
			breaks++
		case unicode.IsSpace(r):
			gap = true
		default:
			if b.Len() > 0 {
				switch {
				case breaks > 1:
					b.WriteString("\n\n")
				case breaks == 1:
					b.WriteByte('\n')
				case gap:
					b.WriteByte(' ')
				}
			}
			gap, breaks = false, 0
			b.WriteRune(r)
		}
	}
	return b.String()
}
