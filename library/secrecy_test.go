package library_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"giaoban/document"
	"giaoban/internal/fault"
	"giaoban/internal/files"
	"giaoban/library"
	"giaoban/official"
	"giaoban/official/officialtest"
)

var degrees = []string{official.Confidential, official.Secret, official.TopSecret}

// verdict is what the examination of a file is to end with.
type verdict int

const (
	marked verdict = iota
	innocent
	scanned // asks the sender
)

// specimen is one file of the corpus.
type specimen struct {
	verdict verdict
	level   string // of its mark
	name    string
	data    []byte
}

// specimens are the files of the corpus that are no PDFs, and the PDFs.
func specimens() (others, pdfs []specimen) {
	words := map[string]string{"MẬT": official.Confidential, "TỐI MẬT": official.Secret, "HỎA TỐC - MẬT": official.Confidential}
	harmless := []string{"Báo cáo quý I", "Bảo mật thông tin", "bí mật nhà nước", "Mật độ dân số"}
	for text, level := range words {
		for name, data := range officialtest.Places(text) {
			others = append(others, specimen{marked, level, name, data})
		}
	}
	for name, data := range officialtest.Capitals {
		others = append(others, specimen{marked, "", name, data})
	}
	for _, text := range harmless {
		for name, data := range officialtest.Places(text) {
			others = append(others, specimen{innocent, "", name, data})
		}
	}
	for name, data := range officialtest.InnocentFiles {
		others = append(others, specimen{innocent, "", name, data})
	}

	for _, packed := range []bool{false, true} {
		for text, level := range words {
			for name, data := range pdfPlaces(text, packed) {
				pdfs = append(pdfs, specimen{marked, level, fmt.Sprintf("%s %v.pdf", name, packed), data})
			}
		}
		pdfs = append(pdfs,
			specimen{marked, official.Confidential, "[MẬT] kế hoạch.pdf", plain(packed).text(usual...).bytes()},
			specimen{marked, official.Secret, "TOI MAT_bao cao.pdf", newDraft(packed).scan().bytes()},
			specimen{marked, official.TopSecret, "TUYỆT MẬT - phương án.pdf", newDraft(packed).scan().text(usual...).bytes()},
			specimen{innocent, "", "mat_truoc.pdf", plain(packed).text(usual...).bytes()},
			specimen{innocent, "", "Bảo mật thông tin.pdf", plain(packed).text(usual...).bytes()},
			specimen{scanned, "", "quét.pdf", newDraft(packed).scan().scan().bytes()},
			specimen{scanned, "", "quét một nửa.pdf", newDraft(packed).text(usual...).scan().bytes()})
	}
	for i, text := range harmless {
		for name, data := range pdfPlaces(text, i%2 == 0) {
			ends := innocent
			if strings.Contains(name, "scan") {
				ends = scanned
			}
			pdfs = append(pdfs, specimen{ends, "", fmt.Sprintf("%s: %s.pdf", text, name), data})
		}
	}
	for i, m := range officialtest.MarkedTexts() {
		data := plain(i%2 == 0).text(append(slices.Clone(usual), rows(m.Text)...)...).bytes()
		pdfs = append(pdfs, specimen{marked, degrees[m.Degree-1], fmt.Sprintf("%d.pdf", i), data})
	}
	for i, text := range officialtest.InnocentTexts() {
		data := plain(i%2 == 0).text(append(slices.Clone(usual), rows(text)...)...).bytes()
		pdfs = append(pdfs, specimen{innocent, "", fmt.Sprintf("%d.pdf", i), data})
	}
	return others, pdfs
}

// rows are the lines of a text as they come to stand on a page.
func rows(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("\n\r\v\f\u0085\u2028\u2029", r) })
}

// figures are one column of the table: what was met, and how often it ended as it is to end.
type figures struct{ texts, innocentTexts, files, innocentFiles, pdfs, innocentPDFs, scans share }

// share is so many of so many.
type share struct{ n, of int }

func (s share) String() string { return fmt.Sprintf("%d of %d", s.n, s.of) }

func (s *share) count(is bool) bool {
	s.of++
	if is {
		s.n++
	}
	return is
}

