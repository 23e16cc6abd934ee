package report

import (
	"fmt"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/decimal"
	"giaoban/internal/fault"
)

// ValuesOut gives the accepted figures of a period in the columns in which a file of figures comes in: brought back as it is,
// the file changes nothing.
func ValuesOut(tx *db.Tx, by access.Actor, regimeCode string, period calendar.Period) ([][]string, error) {
	r, err := FindRegime(tx, by, regimeCode)
	if err != nil {
		return nil, err
	}
	if err := by.May(access.ImportValues, r.Receiver); err != nil {
		return nil, err
	}
	opened, err := tx.Exists("select 1 from opening where regime = ? and period = ?", r.ID, period)
	if err != nil {
		return nil, err
	}
	if !opened {
		return nil, fault.Missing("Chế độ %s chưa mở kỳ %s nên chưa có số liệu để tải.", r.Name, period.Name())
	}
	var rows []submissionSeen
	if err := tx.Select(&rows, selectSubmission+`
where s.id in (
	select h.accepted
	from obligation h
	join opening p on p.id = h.opening
	where p.regime = ? and p.period = ? and h.accepted is not null)
order by o.n`, r.ID, period); err != nil {
		return nil, err
	}
	all, err := openAll(tx, rows)
	if err != nil {
		return nil, err
	}
	out := [][]string{strings.Split(importColumns, ",")}
	for _, s := range all {
		for i, in := range s.Form.Indicators {
			if v := s.Values[i]; v.Set && in.Aggregation != Ratio {
				out = append(out, []string{s.Body.Code, s.Period.String(), in.Code, v.file(in.Decimals), map[bool]string{true: "1"}[v.Estimate], ""})
			}
		}
	}
	return out, nil
}

// file is how a file of figures writes a value: with a point, a pair as 487/503.
func (v Value) file(decimals int) string {
	if v.Over == nil {
		return decimal.Format(v.Figure, decimals)
	}
	return fmt.Sprintf("%s/%s", decimal.Format(v.Figure, decimals), decimal.Format(*v.Over, decimals))
}

// fromFile is the other way; a pair is taken only where the indicator has one.
func fromFile(text string, in Indicator) (v Value, err error) {
	part, whole, pair := strings.Cut(text, "/")
	if v.Figure, err = decimal.Parse(part, in.Decimals); err != nil || !pair {
		v.Set = true
		return v, err
	}
	if in.Fraction == NoFraction {
		return v, fault.Invalid("", "chỉ tiêu này không nhận hai số cách nhau bằng dấu gạch chéo.")
	}
	over, err := decimal.Parse(whole, in.Decimals)
	v.Set, v.Over = true, &over
	return v, err
}
