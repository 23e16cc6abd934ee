package report

import (
	"io"
	"strconv"
	"strings"

	"giaoban/calendar"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/internal/table"
)

// FilledBook is what a workbook says, read but not yet judged: whose report it was made for, and its cells that say
// something. It travels with the page that shows it, so all of it is public and as hostile as the file.
type FilledBook struct {
	Regime string     `json:"regime"`
	Period string     `json:"period"`
	Body   string     `json:"org"`
	Form   string     `json:"form"` // number of the form's version
	FormID string     `json:"form_id"`
	Cells  []BookCell `json:"cells"`
}

// BookCell is one figure or one cell of words, with the place by which its sender finds it.
type BookCell struct {
	Sheet    string `json:"sheet"`
	Cell     string `json:"cell"`              // D12
	Code     string `json:"code,omitempty"`    // of the indicator; "" for words
	Section  string `json:"section,omitempty"` // of words
	Sector   string `json:"sector,omitempty"`
	Text     string `json:"text,omitempty"` // as a person would have typed it
	Estimate bool   `json:"estimate,omitempty"`
	Note     string `json:"note,omitempty"`
	Formula  bool   `json:"formula,omitempty"` // the text is what a formula gave when the file was saved
	Wrong    string `json:"wrong,omitempty"`   // why it could not be read
}

// MostBookBytes is how large a book may be: one with every cell full is a tenth of it.
const MostBookBytes = 4 << 20

var errNoBook = fault.Invalid("file", "Tệp này không phải biểu báo cáo tải từ chương trình (thiếu trang ẩn ghi biểu của ai, kỳ nào). "+
	"Xin tải biểu Excel ở trang soạn báo cáo, điền vào đó rồi gửi lại.")

// ReadBook reads a filled book. The error is for what is no book; cells that cannot be read say so themselves.
func ReadBook(data io.ReaderAt, size int64) (FilledBook, error) {
	var b FilledBook
	if size > MostBookBytes {
		return b, fault.TooLarge("file", "Biểu Excel lớn quá %d MB; xin bỏ ảnh, trang thêm rồi gửi lại.", MostBookBytes>>20)
	}
	head := make([]byte, 4)
	if n, _ := data.ReadAt(head, 0); n < 4 || string(head) != "PK\x03\x04" {
		return b, errNoBook
	}
	sheets, err := table.Sheets(data, size)
	if err != nil {
		return b, err
	}
	if !b.readOrigin(sheets) {
		return b, errNoBook
	}
	for _, s := range sheets {
		at, words := headOf(s)
		for _, row := range s.Rows {
			switch {
			case at == 0 || row.No <= at:
			case words:
				b.readWords(s.Name, row)
			default:
				b.readFigure(s.Name, row)
			}
		}
	}
	return b, nil
}

// readOrigin finds the hidden sheet, under whatever name.
func (b *FilledBook) readOrigin(sheets []table.Sheet) bool {
	for _, s := range sheets {
		if len(s.Rows) == 0 || s.Rows[0].At(0).Text != bookOrigin || s.Rows[0].At(1).Text != bookVersion {
			continue
		}
		for _, row := range s.Rows {
			value := strings.TrimSpace(row.At(1).Text)
			switch row.At(0).Text {
			case "regime":
				b.Regime = value
			case "period":
				b.Period = value
			case "org":
				b.Body = value
			case "form":
				b.Form = value
			case "form_id":
				b.FormID = value
			}
		}
		return true
	}
	return false
}

// headOf finds the row that names the columns, and whether words stand below it; 0 for a sheet that is none of a book.
func headOf(s table.Sheet) (row int, words bool) {
	for _, r := range s.Rows {
		switch {
		case r.At(colCode).Text != figureHeads[colCode]:
		case r.At(colName).Text == figureHeads[colName] && r.At(colFigure).Text == figureHeads[colFigure]:
			return r.No, false
		case r.At(colSection).Text == wordHeads[colSection] && r.At(colFigure).Text == wordHeads[colFigure]:
			return r.No, true
		}
	}
	return 0, false
}

func (b *FilledBook) readWords(sheet string, row table.SheetRow) {
	c := row.At(colFigure)
	text := strings.TrimSpace(fold.Clean(c.Text))
	section, sector, ok := strings.Cut(strings.TrimSpace(row.At(colCode).Text), "/")
	if !ok && row.At(colCode).Kind == table.Nothing && row.At(colSector).Kind != table.Nothing {
		return // what a cell could not hold stands locked, with a sentence that says so
	}
	if text == "" && !c.Formula {
		return
	}
	read := BookCell{Sheet: sheet, Cell: table.Address(colFigure, row.No), Section: section, Sector: sector, Text: text, Formula: c.Formula}
	switch {
	case !ok:
		read.Wrong = "Dòng này không mang mã mục của biểu nên không biết lời văn thuộc mục nào; xin chuyển vào dòng của mục."
	case c.Kind == table.Nothing:
		read.Wrong = uncalculated
	case c.Kind == table.Failure || c.Kind == table.Truth:
		read.Wrong = "Ô lời văn đang chứa " + text + ", không phải lời văn."
	}
	b.Cells = append(b.Cells, read)
}

