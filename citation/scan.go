package citation

import "strings"

// Find gives the references of a text in the order of the text; they do not overlap. It takes any bytes, never fails,
// and works in time proportional to the text.
func Find(text string) []Reference {
	f := finder{reader: reader{text: text}}
	f.run()
	return f.found
}

// finder goes through a text once, from number to number.
type finder struct {
	reader
	found []Reference
	links []link          // of the list that the newest of found belongs to
	lone  int             // how many of found stand before that list
	past  int             // bytes that belong to a reference already
	cited map[string]bool // kinds and numbers met with their symbols
}

func (f *finder) run() {
	s := f.text
	for p := 0; p < len(s); {
		if s[p]-'0' >= 10 {
			p++
			continue
		}
		q := p + 1
		for q < len(s) && s[q]-'0' < 10 {
			q++
		}
		if p >= f.past && q-p <= maxDigits {
			if next := f.look(p, q); next > q {
				q = next
			}
		}
		p = q
	}
}

// look decides by a few bytes whether the number from p to q deserves a closer look, and looks. It gives the byte where
// to go on.
func (f *finder) look(p, q int) int {
	symbol := f.joined(q)
	bare := !symbol && f.afterKind(p)
	law := q-p == 4 && isYear(f.text[p:q]) && f.lawNear(p)
	if !symbol && !bare && !law {
		return q
	}
	i := f.seek(p)
	if f.at(i).start != p || f.at(i).kind != numberKind {
		return q
	}
	if symbol {
		if end := f.numberAt(i); end > 0 {
			return end
		}
	}
	if law {
		if end := f.lawBefore(f.seek(p)); end > 0 {
			return end
		}
	}
	if bare || symbol && f.afterKind(p) {
		if end := f.bareAt(f.seek(p)); end > 0 {
			return end
		}
	}
	return q
}

// afterKind reports whether the word before byte p could end the name of a kind, or p goes on with a list.
func (f *finder) afterKind(p int) bool {
	s := f.text
	e := p
	for e > 0 && e > p-4 && (s[e-1] == ' ' || s[e-1] == '\n' || s[e-1] == 0xA0 || s[e-1] == 0xC2 || s[e-1] == ':') {
		e--
	}
	if f.past > 0 && p-f.past < 16 && p > f.past {
		return true
	}
	b := e
	for b > 0 && b > e-14 && (s[b-1] >= 0x80 && s[b-1] != 0xA0 || s[b-1]|0x20 >= 'a' && s[b-1]|0x20 <= 'z') {
		b--
	}
	if b == e || e-b > 13 {
		return false
	}
	var l lettering
	return typeEnds[vocabulary[string(l.read(s[b:e]))]]
}

// joined reports whether a separator and a letter or year follow byte q, blanks and one line end allowed between.
func (f *finder) joined(q int) bool {
	s := f.text
	if q+4 < len(s) && s[q] == ' ' {
		q++
	}
	if q+3 < len(s) && s[q] >= 'A' && s[q] <= 'Z' && (s[q+1] >= 'A' && s[q+1] <= 'Z' || s[q+1] >= 0xC3) {
		for most := q + 8; q < len(s) && q < most && (s[q] >= 'A' && s[q] <= 'Z' || s[q] >= 0x80); {
			q++
		}
		return q+1 < len(s) && (s[q] == '/' || s[q] == '-') && s[q+1] > ' '
	}
	if q < len(s) && s[q]|0x20 >= 'a' && s[q]|0x20 <= 'z' {
		q++
	}
	q = skipBlanks(s, q)
	if q >= len(s) {
		return false
	}
	switch c := s[q]; {
	case c == '-' || c == '/' || c == '.':
		q++
	case c == 0xE2 || c == 0xEF:
		k, size, _ := classify(s[q:])
		if k != dashKind && k != slashKind {
			return false
		}
		q += size
	default:
		return false
	}
	q = skipBlanks(s, q)
	if q >= len(s) {
		return false
	}
	c := s[q]
	if c-'0' < 10 {
		return q+5 < len(s) && (c == '1' || c == '2') && s[q+3]-'0' < 10 && s[q+4]-'0' >= 10
	}
	return c >= 'A' && c <= 'Z' || c >= 0xC3
}

func skipBlanks(s string, i int) int {
	for most := i + 8; i < len(s) && i < most; {
		switch c := s[i]; {
		case c == ' ' || c == '\n' || c == '\r' || c == '\t':
			i++
		case c == 0xC2 && i+1 < len(s) && s[i+1] == 0xA0:
			i += 2
		default:
			return i
		}
	}
	return i
}

