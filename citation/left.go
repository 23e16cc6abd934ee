package citation

// before is what stands left of a number and belongs to it.
type before struct {
	start     int // token where the reference begins
	kind      *typeEntry
	shared    bool // the word stands once, at the head of the list
	far       bool // the word for the kind stands apart from the number
	numbered  bool // "số" is written
	short     bool // an abbreviation stands for the kind: "CV 2303-CV/BTGTU"
	shortText string
	issuer    issued
	date      dated
	many      bool // "các nghị quyết"
}

// How many tokens left of a number the word for its kind may stand.
const (
	typeReach = 34
	nameReach = 30
)

// leftOf reads from the number at token i to the left.
func (r *reader) leftOf(i int) before {
	b := before{start: i}
	k := i - 1
	for r.at(k).kind == colonKind || r.at(k).kind == dotKind && r.raw(k) == "." && r.is(k-1, wSo) {
		k--
	}
	if r.is(k, wHieu) { // "Số hiệu 20-CT/TW", "Số, ký hiệu: 20-CT/TW"
		b.numbered = true
		for k--; k > i-8 && (r.is(k, wKyDau) || r.is(k, wSo) || r.at(k).kind == commaKind || r.at(k).kind == slashKind); k-- {
		}
		b.start = k + 1
	} else if r.is(k, wSo) && r.at(k+1).gap < paragraph {
		b.numbered, b.start = true, k
		k--
	}
	if r.at(b.start).gap >= paragraph {
		return b
	}
	target := b.start
	for t := k; t >= 0 && t > k-typeReach; t-- {
		tok := r.at(t)
		switch tok.kind {
		case semicolonKind, otherKind, endKind:
			return r.abbreviated(b, k)
		case dotKind:
			if tok.gap == none && r.at(t+1).gap != none {
				return r.abbreviated(b, k)
			}
			continue
		}
		if r.at(t+1).gap >= paragraph {
			return r.abbreviated(b, k)
		}
		if tok.kind != wordKind {
			continue
		}
		v, e := types.match(r, t)
		if v == 0 || e > target {
			continue
		}
		if r.word(t-1).kind == wordKind && misread[[2]word{r.word(t - 1).id, r.word(t).id}] {
			continue
		}
		for back := 1; back <= 2; back++ { // "lệnh" may end "pháp lệnh", "kết luận" may end "thông báo kết luận"
			if longer, end := types.match(r, t-back); longer != 0 && end >= e && end <= target {
				v, e, t = longer, end, t-back
				break
			}
		}
		entry := &typeList.entries[v-1]
		if entry.not {
			b.kind, b.far, b.start = entry, true, t
			return b
		}
		found := b
		found.kind, found.start = entry, t
		if r.reaches(e, target, &found) {
			if !entry.law {
				if l, ok := r.lawAround(t, target); ok {
					return l
				}
			}
			found.many = r.is(t-1, wCac)
			return found
		}
		if l, ok := r.lawAround(t, target); ok {
			return l
		}
		break
	}
	return r.abbreviated(b, k)
}

// misread are two syllables that only look like the name of a kind: the second belongs to the first.
var misread = map[[2]word]bool{{w("pháp"), w("luật")}: true, {w("kỷ"), w("luật")}: true, {w("kỉ"), w("luật")}: true, {w("mệnh"), w("lệnh")}: true}

// abbreviated looks for "CV", "NQ", "QĐ" where the word should be.
func (r *reader) abbreviated(b before, k int) before {
	t := r.word(k)
	if t.kind == wordKind && t.first && t.upper >= 2 && t.letters <= 4 && typeSymbols[t.id] != nil && r.at(k+1).gap <= blank {
		b.short, b.shortText, b.start = true, clean(r.raw(k)), k
	}
	return b
}

// between are words that may stand between a kind and its number.
var between = newSetOfPhrases("liên tịch", "liên ngành", "phối hợp", "công tác", "hành động", "hỏa tốc", "khẩn", "thực hiện", "chuyên đề", "có", "mang", "nêu trên",
	"quy phạm pháp luật", "chỉ đạo", "cá biệt", "hợp nhất", "trên", "này", "ban hành", "được ban hành", "ký hiệu", "là", "năm học", "kết luận", "tóm tắt", "chung", "gồm", "gồm có", "bao gồm", "như", "sau", "sau đây", "cụ thể", "triển khai", "tuyên truyền")

func newSetOfPhrases(list ...string) *phrases {
	p := newPhrases()
	for _, s := range list {
		p.add(s, 1)
	}
	return p
}

// reaches reports whether only what belongs to a reference stands between the kind, which ends before token p, and the
// number at target: "Kế hoạch của Ban Thường vụ Tỉnh ủy số 118-KH/TU". What it finds on the way is kept in b.
func (r *reader) reaches(p, target int, b *before) bool {
	law := b.kind.law
	named := 0
	for p < target {
		t := r.word(p)
		if t.gap >= paragraph {
			return false
		}
		switch {
		case t.kind == openKind || t.kind == commaKind && b.issuer.end > 0 || (t.kind == quoteKind || t.kind == openQuoteKind) && p+1 == target:
			p++
			continue
		case t.kind == closeKind, t.kind == colonKind:
			p++
			continue
		}
		if d, ok := r.dateAt(p); ok && d.end <= target {
			b.date, p = d, d.end
			continue
		}
		if t.kind == wordKind && (t.id == wCua || t.id == wDo) {
			if n, ok := r.issuerAt(p + 1); ok && n.termEnd <= target {
				b.issuer, p = n, n.termEnd
				continue
			}
			if !law {
				return false
			}
		}
		if n, ok := r.issuerAt(p); ok && !law && n.termEnd <= target && b.issuer.end == 0 {
			b.issuer, p = n, n.termEnd
			continue
		}
		if term, e, ok := r.termAt(p); ok && e <= target {
			b.issuer.term, p = term, e
			continue
		}
		if v, e := between.match(r, p); v != 0 && e <= target && !law {
			if e == target && r.at(target).gap >= line && !b.numbered {
				return false // the line before speaks of something else
			}
			p = e
			continue
		}
		if law && (t.kind == wordKind || t.kind == commaKind || t.kind == dashKind || t.kind == numberKind && isYear(r.raw(p)) || t.kind == quoteKind) && named < nameReach {
			if t.id == wVe && named == 0 {
				return false
			}
			named++
			p++
			continue
		}
		return false
	}
	return p == target
}

// lawAround tries a law's name around what looked like a kind itself: "Luật Quy hoạch số 21/2017/QH14".
func (r *reader) lawAround(t, target int) (before, bool) {
	for k := t - 1; k >= 0 && k > t-nameReach; k-- {
		tok := r.word(k)
		if tok.kind != wordKind && tok.kind != commaKind {
			return before{}, false
		}
		if tok.kind == wordKind && (tok.first || k == t-1) {
			if v, e := types.match(r, k); v != 0 && typeList.entries[v-1].law && tok.first {
				b := before{start: k, kind: &typeList.entries[v-1], numbered: r.is(target, wSo)}
				if e <= t && r.reaches(e, target, &b) {
					return b, true
				}
				return before{}, false
			}
		}
	}
	return before{}, false
}
