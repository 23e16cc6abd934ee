package citation_test

import (
	"fmt"
	"strings"
	"testing"

	"giaoban/citation"
)

// short writes references as "loại|ký hiệu|ngày|cơ quan|khóa", a number standing for a symbol that is not written.
func short(refs []citation.Reference) []string {
	var all []string
	for _, r := range refs {
		symbol, date := r.Symbol, ""
		if symbol == "" {
			symbol = r.Number
		}
		if !r.Date.IsZero() {
			date = r.Date.String()
		}
		all = append(all, strings.Join([]string{r.Type, symbol, date, r.Issuer, r.Term}, "|"))
	}
	return all
}

// says runs a table: a text, then the references it must give, nothing more.
func says(t *testing.T, table [][]string) {
	t.Helper()
	for _, row := range table {
		got := short(citation.Find(row[0]))
		if fmt.Sprint(got) != fmt.Sprint(row[1:]) {
			t.Errorf("%q\n gave %q\n want %q", row[0], got, row[1:])
		}
	}
}

func TestEveryWayOfWritingADateIsRead(t *testing.T) {
	const want = "Chỉ thị|20-CT/TW|2012-11-05|Bộ Chính trị|"
	for _, date := range []string{"ngày 05/11/2012", ", ngày 5/11/2012", " ngày 05-11-2012", " ngày 5.11.2012", ", 05/11/2012", " (05.11.2012)", " (ngày 5/11/2012)",
		" ngày 05 tháng 11 năm 2012", " ngày 5 tháng mười một năm 2012", " ngày 05 / 11 / 2012", " ngày 05\n/11/2012", " ký ngày 05/11/2012",
		" ban hành ngày 05/11/2012", " ngày 5 tháng 11/2012", " ngày 05/11 năm 2012"} {
		says(t, [][]string{{"theo Chỉ thị số 20-CT/TW" + date + " của Bộ Chính trị về trẻ em", want}})
	}
	says(t, [][]string{{"Quyết định số 7-QĐ/TU ngày 21 tháng tư năm 2009 của Tỉnh ủy", "Quyết định|7-QĐ/TU|2009-04-21|Tỉnh ủy|"}})
}

func TestADateThatIsNotWholeIsNoDateAndIsRemarkedOn(t *testing.T) {
	for date, remark := range map[string]string{
		"ngày 05/11": "thiếu năm", "ngày   /  /2012": "để trống", "ngày … tháng … năm 2012": "để trống", "ngày 31/02/2012": "không có trong lịch",
		"ngày 5/11/12": "hai chữ số", "tháng 11/2012": "không có ngày", "năm 2012": "Chỉ ghi năm"} {
		got := citation.Find("Kế hoạch số 12-KH/TU " + date + " của Ban Thường vụ Tỉnh ủy")
		if len(got) != 1 || !got[0].Date.IsZero() || got[0].Issuer != "Ban Thường vụ Tỉnh ủy" || !strings.Contains(strings.Join(got[0].Notes, " "), remark) {
			t.Errorf("%s: %+v", date, got)
		}
	}
}

func TestIssuersAreReadAsWrittenWithoutTheirTerm(t *testing.T) {
	for text, want := range map[string]string{
		"Bộ Chính trị khóa XI về": "Bộ Chính trị|XI", "Ban Bí thư (khoá XII), yêu cầu": "Ban Bí thư|XII", "Ban Chấp hành Trung ương Đảng, khóa XII": "Ban Chấp hành Trung ương Đảng|XII",
		"Hội nghị lần thứ sáu Ban Chấp hành Trung ương Đảng khóa XII": "Ban Chấp hành Trung ương Đảng|XII",
		"Bộ Văn hóa, Thể thao và Du lịch quy định":                    "Bộ Văn hóa, Thể thao và Du lịch|",
		"Sở Lao động - Thương binh và Xã hội, Sở Nội vụ":              "Sở Lao động - Thương binh và Xã hội|",
		"UBND tỉnh Bà Rịa - Vũng Tàu về việc":                         "UBND tỉnh Bà Rịa - Vũng Tàu|",
		"Thủ tướng Chính phủ phê duyệt":                               "Thủ tướng Chính phủ|",
		"Ban Chỉ đạo phòng, chống dịch COVID-19 tỉnh triển khai":      "Ban Chỉ đạo phòng, chống dịch COVID-19 tỉnh|",
		"Ban Chỉ đạo 35 Tỉnh ủy":                                      "Ban Chỉ đạo 35 Tỉnh ủy|",
		"Chủ tịch UBND thành phố Hải Phòng Nguyễn Văn Tùng":           "Chủ tịch UBND thành phố Hải Phòng|",
		"Bộ trưởng Bộ Giáo dục và Đào tạo ban hành":                   "Bộ trưởng Bộ Giáo dục và Đào tạo|",
		"HĐND tỉnh khóa XVII, kỳ họp thứ 9":                           "HĐND tỉnh|XVII",
		"Sở GD&ĐT đã": "Sở GD&ĐT|",
		"Bộ Chính trị, Ban Tuyên giáo Tỉnh ủy đã phối hợp với các sở": "Bộ Chính trị|",
		"Ban Thường vụ Thành ủy “về phối hợp công tác”":               "Ban Thường vụ Thành ủy|",
		"Đảng ủy Khối các cơ quan và doanh nghiệp tỉnh":               "Đảng ủy Khối các cơ quan và doanh nghiệp tỉnh|",
		"UBND TP. Hồ Chí Minh":       "UBND TP. Hồ Chí Minh|",
		"ủy ban nhân dân tỉnh về":    "ủy ban nhân dân tỉnh|",
		"Ban Tổ chức\nTrung ương về": "Ban Tổ chức Trung ương|",
	} {
		got := citation.Find("Quyết định số 8-QĐ/TW ngày 05/6/2021 của " + text)
		if len(got) != 1 || got[0].Issuer+"|"+got[0].Term != want {
			t.Errorf("%s: %q", text, short(got))
		}
	}
}

