package consolidation

import (
	"fmt"
	"slices"
	"strings"

	"giaoban/internal/decimal"
	"giaoban/internal/fold"
	"giaoban/official"
	"giaoban/report"
)

// most figures said in the text of a sector; all of them stand in the annex.
const mostMainFigures = 4

// mainFigures is the sentence with a sector's main figures: "Một số chỉ tiêu: …". Those with a target come before
// others; a number that only serves as the denominator of a ratio is not told.
func (c Consolidation) mainFigures(sector string) *official.Paragraph {
	var main []AnnexLine
	compared := false
	for _, wanted := range []bool{true, false} {
		for _, f := range c.Indicators {
			if f.Sector == sector && f.Value != nil && (f.Target != nil) == wanted && len(main) < mostMainFigures && !c.divides(f.Code) {
				main = append(main, f)
				_, ok := change(f, f.LastYear)
				ok = ok && !f.BrokeYear
				compared = compared || ok && len(f.Awaited) == 0
			}
		}
	}
	if main == nil {
		return nil
	}
	at := ranksOf(c.Indicators, func(f AnnexLine) string { return f.Code })
	slices.SortFunc(main, func(a, b AnnexLine) int { return at[a.Code] - at[b.Code] })
	lead := "Một số chỉ tiêu chủ yếu: "
	if compared {
		lead = "Một số chỉ tiêu chủ yếu (so với cùng kỳ năm trước): "
	}
	said := make([]string, len(main))
	for i, f := range main {
		said[i] = c.say(f)
	}
	return &official.Paragraph{Runs: []official.Run{{Text: lead, Italic: true}, {Text: strings.Join(said, "; ") + "."}}}
}

// divides reports whether an indicator is the denominator of a ratio.
func (c Consolidation) divides(code string) bool {
	return slices.ContainsFunc(c.Indicators, func(f AnnexLine) bool { return f.Aggregation == report.Ratio && f.Denominator == code })
}

// say is "bác sĩ trên một vạn dân 7,2 bác sĩ (tăng 2,9%, đạt chỉ tiêu 6,2)".
func (c Consolidation) say(f AnnexLine) string {
	text := fold.Uncapital(f.Name) + " " + estimateWord(f) + decimal.FormatVietnamese(*f.Value, f.Decimals) + unitBehind(f.Unit)
	var beside []string
	if len(f.Awaited) > 0 { // a comparison of a part with a whole would mislead
		names := make([]string, len(f.Awaited))
		for i, code := range f.Awaited {
			names[i] = c.name(code)
		}
		beside = append(beside, "chưa gồm "+strings.Join(names, ", "))
	} else if words := changeWords(f); words != "" {
		beside = append(beside, words)
	}
	if f.Met != nil && f.Target != nil {
		word := map[bool]string{true: "đạt", false: "chưa đạt"}[*f.Met]
		beside = append(beside, word+" chỉ tiêu năm "+decimal.FormatTrimmed(*f.Target, f.Decimals)+unitPercent(f.Unit))
	}
	if len(beside) > 0 {
		text += " (" + strings.Join(beside, ", ") + ")"
	}
	return text
}

func estimateWord(f AnnexLine) string {
	if len(f.Estimated) > 0 {
		return "ước "
	}
	return ""
}

func unitBehind(unit string) string {
	if unit == "%" || unit == "" {
		return unit
	}
	return " " + unit
}

func unitPercent(unit string) string {
	if unit == "%" {
		return unit
	}
	return ""
}

func changeWords(f AnnexLine) string {
	by, ok := change(f, f.LastYear)
	switch {
	case !ok, f.BrokeYear:
		return ""
	case by == 0:
		return "không đổi"
	case by > 0:
		return "tăng " + changeUnit(f, by)
	}
	return "giảm " + changeUnit(f, -by)
}

// ChangeText tells how a figure changed against another period's, for pages: "+7,8%", or "+0,5 điểm" for percentages,
// since a per cent of a per cent is misread; "" when there is nothing to compare with.
func ChangeText(in report.Indicator, now, was *int64) string {
	f := AnnexLine{Indicator: in, Value: now}
	text := changeCell(f, was)
	if text == "" {
		return ""
	}
	if points, ok := strings.CutSuffix(text, "*"); ok {
		return points + " điểm"
	}
	return text + "%"
}

