package conference

import (
	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/lineage"
)

// joinedInto is how the graph says that a conference is held together with another.
const joinedInto = "ghép vào"

// Join notes that a conference is held together with another, whose plan, papers and conclusions count for both.
func Join(tx *db.Tx, by access.Actor, id, other db.ID, reason string) (Conference, error) {
	b, _, err := changing(tx, by, id)
	if err != nil {
		return b, err
	}
	to, err := Find(tx, by, other)
	if fault.Is(err, fault.KindMissing) || other == "" {
		return b, fault.Invalid("other", "Hãy chọn hội nghị mà hội nghị này ghép vào.")
	}
	if err != nil {
		return b, err
	}
	if to.ID == b.ID {
		return b, fault.Invalid("other", "Hội nghị không ghép vào chính nó. Hãy chọn hội nghị khác.")
	}
	s, err := standingOf(tx, to)
	if err != nil {
		return b, err
	}
	if s.state().Gone() {
		return b, fault.Invalid("other", "%s đã hủy hoặc đã ghép vào hội nghị khác. Hãy chọn hội nghị thật sự họp.", to.Name())
	}
	if b, err = end(tx, by, id, FactJoined, other, reason); err != nil {
		return b, err
	}
	return b, lineage.Link(tx, b.Node(), to.Node(), joinedInto)
}

// part takes back that two conferences were joined.
func (b Conference) part(tx *db.Tx, other db.ID) error {
	return lineage.Unlink(tx, b.Node(), lineage.Node{Kind: "briefing", ID: other}, joinedInto)
}

// With lists the conferences that were joined with this one and that the actor may see.
func With(tx *db.Tx, by access.Actor, id db.ID) ([]Conference, error) {
	if _, err := Find(tx, by, id); err != nil {
		return nil, err
	}
	org := by.Sees(access.ReadBriefing)
	var all []Conference
	err := tx.Select(&all, "select "+columns+`
from conference b
where `+visible+`
  and `+fate+` = 'joined'
  and exists (
	select 1
	from conference_fact f
	where f.conference = b.id and f.other = ? and f.n = (select max(l.n) from conference_fact l where l.conference = b.id))
order by b.id`, org, org, id)
	return all, err
}
