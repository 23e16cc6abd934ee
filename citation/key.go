package citation

import (
	"strings"
	"unicode"
)

// SymbolKey gives the key by which symbols are compared: capitals in NFC, Đ for Eth, and no blanks, "&" or kinds of
// dashes to tell two spellings apart; a dot separates as a dash does (HD.51.BTGTU), except inside "T.Ư". "20-CT/T.Ư"
// and "20 – ct/tư" meet; "TƯ" and "TW" do too, being one body.
func SymbolKey(symbol string) string {
	var b strings.Builder
	letters, digits := 0, 0 // of the group under way
	separate := func(c byte) {
		if letters+digits > 0 {
			b.WriteByte(c)
		}
		letters, digits = 0, 0
	}
	s := clean(symbol)
	for i, r := range s {
		switch {
		case r == '.':
			if letters != 1 || digits > 0 {
				separate('-')
			}
		case r == '/' || r == '⁄' || r == '∕' || r == '／':
			separate('/')
		case unicode.IsDigit(r):
			b.WriteRune(r)
			digits++
		case unicode.IsLetter(r):
			if letters == 0 && digits > 0 && twoLetters(s[i:]) { // 20NQ/TW
				separate('-')
			}
			b.WriteRune(unicode.ToUpper(r))
			letters++
		default:
			if k, _, _ := classify(s[i:]); k == dashKind {
				separate('-')
			}
		}
	}
	return strings.ReplaceAll(strings.TrimRight(b.String(), "-/"), "TƯ", "TW")
}

// twoLetters reports whether s begins with two letters: a single one belongs to the number (30a).
func twoLetters(s string) bool {
	n := 0
	for _, r := range s {
		if n++; !unicode.IsLetter(r) || n == 2 {
			return n == 2 && unicode.IsLetter(r)
		}
	}
	return false
}
