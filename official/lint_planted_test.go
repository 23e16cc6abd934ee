package official

import (
	"slices"
	"testing"
)

// The documents and people here are others than those the rules were written with.

func cityDirectory() Directory {
	return Directory{Place: "Hải Phòng", Body: "Ban Tuyên giáo Thành ủy", People: []Person{
		{"Đào Khánh Hưng", "Trưởng ban", "Ban Tuyên giáo Thành ủy"},
		{"Đào Khánh Hưng", "Ủy viên Ban Thường vụ Thành ủy", "Thành ủy Hải Phòng"},
		{"Vũ Thị Lệ Quyên", "Phó Trưởng ban Thường trực", "Ban Tuyên giáo Thành ủy"},
		{"Bùi Quang Thạch", "Giám đốc Sở Y tế", "Sở Y tế"},
		{"Phạm Thế Duyệt", "Phó Giám đốc", "Sở Y tế"},
	}}
}

func cityNotice() Document {
	p, _ := ProfileByCode("HD36")
	d := ThongBaoKetLuan(p, "đồng chí Đào Khánh Hưng, Ủy viên Ban Thường vụ, Trưởng ban Tuyên giáo Thành ủy", "Hội nghị giao ban công tác khoa giáo 9 tháng năm 2023",
		Paragraph{Runs: Text("Sáng ngày 11/7/2023, Ban Tuyên giáo Thành ủy tổ chức Hội nghị; đồng chí Vũ Thị Lệ Quyên, Phó Trưởng ban Thường trực chủ trì. Dự hội nghị có ông Bùi Quang Thạch, Giám đốc Sở Y tế.")},
		Heading{Level: 1, Runs: Text("Đánh giá chung")},
		Paragraph{Runs: Text("Các quận, huyện đã quán triệt Quy chế số 1056-QC/TU ngày 05 tháng 01 năm 2023; tỷ lệ tham gia bảo hiểm thất nghiệp (BHTN) tăng 3,2% so với cùng kỳ, BHTN ở khu công nghiệp tăng nhanh nhất.")},
		Heading{Level: 1, Runs: Text("Nhiệm vụ trọng tâm")},
		Heading{Level: 2, Runs: Text("Đối với các sở")},
		NumberedItem{Level: 3, Runs: Text("Rà soát trường lớp trước năm học mới;")},
		NumberedItem{Level: 3, Runs: Text("Bố trí đủ giáo viên, vật tư, v.v.;")},
		NumberedItem{Level: 3, Runs: Text("Báo cáo trước ngày 30/9/2023.")},
		Heading{Level: 2, Runs: Text("Đối với Mặt trận")},
		NumberedItem{Level: 1, Runs: Text("Phối hợp giám sát, cụ thể:")},
		NumberedItem{Level: 2, Runs: Text("Giám sát ở cơ sở;")},
		NumberedItem{Level: 2, Runs: Text("Tổng hợp kiến nghị.")},
		NumberedItem{Level: 1, Runs: Text("Gửi kết quả về Ban")})
	d.Superior, d.Issuer, d.BodySymbol, d.Place, d.Number, d.Date = "Thành ủy Hải Phòng", "Ban Tuyên giáo", "BTGTU", "Hải Phòng", 214, DayOf(2023, 7, 14)
	d.Signers = []Signer{{Lines: []AuthorityLine{{ForHead, "Trưởng ban"}}, Title: "Phó Trưởng ban Thường trực", Name: "Vũ Thị Lệ Quyên"}}
	d.Recipients, d.Filing = []string{"Thường trực Thành ủy (để báo cáo)", "Các đơn vị dự họp"}, "VPB, P.KG"
	d.Annexes = []Annex{{Title: "Biểu số liệu", Body: []Block{Table{Caption: "Số liệu 9 tháng", Columns: []Column{{Title: "TT"}, {Title: "Số xã có TYT đạt chuẩn"}},
		Rows: [][]Cell{{C("1"), C("96")}}, Notes: []string{"TYT: trạm y tế."}}}}}
	return d
}

