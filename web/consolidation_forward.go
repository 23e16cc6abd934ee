package web

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/org"
	"giaoban/paper"
	"giaoban/report"
)

// draft tells where the công văn stands that is on its way, for who may know of it.
func (p *proposalPage) draft(tx *db.Tx, by access.Actor) error {
	if p.Draft == "" {
		return nil
	}
	letter, err := paper.Find(tx, by, p.Draft)
	p.DraftState = letter.Standing()
	return err
}

// offer lists who may follow the proposal and to whom it may go.
func (p *proposalPage) offer(tx *db.Tx, by access.Actor) error {
	staff, err := report.Followers(tx, by)
	if err != nil {
		return err
	}
	chosen := cmp.Or(p.Typed.Follower, string(p.Follower), string(by.Person))
	for _, s := range staff {
		p.Followers = append(p.Followers, option{string(s.Person), s.Name + ", " + s.Title, string(s.Person) == chosen})
	}
	names, err := org.Names(tx, calendar.OfInstant(tx.Clock()))
	above := []org.Kind{org.PartyCommittee, org.Authority, org.Department, org.Agency}
	for _, b := range names {
		if slices.Contains(above, b.Kind) && b.ID != p.Body {
			p.Bodies = append(p.Bodies, b.Name)
		}
	}
	slices.Sort(p.Bodies)
	return err
}

// acted answers a form of the proposal's page: the page itself again, with what was typed, when it was refused.
func acted(tx *db.Tx, by access.Actor, id db.ID, typed proposalTyped, err error) (Reply, error) {
	if err == nil {
		return Reply{To: address("proposal", id)}, nil
	}
	return withPage(err, func() (Reply, error) {
		data, err := proposalOf(tx, by, id)
		if err != nil {
			return Reply{}, err
		}
		data.Typed = typed
		for i, f := range data.Followers {
			data.Followers[i].Selected = f.Value == typed.Follower || typed.Follower == "" && f.Selected
		}
		return Reply{Page: "consolidation/proposal", Data: data}, nil
	})
}

func (s *site) answerProposal(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	id := db.ID(r.PathValue("proposal"))
	typed := proposalTyped{ProposalAnswer: report.ProposalAnswer{Kind: report.ProposalState(r.PostFormValue("kind")), Reason: r.PostFormValue("reason")}}
	_, err := report.AnswerProposal(tx, by, id, typed.ProposalAnswer)
	return acted(tx, by, id, typed, err)
}

// forwardingIn reads the form that forwards a proposal.
func forwardingIn(r *http.Request) (proposalTyped, report.Forwarding) {
	typed := proposalTyped{To: strings.TrimSpace(r.PostFormValue("to")), Note: r.PostFormValue("note"), Follower: r.PostFormValue("follower"),
		Symbol: strings.TrimSpace(r.PostFormValue("symbol")), Day: strings.TrimSpace(r.PostFormValue("day"))}
	return typed, report.Forwarding{To: typed.To, Note: typed.Note, Follower: db.ID(typed.Follower), Symbol: typed.Symbol}
}

// draftForwarding writes the công văn that forwards the proposal, and leads to it.
func (s *site) draftForwarding(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	id := db.ID(r.PathValue("proposal"))
	typed, forwarding := forwardingIn(r)
	letter, err := report.DraftForwarding(tx, by, id, forwarding)
	if err != nil {
		return acted(tx, by, id, typed, err)
	}
	return drafted(tx, by, r, letter)
}

// forwardElsewhere notes a công văn that was made outside the program.
func (s *site) forwardElsewhere(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	id := db.ID(r.PathValue("proposal"))
	typed, forwarding := forwardingIn(r)
	var wrong fault.List
	forwarding.Day = readDay(&wrong, r, "day", "")
	err := wrong.Err()
	if err == nil {
		_, err = report.ForwardElsewhere(tx, by, id, forwarding)
	}
	return acted(tx, by, id, typed, err)
}

func (s *site) followProposal(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	id := db.ID(r.PathValue("proposal"))
	return acted(tx, by, id, proposalTyped{}, report.FollowProposal(tx, by, id, db.ID(r.PostFormValue("person"))))
}

// replyToProposal enters what those above answered.
func (s *site) replyToProposal(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	id := db.ID(r.PathValue("proposal"))
	typed := proposalTyped{ReplySymbol: strings.TrimSpace(r.PostFormValue("reply_symbol")), ReplyDay: strings.TrimSpace(r.PostFormValue("reply_day")),
		How: strings.TrimSpace(r.PostFormValue("how")), Received: strings.TrimSpace(r.PostFormValue("received")), Text: r.PostFormValue("text")}
	reply := report.ProposalReply{ReplySymbol: typed.ReplySymbol, ReplyHow: typed.How}
	var wrong fault.List
	reply.ReplyDay, reply.Received = readDay(&wrong, r, "reply_day", ""), readDay(&wrong, r, "received", "")
	err := wrong.Err()
	if err == nil {
		_, err = report.EnterReply(tx, by, id, reply, typed.Text)
	}
	return acted(tx, by, id, typed, err)
}
