package review

import (
	"slices"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/org"
)

// ShiftedStep is a step of a running review whose day the calendar moves. A step that follows the rules and is no task yet
// binds nobody: it is planned again by itself, and only told.
type ShiftedStep struct {
	Review  Review
	Step    Step
	Planned bool // moved by itself
	calendar.Shift
}

// Shifts lists such steps by their day: those set by hand on a day of which the office said something, which is off now,
// and those that fall otherwise than by the shipped table alone.
func Shifts(tx *db.Tx, by access.Actor, said []calendar.Date) ([]ShiftedStep, error) {
	if len(said) == 0 {
		return nil, nil
	}
	today := calendar.OfInstant(tx.Clock())
	all, err := read(tx, by, "r.submit_by >= ?\n  and r.done_on is null and r.removed_at is null and r.stopped_on is null", byDue, today)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	holidays, err := org.Holidays(tx)
	if err != nil {
		return nil, err
	}
	days, err := stepDays(tx)
	if err != nil {
		return nil, err
	}
	ids := make([]db.ID, len(all))
	for i, r := range all {
		ids[i] = r.ID
	}
	var rows []stepRow
	in, args := db.In(ids)
	if err := tx.Select(&rows, stepColumns+"where review in "+in, args...); err != nil {
		return nil, err
	}
	tasks, err := tasksOf(tx, by, rows)
	if err != nil {
		return nil, err
	}
	kept := byReview(rows)
	var moved []ShiftedStep
	for _, r := range all {
		without := backward(r, kept[r.ID], tasks, days, calendar.Default())
		for i, s := range r.Steps {
			switch {
			case !s.Free() || s.Day.Before(today):
			case s.ByHand && slices.Contains(said, s.Day):
				if shift, ok := holidays.ShiftFixed(s.Day, calendar.Date{}); ok && (i+1 == len(r.Steps) || !shift.To.After(r.Steps[i+1].Day)) {
					moved = append(moved, ShiftedStep{r, s.Step, false, shift})
				}
			case !s.ByHand && without[i].Day != s.Day:
				moved = append(moved, ShiftedStep{r, s.Step, true, calendar.Shift{From: without[i].Day, To: s.Day, Why: s.Explained}})
			}
		}
	}
	slices.SortStableFunc(moved, func(a, b ShiftedStep) int { return a.From.Compare(b.From) })
	return moved, nil
}

// Move sets the step to the day proposed, with the reason.
func (s ShiftedStep) Move(tx *db.Tx, by access.Actor, reason string) error {
	r, err := Find(tx, by, s.Review.ID) // its version grows with each step moved
	if err != nil {
		return err
	}
	return MoveStep(tx, by, r.ID, r.Version, s.Step, s.To, reason)
}
