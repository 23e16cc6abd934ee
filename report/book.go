package report

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/decimal"
	"giaoban/org"
)

// A book (biểu Excel) is the sheet of one report as a workbook: figures, words by outline, and hidden beside them whose
// report of which period it is and by which version of the form. Rows are known again by the code in their first column,
// so that a book opened, sorted and saved by another program still says what it said.
const (
	bookFigures = "Số liệu"
	bookWords   = "Lời văn"
	bookOrigin  = "giaoban" // the hidden sheet, and the first word on it
	bookVersion = "1"       // of this layout
)

// Columns of the sheet of figures.
const (
	colCode = iota
	colName
	colUnit
	colFigure
	colOver // the number behind the slash
	colEstimate
	colNote
	colLast
	colYear
	colRule
)

// Columns of the sheet of words, behind the code and with the words themselves where the figures stand.
const (
	colSection = 1
	colSector  = 2
)

// Heads of the two sheets, by which they are known again.
var (
	figureHeads = []string{"Mã", "Chỉ tiêu", "Đơn vị", "Kỳ này", "Số sau dấu /", "Ước", "Lý do, ghi chú", "Kỳ trước", "Cùng kỳ năm trước", "Cách ghi, ràng buộc"}
	wordHeads   = []string{"Mã", "Mục", "Lĩnh vực", "Nội dung"}
)

const (
	estimateWord = "ước"
	spareRows    = 2      // empty rows below the paragraphs of a heading
	leastRows    = 3      // of a heading
	longestCell  = 32_000 // bytes of a paragraph that a cell is given; a cell keeps 32,767 characters
)

// bookOf is what one book is filled with.
type bookOf struct {
	sheet    Sheet
	body     string
	figureAt map[string]int // code → row
	ahead    bool           // its period was not opened yet
}

// Book writes the sheet of a report as a workbook: what a draft holds, else what was sent, else empty cells. The cells
// to fill are open, the others locked; equal sheets give equal bytes.
func Book(tx *db.Tx, by access.Actor, o Obligation) ([]byte, error) {
	if err := by.May(access.DraftReport, o.Holder); err != nil {
		return nil, err
	}
	sheet, err := Fill(tx, by, o.ID)
	if err != nil {
		return nil, err
	}
	return writeBook(tx, sheet, false)
}

func writeBook(tx *db.Tx, sheet Sheet, ahead bool) ([]byte, error) {
	names, err := org.Names(tx, calendar.OfInstant(tx.Clock()))
	if err != nil {
		return nil, err
	}
	b := bookOf{sheet: sheet, body: names[sheet.Obligation.Body].Name, figureAt: make(map[string]int), ahead: ahead}
	return b.write()
}

// below is the line under the title: whose report it is and when it is due.
func (b *bookOf) below() string {
	o := b.sheet.Obligation
	switch {
	case !b.ahead:
		return fmt.Sprintf("%s. Hạn: %s.", b.body, o.Due.WithWeekday())
	case o.Due.IsZero():
		return b.body + ". KỲ CHƯA MỞ; chưa có hạn."
	}
	return fmt.Sprintf("%s. KỲ CHƯA MỞ; hạn dự kiến: %s.", b.body, o.Due.WithWeekday())
}

// origin is what the hidden sheet says, a name and a value a line.
func (b *bookOf) origin() [][2]string {
	o := b.sheet.Obligation
	return [][2]string{{bookOrigin, bookVersion}, {"regime", o.RegimeCode}, {"period", o.Period.String()}, {"org", o.BodyCode},
		{"form", fmt.Sprint(b.sheet.Form.Number)}, {"form_id", string(b.sheet.Form.ID)}}
}

// rule says in words what may stand in a cell.
func (f *Form) rule(in Indicator) string {
	var said []string
	add := func(format string, args ...any) { said = append(said, fmt.Sprintf(format, args...)) }
	name := func(code string) string { return f.Indicators[f.index[code]].Name }
	if in.Aggregation == Ratio {
		return fmt.Sprintf("Tự tính từ %s và %s, không nhập.", name(in.Numerator), name(in.Denominator))
	}
	if in.Required {
		add("Bắt buộc; không phát sinh thì ghi 0.")
	}
	switch whole, bounded := in.whole(); {
	case bounded:
		add("Từ 0 đến %s.", decimal.FormatTrimmed(whole, in.Decimals))
	case in.Bound != Growth:
		add("Không âm.")
	}
	if in.Decimals == 0 {
		add("Số nguyên.")
	} else {
		add("Nhiều nhất %d chữ số thập phân.", in.Decimals)
	}
	switch in.Fraction {
	case PartTotal:
		add("Số sau dấu / là tổng.")
	case ActualTarget:
		add("Số sau dấu / là chỉ tiêu được giao.")
	case ThisLast:
		add("Số sau dấu / là số kỳ trước.")
	}
	for _, r := range f.Rules {
		var parts []string
		for _, code := range r.Parts {
			parts = append(parts, name(code))
		}
		switch {
		case r.Total == in.Code && r.Kind == PartsEqualTotal:
			add("Bằng tổng: %s.", strings.Join(parts, " + "))
		case r.Kind == PartAtMostTotal && slices.Contains(r.Parts, in.Code):
			add("Không lớn hơn %s.", name(r.Total))
		}
	}
	if in.Warn > 0 {
		add("Thay đổi quá %d%% so với kỳ trước thì ghi lý do.", in.Warn)
	}
	return strings.Join(said, " ")
}

// wordsKey is the code of a heading and sector on the sheet of words.
func wordsKey(section, sector string) string { return section + "/" + sector }

// fitsCells reports whether each paragraph has room in a cell.
func fitsCells(paragraphs []string) bool {
	return !slices.ContainsFunc(paragraphs, func(p string) bool { return len(p) > longestCell })
}

// typedIn is a figure of the draft as the book gives it: its two numbers, or the text where it is no number.
func (d Draft) typedIn(f *Form, in Indicator) (v Value, text string) {
	text = d.Values[in.Code]
	if text == "" {
		return Value{}, ""
	}
	one := readDraft(f, Draft{Values: map[string]string{in.Code: text}, Estimates: d.Estimates})
	return one.values[f.index[in.Code]], text
}

// reasonFor is what was said about a figure, under whatever question.
func (d Draft) reasonFor(code string) string {
	for _, key := range slices.Sorted(maps.Keys(d.Notes)) {
		if note := strings.TrimSpace(d.Notes[key]); note != "" && strings.HasSuffix(key, ":"+code) {
			return note
		}
	}
	return ""
}

// linesOf estimates how many lines a text takes in a column of some characters.
func linesOf(text string, width int) int {
	lines := 0
	for line := range strings.SplitSeq(text, "\n") {
		lines += 1 + (utf8.RuneCountInString(line)-1)/width
	}
	return max(1, lines)
}
