package task

import (
	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
)

// Counts says how many tasks are in each state on a day, as the lead's side stands; every task counts once.
type Counts map[State]int

// Total is how many tasks there are.
func (c Counts) Total() (n int) {
	for _, k := range c {
		n += k
	}
	return n
}

// Count counts the tasks that List would give for the same filter without its state.
func Count(tx *db.Tx, by access.Actor, f Filter) (Counts, error) {
	f.State, f.Cursor = "", ""
	if err := f.fit(tx, by); err != nil {
		return nil, err
	}
	where, args, err := f.where()
	if err != nil {
		return nil, err
	}
	var rows []struct {
		State State `db:"state"`
		All   int   `db:"n"`
		Late  int   `db:"late"`
	}
	if err := tx.Select(&rows, `
select s.state, count(*) as n, coalesce(sum(case when s.running and s.due < ? then 1 else 0 end), 0) as late
from task_side s
`+where+`
group by s.state`, append([]any{f.Day}, args...)...); err != nil {
		return nil, err
	}
	counts := make(Counts)
	for _, row := range rows {
		if row.All > row.Late {
			counts[row.State] = row.All - row.Late
		}
		if row.Late > 0 {
			counts[StateOverdue] += row.Late
		}
	}
	return counts, nil
}

// Size is how many tasks List gives over all its pages.
func Size(tx *db.Tx, by access.Actor, f Filter) (n int, err error) {
	f.Cursor = ""
	if err := f.fit(tx, by); err != nil {
		return 0, err
	}
	where, args, err := f.where()
	if err != nil {
		return 0, err
	}
	err = tx.Get(&n, "select count(*) as n\nfrom task_side s\n"+where, args...)
	return n, err
}

// Load is what one body leads.
type Load struct {
	Lead db.ID `db:"holder"` // who answers for it now
	Live int   `db:"live"`   // neither closed nor withdrawn
	Late int   `db:"late"`   // of these, overdue
}

// Loads counts for every body that leads a task which is not finished; who sees only its own gets its own.
func Loads(tx *db.Tx, by access.Actor, day calendar.Date) ([]Load, error) {
	narrow, args := "", []any{day}
	if own := by.Sees(access.ReadTask); own != "" {
		narrow, args = "\n  and holder = ?", append(args, own)
	}
	var loads []Load
	err := tx.Select(&loads, `
select holder, count(*) as live, coalesce(sum(case when running and due < ? then 1 else 0 end), 0) as late
from task_side
where live and leads`+narrow+`
group by holder
order by late desc, live desc, holder`, args...)
	return loads, err
}

// ToJudge lists the tasks whose lead has reported them complete, the earliest date first, late ones included: they wait
// for the commission.
func ToJudge(tx *db.Tx, by access.Actor, limit int) ([]Task, error) {
	return waiting(tx, by, "s.leads\n  and s.state = 'done'", limit)
}

// Asking lists the sides that asked for an extension and have no answer yet.
func Asking(tx *db.Tx, by access.Actor, limit int) ([]Task, error) {
	return waiting(tx, by, "s.asking", limit)
}

func waiting(tx *db.Tx, by access.Actor, condition string, limit int, args ...any) (tasks []Task, err error) {
	if own := by.Sees(access.ReadTask); own != "" {
		condition, args = condition+"\n  and s.holder = ?", append(args, own)
	}
	err = tx.Select(&tasks, columns+"where "+condition+"\norder by s.due, s.task\nlimit ?", append(args, limit)...)
	return tasks, err
}

// Late lists the tasks of others past their day for which the actor can only press: their lead has neither reported
// them complete nor asked for a later day. Only those due from a day on; the longest overdue come first.
func Late(tx *db.Tx, by access.Actor, from, day calendar.Date, limit int) ([]Task, error) {
	return waiting(tx, by, "s.live\n  and s.leads\n  and s.running\n  and s.state <> 'done'\n  and not s.asking\n  and s.due between ? and ?\n  and s.holder <> ?",
		limit, from, day.AddDays(-1), string(by.Body))
}

// Heap is how much waits on the commission's side, counted over all bodies: how long ToJudge, Asking and Late would be
// without a limit. No task is in Late and in one of the others.
type Heap struct {
	Late    int `db:"late"`
	ToJudge int `db:"to_judge"`
	Asking  int `db:"asking"`
}

// Waiting counts the heap on a day; who sees only its own body gets that body's.
func Waiting(tx *db.Tx, by access.Actor, day calendar.Date) (h Heap, err error) {
	narrow, args := "", []any{day, string(by.Body)}
	if own := by.Sees(access.ReadTask); own != "" {
		narrow, args = " and holder = ?", []any{day, string(by.Body), own, own, own}
	}
	err = tx.Get(&h, `
select
	(select count(*) from task_side where live and leads and running and state <> 'done' and not asking and due < ? and holder <> ?`+narrow+`) as late,
	(select count(*) from task_side where leads and state = 'done'`+narrow+`) as to_judge,
	(select count(*) from task_side where asking`+narrow+`) as asking`, args...)
	return h, err
}

// SentBackWhy gives for each of the tasks that were sent back the reason that stands for that side.
func SentBackWhy(tx *db.Tx, by access.Actor, tasks []Task) (map[db.ID]string, error) {
	why := make(map[db.ID]string)
	own := by.Sees(access.ReadTask)
	var returned []db.ID
	side := make(map[db.ID]db.ID)
	for _, t := range tasks {
		if t.State == StateReturned && (own == "" || own == string(t.Body) || own == string(t.Holder)) {
			returned = append(returned, t.ID)
			side[t.ID] = t.Body
		}
	}
	if len(returned) == 0 {
		return why, nil
	}
	in, args := db.In(returned)
	var facts []struct {
		Task db.ID  `db:"task"`
		Body db.ID  `db:"org"`
		Note string `db:"note"`
	}
	err := tx.Select(&facts, `
select task, org, note
from task_fact
where task in `+in+` and kind = 'sent_back'
order by task, seq`, args...)
	for _, f := range facts {
		if side[f.Task] == f.Body {
			why[f.Task] = f.Note
		}
	}
	return why, err
}
