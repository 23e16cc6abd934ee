package document

import (
	"bytes"
	"testing"

	"github.com/xuri/excelize/v2"
)

func plainTraps() []trap {
	return []trap{
		{name: "mỗi dòng một đoạn", file: "a.txt", content: []byte("\xEF\xBB\xBFMột đoạn.\r\n\r\nHai  đoạn.\r\n"), want: lines("paragraph||Một đoạn.", "paragraph||Hai đoạn.")},
		{name: "dòng ngắt theo bề rộng được nối lại", file: "a.txt", content: []byte("Thực hiện Chỉ thị số 20-CT/TW ngày 05/11/2012 của\nBộ Chính trị, các ngành trong khối khoa giáo đã chủ\n" +
			"động phối hợp, tham mưu cấp ủy lãnh đạo, chỉ đạo thực\nhiện nhiệm vụ chính trị của địa phương, đạt nhiều kết\nquả quan trọng trong quý.\n"),
			want: lines("paragraph||Thực hiện Chỉ thị số 20-CT/TW ngày 05/11/2012 của Bộ Chính trị, các ngành trong khối khoa giáo đã chủ động phối hợp, tham mưu cấp ủy lãnh đạo, chỉ đạo thực hiện nhiệm vụ chính trị của địa phương, đạt nhiều kết quả quan trọng trong quý.")},
	}
}

func TestPlainTextsAreReadByTheirParagraphs(t *testing.T) { check(t, plainTraps()) }

func book(t *testing.T, fill func(f *excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	fill(f)
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func bookTraps(t *testing.T) []trap {
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	format := func(f *excelize.File, cell, code string) {
		id, err := f.NewStyle(&excelize.Style{CustomNumFmt: &code})
		must(err)
		must(f.SetCellStyle("Sheet1", cell, cell, id))
	}
	return []trap{
		{name: "bảng tính: số, tỷ lệ, ngày như ở đây ghi", file: "a.xlsx", content: book(t, func(f *excelize.File) {
			must(f.SetSheetRow("Sheet1", "A1", &[]any{"Chỉ tiêu", "Số", "Tỷ lệ", "Ngày"}))
			must(f.SetSheetRow("Sheet1", "A2", &[]any{"Tiêm chủng", 1234.5, 0.965, 46142}))
			format(f, "B2", "#,##0.0")
			format(f, "C2", "0.0%")
			format(f, "D2", "dd/mm/yyyy")
		}), want: lines("row||Chỉ tiêu ¦ Số ¦ Tỷ lệ ¦ Ngày", "row||Tiêm chủng ¦ 1.234,5 ¦ 96,5% ¦ 30/04/2026")},
		{name: "bảng tính: số ghi bằng chữ giữ như đã ghi", file: "a.xlsx", content: book(t, func(f *excelize.File) {
			must(f.SetSheetRow("Sheet1", "A1", &[]any{"Lượt khám", "1.234", "96,5", 1234.5}))
			must(f.SetSheetRow("Sheet1", "A3", &[]any{"Số", "2022", 2022}))
		}), want: lines("row||Lượt khám ¦ 1.234 ¦ 96,5 ¦ 1234,5", "row||Số ¦ 2022 ¦ 2022")},
		{name: "bảng tính: ô gộp, hàng trống", file: "a.xlsx", content: book(t, func(f *excelize.File) {
			must(f.SetSheetRow("Sheet1", "A1", &[]any{"Kết quả năm"}))
			must(f.MergeCell("Sheet1", "A1", "C1"))
			must(f.SetSheetRow("Sheet1", "A4", &[]any{"Y tế", 12, 15}))
		}), want: lines("row||Kết quả năm [0:3×1]", "row||Y tế ¦ 12 ¦ 15")},
		{name: "bảng tính: trang ẩn, hàng ẩn, cột ẩn", file: "a.xlsx", content: book(t, func(f *excelize.File) {
			must(f.SetSheetRow("Sheet1", "A1", &[]any{"Thấy", "cột kín", 1}))
			must(f.SetSheetRow("Sheet1", "A2", &[]any{"Hàng kín"}))
			must(f.SetRowVisible("Sheet1", 2, false))
			must(f.SetColVisible("Sheet1", "B", false))
			_, err := f.NewSheet("Kín")
			must(err)
			must(f.SetCellStr("Kín", "A1", "không đọc"))
			must(f.SetSheetVisible("Kín", false))
		}), want: lines("row||Thấy ¦  ¦ 1"), problems: []string{"“Kín” bị ẩn", "hàng ẩn", "cột ẩn"}},
		{name: "bảng tính: công thức chưa tính", file: "a.xlsx", content: book(t, func(f *excelize.File) {
			must(f.SetSheetRow("Sheet1", "A1", &[]any{"Tổng", 5}))
			must(f.SetCellFormula("Sheet1", "C1", "B1*2"))
		}), want: lines("row||Tổng ¦ 5 ¦ "), problems: []string{"1 công thức chưa được tính"}},
		{name: "bảng tính mang tên tệp Word", file: "a.docx", content: book(t, func(f *excelize.File) { must(f.SetCellStr("Sheet1", "A1", "Đúng loại")) }),
			want: lines("row||Đúng loại")},
		{name: "bảng tính bằng chữ TCVN3", file: "a.xlsx", content: book(t, func(f *excelize.File) { must(f.SetCellStr("Sheet1", "A1", inTCVN3(plain))) }),
			want: lines("row||" + plain), problems: []string{"mã TCVN3"}},
	}
}

func TestWorkbooksAreReadRowByRow(t *testing.T) { check(t, bookTraps(t)) }
