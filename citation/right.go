package citation

import "strings"

// after is what stands right of a symbol and belongs to it.
type after struct {
	end    int // token beyond
	issuer issued
	date   dated
	term   string

	passedTitle bool // the issuer stands behind the title
}

// rightOf reads date, issuer and khóa from the end of the symbol on, in whatever order they come.
func (r *reader) rightOf(s symbol) after {
	a := r.pieces(s.end, s.cell)
	if s.joint() && a.issuer.end > 0 && a.end == a.issuer.termEnd {
		r.moreIssuers(&a)
	}
	r.titled(&a, s)
	return a
}

// joint reports whether several bodies issued the document together.
func (s symbol) joint() bool {
	return strings.Contains(s.headText, "LT") || strings.Contains(s.headText, "LN") || strings.Contains(s.headText, "PH")
}

// moreIssuers follows "Bộ Y tế và Bộ Nội vụ", "Bộ Y tế, Bộ Tài chính".
func (r *reader) moreIssuers(a *after) {
	for n := 0; n < 6; n++ {
		t := r.at(a.end)
		if !(t.kind == commaKind || t.kind == dashKind || r.is(a.end, wVa)) {
			return
		}
		b, ok := r.issuerAt(a.end + 1)
		if !ok || r.subject(b.termEnd) && t.kind == commaKind {
			return
		}
		a.issuer.end, a.issuer.termEnd, a.end = b.end, b.termEnd, b.termEnd
	}
}

func (r *reader) pieces(i int, cell bool) after {
	a := after{end: i}
	if next := r.at(i); cell && (next.gap == line || r.raw(i) == "|") { // | 45/KH-UBND | 05/11/2022 |
		j := i
		if r.raw(i) == "|" {
			j++
		}
		if d, ok := r.dateAt(j); ok && !d.date.IsZero() && !r.is(j, wNgay) {
			a.date, a.end = d, d.end
			return a
		}
	}
	for round := 0; round < 6; round++ {
		if t := r.word(a.end); t.gap >= paragraph && !(t.kind == wordKind && !t.first && (t.id == wCua || t.id == wNgay)) {
			return a // a paragraph that goes on in small letters was broken by the page
		}
		if !r.oneMore(&a) {
			return a
		}
	}
	return a
}

// spot is where the next piece begins, past the comma or bracket before it.
type spot struct {
	at           int
	comma, paren bool
}

// oneMore takes the next piece, with the comma or bracket before it.
func (r *reader) oneMore(a *after) bool {
	if a.term == "" && a.issuer.term == "" {
		if term, e, ok := r.termAt(a.end); ok {
			a.term, a.end = term, e
			return true
		}
	}
	p := spot{at: a.end}
	switch r.at(p.at).kind {
	case commaKind:
		p.comma = true
		p.at++
	case openKind:
		p.paren = true
		p.at++
	}
	if p.at > a.end && r.at(p.at).gap >= paragraph {
		return false
	}
	return a.date.end == 0 && r.dateMore(a, p) || a.issuer.end == 0 && a.date.end == 0 && r.passedMore(a, p.at) || a.issuer.end == 0 && r.issuerMore(a, p)
}

// dateMore takes a date, "ban hành" before it included.
func (r *reader) dateMore(a *after, p spot) bool {
	if t := r.word(p.at); t.gap >= line {
		ngay := r.is(p.at, wNgay) && t.first && t.mixed && !r.is(p.at+1, wBan)
		if ngay || t.kind == numberKind && !p.comma && !p.paren {
			return false // the next line begins, or the page's own date stands on it
		}
	}
	k := r.issuedAt(p.at)
	d, ok := r.dateAt(k)
	if !ok && !p.comma {
		d, ok = r.monthYearAt(k)
	}
	if !ok {
		return false
	}
	end, closed := r.closing(d.end, p.paren)
	if !closed && !r.follows(d.end) {
		return false
	}
	a.date, a.end = d, end
	r.closeAfter(a, closed)
	return true
}

// passedMore takes "được Quốc hội khóa XIII thông qua ngày 05/4/2016".
func (r *reader) passedMore(a *after, i int) bool {
	b, ok := r.issuerAt(i + 1)
	if !r.is(i, wDuoc) || !ok {
		return false
	}
	k := r.issuedAt(b.termEnd)
	if k == b.termEnd || !r.is(k, wNgay) {
		return false
	}
	d, ok := r.dateAt(k)
	if ok {
		a.issuer, a.date, a.end = b, d, d.end
	}
	return ok
}

