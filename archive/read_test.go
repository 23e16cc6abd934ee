package archive

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"giaoban/internal/fault"
	"giaoban/internal/officetest"
	"giaoban/official"
)

const sentence = "Chiều ngày 01/4/2022, Ban Tuyên giáo Tỉnh ủy tổ chức Hội nghị giao ban công tác khoa giáo quý I năm 2022."

func TestTextIsReadInEveryUnicodeForm(t *testing.T) {
	wide := func(order binary.AppendByteOrder, mark ...byte) []byte {
		out := mark
		for _, u := range utf16.Encode([]rune(sentence)) {
			out = order.AppendUint16(out, u)
		}
		return out
	}
	for name, content := range map[string][]byte{
		"UTF-8":          []byte(sentence),
		"UTF-8 có BOM":   append([]byte("\xEF\xBB\xBF"), sentence...),
		"UTF-16 xuôi":    wide(binary.LittleEndian, 0xFF, 0xFE),
		"UTF-16 ngược":   wide(binary.BigEndian, 0xFE, 0xFF),
		"dòng Windows":   []byte("\r\n" + strings.ReplaceAll(sentence, " ", "\u00a0") + "\r\n\r\n"),
		"chữ Đ của Eth":  []byte(strings.ReplaceAll(sentence, "Đ", "Ð")),
		"dấu cách nhiều": []byte(strings.ReplaceAll(sentence, " ", "  \t ")),
	} {
		w, err := ReadText(t.Context(), "a.txt", content)
		text := w.Text
		if err != nil || text != sentence {
			t.Errorf("%s: %q, %v", name, text, err)
		}
	}
}

func TestBrokenFilesAreRefusedWithASentence(t *testing.T) {
	for name, content := range map[string][]byte{
		"la.txt": []byte("\xf0\x9f ho\xff \xfe\xfe \x81"), "le.txt": {0xFF, 0xFE, 0x41}, "trong.txt": []byte(" \n \n"), "khong.txt": []byte("a\x00b"),
		"hong.docx": []byte("PK\x03\x04..."), "hong.pdf": []byte("không phải PDF"), "vni.html": []byte("<p>Gi\xe1o \xff</p>"), "bang.xls": []byte("x"),
		"rong.html": []byte("<html><body><script>x</script></body></html>"),
	} {
		w, err := ReadText(t.Context(), name, content)
		text := w.Text
		if f := fault.Of(err); f == nil || text != "" || len(f.Problems[0].Sentence) < 30 {
			t.Errorf("%s: %q, %v", name, text, err)
		}
	}
}

func TestLinesBrokenAtAWidthBecomeParagraphs(t *testing.T) {
	var broken []string
	line := ""
	for word := range strings.FieldsSeq(strings.Repeat(sentence+" Các ngành báo cáo kết quả đã đạt được trong quý vừa qua. ", 4)) {
		if line += word + " "; len(line) > 90 {
			broken = append(broken, strings.TrimSpace(line))
			line = ""
		}
	}
	w, err := ReadText(t.Context(), "a.txt", []byte(strings.Join(append(broken, line), "\n")))
	text := w.Text
	if err != nil || strings.Count(text, "\n") > 2 {
		t.Errorf("còn %d chỗ ngắt: %q, %v", strings.Count(text, "\n"), text, err)
	}
}

func TestANoticeMadeByTheProgramIsReadBack(t *testing.T) {
	d := official.ThongBaoKetLuan(official.ProfileFor(official.Party, official.DayOf(2022, 4, 6)), "đồng chí Lê Hữu Mẫu, Trưởng ban Tuyên giáo Tỉnh ủy",
		"Hội nghị giao ban công tác khoa giáo quý I năm 2022",
		official.Paragraph{Runs: official.Text("Ngày 01/4/2022, Ban Tuyên giáo Tỉnh ủy tổ chức Hội nghị giao ban công tác khoa giáo quý I năm 2022. Đồng chí Lê Hữu Mẫu, Trưởng ban Tuyên giáo Tỉnh ủy chủ trì hội nghị. Sau khi nghe các ý kiến, đồng chí chủ trì kết luận như sau:")},
		official.NumberedItem{Level: 1, Runs: official.Text("Sở Y tế hoàn thành kế hoạch tiêm chủng trước ngày 30/4/2022.")},
		official.NumberedItem{Level: 1, Runs: official.Text("Sở Giáo dục và Đào tạo báo cáo việc chuẩn bị kỳ thi tốt nghiệp.")})
	d.Superior, d.Issuer, d.BodySymbol, d.Place, d.Date, d.Number = "Tỉnh ủy Mẫu", "Ban Tuyên giáo", "BTGTU", "Mẫu", official.DayOf(2022, 4, 6), 12
	d.Signers = []official.Signer{{Title: "Trưởng ban", Name: "Lê Hữu Mẫu"}}
	d.Recipients = []string{"Các đơn vị dự hội nghị"}
	d.Filing = "Văn phòng Ban"
	var file bytes.Buffer
	if err := official.WriteDocx(&file, d); err != nil {
		t.Fatal(err)
	}
	w, err := ReadText(t.Context(), "thong-bao.docx", file.Bytes())
	text, captions := w.Text, w.Captions
	if err != nil {
		t.Fatal(err)
	}
	p := proposed("thong-bao.docx", text, nil, captions...)
	checkSpans(t, p)
	told{kind: Notice, held: "2022-04-01", period: "2022-Q1", organiser: "Ban Tuyên giáo Tỉnh ủy",
		chairs: "Lê Hữu Mẫu: Trưởng ban Tuyên giáo Tỉnh ủy", concluder: "Lê Hữu Mẫu", decided: 2}.check(t, p)
	if t.Failed() {
		t.Log(text)
	}
}

