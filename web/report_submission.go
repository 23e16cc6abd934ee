package web

import (
	"bytes"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/decimal"
	"giaoban/internal/fault"
	"giaoban/library"
	"giaoban/official"
	"giaoban/org"
	"giaoban/report"
)

// submissionPage is one version of a report as it was handed in, and what may be done with it.
type submissionPage struct {
	Submission report.Submission
	RegimeName string
	BodyName   string
	Badge      badge
	Way        string
	PrevName   string // the period before, shown beside
	Sections   []shownSection
	Groups     []figureGroup
	Empty      int // indicators with nothing to show, left out
	Errors     []shownFinding
	Warnings   []shownFinding
	Hints      []shownFinding
	Versions   []report.Submission
	Before     *report.Submission // the version before this one: differences are marked
	Files      []library.Use
	MayReceive bool
	Places     []part
	Typed      returnFields
	Queue      queuePosition
}

type returnFields struct{ Reason, Due string }

type shownSection struct {
	Title string
	Items []shownText
}

type shownText struct {
	Sector     string
	Paragraphs []shownParagraph
}

// shownParagraph is a paragraph with its number in its report and what became of it since the version before.
type shownParagraph struct {
	ID     string
	N      int
	Text   string
	Change string // "mới", "bỏ" or nothing
	Marks  []report.Mark
	Place  string // for the link that sends it back
}

type figureGroup struct {
	Sector string
	Rows   []shownFigure
}

type shownFigure struct {
	Indicator report.Indicator
	ID        string
	Value     string
	Previous  string
	Was       string // in the version before, when it differs
	Changed   bool
	Class     string
	Findings  []shownFinding
	Marks     []report.Mark
	Place     string
}

// part is a piece of a report that may be sent back.
type part struct {
	Value, Label string
	Selected     bool
}

// queuePosition says where one stands among the reports of a period that wait.
type queuePosition struct {
	Left           int
	Previous, Next db.ID
}

func (s *site) showSubmission(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	data, err := submissionOf(tx, by, db.ID(r.PathValue("submission")), r.FormValue("cho"))
	return Reply{Page: "report/submission", Data: data}, err
}

func submissionOf(tx *db.Tx, by access.Actor, id db.ID, chosen string) (submissionPage, error) {
	sub, err := report.FindSubmission(tx, by, id)
	if err != nil {
		return submissionPage{}, err
	}
	data := submissionPage{Submission: sub, Badge: submissionBadge(sub), Way: wayName(sub.Way)}
	today := calendar.OfInstant(tx.Clock())
	regime, err := report.RegimeByID(tx, by, sub.RegimeID)
	if err != nil {
		return data, err
	}
	data.RegimeName = regime.Name
	body, err := org.Find(tx, by, sub.Org.ID, today)
	if err != nil {
		return data, err
	}
	data.BodyName = body.Name
	if data.Versions, err = report.History(tx, by, sub.Obligation); err != nil {
		return data, err
	}
	for i, v := range data.Versions {
		if v.Version == sub.Version-1 {
			data.Before = &data.Versions[i]
		}
	}
	last, name, err := periodBefore(tx, by, sub)
	if err != nil {
		return data, err
	}
	data.PrevName = name
	data.lay(last)
	if data.Files, err = library.Attached(tx, by, "submission", id); err != nil {
		return data, err
	}
	data.MayReceive = sub.Latest && by.Can(access.AcceptReport, sub.Org.ID)
	if !data.MayReceive {
		return data, nil
	}
	data.choices(chosen)
	holidays, err := report.Holidays(tx)
	if err != nil {
		return data, err
	}
	data.Typed.Due = holidays.AddWorkingDays(today, 2).String()
	data.Queue, err = queueAround(tx, by, sub)
	return data, err
}

// periodBefore gives what the same body reported for the period before, in the order of this version's form.
func periodBefore(tx *db.Tx, by access.Actor, sub report.Submission) ([]report.Value, string, error) {
	previous, ok := sub.Period.Previous()
	if !ok {
		return nil, "", nil
	}
	o, err := report.ObligationOf(tx, by, sub.Regime, previous, sub.Org.ID)
	if fault.Of(err) != nil || err == nil && o.Accepted == "" && o.Latest == "" {
		return nil, "", nil // it did not report then
	}
	if err != nil {
		return nil, "", err
	}
	id := o.Accepted
	if id == "" {
		id = o.Latest
	}
	before, err := report.FindSubmission(tx, by, id)
	if err != nil {
		return nil, "", err
	}
	return aligned(before, sub.Form), columnPeriod(previous), nil
}

