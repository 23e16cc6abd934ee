package report_test

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"giaoban/calendar"
	"giaoban/consolidation"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/internal/decimal"
	"giaoban/report"
)

// shadow is what the test itself remembers of one body's report for one period.
type shadow struct {
	versions []shadowVersion
	accepted int // place in versions, -1 for none
	returned bool
}

type shadowVersion struct {
	id       db.ID
	figures  map[string]int64
	estimate map[string]bool
}

func (s *shadow) counts(include report.Include) *shadowVersion {
	switch {
	case include == report.Submitted && len(s.versions) > 0 && !s.returned:
		return &s.versions[len(s.versions)-1]
	case s.accepted >= 0:
		return &s.versions[s.accepted]
	}
	return nil
}

type ledger struct {
	o      *office
	r      *rand.Rand
	regime report.Regime
	forms  map[calendar.Period]report.Outline
	books  map[calendar.Period]map[int]*shadow // only bodies that were obliged
	list   []calendar.Period
}

// TestEveryTotalEqualsAnIndependentSum checks 1,000 periods on each engine against fractions of unlimited size over what
// the test itself remembers: all aggregations and kinds of period, versions superseded, sent back, empty and estimated.
func TestEveryTotalEqualsAnIndependentSum(t *testing.T) {
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			o := newOffice(t, e)
			cases := 0
			for seed, kind := range []calendar.Kind{calendar.Month, calendar.Quarter, calendar.Half, calendar.NineMonths, calendar.Year} {
				l := newLedger(t, o, kind, uint64(seed))
				for round := 0; round < 10; round++ {
					l.happen(t, 30)
					for range 20 {
						l.check(t, l.somePeriod(), []report.Include{report.Accepted, report.Submitted}[l.r.IntN(2)])
						cases++
						if t.Failed() {
							return
						}
					}
				}
			}
			if cases != 1000 {
				t.Errorf("%d trường hợp", cases)
			}
			o.verified(t)
		})
	}
}

// anything is the outline for figures by chance: free of bounds, rules and questions.
func anything() report.Outline {
	o := outline()
	o.Rules = nil
	for i := range o.Indicators {
		o.Indicators[i].Bound, o.Indicators[i].Warn = report.Growth, 0
	}
	return o
}

func newLedger(t *testing.T, o *office, kind calendar.Kind, seed uint64) *ledger {
	l := &ledger{o: o, r: rand.New(rand.NewPCG(seed, 7)), forms: map[calendar.Period]report.Outline{},
		books: map[calendar.Period]map[int]*shadow{}}
	first := anything()
	l.regime = o.regime(t, "thu-"+kind.String(), kind, calendar.Calendar, first)
	second := anything()
	slices.Reverse(second.Indicators)
	second.Indicators = append(second.Indicators, report.Indicator{Code: "them", Name: "Thêm", Sector: "yte", Unit: "người",
		Decimals: 3, Aggregation: report.Average, Direction: report.Higher, Target: target(0), Bound: report.Growth})
	changeAt, _ := calendar.Calendar.PeriodOf(kind, calendar.On(2021, 1, 15))
	lastDay := calendar.On(2021, time.Month(2+l.r.IntN(9)), 15) // the third body leaves in the course of the second year
	o.write(t, func(tx *db.Tx) error {
		f, err := report.SaveForm(tx, o.officer, l.regime.ID, second, 0)
		if err != nil {
			return err
		}
		if err := report.ActivateForm(tx, o.officer, f.ID, changeAt); err != nil {
			return err
		}
		if err := report.Unassign(tx, o.officer, l.regime.ID, o.bodies[2].ID, lastDay, ""); err != nil {
			return err
		}
		p, _ := calendar.Calendar.PeriodOf(kind, calendar.On(2020, 1, 15))
		for ; p.Year() < 2022; p = p.Next() {
			if l.r.IntN(12) == 0 {
				continue // never opened
			}
			if _, err := report.Open(tx, o.officer, l.regime.Code, p); err != nil {
				return err
			}
			l.forms[p] = first
			if p.Compare(changeAt) >= 0 {
				l.forms[p] = second
			}
			l.books[p] = map[int]*shadow{}
			for i := range o.bodies {
				if i < 2 || !p.Last().After(lastDay) {
					l.books[p][i] = &shadow{accepted: -1}
				}
			}
			l.list = append(l.list, p)
		}
		return nil
	})
	return l
}

