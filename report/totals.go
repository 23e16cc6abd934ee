package report

import (
	"encoding/binary"
	"errors"
	"slices"

	"giaoban/internal/db"
	"giaoban/internal/decimal"
)

// totals are what the versions that count add up to in one opening, by typed indicator and by ratio. They are changed
// in the transaction that accepts, so a consolidation reads one row per period instead of one per body.
type totals struct {
	bodies int64 // how many versions are in
	slots  []slotTotal
	ratios []ratioTotal
}

type slotTotal struct {
	sum       int64
	count     int64   // of figures that are there
	estimated []int32 // places in the roster, in order
	without   []int32 // reported, but not this figure
}

// ratioTotal sums over the bodies that gave both numbers.
type ratioTotal struct {
	num, den, count int64
}

// ratioParts gives for each ratio of the form, in order, the slots of its two numbers.
func (f *Form) ratioParts() [][2]int {
	var parts [][2]int
	for _, in := range f.Indicators {
		if in.Aggregation == Ratio {
			parts = append(parts, [2]int{f.slotOf(in.Numerator), f.slotOf(in.Denominator)})
		}
	}
	return parts
}

func newTotals(f *Form) *totals {
	return &totals{slots: make([]slotTotal, len(f.typed)), ratios: make([]ratioTotal, len(f.Indicators)-len(f.typed))}
}

func (t *totals) clone() *totals {
	c := &totals{bodies: t.bodies, slots: slices.Clone(t.slots), ratios: slices.Clone(t.ratios)}
	for i := range c.slots {
		c.slots[i].estimated = slices.Clone(c.slots[i].estimated)
		c.slots[i].without = slices.Clone(c.slots[i].without)
	}
	return c
}

// put adds one version (sign 1) or takes it out (sign -1). n is the body's place in the roster. On overflow the totals
// are of no further use and the whole change is refused.
func (t *totals) put(f *Form, n int32, values []Value, sign int64) error {
	if len(values) != len(t.slots) {
		return errPacked
	}
	t.bodies += sign
	for i := range values {
		v, s := &values[i], &t.slots[i]
		if !v.Set {
			s.without = mark(s.without, n, sign)
			continue
		}
		if !add(&s.sum, v.Figure, sign) {
			return overflow(f.Indicators[f.typed[i]])
		}
		s.count += sign
		if v.Estimate {
			s.estimated = mark(s.estimated, n, sign)
		}
	}
	for i, parts := range f.ratios {
		num, den := &values[parts[0]], &values[parts[1]]
		if !num.Set || !den.Set {
			continue
		}
		r := &t.ratios[i]
		if !add(&r.num, num.Figure, sign) || !add(&r.den, den.Figure, sign) {
			return overflow(f.Indicators[f.typed[parts[0]]])
		}
		r.count += sign
	}
	return nil
}

func add(sum *int64, v, sign int64) bool {
	if sign < 0 {
		if v == -1<<63 {
			return false
		}
		v = -v
	}
	s, ok := decimal.Add(*sum, v)
	*sum = s
	return ok
}

// mark enters n into a list in order, or takes it out.
func mark(list []int32, n int32, sign int64) []int32 {
	if sign > 0 && (len(list) == 0 || list[len(list)-1] < n) {
		return append(list, n)
	}
	at, found := slices.BinarySearch(list, n)
	switch {
	case sign > 0 && !found:
		return slices.Insert(list, at, n)
	case sign < 0 && found:
		return slices.Delete(list, at, at+1)
	}
	return list
}

// Totals are packed as: byte 1; uvarint bodies; uvarint slots, each zigzag sum, uvarint count, list of estimated, list
// of without; uvarint ratios, each zigzag numerator, zigzag denominator, uvarint count. A list is its uvarint length and
// the uvarint steps from one place to the next.
const totalsVersion = 1

func (t *totals) pack() []byte {
	b := make([]byte, 0, 64+12*len(t.slots))
	b = append(b, totalsVersion)
	b = binary.AppendUvarint(b, uint64(t.bodies))
	b = binary.AppendUvarint(b, uint64(len(t.slots)))
	for i := range t.slots {
		s := &t.slots[i]
		b = binary.AppendVarint(b, s.sum)
		b = binary.AppendUvarint(b, uint64(s.count))
		b = packList(b, s.estimated)
		b = packList(b, s.without)
	}
	b = binary.AppendUvarint(b, uint64(len(t.ratios)))
	for _, r := range t.ratios {
		b = binary.AppendVarint(b, r.num)
		b = binary.AppendVarint(b, r.den)
		b = binary.AppendUvarint(b, uint64(r.count))
	}
	return b
}