// change compares the value with another period: in tenths of a per cent, or for percentages in their own unit, since a
// per cent of a per cent is misread. False when there is nothing to compare with.
func change(f AnnexLine, with *int64) (int64, bool) {
	if f.Value == nil || with == nil {
		return 0, false
	}
	if *with < 0 && *f.Value > *with && *f.Value-*with < 0 {
		return 0, false // beyond what fits
	}
	if f.Unit == "%" {
		return *f.Value - *with, true
	}
	if *with == 0 {
		return 0, false
	}
	base := *with
	if base < 0 {
		base = -base
	}
	return decimal.MulDiv(*f.Value-*with, 1000, base)
}

func changeUnit(f AnnexLine, v int64) string {
	if f.Unit == "%" {
		return decimal.FormatTrimmed(v, f.Decimals) + " điểm %"
	}
	return decimal.FormatTrimmed(v, 1) + "%"
}

// changeCell is what the annex shows: "+7,8", "-2,9"; percentages compare in points and are marked.
func changeCell(f AnnexLine, with *int64) string {
	v, ok := change(f, with)
	if !ok {
		return ""
	}
	sign, decimals, mark := "", 1, ""
	if v > 0 {
		sign = "+"
	}
	if f.Unit == "%" {
		decimals, mark = f.Decimals, "*"
	}
	return sign + decimal.FormatVietnamese(v, decimals) + mark
}

// annex is the table of figures by sector, with a note at every total that lacks a body whose field it is.
func (c Consolidation) annex() official.Annex {
	hasPrevious, hasLastYear := false, false // a column in which nothing stands is left out
	for _, f := range c.Indicators {
		hasPrevious, hasLastYear = hasPrevious || f.Previous != nil, hasLastYear || f.LastYear != nil
	}
	compares := func(yes bool, title string) []official.Column {
		if !yes {
			return nil
		}
		return []official.Column{{Title: title, Width: 9, Align: official.Right}, {Title: "So sánh", Width: 8, Align: official.Right}}
	}
	t := official.Table{Columns: []official.Column{{Title: "TT", Width: 4, Align: official.Center}, {Title: "Chỉ tiêu", Width: 30, Align: official.Left},
		{Title: "Đơn vị", Width: 9, Align: official.Center}, {Title: "Kỳ này", Width: 13, Align: official.Right}}}
	t.Columns = append(t.Columns, compares(hasPrevious, "Kỳ trước")...)
	t.Columns = append(t.Columns, compares(hasLastYear, "Cùng kỳ")...)
	t.Columns = append(t.Columns, official.Column{Title: "Chỉ tiêu năm", Width: 9, Align: official.Right}, official.Column{Title: "Đánh giá", Width: 8, Align: official.Center})
	if hasPrevious || hasLastYear {
		t.Head = annexHead(hasPrevious, hasLastYear)
	}
	notes := notes{c: c, numbers: make(map[string]int)}
	n, estimated, points := 0, false, false
	for _, sector := range c.sectors() {
		first := true
		for _, f := range c.Indicators {
			if f.Sector != sector.Code {
				continue
			}
			if first {
				first = false
				t.Rows = append(t.Rows, []official.Cell{{Runs: []official.Run{{Text: sector.Name, Bold: true}}, ColSpan: len(t.Columns), Align: official.Left, RowHead: true}})
			}
			n++
			estimated = estimated || len(f.Estimated) > 0
			points = points || f.Unit == "%"
			t.Rows = append(t.Rows, c.annexRow(n, f, notes.of(f), hasPrevious, hasLastYear))
		}
	}
	t.Notes = append(t.Notes, notes.lines...)
	if len(notes.lines) > 0 {
		t.Notes = append(t.Notes, "Chú thích “thiếu” nêu cơ quan phụ trách chỉ tiêu mà chưa có đủ số được tiếp nhận; so sánh của các số này là của phần đã nhận.")
	}
	t.Notes = append(t.Notes, c.Breaks...)
	if estimated {
		t.Notes = append(t.Notes, "“ước”: số có phần ước tính của cơ quan báo cáo.")
	}
	if hasPrevious || hasLastYear {
		legend := "Cột “So sánh”: phần trăm tăng (+), giảm (-) do chương trình tính"
		if points {
			legend += "; có dấu * là so sánh theo điểm phần trăm"
		}
		t.Notes = append(t.Notes, legend+".")
	}
	return official.Annex{Title: "Số liệu " + c.Period.Name(), Landscape: true, Body: []official.Block{t}}
}

