package briefing

import (
	"strconv"

	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/journal"
	"giaoban/lineage"
	"giaoban/paper"
	"giaoban/task"
)

// ReleaseNotice sends the notice out and puts every task of the conference on the desks of its lead and cooperating
// bodies; guidance stays guidance. Called again it changes nothing more.
func ReleaseNotice(tx *db.Tx, by access.Actor, paperID db.ID) (paper.Paper, error) {
	b, err := ofNotice(tx, by, paperID)
	if err != nil {
		return paper.Paper{}, err
	}
	if err := by.May(access.ReleasePaper, b.Org); err != nil {
		return paper.Paper{}, err
	}
	p, err := paper.Find(tx, by, paperID)
	if err != nil {
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
		if p, err = paper.Release(tx, by, paperID); err != nil {
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
func assign(tx *db.Tx, b Briefing, p paper.Paper, all []Conclusion) (made int, err error) {
	notice := access.System(p.Label())
	edges := []lineage.Edge{{From: b.node(), To: paperNode(p), Verb: "soạn từ"}}
	hands := map[db.ID][]db.ID{}
	for _, c := range all {
		edges = append(edges, lineage.Edge{From: c.node(b), To: paperNode(p), Verb: "ghi trong"})
		if c.Kind != Task || c.Task != "" {
			continue
		}
		node := c.node(b)
		n := task.New{Origin: task.Origin{Kind: node.Kind, ID: node.ID, Label: node.Label + " — " + p.Label(), Body: b.Org},
			Mode: c.Mode, Title: c.Words, Product: c.Product, Lead: c.Lead, Due: c.Due, ForcePaper: c.ForcePaper, FromPaper: p.ID, Said: b.HeldOn}
		hands[c.ID] = []db.ID{c.Lead}
		for _, k := range c.Cooperating {
			one := task.Cooperation{Org: k.Body, Part: k.Part, Due: k.Due}
			if one.Part == "" {
				one.Part = "Phối hợp thực hiện theo thông báo kết luận"
			}
			if one.Due.IsZero() {
				one.Due = c.Due // whoever cooperates without a date of its own is held to the common one
			}
			n.Cooperating = append(n.Cooperating, one)
			hands[c.ID] = append(hands[c.ID], k.Body)
		}
		t, err := task.Assign(tx, notice, n)
		if err != nil {
			return made, ofItem(err, c.No)
		}
		if _, err := tx.Exec("update briefing_conclusion set task = ? where id = ? and task is null", t.ID, c.ID); err != nil {
			return made, err
		}
		made++
		edges = append(edges, lineage.Edge{From: paperNode(p), To: t.Node(), Verb: t.Mode.Name()})
	}
	if err := lineage.LinkAll(tx, edges); err != nil {
		return made, err
	}
	var readers []db.ID
	if err := tx.Select(&readers, "select body from briefing_invitee where briefing = ? order by sort", b.ID); err != nil {
		return made, err
	}
	if err := lineage.Share(tx, "briefing", b.ID, readers); err != nil {
		return made, err
	}
	if err := lineage.Share(tx, "paper", p.ID, readers); err != nil {
		return made, err
	}
	// From the release on everybody invited reads all conclusions, and whoever has a hand in one reads that.
	for _, c := range all {
		if err := lineage.Share(tx, "conclusion", c.ID, append(hands[c.ID], readers...)); err != nil {
			return made, err
		}
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

// Release sends out a paper that a briefing wrote: the notice with its tasks, the invitation by itself. Any other
// paper is released by its own room.
func Release(tx *db.Tx, by access.Actor, paperID db.ID) (paper.Paper, error) {
	id, role, err := Of(tx, by, paperID)
	if err != nil {
		return paper.Paper{}, err
	}
	if role == roleNotice {
		return ReleaseNotice(tx, by, paperID)
	}
	p, err := paper.Release(tx, by, paperID)
	if err != nil || role == "" {
		return p, err
	}
	b, err := Find(tx, by, id)
	if err != nil {
		return p, err
	}
	if err := lineage.Link(tx, b.node(), paperNode(p), "soạn từ"); err != nil {
		return p, err
	}
	var readers []db.ID
	if err := tx.Select(&readers, "select body from briefing_invitee where briefing = ? order by sort", b.ID); err != nil {
		return p, err
	}
	if err := lineage.Share(tx, "briefing", b.ID, readers); err != nil {
		return p, err
	}
	return p, lineage.Share(tx, "paper", p.ID, readers)
}