func healthLetter() Document {
	p, _ := ProfileByCode("ND30")
	return Document{Profile: p, Kind: Letter, Superior: "Ủy ban nhân dân thành phố Hải Phòng", Issuer: "Sở Y tế", BodySymbol: "SYT", Number: 1507, Place: "Hải Phòng",
		Date: DayOf(2023, 10, 2), Subject: "góp ý dự thảo kế hoạch tiêm chủng", Addressed: []string{"Ban Tuyên giáo Thành ủy"},
		Bases: []string{"Công văn số 88-CV/BTGTU ngày 25 tháng 9 năm 2023"},
		Body: Ended(p, []Block{Paragraph{Runs: Text("Sở Y tế nhất trí với dự thảo và đề nghị bổ sung chỉ tiêu tiêm chủng đủ liều theo Quyết định số 1987/QĐ-UBND.")},
			Paragraph{Runs: Text("Trân trọng cảm ơn")}}),
		Signers:    []Signer{{Lines: []AuthorityLine{{ForHead, "Giám đốc"}}, Title: "Phó Giám đốc", Name: "Phạm Thế Duyệt"}},
		Recipients: []string{"Như trên", "Phòng Nghiệp vụ y"}, Filing: "VT, NVY"}
}

func cityMinutes() Document {
	p, _ := ProfileByCode("HD05")
	return Document{Profile: p, Kind: Minutes, TypeName: "Biên bản", TypeSymbol: "BB", Superior: "Thành ủy Hải Phòng", Issuer: "Ban Tuyên giáo và Dân vận",
		BodySymbol: "BTGDVTU", Number: 7, Place: "Hải Phòng", Date: DayOf(2026, 6, 9), Subject: "họp tổ biên tập báo cáo sơ kết",
		Body:    []Block{Paragraph{Runs: Text("Cuộc họp bắt đầu lúc 8 giờ, kết thúc lúc 10 giờ 30 cùng ngày.")}},
		Signers: []Signer{{Title: "Người ghi biên bản", Name: "Phạm Thế Duyệt"}, {Title: "Chủ trì", Name: "Vũ Thị Lệ Quyên"}}}
}

// departure is one fault put into a sound document, the rule that must name it and what it proposes, if it is sure.
type departure struct {
	what, rule, proposed string
	base                 func() Document
	plant                func(*Document)
}

// say puts a sentence where the first paragraph stands.
func say(s string) func(*Document) {
	return func(d *Document) { d.Body[0] = Paragraph{Runs: Text(s)} }
}

