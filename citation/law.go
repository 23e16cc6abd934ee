package citation

// lawWords is how many tokens a law's name may have when no number follows.
const lawWords = 22

// notInLaws never stand in the name of a law that is cited without number: the sentence goes on there.
var notInLaws = set("trên", "tại", "từ", "đến", "đã", "là", "theo", "do", "vào", "kể", "dịp", "hằng", "hàng", "đợt", "cho", "sau", "trước", "nhằm", "này", "đầu", "cuối",
	"tháng", "quý", "sẽ", "đang", "về", "sơ", "tổng")

// lawNear reports whether a capital that could begin the word for a law stands shortly before byte p.
func (f *finder) lawNear(p int) bool {
	s := f.text[max(f.past, p-240, 0):p]
	for i := len(s) - 2; i >= 0; i-- {
		switch s[i] {
		case 'L', 'l':
			if s[i+1]|0x20 == 'u' {
				return true
			}
		case 'P', 'B', 'H':
			if c := s[i+1]; c|0x20 == 'h' || c|0x20 == 'i' || c >= 0x80 {
				return true
			}
		}
	}
	return false
}

// lawBefore reads a law cited by its name and its day or year, whose year is token i, and gives the byte beyond it.
func (f *finder) lawBefore(i int) int {
	for t := i - 1; t >= 0 && t > i-lawWords-8; t-- {
		tok := f.word(t)
		if tok.start < f.past || tok.kind == semicolonKind || tok.kind == colonKind || f.at(t+1).gap >= paragraph || tok.kind == dotKind && f.at(t+1).gap != none {
			return 0
		}
		if tok.kind != wordKind {
			continue
		}
		v, e := types.match(&f.reader, t)
		if v == 0 || !typeList.entries[v-1].law || misread[[2]word{f.word(t - 1).id, tok.id}] {
			continue
		}
		if longer, e2 := types.match(&f.reader, t-1); longer != 0 && e2 == e { // Bộ luật
			v, t = longer, t-1
		}
		entry := &typeList.entries[v-1]
		end, d, passed, ok := f.lawName(e, i, entry)
		if !ok {
			return 0
		}
		left := before{start: t, kind: entry, issuer: passed}
		right := f.rightOf(symbol{end: end})
		if right.date.end > 0 && !d.date.IsZero() {
			right.date = dated{}
		}
		left.date = d
		f.keep(symbol{first: t, end: end}, left, right, nil, false)
		return f.past
	}
	return 0
}

// lawName follows the name from token p to the day or year that ends in token year.
func (f *finder) lawName(p, year int, entry *typeEntry) (end int, d dated, passed issued, ok bool) {
	proper := f.word(p).first
	if f.at(p).kind != wordKind || !proper && !f.word(p-1).first {
		return 0, d, passed, false
	}
	words := 0
	for ; p <= year && words < lawWords; p++ {
		t := f.word(p)
		switch {
		case t.kind == commaKind || t.kind == openKind || t.kind == closeKind || t.kind == dashKind && t.gap != none:
			continue
		case t.kind == numberKind && p == year && words > 0 && words <= 12 && (t.gap == blank || f.at(p-1).kind == openKind && f.at(p+1).kind == closeKind): // Luật Trẻ em 2016, Luật Trẻ em (2016)
			if t.gap == none {
				p++
			}
			return p + 1, dated{note: onlyYear, end: p + 1}, passed, proper
		case t.kind != wordKind:
			if d, ok = f.dayAt(p); ok && d.end == year+1 && words > 0 { // (05/4/2016)
				return d.end, d, passed, true
			}
			return 0, d, passed, false
		}
		if t.id == wNgay || t.id == wThong || t.id == wKyDau || t.id == wDuoc {
			k := f.passedAt(p, &passed)
			if d, ok = f.dateAt(k); ok && d.end == year+1 {
				return d.end, d, passed, !d.date.IsZero() && words > 0
			}
			if t.id == wNgay || k > p {
				return 0, d, passed, false
			}
		}
		if t.id == wNam && p+1 == year && words > 0 {
			return year + 1, dated{note: onlyYear, end: year + 1}, passed, words <= 14 && proper
		}
		if notInLaws[t.id] {
			return 0, d, passed, false
		}
		if v, _ := types.match(&f.reader, p); v != 0 && t.first {
			return 0, d, passed, false
		}
		words++
	}
	return 0, d, passed, false
}

var wThong, wQua = w("thông"), w("qua")

// passedAt passes over "được Quốc hội khóa XIII thông qua".
func (f *finder) passedAt(p int, passed *issued) int {
	k := p
	if f.is(k, wDuoc) {
		k++
		if b, ok := f.issuerAt(k); ok {
			*passed, k = b, b.termEnd
		}
	}
	if f.is(k, wThong) && f.is(k+1, wQua) {
		return k + 2
	}
	if f.is(k, wBan) && f.is(k+1, wHanh) || f.is(k, wKyDau) && f.is(k+1, wBan) {
		return k + 2
	}
	return p
}

