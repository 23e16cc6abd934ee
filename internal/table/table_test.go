package table_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"giaoban/internal/fault"
	"giaoban/internal/officetest"
	"giaoban/internal/table"
)

func read(t *testing.T, content []byte) []table.Row {
	t.Helper()
	rows, err := table.Read(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestEveryWayOfBringingATableReadsTheSame(t *testing.T) {
	want := [][]string{{"Tên", "Ghi chú"}, {"Sở Y tế", `"nháy", và; phẩy`}, {"Xã Vạn Thắng", "96,125"}}
	var xlsx, csv bytes.Buffer
	if err := table.XLSX(&xlsx, "Cơ quan", want); err != nil {
		t.Fatal(err)
	}
	if err := table.CSV(&csv, want); err != nil {
		t.Fatal(err)
	}
	first := read(t, xlsx.Bytes())
	pasted, err := table.Pasted(table.Text(first))
	if err != nil {
		t.Fatal(err)
	}
	semicolons := "Tên;Ghi chú\r\nSở Y tế;\"\"\"nháy\"\", và; phẩy\"\r\nXã Vạn Thắng;96,125\r\n"
	for way, rows := range map[string][]table.Row{"xlsx": first, "csv": read(t, csv.Bytes()), "pasted": pasted, "semicolons": read(t, []byte(semicolons))} {
		for i, row := range want {
			if i >= len(rows) || rows[i].No != i+1 || fmt.Sprint(rows[i].Cells) != fmt.Sprint(row) {
				t.Errorf("%s: %v, not %v", way, rows, want)
				break
			}
		}
	}
}

func TestNoCellOfAFileIsAFormula(t *testing.T) {
	want := []string{"=1+1", "+84 258", "-cmd|x", "@SUM(A1)", "'=quoted", "'plain", "-5", "+1.250,5", "Sở Y tế"}
	var csv, xlsx bytes.Buffer
	if err := table.CSV(&csv, [][]string{want}); err != nil {
		t.Fatal(err)
	}
	if err := table.XLSX(&xlsx, "Thử", [][]string{want}); err != nil {
		t.Fatal(err)
	}
	head := "\uFEFF'=1+1,'+84 258,'-cmd|x,'@SUM(A1),''=quoted,'plain,-5,\"+1.250,5\",Sở Y tế\n"
	if csv.String() != head {
		t.Errorf("%q", csv.String())
	}
	for name, content := range map[string][]byte{"csv": csv.Bytes(), "xlsx": xlsx.Bytes()} {
		if got := read(t, content)[0].Cells; name == "csv" && fmt.Sprint(got) != fmt.Sprint(want) || got[0] != "=1+1" {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// What a spreadsheet would take for a day, an hour or a number stays the words it is, and comes in again as it went out.
func TestWordsOfAFileBecomeNoDays(t *testing.T) {
	words := []string{"6/8", "1/4/2022", "2022-03", "3-4", "14:00", "1.4.2022", "0258", "12E3", "1234567890123456"}
	numbers := []string{"5", "-5", "1250", "96,5"}
	var out bytes.Buffer
	if err := table.CSV(&out, [][]string{append(slices.Clone(words), numbers...), {"8/6/2022"}}); err != nil {
		t.Fatal(err)
	}
	bare := strings.Replace(out.String(), "\t8/6/2022", "8/6/2022", 1) // the planted one: it is a day where nothing guards it
	if got := read(t, out.Bytes())[0].Cells; !slices.Equal(got, append(slices.Clone(words), numbers...)) {
		t.Errorf("read again: %q", got)
	}
	kinds := openedByLibreOffice(t, bare)
	for i, kind := range kinds {
		want := "string"
		switch {
		case i >= len(words)+len(numbers):
			want = "date"
		case i >= len(words):
			want = "float"
		}
		if kind != want {
			t.Errorf("cell %d is taken for a %s, want %s", i+1, kind, want)
		}
	}
	if len(kinds) != len(words)+len(numbers)+1 {
		t.Errorf("%d cells: %q", len(kinds), kinds)
	}
}

// openedByLibreOffice gives the kind of each cell of a file as a Vietnamese office opens it, days recognised.
func openedByLibreOffice(t *testing.T, text string) (kinds []string) {
	t.Helper()
	dir := t.TempDir()
	file := filepath.Join(dir, "bang.csv")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	officetest.Run(t, "--infilter=CSV:44,34,76,1,,1066,false,true", "--convert-to", "fods", "--outdir", dir, file)
	sheet, err := os.ReadFile(filepath.Join(dir, "bang.fods"))
	if err != nil {
		t.Fatal(err)
	}
	for _, found := range regexp.MustCompile(`calcext:value-type="([a-z]+)"`).FindAllSubmatch(sheet, -1) {
		kinds = append(kinds, string(found[1]))
	}
	return kinds
}

func TestNumbersOfLinesAreThoseOfTheSender(t *testing.T) {
	rows, err := table.Pasted("Tên\n\n  \t \nSở Y tế\t\n\"hai\ndòng\"\tb\ncuối")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, r := range rows {
		got = append(got, fmt.Sprint(r.No, r.Cells))
	}
	if want := "[1 [Tên] 4 [Sở Y tế ] 5 [hai dòng b] 7 [cuối]]"; fmt.Sprint(got) != want {
		t.Errorf("%v, not %s", got, want)
	}
}

// bookOf is a workbook as Excel writes it: shared strings, a hidden sheet first, numbers, a far cell with only a colour.
func bookOf(t *testing.T, sheet string, styles ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	parts := map[string]string{
		"xl/workbook.xml": `<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>` +
			`<sheet name="Ẩn" state="hidden" r:id="rId1"/><sheet name="Danh sách" r:id="rId2"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="rId1" Target="worksheets/khong.xml"/><Relationship Id="rId2" Target="/xl/worksheets/hai.xml"/></Relationships>`,
		"xl/sharedStrings.xml":       `<sst><si><t>Tên</t></si><si><r><t>Sở </t></r><r><t>Y tế</t></r><rPh><t>x</t></rPh></si></sst>`,
		"xl/worksheets/hai.xml":      `<worksheet><sheetData>` + sheet + `</sheetData></worksheet>`,
	}
	if len(styles) > 0 {
		parts["xl/styles.xml"] = styles[0]
	}
	for name, text := range parts {
		f, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		f.Write([]byte(text))
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestAWorkbookIsReadAsExcelShowsIt(t *testing.T) {
	rows := read(t, bookOf(t, `<row r="2"><c r="A2" t="s"><v>0</v></c><c r="C2"><v>96.125</v></c><c r="XFD2" s="4"/></row>`+
		`<row r="9"><c r="A9" t="s"><v>1</v></c><c r="B9"><f>1+1</f><v>2</v></c><c r="C9"><v>1E-3</v></c></row>`))
	if got := fmt.Sprint(rows); got != "[{2 [Tên  96,125] []} {9 [Sở Y tế 2 0,001] []}]" {
		t.Error(got)
	}
}

// Words of a merged cell stand over each of its columns once they are spread, figures and what stands there already do not; the
// text of a page says the same, and each of its lines is as wide as the widest.
func TestMergedWordsAreSpreadAndFiguresAreNot(t *testing.T) {
	rows := read(t, bookOf(t, `<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="2"><c r="A2" t="s"><v>1</v></c><c r="C2"><v>5</v></c></row></sheetData>`+
		`<mergeCells><mergeCell ref="A1:C1"/><mergeCell ref="A2:B3"/><mergeCell ref="C2:D2"/><mergeCell ref="A9:B9"/></mergeCells><sheetData>`))
	if got := fmt.Sprint(rows); got != "[{1 [Tên] [{0 3}]} {2 [Sở Y tế  5] [{0 2} {2 2}]}]" {
		t.Errorf("read as %s", got)
	}
	spread := table.Spread(rows)
	if got := fmt.Sprint(spread); got != "[{1 [Tên Tên Tên] []} {2 [Sở Y tế Sở Y tế 5] []}]" || len(rows[0].Cells) != 1 {
		t.Errorf("spread to %s, and what was read is now %v", got, rows)
	}
	if got := table.Text(append(rows, table.Row{No: 3, Cells: []string{"Cuối"}})); got != "Tên\tTên\tTên\nSở Y tế\tSở Y tế\t5\nCuối\t\t\n" {
		t.Errorf("the page says %q", got)
	}
}

func TestWhatIsNoListOfAnOfficeIsRefusedInASentence(t *testing.T) {
	var bomb bytes.Buffer
	z := zip.NewWriter(&bomb)
	f, _ := z.Create("xl/workbook.xml")
	for range 40 {
		f.Write(bytes.Repeat([]byte(" "), 1<<20))
	}
	z.Close()
	for name, content := range map[string][]byte{
		"a bomb":            bomb.Bytes(),
		"a torn package":    []byte("PK\x03\x04 và không gì nữa"),
		"a picture":         []byte("\x89PNG\r\n\x1a\n\x00\x00"),
		"another code page": []byte("T\xEAn;C\xF4\n"),
		"a string too far":  bookOf(t, `<row r="1"><c r="A1" t="s"><v>99</v></c></row>`),
		"a string below":    bookOf(t, `<row r="1"><c r="A1" t="s"><v>-1</v></c></row>`),
		"a column too far":  bookOf(t, `<row r="1"><c r="XFD1"><v>1</v></c></row>`),
		"the same cell":     bookOf(t, `<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>2</v></c></row>`),
		"half a sheet":      bookOf(t, `<row r="1"><c r="A1">`),
		"too many lines":    []byte(strings.Repeat("a\n", table.MostRows+2)),
		"a cell too long":   []byte(strings.Repeat("á", 4001)),
		"too many columns":  []byte(strings.Repeat("a,", 257)),
		"a NUL":             []byte("a\x00b"),
	} {
		rows, err := table.Read(bytes.NewReader(content), int64(len(content)))
		if fault.Of(err) == nil {
			t.Errorf("%s gives %d rows and %v", name, len(rows), err)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("Tên;Ghi chú\nSở Y tế;\"a\"\n"))
	var b bytes.Buffer
	if err := table.XLSX(&b, "Cơ quan", [][]string{{"Tên"}, {"Sở Y tế"}}); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	f.Fuzz(func(t *testing.T, content []byte) {
		rows, err := table.Read(bytes.NewReader(content), int64(len(content)))
		if err != nil && fault.Of(err) == nil {
			t.Errorf("no sentence for %v", err)
		}
		if len(rows) > table.MostRows+1 {
			t.Errorf("%d rows", len(rows))
		}
		if _, err := table.Sheets(bytes.NewReader(content), int64(len(content))); err != nil && fault.Of(err) == nil {
			t.Errorf("no sentence for %v", err)
		}
	})
}