var departures = []departure{
	// words
	{"type name in the subject", "ten-loai-lap-lai", "kết luận Hội nghị giao ban", cityNotice, func(d *Document) { d.Subject = "thông báo kết luận Hội nghị giao ban" }},
	{"type name after về việc", "ten-loai-lap-lai", "kết luận Hội nghị giao ban", cityNotice, func(d *Document) { d.Subject = "về việc thông báo kết luận Hội nghị giao ban" }},
	{"V/v twice", "trich-yeu-lap-ve-viec", "góp ý dự thảo", healthLetter, func(d *Document) { d.Subject = "Về việc góp ý dự thảo" }},
	{"subject with a full stop", "trich-yeu-co-dau-cuoi", "họp tổ biên tập", cityMinutes, func(d *Document) { d.Subject = "họp tổ biên tập." }},
	{"body in the signer's title", "chuc-vu-co-ten-co-quan", "Phó Trưởng ban Thường trực", cityNotice, func(d *Document) {
		d.Signers[0].Title = "Phó Trưởng ban Thường trực Ban Tuyên giáo"
	}},
	{"body in the title of its head", "chuc-vu-co-ten-co-quan", "Trưởng ban", cityNotice, func(d *Document) {
		d.Signers[0] = Signer{Title: "Trưởng ban Tuyên giáo Thành ủy", Name: "Đào Khánh Hưng"}
	}},
	{"department in the director's title", "chuc-vu-co-ten-co-quan", "Phó Giám đốc", healthLetter, func(d *Document) { d.Signers[0].Title = "Phó Giám đốc Sở Y tế" }},
	{"body in the title signed for", "chuc-vu-co-ten-co-quan", "Giám đốc", healthLetter, func(d *Document) { d.Signers[0].Lines[0].Of = "Giám đốc Sở Y tế" }},
	{"heading over a heading", "de-muc-rong", "", cityNotice, func(d *Document) { d.Body = slices.Delete(d.Body, 2, 3) }},
	{"heading at the end", "de-muc-rong", "", cityMinutes, func(d *Document) { d.Body = append(d.Body, Heading{Level: 1, Runs: Text("Kết luận")}) }},
	{"heading without a name", "de-muc-rong", "", cityNotice, func(d *Document) { d.Body[1] = Heading{Level: 1, Runs: Text(" ")} }},
	{"empty heading in an annex", "de-muc-rong", "", cityNotice, func(d *Document) {
		d.Annexes[0].Body = append(d.Annexes[0].Body, Heading{Level: 1, Runs: Text("Ghi chú")})
	}},
	{"item without a mark", "muc-thieu-dau", "", cityNotice, func(d *Document) {
		d.Body[5] = NumberedItem{Level: 3, Runs: Text("Rà soát trường lớp trước năm học mới")}
	}},
	{"item ending in a comma", "muc-thieu-dau", "", cityNotice, func(d *Document) { d.Body[10] = NumberedItem{Level: 2, Runs: Text("Giám sát ở cơ sở,")} }},
	{"marks mixed in a list", "muc-lan-dau", "", cityNotice, func(d *Document) { d.Body[6] = NumberedItem{Level: 3, Runs: Text("Bố trí đủ giáo viên.")} }},
	{"list ending in a semicolon", "muc-lan-dau", "", cityNotice, func(d *Document) {
		d.Body[7] = NumberedItem{Level: 3, Runs: Text("Báo cáo trước ngày 30/9/2023;")}
	}},
	{"unexplained abbreviation", "viet-tat-chua-giai-thich", "", cityNotice, func(d *Document) {
		d.Body[7] = NumberedItem{Level: 3, Runs: Text("Báo cáo kết quả PCGD trước ngày 30/9/2023.")}
	}},
	{"explained only after its first use", "viet-tat-chua-giai-thich", "", healthLetter, say("Sở nhất trí chỉ tiêu TCMR; tiêm chủng mở rộng (TCMR) là việc thường xuyên.")},
	{"abbreviation in a table without a note", "viet-tat-chua-giai-thich", "", cityNotice, func(d *Document) {
		d.Annexes[0].Body[0] = Table{Columns: []Column{{Title: "TT"}, {Title: "Số xã có TYT"}}, Rows: [][]Cell{{C("1"), C("96")}}}
	}},
	{"two commas", "dau-cau-lap", "thảo,", healthLetter, say("Sở Y tế nhất trí với dự thảo,, đề nghị bổ sung.")},
	{"comma and full stop", "dau-cau-lap", "ngày.", cityMinutes, say("Cuộc họp kết thúc lúc 10 giờ 30 cùng ngày,.")},
	{"two full stops", "dau-cau-lap", "nghỉ.", cityMinutes, say("Buổi trưa nghỉ.. Buổi chiều họp tiếp.")},
	{"blank before a comma", "cach-truoc-dau", "thảo,", healthLetter, say("Sở Y tế nhất trí với dự thảo , đề nghị bổ sung.")},
	{"blank before a full stop", "cach-truoc-dau", "ngày.", cityMinutes, say("Cuộc họp kết thúc cùng ngày .")},
	{"no blank after a comma", "thieu-cach-sau-dau", "thảo, đề", healthLetter, say("Sở Y tế nhất trí với dự thảo,đề nghị bổ sung.")},
	{"two blanks", "thua-khoang-cach", "nhất trí", healthLetter, say("Sở Y tế nhất  trí với dự thảo.")},
	{"bare day in words", "ngay-khong-du-chu-so", "ngày 09", cityMinutes, say("Họp theo giấy mời ngày 9 tháng 6 năm 2026.")},
	{"bare month in words", "ngay-khong-du-chu-so", "tháng 02", healthLetter, func(d *Document) { d.Bases[0] = "Kế hoạch ngày 14 tháng 2 năm 2023" }},
	{"bare day between slashes", "ngay-khong-du-chu-so", "05/02/2023", healthLetter, say("Sở Y tế đã gửi góp ý ngày 5/2/2023.")},
	{"bare day without a year", "ngay-khong-du-chu-so", "08/4", healthLetter, say("Sở Y tế đã gửi góp ý ngày 8/4.")},
	{"another place", "dia-danh-khac", "Hải Phòng", healthLetter, func(d *Document) { d.Place = "Hải Dương" }},
	{"signer spelt otherwise", "ho-ten-khac-danh-ba", "Phạm Thế Duyệt", healthLetter, func(d *Document) { d.Signers[0].Name = "Phạm Thế Duyết" }},
	{"signer whom nobody knows", "ho-ten-khac-danh-ba", "", healthLetter, func(d *Document) { d.Signers[0].Name = "Trịnh Đình Mão" }},
	{"signer with another's title", "chuc-vu-khac-danh-ba", "Phó Giám đốc", healthLetter, func(d *Document) { d.Signers[0] = Signer{Title: "Giám đốc", Name: "Phạm Thế Duyệt"} }},
	{"name in the text spelt otherwise", "ho-ten-khac-danh-ba", "Bùi Quang Thạch", cityNotice, say("Sáng ngày 11/7/2023, đồng chí Bùi Quang Thạnh, Giám đốc Sở Y tế phát biểu.")},
	{"title in the text that is the superior's", "chuc-vu-khac-danh-ba", "Phó Trưởng ban Thường trực", cityNotice, say("Đồng chí Vũ Thị Lệ Quyên, Trưởng ban Tuyên giáo Thành ủy kết luận.")},
	{"title in the text of another office", "chuc-vu-khac-danh-ba", "Giám đốc Sở Y tế", cityNotice, say("Dự họp có ông Bùi Quang Thạch, Chủ tịch Hội Khuyến học; đồng chí Đào Khánh Hưng, Trưởng ban.")},
	// layout
	{"slash authority in a State paper", "quyen-han-lan-lon", "", healthLetter, say("Văn bản do K/T Giám đốc ký.")},
	{"colon after Số", "nhan-so", "", cityMinutes, func(d *Document) { d.Profile.NumberLabel = "Số: " }},
	{"number of one figure", "so-khong-du-chu-so", "", cityMinutes, func(d *Document) { d.Profile.NumberPad = 1 }},
	{"Party ending of a State paper", "ket-thuc", "", healthLetter, func(d *Document) { d.Body[1] = Paragraph{Runs: Text("Trân trọng cảm ơn.")} }},
	{"State ending of a Party paper", "ket-thuc", "", cityMinutes, say("Cuộc họp kết thúc./.")},
	{"narrow left margin", "le-trang", "", healthLetter, func(d *Document) { d.Profile.Page.Margins.Left = 25 }},
	{"body of another size", "co-chu", "", cityNotice, func(d *Document) { d.Profile.Parts[PartBody] = sized(d.Profile.Parts[PartBody], 13) }},
	{"subject not bold", "kieu-chu", "", cityNotice, func(d *Document) { s := d.Profile.Parts[PartSubject]; s.Bold = false; d.Profile.Parts[PartSubject] = s }},
	{"another font", "phong-chu", "", healthLetter, func(d *Document) { d.Profile.Font = "Calibri" }},
	{"another sheet", "kho-giay", "", cityMinutes, func(d *Document) { d.Profile.Page.Width, d.Profile.Page.Height = 216, 279 }},
	{"lines too far apart", "gian-dong", "", cityMinutes, func(d *Document) {
		s := d.Profile.Parts[PartBody]
		s.LineExact = 26
		d.Profile.Parts[PartBody] = s
	}},
	{"layout of another time", "the-thuc-het-hieu-luc", "", cityMinutes, func(d *Document) { d.Date = DayOf(2026, 3, 9) }},
	{"academic title", "hoc-ham", "", healthLetter, func(d *Document) { d.Signers[0].Name = "ThS. Phạm Thế Duyệt" }},
	{"đồng chí in a State paper", "xung-ho", "", healthLetter, say("Đề nghị đồng chí Trưởng ban xem xét.")},
	{"letter to nobody", "thieu-kinh-gui", "", healthLetter, func(d *Document) { d.Addressed = nil }},
	{"nobody receives it", "thieu-noi-nhan", "", cityNotice, func(d *Document) { d.Recipients = nil }},
	{"no copy is filed", "thieu-luu", "", healthLetter, func(d *Document) { d.Filing = "" }},
	{"no title of the signer", "thieu-chuc-vu", "", cityNotice, func(d *Document) { d.Signers[0].Title = "" }},
	{"K/T below T/M", "ky-thay-duoi-thay-mat", "", cityNotice, func(d *Document) {
		d.Signers[0].Lines = []AuthorityLine{{OnBehalf, "Ban Tuyên giáo"}, {ForHead, "Trưởng ban"}}
	}},
	{"a day that is none", "ngay-sai", "", healthLetter, func(d *Document) { d.Date = DayOf(2023, 11, 31) }},
}

