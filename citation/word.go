package citation

import (
	"unicode"
	"unicode/utf8"
)

// word numbers a syllable of the vocabulary; 0 is a syllable the recogniser has no use for.
type word uint16

// vocabulary holds every syllable that a table of this package names, by its key.
var vocabulary = make(map[string]word, 1024)

// w gives the number of a syllable, entering it when a table names it first.
func w(syllable string) word {
	var l lettering
	k := l.read(syllable)
	id, ok := vocabulary[string(k)]
	if !ok {
		id = word(len(vocabulary) + 1)
		vocabulary[string(k)] = id
	}
	return id
}

// lettering is what one look at a syllable tells: its key, its capitals and its letters.
//
// A key is the syllable in small letters with the tone mark moved to the end, so that NFC and NFD, "hoà" and "hòa",
// Eth and Đ meet; the shape of a letter (â, ơ, đ) stays, since it makes another word.
type lettering struct {
	key             [40]byte
	n               int
	upper, letters  int
	first           bool // begins with a capital
	long, decompose bool
}

// Shapes of letters in a key; ASCII small letters stand for themselves.
const (
	shapeBreve = 'A' // ă
	shapeHat   = 'B' // â
	shapeD     = 'D' // đ
	shapeE     = 'E' // ê
	shapeO     = 'O' // ô
	shapeHornO = 'P' // ơ
	shapeU     = 'U' // ư
	noTone     = 0
	graveTone  = '1'
	acuteTone  = '2'
	hookTone   = '3'
	tildeTone  = '4'
	dotTone    = '5'
)

// letter is one Vietnamese letter taken apart.
type letter struct{ shape, tone byte }

// composed is the table of Vietnamese letters beyond ASCII, small letters only.
var composed = func() map[rune]letter {
	m := make(map[rune]letter, 80)
	rows := []struct {
		shape byte
		marks string // grave, acute, hook, tilde, dot; '.' where the plain letter is ASCII
	}{
		{'a', "àáảãạ"}, {shapeBreve, "ằắẳẵặ"}, {shapeHat, "ầấẩẫậ"},
		{'e', "èéẻẽẹ"}, {shapeE, "ềếểễệ"}, {'i', "ìíỉĩị"},
		{'o', "òóỏõọ"}, {shapeO, "ồốổỗộ"}, {shapeHornO, "ờớởỡợ"},
		{'u', "ùúủũụ"}, {shapeU, "ừứửữự"}, {'y', "ỳýỷỹỵ"},
	}
	for _, r := range rows {
		tone := byte(graveTone)
		for _, c := range r.marks {
			m[c] = letter{r.shape, tone}
			tone++
		}
	}
	for c, s := range map[rune]byte{'ă': shapeBreve, 'â': shapeHat, 'đ': shapeD, 'ê': shapeE, 'ô': shapeO, 'ơ': shapeHornO, 'ư': shapeU,
		'ð': shapeD, 'ɖ': shapeD} { // Eth and African D look like Đ in many fonts
		m[c] = letter{s, noTone}
	}
	return m
}()

// direct is composed as an array over the blocks where the letters stand, capitals included.
var direct = func() *[0x1F00]capitalised {
	t := new([0x1F00]capitalised)
	for c, l := range composed {
		t[c].letter = l
		if up := unicode.ToUpper(c); up != c && int(up) < len(t) {
			t[up] = capitalised{l, true}
		}
	}
	return t
}()

type capitalised struct {
	letter
	upper bool
}

// read looks at a syllable. The key is empty for one too long to be Vietnamese.
func (l *lettering) read(s string) []byte {
	*l = lettering{}
	var tone byte
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			i++
			if 'A' <= c && c <= 'Z' {
				l.capital()
				c += 'a' - 'A'
			}
			l.letters++
			l.put(c)
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		i += size
		if int(r) < len(direct) && direct[r].shape != 0 {
			d := &direct[r]
			if d.upper {
				l.capital()
			}
			l.letters++
			l.put(d.shape)
			if d.tone != noTone {
				tone = d.tone
			}
			continue
		}
		if r >= 0x300 && r <= 0x36F {
			l.decompose = true
			if t := l.mark(r); t != noTone {
				tone = t
			}
			continue
		}
		if unicode.IsUpper(r) {
			l.capital()
		}
		l.letters++
		for k := i - size; k < i; k++ {
			l.put(s[k])
		}
	}
	if tone != noTone {
		l.put(tone)
	}
	if l.long {
		return nil
	}
	return l.key[:l.n]
}

func (l *lettering) capital() {
	l.upper++
	l.first = l.first || l.letters == 0
}

func (l *lettering) put(c byte) {
	if l.n == len(l.key) {
		l.long = true
		return
	}
	l.key[l.n] = c
	l.n++
}

// mark joins a combining mark to the letter before it, or gives the tone it stands for.
func (l *lettering) mark(r rune) byte {
	switch r {
	case 0x300:
		return graveTone
	case 0x301:
		return acuteTone
	case 0x309:
		return hookTone
	case 0x303:
		return tildeTone
	case 0x323:
		return dotTone
	}
	if l.n == 0 {
		return noTone
	}
	before := &l.key[l.n-1]
	switch {
	case r == 0x306 && *before == 'a':
		*before = shapeBreve
	case r == 0x302 && *before == 'a':
		*before = shapeHat
	case r == 0x302 && *before == 'e':
		*before = shapeE
	case r == 0x302 && *before == 'o':
		*before = shapeO
	case r == 0x31B && *before == 'o':
		*before = shapeHornO
	case r == 0x31B && *before == 'u':
		*before = shapeU
	}
	return noTone
}