// judged looks at a specimen as the entrance does for its kind: PDFs at the door itself, of other files at what looks for marks.
func judged(t *testing.T, s *files.Store, one specimen) error {
	t.Helper()
	if strings.HasSuffix(one.name, ".pdf") {
		return entrance(t, s, one.name, one.data)
	}
	stored, err := s.Keep(bytes.NewReader(one.data), 50<<20)
	if err != nil {
		t.Fatal(err)
	}
	f, err := s.Reader(stored.SHA256)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	return library.LookForMark(t.Context(), one.name, stored, f)
}

// refusedAs reports whether a file was refused for a mark of this degree, any when it is not named.
func refusedAs(err error, level string) bool {
	return fault.Is(err, fault.KindRefused) && (level == "" || err.Error() == official.SecretError{Level: level}.Error())
}

// corpus runs everything once; reader says that there is one of PDFs.
func corpus(t *testing.T, others, pdfs []specimen, reader bool) (f figures) {
	t.Helper()
	for _, m := range officialtest.MarkedTexts() {
		level, _ := official.SecretMark(m.Text)
		f.texts.count(level == degrees[m.Degree-1])
	}
	for _, text := range officialtest.InnocentTexts() {
		_, found := official.SecretMark(text)
		f.innocentTexts.count(found)
	}
	s := store(t)
	for _, one := range others {
		err := judged(t, s, one)
		switch {
		case one.verdict == marked && !f.files.count(refusedAs(err, one.level)):
			t.Errorf("%s: its mark is not found: %v", one.name, err)
		case one.verdict == innocent && f.innocentFiles.count(refusedAs(err, "")):
			t.Errorf("%s is innocent: %v", one.name, err)
		}
	}
	for _, one := range pdfs {
		err := judged(t, s, one)
		_, named := official.SecretName(one.name)
		told := fault.Is(err, fault.KindInvalid) && !library.Unread(err) && strings.Contains(err.Error(), document.PDFReader)
		if !reader && !named && !told {
			t.Errorf("%s: without a reader of PDFs: %v", one.name, err)
		}
		switch {
		case one.verdict == marked && !f.pdfs.count(refusedAs(err, one.level)) && (reader || named):
			t.Errorf("%s: its mark is not found: %v", one.name, err)
		case one.verdict == innocent && f.innocentPDFs.count(err != nil) && reader:
			t.Errorf("%s is innocent: %v", one.name, err)
		case one.verdict == scanned && !f.scans.count(library.Unread(err)) && reader:
			t.Errorf("%s: a scan is not asked about: %v", one.name, err)
		}
		if refusedAs(err, "") && strings.Contains(err.Error(), one.name) {
			t.Errorf("%s: the refusal tells the name again", one.name)
		}
	}
	return f
}

// The whole corpus of secret marks, with the reader of PDFs and without it: nothing marked comes in, nothing innocent is refused;
// where PDFs cannot be read none is taken, and each is told why.
func TestTheCorpusWithAndWithoutAReaderOfPDFs(t *testing.T) {
	others, pdfs := specimens()
	var with figures
	if _, err := exec.LookPath(document.PDFReader); err == nil {
		with = corpus(t, others, pdfs, true)
	} else if os.Getenv("CI") == "true" {
		t.Fatal("pdftotext is not installed")
	}
	t.Setenv("PATH", t.TempDir())
	without := corpus(t, others, pdfs, false)
	var table strings.Builder
	for _, row := range []struct {
		what         string
		with, withno share
	}{
		{"marked texts found", with.texts, without.texts},
		{"innocent texts refused", with.innocentTexts, without.innocentTexts},
		{"marked files found", with.files, without.files},
		{"innocent files refused", with.innocentFiles, without.innocentFiles},
		{"marked PDFs refused for their mark", with.pdfs, without.pdfs},
		{"innocent PDFs refused", with.innocentPDFs, without.innocentPDFs},
		{"scans asked about", with.scans, without.scans},
	} {
		fmt.Fprintf(&table, "%-36s %14v %14v\n", row.what, row.with, row.withno)
	}
	t.Logf("\n%-36s %14s %14s\n%s", "", "with pdftotext", "without it", table.String())
	if without.innocentPDFs.n != without.innocentPDFs.of || without.scans.n != 0 ||
		without.pdfs.of < 200 || without.innocentPDFs.of < 300 {
		t.Errorf("without a reader of PDFs: %v", without)
	}
}
