package official

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"giaoban/document"
	"giaoban/official/officialtest"
)

func fileOf(t testing.TB, d Document) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := WriteDocx(&b, d); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func partOf(t testing.TB, file []byte, name string) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	b, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func textsOf(t testing.TB, d Document) []string {
	t.Helper()
	file := fileOf(t, d)
	paragraphs, err := officialtest.Paragraphs(file)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, p := range paragraphs {
		if p.Text != "" {
			out = append(out, p.Text)
		}
	}
	return out
}

func profiles(t *testing.T) (hd05, hd36, nd30 Profile) {
	t.Helper()
	return ProfileFor(Party, DayOf(2026, 5, 27)), ProfileFor(Party, DayOf(2026, 5, 26)), ProfileFor(State, DayOf(2022, 1, 1))
}

func TestProfileFollowsTheDateOfThePaper(t *testing.T) {
	for day, want := range map[Day]string{DayOf(2022, 4, 5): "HD36", DayOf(2026, 5, 26): "HD36", DayOf(2026, 5, 27): "HD05", DayOf(2030, 1, 1): "HD05", {}: "HD05", DayOf(2010, 1, 1): "HD36"} {
		if got := ProfileFor(Party, day).Code; got != want {
			t.Errorf("%v: %s, phải là %s", day, got, want)
		}
	}
	if got := ProfileFor(State, DayOf(2022, 4, 5)).Code; got != "ND30" {
		t.Errorf("Nhà nước: %s", got)
	}
	a, b := ProfileFor(Party, Day{}), ProfileFor(Party, Day{})
	a.Parts[PartBody] = Style{}
	if b.Parts[PartBody].Size != 14 {
		t.Error("sửa một bản thể thức làm đổi bản khác")
	}
}

func TestPageIsA4WithTheMarginsOfTheProfile(t *testing.T) {
	hd05, hd36, nd30 := profiles(t)
	for _, c := range []struct {
		p       Profile
		margins string
	}{{hd05, `w:top="1134" w:right="850" w:bottom="1134" w:left="1701"`}, {hd36, `w:top="1134" w:right="850" w:bottom="1134" w:left="1701"`}, {nd30, `w:top="1134" w:right="1134" w:bottom="1134" w:left="1701"`}} {
		doc := partOf(t, fileOf(t, partyReport(c.p)), "word/document.xml")
		if !strings.Contains(doc, `<w:pgSz w:w="11906" w:h="16838"/>`) || !strings.Contains(doc, c.margins) || !strings.Contains(doc, "<w:titlePg/>") {
			t.Errorf("%s: khổ giấy, lề hoặc trang đầu sai", c.p.Code)
		}
	}
}

