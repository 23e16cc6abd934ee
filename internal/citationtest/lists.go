package citationtest

import (
	"fmt"
	"slices"
	"strings"
)

// several draws n papers of one type, mark and body, each with its own number and day.
func (p *page) several(f family, n int) []document {
	first := p.document(f)
	all := []document{first}
	for len(all) < n {
		d := first
		d.Number = fmt.Sprintf("%02d", 1+p.r.IntN(98))
		if len(first.Number) > 2 {
			d.Number = fmt.Sprint(100 + p.r.IntN(2900))
		}
		d.Date = day(p.r)
		if d.Date.Year() != first.Date.Year() && strings.Contains(d.Rest, "/20") {
			d.Date = first.Date // one suffix has one year
		}
		if slices.ContainsFunc(all, func(e document) bool { return e.Number == d.Number }) {
			continue
		}
		all = append(all, d)
	}
	return all
}

// joint is what stands between two items of a list of n, before item i.
func (p *page) joint(i, n int) string {
	if i == n-1 {
		return pick(p.r, []string{" và ", " và ", ", "})
	}
	return ", "
}

// bare types only the number of d, whose symbol ends later in the list.
func (p *page) bare(d document) {
	p.now.Number, p.now.Symbol = d.Number, d.symbol()
	p.put(d.Number)
}

// shared notes the type for an item that does not repeat it.
func (p *page) shared(d document) { p.now.Type = d.Type }

// suffixList writes "các nghị quyết 18, 19-NQ/TW" after what opens it.
func suffixList(f family, opening func(p *page, typ string)) func(p *page) {
	return func(p *page) {
		p.lead()
		all := p.several(f, 2+p.r.IntN(3))
		first := len(p.want)
		for i, d := range all {
			if i > 0 {
				p.close()
				p.put(p.joint(i, len(all)))
			}
			p.open(d)
			p.shared(d)
			if i == 0 {
				opening(p, d.Type)
			}
			if i < len(all)-1 {
				p.bare(d)
			} else {
				p.symbol(d)
			}
		}
		if p.r.IntN(2) == 0 {
			p.doc = all[0]
			p.put(" của ")
			p.issuerFor(first)
		}
		p.close()
		p.rest()
	}
}

// fullList writes items with their whole symbols; each decides what an item repeats, tail what all share.
func fullList(f family, opening string, each func(p *page, i int, d document), tail func(p *page, first int)) func(p *page) {
	return func(p *page) {
		p.lead()
		p.put(opening)
		all := p.several(f, 2+p.r.IntN(2))
		first := len(p.want)
		for i, d := range all {
			if i > 0 {
				p.close()
				p.put(p.joint(i, len(all)))
			}
			p.open(d)
			p.shared(d)
			each(p, i, d)
		}
		if tail != nil {
			p.doc = all[0]
			tail(p, first)
		}
		p.close()
		p.rest()
	}
}

func sharedDateAndIssuer(p *page, first int) {
	p.put(" ngày ")
	p.dateFor(pick(p.r, afterNgay), first)
	p.put(" của ")
	p.issuerFor(first)
}

func sharedIssuer(p *page, first int) {
	p.put(" của ")
	p.issuerFor(first)
}

// item types the word for the type only at the first item.
func item(p *page, i int, d document) {
	if i == 0 {
		p.word(d.Type)
		p.put(pick(p.r, []string{" số ", " số ", " "}))
	} else {
		p.put(pick(p.r, []string{"", "", "số "}))
	}
	p.symbol(d)
}

func datedItem(p *page, i int, d document) {
	item(p, i, d)
	p.put(pick(p.r, []string{" ngày ", ", ngày "}))
	p.date(pick(p.r, afterNgay[:5]))
}

