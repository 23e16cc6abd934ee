package conference

import (
	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/paper"
)

// sentPaper is a paper of the conference to those invited: it names its day, or says what became of it.
type sentPaper struct {
	Paper db.ID  `db:"paper"`
	Role  string `db:"role"`
	Facts int    `db:"facts"` // how many there were when it was drafted
	Out   bool   `db:"released"`

	Followed bool `db:"followed"` // a released paper replaced it and says so
}

// sentPapers lists them, the newest first, without those that were withdrawn.
func sentPapers(tx *db.Tx, id db.ID) ([]sentPaper, error) {
	var all []sentPaper
	err := tx.Select(&all, `
select p.paper, p.role, p.facts, r.paper is not null as released,
	exists (select 1 from paper_succession x join paper_release y on y.paper = x.paper where x.old = p.paper and x.kind = 'replace') as followed
from conference_paper p
left join paper_release r on r.paper = p.paper
where p.conference = ? and p.role in ('invitation', 'change')
  and not exists (select 1 from paper_withdrawal w where w.paper = p.paper)
order by p.at desc, p.paper desc`, id)
	return all, err
}

// tellPapers marks the papers of the conference that say something else than what holds, and takes the mark from those that
// are right again. Everything that changes what holds ends with it.
func (b Conference) tellPapers(tx *db.Tx, by access.Actor) error {
	facts, err := factsOf(tx, b.ID)
	if err != nil {
		return err
	}
	papers, err := sentPapers(tx, b.ID)
	if err != nil {
		return err
	}
	var newer db.ID // the released invitation that takes the place of those before it
	for _, p := range papers {
		now := paper.Overtaken{Words: b.overtaking(p, facts)}
		if p.Role == roleInvitation && newer != "" && !p.Followed {
			successor, err := paper.Find(tx, by, newer)
			if err != nil {
				return err
			}
			now.Successor = newer
			if !dayless(facts) {
				now.Words = "Đã có " + successor.Label() + " thay giấy mời này"
			}
		}
		if p.Role == roleInvitation && p.Out && newer == "" {
			newer = p.Paper
		}
		if err := paper.Overtake(tx, by, p.Paper, now); err != nil {
			return err
		}
	}
	return nil
}

// dayless reports whether the conference has no day of its own any more.
func dayless(facts []Fact) bool {
	switch lastOf(facts).Kind {
	case FactPostponed, FactCalledOff, FactJoined:
		return true
	}
	return false
}

// overtaking is what a paper does not say, "" while it says what holds: an invitation names the day planned when it was
// drafted, a letter about a change tells of the fact before it.
func (b Conference) overtaking(p sentPaper, facts []Fact) string {
	if p.Facts >= len(facts) {
		return ""
	}
	if p.Role == roleChange && p.Facts > 0 {
		if words, told := facts[p.Facts-1].followedBy(lastOf(facts)); told {
			return words
		}
	}
	switch lastOf(facts).Kind {
	case FactPostponed:
		return "Hội nghị đã hoãn, chưa định ngày mới"
	case FactCalledOff:
		return "Hội nghị đã hủy"
	case FactJoined:
		return "Hội nghị đã ghép vào hội nghị khác, không họp riêng"
	}
	named := facts[p.Facts].from()
	switch {
	case p.Role == roleChange:
		return "Hội nghị vẫn họp" + phrase(" ", b.When())
	case b.HeldOn.IsZero():
		return "Ngày họp ghi ở đây đã bỏ, chưa định lại"
	case named.on != b.HeldOn || named.at != b.HeldAt:
		return "Hội nghị đã dời sang " + b.When()
	case named.place != b.Place:
		return "Hội nghị đã chuyển địa điểm sang " + b.Place
	}
	return ""
}

// followedBy is what a letter about this fact does not say of a later one of the same kind: nothing when that is the same thing
// noted again, as where what was put off is put off again by being held after all. told is false for another kind.
func (f Fact) followedBy(later Fact) (words string, told bool) {
	switch {
	case f.Kind != later.Kind:
		return "", false
	case f.from() == later.from() && f.Other == later.Other && f.Reason == later.Reason:
		return "", true
	case f.Kind == FactPostponed:
		return "Hội nghị đã hoãn lần nữa, chưa định ngày mới", true
	case f.Kind == FactCalledOff:
		return "Hội nghị đã hủy lần nữa", true
	case f.Kind == FactJoined && f.Other != later.Other:
		return "Hội nghị đã ghép vào hội nghị khác với hội nghị ghi ở đây", true
	case f.Kind == FactJoined:
		return "Hội nghị đã ghép lần nữa", true
	}
	return "", false
}

// stillRight refuses to sign or release a paper that would say what no longer holds.
func stillRight(p paper.Paper) error {
	if p.Words == "" {
		return nil
	}
	return fault.Conflict("%s, sau khi văn bản này được soạn. Xin rút văn bản này rồi soạn lại.", p.Words)
}