const uncalculated = "Ô là công thức chưa có kết quả; xin mở bằng Excel hoặc LibreOffice rồi lưu lại, hoặc ghi thẳng giá trị vào ô."

func (b *FilledBook) readFigure(sheet string, row table.SheetRow) {
	code := strings.TrimSpace(row.At(colCode).Text)
	at, over, note := row.At(colFigure), row.At(colOver), strings.TrimSpace(fold.Clean(row.At(colNote).Text))
	read := BookCell{Sheet: sheet, Cell: table.Address(colFigure, row.No), Code: code, Note: note, Formula: at.Formula || over.Formula}
	read.Text, read.Wrong = typedFigure(at)
	read.Estimate, read.Wrong = estimateIn(row.At(colEstimate), read.Wrong, &read, row.No)
	if second, wrong := typedFigure(over); wrong != "" || second != "" {
		switch {
		case wrong != "":
			read.Wrong, read.Cell = wrong, table.Address(colOver, row.No)
		case read.Text == "" && read.Wrong == "":
			read.Wrong, read.Cell = "Có số sau dấu / nhưng chưa có số kỳ này.", table.Address(colOver, row.No)
		default:
			read.Text += "/" + second
		}
	}
	if read.Text == "" && read.Wrong == "" && note == "" {
		return
	}
	if code == "" && read.Wrong == "" {
		read.Wrong = "Dòng này không mang mã chỉ tiêu của biểu nên không biết số của chỉ tiêu nào."
	}
	b.Cells = append(b.Cells, read)
}

// estimateIn reads the column of estimates; what stands there beside nothing says nothing.
func estimateIn(c table.Cell, wrong string, read *BookCell, row int) (bool, string) {
	switch said := strings.TrimSpace(strings.ToLower(fold.Clean(c.Text))); {
	case said == "" || read.Text == "" || wrong != "":
		return false, wrong
	case said == estimateWord || said == "x" || c.Kind == table.Truth && said == "1":
		return true, ""
	case c.Kind == table.Truth:
		return false, ""
	}
	read.Cell = table.Address(colEstimate, row)
	return false, "Cột Ước chỉ nhận chữ “ước” hoặc để trống."
}

// typedFigure is a cell as a person would have typed its figure, or why it holds none.
func typedFigure(c table.Cell) (text, wrong string) {
	switch {
	case c.Kind == table.Nothing && c.Formula:
		return "", uncalculated
	case c.Kind == table.Failure:
		return "", "Ô đang báo lỗi " + c.Text + "; xin ghi số hoặc để trống."
	case c.Kind == table.Truth:
		return "", "Ô đang là giá trị đúng/sai, không phải số."
	case c.Kind == table.Number && c.Looks == table.Day:
		return "", "Ô đang là ngày tháng, không phải số; xin đổi định dạng ô thành số rồi gõ lại."
	case c.Kind == table.Number:
		return typedNumber(c)
	}
	text = strings.TrimSpace(fold.Clean(c.Text))
	if noFigure(text) {
		return "", ""
	}
	if len(text) > mostTyped {
		return "", "Ô dài quá, không phải là một số."
	}
	return text, ""
}

// mostTyped is how many bytes a figure has at most with all that people write around it.
const mostTyped = 200

// noFigure knows what offices write where there is no figure.
func noFigure(text string) bool {
	switch strings.ToLower(text) {
	case "", "-", "–", "—", "n/a", "na", "#n/a", "x", "…", "...":
		return true
	}
	return false
}

// typedNumber writes a stored number with a comma and the digits that its sender saw: a spreadsheet keeps 0.1 as
// 0.10000000000000001, and shows 15 digits of it.
func typedNumber(c table.Cell) (text, wrong string) {
	text = c.Text
	if digits := strings.Trim(text, "-0123456789"); digits != "" || len(text) > 19 || c.Looks == table.Percent {
		v, err := strconv.ParseFloat(text, 64)
		if err != nil {
			return "", "Ô không đọc được thành số."
		}
		if c.Looks == table.Percent { // 96,5 % is kept as 0.965
			v *= 100
		}
		seen, _ := strconv.ParseFloat(strconv.FormatFloat(v, 'g', mostExact, 64), 64)
		text = strconv.FormatFloat(seen, 'f', -1, 64)
	}
	if len(text) > 40 {
		return "", "Số trong ô lớn hơn hoặc lẻ hơn mức ghi được; xin kiểm tra đơn vị tính."
	}
	return strings.Replace(text, ".", ",", 1), ""
}

// of checks that a book was made for this report.
func (b *FilledBook) of(o Obligation) error {
	if b.Regime != o.RegimeCode || b.Body != o.BodyCode {
		return fault.Conflict("Biểu Excel này là của %s, chế độ %s; báo cáo đang mở là của %s, chế độ %s. Xin chọn đúng tệp hoặc mở đúng báo cáo.",
			b.Body, b.Regime, o.BodyCode, o.RegimeCode)
	}
	if b.Period != o.Period.String() {
		theirs := b.Period
		if p, err := calendar.ParsePeriod(b.Period); err == nil {
			theirs = p.Name()
		}
		return fault.Conflict("Biểu Excel này là của %s; báo cáo đang mở là %s. Xin tải biểu của đúng kỳ.", theirs, o.Period.Name())
	}
	return nil
}
