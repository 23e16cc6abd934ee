package report

import (
	"bytes"
	"fmt"

	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/decimal"
)

// Discrepancy is one total that is not what the submissions add up to, or one obligation that is not what its facts say.
type Discrepancy struct {
	Table    string // whose row it is: opening_total, opening or obligation
	ID       db.ID
	Regime   string
	Period   calendar.Period
	Sentence string
}

// Verify adds every opening up again from its submissions and tells what differs from the totals kept; and it derives what
// every obligation's row keeps again from its facts.
func Verify(tx *db.Tx) ([]Discrepancy, error) {
	var openings []struct {
		ID     db.ID           `db:"id"`
		Regime string          `db:"regime_code"`
		Period calendar.Period `db:"period"`
		Form   db.ID           `db:"form"`
		Digest string          `db:"digest"`
		Data   []byte          `db:"data"`
	}
	if err := tx.Select(&openings, `
select p.id, r.code as regime_code, p.period, p.form, f.digest, t.data
from opening p
join regime r on r.id = p.regime
join regime_form f on f.id = p.form
left join opening_total t on t.opening = p.id
order by r.code, p.to_day`); err != nil {
		return nil, err
	}
	var found []Discrepancy
	for _, o := range openings {
		of := func(table string, id db.ID, sentence string, args ...any) {
			found = append(found, Discrepancy{table, id, o.Regime, o.Period,
				fmt.Sprintf("%s, %s: ", o.Regime, o.Period.Name()) + fmt.Sprintf(sentence, args...)})
		}
		tell := func(sentence string, args ...any) { of("opening_total", o.ID, sentence, args...) }
		if err := verifyStates(tx, o.ID, of); err != nil {
			return nil, err
		}
		if err := verifyShifts(tx, of, o.ID); err != nil {
			return nil, err
		}
		f, err := cachedForm(tx, o.Form, o.Digest)
		if err != nil {
			return nil, err
		}
		right, _, err := addRows(tx, o.ID, f, Accepted)
		if err != nil {
			tell("không cộng lại được từ các báo cáo (%v).", err)
			continue
		}
		kept := newTotals(f)
		switch {
		case !tx.ReadOnly():
			s, err := hold(tx, o.ID)
			if err != nil {
				return nil, err
			}
			if kept, err = s.total(tx, f); err != nil {
				return nil, err
			}
		case o.Data != nil:
			if kept, err = unpackTotals(o.Data); err != nil || len(kept.slots) != len(right.slots) || len(kept.ratios) != len(right.ratios) {
				tell("dòng tổng đã hỏng, không đọc được.")
				continue
			}
		}
		if !bytes.Equal(kept.pack(), right.pack()) {
			compareTotals(f, kept, right, tell)
		}
	}
	return found, nil
}

func compareTotals(f *Form, kept, right *totals, tell func(sentence string, args ...any)) {
	if kept.bodies != right.bodies {
		tell("tổng ghi %d báo cáo, thực có %d.", kept.bodies, right.bodies)
	}
	for slot := range right.slots {
		in := f.Indicators[f.typed[slot]]
		a, b := kept.slots[slot], right.slots[slot]
		if a.sum != b.sum || a.count != b.count {
			tell("chỉ tiêu %s ghi %s (%d cơ quan), cộng lại được %s (%d cơ quan).", in.Code,
				decimal.FormatVietnamese(a.sum, in.Decimals), a.count, decimal.FormatVietnamese(b.sum, in.Decimals), b.count)
		} else if !bytes.Equal(packList(packList(nil, a.estimated), a.without), packList(packList(nil, b.estimated), b.without)) {
			tell("chỉ tiêu %s: danh sách cơ quan thiếu số hoặc báo số ước không khớp.", in.Code)
		}
	}
	for n := range right.ratios {
		if kept.ratios[n] != right.ratios[n] {
			tell("tỷ lệ thứ %d: tử số, mẫu số không khớp các báo cáo.", n+1)
		}
	}
}
