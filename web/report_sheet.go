package web

import (
	"errors"
	"net/http"
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/decimal"
	"giaoban/internal/fault"
	"giaoban/org"
	"giaoban/report"
)

// sheetPage is the working page of a report: its text by heading and sector, its figures, and how it leaves the house.
type sheetPage struct {
	Obligation report.Obligation
	Form       *report.Form
	BodyName   string
	Badge      badge
	When       string
	Class      string // of the due day: is-late, is-soon
	Version    int64  // of the draft that was read
	SavedAt    db.Instant
	SavedBy    string
	Approved   bool
	ApprovedBy string
	Source     string // draft, submission or empty: where what stands here came from
	LastName   string // the period that is shown beside; "" for none
	LastColumn string
	LastPaper  db.ID
	Sections   []sheetSection
	Groups     []gridGroup
	Others     []gridGroup // sectors the body reports nothing of, folded away
	Monthly    []monthlyGroup
	Months     []string
	Errors     []shownFinding
	Warnings   []shownFinding
	Hints      []shownFinding
	Returned   []shownMark
	Extensions []report.Extension
	ToSubmit   string // where the form goes
	Latest     int64  // newest version handed in when the page was shown: pressing twice gives the same receipt
	MayApprove bool   // the agency's leader sends by himself
	Paper      bool   // a paper report entered by the commission
	Typed      paperFields
	Asked      extensionFields
}

// paperFields are what is typed about the signed original and, for nhập thay, about its arrival.
type paperFields struct{ Number, Date, Signer, ArrivalNumber, ArrivalDate string }

// Given reports whether something was typed about a signed original.
func (p paperFields) Given() bool { return p.Number != "" || p.Date != "" || p.Signer != "" }

type extensionFields struct{ Due, Reason string }

type sheetSection struct {
	Code, Title string
	Items       []sheetText
	Others      []sheetText // sectors the body has not written about, folded away
}

// sheetText is what stands under one heading for one sector.
type sheetText struct {
	ID, Name, Label string
	Text            string
	Rows            int
	Last            []string
	Marks           []shownMark
	Class           string
	Findings        []shownFinding
}

type gridGroup struct {
	Sector string
	Rows   []gridRow
}

// gridRow is one indicator of the grid.
type gridRow struct {
	Indicator  report.Indicator
	ID, Name   string // of the cell
	Typed      string
	Estimate   bool
	Last       string
	Cumulative string
	Target     string
	How        string // what a/b means, how it adds up
	Computed   bool
	Pair       bool
	Class      string
	Described  string
	Findings   []shownFinding
	Marks      []shownMark
}

type monthlyGroup struct {
	Sector string
	Rows   []monthlyRow
}

type monthlyRow struct {
	Name, Unit, Total string
	Months            []string
}

// shownFinding is a finding with the place it points to and the reason already given.
type shownFinding struct {
	report.Finding
	ID       string // of the sentence itself, for the cell to refer to
	Field    string // id of the cell or text
	NoteName string // of the field for the reason, for warnings
	NoteID   string
	Note     string
}

// shownMark is a paragraph or figure that was sent back.
type shownMark struct {
	report.Mark
	Field, Where string
}

func (s *site) showSheet(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	id := db.ID(r.PathValue("obligation"))
	o, err := report.FindObligation(tx, by, id)
	if err != nil {
		return Reply{}, err
	}
	if err := by.May(access.DraftReport, o.Org); err != nil {
		return Reply{}, err
	}
	data, err := sheetOf(tx, by, id, nil)
	return Reply{Page: "report/sheet", Data: data}, err
}

// sheetOf reads everything the working page shows; typed takes the place of the draft when a form comes back.
func sheetOf(tx *db.Tx, by access.Actor, id db.ID, typed *report.Draft) (sheetPage, error) {
	sheet, err := report.Fill(tx, by, id)
	if err != nil {
		return sheetPage{}, err
	}
	data, err := sheetHead(tx, by, sheet.Obligation)
	if err != nil {
		return data, err
	}
	data.Form, data.Source = sheet.Form, sheet.Source
	data.Version, data.SavedAt, data.SavedBy = sheet.Draft.Version, sheet.Draft.SavedAt, sheet.Draft.SavedBy
	data.Approved, data.ApprovedBy = sheet.Draft.Approved(), sheet.Draft.ApprovedBy
	data.MayApprove = by.Can(access.ApproveReport, sheet.Obligation.Org)
	data.ToSubmit = "/bao-cao/" + string(id) + "/gui"
	draft, findings := sheet.Draft.Draft, sheet.Findings
	if typed != nil {
		var last []report.Value
		if sheet.Last != nil {
			last = sheet.Last.Values
		}
		draft, findings = *typed, report.Check(sheet.Form, *typed, last)
	}
	if sheet.Last != nil {
		data.LastName, data.LastColumn, data.LastPaper = sheet.Last.Period.Name(), columnPeriod(sheet.Last.Period), sheet.Last.Submission
	}
	data.lay(draft, findings, sheet.Marks, sheet.Last, sheet.Cumulative)
	data.monthly(sheet)
	if data.Extensions, err = report.Extensions(tx, by, id); err != nil {
		return data, err
	}
	return data, nil
}

