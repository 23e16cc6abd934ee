package report

import (
	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/journal"
	"giaoban/library"
	"giaoban/org"
)

// HandOver makes another body answer for a report that is still owed: its desk shows it, its people draft and send it,
// reminders go to it. Who was asked, and everything handed in before, stays as it was.
func HandOver(tx *db.Tx, by access.Actor, obligation, to db.ID) error {
	o, err := FindObligation(tx, by, obligation)
	if err != nil {
		return err
	}
	if err := by.May(access.AcceptSuccession, to); err != nil {
		return err
	}
	switch {
	case o.Holder == to:
		return fault.Conflict("Cơ quan này đang chịu trách nhiệm báo cáo đó rồi.")
	case !o.Owed:
		return fault.Conflict("Báo cáo này không còn phải gửi nên không cần bàn giao.")
	}
	return o.entrust(tx, by, to, "handed_over")
}

// TakeBack undoes a HandOver: to answers again, as before it, also for what was handed in meanwhile.
func TakeBack(tx *db.Tx, by access.Actor, obligation, to db.ID) error {
	o, err := FindObligation(tx, by, obligation)
	if err != nil {
		return err
	}
	if err := by.May(access.AcceptSuccession, to); err != nil {
		return err
	}
	return o.entrust(tx, by, to, "taken_back")
}

// entrust writes nothing into the opening: what is kept in memory of it tells nothing of who answers for a report.
func (o Obligation) entrust(tx *db.Tx, by access.Actor, to db.ID, verb string) error {
	if _, err := tx.Exec("update obligation set holder = ? where id = ?", to, o.ID); err != nil {
		return err
	}
	// What was handed in before is read with its files by whoever answers for it.
	var sent []db.ID
	if err := tx.Select(&sent, "select id from submission where obligation = ?", o.ID); err != nil {
		return err
	}
	for _, id := range sent {
		if err := library.Inherit(tx, "submission", id, o.Body, to); err != nil {
			return err
		}
	}
	today := calendar.OfInstant(tx.Clock())
	from, err := org.Find(tx, by, o.Holder, today)
	if err != nil {
		return err
	}
	taker, err := org.Find(tx, by, to, today)
	if err != nil {
		return err
	}
	_, err = journal.Write(tx, by, verb, journal.Subject{Kind: "obligation", ID: o.ID, Body: to}, journal.Details{
		"regime": o.RegimeCode, "period": o.Period.String(), "from": from.ShortName, "to": taker.ShortName})
	return err
}
