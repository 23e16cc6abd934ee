package fold

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Clean returns text from a form, a file or the API as it is to be stored: NFC,
// Eth typed for Đ mended, zero width, direction and control characters removed,
// every kind of line end as "\n". Tabs and no-break spaces stay. A NUL also stays,
// so that HasNUL still finds it whichever of the two is called first.
func Clean(s string) string {
	if plain(s) || settled(s) {
		return s
	}
	return scrub(s)
}

// Tidy is Clean without the blanks around: what was typed into one field.
func Tidy(s string) string { return strings.TrimSpace(Clean(s)) }

func scrub(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	out := make([]byte, 0, len(s))
	for i, r := range s {
		switch {
		case r == '\r':
			if strings.HasPrefix(s[i+1:], "\n") {
				continue
			}
			r = '\n'
		case r == '\v' || r == '\f' || r == '\u0085' || r == '\u2028' || r == '\u2029':
			// Word separates lines inside a paragraph by a vertical tab.
			r = '\n'
		case r == '\n' || r == '\t' || r == 0:
		case invisible(r) || noncharacter(r):
			continue
		}
		out = utf8.AppendRune(out, r)
	}
	return mendEth(norm.NFC.String(string(out)))
}

// plain text is the common case, answered without a copy.
func plain(s string) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c >= utf8.RuneSelf || c < ' ' && c != '\n' && c != '\t' && c != 0 || c == 0x7F {
			return false
		}
	}
	return true
}

// settled text has nothing to be cleaned, which is seen without a copy too.
func settled(s string) bool {
	common := true
	for _, r := range s {
		switch {
		case r >= 0x1E00 && r <= 0x1EFF: // most letters with two marks
		case r >= ' ' && r < 0x7F:
		case r == '\n' || r == '\t' || r == 0:
		case r == 'Ð' || r == 'ð' || r == utf8.RuneError || invisible(r) || noncharacter(r):
			return false
		case r == '\u2028' || r == '\u2029':
			return false
		case r >= 0x0300: // a mark by itself, or what is composed otherwise
			common = false
		}
	}
	return common || norm.NFC.IsNormalString(s)
}

// noncharacter are code points that no XML file, so no .docx, may contain.
func noncharacter(r rune) bool { return r&0xFFFE == 0xFFFE || r >= 0xFDD0 && r <= 0xFDEF }

// mendEth replaces Ð ð (U+00D0, U+00F0), which look like Đ đ in many fonts, where a
// Vietnamese word is meant: at the beginning of a word, where only Vietnamese has
// it, or in an abbreviation in capitals (LÐTBXH, QÐ). An Icelandic "það" stays.
func mendEth(s string) string {
	if !strings.ContainsAny(s, "Ðð") {
		return s
	}
	var out strings.Builder
	out.Grow(len(s) + 8)
	for len(s) > 0 {
		n := strings.IndexFunc(s, wordRune)
		if n < 0 {
			n = len(s)
		}
		out.WriteString(s[:n])
		s = s[n:]
		n = strings.IndexFunc(s, func(r rune) bool { return !wordRune(r) })
		if n < 0 {
			n = len(s)
		}
		mendWord(&out, s[:n])
		s = s[n:]
	}
	return out.String()
}

func wordRune(r rune) bool { return unicode.IsLetter(r) || unicode.Is(unicode.Mn, r) }

func mendWord(out *strings.Builder, word string) {
	abbreviation := utf8.RuneCountInString(word) <= 8 && word == strings.ToUpper(word)
	foreign := strings.ContainsAny(word, "ÞþÆæÖöØø")
	for i, r := range word {
		if !foreign && (i == 0 || abbreviation) {
			switch r {
			case 'Ð':
				r = 'Đ'
			case 'ð':
				r = 'đ'
			}
		}
		out.WriteRune(r)
	}
}

// Capital writes the first letter of a sentence as a capital one.
func Capital(s string) string {
	for i, r := range s {
		return strings.ToUpper(string(r)) + s[i+len(string(r)):]
	}
	return s
}

// Uncapital writes the first letter small, as in the middle of a sentence. An abbreviation stays: "UBND tỉnh".
func Uncapital(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	if second, _ := utf8.DecodeRuneInString(s[size:]); unicode.IsUpper(second) || unicode.IsDigit(second) || size == 0 {
		return s
	}
	return strings.ToLower(string(first)) + s[size:]
}

// Capitals tells a line that stands in capitals, and in at least so many of them: “SỞ Y TẾ”, not “A.”.
func Capitals(s string, least int) bool {
	for _, r := range s {
		switch {
		case unicode.IsLower(r):
			return false
		case unicode.IsUpper(r):
			least--
		}
	}
	return least <= 0
}

// Cut is the first letters of a text, most of them, with … where there are more.
func Cut(s string, most int) string {
	if len(s) <= most {
		return s
	}
	for at := range s {
		if most == 0 {
			return s[:at] + "…"
		}
		most--
	}
	return s
}
