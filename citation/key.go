package citation

import (
	"strings"
	"unicode"
)

// SymbolKey gives the key by which symbols are compared: capitals in NFC, Đ for Eth, and no blanks, dots, "&" or kinds
// of dashes to tell two spellings apart. "20-CT/T.Ư" and "20 – ct/tư" meet; "TƯ" and "TW" do too, being one body.
func SymbolKey(symbol string) string {
	var b strings.Builder
	last := byte(0)
	separator := func(c byte) {
		if last == 0 || last == '-' || last == '/' {
			return
		}
		b.WriteByte(c)
		last = c
	}
	s := clean(symbol)
	letter := false // the number has ended
	digit := func(i int) bool { return i >= 0 && i < len(s) && s[i]-'0' < 10 }
	for i, r := range s {
		switch {
		case r == '.':
			if digit(i-1) || digit(i+1) { // HD.51.BTGTU, 72.TW: the dot separates
				separator('-')
			}
		case r == '/' || r == '⁄' || r == '∕' || r == '／':
			separator('/')
		default:
			if k, _, _ := classify(s[i:]); k == dashKind {
				separator('-')
			} else if unicode.IsLetter(r) || unicode.IsDigit(r) {
				if unicode.IsLetter(r) && !letter && digit(i-1) && unicode.IsUpper(r) { // 20NQ/TW
					separator('-')
				}
				letter = letter || unicode.IsLetter(r)
				b.WriteRune(unicode.ToUpper(r))
				last = 'x'
			}
		}
	}
	return strings.ReplaceAll(strings.TrimRight(b.String(), "-/"), "TƯ", "TW")
}
