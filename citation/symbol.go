package citation

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// symbol is the number and the letters of a document: "20-CT/TW".
type symbol struct {
	first, end int // tokens, end beyond the last
	number     string
	text       string // "" when only a number is written
	suffix     string // text without its number: "-CT/TW"
	head       word   // the first group of letters, mostly the kind's abbreviation
	headText   string
	groups     int
	year       bool // n/yyyy/…
	dotted     bool // 72.TW: the shorthand of portals
	portal     bool // HD.51.BTGTU
	knownHead  bool // head is a kind's abbreviation
	knownBody  bool // one of the groups is a body's abbreviation that everybody uses
	cell       bool // stands alone in its line or cell, so the next one may be its date
	inTitle    bool // part of another document's title: what closes that title is not its own
	unjoined   bool // 20NQ/TW: no separator after the number
	spaced     bool // written with blanks or broken inside
}

// bodies are abbreviations of issuing bodies that need no kind beside them. Others are accepted by their shape, since
// every office makes its own (Nghị định 30/2020/NĐ-CP, Phụ lục I, II.3.b).
var bodies = set("TW", "TƯ", "TU", "HU", "QU", "ThU", "TXU", "ĐU", "ĐUK", "ĐH", "CP", "TTg", "CTN", "UBND", "HĐND", "UBTVQH", "VPCP",
	"BTGTW", "BTGTU", "BTGDVTW", "BTGDVTU", "BDVTU", "BDVTW", "BTCTU", "BTCTW", "BNCTU", "UBKTTU", "UBKTTW", "VPTU", "VPTW", "VPHU", "QUTW",
	"BGDĐT", "BYT", "BKHCN", "BVHTTDL", "BNV", "BTC", "BLĐTBXH", "BTTTT", "BTNMT", "BNNMT", "SGDĐT", "SYT", "SKHCN", "SVHTTDL", "SVHTT", "SNV",
	"SLĐTBXH", "STTTT", "STNMT", "BHXH", "MTTQ", "MTTW", "TLĐ", "BTG", "BCĐ", "TTCP", "KTNN", "TANDTC", "VKSNDTC")

// terminals never stand before a dot inside a symbol: what follows the dot is the next sentence.
var terminals = set("TW", "TU", "HU", "QU", "ĐU", "CP", "TTg", "BYT", "BTC", "BNV", "CTN", "ĐH", "UBND", "HĐND")

const (
	maxDigits = 6
	maxGroups = 7
)

// symbolAt reads a symbol whose number is token i. It tells the shape only; whether a document is meant depends on what
// stands around.
func (r *reader) symbolAt(i int) (s symbol, ok bool) {
	n := r.at(i)
	if n.kind != numberKind || n.end-n.start > maxDigits {
		return s, false
	}
	s.first, s.number = i, r.text[n.start:n.end]
	j := i + 1
	var text strings.Builder
	text.WriteString(s.number)
	if t := r.at(j); t.kind == wordKind && t.gap == none && t.end-t.start == 1 { // Nghị quyết 30a/2008/NQ-CP
		text.WriteString(r.raw(j))
		j++
	}
	lettered := j
	if r.raw(i-1) == "." && n.gap == none && r.at(i-1).gap == none && r.at(j).kind == dotKind && r.at(j).gap == none {
		if a := r.word(i - 2); a.kind == wordKind && a.upper >= 2 && !a.mixed && typeSymbols[a.id] != nil {
			return r.portalAt(i-2, s)
		}
	}
	if head := r.word(j); j == i+1 && head.kind == wordKind && head.gap <= blank && head.upper > 1 && typeSymbols[head.id] != nil && r.separated(j+1) { // 20NQ/TW
		_, group, id, _ := r.group(j, false)
		text.WriteString(group)
		s.head, s.headText, s.knownHead, s.groups, s.unjoined = id, group, true, 1, true
		return r.groups(s, j+1, lettered, &text)
	}
	sep := r.at(j)
	if !separates(sep.kind) || sep.gap > line {
		return s, false
	}
	if sep.kind == dotKind && (sep.gap != none || r.at(j+1).gap != none || r.raw(j) != ".") {
		return s, false
	}
	s.dotted = sep.kind == dotKind
	if y := r.at(j + 1); y.kind == numberKind && y.gap <= line && isYear(r.raw(j+1)) && !s.dotted {
		if next := r.at(j + 2); (next.kind == slashKind || next.kind == dashKind) && next.gap <= line && r.at(j+2+1).kind == wordKind {
			text.WriteString(mark(sep.kind) + r.raw(j+1))
			s.year = true
			j += 2
		}
	}
	return r.groups(s, j, lettered, &text)
}

