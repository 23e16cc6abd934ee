package citation

// Verbs by which a body issues a document, and what may stand between body and verb.
var (
	issuing = newSetOfPhrases("ban hành", "đã ban hành", "ra", "ký", "ký ban hành", "có", "thông qua", "phê duyệt", "công bố", "phát hành", "ký quyết định ban hành",
		"xây dựng và ban hành", "xây dựng", "biểu quyết thông qua", "ban hành và triển khai", "xây dựng, ban hành", "đã ra")
	adverbs  = set("đã", "vừa", "cũng", "sẽ", "mới", "kịp", "thời", "tiếp", "tục", "còn", "chính", "thức")
	counters = set("các", "những", "nhiều", "thêm", "bản")
)

// leadOf reads the sentence before the reference that begins at token i: "Ngày 05/11/2012, Bộ Chính trị ban hành Chỉ
// thị số 20-CT/TW". A body is the issuer only as subject of such a verb directly before the document.
func (r *reader) leadOf(i int) (b issued, d dated) {
	k := i
	if r.at(k-1).kind == colonKind { // "ban hành: Quyết định số …; Kế hoạch số …"
		k--
	}
	for n := 0; n < 3 && counters[r.word(k-1).id] && r.at(k-1).kind == wordKind; n++ {
		k--
	}
	if t := r.at(k); t.gap >= paragraph {
		return b, d
	}
	verb := -1
	for n := 1; n <= 5; n++ {
		if v, e := issuing.match(r, k-n); v != 0 && e == k {
			verb = k - n
		}
	}
	if verb < 0 {
		return b, d
	}
	for n := 0; n < 4 && r.at(verb-1).kind == wordKind && adverbs[r.word(verb-1).id]; n++ {
		verb--
	}
	found := -1
	for t := verb - 1; t >= 0 && t > verb-24; t-- {
		tok := r.word(t)
		if tok.kind == semicolonKind || tok.kind == colonKind || tok.kind == otherKind || tok.kind == dotKind && r.at(t+1).gap != none && r.word(t-1).letters > 2 {
			break
		}
		if tok.kind != wordKind {
			continue
		}
		if n, ok := r.issuerAt(t); ok && (n.termEnd == verb || n.termEnd == verb-1 && n.term != "" && r.at(verb-1).kind == commaKind) {
			b, found = n, t
		}
		if r.at(t).gap >= paragraph {
			break
		}
	}
	if found < 0 {
		return r.personLed(verb)
	}
	p := r.word(found - 1)
	if p.kind == wordKind && persons[p.id] && r.at(found).gap <= line || persons[r.word(found).id] {
		b = issued{}
	}
	end := found
	if r.at(end-1).kind == commaKind {
		end--
	}
	for t := end - 1; t >= 0 && t > end-12; t-- {
		if r.is(t, wNgay) {
			if x, ok := r.dateAt(t); ok && (x.end == end || r.placeBetween(x.end, end)) {
				d = x
			}
			break
		}
	}
	return b, d
}

// placeBetween reports whether only ", tại Hà Nội" stands from token i to end.
func (r *reader) placeBetween(i, end int) bool {
	if r.at(i).kind == commaKind {
		i++
	}
	if !r.is(i, wTai) || end-i > 8 {
		return false
	}
	for ; i < end; i++ {
		if r.at(i).kind != wordKind {
			return false
		}
	}
	return true
}

// personLed reads "Ngày 03/6/2013, Tổng Bí thư Nguyễn Phú Trọng đã ký ban hành": a person signs, so only the day is
// known, and the body when the person signs on its behalf ("thay mặt Ban Bí thư").
func (r *reader) personLed(verb int) (b issued, d dated) {
	for t := verb - 1; t >= 0 && t > verb-34; t-- {
		tok := r.word(t)
		switch {
		case tok.kind == semicolonKind, tok.kind == colonKind, tok.kind == dotKind && r.at(t+1).gap != none && r.word(t-1).letters > 2:
			return b, d
		case tok.kind == wordKind && tok.id == wMat && r.is(t-1, wThay):
			b, _ = r.issuerAt(t + 1)
		case tok.kind == wordKind && tok.id == wNgay:
			if x, ok := r.dateAt(t); ok && !x.date.IsZero() && (r.at(x.end).kind == commaKind || r.word(x.end).first) {
				d = x
			}
			return b, d
		case tok.kind == wordKind && !tok.first && verbs[tok.id] && !(tok.id == wChu && r.is(t+1, wTich)):
			return b, d
		}
		if tok.gap >= paragraph {
			return b, d
		}
	}
	return b, d
}

var wChu, wTich, wTai, wThay, wMat = w("chủ"), w("tịch"), w("tại"), w("thay"), w("mặt")
