package citationtest

import "fmt"

// citing is every way of naming a document that the paragraphs use.
var citing = append(append(append([]spelling{}, single...), traps...), append(lists, laws...)...)

// lead begins the sentence, about begins what the document is about, rest ends it.
func (p *page) lead() {
	p.put(pick(p.r, []string{
		"Các đơn vị trong khối tiếp tục thực hiện ", "Hội nghị đã quán triệt ", "Phòng Khoa giáo được giao theo dõi việc thực hiện ",
		"Trong quý, cấp ủy các cấp đã học tập ", "Báo cáo nêu rõ kết quả triển khai ", "Đề nghị các sở rà soát ",
		"Đến nay đã sơ kết 5 năm thực hiện ", "Năm nay phải tổng kết 10 năm thực hiện ", "Đoàn khảo sát làm việc theo ", "Căn cứ ",
	}))
}

func (p *page) rest() {
	p.put(pick(p.r, []string{
		".", ".", ";", " về công tác chăm sóc trẻ em.", " “về phát triển khoa học và công nghệ trong tình hình mới”.",
		" về bảo đảm an toàn thực phẩm giai đoạn 2021-2025.", ", qua đó tạo chuyển biến rõ ở cơ sở.", " đến các chi bộ trực thuộc.",
		" về việc giao nhiệm vụ cho 12 sở, ngành.", " và các văn bản có liên quan.", ": 15/20 chỉ tiêu đã đạt.",
		", trong đó có 3 nội dung chậm tiến độ.", " nhằm nâng cao chất lượng dạy nghề.", " (có phụ lục kèm theo).",
	}))
}

// numbered types the type, the word "số" in one of its spellings and the symbol.
func (p *page) numbered(d document) {
	p.word(d.Type)
	p.put(pick(p.r, []string{" số ", " số ", " số ", " ", " số: "}))
	p.symbol(d)
}

// one opens a document of any family, writes it and closes it, between the two halves of a sentence.
func one(f family, write func(p *page, d document)) func(p *page) {
	return func(p *page) {
		p.lead()
		d := p.document(f)
		p.open(d)
		write(p, d)
		p.close()
		p.rest()
	}
}

