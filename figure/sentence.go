package figure

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"giaoban/document"
)

// longestSentence in bytes; a text without any point is cut into pieces, so that reading stays quick.
const longestSentence = 6000

// Sentences cuts a paragraph. A point ends a sentence when a capital, a digit's end or a bullet follows and no
// abbreviation stands before it.
func (t *Text) Sentences(s document.Range) []document.Range {
	var all []document.Range
	start := s.Start
	for i := s.Start; i < s.End; i++ {
		c := t.text[i]
		end := i + 1
		switch {
		case c == '.' || c == '!' || c == '?':
		case strings.HasPrefix(t.text[i:s.End], "…"):
			end = i + len("…")
		case c == ' ' && i-start > longestSentence:
			all = append(all, t.Trimmed(document.Range{Start: start, End: i}, ""))
			start = end
			continue
		default:
			continue
		}
		for end < s.End && (strings.IndexByte(".!?/", t.text[end]) >= 0 || closing(t.text[end:s.End])) {
			_, n := utf8.DecodeRuneInString(t.text[end:])
			end += n
		}
		if end < s.End && !t.opensSentence(end, s.End) || c == '.' && end == i+1 && t.abbreviation(i, start) {
			continue
		}
		if one := t.Trimmed(document.Range{Start: start, End: end}, ""); one.Start < one.End {
			all = append(all, one)
		}
		start, i = end, end-1
	}
	if one := t.Trimmed(document.Range{Start: start, End: s.End}, ""); one.Start < one.End {
		all = append(all, one)
	}
	return all
}

func closing(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return r == '”' || r == '’' || r == ')' || r == '»' || r == '"'
}

// opensSentence reports that after a point there is a blank and a word with a capital, or glued a capital ("tốt.Công").
func (t *Text) opensSentence(i, to int) bool {
	j := t.Skip(i, to, " -–+“\"‘(*")
	if j >= to {
		return true
	}
	r, n := utf8.DecodeRuneInString(t.text[j:])
	if j == i {
		next, _ := utf8.DecodeRuneInString(t.text[j+n:])
		return unicode.IsUpper(r) && unicode.IsLower(next) && i >= 3 && unicode.IsLower(lastRune(t.text[:i-1]))
	}
	return unicode.IsUpper(r) || unicode.IsDigit(r)
}

// abbreviation reports that the point at i belongs to the word before it: "TP.", "T.Ư", "ThS.", "GS.", "P.", or to the
// number of a list "1.".
func (t *Text) abbreviation(i, start int) bool {
	j := i
	for j > start {
		r, n := utf8.DecodeLastRuneInString(t.text[:j])
		if !WordRune(r) {
			break
		}
		j -= n
	}
	word := t.low[j:i]
	switch word {
	case "tp", "tx", "tt", "p", "q", "h", "t", "ts", "ths", "gs", "pgs", "bs", "bscki", "bsckii", "ks", "ds", "đ", "đc", "tr", "st", "ths-bs", "nxb", "v", "tnhh":
		return true
	}
	if word == "" {
		before := lastRune(t.text[:i])
		return before != ')' && before != '”' && before != '"' && before != '%' && before != '…'
	}
	for _, r := range word {
		if !unicode.IsDigit(r) {
			return false
		}
	}
	return j == start // "1. Công tác …"
}
