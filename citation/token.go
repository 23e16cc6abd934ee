package citation

import (
	"sort"
	"unicode"
	"unicode/utf8"
)

// kind of a token.
type kind uint8

const (
	endKind kind = iota // beyond the text
	wordKind
	numberKind
	dashKind // every hyphen, dash and minus
	slashKind
	dotKind
	commaKind
	semicolonKind
	colonKind
	ampKind
	openKind  // ( [
	closeKind // ) ]
	quoteKind // straight quotes, which open as well as close
	openQuoteKind
	closeQuoteKind
	otherKind
)

// gap is what stands between a token and the one before it.
type gap uint8

const (
	none      gap = iota
	blank         // blanks, tabs, no-break spaces
	line          // one line break: text broken in the middle, or the next line of a list
	paragraph     // an empty line
)

// token is one syllable, run of digits or mark of the text.
type token struct {
	start, end int
	kind       kind
	gap        gap
	seen       bool // the fields below were read
	first      bool // begins with a capital
	mixed      bool // has small letters
	upper      uint8
	letters    uint8
	id         word
}

// How far the recogniser looks around a number, in bytes. Both bounds keep it linear.
const (
	lookBack  = 900
	lookAhead = 256 // tokens are read on in steps of this size
	forget    = 4096
)

// reader cuts the text into tokens where somebody looks, each byte at most once.
type reader struct {
	text   string
	tokens []token
	next   int // bytes read so far
	steps  int // tokens cut and
	looks  int // tokens looked at, to show that the work is linear
}

// seek gives the index of the first token that starts at or after p.
func (r *reader) seek(p int) int {
	if p-r.next > lookBack { // a stretch without numbers is left out
		from := p - lookBack
		for from < p && r.text[from] != ' ' && r.text[from] != '\n' {
			from++
		}
		r.tokens, r.next = r.tokens[:0], from
	} else if n := len(r.tokens); n > forget {
		kept := copy(r.tokens, r.tokens[n-forget/4:])
		r.tokens = r.tokens[:kept]
	}
	for r.next <= p && r.next < len(r.text) {
		r.more()
	}
	return sort.Search(len(r.tokens), func(i int) bool { return r.tokens[i].start >= p })
}

// at gives token i, reading on when needed; before the first and beyond the last stands an end.
func (r *reader) at(i int) *token {
	r.looks++
	for i >= len(r.tokens) && r.next < len(r.text) {
		r.more()
	}
	if i < 0 || i >= len(r.tokens) {
		return &token{start: len(r.text), end: len(r.text), gap: paragraph, seen: true}
	}
	return &r.tokens[i]
}

// word gives token i with its letters looked at.
func (r *reader) word(i int) *token {
	t := r.at(i)
	if !t.seen && t.kind == wordKind {
		var l lettering
		k := l.read(r.text[t.start:t.end])
		t.seen, t.first, t.mixed = true, l.first, l.upper < l.letters
		t.upper, t.letters = uint8(min(l.upper, 255)), uint8(min(l.letters, 255))
		t.id = vocabulary[string(k)]
	}
	return t
}

// is reports whether token i is the given syllable, however written.
func (r *reader) is(i int, id word) bool {
	t := r.at(i)
	return t.kind == wordKind && r.word(i).id == id
}

// raw is the text of token i.
func (r *reader) raw(i int) string {
	t := r.at(i)
	return r.text[t.start:t.end]
}

// more cuts the next step into tokens.
func (r *reader) more() {
	s := r.text
	i, stop := r.next, min(r.next+lookAhead, len(s))
	g, lines := none, 0
	for i < len(s) {
		c := s[i]
		if c == ' ' || c == '\t' || c == '\r' {
			g = max(g, blank)
			i++
			continue
		}
		if c == '\n' {
			lines++
			if g = line; lines > 1 {
				g = paragraph
			}
			i++
			continue
		}
		start := i
		k, size, between := classify(s[i:])
		i += size
		if between != none || k == endKind {
			if lines == 0 {
				g = max(g, between)
			}
			continue
		}
		switch k {
		case wordKind:
			for i < len(s) {
				if c := s[i]; c < utf8.RuneSelf {
					if c|0x20 < 'a' || c|0x20 > 'z' {
						break
					}
					i++
					continue
				}
				k, size, _ := classify(s[i:])
				if k != wordKind {
					break
				}
				i += size
			}
		case numberKind:
			for i < len(s) && s[i]-'0' < 10 {
				i++
			}
		}
		r.tokens = append(r.tokens, token{start: start, end: i, kind: k, gap: g})
		r.steps++
		g, lines = none, 0
		if i >= stop {
			break
		}
	}
	r.next = i
}

// classify says what begins s: a kind with its length, or blanks (between), or nothing to see (endKind, zero width).
func classify(s string) (k kind, size int, between gap) {
	c := s[0]
	if c < utf8.RuneSelf {
		switch {
		case c|0x20 >= 'a' && c|0x20 <= 'z':
			return wordKind, 1, none
		case c-'0' < 10:
			return numberKind, 1, none
		}
		return ascii[c], 1, none
	}
	if c >= 0xC3 && c <= 0xC6 && len(s) > 1 && s[1]&0xC0 == 0x80 { // À … ư
		if c == 0xC3 && (s[1] == 0x97 || s[1] == 0xB7) { // × ÷
			return otherKind, 2, none
		}
		return wordKind, 2, none
	}
	if c == 0xE1 && len(s) > 2 && s[1] >= 0xBA && s[1] <= 0xBB && s[2]&0xC0 == 0x80 { // Ạ … ỹ
		return wordKind, 3, none
	}
	r, size := utf8.DecodeRuneInString(s)
	switch r {
	case '\u00A0', '\u202F', '\u3000', '\u205F', '\u1680':
		return endKind, size, blank
	case '\u200B', '\u200C', '\u200D', '\u2060', '\uFEFF', '\u00AD', '\u200E', '\u200F', '\u202A', '\u202C':
		return endKind, size, none
	case '\u2010', '\u2011', '\u2012', '\u2013', '\u2014', '\u2015', '\u2212', '\uFE58', '\uFE63', '\uFF0D':
		return dashKind, size, none
	case '\u2044', '\u2215', '\uFF0F':
		return slashKind, size, none
	case '“', '«', '‘', '„', '‹':
		return openQuoteKind, size, none
	case '”', '»', '’', '›':
		return closeQuoteKind, size, none
	case '…':
		return dotKind, size, none
	case '\u2028', '\u0085':
		return endKind, size, line
	case '\u2029':
		return endKind, size, paragraph
	}
	if r >= 0x2000 && r <= 0x200A {
		return endKind, size, blank
	}
	if r >= 0x300 && r <= 0x36F || unicode.IsLetter(r) {
		return wordKind, size, none
	}
	return otherKind, size, none
}

var ascii = func() (t [utf8.RuneSelf]kind) {
	for i := range t {
		t[i] = otherKind
	}
	t['-'], t['_'], t['/'], t['.'], t[','], t[';'], t[':'], t['&'] = dashKind, dashKind, slashKind, dotKind, commaKind, semicolonKind, colonKind, ampKind
	t['('], t['['], t[')'], t[']'], t['"'], t['\''] = openKind, openKind, closeKind, closeKind, quoteKind, quoteKind
	return t
}()
