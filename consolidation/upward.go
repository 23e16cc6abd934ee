package consolidation

import (
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

// Begins is the day from which the answer has to be seen to: when the agencies have to report or a fortnight before its own
// day, whichever comes first.
func (u UpwardReport) Begins() calendar.Date {
	if before := u.Due.AddDays(-fortnight); before.Before(u.Agencies) {
		return before
	}
	return u.Agencies
}

const fortnight = 14

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
	holidays, err := org.Holidays(tx)
	if err != nil {
		return nil, err
	}
	today := calendar.OfInstant(tx.Clock())
	var all []UpwardReport
	for _, u := range upwards {
		stands, err := readUpward(tx, by, u, holidays)
		if err != nil {
			return nil, err
		}
		until := today.AddDays(upwardAhead)
		if u.EndedAt != 0 {
			until = calendar.OfInstant(u.EndedAt.Time())
		}
		for p := stands.first(); ; p = p.Next() {
			one := stands.of(p)
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

// upwardState is what is known of one thing owed upward, read once for all its periods.
type upwardState struct {
	report.Upward
	regime   report.Regime
	holidays calendar.Holidays
	openings map[calendar.Period]report.Opening
	answers  map[calendar.Period]paper.Paper
	receipts map[calendar.Period]UpwardReceipt
}

func readUpward(tx *db.Tx, by access.Actor, u report.Upward, holidays calendar.Holidays) (*upwardState, error) {
	s := &upwardState{Upward: u, holidays: holidays, openings: make(map[calendar.Period]report.Opening),
		answers: make(map[calendar.Period]paper.Paper), receipts: make(map[calendar.Period]UpwardReceipt)}
	var err error
	if s.regime, err = report.RegimeByID(tx, by, u.Regime); err != nil {
		return nil, err
	}
	openings, err := report.Openings(tx, by, u.Regime)
	if err != nil {
		return nil, err
	}
	for _, o := range openings {
		s.openings[o.Period] = o
	}
	var drafts []draftRow
	if err := tx.Select(&drafts, selectDraft+"where c.regime = ? and c.ended_at is null", u.Regime); err != nil {
		return nil, err
	}
	papers := make([]db.ID, len(drafts))
	for i, row := range drafts {
		papers[i] = row.Paper
	}
	found, err := paper.Among(tx, by, papers)
	if err != nil {
		return nil, err
	}
	for _, row := range drafts {
		if at := slices.IndexFunc(found, func(p paper.Paper) bool { return p.ID == row.Paper }); at >= 0 {
			s.answers[row.Period] = found[at]
		}
	}
	var receipts []UpwardReceipt
	err = tx.Select(&receipts, `
select id, upward, period, number, day, at, by_actor, by_name
from upward_receipt
where upward = ?
order by at, id`, u.ID)
	for _, r := range receipts {
		s.receipts[r.Period] = r // the last one holds
	}
	return s, err
}

// first is the first period whose day had not passed when it was written down.
func (s *upwardState) first() calendar.Period {
	day := calendar.OfInstant(s.At.Time())
	p := s.regime.Running(day)
	if before, ok := p.Previous(); ok && !s.DueOf(s.holidays, before).Before(day) {
		return before
	}
	return p
}

func (s *upwardState) of(p calendar.Period) UpwardReport {
	one := UpwardReport{Upward: s.Upward, Regime: s.regime, Period: p, Due: s.DueOf(s.holidays, p), Answer: s.answers[p], Receipt: s.receipts[p]}
	opening, opened := s.openings[p]
	if one.Opened = opened; opened {
		one.Agencies = opening.Due
		return one
	}
	one.Agencies = calendar.CountBack(s.holidays, one.Due, s.Lead, "").Date
	return one
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
	holidays, err := org.Holidays(tx)
	if err != nil {
		return err
	}
	stands, err := readUpward(tx, by, u, holidays)
	if err != nil {
		return err
	}
	one := stands.of(period)
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
