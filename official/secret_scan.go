package official

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// text is what comes in, not copied for being looked at.
type text interface{ ~string | ~[]byte }

func runeAt[T text](s T, at int) (rune, int) {
	if c := s[at]; c < utf8.RuneSelf {
		return rune(c), 1
	}
	return utf8.DecodeRuneInString(string(s[at:min(at+utf8.UTFMax, len(s))]))
}

// mostBetween is how many signs may stand between two letters of a mark, as in "M . . Ậ . . T".
const mostBetween = 16

// begins says which bytes can begin the M of a mark: the letter itself, or the first byte of the letters of other
// alphabets and of the compatibility forms that look like it.
var begins = func() (t [256]bool) {
	for _, c := range []byte{'M', 'm', 0xce, 0xcf, 0xd0, 0xe1, 0xe2, 0xef, 0xf0} {
		t[c] = true
	}
	return t
}()

// markAt finds the next place from at on where the letters M, Ậ, T follow each other with nothing between them but
// signs that are no letters: the one pass over the bytes that clean text costs. MAT without marks counts in capitals.
func markAt[T text](s T, at int) (from, to int, found bool) {
	for i := at; i < len(s); i++ {
		c := s[i]
		if !begins[c] {
			continue
		}
		next := i + 1
		if c >= utf8.RuneSelf {
			// The letters of Vietnamese and its dashes and quotation marks begin like the ones looked for.
			if c == 0xe1 && i+1 < len(s) && s[i+1] >= 0xb8 || c == 0xe2 && i+1 < len(s) && s[i+1] < 0x84 {
				i += 2
				continue
			}
			r, size := runeAt(s, i)
			if seen(r) != 'M' && seen(r) != 'm' {
				i += size - 1
				continue
			}
			next = i + size
		} else if next < len(s) { // most words with an m end here
			if c := s[next]; c >= 'b' && c <= 'z' || c >= 'B' && c <= 'Z' {
				continue
			}
		}
		if end, ok := markFrom(s, next, c == 'M' || c >= utf8.RuneSelf); ok {
			return i, end, true
		}
	}
	return 0, 0, false
}

// markFrom reads the Ậ and the T behind an M.
func markFrom[T text](s T, at int, capital bool) (end int, found bool) {
	r, at := nextLetter(s, at)
	hat, dot, plain := false, false, false
	switch r {
	case 'ậ', 'Ậ', 'Ë', 'ë':
		hat, dot = true, true
	case 'â', 'Â':
		hat = true
	case 'ạ', 'Ạ':
		dot = true
	case 'A':
		plain = capital
	case 'a':
	default:
		return 0, false
	}
	for at < len(s) { // the marks may follow their letter one by one
		r, size := runeAt(s, at)
		switch {
		case r == 0x302:
			hat = true
		case r == 0x323:
			dot = true
		case r == 'ä' || r == 'Ä': // VNI fonts
			hat, dot = true, true
		case unicode.Is(unicode.Mn, r) && (hat || dot) || unicode.Is(unicode.Cf, r):
		default:
			size = 0
		}
		if size == 0 {
			break
		}
		at += size
	}
	t, at := nextLetter(s, at)
	if hat && dot {
		return at, t == 'T' || t == 't'
	}
	return at, plain && !hat && !dot && t == 'T'
}

// nextLetter passes over signs; 0 when a digit, too many signs or the end comes first.
func nextLetter[T text](s T, at int) (rune, int) {
	for n := 0; n < mostBetween && at < len(s); {
		r, size := runeAt(s, at)
		at += size
		if r == '\\' && at < len(s) && escaped(s[at]) {
			at++
			continue
		}
		if unicode.IsLetter(r) || r >= 0x2100 && unicode.IsLetter(seen(r)) {
			return seen(r), at
		}
		if unicode.IsDigit(r) {
			return 0, at
		}
		if !unicode.IsSpace(r) {
			n++
		}
	}
	return 0, at
}

// escaped tells the escapes of JSON that stand for signs.
func escaped(c byte) bool {
	return c == 'n' || c == 'r' || c == 't' || c == 'f' || c == 'b' || c == '"' || c == '/'
}

// seen gives the letter that the eye sees in a letter of another alphabet or in a compatibility form.
func seen(r rune) rune {
	switch r {
	case 'М', 'Μ', 'м':
		return 'M'
	case 'Т', 'Τ', 'т':
		return 'T'
	case 'А', 'Α':
		return 'A'
	case 'а', 'α':
		return 'a'
	}
	if r < 0x2100 {
		return r
	}
	plain := norm.NFKD.String(string(r))
	first, _ := utf8.DecodeRuneInString(plain)
	return first
}
