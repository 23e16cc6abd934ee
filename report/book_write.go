package report

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"giaoban/internal/decimal"
	"giaoban/internal/table"

	"github.com/xuri/excelize/v2"
)

// bookFile is a workbook being written. Once something fails the rest does nothing.
type bookFile struct {
	*excelize.File
	styles map[string]int
	err    error
}

func (b *bookOf) write() ([]byte, error) {
	w := &bookFile{File: excelize.NewFile(), styles: make(map[string]int)}
	defer w.Close()
	w.do(w.SetSheetName("Sheet1", bookFigures))
	for _, name := range []string{bookWords, bookOrigin} {
		_, err := w.NewSheet(name)
		w.do(err)
	}
	w.do(w.SetDefaultFont("Times New Roman"))
	b.figures(w)
	b.words(w)
	for i, line := range b.origin() {
		w.text(bookOrigin, 0, i+1, line[0], "")
		w.text(bookOrigin, 1, i+1, line[1], "")
	}
	w.do(w.SetSheetVisible(bookOrigin, false, true))
	for _, name := range []string{bookFigures, bookWords, bookOrigin} {
		w.do(w.ProtectSheet(name, &excelize.SheetProtectionOptions{SelectLockedCells: true, SelectUnlockedCells: true, FormatRows: true, FormatColumns: true}))
	}
	w.do(w.ProtectWorkbook(&excelize.WorkbookProtectionOptions{LockStructure: true}))
	calculate := true
	w.do(w.SetCalcProps(&excelize.CalcPropsOptions{FullCalcOnLoad: &calculate}))
	w.do(w.SetDocProps(&excelize.DocProperties{Creator: "Giao Ban", Title: b.title(), Language: "vi-VN"}))
	var out bytes.Buffer
	if w.err == nil {
		w.err = w.Write(&out)
	}
	return out.Bytes(), w.err
}

func (w *bookFile) do(err error) {
	if w.err == nil {
		w.err = err
	}
}

// style gives a style by what it is: words with blanks between, of bold, small, head, group, open, wrap, and a number of decimals.
func (w *bookFile) style(of string) int {
	if id, ok := w.styles[of]; ok || w.err != nil {
		return id
	}
	s := &excelize.Style{Font: &excelize.Font{Family: "Times New Roman", Size: 12}, Alignment: &excelize.Alignment{Vertical: "top"}}
	line := []excelize.Border{{Type: "left", Color: "9AA5B1", Style: 1}, {Type: "right", Color: "9AA5B1", Style: 1},
		{Type: "top", Color: "9AA5B1", Style: 1}, {Type: "bottom", Color: "9AA5B1", Style: 1}}
	fill := func(color string) { s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{color}} }
	for word := range strings.FieldsSeq(of) {
		switch word {
		case "title":
			s.Font.Size, s.Font.Bold = 14, true
		case "bold":
			s.Font.Bold = true
		case "small":
			s.Font.Size, s.Font.Color = 10, "595959"
		case "cell":
			s.Border = line
		case "head":
			s.Border, s.Font.Bold = line, true
			s.Alignment.Horizontal, s.Alignment.Vertical = "center", "center"
			fill("DDE6F0")
		case "group":
			s.Border, s.Font.Bold = line, true
			fill("EEF2F6")
		case "open":
			s.Protection = &excelize.Protection{Locked: false}
			fill("FFFBE6")
		case "wrap":
			s.Alignment.WrapText = true
		case "center":
			s.Alignment.Horizontal = "center"
		default: // how many decimals; the language says that a comma stands before them
			places, err := strconv.Atoi(word)
			w.do(err)
			format := "[$-42A]#,##0"
			if places > 0 {
				format += "." + strings.Repeat("0", places)
			}
			s.CustomNumFmt = &format
			s.Alignment.Horizontal = "right"
		}
	}
	id, err := w.NewStyle(s)
	w.do(err)
	w.styles[of] = id
	return id
}

// text writes words into a cell; what begins like a formula stays words.
func (w *bookFile) text(sheet string, column, row int, text, style string) {
	at := table.Address(column, row)
	if text != "" {
		w.do(w.SetCellStr(sheet, at, table.Escaped(text)))
	}
	if style != "" {
		w.do(w.SetCellStyle(sheet, at, at, w.style(style)))
	}
}

