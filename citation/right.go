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
	a := r.pieces(s.end)
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

func (r *reader) pieces(i int) after {
	a := after{end: i}
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

// oneMore takes the next piece, with the comma or bracket before it.
func (r *reader) oneMore(a *after) bool {
	j := a.end
	comma, paren := false, false
	switch t := r.at(j); t.kind {
	case commaKind:
		comma = true
		j++
	case openKind:
		paren = true
		j++
	}
	if j > a.end && r.at(j).gap >= paragraph {
		return false
	}
	if a.term == "" && a.issuer.term == "" {
		if term, e, ok := r.termAt(a.end); ok {
			a.term, a.end = term, e
			return true
		}
	}
	sentence := r.at(j).gap >= line && r.is(j, wNgay) && r.word(j).first && r.word(j).mixed && !r.is(j+1, wBan) // the next line begins
	if a.date.end == 0 && !sentence {
		k := r.issuedAt(j)
		d, ok := r.dateAt(k)
		if !ok && !comma {
			d, ok = r.monthYearAt(k)
		}
		if ok {
			end, closed := r.closing(d.end, paren)
			if closed {
				a.date, a.end = d, end
				return true
			}
			if paren && r.follows(a, d.end) {
				a.date, a.end = d, d.end
				r.oneMore(a)
				a.end, _ = r.closing(a.end, true)
				return true
			}
		}
	}
	if a.issuer.end == 0 && a.date.end == 0 && r.is(j, wDuoc) { // được Quốc hội khóa XIII thông qua ngày 05/4/2016
		if b, ok := r.issuerAt(j + 1); ok {
			if k := r.issuedAt(b.termEnd); k > b.termEnd && r.is(k, wNgay) {
				if d, ok := r.dateAt(k); ok {
					a.issuer, a.date, a.end = b, d, d.end
					return true
				}
			}
		}
	}
	if a.issuer.end == 0 {
		of := r.is(j, wCua) || r.is(j, wDo)
		k := j
		if of {
			k++
		}
		b, ok := r.issuerAt(k)
		itself := ok && !of && comma && a.date.end == 0 && r.issuedAt(b.termEnd) > b.termEnd && r.is(r.issuedAt(b.termEnd), wNgay) // ", UBND tỉnh ban hành ngày …"
		if !ok || !of && !itself && (comma && !b.meeting || !paren && r.subject(b.termEnd)) || !of && r.at(k).gap >= line && !b.meeting {
			return false
		}
		end := b.termEnd
		if r.is(j, wDo) {
			e := r.issuedAt(end)
			if e == end {
				return false
			}
			end = e
		}
		end, closed := r.closing(end, paren)
		if !closed && !(paren && r.follows(a, end)) {
			return false
		}
		a.issuer, a.end = b, end
		if !closed {
			r.oneMore(a)
			a.end, _ = r.closing(a.end, true)
		}
		return true
	}
	return false
}

// follows reports whether a bracket goes on after token i with another piece.
func (r *reader) follows(a *after, i int) bool {
	k := r.at(i).kind
	return k == commaKind || k == wordKind && (r.is(i, wCua) || r.is(i, wNgay) || r.is(i, wKhoa))
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