func TestIssuerAndDateMayStandBeforeTheNumber(t *testing.T) {
	says(t, [][]string{
		{"Ngày 05/11/2012, Bộ Chính trị ban hành Chỉ thị số 20-CT/TW.", "Chỉ thị|20-CT/TW|2012-11-05|Bộ Chính trị|"},
		{"Thực hiện Kế hoạch của Ban Thường vụ Tỉnh ủy số 118-KH/TU ngày 21/4/2022", "Kế hoạch|118-KH/TU|2022-04-21|Ban Thường vụ Tỉnh ủy|"},
		{"Ngày 18/6/2021, tại Hà Nội, Bộ Chính trị đã ban hành Kết luận số 1-KL/TW", "Kết luận|1-KL/TW|2021-06-18|Bộ Chính trị|"},
		{"Ngày 5/5/2021, thay mặt Ban Bí thư, đồng chí Trần Văn B đã ký ban hành Chỉ thị số 6-CT/TW", "Chỉ thị|6-CT/TW|2021-05-05|Ban Bí thư|"},
		{"Quyết định 1895/QĐ-TTg do Phó Thủ tướng Vũ Văn C ký ngày 11/11/2021", "Quyết định|1895/QĐ-TTg|2021-11-11||"},
		{"Kết luận 49-KL/TW năm 2019 về tiếp tục thực hiện Chỉ thị 11-CT/TW về khuyến học do Ban Bí thư ban hành", "Kết luận|49-KL/TW||Ban Bí thư|", "Chỉ thị|11-CT/TW|||"},
		{"UBND tỉnh ban hành Kế hoạch số 45/KH-UBND thực hiện", "Kế hoạch|45/KH-UBND||UBND tỉnh|"},
		{"Ngày 12/3/2023, Phó Chủ tịch UBND tỉnh Trần B ký Quyết định số 456/QĐ-UBND.", "Quyết định|456/QĐ-UBND|2023-03-12||"},
		{"Ngày 01/4/2022, Sở Y tế tổ chức quán triệt Chỉ thị số 20-CT/TW.", "Chỉ thị|20-CT/TW|||"},
		{"phối hợp với Sở Y tế ban hành Kế hoạch số 9/KH-SYT", "Kế hoạch|9/KH-SYT|||"},
		{"Chỉ thị số 20-CT/TW “Về công tác trẻ em” ngày 05/11/2012 của Bộ Chính trị", "Chỉ thị|20-CT/TW|2012-11-05|Bộ Chính trị|"},
		{"Nghị quyết số 42-NQ/TW về chính sách xã hội của Ban Chấp hành Trung ương khóa XIII.", "Nghị quyết|42-NQ/TW||Ban Chấp hành Trung ương|XIII"},
	})
}