// mostExact is how many digits a spreadsheet keeps of a number.
const mostExact = 15

// number writes a figure, as words where a spreadsheet would not keep all its digits.
func (w *bookFile) number(sheet string, column, row int, figure int64, decimals int, style string) {
	at := table.Address(column, row)
	exact := decimal.Format(figure, decimals)
	if len(strings.Trim(exact, "-")) > mostExact {
		w.text(sheet, column, row, decimal.FormatTyped(figure, decimals), style)
		return
	}
	v, err := strconv.ParseFloat(exact, 64)
	w.do(err)
	w.do(w.SetCellFloat(sheet, at, v, -1, 64))
	w.do(w.SetCellStyle(sheet, at, at, w.style(style)))
}

func (b *bookOf) title() string {
	return b.sheet.Obligation.RegimeName + ", " + b.sheet.Obligation.Period.Name()
}

// head writes the lines above the table of a sheet and the names of its columns, and gives the row of these.
func (b *bookOf) head(w *bookFile, sheet, hint string, heads []string, widths []float64) int {
	last := len(heads) - 1
	height := 30.0
	if b.ahead {
		hint = fmt.Sprintf("Kỳ chưa mở khi lập biểu này: theo biểu mẫu số %d, không có số kỳ trước; điền trước được, đưa vào được từ khi Ban mở kỳ. ", b.sheet.Form.Number) + hint
		height = 46
	}
	for i, line := range []struct{ text, style string }{
		{b.title(), "title wrap"},
		{b.below(), "bold wrap"},
		{hint, "small wrap"},
	} {
		w.text(sheet, 0, i+1, line.text, line.style)
		w.do(w.MergeCell(sheet, table.Address(0, i+1), table.Address(last, i+1)))
	}
	w.do(w.SetRowHeight(sheet, 3, height))
	w.do(w.SetRowHeight(sheet, 4, 34))
	for i, name := range heads {
		w.text(sheet, i, 4, name, "head wrap")
		column := strings.TrimRight(table.Address(i, 1), "1")
		w.do(w.SetColWidth(sheet, column, column, widths[i]))
	}
	w.do(w.SetPanes(sheet, &excelize.Panes{Freeze: true, YSplit: 4, TopLeftCell: "A5", ActivePane: "bottomLeft"}))
	landscape, a4, one, any, fit := "landscape", 9, 1, 0, true
	w.do(w.SetPageLayout(sheet, &excelize.PageLayoutOptions{Size: &a4, Orientation: &landscape, FitToWidth: &one, FitToHeight: &any}))
	w.do(w.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &fit}))
	w.do(w.SetHeaderFooter(sheet, &excelize.HeaderFooterOptions{OddFooter: "&C&P/&N"}))
	w.do(w.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: "'" + sheet + "'!$4:$4", Scope: sheet}))
	return 4
}

func (b *bookOf) figures(w *bookFile) {
	row := b.head(w, bookFigures, "Chỉ ghi vào các ô nền vàng. Ô để trống là chưa nói gì, số đã có trong bản nháp giữ nguyên; không phát sinh thì ghi 0. "+
		"Số ước: chọn “ước” ở cột Ước. Tệp này chỉ dùng cho đúng cơ quan, đúng kỳ ghi ở trên.", figureHeads,
		[]float64{9, 44, 11, 16, 14, 7, 26, 14, 14, 44})
	f := b.sheet.Form
	pairs := false
	for _, sector := range f.Sectors {
		row++
		w.text(bookFigures, 0, row, "", "group")
		w.text(bookFigures, colName, row, sector.Name, "group")
		w.do(w.SetCellStyle(bookFigures, table.Address(colUnit, row), table.Address(colRule, row), w.style("group")))
		for i, in := range f.Indicators {
			if in.Sector == sector.Code {
				row++
				b.figureAt[in.Code] = row
				pairs = pairs || in.Fraction != NoFraction
				b.figure(w, row, i)
			}
		}
	}
	if !pairs {
		w.do(w.SetColVisible(bookFigures, "E", false))
	}
	b.computed(w)
	b.guards(w)
}

