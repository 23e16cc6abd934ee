package citationtest

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"giaoban/calendar"
)

// document is one paper that a paragraph cites: the symbol is Number and Rest.
type document struct {
	Type, Number, Rest string // "Chỉ thị", "20", "-CT/TW"
	Date               calendar.Date
	Issuer, Term       string
}

func (d document) symbol() string { return d.Number + d.Rest }

// family is the papers that are numbered in one way.
type family int

const (
	anyDocument family = iota
	central            // 20-CT/TW
	provincial         // 118-KH/TU
	state              // 1719/QĐ-TTg
	normative          // 56/2017/NĐ-CP
	letter             // 3268/UBND-VX, 512-CV/BTGTU
	mixed              // 80/QĐ-TU, 593-QĐ-TU
	misnamed           // Quyết định số 1056-QC/TU
)

type kind struct{ word, mark string }

var (
	partyKinds = []kind{{"Nghị quyết", "NQ"}, {"Chỉ thị", "CT"}, {"Kết luận", "KL"}, {"Quyết định", "QĐ"}, {"Quy định", "QĐ"},
		{"Hướng dẫn", "HD"}, {"Thông báo", "TB"}, {"Thông tri", "TT"}, {"Nghị quyết", "NQ"}, {"Chỉ thị", "CT"}, {"Quy định", "QĐi"}}
	localKinds = []kind{{"Kế hoạch", "KH"}, {"Chương trình", "CTr"}, {"Báo cáo", "BC"}, {"Đề án", "ĐA"}, {"Tờ trình", "TTr"},
		{"Quy chế", "QC"}, {"Nghị quyết", "NQ"}, {"Chỉ thị", "CT"}, {"Kết luận", "KL"}, {"Quyết định", "QĐ"}, {"Thông báo", "TB"}, {"Hướng dẫn", "HD"}}
	stateKinds = []kind{{"Quyết định", "QĐ"}, {"Kế hoạch", "KH"}, {"Chỉ thị", "CT"}, {"Báo cáo", "BC"}, {"Thông báo", "TB"},
		{"Tờ trình", "TTr"}, {"Hướng dẫn", "HD"}, {"Công điện", "CĐ"}, {"Quyết định", "QĐ"}, {"Chương trình", "CTr"}}

	provinces = strings.Split("Khánh Hòa|Kon Tum|Điện Biên|Bến Tre|An Giang|Bắc Kạn|Trà Vinh|Hà Giang|Đắk Lắk|Thừa Thiên Huế|Bà Rịa - Vũng Tàu|Quảng Ninh|Nghệ An|Sóc Trăng|Lâm Đồng|Phú Thọ|Ninh Bình|Cà Mau", "|")
	cities    = strings.Split("Hải Phòng|Đà Nẵng|Cần Thơ|Hà Nội|Hồ Chí Minh", "|")
	districts = strings.Split("Vạn Ninh|Đắk Hà|Mường Chà|Ba Tri|Châu Thành|Cầu Kè|Ninh Hòa", "|")
	terms     = strings.Split("IX|X|XI|XII|XIII|XIV", "|")
)

// body is who signs under a mark: the names in use for it, %p a province, %c a city, %h a district.
type body struct {
	mark  string
	names []string
}

