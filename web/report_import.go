package web

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/table"
	"giaoban/org"
	"giaoban/report"
)

// importPage takes a file of figures: it shows what the file would do, and the same text does it once that was seen.
type importPage struct {
	Regime  report.Regime
	Lines   string // the file's text
	File    string // its name
	Reason  string
	Preview *report.Preview
	Seen    string // what the preview was made of
	Bodies  []importLine
	Codes   []coded      // of bodies and indicators, for who writes the file
	Period  string       // of a table that does not say it
	Labels  []askedLabel // names of a table that somebody must confirm
	Reading report.TableReading
	Opened  []calendar.Period
}

// askedLabel is a name of a table with what was chosen, or is proposed, for it.
type askedLabel struct {
	report.TableLabel
	ID      string // of the field
	Options []option
}

// coded is something with the code by which a file calls it.
type coded struct {
	Kind       report.LabelKind
	Code, Name string
}

type importLine struct {
	report.BodyChange
	Name string
}

// Ready reports whether the file may be entered as it was shown.
func (p importPage) Ready() bool {
	return p.Preview != nil && len(p.Preview.Refused) == 0 && p.Preview.More == 0
}

// mostFigures is what a page takes of a file; the command takes any length.
const mostFigures = 2 << 20

func (s *site) showImport(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	regime, err := report.FindRegime(tx, by, r.PathValue("regime"))
	if err == nil {
		err = by.May(access.ImportValues, regime.Receiver)
	}
	if err != nil {
		return Reply{}, err
	}
	data, err := importPageOf(tx, by, regime)
	return Reply{Page: "regime/import", Data: data}, err
}

// figuresOut is the file of a period's accepted figures, as a file comes in.
func (s *site) figuresOut(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	regime, period, err := regimeAndPeriod(tx, by, r)
	if err != nil {
		return Reply{}, err
	}
	if err := by.May(access.ImportValues, regime.Receiver); err != nil {
		return Reply{}, err
	}
	rows, err := report.ValuesOut(tx, by, regime.Code, period)
	if err != nil {
		return Reply{}, err
	}
	return fileOf("so-lieu-"+regime.Code+"-"+period.String(), "Số liệu", "csv", rows)
}

// importPageOf is the page before a file came: whom and what it may name.
func importPageOf(tx *db.Tx, by access.Actor, regime report.Regime) (p importPage, err error) {
	p.Regime = regime
	openings, err := report.Openings(tx, by, regime.ID)
	if err != nil {
		return p, err
	}
	for _, o := range openings {
		p.Opened = append(p.Opened, o.Period)
	}
	assignments, err := report.Assignments(tx, by, regime.ID)
	if err != nil {
		return p, err
	}
	names, err := org.Names(tx, calendar.OfInstant(tx.Clock()))
	if err != nil {
		return p, err
	}
	for _, a := range assignments {
		line := coded{report.LabelBody, a.BodyCode, names[a.Body].Name}
		if !slices.Contains(p.Codes, line) { // given again with another scope
			p.Codes = append(p.Codes, line)
		}
	}
	forms, err := report.Forms(tx, by, regime.ID)
	if err != nil || len(forms) == 0 {
		return p, err
	}
	for _, in := range forms[0].Indicators {
		p.Codes = append(p.Codes, coded{report.LabelIndicator, in.Code, in.Name})
	}
	return p, nil
}

func (s *site) importFigures(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	regime, err := report.FindRegime(tx, by, r.PathValue("regime"))
	if err != nil {
		return Reply{}, err
	}
	if err := by.May(access.ImportValues, regime.Receiver); err != nil {
		return Reply{}, err
	}
	data, err := importPageOf(tx, by, regime)
	if err != nil {
		return Reply{}, err
	}
	data.Lines, data.File, data.Reason = r.PostFormValue("lines"), r.PostFormValue("file_name"), strings.TrimSpace(r.PostFormValue("reason"))
	if err := s.readFigures(&data, r); err != nil {
		return Reply{Page: "regime/import", Data: data}, err
	}
	data.Period = r.PostFormValue("ky")
	im, err := data.read(tx, by, r)
	if err != nil {
		return Reply{Page: "regime/import", Data: data}, err
	}
	if im == nil { // its names come first
		return Reply{Page: "regime/import", Data: data, Again: true}, nil
	}
	im.File = data.File
	if err := data.lay(tx, im); err != nil {
		return Reply{}, err
	}
	if r.PostFormValue("act") != "nhap" || !data.Ready() {
		return Reply{Page: "regime/import", Data: data, Again: true}, nil
	}
	if r.PostFormValue("seen") != data.Seen {
		return Reply{Page: "regime/import", Data: data}, fault.Conflict("Tệp hoặc báo cáo đã thay đổi sau khi xem trước; xin xem lại bảng dưới đây rồi nhập.")
	}
	result, err := report.WriteImport(tx, by, im, nil)
	return Reply{To: "/che-do/" + regime.Code, Said: result.Sentence()}, err
}

