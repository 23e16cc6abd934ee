package report

import (
	"errors"
	"fmt"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/journal"
	"giaoban/official"
	"giaoban/org"
)

// Upward is a chế độ báo cáo whose reporter is the commission itself: what it owes the Party committee or the commission
// above. Its answer is the consolidated report of a regime, whose deadlines are counted back from its own.
type Upward struct {
	ID       db.ID         `db:"id"`
	Name     string        `db:"name"`
	Receiver string        `db:"receiver"` // a body above, as it is called: "Tỉnh ủy Khánh Hòa"
	Kind     calendar.Kind `db:"kind"`
	Day      int           `db:"day"`   // of the month on which it is due
	After    bool          `db:"after"` // of the month after the period, not of its last
	Regime   db.ID         `db:"regime"`
	Lead     int           `db:"lead_days"` // so many working days before it the agencies' own reports are due
	Basis    string        `db:"basis"`
	At       db.Instant    `db:"at"`
	ByName   string        `db:"by_name"`
	EndedAt  db.Instant    `db:"ended_at"`
	EndedBy  string        `db:"ended_by"`
	Reason   string        `db:"end_reason"`
}

// Rule says in words when it is due.
func (u Upward) Rule() string {
	month := "tháng cuối kỳ"
	if u.After {
		month = "tháng sau kỳ"
	}
	return fmt.Sprintf("ngày %d của %s", u.Day, month)
}

// DueOf is the day on which it is due for a period.
func (u Upward) DueOf(h calendar.Holidays, period calendar.Period) calendar.Date {
	last := period.Last() // ends a month
	if u.After {
		return h.MoveToWorkingDay(last.AddDays(u.Day))
	}
	return h.MoveToWorkingDay(calendar.On(last.Year(), last.Month(), u.Day))
}

const selectUpward = `
select id, name, receiver, kind, day, after, regime, lead_days, basis, at, by_name, ended_at, ended_by, end_reason
from upward
`

// Upwards lists what the commission owes upward, what has ended last.
func Upwards(tx *db.Tx, by access.Actor) ([]Upward, error) {
	if err := mayReadUpward(by); err != nil {
		return nil, err
	}
	var all []Upward
	err := tx.Select(&all, selectUpward+"order by case when ended_at is null then 0 else 1 end, name, id")
	return all, err
}

// mayReadUpward: what the commission owes is for its own people, and for who sets up regimes.
func mayReadUpward(by access.Actor) error {
	if by.Can(access.ReadConsolidation, by.Body) {
		return nil
	}
	return by.May(access.ManageRegime, by.Body)
}

// FindUpward gives one.
func FindUpward(tx *db.Tx, by access.Actor, id db.ID) (Upward, error) {
	var u Upward
	if err := mayReadUpward(by); err != nil {
		return u, err
	}
	err := tx.Get(&u, selectUpward+"where id = ?", id)
	if errors.Is(err, db.None) {
		return u, fault.Missing("Không có chế độ báo cáo cấp trên này.")
	}
	return u, err
}

// UpwardOf is what the consolidated report of a regime answers; false when it answers nothing.
func UpwardOf(tx *db.Tx, regime db.ID) (Upward, bool, error) {
	var u Upward
	err := tx.Get(&u, selectUpward+"where regime = ? and ended_at is null", regime)
	if errors.Is(err, db.None) {
		return u, false, nil
	}
	return u, err == nil, err
}

