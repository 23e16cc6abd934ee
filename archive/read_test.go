package archive

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"os/exec"
	"strings"
	"testing"
	"unicode/utf16"

	"giaoban/internal/fault"
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
		text, _, err := ReadText("a.txt", content)
		if err != nil || text != sentence {
			t.Errorf("%s: %q, %v", name, text, err)
		}
	}
}

func TestBrokenFilesAreRefusedWithASentence(t *testing.T) {
	for name, content := range map[string][]byte{
		"tcvn3.txt": []byte("C\xabng t\xb8c khoa gi\xb8o qu\xfd I"), "le.txt": {0xFF, 0xFE, 0x41}, "trong.txt": []byte(" \n \n"), "khong.txt": []byte("a\x00b"),
		"hong.docx": []byte("PK\x03\x04..."), "hong.pdf": []byte("không phải PDF"), "vni.html": []byte("<p>Gi\xe1o \xff</p>"), "bang.xls": []byte("x"),
		"rong.html": []byte("<html><body><script>x</script></body></html>"),
	} {
		text, _, err := ReadText(name, content)
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
	text, _, err := ReadText("a.txt", []byte(strings.Join(append(broken, line), "\n")))
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
	text, captions, err := ReadText("thong-bao.docx", file.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	p := Propose("thong-bao.docx", text, nil, captions...)
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
	if _, err := exec.LookPath("pdftotext"); err != nil {
		t.Skip("máy này không có pdftotext")
	}
	text, _, err := ReadText("a.pdf", pdf("Bao cao ket qua cong tac khoa giao", "quy I nam 2022"))
	if err != nil || !strings.Contains(text, "Bao cao ket qua cong tac khoa giao") {
		t.Errorf("%q, %v", text, err)
	}
	if _, _, err := ReadText("b.pdf", []byte("%PDF-1.4\nhỏng từ đây")); fault.Of(err) == nil {
		t.Errorf("tệp hỏng: %v", err)
	}
}

func FuzzReadHTML(f *testing.F) {
	f.Add("<div class=menu><p>a</p></div><article><h1>Đầu đề của bài</h1><p>" + sentence + "</p><img><p><em>Ảnh</em></p></article>")
	f.Add("<table><tr><td class=tieude>Giao ban<td>" + sentence + "<br><br>x</table><p style='display:none'>" + strings.Repeat("<div>", 300))
	f.Fuzz(func(t *testing.T, page string) {
		text, captions, err := ReadText("a.html", []byte(page))
		if err != nil {
			return
		}
		if tidy(text) != text {
			t.Fatalf("chưa gọn: %q", text)
		}
		checkSpans(t, Propose("a.html", text, nil, captions...))
	})
}