func TestAListIsOneReferencePerDocument(t *testing.T) {
	says(t, [][]string{
		{"19 và 20-CT/TW", "|19-CT/TW|||", "|20-CT/TW|||"},
		{"trong năm 2019 và 20-CT/TW", "|20-CT/TW|||"},
		{"Nghị quyết số 5-NQ/TU; Nghị quyết số 6-NQ/TU của Tỉnh ủy", "Nghị quyết|5-NQ/TU|||", "Nghị quyết|6-NQ/TU||Tỉnh ủy|"},
		{"quán triệt các nghị quyết 18, 19-NQ/TW", "Nghị quyết|18-NQ/TW|||", "Nghị quyết|19-NQ/TW|||"},
		{"Chỉ thị số 19 và 20-CT/TW của Bộ Chính trị", "Chỉ thị|19-CT/TW||Bộ Chính trị|", "Chỉ thị|20-CT/TW||Bộ Chính trị|"},
		{"Quyết định số 11-QĐ/TU, 12-QĐ/TU ngày 05/6/2021 của Tỉnh ủy", "Quyết định|11-QĐ/TU|2021-06-05|Tỉnh ủy|", "Quyết định|12-QĐ/TU|2021-06-05|Tỉnh ủy|"},
		{"Chỉ thị số 20-CT/TW và Nghị quyết số 29-NQ/TW ngày 04-11-2013", "Chỉ thị|20-CT/TW|||", "Nghị quyết|29-NQ/TW|2013-11-04||"},
		{"Nghị quyết số 36-NQ/TW, ngày 01/7/2014 của Bộ Chính trị và Chỉ thị số 37-CT/TW, ngày 06/6/2014 của Ban Bí thư",
			"Nghị quyết|36-NQ/TW|2014-07-01|Bộ Chính trị|", "Chỉ thị|37-CT/TW|2014-06-06|Ban Bí thư|"},
		{"các Thông tư số 01, 02, 03/2021/TT-BGDĐT", "Thông tư|01/2021/TT-BGDĐT|||", "Thông tư|02/2021/TT-BGDĐT|||", "Thông tư|03/2021/TT-BGDĐT|||"},
		{"Kết luận số 12, 13 và 14-KL/TU ngày 05/6/2021 của Tỉnh ủy", "Kết luận|12-KL/TU|2021-06-05|Tỉnh ủy|", "Kết luận|13-KL/TU|2021-06-05|Tỉnh ủy|",
			"Kết luận|14-KL/TU|2021-06-05|Tỉnh ủy|"},
		{"Nghị quyết số 5-NQ/TU, Nghị quyết số 6-NQ/TU ngày 05/6/2021 của Tỉnh ủy", "Nghị quyết|5-NQ/TU||Tỉnh ủy|", "Nghị quyết|6-NQ/TU|2021-06-05|Tỉnh ủy|"},
		{"các kết luận của Ban Bí thư: số 12-KL/TW, 13-KL/TW ngày 05/6/2021", "Kết luận|12-KL/TW||Ban Bí thư|", "Kết luận|13-KL/TW|2021-06-05|Ban Bí thư|"},
	})
}

func TestSymbolsOfEveryOfficeAreAcceptedByTheirShape(t *testing.T) {
	for _, symbol := range strings.Fields(`57-CV/ĐUK 12/STTTT-CNTT 88/UBND-KGVX 5-KH/BTGDVTU 45/VBHN-BYT 1298/QĐ-BLĐTBXH 12/2023/QH15 30/2024/TT-BGDĐT 13-NQ/ĐU 02-NQ/ĐH
		05-CTr/HU 80/QĐ-TU 30a/2008/NQ-CP 16/2005/TTLT-BYT-BNV 7-HD/BTG&DVTU 20-CT/T.Ư 9-KH/BCĐ35TU 5104/BTTTT-PTTH&TTĐT 102/QĐ 46/NQ-CP 10/BC-VKSNDTC-V1`) {
		got := citation.Find("theo Công văn số " + symbol + " về việc này")
		if len(got) != 1 || got[0].Symbol != symbol {
			t.Errorf("%s: %q", symbol, short(got))
		}
	}
}

func TestTypingNoiseIsCleanedFromTheSymbolButNotFromTheText(t *testing.T) {
	for text, want := range map[string]string{
		"Quyết định số 593 - QÐ-TU": "593-QĐ-TU", "Chỉ thị số 20–CT/TW": "20-CT/TW", "Chỉ thị số\u00A020 -\u00A0CT / TW": "20-CT/TW", "Quyê\u0301t đi\u0323nh số 238-QĐ/TW": "238-QĐ/TW",
		"Kế hoạch số 118-KH/TUngày 21/4/2022": "118-KH/TU", "Kế hoạch số118-KH/TU": "118-KH/TU", "Kế hoạch số 3-KH/BTG & DVTU": "3-KH/BTG&DVTU", "Chỉ thị số 20-\nCT/TW": "20-CT/TW",
		"Nghị định số 24 / 2014 / NĐ - CP": "24/2014/NĐ-CP", "Quyết định số 62/QĐ_HĐBT": "62/QĐ-HĐBT"} {
		got := citation.Find("theo " + text + ".")
		if len(got) != 1 || got[0].Symbol != want || got[0].Text != text {
			t.Errorf("%q: %+v", text, got)
		}
	}
}

