package fold

import (
	"fmt"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// SortKey returns a key whose byte order is the Vietnamese order of s: a ă â b c d đ
// e ê … o ô ơ … u ư … y z, then within a syllable ngang, huyền, hỏi, ngã, sắc, nặng.
// Tones count syllable by syllable as in the dictionary: "Ba Vì" < "Bà An". Letter
// case and punctuation do not count; numbers sort by value ("Phường 2" < "Phường 10").
// Only 0-9 and a-z occur in a key, so that a database whose collation is not
// bytewise still sorts it the same way.
func SortKey(s string) string {
	k := key{out: make([]byte, 0, 3*len(s))}
	k.add(s)
	return string(k.out)
}

// PersonKey sorts people as Vietnamese lists do: by given name (the last word), then
// by family and middle names. "Nguyễn Thị An" < "Lê Văn Bình".
func PersonKey(name string) string {
	name = strings.TrimSpace(name)
	k := key{out: make([]byte, 0, 3*len(name))}
	if i := strings.LastIndexFunc(name, unicode.IsSpace); i >= 0 {
		k.add(name[i:])
		name = name[:i]
	}
	k.add(name)
	return string(k.out)
}

// A key is built word by word: two characters for each letter, then a digit 1-6 for
// each tone; digits are lower than letters, so the shorter word goes first.
type key struct {
	out   []byte
	word  bool
	tones []byte
	room  [4]byte
}

func (k *key) add(s string) {
	s = norm.NFD.String(strings.ToValidUTF8(s, "\uFFFD"))
	k.tones = k.room[:0]
	digits := 0
	for i, r := range s {
		if r >= '0' && r <= '9' {
			k.endWord()
			digits++
			if i+1 == len(s) || s[i+1] < '0' || s[i+1] > '9' {
				k.number(s[i+1-digits : i+1])
				digits = 0
			}
			continue
		}
		switch {
		case mark(r):
			k.mark(r)
		case unicode.IsLetter(r):
			k.letter(unicode.ToLower(r))
		case invisible(r) && !unicode.IsSpace(r):
		default:
			k.endWord()
		}
	}
	k.endWord()
}

func (k *key) letter(r rune) {
	k.word = true
	switch {
	case r >= 'a' && r <= 'z':
		k.out = append(k.out, byte(r), '0')
	case r == 'đ' || r == 'ð':
		k.out = append(k.out, 'd', '1')
	default:
		k.out = fmt.Appendf(k.out, "zz%06x", r)
	}
}

// mark changes the letter just written (ă â ê ô ơ ư) or notes a tone.
func (k *key) mark(r rune) {
	if !k.word {
		return
	}
	const grave, acute, circumflex, tilde, breve, hook, horn, below = 0x300, 0x301, 0x302, 0x303, 0x306, 0x309, 0x31B, 0x323
	last := len(k.out) - 2
	switch r {
	case breve:
		k.variant(last, "a", '1')
	case circumflex:
		k.variant(last, "a", '2')
		k.variant(last, "eo", '1')
	case horn:
		k.variant(last, "o", '2')
		k.variant(last, "u", '1')
	case grave:
		k.tones = append(k.tones, '2')
	case hook:
		k.tones = append(k.tones, '3')
	case tilde:
		k.tones = append(k.tones, '4')
	case acute:
		k.tones = append(k.tones, '5')
	case below:
		k.tones = append(k.tones, '6')
	}
}

func (k *key) variant(at int, of string, v byte) {
	if k.out[at+1] == '0' && strings.IndexByte(of, k.out[at]) >= 0 {
		k.out[at+1] = v
	}
}

func (k *key) endWord() {
	if !k.word {
		return
	}
	if len(k.tones) == 0 {
		k.tones = append(k.tones, '1')
	}
	k.out = append(k.out, k.tones...)
	k.tones, k.word = k.room[:0], false
}

// number writes "9", a letter for the number of digits, the digits: after every
// tone, before every letter, and longer numbers after shorter ones.
func (k *key) number(s string) {
	s = strings.TrimLeft(s, "0")
	k.out = append(k.out, '9', byte('a'+min(len(s), 25)))
	k.out = append(k.out, s...)
}
