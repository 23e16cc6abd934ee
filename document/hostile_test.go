package document

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"giaoban/internal/fault"
)

// hostile is a file made to break readers. Its content is made when it is needed: some are large.
type hostile struct {
	name, file string
	readable   bool
	content    func() []byte
}

func hostileFiles(t *testing.T) []hostile {
	rows := func(n, columns int) string {
		return "<w:tbl>" + strings.Repeat("<w:tr>"+strings.Repeat("<w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc>", columns)+"</w:tr>", n) + "</w:tbl>"
	}
	chunk := func() []byte {
		content := docx(p("", "Trong cùng"), nil)
		for range 12 {
			content = docx(`<w:altChunk r:id="c1"/>`+p("", "Lớp"), parts{"word/ghep.docx": string(content),
				"relations": `<Relationship Id="c1" Type="` + officeRelations + `aFChunk" Target="ghep.docx"/>`})
		}
		return content
	}
	entity := `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>` +
		`<w:document ` + wordSpaces + `><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>`
	sheet := func(body string) []byte { return sheetWith(t, body) }
	million := func() string {
		var b strings.Builder
		for i := range 100_000 {
			fmt.Fprintf(&b, `<row r="%d">%s</row>`, i+1, strings.Repeat(`<c><v>1</v></c>`, 10))
		}
		return b.String()
	}
	return []hostile{
		{"bom nén trong phần chính", "a.docx", false, func() []byte { return docx(p("", strings.Repeat("A", 200<<20)), nil) }},
		{"bom nén trong phần kiểu", "a.docx", false, func() []byte { return docx(p("", "x"), parts{"styles": strings.Repeat("<w:style/>", 8<<20)}) }},
		{"lồng phần tử rất sâu", "a.docx", false, func() []byte { return docx(strings.Repeat("<w:sdt><w:sdtContent>", 100_000), nil) }},
		{"bảng lồng bảng rất sâu", "a.docx", false, func() []byte { return docx(strings.Repeat("<w:tbl><w:tr><w:tc>", 50_000), nil) }},
		{"lồng sâu trong chỗ bỏ qua", "a.docx", false, func() []byte { return docx(strings.Repeat("<w:la>", 1_000_000), nil) }},
		{"một triệu ô", "a.docx", false, func() []byte { return docx(rows(1000, 1000), nil) }},
		{"một ô rộng một triệu cột", "a.docx", false, func() []byte {
			return docx(tbl(tr(tc(`<w:gridSpan w:val="1000000"/>`, "a"), tc(`<w:gridSpan w:val="1000000"/>`, "b"))), nil)
		}},
		{"khai báo thực thể", "a.docx", false, func() []byte { return zipped(parts{"word/document.xml": entity}) }},
		{"chuỗi kiểu đoạn tự dựa vào mình", "a.docx", true, func() []byte {
			return docx(p(`<w:pStyle w:val="A"/>`, "Vẫn đọc"), parts{"styles": `<w:style w:styleId="A"><w:name w:val="a"/><w:basedOn w:val="B"/></w:style><w:style w:styleId="B"><w:basedOn w:val="A"/></w:style>`})
		}},
		{"tệp ghép trong tệp ghép, mười hai lớp", "a.docx", true, func() []byte { return chunk() }},
		{"một triệu đoạn chữ đổi phông", "a.docx", false, func() []byte { return docx("<w:p>"+strings.Repeat(in("A", "a")+in("B", "b"), 60_000)+"</w:p>", nil) }},
		{"một triệu trường mở không đóng", "a.docx", true, func() []byte {
			return docx("<w:p>"+strings.Repeat(`<w:r><w:fldChar w:fldCharType="begin"/></w:r>`, 300_000)+"</w:p>"+p("", "Sau"), nil)
		}},
		{"đường dẫn ra ngoài gói", "a.docx", true, func() []byte {
			return docx(p("", "Trong"), parts{"../../etc/x": "x", "relations": `<Relationship Id="c1" Type="` + officeRelations + `styles" Target="../../../etc/passwd"/>`})
		}},
		{"một triệu ô bảng tính", "a.xlsx", false, func() []byte { return sheet("<sheetData>" + million() + "</sheetData>") }},
		{"bảng tính: hàng cuối cùng có chữ", "a.xlsx", true, func() []byte {
			return sheet(`<sheetData><row r="1048576"><c r="A1048576"><v>5</v></c></row></sheetData>`)
		}},
		{"bảng tính: ô cột rất xa", "a.xlsx", false, func() []byte { return sheet(`<sheetData><row r="1"><c r="XFD1"><v>5</v></c></row></sheetData>`) }},
		{"trang lồng rất sâu", "a.html", false, func() []byte { return []byte(strings.Repeat("<div>", 200_000) + "chữ") }},
		{"trang có một triệu ô", "a.html", false, func() []byte { return []byte("<table>" + strings.Repeat("<tr>"+strings.Repeat("<td>1", 1000), 1000)) }},
		{"trang có ô rộng, cao quá", "a.html", false, func() []byte {
			return []byte("<table><tr>" + strings.Repeat("<td colspan=1000 rowspan=60000>a", 50) + "<tr><td>b<td>c</table>")
		}},
		{"chữ dài mười triệu", "a.txt", false, func() []byte { return bytes.Repeat([]byte("a "), 5<<20) }},
		{"PDF hỏng", "a.pdf", false, func() []byte { return []byte("%PDF-1.4\n" + strings.Repeat("1 0 obj<</Kids[1 0 R]>>endobj\n", 1000)) }},
		{"tệp cũ có mật khẩu mang đuôi mới", "a.docx", false, func() []byte { return append([]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), make([]byte, 4096)...) }},
		{"tệp trống", "a.docx", false, func() []byte { return nil }},
		{"zip không phải văn bản", "a.docx", false, func() []byte { return zipped(parts{"x.txt": "x"}) }},
	}
}

