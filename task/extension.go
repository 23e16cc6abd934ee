package task

import (
	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/journal"
	"giaoban/org"
)

// Granted is the extension by which a side has its day now: what was given, and the day that stood before it.
func (r Record) Granted(org db.ID) (given Fact, before calendar.Date, ok bool) {
	side, found := r.side(org)
	if !found {
		return given, before, false
	}
	due := side.FirstDue
	for _, f := range r.Facts {
		if f.Body != org {
			continue
		}
		switch f.Kind {
		case Granted:
			given, before, ok, due = f, due, true, f.Due
		case Corrected, Shifted:
			due = f.Due
		case Revoked, SentBack:
			ok, due = false, f.Due
		}
	}
	return given, before, ok
}

// CorrectExtension gives a side that was granted an extension another day, with the reason; bodies named in along, which
// cooperate with a lead, move by as many working days.
func CorrectExtension(tx *db.Tx, by access.Actor, id, org db.ID, due calendar.Date, reason string, along ...db.ID) error {
	r, side, before, err := extended(tx, by, id, org)
	if err != nil {
		return err
	}
	var wrong fault.List
	if reason, err = reasonGiven(&wrong, reason, "Cần ghi lý do sửa gia hạn."); err != nil {
		return err
	}
	switch {
	case due.IsZero():
		wrong.Add("due", "Cần ghi hạn đúng.")
	case due == side.Due:
		wrong.Add("due", "Hạn đang ghi đã là %s.", due.Vietnamese())
	case !due.After(before):
		wrong.Add("due", "Hạn sửa phải sau hạn trước khi gia hạn (%s); không gia hạn nữa thì thu lại.", before.Vietnamese())
	default:
		if err := within(tx, &wrong, before, due); err != nil {
			return err
		}
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	return r.redate(tx, by, side, Fact{Kind: Corrected, Note: reason, Due: due}, "extension_corrected", along)
}

// RevokeExtension takes an extension back, with the reason: the day before it holds again.
func RevokeExtension(tx *db.Tx, by access.Actor, id, org db.ID, reason string, along ...db.ID) error {
	r, side, before, err := extended(tx, by, id, org)
	if err != nil {
		return err
	}
	var wrong fault.List
	if reason, err = reasonGiven(&wrong, reason, "Cần ghi lý do thu lại gia hạn."); err != nil {
		return err
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	return r.redate(tx, by, side, Fact{Kind: Revoked, Note: reason, Due: before}, "extension_revoked", along)
}

// extended opens a side whose day comes from an extension.
func extended(tx *db.Tx, by access.Actor, id, org db.ID) (r Record, side Side, before calendar.Date, err error) {
	r, side, err = judge(tx, by, id, org)
	if err != nil {
		return r, side, before, err
	}
	_, before, ok := r.Granted(side.Body)
	switch {
	case !ok:
		err = fault.Conflict("Phần việc này không có gia hạn nào đang áp dụng.")
	case side.State == StateDone:
		err = fault.Conflict("Phần việc này đã báo hoàn thành nên không sửa gia hạn nữa.")
	}
	return r, side, before, err
}

// within holds the day of an extension to working days and to the span that extensions reach.
func within(tx *db.Tx, wrong *fault.List, from, due calendar.Date) error {
	holidays, err := org.Holidays(tx)
	if err != nil {
		return err
	}
	return wrong.AddError("due", holidays.Extended(from, calendar.OfInstant(tx.Clock()), due))
}

// redate writes a fact that gives a side another day, and the same for bodies that move along.
func (r *Record) redate(tx *db.Tx, by access.Actor, side Side, f Fact, verb string, along []db.ID) error {
	f.Body, f.From = side.Body, side.Due
	if err := r.add(tx, by, f); err != nil {
		return err
	}
	if _, err := journal.Write(tx, by, verb, r.subject(side.Holder),
		journal.Details{"from": f.From.String(), "due": f.Due.String(), "reason": f.Note}); err != nil {
		return err
	}
	if len(along) > 0 && !side.Leads {
		return fault.Invalid("along", "Chỉ khi dời hạn của cơ quan chủ trì mới dời theo phần việc phối hợp.")
	}
	for _, body := range along {
		if err := r.moveAlong(tx, by, body, f); err != nil {
			return err
		}
	}
	return nil
}

// Along is a cooperating side whose day may move with the lead's.
type Along struct {
	Side
	calendar.Shift
}

// Along lists the sides still at work whose days may follow when the lead's goes from one day to another; To is zero while
// the new day is not known.
func (r Record) Along(tx *db.Tx, from, to calendar.Date) ([]Along, error) {
	holidays, err := org.Holidays(tx)
	if err != nil {
		return nil, err
	}
	var all []Along
	for _, s := range r.Sides {
		if s.Leads || !s.Live || s.State == StateDone {
			continue
		}
		a := Along{Side: s, Shift: calendar.Shift{From: s.Due}}
		if !to.IsZero() {
			a.To = alongTo(holidays, s.Due, from, to)
		}
		all = append(all, a)
	}
	return all, nil
}

// alongTo is the day of a cooperating side when the lead's goes from one day to another: as many working days on, and not
// after the lead's.
func alongTo(h calendar.Holidays, due, from, to calendar.Date) calendar.Date {
	moved := h.AddWorkingDays(due, h.WorkingDaysBetween(from, to))
	if moved.After(to) {
		return to
	}
	return moved
}

// moveAlong moves a cooperating side with the lead, which f has moved.
func (r *Record) moveAlong(tx *db.Tx, by access.Actor, body db.ID, f Fact) error {
	side, ok := r.side(body)
	if !ok || side.Leads {
		return fault.Missing("Cơ quan này không phối hợp thực hiện nhiệm vụ.")
	}
	if err := by.May(access.JudgeTask, side.Holder); err != nil {
		return err
	}
	if !side.Live || side.State == StateDone {
		return fault.Conflict("Phần việc phối hợp đã báo hoàn thành hoặc đã kết thúc nên không dời theo.")
	}
	holidays, err := org.Holidays(tx)
	if err != nil {
		return err
	}
	kind, verb := Granted, "extension_granted"
	if f.Due.Before(f.From) {
		kind, verb = Corrected, "extension_corrected"
	}
	to := alongTo(holidays, side.Due, f.From, f.Due)
	if to == side.Due {
		return nil
	}
	note := "Dời theo cơ quan chủ trì: " + f.Note
	if err := r.add(tx, by, Fact{Body: body, Kind: kind, Note: note, Due: to, From: side.Due}); err != nil {
		return err
	}
	_, err = journal.Write(tx, by, verb, r.subject(side.Holder), journal.Details{"from": side.Due.String(), "due": to.String(), "reason": note})
	return err
}