var lists = []spelling{
	{"các nghị quyết 18, 19-NQ/TW", 3, suffixList(central, func(p *page, typ string) { p.put("các " + strings.ToLower(typ) + " ") })},
	{"Các Chỉ thị số 19 và 20-CT/TW", 3, suffixList(central, func(p *page, typ string) { p.put(pick(p.r, []string{"các ", ""}) + typ + " số ") })},
	{"Kế hoạch 11, 12 và 13-KH/TU", 2, suffixList(provincial, func(p *page, typ string) { p.put(typ + " ") })},
	{"Thông tư số 01, 02, 03/2021/TT-BGDĐT", 2, suffixList(normative, func(p *page, typ string) { p.put("các " + typ + " số ") })},
	{"Quyết định 1719, 1720/QĐ-TTg", 1, suffixList(state, func(p *page, typ string) { p.put(typ + " số ") })},
	{"danh sách chung ngày và cơ quan", 3, fullList(provincial, "", item, sharedDateAndIssuer)},
	{"danh sách Nhà nước chung ngày và cơ quan", 1, fullList(state, "các ", item, sharedDateAndIssuer)},
	{"danh sách mỗi số một ngày, chung cơ quan", 3, fullList(central, "các ", datedItem, sharedIssuer)},
	{"danh sách mỗi số một ngày", 2, fullList(provincial, "", datedItem, nil)},
	{"danh sách quy phạm chung cơ quan", 2, fullList(normative, "", item, sharedIssuer)},
	{"lặp lại loại, chung cơ quan", 2, fullList(central, "", func(p *page, _ int, d document) { p.numbered(d) }, sharedIssuer)},
	{"cơ quan trước, hai chấm, danh sách", 2, func(p *page) {
		p.lead()
		all := p.several(central, 2+p.r.IntN(2))
		p.put("các " + strings.ToLower(all[0].Type) + " của " + all[0].Issuer)
		if all[0].Term != "" {
			p.put(" khóa " + all[0].Term)
		}
		p.put(pick(p.r, []string{": ", ": số ", " gồm: số "}))
		for i, d := range all {
			if i > 0 {
				p.put(p.joint(i, len(all)))
			}
			p.open(d)
			p.shared(d)
			p.symbol(d)
			if p.r.IntN(2) == 0 {
				p.put(" ngày ")
				p.date(slashed)
			}
			p.now.Issuer, p.now.Term = d.Issuer, d.Term
			p.close()
		}
		p.put(".")
	}},
	{"Chỉ thị 05 và Kết luận 01-KL/TW", 2, func(p *page) {
		p.lead()
		p.open(document{})
		p.word("Chỉ thị")
		p.now.Number = fmt.Sprintf("%02d", 1+p.r.IntN(60))
		p.put(pick(p.r, []string{" ", " số "}) + p.now.Number)
		p.close()
		p.put(pick(p.r, []string{" và ", ", "}))
		p.open(document{})
		p.word("Kết luận")
		p.put(pick(p.r, []string{" ", " số "}))
		p.symbol(document{Number: fmt.Sprintf("%02d", 1+p.r.IntN(90)), Rest: "-KL/TW"})
		p.close()
		p.rest()
	}},
	{"hai loại, mỗi loại đủ phần", 3, func(p *page) {
		p.lead()
		for i := range 2 {
			d := p.document(central)
			p.open(d)
			p.numbered(d)
			p.put(", ngày ")
			p.date(pick(p.r, afterNgay))
			p.put(" của ")
			p.issuer()
			p.close()
			if i == 0 {
				p.put(pick(p.r, []string{" và ", "; ", ", ", " gắn với "}))
			}
		}
		p.rest()
	}},
	{"các điểm xuống dòng", 2, func(p *page) {
		p.put("Các văn bản phải sơ kết, tổng kết trong năm:")
		for range 2 + p.r.IntN(2) {
			p.put("\n" + pick(p.r, []string{"- ", "+ ", "1. ", "a) "}))
			d := p.document(anyDocument)
			p.open(d)
			p.numbered(d)
			p.put(", ngày ")
			p.date(pick(p.r, afterNgay))
			p.put(" của ")
			p.issuer()
			p.close()
			p.put(pick(p.r, []string{";", ".", " (10 năm);"}))
		}
	}},
	{"ngày và cơ quan trước cả danh sách", 1, func(p *page) {
		all := p.several(provincial, 2)
		p.put("Ngày " + slashed.text(p.r, all[0].Date) + ", " + all[0].Issuer + " ban hành ")
		for i, d := range all {
			if i > 0 {
				p.put(" và ")
			}
			p.open(d)
			p.numbered(d)
			p.now.Date, p.now.Issuer = all[0].Date.String(), d.Issuer
			p.close()
		}
		p.rest()
	}},
}

// laws are named, and told apart by their day; a year alone is no date.
var laws = []spelling{
	{"luật và ngày", 3, func(p *page) { p.law(" ngày ", true) }},
	{"luật và năm", 3, func(p *page) { p.law(" năm ", false) }},
	{"luật và số", 2, func(p *page) {
		p.lead()
		d := p.document(normative)
		d.Type, d.Rest, d.Issuer, d.Term = "Luật", fmt.Sprintf("/%d/%s", d.Date.Year(), pick(p.r, []string{"QH13", "QH14", "QH15"})), "Quốc hội", ""
		p.open(d)
		p.word(d.Type)
		p.put(" " + pick(p.r, lawNames) + pick(p.r, []string{" số ", " (số ", ", số "}))
		p.symbol(d)
		if p.r.IntN(2) == 0 {
			p.put(" ngày ")
			p.date(pick(p.r, afterNgay))
		}
		p.close()
		p.rest()
	}},
}

var lawNames = []string{"Bảo vệ môi trường", "Trẻ em", "Bảo hiểm y tế", "Giáo dục nghề nghiệp", "Khoa học và công nghệ",
	"Khám bệnh, chữa bệnh", "An toàn thực phẩm", "Phòng, chống bạo lực gia đình", "Người cao tuổi", "Tổ chức chính quyền địa phương"}

func (p *page) law(before string, dated bool) {
	p.lead()
	d := document{Type: "Luật", Date: day(p.r)}
	name := pick(p.r, lawNames)
	if p.r.IntN(6) == 0 {
		d.Type, name = "Bộ luật", pick(p.r, []string{"Lao động", "Dân sự"})
	}
	p.open(d)
	p.word(d.Type)
	p.put(" " + name + before)
	if dated {
		p.date(pick(p.r, afterNgay))
	} else {
		p.put(fmt.Sprint(d.Date.Year()))
	}
	p.close()
	p.rest()
}
