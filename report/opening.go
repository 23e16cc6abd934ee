package report

import (
	"errors"
	"slices"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/journal"
	"giaoban/org"
)

// Opening is a period opened under a regime: the form, the span of the figures and the deadline that hold for it.
type Opening struct {
	ID        db.ID           `db:"id"`
	Regime    db.ID           `db:"regime"`
	Period    calendar.Period `db:"period"`
	Form      db.ID           `db:"form"`
	From      calendar.Date   `db:"from_day"`
	To        calendar.Date   `db:"to_day"` // the cut-off
	Due       calendar.Date   `db:"due"`
	DueReason string          `db:"due_reason"`   // how the day was found, in a sentence
	Days      int             `db:"working_days"` // counted from the cut-off; below 0: back from what is owed upward; 0 for a day fixed by hand
	OpenedAt  db.Instant      `db:"opened_at"`
	Received  int64           `db:"received"`
	Mark      string          `db:"mark"`
}

const selectOpening = `
select id, regime, period, form, from_day, to_day, due, due_reason, working_days, opened_at, received, mark
from opening
`

// Open opens a period: one obligation for each body assigned on the day of the cut-off, because that is the day whose
// figures are asked and whose organisation answers for them; sectors that went over to another body by then are asked of
// that one. The deadline is the regime's number of working days after it.
func Open(tx *db.Tx, by access.Actor, regimeCode string, period calendar.Period) (Opening, error) {
	return OpenUntil(tx, by, regimeCode, period, calendar.Date{})
}

// OpenUntil is Open with a day fixed by hand, moved to the next working day when offices are closed; it must leave at
// least one working day after the cut-off. The zero Date counts the regime's working days.
func OpenUntil(tx *db.Tx, by access.Actor, regimeCode string, period calendar.Period, due calendar.Date) (Opening, error) {
	r, err := FindRegime(tx, by, regimeCode)
	if err != nil {
		return Opening{}, err
	}
	if err := by.May(access.OpenPeriod, r.Receiver); err != nil {
		return Opening{}, err
	}
	o, _, err := open(tx, by, r, period, due)
	return o, err
}

func open(tx *db.Tx, by access.Actor, r Regime, period calendar.Period, fixed calendar.Date) (Opening, []Seat, error) {
	if !r.Active() {
		return Opening{}, nil, fault.Conflict("Chế độ %s chưa kích hoạt hoặc đã dừng nên chưa mở được kỳ.", r.Code)
	}
	if err := r.again(); err != nil {
		return Opening{}, nil, err
	}
	if period.Kind() != r.Kind {
		return Opening{}, nil, fault.Invalid("period", "Chế độ %s báo cáo theo %s; %s không phải kỳ của chế độ này.", r.Code, r.Kind.Name(), period.Name())
	}
	opened, err := tx.Exists("select 1 from opening where regime = ? and period = ?", r.ID, period)
	if err != nil {
		return Opening{}, nil, err
	}
	if opened {
		return Opening{}, nil, fault.Conflict("Kỳ %s của chế độ %s đã được mở.", period.Name(), r.Code)
	}
	f, err := ActiveForm(tx, r.ID, period)
	if err != nil {
		return Opening{}, nil, err
	}
	holidays, err := org.Holidays(tx)
	if err != nil {
		return Opening{}, nil, err
	}
	from, to := r.Cutoff.Span(period)
	var deadline calendar.Deadline
	if fixed.IsZero() {
		if deadline, err = DeadlineOf(tx, r, period); err != nil {
			return Opening{}, nil, err
		}
	} else {
		deadline = calendar.Fixed(holidays, fixed)
		if holidays.WorkingDaysBetween(to, deadline.Date) < 1 {
			return Opening{}, nil, fault.Invalid("due", "Hạn báo cáo phải sau ngày chốt số liệu (%s) ít nhất 1 ngày làm việc.", to.Vietnamese())
		}
	}
	return r.openSpan(tx, by, f, period, from, to, deadline)
}

