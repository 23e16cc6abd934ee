package org

import (
	"cmp"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/journal"
	"giaoban/official"
)

// DecisionKind is what an office says of a shipped row.
type DecisionKind string

const (
	Confirmed DecisionKind = "confirmed" // it is so here
	Corrected DecisionKind = "corrected" // here it is otherwise: day, document, name
	Rejected  DecisionKind = "rejected"  // it does not hold here
	Withdrawn DecisionKind = "withdrawn" // nothing has been said after all
)

// Name is what a person reads.
func (k DecisionKind) Name() string {
	switch k {
	case Confirmed:
		return "đã xác nhận"
	case Corrected:
		return "đã sửa theo địa phương"
	case Rejected:
		return "không áp dụng ở đây"
	}
	return ""
}

// Decision is what the office says of one shipped row.
type Decision struct {
	Kind  DecisionKind  `db:"decision"`
	Day   calendar.Date `db:"day"`   // of a correction; zero when the row's stands
	Basis string        `db:"basis"` // … ; "" when the row's stands
	Name  string        `db:"name"`
	Note  string        `db:"note"`
	At    db.Instant    `db:"at"`
	By    string        `db:"by_whom"`
}

func (d Decision) fact(c Confidence) bool {
	switch d.Kind {
	case Confirmed, Corrected:
		return true
	case Rejected:
		return false
	}
	return c == Sourced
}

// open reports whether a row waits for the office's word.
func (d Decision) open(c Confidence) bool { return c != Sourced && d.Kind == "" }

// Decide notes what the office says of a shipped row; the last word counts, earlier ones stay to be read.
func Decide(tx *db.Tx, by access.Actor, key string, d Decision) error {
	if err := by.May(access.ManageBodies, by.Body); err != nil {
		return err
	}
	title, ok := titleOf(key)
	if !ok {
		return fault.Missing("Không có dòng tham chiếu “%s”. Xem danh sách ở trang Sắp xếp cơ quan.", key)
	}
	d.Basis, d.Name, d.Note = fold.Tidy(d.Basis), fold.Tidy(d.Name), fold.Tidy(d.Note)
	if err := official.RefuseSecret(d.Basis, d.Name, d.Note); err != nil {
		return err
	}
	switch d.Kind {
	case Confirmed, Rejected, Withdrawn:
	case Corrected:
		if d.Day.IsZero() && d.Basis == "" && d.Name == "" {
			return fault.Invalid("day", "Sửa thì cần ít nhất ngày, văn bản hoặc tên đúng ở địa phương.")
		}
	default:
		return fault.Invalid("decision", "Xin chọn xác nhận, sửa, không áp dụng hoặc rút lại.")
	}
	var seq int64
	if err := tx.Get(&seq, "select coalesce(max(seq), 0) + 1 from reference_decision"); err != nil {
		return err
	}
	if _, err := tx.Exec(`
insert into reference_decision (id, seq, row_key, decision, day, basis, name, note, at, by_whom)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, tx.NewID(), seq, key, string(d.Kind), d.Day, d.Basis, d.Name, d.Note, tx.Now(), by.Key()); err != nil {
		return err
	}
	_, err := journal.Write(tx, by, "decided", journal.Subject{Kind: "reference"}, journal.Details{
		"row": title, "key": key, "decision": cmp.Or(d.Kind.Name(), "rút lại lời xác nhận")})
	return err
}

// decisions are the last words of the office, by row.
func decisions(tx *db.Tx) (map[string]Decision, error) {
	var rows []struct {
		Decision
		Key string `db:"row_key"`
	}
	if err := tx.Select(&rows, "select row_key, decision, day, basis, name, note, at, by_whom from reference_decision order by seq"); err != nil {
		return nil, err
	}
	last := make(map[string]Decision, len(rows))
	for _, r := range rows {
		last[r.Key] = r.Decision
		if r.Decision.Kind == Withdrawn {
			delete(last, r.Key)
		}
	}
	return last, nil
}
