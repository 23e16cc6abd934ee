package web

import (
	"fmt"
	"net/http"
	"strconv"

	"giaoban/access"
	"giaoban/appraisal"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/official"
	"giaoban/org"
	"giaoban/paper"
	"giaoban/review"
)

// draftPage is one version of a draft with its comments beside each paragraph, and what the reader may do now.
type draftPage struct {
	appraisal.Sheet
	Author     string
	Badge      badge
	Late       bool
	Lines      []draftParagraph
	Whole      []commentLine
	Elsewhere  []commentLine // made on an earlier version and without a place in this one
	WholeForm  bool          // the form for the whole draft is open
	Rounds     []roundRow
	Asks       []questionLine
	May        draftActs
	Mine       appraisal.Reviewer // the row of the reader's body
	Drafts     int                // its comments that are not signed
	Open       int                // comments that the author has not disposed of
	Done       int                // of how many it has
	Offered    []option           // bodies that may be asked too
	Results    []option
	Disposals  []option
	Review     *review.Review
	Result     paper.Paper
	Typed      map[string]string
	ticked     ticked
	Lineage    string
	Activity   []journalRow
	Latest     bool
	AuthorSide bool
}

// draftActs is what the reader may do with the draft.
type draftActs struct{ Comment, Sign, Dispose, Renew, Place, Ask, Stop, Resume, Withdraw, Close, Result, Table bool }

// draftParagraph is one paragraph with what is said of it.
type draftParagraph struct {
	appraisal.Paragraph
	Comments []commentLine
	Form     bool // the form for a comment is open here
}

// commentLine is one comment as it is shown.
type commentLine struct {
	appraisal.Comment
	Name   string // whose it is
	Change []official.Wording
	Ticked bool
	Tick   bool // may be ticked to be disposed of
	Drop   bool // may be taken back
}

type roundRow struct {
	appraisal.Reviewer
	Name  string
	Badge badge
}

type questionLine struct {
	appraisal.Question
	Name   string
	Places []option
}

// Has tells whether a comment stands ticked in a form that came back.
func (p *draftPage) Has(id db.ID) bool { return p.ticked.Has(id) }

// URL is the page of this draft.
func (p *draftPage) URL() string { return address("appraisal", p.ID) }

// opinionBadge says what a body has said, or that it has not.
func opinionBadge(r appraisal.Reviewer, today calendar.Date) badge {
	switch {
	case r.SignedAt != 0:
		return badge{map[appraisal.Opinion]string{appraisal.Agree: "accepted", appraisal.Supplement: "returned", appraisal.Reconsider: "returned"}[r.Says], r.Says.Name()}
	case r.Due.Before(today):
		return badge{"late", r.Says.Name()}
	}
	return badge{"waiting", r.Says.Name()}
}

func (s *site) showAppraisal(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	p, err := appraisalOf(tx, by, r)
	return Reply{Page: "appraisal/show", Data: p}, err
}

func appraisalOf(tx *db.Tx, by access.Actor, r *http.Request) (*draftPage, error) {
	n, _ := strconv.Atoi(r.FormValue("ban"))
	sheet, err := appraisal.Look(tx, by, db.ID(r.PathValue("appraisal")), n)
	if err != nil {
		return nil, err
	}
	today := calendar.OfInstant(tx.Clock())
	names, err := org.Names(tx, today)
	if err != nil {
		return nil, err
	}
	p := &draftPage{Sheet: sheet, Author: names[sheet.Body].Name, Badge: appraisalBadge(sheet.State), Latest: sheet.At == sheet.N, AuthorSide: sheet.Side == sheet.Body,
		Late: sheet.State == appraisal.Reviewing && sheet.Due.Before(today), ticked: tickedIn(r),
		Typed: typedHere(r, "paragraph", "words", "wording", "says", "note", "disposal", "new_wording", "reason", "days", "ask_days", "paper_kind", "result")}
	p.Mine, _ = sheet.Asked(sheet.Side)
	p.may(by)
	open := r.FormValue("doan")
	if r.Method == http.MethodPost {
		open = p.Typed["paragraph"]
	}
	p.lay(names, open)
	for _, one := range sheet.Rounds {
		if one.N == sheet.At {
			if now, ok := sheet.Asked(one.Body); ok && p.Latest {
				one = now
			}
			p.Rounds = append(p.Rounds, roundRow{one, names[one.Body].ShortName, opinionBadge(one, today)})
		}
	}
	p.ask(names)
	asked := []db.ID{sheet.Body}
	for _, one := range sheet.Reviewers {
		asked = append(asked, one.Body)
	}
	p.Offered = reviewersOffered(names, today, r.PostForm["asked[]"], asked...)
	p.choices()
	if sheet.Review != "" {
		if found, err := review.Find(tx, by, sheet.Review); err == nil {
			p.Review = &found
		}
	}
	if p.Result, err = sheet.ResultPaper(tx, by); err != nil {
		return nil, err
	}
	if p.Lineage, err = originOf(tx, by, sheet.Node()); err != nil {
		return nil, err
	}
	p.Activity, err = activityOf(tx, by, "appraisal", sheet.ID, 20)
	return p, err
}