// openSpan opens a period with the span of its figures and its deadline.
func (r Regime) openSpan(tx *db.Tx, by access.Actor, f *Form, period calendar.Period, from, to calendar.Date, deadline calendar.Deadline) (Opening, []Seat, error) {
	o := Opening{ID: tx.NewID(), Regime: r.ID, Period: period, Form: f.ID, From: from, To: to, Due: deadline.Date,
		DueReason: deadline.Explain(), Days: deadline.WorkingDays, OpenedAt: tx.Now()}
	asked, err := askedOn(tx, r.ID, f, to)
	if err != nil {
		return Opening{}, nil, err
	}
	bodies := make([]Seat, len(asked))
	for n, a := range asked {
		bodies[n] = Seat{a.Body, a.Scope.mask(f)}
	}
	if err := tx.Insert("opening", o); err != nil {
		return Opening{}, nil, err
	}
	for n, a := range asked {
		if err := insertObligation(tx, o, a.ID, n, a.Scope); err != nil {
			return Opening{}, nil, err
		}
	}
	if _, err := tx.Exec("insert into opening_roster (opening, data) values (?, ?)", o.ID, packRoster(bodies)); err != nil {
		return Opening{}, nil, err
	}
	head, err := journal.Write(tx, by, "opened", journal.Subject{Kind: "opening", ID: o.ID}, journal.Details{
		"regime": r.Code, "period": period.String(), "due": o.Due.String(), "bodies": len(bodies)})
	if err != nil {
		return Opening{}, nil, err
	}
	s, err := hold(tx, o.ID)
	if err != nil {
		return Opening{}, nil, err
	}
	s.touch(head.Root)
	return o, bodies, nil
}

func insertObligation(tx *db.Tx, o Opening, body db.ID, n int, scope Scope) error {
	_, err := tx.Exec(`
insert into obligation (id, opening, body, holder, n, sectors, due, drafted, extended, returned, owed, latest_version, late, nil_report)
values (?, ?, ?, ?, ?, ?, ?, false, false, false, true, 0, false, false)`, tx.NewID(), o.ID, body, body, n, string(scope), o.Due)
	return err
}

// FindOpening gives the opening of a period; Missing when it was not opened.
func FindOpening(tx *db.Tx, by access.Actor, regimeCode string, period calendar.Period) (Opening, error) {
	r, err := FindRegime(tx, by, regimeCode)
	if err != nil {
		return Opening{}, err
	}
	var o Opening
	err = tx.Get(&o, selectOpening+"where regime = ? and period = ?", r.ID, period)
	if errors.Is(err, db.None) {
		return o, fault.Missing("Kỳ %s của chế độ %s chưa được mở.", period.Name(), r.Code)
	}
	return o, err
}

// Openings lists the periods opened under a regime, the newest first.
func Openings(tx *db.Tx, by access.Actor, regime db.ID) ([]Opening, error) {
	if err := by.May(access.ReadRegime, by.Body); err != nil {
		return nil, err
	}
	var all []Opening
	err := tx.Select(&all, selectOpening+"where regime = ? order by to_day desc", regime)
	return all, err
}

const selectObligation = `
select o.id, o.opening, p.regime, r.code as regime_code, r.name as regime_name, p.period, p.form, o.body,
	b.code as body_code, o.holder, o.n, o.sectors, o.due, p.due as first_due, p.due_reason, o.drafted, o.draft_step, o.extended, o.returned, o.owed, o.latest,
	o.latest_version, o.latest_at, o.late, o.nil_report, o.accepted
from obligation o
join opening p on p.id = o.opening
join regime r on r.id = p.regime
join body b on b.id = o.body
`

// FindObligation gives what one body owes for one period; Missing also for other bodies' eyes.
func FindObligation(tx *db.Tx, by access.Actor, id db.ID) (Obligation, error) {
	org := by.Sees(access.ReadReport)
	var o Obligation
	err := tx.Get(&o, selectObligation+"where o.id = ? and "+mayRead, id, org, org)
	if errors.Is(err, db.None) {
		return o, fault.Missing("Không có báo cáo này, hoặc không thuộc cơ quan của đồng chí.")
	}
	return o, err
}

// seenBy is FindObligation's rule of sight for one that was found already.
func (o Obligation) seenBy(by access.Actor) bool {
	org := db.ID(by.Sees(access.ReadReport))
	return org == "" || org == o.Body || org == o.Holder
}