var (
	centralBodies = []body{
		{"TW", []string{"Bộ Chính trị", "Bộ Chính trị", "Ban Bí thư", "Ban Bí thư", "Ban Chấp hành Trung ương", "Ban Chấp hành Trung ương Đảng",
			"Ban Bí thư Trung ương Đảng", "BCH Trung ương Đảng", "Trung ương"}},
		{"TW", []string{"Bộ Chính trị", "Ban Bí thư", "Ban Chấp hành Trung ương Đảng"}},
		{"BTGTW", []string{"Ban Tuyên giáo Trung ương"}},
		{"BTCTW", []string{"Ban Tổ chức Trung ương"}},
		{"VPTW", []string{"Văn phòng Trung ương Đảng"}},
		{"UBKTTW", []string{"Ủy ban Kiểm tra Trung ương"}},
	}
	provincialBodies = []body{
		{"TU", []string{"Tỉnh ủy", "Ban Thường vụ Tỉnh ủy", "Tỉnh ủy %p", "Ban Thường vụ Tỉnh ủy %p", "Ban Chấp hành Đảng bộ tỉnh",
			"Thường trực Tỉnh ủy", "Ban Thường vụ Thành ủy", "Thành ủy %c", "BTV Tỉnh ủy", "Ban Chấp hành Đảng bộ tỉnh %p"}},
		{"TU", []string{"Tỉnh ủy", "Ban Thường vụ Tỉnh ủy", "Tỉnh ủy %p", "Thành ủy"}},
		{"BTGTU", []string{"Ban Tuyên giáo Tỉnh ủy", "Ban Tuyên giáo Tỉnh ủy %p", "Ban Tuyên giáo Thành ủy"}},
		{"BTG&DVTU", []string{"Ban Tuyên giáo và Dân vận Tỉnh ủy"}},
		{"BTGDVTU", []string{"Ban Tuyên giáo và Dân vận Tỉnh ủy %p"}},
		{"HU", []string{"Huyện ủy %h", "Ban Thường vụ Huyện ủy", "Huyện ủy"}},
		{"BCĐ35", []string{"Ban Chỉ đạo 35 Tỉnh ủy"}},
		{"ĐUK", []string{"Đảng ủy Khối các cơ quan tỉnh", "Đảng ủy Khối các cơ quan và doanh nghiệp tỉnh"}},
	}
	stateBodies = []body{
		{"TTg", []string{"Thủ tướng Chính phủ"}},
		{"UBND", []string{"UBND tỉnh", "UBND tỉnh %p", "Ủy ban nhân dân tỉnh", "Ủy ban nhân dân tỉnh %p", "UBND thành phố %c", "Chủ tịch UBND tỉnh"}},
		{"BYT", []string{"Bộ Y tế", "Bộ trưởng Bộ Y tế"}},
		{"BGDĐT", []string{"Bộ Giáo dục và Đào tạo", "Bộ GD&ĐT", "Bộ trưởng Bộ Giáo dục và Đào tạo"}},
		{"BKHCN", []string{"Bộ Khoa học và Công nghệ"}},
		{"LĐTBXH", []string{"Bộ Lao động - Thương binh và Xã hội"}},
		{"BVHTTDL", []string{"Bộ Văn hóa, Thể thao và Du lịch"}},
		{"SYT", []string{"Sở Y tế", "Sở Y tế tỉnh %p", "Giám đốc Sở Y tế"}},
		{"SGDĐT", []string{"Sở Giáo dục và Đào tạo", "Sở Giáo dục và Đào tạo tỉnh %p"}},
		{"SLĐTB&XH", []string{"Sở Lao động - Thương binh và Xã hội", "Sở LĐ-TB&XH"}},
	}
	normativeBodies = []struct {
		word, mark string
		names      []string
	}{
		{"Nghị định", "NĐ-CP", []string{"Chính phủ"}},
		{"Nghị định", "NĐ-CP", []string{"Chính phủ"}},
		{"Quyết định", "QĐ-TTg", []string{"Thủ tướng Chính phủ"}},
		{"Thông tư", "TT-BYT", []string{"Bộ Y tế", "Bộ trưởng Bộ Y tế"}},
		{"Thông tư", "TT-BGDĐT", []string{"Bộ Giáo dục và Đào tạo", "Bộ trưởng Bộ Giáo dục và Đào tạo"}},
		{"Thông tư", "TT-BLĐTBXH", []string{"Bộ Lao động - Thương binh và Xã hội"}},
		{"Thông tư", "TT-BTNMT", []string{"Bộ Tài nguyên và Môi trường"}},
		{"Thông tư liên tịch", "TTLT-BYT-BNV", []string{"Bộ Y tế"}},
		{"Thông tư liên tịch", "TTLT-BLĐTBXH-BTC", []string{"Bộ Lao động - Thương binh và Xã hội"}},
		{"Nghị quyết", "NQ-HĐND", []string{"HĐND tỉnh", "Hội đồng nhân dân tỉnh %p", "HĐND tỉnh %p"}},
		{"Quyết định", "QĐ-UBND", []string{"UBND tỉnh", "Ủy ban nhân dân tỉnh %p"}},
		{"Nghị quyết", "QH13", []string{"Quốc hội"}},
		{"Luật", "QH14", []string{"Quốc hội"}},
		{"Luật", "QH15", []string{"Quốc hội"}},
		{"Pháp lệnh", "UBTVQH14", []string{"Ủy ban Thường vụ Quốc hội"}},
		{"Nghị quyết", "UBTVQH15", []string{"Ủy ban Thường vụ Quốc hội"}},
	}
	letterBodies = []body{
		{"/UBND-VX", []string{"UBND tỉnh", "UBND tỉnh %p", "Ủy ban nhân dân tỉnh"}},
		{"/UBND-KGVX", []string{"UBND tỉnh"}},
		{"/BGDĐT-GDĐH", []string{"Bộ Giáo dục và Đào tạo"}},
		{"/VPCP-KGVX", []string{"Văn phòng Chính phủ"}},
		{"/SYT-NVY", []string{"Sở Y tế"}},
		{"/SLĐTB&XH-TE", []string{"Sở Lao động - Thương binh và Xã hội"}},
		{"/SKHCN-QLKH", []string{"Sở Khoa học và Công nghệ"}},
		{"-CV/TU", []string{"Tỉnh ủy", "Thường trực Tỉnh ủy"}},
		{"-CV/BTGTU", []string{"Ban Tuyên giáo Tỉnh ủy", "Ban Tuyên giáo Tỉnh ủy %p"}},
		{"-CV/BTGTW", []string{"Ban Tuyên giáo Trung ương"}},
		{"-CV/VPTU", []string{"Văn phòng Tỉnh ủy"}},
	}
)