// happen lets some reports come in, be accepted and be sent back, several in one commit.
func (l *ledger) happen(t *testing.T, n int) {
	for n > 0 {
		l.o.write(t, func(tx *db.Tx) error {
			for range 1 + l.r.IntN(6) {
				n--
				p := l.list[l.r.IntN(len(l.list))]
				i := l.r.IntN(3)
				s := l.books[p][i]
				if s == nil {
					continue
				}
				last := len(s.versions) - 1
				switch action := l.r.IntN(10); {
				case last < 0 || action < 3:
					if err := l.send(tx, p, i, s); err != nil {
						return err
					}
				case action < 8 && !s.returned && s.accepted != last:
					if err := report.Accept(tx, l.o.officer, s.versions[last].id); err != nil {
						return err
					}
					s.accepted = last
				case action >= 8:
					if err := report.Return(tx, l.o.officer, s.versions[last].id, report.Returning{Reason: "Xem lại"}); err != nil {
						return err
					}
					s.returned = true
					if s.accepted == last {
						s.accepted = -1
					}
				}
			}
			return nil
		})
	}
}

func (l *ledger) send(tx *db.Tx, p calendar.Period, i int, s *shadow) error {
	v := shadowVersion{figures: map[string]int64{}, estimate: map[string]bool{}}
	in := words("")
	in.Values = map[string]*string{}
	for _, ind := range l.forms[p].Indicators {
		if ind.Aggregation == report.Ratio {
			continue
		}
		if l.r.IntN(5) == 0 {
			in.Values[ind.Code] = nil
			continue
		}
		figure := l.r.Int64N(1<<l.r.IntN(40)) - l.r.Int64N(1<<l.r.IntN(38))
		if l.r.IntN(6) == 0 {
			figure = 0
		}
		v.figures[ind.Code] = figure
		in.Values[ind.Code] = text(decimal.Format(figure, ind.Decimals))
		if l.r.IntN(6) == 0 {
			v.estimate[ind.Code] = true
			in.Estimates = append(in.Estimates, ind.Code)
		}
	}
	by := l.o.leader(i)
	prepared, err := report.Prepare(tx, by, l.regime.Code, p, l.o.bodies[i].Code, in)
	if err != nil {
		return err
	}
	r, err := report.Submit(tx, by, prepared)
	v.id = r.ID
	s.versions, s.returned = append(s.versions, v), false
	return err
}

func (l *ledger) somePeriod() calendar.Period {
	for {
		text := []string{"%d-03", "%d-07", "%d-12", "%d-Q1", "%d-Q3", "%d-H1", "%d-H2", "%d-9M", "%d", "%d..2021"}[l.r.IntN(10)]
		p, err := calendar.ParsePeriod(fmt.Sprintf(text, 2020+l.r.IntN(2)))
		if err != nil {
			continue
		}
		if _, err := p.Parts(l.regime.Kind); err == nil {
			return p
		}
	}
}

func (l *ledger) check(t *testing.T, period calendar.Period, include report.Include) {
	t.Helper()
	var got consolidation.Figures
	l.o.read(t, func(tx *db.Tx) (err error) {
		got, err = consolidation.AddUp(tx, l.o.officer, l.regime.Code, period, include)
		return err
	})
	parts, _ := period.Parts(l.regime.Kind)
	missing := map[int]string{}
	for _, p := range parts {
		for i, s := range l.books[p] {
			if s.counts(include) == nil {
				missing[i] += p.String() + " "
			}
		}
	}
	said := map[string]string{}
	for _, m := range got.Missing {
		for _, p := range m.Periods {
			said[m.Body.Code] += p.String() + " "
		}
	}
	for i, b := range l.o.bodies {
		if missing[i] != said[b.Code] {
			t.Errorf("%s %s: thiếu %q, nói %q", period, b.Code, missing[i], said[b.Code])
		}
	}
	for _, fig := range got.Figures {
		in := fig.Indicator
		name := fmt.Sprintf("%s %s %s %s", l.regime.Code, period, include, in.Code)
		same(t, name, fig.Value, l.expect(in, parts, include))
		var before, yearAgo []calendar.Period
		if q, ok := period.Previous(); ok {
			before, _ = q.Parts(l.regime.Kind)
		}
		if q, ok := period.LastYear(); ok {
			yearAgo, _ = q.Parts(l.regime.Kind)
		}
		same(t, name+" kỳ trước", fig.Previous, l.expect(in, before, include))
		same(t, name+" năm trước", fig.LastYear, l.expect(in, yearAgo, include))
		lacking, also, estimated := l.expectBodies(in, parts, include, missing)
		if fig.Lacking != lacking || codes(fig.LackingAlso) != also || codes(fig.Estimated) != estimated {
			t.Errorf("%s: thiếu %d [%s] ước [%s]; cần %d [%s] [%s]", name, fig.Lacking, codes(fig.LackingAlso), codes(fig.Estimated), lacking, also, estimated)
		}
		if in.Target != nil && fig.Value != nil {
			judged := in.Direction != report.NoDirection && (in.Aggregation != report.Sum || period.Kind() == calendar.Year)
			if judged != (fig.Met != nil) || judged && *fig.Met != (*fig.Value >= *in.Target && in.Direction == report.Higher ||
				*fig.Value <= *in.Target && in.Direction == report.Lower) {
				t.Errorf("%s: đạt %v", name, fig.Met)
			}
		}
	}
}