// bareTypes are the kinds that people cite by a number alone: "Chỉ thị 05 của Bộ Chính trị". Plans, programmes and
// reports are not among them, since their numbers mean months and years.
var bareTypes = setOfNames("Nghị quyết", "Chỉ thị", "Kết luận", "Quyết định", "Quy định", "Nghị định", "Thông tư", "Hướng dẫn", "Thông tri", "Công điện", "Công văn", "Thông báo")

// citedBare are known by their number so well that even small letters name them: "thực hiện chỉ thị 05".
var citedBare = setOfNames("Nghị quyết", "Chỉ thị", "Kết luận")

// normative are the kinds that are numbered anew each year, so that a number and a year name one of them.
var normative = setOfNames("Nghị định", "Thông tư", "Thông tư liên tịch", "Luật", "Bộ luật", "Pháp lệnh", "Nghị quyết", "Quyết định")

// notBare are counted rather than numbered even after "số": Phương án số 1, Biên bản số 2.
var notBare = setOfNames("Phương án", "Dự án", "Đề cương", "Hợp đồng", "Biên bản", "Biên bản ghi nhớ", "Giấy chứng nhận", "Giấy mời", "Phiếu trình", "Phiếu gửi", "Phiếu báo", "Văn bản", "Chiến lược", "Quy hoạch", "Nội quy")

func setOfNames(names ...string) map[string]bool {
	m := make(map[string]bool, len(names))
	for _, n := range names {
		m[n] = true
	}
	return m
}

// afterBare are the words that may follow a bare number; any other would be what is counted: "Quyết định 15 cán bộ".
var afterBare = set("của", "về", "và", "ngày", "khóa", "gắn", "với", "được", "đã", "theo", "do", "trong", "trên", "tại", "đối", "là", "để", "nhằm", "cũng", "ban", "có", "đến", "hoặc", "cùng", "như", "nêu", "ra", "đề", "sẽ", "thì", "từ", "yêu", "khẳng", "xác",
	"quy", "phải", "cần", "không", "chưa", "nhấn", "chính", "cho", "nhằm", "vào", "mới")

// bareAt reads a document cited by kind and number alone, whose number is token i, and gives the byte beyond it.
func (f *finder) bareAt(i int) int {
	n := f.at(i)
	if !f.free(i) || n.end-n.start > 4 || f.goesOn(i+1) {
		return 0
	}
	end := i + 1
	if t := f.at(end); t.kind == wordKind && t.gap == none {
		if t.end-t.start != 1 {
			return 0
		}
		end++
	}
	written := "" // Nghị định 73/2024
	if y := f.at(end + 1); f.raw(end) == "/" && f.at(end).gap == none && y.gap == none && isYear(f.raw(end+1)) {
		if k := f.at(end + 2); (k.kind == slashKind || k.kind == dashKind) && k.gap == none {
			return 0
		}
		written = f.text[n.start:y.end]
		end += 2
	}
	left := f.leftOf(i)
	if written != "" && (left.kind == nil || !normative[left.kind.name]) {
		return 0
	}
	listed := false
	if left.kind == nil {
		if listed = f.listedBefore(i) && f.found[len(f.found)-1].Symbol == "" && f.found[len(f.found)-1].Number != ""; !listed {
			return 0
		}
	} else if !bareTypes[left.kind.name] && (!left.numbered || notBare[left.kind.name]) || !f.near(left, i) {
		return 0
	}
	next := f.word(end)
	if next.gap == none && (next.kind == numberKind || next.kind == slashKind || next.kind == dashKind || next.kind == ampKind || next.kind == otherKind && f.raw(end) == "%") {
		return 0
	}
	if (next.kind == commaKind || next.kind == dotKind) && next.gap == none && f.at(end+1).kind == numberKind && f.at(end+1).gap == none {
		return 0
	}
	known := left.kind != nil && f.cited[left.kind.name+f.text[n.start:n.end]]
	if next.kind == wordKind && next.gap <= line && !known && !left.numbered && !afterBare[next.id] && !(next.id == wNam && isYear(f.raw(end+1))) {
		return 0
	}
	if n.end-n.start < 2 && !left.numbered && written == "" {
		return 0
	}
	right := f.rightOf(symbol{end: end})
	if n.end-n.start == 4 && isYear(f.raw(i)) && right.date.end == 0 && right.issuer.end == 0 {
		return 0
	}
	f.keep(symbol{first: i, end: end, number: f.text[n.start:n.end], text: written, dotted: written != ""}, left, right, nil, listed)
	return f.past
}

// near reports whether nothing but "số" stands between the kind and the number.
func (f *finder) near(left before, i int) bool {
	_, e := types.match(&f.reader, left.start)
	if f.is(e, wSo) {
		e++
	}
	if f.at(e).kind == colonKind {
		e++
	}
	return e == i && (f.word(left.start).first || left.many || left.numbered || citedBare[left.kind.name] && f.at(i).end-f.at(i).start > 1)
}
