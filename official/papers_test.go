package official

import (
	"fmt"
	"strings"
)

const everyLetter = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"

// partyReport is a báo cáo with everything in it; all names are invented.
func partyReport(p Profile) Document {
	d := BaoCao(p, "kết quả công tác khoa giáo quý I năm 2022",
		Heading{Level: 1, Runs: Text("Kết quả nổi bật")},
		Heading{Level: 2, Runs: Text("Giáo dục và đào tạo")},
		Paragraph{Runs: []Run{{Text: "Toàn tỉnh duy trì "}, {Text: "100%", Bold: true}, {Text: " số trường mở cửa trở lại; các trường chuẩn bị kỳ thi cuối cấp theo đúng tiến độ đã định."}},
			Origin: Origin{"submission:1", "Sở Giáo dục và Đào tạo"}},
		NumberedItem{Level: 3, Runs: Text("Tổ chức 12 lớp bồi dưỡng cho 640 giáo viên.")},
		Heading{Level: 2, Runs: Text("Y tế")},
		Paragraph{Runs: Text("Công tác phòng bệnh được giữ vững, tỷ lệ tiêm chủng mở rộng đạt kế hoạch đề ra trong quý."), Origin: Origin{"submission:2", "Sở Y tế"}},
		Heading{Level: 3, Runs: Text("Khám, chữa bệnh")},
		Paragraph{Runs: Text("Bệnh viện tuyến huyện nhận thêm thiết bị."), Origin: Origin{"submission:2", "Sở Y tế"}},
		figures(6),
		Heading{Level: 1, Runs: Text("Hạn chế, nguyên nhân")},
		Paragraph{Runs: Text("Một số đơn vị gửi báo cáo chậm; việc phối hợp giữa các cơ quan có lúc chưa kịp thời.")},
		Heading{Level: 1, Runs: Text("Nhiệm vụ quý II")},
		NumberedItem{Level: 1, Runs: Text("Hoàn thành báo cáo tổng kết trước ngày 15/6.")},
		NumberedItem{Level: 2, Runs: Text("Cơ quan chủ trì gửi dự thảo;")},
		NumberedItem{Level: 2, Runs: Text("Cơ quan phối hợp góp ý;")},
		NumberedItem{Level: 1, Runs: Text("Chuẩn bị hội nghị giao ban quý II")},
	)
	d.Superior, d.Issuer = "Tỉnh ủy Khánh Hòa", "Ban Tuyên giáo"
	d.BodySymbol, d.Place, d.Number, d.Date = "BTGTU", "Khánh Hòa", 5, DayOf(2022, 4, 5)
	d.Bases = []string{"Chương trình công tác năm 2022", "Báo cáo của các sở, ngành trong khối khoa giáo"}
	d.Signers = []Signer{{Lines: []AuthorityLine{{ForHead, "Trưởng ban"}}, Title: "Phó trưởng ban", Name: "Trần Thị Mẫu"}}
	d.Recipients = []string{"Thường trực Tỉnh ủy (để báo cáo)", "Các sở, ngành khối khoa giáo", "Ban tuyên giáo cấp huyện"}
	d.Filing = "Văn phòng Ban"
	d.Marks.Banner = "Bản mẫu, số liệu giả định"
	return d
}

// stateReport is the same paper as a department would send it.
func stateReport() Document {
	p := ProfileFor(State, DayOf(2022, 4, 5))
	d := partyReport(p)
	d.Superior, d.Issuer, d.BodySymbol = "Ủy ban nhân dân tỉnh Khánh Hòa", "Sở Giáo dục và Đào tạo", "SGDĐT"
	d.Signers = []Signer{{Lines: []AuthorityLine{{ForHead, "Giám đốc"}}, Title: "Phó giám đốc", Name: "Lê Văn Thí"}}
	d.Filing = "VT, KHTC"
	return d
}

