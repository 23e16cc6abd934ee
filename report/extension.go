package report

import (
	"errors"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/journal"
	"giaoban/official"
	"giaoban/org"
)

// Extension is gia hạn: asked for with a reason, granted or refused by somebody.
type Extension struct {
	ID         db.ID         `db:"id"`
	Obligation db.ID         `db:"obligation"`
	AskedDue   calendar.Date `db:"asked_due"`
	Reason     string        `db:"reason"`
	AskedAt    db.Instant    `db:"asked_at"`
	AskedBy    string        `db:"asked_by"`
	DecidedAt  db.Instant    `db:"decided_at"`
	DecidedBy  string        `db:"decided_by"`
	Due        calendar.Date `db:"due"` // granted until; zero while undecided or when refused
	Answer     string        `db:"answer"`

	Changes []ExtensionChange `db:"-"` // what became of it since it was granted
}

// Now is the day the extension gives now; zero when it gave none, or was taken back.
func (e Extension) Now() calendar.Date {
	if n := len(e.Changes); n > 0 {
		return e.Changes[n-1].Due
	}
	return e.Due
}

// AskExtension is the body's request; it changes no date until it is granted.
func AskExtension(tx *db.Tx, by access.Actor, obligation db.ID, due calendar.Date, reason string) (Extension, error) {
	o, err := FindObligation(tx, by, obligation)
	if err != nil {
		return Extension{}, err
	}
	if err := by.May(access.AskReportExtension, o.Holder); err != nil {
		return Extension{}, err
	}
	e := Extension{ID: tx.NewID(), Obligation: o.ID, AskedDue: due, Reason: reason, AskedAt: tx.Now(), AskedBy: by.Name}
	if err := e.check(tx, o); err != nil {
		return Extension{}, err
	}
	waiting, err := tx.Exists("select 1 from report_extension where obligation = ? and decided_at is null", o.ID)
	if err != nil {
		return Extension{}, err
	}
	if waiting {
		return Extension{}, fault.Conflict("Đã có đề nghị gia hạn đang chờ trả lời.")
	}
	if err := tx.Insert("report_extension", e); err != nil {
		return Extension{}, err
	}
	_, err = journal.Write(tx, by, "extension_asked", obligationSubject(o), journal.Details{"due": due.String(), "reason": e.Reason})
	return e, err
}