// pdf makes a page of text in a font that every reader has.
func pdf(lines ...string) []byte {
	content := "BT /F1 12 Tf 14 TL 50 750 Td"
	for _, l := range lines {
		content += " (" + l + ") Tj T*"
	}
	content += " ET"
	objects := []string{"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
		fmt.Sprintf("<</Length %d>>stream\n%s\nendstream", len(content), content), "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"}
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n")
	var at []int
	for i, o := range objects {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj%s\nendobj\n", i+1, o)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, o := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, start)
	return b.Bytes()
}

func TestThePDFReaderFailsAlone(t *testing.T) {
	officetest.Needs(t, "pdftotext")
	w, err := ReadText(t.Context(), "a.pdf", pdf("Bao cao ket qua cong tac khoa giao", "quy I nam 2022"))
	text := w.Text
	if err != nil || !strings.Contains(text, "Bao cao ket qua cong tac khoa giao") {
		t.Errorf("%q, %v", text, err)
	}
	if _, err := ReadText(t.Context(), "b.pdf", []byte("%PDF-1.4\nhỏng từ đây")); fault.Of(err) == nil {
		t.Errorf("tệp hỏng: %v", err)
	}
}

// docx is a Word file with the body given.
func docx(t *testing.T, body string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	f, err := z.Create("word/document.xml")
	if err == nil {
		_, err = f.Write([]byte(`<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>` + body + `</w:body></w:document>`))
	}
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestAFigureInAnUndecidedChangeIsNone(t *testing.T) {
	content := docx(t, `<w:p><w:r><w:t>`+sentence+`</w:t></w:r></w:p><w:p><w:r><w:t xml:space="preserve">Trong quý, toàn tỉnh có 97% xã đạt chuẩn; đã tiêm cho </w:t></w:r>`+
		`<w:del w:author="A"><w:r><w:delText>503</w:delText></w:r></w:del><w:ins w:author="A"><w:r><w:t>516</w:t></w:r></w:ins><w:r><w:t xml:space="preserve"> trẻ em.</w:t></w:r></w:p>`)
	p, err := Read(t.Context(), "a.docx", content, nil)
	if err != nil {
		t.Fatal(err)
	}
	var values []string
	for _, f := range p.Figures {
		values = append(values, f.Value)
	}
	if strings.Contains(p.Text, "503") || !strings.Contains(p.Text, "tiêm cho 516 trẻ em") || !slices.Equal(values, []string{"97"}) {
		t.Errorf("%q gives %v", p.Text, values)
	}
	settled := bytes.ReplaceAll([]byte(p.Text), []byte("516"), []byte("517"))
	again, err := Read(t.Context(), "a.txt", settled, nil)
	if err != nil || len(again.Figures) != 2 {
		t.Errorf("once settled it is one: %v (%v)", again.Figures, err)
	}
}

func TestNumbersHeadingsAndTablesOfAWordFileAreRead(t *testing.T) {
	row := func(cells ...string) string {
		out := "<w:tr>"
		for _, c := range cells {
			out += "<w:tc><w:p><w:r><w:t>" + c + "</w:t></w:r></w:p></w:tc>"
		}
		return out + "</w:tr>"
	}
	paragraph := func(text string) string { return "<w:p><w:r><w:t>" + text + "</w:t></w:r></w:p>" }
	content := docx(t, paragraph("THÔNG BÁO")+paragraph("kết luận của đồng chí Lê Hữu Mẫu, Trưởng ban Tuyên giáo Tỉnh ủy tại Hội nghị giao ban công tác khoa giáo quý I năm 2022")+
		paragraph(sentence+" Sau khi nghe các ý kiến, đồng chí chủ trì kết luận như sau:")+paragraph("Giao các đơn vị")+
		`<w:tbl>`+row("TT", "Nội dung", "Chủ trì", "Phối hợp", "Thời hạn")+
		row("1", "Hoàn thành kế hoạch tiêm chủng mở rộng trên địa bàn tỉnh", "Sở Y tế", "Các huyện", "30/4/2022")+
		row("2", "Báo cáo việc chuẩn bị kỳ thi tốt nghiệp trung học phổ thông", "Sở Giáo dục và Đào tạo", "", "15/5/2022")+`</w:tbl>`)
	p, err := Read(t.Context(), "a.docx", content, nil)
	if err != nil {
		t.Fatal(err)
	}
	var decided []string
	for _, c := range p.Conclusions {
		decided = append(decided, c.Value)
	}
	want := []string{"Hoàn thành kế hoạch tiêm chủng mở rộng trên địa bàn tỉnh, Sở Y tế, Các huyện, 30/4/2022",
		"Báo cáo việc chuẩn bị kỳ thi tốt nghiệp trung học phổ thông, Sở Giáo dục và Đào tạo, 15/5/2022"}
	if !slices.Equal(decided, want) {
		t.Errorf("decided %q\n%s", decided, p.Text)
	}
}