// figure writes the row of one indicator.
func (b *bookOf) figure(w *bookFile, row, i int) {
	f := b.sheet.Form
	in := f.Indicators[i]
	places := strconv.Itoa(in.Decimals)
	w.text(bookFigures, colCode, row, in.Code, "cell small")
	w.text(bookFigures, colName, row, in.Name, "cell wrap")
	w.text(bookFigures, colUnit, row, in.Unit, "cell wrap center")
	rule := f.rule(in)
	w.text(bookFigures, colRule, row, rule, "cell small wrap")
	w.do(w.SetRowHeight(bookFigures, row, float64(max(17*linesOf(in.Name, 40), 14*linesOf(rule, 50))+2)))
	for column, before := range map[int][]Value{colLast: b.sheet.Before.Last, colYear: b.sheet.Before.Year} {
		w.text(bookFigures, column, row, "", "cell "+places)
		switch v := valueAt(before, i); {
		case v.Set && v.Over == nil:
			w.number(bookFigures, column, row, v.Figure, in.Decimals, "cell "+places)
		case v.Set:
			w.text(bookFigures, column, row, decimal.FormatTrimmed(v.Figure, in.Decimals)+"/"+decimal.FormatTrimmed(*v.Over, in.Decimals), "cell "+places)
		}
	}
	open := "cell open " + places
	if in.Aggregation == Ratio {
		for column := colFigure; column <= colNote; column++ {
			w.text(bookFigures, column, row, "", "cell "+places)
		}
		return
	}
	draft := b.sheet.Draft.Draft
	v, text := draft.typedIn(f, in)
	if !v.Set { // nothing, or what is no number: it stays as it was typed
		w.text(bookFigures, colFigure, row, text, open)
	} else {
		w.number(bookFigures, colFigure, row, v.Figure, in.Decimals, open)
	}
	estimate := ""
	if v.Estimate || text != "" && draft.Estimates[in.Code] {
		estimate = estimateWord
	}
	w.text(bookFigures, colEstimate, row, estimate, "cell open center")
	w.text(bookFigures, colNote, row, draft.reasonFor(in.Code), "cell open wrap")
	second := "cell " + places
	if in.Fraction != NoFraction {
		second = open
	}
	w.text(bookFigures, colOver, row, "", second)
	if v.Over != nil {
		w.number(bookFigures, colOver, row, *v.Over, in.Decimals, second)
	}
	b.bounds(w, row, in, rule)
}

// bounds lets a cell refuse what cannot stand in it while it is typed; the guard looks again when the book comes back.
func (b *bookOf) bounds(w *bookFile, row int, in Indicator, rule string) {
	cells := table.Address(colFigure, row)
	if in.Fraction != NoFraction {
		cells += ":" + table.Address(colOver, row)
	}
	kind := excelize.DataValidationTypeDecimal
	if in.Decimals == 0 {
		kind = excelize.DataValidationTypeWhole
	}
	least, most := "0", "1000000000000000"
	if in.Bound == Growth {
		least = "-" + most
	}
	if _, bounded := in.whole(); bounded {
		most = "100"
	}
	numbers := excelize.NewDataValidation(true)
	numbers.SetSqref(cells)
	w.do(numbers.SetRange(least, most, kind, excelize.DataValidationOperatorBetween))
	numbers.SetError(excelize.DataValidationErrorStyleStop, "Số không hợp lệ", cut(in.Name+": "+rule, 220))
	numbers.SetInput("Đơn vị: "+cut(in.Unit, 20), cut(rule, 250))
	w.do(w.AddDataValidation(bookFigures, numbers))
	estimates := excelize.NewDataValidation(true)
	estimates.SetSqref(table.Address(colEstimate, row))
	w.do(estimates.SetDropList([]string{estimateWord}))
	estimates.SetError(excelize.DataValidationErrorStyleStop, "Cột Ước", "Chọn “ước” cho số ước, để trống cho số chính thức.")
	w.do(w.AddDataValidation(bookFigures, estimates))
}

