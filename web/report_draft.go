package web

import (
	"fmt"
	"net/http"
	"slices"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/decimal"
	"giaoban/report"
)

// leaderPage is a draft as its leader reads it: the words and figures, what changed, and room for a comment at each.
type leaderPage struct {
	Obligation report.Obligation
	Form       *report.Form
	BodyName   string
	Badge      badge
	When       string
	Draft      report.SavedDraft
	Stage      report.Stage
	Sent       string // the version that was sent before, “bản 1”; its words and figures are compared
	LastName   string // the period before, whose words stand folded beside
	LastColumn string
	LastPaper  db.ID
	Sections   []readSection
	Groups     []readGroup
	Empty      int // figures with nothing to read, left out
	Tally      changeTally
	Asked      []shownMark // what the commission asked for
	SentBack   *report.SentBack
	Warnings   []shownFinding
	MayApprove bool // yes or no may be said here and now
	MaySend    bool
	Latest     int64
	Note       string // typed about the whole
	Typed      paperFields
}

// changeTally says in a line what is other than before.
type changeTally struct{ Up, Down, Same, New, Gone, Repeated, NewWords, GoneWords int }

type readSection struct {
	Title string
	Items []readText
}

type readText struct {
	Sector     string
	Paragraphs []readParagraph
	Last       []string // the words of the period before
}

// readParagraph is a paragraph, what became of it, and what the leader said and says of it.
type readParagraph struct {
	commentPlace
	N      int
	Text   string
	Change string // "mới", "bỏ": since the version sent before; "như": word by word as in the period before
}

type readGroup struct {
	Sector string
	Rows   []readFigure
}

type readFigure struct {
	commentPlace
	Indicator report.Indicator
	Value     string
	Last      string
	Change    string // "tăng 5"
	Was       string // in the version that was sent before, when it differs
	Findings  []shownFinding
}

// commentPlace is one place that a comment may be about.
type commentPlace struct {
	ID, Name, Label string
	Words           string // typed now
	Said            []report.Comment
	Marks           []shownMark
}

func (s *site) showDraft(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	o, err := report.FindObligation(tx, by, db.ID(r.PathValue("obligation")))
	if err != nil {
		return Reply{}, err
	}
	return draftReply(tx, by, r, o)
}

func draftReply(tx *db.Tx, by access.Actor, r *http.Request, o report.Obligation) (Reply, error) {
	if err := by.May(access.DraftReport, o.Holder); err != nil {
		return Reply{}, err
	}
	data, err := leaderPageOf(tx, by, r, o)
	return Reply{Page: "report/draft", Data: data}, err
}

// draftAgain gives the page back with every comment that was typed.
func draftAgain(tx *db.Tx, by access.Actor, r *http.Request, o report.Obligation, problem error) (Reply, error) {
	reply, err := draftReply(tx, by, r, o)
	if err != nil {
		return Reply{}, problem
	}
	return reply, anchored(problem)
}

func leaderPageOf(tx *db.Tx, by access.Actor, r *http.Request, o report.Obligation) (leaderPage, error) {
	sheet, err := report.Fill(tx, by, o.ID)
	if err != nil {
		return leaderPage{}, err
	}
	head, err := sheetHead(tx, by, o)
	if err != nil {
		return leaderPage{}, err
	}
	stage := sheet.Draft.Stage()
	data := leaderPage{Obligation: o, Form: sheet.Form, BodyName: head.BodyName, Badge: stageBadge(o, calendar.OfInstant(tx.Clock())), When: head.When,
		Draft: sheet.Draft, Stage: stage, SentBack: sheet.SentBack, MaySend: by.Can(access.SubmitReport, o.Holder), Latest: o.Version,
		MayApprove: stage == report.StagePutForward && by.Can(access.ApproveReport, o.Holder),
		Note:       r.PostFormValue("note"), Typed: readPaperFields(r)}
	if sheet.Last != nil {
		data.LastName, data.LastColumn, data.LastPaper = sheet.Last.Period.Name(), columnPeriod(sheet.Last.Period), sheet.Last.Submission
	}
	var sent *report.Submission
	if o.Latest != "" {
		version, err := report.FindSubmission(tx, by, o.Latest)
		if err != nil {
			return data, err
		}
		sent, data.Sent = &version, report.VersionName(version.Version)
	}
	data.layWords(sheet, sent, r)
	data.layFigures(sheet, sent, r)
	return data, nil
}

// place prepares a comment about one place.
func (p *leaderPage) place(r *http.Request, marks []report.Mark, about report.Comment, mark, label string) commentPlace {
	at := commentPlace{ID: anchor(mark), Name: "nhan-xet." + mark, Label: label, Words: r.PostFormValue("nhan-xet." + mark)}
	if p.SentBack != nil {
		for _, c := range p.SentBack.Comments {
			if c.Section == about.Section && c.Sector == about.Sector && c.Paragraph == about.Paragraph && c.Indicator == about.Indicator {
				at.Said = append(at.Said, c)
			}
		}
	}
	for _, m := range marks {
		whole := m.Paragraph == 0 && about.Paragraph <= 1
		if m.Section == about.Section && m.Sector == about.Sector && m.Indicator == about.Indicator && (m.Paragraph == about.Paragraph || whole) {
			at.Marks = append(at.Marks, shownMark{Mark: m})
		}
	}
	return at
}

