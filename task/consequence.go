package task

import (
	"slices"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/journal"
	"giaoban/paper"
)

// Decision is what was decided about a task when the paper that had set it in motion was replaced, amended or revoked.
type Decision string

// The decisions; nothing is stopped by itself.
const (
	Kept    Decision = "kept"
	Moved   Decision = "moved"
	Stopped Decision = "stopped"
)

// Decisions in the order they are offered.
var Decisions = []Decision{Kept, Moved, Stopped}

// Name is the office's word.
func (d Decision) Name() string {
	return map[Decision]string{Kept: "Giữ nguyên", Moved: "Đổi hạn", Stopped: "Thôi"}[d]
}

// Consequence is a task that older papers set in motion, as it stands after a newer one.
type Consequence struct {
	Task
	Decided
}

// Decided is what was decided about it; zero while that is open.
type Decided struct {
	ID       db.ID      `db:"task"`
	Decision Decision   `db:"decision"`
	At       db.Instant `db:"at"`
	By       string     `db:"by_name"`
}

// Open reports whether the line still waits for its decision; a task that has ended needs none.
func (c Consequence) Open() bool { return c.Live && c.Decision == "" }

// followed leads from each released paper that unsettles an older one to all the papers before it.
const followed = `
with recursive followed (paper, old, since) as (
	select s.paper, s.old, r.at
	from paper_succession s
	join paper_release r on r.paper = s.paper
	where s.kind in ('replace', 'amend', 'revoke')
	union
	select f.paper, s.old, f.since
	from followed f
	join paper_succession s on s.paper = f.old
)
`

// Consequences lists the tasks that the papers before this one set in motion and that had not ended when it was released, by
// their date; none while it is not released.
func Consequences(tx *db.Tx, by access.Actor, id db.ID) (all []Consequence, err error) {
	if _, err := paper.Find(tx, by, id); err != nil {
		return nil, err
	}
	var decided []Decided
	if err := tx.Select(&decided, followed+`
select s.task, coalesce(c.decision, '') as decision, c.at, coalesce(c.by_name, '') as by_name
from followed f
join task t on t.from_paper = f.old
join task_side s on s.task = t.id and s.leads
left join task_consequence c on c.paper = f.paper and c.task = t.id
where f.paper = ?
  and (s.live or c.task is not null or (select max(x.at) from task_fact x where x.task = t.id) >= f.since)
order by s.due, s.task`, id); err != nil {
		return nil, err
	}
	ids := make([]db.ID, len(decided))
	for i, d := range decided {
		ids[i] = d.ID
	}
	tasks, err := Among(tx, by, ids)
	for _, d := range decided {
		if at := slices.IndexFunc(tasks, func(t Task) bool { return t.ID == d.ID }); at >= 0 {
			all = append(all, Consequence{tasks[at], d})
		}
	}
	return all, err
}

// Unconfirmed is a released paper after which tasks wait for a decision.
type Unconfirmed struct {
	Paper db.ID `db:"paper"`
	Tasks int   `db:"tasks"`
}

// AllUnconfirmed lists them for the commission, the oldest first.
func AllUnconfirmed(tx *db.Tx, by access.Actor) (all []Unconfirmed, err error) {
	if err := by.May(access.JudgeTask, by.Body); err != nil {
		return nil, err
	}
	err = tx.Select(&all, followed+`
select f.paper, count(*) as tasks
from followed f
join task t on t.from_paper = f.old
join task_side s on s.task = t.id and s.leads and s.live
where not exists (select 1 from task_consequence c where c.paper = f.paper and c.task = t.id)
group by f.paper
order by min(f.since), f.paper`)
	return all, err
}

// Confirm decides about one task after a paper: it stays, gets another day, or is taken back with the paper as the reason. all is
// what Consequences gives of the paper in this transaction; the decision is noted there, too.
func Confirm(tx *db.Tx, by access.Actor, p paper.Paper, all []Consequence, about db.ID, d Decision, due calendar.Date) (err error) {
	if err := by.May(access.JudgeTask, by.Body); err != nil {
		return err
	}
	at := slices.IndexFunc(all, func(c Consequence) bool { return c.Task.ID == about })
	if at < 0 {
		return fault.Conflict("Nhiệm vụ này không do văn bản cũ giao, hoặc đã kết thúc trước khi văn bản mới phát hành.")
	}
	c, reason, verb := all[at], "Theo "+p.Label(), ""
	switch {
	case c.Decision != "":
		return fault.Conflict("Đã xác nhận “%s” (%s, %s).", c.Decision.Name(), c.Decided.By, c.At)
	case !c.Live:
		return fault.Conflict("Nhiệm vụ đã kết thúc (%s) nên không cần xác nhận.", c.State.Of(c.Task))
	}
	switch d {
	case Kept:
		verb = "task_kept"
	case Moved:
		verb, err = "task_moved", redated(tx, by, about, due, reason)
	case Stopped:
		verb, err = "task_stopped", Withdraw(tx, by, about, reason, p.Label())
	default:
		err = fault.Invalid("decision", "Hãy chọn giữ nguyên, đổi hạn hay thôi.")
	}
	if err != nil {
		return err
	}
	if _, err := tx.Exec("insert into task_consequence (paper, task, decision, at, by_actor, by_name) values (?, ?, ?, ?, ?, ?)",
		p.ID, about, string(d), tx.Now(), by.Key(), by.Name); err != nil {
		return err
	}
	all[at].Decided = Decided{about, d, tx.Now(), by.Name}
	details := journal.Details{"task": c.Title}
	if d == Moved {
		details["due"] = due.String()
	}
	_, err = journal.Write(tx, by, verb, journal.Subject{Kind: "paper", ID: p.ID, Body: p.Body}, details)
	return err
}

// redated gives a task another day because a paper says so, nobody having asked for it; bodies that cooperate and still work move
// by as many working days.
func redated(tx *db.Tx, by access.Actor, id db.ID, due calendar.Date, reason string) error {
	r, lead, err := judge(tx, by, id, "")
	if err != nil {
		return err
	}
	if lead.State == StateDone {
		return fault.Conflict("Cơ quan chủ trì đã báo hoàn thành nên không đổi hạn; hãy giữ nguyên, rồi xem kết quả.")
	}
	var wrong fault.List
	if reason, err = reasonGiven(&wrong, reason, "Cần ghi lý do đổi hạn."); err != nil {
		return err
	}
	switch today := calendar.OfInstant(tx.Clock()); {
	case due.IsZero():
		wrong.Add("due", "Cần ghi hạn mới.")
	case due == lead.Due:
		wrong.Add("due", "Hạn đang ghi đã là %s.", due.Vietnamese())
	case due.Before(today):
		wrong.Add("due", "Hạn mới phải từ hôm nay (%s) trở đi.", today.Vietnamese())
	default:
		if err := within(tx, &wrong, lead.Due, due); err != nil {
			return err
		}
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	with, err := r.Along(tx, lead.Due, due)
	if err != nil {
		return err
	}
	var along []db.ID
	for _, a := range with {
		along = append(along, a.Body)
	}
	kind, verb := Granted, "extension_granted"
	if due.Before(lead.Due) {
		kind, verb = Corrected, "extension_corrected"
	}
	return r.redate(tx, by, lead, Fact{Kind: kind, Note: reason, Due: due}, verb, along)
}
