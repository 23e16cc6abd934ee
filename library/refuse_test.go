package library_test

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"compress/zlib"
	"fmt"
	"hash/crc32"
	"image"
	"image/png"
	"io"
	"io/fs"
	"os/exec"
	"strings"
	"testing"
	"unicode/utf8"

	"giaoban/internal/fault"
	"giaoban/internal/files"
	"giaoban/library"
)

type part struct{ name, content string }

const (
	typesOf = `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`
	// macrosEnding is declared by a library that many programs write workbooks with.
	macrosEnding = `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>`
	relsOf       = `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%s</Relationships>`
)

// packed makes a zip.
func packed(parts ...part) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, p := range parts {
		w, err := z.Create(p.name)
		if err == nil {
			_, err = io.WriteString(w, p.content)
		}
		if err != nil {
			panic(err)
		}
	}
	z.Close()
	return b.Bytes()
}

// word is a Word file with this text and further parts.
func word(text string, more ...part) []byte {
	return packed(append([]part{{"[Content_Types].xml", typesOf},
		{"word/document.xml", `<w:document xmlns:w="w"><w:body><w:p><w:r><w:t>` + text + `</w:t></w:r></w:p></w:body></w:document>`}}, more...)...)
}

func relation(kind, target string) part {
	return part{"word/_rels/settings.xml.rels", fmt.Sprintf(relsOf, `<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/`+
		kind+`" Target="`+target+`" TargetMode="External"/>`)}
}

func pdf(objects ...string) []byte {
	var b strings.Builder
	b.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	var at []int
	for i, o := range objects {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, n := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", n)
	}
	fmt.Fprintf(&b, "trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, start)
	return []byte(b.String())
}

func deflated(s string) string {
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	io.WriteString(z, s)
	z.Close()
	return b.String()
}

// page is a PDF of one page in a font whose letters are known only to who reads the font.
func page(shown string) []byte {
	content := "BT /F1 20 Tf 100 700 Td (" + shown + ") Tj ET"
	return pdf("<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
		fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(content), content),
		"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding << /Type /Encoding /Differences [65 /T /uni1ED0 /I /M /uni1EAC /T] >> >>")
}

func picture(width int) []byte {
	var b bytes.Buffer
	png.Encode(&b, image.NewGray(image.Rect(0, 0, width, 2)))
	return b.Bytes()
}

// hugePicture says that it has 10¹⁰ points.
func hugePicture() []byte {
	head := []byte("IHDR\x00\x01\x86\xa0\x00\x01\x86\xa0\x08\x00\x00\x00\x00")
	b := append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0d"), head...)
	sum := crc32.ChecksumIEEE(head)
	return append(b, byte(sum>>24), byte(sum>>16), byte(sum>>8), byte(sum))
}

// bomb unpacks to 300 MB; lying says that it is a hundred bytes.
func bomb(lying bool) []byte {
	var body bytes.Buffer
	w, _ := flate.NewWriter(&body, flate.BestCompression)
	block := make([]byte, 1<<20)
	sum := crc32.NewIEEE()
	for range 300 {
		w.Write(block)
		sum.Write(block)
	}
	w.Close()
	size := uint64(300 << 20)
	if lying {
		size = 100
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, p := range []part{{"[Content_Types].xml", typesOf}, {"word/document.xml", "<d/>"}} {
		f, _ := z.Create(p.name)
		io.WriteString(f, p.content)
	}
	f, _ := z.CreateRaw(&zip.FileHeader{Name: "word/media/a.bin", Method: zip.Deflate, CRC32: sum.Sum32(),
		CompressedSize64: uint64(body.Len()), UncompressedSize64: size})
	f.Write(body.Bytes())
	z.Close()
	return b.Bytes()
}

func withHeader(change func(h *zip.FileHeader)) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, p := range []part{{"word/document.xml", "<d/>"}, {"word/x.xml", "<x/>"}} {
		h := &zip.FileHeader{Name: p.name, Method: zip.Store, CRC32: crc32.ChecksumIEEE([]byte(p.content)),
			CompressedSize64: uint64(len(p.content)), UncompressedSize64: uint64(len(p.content))}
		if p.name == "word/x.xml" {
			change(h)
		}
		w, err := z.CreateRaw(h)
		if err != nil {
			panic(err)
		}
		io.WriteString(w, p.content)
	}
	z.Close()
	return b.Bytes()
}