func sized(s Style, size float64) Style {
	s.Size = size
	return s
}

func TestEachPlantedDepartureIsFoundByItsRule(t *testing.T) {
	known := cityDirectory()
	for _, base := range []func() Document{cityNotice, healthLetter, cityMinutes} {
		if found := known.Lint(base()); len(found) > 0 {
			t.Fatalf("the sound document is blamed: %+v", found)
		}
	}
	for _, c := range departures {
		d := c.base()
		c.plant(&d)
		found := known.Lint(d)
		if len(found) == 0 {
			t.Errorf("%s: not found", c.what)
		}
		for _, f := range found {
			if f.Rule != c.rule || f.Where == "" || f.Sentence == "" {
				t.Errorf("%s: %+v, want %s", c.what, f, c.rule)
			}
			if f.Proposed != c.proposed {
				t.Errorf("%s: proposes %q, want %q", c.what, f.Proposed, c.proposed)
			}
		}
	}
	if len(departures) < 30 {
		t.Errorf("only %d departures", len(departures))
	}
}

func TestMinutesNeedNoRecipients(t *testing.T) {
	minutes := cityMinutes()
	if minutes.Recipients != nil || minutes.Filing != "" || len(Lint(minutes)) > 0 {
		t.Errorf("%+v", Lint(minutes))
	}
	notice := cityNotice()
	notice.Recipients, notice.Filing = nil, ""
	if got := rules(Lint(notice)); !slices.Equal(got, []string{"thieu-noi-nhan", "thieu-luu"}) {
		t.Errorf("a notice to nobody: %v", got)
	}
}

func TestListedItemsEndInOneMark(t *testing.T) {
	item := func(level int, s string) Block { return NumberedItem{Level: level, Runs: Text(s)} }
	body := Listed([]Block{item(1, "Mời"), item(3, "Sở Y tế"), item(3, "Sở Nội vụ"), item(1, "Chủ trì: Trưởng ban"), item(1, "Nội dung:"), item(3, "Thảo luận."), item(3, "Kết luận"),
		Paragraph{Runs: Text("Hết.")}, item(3, "Một việc")})
	want := []string{"Mời:", "Sở Y tế;", "Sở Nội vụ.", "Chủ trì: Trưởng ban.", "Nội dung:", "Thảo luận.", "Kết luận.", "Hết.", "Một việc."}
	for i, s := range want {
		if got := textsOfBlock("", body[i])[0].text; got != s {
			t.Errorf("%d: %q, want %q", i, got, s)
		}
	}
	l := &linter{}
	if l.items("", body); len(l.found) > 0 {
		t.Errorf("%+v", l.found)
	}
}
