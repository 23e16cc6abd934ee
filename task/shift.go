package task

import (
	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/journal"
	"giaoban/org"
)

// ShiftedSide is an open side of a task whose day the calendar moves.
type ShiftedSide struct {
	Task
	calendar.Shift
}

// Shifts lists the open sides whose day falls on a day off of which the office said something, or may go back to the day
// from which it was moved, by their day. What would fall before today stays where it is.
func Shifts(tx *db.Tx, by access.Actor, said []calendar.Date) ([]ShiftedSide, error) {
	if err := by.May(access.JudgeTask, by.Body); err != nil {
		return nil, err
	}
	holidays, err := org.Holidays(tx)
	if err != nil {
		return nil, err
	}
	today := calendar.OfInstant(tx.Clock())
	days, args := db.In(said)
	var sides []struct {
		Task   db.ID         `db:"task"`
		Body   db.ID         `db:"org"`
		Due    calendar.Date `db:"due"`
		Before calendar.Date `db:"moved_from"`
	}
	// Two ways to a side, each by its own index; nobody's desk may wait for a look at every task.
	const columns = `
select s.task, s.org, s.due, (
	select case when f.kind = 'shifted' then f.moved_from end
	from task_fact f
	where f.task = s.task and f.org = s.org and f.due = s.due and f.kind <> 'asked'
	order by f.seq desc
	limit 1) as moved_from
from task_side s
`
	if err := tx.Select(&sides, columns+`where s.live and s.state <> 'done' and s.due >= ? and s.due in `+days+`
union`+columns+`where s.live and s.state <> 'done' and s.due >= ?
  and (s.task, s.org) in (select f.task, f.org from task_fact f where f.kind = 'shifted')
order by 3, 1, 2`, append(append([]any{today}, args...), today)...); err != nil {
		return nil, err
	}
	var all []ShiftedSide
	for _, side := range sides {
		shift, ok := holidays.ShiftFixed(side.Due, side.Before)
		if !ok || shift.To.Before(today) {
			continue
		}
		r, err := Find(tx, by, side.Task)
		if fault.Is(err, fault.KindMissing) {
			continue
		}
		if err != nil {
			return nil, err
		}
		r.Task.Side, _ = r.side(side.Body)
		all = append(all, ShiftedSide{r.Task, shift})
	}
	return all, nil
}

// Move moves the side to the day proposed, with the reason.
func (s ShiftedSide) Move(tx *db.Tx, by access.Actor, reason string) error {
	r, side, err := judge(tx, by, s.ID, s.Body)
	if err != nil {
		return err
	}
	var wrong fault.List
	if reason, err = reasonGiven(&wrong, reason, "Hãy ghi căn cứ dời hạn."); err != nil {
		return err
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	if side.Due != s.From {
		return fault.Conflict("Hạn của việc này vừa được đổi; xin xem lại rồi dời.")
	}
	if err := r.add(tx, by, Fact{Body: side.Body, Kind: Shifted, Note: reason, Due: s.To, From: s.From}); err != nil {
		return err
	}
	_, err = journal.Write(tx, by, "shifted", r.subject(side.Holder),
		journal.Details{"from": s.From.Vietnamese(), "due": s.To.Vietnamese(), "reason": reason})
	return err
}
