package conference

import (
	"errors"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/org"
	"giaoban/task"
)

// Result is a task of an earlier conference and where it stands on a day.
type Result struct {
	Conference db.ID
	Period     calendar.Period
	No         int // of the conclusion
	Conclusion db.ID
	Task       task.Task
	State      task.State // as of the day
	DaysLate   int
	OfRequest  bool // one of several bodies asked under the number
}

// Finished reports that the lead's work is done or accepted.
func (r Result) Finished() bool { return r.State == task.StateDone || r.State == task.StateClosed }

// Results is what the conference opens with: the tasks of the last one before it whose notice was released, as they
// stand today. last is that conference; without one both are empty. A body sees the tasks it has a hand in.
func Results(tx *db.Tx, by access.Actor, id db.ID) (last Conference, results []Result, err error) {
	b, err := Find(tx, by, id)
	if err != nil {
		return last, nil, err
	}
	last, err = b.lastTold(tx, by)
	if err != nil || last.ID == "" {
		return last, nil, err
	}
	results, err = Tasks(tx, by, last.ID)
	return last, results, err
}

// lastTold is the last conference before this one whose notice was released, of those that the actor sees; without an ID
// where there is none.
func (b Conference) lastTold(tx *db.Tx, by access.Actor) (last Conference, err error) {
	org := by.Sees(access.ReadBriefing)
	err = tx.Get(&last, "select "+columns+`
from conference b
where b.org = ? and coalesce(b.period_end, b.held_on) < ? and `+visible+`
  and exists (
	select 1
	from conference_paper p
	join paper_release r on r.paper = p.paper
	where p.conference = b.id and p.role = 'notice')
order by coalesce(b.period_end, b.held_on) desc, b.id desc
limit 1`, b.Body, b.closes(), org, org)
	if errors.Is(err, db.None) {
		return Conference{}, nil
	}
	return last, err
}

// Tasks lists what became of the conference's own conclusions, those that are tasks and each body of a request, in their order.
func Tasks(tx *db.Tx, by access.Actor, id db.ID) ([]Result, error) {
	b, err := Find(tx, by, id)
	if err != nil {
		return nil, err
	}
	var rows []struct {
		ID        db.ID `db:"id"`
		No        int   `db:"no"`
		Task      db.ID `db:"task"`
		OfRequest bool  `db:"of_request"`
		Place     int   `db:"place"`
	}
	if err := tx.Select(&rows, `
select id, no, task, false as of_request, 0 as place
from conference_conclusion
where conference = ? and task is not null
union all
select c.id, c.no, k.task, true as of_request, k.sort as place
from conference_cooperation k
join conference_conclusion c on c.id = k.conclusion
where c.conference = ? and k.task is not null
order by no, place`, id, id); err != nil {
		return nil, err
	}
	today := calendar.OfInstant(tx.Clock())
	holidays, err := org.Holidays(tx)
	if err != nil {
		return nil, err
	}
	var out []Result
	for _, r := range rows {
		t, err := task.Find(tx, by, r.Task)
		if fault.Is(err, fault.KindMissing) {
			continue // another body's
		}
		if err != nil {
			return nil, err
		}
		out = append(out, Result{Conference: id, Period: b.Period, No: r.No, Conclusion: r.ID, Task: t.Task,
			State: t.StateOn(today), DaysLate: t.DaysLate(holidays, today), OfRequest: r.OfRequest})
	}
	return out, nil
}
