package report

import (
	"database/sql"
	"math/big"
	"slices"

	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
)

// Part is one sub-period that was opened: what the versions that count in it add up to.
type Part struct {
	Period  calendar.Period
	Opening db.ID
	Form    *Form
	Absent  []int32 // places in the roster without a version that counts
	totals  *totals
}

// Parts reads the sub-periods that were opened: one row of totals each, and who is absent in those of main. Submitted adds
// up the submissions themselves.
func Parts(tx *db.Tx, r Regime, periods, main []calendar.Period, include Include) (map[calendar.Period]*Part, error) {
	in, args := db.In(periods)
	var rows []struct {
		ID     db.ID           `db:"id"`
		Period calendar.Period `db:"period"`
		Form   db.ID           `db:"form"`
		Digest string          `db:"digest"`
		Data   []byte          `db:"data"`
	}
	if err := tx.Select(&rows, `
select p.id, p.period, p.form, f.digest, t.data
from opening p
join regime_form f on f.id = p.form
left join opening_total t on t.opening = p.id
where p.regime = ? and p.period in `+in, append([]any{r.ID}, args...)...); err != nil {
		return nil, err
	}
	found := make(map[calendar.Period]*Part, len(rows))
	byOpening := make(map[db.ID]*Part, len(main))
	var openings []db.ID
	for _, row := range rows {
		f, err := cachedForm(tx, row.Form, row.Digest)
		if err != nil {
			return nil, err
		}
		p := &Part{Period: row.Period, Opening: row.ID, Form: f}
		found[row.Period] = p
		switch {
		case include == Submitted:
			p.totals, p.Absent, err = addRows(tx, p.Opening, f, include)
		case !tx.ReadOnly():
			// Inside a write the row may be older than what this commit has already changed.
			var s *standing
			if s, err = hold(tx, row.ID); err == nil {
				p.totals, err = s.total(tx, f)
			}
		case row.Data == nil:
			p.totals = newTotals(f)
		default:
			p.totals, err = unpackTotals(row.Data)
		}
		if err != nil {
			return nil, err
		}
	}
	if include == Submitted {
		return found, nil
	}
	for _, period := range main {
		if p := found[period]; p != nil {
			openings = append(openings, p.Opening)
			byOpening[p.Opening] = p
		}
	}
	in, args = db.In(openings)
	err := tx.Each(func(row *sql.Rows) error {
		var opening db.ID
		var n int32
		if err := row.Scan(&opening, &n); err != nil {
			return err
		}
		p := byOpening[opening]
		p.Absent = append(p.Absent, n)
		return nil
	}, "select opening, n from obligation where accepted is null and opening in "+in+" order by opening, n", args...)
	return found, err
}

// addRows adds an opening up from its submissions: for a preview, and to prove the maintained totals.
func addRows(tx *db.Tx, opening db.ID, f *Form, include Include) (*totals, []int32, error) {
	which := "o.accepted"
	if include == Submitted {
		which = "case when o.latest is not null and not o.returned then o.latest else o.accepted end"
	}
	asked, err := askedWhere(tx, "s.opening = ?", opening)
	if err != nil {
		return nil, nil, err
	}
	t := newTotals(f)
	var absent []int32
	var values []Value
	err = tx.Each(func(row *sql.Rows) error {
		var n int32
		var submission db.ID
		var data []byte
		if err := row.Scan(&n, &submission, &data); err != nil {
			return err
		}
		if data == nil {
			absent = append(absent, n)
			return nil
		}
		var err error
		if values, err = unpackValues(values, data); err != nil {
			return err
		}
		f.withhold(values, asked[submission])
		return t.put(f, n, values, 1)
	}, `
select o.n, coalesce(s.id, ''), s.figures
from obligation o
left join submission s on s.id = `+which+`
where o.opening = ?
order by o.n`, opening)
	return t, absent, err
}

// Over adds one indicator up over sub-periods in order; a nil part was never opened, a nil sum has nothing to add up.
func Over(in Indicator, parts []*Part) (*int64, error) {
	if len(parts) == 0 {
		return nil, nil
	}
	if in.Aggregation == Last {
		parts = parts[len(parts)-1:]
	}
	var sum, den big.Int
	count := int64(0)
	numPlaces, denPlaces := 0, 0
	for _, p := range parts {
		if p == nil {
			continue
		}
		if in.Aggregation == Ratio {
			t, a, b, ok := p.ratio(in)
			if ok && t.count > 0 {
				sum.Add(&sum, big.NewInt(t.num))
				den.Add(&den, big.NewInt(t.den))
				count += t.count
				numPlaces, denPlaces = a, b
			}
			continue
		}
		if slot := p.Form.slotOf(in.Code); slot >= 0 {
			sum.Add(&sum, big.NewInt(p.totals.slots[slot].sum))
			count += p.totals.slots[slot].count
		}
	}
	if count == 0 {
		return nil, nil
	}
	var v int64
	ok := sum.IsInt64()
	switch in.Aggregation {
	case Average:
		v, ok = divide(&sum, big.NewInt(count))
	case Ratio:
		if den.Sign() == 0 {
			return nil, nil
		}
		sum.Mul(&sum, big.NewInt(in.Factor))
		if shift := in.Decimals + denPlaces - numPlaces; shift >= 0 {
			sum.Mul(&sum, powerOfTen(shift))
		} else {
			den.Mul(&den, powerOfTen(-shift))
		}
		v, ok = divide(&sum, &den)
	default:
		v = sum.Int64()
	}
	if !ok {
		return nil, fault.Conflict("Tổng của chỉ tiêu %s (%s) vượt quá mức ghi được; hãy kiểm tra đơn vị tính.", in.Code, in.Name)
	}
	return &v, nil
}

// ratio gives the sums of a ratio in one sub-period and the decimals of its two numbers.
func (p *Part) ratio(in Indicator) (t ratioTotal, num, den int, ok bool) {
	n := 0
	for _, have := range p.Form.Indicators {
		if have.Aggregation != Ratio {
			continue
		}
		if have.Code == in.Code {
			parts := p.Form.ratios[n]
			return p.totals.ratios[n], p.Form.Indicators[p.Form.typed[parts[0]]].Decimals,
				p.Form.Indicators[p.Form.typed[parts[1]]].Decimals, true
		}
		n++
	}
	return ratioTotal{}, 0, 0, false
}

// Gaps lists the places in the roster of bodies that reported but not an indicator, and of those whose figure of it is an
// estimate; of a ratio, either of its two numbers. asked is false when the sub-period's form does not have it.
func (p *Part) Gaps(code string) (in Indicator, without, estimated []int32, asked bool) {
	at, ok := p.Form.index[code]
	if !ok {
		return in, nil, nil, false
	}
	in = p.Form.Indicators[at]
	if in.Aggregation != Ratio {
		slot := &p.totals.slots[p.Form.slot[at]]
		return in, slot.without, slot.estimated, true
	}
	num, den := &p.totals.slots[p.Form.slotOf(in.Numerator)], &p.totals.slots[p.Form.slotOf(in.Denominator)]
	return in, slices.Concat(num.without, den.without), slices.Concat(num.estimated, den.estimated), true
}
