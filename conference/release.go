package conference

import (
	"strconv"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/journal"
	"giaoban/lineage"
	"giaoban/org"
	"giaoban/paper"
	"giaoban/task"
)

// wrote finds the conference that wrote a paper, and as which of its two.
func wrote(tx *db.Tx, by access.Actor, p paper.Paper) (b Conference, role string, err error) {
	var rows []struct {
		Conference db.ID  `db:"conference"`
		Role       string `db:"role"`
	}
	if err := tx.Select(&rows, "select conference, role from conference_paper where paper = ?", p.ID); err != nil {
		return b, "", err
	}
	if len(rows) == 0 {
		return b, "", fault.Missing("Văn bản này không phải giấy mời, thông báo kết luận của một hội nghị giao ban.")
	}
	b, err = Find(tx, by, rows[0].Conference)
	return b, rows[0].Role, err
}

// Ahead tells what signing and releasing a paper of a conference will do.
func Ahead(tx *db.Tx, by access.Actor, p paper.Paper) (paper.Ahead, error) {
	b, role, err := wrote(tx, by, p)
	if err != nil {
		return paper.Ahead{}, err
	}
	switch role {
	case roleInvitation:
		return paper.Ahead{Opens: true}, nil
	case roleChange, roleMinutes:
		return paper.Ahead{}, nil
	}
	var ahead paper.Ahead
	all, err := Conclusions(tx, by, b.ID)
	for _, c := range all {
		if c.Proposed() {
			ahead.Proposed++
		}
		ahead.Tasks += len(c.asked(nil))
	}
	return ahead, err
}

// Sign signs a paper that a conference wrote: the invitation as it was drafted, the notice as its conclusions stand.
func Sign(tx *db.Tx, by access.Actor, p paper.Paper, s paper.Signature) (paper.Paper, error) {
	b, role, err := wrote(tx, by, p)
	if err != nil {
		return p, err
	}
	if role == roleNotice {
		return b.signNotice(tx, by, p, s)
	}
	if err := stillRight(p); err != nil {
		return p, err
	}
	return paper.Sign(tx, by, p.ID, s)
}

// Release sends out a paper that a conference wrote: the invitation opens the conference to those invited, the notice puts
// its tasks on the desks.
func Release(tx *db.Tx, by access.Actor, p paper.Paper) (paper.Paper, error) {
	b, role, err := wrote(tx, by, p)
	if err != nil {
		return p, err
	}
	if role == roleNotice {
		return b.releaseNotice(tx, by, p)
	}
	if err := stillRight(p); err != nil {
		return p, err
	}
	if p, err = paper.Release(tx, by, p.ID); err != nil {
		return p, err
	}
	if err := b.tellPapers(tx, by); err != nil {
		return p, err
	}
	return p, lineage.Link(tx, b.Node(), paperNode(p), "soạn từ")
}

// Adopt makes the paper that replaced one of a conference the conference's own, in the same part.
func Adopt(tx *db.Tx, by access.Actor, old, now paper.Paper) error {
	if err := by.May(access.ReleasePaper, now.Body); err != nil {
		return err
	}
	b, role, err := wrote(tx, by, old)
	if fault.Is(err, fault.KindMissing) {
		return nil // no conference wrote it
	}
	if err != nil {
		return err
	}
	if _, err := tx.Exec(`
insert into conference_paper (paper, conference, role, at, facts)
select ?, conference, role, ?, facts
from conference_paper
where paper = ?
on conflict (paper) do nothing`, now.ID, tx.Now(), old.ID); err != nil {
		return err
	}
	if err := lineage.Link(tx, b.Node(), paperNode(now), "soạn từ"); err != nil || role == roleNotice {
		return err
	}
	return b.tellPapers(tx, by)
}

// releaseNotice puts every task of the conference on the desks of its lead and cooperating bodies; guidance stays
// guidance. Called again it changes nothing more.
func (b Conference) releaseNotice(tx *db.Tx, by access.Actor, p paper.Paper) (paper.Paper, error) {
	if err := by.May(access.ReleasePaper, b.Body); err != nil {
		return paper.Paper{}, err
	}
	if err := b.held(tx, "phát hành thông báo kết luận"); err != nil {
		return p, err
	}
	all, err := conclusionsOf(tx, b.ID)
	if err != nil {
		return p, err
	}
	for _, c := range all {
		if p.SignedAt != 0 && c.Proposed() {
			return p, fault.Conflict("Hạn của kết luận %d chỉ mới là đề xuất: thông báo đã ký trước khi hạn được xác nhận. Xin rút thông báo này, soạn và ký lại.", c.No)
		}
	}
	if p.State != paper.Released {
		if p, err = paper.Release(tx, by, p.ID); err != nil {
			return p, err
		}
	}
	made, err := assign(tx, b, p, all)
	if err != nil || made == 0 {
		return p, err
	}
	_, err = journal.Write(tx, by, "released_notice", b.subject(), journal.Details{"paper": string(p.ID), "symbol": p.Symbol, "tasks": made})
	return p, err
}

// assign makes the tasks that are not made yet. The clerk who releases has no say in what is assigned: the signed
// paper assigns, and its name stands where the assigner's would.
func assign(tx *db.Tx, b Conference, p paper.Paper, all []Conclusion) (made int, err error) {
	notice := access.System(p.Label())
	names, err := org.Names(tx, calendar.OfInstant(tx.Clock()))
	if err != nil {
		return 0, err
	}
	edges := []lineage.Edge{{From: b.Node(), To: paperNode(p), Verb: "soạn từ"}}
	for _, c := range all {
		edges = append(edges, lineage.Edge{From: c.Node(), To: paperNode(p), Verb: "ghi trong"})
		node := c.Node()
		for _, n := range c.asked(names) {
			n.Origin = task.Origin{Kind: node.Kind, ID: node.ID, Label: node.Label + " — " + p.Label()}
			n.FromPaper, n.Said = p.ID, b.HeldOn
			t, err := task.Assign(tx, notice, n)
			if err != nil {
				return made, ofItem(err, c.No)
			}
			if err := c.made(tx, t); err != nil {
				return made, err
			}
			made++
			edges = append(edges, lineage.Edge{From: paperNode(p), To: t.Node(), Verb: t.Mode.Name()})
		}
	}
	if err := lineage.LinkAll(tx, edges); err != nil {
		return made, err
	}
	return made, nil
}

// ofItem says which conclusion a task could not be made of.
func ofItem(err error, no int) error {
	f := fault.Of(err)
	if f == nil {
		return err
	}
	out := &fault.Error{Kind: fault.KindConflict}
	for _, p := range f.Problems {
		out.Problems = append(out.Problems, fault.Problem{Sentence: "Kết luận " + strconv.Itoa(no) + ": " + p.Sentence})
	}
	return out
}
