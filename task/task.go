// Package task keeps nhiệm vụ: what a unit was asked to do, by when, and the proof that it was done. What happened is
// kept as dated facts; the state of each body's side follows from them in one function.
package task

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
	"giaoban/org"
)

// Mode says in which tone the commission may ask.
type Mode string

const (
	Assigned  Mode = "giao"    // own units; others only on the strength of a paper of whoever is above them
	Requested Mode = "de_nghi" // lower commissions, State bodies and all others: the commission has no authority over them
)

// Name is the office's word.
func (m Mode) Name() string {
	switch m {
	case Assigned:
		return "Giao"
	case Requested:
		return "Đề nghị"
	}
	return string(m)
}

// ModeFor is the mode in which a body of this kind is asked when no paper gives more force.
func ModeFor(k org.Kind) Mode {
	if k.Own() {
		return Assigned
	}
	return Requested
}

// Origin is what the task came from; the room that asked is never known here.
type Origin struct {
	Kind  string `db:"origin_kind"`
	ID    db.ID  `db:"origin_id"`
	Label string `db:"origin_label"`
	URL   string `db:"origin_url"`
}

// Cooperation is the part of a body that works with the lead.
type Cooperation struct {
	Body db.ID
	Part string
	Due  calendar.Date
}

// New is what Assign needs to know.
type New struct {
	Origin         Origin
	Mode           Mode
	Title, Product string
	Lead           db.ID
	Cooperating    []Cooperation
	Due            calendar.Date
	ForcePaper     string        // the paper that gives force, as cited: "Kế hoạch số 12-KH/TU, ngày 14/02/2022"; may be ""
	FromPaper      db.ID         // our own paper that carries it; may be ""
	Said           calendar.Date // the day it was asked, when a paper carries it later: a short date spoken then still stands; zero: today
}

// Task is one task as seen from one body's side: the lead's, unless a list is of a body that cooperates.
type Task struct {
	ID db.ID `db:"id"`
	Origin
	Mode         Mode       `db:"mode"`
	Title        string     `db:"title"`
	Product      string     `db:"product"`
	Lead         db.ID      `db:"lead"`
	ForcePaper   string     `db:"force_paper"`
	FromPaper    db.ID      `db:"from_paper"`
	AssignedAt   db.Instant `db:"assigned_at"`
	AssignedBy   string     `db:"assigned_by"`
	AssignedName string     `db:"assigned_name"`
	Facts        int64      `db:"facts"`
	LeadHolder   db.ID      `db:"lead_holder"` // who answers for the lead's side now; Lead until it was handed over
	Noted        bool       `db:"noted"`       // its result is noted (ghi nhận), not judged (nghiệm thu)
	Side
}

// Side is one body's hand in a task.
type Side struct {
	Body     db.ID         `db:"org"`    // who was asked
	Holder   db.ID         `db:"holder"` // who answers for it now; Body until it was handed over
	Leads    bool          `db:"leads"`
	Part     string        `db:"part"`
	FirstDue calendar.Date `db:"first_due"`
	Standing
}

// Moved reports whether another body answers for the side than the one that was asked.
func (s Side) Moved() bool { return s.Holder != s.Body }

// Assign enters a task and gives its lead and the cooperating bodies their sides. Who asks in the wrong tone, or gives
// neither owner nor product nor date, gets a sentence for each: guidance is not a task.
func Assign(tx *db.Tx, by access.Actor, n New) (Task, error) {
	if err := by.May(access.AssignTask, n.Lead); err != nil {
		return Task{}, err
	}
	lead, err := n.check(tx, by)
	if err != nil {
		return Task{}, err
	}
	t := Task{ID: tx.NewID(), Origin: n.Origin, Mode: n.Mode, Title: n.Title, Product: n.Product, Lead: n.Lead,
		ForcePaper: n.ForcePaper, FromPaper: n.FromPaper, AssignedAt: tx.Now(), AssignedBy: by.Key(), AssignedName: by.Name,
		LeadHolder: n.Lead, Noted: !lead.Kind.Own()}
	if err := t.insert(tx); err != nil {
		return Task{}, err
	}
	t.Side = Side{Body: n.Lead, Holder: n.Lead, Leads: true, FirstDue: n.Due}
	sides := []Side{t.Side}
	for _, c := range n.Cooperating {
		sides = append(sides, Side{Body: c.Body, Holder: c.Body, Part: c.Part, FirstDue: c.Due})
	}
	for i := range sides {
		sides[i].Standing = derive(sides[i], nil)
		if err := sides[i].insert(tx, t.ID); err != nil {
			return Task{}, err
		}
	}
	t.Side = sides[0]
	if err := t.link(tx); err != nil {
		return Task{}, err
	}
	_, err = journal.Write(tx, by, "assigned", t.subject(t.Lead), journal.Details{
		"title": t.Title, "mode": string(t.Mode), "due": t.Due.String(), "from": t.Origin.Label, "cooperating": len(n.Cooperating)})
	return t, err
}

