package citation

import "strings"

// titleReach is how many tokens a document's title may take between its symbol and what follows it.
const titleReach = 70

// titled passes over the title that stands between the symbol and the date or issuer: “về …” in quotes, or about what
// the document is when the body that its symbol names follows. What it finds is added to a.
func (r *reader) titled(a *after, s symbol) {
	if a.issuer.end > 0 && a.date.end > 0 {
		return
	}
	i := a.end
	if r.at(i).kind == commaKind {
		i++
	}
	if k := r.at(i).kind; k == openQuoteKind || k == quoteKind || k == otherKind && r.raw(i) == "″" {
		if end := r.closingQuote(i); end > 0 {
			b := *a
			b.end = end
			if !r.is(end, wVa) && r.oneMore(&b) && (b.date.end == a.date.end || !b.date.date.IsZero()) {
				r.oneMore(&b)
				r.oneMore(&b)
				*a = b
			}
		}
		return
	}
	if a.issuer.end > 0 || s.inTitle || !r.is(i, wVe) && !titleVerbs[r.word(i).id] || r.at(i).kind != wordKind {
		return
	}
	r.titledIssuer(a, s, i)
}

// titleVerbs begin a title without "về": "Quyết định số 1719/QĐ-TTg phê duyệt Chương trình … của Thủ tướng Chính phủ".
var titleVerbs = set("phê", "ban", "quy", "hướng", "sửa")

// closingQuote gives the token beyond the quote that token i opens, 0 when it is not closed nearby.
func (r *reader) closingQuote(i int) int {
	open := r.at(i).kind
	for j := i + 1; j < i+titleReach; j++ {
		t := r.at(j)
		if t.kind == endKind || t.gap >= paragraph {
			return 0
		}
		if t.kind == closeQuoteKind || t.kind == quoteKind && open == quoteKind {
			return j + 1
		}
	}
	return 0
}

// titledIssuer looks for "của" and the body that the symbol names, at the end of a title without quotes.
func (r *reader) titledIssuer(a *after, s symbol, i int) {
	nested := false // the title names another document
	for j := i + 1; j < i+titleReach; j++ {
		t := r.word(j)
		switch t.kind {
		case endKind, semicolonKind, colonKind, openKind, quoteKind, openQuoteKind, closeKind:
			return
		case dotKind:
			if r.at(j+1).gap != none {
				return
			}
		case numberKind:
			if k := r.at(j + 1).kind; (k == dashKind || k == slashKind) && r.at(j+2).kind == wordKind {
				nested = true
			}
		}
		if t.gap >= paragraph {
			return
		}
		if t.kind != wordKind || t.id != wCua && !(t.id == wDo) {
			continue
		}
		b, ok := r.issuerAt(j + 1)
		if ok && t.id == wDo && r.issuedAt(b.termEnd) > b.termEnd { // "… do Thủ tướng Chính phủ ban hành" closes the title
			if a.issuer = b; !nested {
				a.end, a.passedTitle = r.issuedAt(b.termEnd), true
			}
			return
		}
		if nested || t.id == wDo {
			continue
		}
		if !ok || !namedBy(s.suffix, r.written(b.first, b.end)) {
			continue
		}
		end := r.word(b.termEnd)
		if end.kind == wordKind && end.gap <= line && !(end.id == wNgay || end.id == wVa && r.nextDocument(b.termEnd+1)) && !verbs[end.id] {
			continue
		}
		a.issuer, a.end, a.passedTitle = b, b.termEnd, true
		if a.date.end == 0 {
			r.oneMore(a)
		}
		return
	}
}

// nextDocument reports whether the name of a kind begins at token i.
func (r *reader) nextDocument(i int) bool {
	if r.is(i, wCac) {
		i++
	}
	v, _ := types.match(r, i)
	return v != 0
}

// namedBy reports whether a symbol's last letters stand for the body: only then may a title part the two.
func namedBy(suffix, issuer string) bool {
	name := strings.ToLower(issuer)
	for _, n := range bodyNames {
		if strings.Contains(suffix, n.letters) {
			for _, p := range n.parts {
				if strings.HasPrefix(name, p) {
					return true
				}
			}
		}
	}
	return false
}

var bodyNames = []struct {
	letters string
	parts   []string
}{
	{"/TW", []string{"bộ chính trị", "ban bí thư", "ban chấp hành trung ương", "bch trung ương", "trung ương", "bch tw"}},
	{"-TW", []string{"bộ chính trị", "ban bí thư", "ban chấp hành trung ương"}},
	{"-CP", []string{"chính phủ"}},
	{"-TTg", []string{"thủ tướng"}},
	{"QH1", []string{"quốc hội"}},
	{"/TU", []string{"ban thường vụ t", "thường trực t", "ban chấp hành đảng bộ t"}},
	{"-UBND", []string{"ubnd", "ủy ban nhân dân", "uỷ ban nhân dân", "chủ tịch ubnd"}},
	{"-HĐND", []string{"hđnd", "hội đồng nhân dân"}},
}
