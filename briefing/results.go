package briefing

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
	Briefing   db.ID
	Period     calendar.Period
	No         int // of the conclusion
	Conclusion db.ID
	Task       task.Task
	State      task.State // as of the day
	DaysLate   int
}

// Finished reports that the lead's work is done or accepted.
func (r Result) Finished() bool { return r.State == task.StateDone || r.State == task.StateClosed }

// Results is what the conference opens with: the tasks of the last one before it whose notice was released, as they
// stand today. last is that conference; without one both are empty. A body sees the tasks it has a hand in.
func Results(tx *db.Tx, by access.Actor, id db.ID) (last Briefing, results []Result, err error) {
	b, err := Find(tx, by, id)
	if err != nil {
		return last, nil, err
	}
	org := by.Sees(access.ReadBriefing)
	err = tx.Get(&last, "select "+columns+`
from briefing b
where b.org = ? and b.period_end < ? and `+visible+`
  and exists (
	select 1
	from briefing_paper p
	join paper_release r on r.paper = p.paper
	where p.briefing = b.id and p.role = 'notice')
order by b.period_end desc, b.id desc
limit 1`, b.Body, b.PeriodEnd, org, org)
	if errors.Is(err, db.None) {
		return Briefing{}, nil, nil
	}
	if err != nil {
		return last, nil, err
	}
	results, err = Tasks(tx, by, last.ID)
	return last, results, err
}

// Tasks lists what became of the conference's own conclusions, those that are tasks, in their order.
func Tasks(tx *db.Tx, by access.Actor, id db.ID) ([]Result, error) {
	b, err := Find(tx, by, id)
	if err != nil {
		return nil, err
	}
	var rows []struct {
		ID   db.ID `db:"id"`
		No   int   `db:"no"`
		Task db.ID `db:"task"`
	}
	if err := tx.Select(&rows, `
select id, no, task
from briefing_conclusion
where briefing = ? and task is not null
order by no`, id); err != nil {
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
		out = append(out, Result{Briefing: id, Period: b.Period, No: r.No, Conclusion: r.ID, Task: t.Task,
			State: t.StateOn(today), DaysLate: t.DaysLate(holidays, today)})
	}
	return out, nil
}
