package official

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// The recipients beside a signature are at least as high as it, so that the list below them goes on without a gap, and
// what is below may stand on the next page.
func TestALongListOfRecipientsHasNoGap(t *testing.T) {
	for _, p := range Profiles() {
		height := func(lines []para) (sum float64) {
			for _, l := range lines {
				sum += l.gap + 1.15*p.Parts[l.part].Size
			}
			return sum
		}
		torn := 0
		for n := range 40 {
			d := noticeWithoutNumber(p)
			d.Recipients = nil
			for i := range n {
				d.Recipients = append(d.Recipients, fmt.Sprint("Sở thứ ", i+1))
			}
			rows := compose(d).signing
			if len(rows) == 1 {
				continue
			}
			torn++
			if left, right := height(rows[0][0]), height(rows[0][1]); left < right || left > right+20 {
				t.Errorf("%s, %d recipients: %.0f pt beside a signature of %.0f pt", p.Code, n, left, right)
			}
			doc := partOf(t, fileOf(t, d), "word/document.xml")
			last := doc[strings.LastIndex(doc, "<w:tr>"):]
			if strings.Contains(last, "<w:cantSplit/>") || !strings.Contains(last, "Sở thứ") {
				t.Errorf("%s, %d recipients: the rest of the list cannot be torn", p.Code, n)
			}
		}
		if torn < 20 {
			t.Errorf("%s: only %d lists go on below", p.Code, torn)
		}
	}
}

func TestOnlyATallRowIsTorn(t *testing.T) {
	hd36, _ := ProfileByCode("HD36")
	table := func(words string) Document {
		d := noticeWithoutNumber(hd36)
		d.Body = []Block{Table{Columns: []Column{{Title: "Nội dung"}, {Title: "Cơ quan"}},
			Rows: [][]Cell{{C("Việc"), C(words)}, {C("Việc khác"), C("Sở Y tế")}}}}
		return d
	}
	for lines, want := range map[int]int{1: 0, 10: 0, 14: 1, 40: 1} {
		d := table(strings.TrimSpace(strings.Repeat("Sở Giáo dục và Đào tạo;\n", lines)))
		doc := partOf(t, fileOf(t, d), "word/document.xml")
		_, body, _ := strings.Cut(doc, "Nội dung")
		body, _, _ = strings.Cut(body, "</w:tbl>")
		if rows, held := strings.Count(body, "<w:tr>"), strings.Count(body, "<w:cantSplit/>"); rows-held != want {
			t.Errorf("%d lines: %d of %d rows may be torn in Word, want %d", lines, rows-held, rows, want)
		}
		if got := strings.Count(pageOf(t, d), `<tr class="vb-tall">`); got != want {
			t.Errorf("%d lines: %d rows may be torn in print, want %d", lines, got, want)
		}
	}
	// A long cell without line ends is measured by the width of its column.
	if got := strings.Count(pageOf(t, table(strings.Repeat("giáo dục đào tạo ", 60))), `class="vb-tall"`); got != 1 {
		t.Errorf("a long cell: %d rows", got)
	}
}

func TestASuperiorInCapitalsIsSaidAsInASentence(t *testing.T) {
	hd36, _ := ProfileByCode("HD36")
	for entered, said := range map[string]string{"TỈNH ỦY KHÁNH HÒA": "Tỉnh ủy Khánh Hòa", "THÀNH ỦY HẢI PHÒNG": "Thành ủy Hải Phòng",
		"Tỉnh ủy Điện Biên": "Tỉnh ủy Điện Biên"} {
		d := mergedReport(hd36)
		d.Superior = entered
		if texts := textsOf(t, d); !slices.ContainsFunc(texts, func(s string) bool {
			return regexp.MustCompile(`^\(Kèm theo .* của .* ` + said + `\)$`).MatchString(s)
		}) {
			t.Errorf("%s is not %s in the heading of the annex", entered, said)
		}
	}
}