// issuerMore takes a body after "của" or "do", in brackets, or by itself where it cannot be the subject of what follows.
func (r *reader) issuerMore(a *after, p spot) bool {
	of, by := r.is(p.at, wCua), r.is(p.at, wDo)
	k := p.at
	if of || by {
		k++
	}
	b, ok := r.issuerAt(k)
	if !ok {
		return by && r.signedAt(a, k)
	}
	if !of && !by && !r.standsAlone(a, p, b) {
		return false
	}
	end := b.termEnd
	if by {
		if end = r.issuedAt(end); end == b.termEnd {
			return r.signedAt(a, k)
		}
	}
	end, closed := r.closing(end, p.paren)
	if !closed && !r.follows(end) {
		return false
	}
	a.issuer, a.end = b, end
	r.closeAfter(a, closed)
	return true
}

// standsAlone reports whether a body without "của" belongs to the document: "Nghị quyết số 21-NQ/TW Hội nghị lần thứ
// sáu …", "Kế hoạch số 45/KH-UBND, UBND tỉnh ban hành ngày …", but not the subject of the next clause.
func (r *reader) standsAlone(a *after, p spot, b issued) bool {
	if r.at(p.at).gap >= line && !b.meeting {
		return false
	}
	if k := r.issuedAt(b.termEnd); p.comma && a.date.end == 0 && k > b.termEnd && r.is(k, wNgay) {
		return true
	}
	return p.paren || (!p.comma || b.meeting) && !r.subject(b.termEnd)
}

// follows reports whether a bracket goes on after token i with another piece.
func (r *reader) follows(i int) bool {
	k := r.at(i).kind
	return k == commaKind || k == wordKind && (r.is(i, wCua) || r.is(i, wNgay) || r.is(i, wKhoa))
}

// closeAfter takes the other piece of a bracket that is not closed yet, and its closing.
func (r *reader) closeAfter(a *after, closed bool) {
	if !closed {
		r.oneMore(a)
		a.end, _ = r.closing(a.end, true)
	}
}

// signedAt reads "do Phó Thủ tướng Vũ Đức Đam ký ngày 11/11/2021" after "do": only the day is the document's.
func (r *reader) signedAt(a *after, i int) bool {
	for k := i; k < i+12 && a.date.end == 0; k++ {
		t := r.at(k)
		if t.kind != wordKind && t.kind != commaKind || t.gap >= paragraph {
			return false
		}
		if e := r.issuedAt(k); e > k && r.is(e, wNgay) {
			if d, ok := r.dateAt(e); ok && !d.date.IsZero() {
				a.date, a.end = d, d.end
				return true
			}
		}
	}
	return false
}

// closing passes over the bracket that closes what was opened.
func (r *reader) closing(i int, paren bool) (end int, ok bool) {
	if !paren {
		return i, true
	}
	if r.at(i).kind == closeKind {
		return i + 1, true
	}
	return i, false
}

// issuedAt passes over "ban hành", "được ban hành", "ký", "ra" before a date.
func (r *reader) issuedAt(i int) int {
	j := i
	if r.is(j, wDuoc) {
		j++
	}
	if r.is(j, wKyDau) {
		i, j = j+1, j+1
	}
	if r.is(j, wBan) && r.is(j+1, wHanh) {
		return j + 2
	}
	if r.is(j, wThong) && r.is(j+1, wQua) {
		return j + 2
	}
	if r.is(j, wRa) && r.is(j+1, wNgay) {
		return j + 1
	}
	return i
}

// subject reports whether the body that ends before token i does something itself: it begins the next clause then.
func (r *reader) subject(i int) bool {
	t := r.word(i)
	return t.kind == wordKind && t.gap <= line && verbs[t.id]
}

var verbs = set("đã", "đang", "sẽ", "tổ", "ban", "chỉ", "triển", "yêu", "phối", "tham", "chủ", "có", "vừa", "cũng", "tiếp", "luôn", "đề", "xây", "thực", "giao", "kết", "ký", "cùng", "quyết", "thống",
	"xác", "nhận", "đánh", "khẳng", "phải", "cần", "được", "là", "lãnh", "tập", "trình")