// numberAt reads the reference whose number is token i and gives the byte beyond it, 0 when there is none.
func (f *finder) numberAt(i int) int {
	if !f.free(i) {
		return 0
	}
	s, ok := f.symbolAt(i)
	if !ok || f.insideAddress(f.at(s.first).start, f.at(s.end-1).end) {
		return 0
	}
	bare := []int(nil)
	if !s.portal && !s.dotted {
		bare = f.bareBefore(s.first)
	}
	left := before{start: s.first}
	listed := false
	if len(bare) > 0 {
		left = f.leftOf(bare[0])
		listed = f.listedBefore(left.start)
		if left.kind == nil && !f.bareStands(bare[0]) || left.kind != nil && left.kind.not || left.start < 0 || f.at(left.start).start < f.past {
			bare = nil
		}
	}
	if bare == nil && !s.portal {
		left = f.leftOf(s.first)
		listed = f.listedBefore(left.start)
	}
	f.farKind(s, &left)
	if !f.document(s, left, listed) {
		return 0
	}
	s.inTitle = f.inTitle(left.start)
	s.cell = left.kind == nil && (f.at(left.start).gap >= line || f.at(left.start-1).kind == endKind || f.raw(left.start-1) == "|")
	f.keep(s, left, f.rightOf(s), bare, listed)
	return f.past
}

// inTitle reports whether the reference that begins at token i stands in the title of the one before: "Kết luận số
// 49-KL/TW về tiếp tục thực hiện | Chỉ thị số 11-CT/TW".
func (f *finder) inTitle(i int) bool {
	n := len(f.found)
	if n == 0 {
		return false
	}
	end := f.found[n-1].End
	for k := i - 1; k > i-40; k-- {
		t := f.word(k)
		switch {
		case t.end <= end:
			first := f.word(k + 1)
			return first.id == wVe || titleVerbs[first.id] && first.kind == wordKind
		case t.kind == semicolonKind, t.kind == dotKind && f.at(k+1).gap != none, t.gap >= paragraph:
			return false
		}
	}
	return false
}

// free reports whether a number may begin at token i: it is no part of a date, a decimal, a range or a code.
func (f *finder) free(i int) bool {
	n, b := f.at(i), f.at(i-1)
	if n.gap != none || b.kind == endKind {
		return true
	}
	switch b.kind {
	case wordKind:
		return f.word(i-1).id != 0 && (typeEnds[f.word(i-1).id] || typeSymbols[f.word(i-1).id] != nil && f.word(i-1).upper > 1)
	case slashKind, colonKind, ampKind:
		return f.at(i-2).kind != numberKind && !(b.kind == slashKind && f.at(i-2).kind == wordKind && b.gap == none)
	case dashKind:
		k := f.at(i - 2).kind
		return b.gap != none || k != numberKind && k != wordKind
	case dotKind:
		return f.at(i-2).kind != numberKind || b.gap != none
	case otherKind:
		return false
	}
	return true
}

// document decides by the surroundings whether a symbol names a document.
func (f *finder) document(s symbol, left before, listed bool) bool {
	if strings.HasPrefix(s.headText, "GP") || left.kind != nil && left.kind.not {
		return false // licences, not documents
	}
	word := left.kind != nil || listed
	switch {
	case s.unjoined:
		return word || left.numbered
	case s.portal:
		return true
	case s.dotted:
		return (word || left.short) && (s.knownBody || s.knownHead)
	case s.groups == 1 && s.year:
		return word || s.knownBody || left.numbered && s.knownHead
	case s.groups == 1:
		return word && len(s.headText) >= 2 || left.short && s.knownBody || left.numbered && (s.knownHead || s.knownBody)
	}
	return word || left.short || s.knownHead || left.numbered || s.year && s.knownBody || bodies[s.head]
}

// insideAddress reports whether the bytes belong to a web or mail address or to a file's name.
func (f *finder) insideAddress(start, end int) bool {
	s := f.text
	from, to := start, end
	for from > 0 && from > start-300 && s[from-1] > ' ' {
		from--
	}
	for to < len(s) && to < end+300 && s[to] > ' ' {
		to++
	}
	run := s[from:to]
	for _, sign := range addressSigns {
		if strings.Contains(run, sign) {
			return true
		}
	}
	return false
}

var addressSigns = []string{"://", "www.", "@", ".vn", ".com", ".html", ".aspx", ".php", ".pdf", ".doc", ".PDF", ".DOC", ".xls", "?", "%20"}
