package conference

import (
	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/lineage"
)

// joinedInto is how the graph says that a conference is held together with another.
const joinedInto = "ghép vào"

// Join notes that a conference is held together with another, whose plan, papers and conclusions count for both. What was
// joined with it goes along.
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
	if why := (Line{to, s.state()}).keepsOut(calendar.OfInstant(tx.Clock())); why != "" {
		return b, fault.Invalid("other", "%s %s. Hãy chọn hội nghị sẽ họp.", to.Name(), why)
	}
	if b, err = end(tx, by, id, FactJoined, other, reason); err != nil {
		return b, err
	}
	return b, lineage.Link(tx, b.Node(), to.Node(), joinedInto)
}

// keepsOut says why nothing can be joined with a conference, "" where it can.
func (l Line) keepsOut(today calendar.Date) string {
	switch {
	case l.State.Gone():
		return "đã hủy hoặc đã ghép vào hội nghị khác"
	case l.State == Postponed:
		return "đang hoãn, chưa định ngày họp"
	case l.State.Over():
		return "đã họp xong"
	case !l.HeldOn.IsZero() && l.HeldOn.Before(today):
		return "đã qua ngày họp (" + l.HeldOn.Vietnamese() + ")"
	}
	return ""
}

// Joinable lists the conferences with which one can be joined, the latest first.
func Joinable(tx *db.Tx, by access.Actor, id db.ID) ([]Conference, error) {
	all, err := List(tx, by)
	today := calendar.OfInstant(tx.Clock())
	var some []Conference
	for _, l := range all {
		if l.ID != id && l.keepsOut(today) == "" {
			some = append(some, l.Conference)
		}
	}
	return some, err
}

// takeAlong does to those that were joined with this conference what was done to it: who was told that they are held together
// with it hears that it is held otherwise, or not at all.
func (b Conference) takeAlong(tx *db.Tx, by access.Actor, f Fact) error {
	with, err := With(tx, by, b.ID)
	if err != nil {
		return err
	}
	for _, a := range with {
		if err := a.part(tx, b.ID); err != nil {
			return err
		}
		along := Fact{Kind: f.Kind, Other: f.Other, ToOn: a.HeldOn, ToAt: a.HeldAt, ToPlace: a.Place}
		switch f.Kind {
		case FactJoined:
			to, err := Find(tx, by, f.Other)
			if err != nil {
				return err
			}
			if err := lineage.Link(tx, a.Node(), to.Node(), joinedInto); err != nil {
				return err
			}
			along.Reason = b.FullName() + ", đã ghép với hội nghị này, ghép vào " + to.FullName() + ": " + f.Reason
		default:
			along.Reason = b.FullName() + ", đã ghép với hội nghị này, không tổ chức nữa: " + f.Reason
		}
		facts, err := factsOf(tx, a.ID)
		if err != nil {
			return err
		}
		along.FromOn, along.FromAt, along.FromPlace = lastOf(facts).FromOn, lastOf(facts).FromAt, lastOf(facts).FromPlace
		if err := a.note(tx, by, along); err != nil {
			return err
		}
		if err := a.tellPapers(tx, by); err != nil {
			return err
		}
	}
	return nil
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
