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

// Shifted is an open deadline of reports that the calendar moves: that of a whole period, that of one body which was given
// a day of its own, or that of the answer to a proposal. One of the three ids is set.
type Shifted struct {
	Opening    db.ID           `db:"opening"`
	Obligation db.ID           `db:"obligation"`
	Proposal   db.ID           `db:"proposal"`
	Regime     string          `db:"regime"` // its name
	Period     calendar.Period `db:"period"`
	Body       db.ID           `db:"body"`
	Text       string          `db:"text"` // of the proposal
	Bodies     int             `db:"bodies"`
	Owed       int             `db:"owed"` // reports still to be handed in by this deadline
	Closes     calendar.Date   `db:"to_day"`
	Days       int             `db:"working_days"`
	Due        calendar.Date   `db:"due"`
	Before     calendar.Date   `db:"before"` // the day from which it was moved to Due; zero when it never was

	calendar.Shift `db:"-"`
}

// Shifts lists the open deadlines that the calendar moves, by their day. Of days fixed by hand only those count that fall
// on a day of which the office said something, or were moved from one. What would fall before today stays where it is.
func Shifts(tx *db.Tx, by access.Actor, said []calendar.Date) ([]Shifted, error) {
	if err := by.May(access.GrantReportExtension, by.Body); err != nil {
		return nil, err
	}
	holidays, err := org.Holidays(tx)
	if err != nil {
		return nil, err
	}
	today := calendar.OfInstant(tx.Clock())
	days, args := db.In(said)
	var all []Shifted
	// Crossed, so that SQLite begins with the few periods and not with every report that is owed.
	if err := tx.Select(&all, `
select p.id as opening, null as obligation, null as proposal, r.name as regime, p.period, r.receiver as body, '' as text,
	count(*) as bodies, sum(case when o.owed and o.due = p.due then 1 else 0 end) as owed, p.to_day, p.working_days, p.due,
	(select s.from_due from report_shift s where s.opening = p.id and s.due = p.due order by s.at desc, s.id desc limit 1) as before
from opening p
join regime r on r.id = p.regime
cross join obligation o
where o.opening = p.id and p.due >= ? and o.owed
group by p.id, r.name, p.period, r.receiver, p.to_day, p.working_days, p.due
order by p.due, r.name, p.id`, today); err != nil {
		return nil, err
	}
	var single []Shifted
	if err := tx.Select(&single, `
select null as opening, o.id as obligation, null as proposal, r.name as regime, p.period, o.holder as body, '' as text,
	1 as bodies, 1 as owed, p.to_day, 0 as working_days, o.due,
	(select s.from_due from report_shift s where s.obligation = o.id and s.due = o.due order by s.at desc, s.id desc limit 1) as before
from obligation o
join opening p on p.id = o.opening
join regime r on r.id = p.regime
where o.owed and o.due >= ? and o.due <> p.due
  and (o.due in `+days+` or exists (select 1 from report_shift s where s.obligation = o.id and s.due = o.due))
union all
select null, null, a.id, r.name, a.period, a.body, a.text, 1, 1, a.due, 0, a.due,
	(select s.from_due from report_shift s where s.proposal = a.id and s.due = a.due order by s.at desc, s.id desc limit 1)
from proposal a
join regime r on r.id = a.regime
where a.withdrawn_at is null and not a.answered and a.due >= ?
  and (a.due in `+days+` or exists (select 1 from report_shift s where s.proposal = a.id and s.due = a.due))
order by 12, 2, 3`, append(append(append([]any{today}, args...), today), args...)...); err != nil {
		return nil, err
	}
	var moved []Shifted
	for _, s := range append(all, single...) {
		ok := false
		switch {
		case s.Days > 0:
			s.Shift, ok = holidays.ShiftCounted(s.Closes, s.Days, s.Due)
		case s.Days < 0:
			if s.Shift, ok, err = s.countBack(tx, by); err != nil {
				return nil, err
			}
		default:
			s.Shift, ok = holidays.ShiftFixed(s.Due, s.Before)
		}
		if ok && !s.To.Before(today) {
			moved = append(moved, s)
		}
	}
	return moved, nil
}

