package web

import (
	"net/http"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/org"
	"giaoban/paper"
	"giaoban/report"
)

// proposalsPage lists the kiến nghị: answers that the commission owes, or that a body awaits.
type proposalsPage struct {
	Items    []proposalLine
	State    string
	States   []choice
	Next     string
	Own      bool // a body looks at its own
	BodyName string
}

type proposalLine struct {
	report.Proposal
	Name  string
	Badge badge
	When  string
}

var proposalStates = []choice{{"open", "Chưa trả lời"}, {"forwarded", "Đã chuyển, đang chờ ý kiến"}, {"replied", "Đã có ý kiến"}, {"accepted", "Tiếp thu"},
	{"declined", "Không tiếp thu"}, {"", "Tất cả"}}

func (s *site) proposals(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	if err := by.May(access.ReadReport, by.Body); err != nil {
		return Reply{}, err
	}
	data := proposalsPage{State: "open", States: proposalStates, Own: !by.OfCommission()}
	if r.Form.Has("trang-thai") {
		data.State = r.FormValue("trang-thai")
	}
	found, next, err := report.Proposals(tx, by, report.ProposalFilter{State: report.ProposalState(data.State), Limit: 50, Cursor: r.FormValue("tiep")})
	if err != nil {
		return Reply{}, err
	}
	data.Next = next
	data.Items, err = proposalLinesOf(tx, by, found)
	return Reply{Page: "consolidation/proposals", Data: data}, err
}

// proposalLinesOf shows some proposals; what the commission is still writing is left out for others.
func proposalLinesOf(tx *db.Tx, by access.Actor, found []report.Proposal) (shown []proposalLine, err error) {
	lines := proposalLines{house: by.OfCommission()}
	if err := lines.begin(tx); err != nil {
		return nil, err
	}
	for _, p := range found {
		shown = append(shown, lines.line(p))
	}
	return shown, nil
}

type proposalLines struct {
	names    map[db.ID]org.Body
	holidays calendar.Holidays
	today    calendar.Date
	house    bool
}

func (l *proposalLines) begin(tx *db.Tx) (err error) {
	l.today = calendar.OfInstant(tx.Clock())
	if l.names, err = org.Names(tx, l.today); err != nil {
		return err
	}
	l.holidays, err = org.Holidays(tx)
	return err
}

func (l *proposalLines) line(p report.Proposal) proposalLine {
	line := proposalLine{Proposal: p, Name: l.names[p.Body].Name}
	if !l.house {
		line.Draft, line.DraftTo = "", ""
	}
	switch {
	case p.WithdrawnAt != 0:
		line.Badge = badge{"nil", "Cơ quan đã rút"}
	case p.Overdue(l.today):
		line.Badge, line.When = badge{"late", "Quá hạn trả lời"}, dueWords(l.holidays, p.Due, l.today)
	case p.State() == report.ProposalOpen:
		line.Badge, line.When = badge{"waiting", "Chưa trả lời"}, dueWords(l.holidays, p.Due, l.today)
	case p.State() == report.ProposalDeclined:
		line.Badge = badge{"returned", p.State().Name()}
	case p.State() == report.ProposalForwarded:
		line.Badge, line.When = badge{"nil", p.State().Name()}, "từ ngày "+p.Since().Vietnamese()
	default:
		line.Badge = badge{"accepted", p.State().Name()}
	}
	return line
}

type proposalPage struct {
	proposalLine
	Story      []report.ProposalFact
	Papers     []paper.Paper // by which it was forwarded, where the reader has it
	DraftState string        // where the công văn on its way stands; "" for who does not see it
	MayAnswer  bool
	MayForward bool // a công văn can be written here
	MayFollow  bool
	MayReply   bool
	Followers  []option
	Bodies     []string // offered as whom it goes to
	Typed      proposalTyped
}

// proposalTyped is what stands in the forms of the page.
type proposalTyped struct {
	report.ProposalAnswer
	To, Note, Symbol, Day, Follower      string
	ReplySymbol, ReplyDay, How, Received string
	Text                                 string
}

func (s *site) showProposal(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	data, err := proposalOf(tx, by, db.ID(r.PathValue("proposal")))
	return Reply{Page: "consolidation/proposal", Data: data}, err
}

// replyByID leads from an answer from above to the proposal it answers.
func (s *site) replyByID(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	p, err := report.ProposalOfReply(tx, by, db.ID(r.PathValue("reply")))
	return Reply{To: address("proposal", p.ID)}, err
}

func proposalOf(tx *db.Tx, by access.Actor, id db.ID) (*proposalPage, error) {
	p, err := report.FindProposal(tx, by, id)
	if err != nil {
		return nil, err
	}
	lines, err := proposalLinesOf(tx, by, []report.Proposal{p})
	if err != nil {
		return nil, err
	}
	data := &proposalPage{proposalLine: lines[0]}
	if data.Story, err = report.ProposalStory(tx, by, id); err != nil {
		return nil, err
	}
	if err := data.draft(tx, by); err != nil {
		return nil, err
	}
	if p.Letter != "" {
		if data.Papers, err = paper.Among(tx, by, []db.ID{p.Letter}); err != nil {
			return nil, err
		}
	}
	answers := by.Can(access.AnswerProposal, p.Body) && p.WithdrawnAt == 0
	data.MayAnswer, data.MayReply = answers && p.Draft == "", answers && p.Forwarding != ""
	data.MayForward = data.MayAnswer && by.Can(access.DraftPaper, p.Body)
	data.MayFollow = answers && (p.Draft != "" || p.State() == report.ProposalForwarded)
	if data.MayAnswer && (p.State() == report.ProposalAccepted || p.State() == report.ProposalDeclined) {
		data.Typed.ProposalAnswer = report.ProposalAnswer{Kind: p.State(), Reason: p.Reason}
	}
	if p.State() == report.ProposalForwarded && p.LetterSymbol == "" {
		data.Typed.To = p.ForwardedTo // its công văn can still be written down
	}
	if p.State() == report.ProposalReplied {
		data.Typed.ReplySymbol, data.Typed.ReplyDay, data.Typed.How = p.ReplySymbol, p.ReplyDay.Vietnamese(), p.ReplyHow
		data.Typed.Received, data.Typed.Text = p.Received.Vietnamese(), p.Reason
	}
	if !answers {
		return data, nil
	}
	return data, data.offer(tx, by)
}
