package web

import (
	"net/http"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/org"
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

var proposalStates = []choice{{"open", "Chưa trả lời"}, {"accepted", "Tiếp thu"}, {"forwarded", "Đã chuyển"}, {"declined", "Không tiếp thu"}, {"", "Tất cả"}}

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
	lines := proposalLines{}
	if err := lines.begin(tx); err != nil {
		return Reply{}, err
	}
	for _, p := range found {
		data.Items = append(data.Items, lines.line(p))
	}
	return Reply{Page: "consolidation/proposals", Data: data}, nil
}

type proposalLines struct {
	names    map[db.ID]org.Body
	holidays calendar.Holidays
	today    calendar.Date
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
	switch {
	case p.WithdrawnAt != 0:
		line.Badge = badge{"nil", "Cơ quan đã rút"}
	case p.Overdue(l.today):
		line.Badge, line.When = badge{"late", "Quá hạn trả lời"}, dueWords(l.holidays, p.Due, l.today)
	case p.State() == report.ProposalOpen:
		line.Badge, line.When = badge{"waiting", "Chưa trả lời"}, dueWords(l.holidays, p.Due, l.today)
	case p.State() == report.ProposalDeclined:
		line.Badge = badge{"returned", p.State().Name()}
	default:
		line.Badge = badge{"accepted", p.State().Name()}
	}
	return line
}

type proposalPage struct {
	proposalLine
	MayAnswer bool
	Typed     report.ProposalAnswer
}

func (s *site) showProposal(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	data, err := proposalOf(tx, by, db.ID(r.PathValue("proposal")))
	return Reply{Page: "consolidation/proposal", Data: data}, err
}

func proposalOf(tx *db.Tx, by access.Actor, id db.ID) (proposalPage, error) {
	p, err := report.FindProposal(tx, by, id)
	if err != nil {
		return proposalPage{}, err
	}
	lines := proposalLines{}
	if err := lines.begin(tx); err != nil {
		return proposalPage{}, err
	}
	return proposalPage{proposalLine: lines.line(p), MayAnswer: by.Can(access.AnswerProposal, p.Body) && p.WithdrawnAt == 0,
		Typed: report.ProposalAnswer{Kind: report.ProposalState(p.Answer), Reason: p.Reason, ForwardedTo: p.ForwardedTo}}, nil
}

func (s *site) answerProposal(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	id := db.ID(r.PathValue("proposal"))
	answer := report.ProposalAnswer{Kind: report.ProposalState(r.PostFormValue("kind")), Reason: r.PostFormValue("reason"),
		ForwardedTo: strings.TrimSpace(r.PostFormValue("forwarded_to"))}
	if _, err := report.AnswerProposal(tx, by, id, answer); err != nil {
		data, again := proposalOf(tx, by, id)
		if again != nil {
			return Reply{}, err
		}
		data.Typed = answer
		return Reply{Page: "consolidation/proposal", Data: data}, err
	}
	return Reply{To: "/kien-nghi/" + string(id)}, nil
}
