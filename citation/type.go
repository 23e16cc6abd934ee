package citation

import (
	"slices"
	"strings"
)

// typeNames are the kinds of documents as written, longest forms too, with the abbreviations that their symbols bear
// (Hướng dẫn 05-HD/VPTW, Hướng dẫn 36-HD/VPTW, Nghị định 30/2020/NĐ-CP Phụ lục III, Luật 80/2015/QH13; the rest from
// use). A name without abbreviation fits every symbol.
var typeNames = []struct{ name, symbols string }{
	{"Nghị quyết", "NQ"}, {"Nghị quyết liên tịch", "NQLT NQ"}, {"Quyết định", "QĐ QD"}, {"Chỉ thị", "CT"}, {"Kết luận", "KL"},
	{"Quy chế", "QC"}, {"Quy chế phối hợp", "QCPH QC CTr CTPH"}, {"Quy định", "QĐ QyĐ QĐi QD"}, {"Quy định phối hợp", "QĐ QyĐ QĐPH"},
	{"Thông tri", "TT TTri"}, {"Hướng dẫn", "HD HDLN HDLT HDPH"}, {"Hướng dẫn liên ngành", "HDLN HD HDLT"}, {"Hướng dẫn liên tịch", "HDLT HD HDLN"},
	{"Thông báo", "TB"}, {"Thông báo kết luận", "TB TBKL KL"}, {"Thông cáo", "TC"}, {"Tuyên bố", "TBo"}, {"Lời kêu gọi", "LKG"},
	{"Báo cáo", "BC"}, {"Kế hoạch", "KH KHLN KHLT KHPH"}, {"Kế hoạch liên ngành", "KHLN KH KHLT KHPH"}, {"Kế hoạch liên tịch", "KHLT KH KHLN"},
	{"Kế hoạch phối hợp", "KHPH KH KHLN"}, {"Kế hoạch hành động", "KH KHHĐ"}, {"Quy hoạch", "QH"}, {"Chương trình", "CTr CT CTHĐ CTPH"},
	{"Chương trình hành động", "CTr CTHĐ CTrHĐ CT"}, {"Chương trình phối hợp", "CTrPH CTr CTPH CT QCPH"}, {"Chương trình công tác", "CTr CTCT CT"},
	{"Đề án", "ĐA DA"}, {"Phương án", "PA"}, {"Dự án", "DA"}, {"Tờ trình", "TTr TT"}, {"Công văn", "CV"}, {"Văn bản", ""},
	{"Công điện", "CĐ CD"}, {"Biên bản", "BB"}, {"Biên bản ghi nhớ", "BB BBGN BGN"}, {"Giấy mời", "GM"}, {"Giấy giới thiệu", "GGT"}, {"Giấy chứng nhận", "GCN"},
	{"Phiếu chuyển", "PC"}, {"Phiếu gửi", "PG"}, {"Phiếu báo", "PB"}, {"Phiếu trình", "PT PTr"}, {"Thư công", ""}, {"Thư ngỏ", ""}, {"Bản ghi nhớ", "BGN"},
	{"Bản thỏa thuận", "BTT"}, {"Thỏa thuận", "TTh BTT TTHT"}, {"Giấy ủy quyền", "GUQ"}, {"Hợp đồng", "HĐ"}, {"Chiến lược", ""}, {"Đề cương", "ĐC"}, {"Công bố", "CB"},
	{"Nghị định", "NĐ ND"}, {"Thông tư", "TT"}, {"Thông tư liên tịch", "TTLT"}, {"Luật", "L LCT"}, {"Bộ luật", ""}, {"Hiến pháp", ""},
	{"Pháp lệnh", "PL"}, {"Lệnh", "L"}, {"Sắc lệnh", "SL"}, {"Sắc luật", "SL"}, {"Văn bản hợp nhất", "VBHN"}, {"Điều lệ", "ĐL"}, {"Nội quy", "NQ"},
}

// otherTypeSymbols begin symbols too, though no name above answers to them alone.
var otherTypeSymbols = "NQLT TTLT TTLN CTPH CTHĐ KHPH KHLT KHLN HDLT HDLN QCPH VBHN QĐKL SY TrS SL TTr TTHT KHHĐ BCĐG ĐAĐ HDKT KLKT QĐKT KHKT BCKT TBKT TBKL"

// notDocuments name papers whose numbers are no references: licences above all.
var notDocuments = []string{"Giấy phép", "Giấy đăng ký", "Giấy xác nhận", "Giấy đăng kí", "Mã số", "Tài khoản"}

