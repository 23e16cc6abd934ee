package citation

// after is what stands right of a symbol and belongs to it.
type after struct {
	end    int // token beyond
	issuer issued
	date   dated
	term   string
}

// rightOf reads date, issuer and khóa from token i on, in whatever order they come.
func (r *reader) rightOf(i int) after {
	a := after{end: i}
	for round := 0; round < 6; round++ {
		if r.at(a.end).gap >= paragraph {
			return a
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
	if r.at(j).gap >= paragraph {
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
	if a.issuer.end == 0 {
		of := r.is(j, wCua) || r.is(j, wDo)
		k := j
		if of {
			k++
		}
		b, ok := r.issuerAt(k)
		if !ok || !of && (comma && !b.meeting || !paren && r.subject(b.termEnd)) || !of && r.at(k).gap >= line && !b.meeting {
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