// cut shortens a text to what a message of a spreadsheet holds.
func cut(text string, most int) string {
	if r := []rune(text); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return text
}

// at is where the figure of an indicator stands, "" where it has no row.
func (b *bookOf) at(code string) string {
	if row, ok := b.figureAt[code]; ok {
		return table.Address(colFigure, row)
	}
	return ""
}

// computed writes how the ratios come out of their numbers.
func (b *bookOf) computed(w *bookFile) {
	for _, in := range b.sheet.Form.Indicators {
		at, part, whole := b.at(in.Code), b.at(in.Numerator), b.at(in.Denominator)
		if in.Aggregation != Ratio || at == "" || part == "" || whole == "" {
			continue
		}
		w.do(w.SetCellFormula(bookFigures, at, fmt.Sprintf(`IF(AND(ISNUMBER(%s),ISNUMBER(%s)),IF(%[2]s=0,"",ROUND(%[1]s*%[3]d/%[2]s,%[4]d)),"")`,
			part, whole, in.Factor, in.Decimals)))
	}
}

// guards colours figures that do not fit each other.
func (b *bookOf) guards(w *bookFile) {
	red, err := w.NewConditionalStyle(&excelize.Style{Font: &excelize.Font{Color: "9C0006"}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"FFC7CE"}}})
	w.do(err)
	colour := func(at, formula string) {
		w.do(w.SetConditionalFormat(bookFigures, at, []excelize.ConditionalFormatOptions{{Type: "formula", Criteria: formula, Format: &red}}))
	}
	for _, r := range b.sheet.Form.Rules {
		total := b.at(r.Total)
		var parts []string
		for _, code := range r.Parts {
			part := b.at(code)
			if part != "" && total != "" && r.Kind == PartAtMostTotal {
				colour(part, fmt.Sprintf("AND(ISNUMBER(%s),ISNUMBER(%s),%[1]s>%[2]s)", part, total))
			}
			if part != "" {
				parts = append(parts, part)
			}
		}
		if r.Kind == PartsEqualTotal && total != "" && len(parts) == len(r.Parts) {
			list := strings.Join(parts, ",")
			colour(total, fmt.Sprintf("AND(COUNT(%s)=%d,ISNUMBER(%s),ROUND(SUM(%[1]s)-%[3]s,6)<>0)", list, len(parts), total))
		}
	}
}

func (b *bookOf) words(w *bookFile) {
	row := b.head(w, bookWords, "Mỗi dòng một đoạn; thiếu dòng thì xuống dòng trong ô (Alt+Enter). Mục để trống cả là chưa nói gì, lời văn đã có trong bản nháp giữ nguyên.",
		wordHeads, []float64{18, 30, 34, 110})
	f := b.sheet.Form
	written := make(map[string][]string)
	for _, s := range b.sheet.Draft.Sections {
		written[wordsKey(s.Section, s.Sector)] = s.Paragraphs
	}
	for _, section := range f.Sections {
		for _, sector := range f.Sectors {
			if !f.Asks(section.Code, sector.Code) {
				continue
			}
			key := wordsKey(section.Code, sector.Code)
			paragraphs, open := written[key], "cell open wrap"
			if !fitsCells(paragraphs) {
				paragraphs, open = []string{"Lời văn ở mục này dài hơn một ô Excel giữ được; xin sửa trên trang soạn báo cáo."}, "cell small wrap"
				key = ""
			}
			for i := range max(leastRows, len(paragraphs)+spareRows) {
				row++
				title, name := "", ""
				if i == 0 {
					title, name = f.SectionTitle(section.Code), sector.Name
				}
				text := ""
				if i < len(paragraphs) {
					text = paragraphs[i]
				}
				w.text(bookWords, colCode, row, key, "cell small")
				w.text(bookWords, colSection, row, title, "cell bold wrap")
				w.text(bookWords, colSector, row, name, "cell wrap")
				w.text(bookWords, colFigure, row, text, open)
				if text != "" { // an empty row grows with what is typed
					w.do(w.SetRowHeight(bookWords, row, float64(min(400, 17*max(linesOf(text, 105), linesOf(title, 26), linesOf(name, 30))+2))))
				}
			}
		}
	}
}
