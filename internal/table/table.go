// Package table (bảng) reads the tables that offices bring along, pasted from a spreadsheet, .csv or .xlsx, and writes the
// files they fill in. What is read may be hostile: everything is counted before it is kept.
package table

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/internal/pattern"
)

// What a table may have: a country has 3,321 communes, a form some two hundred indicators, and no table of an office is
// wider or longer than this.
const (
	MostRows    = 5000
	mostColumns = 256
	mostCell    = 4000     // characters
	mostBytes   = 16 << 20 // of a .csv file, and of each part of a workbook once unpacked
)

// Row is one line of a table, with its number as its sender counts.
type Row struct {
	No     int
	Cells  []string
	Merged []Merged // of a workbook
}

// Merged is a cell that goes on to the right over further columns.
type Merged struct{ Column, Columns int }

// Spread writes the words of merged cells into each column that they stand over, as far as nothing stands there. Figures
// stay where they are: one that counts twice is wrong.
func Spread(rows []Row) []Row {
	all := slices.Clone(rows)
	for i, r := range all {
		if len(r.Merged) == 0 {
			continue
		}
		r.Cells = slices.Clone(r.Cells)
		for _, m := range r.Merged {
			if m.Column >= len(r.Cells) || strings.Trim(r.Cells[m.Column], "-+.,% 0123456789") == "" {
				continue
			}
			for at := m.Column + 1; at < m.Column+m.Columns; at++ {
				if at == len(r.Cells) {
					r.Cells = append(r.Cells, "")
				}
				if r.Cells[at] == "" {
					r.Cells[at] = r.Cells[m.Column]
				}
			}
		}
		r.Merged = nil
		all[i] = r
	}
	return all
}

// Empty reports whether nothing stands in the row.
func (r Row) Empty() bool {
	for _, cell := range r.Cells {
		if cell != "" {
			return false
		}
	}
	return true
}

// Pasted reads what was copied out of a spreadsheet, or a list with one item a line.
func Pasted(text string) ([]Row, error) { return separated(text, '\t') }

// Read reads a file: a workbook by its first sheet, everything else as .csv.
func Read(data io.ReaderAt, size int64) ([]Row, error) {
	head := make([]byte, 4)
	if n, _ := data.ReadAt(head, 0); n == 4 && string(head) == "PK\x03\x04" {
		return workbook(data, size)
	}
	if size > mostBytes {
		return nil, errLong
	}
	raw, err := io.ReadAll(io.NewSectionReader(data, 0, size))
	if err != nil {
		return nil, err
	}
	text, err := decoded(raw)
	if err != nil {
		return nil, err
	}
	return separated(text, separatorOf(text))
}

var (
	errLong  = fault.TooLarge("file", "Bảng dài quá %d dòng hoặc tệp quá lớn. Xin tách thành nhiều lần.", MostRows)
	errWide  = fault.Invalid("file", "Bảng rộng quá %d cột. Xin chỉ giữ những cột của bản mẫu.", mostColumns)
	errBytes = fault.Invalid("file", "Tệp không phải là văn bản UTF-8. Trong Excel, xin lưu lại dạng .xlsx hoặc “CSV UTF-8”.")
)

// decoded is the text of a .csv file: UTF-8, or the UTF-16 that Excel calls "Unicode text".
func decoded(raw []byte) (string, error) {
	switch {
	case bytes.HasPrefix(raw, []byte("\xEF\xBB\xBF")):
		raw = raw[3:]
	case bytes.HasPrefix(raw, []byte("\xFF\xFE")) && len(raw)%2 == 0:
		units := make([]uint16, 0, len(raw)/2)
		for i := 2; i < len(raw); i += 2 {
			units = append(units, uint16(raw[i])|uint16(raw[i+1])<<8)
		}
		raw = []byte(string(utf16.Decode(units)))
	}
	if !utf8.Valid(raw) || bytes.IndexByte(raw, 0) >= 0 {
		return "", errBytes
	}
	return string(raw), nil
}

// separatorOf is what stands equally often in most of the first lines: commas within names and decimal commas do not.
func separatorOf(text string) rune {
	const separators = ";,\t" // a cell that must stay words has a tabulator before it
	times := make(map[rune]map[int]int)
	for _, line := range firstLines(text) {
		for _, r := range separators {
			if n := strings.Count(line, string(r)); n > 0 {
				if times[r] == nil {
					times[r] = make(map[int]int)
				}
				times[r][n]++
			}
		}
	}
	best, most := ',', 0
	for _, r := range separators {
		for _, lines := range times[r] {
			if lines > most {
				best, most = r, lines
			}
		}
	}
	return best
}

// firstLines are the first rows of a table without what stands between quotation marks, which may be anything.
func firstLines(text string) (lines []string) {
	var line strings.Builder
	quoted, before := false, '\n'
	for _, r := range text {
		switch {
		case r == '"' && (quoted || strings.ContainsRune(";,\t\n\"", before)):
			quoted = !quoted
		case quoted:
		case r == '\n':
			lines = append(lines, line.String())
			line.Reset()
		default:
			line.WriteRune(r)
		}
		if before = r; len(lines) == 20 {
			return lines
		}
	}
	return append(lines, line.String())
}