func (p *leaderPage) layWords(sheet report.Sheet, sent *report.Submission, r *http.Request) {
	f, now := p.Form, paragraphsBy(sheet.Draft.Sections)
	last, before := map[string][]string{}, map[string][]string{}
	if sheet.Last != nil {
		last = paragraphsBy(sheet.Last.Sections)
	}
	if sent != nil {
		before = paragraphsBy(sent.Sections)
	}
	for _, m := range sheet.Marks {
		p.Asked = append(p.Asked, shownMark{Mark: m, Where: placeName(f, m.Section, m.Sector, m.Paragraph, m.Indicator)})
	}
	for _, section := range f.Sections {
		shown := readSection{Title: f.SectionTitle(section.Code)}
		for _, sector := range f.Sectors {
			name := textName(section.Code, sector.Code)
			item := readText{Sector: sector.Name, Last: last[name]}
			for i, text := range now[name] {
				about := report.Comment{Section: section.Code, Sector: sector.Code, Paragraph: i + 1}
				mark := fmt.Sprintf("doan.%s.%s.%d", section.Code, sector.Code, i+1)
				one := readParagraph{N: i + 1, Text: text,
					commentPlace: p.place(r, sheet.Marks, about, mark, placeName(f, section.Code, sector.Code, i+1, ""))}
				switch {
				case slices.Contains(last[name], text):
					one.Change = "như"
					p.Tally.Repeated++
				case sent != nil && !slices.Contains(before[name], text):
					one.Change = "mới"
					p.Tally.NewWords++
				}
				item.Paragraphs = append(item.Paragraphs, one)
			}
			for _, text := range before[name] {
				if !slices.Contains(now[name], text) {
					item.Paragraphs = append(item.Paragraphs, readParagraph{Text: text, Change: "bỏ"})
					p.Tally.GoneWords++
				}
			}
			if len(item.Paragraphs)+len(item.Last) > 0 {
				shown.Items = append(shown.Items, item)
			}
		}
		if len(shown.Items) > 0 {
			p.Sections = append(p.Sections, shown)
		}
	}
}

func (p *leaderPage) layFigures(sheet report.Sheet, sent *report.Submission, r *http.Request) {
	f := p.Form
	found := make(map[string][]shownFinding)
	for _, one := range sheet.Findings {
		if one.Strength == report.Hint {
			continue
		}
		shown := shownFinding{Finding: one, Note: one.Reason(sheet.Draft.Notes)}
		p.Warnings = append(p.Warnings, shown)
		found[one.Indicator] = append(found[one.Indicator], shown)
	}
	var was []report.Value
	if sent != nil {
		was = aligned(*sent, f)
	}
	for _, sector := range f.Sectors {
		group := readGroup{Sector: sector.Name}
		for i, in := range f.Indicators {
			if in.Sector != sector.Code {
				continue
			}
			row := readFigure{Indicator: in, Value: sheet.Now[i].Text(in.Decimals), Findings: found[in.Code],
				commentPlace: p.place(r, sheet.Marks, report.Comment{Indicator: in.Code}, "so."+in.Code, "Chỉ tiêu "+in.Name)}
			if sheet.Last != nil {
				row.Last = sheet.Last.Values[i].Text(in.Decimals)
				row.Change = p.Tally.change(sheet.Last.Values[i], sheet.Now[i], in.Decimals)
			}
			if was != nil {
				if row.Was = was[i].Text(in.Decimals); row.Was == row.Value {
					row.Was = ""
				}
			}
			if row.Value == "" && row.Last == "" && row.Was == "" && len(row.Said) == 0 && len(row.Marks) == 0 {
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

// change says in words how a figure stands to that of the period before, and counts it.
func (c *changeTally) change(before, now report.Value, decimals int) string {
	switch {
	case !before.Set && !now.Set:
		return ""
	case !before.Set:
		c.New++
		return "kỳ trước để trống"
	case !now.Set:
		c.Gone++
		return "nay để trống"
	}
	step, fits := decimal.Add(now.Figure, -before.Figure)
	switch {
	case !fits:
		return ""
	case step > 0:
		c.Up++
		return "tăng " + decimal.FormatVietnamese(step, decimals)
	case step < 0:
		c.Down++
		return "giảm " + decimal.FormatVietnamese(-step, decimals)
	}
	c.Same++
	return "không đổi"
}

// Sentences tell the tally; nothing is said of what did not happen.
func (c changeTally) Sentences() []string {
	var told []string
	for _, one := range []struct {
		n    int
		what string
	}{{c.Up, "chỉ tiêu tăng"}, {c.Down, "chỉ tiêu giảm"}, {c.Same, "chỉ tiêu không đổi"}, {c.New, "chỉ tiêu kỳ trước để trống"},
		{c.Gone, "chỉ tiêu nay để trống"}, {c.Repeated, "đoạn lặp lại nguyên văn kỳ trước"},
		{c.NewWords, "đoạn mới hoặc sửa so với bản đã gửi"}, {c.GoneWords, "đoạn bỏ so với bản đã gửi"}} {
		if one.n > 0 {
			told = append(told, fmt.Sprintf("%d %s", one.n, one.what))
		}
	}
	return told
}

// stageBadge is how a draft stands in the body's own eyes; the commission sees only that it is being written.
func stageBadge(o report.Obligation, today calendar.Date) badge {
	switch stage := o.Stage(); stage {
	case report.StagePutForward:
		return badge{"waiting", stage.Name()}
	case report.StageApproved:
		return badge{"on-time", stage.Name()}
	case report.StageSentBack:
		return badge{"returned", stage.Name()}
	}
	return obligationBadge(o, today)
}
