// Package figure reads số liệu trong lời văn: the numbers that running text says with a unit, what they are compared with, and
// whether they are estimates.
package figure

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"giaoban/document"
)

// Text is a text made ready for looking up words. Low is byte for byte as long as what was written, so that a place in one is
// the place in the other.
type Text struct{ text, low string }

// NewText makes a text ready.
func NewText(text string) *Text { return &Text{text, Lower(text)} }

// Low is the text in small letters.
func (t *Text) Low() string { return t.low }

// Lower writes small letters, and the tone where the new spelling puts it (uỷ → ủy, hoà → hòa), in as many bytes.
func Lower(s string) string {
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

// Find gives the first place of a phrase between from and to, whole words only, -1 when there is none.
func (t *Text) Find(phrase string, from, to int) int {
	for from >= 0 && from < to {
		i := strings.Index(t.low[from:to], phrase)
		if i < 0 {
			return -1
		}
		i += from
		if t.Edge(i) && t.Edge(i+len(phrase)) {
			return i
		}
		_, n := utf8.DecodeRuneInString(t.low[i:])
		from = i + n
	}
	return -1
}

// FindAny gives the first place of any of the phrases, and the phrase.
func (t *Text) FindAny(from, to int, phrases ...string) (at int, phrase string) {
	at = -1
	for _, p := range phrases {
		end := to
		if at >= 0 {
			end = min(to, at+len(p)) // only what begins before the best so far
		}
		if i := t.Find(p, from, end); i >= 0 && (at < 0 || i < at || i == at && len(p) > len(phrase)) {
			at, phrase = i, p
		}
	}
	return at, phrase
}

// HasAny reports that one of the phrases stands there.
func (t *Text) HasAny(from, to int, phrases ...string) bool {
	at, _ := t.FindAny(from, to, phrases...)
	return at >= 0
}

// Begins reports that the text between from and to begins with one of the phrases, and where it goes on.
func (t *Text) Begins(from, to int, phrases ...string) (next int, ok bool) {
	for _, p := range phrases {
		if from+len(p) <= to && t.low[from:from+len(p)] == p && t.Edge(from+len(p)) && from+len(p) > next {
			next, ok = from+len(p), true
		}
	}
	return next, ok
}

// Edge reports that no word goes across i.
func (t *Text) Edge(i int) bool {
	if i <= 0 || i >= len(t.low) {
		return true
	}
	before, _ := utf8.DecodeLastRuneInString(t.low[:i])
	after, _ := utf8.DecodeRuneInString(t.low[i:])
	return !(WordRune(before) && WordRune(after))
}

// WordRune reports whether a letter belongs to words.
func WordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// Word gives the word at i and the place after it.
func (t *Text) Word(i, to int) (string, int) {
	end := i
	for end < to {
		r, n := utf8.DecodeRuneInString(t.low[end:])
		if !WordRune(r) {
			break
		}
		end += n
	}
	return t.low[i:end], end
}

// Skip goes over the given letters.
func (t *Text) Skip(i, to int, letters string) int {
	for i < to {
		r, n := utf8.DecodeRuneInString(t.text[i:])
		if !strings.ContainsRune(letters, r) {
			break
		}
		i += n
	}
	return i
}

// Trimmed narrows a piece until neither blanks nor the given letters stand at its ends.
func (t *Text) Trimmed(s document.Range, letters string) document.Range {
	letters += " \n"
	for s.Start < s.End {
		r, n := utf8.DecodeRuneInString(t.text[s.Start:s.End])
		if !strings.ContainsRune(letters, r) {
			break
		}
		s.Start += n
	}
	for s.Start < s.End {
		r, n := utf8.DecodeLastRuneInString(t.text[s.Start:s.End])
		if !strings.ContainsRune(letters, r) {
			break
		}
		s.End -= n
	}
	return s
}
