package official

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"giaoban/internal/fault"
	"giaoban/internal/officetest"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu"
	"golang.org/x/text/unicode/norm"
)

func pdfOf(t testing.TB, d Document) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := WritePDF(&b, d); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// pdfPages gives the text of each page of a paper as a PDF.
func pdfPages(t testing.TB, d Document) []string {
	t.Helper()
	officetest.Needs(t, "pdftotext")
	cmd := exec.Command("pdftotext", "-layout", "-", "-")
	cmd.Stdin = bytes.NewReader(pdfOf(t, d))
	text, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSuffix(string(text), "\f"), "\f")
}

// papersOfAllKinds are each kind of paper under each profile, short enough to be signed on the first page.
func papersOfAllKinds() map[string]Document {
	papers := map[string]Document{}
	for _, p := range Profiles() {
		for kind, about := range kinds {
			d := partyReport(p)
			if p.Family == State {
				d = stateReport()
			}
			d.Kind, d.TypeName = kind, about.name
			d.TypeSymbol = p.Symbols[d.TypeName]
			d.Body = Ended(p, append(append([]Block(nil), d.Body[:3]...), figures(2), NumberedItem{Level: 1, Runs: Text(strings.Repeat("Các đơn vị phối hợp thực hiện. ", 6))}))
			switch kind {
			case Letter:
				d.TypeName, d.TypeSymbol, d.Addressed = "", p.LetterSymbol, []string{"Sở Y tế", "Sở Giáo dục và Đào tạo"}
			case Petition, Transfer:
				d.Addressed = []string{"Ban Thường vụ Tỉnh ủy"}
			case Minutes:
				d.Signers = append([]Signer{{Title: "Người ghi biên bản", Name: "Lê Văn Ghi"}}, d.Signers...)
			case Decision, Regulation:
				d.Body = Ended(p, []Block{NumberedItem{Article: true, Runs: Text("Ban hành kèm theo văn bản này phụ lục số liệu")}, NumberedItem{Article: true, Runs: Text("Văn bản có hiệu lực từ ngày ký")}})
			}
			papers[p.Code+"-"+string(kind)] = d
		}
	}
	return papers
}

func TestEveryVietnameseLetterIsInTheFontOfThePDF(t *testing.T) {
	faces, err := pdfFaces()
	if err != nil {
		t.Fatal(err)
	}
	letters := norm.NFC.String(everyLetter + strings.ToUpper(everyLetter))
	marked := 0
	for _, r := range letters {
		if r > 0x7f {
			marked++
		}
		for i, f := range faces {
			if !f.has(r) {
				t.Errorf("mặt chữ %d thiếu %c (U+%04X)", i, r, r)
			}
		}
	}
	if marked != 134 {
		t.Errorf("thử %d chữ có dấu, phải là 134", marked)
	}
}

func TestAPDFIsWholeAndTheSameEachTime(t *testing.T) {
	papers := papersOfAllKinds()
	hd36, _ := ProfileByCode("HD36")
	papers["merged"], papers["waiting"], papers["programme"] = mergedReport(hd36), noticeWithoutNumber(hd36), programme(hd36)
	for name, d := range papers {
		d.Code = Code{"https://giaoban.example/van-ban/1", "0123456789abcdef"}
		file := pdfOf(t, d)
		if !bytes.Equal(file, pdfOf(t, d)) {
			t.Errorf("%s: hai lần in khác nhau", name)
		}
		if err := api.Validate(bytes.NewReader(file), nil); err != nil {
			t.Errorf("%s: pdfcpu: %v", name, err)
		}
		if _, err := exec.LookPath("qpdf"); err == nil {
			at := filepath.Join(t.TempDir(), "a.pdf")
			if err := os.WriteFile(at, file, 0o600); err != nil {
				t.Fatal(err)
			}
			if out, err := exec.Command("qpdf", "--check", at).CombinedOutput(); err != nil {
				t.Errorf("%s: qpdf: %s", name, out)
			}
		}
	}
}

func TestAPDFSaysWhatItIs(t *testing.T) {
	hd36, _ := ProfileByCode("HD36")
	d := mergedReport(hd36)
	d.Proof = "Đầu nhật ký lúc phát hành: 12 abc"
	file := pdfOf(t, d)
	about, err := api.PDFInfo(bytes.NewReader(file), "", nil, false, nil)
	if err != nil {
		t.Fatal(err)
	}
	if about.Title != "Báo cáo kết quả công tác khoa giáo quý I năm 2022" || about.Author != "Ban Tuyên giáo" || about.Subject != d.Proof ||
		!strings.HasPrefix(about.CreationDate, "D:20220405") {
		t.Errorf("thuộc tính: %q %q %q %q", about.Title, about.Author, about.Subject, about.CreationDate)
	}
	if !bytes.Contains(file, []byte("/Lang (vi-VN)")) || !bytes.Contains(file, []byte("/DisplayDocTitle true")) {
		t.Error("thiếu ngôn ngữ hoặc tên trên cửa sổ")
	}
	marks, err := api.Bookmarks(bytes.NewReader(file), nil)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	var walk func(depth int, all []pdfcpu.Bookmark)
	walk = func(depth int, all []pdfcpu.Bookmark) {
		for _, b := range all {
			lines = append(lines, fmt.Sprintf("%d %s", depth, b.Title))
			walk(depth+1, b.Kids)
		}
	}
	walk(0, marks)
	got := strings.Join(lines, "\n")
	for _, want := range []string{"0 Báo cáo kết quả", "1 I. NGUỒN THỨ 1\n2 1. Lĩnh vực 1", "1 XL. NGUỒN THỨ 40", "0 PHỤ LỤC I. Số liệu chi tiết\n0 PHỤ LỤC II. Danh sách đơn vị"} {
		if !strings.Contains(got, want) {
			t.Errorf("dấu trang thiếu %q", want)
		}
	}
	undated := noticeWithoutNumber(hd36)
	if bytes.Contains(pdfOf(t, undated), []byte("/CreationDate")) {
		t.Error("văn bản chưa có ngày mà tệp ghi ngày")
	}
}

