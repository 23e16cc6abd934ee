package report

import (
	"errors"
	"slices"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/journal"
	"giaoban/official"
	"giaoban/org"
)

// Coming is a period that its regime will open by itself.
type Coming struct {
	Regime   Regime
	Period   calendar.Period
	On       calendar.Date // when it opens
	Closes   calendar.Date // the cut-off
	Due      calendar.Date
	Bodies   int
	Decision PeriodDecision // what a person said of it beforehand, zero when nobody did
	Problem  string         // why it cannot be opened as things stand
}

// Opens reports whether the round opens it on a day.
func (c Coming) Opens(day calendar.Date) bool {
	return c.Problem == "" && c.Decision.Kind != PeriodSkipped && !c.On.After(day)
}

// PeriodDecision is what a person said of a period before it was opened. The last one holds.
type PeriodDecision struct {
	ID     db.ID           `db:"id"`
	Regime db.ID           `db:"regime"`
	Period calendar.Period `db:"period"`
	Kind   string          `db:"kind"` // PeriodConfirmed | PeriodSkipped
	Reason string          `db:"reason"`
	At     db.Instant      `db:"at"`
	By     string          `db:"by_actor"`
	ByName string          `db:"by_name"`
}

// What may be said.
const (
	PeriodConfirmed = "confirmed"
	PeriodSkipped   = "skipped"
)

// ComingPeriods lists the periods that open by themselves until a day and are not open yet, by their day. A period whose
// deadline has passed is none of them: opened then, it would make everybody late who was never asked.
func ComingPeriods(tx *db.Tx, by access.Actor, until calendar.Date) ([]Coming, error) {
	if err := by.May(access.ReadRegime, by.Body); err != nil {
		return nil, err
	}
	var regimes []Regime
	if err := tx.Select(&regimes, selectRegime+"where opens <> '' and activated_at is not null and ended_at is null order by code"); err != nil || len(regimes) == 0 {
		return nil, err
	}
	holidays, err := org.Holidays(tx)
	if err != nil {
		return nil, err
	}
	today := calendar.OfInstant(tx.Clock())
	var all []Coming
	for _, r := range regimes {
		p := r.Running(today)
		if before, ok := p.Previous(); ok {
			p = before
		}
		for range 8 {
			c, err := comingOf(tx, r, p, holidays)
			if err != nil {
				return nil, err
			}
			if c.On.After(until) {
				break
			}
			opened, err := tx.Exists("select 1 from opening where regime = ? and period = ?", r.ID, p)
			if err != nil {
				return nil, err
			}
			if !opened && !c.Due.Before(today) {
				all = append(all, c)
			}
			p = p.Next()
		}
	}
	slices.SortStableFunc(all, func(a, b Coming) int { return a.On.Compare(b.On) })
	return all, nil
}

func comingOf(tx *db.Tx, r Regime, p calendar.Period, holidays calendar.Holidays) (Coming, error) {
	_, to := r.Cutoff.Span(p)
	deadline, err := DeadlineOf(tx, r, p)
	late := err // counted back it would lie before the cut-off
	if err != nil && fault.Of(err) == nil {
		return Coming{}, err
	}
	due := deadline.Date
	c := Coming{Regime: r, Period: p, On: r.Opens.Day(holidays, p, due), Closes: to, Due: due}
	if late != nil {
		c.Problem = late.Error()
	}
	err = tx.Get(&c.Decision, `
select id, regime, period, kind, reason, at, by_actor, by_name
from period_decision
where regime = ? and period = ?
order by at desc, id desc
limit 1`, r.ID, p)
	if err != nil && !errors.Is(err, db.None) {
		return c, err
	}
	f, err := ActiveForm(tx, r.ID, p)
	if err != nil {
		if fault.Of(err) == nil {
			return c, err
		}
		c.Problem = err.Error()
		return c, nil
	}
	asked, err := askedOn(tx, r.ID, f, to)
	if c.Bodies = len(asked); err == nil && c.Bodies == 0 {
		c.Problem = "Vào ngày chốt chưa có cơ quan nào được giao báo cáo."
	}
	return c, err
}

// DecidePeriod says beforehand that a period is to open as the rule has it, or that it is skipped, with the reason.
func DecidePeriod(tx *db.Tx, by access.Actor, regimeCode string, period calendar.Period, kind, reason string) error {
	r, err := FindRegime(tx, by, regimeCode)
	if err != nil {
		return err
	}
	if err := by.May(access.OpenPeriod, r.Receiver); err != nil {
		return err
	}
	reason = fold.Tidy(reason)
	switch {
	case kind != PeriodConfirmed && kind != PeriodSkipped:
		return fault.Invalid("act", "Hãy chọn xác nhận hoặc bỏ qua.")
	case kind == PeriodSkipped && reason == "":
		return fault.Invalid("reason", "Hãy ghi vì sao bỏ qua kỳ này.")
	case r.Opens == "":
		return fault.Conflict("Chế độ này không tự mở kỳ nên không có gì phải xác nhận.")
	}
	if err := official.RefuseSecret(reason); err != nil {
		return err
	}
	opened, err := tx.Exists("select 1 from opening where regime = ? and period = ?", r.ID, period)
	if err != nil {
		return err
	}
	if opened {
		return fault.Conflict("%s đã mở rồi.", period.Name())
	}
	if err := tx.Insert("period_decision", PeriodDecision{tx.NewID(), r.ID, period, kind, reason, tx.Now(), by.Key(), by.Name}); err != nil {
		return err
	}
	verb := "period_confirmed"
	if kind == PeriodSkipped {
		verb = "period_skipped"
	}
	_, err = journal.Write(tx, by, verb, regimeSubject(r), journal.Details{"code": r.Code, "period": period.String(), "reason": reason})
	return err
}

// OpenComing opens what opens by itself by today, unless a person skipped it: the work of the round. Done again it opens
// nothing more.
func OpenComing(tx *db.Tx, by access.Actor) ([]Opening, error) {
	today := calendar.OfInstant(tx.Clock())
	coming, err := ComingPeriods(tx, by, today)
	if err != nil {
		return nil, err
	}
	var opened []Opening
	for _, c := range coming {
		if !c.Opens(today) {
			continue
		}
		o, err := Open(tx, by, c.Regime.Code, c.Period)
		if err != nil {
			return nil, err
		}
		opened = append(opened, o)
	}
	return opened, nil
}
