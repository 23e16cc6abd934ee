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
}

// ReadText gives the words of a file, a paragraph a line with its number as printed. Of a saved page only the article is
// kept, with its title and the day it was put up. The error is a sentence for the person who sent the file. Marks of secrecy
// are looked for by the caller.
func ReadText(ctx context.Context, name string, content []byte) (Words, error) {
	d, err := document.Read(ctx, name, content)
	if err != nil {
		return Words{}, err
	}
	w := Words{Captions: d.Captions()}
	text, undecided := d.Text()
	if w.Text = tidy(text); w.Text == text { // places count in the text as it is
		w.Undecided = undecided
	}
	if w.Text == "" {
		return Words{}, fault.Invalid("", "Tệp “%s” không có chữ nào để đọc. Nếu là ảnh quét, hãy nhận dạng chữ rồi gửi lại.", name)
	}
	for i := range w.Captions {
		w.Captions[i] = tidy(w.Captions[i])
	}
	return w, nil
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

func endsSentence(l string) bool {
	l = strings.TrimRight(l, " \t\"”’)»")
	return strings.HasSuffix(l, ".") || strings.HasSuffix(l, ";") || strings.HasSuffix(l, ":") || strings.HasSuffix(l, "!") ||
		strings.HasSuffix(l, "?") || strings.HasSuffix(l, "…")
}

// isBullet tells a line of a list: "- …", "• …", "1. …", "a) …", "II. …".
func isBullet(l string) bool { return bulletLength(l) > 0 }

// bulletLength is the number of bytes of the mark and the blank behind it, 0 without one.
func bulletLength(l string) int {
	r, n := utf8.DecodeRuneInString(l)
	if strings.ContainsRune("-–—+•*▪●◦‣✓✔►", r) {
		for n < len(l) && l[n] == ' ' {
			n++
		}
		return n
	}
	i := 0
	for i < len(l) && i < 5 && (l[i] >= '0' && l[i] <= '9' || strings.IndexByte("IVXivxabcdeđghk", l[i]) >= 0) {
		i++
	}
	if i == 0 || i+1 >= len(l) || l[i] != '.' && l[i] != ')' {
		return 0
	}
	for l[i] == '.' && i+2 < len(l) && l[i+1] >= '0' && l[i+1] <= '9' && (l[i+2] == '.' || l[i+2] == ' ' || l[i+2] == ')') {
		i += 2
	}
	if i >= len(l) || l[i] != '.' && l[i] != ')' && l[i] != ' ' {
		return 0
	}
	for i++; i < len(l) && l[i] == ' '; i++ {
	}
	return i
}