func TestEachSignerHasAFieldToSignIn(t *testing.T) {
	hd36, _ := ProfileByCode("HD36")
	for n, d := range map[int]Document{1: partyReport(hd36), 3: programme(hd36)} {
		file := pdfOf(t, d)
		rects := regexp.MustCompile(`/FT /Sig /T \(ChuKy\d\) /TU <FEFF[0-9A-F]+> /F 4 /Rect \[([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+)\]`).FindAllSubmatch(file, -1)
		if len(rects) != n || bytes.Count(file, []byte("/Annots [")) != 1 {
			t.Fatalf("%d chỗ ký, phải là %d", len(rects), n)
		}
		var bottom, top float64
		fmt.Sscan(string(rects[0][2]), &bottom)
		fmt.Sscan(string(rects[0][4]), &top)
		if top-bottom < 70 {
			t.Errorf("chỗ ký cao %.0f pt", top-bottom)
		}
	}
}

func TestALetterThatTheFontLacksIsSaid(t *testing.T) {
	hd36, _ := ProfileByCode("HD36")
	d := partyReport(hd36)
	d.Body = append(d.Body, Paragraph{Runs: Text("Đạt ☑ 漢")})
	err := WritePDF(&bytes.Buffer{}, d)
	if !fault.Is(err, fault.KindInvalid) || !strings.Contains(err.Error(), "U+2611") {
		t.Errorf("%v", err)
	}
}

func TestPagesOfAPDFAreNumberedFromTheSecond(t *testing.T) {
	hd36, _ := ProfileByCode("HD36")
	state := mergedReport(ProfileFor(State, DayOf(2022, 4, 5)))
	number := regexp.MustCompile(`^\s*BẢN MẪU, SỐ LIỆU GIẢ ĐỊNH\n\s*(\d*)\n`)
	for name, d := range map[string]Document{"Party": mergedReport(hd36), "State": state} {
		annex := 0
		for i, page := range pdfPages(t, d) {
			if strings.Contains(page, "PHỤ LỤC I\n") || strings.Contains(page, "Phụ lục I\n") || strings.Contains(page, "Số liệu chi tiết") {
				annex = i
			}
			want := fmt.Sprint(i + 1)
			switch {
			case i == 0, name == "State" && annex == i:
				want = ""
			case name == "State" && annex > 0 && !strings.Contains(page, "Danh sách đơn vị"):
				want = fmt.Sprint(i - annex + 1)
			case strings.Contains(page, "Danh sách đơn vị") && name == "State":
				want = ""
			}
			got := ""
			if m := number.FindStringSubmatch(page); m != nil {
				got = m[1]
			}
			if got != want {
				t.Errorf("%s: trang %d ghi số %q, phải là %q", name, i+1, got, want)
			}
		}
		if annex == 0 {
			t.Errorf("%s: không thấy phụ lục", name)
		}
	}
}

// words counts the words of a text, without the page numbers and the banner.
func wordCount(text string) map[string]int {
	out := map[string]int{}
	for _, w := range strings.Fields(text) {
		out[w]++
	}
	return out
}