// read reads the file of programs, or a table as offices make them; nil while names of the table are to be confirmed.
func (p *importPage) read(tx *db.Tx, by access.Actor, r *http.Request) (*report.Import, error) {
	if !report.IsTable(p.Lines) {
		return report.ReadImport(tx, by, p.Regime.Code, strings.NewReader(p.Lines), p.Reason, nil)
	}
	rows, err := table.Read(strings.NewReader(p.Lines), int64(len(p.Lines)))
	if err != nil {
		return nil, err
	}
	im, how, err := report.ReadTable(tx, by, p.Regime.Code, rows, report.TableOptions{Period: p.Period, Reason: p.Reason, Chosen: chosenLabels(r)})
	p.Reading = how
	for i, one := range how.Asked {
		p.Labels = append(p.Labels, askedLabel{one, fmt.Sprintf("nghia.%d", i), p.meanings(one)})
	}
	return im, err
}

// meanings are what a name may mean, the proposal chosen.
func (p *importPage) meanings(one report.TableLabel) []option {
	options := []option{{Value: "", Text: "Xin chọn"}, {Value: report.LeftOut, Text: "Không lấy"}}
	for _, known := range p.Codes {
		if known.Kind == one.Kind {
			options = append(options, option{Value: known.Code, Text: known.Name + " (" + known.Code + ")"})
		}
	}
	for i := range options {
		options[i].Selected = options[i].Value == one.Means
	}
	return options
}

// Read says for each column of a table what is taken of it, in the order of the table.
func (p importPage) Read() (all []coded) {
	for _, one := range p.Reading.Columns {
		means := "chưa biết"
		for _, known := range p.Codes {
			switch {
			case one.Means == report.LeftOut:
				means = "không lấy"
			case known.Kind == one.Kind && known.Code == one.Means:
				means = known.Name + " (" + known.Code + ")"
			}
		}
		if one.Text != "" {
			all = append(all, coded{one.Kind, one.Text, means})
		}
	}
	return all
}

// LinesLeftOut are the lines of a table of which nothing is taken: sums, and what stands beside the figures.
func (p importPage) LinesLeftOut() (all []string) {
	for _, one := range p.Reading.Lines {
		if one.Means == report.LeftOut {
			all = append(all, one.Text)
		}
	}
	return append(all, p.Reading.Beside...)
}

// Periods are those a table may be of.
func (p importPage) Periods() []option {
	options := []option{{Value: "", Text: "Ghi trong tệp"}}
	for _, period := range p.Opened {
		options = append(options, option{period.String(), period.Name(), period.String() == p.Period})
	}
	return options
}

// chosenLabels are the names of the table with what was chosen for each.
func chosenLabels(r *http.Request) (chosen []report.TableLabel) {
	for i := 0; r.PostForm.Has(fmt.Sprintf("nhan.%d", i)); i++ {
		kind, text, _ := strings.Cut(r.PostFormValue(fmt.Sprintf("nhan.%d", i)), ":")
		if means := r.PostFormValue(fmt.Sprintf("nghia.%d", i)); means != "" {
			chosen = append(chosen, report.TableLabel{Kind: report.LabelKind(kind), Text: text, Means: means})
		}
	}
	return chosen
}

// readFigures takes the text of the file that was sent, or what stands in the box.
func (s *site) readFigures(p *importPage, r *http.Request) error {
	if err := refusedUpload(r); err != nil {
		return err
	}
	if files := s.uploads(r, "file"); len(files) > 0 {
		f, err := files[0].Open()
		if err != nil {
			return err
		}
		defer f.Close()
		p.File = files[0].Name
		if p.Lines, err = figuresIn(f, files[0].Size); err != nil {
			return err
		}
	}
	if len(p.Lines) > mostFigures {
		p.Lines = ""
		return fault.TooLarge("file", "Trang này nhận tệp đến 2 MB; tệp lớn hơn thì người quản trị nhập bằng lệnh giaoban import-values.")
	}
	if strings.TrimSpace(p.Lines) == "" {
		return fault.Invalid("lines", "Hãy chọn tệp CSV hoặc dán các dòng số liệu.")
	}
	return nil
}

// figuresIn is a file as the box shows it: a workbook as a spreadsheet copies its first sheet.
func figuresIn(f io.ReaderAt, size int64) (string, error) {
	text := make([]byte, min(size, mostFigures+1))
	n, err := f.ReadAt(text, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return "", err
	}
	text = text[:n]
	if !bytes.HasPrefix(text, []byte("PK\x03\x04")) && bytes.IndexByte(text, 0) < 0 {
		return string(text), nil
	}
	rows, err := table.Read(f, size)
	return table.Text(rows), err
}

func (p *importPage) lay(tx *db.Tx, im *report.Import) error {
	preview := im.Preview()
	p.Preview, p.Seen = &preview, im.Digest()
	names, err := org.Names(tx, calendar.OfInstant(tx.Clock()))
	if err != nil {
		return err
	}
	called := make(map[string]string, len(names))
	for _, b := range names {
		called[b.Code] = b.Name
	}
	for _, b := range preview.Bodies {
		line := importLine{b, called[b.Code]}
		if line.Name == "" {
			line.Name = b.Code
		}
		p.Bodies = append(p.Bodies, line)
	}
	return nil
}
