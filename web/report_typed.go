package web

import (
	"errors"
	"net/http"
	"strings"

	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/decimal"
	"giaoban/internal/fault"
	"giaoban/report"
)

// readDraft turns the form into a draft. On the page that compares two versions every difference carries its choice.
func readDraft(r *http.Request, f *report.Form) report.Draft {
	get := func(name string) string {
		if r.PostForm.Get("chon."+name) == "kia" {
			return r.PostForm.Get("kia." + name)
		}
		return r.PostForm.Get(name)
	}
	d := report.Draft{Values: make(map[string]string), Estimates: make(map[string]bool), Notes: make(map[string]string), Nil: get("nil") != "",
		Unplaced: strings.TrimSpace(get(wordText)), Read: heldFigures(r)}
	for _, in := range f.Indicators {
		if text := strings.TrimSpace(get("value." + in.Code)); text != "" {
			d.Values[in.Code] = text
		}
		if get("estimate."+in.Code) != "" {
			d.Estimates[in.Code] = true
		}
		if reading := r.PostForm.Get("doc." + in.Code); reading != "" { // the button that chose one of two readings
			d.Chose(in.Code, reading)
		}
	}
	for _, section := range f.Sections {
		for _, sector := range f.Sectors {
			if !f.Asks(section.Code, sector.Code) {
				continue
			}
			if paragraphs := paragraphsOf(get(textName(section.Code, sector.Code))); len(paragraphs) > 0 {
				d.Sections = append(d.Sections, report.SectionText{Section: section.Code, Sector: sector.Code, Paragraphs: paragraphs})
			}
		}
	}
	for name := range r.PostForm {
		if key, ok := strings.CutPrefix(name, "why."); ok && d.Notes[key] == "" {
			d.Notes[key] = r.PostForm.Get(name)
		}
		if key, ok := strings.CutPrefix(name, "note."); ok {
			if note := strings.TrimSpace(get(name)); note != "" {
				d.Notes[key] = note
			}
		}
	}
	return d
}

// choseReading reports whether the form was sent by a button that only chose how a figure is read.
func choseReading(r *http.Request) bool {
	for name := range r.PostForm {
		if strings.HasPrefix(name, "doc.") {
			return true
		}
	}
	return false
}

// usualReasons are offered by one tap where a figure needs a reason.
var usualReasons = []string{"Đã kiểm tra, số đúng.", "Phát sinh đột xuất trong kỳ.", "Thay đổi cách tính hoặc phạm vi."}

// paragraphsOf cuts a text at its empty lines; a text without any is cut at every line end, as pasted from Word.
func paragraphsOf(text string) []string {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	cut := "\n\n"
	if !strings.Contains(text, "\n\n") {
		cut = "\n"
	}
	var paragraphs []string
	for part := range strings.SplitSeq(text, cut) {
		if part = strings.TrimSpace(part); part != "" {
			paragraphs = append(paragraphs, part)
		}
	}
	return paragraphs
}

// formOf finds the obligation and its form, for a form that came back.
func formOf(tx *db.Tx, by access.Actor, r *http.Request) (report.Obligation, *report.Form, error) {
	o, err := report.FindObligation(tx, by, db.ID(r.PathValue("obligation")))
	if err != nil {
		return o, nil, err
	}
	f, err := report.FormByID(tx, by, o.Form)
	if err != nil {
		return o, nil, err
	}
	return o, f.For(o.Scope), nil
}

func versionOf(r *http.Request) int64 { return wholeNumber(r.PostFormValue("version")) }

// wholeNumber reads a number that a page itself wrote; anything else is 0.
func wholeNumber(s string) int64 {
	n, err := decimal.Parse(s, 0)
	if err != nil {
		return 0
	}
	return n
}

func (s *site) saveSheet(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	o, f, err := formOf(tx, by, r)
	if err != nil {
		return Reply{}, err
	}
	d := readDraft(r, f)
	if choseReading(r) || r.PostFormValue(bothShown) != "" { // the other cells were not looked at
		d.Unconfirmed()
	} else {
		d.Confirm()
	}
	saved, err := report.SaveDraft(tx, by, o, d, versionOf(r))
	if err != nil {
		return s.sheetAgain(tx, by, r, o, d, saved, err)
	}
	to := "/bao-cao/" + string(o.ID) + "/soan"
	if part := r.URL.Query().Get(shownPart); part != "" {
		to += "#" + anchor(part) // where it was saved
	}
	return Reply{To: to}, nil
}