// countBack tells whether a deadline that was counted back from what is owed upward is another day now; what is no longer
// owed moves nothing.
func (s Shifted) countBack(tx *db.Tx, by access.Actor) (calendar.Shift, bool, error) {
	var id db.ID
	if err := tx.Get(&id, "select regime from opening where id = ?", s.Opening); err != nil {
		return calendar.Shift{}, false, err
	}
	r, err := RegimeByID(tx, by, id)
	if err != nil {
		return calendar.Shift{}, false, err
	}
	deadline, err := DeadlineOf(tx, r, s.Period)
	if err != nil && fault.Of(err) != nil || err == nil && deadline.WorkingDays >= 0 {
		return calendar.Shift{}, false, nil
	}
	return calendar.Shift{From: s.Due, To: deadline.Date, Why: deadline.Explain()}, deadline.Date != s.Due, err
}

// Move moves the deadline to the day proposed, with the reason: every body that has no day of its own follows the period.
func (s Shifted) Move(tx *db.Tx, by access.Actor, reason string) error {
	if err := by.May(access.GrantReportExtension, s.Body); err != nil {
		return err
	}
	reason = fold.Tidy(reason)
	if reason == "" {
		return fault.Invalid("reason", "Hãy ghi căn cứ dời hạn.")
	}
	if err := official.RefuseSecret(reason); err != nil {
		return err
	}
	if _, err := tx.Exec(`
insert into report_shift (id, opening, obligation, proposal, from_due, due, reason, at, by_actor, by_name)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, tx.NewID(), s.Opening, s.Obligation, s.Proposal, s.From, s.To, reason, tx.Now(), by.Key(), by.Name); err != nil {
		return err
	}
	told := journal.Details{"from": s.From.Vietnamese(), "due": s.To.Vietnamese(), "reason": reason}
	switch {
	case s.Opening != "":
		return s.moveOpening(tx, by, told)
	case s.Obligation != "":
		return s.moveObligation(tx, by, told)
	}
	if _, err := tx.Exec("update proposal set due = ? where id = ?", s.To, s.Proposal); err != nil {
		return err
	}
	_, err := journal.Write(tx, by, "shifted", journal.Subject{Kind: "proposal", ID: s.Proposal, Body: s.Body}, told)
	return err
}

func (s Shifted) moveOpening(tx *db.Tx, by access.Actor, told journal.Details) error {
	if _, err := tx.Exec("update opening set due = ?, due_reason = ? where id = ?", s.To, s.Why, s.Opening); err != nil {
		return err
	}
	if err := keepStates(tx, s.Opening); err != nil {
		return err
	}
	head, err := journal.Write(tx, by, "shifted", journal.Subject{Kind: "opening", ID: s.Opening}, told)
	if err != nil {
		return err
	}
	return touch(tx, s.Opening, head)
}

func (s Shifted) moveObligation(tx *db.Tx, by access.Actor, told journal.Details) error {
	o, err := FindObligation(tx, by, s.Obligation)
	if err != nil {
		return err
	}
	if err := keepState(tx, o.ID); err != nil {
		return err
	}
	head, err := journal.Write(tx, by, "shifted", obligationSubject(o), told)
	if err != nil {
		return err
	}
	return touch(tx, o.Opening, head)
}

// DueFact is one time that a deadline was moved by the calendar.
type DueFact struct {
	From   calendar.Date `db:"from_due"`
	Due    calendar.Date `db:"due"`
	Reason string        `db:"reason"`
	At     db.Instant    `db:"at"`
	ByName string        `db:"by_name"`
}

// DueFacts lists how the deadline of an obligation was moved by the calendar, alone or with its period, the oldest first.
func DueFacts(tx *db.Tx, by access.Actor, obligation db.ID) ([]DueFact, error) {
	o, err := FindObligation(tx, by, obligation)
	if err != nil {
		return nil, err
	}
	var all []DueFact
	err = tx.Select(&all, `
select from_due, due, reason, at, by_name
from report_shift
where opening = ? or obligation = ?
order by at, id`, o.Opening, o.ID)
	return all, err
}

// verifyShifts tells an opening or the answer to a proposal whose deadline is not what it was moved to last.
func verifyShifts(tx *db.Tx, tell func(table string, id db.ID, sentence string, args ...any), opening db.ID) error {
	var due, moved calendar.Date
	if err := tx.Get(&due, "select due from opening where id = ?", opening); err != nil {
		return err
	}
	err := tx.Get(&moved, "select due from report_shift where opening = ? order by at desc, id desc limit 1", opening)
	if errors.Is(err, db.None) {
		return nil
	}
	if err == nil && due != moved {
		tell("opening", opening, "hạn của kỳ đang ghi %s, lần dời sau cùng là %s.", due.Vietnamese(), moved.Vietnamese())
	}
	return err
}