func (t Task) insert(tx *db.Tx) error {
	_, err := tx.Exec(`
insert into task (id, origin_kind, origin_id, origin_label, mode, title, product, lead, force_paper,
	from_paper, assigned_at, assigned_by, assigned_name, facts, noted)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?)`,
		t.ID, t.Origin.Kind, t.Origin.ID, t.Origin.Label, string(t.Mode), t.Title, t.Product, t.Lead,
		t.ForcePaper, t.FromPaper, t.AssignedAt, t.AssignedBy, t.AssignedName, t.Noted)
	return err
}

func (s Side) insert(tx *db.Tx, task db.ID) error {
	_, err := tx.Exec(`
insert into task_side (task, org, holder, leads, part, first_due, due, state, live, running, asking, done_on)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		task, s.Body, s.Holder, s.Leads, s.Part, s.FirstDue, s.Due, string(s.State), s.Live, s.Running, s.Asking, s.DoneOn)
	return err
}

func (t Task) subject(concerned db.ID) journal.Subject {
	return journal.Subject{Kind: "task", ID: t.ID, Body: concerned}
}

// Node is the task in the graph of what came from what.
func (t Task) Node() lineage.Node {
	return lineage.Node{Kind: "task", ID: t.ID, Label: t.Title}
}

// link leaves the edge from what the task came from.
func (t Task) link(tx *db.Tx) error {
	if t.Origin.Kind == "" || t.Origin.ID == "" {
		return nil
	}
	from := lineage.Node{Kind: t.Origin.Kind, ID: t.Origin.ID, Label: t.Origin.Label}
	return lineage.Link(tx, from, t.Node(), t.Mode.Name())
}

// mostText bounds a title, a product, a reason: more than a page is a document and belongs in a file.
const mostText = 4000

// check tidies what was typed and gives the lead, or a sentence for each thing that is wrong.
func (n *New) check(tx *db.Tx, by access.Actor) (lead org.Body, err error) {
	var wrong fault.List
	today := calendar.OfInstant(tx.Clock())
	said := n.Said
	if said.IsZero() || said.After(today) {
		said = today
	}
	n.Title, n.Product, n.ForcePaper = fold.Tidy(n.Title), fold.Tidy(n.Product), fold.Tidy(n.ForcePaper)
	n.Origin.Label = fold.Tidy(n.Origin.Label)
	if err := official.RefuseSecret(n.Title, n.Product, n.ForcePaper, n.Origin.Label); err != nil {
		return lead, err
	}
	text(&wrong, "title", n.Title, "Cần ghi việc phải làm, ví dụ “Xây dựng kế hoạch triển khai Chương trình phối hợp”.")
	text(&wrong, "product", n.Product, "Cần ghi sản phẩm phải có khi xong, ví dụ “Kế hoạch đã ban hành”. Việc không có sản phẩm là định hướng, không phải nhiệm vụ.")
	if n.Due.IsZero() {
		wrong.Add("due", "Cần ghi hạn hoàn thành. Việc chưa có hạn là định hướng, không phải nhiệm vụ.")
	} else if n.Due.Before(said) {
		wrong.Add("due", "Hạn hoàn thành (%s) phải từ ngày giao (%s) trở đi.", n.Due.Vietnamese(), said.Vietnamese())
	}
	if n.Lead == "" {
		wrong.Add("lead", "Cần chọn cơ quan chủ trì. Việc không có người chịu trách nhiệm là định hướng, không phải nhiệm vụ.")
		return lead, wrong.Err()
	}
	lead, err = living(tx, by, n.Lead, today)
	if err := wrong.AddError("lead", err); err != nil {
		return lead, err
	}
	if err == nil {
		mode(&wrong, n.Mode, lead, n.ForcePaper)
	}
	seen := map[db.ID]bool{n.Lead: true}
	for i := range n.Cooperating {
		c := &n.Cooperating[i]
		c.Part = fold.Tidy(c.Part)
		if err := official.RefuseSecret(c.Part); err != nil {
			return lead, err
		}
		name := "Cơ quan phối hợp"
		b, err := living(tx, by, c.Body, today)
		if err := wrong.AddError("cooperating", err); err != nil {
			return lead, err
		}
		if err == nil {
			name = b.ShortName
		}
		if seen[c.Body] {
			wrong.Add("cooperating", "%s được ghi hai lần; mỗi cơ quan chỉ chủ trì hoặc phối hợp một lần.", name)
		}
		seen[c.Body] = true
		if c.Part == "" {
			wrong.Add("cooperating", "Cần ghi phần việc của %s.", name)
		}
		switch {
		case c.Due.IsZero():
			wrong.Add("cooperating", "Cần ghi hạn phần việc của %s.", name)
		case c.Due.Before(said):
			wrong.Add("cooperating", "Hạn phần việc của %s (%s) phải từ ngày giao (%s) trở đi.", name, c.Due.Vietnamese(), said.Vietnamese())
		case !n.Due.IsZero() && c.Due.After(n.Due):
			wrong.Add("cooperating", "Hạn phần việc của %s (%s) không được sau hạn chung (%s).", name, c.Due.Vietnamese(), n.Due.Vietnamese())
		}
	}
	return lead, wrong.Err()
}

// text asks for a sentence that is there and is not a whole document.
func text(wrong *fault.List, field, value, missing string) {
	if value == "" {
		wrong.Add(field, missing)
	} else if len(value) > mostText {
		wrong.Add(field, "Phần này dài quá %d ký tự; xin ghi ngắn gọn và đính kèm tệp cho phần chi tiết.", mostText)
	}
}

// mode holds the tone: the commission orders nobody about but its own units, and others only where a paper of whoever is
// above them gives it force.
func mode(wrong *fault.List, m Mode, lead org.Body, force string) {
	if sentence := ToneProblem(m, lead, force); sentence != "" {
		wrong.Add("mode", sentence)
	}
}

// ToneProblem says in one sentence why a body may not be asked in this tone, "" when it may; force is the paper that gives
// force, as typed.
func ToneProblem(m Mode, lead org.Body, force string) string {
	switch {
	case m != Assigned && m != Requested:
		return "Cần chọn “giao” hoặc “đề nghị”. Định hướng không phải là nhiệm vụ, xin để trong phần định hướng của kết luận."
	case m == Assigned && !lead.Kind.Own() && force == "":
		return fmt.Sprintf("%s không thuộc Ban: Ban đề nghị chứ không giao. Chỉ ghi “giao” khi ghi cả văn bản của Tỉnh ủy làm căn cứ.", lead.ShortName)
	case m == Requested && lead.Kind.Own():
		return fmt.Sprintf("%s thuộc Ban; xin dùng “giao”.", lead.ShortName)
	}
	return ""
}

// living finds a body that exists today; one that has ended is an Invalid fault, so that it stands beside the others.
func living(tx *db.Tx, by access.Actor, id db.ID, today calendar.Date) (org.Body, error) {
	b, err := org.Find(tx, by, id, today)
	if fault.Is(err, fault.KindMissing) {
		return b, fault.Invalid("", "Không có cơ quan này trong Danh bạ; xin chọn lại.")
	}
	if err != nil {
		return b, err
	}
	if !b.ValidTo.IsZero() && b.ValidTo.Before(today) {
		return b, fault.Invalid("", "%s đã kết thúc hoạt động ngày %s; xin chọn cơ quan kế nhiệm.", b.ShortName, b.ValidTo.Vietnamese())
	}
	return b, nil
}