// aligned puts one version's figures into the order of another form; what the form does not have is left out.
func aligned(sub report.Submission, f *report.Form) []report.Value {
	at := make(map[string]report.Value, len(sub.Values))
	for i, in := range sub.Form.Indicators {
		at[in.Code] = sub.Values[i]
	}
	values := make([]report.Value, len(f.Indicators))
	for i, in := range f.Indicators {
		values[i] = at[in.Code]
	}
	return values
}

// draftOf turns a version back into what was typed, so that the same check speaks about both.
func draftOf(sub report.Submission) report.Draft {
	d := report.Draft{Values: make(map[string]string), Sections: sub.Sections, Notes: sub.Notes}
	for i, in := range sub.Form.Indicators {
		if in.Aggregation != report.Ratio && i < len(sub.Values) {
			d.Values[in.Code] = figureText(sub.Values[i], in.Decimals)
		}
	}
	return d
}

func (p *submissionPage) lay(last []report.Value) {
	sub, f := p.Submission, p.Submission.Form
	at := make(map[string][]shownFinding)
	if !sub.Nil {
		for _, finding := range telling(f, draftOf(sub), report.Check(f, draftOf(sub), last)) {
			shown := shownFinding{Finding: finding, Field: partField(f, finding.Indicator, finding.Section, finding.Sector), Note: sub.Notes[finding.Key]}
			switch finding.Strength {
			case report.Error:
				p.Errors = append(p.Errors, shown)
			case report.Warning:
				p.Warnings = append(p.Warnings, shown)
			default:
				p.Hints = append(p.Hints, shown)
			}
			at[shown.Field] = append(at[shown.Field], shown)
		}
	}
	texts, before := paragraphsBy(sub.Sections), map[string][]string{}
	var was []report.Value
	if p.Before != nil {
		before, was = paragraphsBy(p.Before.Sections), aligned(*p.Before, f)
	}
	for _, section := range f.Sections {
		shown := shownSection{Title: f.SectionTitle(section.Code)}
		for _, sector := range f.Sectors {
			name := textName(section.Code, sector.Code)
			item := shownText{Sector: sector.Name, Paragraphs: p.compared(section.Code, sector.Code, texts[name], before[name])}
			if len(item.Paragraphs) > 0 {
				shown.Items = append(shown.Items, item)
			}
		}
		if len(shown.Items) > 0 {
			p.Sections = append(p.Sections, shown)
		}
	}
	for _, sector := range f.Sectors {
		group := figureGroup{Sector: sector.Name}
		for i, in := range f.Indicators {
			if in.Sector != sector.Code || i >= len(sub.Values) {
				continue
			}
			row := shownFigure{Indicator: in, ID: anchor("value." + in.Code), Value: figureText(sub.Values[i], in.Decimals), Place: "so." + in.Code,
				Findings: at[anchor("value."+in.Code)]}
			if last != nil {
				row.Previous = figureText(last[i], in.Decimals)
			}
			if was != nil {
				row.Was = figureText(was[i], in.Decimals)
				row.Changed = row.Was != row.Value
			}
			for _, m := range sub.Returns {
				if m.Indicator == in.Code {
					row.Marks = append(row.Marks, m)
				}
			}
			row.Class = strongest(row.Findings)
			if row.Value == "" && row.Previous == "" && !row.Changed && row.Class == "" && len(row.Marks) == 0 {
				p.Empty++
				continue
			}
			group.Rows = append(group.Rows, row)
		}
		if len(group.Rows) > 0 {
			p.Groups = append(p.Groups, group)
		}
	}
}

func strongest(findings []shownFinding) string {
	class := ""
	for _, f := range findings {
		switch {
		case f.Strength == report.Error:
			return "error"
		case f.Strength == report.Warning:
			class = "warn"
		}
	}
	return class
}

// compared lists the paragraphs of one place, those new since the version before and those it had more.
func (p *submissionPage) compared(section, sector string, now, before []string) []shownParagraph {
	var all []shownParagraph
	for i, text := range now {
		shown := shownParagraph{ID: anchor(fmt.Sprintf("%s.%d", textName(section, sector), i+1)), N: i + 1, Text: text,
			Place: fmt.Sprintf("doan.%s.%s.%d", section, sector, i+1)}
		if p.Before != nil && !slices.Contains(before, text) {
			shown.Change = "mới"
		}
		for _, m := range p.Submission.Returns {
			if m.Section == section && m.Sector == sector && (m.Paragraph == i+1 || m.Paragraph == 0 && i == 0) {
				shown.Marks = append(shown.Marks, m)
			}
		}
		all = append(all, shown)
	}
	for _, text := range before {
		if !slices.Contains(now, text) {
			all = append(all, shownParagraph{Text: text, Change: "bỏ"})
		}
	}
	return all
}

