package citation

import (
	"strings"
)

// issued is the body that a text names as issuer, without its term.
type issued struct {
	first, end int // tokens
	term       string
	termEnd    int // token beyond the term, end when there is none
	meeting    bool
}

// longestName is how many tokens a body's name may take.
const longestName = 40

// issuerAt reads the name of a body at token i.
func (r *reader) issuerAt(i int) (b issued, ok bool) {
	j, meeting := r.meetingAt(i)
	first := r.word(j)
	if first.kind != wordKind {
		return b, false
	}
	class, end := names.match(r, j)
	if class&head == 0 && first.first && !first.mixed && (first.letters >= 3 || bodies[first.id]) && r.is(j-1, wCua) && r.word(j-1).mixed && !r.kindBegins(j) {
		class, end = head|opens|place|joins, j+1 // an abbreviation of its own: "của UBMTTQVN tỉnh"
	}
	if class&head == 0 || !first.first && class&small == 0 {
		return b, false
	}
	shout := !first.mixed && first.letters >= 2 && r.word(end-1).letters >= 2 && !r.word(end-1).mixed && !acronym(r, j, end)
	end = r.restOfName(j, end, class, shout)
	b = issued{first: j, end: end, termEnd: end, meeting: meeting}
	if end == j+1 && class&(opens|joins) != 0 && class&place == 0 && class&ends == 0 && !r.alone(j) {
		return issued{}, false // "Ban", "Bộ", "Hội" name nobody
	}
	if meeting && r.at(end).kind == numberKind && r.at(end).gap == blank { // Hội nghị Trung ương 6
		b.termEnd = end + 1
	}
	if term, e, ok := r.termAt(b.termEnd); ok {
		b.term, b.termEnd = term, e
	}
	return b, true
}

// alone are single words that name a body all the same.
func (r *reader) alone(i int) bool { return aloneWords[r.word(i).id] }

var aloneWords = set("Đảng", "UBND", "HĐND", "TW", "BCĐ", "BCHTW", "BCHTƯ", "BTVTU", "BHXH")

// acronym reports a head such as UBND, which is written in capitals in any text.
func acronym(r *reader, i, end int) bool {
	return end == i+1 && capitalsOnly[r.word(i).id]
}

var capitalsOnly = set("UBND", "HĐND", "BCH", "BTV", "BCĐ", "TW", "MTTQ", "UBMTTQ", "LĐLĐ", "BHXH", "TP")

// purpose passes over what a committee is for, written small, up to the level that closes its name: "Ban Chỉ đạo phòng,
// chống dịch COVID-19 | tỉnh".
func (r *reader) purpose(j int) (end int, ok bool) {
	for from, most := j, j+22; j < most; j++ {
		t := r.word(j)
		switch {
		case t.gap >= paragraph:
			return 0, false
		case t.kind == wordKind && (stops[t.id] && !inPurposes[t.id] || t.first && t.mixed && r.kindBegins(j) && j > from):
			return j, t.id == wVe || t.id == wBan
		case t.kind == wordKind && levels[t.id] && !t.first:
			return j, true
		case t.kind == wordKind, t.kind == numberKind, t.kind == commaKind && r.at(j+1).kind == wordKind && !r.word(j+1).first, t.kind == dashKind:
		default:
			return j, true
		}
	}
	return 0, false
}

var (
	levels     = set("tỉnh", "huyện", "xã", "phường", "quận", "cấp")
	inPurposes = set("xây", "thực", "các", "công", "giao", "đổi", "và", "về", "quan", "liên", "bảo", "phối", "đảm", "mới", "trình", "chủ", "đánh", "xây", "tổ", "triển", "nhân", "quy", "thông", "số", "lãnh")
)

// people are places that often bear a person's name: phường Nguyễn Du.
var people = set("xã", "phường", "quận", "huyện", "trấn", "phố", "trường")

// familyNames begin a person's name; those that begin places' names too (Hà, Cao, Thái) are left out.
var familyNames = set("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Ngô", "Dương", "Lý", "Đào", "Đinh", "Trịnh", "Lương",
	"Đoàn", "Tạ", "Tống", "Quách", "Lưu", "Chu", "Vương", "Trương", "Nông", "Hứa", "Vàng", "Giàng", "Sùng", "Tráng")

var wDang = w("Đảng")

// kindBegins reports whether the name of a kind of document begins at token i.
func (r *reader) kindBegins(i int) bool { v, _ := types.match(r, i); return v != 0 }

// afterAll may follow even a name that is whole.
var afterAll = set("Trung", "TW", "nước", "Đảng", "Việt")

