package report

import (
	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
)

// ProposalFact is one thing that happened to a proposal, as it was written down then.
type ProposalFact struct {
	At     db.Instant    `db:"at"`
	What   string        `db:"what"` // sent | received | drafted | dropped | followed | accepted | forwarded | replied | declined | withdrawn
	Words  string        `db:"words"`
	To     string        `db:"addressee"` // of one forwarded: whom; of one followed: who
	Paper  db.ID         `db:"paper"`     // công văn
	Symbol string        `db:"symbol"`
	Day    calendar.Date `db:"day"`
	How    string        `db:"how"`
	On     calendar.Date `db:"on_day"` // of an answer from above: when it came
	By     string        `db:"by_name"`
}

// ProposalStory tells what happened to a proposal, from the report on, in the order of time. The công văn while it is being
// written is the commission's own affair.
func ProposalStory(tx *db.Tx, by access.Actor, id db.ID) ([]ProposalFact, error) {
	p, err := FindProposal(tx, by, id)
	if err != nil {
		return nil, err
	}
	house := by.Sees(access.ReadReport) == ""
	var facts []ProposalFact
	err = tx.Select(&facts, `
select at, what, words, addressee, paper, symbol, day, how, on_day, by_name
from (
	select s.at, 1 as turn, 0 as n, 'sent' as what, '' as words, '' as addressee, null as paper, '' as symbol, null as day, '' as how, null as on_day, s.by_name
	from submission s
	join submission t on t.opening = s.opening and t.body = s.body
	where t.id = ? and s.version = (select max(v.version) from submission v where v.opening = t.opening and v.body = t.body and v.at <= ?)
	union all
	select p.at, 2, 0, 'received', '', '', null, '', null, '', null, ''
	from proposal p
	where p.id = ?
	union all
	select f.at, 3, f.n, 'drafted', '', f.addressee, f.paper, '', null, '', null, f.by_name
	from proposal_forward f
	where f.proposal = ? and f.paper is not null and ?
	union all
	select w.at, 5, f.n, 'dropped', w.reason, f.addressee, f.paper, '', null, '', null, w.by_name
	from proposal_forward f
	join paper_withdrawal w on w.paper = f.paper
	where f.proposal = ? and ?
	union all
	select a.at, 6, a.n, a.kind, a.reason, a.forwarded_to, f.paper, coalesce(y.symbol, m.symbol, f.symbol, ''), coalesce(y.day, m.date, f.day),
		coalesce(y.how, ''), y.received, a.by_name
	from proposal_answer a
	left join proposal_forward f on f.id = a.id
	left join paper_number m on m.paper = f.paper
	left join proposal_reply y on y.id = a.id
	where a.proposal = ?
	union all
	select w.at, 4, w.n, 'followed', '', h.name, null, '', null, '', null, w.by_name
	from proposal_follower w
	join person h on h.id = w.person
	where w.proposal = ?
	union all
	select p.withdrawn_at, 7, 0, 'withdrawn', '', '', null, '', null, '', null, ''
	from proposal p
	where p.id = ? and p.withdrawn_at is not null
) story
order by at, turn, n`, p.Submission, p.At, p.ID, p.ID, house, p.ID, house, p.ID, p.ID, p.ID)
	return facts, err
}

// AnswersFor are the proposals with which a body's next report opens: those answered since its report before, and those
// that wait for an answer from above, of the same regime.
func AnswersFor(tx *db.Tx, by access.Actor, o Obligation) ([]Proposal, error) {
	sees := by.Sees(access.ReadReport)
	var found []Proposal
	err := tx.Select(&found, selectProposal+`
where `+mayReadProposal+`
  and p.body = ? and p.regime = ? and p.period <> ? and p.withdrawn_at is null and p.answered
  and (a.kind = 'forwarded' or a.at > coalesce((
	select max(s.at)
	from submission s
	join opening e on e.id = s.opening
	where s.body = p.body and s.version = 1 and e.regime = p.regime
	  and e.to_day < (select q.to_day from opening q where q.id = ?)), 0))
order by p.place`, sees, sees, o.Body, o.Regime, o.Period, o.Opening)
	return found, err
}

// ProposalsOf are the proposals of one report, in its order.
func ProposalsOf(tx *db.Tx, by access.Actor, body db.ID, regime string, period calendar.Period) ([]Proposal, error) {
	sees := by.Sees(access.ReadReport)
	var found []Proposal
	err := tx.Select(&found, selectProposal+"where "+mayReadProposal+"\n  and p.body = ? and r.code = ? and p.period = ? and p.withdrawn_at is null\norder by p.place",
		sees, sees, body, regime, period)
	return found, err
}

// RepliedSince are the proposals to which those above answered from an instant on, the newest answer first.
func RepliedSince(tx *db.Tx, by access.Actor, since db.Instant) ([]Proposal, error) {
	sees := by.Sees(access.ReadReport)
	var found []Proposal
	err := tx.Select(&found, selectProposal+"where "+mayReadProposal+"\n  and a.kind = 'replied' and a.at >= ? and p.withdrawn_at is null\norder by a.at desc, p.place",
		sees, sees, since)
	return found, err
}
