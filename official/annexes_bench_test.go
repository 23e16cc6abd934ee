package official

import (
	"fmt"
	"io"
	"strings"
	"testing"
)

// fortyReports are forty agency reports as annexes: an outline of four parts, some pages of words, a table of forty figures each.
func fortyReports(p Profile) Document {
	d := partyReport(p)
	d.Annexes = nil
	for i := range 40 {
		var body []Block
		for j := range 4 {
			body = append(body, Heading{Level: 1, Runs: Text(fmt.Sprintf("Phần thứ %d", j+1))})
			for k := range 5 {
				body = append(body, Heading{Level: 2, Runs: Text(fmt.Sprintf("Lĩnh vực %d", k+1))},
					Paragraph{Runs: Text(strings.Repeat("Toàn tỉnh duy trì các hoạt động theo đúng kế hoạch đề ra trong kỳ báo cáo. ", 8))})
			}
		}
		d.Annexes = append(d.Annexes, Annex{Title: fmt.Sprintf("Báo cáo của cơ quan %d", i+1), Of: "(bản 1)", Body: append(body, figures(40))})
	}
	return d
}

func BenchmarkFortyReports(b *testing.B) {
	hd05, _ := ProfileByCode("HD05")
	d := fortyReports(hd05)
	for name, write := range map[string]func(io.Writer, Document) error{"docx": WriteDocx, "pdf": WritePDF} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if err := write(io.Discard, d); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
