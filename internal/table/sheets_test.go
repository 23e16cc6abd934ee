package table_test

import (
	"bytes"
	"fmt"
	"runtime"
	"strings"
	"testing"

	"giaoban/internal/fault"
	"giaoban/internal/table"
)

// A whole workbook keeps what a list leaves out: hidden sheets, lines within a cell, formulas, how a number is shown.
func TestAWholeWorkbookIsReadWithWhatItsCellsAre(t *testing.T) {
	content := bookOf(t, `<row r="2"><c r="B2" t="s"><v>1</v></c><c r="D2" s="1"><v>0.965</v></c><c r="E2" s="2"><v>44567</v></c>`+
		`<c r="F2" s="3"><v>96.125</v></c></row><row r="3"><c r="A3" t="inlineStr"><is><t>hai_x000D_`+"\n"+`dòng</t></is></c><c r="B3"><f>1+1</f><v>2</v></c>`+
		`<c r="C3"><f>1+1</f></c><c r="D3" t="e"><v>#DIV/0!</v></c><c r="E3" t="b"><v>1</v></c><c r="XFD3" s="3"/></row>`,
		`<styleSheet><numFmts><numFmt numFmtId="164" formatCode="0.0%"/><numFmt numFmtId="165" formatCode="[$-42A]#,##0.0&quot; đồng&quot;"/></numFmts>`+
			`<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="14"/><xf numFmtId="165"/></cellXfs></styleSheet>`)
	sheets, err := table.Sheets(bytes.NewReader(content), int64(len(content)))
	if err != nil || len(sheets) != 1 {
		t.Fatalf("%d sheets: %v", len(sheets), err)
	}
	want := []table.SheetRow{{No: 2, Cells: []table.Cell{{Column: 1, Text: "Sở Y tế", Kind: table.Words},
		{Column: 3, Text: "0.965", Kind: table.Number, Looks: table.Percent}, {Column: 4, Text: "44567", Kind: table.Number, Looks: table.Day},
		{Column: 5, Text: "96.125", Kind: table.Number}}},
		{No: 3, Cells: []table.Cell{{Text: "hai\r\ndòng", Kind: table.Words}, {Column: 1, Text: "2", Kind: table.Number, Formula: true},
			{Column: 2, Formula: true}, {Column: 3, Text: "#DIV/0!", Kind: table.Failure}, {Column: 4, Text: "1", Kind: table.Truth}}}}
	if got := fmt.Sprint(sheets[0].Rows); got != fmt.Sprint(want) {
		t.Errorf("%v\nnot %v", got, want)
	}
	if got := sheets[0].Rows[1].At(3).Text + " " + table.Address(3, 3) + " " + table.Address(26, 12); got != "#DIV/0! D3 AA12" {
		t.Error(got)
	}
}

// Eight thousand bytes whose cells stand in the last column are told from a form before room is made for them.
func TestAWorkbookOfFarCellsTakesNoMemory(t *testing.T) {
	var rows strings.Builder
	for i := range 500 {
		fmt.Fprintf(&rows, `<row r="%d"><c r="XFD%d"><v>1</v></c></row>`, 1+i*2000, 1+i*2000)
	}
	content := bookOf(t, rows.String())
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err := table.Sheets(bytes.NewReader(content), int64(len(content)))
	runtime.ReadMemStats(&after)
	if fault.Of(err) == nil {
		t.Errorf("taken: %v", err)
	}
	if taken := (after.TotalAlloc - before.TotalAlloc) >> 20; taken > 4 {
		t.Errorf("it took %d MB", taken)
	}
}

func TestCommasWithinNamesSeparateNothing(t *testing.T) {
	for text, want := range map[string]string{
		"Cơ quan;Lượt khám, chữa bệnh, điều trị\nSở Y tế;151,50\n":     "[{1 [Cơ quan Lượt khám, chữa bệnh, điều trị] []} {2 [Sở Y tế 151,50] []}]",
		"Số liệu quý I\nCơ quan,Khám\nSYT,\"1,5\"\nSGDDT,2\n":          "[{1 [Số liệu quý I] []} {2 [Cơ quan Khám] []} {3 [SYT 1,5] []} {4 [SGDDT 2] []}]",
		"Tên\tGhi chú\nSở Y tế, Bệnh viện\ta; b\nSở Khoa học, CN\tc\n": "[{1 [Tên Ghi chú] []} {2 [Sở Y tế, Bệnh viện a; b] []} {3 [Sở Khoa học, CN c] []}]",
	} {
		if got := fmt.Sprint(read(t, []byte(text))); got != want {
			t.Errorf("%v, not %s", got, want)
		}
	}
}
