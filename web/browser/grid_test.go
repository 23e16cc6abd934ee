package browser

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// wide answers a grid of rows × columns with a group heading before every tenth row.
func wide(rows, columns int) string {
	var b strings.Builder
	b.WriteString(`<section class="scroll" tabindex="0" aria-label="Bảng"><table class="grid" data-grid><caption>Bảng</caption><thead><tr><th scope="col">Chỉ tiêu</th>`)
	for c := range columns {
		fmt.Fprintf(&b, `<th scope="col">Cột %d</th>`, c+1)
	}
	b.WriteString(`</tr></thead><tbody>`)
	for r := range rows {
		if r%10 == 0 {
			fmt.Fprintf(&b, `<tr class="group"><th scope="rowgroup" colspan="%d">Ngành %d</th></tr>`, columns+1, r/10+1)
		}
		fmt.Fprintf(&b, `<tr><th scope="row">Chỉ tiêu %d</th>`, r+1)
		for c := range columns {
			fmt.Fprintf(&b, `<td class="cell"><input id="o%d-%d" aria-label="Chỉ tiêu %d, cột %d" autocomplete="off"></td>`, r+1, c+1, r+1, c+1)
		}
		b.WriteString(`</tr>`)
	}
	b.WriteString(`</tbody></table></section>`)
	return b.String()
}

func TestTwoHundredRowsByTwentyArePastedAtOnce(t *testing.T) {
	o := &office{version: 1, main: wide(200, 20)}
	p := Start(t)
	p.Open(o.open(t))
	var tsv strings.Builder
	for r := range 200 {
		for c := range 20 {
			if c > 0 {
				tsv.WriteByte('\t')
			}
			fmt.Fprintf(&tsv, "%d.%03d,%d", r+1, c, c%10)
		}
		tsv.WriteString("\r\n")
	}
	took := p.PasteTSV("#o1-1", tsv.String())
	t.Logf("dán 200 × 20 ô mất %v", took)
	// On a quiet machine it takes less than half a second; what else the machine does must not decide a test.
	if took > 5*time.Second {
		t.Errorf("dán 200 × 20 ô mất %v, như bị treo", took)
	}
	if a, b := p.Value("#o1-1"), p.Value("#o200-20"); a != "1.000,0" || b != "200.019,9" {
		t.Errorf("ô đầu %q, ô cuối %q", a, b)
	}
	if got := p.Text("[data-grid-status]"); !strings.HasPrefix(got, "Đã dán 4000 ô.") {
		t.Errorf("trang nói %q", got)
	}
	p.PasteTSV("#o1-1", tsv.String()) // the same again changes nothing, and takes nothing away
	if got := p.Text("[data-grid-status]"); !strings.HasPrefix(got, "Đã dán 0 ô.") {
		t.Errorf("dán lại mà trang nói %q", got)
	}
	p.Click("Hoàn tác lần dán")
	if a, b := p.Value("#o1-1"), p.Value("#o200-20"); a != "" || b != "" {
		t.Errorf("hoàn tác rồi mà ô đầu %q, ô cuối %q", a, b)
	}
}

func TestWrongCellsAreNamedByTheirAddress(t *testing.T) {
	o := &office{version: 1, main: wide(12, 3)}
	p := Start(t)
	p.Open(o.open(t))
	// A blank line of the sheet stands where the table has its second heading; a quoted cell holds a line break.
	p.PasteTSV("#o9-2", "8,5\t ước 1.234,5 \n8.5\t\"12\n\"\n\t\nnhiều\t3/4\tngoài bảng\n")
	for cell, want := range map[string]string{"#o9-2": "8,5", "#o9-3": "ước 1.234,5", "#o10-2": "8.5", "#o10-3": "12", "#o11-2": "nhiều", "#o11-3": "3/4"} {
		if got := p.Value(cell); got != want {
			t.Errorf("%s là %q, phải là %q", cell, got, want)
		}
	}
	said := p.Text("[data-grid-status]")
	for _, want := range []string{"Đã dán 6 ô.", "1 ô nằm ngoài bảng", "Có 2 ô chưa đúng", "Chỉ tiêu 10 × Cột 2 “8.5”", "số lẻ viết dấu phẩy: 8,5", "Chỉ tiêu 11 × Cột 2 “nhiều”"} {
		if !strings.Contains(said, want) {
			t.Errorf("thiếu %q trong %q", want, said)
		}
	}
	for _, v := range p.Axe() {
		t.Error(v)
	}
	p.Click("Chỉ tiêu 10 × Cột 2")
	if got := p.Focused(); got != "input#o10-2" {
		t.Fatalf("con trỏ ở %s", got)
	}
	p.Fill("#o10-2", "8,5")
	p.Press("Enter")
	if got := p.Focused(); got != "input#o11-2" {
		t.Errorf("Enter đưa con trỏ tới %s", got)
	}
	if got := p.Text("[data-grid-status]"); !strings.Contains(got, "Có 1 ô chưa đúng") {
		t.Errorf("sửa một ô rồi mà trang nói %q", got)
	}
	p.Press("Up", "Right")
	if got := p.Focused(); got != "input#o10-3" {
		t.Errorf("mũi tên đưa con trỏ tới %s", got)
	}
}

