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

// Files made to break readers end with a sentence, soon, and with little of anything.
func TestHostileFilesAreBounded(t *testing.T) {
	rows := func(n, columns int) string {
		return "<w:tbl>" + strings.Repeat("<w:tr>"+strings.Repeat("<w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc>", columns)+"</w:tr>", n) + "</w:tbl>"
	}
	chunk := docx(p("", "Trong cùng"), nil)
	for range 12 {
		chunk = docx(`<w:altChunk r:id="c1"/>`+p("", "Lớp"), parts{"word/ghep.docx": string(chunk),
			"relations": `<Relationship Id="c1" Type="` + officeRelations + `aFChunk" Target="ghep.docx"/>`})
	}
	entity := `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>` +
		`<w:document ` + wordSpaces + `><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>`
	empty := book(t, func(*excelize.File) {})
	sheet := func(body string) []byte {
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
	var million strings.Builder
	for i := range 100_000 {
		fmt.Fprintf(&million, `<row r="%d">%s</row>`, i+1, strings.Repeat(`<c><v>1</v></c>`, 10))
	}
	for _, c := range []struct {
		name, file string
		content    []byte
		readable   bool
	}{
		{"bom nén trong phần chính", "a.docx", docx(p("", strings.Repeat("A", 200<<20)), nil), false},
		{"bom nén trong phần kiểu", "a.docx", docx(p("", "x"), parts{"styles": strings.Repeat("<w:style/>", 8<<20)}), false},
		{"lồng phần tử rất sâu", "a.docx", docx(strings.Repeat("<w:sdt><w:sdtContent>", 100_000), nil), false},
		{"bảng lồng bảng rất sâu", "a.docx", docx(strings.Repeat("<w:tbl><w:tr><w:tc>", 50_000), nil), false},
		{"lồng sâu trong chỗ bỏ qua", "a.docx", docx(strings.Repeat("<w:la>", 1_000_000), nil), false},
		{"một triệu ô", "a.docx", docx(rows(1000, 1000), nil), false},
		{"một ô rộng một triệu cột", "a.docx", docx(tbl(tr(tc(`<w:gridSpan w:val="1000000"/>`, "a"), tc(`<w:gridSpan w:val="1000000"/>`, "b"))), nil), false},
		{"khai báo thực thể", "a.docx", zipped(parts{"word/document.xml": entity}), false},
		{"chuỗi kiểu đoạn tự dựa vào mình", "a.docx", docx(p(`<w:pStyle w:val="A"/>`, "Vẫn đọc"), parts{"styles": `<w:style w:styleId="A"><w:name w:val="a"/><w:basedOn w:val="B"/></w:style><w:style w:styleId="B"><w:basedOn w:val="A"/></w:style>`}), true},
		{"tệp ghép trong tệp ghép, mười hai lớp", "a.docx", chunk, true},
		{"một triệu đoạn chữ đổi phông", "a.docx", docx("<w:p>"+strings.Repeat(in("A", "a")+in("B", "b"), 60_000)+"</w:p>", nil), false},
		{"một triệu trường mở không đóng", "a.docx", docx("<w:p>"+strings.Repeat(`<w:r><w:fldChar w:fldCharType="begin"/></w:r>`, 300_000)+"</w:p>"+p("", "Sau"), nil), true},
		{"đường dẫn ra ngoài gói", "a.docx", docx(p("", "Trong"), parts{"../../etc/x": "x", "relations": `<Relationship Id="c1" Type="` + officeRelations + `styles" Target="../../../etc/passwd"/>`}), true},
		{"một triệu ô bảng tính", "a.xlsx", sheet("<sheetData>" + million.String() + "</sheetData>"), false},
		{"bảng tính: hàng cuối cùng có chữ", "a.xlsx", sheet(`<sheetData><row r="1048576"><c r="A1048576"><v>5</v></c></row></sheetData>`), true},
		{"bảng tính: ô cột rất xa", "a.xlsx", sheet(`<sheetData><row r="1"><c r="XFD1"><v>5</v></c></row></sheetData>`), false},
		{"trang lồng rất sâu", "a.html", []byte(strings.Repeat("<div>", 200_000) + "chữ"), false},
		{"trang có một triệu ô", "a.html", []byte("<table>" + strings.Repeat("<tr>"+strings.Repeat("<td>1", 1000), 1000)), false},
		{"trang có ô rộng, cao quá", "a.html", []byte("<table><tr>" + strings.Repeat("<td colspan=1000 rowspan=60000>a", 50) + "<tr><td>b<td>c</table>"), false},
		{"chữ dài mười triệu", "a.txt", bytes.Repeat([]byte("a "), 5<<20), false},
		{"PDF hỏng", "a.pdf", []byte("%PDF-1.4\n" + strings.Repeat("1 0 obj<</Kids[1 0 R]>>endobj\n", 1000)), false},
		{"tệp cũ có mật khẩu mang đuôi mới", "a.docx", append([]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), make([]byte, 4096)...), false},
		{"tệp trống", "a.docx", nil, false},
		{"zip không phải văn bản", "a.docx", zipped(parts{"x.txt": "x"}), false},
	} {
		start := time.Now()
		d, err := Read(t.Context(), c.file, c.content)
		took := time.Since(start)
		if (err == nil) != c.readable || err != nil && fault.Of(err) == nil {
			t.Errorf("%s: %d blocks, %v", c.name, len(d.Blocks), err)
		}
		if took > 15*time.Second {
			t.Errorf("%s took %v", c.name, took)
		}
		t.Logf("%-42s %8d byte %6.2fs %v", c.name, len(c.content), took.Seconds(), err)
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
