package report_test

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/internal/fault"
	"giaoban/internal/officetest"
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
	officetest.Run(t, "--convert-to", to, "--outdir", filepath.Join(dir, "ra"), in)
	out, err := os.ReadFile(filepath.Join(dir, "ra", "bieu."+to))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// What an office fills in with a spreadsheet of its own: 65 cells, 5 of them wrong. The five are named by sheet and
// address, the sixty are kept as a draft, and what is locked stays as it was.
func TestABookFilledInLibreOfficeNamesItsWrongCells(t *testing.T) {
	officetest.Needs(t, "soffice")
	o := newOffice(t, dbtest.Engines(t)[0])
	ob := booked(t, o)
	o.keep(t, ob, report.Draft{Values: map[string]string{"t70": "4"}, Sections: words("").Sections}, 0)
	content := o.book(t, o.focal(0), ob)
	at := places(t, content, "Số liệu")
	var macro strings.Builder
	put := func(cell, how, value string) {
		fmt.Fprintf(&macro, "figures.getCellRangeByName(%q).%s = %s\n", cell, how, value)
	}
	for i := range 55 {
		put(at[fmt.Sprintf("t%02d", i+1)], "Value", fmt.Sprint(i)+map[int]string{0: "", 1: ".5", 2: ".25"}[i%3])
	}
	put(at["kham"], "Value", "5400")
	put(at["kham_nu"], "Formula", `"=D`+at["kham"][1:]+`/2"`)
	put(at["tiem"], "Value", "95")
	put(at["tre"], "Value", "100")
	put(at["giuong"], "Value", "-5")           // wrong: negative
	put(at["sdd"], "Value", "965")             // wrong: of a hundred
	put(at["t68"], "String", `"khoảng nghìn"`) // wrong: no number
	put(at["t69"], "Value", "1.255")           // wrong: too many decimals
	put(at["t58"], "Formula", `"=1/0"`)        // wrong: an error
	fmt.Fprintf(&macro, `If figures.isProtected() And texts.isProtected() And figures.getCellRangeByName("A6").CellProtection.IsLocked `+
		`And figures.getCellRangeByName("E6").CellProtection.IsLocked And Not figures.getCellRangeByName("D6").CellProtection.IsLocked Then `+
		`texts.getCellRangeByName("D8").String = "Kiến nghị bổ sung kinh phí." & Chr(10) & "Kiến nghị thứ hai."`+"\n")
	filled := fillIn(t, content, macro.String())
	if dir := os.Getenv("BOOK_OUT"); dir != "" { // set to look at it
		if err := os.WriteFile(filepath.Join(dir, "bieu.xlsx"), filled, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	c := o.checked(t, ob, filled)
	want := []string{at["giuong"], at["sdd"], at["t58"], at["t68"], at["t69"]}
	var got []string
	for _, w := range c.Wrong {
		got = append(got, w.Cell)
		if w.Sheet != "Số liệu" || w.Problem == "" {
			t.Errorf("%+v", w)
		}
	}
	slices.SortFunc(want, func(a, b string) int { return strings.Compare(fmt.Sprintf("%5s", a[1:]), fmt.Sprintf("%5s", b[1:])) })
	// 55 and 4 that were typed, 1 that stood, and 2 of words: those of the draft and the new ones.
	if !slices.Equal(got, want) || c.Good != 62 || c.Same != 2 || len(c.Changed) != 0 || len(c.New) != 60 || len(c.Formulas) != 1 {
		t.Errorf("wrong %v, not %v: %s\n%s", got, want, c.Sentence(), problemsOf(c))
	}
	o.keep(t, ob, c.Draft, c.Version)
	var saved report.SavedDraft
	o.read(t, func(tx *db.Tx) (err error) {
		saved, err = report.FindDraft(tx, o.focal(0), ob)
		return err
	})
	if len(saved.Values) != 60 || saved.Values["kham_nu"] != "2700" || saved.Values["t02"] != "1,5" || saved.Values["giuong"] != "" || len(saved.Sections) != 2 ||
		len(saved.Sections[1].Paragraphs) != 2 {
		t.Errorf("kept: %d figures, %v, %v", len(saved.Values), saved.Values, saved.Sections)
	}
	ob = o.owes(t, "dai", "2022-Q1", "SYT")
	again := o.checked(t, ob, o.book(t, o.focal(0), ob))
	if len(again.Wrong)+len(again.New)+len(again.Changed) > 0 || again.Good != 63 {
		t.Errorf("written again: %s\n%s", again.Sentence(), problemsOf(again))
	}
}

// fillIn lets LibreOffice open a book, run some lines of Basic on its two sheets, and save it.
func fillIn(t *testing.T, content []byte, lines string) []byte {
	t.Helper()
	dir := t.TempDir()
	library := filepath.Join(officetest.Profile(), "user", "basic", "Standard")
	in, out := filepath.Join(dir, "bieu.xlsx"), filepath.Join(dir, "ra.xlsx")
	basic := `Sub Fill
Dim args(0) As New com.sun.star.beans.PropertyValue
args(0).Name = "Hidden" : args(0).Value = True
doc = StarDesktop.loadComponentFromURL(ConvertToURL("` + in + `"), "_blank", 0, args())
figures = doc.Sheets.getByIndex(0)
texts = doc.Sheets.getByIndex(1)
On Error Resume Next
` + lines + `On Error GoTo 0
doc.calculateAll()
args(0).Name = "FilterName" : args(0).Value = "Calc MS Excel 2007 XML"
doc.storeToURL(ConvertToURL("` + out + `"), args())
doc.close(True)
End Sub
`
	if _, err := os.Stat(library); err != nil { // a profile that is made anew drops what stands in it
		officetest.Run(t, "--terminate_after_init")
	}
	escaped := strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;").Replace(basic)
	for name, text := range map[string]string{
		in: string(content),
		filepath.Join(library, "Module1.xba"): `<?xml version="1.0" encoding="UTF-8"?>` + "\n" + `<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">` +
			`<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">` + escaped + `</script:module>`,
		filepath.Join(library, "script.xlb"): `<?xml version="1.0" encoding="UTF-8"?>` + "\n" + `<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">` +
			`<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false" library:passwordprotected="false">` +
			`<library:element library:name="Module1"/></library:library>`,
		filepath.Join(filepath.Dir(library), "script.xlc"): `<?xml version="1.0" encoding="UTF-8"?>` + "\n" + `<!DOCTYPE library:libraries PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "libraries.dtd">` +
			`<library:libraries xmlns:library="http://openoffice.org/2000/library" xmlns:xlink="http://www.w3.org/1999/xlink">` +
			`<library:library library:name="Standard" xlink:href="$(USER)/basic/Standard/script.xlb/" xlink:type="simple" library:link="false"/></library:libraries>`,
	} {
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	officetest.Run(t, "macro:///Standard.Module1.Fill")
	filled, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	return filled
}

func firstEngine(t *testing.T) dbtest.Engine { return dbtest.Engines(t)[0] }

// A body fills in the book of a period that nobody opened yet: it is by the form that will be in force, empty, and says so.
// Brought along too early it is told, and nothing is lost; once the period is open it is taken.
func TestABookMayBeFilledInBeforeItsPeriodIsOpened(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		now := booked(t, o)
		later, draft := long(), report.Draft{Values: map[string]string{"kham": "100"}}
		later.Indicators = append(later.Indicators, report.Indicator{Code: "moi", Name: "Chỉ tiêu mới", Sector: "yte", Unit: "lượt", Aggregation: report.Sum})
		o.keep(t, now, draft, 0)
		o.write(t, func(tx *db.Tx) error {
			r, err := report.FindRegime(tx, o.officer, "dai")
			if err != nil {
				return err
			}
			f, err := report.SaveForm(tx, o.officer, r.ID, later, 0)
			if err != nil {
				return err
			}
			return report.ActivateForm(tx, o.officer, f.ID, calendar.MustPeriod("2022-Q2"))
		})
		ahead := func(period, body string) (content []byte, err error) {
			o.read(t, func(tx *db.Tx) error {
				content, _, err = report.BookFor(tx, o.focal(0), "dai", calendar.MustPeriod(period), body)
				return nil
			})
			return content, err
		}
		content, err := ahead("2022-Q2", "SYT")
		if err != nil {
			t.Fatal(err)
		}
		at := places(t, content, "Số liệu")
		f, err := excelize.OpenReader(bytes.NewReader(content))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		above := make([]string, 2)
		for i, cell := range []string{"A2", "A3"} {
			above[i], _ = f.GetCellValue("Số liệu", cell)
		}
		figure, _ := f.GetCellValue("Số liệu", at["kham"])
		last, _ := f.GetCellValue("Số liệu", "H"+at["kham"][1:])
		if !strings.Contains(above[0], "KỲ CHƯA MỞ; hạn dự kiến: ") || !strings.HasPrefix(above[1], "Kỳ chưa mở khi lập biểu này: theo biểu mẫu số 2") || at["moi"] == "" || figure+last != "" {
			t.Errorf("%q; of the new form: %q; filled with %q, %q", above, at["moi"], figure, last)
		}

		filled := changed(t, content, "Số liệu", map[string]any{at["moi"]: 5, at["t01"]: "mười"})
		read, err := report.ReadBook(bytes.NewReader(filled), int64(len(filled)))
		if err != nil {
			t.Fatal(err)
		}
		o.read(t, func(tx *db.Tx) error {
			c, err := report.CheckBookOf(tx, o.focal(0), read)
			if err != nil || c.Good != 1 || len(c.Wrong) != 1 || !strings.HasPrefix(c.Note, "Kỳ quý II năm 2022 chưa mở") {
				t.Errorf("checked early: %+v, %v", c, err)
			}
			return nil
		})
		refused := o.refused(t, fault.KindConflict, func(tx *db.Tx) error {
			_, err := report.CheckBook(tx, o.focal(0), now, read)
			return err
		})
		if !strings.Contains(refused.Error(), "Xin giữ tệp; khi Ban mở kỳ, đưa lại đúng tệp này.") {
			t.Errorf("in another report: %v", refused)
		}
		o.write(t, func(tx *db.Tx) error {
			_, err := report.Open(tx, o.officer, "dai", calendar.MustPeriod("2022-Q2"))
			return err
		})
		if c := o.checked(t, o.owes(t, "dai", "2022-Q2", "SYT"), filled); c.Good != 1 || len(c.New) != 1 || c.New[0].Now != "5" || c.Note != "" {
			t.Errorf("taken once it is open: %+v", c)
		}
		for body, want := range map[string]fault.Kind{"BTG": fault.KindForbidden, "XYZ": fault.KindInvalid} {
			if _, err := ahead("2022-Q3", body); !fault.Is(err, want) {
				t.Errorf("for %s: %v", body, err)
			}
		}
		if _, err := ahead("2022-07", "SYT"); !strings.Contains(fmt.Sprint(err), "không phải kỳ của chế độ này") {
			t.Errorf("a month of quarters: %v", err)
		}
	})
}