func crowded() []byte {
	parts := make([]part, 5000)
	for i := range parts {
		parts[i].name = fmt.Sprintf("word/a%d.xml", i)
	}
	return word("x", parts...)
}

// entrance keeps a file, looks at it as the door does, and removes what is refused.
func entrance(t *testing.T, s *files.Store, name string, data []byte) error {
	t.Helper()
	stored, err := s.Keep(bytes.NewReader(data), 50<<20)
	if err != nil {
		t.Fatal(err)
	}
	f, err := s.Reader(stored.SHA256)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := library.Refuse(t.Context(), name, stored, f); err != nil {
		if removed := s.Remove(stored.SHA256); removed != nil {
			t.Fatal(removed)
		}
		return err
	}
	return nil
}

func store(t *testing.T) *files.Store {
	t.Helper()
	s, err := files.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestFilesAtTheEntrance(t *testing.T) {
	cases := []struct {
		what, name string
		data       []byte
		refused    string // part of the sentence; "" when the file is taken
	}{
		{"a Word file", "Báo cáo quý I.docx", word("Kết quả công tác"), ""},
		{"a Word file in capitals", "BAOCAO.DOCX", word("Kết quả"), ""},
		{"with a link to click", "a.docx", word("x", relation("hyperlink", "https://example.org/")), ""},
		{"with a template on the own disk", "a.docx", word("x", relation("attachedTemplate", "file:///C:/Users/ha/Normal.dotm")), ""},
		{"a sheet", "so lieu.xlsx", packed(part{"[Content_Types].xml", typesOf}, part{"xl/workbook.xml", "<w/>"}), ""},
		{"an OpenDocument text", "a.odt", packed(part{"mimetype", "application/vnd.oasis.opendocument.text"}, part{"content.xml", "<c/>"}), ""},
		{"a PDF", "ban ky.pdf", pdf("<< /Type /Catalog >>"), "không tự kiểm tra được"},
		{"a PDF with the word in a text", "a.pdf", pdf("<< /Type /Catalog /T (/JavaScript and \\) /JS) >>"), "không tự kiểm tra được"},
		{"a PDF with the word in pixels", "a.pdf", pdf("<< /Length 12 >>\nstream\n /JS /Launch \nendstream"), "không tự kiểm tra được"},
		{"a picture", "anh.png", picture(4), "không tự kiểm tra được"},
		{"a text", "ghi chu.txt", []byte("Họp lúc 8 giờ."), ""},
		{"a table", "so lieu.csv", []byte("org;value\nSYT;8,5\n"), ""},

		{"nothing", "a.docx", nil, "rỗng"},
		{"a macro file by name", "a.docm", word("x"), "macro"},
		{"a macro part", "a.docx", word("x", part{"word/vbaProject.bin", "x"}), "macro"},
		{"a macro part in capitals", "a.docx", word("x", part{"word/VBAPROJECT.BIN", "x"}), "macro"},
		{"a macro type", "a.docx", packed(part{"word/document.xml", "<d/>"}, part{"[Content_Types].xml", strings.Replace(typesOf, "vnd.openxmlformats-officedocument.wordprocessingml.document.main", "vnd.ms-word.document.macroEnabled.main", 1)}), "macro"},
		{"a macro type for an ending that no part has", "a.xlsx", packed(part{"[Content_Types].xml", macrosEnding}, part{"xl/workbook.xml", "<w/>"}), ""},
		{"a macro type for an ending that a part has", "a.xlsx", packed(part{"[Content_Types].xml", macrosEnding}, part{"xl/workbook.xml", "<w/>"}, part{"xl/a.BIN", "x"}), "macro"},
		{"an Excel 4 macro", "a.xlsx", packed(part{"xl/workbook.xml", "<w/>"}, part{"xl/macrosheets/sheet1.xml", "<m/>"}), "macro"},
		{"a program inside", "a.docx", word("x", part{"word/embeddings/a.exe", "MZ"}), "chương trình"},
		{"a Basic macro", "a.odt", packed(part{"mimetype", "application/vnd.oasis.opendocument.text"}, part{"Basic/Standard/M.xml", "<c/>"}), "macro"},
		{"a remote template", "a.docx", word("x", relation("attachedTemplate", "http://example.org/t.dotm")), "bên ngoài"},
		{"a template on another machine", "a.docx", word("x", relation("attachedTemplate", `\\example\t.dotm`)), "bên ngoài"},
		{"a remote object", "a.docx", word("x", relation("oleObject", "https://example.org/x")), "bên ngoài"},
		{"an external entity", "a.docx", word("x", part{"word/x.xml", `<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]><d>&e;</d>`}), "bên ngoài"},
		{"an external entity in relations", "a.docx", word("x", part{"_rels/.rels", `<!DOCTYPE d SYSTEM "http://example.org/d"><d/>`}), "bên ngoài"},
		{"a bomb", "a.docx", bomb(false), "quá lớn"},
		{"a bomb that lies", "a.docx", bomb(true), ""}, // anything but taken: see below
		{"a crowd of parts", "a.docx", crowded(), "không thuộc loại"},
		{"a part above the folder", "a.docx", word("x", part{"../../x.xml", "<x/>"}), "hỏng"},
		{"a link to a file", "a.docx", withHeader(func(h *zip.FileHeader) { h.SetMode(fs.ModeSymlink | 0o777) }), "hỏng"},
		{"a part with a password", "a.docx", withHeader(func(h *zip.FileHeader) { h.Flags |= 1 }), "mật khẩu"},
		{"a torn file", "a.docx", word("x")[:200], "không thuộc loại"},
		{"an encrypted Office file", "a.docx", append([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), make([]byte, 600)...), "mật khẩu"},
		{"an old Word file", "a.doc", append([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), make([]byte, 600)...), ".docx"},
		{"a locked PDF", "a.pdf", pdf("<< /Encrypt 3 0 R >>"), "mật khẩu"},
		{"a PDF with a script", "a.pdf", pdf("<< /OpenAction << /S /JavaScript /JS (app.alert) >> >>"), "JavaScript"},
		{"a PDF with a disguised script", "a.pdf", pdf("<< /S /J#61vaScript >>"), "JavaScript"},
		{"a PDF that starts a program", "a.pdf", pdf("<</S/Launch/F(cmd.exe)>>"), "chương trình"},
		{"a PDF with a script in an object stream", "a.pdf", pdf("<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode >>\nstream\n" + deflated("1 0 << /S /JavaScript >>") + "\nendstream"), "JavaScript"},
		{"a PDF with a file inside", "a.pdf", pdf("<< /Type /EmbeddedFile >>"), "đính kèm"},
		{"a Word file called PDF", "a.pdf", word("x"), "không khớp"},
		{"a PDF called Word", "a.docx", pdf("<< >>"), "không khớp"},
		{"a PDF without an ending", "baocao", pdf("<< >>"), "thiếu phần đuôi"},
		{"a picture that is a zip too", "a.png", append(picture(4), word("x")...), "giấu bên trong"},
		{"a PDF that is a zip too", "a.pdf", append(pdf("<< >>"), word("x")...), "giấu bên trong"},
		{"a picture without end", "a.png", hugePicture(), "quá lớn"},
		{"a torn picture", "a.png", picture(4)[:20], "hỏng"},
		{"a drawing with a script", "a.svg", []byte(`<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>`), "không thuộc loại"},
		{"a page called text", "a.txt", []byte("<html><script>1</script></html>"), "không thuộc loại"},
		{"a program", "a.txt", []byte("MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff"), "không thuộc loại"},
		{"a plain zip", "a.zip", packed(part{"a.txt", "a"}), "không thuộc loại"},
	}
	s := store(t)
	for _, c := range cases {
		err := entrance(t, s, c.name, c.data)
		switch {
		case c.what == "a bomb that lies":
			if !fault.Is(err, fault.KindInvalid) {
				t.Errorf("%s: %v", c.what, err)
			}
		case c.refused == "" && err != nil:
			t.Errorf("%s: %v", c.what, err)
		case c.refused != "" && (!fault.Is(err, fault.KindInvalid) || !strings.Contains(err.Error(), c.refused)):
			t.Errorf("%s: %v, want “%s”", c.what, err, c.refused)
		}
	}
}

func TestASecretPaperIsRefusedAndNothingIsKept(t *testing.T) {
	papers := map[string][]byte{
		"ke hoach.docx": word("TỐI MẬT"),
		"ghi chu.txt":   []byte("TỈNH ỦY\nTUYỆT MẬT\nKế hoạch"),
	}
	if _, err := exec.LookPath("pdftotext"); err == nil {
		papers["ban scan.pdf"] = page("ABC DEF") // TỐI MẬT, for who reads the font
	}
	s := store(t)
	for name, data := range papers {
		err := entrance(t, s, name, data)
		if !fault.Is(err, fault.KindRefused) || strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
		stored, err := s.Keep(bytes.NewReader(data), 1<<20)
		if err != nil || stored.Known {
			t.Errorf("%s was kept (%v)", name, err)
		}
		s.Remove(stored.SHA256)
	}
	if _, err := exec.LookPath("pdftotext"); err == nil {
		if err := entrance(t, s, "thường.pdf", page("DEF")); err == nil {
			t.Error("MẬT alone on its page was taken")
		}
		if err := entrance(t, s, "thường.pdf", page("IMT")); err != nil {
			t.Error(err)
		}
	}
}

func TestNamesOfFilesAreCleaned(t *testing.T) {
	for given, want := range map[string]string{
		"Báo cáo.docx": "Báo cáo.docx", `C:\Users\ha\a.pdf`: "a.pdf", "../../etc/passwd": "passwd", "a\u202efdp.exe": "afdp.exe",
		"": "tep", "...": "tep", ".htaccess": "htaccess", "a\x00b.pdf": "a_b.pdf", "a  b\n.pdf": "a b.pdf", `a"b;c.pdf`: "a_b;c.pdf",
		strings.Repeat("ệ", 300) + ".docx": strings.Repeat("ệ", 80) + ".docx",
	} {
		if got := library.CleanName(given); got != want {
			t.Errorf("%q: %q, want %q", given, got, want)
		}
	}
}

func FuzzCleanName(f *testing.F) {
	f.Add("Báo cáo quý I.docx")
	f.Add("../\x00\u202e.pdf")
	f.Fuzz(func(t *testing.T, name string) {
		got := library.CleanName(name)
		if got == "" || len(got) > 255 || !utf8.ValidString(got) || strings.ContainsAny(got, "/\\\x00\n\r\"") {
			t.Errorf("%q: %q", name, got)
		}
		if again := library.CleanName(got); again != got {
			t.Errorf("%q: %q, then %q", name, got, again)
		}
	})
}

func FuzzNoFileStopsTheProgram(f *testing.F) {
	for _, data := range [][]byte{word("x"), pdf("<< /S /J#61vaScript >>"), picture(2), page("ABC")} {
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, kind := range []string{files.PDF, files.DOCX, files.PNG} {
			library.Contents("a", files.Stored{Size: int64(len(data)), Kind: kind}, data)
		}
	})
}
