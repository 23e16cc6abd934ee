package task

import (
	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/journal"
	"giaoban/library"
	"giaoban/org"
)

// HandOver makes another body answer for one side of a task: its lists show it, its people work on it, it reads the
// files. org is who was asked; that never changes, nor does any fact. Only a side that still has to be done or judged.
func HandOver(tx *db.Tx, by access.Actor, id, org, to db.ID) error {
	r, side, err := entrusted(tx, by, id, org, to)
	if err != nil {
		return err
	}
	if err := side.ended(); err != nil {
		return err
	}
	if side.Holder == to {
		return fault.Conflict("Cơ quan này đang thực hiện phần việc đó rồi.")
	}
	return r.entrust(tx, by, side, to, "handed_over")
}

// TakeBack undoes a HandOver: to answers again, as before it. Also when the work has ended meanwhile, because whose
// work it was is then told as it was.
func TakeBack(tx *db.Tx, by access.Actor, id, org, to db.ID) error {
	r, side, err := entrusted(tx, by, id, org, to)
	if err != nil {
		return err
	}
	return r.entrust(tx, by, side, to, "taken_back")
}

func entrusted(tx *db.Tx, by access.Actor, id, org, to db.ID) (Record, Side, error) {
	r, err := Find(tx, by, id)
	if err != nil {
		return r, Side{}, err
	}
	if err := by.May(access.AcceptSuccession, to); err != nil {
		return r, Side{}, err
	}
	side, ok := r.side(org)
	if !ok {
		return r, side, fault.Missing("Cơ quan này không chủ trì, không phối hợp thực hiện nhiệm vụ.")
	}
	return r, side, nil
}

func (r Record) entrust(tx *db.Tx, by access.Actor, side Side, to db.ID, verb string) error {
	if _, err := tx.Exec("update task_side set holder = ? where task = ? and org = ?", to, r.ID, side.Body); err != nil {
		return err
	}
	for i := range r.Sides {
		if r.Sides[i].Body == side.Body {
			r.Sides[i].Holder = to
		}
	}
	if err := library.Inherit(tx, "task", r.ID, side.Body, to); err != nil {
		return err
	}
	from, err := org.Find(tx, by, side.Holder, calendar.OfInstant(tx.Clock()))
	if err != nil {
		return err
	}
	taker, err := org.Find(tx, by, to, calendar.OfInstant(tx.Clock()))
	if err != nil {
		return err
	}
	_, err = journal.Write(tx, by, verb, r.subject(to), journal.Details{"from": from.ShortName, "to": taker.ShortName})
	return err
}
