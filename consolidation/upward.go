package consolidation

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
	"giaoban/paper"
	"giaoban/report"
)

// UpwardReport is one period of what the commission owes upward: its day, that of the agencies, the consolidated report
// that answers it, and its receipt.
type UpwardReport struct {
	Upward   report.Upward
	Regime   report.Regime
	Period   calendar.Period
	Due      calendar.Date
	Agencies calendar.Date // until when the agencies report
	Opened   bool          // the agencies were asked
	Answer   paper.Paper   // the consolidated report; without ID while there is none
	Receipt  UpwardReceipt // without ID while there is none
}

// Signed reports whether the answer stands.
func (u UpwardReport) Signed() bool { return u.Answer.ID != "" && u.Answer.State != paper.Drafted }

// Late reports whether it should have been received before a day.
func (u UpwardReport) Late(day calendar.Date) bool { return u.Receipt.ID == "" && u.Due.Before(day) }

// UpwardReceipt is what the body above gave back, as the clerk typed it. The last one of a period holds.
type UpwardReceipt struct {
	ID     db.ID           `db:"id"`
	Upward db.ID           `db:"upward"`
	Period calendar.Period `db:"period"`
	Number string          `db:"number"` // số đến
	Day    calendar.Date   `db:"day"`    // ngày đến
	At     db.Instant      `db:"at"`
	By     string          `db:"by_actor"`
	ByName string          `db:"by_name"`
}

// upwardAhead is how many days ahead what is owed upward is shown.
const upwardAhead = 120

// OwedUpward lists what the commission owes upward, from the day it was written down to some months ahead, the earliest
// first: what is received last.
func OwedUpward(tx *db.Tx, by access.Actor) ([]UpwardReport, error) {
	if err := by.May(access.ReadConsolidation, by.Body); err != nil {
		return nil, err
	}
	upwards, err := report.Upwards(tx, by)
	if err != nil {
		return nil, err
	}
	today := calendar.OfInstant(tx.Clock())
	var all []UpwardReport
	for _, u := range upwards {
		r, err := report.RegimeByID(tx, by, u.Regime)
		if err != nil {
			return nil, err
		}
		until := today.AddDays(upwardAhead)
		if u.EndedAt != 0 {
			until = calendar.OfInstant(u.EndedAt.Time())
		}
		first, err := firstOwed(tx, u, r)
		if err != nil {
			return nil, err
		}
		for p := first; ; p = p.Next() {
			one, err := upwardReport(tx, by, u, r, p)
			if err != nil {
				return nil, err
			}
			if one.Due.After(until) {
				break
			}
			all = append(all, one)
		}
	}
	slices.SortStableFunc(all, func(a, b UpwardReport) int {
		if (a.Receipt.ID == "") != (b.Receipt.ID == "") {
			if a.Receipt.ID == "" {
				return -1
			}
			return 1
		}
		return a.Due.Compare(b.Due)
	})
	return all, nil
}

// firstOwed is the first period whose day had not passed when it was written down.
func firstOwed(tx *db.Tx, u report.Upward, r report.Regime) (calendar.Period, error) {
	holidays, err := org.Holidays(tx)
	day := calendar.OfInstant(u.At.Time())
	p := r.Running(day)
	if before, ok := p.Previous(); ok && !u.DueOf(holidays, before).Before(day) {
		p = before
	}
	return p, err
}

func upwardReport(tx *db.Tx, by access.Actor, u report.Upward, r report.Regime, p calendar.Period) (UpwardReport, error) {
	one := UpwardReport{Upward: u, Regime: r, Period: p}
	holidays, err := org.Holidays(tx)
	if err != nil {
		return one, err
	}
	one.Due = u.DueOf(holidays, p)
	opening, err := report.FindOpening(tx, by, r.Code, p)
	switch {
	case err == nil:
		one.Opened, one.Agencies = true, opening.Due
	case !fault.Is(err, fault.KindMissing):
		return one, err
	default:
		one.Agencies = calendar.CountBack(holidays, one.Due, u.Lead, "").Date
	}
	row, found, err := live(tx, r.ID, p)
	if err != nil {
		return one, err
	}
	if found {
		if one.Answer, err = paper.Find(tx, by, row.Paper); err != nil && !fault.Is(err, fault.KindMissing) {
			return one, err
		}
	}
	err = tx.Get(&one.Receipt, `
select id, upward, period, number, day, at, by_actor, by_name
from upward_receipt
where upward = ? and period = ?
order by at desc, id desc
limit 1`, u.ID, p)
	if errors.Is(err, db.None) {
		err = nil
	}
	return one, err
}

// NoteReceipt writes down the number and the day under which the body above received the signed report; again it corrects
// what was typed, and both stay.
func NoteReceipt(tx *db.Tx, by access.Actor, upward db.ID, period calendar.Period, number string, day calendar.Date) error {
	u, err := report.FindUpward(tx, by, upward)
	if err != nil {
		return err
	}
	if err := by.May(access.NumberPaper, by.Body); err != nil {
		return err
	}
	r, err := report.RegimeByID(tx, by, u.Regime)
	if err != nil {
		return err
	}
	one, err := upwardReport(tx, by, u, r, period)
	if err != nil {
		return err
	}
	var wrong fault.List
	if number = fold.Clean(number); number == "" || len(number) > 200 {
		wrong.Add("number", "Hãy ghi số đến mà nơi nhận cấp.")
	}
	today := calendar.OfInstant(tx.Clock())
	switch {
	case day.IsZero():
		wrong.Add("day", "Hãy ghi ngày nơi nhận vào sổ.")
	case !one.Signed():
		wrong.Add("day", "Báo cáo tổng hợp %s chưa ký nên chưa thể có số tiếp nhận.", period.Name())
	default:
		if err := wrong.AddError("day", calendar.Happened("Ngày tiếp nhận", day, today)); err != nil {
			return err
		}
		if err := wrong.AddError("day", calendar.NotBefore("Ngày tiếp nhận", day, "ngày ký báo cáo tổng hợp", calendar.OfInstant(one.Answer.SignedAt.Time()))); err != nil {
			return err
		}
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	if err := official.RefuseSecret(number); err != nil {
		return err
	}
	if err := tx.Insert("upward_receipt", UpwardReceipt{tx.NewID(), u.ID, period, number, day, tx.Now(), by.Key(), by.Name}); err != nil {
		return err
	}
	_, err = journal.Write(tx, by, "received", journal.Subject{Kind: "upward", ID: u.ID}, journal.Details{
		"period": period.String(), "number": number, "day": day.Vietnamese(), "receiver": u.Receiver})
	return err
}