// mayRead: a body reads the reports it was asked for and those it answers for now, for others they are not there. It binds
// what the actor sees twice.
const mayRead = "(cast(? as text) = '' or ? in (o.body, o.holder))"

// ObligationsAmong gives those of some obligations that the actor may read.
func ObligationsAmong(tx *db.Tx, by access.Actor, ids []db.ID) ([]db.ID, error) {
	org := by.Sees(access.ReadReport)
	return db.Among[db.ID](tx, ids, "select o.id from obligation o where "+mayRead+" and o.id in ", org, org)
}

// ObligationOf gives what a body owes for a period; Conflict when the period was not opened or the body is not obliged.
func ObligationOf(tx *db.Tx, by access.Actor, regimeCode string, period calendar.Period, org db.ID) (Obligation, error) {
	seen := by.Sees(access.ReadReport)
	var o Obligation
	err := tx.Get(&o, selectObligation+`
where r.code = ? and p.period = ? and o.body = ? and `+mayRead, regimeCode, period, org, seen, seen)
	if errors.Is(err, db.None) {
		return o, fault.Conflict("Cơ quan này không phải báo cáo %s theo chế độ %s, hoặc kỳ chưa được mở.", period.Name(), regimeCode)
	}
	return o, err
}

// ObligationByCode is ObligationOf for whoever calls the body by its code.
func ObligationByCode(tx *db.Tx, by access.Actor, regimeCode string, period calendar.Period, code string) (Obligation, error) {
	codes, err := org.Codes(tx)
	if err != nil {
		return Obligation{}, err
	}
	body, ok := codes[code]
	if !ok {
		return Obligation{}, fault.Invalid("org", "Không có cơ quan nào mang mã “%s”.", code)
	}
	return ObligationOf(tx, by, regimeCode, period, body)
}

// Due lists what a body still has to hand in, the nearest deadline first: its desk. What it took over from another is in
// it, what it handed over is not.
func Due(tx *db.Tx, by access.Actor, org db.ID) ([]Obligation, error) {
	seen := by.Sees(access.ReadReport)
	var all []Obligation
	err := tx.Select(&all, selectObligation+`
where o.holder = ? and o.owed and (cast(? as text) = '' or ? in (o.body, o.holder))
order by o.due, p.opened_at, o.id`, org, seen, seen)
	return all, err
}

// Admit makes one more body report for a period that is already open: one assigned after it was opened.
func Admit(tx *db.Tx, by access.Actor, regimeCode string, period calendar.Period, body db.ID) error {
	o, err := FindOpening(tx, by, regimeCode, period)
	if err != nil {
		return err
	}
	if err := by.May(access.OpenPeriod, body); err != nil {
		return err
	}
	already, err := tx.Exists("select 1 from obligation where opening = ? and body = ?", o.ID, body)
	if err != nil {
		return err
	}
	if already {
		return fault.Conflict("Cơ quan này đã có trong danh sách phải báo cáo %s.", period.Name())
	}
	code, err := org.CodeOf(tx, body)
	if err != nil {
		return err
	}
	rosters, err := Rosters(tx, []db.ID{o.ID})
	if err != nil {
		return err
	}
	roster := rosters[o.ID]
	f, err := formByID(tx, o.Form)
	if err != nil {
		return err
	}
	all, err := askedOn(tx, o.Regime, f, o.To)
	if err != nil {
		return err
	}
	var scope Scope // all, when it is not assigned
	if at := slices.IndexFunc(all, func(a asked) bool { return a.ID == body }); at >= 0 {
		scope = all[at].Scope
	}
	if err := insertObligation(tx, o, body, len(roster), scope); err != nil {
		return err
	}
	roster = append(roster, Seat{Body{body, code}, scope.mask(f)})
	if _, err := tx.Exec("update opening_roster set data = ? where opening = ?", packRoster(roster), o.ID); err != nil {
		return err
	}
	head, err := journal.Write(tx, by, "admitted", journal.Subject{Kind: "opening", ID: o.ID, Body: body}, journal.Details{
		"regime": regimeCode, "period": period.String(), "org": code})
	if err != nil {
		return err
	}
	s, err := hold(tx, o.ID)
	if err != nil {
		return err
	}
	s.touch(head.Root)
	return nil
}
