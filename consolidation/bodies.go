package consolidation

import (
	"math/bits"

	"giaoban/internal/db"
	"giaoban/report"
)

// bodyMap gives every body of the sub-periods one place, so that lists of different sub-periods can be put together.
type bodyMap struct {
	parts  []*report.Part
	all    []report.Seat
	scopes [][]uint64      // by part: place in all → the sectors asked for; nil when everybody is asked for all
	places [][]int32       // by part: place in its roster → place in all; nil when they are the same
	absent []bitset        // by part
	anyone bitset          // absent in some part
	in     [][]report.Seat // by part: its roster
}

func mapBodies(tx *db.Tx, parts []*report.Part) (*bodyMap, error) {
	m := &bodyMap{parts: parts, places: make([][]int32, len(parts)), absent: make([]bitset, len(parts)),
		scopes: make([][]uint64, len(parts))}
	rosters := make([][]report.Seat, len(parts))
	m.in = rosters
	var openings []db.ID
	for _, p := range parts {
		if p != nil {
			openings = append(openings, p.Opening)
		}
	}
	seats, err := report.Rosters(tx, openings)
	if err != nil {
		return nil, err
	}
	var known map[db.ID]int32
	for i, p := range parts {
		if p == nil {
			continue
		}
		roster := seats[p.Opening]
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
			m.mark(m.absent[i], i, p.Absent)
			m.anyone.or(m.absent[i])
		}
	}
	return m, nil
}

// scope notes who is asked for what in a part, unless everybody is asked for everything.
func (m *bodyMap) scope(part int, roster []report.Seat) {
	var scopes []uint64
	for n, s := range roster {
		if s.Sectors == 0 {
			continue
		}
		if scopes == nil {
			scopes = make([]uint64, len(m.all))
		}
		at := n
		if m.places[part] != nil {
			at = int(m.places[part][n])
		}
		scopes[at] = s.Sectors
	}
	m.scopes[part] = scopes
}

func (m *bodyMap) scopeOf(part int, n int32) report.Scope {
	if m.scopes[part] == nil || m.scopes[part][n] == 0 {
		return ""
	}
	var sectors []string
	for i, s := range m.parts[part].Form.Sectors {
		if m.scopes[part][n]&(1<<i) != 0 {
			sectors = append(sectors, s.Code)
		}
	}
	return report.ScopeOf(sectors...)
}

// asked leaves in b only the bodies that are asked for a sector in a part.
func (m *bodyMap) asked(b bitset, part int, sector string) {
	scopes := m.scopes[part]
	if scopes == nil {
		return
	}
	bit := uint64(0)
	for i, s := range m.parts[part].Form.Sectors {
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
		b := MissingBody{Body: m.all[n].Body}
		for i, p := range m.parts {
			if m.absent[i].has(n) {
				b.Periods = append(b.Periods, p.Period)
				b.Scope = m.scopeOf(i, n)
			}
		}
		list = append(list, b)
	})
	return list
}

// describe tells who lacks an indicator and whose figure is an estimate, in the sub-periods that count for it.
func (m *bodyMap) describe(fig *Figure, parts []*report.Part) {
	lacking, estimated, here := newBitset(len(m.all)), newBitset(len(m.all)), newBitset(len(m.all))
	for i, p := range parts {
		if p == nil || fig.Indicator.Aggregation == report.Last && i < len(parts)-1 {
			continue
		}
		in, without, guessed, ok := p.Gaps(fig.Indicator.Code)
		if !ok {
			continue
		}
		copy(here, m.absent[i])
		m.mark(here, i, without)
		m.mark(estimated, i, guessed)
		m.asked(here, i, in.Sector)
		lacking.or(here)
	}
	fig.Lacking = lacking.count()
	fig.LackingAlso, fig.Estimated = []report.Body{}, []report.Body{}
	lacking.each(func(n int32) {
		if !m.anyone.has(n) {
			fig.LackingAlso = append(fig.LackingAlso, m.all[n].Body)
		}
	})
	estimated.each(func(n int32) { fig.Estimated = append(fig.Estimated, m.all[n].Body) })
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
