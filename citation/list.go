package citation

import "strings"

// link is what a list needs to know of a reference beside what the reader is told.
type link struct {
	head, suffix string // "NQ", "-NQ/TW"
	typed        bool   // has its own word for the kind
	dated        bool   // has its own date, right of the symbol, whole or not
	issuer       bool   // has its own issuer, right of the symbol
	lead         issued // subject of the sentence or "của …" before the number, which holds for the whole list
	leadIssuer   string
	leadDate     dated
	colon        bool // the sentence before ends in a colon, so semicolons do not end its list
	chained      bool // joined to the reference before it
}

// maxBare is how many bare numbers a list may have before the one that bears the letters.
const maxBare = 30

// bareBefore gives the tokens of the bare numbers that share the letters of the symbol whose first token is i:
// "các nghị quyết 18, 19-NQ/TW".
func (f *finder) bareBefore(i int) []int {
	var bare []int
	for len(bare) < maxBare {
		k := i - 1
		if f.is(k, wSo) {
			k--
		}
		t := f.word(k)
		if !(t.kind == commaKind || t.kind == semicolonKind || t.kind == ampKind || t.kind == wordKind && (t.id == wVa || t.id == wHoac)) {
			break
		}
		if t.kind == wordKind && f.at(k-1).kind == commaKind {
			k--
		}
		n := f.at(k - 1)
		if n.kind != numberKind || n.end-n.start > 4 || n.start < f.past || f.at(k).gap > line || !f.free(k-1) {
			break
		}
		i = k - 1
		bare = append(bare, i)
	}
	// In the order of the text.
	for a, b := 0, len(bare)-1; a < b; a, b = a+1, b-1 {
		bare[a], bare[b] = bare[b], bare[a]
	}
	return bare
}

// bareStands reports whether a list may begin at token i without a kind: "19 và 20-CT/TW" by itself or after "theo".
func (f *finder) bareStands(i int) bool {
	t := f.word(i - 1)
	return t.kind != wordKind && t.kind != numberKind && t.kind != commaKind || t.gap >= paragraph || t.kind == wordKind && beforeBare[t.id]
}

var beforeBare = set("số", "theo", "các", "hiện", "khai", "triệt", "cứ")

// goesOn reports whether a list of numbers from token i on ends in a symbol, which then holds for all.
func (f *finder) goesOn(i int) bool {
	for n := 0; n < maxBare; n++ {
		t := f.word(i)
		if t.gap > line || !(t.kind == commaKind || t.kind == semicolonKind || t.kind == ampKind || t.kind == wordKind && (t.id == wVa || t.id == wHoac)) {
			return false
		}
		i++
		if f.is(i, wVa) {
			i++
		}
		if f.is(i, wSo) {
			i++
		}
		if f.at(i).kind != numberKind {
			return false
		}
		if _, ok := f.symbolAt(i); ok {
			return true
		}
		i++
	}
	return false
}

// listedBefore reports whether only what joins a list stands between the reference before and token i.
func (f *finder) listedBefore(i int) bool {
	n := len(f.found)
	if n == 0 {
		return false
	}
	end := f.found[n-1].End
	joined := false
	for k := i - 1; k > i-7; k-- {
		t := f.word(k)
		if f.at(k+1).gap >= paragraph {
			return false
		}
		if t.end <= end {
			return joined && t.end == end
		}
		switch {
		case t.kind == commaKind || t.kind == semicolonKind || t.kind == ampKind || t.kind == dashKind && t.gap != none:
			joined = true
		case t.kind == wordKind && (t.id == wVa || t.id == wHoac || t.id == wCung || t.id == wVoi || t.id == wDen):
			joined = true
		case t.kind == wordKind && (t.id == wSo || t.id == wCac):
		default:
			return false
		}
	}
	return false
}

// parted reports whether a semicolon stands before token i: items that name their own kind share nothing across it.
func (f *finder) parted(i int) bool {
	for k := i - 1; k > i-4; k-- {
		switch f.at(k).kind {
		case semicolonKind:
			return true
		case wordKind:
		default:
			return false
		}
	}
	return false
}

// shareBack gives to the references before the newest what the end of a list says for all of them: "Quyết định số
// 11-QĐ/TU, 12-QĐ/TU ngày 05/6/2021 của Ban Thường vụ Tỉnh ủy".
func (f *finder) shareBack() {
	last := len(f.found) - 1
	link := func(i int) *link { return &f.links[i-f.lone] }
	from, own := &f.found[last], link(last)
	if !own.dated && !own.issuer && from.Term == "" {
		return
	}
	dates := own.dated && own.leadIssuer == "" && !own.typed // an item that names its kind again has its date for itself
	for i := last; i > f.lone && link(i).chained && dates; i-- {
		dates = !link(i - 1).dated // a list in which another item has its own date shares none
	}
	for i := last; i > f.lone && link(i).chained; i-- {
		r, l := &f.found[i-1], link(i-1)
		if l.issuer || l.leadIssuer != "" || r.Type != from.Type || l.head != own.head || bodyOf(l.suffix) != bodyOf(own.suffix) {
			return
		}
		if dates && !l.dated && l.leadDate.end == 0 {
			r.Date = from.Date
			r.note(noteSharedDate)
		}
		if !own.issuer && r.Issuer == "" && r.Term == "" && !own.typed {
			r.Term = from.Term
		}
		if own.issuer {
			r.Issuer, r.Term = from.Issuer, from.Term
			r.note(noteSharedIssuer)
		}
	}
}

// bodyOf is the part of a suffix that names the issuer: "/TU" of "-QĐ/TU".
func bodyOf(suffix string) string {
	if i := strings.LastIndexAny(suffix, "-/."); i >= 0 {
		return suffix[i+1:]
	}
	return suffix
}

func (r *Reference) note(n string) {
	r.Notes = append(r.Notes, n)
	r.Confidence = rounded(r.Confidence - 0.04)
}