// document draws a paper of the family; anyDocument draws the family too, as often as they are met.
func (p *page) document(f family) document {
	if f == anyDocument {
		f = pick(p.r, []family{central, central, central, provincial, provincial, provincial, state, state, normative, normative, letter, mixed, misnamed})
	}
	d := document{Date: day(p.r)}
	small := fmt.Sprintf("%02d", 1+p.r.IntN(99))
	large := fmt.Sprint(100 + p.r.IntN(3900))
	var from body
	switch f {
	case central:
		k := pick(p.r, partyKinds)
		from = pick(p.r, centralBodies)
		d.Type, d.Number, d.Rest = k.word, pick(p.r, []string{small, small, fmt.Sprint(100 + p.r.IntN(200))}), "-"+k.mark+"/"+from.mark
		if from.mark == "TW" && p.r.IntN(3) == 0 {
			d.Term = pick(p.r, terms)
		}
	case provincial:
		k := pick(p.r, localKinds)
		from = pick(p.r, provincialBodies)
		d.Type, d.Number, d.Rest = k.word, pick(p.r, []string{small, large}), "-"+k.mark+"/"+from.mark
	case state:
		k := pick(p.r, stateKinds)
		from = pick(p.r, stateBodies)
		d.Type, d.Number, d.Rest = k.word, pick(p.r, []string{small, large, large}), "/"+k.mark+"-"+from.mark
	case normative:
		n := pick(p.r, normativeBodies)
		from.names = n.names
		d.Type, d.Number, d.Rest = n.word, small, fmt.Sprintf("/%d/%s", d.Date.Year(), n.mark)
		if n.mark == "NQ-HĐND" && p.r.IntN(3) == 0 {
			d.Term = pick(p.r, terms)
		}
	case letter:
		from = pick(p.r, letterBodies)
		d.Type, d.Number, d.Rest = "Công văn", large, from.mark
	case mixed:
		k := pick(p.r, localKinds)
		from = body{"TU", []string{"Tỉnh ủy", "Ban Thường vụ Tỉnh ủy", "Tỉnh ủy %p"}}
		d.Type, d.Number, d.Rest = k.word, large, pick(p.r, []string{"/" + k.mark + "-TU", "-" + k.mark + "-TU", "/" + k.mark + "/TU"})
		p.note("ký hiệu địa phương lẫn kiểu")
	case misnamed:
		from = body{"TU", []string{"Ban Thường vụ Thành ủy", "Ban Thường vụ Tỉnh ủy"}}
		d.Type, d.Number, d.Rest = "Quyết định", large, pick(p.r, []string{"-QC/TU", "-KH/TU", "-QĐi/TU"})
		p.note("loại và ký hiệu trái nhau")
	}
	d.Issuer = p.named(pick(p.r, from.names))
	return d
}

// named fills in the place.
func (p *page) named(name string) string {
	name = strings.ReplaceAll(name, "%p", pick(p.r, provinces))
	name = strings.ReplaceAll(name, "%c", pick(p.r, cities))
	return strings.ReplaceAll(name, "%h", pick(p.r, districts))
}

func day(r *rand.Rand) calendar.Date {
	return calendar.On(2005+r.IntN(21), time.Month(1+r.IntN(12)), 1+r.IntN(28))
}
