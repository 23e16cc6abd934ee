package web

import (
	"fmt"
	"net/http"
	"slices"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/library"
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
	Proposals  []report.Proposal  // what became of those it makes
	Files      []library.Use
	Original   *signedFile
	MayReceive bool
	Places     []part
	Asking     string // the paragraph or figure beside which the form stands; "" while none was chosen
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
	data, err := s.submissionOf(tx, by, db.ID(r.PathValue("submission")), r.FormValue("cho"))
	return Reply{Page: "report/submission", Data: data}, err
}

func (s *site) submissionOf(tx *db.Tx, by access.Actor, id db.ID, chosen string) (submissionPage, error) {
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
	body, err := org.Find(tx, by, sub.Body.ID, calendar.OfInstant(sub.At.Time())) // as it was called when it reported
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
	earlier, err := sub.Earlier(tx)
	if err != nil {
		return data, err
	}
	data.lay(last, earlier)
	if data.Files, err = library.Attached(tx, by, "submission", id); err != nil {
		return data, err
	}
	if data.Original, err = s.signedReport(tx, by, sub); err != nil {
		return data, err
	}
	if data.Proposals, err = report.ProposalsOf(tx, by, sub.Body.ID, sub.Regime, sub.Period); err != nil {
		return data, err
	}
	data.MayReceive = sub.Latest && by.Can(access.AcceptReport, sub.Body.ID)
	if !data.MayReceive {
		return data, nil
	}
	data.choices(chosen)
	holidays, err := org.Holidays(tx)
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
	o, err := report.ObligationOf(tx, by, sub.Regime, previous, sub.Body.ID)
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
			d.Values[in.Code] = sub.Values[i].Text(in.Decimals)
		}
	}
	return d
}

func (p *submissionPage) lay(last []report.Value, earlier report.Before) {
	sub, f := p.Submission, p.Submission.Form
	at := make(map[string][]shownFinding)
	if !sub.Nil {
		for _, finding := range telling(f, draftOf(sub), report.Check(f, draftOf(sub), earlier)) {
			shown := shownFinding{Finding: finding, Field: partField(f, finding.Indicator, finding.Section, finding.Sector), Note: finding.Reason(sub.Notes)}
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
			row := shownFigure{Indicator: in, ID: anchor("value." + in.Code), Value: sub.Values[i].Text(in.Decimals), Place: "so." + in.Code,
				Findings: at[anchor("value."+in.Code)]}
			if last != nil {
				row.Previous = last[i].Text(in.Decimals)
			}
			if was != nil {
				row.Was = was[i].Text(in.Decimals)
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
			Place: paragraphPlace(section, sector, i+1)}
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

func submissionBadge(sub report.Submission) badge {
	late := ""
	if sub.Late {
		late = ", gửi muộn"
	}
	switch {
	case !sub.Latest:
		return badge{"draft", "Đã có bản mới hơn"}
	case sub.Returned() && sub.Accepted:
		return badge{"returned", "Đã nhận, chờ bổ sung một phần" + late}
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