// joined passes over what joins the fields of one body ("và", a comma, a dash, "&", the dot of "TP.") and over the
// field behind it.
func (r *reader) joined(j int, joining bool, last, named int) (end int, ok bool) {
	t := r.at(j)
	next := r.word(j + 1)
	if t.kind != numberKind && (next.kind != wordKind || next.gap >= paragraph) {
		return j, false
	}
	switch {
	case t.kind == dotKind: // TP.HCM, TP. Hồ Chí Minh
		if t.gap == none && last&place != 0 && townWords[r.word(j-1).id] && r.word(j-1).upper > 0 && next.first {
			return j + 1, true
		}
		return j, false
	case t.kind == numberKind: // Ban Chỉ đạo 35 Tỉnh ủy
		return j + 1, last&counts != 0 && t.gap <= line && t.end-t.start <= 4
	case t.kind == dashKind && named > 0 && next.first && (t.gap == none) == (next.gap == none) && r.word(j-1).first && r.word(j-1).mixed == next.mixed: // Bà Rịa - Vũng Tàu
		if value, _ := names.match(r, j+1); value&head == 0 {
			return j + 1, true
		}
		return j, false
	case !joining || !next.first && t.kind != commaKind:
		return j, false
	}
	value, e := names.match(r, j+1)
	field := value&part != 0 && value&(head|place) != head && (value&opens == 0)
	abbreviation := !next.mixed && next.letters >= 2 && next.letters <= 5
	switch {
	case t.kind == dashKind && (field || abbreviation && t.gap == none):
	case t.kind == ampKind && (field || abbreviation):
	case r.is(j, wVa) && field:
	case t.kind == commaKind && field && r.closesWithAnd(e):
	default:
		return j, false
	}
	if field {
		return e, true
	}
	return j + 2, true
}

// closesWithAnd reports whether a list of fields goes on to "và" and a last field: only then is the comma before it part
// of a name (Bộ Văn hóa, Thể thao và Du lịch).
func (r *reader) closesWithAnd(i int) bool {
	for step := 0; step < 4; step++ {
		if r.is(i, wVa) || r.at(i).kind == ampKind {
			v, _ := names.match(r, i+1)
			return v&part != 0 && v&opens == 0
		}
		t := r.at(i)
		if t.kind == commaKind {
			i++
		}
		v, e := names.match(r, i)
		if v&part == 0 {
			return false
		}
		i = e
		if r.is(i, wTrung) {
			return true
		}
	}
	return false
}

var townWords = set("TP", "T", "Tx", "TX", "P", "Q", "H")

var wTrung = w("trung")

// meetingAt passes over "Hội nghị lần thứ sáu" before the body that met.
func (r *reader) meetingAt(i int) (j int, meeting bool) {
	if !r.is(i, wHoi) || !r.is(i+1, wNghi) {
		return i, false
	}
	j = i + 2
	if r.is(j, wLan) && r.is(j+1, wThu) {
		j += 2
		for n := 0; n < 2; n++ { // "sáu", "6", "VI", "mười hai"
			t := r.word(j)
			if t.kind == numberKind || t.kind == wordKind && (months[t.id] > 0 || ordinals[t.id] || roman(r.raw(j))) {
				j++
			}
		}
		if r.at(j).kind == commaKind {
			j++
		}
	}
	return j, true
}

var ordinals = set("nhất", "nhì", "tư", "mười")

// termAt reads "khóa XI", "(khóa XI)", "nhiệm kỳ 2020-2025" at token i.
func (r *reader) termAt(i int) (term string, end int, ok bool) {
	j := i
	if t := r.at(j); t.kind == commaKind || t.kind == dashKind && t.gap != none {
		j++
	}
	paren := r.at(j).kind == openKind
	if paren {
		j++
	}
	if r.at(j).gap >= paragraph {
		return "", i, false
	}
	switch {
	case r.is(j, wKhoa):
		j++
		t := r.word(j)
		if t.gap > line || t.kind != numberKind && (t.kind != wordKind || !roman(r.raw(j))) || t.end-t.start > 6 {
			return "", i, false
		}
		term = clean(r.raw(j))
		j++
	case r.is(j, wNhiem) && r.is(j+1, wKy):
		j += 2
		if !isYear(r.raw(j)) || r.at(j+1).kind != dashKind || !isYear(r.raw(j+2)) {
			return "", i, false
		}
		term = r.raw(j) + "-" + r.raw(j+2)
		j += 3
	default:
		return "", i, false
	}
	if paren {
		if r.at(j).kind != closeKind {
			return "", i, false
		}
		j++
	} else if !paren && r.at(j).kind == commaKind && r.is(j+1, wNhiem) && r.is(j+2, wKy) && r.at(j+4).kind == dashKind {
		if isYear(r.raw(j+3)) && isYear(r.raw(j+5)) {
			j += 6
		}
	}
	return term, j, true
}

func roman(s string) bool {
	for i := 0; i < len(s); i++ {
		if !strings.Contains("IVXLCivxl", s[i:i+1]) {
			return false
		}
	}
	return s != "" && len(s) <= 6
}

// written gives tokens from up to end as a person would copy them: NFC, one blank where the text has any.
func (r *reader) written(from, end int) string {
	var b strings.Builder
	for i := from; i < end; i++ {
		if i > from && r.at(i).gap != none {
			b.WriteByte(' ')
		}
		b.WriteString(r.raw(i))
	}
	return clean(b.String())
}
