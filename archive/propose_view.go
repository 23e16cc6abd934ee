package archive

import (
	"sync"
	"unicode"
	"unicode/utf8"

	"giaoban/document"
	"giaoban/figure"
	"giaoban/internal/fold"
)

// view is a text made ready for looking up words; a place in low is the place in text.
type view struct {
	text, low string
	words     *figure.Text
}

func newView(text string) *view {
	words := figure.NewText(text)
	return &view{text, words.Low(), words}
}

func (v *view) find(phrase string, from, to int) int { return v.words.Find(phrase, from, to) }

func (v *view) has(phrase string, from, to int) bool { return v.find(phrase, from, to) >= 0 }

func (v *view) findAny(from, to int, phrases ...string) (at int, phrase string) {
	return v.words.FindAny(from, to, phrases...)
}

func (v *view) hasAny(from, to int, phrases ...string) bool {
	return v.words.HasAny(from, to, phrases...)
}

func (v *view) begins(from, to int, phrases ...string) (next int, ok bool) {
	return v.words.Begins(from, to, phrases...)
}

func (v *view) edge(i int) bool { return v.words.Edge(i) }

func wordRune(r rune) bool { return figure.WordRune(r) }

func (v *view) skip(i, to int, letters string) int { return v.words.Skip(i, to, letters) }

func (v *view) trimmed(s Span, letters string) Span {
	return Span(v.words.Trimmed(document.Range(s), letters))
}

func (v *view) item(s Span) Item { return Item{Value: v.text[s.Start:s.End], Span: s} }

// lettersOf is what is compared when a portal repeats itself: letters and digits only, without marks.
func lettersOf(s string) string {
	out := make([]byte, 0, len(s))
	bare := bareLetters()
	for _, r := range s {
		if int(r) < len(bare) {
			if c := bare[r]; c != 0 {
				out = append(out, c)
			}
		} else if unicode.IsLetter(r) {
			out = utf8.AppendRune(out, unicode.ToLower(r))
		}
	}
	return string(out)
}

// bareLetters gives the letter without marks of every Vietnamese letter, and digits; a fold for each comparison would
// cost most of the time of reading a page.
var bareLetters = sync.OnceValue(func() *[0x1F00]byte {
	bare := new([0x1F00]byte)
	for r := range bare {
		if folded := fold.Fold(string(rune(r))); len(folded) == 1 && (folded[0] >= 'a' && folded[0] <= 'z' || folded[0] >= '0' && folded[0] <= '9') {
			bare[r] = folded[0]
		}
	}
	return bare
})

func (v *view) sentences(s Span) (all []Span) {
	for _, one := range v.words.Sentences(document.Range(s)) {
		all = append(all, Span(one))
	}
	return all
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}