// sheetHead is what every page about one obligation begins with.
func sheetHead(tx *db.Tx, by access.Actor, o report.Obligation) (sheetPage, error) {
	holidays, err := report.Holidays(tx)
	if err != nil {
		return sheetPage{}, err
	}
	today := calendar.OfInstant(tx.Clock())
	body, err := org.Find(tx, by, o.Org, today)
	if err != nil {
		return sheetPage{}, err
	}
	owed := owedOf(o, holidays, today)
	return sheetPage{Obligation: o, BodyName: body.Name, Badge: owed.Badge, When: owed.When, Class: owed.Class, Latest: o.Version}, nil
}

// lay puts texts, figures and findings where they are seen.
func (p *sheetPage) lay(d report.Draft, findings []report.Finding, marks []report.Mark, last *report.LastValue, cumulative []report.Value) {
	f := p.Form
	written := textsOf(d.Sections)
	mine := sectorsOf(f, d, marks, last)
	known := len(mine) > 0
	before := make(map[string][]string)
	if last != nil {
		for _, s := range last.Sections {
			before[textName(s.Section, s.Sector)] = s.Paragraphs
		}
	}
	at := make(map[string][]shownFinding)
	for _, finding := range telling(f, d, findings) {
		shown := shownFinding{Finding: finding, Field: partField(f, finding.Indicator, finding.Section, finding.Sector)}
		switch finding.Strength {
		case report.Error:
			p.Errors = append(p.Errors, shown)
		case report.Warning:
			shown.NoteName, shown.NoteID, shown.Note = "note."+finding.Key, anchor("note."+finding.Key), d.Notes[finding.Key]
			p.Warnings = append(p.Warnings, shown)
		default:
			p.Hints = append(p.Hints, shown)
		}
		at[shown.Field] = append(at[shown.Field], shown)
	}
	marked := make(map[string][]shownMark)
	for _, m := range marks {
		shown := shownMark{Mark: m, Field: partField(f, m.Indicator, m.Section, m.Sector), Where: placeName(f, m.Section, m.Sector, m.Paragraph, m.Indicator)}
		p.Returned = append(p.Returned, shown)
		marked[shown.Field] = append(marked[shown.Field], shown)
	}
	for _, section := range f.Sections {
		group := sheetSection{Code: section.Code, Title: f.SectionTitle(section.Code)}
		for _, sector := range f.Sectors {
			if !f.Asks(section.Code, sector.Code) {
				continue
			}
			name := textName(section.Code, sector.Code)
			item := sheetText{ID: anchor(name), Name: name, Label: sector.Name, Text: written[name], Last: before[name], Marks: marked[anchor(name)], Findings: at[anchor(name)]}
			item.Rows = min(14, max(3, 2+strings.Count(item.Text, "\n")+len(item.Text)/110))
			if len(item.Marks) > 0 {
				item.Class = " has-error"
			}
			if known && !mine[sector.Code] && item.Text == "" && len(item.Marks) == 0 {
				group.Others = append(group.Others, item)
				continue
			}
			group.Items = append(group.Items, item)
		}
		p.Sections = append(p.Sections, group)
	}
	for _, sector := range f.Sectors {
		group := gridGroup{Sector: sector.Name}
		for i, in := range f.Indicators {
			if in.Sector != sector.Code {
				continue
			}
			name := "value." + in.Code
			row := gridRow{Indicator: in, ID: anchor(name), Name: name, Typed: d.Values[in.Code], Estimate: d.Estimates[in.Code], Computed: in.Aggregation == report.Ratio,
				Pair: in.Fraction != report.NoFraction, How: howTyped(f, in), Findings: at[anchor(name)], Marks: marked[anchor(name)], Target: amountText(in.Target, in.Decimals)}
			if last != nil && i < len(last.Values) {
				row.Last = figureText(last.Values[i], in.Decimals)
			}
			if i < len(cumulative) {
				row.Cumulative = figureText(cumulative[i], in.Decimals)
			}
			row.weigh()
			group.Rows = append(group.Rows, row)
		}
		switch {
		case len(group.Rows) == 0:
		case known && !mine[sector.Code]:
			p.Others = append(p.Others, group)
		default:
			p.Groups = append(p.Groups, group)
		}
	}
}

