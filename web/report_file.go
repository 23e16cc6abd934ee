package web

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"

	"giaoban/document"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/report"
)

// readReport is the report that came as a file with a form, read before its transaction, with the figures that the form asks for.
type readReport struct {
	document document.Document
	figures  []report.FromFile
	err      error
}

type readReportKey struct{}

// readReportSent goes before the transaction: reading somebody's file takes too long for the writer. It is done for nobody but an
// account with a page of ours.
func (s *site) readReportSent(r *http.Request, who visitor) *http.Request {
	if len(s.uploads(r, reportFile)) == 0 || !who.session.Valid(unmask(r.FormValue("form_token"))) {
		return r
	}
	read := readReport{}
	if read.document, read.err = s.readReportFile(r); read.err == nil {
		read.err = s.DB.Read(r.Context(), func(tx *db.Tx) error {
			o, f, err := formOf(tx, who.Actor, r)
			if err == nil {
				read.figures = f.FiguresIn(read.document, o.Period)
			}
			return err
		})
	}
	return r.WithContext(context.WithValue(r.Context(), readReportKey{}, read))
}

// readReportOf is what was read before the transaction.
func readReportOf(r *http.Request) readReport {
	if read, ok := r.Context().Value(readReportKey{}).(readReport); ok {
		return read
	}
	return readReport{err: errNoReportFile}
}

var errNoReportFile = fault.Invalid("", "Hãy chọn tệp báo cáo (.docx, .pdf hoặc .odt) rồi bấm “Đọc tệp”.")

func (s *site) readReportFile(r *http.Request) (d document.Document, err error) {
	sent := s.uploads(r, reportFile)
	if len(sent) > 1 {
		return d, fault.Invalid("", "Mỗi lần đọc một tệp báo cáo; xin chọn một tệp.")
	}
	if d, err = readUpload(r.Context(), sent[0]); err != nil {
		return d, err
	}
	size := 0
	for _, b := range d.Accepted() {
		size += len(b.Text)
	}
	if size > mostReportText {
		return d, fault.TooLarge("", "Lời văn trong tệp dài quá 2 MB, một báo cáo không chứa hết. Hãy tách phụ lục ra rồi gửi phụ lục thành tệp kèm.")
	}
	return d, nil
}

// mostReportText is what a report may hold, in bytes.
const mostReportText = 2 << 20

// figuresHeld carries the figures of a file that nobody has confirmed from page to page.
const figuresHeld = "so-tu-tep"

func heldFigures(r *http.Request) (read []report.FromFile) {
	if json.Unmarshal([]byte(r.PostFormValue(figuresHeld)), &read) != nil {
		return nil
	}
	return read
}

func holdFigures(d report.Draft) string {
	if len(d.Read) == 0 {
		return ""
	}
	held, _ := json.Marshal(d.Read) // texts only
	return string(held)
}

// readCell is what a file says of one indicator, beside its cell.
type readCell struct {
	Filled bool   // the cell shows it
	Kept   string // what the cell holds instead
	Torn   bool   // the file says two things
	Said   []report.Said
}

// fromFileLine leads to the cell that a file says something of.
type fromFileLine struct {
	Field, Name string
	readCell
}

// Takes reports whether a button takes this value into the cell.
func (c readCell) Takes(s report.Said) bool { return !c.Filled && !s.Undecided }

// openFigures are the figures of a file about which the cells leave something to say.
func openFigures(d report.Draft) report.Draft {
	return report.Draft{Read: slices.DeleteFunc(slices.Clone(d.Read), func(one report.FromFile) bool { return readBeside(d, one.Indicator) == nil })}
}

// readBeside finds what a file says of a cell; nil where there is nothing left to compare.
func readBeside(d report.Draft, code string) *readCell {
	for _, one := range d.Read {
		if one.Indicator != code {
			continue
		}
		s, clear := one.Clear()
		switch typed := d.Values[code]; {
		case clear && typed == s.Text:
			return nil
		case clear && typed == "":
			return &readCell{Filled: true, Said: one.Said}
		default:
			return &readCell{Kept: typed, Torn: len(one.Said) > 1, Said: one.Said}
		}
	}
	return nil
}