// may says what the reader may do; the room asks again.
func (p *draftPage) may(by access.Actor) {
	live, reviewing := p.State != appraisal.Closed && p.State != appraisal.Withdrawn, p.State == appraisal.Reviewing
	author := p.AuthorSide && by.Can(access.SubmitDraft, p.Body)
	conducts := author
	if p.Kind == appraisal.Formal {
		conducts = by.Can(access.ConductAppraisal, p.Body)
	}
	answers := p.Latest && reviewing && p.Mine.Body != "" && p.Mine.SignedAt == 0
	p.May = draftActs{Comment: answers && by.Can(access.CommentDraft, p.Side), Sign: answers && by.Can(access.SignOpinion, p.Side),
		Dispose: author && live && p.Latest, Renew: author && live, Place: author && live && len(p.Questions) > 0,
		Ask: conducts && reviewing && p.Latest, Stop: conducts && reviewing, Resume: conducts && p.State == appraisal.Stopped, Withdraw: author && live,
		Close:  author && live && (p.Kind == appraisal.Consulted || p.State == appraisal.Concluded),
		Result: reviewing && p.Latest && p.Mine.Body != "" && (p.Kind == appraisal.Formal || p.Mine.SignedAt == 0) && by.OfCommission() && by.Can(access.ConductAppraisal, p.Body),
		Table:  author || by.OfCommission() || p.State == appraisal.Closed || p.State == appraisal.Concluded}
}

// lay puts the comments beside their paragraphs.
func (p *draftPage) lay(names map[db.ID]org.Body, open string) {
	text := make(map[string]string, len(p.Paragraphs))
	for _, one := range p.Paragraphs {
		text[one.Key] = one.Words()
	}
	line := func(c appraisal.Comment) commentLine {
		l := commentLine{Comment: c, Name: names[c.Body].ShortName, Ticked: p.ticked.Has(c.ID), Tick: p.May.Dispose && c.Signed, Drop: p.May.Comment && c.Body == p.Side && !c.Signed}
		if c.Wording != "" {
			l.Change = official.Differ(text[c.Place.Paragraph], c.Wording)
		}
		return l
	}
	shown := make(map[db.ID]bool)
	lines := func(all []appraisal.Comment) (out []commentLine) {
		for _, c := range all {
			shown[c.ID] = true
			out = append(out, line(c))
		}
		return out
	}
	for _, one := range p.Paragraphs {
		p.Lines = append(p.Lines, draftParagraph{one, lines(p.Of(one.Key)), p.May.Comment && open == one.Key})
	}
	p.Whole, p.WholeForm = lines(p.OfWhole()), p.May.Comment && (open == "" || text[open] == "")
	for _, c := range p.Comments {
		if !shown[c.ID] {
			p.Elsewhere = append(p.Elsewhere, line(c))
		}
		switch {
		case c.Body == p.Side && !c.Signed:
			p.Drafts++
		case c.Signed && c.Disposed():
			p.Done++
		case c.Signed:
			p.Open++
		}
	}
}

// ask lays out the questions where comments stand now: the likeliest places first, then every paragraph.
func (p *draftPage) ask(names map[db.ID]org.Body) {
	if !p.May.Place {
		return
	}
	for _, q := range p.Questions {
		line := questionLine{Question: q, Name: names[q.Body].ShortName, Places: []option{{"", "(chọn đoạn)", false}, {"-", "Cả dự thảo, không đoạn nào", false}}}
		likely := make(map[string]bool)
		for _, one := range q.May {
			likely[one.Key] = true
			line.Places = append(line.Places, option{one.Key, "Có thể: " + short(one.Words()), false})
		}
		for i, one := range p.Paragraphs {
			if !likely[one.Key] {
				line.Places = append(line.Places, option{one.Key, fmt.Sprintf("%d. %s", i+1, short(one.Words())), false})
			}
		}
		p.Asks = append(p.Asks, line)
	}
}

func (p *draftPage) choices() {
	says := p.Typed["result"]
	if p.Kind == appraisal.Formal {
		for _, one := range appraisal.Results {
			p.Results = append(p.Results, option{string(one), one.Name(), string(one) == says})
		}
	} else {
		for _, one := range appraisal.Opinions {
			p.Results = append(p.Results, option{string(one), one.Name(), string(one) == says})
		}
	}
	for _, one := range appraisal.DisposalKinds {
		p.Disposals = append(p.Disposals, option{string(one), one.Name(), string(one) == p.Typed["disposal"]})
	}
}

// Opinions are what a body may say of the draft as a whole.
func (p *draftPage) Opinions() (all []option) {
	for _, one := range appraisal.Opinions {
		all = append(all, option{string(one), one.Name(), string(one) == p.Typed["says"]})
	}
	return all
}

// PaperKinds are the papers that say the result.
func (p *draftPage) PaperKinds() []option {
	return []option{{string(paper.CongVan), "Công văn", false}, {string(paper.BaoCao), "Báo cáo", p.Typed["paper_kind"] == string(paper.BaoCao)}}
}
