package report

import (
	"database/sql"
	"math/bits"

	"giaoban/calendar"
	"giaoban/internal/db"
)

// loadParts reads the sub-periods that were opened: one row each, and who is absent in those of main.
func loadParts(tx *db.Tx, r Regime, periods, main []calendar.Period, include Include) (map[calendar.Period]*part, error) {
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
	found := make(map[calendar.Period]*part, len(rows))
	byOpening := make(map[db.ID]*part, len(main))
	var openings []db.ID
	for _, row := range rows {
		f, err := cachedForm(tx, row.Form, row.Digest)
		if err != nil {
			return nil, err
		}
		p := &part{period: row.Period, opening: row.ID, form: f}
		found[row.Period] = p
		switch {
		case include == Submitted:
			p.totals, p.absent, err = addRows(tx, p.opening, f, include)
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
			openings = append(openings, p.opening)
			byOpening[p.opening] = p
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
		p.absent = append(p.absent, n)
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
	t := newTotals(f)
	var absent []int32
	var values []Value
	err := tx.Each(func(row *sql.Rows) error {
		var n int32
		var data []byte
		if err := row.Scan(&n, &data); err != nil {
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
		return t.put(f, n, values, 1)
	}, `
select o.n, s.figures
from obligation o
left join submission s on s.id = `+which+`
where o.opening = ?
order by o.n`, opening)
	return t, absent, err
}

// bodyMap gives every body of the sub-periods one place, so that lists of different sub-periods can be put together.
type bodyMap struct {
	parts  []*part
	all    []seat
	scopes [][]uint64 // by part: place in all → the sectors asked for; nil when everybody is asked for all
	places [][]int32  // by part: place in its roster → place in all; nil when they are the same
	absent []bitset   // by part
	anyone bitset     // absent in some part
	in     [][]seat   // by part: its roster
}

func mapBodies(tx *db.Tx, parts []*part) (*bodyMap, error) {
	m := &bodyMap{parts: parts, places: make([][]int32, len(parts)), absent: make([]bitset, len(parts)),
		scopes: make([][]uint64, len(parts))}
	rosters := make([][]seat, len(parts))
	m.in = rosters
	var openings []db.ID
	for _, p := range parts {
		if p != nil {
			openings = append(openings, p.opening)
		}
	}
	in, args := db.In(openings)
	var rows []struct {
		Opening db.ID  `db:"opening"`
		Data    []byte `db:"data"`
	}
	if err := tx.Select(&rows, "select opening, data from opening_roster where opening in "+in, args...); err != nil {
		return nil, err
	}
	var known map[db.ID]int32
	for i, p := range parts {
		if p == nil {
			continue
		}
		var roster []seat
		for _, row := range rows {
			if row.Opening == p.opening {
				var err error
				if roster, err = unpackRoster(row.Data); err != nil {
					return nil, err
				}
			}
		}
		rosters[i] = roster
		if m.all == nil {
			m.all = roster
			continue
		}
		same := len(roster) <= len(m.all)
		for n := 0; same && n < len(roster); n++ {
			same = roster[n].ID == m.all[n].ID
		}
		if same {
			continue
		}
		if known == nil {
			known = make(map[db.ID]int32, len(m.all))
			for n, o := range m.all {
				known[o.ID] = int32(n)
			}
		}
		m.places[i] = make([]int32, len(roster))
		for n, o := range roster {
			at, ok := known[o.ID]
			if !ok {
				at = int32(len(m.all))
				m.all = append(m.all[:at:at], o)
				known[o.ID] = at
			}
			m.places[i][n] = at
		}
	}
	m.anyone = newBitset(len(m.all))
	for i, p := range parts {
		m.scope(i, rosters[i])
		m.absent[i] = newBitset(len(m.all))
		if p != nil {
			m.mark(m.absent[i], i, p.absent)
			m.anyone.or(m.absent[i])
		}
	}
	return m, nil
}

// scope notes who is asked for what in a part, unless everybody is asked for everything.
func (m *bodyMap) scope(part int, roster []seat) {
	var scopes []uint64
	for n, s := range roster {
		if s.sectors == 0 {
			continue
		}
		if scopes == nil {
			scopes = make([]uint64, len(m.all))
		}
		at := n
		if m.places[part] != nil {
			at = int(m.places[part][n])
		}
		scopes[at] = s.sectors
	}
	m.scopes[part] = scopes
}

func (m *bodyMap) scopeOf(part int, n int32) Scope {
	if m.scopes[part] == nil || m.scopes[part][n] == 0 {
		return ""
	}
	var sectors []string
	for i, s := range m.parts[part].form.Sectors {
		if m.scopes[part][n]&(1<<i) != 0 {
			sectors = append(sectors, s.Code)
		}
	}
	return ScopeOf(sectors...)
}

// asked leaves in b only the bodies that are asked for a sector in a part.
func (m *bodyMap) asked(b bitset, part int, sector string) {
	scopes := m.scopes[part]
	if scopes == nil {
		return
	}
	bit := uint64(0)
	for i, s := range m.parts[part].form.Sectors {
		if s.Code == sector {
			bit = 1 << i
		}
	}
	b.each(func(n int32) {
		if scopes[n] != 0 && scopes[n]&bit == 0 {
			b.clear(n)
		}
	})
}

func (m *bodyMap) mark(b bitset, part int, list []int32) {
	places := m.places[part]
	for _, n := range list {
		if places != nil {
			n = places[n]
		}
		b.set(n)
	}
}

func (m *bodyMap) missingBodies() []MissingBody {
	list := []MissingBody{}
	m.anyone.each(func(n int32) {
		b := MissingBody{Org: m.all[n].Org}
		for i, p := range m.parts {
			if m.absent[i].has(n) {
				b.Periods = append(b.Periods, p.period)
				b.Scope = m.scopeOf(i, n)
			}
		}
		list = append(list, b)
	})
	return list
}

// describe tells who lacks an indicator and whose figure is an estimate, in the sub-periods that count for it.
func (m *bodyMap) describe(fig *Figure, parts []*part) {
	lacking, estimated, here := newBitset(len(m.all)), newBitset(len(m.all)), newBitset(len(m.all))
	for i, p := range parts {
		if p == nil || fig.Indicator.Aggregation == Last && i < len(parts)-1 {
			continue
		}
		at, ok := p.form.index[fig.Indicator.Code]
		if !ok {
			continue
		}
		in := p.form.Indicators[at]
		slots := []int{p.form.slot[at]}
		if in.Aggregation == Ratio {
			slots = []int{p.form.slotOf(in.Numerator), p.form.slotOf(in.Denominator)}
		}
		copy(here, m.absent[i])
		for _, slot := range slots {
			m.mark(here, i, p.totals.slots[slot].without)
			m.mark(estimated, i, p.totals.slots[slot].estimated)
		}
		m.asked(here, i, in.Sector)
		lacking.or(here)
	}
	fig.Lacking = lacking.count()
	fig.LackingAlso, fig.Estimated = []Org{}, []Org{}
	lacking.each(func(n int32) {
		if !m.anyone.has(n) {
			fig.LackingAlso = append(fig.LackingAlso, m.all[n].Org)
		}
	})
	estimated.each(func(n int32) { fig.Estimated = append(fig.Estimated, m.all[n].Org) })
}

type bitset []uint64

func newBitset(n int) bitset { return make(bitset, (n+63)/64) }

func (b bitset) set(n int32)      { b[n/64] |= 1 << (n % 64) }
func (b bitset) clear(n int32)    { b[n/64] &^= 1 << (n % 64) }
func (b bitset) has(n int32) bool { return b[n/64]&(1<<(n%64)) != 0 }

func (b bitset) or(c bitset) {
	for i := range c {
		b[i] |= c[i]
	}
}

func (b bitset) count() int {
	n := 0
	for _, w := range b {
		n += bits.OnesCount64(w)
	}
	return n
}

func (b bitset) each(do func(n int32)) {
	for i, w := range b {
		for ; w != 0; w &= w - 1 {
			do(int32(i*64 + bits.TrailingZeros64(w)))
		}
	}
}
