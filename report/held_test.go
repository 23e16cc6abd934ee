package report_test

import (
	"fmt"
	"strings"
	"testing"

	"giaoban/document"
	"giaoban/report"
)

// What was typed is held against the signed paper: a figure that stands there is borne out, whatever marks stand in it; another
// value of the indicator and a figure that stands nowhere are told.
func TestFiguresAreHeldAgainstTheSignedPaper(t *testing.T) {
	form := readForm()
	s := report.Submission{Form: form, Period: quarter(t), Values: make([]report.Value, len(form.Indicators))}
	set := func(code string, figure int64, over ...int64) {
		for i, in := range form.Indicators {
			if in.Code == code {
				s.Values[i] = report.Value{Set: true, Figure: figure}
				if len(over) > 0 {
					s.Values[i].Over = &over[0]
				}
			}
		}
	}
	set("YT01", 1915509)
	set("YT02", 952) // 95,2
	set("GD01", 490, 516)
	set("GD02", 58)
	set("GD04", 7)
	paper := document.Document{Blocks: []document.Block{
		paragraph("Trong quý I năm 2022, đã khám bệnh 1915509 lượt; tỷ lệ trẻ dưới 1 tuổi tiêm chủng đầy đủ đạt 95,20%."),
		paragraph("Toàn tỉnh có 490/503 trường đạt chuẩn quốc gia; 7 xã, phường đạt chuẩn phổ cập giáo dục."),
	}}
	told := func(h report.HeldFigures) string {
		var b strings.Builder
		fmt.Fprintf(&b, "%d có, %d ngắn\n", h.Borne, h.Short)
		for _, one := range h.Others {
			fmt.Fprintf(&b, "%s %s:", one.Indicator.Code, one.Typed)
			for _, said := range one.Said {
				b.WriteString(" " + said.Text)
			}
			b.WriteString("\n")
		}
		return b.String()
	}
	if got, want := told(s.HeldAgainst(paper)), "2 có, 1 ngắn\nGD01 490/516: 490/503\nGD02 58:\n"; got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	paper.Blocks = append(paper.Blocks, row("Chỉ tiêu", "ĐVT", "Số liệu"), row("Học sinh bỏ học", "em", "61"), row("Khác", "em", "58"))
	if got, want := told(s.HeldAgainst(paper)), "2 có, 1 ngắn\nGD01 490/516: 490/503\nGD02 58: 61\n"; got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}
