package report

import (
	"fmt"
	"slices"
	"strings"

	"giaoban/internal/decimal"
	"giaoban/official"
)

// most figures said in the text of a sector; all of them stand in the annex.
const mostMainFigures = 4

// mainFigures is the sentence with a sector's first figures that have a value: "Một số chỉ tiêu: …".
func (c Consolidation) mainFigures(sector string) *official.Paragraph {
	var said []string
	for _, f := range c.Indicators {
		if f.Sector != sector || f.Value == nil || len(said) == mostMainFigures {
			continue
		}
		text := lowerFirst(f.Name) + " " + estimateWord(f) + decimal.FormatTrimmed(*f.Value, f.Decimals) + unitBehind(f.Unit)
		var beside []string
		if change := changeWords(f); change != "" {
			beside = append(beside, change)
		}
		for i, code := range f.LackingAlso { // who is in Missing is named at the beginning of the report
			if i == 0 {
				beside = append(beside, "chưa gồm "+c.name(code))
			} else {
				beside = append(beside, c.name(code))
			}
		}
		if len(beside) > 0 {
			text += " (" + strings.Join(beside, ", ") + ")"
		}
		said = append(said, text)
	}
	if said == nil {
		return nil
	}
	return &official.Paragraph{Runs: []official.Run{{Text: "Một số chỉ tiêu chủ yếu: ", Italic: true}, {Text: strings.Join(said, "; ") + "."}}}
}

// lowerFirst writes a name inside a sentence; abbreviations such as "KH&CN" keep their capitals.
func lowerFirst(name string) string {
	r := []rune(name)
	if len(r) > 1 && strings.ToUpper(string(r[1])) == string(r[1]) && r[1] != ' ' {
		return name
	}
	return strings.ToLower(string(r[:1])) + string(r[1:])
}

func estimateWord(f ConsolidatedFigure) string {
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

func changeWords(f ConsolidatedFigure) string {
	points, ok := change(f, f.LastYear)
	if !ok {
		return ""
	}
	switch {
	case points == 0:
		return "bằng cùng kỳ năm trước"
	case points > 0:
		return "tăng " + changeUnit(f, points) + " so với cùng kỳ năm trước"
	}
	return "giảm " + changeUnit(f, -points) + " so với cùng kỳ năm trước"
}

// change compares the value with another period: in tenths of a per cent, or for percentages in their own unit, since a
// per cent of a per cent is misread. False when there is nothing to compare with.
func change(f ConsolidatedFigure, with *int64) (int64, bool) {
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

func changeUnit(f ConsolidatedFigure, v int64) string {
	if f.Unit == "%" {
		return decimal.FormatTrimmed(v, f.Decimals) + " điểm %"
	}
	return decimal.FormatTrimmed(v, 1) + "%"
}

// changeCell is what the annex shows: "+7,8", "-2,9"; percentages compare in points and are marked.
func changeCell(f ConsolidatedFigure, with *int64) string {
	v, ok := change(f, with)
	if !ok {
		return ""
	}
	sign := ""
	if v > 0 {
		sign = "+"
	}
	if f.Unit == "%" {
		return sign + decimal.FormatTrimmed(v, f.Decimals) + " đ%"
	}
	return sign + decimal.FormatTrimmed(v, 1)
}

// annex is the table of figures by sector, with a note under every total that lacks a body.
func (c Consolidation) annex() official.Annex {
	_, hasPrevious := c.Period.Previous()
	_, hasLastYear := c.Period.LastYear()
	compares := func(yes bool, title string) []official.Column {
		if !yes {
			return nil
		}
		return []official.Column{{Title: title, Width: 9, Align: official.Right}, {Title: "So sánh", Width: 7, Align: official.Right}}
	}
	t := official.Table{Columns: []official.Column{{Title: "TT", Width: 4, Align: official.Center}, {Title: "Chỉ tiêu", Width: 30, Align: official.Left},
		{Title: "Đơn vị", Width: 9, Align: official.Center}, {Title: "Kỳ này", Width: 14, Align: official.Right}}}
	t.Columns = append(t.Columns, compares(hasPrevious, "Kỳ trước")...)
	t.Columns = append(t.Columns, compares(hasLastYear, "Cùng kỳ")...)
	t.Columns = append(t.Columns, official.Column{Title: "Chỉ tiêu năm", Width: 9, Align: official.Right}, official.Column{Title: "Đánh giá", Width: 8, Align: official.Center})
	t.Head = [][]official.Cell{annexHead(hasPrevious, hasLastYear)[0], annexHead(hasPrevious, hasLastYear)[1]}
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
	if estimated {
		t.Notes = append(t.Notes, "“(ước)”: số có phần ước tính của cơ quan báo cáo.")
	}
	legend := "Cột “So sánh”: phần trăm tăng (+), giảm (-) do chương trình tính"
	if points {
		legend += "; chỉ tiêu tính bằng % so sánh theo điểm phần trăm (đ%)"
	}
	t.Notes = append(t.Notes, legend+".")
	return official.Annex{Title: "Số liệu " + c.Period.Name(), Landscape: true, Body: []official.Block{t}}
}

func annexHead(hasPrevious, hasLastYear bool) [2][]official.Cell {
	tall := func(title string) official.Cell { return official.Cell{Runs: official.Text(title), RowSpan: 2} }
	head := [2][]official.Cell{{tall("TT"), tall("Chỉ tiêu"), tall("Đơn vị"), tall("Kỳ này")}, {}}
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

func (c Consolidation) annexRow(n int, f ConsolidatedFigure, note string, hasPrevious, hasLastYear bool) []official.Cell {
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
		value.Runs = append(value.Runs, official.Run{Text: " (ước)", Italic: true})
	}
	if note != "" {
		value.Runs = append(value.Runs, official.Run{Text: " " + note, Italic: true})
	}
	row := []official.Cell{official.C(fmt.Sprint(n)), {Runs: official.Text(f.Name), RowHead: true}, official.C(f.Unit), value}
	if hasPrevious {
		row = append(row, number(f.Previous), official.C(changeCell(f, f.Previous)))
	}
	if hasLastYear {
		row = append(row, number(f.LastYear), official.C(changeCell(f, f.LastYear)))
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

func (n *notes) of(f ConsolidatedFigure) string {
	if f.Lacking == 0 {
		return ""
	}
	var names []string
	for _, m := range n.c.Missing {
		if f.Aggregation == Last && !slices.Contains(m.Periods, n.c.Parts[len(n.c.Parts)-1]) {
			continue // only the last sub-period counts for it
		}
		names = append(names, n.c.missingName(m))
	}
	for _, code := range f.LackingAlso {
		names = append(names, n.c.name(code)+" (đã báo cáo nhưng không có số này)")
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