func separated(text string, separator rune) ([]Row, error) {
	reader := csv.NewReader(strings.NewReader(text))
	reader.Comma, reader.LazyQuotes, reader.FieldsPerRecord, reader.ReuseRecord = separator, true, -1, true
	var rows []Row
	for {
		record, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return nil, fault.Invalid("file", "Bảng có dòng không đọc được (dấu nháy chưa đóng). Xin lưu lại từ Excel rồi gửi lại.")
		}
		line, _ := reader.FieldPos(0)
		if rows, err = add(rows, Row{No: line, Cells: record}); err != nil {
			return nil, err
		}
	}
}

// add keeps a row unless it is empty, each cell as one line of clean text.
func add(rows []Row, r Row) ([]Row, error) {
	if len(r.Cells) > mostColumns {
		return nil, errWide
	}
	kept := Row{No: r.No, Cells: make([]string, len(r.Cells)), Merged: r.Merged}
	for i, cell := range r.Cells {
		if fold.HasNUL(cell) {
			return nil, errBytes
		}
		kept.Cells[i] = active(strings.Join(strings.Fields(fold.Clean(cell)), " "))
		if utf8.RuneCountInString(kept.Cells[i]) > mostCell {
			return nil, fault.Invalid("file", "Dòng %d có ô dài quá %d ký tự; xin rút gọn.", r.No, mostCell)
		}
	}
	if kept.Empty() {
		return rows, nil
	}
	if len(rows) == MostRows+1 { // and the names of the columns
		return nil, errLong
	}
	return append(rows, kept), nil
}

// Text writes rows as a spreadsheet copies them, merged cells spread and all equally wide; Pasted reads them again, with the
// same numbers of lines.
func Text(rows []Row) string {
	var b strings.Builder
	line, columns := 1, 0
	rows = Spread(rows)
	for _, r := range rows {
		columns = max(columns, len(r.Cells))
	}
	for _, r := range rows {
		for ; line < r.No; line++ {
			b.WriteByte('\n')
		}
		for i, cell := range r.Cells {
			if i > 0 {
				b.WriteByte('\t')
			}
			b.WriteString(quotedCell(cell))
		}
		for range columns - max(1, len(r.Cells)) {
			b.WriteByte('\t')
		}
		b.WriteByte('\n')
		line++
	}
	return b.String()
}

func quotedCell(cell string) string {
	if strings.HasPrefix(cell, `"`) {
		return `"` + strings.ReplaceAll(cell, `"`, `""`) + `"`
	}
	return cell
}

// CSV writes a table as .csv that Excel opens with its letters whole, and in which no cell is a formula or becomes another
// than it is: “6/8” no day of August.
func CSV(w io.Writer, rows [][]string) error {
	if _, err := io.WriteString(w, "\uFEFF"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	var safe []string
	for _, row := range rows {
		safe = safe[:0]
		for _, cell := range row {
			safe = append(safe, asWritten(Inert(cell)))
		}
		if err := out.Write(safe); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// Inert is a cell that a spreadsheet takes for words or a number, never for a formula: what begins like one has an
// apostrophe before it, which Read takes away again. A workbook needs none, there a cell says that it holds words.
func Inert(cell string) string {
	if begins(cell) && !figure().MatchString(cell) || strings.HasPrefix(cell, "'") && begins(strings.TrimLeft(cell, "'")) {
		return "'" + cell
	}
	return cell
}

// figure is a number with its sign, which is no formula.
var figure = pattern.Of(`^[+-]?[0-9][0-9.,]*$`)

func begins(cell string) bool { return cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) }

// turned are the texts that a spreadsheet takes for a day, an hour or a number, and then shows and saves as another text:
// 6/8 of the bodies, 1/4/2022 where months come first, 2022-03, 14:00, codes that begin with 0, 12E3, and more digits than it
// keeps.
var turned = pattern.Of(`^([0-9]{1,4}[/:-][0-9]{1,4}([/:-][0-9]{1,4})?|[0-9]{1,2}[.][0-9]{1,2}[.][0-9]{4}|0[0-9]+|[0-9]+[eE][0-9]+|[0-9]{16,})$`)

// asWritten keeps such a text as it is written: behind a tabulator, which a spreadsheet does not show, Excel and LibreOffice
// take a cell for words. Read takes white space off every cell.
func asWritten(cell string) string {
	if turned().MatchString(cell) {
		return "\t" + cell
	}
	return cell
}

// active is a cell as it was before Inert.
func active(cell string) string {
	if after, ok := strings.CutPrefix(cell, "'"); ok && begins(strings.TrimLeft(after, "'")) {
		return after
	}
	return cell
}
