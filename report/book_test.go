package report_test

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/report"

	"github.com/xuri/excelize/v2"
)

// long is an outline of 70 figures of health beside those with every rule.
func long() report.Outline {
	o := guarded()
	o.AskFar = false
	o.Sections = append(o.Sections, report.Section{Code: report.SectionProposals})
	for i := range 70 {
		o.Indicators = append(o.Indicators, report.Indicator{Code: fmt.Sprintf("t%02d", i+1), Name: fmt.Sprintf("Trạm y tế loại %d", i+1), Unit: "trạm",
			Sector: "yte", Aggregation: report.Sum, Decimals: i % 3})
	}
	o.Indicators = append(o.Indicators, report.Indicator{Code: "xa", Name: "Xã đạt chuẩn", Unit: "xã", Sector: "yte", Aggregation: report.Last, Fraction: report.PartTotal})
	return o
}

// booked is the office with that form, its first quarter open.
func booked(t *testing.T, o *office) report.Obligation {
	t.Helper()
	o.regime(t, "dai", calendar.Quarter, calendar.ND09, long())
	o.write(t, func(tx *db.Tx) error {
		_, err := report.Open(tx, o.officer, "dai", calendar.MustPeriod("2022-Q1"))
		return err
	})
	return o.owes(t, "dai", "2022-Q1", "SYT")
}

func (o *office) owes(t *testing.T, regime, period, body string) (ob report.Obligation) {
	t.Helper()
	o.read(t, func(tx *db.Tx) (err error) {
		ob, err = report.ObligationByCode(tx, o.officer, regime, calendar.MustPeriod(period), body)
		return err
	})
	return ob
}

func (o *office) book(t *testing.T, by access.Actor, ob report.Obligation) (content []byte) {
	t.Helper()
	o.read(t, func(tx *db.Tx) (err error) {
		content, err = report.Book(tx, by, ob)
		return err
	})
	return content
}

func (o *office) checked(t *testing.T, ob report.Obligation, content []byte) (c report.BookCheck) {
	t.Helper()
	read, err := report.ReadBook(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	o.read(t, func(tx *db.Tx) (err error) {
		c, err = report.CheckBook(tx, o.focal(0), ob, read)
		return err
	})
	return c
}

func (o *office) keep(t *testing.T, ob report.Obligation, d report.Draft, version int64) {
	t.Helper()
	o.write(t, func(tx *db.Tx) error {
		_, err := report.SaveDraft(tx, o.focal(0), ob, d, version)
		return err
	})
}

// changed opens a workbook and changes cells: words are strings, numbers numbers, formulas begin with "=".
func changed(t *testing.T, content []byte, sheet string, cells map[string]any) []byte {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for at, v := range cells {
		if text, ok := v.(string); ok && strings.HasPrefix(text, "=") {
			err = f.SetCellFormula(sheet, at, text[1:])
		} else {
			err = f.SetCellValue(sheet, at, v)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// places finds the cell of each code of a sheet.
func places(t *testing.T, content []byte, sheet string) map[string]string {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	at := make(map[string]string)
	for i, row := range rows {
		if len(row) > 0 && row[0] != "" && at[row[0]] == "" {
			at[row[0]] = fmt.Sprintf("D%d", i+1)
		}
	}
	return at
}

func problemsOf(c report.BookCheck) string {
	var lines []string
	for _, w := range c.Wrong {
		lines = append(lines, w.Sheet+"!"+w.Cell+": "+w.Problem)
	}
	return strings.Join(lines, "\n")
}

// written is a draft with every way in which a figure is typed.
func written() report.Draft {
	return report.Draft{
		Values: map[string]string{"kham": "1.915.509", "kham_nu": "ước 900000", "sdd": "96,125", "tang": "-7,8", "ke_hoach": "120.5", "xa": "6/8", "t01": "0",
			"t03": "0,1", "tien": "9007199254740,993", "t07": "chưa rõ"},
		Estimates: map[string]bool{"t01": true},
		Notes:     map[string]string{"far:kham": "Khám lưu động toàn tỉnh."},
		Sections: []report.SectionText{{Section: report.SectionResults, Sector: "yte", Paragraphs: []string{"=1+1 là hai.", "Đoạn _x000D_ hai.", "'Đoạn ba", "Bốn",
			strings.Repeat("Năm ", 2000) + "."}}},
	}
}

// What goes out and comes back untouched says what was there before, to the letter, also through another program's file.
func TestABookComesBackAsItWentOut(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		ob := booked(t, o)
		o.keep(t, ob, written(), 0)
		content := o.book(t, o.focal(0), ob)
		if !bytes.Equal(content, o.book(t, o.focal(0), ob)) {
			t.Error("two books of one draft differ")
		}
		check := func(how string, content []byte) {
			c := o.checked(t, ob, content)
			if want := "Số liệu!D24: Trạm y tế loại 7: “chưa rõ” không đọc được thành số"; !strings.HasPrefix(problemsOf(c), want) || len(c.Wrong) != 1 {
				t.Errorf("%s: %s", how, problemsOf(c))
			}
			if len(c.New)+len(c.Changed) > 0 || c.Good != 14 || c.Same != 14 {
				t.Errorf("%s: %s; %.500v %.500v", how, c.Sentence(), c.New, c.Changed)
			}
			want := written()
			if !maps.Equal(c.Draft.Values, want.Values) || !maps.Equal(c.Draft.Notes, want.Notes) || !maps.Equal(c.Draft.Estimates, want.Estimates) ||
				fmt.Sprint(c.Draft.Sections) != fmt.Sprint(trimmed(want.Sections)) {
				t.Errorf("%s: the draft became %.900v", how, c.Draft)
			}
		}
		check("untouched", content)
		if ods := convert(t, content, "xlsx", "ods"); ods != nil {
			check("through LibreOffice", convert(t, ods, "ods", "xlsx"))
		}
	})
}

func trimmed(all []report.SectionText) []report.SectionText {
	for _, s := range all {
		for i, p := range s.Paragraphs {
			s.Paragraphs[i] = strings.TrimSpace(p)
		}
	}
	return all
}

// convert has LibreOffice save a file in another format; nil where it is not on this machine.
func convert(t *testing.T, content []byte, from, to string) []byte {
	t.Helper()
	if testing.Short() || !strings.HasSuffix(t.Name(), "SQLite") { // the file does not depend on where the draft was kept
		return nil
	}
	dir := t.TempDir()
	in := filepath.Join(dir, "bieu."+from)
	if err := os.WriteFile(in, content, 0o600); err != nil {
		t.Fatal(err)
	}
	libreOffice(t, "--convert-to", to, "--outdir", filepath.Join(dir, "ra"), in)
	out, err := os.ReadFile(filepath.Join(dir, "ra", "bieu."+to))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// libreOffice runs it in a folder of its own.
func libreOffice(t *testing.T, args ...string) {
	t.Helper()
	if _, err := exec.LookPath("soffice"); err != nil {
		t.Skip("soffice không có trên máy này")
	}
	args = append([]string{"-env:UserInstallation=file://" + filepath.ToSlash(filepath.Join(os.TempDir(), "lo_report")), "--headless"}, args...)
	if out, err := exec.Command("soffice", args...).CombinedOutput(); err != nil {
		t.Fatalf("soffice: %v\n%s", err, out)
	}
}