func TestPortalShorthandIsKeptAsWritten(t *testing.T) {
	says(t, [][]string{
		{"HD.51.BTGTU\nHướng dẫn sinh hoạt", "|HD.51.BTGTU|||"},
		{"quán triệt Kết luận 72.TW và Chương trình 77.TU (gửi kèm CV 2303-CV/BTGTU)", "Kết luận|72.TW|||", "Chương trình|77.TU|||", "|2303-CV/BTGTU|||"},
		{"theo 20-CT/TW", "|20-CT/TW|||"},
	})
}

func TestTheWordWinsOverTheSymbolWithARemark(t *testing.T) {
	got := citation.Find("Quyết định số 15-QC/TU ngày 11/7/2023")
	if len(got) != 1 || got[0].Type != "Quyết định" || got[0].Symbol != "15-QC/TU" || len(got[0].Notes) != 1 ||
		got[0].Notes[0] != "Từ chỉ loại là Quyết định, ký hiệu ghi QC (Quy chế)." {
		t.Errorf("%+v", got)
	}
	if got := citation.Find("Quy định số 37-QĐ/TW"); len(got) != 1 || len(got[0].Notes) != 0 {
		t.Errorf("QĐ is Quyết định or Quy định in the Party: %+v", got)
	}
}

func TestLawsAreCitedByNameAndDayOrByNumber(t *testing.T) {
	says(t, [][]string{
		{"Căn cứ Luật Trẻ em ngày 05/4/2016;", "Luật||2016-04-05||"},
		{"theo Luật số 102/2016/QH13", "Luật|102/2016/QH13|||"},
		{"Luật Khám bệnh, chữa bệnh số 15/2023/QH15 được Quốc hội khóa XV thông qua ngày 09/01/2023", "Luật|15/2023/QH15|2023-01-09|Quốc hội|XV"},
		{"Luật Quy hoạch số 21/2017/QH14 ngày 24/11/2017", "Luật|21/2017/QH14|2017-11-24||"},
		{"Bộ luật Lao động ngày 20 tháng 11 năm 2019 của Quốc hội", "Bộ luật||2019-11-20|Quốc hội|"},
		{"phổ biến pháp luật cho 30 người ngày 05/4/2016"},
	})
}

func TestWhatOnlyLooksLikeAReferenceIsNone(t *testing.T) {
	for _, text := range []string{
		"Nghị quyết Đại hội XIII của Đảng, Nghị quyết Trung ương 4 khóa XII", "giai đoạn 2021-2025, nhiệm kỳ 2020 - 2025", "năm học 2022-2023", "sau 10 năm thực hiện Chỉ thị",
		"đạt 15/20 chỉ tiêu, 490/503 trường", "Giấy phép số 01/GP-TTĐT ngày 28/8/2020", "Giấy phép hoạt động báo chí số 15/GP-BTTTT", "Điện thoại: 0260.3862301",
		"https://tinh.gov.vn/van-ban/20-CT/TW.html", "thu@so.vn, tệp 118-KH-TU.pdf", "biển số 29A-123.45", "quý I/2019, quý II/2019", "ISO 9001:2015, QCVN 14:2008/BTNMT",
		"COVID-19, SARS-CoV-2", "ngày 05/11/2012, 8/3 và 26/3", "lớp 12/A, bài 3-B", "Quyết định 15 cán bộ; Kế hoạch 9 tháng đầu năm", "huyện 30/4-TP",
	} {
		if got := citation.Find(text); len(got) != 0 {
			t.Errorf("%q gave %q", text, short(got))
		}
	}
}

func TestADocumentMayBeNamedByItsNumberAlone(t *testing.T) {
	says(t, [][]string{
		{"Chỉ thị 05 và Kết luận 01-KL/TW", "Chỉ thị|05|||", "Kết luận|01-KL/TW|||"},
		{"Nghị định 73/2024 của Chính phủ", "Nghị định|73/2024||Chính phủ|"},
		{"45/KH-UBND | 05/11/2022 | Kế hoạch tuyên truyền\n46/KH-UBND\n06/11/2022", "|45/KH-UBND|2022-11-05||", "|46/KH-UBND|2022-11-06||"},
		{"tổng kết thực hiện Nghị quyết số 18-NQ/TW\n22/12/2024\nSáng 22/12", "Nghị quyết|18-NQ/TW|||"},
		{"Nghị quyết số 35 của Bộ Chính trị", "Nghị quyết|35||Bộ Chính trị|"},
	})
}