// figures is a table with n rows and a two-line head.
func figures(n int) Table {
	t := Table{Caption: "Một số chỉ tiêu chủ yếu", Unit: "Đơn vị tính: người",
		Columns: []Column{{Title: "TT", Width: 1, Align: Center}, {Title: "Chỉ tiêu", Width: 5, Align: Left},
			{Title: "Kế hoạch", Width: 2, Align: Right}, {Title: "Thực hiện", Width: 2, Align: Right}},
		Head: [][]Cell{
			{{Runs: Text("TT"), RowSpan: 2}, {Runs: Text("Chỉ tiêu"), RowSpan: 2}, {Runs: Text("Quý I năm 2022"), ColSpan: 2}},
			{C("Kế hoạch"), C("Thực hiện")},
		},
		Notes: []string{"Ghi chú: số liệu do các đơn vị báo cáo."}}
	for i := range n {
		t.Rows = append(t.Rows, []Cell{C(fmt.Sprint(i + 1)), {Runs: Text(fmt.Sprintf("Chỉ tiêu số %d của ngành giáo dục", i+1)), RowHead: true},
			C(fmt.Sprint(1000 + i)), {Runs: Text(fmt.Sprint(990 + i)), Origin: Origin{fmt.Sprintf("value:%d", i), "Báo cáo quý I"}}})
	}
	return t
}

// mergedReport joins 40 sources and a long table in an annex.
func mergedReport(p Profile) Document {
	d := partyReport(p)
	var body []Block
	for i := range 40 {
		body = append(body, Heading{Level: 1, Runs: Text(fmt.Sprintf("Nguồn thứ %d", i+1))})
		for j := range 3 {
			body = append(body, Heading{Level: 2, Runs: Text(fmt.Sprintf("Lĩnh vực %d", j+1))},
				Paragraph{Runs: Text(strings.Repeat("Nội dung tổng hợp từ báo cáo của đơn vị. ", 4)), Origin: Origin{fmt.Sprintf("source:%d", i), fmt.Sprintf("Nguồn %d", i+1)}},
				NumberedItem{Level: 2, Runs: Text("Việc thứ nhất;")}, NumberedItem{Level: 2, Runs: Text("Việc thứ hai.")})
		}
	}
	d.Body = Ended(p, body)
	d.Annexes = []Annex{{Title: "Số liệu chi tiết", Body: []Block{figures(120)}, Landscape: true}, {Title: "Danh sách đơn vị", Body: []Block{Paragraph{Runs: Text("Đơn vị mẫu.")}}}}
	return d
}

// noticeWithoutNumber waits for the clerk.
func noticeWithoutNumber(p Profile) Document {
	d := ThongBaoKetLuan(p, "đồng chí Nguyễn Văn Mẫu, Trưởng ban Tuyên giáo Tỉnh ủy", "Hội nghị giao ban công tác khoa giáo quý I năm 2022",
		Paragraph{Runs: Text("Ngày 01/4/2022, Ban Tuyên giáo Tỉnh ủy tổ chức Hội nghị giao ban công tác khoa giáo quý I năm 2022. Sau khi nghe các đơn vị báo cáo, đồng chí chủ trì kết luận như sau:")},
		NumberedItem{Level: 1, Runs: Text("Sở Y tế chủ trì, phối hợp với các đơn vị liên quan hoàn thành kế hoạch trước ngày 30/4/2022.")},
		Paragraph{Runs: Text("Ban Tuyên giáo Tỉnh ủy thông báo để các đơn vị biết, thực hiện")})
	d.Superior, d.Issuer, d.BodySymbol, d.Place, d.Date = "Tỉnh ủy Khánh Hòa", "Ban Tuyên giáo", "BTGTU", "Khánh Hòa", DayOf(2022, 4, 0)
	d.Signers = []Signer{{Title: "Trưởng ban", Name: "Nguyễn Văn Mẫu"}}
	d.Recipients = []string{"Các đơn vị dự hội nghị"}
	d.Filing = "Văn phòng Ban"
	d.Marks = Marks{Draft: 2, Urgency: Urgent, Conference: true}
	return d
}

// programme is signed by three bodies.
func programme(p Profile) Document {
	d := partyReport(p)
	d.TypeName, d.TypeSymbol, d.Subject = "Chương trình", "CTr", "phối hợp công tác\ngiai đoạn 2022 - 2025"
	d.Marks.Urgency = Immediate
	d.Signers = nil
	for i, body := range []string{"Sở Giáo dục và Đào tạo", "Sở Y tế", "Ban Tuyên giáo"} {
		d.Signers = append(d.Signers, Signer{Lines: []AuthorityLine{{OnBehalf, body}}, Title: "Giám đốc", Name: fmt.Sprintf("Người Ký %d", i+1)})
	}
	return d
}