func paragraphsBy(sections []report.SectionText) map[string][]string {
	by := make(map[string][]string, len(sections))
	for _, s := range sections {
		name := textName(s.Section, s.Sector)
		by[name] = append(by[name], s.Paragraphs...)
	}
	return by
}

// choices lists every part that may be sent back; chosen is the one whose link was followed.
func (p *submissionPage) choices(chosen string) {
	f := p.Submission.Form
	p.Places = append(p.Places, part{Label: "Cả báo cáo"})
	for _, s := range p.Submission.Sections {
		for i := range s.Paragraphs {
			p.Places = append(p.Places, part{Value: fmt.Sprintf("doan.%s.%s.%d", s.Section, s.Sector, i+1), Label: placeName(f, s.Section, s.Sector, i+1, "")})
		}
	}
	for _, in := range f.Indicators {
		p.Places = append(p.Places, part{Value: "so." + in.Code, Label: placeName(f, "", "", 0, in.Code)})
	}
	for _, section := range f.Sections {
		for _, sector := range f.Sectors {
			if f.Asks(section.Code, sector.Code) {
				p.Places = append(p.Places, part{Value: "doan." + section.Code + "." + sector.Code + ".0", Label: placeName(f, section.Code, sector.Code, 0, "") + " (cả phần)"})
			}
		}
	}
	for i := range p.Places {
		p.Places[i].Selected = p.Places[i].Value == chosen
	}
}

// readPlace turns a choice of the list back into the part it means.
func readPlace(r *report.Returning, value string) {
	if code, ok := strings.CutPrefix(value, "so."); ok {
		r.Indicator = code
		return
	}
	rest, ok := strings.CutPrefix(value, "doan.")
	if !ok {
		return
	}
	parts := strings.Split(rest, ".")
	if len(parts) < 3 {
		return
	}
	r.Section, r.Sector = parts[0], strings.Join(parts[1:len(parts)-1], ".")
	r.Paragraph = int(wholeNumber(parts[len(parts)-1]))
}

func (s *site) returnSubmission(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	id := db.ID(r.PathValue("submission"))
	var wrong fault.List
	back := report.Returning{Reason: r.PostFormValue("reason"), Due: readDay(&wrong, r, "due", "Hãy chọn hạn bổ sung mới.")}
	readPlace(&back, r.PostFormValue("place"))
	err := wrong.Err()
	if err == nil {
		err = report.Return(tx, by, id, back)
	}
	if err != nil {
		data, again := submissionOf(tx, by, id, r.PostFormValue("place"))
		if again != nil {
			return Reply{}, err
		}
		data.Typed = returnFields{r.PostFormValue("reason"), r.PostFormValue("due")}
		return Reply{Page: "report/submission", Data: data}, err
	}
	return Reply{To: report.SubmissionURL(id)}, nil
}

// acceptSubmission takes the version in and goes on to the next one that waits.
func (s *site) acceptSubmission(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	id := db.ID(r.PathValue("submission"))
	sub, err := report.FindSubmission(tx, by, id)
	if err != nil {
		return Reply{}, err
	}
	if sub.Accepted {
		return Reply{To: report.SubmissionURL(id)}, nil // pressed twice
	}
	around, err := queueAround(tx, by, sub)
	if err != nil {
		return Reply{}, err
	}
	if err := report.Accept(tx, by, id); err != nil {
		data, again := submissionOf(tx, by, id, "")
		if again != nil {
			return Reply{}, err
		}
		return Reply{Page: "report/submission", Data: data}, err
	}
	if r.PostFormValue("next") != "" && around.Next != "" {
		return Reply{To: report.SubmissionURL(around.Next)}, nil
	}
	return Reply{To: report.SubmissionURL(id)}, nil
}

func submissionBadge(sub report.Submission) badge {
	late := ""
	if sub.Late {
		late = ", gửi muộn"
	}
	switch {
	case !sub.Latest:
		return badge{"draft", "Đã có bản mới hơn"}
	case sub.Returned():
		return badge{"returned", "Đề nghị bổ sung" + late}
	case sub.Accepted:
		return badge{"accepted", "Đã nhận" + late}
	case sub.Nil:
		return badge{"nil", "Không phát sinh" + late}
	case sub.Late:
		return badge{"late", "Đã gửi muộn, chờ nhận"}
	}
	return badge{"waiting", "Đã gửi đúng hạn, chờ nhận"}
}

func wayName(way string) string {
	switch way {
	case report.WayProgram:
		return "Lãnh đạo cơ quan duyệt trong chương trình"
	case report.WaySigned:
		return "Bản ký đính kèm là bản gốc"
	case report.WayPaper:
		return "Nhập thay từ báo cáo giấy"
	case report.WayImport:
		return "Nhập từ tệp số liệu"
	}
	return way
}

