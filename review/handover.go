package review

import (
	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/journal"
	"giaoban/org"
)

// OpenOf lists the reviews that a body answers for and that are still to be held, the earliest first.
func OpenOf(tx *db.Tx, by access.Actor, body db.ID) ([]Review, error) {
	all, err := read(tx, by, "r.holder = ?\n  and r.done_on is null and r.removed_at is null and r.stopped_on is null", byDue, body)
	var open []Review
	for _, r := range all {
		switch r.State() {
		case Expected, Listed, Confirmed:
			open = append(open, r)
		}
	}
	return open, err
}

// HandOver makes another body answer for a review that is still to be held. The lead it was given to stays written.
func HandOver(tx *db.Tx, by access.Actor, id, to db.ID) error {
	r, err := Find(tx, by, id)
	if err != nil {
		return err
	}
	if err := by.May(access.AcceptSuccession, to); err != nil {
		return err
	}
	switch {
	case r.Holder == "":
		return fault.Conflict("Kỳ sơ kết, tổng kết này chưa phân công chủ trì nên không có gì để bàn giao.")
	case r.Holder == to:
		return fault.Conflict("Cơ quan này đang chủ trì kỳ sơ kết, tổng kết đó rồi.")
	case !r.Live():
		return fault.Conflict("Kỳ sơ kết, tổng kết này đã kết thúc (%s) nên không cần bàn giao.", r.State().Name())
	}
	return r.entrust(tx, by, to, "handed_over")
}

// TakeBack undoes a HandOver: to answers again, as before it.
func TakeBack(tx *db.Tx, by access.Actor, id, to db.ID) error {
	r, err := Find(tx, by, id)
	if err != nil {
		return err
	}
	if err := by.May(access.AcceptSuccession, to); err != nil {
		return err
	}
	return r.entrust(tx, by, to, "taken_back")
}

// entrust leaves the version alone: who types into the review meanwhile loses nothing by it.
func (r Review) entrust(tx *db.Tx, by access.Actor, to db.ID, verb string) error {
	if _, err := tx.Exec("update review set holder = ? where id = ?", to, r.ID); err != nil {
		return err
	}
	today := calendar.OfInstant(tx.Clock())
	from, err := org.Find(tx, by, r.Holder, today)
	if err != nil {
		return err
	}
	taker, err := org.Find(tx, by, to, today)
	if err != nil {
		return err
	}
	_, err = journal.Write(tx, by, verb, journal.Subject{Kind: "review", ID: r.ID, Body: to}, journal.Details{
		"review": r.Label(), "from": from.ShortName, "to": taker.ShortName})
	return err
}
