package report

import (
	"strings"

	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/journal"
	"giaoban/official"
)

// ProposalAnswer is what the commission answers itself; what others decide is forwarded.
type ProposalAnswer struct {
	Kind   ProposalState // accepted or declined
	Reason string        // required unless accepted
}

// AnswerProposal answers a kiến nghị. A later answer corrects an earlier one; both stay on record.
func AnswerProposal(tx *db.Tx, by access.Actor, id db.ID, a ProposalAnswer) (Proposal, error) {
	p, err := FindProposal(tx, by, id)
	if err != nil {
		return Proposal{}, err
	}
	if err := by.May(access.AnswerProposal, p.Body); err != nil {
		return Proposal{}, err
	}
	if err := p.still(); err != nil {
		return Proposal{}, err
	}
	a.Reason = fold.Tidy(a.Reason)
	var wrong fault.List
	switch a.Kind {
	case ProposalAccepted:
	case ProposalDeclined:
		if a.Reason == "" {
			wrong.Add("reason", "Không tiếp thu thì cần nêu lý do để cơ quan kiến nghị biết.")
		}
	case ProposalForwarded, ProposalReplied:
		wrong.Add("kind", "Chuyển cơ quan khác thì cần một công văn: xin dùng phần “Chuyển cơ quan có thẩm quyền”.")
	default:
		wrong.Add("kind", "Hãy chọn tiếp thu hoặc không tiếp thu; việc của cơ quan khác thì chuyển bằng công văn.")
	}
	if err := wrong.Err(); err != nil {
		return Proposal{}, err
	}
	if err := official.RefuseSecret(a.Reason); err != nil {
		return Proposal{}, err
	}
	if err := p.answer(tx, by, tx.NewID(), a.Kind, a.Reason, ""); err != nil {
		return Proposal{}, err
	}
	if _, err := journal.Write(tx, by, "answered", p.subject(), journal.Details{"kind": string(a.Kind), "reason": a.Reason}); err != nil {
		return Proposal{}, err
	}
	return FindProposal(tx, by, p.ID)
}

// still refuses to answer what is asked no more, or is just being passed on.
func (p Proposal) still() error {
	if p.WithdrawnAt != 0 {
		return fault.Conflict("Cơ quan đã rút kiến nghị này trong bản báo cáo mới hơn; không cần trả lời.")
	}
	if p.Draft != "" {
		return fault.Conflict("Công văn chuyển kiến nghị đến %s đang soạn hoặc trình ký. Xin phát hành công văn đó, hoặc rút rồi làm lại.", p.DraftTo)
	}
	return nil
}

// answer writes the next answer down.
func (p Proposal) answer(tx *db.Tx, by access.Actor, id db.ID, kind ProposalState, reason, to string) error {
	if _, err := tx.Exec(`
insert into proposal_answer (id, proposal, n, kind, reason, forwarded_to, at, by_actor, by_name)
select ?, p.id, (select count(*) + 1 from proposal_answer e where e.proposal = p.id), ?, ?, ?, ?, ?, ?
from proposal p
where p.id = ?`, id, string(kind), reason, to, tx.Now(), by.Key(), by.Name, p.ID); err != nil {
		return err
	}
	_, err := tx.Exec("update proposal set answered = true where id = ?", p.ID)
	return err
}

func (p Proposal) subject() journal.Subject {
	return journal.Subject{Kind: "proposal", ID: p.ID, Body: p.Body}
}

func oneLine(s string) string { return strings.Join(strings.Fields(fold.Clean(s)), " ") }