func annexHead(hasPrevious, hasLastYear bool) [][]official.Cell {
	tall := func(title string) official.Cell { return official.Cell{Runs: official.Text(title), RowSpan: 2} }
	head := [][]official.Cell{{tall("TT"), tall("Chỉ tiêu"), tall("Đơn vị"), tall("Kỳ này")}, {}}
	group := func(yes bool, title string) {
		if yes {
			head[0] = append(head[0], official.Cell{Runs: official.Text(title), ColSpan: 2})
			head[1] = append(head[1], official.C("Số liệu"), official.C("So sánh (%)"))
		}
	}
	group(hasPrevious, "Kỳ trước")
	group(hasLastYear, "Cùng kỳ năm trước")
	head[0] = append(head[0], tall("Chỉ tiêu năm"), tall("Đánh giá"))
	return head
}

func (c Consolidation) annexRow(n int, f AnnexLine, note string, hasPrevious, hasLastYear bool) []official.Cell {
	number := func(v *int64) official.Cell {
		if v == nil {
			return official.C("")
		}
		return official.C(decimal.FormatVietnamese(*v, f.Decimals))
	}
	value := number(f.Value)
	if f.Value == nil {
		value = official.Cell{Runs: []official.Run{{Text: "chưa có", Italic: true}}}
	}
	value.Origin = official.Origin{Ref: "figure/" + c.RegimeCode + "/" + c.Period.String() + "/" + f.Code, Label: "Các báo cáo làm nên số này"}
	if len(f.Estimated) > 0 {
		value.Runs = append([]official.Run{{Text: "ước ", Italic: true}}, value.Runs...)
	}
	if note != "" {
		value.Runs = append(value.Runs, official.Run{Text: " " + note, Italic: true})
	}
	row := []official.Cell{official.C(fmt.Sprint(n)), {Runs: official.Text(f.Name), RowHead: true}, official.C(f.Unit), value}
	compared := func(with *int64, broke bool) official.Cell {
		if broke {
			return official.C("")
		}
		return official.C(changeCell(f, with))
	}
	if hasPrevious {
		row = append(row, number(f.Previous), compared(f.Previous, f.BrokePrev))
	}
	if hasLastYear {
		row = append(row, number(f.LastYear), compared(f.LastYear, f.BrokeYear))
	}
	met := ""
	if f.Met != nil {
		met = map[bool]string{true: "Đạt", false: "Chưa đạt"}[*f.Met]
	}
	return append(row, number(f.Target), official.C(met))
}

// notes numbers the different sets of missing bodies, so that thirty lines that lack the same one share a note.
type notes struct {
	c       Consolidation
	numbers map[string]int
	lines   []string
}

func (n *notes) of(f AnnexLine) string {
	if len(f.Awaited) == 0 {
		return ""
	}
	var names []string
	for _, m := range n.c.Missing {
		if slices.Contains(f.Awaited, m.Body) {
			names = append(names, n.c.missingName(m))
		}
	}
	for _, name := range n.c.reportedWithout(f) {
		names = append(names, name+" (đã báo cáo nhưng chưa có đủ số này)")
	}
	text := "thiếu: " + strings.Join(names, "; ") + "."
	number, ok := n.numbers[text]
	if !ok {
		number = len(n.numbers) + 1
		n.numbers[text] = number
		n.lines = append(n.lines, fmt.Sprintf("[%d] %s", number, text))
	}
	return fmt.Sprintf("[%d]", number)
}

// reportedWithout names the awaited bodies that did report, but not this figure.
func (c Consolidation) reportedWithout(f AnnexLine) []string {
	var names []string
	for _, code := range f.Awaited {
		if !slices.ContainsFunc(c.Missing, func(m Missing) bool { return m.Body == code }) {
			names = append(names, c.name(code))
		}
	}
	return names
}