// typeEntry is a name in the table of syllables.
type typeEntry struct {
	name    string // sentence case
	symbols string // "QĐ QyĐ"
	heads   []word // the same as syllables
	law     bool   // stands with its own name: Luật Trẻ em
	not     bool
}

// types finds the names of documents syllable by syllable.
var types = func() *phrases {
	p := newPhrases()
	for _, t := range typeNames {
		e := typeEntry{name: t.name, symbols: t.symbols}
		for _, s := range strings.Fields(t.symbols) {
			e.heads = append(e.heads, w(s))
		}
		switch t.name {
		case "Luật", "Bộ luật", "Pháp lệnh", "Hiến pháp":
			e.law = true
		}
		p.add(t.name, typeList.put(e))
	}
	for _, n := range notDocuments {
		p.add(n, typeList.put(typeEntry{name: n, not: true}))
	}
	return p
}()

// typeList are the entries that the phrases point at, from 1.
var typeList = &typeTable{}

type typeTable struct{ entries []typeEntry }

func (t *typeTable) put(e typeEntry) int {
	t.entries = append(t.entries, e)
	return len(t.entries)
}

// typeSymbols are the abbreviations of kinds, by the number of their letters as a syllable; the value names the kinds.
var typeSymbols = func() map[word][]string {
	m := make(map[word][]string)
	for _, t := range typeNames {
		for i, s := range strings.Fields(t.symbols) {
			id := w(s)
			if i == 0 && !slices.ContainsFunc(m[id], func(n string) bool { return strings.HasPrefix(t.name, n) }) || m[id] == nil {
				m[id] = append(m[id], t.name)
			}
		}
	}
	for _, s := range strings.Fields(otherTypeSymbols) {
		if id := w(s); m[id] == nil {
			m[id] = []string{}
		}
	}
	return m
}()

// typeEnds are the last syllables of the names: a bare number is looked at only after one of them or after "số".
var typeEnds = func() map[word]bool {
	m := map[word]bool{wSo: true}
	for _, t := range typeNames {
		f := strings.Fields(t.name)
		m[w(f[len(f)-1])] = true
	}
	return m
}()

// phrases is a table of phrases of syllables, followed one syllable at a time.
type phrases struct {
	next  map[uint32]uint16 // node<<16 | syllable → node
	leaf  []int             // by node: what was added, 0 for nothing
	first []uint16          // by syllable: the node of a phrase that begins with it, since most words begin none
}

// tables are all phrases, to be made ready when the vocabulary is whole.
var tables []*phrases

func newPhrases() *phrases {
	p := &phrases{next: make(map[uint32]uint16), leaf: []int{0}}
	tables = append(tables, p)
	return p
}

func init() {
	for _, p := range tables {
		p.first = make([]uint16, len(vocabulary)+1)
		for k, n := range p.next {
			if k>>16 == 0 {
				p.first[k] = n
			}
		}
	}
}

func (p *phrases) add(phrase string, value int) {
	node := uint16(0)
	for _, s := range strings.Fields(phrase) {
		k := uint32(node)<<16 | uint32(w(s))
		n, ok := p.next[k]
		if !ok {
			n = uint16(len(p.leaf))
			p.leaf = append(p.leaf, 0)
			p.next[k] = n
		}
		node = n
	}
	p.leaf[node] = value
}

// match gives the longest phrase that begins at token i and the token beyond it, 0 when there is none. A phrase may be
// broken by a line end but by no mark.
func (p *phrases) match(r *reader, i int) (value, end int) {
	t := r.word(i)
	if t.kind != wordKind || p.first[t.id] == 0 {
		return 0, 0
	}
	node := p.first[t.id]
	if v := p.leaf[node]; v != 0 {
		value, end = v, i+1
	}
	capitals := !t.mixed && t.letters > 1
	for j := i + 1; ; j++ {
		t := r.word(j)
		if t.kind != wordKind || t.id == 0 || t.gap >= paragraph || t.gap == line && capitals && t.mixed {
			return value, end
		}
		capitals = !t.mixed && t.letters > 1
		n, ok := p.next[uint32(node)<<16|uint32(t.id)]
		if !ok {
			return value, end
		}
		node = n
		if v := p.leaf[node]; v != 0 {
			value, end = v, j+1
		}
	}
}

// addClass adds a bit to what a phrase stands for.
func (p *phrases) addClass(phrase string, class int) {
	node := uint16(0)
	for _, s := range strings.Fields(phrase) {
		n, ok := p.next[uint32(node)<<16|uint32(w(s))]
		if !ok {
			p.add(phrase, class)
			return
		}
		node = n
	}
	p.leaf[node] |= class
}