var single = []spelling{
	{"loại số ký hiệu, ngày của cơ quan", 8, one(anyDocument, func(p *page, d document) {
		p.numbered(d)
		p.put(", ngày ")
		p.date(pick(p.r, afterNgay))
		p.put(" của ")
		p.issuer()
	})},
	{"loại số ký hiệu ngày của cơ quan", 8, one(anyDocument, func(p *page, d document) {
		p.numbered(d)
		p.put(" ngày ")
		p.date(pick(p.r, afterNgay))
		p.put(pick(p.r, []string{" của ", ", của ", " của "}))
		p.issuer()
	})},
	{"ngày không có chữ ngày", 2, one(anyDocument, func(p *page, d document) {
		p.numbered(d)
		p.put(", ")
		p.date(slashed)
		p.put(" của ")
		p.issuer()
	})},
	{"ngày trong ngoặc", 2, one(anyDocument, func(p *page, d document) {
		p.numbered(d)
		p.put(pick(p.r, []string{" (", " (ngày "}))
		p.date(pick(p.r, afterNgay[:5]))
		p.put(")")
		if p.r.IntN(2) == 0 {
			p.put(" của ")
			p.issuer()
		}
	})},
	{"ngày và cơ quan trong ngoặc", 1, one(anyDocument, func(p *page, d document) {
		p.numbered(d)
		p.put(" (ngày ")
		p.date(slashed)
		p.put(" của ")
		p.issuer()
		p.put(")")
	})},
	{"ban hành ngày", 1, one(anyDocument, func(p *page, d document) {
		p.numbered(d)
		p.put(pick(p.r, []string{" ban hành ngày ", " ký ngày ", ", ký ngày "}))
		p.date(pick(p.r, afterNgay))
	})},
	{"không ngày không cơ quan", 5, one(anyDocument, func(p *page, d document) { p.numbered(d) })},
	{"chỉ cơ quan sau", 5, one(anyDocument, func(p *page, d document) {
		p.numbered(d)
		p.put(" của ")
		p.issuer()
	})},
	{"cơ quan rồi ngày", 2, one(anyDocument, func(p *page, d document) {
		p.numbered(d)
		p.put(" của ")
		p.issuer()
		p.put(pick(p.r, []string{" ngày ", ", ngày ", " ban hành ngày "}))
		p.date(pick(p.r, afterNgay))
	})},
	{"cơ quan giữa loại và số", 1, one(anyDocument, func(p *page, d document) {
		p.word(d.Type)
		p.put(" của ")
		p.issuer()
		p.put(" số ")
		p.symbol(d)
		p.put(" ngày ")
		p.date(slashed)
	})},
	{"chỉ ký hiệu", 2, one(anyDocument, func(p *page, d document) { p.symbol(d) })},
	{"số ký hiệu không loại", 2, func(p *page) {
		p.put("Nơi nhận văn bản đã ghi ")
		d := p.document(pick(p.r, []family{provincial, state, central}))
		p.put(pick(p.r, []string{"số ", "Số: ", "số: "}))
		p.open(d)
		p.symbol(d)
		p.put(" ngày ")
		p.date(slashed)
		p.close()
		p.rest()
	}},
	{"cả viện dẫn trong ngoặc", 2, func(p *page) {
		p.put("Quy chế làm việc được sửa đổi (")
		d := p.document(anyDocument)
		p.open(d)
		p.numbered(d)
		p.put(" ngày ")
		p.date(pick(p.r, afterNgay))
		p.put(" của ")
		p.issuer()
		p.close()
		p.put(").")
	}},
	{"ngày để trống hoặc thiếu năm", 3, one(anyDocument, func(p *page, d document) {
		way := pick(p.r, unfinished)
		p.note(way.name)
		p.numbered(d)
		p.put(", ngày ")
		p.date(way)
		p.put(" của ")
		p.issuer()
	})},
	{"ngày không có trong lịch", 1, one(central, func(p *page, d document) {
		p.numbered(d)
		p.put(" ngày " + pick(p.r, []string{"31/02/2020", "32/5/2019", "30/13/2021"}) + " của ")
		p.issuer()
	})},
	{"dính chữ ngày", 2, one(anyDocument, func(p *page, d document) {
		p.numbered(d)
		p.put("ngày ")
		p.date(pick(p.r, afterNgay))
		p.put(" của ")
		p.issuer()
	})},
	{"dính chữ số", 1, one(anyDocument, func(p *page, d document) {
		p.word(d.Type)
		p.put(" số")
		p.symbol(d)
		p.put(", ngày")
		p.date(slashed)
	})},
	{"dính chữ của", 1, one(central, func(p *page, d document) {
		p.numbered(d)
		p.put("của ")
		p.issuer()
	})},
	{"tháng viết chữ", 2, one(anyDocument, func(p *page, d document) {
		p.numbered(d)
		p.put(", ngày ")
		p.date(afterNgay[8])
		p.put(" của ")
		p.issuer()
	})},
	{"cơ quan ban hành đứng trước", 4, func(p *page) { p.issued("", nil) }},
	{"ngày và cơ quan đứng trước", 3, func(p *page) { p.issued("Ngày ", &slashed) }},
	{"ngày chữ và cơ quan đứng trước", 1, func(p *page) { p.issued("Ngày ", &afterNgay[7]) }},
	{"hội nghị Trung ương của khóa", 2, func(p *page) {
		p.lead()
		d := p.document(central)
		d.Type, d.Rest, d.Issuer, d.Term = "Nghị quyết", "-NQ/TW", "Ban Chấp hành Trung ương Đảng", pick(p.r, terms)
		p.open(d)
		p.numbered(d)
		p.put(" ngày ")
		p.date(pick(p.r, afterNgay))
		p.put(pick(p.r, []string{" của Hội nghị lần thứ sáu ", " Hội nghị lần thứ tám ", " của Hội nghị lần thứ 4, "}))
		p.issuer()
		p.close()
		p.rest()
	}},
	{"viết tắt kiểu trang tin", 3, func(p *page) {
		p.put(pick(p.r, []string{"Tài liệu gửi kèm ", "Văn bản mới: ", "Phổ biến, quán triệt "}))
		p.portal()
		p.rest()
	}},
}

// issued writes "Ngày …, Bộ Chính trị ban hành Chỉ thị số …".
func (p *page) issued(day string, way *dateForm) {
	d := p.document(anyDocument)
	if way == nil {
		p.put(pick(p.r, []string{"", "", "Căn cứ tình hình, ", "Ban Tuyên giáo Tỉnh ủy đã tham mưu "}))
	}
	p.put(day)
	date := ""
	if way != nil {
		p.put(way.text(p.r, d.Date) + ", ")
		date = d.Date.String()
	}
	p.put(d.Issuer)
	if d.Term != "" {
		p.put(" khóa " + d.Term)
	}
	p.put(pick(p.r, []string{" ban hành ", " đã ban hành ", " ra ", " đã ký ban hành "}))
	p.open(d)
	p.numbered(d)
	if way == nil && p.r.IntN(2) == 0 {
		p.put(", ngày ")
		p.date(pick(p.r, afterNgay))
		date = p.now.Date
	}
	p.now.Date, p.now.Issuer, p.now.Term = date, d.Issuer, d.Term
	p.close()
	p.rest()
}

