package report_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode"

	"giaoban/calendar"
	"giaoban/document"
	"giaoban/official"
	"giaoban/report"

	"pgregory.net/rapid"
)

func heading(level int, text string) document.Block {
	return document.Block{Kind: document.Heading, Level: level, Text: text}
}

func paragraph(text string) document.Block {
	return document.Block{Kind: document.Paragraph, Text: text}
}

func item(number, text string) document.Block {
	return document.Block{Kind: document.Item, Level: 1, Number: number, Text: text}
}

func row(cells ...string) document.Block {
	return document.Block{Kind: document.Row, Cells: cells, Text: strings.Join(cells, "\t"), Place: "trang 1, bảng 1, hàng 1"}
}

// A file says by its styles, levels and numbers what its headings are; lists, tables and notes come along.
func TestAFileIsLaidUnderTheHeadings(t *testing.T) {
	struck := paragraph("Câu đã xóa.")
	struck.Change = document.Deleted
	for name, c := range map[string]struct {
		blocks     []document.Block
		only, want string
	}{
		"a report as offices write it": {only: "YT", blocks: []document.Block{
			row("SỞ Y TẾ\nSố: 12/BC-SYT", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), paragraph("BÁO CÁO"), paragraph("Kết quả công tác quý I năm 2022"),
			paragraph("Kính gửi: Ban Tuyên giáo Tỉnh ủy"), paragraph("Sở báo cáo như sau:"),
			item("I.", "KẾT QUẢ THỰC HIỆN"), item("1.", "Khám, chữa bệnh"), item("-", "Khám 3.000 lượt."),
			{Kind: document.Note, Number: "1", Text: "Theo số của các bệnh viện."}, struck,
			{Kind: document.Caption, Text: "Bảng 1. Kết quả"}, row("TT", "Chỉ tiêu", "Thực hiện"), row("1", "Số bác sĩ", "882"), row("2", "Số giường", ""),
			item("II.", "KHÓ KHĂN, VƯỚNG MẮC"), paragraph("Thiếu thuốc."), paragraph("Trên đây là báo cáo của Sở."),
			row("Nơi nhận:\n- Như trên;", "GIÁM ĐỐC")}, want: `results/YT: 1. Khám, chữa bệnh | - Khám 3.000 lượt. | [1] Theo số của các bệnh viện. | Bảng 1. Kết quả | TT | Chỉ tiêu | Thực hiện | 1 | Số bác sĩ | 882 | 2 | Số giường |
difficulties/YT: Thiếu thuốc.
khung: SỞ Y TẾ; Số: 12/BC-SYT | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM | BÁO CÁO | Kết quả công tác quý I năm 2022 | Kính gửi: Ban Tuyên giáo Tỉnh ủy | Sở báo cáo như sau: | Trên đây là báo cáo của Sở. | Nơi nhận:; - Như trên; | GIÁM ĐỐC
`},
		"headings by style, without numbers": {blocks: []document.Block{
			heading(1, "Kết quả thực hiện"), heading(2, "Y tế"), paragraph("Tiêm đủ."), heading(2, "Giáo dục và đào tạo"), paragraph("Tuyển sinh đủ."),
			heading(1, "Hạn chế"), heading(2, "Y tế"), paragraph("Chậm.")}, want: `results/YT: Tiêm đủ.
results/GD: Tuyển sinh đủ.
shortcomings/YT: Chậm.
`},
		"parts, then I, then 1": {blocks: []document.Block{
			paragraph("PHẦN THỨ NHẤT: KẾT QUẢ"), paragraph("I. Y tế"), paragraph("1. Tiêm chủng"), paragraph("Tiêm đủ."), paragraph("II. Giáo dục và đào tạo"),
			paragraph("Tuyển sinh đủ."), paragraph("PHẦN THỨ HAI: KIẾN NGHỊ"), paragraph("I. Y tế"), paragraph("Cấp thuốc.")}, want: `results/YT: 1. Tiêm chủng | Tiêm đủ.
results/GD: Tuyển sinh đủ.
proposals/YT: Cấp thuốc.
`},
		"the name of a section alone on its line": {only: "GD", blocks: []document.Block{
			paragraph("Kết quả nổi bật"), paragraph("Có 12 trường đạt chuẩn."), item("1.", "Tuyển sinh"), paragraph("Đủ."), paragraph("Khó khăn, vướng mắc:"), paragraph("Thiếu phòng học.")},
			want: `results/GD: Có 12 trường đạt chuẩn. | 1. Tuyển sinh | Đủ.
difficulties/GD: Thiếu phòng học.
`},
		"a part that the form does not know is no letterhead": {only: "YT", blocks: []document.Block{paragraph("CÔNG TÁC ĐẢNG"), paragraph("Kết nạp một đảng viên."),
			paragraph("I. KẾT QUẢ"), paragraph("Tiêm đủ."), paragraph("Nơi nhận:"), paragraph("GIÁM ĐỐC"), paragraph("PHỤ LỤC"), row("TT", "Chỉ tiêu", "Thực hiện")}, want: `results/YT: Tiêm đủ.
chưa xếp: CÔNG TÁC ĐẢNG | Kết nạp một đảng viên. | PHỤ LỤC | TT | Chỉ tiêu | Thực hiện
khung: Nơi nhận: | GIÁM ĐỐC
`},
		"a heading that goes on is kept": {only: "GD", blocks: []document.Block{paragraph("I. Kết quả: có 12 trường đạt chuẩn"), paragraph("Đủ.")},
			want: "results/GD: I. Kết quả: có 12 trường đạt chuẩn | Đủ.\n"},
	} {
		if got := told(layForm(t).LayOutDocument(document.Document{Blocks: c.blocks}, c.only)); got != c.want {
			t.Errorf("%s:\n%swant\n%s", name, got, c.want)
		}
	}
}

