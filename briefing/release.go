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

// wrote finds the briefing that wrote a paper, and as which of its two.
func wrote(tx *db.Tx, by access.Actor, p paper.Paper) (b Briefing, role string, err error) {
	var rows []struct {
		Briefing db.ID  `db:"briefing"`
		Role     string `db:"role"`
	}
	if err := tx.Select(&rows, "select briefing, role from briefing_paper where paper = ?", p.ID); err != nil {
		return b, "", err
	}
	if len(rows) == 0 {
		return b, "", fault.Missing("Văn bản này không phải giấy mời, thông báo kết luận của một hội nghị giao ban.")
	}
	b, err = Find(tx, by, rows[0].Briefing)
	return b, rows[0].Role, err
}

// Ahead tells what signing and releasing a paper of a briefing will do.
func Ahead(tx *db.Tx, by access.Actor, p paper.Paper) (paper.Ahead, error) {
	b, role, err := wrote(tx, by, p)
	if err != nil {
		return paper.Ahead{}, err
	}
	if role == roleInvitation {
		return paper.Ahead{Opens: true}, nil
	}
	var ahead paper.Ahead
	all, err := Conclusions(tx, by, b.ID)
	for _, c := range all {
		if c.Proposed() {
			ahead.Proposed++
		}
		if c.Kind == Task && c.Task == "" {
			ahead.Tasks++
		}
	}
	return ahead, err
}

// Sign signs a paper that a briefing wrote: the invitation as it was drafted, the notice as its conclusions stand.
func Sign(tx *db.Tx, by access.Actor, p paper.Paper, s paper.Signature) (paper.Paper, error) {
	b, role, err := wrote(tx, by, p)
	if err != nil {
		return p, err
	}
	if role == roleNotice {
		return b.signNotice(tx, by, p, s)
	}
	return paper.Sign(tx, by, p.ID, s)
}

// Release sends out a paper that a briefing wrote: the invitation opens the conference to those invited, the notice puts
// its tasks on the desks.
func Release(tx *db.Tx, by access.Actor, p paper.Paper) (paper.Paper, error) {
	b, role, err := wrote(tx, by, p)
	if err != nil {
		return p, err
	}
	if role == roleNotice {
		return b.releaseNotice(tx, by, p)
	}
	if p, err = paper.Release(tx, by, p.ID); err != nil {
		return p, err
	}
	return p, lineage.Link(tx, b.Node(), paperNode(p), "soạn từ")
}

// releaseNotice puts every task of the conference on the desks of its lead and cooperating bodies; guidance stays
// guidance. Called again it changes nothing more.
func (b Briefing) releaseNotice(tx *db.Tx, by access.Actor, p paper.Paper) (paper.Paper, error) {
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
func assign(tx *db.Tx, b Briefing, p paper.Paper, all []Conclusion) (made int, err error) {
	notice := access.System(p.Label())
	edges := []lineage.Edge{{From: b.Node(), To: paperNode(p), Verb: "soạn từ"}}
	for _, c := range all {
		edges = append(edges, lineage.Edge{From: c.Node(), To: paperNode(p), Verb: "ghi trong"})
		if c.Kind != Task || c.Task != "" {
			continue
		}
		node := c.Node()
		n := task.New{Origin: task.Origin{Kind: node.Kind, ID: node.ID, Label: node.Label + " — " + p.Label()},
			Mode: c.Mode, Title: c.Words, Product: c.Product, Lead: c.Lead, Due: c.Due, ForcePaper: c.ForcePaper, FromPaper: p.ID, Said: b.HeldOn}
		for _, k := range c.Cooperating {
			one := task.Cooperation{Body: k.Body, Part: k.Part, Due: k.Due}
			if one.Part == "" {
				one.Part = "Phối hợp thực hiện theo thông báo kết luận"
			}
			if one.Due.IsZero() {
				one.Due = c.Due // whoever cooperates without a date of its own is held to the common one
			}
			n.Cooperating = append(n.Cooperating, one)
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