type draftSaved struct {
	SavedAt string `json:"saved_at"`
	Version int64  `json:"version"`
}

// draftBehind tells the page's script that somebody else saved first; the link leads to the button that shows both.
type draftBehind struct {
	Sentence string `json:"sentence"`
	URL      string `json:"url"`
}

func (s *site) autosaveSheet(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	o, f, err := formOf(tx, by, r)
	if err != nil {
		return Reply{}, err
	}
	d := readDraft(r, f)
	d.Unconfirmed() // what is saved by itself was confirmed by nobody
	saved, err := report.SaveDraft(tx, by, o, d, versionOf(r))
	if fault.Is(err, fault.KindStale) {
		return Reply{JSON: draftBehind{err.Error() + " Chữ đang gõ vẫn còn; bấm “Lưu nháp” để so hai bản.", "#luu"}}, err
	}
	return Reply{JSON: orNil(err == nil, draftSaved{saved.SavedAt.RFC3339(), saved.Version})}, err
}

// orNil leaves the reply to the wrapper when there is nothing to say.
func orNil(ok bool, v any) any {
	if ok {
		return v
	}
	return nil
}

// takeLastText puts the text of the period before under one heading and goes back to it.
func (s *site) takeLastText(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	o, f, err := formOf(tx, by, r)
	if err != nil {
		return Reply{}, err
	}
	d, name := readDraft(r, f), r.PostFormValue("lay")
	d.Unconfirmed()
	sheet, err := report.Fill(tx, by, o.ID)
	if err != nil {
		return Reply{}, err
	}
	if sheet.Last == nil {
		return s.sheetAgain(tx, by, r, o, d, report.SavedDraft{}, fault.Conflict("Chưa có báo cáo kỳ trước để lấy lời văn."))
	}
	for _, last := range sheet.Last.Sections {
		if name != "" && textName(last.Section, last.Sector) != name {
			continue
		}
		d.Sections = withText(d.Sections, last)
	}
	saved, err := report.SaveDraft(tx, by, o, d, versionOf(r))
	if err != nil {
		return s.sheetAgain(tx, by, r, o, d, saved, err)
	}
	return Reply{To: "/bao-cao/" + string(o.ID) + "/soan#" + anchor(name)}, nil
}

// withText adds paragraphs after those already written under the same heading.
func withText(sections []report.SectionText, more report.SectionText) []report.SectionText {
	for i, s := range sections {
		if s.Section == more.Section && s.Sector == more.Sector {
			sections[i].Paragraphs = append(append([]string(nil), s.Paragraphs...), more.Paragraphs...)
			return sections
		}
	}
	return append(sections, more)
}

// sheetAgain gives the working page back with what was typed, or both versions when somebody else saved first.
func (s *site) sheetAgain(tx *db.Tx, by access.Actor, r *http.Request, o report.Obligation, d report.Draft, theirs report.SavedDraft, problem error) (Reply, error) {
	if fault.Of(problem) == nil {
		return Reply{}, problem
	}
	if fault.Is(problem, fault.KindStale) && theirs.Version > 0 {
		data, err := twoDrafts(tx, by, o, d, theirs)
		return Reply{Page: "report/two", Data: data}, errors.Join(err, problem)
	}
	data, err := sheetOf(tx, by, o.ID, &d)
	if err != nil {
		return Reply{}, problem
	}
	data.Version = versionOf(r)
	data.Typed, data.Latest = readPaperFields(r), wholeNumber(r.PostFormValue("latest"))
	data.Asked = extensionFields{r.PostFormValue("due"), r.PostFormValue("reason")}
	data.turn(problem)
	return Reply{Page: "report/sheet", Data: data}, anchored(problem)
}

func readPaperFields(r *http.Request) paperFields {
	return paperFields{Number: r.PostFormValue("paper_number"), Date: r.PostFormValue("paper_date"), Signer: r.PostFormValue("signer"),
		ArrivalNumber: r.PostFormValue("arrival_number"), ArrivalDate: r.PostFormValue("arrival_date")}
}
