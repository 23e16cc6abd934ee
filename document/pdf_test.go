package document

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"giaoban/internal/officetest"
)

// put is a text at a place of a page, in points from its upper left corner.
type put struct {
	x, y, size float64
	text       string
}

// pdf writes pages of texts in a font that every reader has; it holds ASCII letters.
func pdf(pages ...[]put) []byte {
	var kids []string
	var objects []string
	for i, texts := range pages {
		var content strings.Builder
		for _, p := range texts {
			fmt.Fprintf(&content, "BT /F1 %g Tf %g %g Td (%s) Tj ET\n", p.size, p.x, 842-p.y, strings.NewReplacer("(", `\(`, ")", `\)`).Replace(p.text))
		}
		page := 4 + 2*i
		kids = append(kids, fmt.Sprintf("%d 0 R", page))
		objects = append(objects, fmt.Sprintf("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources<</Font<</F1 3 0 R>>>>>>", page+1),
			fmt.Sprintf("<</Length %d>>stream\n%s\nendstream", content.Len(), content.String()))
	}
	objects = append([]string{"<</Type/Catalog/Pages 2 0 R>>", fmt.Sprintf("<</Type/Pages/Kids[%s]/Count %d>>", strings.Join(kids, " "), len(kids)),
		"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"}, objects...)
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

func column(x, y float64, texts ...string) (all []put) {
	for i, text := range texts {
		all = append(all, put{x, y + 14*float64(i), 11, text})
	}
	return all
}

func pdfTraps() []trap {
	left := []string{"Cac nganh trong khoi khoa giao da chu dong", "phoi hop, tham muu cap uy lanh dao thuc hien", "nhiem vu chinh tri, dat nhieu ket qua tot."}
	right := []string{"Trong quy toi, cac don vi tiep tuc phoi hop", "kiem tra, giam sat viec thuc hien nghi quyet", "cua cap uy o cac dia phuong trong ca tinh."}
	table := append(append(column(60, 200, "TT", "1"), column(110, 200, "Noi dung", "Hoan thanh ke hoach", "tiem chung mo rong")...),
		append(column(300, 200, "Chu tri", "So Y te"), column(430, 200, "Thoi han", "30/4/2022")...)...)
	table = append(table, put{60, 248, 11, "2"}, put{110, 248, 11, "Bao cao"}, put{300, 248, 11, "So GDDT"}, put{430, 248, 11, "15/5/2022"})
	running := func(n string, texts ...put) []put {
		return append(append([]put{{200, 30, 10, "Ban tin noi bo so 12"}}, texts...), put{290, 810, 10, n})
	}
	return []trap{
		{name: "PDF: dòng thành đoạn, đoạn thụt đầu dòng", file: "a.pdf", content: pdf(append(column(60, 100, left...), append([]put{{90, 142, 11, "Doan hai thut dau dong va keo"}}, column(60, 156, "dai sang dong nua.")...)...)),
			want: lines("paragraph||Cac nganh trong khoi khoa giao da chu dong phoi hop, tham muu cap uy lanh dao thuc hien nhiem vu chinh tri, dat nhieu ket qua tot.",
				"paragraph||Doan hai thut dau dong va keo dai sang dong nua.")},
		{name: "PDF: hai cột đọc lần lượt", file: "a.pdf", content: pdf(append(column(60, 100, left...), column(320, 100, right...)...)),
			want: lines("paragraph||"+strings.Join(left, " "), "paragraph||"+strings.Join(right, " "))},
		{name: "PDF: bảng theo vị trí, ô nhiều dòng", file: "a.pdf", content: pdf(table),
			want: lines("row||TT ¦ Noi dung ¦ Chu tri ¦ Thoi han", "row||1 ¦ Hoan thanh ke hoach tiem chung mo rong ¦ So Y te ¦ 30/4/2022", "row||2 ¦ Bao cao ¦ So GDDT ¦ 15/5/2022")},
		{name: "PDF: ô canh giữa, số của hàng canh giữa, chữ của hai ô liền nhau", file: "a.pdf", content: pdf([]put{{60, 200, 11, "TT"}, {110, 200, 11, "Noi dung"}, {230, 200, 11, "Chu tri"},
			{110, 220, 11, "Hoan thanh ke hoach"}, {110, 233, 11, "tiem chung mo"}, {110, 246, 11, "rong"}, {62, 233, 11, "1"}, {230, 226.5, 11, "Bao hiem xa"}, {230, 239.5, 11, "hoi tinh"},
			{110, 266, 11, "Bao cao ky thi tot ng"}, {110, 279, 11, "hiep"}, {62, 272.5, 11, "2"}, {230, 266, 11, "So Giao duc"}, {230, 279, 11, "va Dao tao"}}),
			want: lines("row||TT ¦ Noi dung ¦ Chu tri", "row||1 ¦ Hoan thanh ke hoach tiem chung mo rong ¦ Bao hiem xa hoi tinh", "row||2 ¦ Bao cao ky thi tot ng hiep ¦ So Giao duc va Dao tao")},
		{name: "PDF: đề mục ngắn trên mục thụt đầu dòng", file: "a.pdf", content: pdf([]put{{90, 100, 11, "II. NHIEM VU"}, {90, 116, 11, "1. Cac nganh chu dong phoi hop va cung tham muu"}, {60, 130, 11, "cho cap uy."},
			{90, 146, 11, "2. Gui bao cao"}, {90, 162, 11, "III. TO CHUC"}}),
			want: lines("paragraph||II. NHIEM VU", "paragraph||1. Cac nganh chu dong phoi hop va cung tham muu cho cap uy.", "paragraph||2. Gui bao cao", "paragraph||III. TO CHUC")},
		{name: "PDF: đầu trang, số trang bỏ riêng; đoạn sang trang", file: "a.pdf", content: pdf(running("1", column(60, 700, left[:2]...)...), running("2", column(60, 80, left[2])...), running("3", put{60, 80, 11, "Het."})),
			want: lines("paragraph||"+strings.Join(left, " "), "paragraph||Het.")},
		{name: "PDF: trang không có chữ", file: "a.pdf", content: pdf([]put{{60, 100, 11, "Co chu."}}, nil), want: lines("paragraph||Co chu."), problems: []string{"Trang 2 không có chữ"}},
		{name: "PDF: chú thích cuối trang, tên bảng", file: "a.pdf", content: pdf(append(column(60, 100, left...), put{60, 200, 11, "Bang"}, put{60, 700, 8, "1 Theo so lieu cua nganh y te"})),
			want: lines("paragraph||"+strings.Join(left, " "), "paragraph||Bang", "note|1|Theo so lieu cua nganh y te"), problems: []string{"chú thích cuối trang"}},
	}
}

func TestPDFsAreReadByWhereTheWordsStand(t *testing.T) {
	officetest.Needs(t, PDFReader)
	traps := pdfTraps()
	for i := range traps[:6] { // Helvetica has no Vietnamese letters
		traps[i].problems = append(traps[i].problems, "không có dấu tiếng Việt")
	}
	check(t, traps)
	if _, err := Read(t.Context(), "a.pdf", pdf(nil)); err == nil || !strings.Contains(err.Error(), "ảnh quét") {
		t.Errorf("a scan says so: %v", err)
	}
}

// The plain way of pdftotext tears rows apart; by position they are whole, and nothing is lost in either.
func TestPositionsAreBetterThanThePlainWay(t *testing.T) {
	officetest.Needs(t, PDFReader)
	rows, plainRows, kept := 0, 0, 0
	for _, c := range pdfTraps() {
		path := filepath.Join(t.TempDir(), "a.pdf")
		if err := os.WriteFile(path, c.content, 0o600); err != nil {
			t.Fatal(err)
		}
		plain, err := exec.Command(PDFReader, path, "-").Output()
		if err != nil {
			t.Fatal(err)
		}
		d, err := Read(t.Context(), "a.pdf", c.content)
		if err != nil {
			t.Fatal(err)
		}
		text, _ := d.Text()
		without := strings.NewReplacer(".", " ", ",", " ", "\n", " ", "\f", " ", "Ban tin noi bo so 12", " ")
		if words, lost := wordsLost(without.Replace(string(plain)), without.Replace(text)+" 1 2 3"); lost > 0 { // the numbers of pages
			t.Errorf("%s: %d of %d words of the plain way are lost", c.name, lost, words)
		}
		for line := range strings.Lines(c.want) {
			if cells, ok := strings.CutPrefix(strings.TrimSpace(line), "row||"); ok {
				rows++
				if strings.Contains(strings.Join(strings.Fields(string(plain)), " "), strings.ReplaceAll(cells, " ¦", "")) {
					plainRows++
				}
				if strings.Contains(shown(d), cells) {
					kept++
				}
			}
		}
	}
	t.Logf("hàng của bảng còn nguyên: theo vị trí %d/%d, cách thường %d/%d", kept, rows, plainRows, rows)
	if kept < rows || plainRows > kept {
		t.Error("by position rows must be whole")
	}
}

// What LibreOffice opens is read as the Word file it makes of it.
func TestOtherFormatsAreReadThroughLibreOffice(t *testing.T) {
	officetest.Needs(t, "soffice")
	check(t, otherTraps())
}

func otherTraps() []trap {
	rich := `{\rtf1\ansi\deff0{\fonttbl{\f0 Times New Roman;}}Xin ch\u224?o 516 {\b l\u7899?p}\par\trowd\cellx2000\cellx4000\intbl Y t\u7871?\cell 12\cell\row\pard Cu\u7889?i\par}`
	return []trap{{name: "RTF qua LibreOffice", file: "a.rtf", content: []byte(rich), want: lines("paragraph||Xin chào 516 lớp", "row||Y tế ¦ 12", "paragraph||Cuối")}}
}