// counted counts the words of texts, numbers and all.
func counted(texts ...string) map[string]int {
	words := make(map[string]int)
	for _, text := range texts {
		for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
			words[word]++
		}
	}
	return words
}

// Whatever a file holds, every accepted word of it stands in the outline, in what is not placed yet or in a heading for which the
// form's own stands, once.
func TestNoWordOfAFileIsLost(t *testing.T) {
	pieces := []string{"I. KẾT QUẢ", "II. KHÓ KHĂN", "1. Công tác y tế", "Giáo dục và đào tạo", "a) Tiêm chủng", "BÁO CÁO", "Kính gửi: Ban Tuyên giáo", "Nơi nhận:", "Trên đây là báo cáo.",
		"PHẦN THỨ BA: KIẾN NGHỊ", "Kết quả nổi bật", "Đã tiêm 5.000 liều; khám 3.000 lượt.", "Dòng một\nI. Nhiệm vụ trọng tâm\nDòng ba", "** lạ **", "490/503 trường", "A. Y TẾ"}
	numbers := []string{"", "I.", "1.", "a)", "-", "•", "1.1.", "[3]", "Điều 1."}
	blocks, words := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		var d document.Document
		var accepted []string
		for range rapid.IntRange(0, 30).Draw(t, "blocks") {
			b := document.Block{
				Kind:   rapid.SampledFrom([]document.Kind{document.Heading, document.Paragraph, document.Item, document.Row, document.Note, document.Caption}).Draw(t, "kind"),
				Level:  rapid.IntRange(0, 9).Draw(t, "level"),
				Number: rapid.SampledFrom(numbers).Draw(t, "number"),
				Text:   rapid.SampledFrom(pieces).Draw(t, "text"),
				Change: rapid.SampledFrom([]document.Change{"", "", "", document.Inserted, document.Moved, document.Deleted}).Draw(t, "change"),
			}
			if b.Kind == document.Row {
				b.Cells = rapid.SliceOfN(rapid.SampledFrom(append([]string{""}, pieces...)), 1, 5).Draw(t, "cells")
				b.Text = strings.Join(b.Cells, "\t")
			}
			if d.Blocks = append(d.Blocks, b); b.Change != document.Deleted {
				accepted = append(accepted, b.Number, b.Text)
			}
		}
		laid := layForm(nil).LayOutDocument(d, rapid.SampledFrom([]string{"", "YT"}).Draw(t, "only"))
		kept := slices.Concat(laid.Rest, laid.Headings, laid.Frame)
		for _, s := range laid.Placed {
			kept = append(kept, s.Paragraphs...)
		}
		want, got := counted(accepted...), counted(kept...)
		if fmt.Sprint(want) != fmt.Sprint(got) {
			t.Fatalf("of %v\nthere is %v\n%s", want, got, told(laid))
		}
		blocks += len(d.Blocks)
		for _, n := range want {
			words += n
		}
	})
	t.Logf("%d khối, %d từ, mất 0 từ", blocks, words)
}