// Whatever the heights of rows and the spans of cells are, each word of a table is printed, and once.
func TestNoWordOfATableIsLost(t *testing.T) {
	hd36, _ := ProfileByCode("HD36")
	word := 0
	next := func(n int) string {
		var all []string
		for range n {
			word++
			all = append(all, fmt.Sprintf("w%d", word))
		}
		return strings.Join(all, " ")
	}
	columns := []Column{{Title: "A", Width: 1}, {Title: "B", Width: 3}, {Title: "C", Width: 1}}
	table := func(rows ...[]Cell) Table { return Table{Columns: columns, Rows: rows} }
	tall := table([]Cell{C(next(5)), C(next(2000)), C(next(3))}, []Cell{C(next(1)), C(next(400)), C(next(400))})
	short := Table{Columns: columns}
	for range 120 {
		short.Rows = append(short.Rows, []Cell{C(next(1)), C(next(8)), C(next(1))})
	}
	spanned := Table{Columns: columns}
	for _, span := range []int{3, 60, 2, 12} {
		spanned.Rows = append(spanned.Rows, []Cell{{Runs: Text(next(30 * span)), RowSpan: span}, C(next(5)), C(next(1))})
		for range span - 1 {
			spanned.Rows = append(spanned.Rows, []Cell{C(next(5)), C(next(1))})
		}
	}
	grouped := Table{Columns: columns}
	for range 30 {
		grouped.Rows = append(grouped.Rows, []Cell{{Runs: Text(next(3)), ColSpan: 3}}, []Cell{C(next(1)), C(next(60)), C(next(1))})
	}
	d := noticeWithoutNumber(hd36)
	for _, landscape := range []bool{false, true} {
		d.Annexes = append(d.Annexes, Annex{Title: "Thử", Landscape: landscape, Body: []Block{tall, short, spanned, grouped}})
	}
	printed := wordCount(strings.Join(pdfPages(t, d), "\n"))
	for i := 1; i <= word; i++ {
		if n := printed[fmt.Sprintf("w%d", i)]; n != 2 { // once in each annex
			t.Fatalf("w%d của %d in %d lần, phải là 2", i, word, n)
		}
	}
}

func TestTheHeadOfATableStandsOnEachOfItsPages(t *testing.T) {
	hd36, _ := ProfileByCode("HD36")
	pages := 0
	for _, page := range pdfPages(t, mergedReport(hd36)) {
		if strings.Contains(page, "của ngành giáo dục") {
			pages++
			if !strings.Contains(page, "Kế hoạch") || !strings.Contains(page, "Quý I năm 2022") {
				t.Errorf("bảng không có đầu bảng trên trang %q", page[:60])
			}
		}
	}
	if pages < 4 {
		t.Errorf("bảng chỉ đứng trên %d trang", pages)
	}
}

// The signature never stands alone at the top of a page: two lines of the text go with it.
func TestASignatureHasTextAboveItOnItsPage(t *testing.T) {
	hd36, _ := ProfileByCode("HD36")
	for n := range 45 {
		d := noticeWithoutNumber(hd36)
		d.Body = nil
		for i := range n {
			d.Body = append(d.Body, Paragraph{Runs: Text(fmt.Sprintf("đoạn%d.", i))})
		}
		d.Body = append(d.Body, Paragraph{Runs: Text("cuối " + strings.Repeat("các đơn vị phối hợp thực hiện ", 12))})
		pages := pdfPages(t, d)
		last := pages[len(pages)-1]
		at := strings.Index(last, "TRƯỞNG BAN")
		if at < 0 || !strings.Contains(last, "Nguyễn Văn Mẫu") || !strings.Contains(last[:at], "thực hiện") {
			t.Errorf("%d đoạn: chữ ký đứng một mình", n)
		}
	}
}

func TestAJustifiedLineReachesBothMargins(t *testing.T) {
	set, err := newSetter()
	if err != nil {
		t.Fatal(err)
	}
	style := Style{Size: 14, Align: Justify}
	mixed := para{part: PartBody, runs: []Run{{Text: "Toàn tỉnh duy trì "}, {Text: "một trăm phần trăm", Bold: true}, {Text: " số trường, theo Chỉ thị 20-CT/TW của Ban Bí thư giai đoạn 2022 – 2025, "},
		{Text: strings.Repeat("phối hợp ", 30), Italic: true}}}
	set4 := lines(set.paragraphLetters(mixed, style), 400, 28)
	for i, l := range set4 {
		room := 400.0
		if i == 0 {
			room -= 28
		}
		spaces := 0
		for _, g := range l.letters {
			if drawn(g.r) == ' ' {
				spaces++
			}
		}
		wide := l.wide + l.stretch(room)*float64(spaces)
		if i < len(set4)-1 && (wide < room-0.01 || wide > room+0.01) || wide > room+0.01 {
			t.Errorf("dòng %d rộng %.2f, chỗ %.2f", i, wide, room)
		}
	}
	for _, part := range []string{"20-CT/TW", "2022\u00a0–\u00a02025"} {
		whole := false
		for _, l := range set4 {
			var text strings.Builder
			for _, g := range l.letters {
				text.WriteRune(g.r)
			}
			whole = whole || strings.Contains(strings.ReplaceAll(text.String(), string(noBreakHyphen), "-"), part)
		}
		if !whole {
			t.Errorf("%s bị ngắt dòng", part)
		}
	}
	if long := lines(set.letters(nil, strings.Repeat("W", 100), style, Run{}), 100, 0); len(long) < 10 {
		t.Errorf("một từ dài đứng trên %d dòng", len(long))
	}
}

func BenchmarkPDFOfFortyPages(b *testing.B) {
	hd36, _ := ProfileByCode("HD36")
	d := mergedReport(hd36)
	d.Body = append(d.Body, d.Body[:len(d.Body)/2]...)
	for b.Loop() {
		file := pdfOf(b, d)
		if pages := bytes.Count(file, []byte("/Type /Page\n")); pages < 40 {
			b.Fatalf("%d trang", pages)
		}
	}
}
