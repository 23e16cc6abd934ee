package report

import (
	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/journal"
	"giaoban/official"
	"giaoban/org"
)

// Waiver is thôi chờ: the commission waits no more for a report, for a stated reason. The report stays missing in every
// count; only nobody is pressed for it any longer.
type Waiver struct {
	ID         db.ID      `db:"id"`
	Obligation db.ID      `db:"obligation"`
	At         db.Instant `db:"at"`
	ByActor    string     `db:"by_actor"`
	ByName     string     `db:"by_name"`
	Reason     string     `db:"reason"`
}

// Waived is one body whose report is waited for no more.
type Waived struct {
	Obligation
	Name   string // of the body
	Waiver Waiver
}

// Waive stops waiting for a report that will not come. It is refused once something was handed in that counts or is
// still to be looked at, and while a request for more time is unanswered. The body may still report later; an extension
// granted later makes the commission wait again.
func Waive(tx *db.Tx, by access.Actor, obligation db.ID, reason string) error {
	o, err := FindObligation(tx, by, obligation)
	if err != nil {
		return err
	}
	if err := by.May(access.GrantReportExtension, o.Holder); err != nil {
		return err
	}
	switch {
	case o.Waived():
		return fault.Conflict("Ban đã thôi chờ báo cáo này từ trước.")
	case o.Accepted != "":
		return fault.Conflict("Báo cáo này đã có bản được nhận, không thể ghi là không chờ nữa.")
	case !o.Owed:
		return fault.Conflict("Cơ quan đã gửi báo cáo này; hãy nhận hoặc đề nghị bổ sung.")
	}
	asked, err := tx.Exists("select 1 from report_extension where obligation = ? and decided_at is null", o.ID)
	if err != nil {
		return err
	}
	if asked {
		return fault.Conflict("Cơ quan đang xin gia hạn; hãy trả lời đề nghị đó trước.")
	}
	reason = fold.Tidy(reason)
	if reason == "" {
		return fault.Invalid("waive_reason", "Hãy ghi vì sao không chờ báo cáo này nữa.")
	}
	if err := official.RefuseSecret(reason); err != nil {
		return err
	}
	w := Waiver{ID: tx.NewID(), Obligation: o.ID, At: tx.Now(), ByActor: by.Key(), ByName: by.Name, Reason: reason}
	if err := tx.Insert("report_waiver", w); err != nil {
		return err
	}
	if err := keepState(tx, o.ID); err != nil {
		return err
	}
	head, err := journal.Write(tx, by, "waived", obligationSubject(o), journal.Details{"reason": reason})
	if err != nil {
		return err
	}
	return touch(tx, o.Opening, head)
}

// WaiverOf gives the waiver of a report that is waited for no more; ok is false for any other.
func WaiverOf(tx *db.Tx, by access.Actor, obligation db.ID) (w Waiver, ok bool, err error) {
	o, err := FindObligation(tx, by, obligation)
	if err != nil || !o.Waived() {
		return w, false, err
	}
	err = tx.Get(&w, selectWaiver+"where w.obligation = ? order by w.at desc, w.id desc limit 1", o.ID)
	return w, err == nil, err
}

// Waivers gives the reasons of all reports of a regime that are waited for no more, by obligation, narrowed to what the
// actor may see.
func Waivers(tx *db.Tx, by access.Actor, regime db.ID) (map[db.ID]Waiver, error) {
	seen := by.Sees(access.ReadReport)
	var all []Waiver
	if err := tx.Select(&all, selectWaiver+`
join obligation o on o.id = w.obligation
join opening p on p.id = o.opening
where p.regime = ? and not o.owed and (o.latest is null or o.returned) and (cast(? as text) = '' or ? in (o.body, o.holder))
order by w.at, w.id`, regime, seen, seen); err != nil {
		return nil, err
	}
	byObligation := make(map[db.ID]Waiver, len(all))
	for _, w := range all {
		byObligation[w.Obligation] = w // the last one stands
	}
	return byObligation, nil
}

const selectWaiver = `
select w.id, w.obligation, w.at, w.by_actor, w.by_name, w.reason
from report_waiver w
`

// waivedIn lists the reports of one period that are waited for no more, in the roster's order.
func waivedIn(tx *db.Tx, by access.Actor, o Opening, names map[db.ID]org.Body) ([]Waived, error) {
	seen := by.Sees(access.ReadReport)
	var rows []Obligation
	err := tx.Select(&rows, selectObligation+`
where o.opening = ? and not o.owed and (o.latest is null or o.returned) and (cast(? as text) = '' or ? in (o.body, o.holder))
order by o.n`, o.ID, seen, seen)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	if names, err = holderNames(tx, names, rows, calendar.OfInstant(tx.Clock())); err != nil {
		return nil, err
	}
	waivers, err := Waivers(tx, by, o.Regime)
	if err != nil {
		return nil, err
	}
	var all []Waived
	for _, row := range rows {
		all = append(all, Waived{row, nameOf(row, names), waivers[row.ID]})
	}
	return all, nil
}

// nobodyLeft is what the message says when nobody is pressed any more.
func nobodyLeft(period calendar.Period, waived []Waived) string {
	if len(waived) > 0 {
		return "Đến nay không còn cơ quan nào phải đôn đốc báo cáo " + period.Name() + "."
	}
	return "Đến nay các cơ quan đã gửi đủ báo cáo " + period.Name() + "."
}
