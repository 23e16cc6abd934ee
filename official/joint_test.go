package official

import (
	"slices"
	"strings"
	"testing"
)

// jointNotice is a paper of two convenors, as theirs of a year's review.
func jointNotice(p Profile) Document {
	d := ThongBaoKetLuan(p, "đồng chí chủ trì", "Hội nghị tổng kết công tác khoa giáo năm 2020, triển khai nhiệm vụ năm 2021",
		Paragraph{Runs: Text(strings.Repeat("Các cơ quan tiếp tục thực hiện Chỉ thị số 20-CT/TW và Nghị định số 30/2020/NĐ-CP, Kế hoạch số 1987/QĐ-UBND của tỉnh. ", 6))})
	d.Issuer, d.Joint, d.BodySymbol = "Ban Tuyên giáo Tỉnh ủy", []string{"Bảo hiểm xã hội tỉnh"}, "BTGTU-BHXH"
	d.Superior, d.Place, d.Number, d.Date = "Tỉnh ủy Điện Biên", "Điện Biên", 3, DayOf(2021, 1, 14)
	d.Signers = []Signer{{Title: "Giám đốc\nBảo hiểm xã hội tỉnh", Name: "Người Ký Hai"}, {Title: "Trưởng ban\nBan Tuyên giáo Tỉnh ủy", Name: "Người Ký Một"}}
	d.Recipients, d.Filing = []string{"Các đơn vị dự hội nghị"}, "VPB"
	d.Annexes = []Annex{{Title: "Biểu tiến độ", Landscape: true, Body: []Block{figures(4)}}}
	return d
}

func TestTwoConvenorsHaveOneLetterhead(t *testing.T) {
	hd36, _ := ProfileByCode("HD36")
	texts := textsOf(t, jointNotice(hd36))
	if !slices.Contains(texts, "BAN TUYÊN GIÁO TỈNH ỦY -\nBẢO HIỂM XÃ HỘI TỈNH") || slices.Contains(texts, "TỈNH ỦY ĐIỆN BIÊN") {
		t.Errorf("letterhead: %q", texts[:4])
	}
	if !slices.Contains(texts, "(Kèm theo Thông báo số 03-TB/BTGTU-BHXH ngày 14 tháng 01 năm 2021 của Ban Tuyên giáo Tỉnh ủy và Bảo hiểm xã hội tỉnh)") {
		t.Error("the annex does not say to which paper it belongs")
	}
	if found := Lint(jointNotice(hd36)); len(found) > 0 {
		t.Errorf("%+v", found)
	}
	secret := jointNotice(hd36)
	secret.Joint = []string{"TUYỆT MẬT"}
	if _, found := secret.SecretMarkIn(); !found {
		t.Error("a mark of secrecy among the convenors is not seen")
	}
}

func TestAnnexesNameTheirPaper(t *testing.T) {
	hd36, _ := ProfileByCode("HD36")
	state := stateReport()
	state.Annexes = []Annex{{Title: "Số liệu"}}
	party := mergedReport(hd36)
	draft := noticeWithoutNumber(hd36)
	draft.Annexes = state.Annexes
	for want, d := range map[string]Document{
		"(Kèm theo Báo cáo số 05/BC-SGDĐT ngày 05 tháng 4 năm 2022 của Sở Giáo dục và Đào tạo)":                  state,
		"(Kèm theo Báo cáo số 05-BC/BTGTU ngày 05 tháng 4 năm 2022 của Ban Tuyên giáo Tỉnh ủy Khánh Hòa)":        party,
		"(Kèm theo Thông báo số      -TB/BTGTU ngày      tháng 4 năm 2022 của Ban Tuyên giáo Tỉnh ủy Khánh Hòa)": draft,
	} {
		if !slices.Contains(textsOf(t, d), want) {
			t.Errorf("missing: %s", want)
		}
	}
}

func TestNoLineEndsInsideASymbol(t *testing.T) {
	for text, want := range map[string]string{
		"Chỉ thị số 20-CT/TW, 2021-2025": "Chỉ thị số 20~CT/TW, 2021-2025",
		"Nghị định 30/2020/NĐ-CP":        "Nghị định 30/2020/NĐ~CP",
		"Kế hoạch 1987/QĐ-UBND":          "Kế hoạch 1987/QĐ~UBND",
		"Lao động - Thương binh, 12-14":  "Lao động - Thương binh, 12-14",
	} {
		if got := strings.ReplaceAll(heldSymbols(text), string(noBreakHyphen), "~"); got != want {
			t.Errorf("%q becomes %q", text, got)
		}
	}
	hd36, _ := ProfileByCode("HD36")
	file := fileOf(t, jointNotice(hd36))
	if n := strings.Count(partOf(t, file, "word/document.xml"), "<w:noBreakHyphen/>"); n < 18 {
		t.Errorf("only %d hyphens hold", n)
	}
	if !strings.Contains(strings.Join(textsOf(t, jointNotice(hd36)), "\n"), "Chỉ thị số 20-CT/TW và Nghị định số 30/2020/NĐ-CP") {
		t.Error("the text is read back otherwise")
	}
}

func TestWordKnowsTheTitleAndTheCaptions(t *testing.T) {
	hd36, _ := ProfileByCode("HD36")
	file := fileOf(t, jointNotice(hd36))
	styles, doc := partOf(t, file, "word/styles.xml"), partOf(t, file, "word/document.xml")
	for id, name := range map[string]string{"TenLoai": "Title", "TenBang": "caption"} {
		if !strings.Contains(styles, `<w:style w:type="paragraph" w:styleId="`+id+`"><w:name w:val="`+name+`"/>`) || !strings.Contains(doc, `<w:pStyle w:val="`+id+`"/>`) {
			t.Errorf("%s is not Word's own %s", id, name)
		}
	}
	if page := pageOf(t, jointNotice(hd36)); !strings.Contains(page, "@page ngang{size:297mm 210mm}") || !strings.Contains(page, `class="vb-annex vb-landscape"`) {
		t.Error("a turned annex is printed upright")
	}
}

func TestManyRecipientsDoNotTakeTheSignatureAlong(t *testing.T) {
	hd36, _ := ProfileByCode("HD36")
	d := partyReport(hd36)
	if rows := compose(d).signing; len(rows) != 1 {
		t.Errorf("a short list stands in %d rows", len(rows))
	}
	for range 14 {
		d.Recipients = append(d.Recipients, "Một cơ quan nữa")
	}
	rows := compose(d).signing
	if len(rows) != 2 || len(rows[0][1]) == 0 || len(rows[1][1]) != 0 || len(rows[0][0])+len(rows[1][0]) != len(d.Recipients)+2 || len(rows[1][0]) < 4 {
		t.Fatalf("%d rows", len(rows))
	}
	if last := rows[1][0][len(rows[1][0])-1]; plain(last.runs) != "- Lưu Văn phòng Ban." {
		t.Errorf("the list ends with %q", plain(last.runs))
	}
}