// AddUpward writes down what the commission owes upward.
func AddUpward(tx *db.Tx, by access.Actor, u Upward) (Upward, error) {
	if err := by.May(access.ManageRegime, by.Body); err != nil {
		return u, err
	}
	u.Name, u.Receiver, u.Basis = fold.Clean(u.Name), fold.Clean(u.Receiver), fold.Clean(u.Basis)
	var wrong fault.List
	if u.Name == "" || len(u.Name) > 300 {
		wrong.Add("name", "Hãy ghi tên báo cáo, ví dụ Báo cáo công tác tuyên giáo hằng quý.")
	}
	if u.Receiver == "" || len(u.Receiver) > 300 {
		wrong.Add("receiver", "Hãy ghi nơi nhận, ví dụ Tỉnh ủy Khánh Hòa.")
	}
	if u.Day < 1 || u.Day > 28 {
		wrong.Add("day", "Hạn là một ngày của tháng, từ 1 đến 28.")
	}
	if u.Lead < 1 || u.Lead > 60 {
		wrong.Add("lead", "Các cơ quan gửi trước từ 1 đến 60 ngày làm việc.")
	}
	if u.Regime == "" {
		wrong.Add("regime", "Hãy chọn chế độ mà báo cáo tổng hợp trả lời.")
	}
	if err := wrong.Err(); err != nil {
		return u, err
	}
	if err := official.RefuseSecret(u.Name, u.Receiver, u.Basis); err != nil {
		return u, err
	}
	r, err := RegimeByID(tx, by, u.Regime)
	if fault.Is(err, fault.KindMissing) {
		return u, fault.Invalid("regime", "Không còn chế độ này; hãy chọn lại trong danh sách.")
	}
	if err != nil {
		return u, err
	}
	if u.Kind = r.Kind; u.Kind == 0 || r.Cutoff == 0 {
		return u, fault.Invalid("regime", "Chế độ %s chưa ghi kỳ và cách chốt số liệu; hãy ghi trước.", r.Name)
	}
	if other, taken, err := UpwardOf(tx, r.ID); err != nil {
		return u, err
	} else if taken {
		return u, fault.Conflict("Báo cáo tổng hợp của chế độ này đã trả lời “%s”; hãy kết thúc chế độ đó trước.", other.Name)
	}
	holidays, err := org.Holidays(tx)
	if err != nil {
		return u, err
	}
	if _, err := u.agencies(holidays, r, r.Running(calendar.OfInstant(tx.Clock()))); err != nil {
		return u, fault.Invalid("lead", "%s", err.Error())
	}
	u.ID, u.At, u.ByName = tx.NewID(), tx.Now(), by.Name
	if err := tx.Insert("upward", u); err != nil {
		return u, err
	}
	_, err = journal.Write(tx, by, "created", journal.Subject{Kind: "upward", ID: u.ID}, journal.Details{"name": u.Name, "receiver": u.Receiver})
	return u, err
}

// EndUpward closes it, with the reason: deadlines of periods opened later are counted from the cut-off again.
func EndUpward(tx *db.Tx, by access.Actor, id db.ID, reason string) error {
	u, err := FindUpward(tx, by, id)
	if err != nil {
		return err
	}
	if err := by.May(access.ManageRegime, by.Body); err != nil {
		return err
	}
	if u.EndedAt != 0 {
		return fault.Conflict("Chế độ này đã kết thúc.")
	}
	if reason = fold.Clean(reason); reason == "" {
		return fault.Invalid("reason", "Hãy ghi lý do kết thúc.")
	}
	if err := official.RefuseSecret(reason); err != nil {
		return err
	}
	if _, err := tx.Exec("update upward set ended_at = ?, ended_by = ?, end_reason = ? where id = ?", tx.Now(), by.Name, reason, u.ID); err != nil {
		return err
	}
	_, err = journal.Write(tx, by, "ended", journal.Subject{Kind: "upward", ID: u.ID}, journal.Details{"name": u.Name, "reason": reason})
	return err
}

// agencies is the deadline of those whose reports go into it.
func (u Upward) agencies(h calendar.Holidays, r Regime, period calendar.Period) (calendar.Deadline, error) {
	_, to := r.Cutoff.Span(period)
	deadline := calendar.CountBack(h, u.DueOf(h, period), u.Lead, "báo cáo gửi "+u.Receiver)
	if h.WorkingDaysBetween(to, deadline.Date) < 1 {
		return deadline, fault.Conflict("%s: lùi %d ngày làm việc từ hạn báo cáo cấp trên (%s) thì hạn của cơ quan là %s, không sau ngày chốt số liệu (%s).",
			period.Name(), u.Lead, deadline.From.Vietnamese(), deadline.Date.Vietnamese(), to.Vietnamese())
	}
	return deadline, nil
}

// DeadlineOf is when the reports of a period are due: counted back from what the commission owes upward where they go into
// that, from the cut-off otherwise.
func DeadlineOf(tx *db.Tx, r Regime, period calendar.Period) (calendar.Deadline, error) {
	holidays, err := org.Holidays(tx)
	if err != nil {
		return calendar.Deadline{}, err
	}
	u, ok, err := UpwardOf(tx, r.ID)
	if err != nil {
		return calendar.Deadline{}, err
	}
	if ok && u.Kind == period.Kind() {
		return u.agencies(holidays, r, period)
	}
	_, to := r.Cutoff.Span(period)
	return calendar.Due(holidays, to, r.WorkingDays), nil
}
