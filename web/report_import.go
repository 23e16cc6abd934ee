package web

import (
	"bytes"
	"io"
	"net/http"
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
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
	Codes   []coded // of bodies and indicators, for who writes the file
	Opened  []calendar.Period
}

// coded is something with the code by which a file calls it.
type coded struct{ Code, Name string }

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
		line := coded{a.BodyCode, names[a.Body].Name}
		if !slices.Contains(p.Codes, line) { // given again with another scope
			p.Codes = append(p.Codes, line)
		}
	}
	forms, err := report.Forms(tx, by, regime.ID)
	if err != nil || len(forms) == 0 {
		return p, err
	}
	for _, in := range forms[0].Indicators {
		p.Codes = append(p.Codes, coded{in.Code, in.Name})
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
	im, err := report.ReadImport(tx, by, regime.Code, strings.NewReader(data.Lines), data.Reason, nil)
	if err != nil {
		return Reply{Page: "regime/import", Data: data}, err
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
		text, err := io.ReadAll(io.LimitReader(f, mostFigures+1))
		if err != nil {
			return err
		}
		if bytes.IndexByte(text, 0) >= 0 {
			return fault.Invalid("file", "Tệp này không phải CSV; trong Excel hãy lưu thành CSV UTF-8.")
		}
		p.Lines, p.File = string(text), files[0].Name
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
