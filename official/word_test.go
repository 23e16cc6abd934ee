package official

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"giaoban/internal/fault"

	"giaoban/internal/officetest"
	"giaoban/official/officialtest"
)

func lintedWord(t testing.TB, file []byte, p Profile) []Finding {
	t.Helper()
	found, err := LintFile(t.Context(), "a.docx", file, p, nil)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// What this program writes itself is held against the same rules as anybody's file, and is clean.
func TestOurOwnWordFilesAreClean(t *testing.T) {
	for name, d := range papersOfAllKinds() {
		known := map[string]bool{}
		for _, f := range Lint(d) {
			known[f.Rule] = true
		}
		for _, f := range lintedWord(t, fileOf(t, d), d.Profile) {
			if !known[f.Rule] {
				t.Errorf("%s: %s: %s: %s", name, f.Rule, f.Where, f.Sentence)
			}
		}
	}
}

// rewritten is a Word file with changes in its parts.
func rewritten(t testing.TB, file []byte, change func(name, part string) string) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range z.File {
		part, err := w.Create(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(part, change(f.Name, partOf(t, file, f.Name))); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestWhatIsWrongInAWordFileIsFound(t *testing.T) {
	restyle := func(part Part, change func(*Style)) func(*Document) {
		return func(d *Document) {
			s := d.Profile.Parts[part]
			change(&s)
			d.Profile.Parts[part] = s
		}
	}
	replace := func(from, to string) func(string, string) string {
		return func(name, part string) string {
			if strings.HasPrefix(name, "word/") {
				return strings.ReplaceAll(part, from, to)
			}
			return part
		}
	}
	long := strings.Repeat("Các đơn vị phối hợp thực hiện nhiệm vụ được giao. ", 120)
	for name, c := range map[string]struct {
		profile, rule, where string
		plant                func(*Document)
		change               func(name, part string) string
	}{
		"another font":        {"HD05", "phong-chu", "Đoạn “TỈNH", func(d *Document) { d.Profile.Font = "Arial" }, nil},
		"another paper":       {"HD05", "kho-giay", "", func(d *Document) { d.Profile.Page.Width, d.Profile.Page.Height = 148, 210 }, nil},
		"a narrow margin":     {"HD05", "le-trang", "", func(d *Document) { d.Profile.Page.Margins.Left = 20 }, nil},
		"small letters":       {"HD05", "co-chu", "Đoạn “", restyle(PartBody, func(s *Style) { s.Size = 12 }), nil},
		"a small title":       {"HD05", "co-chu", "Tên loại", restyle(PartTypeName, func(s *Style) { s.Size = 13 }), nil},
		"a ragged text":       {"HD05", "can-le", "Đoạn “", restyle(PartBody, func(s *Style) { s.Align = Left }), nil},
		"a title at the side": {"HD05", "can-le", "Tên loại", restyle(PartTypeName, func(s *Style) { s.Align = Left }), nil},
		"no indent":           {"HD05", "thut-dau-dong", "Đoạn “", restyle(PartBody, func(s *Style) { s.Indent = 0 }), nil},
		"single lines":        {"HD05", "gian-dong", "Đoạn “", restyle(PartBody, func(s *Style) { s.LineExact = 0 }), nil},
		"double lines":        {"ND30", "gian-dong", "Đoạn “", restyle(PartBody, func(s *Style) { s.LineExact = 30 }), nil},
		"no gap":              {"HD05", "cach-doan", "Đoạn “", restyle(PartBody, func(s *Style) { s.Before = 0 }), nil},
		"a thin issuer":       {"HD05", "kieu-chu", "Cơ quan ban hành", restyle(PartIssuer, func(s *Style) { s.Bold = false }), nil},
		"an upright date":     {"HD05", "kieu-chu", "Địa danh, ngày tháng", restyle(PartPlaceDate, func(s *Style) { s.Italic = false }), nil},
		"recipients plain":    {"HD05", "kieu-chu", "Nơi nhận", restyle(PartRecipients, func(s *Style) { s.Underline = false }), nil},
		"no national title":   {"ND30", "thieu-quoc-hieu", "Tiêu ngữ", func(d *Document) { d.Profile.National = d.Profile.National[:1] }, nil},
		"a colon":             {"HD05", "nhan-so", "Số, ký hiệu", func(d *Document) { d.Profile.NumberLabel = "Số: " }, nil},
		"no colon":            {"ND30", "nhan-so", "Số, ký hiệu", func(d *Document) { d.Profile.NumberLabel = "Số " }, nil},
		"a bare number":       {"HD05", "so-khong-du-chu-so", "Số, ký hiệu", func(d *Document) { d.Profile.NumberPad = 1 }, nil},
		"dots":                {"HD05", "quyen-han-lan-lon", "Người ký 1", func(d *Document) { d.Profile.Authorities = map[Authority]string{ForHead: "KT."} }, nil},
		"strokes":             {"ND30", "quyen-han-lan-lon", "Người ký 1", func(d *Document) { d.Profile.Authorities = map[Authority]string{ForHead: "K/T"} }, nil},
		"another end":         {"HD05", "ket-thuc", "Cuối nội dung", func(d *Document) { d.Body = append(d.Body, Paragraph{Runs: Text("Hết")}) }, nil},
		"no recipients":       {"HD05", "thieu-noi-nhan", "Nơi nhận", func(d *Document) { d.Recipients, d.Filing = nil, "" }, nil},
		"no number":           {"HD05", "thieu-so", "Số, ký hiệu", func(d *Document) { d.Kind = Minutes; d.Number, d.BodySymbol = 0, "" }, nil},
		"columns shifted":     {"HD05", "vi-tri", "Số, ký hiệu", nil, replace("<w:trPr><w:cantSplit/></w:trPr><w:tc>", "<w:trPr><w:cantSplit/></w:trPr><w:tc><w:p/></w:tc><w:tc>")},
		"no page number":      {"HD05", "so-trang", "Số trang", func(d *Document) { d.Body = append([]Block{Paragraph{Runs: Text(long)}}, d.Body...) }, replace(" PAGE ", " DATE ")},
		"a number on page 1":  {"HD05", "so-trang", "Số trang", func(d *Document) { d.Body = append([]Block{Paragraph{Runs: Text(long)}}, d.Body...) }, replace("<w:titlePg/>", "")},
		"a bare day":          {"HD05", "ngay-khong-du-chu-so", "Địa danh, ngày tháng", nil, replace("ngày 05 tháng 4 năm 2022", "ngày 5 tháng 4 năm 2022")},
	} {
		source, _ := ProfileByCode(c.profile)
		planted, _ := ProfileByCode(c.profile) // of its own, since styles are kept in a map
		d := partyReport(planted)
		if source.Family == State {
			d = stateReport()
			d.Profile = planted
		}
		has := func(file []byte) bool {
			for _, f := range lintedWord(t, file, source) {
				if f.Rule == c.rule && strings.HasPrefix(f.Where, c.where) {
					return true
				}
			}
			return false
		}
		if has(fileOf(t, d)) {
			t.Errorf("%s: %s đã có trước khi làm sai", name, c.rule)
		}
		if c.plant != nil {
			c.plant(&d)
		}
		file := fileOf(t, d)
		if c.change != nil {
			file = rewritten(t, file, c.change)
		}
		if !has(file) {
			t.Errorf("%s: không tìm thấy %s (%s) trong %v", name, c.rule, c.where, lintedWord(t, file, source))
		}
	}
}

// A file of no office at all is read without harm, and told what it lacks.
func TestAWordFileThatIsNoPaperIsTold(t *testing.T) {
	hd05, _ := ProfileByCode("HD05")
	bare := zipParts(t, map[string]string{"word/document.xml": `<w:document xmlns:w="x"><w:body><w:p><w:r><w:t>Xin chào</w:t></w:r></w:p></w:body></w:document>`})
	rules := map[string]bool{}
	for _, f := range lintedWord(t, bare, hd05) {
		rules[f.Rule] = true
	}
	for _, want := range []string{"thieu-quoc-hieu", "thieu-so", "thieu-ngay", "thieu-co-quan", "thieu-noi-nhan", "phong-chu"} {
		if !rules[want] {
			t.Errorf("thiếu %s trong %v", want, rules)
		}
	}
	for name, file := range map[string][]byte{"no zip": []byte("PK\x03\x04 nửa tệp"), "no text": zipParts(t, map[string]string{"a.xml": "<a/>"}),
		"an entity": zipParts(t, map[string]string{"word/document.xml": `<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>`}),
		"a heap":    zipParts(t, map[string]string{"word/document.xml": strings.Repeat("<a>", 5000)})} {
		if _, err := LintFile(t.Context(), "a.docx", file, hd05, nil); fault.Of(err) == nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func zipParts(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for name, text := range parts {
		part, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(part, text); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// FuzzLintFile looks for a text that stops the reader.
func FuzzLintFile(f *testing.F) {
	hd05, _ := ProfileByCode("HD05")
	f.Add(partOf(f, fileOf(f, partyReport(hd05)), "word/document.xml"))
	f.Add(`<w:p><w:tbl><w:tc><w:tr><w:p><w:t>Số 05-BC/X</w:t></w:tr></w:p></w:tbl>`)
	f.Fuzz(func(t *testing.T, text string) {
		file := zipParts(t, map[string]string{"word/document.xml": text})
		if marked, _, err := MarkedCopy(t.Context(), "a.docx", file, hd05, nil); err == nil {
			if _, err := LintFile(t.Context(), "a.docx", marked, hd05, nil); err != nil {
				t.Errorf("bản đánh dấu không đọc lại được: %v", err)
			}
		}
	})
}

// A paper keeps its layout on its way through OpenDocument, and through another program that writes Word files.
func TestAPaperIsReadFromOpenDocument(t *testing.T) {
	officetest.Needs(t, "soffice")
	dir := t.TempDir()
	for code, d := range map[string]Document{"HD36": papersOfAllKinds()["HD36-bao-cao"], "ND30": papersOfAllKinds()["ND30-bao-cao"]} {
		p, _ := ProfileByCode(code)
		from := filepath.Join(dir, code+".docx")
		if err := os.WriteFile(from, fileOf(t, d), 0o600); err != nil {
			t.Fatal(err)
		}
		officetest.Run(t, "--convert-to", "odt", "--outdir", dir, from)
		odt, err := os.ReadFile(filepath.Join(dir, code+".odt"))
		if err != nil {
			t.Fatal(err)
		}
		found, err := LintFile(t.Context(), "a.odt", odt, p, nil)
		if err != nil {
			t.Fatal(err)
		}
		own := lintedWord(t, fileOf(t, d), p)
		if !slices.Equal(found, own) {
			t.Errorf("%s: qua OpenDocument: %v\nbản gốc: %v", code, found, own)
		}
	}
	if _, err := LintFile(t.Context(), "a.odt", []byte("PK nửa tệp"), Profiles()[0], nil); fault.Of(err) == nil {
		t.Errorf("%v", err)
	}
	if _, err := LintFile(t.Context(), "a.doc", nil, Profiles()[0], nil); fault.Of(err) == nil {
		t.Errorf("%v", err)
	}
}

func TestAMarkedCopySaysWhereAndStaysTheSamePaper(t *testing.T) {
	hd05, _ := ProfileByCode("HD05")
	planted, _ := ProfileByCode("HD05")
	d := partyReport(planted)
	d.Profile.Font, d.Profile.NumberLabel = "Arial", "Số: "
	file := fileOf(t, d)
	marked, found, err := MarkedCopy(t.Context(), "a.docx", file, hd05, nil)
	if err != nil || len(found) < 3 || !slices.Equal(found, lintedWord(t, file, hd05)) {
		t.Fatalf("%v %v", err, found)
	}
	comments, doc := partOf(t, marked, commentsPart), partOf(t, marked, "word/document.xml")
	for i, f := range found {
		if !strings.Contains(comments, escape(f.Where+": "+f.Sentence)) {
			t.Errorf("thiếu ghi chú %s", f.Sentence)
		}
		for _, end := range []string{"commentRangeStart", "commentRangeEnd", "commentReference"} {
			if n := len(regexp.MustCompile(`<w:`+end+`[^>]* w:id="`+strconv.Itoa(i)+`"/>`).FindAllString(doc, -1)); n != 1 {
				t.Errorf("%s %d: %d lần", end, i, n)
			}
		}
	}
	at := strings.Index(comments, "không viết “Số:”")
	id := regexp.MustCompile(`w:id="(\d+)"`).FindAllStringSubmatch(comments[:at], -1)
	number := id[len(id)-1][1]
	_, after, _ := strings.Cut(doc, `<w:commentRangeStart`+markNames+` w:id="`+number+`"/>`)
	if within, _, _ := strings.Cut(after, `<w:commentRangeEnd`+markNames+` w:id="`+number+`"/>`); !strings.Contains(within, "Số: 05-BC/BTGTU") || strings.Contains(within, "</w:p>") {
		t.Errorf("ghi chú về số đứng ở %q", within)
	}
	texts := func(file []byte) (all []string) {
		read, err := officialtest.Paragraphs(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range read {
			all = append(all, p.Text)
		}
		return all
	}
	if !slices.Equal(texts(file), texts(marked)) {
		t.Error("bản đánh dấu có lời khác")
	}
	twice, again, err := MarkedCopy(t.Context(), "a.docx", marked, hd05, nil)
	if err != nil || !slices.Equal(again, found) || strings.Count(partOf(t, twice, commentsPart), "<w:comment ") != 2*len(found) ||
		strings.Count(partOf(t, twice, "[Content_Types].xml"), commentsType) != 1 {
		t.Errorf("đánh dấu lần hai: %v %v", err, again)
	}
	bare := zipParts(t, map[string]string{"[Content_Types].xml": "<Types></Types>", "word/document.xml": `<w:document xmlns:w="x"><w:body><w:p/><w:p><w:r><w:t>Xin chào</w:t></w:r></w:p></w:body></w:document>`})
	if marked, _, err = MarkedCopy(t.Context(), "a.docx", bare, hd05, nil); err != nil || !strings.Contains(partOf(t, marked, "word/_rels/document.xml.rels"), "comments.xml") {
		t.Errorf("tệp trơn: %v", err)
	}
}

// The copy opens in another program, with its comments.
func TestAMarkedCopyOpensInLibreOffice(t *testing.T) {
	officetest.Needs(t, "soffice")
	hd05, _ := ProfileByCode("HD05")
	marked, found, err := MarkedCopy(t.Context(), "a.docx", fileOf(t, stateReport()), hd05, nil)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	from := filepath.Join(dir, "a.docx")
	if err := os.WriteFile(from, marked, 0o600); err != nil {
		t.Fatal(err)
	}
	officetest.Run(t, "--convert-to", "odt", "--outdir", dir, from)
	odt, err := os.ReadFile(filepath.Join(dir, "a.odt"))
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Count(partOf(t, odt, "content.xml"), "<office:annotation "); got != len(found) {
		t.Errorf("%d ghi chú, phải là %d", got, len(found))
	}
}