// telling leaves out hints that tell nothing new: how a number was read that is written as the office writes it, and
// what stands beside an error about the same cell.
func telling(f *report.Form, d report.Draft, findings []report.Finding) []report.Finding {
	wrong := make(map[string]bool)
	for _, finding := range findings {
		if finding.Strength == report.Error && finding.Indicator != "" {
			wrong[finding.Indicator] = true
		}
	}
	var kept []report.Finding
	for _, finding := range findings {
		if finding.Strength == report.Hint && finding.Indicator != "" {
			in, _ := f.Indicator(finding.Indicator)
			if wrong[in.Code] || strings.HasPrefix(finding.Key, "reading:") && usualSpelling(d.Values[in.Code], in.Decimals) {
				continue
			}
		}
		kept = append(kept, finding)
	}
	return kept
}

// usualSpelling reports whether a figure is written with points between thousands and a comma before decimals.
func usualSpelling(text string, decimals int) bool {
	typed, err := decimal.ParseVietnamese(text, decimals)
	if err != nil || typed.Over != nil {
		return false
	}
	if typed.Estimate {
		text = strings.TrimSpace(strings.TrimPrefix(strings.ToLower(text), "ước"))
	}
	return text == decimal.FormatVietnamese(typed.Value, decimals) || text == decimal.FormatTrimmed(typed.Value, decimals)
}

// sectorsOf finds the sectors a body reports on: those it has typed something for, now or last time, or is asked to mend.
func sectorsOf(f *report.Form, d report.Draft, marks []report.Mark, last *report.LastValue) map[string]bool {
	mine := make(map[string]bool)
	texts := d.Sections
	if last != nil {
		texts = append(texts[:len(texts):len(texts)], last.Sections...)
	}
	for _, s := range texts {
		mine[s.Sector] = true
	}
	for i, in := range f.Indicators {
		if d.Values[in.Code] != "" || last != nil && i < len(last.Values) && last.Values[i].Set {
			mine[in.Sector] = true
		}
	}
	for _, m := range marks {
		if in, ok := f.Indicator(m.Indicator); ok {
			mine[in.Sector] = true
		}
		mine[m.Sector] = true
	}
	return mine
}

// weigh gives the cell the look of its strongest finding.
func (row *gridRow) weigh() {
	rank := map[report.Strength]int{report.Hint: 1, report.Warning: 2, report.Error: 3}
	class := [...]string{"", " hint", " warn", " error"}
	most := 0
	var ids []string
	for i, f := range row.Findings {
		most = max(most, rank[f.Strength])
		row.Findings[i].Sentence = capital(strings.TrimPrefix(f.Sentence, row.Indicator.Name+": ")) // the row names it already
		row.Findings[i].ID = row.ID + "-" + string('a'+rune(i))
		ids = append(ids, row.Findings[i].ID)
	}
	if len(row.Marks) > 0 {
		most = max(most, 2)
		ids = append(ids, row.ID+"-tra")
	}
	row.Class, row.Described = class[most], strings.Join(ids, " ")
}

func (p *sheetPage) monthly(sheet report.Sheet) {
	for _, m := range sheet.Monthly {
		if !m.Value.Set && !slices.ContainsFunc(m.Months, func(v report.Value) bool { return v.Set }) {
			continue
		}
		if p.Months == nil {
			for _, period := range m.Periods {
				p.Months = append(p.Months, columnPeriod(period))
			}
		}
		row := monthlyRow{Name: m.Indicator.Name, Unit: m.Indicator.Unit, Total: figureText(m.Value, m.Indicator.Decimals)}
		for _, v := range m.Months {
			row.Months = append(row.Months, figureText(v, m.Indicator.Decimals))
		}
		sector := sheet.Form.SectorName(m.Indicator.Sector)
		if n := len(p.Monthly); n == 0 || p.Monthly[n-1].Sector != sector {
			p.Monthly = append(p.Monthly, monthlyGroup{Sector: sector})
		}
		group := &p.Monthly[len(p.Monthly)-1]
		group.Rows = append(group.Rows, row)
	}
}

// Complete counts the cells of the body's own sectors that hold something, of those that are typed.
func (p sheetPage) Complete() (c struct{ Done, All int }) {
	for _, g := range p.Groups {
		for _, row := range g.Rows {
			if row.Computed {
				continue
			}
			c.All++
			if row.Typed != "" {
				c.Done++
			}
		}
	}
	return c
}

// anchor makes an id of a field's name: letters, digits, dashes and underscores only.
func anchor(name string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '_' {
			return r
		}
		return '-'
	}, name)
}

// anchored makes the problems of a change lead to the ids of their fields.
func anchored(err error) error {
	if f := fault.Of(err); f != nil {
		for i := range f.Problems {
			f.Problems[i].Field = anchor(f.Problems[i].Field)
		}
	}
	return err
}