// A report that is written to a file and read from it again keeps every word in the outline, the rest or the headings.
func TestNoWordOfAWrittenReportIsLost(t *testing.T) {
	nd30, _ := official.ProfileByCode("ND30")
	d := official.BaoCao(nd30, "kết quả công tác quý I năm 2022", official.Paragraph{Runs: official.Text("Sở báo cáo như sau:")},
		official.Heading{Level: 1, Runs: official.Text("KẾT QUẢ THỰC HIỆN")}, official.Heading{Level: 2, Runs: official.Text("Tuyển sinh")},
		official.Paragraph{Runs: official.Text("Toàn tỉnh có 490/503 trường đạt chuẩn quốc gia; 58 học sinh bỏ học.")},
		official.NumberedItem{Level: 1, Runs: official.Text("Mở 12 lớp tập huấn.")}, official.NumberedItem{Level: 1, Runs: official.Text("Kiểm tra 40 trường.")},
		official.Table{Caption: "Số trường theo cấp học", Unit: "Đơn vị tính: trường", Columns: []official.Column{{Title: "TT", Width: 1}, {Title: "Chỉ tiêu", Width: 4}, {Title: "Thực hiện", Width: 2}},
			Rows: [][]official.Cell{{official.C("1"), official.C("Mầm non"), official.C("185")}, {official.C("2"), official.C("Tiểu học"), official.C("")}}, Notes: []string{"Số đến ngày 14/3/2022."}},
		official.Heading{Level: 1, Runs: official.Text("KIẾN NGHỊ")}, official.Paragraph{Runs: official.Text("Đề nghị bổ sung biên chế.")})
	d.Issuer, d.BodySymbol, d.Place, d.Date = "Sở Giáo dục và Đào tạo", "SGDĐT", "Khánh Hòa", official.DayOf(2022, 3, 15)
	for name, write := range map[string]func(*bytes.Buffer) error{
		"bao cao.docx": func(b *bytes.Buffer) error { return official.WriteDocx(b, d) },
		"bao cao.pdf":  func(b *bytes.Buffer) error { return official.WritePDF(b, d) },
	} {
		var file bytes.Buffer
		if err := write(&file); err != nil {
			t.Fatal(err)
		}
		read, err := document.Read(t.Context(), name, file.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		var accepted []string
		for _, b := range read.Accepted() {
			accepted = append(accepted, b.Number, b.Text)
		}
		laid := layForm(t).LayOutDocument(read, "GD")
		kept := slices.Concat(laid.Rest, laid.Headings, laid.Frame)
		for _, s := range laid.Placed {
			kept = append(kept, s.Paragraphs...)
		}
		if want, got := counted(accepted...), counted(kept...); fmt.Sprint(want) != fmt.Sprint(got) {
			t.Errorf("%s: of %v\nthere is %v", name, want, got)
		}
		if len(laid.Placed) != 2 {
			t.Errorf("%s:\n%s%q", name, told(laid), laid.Headings)
		}
	}
}

// readForm asks for figures of several kinds.
func readForm() *report.Form {
	o := report.Outline{Sectors: []report.Sector{{Code: "YT", Name: "Y tế, dân số"}, {Code: "GD", Name: "Giáo dục và đào tạo"}}}
	for _, code := range report.SectionCodes {
		o.Sections = append(o.Sections, report.Section{Code: code})
	}
	add := func(code, name, unit string, decimals int, fraction report.Fraction) {
		o.Indicators = append(o.Indicators, report.Indicator{Code: code, Name: name, Sector: code[:2], Unit: unit, Decimals: decimals, Aggregation: report.Last, Fraction: fraction})
	}
	add("YT01", "Lượt khám bệnh", "lượt", 0, report.NoFraction)
	add("YT02", "Trẻ dưới 1 tuổi tiêm chủng đầy đủ", "%", 1, report.NoFraction)
	add("YT03", "Số bác sĩ", "người", 0, report.NoFraction)
	add("GD01", "Trường đạt chuẩn quốc gia", "trường", 0, report.PartTotal)
	add("GD02", "Học sinh bỏ học", "em", 0, report.NoFraction)
	add("GD03", "Vốn đã giải ngân", "tỷ đồng", 2, report.NoFraction)
	add("GD04", "Xã, phường đạt chuẩn phổ cập giáo dục", "đơn vị", 0, report.NoFraction)
	return report.FormOf(o)
}

// heard writes what a file says of each indicator.
func heard(read []report.FromFile) string {
	var b strings.Builder
	for _, one := range read {
		b.WriteString(one.Indicator + ":")
		for _, s := range one.Said {
			b.WriteString(" " + s.Text + " " + s.Unit)
			if s.Comparison != "" {
				b.WriteString(" (" + s.Comparison + ")")
			}
			if s.Undecided {
				b.WriteString(" chưa quyết")
			}
		}
		if _, ok := one.Clear(); !ok {
			b.WriteString(" !")
		}
		b.WriteString("\n")
	}
	return b.String()
}

// A figure is proposed only where the words of its indicator stand by it, in its unit, and nothing makes it another one.
func TestFiguresAreReadBesideTheirIndicators(t *testing.T) {
	inserted := paragraph("Toàn tỉnh có 516 trường đạt chuẩn quốc gia.")
	inserted.Changes = []document.Edit{{Kind: document.Inserted, Text: "516", At: 13}}
	for name, c := range map[string]struct {
		blocks []document.Block
		want   string
	}{
		"clear ones, with what they are compared with": {[]document.Block{
			paragraph("Trong quý I năm 2022, đã khám bệnh 1.915.509 lượt, tăng 7,8% so với cùng kỳ; tỷ lệ trẻ dưới 1 tuổi tiêm chủng đầy đủ ước đạt 95,2%."),
			item("-", "Toàn tỉnh có 490/503 trường đạt chuẩn quốc gia; 136 xã, phường đạt chuẩn phổ cập giáo dục."),
			paragraph("Số học sinh bỏ học: 58 em.")},
			"YT01: 1.915.509 lượt (tăng 7,8% so với cùng kỳ)\nYT02: ước 95,2 %\nGD01: 490/503 trường\nGD02: 58 em\nGD04: 136 xã\n"},
		"contradictions name both": {[]document.Block{paragraph("Toàn tỉnh có 503 trường đạt chuẩn quốc gia."), paragraph("Đến nay có 516 trường đạt chuẩn quốc gia.")},
			"GD01: 503 trường 516 trường !\n"},
		"a value said twice is one": {[]document.Block{paragraph("Toàn tỉnh có 490 trường đạt chuẩn quốc gia."), paragraph("Có 490/503 trường đạt chuẩn quốc gia.")},
			"GD01: 490/503 trường\n"},
		"an undecided change is none":           {[]document.Block{inserted}, "GD01: 516 trường chưa quyết !\n"},
		"a change beside another value is torn": {[]document.Block{paragraph("Có 503 trường đạt chuẩn quốc gia."), inserted}, "GD01: 503 trường 516 trường chưa quyết !\n"},
		"parts, plans, other periods, other units and near ones are none": {[]document.Block{
			paragraph("Trong đó mầm non có 120 trường đạt chuẩn quốc gia."), paragraph("Huyện Cam Lâm có 12 trường đạt chuẩn quốc gia."),
			paragraph("Ở bậc tiểu học, có 45 trường đạt chuẩn quốc gia."), paragraph("Công nhận mới 5 trường đạt chuẩn quốc gia."),
			paragraph("Phấn đấu năm 2022 có 520 trường đạt chuẩn quốc gia."), paragraph("Năm 2021 có 480 trường đạt chuẩn quốc gia."),
			paragraph("Trên 490 trường đạt chuẩn quốc gia."), paragraph("Đã giải ngân 9.600 triệu đồng vốn."), paragraph("Hơn 1.600 học sinh bỏ học."),
			paragraph("Kiểm tra 12 trường; quản lý trường đạt chuẩn quốc gia chặt chẽ."),
			heading(1, "II. NHIỆM VỤ TRỌNG TÂM"), paragraph("Có 530 trường đạt chuẩn quốc gia.")}, ""},
		"a table with heads": {[]document.Block{
			row("TT", "Chỉ tiêu", "Đơn vị tính", "Kế hoạch năm", "Thực hiện quý I/2022", "Cùng kỳ năm trước"),
			row("1", "Trường đạt chuẩn quốc gia", "Trường", "500", "490/503", "480"), row("2", "Học sinh bỏ học", "em", "", "58", "61"),
			row("3", "Học sinh bỏ học cấp tiểu học", "em", "", "8", "9"), row("4", "Số bác sĩ", "nghìn người", "", "0,9", "0,9")},
			"GD01: 490/503 Trường (kế hoạch năm: 500; cùng kỳ năm trước: 480)\nGD02: 58 em (cùng kỳ năm trước: 61)\n"},
		"a table with two columns that may be meant": {[]document.Block{
			row("Chỉ tiêu", "Đơn vị", "Thực hiện", "Thực hiện 6 tháng"), row("Học sinh bỏ học", "em", "58", "61")}, "GD02: 58 em (thực hiện 6 tháng: 61)\n"},
		"a table that says no period": {[]document.Block{row("Chỉ tiêu", "A", "B"), row("Học sinh bỏ học (em)", "58", "61")}, ""},
		"a table and a text that differ": {[]document.Block{paragraph("Có 60 học sinh bỏ học."), row("Chỉ tiêu", "ĐVT", "Số liệu"), row("Học sinh bỏ học", "em", "58")},
			"GD02: 60 học sinh 58 em !\n"},
	} {
		if got := heard(readForm().FiguresIn(document.Document{Blocks: c.blocks}, quarter(t))); got != c.want {
			t.Errorf("%s:\n%swant\n%s", name, got, c.want)
		}
	}
}

func quarter(t *testing.T) calendar.Period {
	t.Helper()
	p, err := calendar.ParsePeriod("2022-Q1")
	if err != nil {
		t.Fatal(err)
	}
	return p
}
