package archive

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"giaoban/internal/fold"
)

// view is a text made ready for looking up words. low is byte for byte as long as text, so that a place in one is the
// place in the other: small letters, and the tone where the new spelling puts it (uỷ → ủy, hoà → hòa).
type view struct{ text, low string }

func newView(text string) *view { return &view{text, lowered(text)} }

func lowered(s string) string {
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			if 'A' <= c && c <= 'Z' {
				c += 'a' - 'A'
			}
			out = append(out, c)
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if l := unicode.ToLower(r); r != utf8.RuneError && utf8.RuneLen(l) == n {
			out = utf8.AppendRune(out, l)
		} else {
			out = append(out, s[i:i+n]...)
		}
		i += n
	}
	for i := 0; i+1 < len(out); i++ {
		if out[i] == 'o' || out[i] == 'u' {
			moveTone(out, i)
		}
	}
	return string(out)
}

var tones = map[string]string{"oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa", "oè": "òe", "oé": "óe", "oẻ": "ỏe", "oẹ": "ọe", "uý": "úy", "uỷ": "ủy", "uỵ": "ụy"}

func moveTone(out []byte, i int) {
	if out[i+1] < utf8.RuneSelf {
		return
	}
	_, n := utf8.DecodeRune(out[i+1:])
	end := i + 1 + n
	to, ok := tones[string(out[i:end])]
	if !ok || len(to) != end-i || out[i] == 'u' && i > 0 && out[i-1] == 'q' {
		return
	}
	if r, _ := utf8.DecodeRune(out[end:]); unicode.IsLetter(r) {
		return
	}
	copy(out[i:end], to)
}

// find gives the first place of a phrase between from and to, whole words only, -1 when there is none.
func (v *view) find(phrase string, from, to int) int {
	for from >= 0 && from < to {
		i := strings.Index(v.low[from:to], phrase)
		if i < 0 {
			return -1
		}
		i += from
		if v.edge(i) && v.edge(i+len(phrase)) {
			return i
		}
		_, n := utf8.DecodeRuneInString(v.low[i:])
		from = i + n
	}
	return -1
}

func (v *view) has(phrase string, from, to int) bool { return v.find(phrase, from, to) >= 0 }

// findAny gives the first place of any of the phrases, and the phrase.
func (v *view) findAny(from, to int, phrases ...string) (at int, phrase string) {
	at = -1
	for _, p := range phrases {
		end := to
		if at >= 0 {
			end = min(to, at+len(p)) // only what begins before the best so far
		}
		if i := v.find(p, from, end); i >= 0 && (at < 0 || i < at || i == at && len(p) > len(phrase)) {
			at, phrase = i, p
		}
	}
	return at, phrase
}

func (v *view) hasAny(from, to int, phrases ...string) bool {
	at, _ := v.findAny(from, to, phrases...)
	return at >= 0
}

// begins reports that the text between from and to begins with one of the phrases, and where it goes on.
func (v *view) begins(from, to int, phrases ...string) (next int, ok bool) {
	for _, p := range phrases {
		if from+len(p) <= to && v.low[from:from+len(p)] == p && v.edge(from+len(p)) && from+len(p) > next {
			next, ok = from+len(p), true
		}
	}
	return next, ok
}

// edge reports that no word goes across i.
func (v *view) edge(i int) bool {
	if i <= 0 || i >= len(v.low) {
		return true
	}
	before, _ := utf8.DecodeLastRuneInString(v.low[:i])
	after, _ := utf8.DecodeRuneInString(v.low[i:])
	return !(wordRune(before) && wordRune(after))
}

func wordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// skip goes over the given characters.
func (v *view) skip(i, to int, chars string) int {
	for i < to {
		r, n := utf8.DecodeRuneInString(v.text[i:])
		if !strings.ContainsRune(chars, r) {
			break
		}
		i += n
	}
	return i
}

// trimmed narrows a span until neither blanks nor the given characters stand at its ends.
func (v *view) trimmed(s Span, chars string) Span {
	chars += " \n"
	for s.Start < s.End {
		r, n := utf8.DecodeRuneInString(v.text[s.Start:s.End])
		if !strings.ContainsRune(chars, r) {
			break
		}
		s.Start += n
	}
	for s.Start < s.End {
		r, n := utf8.DecodeLastRuneInString(v.text[s.Start:s.End])
		if !strings.ContainsRune(chars, r) {
			break
		}
		s.End -= n
	}
	return s
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

// longestSentence in bytes; a text without any point is cut into pieces, so that reading stays quick.
const longestSentence = 6000

// sentences cuts a paragraph. A point ends a sentence when a capital, a digit's end or a bullet follows and no
// abbreviation stands before it.
func (v *view) sentences(s Span) []Span {
	var all []Span
	start := s.Start
	for i := s.Start; i < s.End; i++ {
		c := v.text[i]
		end := i + 1
		switch {
		case c == '.' || c == '!' || c == '?':
		case strings.HasPrefix(v.text[i:s.End], "…"):
			end = i + len("…")
		case c == ' ' && i-start > longestSentence:
			all = append(all, v.trimmed(Span{start, i}, ""))
			start = end
			continue
		default:
			continue
		}
		for end < s.End && (strings.IndexByte(".!?/", v.text[end]) >= 0 || closing(v.text[end:s.End])) {
			_, n := utf8.DecodeRuneInString(v.text[end:])
			end += n
		}
		if end < s.End && !v.opensSentence(end, s.End) || c == '.' && end == i+1 && v.abbreviation(i, start) {
			continue
		}
		if t := v.trimmed(Span{start, end}, ""); t.Start < t.End {
			all = append(all, t)
		}
		start, i = end, end-1
	}
	if t := v.trimmed(Span{start, s.End}, ""); t.Start < t.End {
		all = append(all, t)
	}
	return all
}

func closing(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return r == '”' || r == '’' || r == ')' || r == '»' || r == '"'
}

// opensSentence reports that after a point there is a blank and a word with a capital, or glued a capital ("tốt.Công").
func (v *view) opensSentence(i, to int) bool {
	j := v.skip(i, to, " -–+“\"‘(*")
	if j >= to {
		return true
	}
	r, n := utf8.DecodeRuneInString(v.text[j:])
	if j == i {
		next, _ := utf8.DecodeRuneInString(v.text[j+n:])
		return unicode.IsUpper(r) && unicode.IsLower(next) && i >= 3 && unicode.IsLower(lastRune(v.text[:i-1]))
	}
	return unicode.IsUpper(r) || unicode.IsDigit(r)
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

// abbreviation reports that the point at i belongs to the word before it: "TP.", "T.Ư", "ThS.", "GS.", "P.", or to the
// number of a list "1.".
func (v *view) abbreviation(i, start int) bool {
	j := i
	for j > start {
		r, n := utf8.DecodeLastRuneInString(v.text[:j])
		if !wordRune(r) {
			break
		}
		j -= n
	}
	word := v.low[j:i]
	switch word {
	case "tp", "tx", "tt", "p", "q", "h", "t", "ts", "ths", "gs", "pgs", "bs", "bscki", "bsckii", "ks", "ds", "đ", "đc", "tr", "st", "ths-bs", "nxb", "v", "tnhh":
		return true
	}
	if word == "" {
		before := lastRune(v.text[:i])
		return before != ')' && before != '”' && before != '"' && before != '%' && before != '…'
	}
	for _, r := range word {
		if !unicode.IsDigit(r) {
			return false
		}
	}
	return j == start // "1. Công tác …"
}