func TestTheSameContentIsWrittenAsEachFamilyWrites(t *testing.T) {
	hd05, hd36, _ := profiles(t)
	for name, c := range map[string]struct {
		d     Document
		wants []string
	}{
		"HD05": {partyReport(hd05), []string{"ĐẢNG CỘNG SẢN VIỆT NAM", "*", "Số 05-BC/BTGTU", "Khánh Hòa, ngày 05 tháng 4 năm 2022", "-----", "- Chương trình công tác năm 2022;", "K/T TRƯỞNG BAN", "Nơi nhận:", "- Các sở, ngành khối khoa giáo;", "- Lưu Văn phòng Ban.", "2. Chuẩn bị hội nghị giao ban quý II."}},
		"HD36": {partyReport(hd36), []string{"- Các sở, ngành khối khoa giáo,", "- Lưu Văn phòng Ban."}},
		"ND30": {stateReport(), []string{"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Số: 05/BC-SGDĐT", "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "- Lưu: VT, KHTC.", "2. Chuẩn bị hội nghị giao ban quý II./.", "Chương trình công tác năm 2022;"}},
		"chưa cấp số": {noticeWithoutNumber(hd36), []string{"Số      -TB/BTGTU", "Khánh Hòa, ngày      tháng 4 năm 2022", "Dự thảo lần 2", "KHẨN", "TÀI LIỆU HỘI NGHỊ",
			"kết luận của đồng chí Nguyễn Văn Mẫu, Trưởng ban Tuyên giáo Tỉnh ủy tại Hội nghị giao ban công tác khoa giáo quý I năm 2022"}},
	} {
		texts := textsOf(t, c.d)
		for _, want := range c.wants {
			if !slices.Contains(texts, want) {
				t.Errorf("%s: thiếu dòng %q", name, want)
			}
		}
	}
	if slices.Contains(textsOf(t, stateReport()), "*") {
		t.Error("văn bản Nhà nước có dấu *")
	}
}

func TestNumbersAreCountedOverFortySources(t *testing.T) {
	_, hd36, _ := profiles(t)
	texts := textsOf(t, mergedReport(hd36))
	for _, want := range []string{"I. NGUỒN THỨ 1", "XL. NGUỒN THỨ 40", "3. Lĩnh vực 3", "b) Việc thứ hai.", "PHỤ LỤC II"} {
		if !slices.Contains(texts, want) {
			t.Errorf("thiếu %q", want)
		}
	}
	if letter(5) != "đ" || letter(6) != "e" || document.Roman(44) != "XLIV" {
		t.Errorf("chữ cái và số La Mã: %s %s %s", letter(5), letter(6), document.Roman(44))
	}
}

func TestTwoWritingsGiveTheSameBytes(t *testing.T) {
	hd05, _, _ := profiles(t)
	if !bytes.Equal(fileOf(t, mergedReport(hd05)), fileOf(t, mergedReport(hd05))) {
		t.Error("hai lần ghi khác nhau")
	}
	core := partOf(t, fileOf(t, partyReport(hd05)), "docProps/core.xml")
	if !strings.Contains(core, "2022-04-05T00:00:00Z</dcterms:created>") {
		t.Error("ngày của tệp không phải ngày của văn bản")
	}
}

func TestEveryVietnameseLetterSurvives(t *testing.T) {
	_, hd36, _ := profiles(t)
	d := partyReport(hd36)
	both := everyLetter + strings.ToUpper(everyLetter)
	if n := len([]rune(everyLetter)); n != 89 {
		t.Fatalf("bảng thử có %d chữ", n)
	}
	d.Body = []Block{Paragraph{Runs: Text(norm.NFD.String(both) + "\x00\x0b\ufffe.")}}
	if !slices.Contains(textsOf(t, d), both+".") {
		t.Error("chữ có dấu bị mất hoặc không thành dựng sẵn")
	}
	texts := asPDF(t, map[string]Document{"letters": d})
	got := norm.NFC.String(strings.Join(strings.Fields(texts["letters"]), ""))
	if !strings.Contains(got, both) {
		t.Error("bản PDF thiếu chữ có dấu")
	}
}

func TestTextIsTimesInVietnameseInAllFourSlots(t *testing.T) {
	hd05, _, _ := profiles(t)
	styles := partOf(t, fileOf(t, partyReport(hd05)), "word/styles.xml")
	for _, want := range []string{`<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="Times New Roman" w:cs="Times New Roman"/>`,
		`<w:lang w:val="vi-VN"`, `w:styleId="ThanVan"`, `w:line="360" w:lineRule="exact"`, `<w:ind w:firstLine="567"/>`, `<w:jc w:val="both"/>`} {
		if !strings.Contains(styles, want) {
			t.Errorf("kiểu chữ thiếu %s", want)
		}
	}
}

func TestTablesRepeatTheirHeadAndRowsAreNotTorn(t *testing.T) {
	hd05, _, _ := profiles(t)
	d := partyReport(hd05)
	d.Body = append(d.Body, figures(80))
	doc := partOf(t, fileOf(t, d), "word/document.xml")
	if strings.Count(doc, "<w:tblHeader/>") != 4 || strings.Count(doc, "<w:tr>") != strings.Count(doc, "<w:cantSplit/>") || strings.Count(doc, `<w:vMerge w:val="restart"/>`) != 4 {
		t.Error("đầu bảng không lặp lại, hàng có thể bị ngắt hoặc ô gộp sai")
	}
}

func TestTheSignatureNeverStandsAlone(t *testing.T) {
	hd05, _, _ := profiles(t)
	doc := partOf(t, fileOf(t, partyReport(hd05)), "word/document.xml")
	before := doc[:strings.LastIndex(doc, "<w:tbl>")]
	for range 2 { // the empty line and the end of the text
		at := strings.LastIndex(before, "<w:p>")
		if !strings.Contains(before[at:], "<w:keepNext/>") {
			t.Error("đoạn trước chữ ký không giữ cùng trang")
		}
		before = before[:at]
	}
}

func TestTheBannerIsOnEveryPage(t *testing.T) {
	hd05, _, _ := profiles(t)
	file := fileOf(t, partyReport(hd05))
	for _, part := range []string{"word/header1.xml", "word/header2.xml"} {
		if !strings.Contains(partOf(t, file, part), "BẢN MẪU, SỐ LIỆU GIẢ ĐỊNH") {
			t.Errorf("%s thiếu dòng báo", part)
		}
	}
	if strings.Contains(partOf(t, file, "word/header2.xml"), "PAGE") || !strings.Contains(partOf(t, file, "word/header1.xml"), " PAGE ") {
		t.Error("số trang phải bắt đầu từ trang 2")
	}
}

func TestOriginsAreRecognisedAfterTheRoundTrip(t *testing.T) {
	hd05, _, _ := profiles(t)
	file := fileOf(t, partyReport(hd05))
	paragraphs, err := officialtest.Paragraphs(file)
	if err != nil {
		t.Fatal(err)
	}
	found, seen := 0, map[string]bool{}
	for _, p := range paragraphs {
		if slices.ContainsFunc(p.Bookmarks, func(b string) bool { return strings.HasPrefix(b, OriginMark("submission:2")+"_") }) {
			found++
		}
		for _, b := range p.Bookmarks {
			if seen[b] || len(b) > 40 {
				t.Errorf("dấu trang %q trùng hoặc dài quá 40 ký tự", b)
			}
			seen[b] = true
		}
	}
	if found != 2 || bytes.Contains([]byte(partOf(t, file, "word/document.xml")), []byte("submission:2")) {
		t.Errorf("nhận ra %d đoạn của nguồn, hoặc mã nguồn lộ ra ngoài", found)
	}
}

// order is the sequence of ECMA-376 part 1 for the elements this writer uses.
var order = map[string][]string{
	"pPr":    {"pStyle", "keepNext", "keepLines", "pageBreakBefore", "widowControl", "numPr", "pBdr", "shd", "tabs", "spacing", "ind", "jc", "outlineLvl", "rPr", "sectPr"},
	"rPr":    {"rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "color", "spacing", "sz", "szCs", "u", "lang"},
	"tblPr":  {"tblStyle", "tblW", "jc", "tblInd", "tblBorders", "shd", "tblLayout", "tblCellMar", "tblLook", "tblCaption", "tblDescription"},
	"tcPr":   {"tcW", "gridSpan", "vMerge", "tcBorders", "shd", "noWrap", "tcMar", "vAlign"},
	"sectPr": {"headerReference", "footerReference", "type", "pgSz", "pgMar", "pgNumType", "cols", "titlePg"},
	"numPr":  {"ilvl", "numId"},
	"lvl":    {"start", "numFmt", "lvlRestart", "pStyle", "isLgl", "suff", "lvlText", "lvlJc", "pPr", "rPr"},
	"style":  {"name", "basedOn", "next", "uiPriority", "semiHidden", "qFormat", "pPr", "rPr", "tblPr"},
	"tc":     {"tcPr", "p"},
	"tbl":    {"tblPr", "tblGrid", "tr"},
}

func TestElementsStandInTheOrderWordAsksFor(t *testing.T) {
	hd05, hd36, _ := profiles(t)
	for _, d := range []Document{mergedReport(hd36), stateReport(), noticeWithoutNumber(hd36), letterSample(hd05), jumping(hd05), charted(hd05), {Profile: hd05}} {
		file := fileOf(t, d)
		for _, part := range []string{"word/document.xml", "word/styles.xml", "word/numbering.xml", "word/header1.xml", "word/header2.xml", "word/settings.xml", "[Content_Types].xml"} {
			type frame struct {
				name string
				at   int
				last string
			}
			var stack []frame
			dec := xml.NewDecoder(strings.NewReader(partOf(t, file, part)))
			for {
				token, err := dec.Token()
				if err == io.EOF {
					break
				}
				if err != nil {
					t.Fatalf("%s: %v", part, err)
				}
				switch e := token.(type) {
				case xml.StartElement:
					if n := len(stack); n > 0 {
						top := &stack[n-1]
						if want, ok := order[top.name]; ok {
							i := slices.Index(want, e.Name.Local)
							if i < top.at {
								t.Fatalf("%s: %s sau %s trong %s", part, e.Name.Local, top.last, top.name)
							}
							top.at = i
						}
						top.last = e.Name.Local
					}
					stack = append(stack, frame{name: e.Name.Local})
				case xml.EndElement:
					if top := stack[len(stack)-1]; top.name == "tc" && top.last != "p" {
						t.Fatalf("%s: ô bảng không kết thúc bằng đoạn", part)
					}
					stack = stack[:len(stack)-1]
				}
			}
		}
	}
}

func TestTheRuleIsAsLongAsItsText(t *testing.T) {
	// Widths of Liberation Serif Bold, in thousandths: the whole title measures 13 777.
	if got := textWidth("ĐẢNG CỘNG SẢN VIỆT NAM", 15, true); got < 206 || got > 207.5 {
		t.Errorf("tiêu đề dài %.1f pt", got)
	}
	if got := longestLine("ỦY BAN NHÂN DÂN TỈNH KHÁNH HÒA", 14, false, 150); got > 150 || got < 100 {
		t.Errorf("dòng dài nhất %.1f pt", got)
	}
}

func TestMinutesNameTheWriterLeftAndTheChairRight(t *testing.T) {
	hd05, _, _ := profiles(t)
	d := partyReport(hd05)
	d.Kind, d.Signers = Minutes, []Signer{{Title: "Người ghi biên bản", Name: "Đỗ Thị Thử"}, {Title: "Chủ trì hội nghị", Name: "Ngô Văn Mẫu"}}
	texts := textsOf(t, d)
	if w, c, n := slices.Index(texts, "NGƯỜI GHI BIÊN BẢN"), slices.Index(texts, "CHỦ TRÌ HỘI NGHỊ"), slices.Index(texts, "Nơi nhận:"); w < 0 || c < w || n < c {
		t.Errorf("thứ tự người ký %d, %d, nơi nhận %d", w, c, n)
	}
}

func FuzzWriteAndReadBack(f *testing.F) {
	f.Add("Tiêu đề", "Nội dung ]]> <w:p>&", 3, 2)
	f.Add("", "\x00\u202e\n\t", -1, 99)
	f.Fuzz(func(t *testing.T, subject, text string, a, b int) {
		p, _ := ProfileByCode("HD05")
		d := BaoCao(p, subject, Heading{Level: a, Runs: Text(text)}, NumberedItem{Level: b, Runs: Text(text), Origin: Origin{text, text}},
			Table{Columns: []Column{{Width: float64(a)}, {}, {}}, Rows: [][]Cell{{{ColSpan: a, RowSpan: b, Runs: Text(text)}}, {C(text), C("x")}}}, Paragraph{Runs: Text(text)})
		d.Marks.Banner, d.Issuer, d.Number = text, text, a
		file := fileOf(t, d)
		if _, err := officialtest.Paragraphs(file); err != nil {
			t.Fatal(err)
		}
		pageOf(t, d)
		Lint(d)
	})
}