func same(t *testing.T, name string, got *int64, want *big.Int) {
	t.Helper()
	if (got == nil) != (want == nil) || got != nil && want.Cmp(big.NewInt(*got)) != 0 {
		t.Errorf("%s: được %v, cần %v", name, show(got), want)
	}
}

func show(v *int64) any {
	if v == nil {
		return nil
	}
	return *v
}

func codes(list []report.Body) string {
	s := ""
	for _, o := range list {
		s += o.Code + " "
	}
	return s
}

func asked(o report.Outline, code string) (report.Indicator, bool) {
	for _, in := range o.Indicators {
		if in.Code == code {
			return in, true
		}
	}
	return report.Indicator{}, false
}

// expect adds up in fractions and rounds once, half away from zero, in units of the last decimal.
func (l *ledger) expect(in report.Indicator, parts []calendar.Period, include report.Include) *big.Int {
	if len(parts) == 0 {
		return nil
	}
	if in.Aggregation == report.Last {
		parts = parts[len(parts)-1:]
	}
	sum, den, n := new(big.Rat), new(big.Rat), int64(0)
	for _, p := range parts {
		if _, ok := asked(l.forms[p], in.Code); !ok {
			continue
		}
		for _, s := range l.books[p] {
			v := s.counts(include)
			if v == nil {
				continue
			}
			take := func(code string, to *big.Rat) {
				part, _ := asked(l.forms[p], code)
				to.Add(to, new(big.Rat).SetFrac(big.NewInt(v.figures[code]), power(part.Decimals)))
			}
			if in.Aggregation == report.Ratio {
				_, a := v.figures[in.Numerator]
				_, b := v.figures[in.Denominator]
				if a && b {
					take(in.Numerator, sum)
					take(in.Denominator, den)
					n++
				}
			} else if _, ok := v.figures[in.Code]; ok {
				take(in.Code, sum)
				n++
			}
		}
	}
	if n == 0 || in.Aggregation == report.Ratio && den.Sign() == 0 {
		return nil
	}
	switch in.Aggregation {
	case report.Average:
		sum.Quo(sum, new(big.Rat).SetInt64(n))
	case report.Ratio:
		sum.Quo(sum, den).Mul(sum, new(big.Rat).SetInt64(in.Factor))
	}
	sum.Mul(sum, new(big.Rat).SetInt(power(in.Decimals)))
	half := big.NewRat(1, 2)
	if sum.Sign() < 0 {
		half.Neg(half)
	}
	sum.Add(sum, half)
	return new(big.Int).Quo(sum.Num(), sum.Denom()) // towards zero
}

func power(n int) *big.Int { return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil) }

func (l *ledger) expectBodies(in report.Indicator, parts []calendar.Period, include report.Include, missing map[int]string) (int, string, string) {
	if in.Aggregation == report.Last {
		parts = parts[len(parts)-1:]
	}
	n, also, estimated := 0, "", ""
	for i, b := range l.o.bodies {
		lacks, guessed := false, false
		for _, p := range parts {
			s := l.books[p][i]
			if _, ok := asked(l.forms[p], in.Code); s == nil || !ok {
				continue
			}
			v := s.counts(include)
			if v == nil {
				lacks = true
				continue
			}
			for _, code := range []string{in.Code, in.Numerator, in.Denominator} {
				if code == "" || in.Aggregation == report.Ratio && code == in.Code {
					continue
				}
				if _, ok := v.figures[code]; !ok {
					lacks = true
				}
				guessed = guessed || v.estimate[code]
			}
		}
		if lacks {
			n++
			if missing[i] == "" {
				also += b.Code + " "
			}
		}
		if guessed {
			estimated += b.Code + " "
		}
	}
	return n, also, estimated
}