// printSubmission is the body's own report on paper: State bodies under Nghị định 30, Party bodies under the guidance of
// the day.
func (s *site) printSubmission(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	sub, err := report.FindSubmission(tx, by, db.ID(r.PathValue("submission")))
	if err != nil {
		return Reply{}, err
	}
	day := sub.Original.Date
	if day.IsZero() {
		day = calendar.OfInstant(sub.At.Time())
	}
	body, err := org.Find(tx, by, sub.Org.ID, day)
	if err != nil {
		return Reply{}, err
	}
	regime, err := report.RegimeByID(tx, by, sub.RegimeID)
	if err != nil {
		return Reply{}, err
	}
	commission, err := org.TheCommission(tx, day)
	if err != nil {
		return Reply{}, err
	}
	banner, err := org.Setting(tx, org.Banner)
	if err != nil {
		return Reply{}, err
	}
	d := paperOf(sub, regime, body, commission, day)
	d.Marks.Banner = banner
	var page bytes.Buffer
	if err := official.WriteHTML(&page, d, official.HTMLOptions{}); err != nil {
		return Reply{}, err
	}
	return Reply{Paper: page.String()}, nil
}

func paperOf(sub report.Submission, regime report.Regime, body, receiver org.Body, day calendar.Date) official.Document {
	family := official.State
	if body.Kind == org.PartyCommittee || body.Kind.Assigned() {
		family = official.Party
	}
	profile := official.ProfileFor(family, official.DayOf(day.Year(), int(day.Month()), day.Day()))
	var text []official.Block
	if sub.Nil {
		text = append(text, official.Paragraph{Runs: official.Text("Trong kỳ, " + body.Name + " không phát sinh nội dung phải báo cáo.")})
	}
	written := paragraphsBy(sub.Sections)
	for _, section := range sub.Form.Sections {
		headed := false
		for _, sector := range sub.Form.Sectors {
			paragraphs := written[textName(section.Code, sector.Code)]
			if len(paragraphs) == 0 {
				continue
			}
			if !headed {
				text = append(text, official.Heading{Level: 1, Runs: official.Text(sub.Form.SectionTitle(section.Code))})
				headed = true
			}
			text = append(text, official.Heading{Level: 2, Runs: official.Text(sector.Name)})
			for _, p := range paragraphs {
				text = append(text, official.Paragraph{Runs: official.Text(p)})
			}
		}
	}
	d := official.BaoCao(profile, regime.Name+", "+sub.Period.Name(), text...)
	d.Issuer, d.BodySymbol, d.Place = body.Name, body.Symbol, body.Place
	d.Date = official.DayOf(day.Year(), int(day.Month()), 0)
	if !sub.Original.Date.IsZero() {
		d.Date.D = day.Day()
	}
	if n, _, _ := strings.Cut(sub.Original.Number, "/"); n != "" {
		d.Number = int(wholeNumber(strings.TrimSpace(n)))
	}
	d.Recipients = []string{receiver.Name}
	d.Signers = []official.Signer{{Title: "Thủ trưởng cơ quan", Name: sub.Original.Signer}}
	if table, ok := annexOf(sub); ok {
		d.Annexes = append(d.Annexes, official.Annex{Title: "Số liệu " + sub.Period.Name(), Body: []official.Block{table}})
	}
	return d
}

// annexOf is the table of figures of one version.
func annexOf(sub report.Submission) (official.Table, bool) {
	table := official.Table{Columns: []official.Column{{Title: "TT", Width: 6, Align: official.Center}, {Title: "Chỉ tiêu", Width: 54},
		{Title: "Đơn vị", Width: 18}, {Title: "Số liệu", Width: 22, Align: official.Right}}}
	n := 0
	for _, sector := range sub.Form.Sectors {
		headed := false
		for i, in := range sub.Form.Indicators {
			if in.Sector != sector.Code || i >= len(sub.Values) || !sub.Values[i].Set {
				continue
			}
			if !headed {
				table.Rows = append(table.Rows, []official.Cell{{Runs: []official.Run{{Text: sector.Name, Bold: true}}, ColSpan: 4, RowHead: true}})
				headed = true
			}
			n++
			table.Rows = append(table.Rows, []official.Cell{official.C(decimal.FormatVietnamese(int64(n), 0)), {Runs: official.Text(in.Name), RowHead: true},
				official.C(in.Unit), official.C(figureText(sub.Values[i], in.Decimals))})
		}
	}
	return table, n > 0
}
