package report

import (
	"errors"

	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/decimal"
	"giaoban/internal/fault"
	"giaoban/org"
)

// overflowed is a total that would not fit, before it is known whose figure is to blame.
type overflowed struct {
	in    Indicator
	cause error
}

func (e *overflowed) Error() string { return e.cause.Error() }
func (e *overflowed) Unwrap() error { return e.cause }

func overflow(in Indicator) error {
	return &overflowed{in, fault.Conflict("Tổng của chỉ tiêu %s (%s) vượt quá mức ghi được; hãy kiểm tra đơn vị tính của báo cáo này.", in.Code, in.Name)}
}

// nameSender says of a total that would not fit whose report could not be added and whose figure is the largest of all:
// that one is usually in another unit. Other errors pass as they are.
func (s *standing) nameSender(tx *db.Tx, f *Form, err error, body db.ID, figures []byte) error {
	var over *overflowed
	if !errors.As(err, &over) {
		return err
	}
	slot := f.slotOf(over.in.Code)
	typed, failed := unpackValues(nil, figures)
	if failed != nil {
		return failed
	}
	sender, largest := body, typed[slot].Figure
	var rows []struct {
		Body    db.ID  `db:"body"`
		Figures []byte `db:"figures"`
	}
	if failed := tx.Select(&rows, `
select o.body, s.figures
from obligation o
join submission s on s.id = o.accepted
where o.opening = ?`, s.opening); failed != nil {
		return failed
	}
	for _, row := range rows {
		if typed, failed = unpackValues(typed, row.Figures); failed != nil {
			return failed
		}
		if typed[slot].Set && size(typed[slot].Figure) > size(largest) {
			sender, largest = row.Body, typed[slot].Figure
		}
	}
	names, failed := org.Names(tx, calendar.OfInstant(tx.Clock()))
	if failed != nil {
		return failed
	}
	return fault.Conflict("Chưa cộng được báo cáo của %s: tổng của %s (%s) vượt quá mức ghi được. Số lớn nhất là %s, của %s; hãy kiểm tra đơn vị tính ở báo cáo ấy.",
		names[body].Name, over.in.Name, over.in.Code, decimal.FormatTrimmed(largest, over.in.Decimals), names[sender].Name)
}

func size(v int64) uint64 {
	if v < 0 {
		return -uint64(v)
	}
	return uint64(v)
}
