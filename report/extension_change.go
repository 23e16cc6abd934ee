package report

import (
	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/journal"
	"giaoban/official"
)

// ExtensionChange is what became of an extension after it was granted: another day, or taken back when Due is zero.
type ExtensionChange struct {
	ID        db.ID         `db:"id"`
	Extension db.ID         `db:"extension"`
	Due       calendar.Date `db:"due"`
	Reason    string        `db:"reason"`
	At        db.Instant    `db:"at"`
	By        string        `db:"by_actor"`
	ByName    string        `db:"by_name"`
}

// changed puts beside the extensions of an obligation what became of them.
func changed(tx *db.Tx, obligation db.ID, all []Extension) error {
	var changes []ExtensionChange
	if err := tx.Select(&changes, `
select c.id, c.extension, c.due, c.reason, c.at, c.by_actor, c.by_name
from report_extension_change c
join report_extension e on e.id = c.extension
where e.obligation = ?
order by c.at, c.id`, obligation); err != nil {
		return err
	}
	for _, c := range changes {
		for i := range all {
			if all[i].ID == c.Extension {
				all[i].Changes = append(all[i].Changes, c)
			}
		}
	}
	return nil
}

// StandingExtension is the extension by which a report has its day now; false when there is none, or when the report was sent back
// since with a day of its own.
func StandingExtension(tx *db.Tx, by access.Actor, o Obligation) (Extension, bool, error) {
	all, err := Extensions(tx, by, o.ID)
	if err != nil || !o.Owed {
		return Extension{}, false, err
	}
	for n := len(all) - 1; n >= 0; n-- {
		if e := all[n]; !e.Now().IsZero() {
			returned, err := tx.Exists(`
select 1
from report_return t
join submission s on s.id = t.submission
where s.obligation = ? and t.due is not null and t.at > ?`, o.ID, e.DecidedAt)
			return e, !returned, err
		}
	}
	return Extension{}, false, nil
}

// CorrectExtension gives the extension by which a report has its day another one, with the reason; the zero Date takes the
// extension back, and the day before it holds again.
func CorrectExtension(tx *db.Tx, by access.Actor, obligation db.ID, due calendar.Date, reason string) error {
	o, err := FindObligation(tx, by, obligation)
	if err != nil {
		return err
	}
	if err := by.May(access.GrantReportExtension, o.Holder); err != nil {
		return err
	}
	e, ok, err := StandingExtension(tx, by, o)
	if err != nil {
		return err
	}
	if !ok {
		return fault.Conflict("Báo cáo này không có gia hạn nào đang áp dụng.")
	}
	var wrong fault.List
	if reason = fold.Tidy(reason); reason == "" {
		wrong.Add("reason", "Hãy ghi lý do sửa hoặc thu lại gia hạn.")
	}
	if !due.IsZero() {
		if due == o.Due {
			wrong.Add("due", "Hạn đang ghi đã là %s.", due.Vietnamese())
		} else if err := within(tx, &wrong, o.FirstDue, due); err != nil {
			return err
		}
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	if err := official.RefuseSecret(reason); err != nil {
		return err
	}
	if err := tx.Insert("report_extension_change", ExtensionChange{tx.NewID(), e.ID, due, reason, tx.Now(), by.Key(), by.Name}); err != nil {
		return err
	}
	if err := keepState(tx, o.ID); err != nil {
		return err
	}
	now, err := FindObligation(tx, by, o.ID)
	if err != nil {
		return err
	}
	verb := "extension_corrected"
	if due.IsZero() {
		verb = "extension_revoked"
	}
	head, err := journal.Write(tx, by, verb, obligationSubject(o), journal.Details{
		"from": o.Due.String(), "due": now.Due.String(), "reason": reason, "extension": e.ID})
	if err != nil {
		return err
	}
	return touch(tx, o.Opening, head)
}