func packList(b []byte, list []int32) []byte {
	b = binary.AppendUvarint(b, uint64(len(list)))
	last := int32(0)
	for _, n := range list {
		b = binary.AppendUvarint(b, uint64(n-last))
		last = n
	}
	return b
}

func unpackTotals(b []byte) (*totals, error) {
	r := reader{b: b}
	if r.byte() != totalsVersion {
		return nil, errPacked
	}
	t := &totals{bodies: int64(r.uvarint())}
	n := r.uvarint()
	if r.bad || n > mostIndicators {
		return nil, errPacked
	}
	t.slots = make([]slotTotal, n)
	for i := range t.slots {
		s := &t.slots[i]
		s.sum, s.count = r.varint(), int64(r.uvarint())
		s.estimated, s.without = r.list(), r.list()
	}
	n = r.uvarint()
	if r.bad || n > mostIndicators {
		return nil, errPacked
	}
	t.ratios = make([]ratioTotal, n)
	for i := range t.ratios {
		t.ratios[i] = ratioTotal{r.varint(), r.varint(), int64(r.uvarint())}
	}
	if !r.end() {
		return nil, errPacked
	}
	return t, nil
}

func (r *reader) list() []int32 {
	n := r.uvarint()
	if r.bad || n > uint64(len(r.b)) {
		r.bad = true
		return nil
	}
	if n == 0 {
		return nil
	}
	list := make([]int32, n)
	last := uint64(0)
	for i := range list {
		last += r.uvarint()
		if last > 1<<30 {
			r.bad = true
			return nil
		}
		list[i] = int32(last)
	}
	return list
}

// standing is what the writers of one commit share of an opening: its running number, its mark and its totals. It is
// written once per commit, however many reports were handled.
type standing struct {
	opening  db.ID
	received int64
	mark     string
	changed  bool

	totals        *totals
	own           bool // totals belong to this fn alone, so they may be changed in place
	totalsChanged bool
}

func (s *standing) Copy() db.Held {
	c := *s
	c.own = false
	return &c
}

func (s *standing) Flush(tx *db.Tx) error {
	if s.changed {
		if _, err := tx.Exec("update opening set received = ?, mark = ? where id = ?", s.received, s.mark, s.opening); err != nil {
			return err
		}
	}
	if !s.totalsChanged {
		return nil
	}
	_, err := tx.Exec(`
insert into opening_total (opening, data) values (?, ?)
on conflict (opening) do update set data = excluded.data`, s.opening, s.totals.pack())
	return err
}

// hold gives the opening's standing, read once per commit.
func hold(tx *db.Tx, opening db.ID) (*standing, error) {
	h, err := tx.Hold("report.opening:"+string(opening), func(tx *db.Tx) (db.Held, error) {
		var row struct {
			Received int64  `db:"received"`
			Mark     string `db:"mark"`
		}
		if err := tx.Get(&row, "select received, mark from opening where id = ?", opening); err != nil {
			return nil, err
		}
		return &standing{opening: opening, received: row.Received, mark: row.Mark}, nil
	})
	if err != nil {
		return nil, err
	}
	return h.(*standing), nil
}

// touch notes the journal root after a change, by which everything kept in memory of this opening is known to be old.
func (s *standing) touch(root string) { s.mark, s.changed = root, true }

// total gives the totals for reading.
func (s *standing) total(tx *db.Tx, f *Form) (*totals, error) {
	if s.totals != nil {
		return s.totals, nil
	}
	var data []byte
	err := tx.Get(&data, "select data from opening_total where opening = ?", s.opening)
	if errors.Is(err, db.None) {
		s.totals = newTotals(f)
		return s.totals, nil
	}
	if err != nil {
		return nil, err
	}
	s.totals, err = unpackTotals(data)
	return s.totals, err
}

// put changes the totals by one version.
func (s *standing) put(tx *db.Tx, f *Form, n int32, values []Value, sign int64) error {
	t, err := s.total(tx, f)
	if err != nil {
		return err
	}
	if !s.own {
		t = t.clone()
		s.totals, s.own = t, true
	}
	s.totalsChanged = true
	return t.put(f, n, values, sign)
}