// The reading of figures is a plain function, so Node asks it without a browser.
func TestVietnameseFiguresAreReadAsTheServerReadsThem(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("Bỏ qua: không thấy node.")
	}
	cases := []struct {
		Text, Kind string
		Estimate   bool
	}{
		{"8,5", "number", false}, {"8.5", "wrong", false}, {"1.234", "number", false}, {"1.234.567,89", "number", false},
		{"1.23", "wrong", false}, {"12.3456", "wrong", false}, {"1234.567", "wrong", false}, {"1234567", "number", false}, {"0,05", "number", false}, {",5", "wrong", false},
		{"5,", "wrong", false}, {"-3", "number", false}, {"02", "number", false}, {"ước 95,2", "number", true}, {"Ước đạt 1.200", "number", true}, {"ước", "wrong", false},
		{"214/345", "pair", false}, {"ước 214 / 345", "pair", true}, {"1/2/3", "wrong", false}, {"", "empty", false}, {"  ", "empty", false}, {"–", "empty", false},
		{"12 %", "wrong", false}, {"1 234", "wrong", false}, {"1,234,567", "wrong", false}, {"1e5", "wrong", false}, {"=1+1", "wrong", false}, {"u\u031bo\u031b\u0301c 5", "number", true},
	}
	asked, _ := json.Marshal(cases)
	source, err := os.ReadFile("../assets/js/number.js")
	if err != nil {
		t.Fatal(err)
	}
	script := string(source) + "\nconsole.log(JSON.stringify(" + string(asked) + ".map((c) => readFigure(c.Text))));"
	cmd := exec.Command(node, "--input-type=module")
	cmd.Stdin = strings.NewReader(script)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("node: %v", err)
	}
	var got []struct {
		Kind, Why string
		Estimate  bool
	}
	if err := json.Unmarshal(out, &got); err != nil {
		t.Fatal(err)
	}
	for i, c := range cases {
		if got[i].Kind != c.Kind || (c.Kind != "wrong" && got[i].Estimate != c.Estimate) {
			t.Errorf("%q đọc là %+v, phải là %s", c.Text, got[i], c.Kind)
		}
		if c.Kind == "wrong" && got[i].Why == "" {
			t.Errorf("%q sai mà không nói vì sao", c.Text)
		}
	}
}

// A list of name, unit and value is laid beside the names, in whatever order it comes; what has no name there is told.
func TestAListWithNamesIsLaidBesideThem(t *testing.T) {
	o := &office{version: 1, main: wide(12, 2)}
	p := Start(t)
	p.Open(o.open(t))
	p.PasteTSV("#o1-1", "Chỉ tiêu\tĐơn vị\tKết quả\r\nCHỈ TIÊU 11\tlượt\t1.100\r\nchi tieu 2\tlượt\t96,5\r\nChỉ tiêu 99\tlượt\t7\r\nChỉ tiêu 3\tlượt\t3\r\n")
	if a, b, c := p.Value("#o11-1"), p.Value("#o2-1"), p.Value("#o1-1"); a != "1.100" || b != "96,5" || c != "" {
		t.Errorf("laid %q, %q, %q", a, b, c)
	}
	if got := p.Text("[data-grid-status]"); !strings.Contains(got, "2 dòng chưa xếp") || !strings.Contains(got, "Chỉ tiêu 99 lượt 7") {
		t.Errorf("the page says %q", got)
	}
}

// A table that may grow takes as many rows as are pasted, each with its own names.
func TestATableThatGrowsKeepsEveryPastedRow(t *testing.T) {
	var main strings.Builder
	main.WriteString(`<table data-grid data-grows><thead><tr><th scope="col">TT</th><th scope="col">Tên</th></tr></thead><tbody>`)
	for i := range 10 {
		fmt.Fprintf(&main, `<tr><th scope="row">%d</th><td><input id="name-%d" name="name.%d" data-figure="no" aria-label="Tên, dòng %d"></td></tr>`, i+1, i, i, i+1)
	}
	main.WriteString(`</tbody></table>`)
	o := &office{version: 1, main: main.String()}
	p := Start(t)
	p.Open(o.open(t))
	var tsv strings.Builder
	for i := range 24 {
		fmt.Fprintf(&tsv, "Tên %d\r\n", i+1)
	}
	p.PasteTSV("#name-0", tsv.String())
	for _, n := range []int{0, 9, 10, 23} {
		if got := p.Value(fmt.Sprintf("input[name='name.%d']", n)); got != fmt.Sprintf("Tên %d", n+1) {
			t.Errorf("row %d holds %q", n, got)
		}
	}
	if got := p.Text("[data-grid-status]"); !strings.Contains(got, "Đã dán 24 ô.") || strings.Contains(got, "ngoài bảng") {
		t.Errorf("the page says %q", got)
	}
}