// groups reads the groups of letters from the separator at token j on. The number ends before token lettered.
func (r *reader) groups(s symbol, j, lettered int, text *strings.Builder) (symbol, bool) {
	for s.groups < maxGroups {
		sep := r.at(j)
		if !separates(sep.kind) || sep.gap > line {
			break
		}
		next := r.at(j + 1)
		loose := sep.gap != none || next.gap != none
		if next.gap > line || next.kind != wordKind || loose && s.groups > 1 && !s.spaced {
			break
		}
		if s.groups > 0 && sep.kind == dotKind {
			break
		}
		end, group, id, shaped := r.group(j+1, loose)
		if !shaped || loose && !r.looselyFits(&s, j+1, end, id) {
			break
		}
		text.WriteString(mark(sep.kind))
		text.WriteString(group)
		if s.groups == 0 {
			s.head, s.headText, s.knownHead = id, group, typeSymbols[id] != nil
		}
		s.knownBody = s.knownBody || bodies[id] || numbered(group)
		s.spaced = s.spaced || loose
		s.groups++
		j = end
	}
	if s.groups == 0 {
		return s, false
	}
	s.end, s.text = j, text.String()
	s.suffix = s.text[len(clean(r.text[r.at(s.first).start:r.at(lettered-1).end])):]
	return s, true
}

// portalAt reads HD.51.BTGTU, whose abbreviation of the kind is token a.
func (r *reader) portalAt(a int, s symbol) (symbol, bool) {
	j := a + 3 // HD . 51 .
	end, group, id, shaped := r.group(j+1, false)
	if r.at(j).kind != dotKind || r.at(j+1).gap != none || !shaped {
		return s, false
	}
	head := r.word(a)
	if b := r.at(a - 1); head.gap == none && (b.kind == dotKind || b.kind == wordKind || b.kind == numberKind || b.kind == slashKind) {
		return s, false
	}
	s.head, s.headText, s.knownHead, s.portal, s.groups = head.id, clean(r.raw(a)), true, true, 2
	s.knownBody = bodies[id]
	s.first, s.end = a, end
	s.text = s.headText + "." + s.number + "." + group
	s.suffix = "." + group
	return s, true
}

// group reads one group of letters of a symbol from token i: "BTG&DVTU", "T.Ư", "QH15", "BCĐ35TU". A small word that
// lost its blank is cut off first.
func (r *reader) group(i int, loose bool) (end int, text string, id word, ok bool) {
	t := r.word(i)
	if t.kind != wordKind {
		return i, "", 0, false
	}
	r.unglue(i)
	t = r.word(i)
	known := t.id != 0 && (typeSymbols[t.id] != nil || bodies[t.id])
	if !t.first || t.letters > 14 || !known && int(t.upper)*2 < int(t.letters) || known && t.upper == 1 && t.letters > 2 && t.mixed && loose {
		return i, "", 0, false
	}
	if t.mixed && t.letters == 2 && !known { // "Hà", "Sở"
		return i, "", 0, false
	}
	id, text, end = t.id, r.raw(i), i+1
	for {
		next := r.at(end)
		switch {
		case next.kind == numberKind && next.gap == none && next.end-next.start <= 3 && !r.datedAt(end):
			text += r.raw(end)
			end++
			continue
		case next.kind == wordKind && next.gap == none && r.at(end-1).kind == numberKind && r.capitals(end):
			text += r.raw(end)
			end++
			continue
		case next.kind == ampKind && next.gap <= blank && r.at(end+1).gap <= blank && r.capitals(end+1):
			text += "&" + r.raw(end+1)
			end += 2
			continue
		case next.kind == dotKind && next.gap == none && r.at(end+1).gap == none && r.raw(end) == "." && r.capitals(end+1) && !terminals[id] &&
			(r.word(end-1).letters <= 3 && r.at(end+2).kind != dotKind || bodies[r.word(end+1).id]):
			text += "." + r.raw(end+1)
			end += 2
			continue
		}
		if next.kind == wordKind && next.gap == blank && next.letters <= 3 && r.at(end-1).kind == wordKind && r.capitals(end) && r.raw(end+1) == "-" && r.separated(end+1) && !typeOrBody(r.word(end).id) { // TTLT-BGD ĐT-BNV
			text += r.raw(end)
			end++
			continue
		}
		break
	}
	if end > i+1 {
		text = clean(text)
		var l lettering
		id = vocabulary[string(l.read(text))]
		return end, text, id, true
	}
	return end, clean(text), id, true
}