// textName names the field of one heading and sector.
func textName(section, sector string) string { return "sections." + section + "." + sector }

func textsOf(sections []report.SectionText) map[string]string {
	texts := make(map[string]string, len(sections))
	for _, s := range sections {
		texts[textName(s.Section, s.Sector)] = strings.Join(s.Paragraphs, "\n\n")
	}
	return texts
}

// partField is where on the page a finding or a mark belongs.
func partField(f *report.Form, indicator, section, sector string) string {
	switch {
	case indicator != "":
		return anchor("value." + indicator)
	case section != "" && sector != "":
		return anchor(textName(section, sector))
	case section != "":
		for _, s := range f.Sectors {
			if f.Asks(section, s.Code) {
				return anchor(textName(section, s.Code))
			}
		}
	}
	return "so-lieu"
}

// placeName says in words which part of a report is meant.
func placeName(f *report.Form, section, sector string, paragraph int, indicator string) string {
	if indicator != "" {
		if in, ok := f.Indicator(indicator); ok {
			return "Chỉ tiêu " + in.Name
		}
		return "Chỉ tiêu " + indicator
	}
	if section == "" {
		return "Cả báo cáo"
	}
	parts := []string{f.SectionTitle(section)}
	if sector != "" {
		parts = append(parts, f.SectorName(sector))
	}
	if paragraph > 0 {
		parts = append(parts, "đoạn "+decimal.FormatVietnamese(int64(paragraph), 0))
	}
	return strings.Join(parts, ", ")
}

// howTyped explains a cell before anything is typed into it.
func howTyped(f *report.Form, in report.Indicator) string {
	switch {
	case in.Aggregation == report.Ratio:
		a, _ := f.Indicator(in.Numerator)
		b, _ := f.Indicator(in.Denominator)
		return "Tự tính: " + a.Name + " / " + b.Name + " × " + decimal.FormatVietnamese(in.Factor, 0)
	case in.Fraction == report.ActualTarget:
		return "Nhận a/b: thực hiện/chỉ tiêu"
	case in.Fraction == report.PartTotal:
		return "Nhận a/b: phần/tổng"
	case in.Fraction == report.ThisLast:
		return "Nhận a/b: kỳ này/kỳ trước"
	}
	return ""
}

// readDraft turns the form into a draft. On the page that compares two versions every difference carries its choice.
func readDraft(r *http.Request, f *report.Form) report.Draft {
	get := func(name string) string {
		if r.PostForm.Get("chon."+name) == "kia" {
			return r.PostForm.Get("kia." + name)
		}
		return r.PostForm.Get(name)
	}
	d := report.Draft{Values: make(map[string]string), Estimates: make(map[string]bool), Notes: make(map[string]string)}
	for _, in := range f.Indicators {
		if text := strings.TrimSpace(get("value." + in.Code)); text != "" {
			d.Values[in.Code] = text
		}
		if get("estimate."+in.Code) != "" {
			d.Estimates[in.Code] = true
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
		if key, ok := strings.CutPrefix(name, "note."); ok {
			if note := strings.TrimSpace(get(name)); note != "" {
				d.Notes[key] = note
			}
		}
	}
	return d
}

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
	return o, f, err
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
	saved, err := report.SaveDraft(tx, by, o.ID, d, versionOf(r))
	if err != nil {
		return s.sheetAgain(tx, by, r, o, d, saved, err)
	}
	return Reply{To: "/bao-cao/" + string(o.ID) + "/soan"}, nil
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
	saved, err := report.SaveDraft(tx, by, o.ID, readDraft(r, f), versionOf(r))
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
	saved, err := report.SaveDraft(tx, by, o.ID, d, versionOf(r))
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
	return Reply{Page: "report/sheet", Data: data}, anchored(problem)
}

func readPaperFields(r *http.Request) paperFields {
	return paperFields{Number: r.PostFormValue("paper_number"), Date: r.PostFormValue("paper_date"), Signer: r.PostFormValue("signer"),
		ArrivalNumber: r.PostFormValue("arrival_number"), ArrivalDate: r.PostFormValue("arrival_date")}
}

// readDay reads a day from a form, as a browser or a person writes it.
func readDay(wrong *fault.List, r *http.Request, field, missing string) calendar.Date {
	text := strings.TrimSpace(r.PostFormValue(field))
	if text == "" {
		if missing != "" {
			wrong.Add(field, missing)
		}
		return calendar.Date{}
	}
	d, err := calendar.ParseDate(text)
	if err != nil {
		if d, err = calendar.ReadDate(text); err != nil {
			wrong.Add(field, err.Error())
		}
	}
	return d
}
