// Package fold chuẩn hóa chữ Việt: the forms of a Vietnamese text used to search it,
// to sort it, and to store it once it has come in through a door.
//
// Every function is linear in its input and accepts any bytes; what is not UTF-8
// becomes U+FFFD. Nothing here reports an error.
package fold

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// NFC returns s composed, the form in which all text is stored and compared.
// macOS and some input methods deliver the decomposed form of the same word.
func NFC(s string) string {
	if norm.NFC.IsNormalString(s) {
		return s
	}
	return norm.NFC.String(s)
}

// HasNUL reports a NUL byte. PostgreSQL refuses it in text and SQLite cuts the
// text there, so a door refuses the whole request instead of storing half of it.
func HasNUL(s string) bool { return strings.IndexByte(s, 0) >= 0 }

// Fold returns s for searching: lower case, Vietnamese marks off, đ and Eth to d,
// every dash to "-" without spaces round it ("593 - QĐ/TU" = "593-QĐ/TU"), runs of
// white space to one space, none at the ends. Invisible characters are dropped.
// Because marks go, "uỷ" equals "ủy" and "hoà" equals "hòa". Fold(Fold(s)) == Fold(s).
func Fold(s string) string {
	if !ascii(s) {
		// Canonical decomposition sees composed and decomposed spelling as one.
		s = norm.NFD.String(strings.ToValidUTF8(s, "\uFFFD"))
	}
	out := make([]byte, 0, len(s))
	gap, foreign := false, false
	for _, r := range s {
		if unicode.IsSpace(r) {
			gap = true
			continue
		}
		if mark(r) || invisible(r) {
			continue
		}
		r = unicode.ToLower(r)
		switch {
		case r == 'đ' || r == 'ð':
			r = 'd'
		case dash(r):
			r = '-'
		}
		if gap && r != '-' && len(out) > 0 && out[len(out)-1] != '-' {
			out = append(out, ' ')
		}
		gap = false
		if r >= utf8.RuneSelf {
			foreign = true
		}
		out = utf8.AppendRune(out, r)
	}
	if foreign {
		return norm.NFC.String(string(out))
	}
	return string(out)
}

func ascii(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// mark covers the combining diacritics of Latin script only: the vowel signs of
// Khmer or Cham are letters to their readers and stay.
func mark(r rune) bool { return r >= 0x0300 && r <= 0x036F }

func dash(r rune) bool {
	switch r {
	case '-', '\u2212', '\uFE58', '\uFE63', '\uFF0D':
		return true
	}
	return r >= 0x2010 && r <= 0x2015
}

// invisible are characters that occupy no place: controls, zero width, direction
// overrides (which can make a text read otherwise than it is stored).
func invisible(r rune) bool {
	if r < 0x0600 {
		return r < ' ' || r >= 0x7F && r < 0xA0 || r == '\u00AD'
	}
	return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || (r >= 0xFE00 && r <= 0xFE0F)
}