// sheetWith is a workbook whose only sheet has the elements given.
func sheetWith(t *testing.T, body string) []byte {
	t.Helper()
	empty := book(t, func(*excelize.File) {})
	z, err := zip.NewReader(bytes.NewReader(empty), int64(len(empty)))
	if err != nil {
		t.Fatal(err)
	}
	all := make(parts)
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		all[f.Name] = string(content)
	}
	all["xl/worksheets/sheet1.xml"] = `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">` + body + `</worksheet>`
	return zipped(all)
}

// Files made to break readers end with a sentence, soon, and with little of anything.
func TestHostileFilesAreBounded(t *testing.T) {
	for _, c := range hostileFiles(t) {
		content := c.content()
		start := time.Now()
		d, err := Read(t.Context(), c.file, content)
		took := time.Since(start)
		if (err == nil) != c.readable || err != nil && fault.Of(err) == nil {
			t.Errorf("%s: %d blocks, %v", c.name, len(d.Blocks), err)
		}
		if took > 15*time.Second {
			t.Errorf("%s took %v", c.name, took)
		}
		t.Logf("%-42s %8d byte %6.2fs %v", c.name, len(content), took.Seconds(), err)
	}
}

func FuzzReadWordBody(f *testing.F) {
	for _, body := range []string{p(numbered(1, 0), "A", ins("1"), del("2")), tbl(tr(tc(`<w:vMerge/>`, "a"), tc(`<w:gridSpan w:val="3"/>`, p("", in(".VnTime", "Céng"))))),
		`<w:p><w:r><w:fldChar w:fldCharType="end"/><w:sym w:font="Symbol" w:char="F0B7"/></w:r></w:p>`} {
		f.Add(body)
	}
	f.Fuzz(func(t *testing.T, body string) {
		content := docx(body, parts{"numbering": threeLevels, "styles": headings})
		readAny(t, "a.docx", content)
	})
}

func FuzzReadPage(f *testing.F) {
	f.Add("<div class=menu><p>a</p></div><article><h1>Đầu đề của bài</h1><p>" + first + "</p><img><p><em>Ảnh</em></p></article>")
	f.Add("<table><tr><td class=tieude rowspan=2>Giao ban<td colspan=3>" + first + "<br><br>x</table><p style='display:none'><del>1</del>" + strings.Repeat("<div>", 300))
	f.Fuzz(func(t *testing.T, page string) { readAny(t, "a.html", []byte(page)) })
}

func FuzzReadPrinted(f *testing.F) {
	f.Add(`<page width="595" height="842"><flow><block><line xMin="85" yMin="56" xMax="201" yMax="71"><word xMin="85" yMin="56" xMax="120" yMax="71">TT</word></line>` +
		`<line xMin="285" yMin="56" xMax="401" yMax="71"><word xMin="285" yMin="56" xMax="320" yMax="71">Số</word></line></block></flow></page>`)
	f.Fuzz(func(t *testing.T, printed string) {
		d, err := readPrinted("a.pdf", strings.NewReader(printed))
		sound(t, d, err)
	})
}

func readAny(t *testing.T, name string, content []byte) {
	d, err := readHere(name, bytes.NewReader(content), int64(len(content)), 0)
	sound(t, d, err)
}

// sound checks what every reading must keep.
func sound(t *testing.T, d Document, err error) {
	if err != nil {
		if fault.Of(err) == nil {
			t.Fatalf("no sentence: %v", err)
		}
		return
	}
	text, undecided := d.Text()
	for _, r := range undecided {
		if r.Start < 0 || r.Start >= r.End || r.End > len(text) || !figure().MatchString(text[r.Start:r.End]) {
			t.Fatalf("%v is no figure of %q", r, text)
		}
	}
	for _, b := range d.Blocks {
		if b.Kind != Row && oneLine(b.Text) != b.Text || b.Kind == Row && strings.Join(b.Cells, "\t") != b.Text {
			t.Fatalf("not put right: %q", b.Text)
		}
	}
}