func typeOrBody(id word) bool { return id == wTP || typeSymbols[id] != nil || bodies[id] }

// datedAt reports whether a date that lost its blank begins at token i: "TT-BGDĐT10/10/2018".
func (r *reader) datedAt(i int) bool {
	sep := r.at(i + 1)
	return separates(sep.kind) && sep.gap == none && r.at(i+2).kind == numberKind && r.at(i+2).gap == none
}

// capitals reports a token of capital letters only, after cutting off what is glued to it.
func (r *reader) capitals(i int) bool {
	if r.at(i).kind != wordKind {
		return false
	}
	r.unglue(i)
	t := r.word(i)
	return t.kind == wordKind && t.first && (!t.mixed || t.id != 0 && bodies[t.id])
}

// looselyFits reports whether a group from token i to end, parted from the symbol by blanks, still belongs to it: a dash
// between blanks also parts the clauses of a sentence.
func (r *reader) looselyFits(s *symbol, i, end int, id word) bool {
	if s.groups == 0 {
		return s.year && (numbered(r.raw(i)+r.raw(i+1)) || bodies[id]) || typeSymbols[id] != nil || r.separated(end) || r.at(end).gap <= blank && separates(r.at(end).kind) && r.at(end).kind != dotKind && r.capitals(end+1)
	}
	if s.groups == 1 && s.knownHead {
		return true
	}
	t, next := r.word(i), r.word(end)
	if t.mixed || t.letters < 2 || t.letters > 8 || id == wTP {
		return false
	}
	return next.kind != wordKind || !next.first || next.gap >= line
}

var wTP = w("TP")

// separated reports whether another group of a symbol seems to follow at token i.
func (r *reader) separated(i int) bool {
	k := r.at(i).kind
	return (k == slashKind || k == dashKind) && r.at(i).gap == none && r.at(i+1).gap == none && r.capitals(i+1)
}

// unglue cuts token i where capitals end and a small word that belongs to the sentence begins.
func (r *reader) unglue(i int) {
	t := r.word(i)
	if !t.mixed || t.upper < 2 || t.letters < 4 || t.end-t.start > 64 {
		return
	}
	s := r.text[t.start:t.end]
	var l lettering
	at := 0
	for p, c := range s {
		if p == 0 || c >= 0x300 && c <= 0x36F || s[p]&0xC0 == 0x80 {
			continue
		}
		id := vocabulary[string(l.read(s[p:]))]
		if glued[id] {
			at = p
			break
		}
	}
	if at == 0 {
		return
	}
	left, right := *t, token{start: t.start + at, end: t.end, kind: wordKind}
	left.end, left.seen = right.start, false
	r.tokens = append(r.tokens, token{})
	copy(r.tokens[i+2:], r.tokens[i+1:])
	r.tokens[i], r.tokens[i+1] = left, right
}

func separates(k kind) bool { return k == dashKind || k == slashKind || k == dotKind }

func mark(k kind) string {
	switch k {
	case slashKind:
		return "/"
	case dotKind:
		return "."
	}
	return "-"
}

func isYear(s string) bool {
	return len(s) == 4 && (s[:2] == "19" && s[2] >= '4' || s[:2] == "20")
}

// numbered reports Quốc hội or its committee with the number of the term: QH13, UBTVQH14.
func numbered(group string) bool {
	rest, ok := strings.CutPrefix(group, "UBTVQH")
	if !ok {
		rest, ok = strings.CutPrefix(group, "QH")
	}
	return ok && rest != "" && rest[0] <= '9'
}

// clean gives letters in NFC with Đ for Eth and for African D.
func clean(s string) string {
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case 0xCC, 0xCD: // a combining mark
			return eth.Replace(norm.NFC.String(s))
		case 0xC3, 0xC6, 0xC9:
			if i+1 < len(s) && (s[i+1] == 0x90 || s[i+1] == 0xB0 || s[i+1] == 0x89 || s[i+1] == 0x96) {
				return eth.Replace(norm.NFC.String(s))
			}
		}
	}
	return s
}

var eth = strings.NewReplacer("Ð", "Đ", "ð", "đ", "Ɖ", "Đ", "ɖ", "đ")