// portal writes a code as the lists of documents on portals have it: dots for dashes, the type shortened or repeated.
func (p *page) portal() {
	number := fmt.Sprintf("%02d", 1+p.r.IntN(99))
	p.open(document{})
	form := p.r.IntN(4)
	p.note([]string{"HD.51.BTGTU", "Kết luận 72.TW", "CV 2303-CV/BTGTU", "KH 51-KH/TU"}[form])
	switch form {
	case 0:
		p.now.Number = number
		p.now.Symbol = pick(p.r, []string{"HD", "KH", "BC", "CV", "TB"}) + "." + number + "." + pick(p.r, []string{"BTGTU", "TU", "TW", "BTGTW"})
		p.put(p.now.Symbol)
	case 1:
		k := pick(p.r, [][2]string{{"Kết luận", "TW"}, {"Chương trình", "TU"}, {"Chỉ thị", "TW"}, {"Kế hoạch", "TU"}, {"Hướng dẫn", "BTGTU"}})
		p.word(k[0])
		p.now.Number, p.now.Symbol = number, number+"."+k[1]
		p.put(" " + p.now.Symbol)
	default:
		k := pick(p.r, []kind{{"CV", "-CV/BTGTU"}, {"CV", "-CV/TU"}})
		if form == 3 {
			k = pick(p.r, []kind{{"KH", "-KH/TU"}, {"HD", "-HD/BTGTU"}, {"QĐ", "-QĐ/TW"}, {"NQ", "-NQ/TW"}})
		}
		p.put(k.word + pick(p.r, []string{" ", " số "}))
		p.now.Type = Open
		p.symbol(document{Number: number, Rest: k.mark})
	}
	p.close()
}

// traps name documents among dates and bodies that are not theirs.
var traps = []spelling{
	{"ngày họp không phải ngày văn bản", 2, func(p *page) {
		p.put("Ngày " + slashed.text(p.r, day(p.r)) + ", " + pick(p.r, []string{"Sở Y tế", "Ban Tuyên giáo Tỉnh ủy", "Huyện ủy Vạn Ninh"}))
		p.put(pick(p.r, []string{" tổ chức hội nghị quán triệt ", " sơ kết việc thực hiện ", " kiểm tra việc thực hiện "}))
		d := p.document(central)
		p.open(d)
		p.numbered(d)
		if p.r.IntN(2) == 0 {
			p.put(" của ")
			p.issuer()
		}
		p.close()
		p.rest()
	}},
	{"ngày hiệu lực không phải ngày văn bản", 1, func(p *page) {
		d := p.document(state)
		p.open(d)
		p.numbered(d)
		p.put(" của ")
		p.issuer()
		p.close()
		p.put(" có hiệu lực kể từ ngày " + slashed.text(p.r, day(p.r)) + ".")
	}},
	{"hạn báo cáo không phải ngày văn bản", 1, func(p *page) {
		p.put("Các sở báo cáo kết quả thực hiện ")
		d := p.document(provincial)
		p.open(d)
		p.numbered(d)
		p.close()
		p.put(" về Ban Tuyên giáo Tỉnh ủy trước ngày " + slashed.text(p.r, day(p.r)) + ".")
	}},
	{"văn bản thực hiện văn bản", 3, func(p *page) {
		p.put("Cấp ủy đã triển khai ")
		d := p.document(provincial)
		p.open(d)
		p.numbered(d)
		if p.r.IntN(2) == 0 {
			p.put(" ngày ")
			p.date(pick(p.r, afterNgay))
		}
		p.close()
		p.put(pick(p.r, []string{" thực hiện ", " về thực hiện ", " triển khai thực hiện ", " để cụ thể hóa "}))
		d = p.document(central)
		p.open(d)
		p.numbered(d)
		p.put(", ngày ")
		p.date(pick(p.r, afterNgay))
		p.put(" của ")
		p.issuer()
		p.close()
		p.rest()
	}},
	{"sửa đổi văn bản khác", 1, func(p *page) {
		d := p.document(normative)
		p.put(d.Issuer + " đã ban hành ")
		p.open(d)
		p.numbered(d)
		p.now.Issuer, p.now.Term = d.Issuer, ""
		p.close()
		p.put(" sửa đổi, bổ sung một số điều của ")
		d = p.document(normative)
		p.open(d)
		p.numbered(d)
		p.put(" ngày ")
		p.date(pick(p.r, afterNgay))
		p.put(" của ")
		p.issuer()
		p.close()
		p.rest()
	}},
	{"đề nghị tại tờ trình", 1, func(p *page) {
		p.put("Xét đề nghị của Giám đốc Sở Y tế tại ")
		d := document{Type: "Tờ trình", Number: fmt.Sprint(10 + p.r.IntN(3000)), Rest: "/TTr-SYT", Date: day(p.r)}
		p.open(d)
		p.numbered(d)
		p.put(" ngày ")
		p.date(pick(p.r, afterNgay))
		p.now.Issuer = Open
		p.close()
		p.put(".")
	}},
	{"văn bản kèm tên chung", 1, func(p *page) {
		p.put("Đơn vị đã trả lời bằng ")
		d := p.document(letter)
		d.Type = pick(p.r, []string{"Văn bản", "Công văn", "văn bản"})
		p.open(d)
		p.numbered(d)
		if d.Type != "Công văn" {
			p.now.Type = Open
		}
		p.put(" ngày ")
		p.date(pick(p.r, afterNgay))
		p.close()
		p.rest()
	}},
}
