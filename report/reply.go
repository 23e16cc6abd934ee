package report

import (
	"fmt"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/journal"
	"giaoban/lineage"
	"giaoban/official"
	"giaoban/paper"
)

// ProposalReply is the paper or word by which those above answered a forwarded proposal; zero while they did not.
type ProposalReply struct {
	ReplySymbol string        `db:"reply_symbol"` // of their paper; "" when there was none
	ReplyDay    calendar.Date `db:"reply_day"`
	ReplyHow    string        `db:"reply_how"` // how it came without a paper
	Received    calendar.Date `db:"received"`
}

// Source names where the answer stands: "văn bản số 123/UBND-VX ngày 10/5/2022", or how it came.
func (r ProposalReply) Source() string {
	if r.ReplySymbol == "" {
		return r.ReplyHow
	}
	return "văn bản số " + r.ReplySymbol + " ngày " + r.ReplyDay.Vietnamese()
}

// EnterReply writes down what those above answered. A later entry corrects an earlier one; both stay on record.
func EnterReply(tx *db.Tx, by access.Actor, id db.ID, r ProposalReply, text string) (Proposal, error) {
	p, err := FindProposal(tx, by, id)
	if err != nil {
		return Proposal{}, err
	}
	if err := by.May(access.AnswerProposal, p.Body); err != nil {
		return Proposal{}, err
	}
	if p.Forwarding == "" {
		return Proposal{}, fault.Conflict("Kiến nghị này chưa được chuyển đi, nên chưa có ý kiến để ghi.")
	}
	r.ReplySymbol, r.ReplyHow, text = oneLine(r.ReplySymbol), oneLine(r.ReplyHow), fold.Tidy(text)
	if err := p.checkReply(r, text, calendar.OfInstant(tx.Clock())); err != nil {
		return Proposal{}, err
	}
	if err := official.RefuseSecret(r.ReplySymbol, r.ReplyHow, text); err != nil {
		return Proposal{}, err
	}
	answer := tx.NewID()
	if err := p.answer(tx, by, answer, ProposalReplied, text, p.ForwardedTo); err != nil {
		return Proposal{}, err
	}
	if _, err := tx.Exec("insert into proposal_reply (id, proposal, forwarded, symbol, day, how, received) values (?, ?, ?, ?, ?, ?, ?)",
		answer, p.ID, p.Forwarding, r.ReplySymbol, r.ReplyDay, r.ReplyHow, r.Received); err != nil {
		return Proposal{}, err
	}
	if err := p.linkReply(tx, by, answer, r); err != nil {
		return Proposal{}, err
	}
	if _, err := journal.Write(tx, by, "replied", p.subject(), journal.Details{"from": p.ForwardedTo, "source": r.Source(), "text": text}); err != nil {
		return Proposal{}, err
	}
	return FindProposal(tx, by, p.ID)
}

func (p Proposal) checkReply(r ProposalReply, text string, today calendar.Date) error {
	var wrong fault.List
	if text == "" {
		wrong.Add("text", "Cần ghi %s cho ý kiến thế nào.", p.ForwardedTo)
	}
	switch {
	case r.ReplySymbol == "" && r.ReplyHow == "":
		wrong.Add("reply_symbol", "Cần số, ký hiệu văn bản trả lời; không có văn bản thì ghi ý kiến đến bằng cách nào.")
	case r.ReplySymbol != "" && r.ReplyDay.IsZero():
		wrong.Add("reply_day", "Cần ngày của văn bản trả lời.")
	case r.ReplySymbol == "" && !r.ReplyDay.IsZero():
		wrong.Add("reply_symbol", "Có ngày văn bản mà chưa có số, ký hiệu.")
	}
	if r.Received.IsZero() {
		wrong.Add("received", "Cần ngày Ban nhận được ý kiến.")
	}
	for _, order := range []struct {
		field string
		err   error
	}{
		{"reply_day", calendar.NotBefore("Ngày văn bản trả lời", r.ReplyDay, "ngày chuyển kiến nghị", p.Since())},
		{"received", calendar.NotBefore("Ngày nhận", r.Received, "ngày của văn bản trả lời", r.ReplyDay)},
		{"received", calendar.NotBefore("Ngày nhận", r.Received, "ngày chuyển kiến nghị", p.Since())},
		{"received", calendar.Happened("Ngày nhận", r.Received, today)},
	} {
		if other := wrong.AddError(order.field, order.err); other != nil {
			return other
		}
	}
	return wrong.Err()
}

// linkReply leaves the edge from the công văn to its answer; from the proposal where no công văn of the program forwarded it.
func (p Proposal) linkReply(tx *db.Tx, by access.Actor, answer db.ID, r ProposalReply) error {
	from := p.Node()
	if p.Letter != "" {
		letter, err := paper.Find(tx, by, p.Letter)
		if err != nil {
			return err
		}
		from = letterNode(letter)
	}
	return lineage.Link(tx, from, lineage.Node{Kind: "reply", ID: answer, Label: "Ý kiến của " + p.ForwardedTo + ", " + r.Source()}, "trả lời")
}

// RepliesAmong gives those of some answers from above that the actor may see: whoever sees the proposal.
func RepliesAmong(tx *db.Tx, by access.Actor, ids []db.ID) ([]db.ID, error) {
	sees := by.Sees(access.ReadReport)
	return db.Among[db.ID](tx, ids, "select y.id from proposal_reply y join proposal p on p.id = y.proposal where "+mayReadProposal+" and y.id in ", sees, sees)
}

// ProposalOfReply finds the proposal that an answer from above answers.
func ProposalOfReply(tx *db.Tx, by access.Actor, reply db.ID) (Proposal, error) {
	var of []db.ID
	if err := tx.Select(&of, "select proposal from proposal_reply where id = ?", reply); err != nil {
		return Proposal{}, err
	}
	if len(of) == 0 {
		return Proposal{}, fault.Missing("Không có kiến nghị này.")
	}
	return FindProposal(tx, by, of[0])
}

// Standing tells in a sentence where the proposal stands.
func (p Proposal) Standing() string {
	words := ""
	switch p.State() {
	case ProposalOpen:
		return "Ban chưa trả lời, hạn " + p.Due.Vietnamese() + "."
	case ProposalForwarded:
		return fmt.Sprintf("Đã chuyển %s, %s; đang chờ ý kiến, từ ngày %s.", p.ForwardedTo, p.Means(), p.Since().Vietnamese())
	case ProposalReplied:
		words = fmt.Sprintf("%s đã có ý kiến (%s, nhận ngày %s)", p.ForwardedTo, p.Source(), p.Received.Vietnamese())
	default:
		words = "Ban trả lời ngày " + calendar.OfInstant(p.AnsweredAt.Time()).Vietnamese() + ": " + fold.Uncapital(p.State().Name())
	}
	if p.Reason == "" {
		return words + "."
	}
	return words + ": " + p.Reason
}