func (e *Extension) check(tx *db.Tx, o Obligation) error {
	e.Reason = fold.Tidy(e.Reason)
	var wrong fault.List
	if !o.Owed && !o.Waived() {
		return fault.Conflict("Báo cáo này đã gửi, không cần gia hạn.")
	}
	if err := within(tx, &wrong, o.Due, e.AskedDue); err != nil {
		return err
	}
	if e.Reason == "" {
		wrong.Add("reason", "Hãy ghi lý do gia hạn.")
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	return official.RefuseSecret(e.Reason)
}

// within holds the day of an extension to working days after the day in force, and to the span that extensions reach.
func within(tx *db.Tx, wrong *fault.List, from, due calendar.Date) error {
	if due.IsZero() || !due.After(from) {
		wrong.Add("due", "Hạn mới phải sau hạn hiện nay (%s).", from.Vietnamese())
		return nil
	}
	holidays, err := org.Holidays(tx)
	if err != nil {
		return err
	}
	return wrong.AddError("due", holidays.Extended(from, calendar.OfInstant(tx.Clock()), due))
}

// GrantExtension gives more time, asked for or not: a row with the reason and who granted it.
func GrantExtension(tx *db.Tx, by access.Actor, obligation db.ID, due calendar.Date, reason string) error {
	o, err := FindObligation(tx, by, obligation)
	if err != nil {
		return err
	}
	if err := by.May(access.GrantReportExtension, o.Holder); err != nil {
		return err
	}
	e := Extension{ID: tx.NewID(), Obligation: o.ID, AskedDue: due, Reason: reason, AskedAt: tx.Now(), AskedBy: by.Name,
		DecidedAt: tx.Now(), DecidedBy: by.Name, Due: due}
	if err := e.check(tx, o); err != nil {
		return err
	}
	if err := tx.Insert("report_extension", e); err != nil {
		return err
	}
	return extend(tx, by, o, e)
}

// AnswerExtension grants what was asked, until due, or refuses it when due is zero; answer says why.
func AnswerExtension(tx *db.Tx, by access.Actor, extension db.ID, due calendar.Date, answer string) error {
	var e Extension
	err := tx.Get(&e, selectExtension+"where id = ?", extension)
	if errors.Is(err, db.None) {
		return fault.Missing("Không có đề nghị gia hạn này.")
	}
	if err != nil {
		return err
	}
	o, err := FindObligation(tx, by, e.Obligation)
	if err != nil {
		return err
	}
	if err := by.May(access.GrantReportExtension, o.Holder); err != nil {
		return err
	}
	if e.DecidedAt != 0 {
		return fault.Conflict("Đề nghị gia hạn này đã được trả lời.")
	}
	e.DecidedAt, e.DecidedBy, e.Due, e.Answer = tx.Now(), by.Name, due, fold.Tidy(answer)
	if due.IsZero() && e.Answer == "" {
		return fault.Invalid("answer", "Hãy ghi lý do không gia hạn.")
	}
	if !due.IsZero() {
		var wrong fault.List
		if err := within(tx, &wrong, o.Due, due); err != nil {
			return err
		}
		if err := wrong.Err(); err != nil {
			return err
		}
	}
	if err := official.RefuseSecret(e.Answer); err != nil {
		return err
	}
	if _, err := tx.Exec("update report_extension set decided_at = ?, decided_by = ?, due = ?, answer = ? where id = ?",
		e.DecidedAt, e.DecidedBy, e.Due, e.Answer, e.ID); err != nil {
		return err
	}
	if due.IsZero() {
		_, err := journal.Write(tx, by, "extension_refused", obligationSubject(o), journal.Details{"answer": e.Answer})
		return err
	}
	return extend(tx, by, o, e)
}

func extend(tx *db.Tx, by access.Actor, o Obligation, e Extension) error {
	if err := keepState(tx, o.ID); err != nil {
		return err
	}
	head, err := journal.Write(tx, by, "extended", obligationSubject(o), journal.Details{
		"from": o.Due.String(), "due": e.Due.String(), "reason": e.Reason, "extension": e.ID})
	if err != nil {
		return err
	}
	return touch(tx, o.Opening, head)
}

const selectExtension = `
select id, obligation, asked_due, reason, asked_at, asked_by, decided_at, decided_by, due, answer
from report_extension
`

// Extensions lists what was asked and granted for one obligation, the oldest first.
func Extensions(tx *db.Tx, by access.Actor, obligation db.ID) ([]Extension, error) {
	if _, err := FindObligation(tx, by, obligation); err != nil {
		return nil, err
	}
	var all []Extension
	if err := tx.Select(&all, selectExtension+"where obligation = ? order by asked_at, id", obligation); err != nil {
		return nil, err
	}
	return all, changed(tx, obligation, all)
}

// ExtensionsAsked lists requests nobody answered yet, the oldest first.
func ExtensionsAsked(tx *db.Tx, by access.Actor) ([]Extension, error) {
	org := by.Sees(access.ReadReport)
	var all []Extension
	err := tx.Select(&all, `
select e.id, e.obligation, e.asked_due, e.reason, e.asked_at, e.asked_by, e.decided_at, e.decided_by, e.due, e.answer
from report_extension e
join obligation o on o.id = e.obligation
where e.decided_at is null and (cast(? as text) = '' or ? in (o.body, o.holder))
order by e.asked_at, e.id`, org, org)
	return all, err
}
