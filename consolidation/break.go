package consolidation

import (
	"fmt"
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/org"
	"giaoban/report"
)

// breaker tells where figures of a sector stop being comparable.
type breaker struct {
	tx       *db.Tx
	by       access.Actor
	changes  []org.Change // that count, the earliest day first
	descents map[calendar.Date]*org.Descent
	names    map[calendar.Date]map[db.ID]org.Body
	openings map[db.ID][]report.Opening // by regime, the newest first
}

func newBreaker(tx *db.Tx, by access.Actor) (*breaker, error) {
	f := &breaker{tx: tx, by: by, descents: make(map[calendar.Date]*org.Descent), names: make(map[calendar.Date]map[db.ID]org.Body),
		openings: make(map[db.ID][]report.Opening)}
	all, err := org.Changes(tx, by)
	f.changes = slices.DeleteFunc(all, org.Change.Undone)
	slices.Reverse(f.changes)
	return f, err
}

func (f *breaker) descent(day calendar.Date) (*org.Descent, error) {
	if d := f.descents[day]; d != nil {
		return d, nil
	}
	d, err := org.DescentTo(f.tx, f.by, day)
	f.descents[day] = d
	return d, err
}

func (f *breaker) called(day calendar.Date) (map[db.ID]org.Body, error) {
	if names := f.names[day]; names != nil {
		return names, nil
	}
	names, err := org.Names(f.tx, day)
	f.names[day] = names
	return names, err
}

// between finds the changes between two cut-offs by which a body that was asked gave the sector away without going as a
// whole, and is asked no more. A merger of whole bodies leaves their sum what it was.
func (f *breaker) between(before, after SeriesPoint, sector report.Sector) (b Break, found bool, err error) {
	var told []string
	for _, c := range f.changes {
		if !c.Day.After(before.To) || c.Day.After(after.To) {
			continue
		}
		d, err := f.descent(after.To)
		if err != nil {
			return b, false, err
		}
		for _, body := range before.Asked {
			if slices.Contains(after.Asked, body) || !gave(c, body.ID, sector, d) {
				continue
			}
			if b.Day.IsZero() {
				b.Day = c.Day
			}
			if !slices.Contains(b.Changes, c.ID) {
				b.Changes = append(b.Changes, c.ID)
			}
			sentence, err := f.tell(c, body, sector, d)
			if err != nil {
				return b, false, err
			}
			told = append(told, sentence)
		}
	}
	if len(told) == 0 {
		return b, false, nil
	}
	b.Sentence = "Không so sánh được: từ " + b.Day.Vietnamese() + ", " + strings.Join(told, "; ") +
		". Số trước và sau ngày này không cộng, không so với nhau."
	return b, true, nil
}

// gave reports whether a body gave a sector in a change without going as a whole.
func gave(c org.Change, body db.ID, sector report.Sector, d *org.Descent) bool {
	if _, ok := d.Whole(body); ok {
		return false
	}
	functions := report.FunctionsOf(d, sector)
	return slices.ContainsFunc(c.Parts, func(p org.Part) bool {
		return p.From == body && !p.Stays() && (p.Whole() || len(functions) == 0 || slices.Contains(functions, p.Function))
	})
}

func (f *breaker) tell(c org.Change, body report.Body, sector report.Sector, d *org.Descent) (string, error) {
	then, err := f.called(c.Day.AddDays(-1))
	if err != nil {
		return "", err
	}
	now, err := f.called(d.Day)
	if err != nil {
		return "", err
	}
	var heirs []string
	for _, heir := range d.Heirs(body.ID, report.FunctionsOf(d, sector)...) {
		if heir != body.ID {
			heirs = append(heirs, now[heir].ShortName)
		}
	}
	to := "chưa xác định cơ quan tiếp nhận"
	if len(heirs) > 0 {
		to = "do " + strings.Join(heirs, ", ") + " tiếp nhận"
	}
	basis := ""
	if c.Basis != "" {
		basis = " (" + c.Basis + ")"
	}
	what := map[org.ChangeKind]string{org.Split: "chia tách", org.Moved: "chuyển bớt chức năng", org.Dissolved: "kết thúc hoạt động",
		org.Merged: "sắp xếp lại"}[c.Kind]
	if what == "" {
		what = "thay đổi"
	}
	return fmt.Sprintf("%s %s%s, lĩnh vực %s %s", then[body.ID].ShortName, what, basis, sector.Name, to), nil
}

// Incomparable tells, by sector, why a period does not compare with the one before it and with the same one a year
// before; both are empty where nothing stands in the way.
func Incomparable(tx *db.Tx, by access.Actor, regimeCode string, period calendar.Period) (previous, lastYear map[string]Break, err error) {
	previous, lastYear = make(map[string]Break), make(map[string]Break)
	if err := by.May(access.ReadConsolidation, by.Body); err != nil {
		return previous, lastYear, err
	}
	find, err := newBreaker(tx, by)
	if err != nil || len(find.changes) == 0 {
		return previous, lastYear, err
	}
	r, err := report.FindRegime(tx, by, regimeCode)
	if err != nil {
		return previous, lastYear, err
	}
	now, f, err := find.last(r, period)
	if err != nil || f == nil {
		return previous, lastYear, err
	}
	compare := func(q calendar.Period, ok bool, into map[string]Break) error {
		if !ok {
			return nil
		}
		then, earlier, err := find.last(r, q)
		if err != nil || earlier == nil {
			return err
		}
		for _, sector := range f.Sectors {
			b, found, err := find.between(then.of(earlier, sector), now.of(f, sector), sector)
			if err != nil {
				return err
			}
			if found {
				into[sector.Code] = b
			}
		}
		return nil
	}
	before, ok := period.Previous()
	if err := compare(before, ok, previous); err != nil {
		return previous, lastYear, err
	}
	year, ok := period.LastYear()
	return previous, lastYear, compare(year, ok, lastYear)
}

// asking is who was asked in the last sub-period of a period that was opened.
type asking struct {
	to    calendar.Date
	seats []report.Seat
}

// of is the point of one sector.
func (a asking) of(f *report.Form, sector report.Sector) SeriesPoint {
	p := SeriesPoint{To: a.to}
	bit := uint64(0)
	for i, s := range f.Sectors {
		if s.Code == sector.Code {
			bit = 1 << i
		}
	}
	for _, s := range a.seats {
		if bit != 0 && (s.Sectors == 0 || s.Sectors&bit != 0) {
			p.Asked = append(p.Asked, s.Body)
		}
	}
	return p
}

func (f *breaker) opened(r report.Regime) ([]report.Opening, error) {
	if openings, ok := f.openings[r.ID]; ok {
		return openings, nil
	}
	openings, err := report.Openings(f.tx, f.by, r.ID)
	f.openings[r.ID] = openings
	return openings, err
}

func (f *breaker) last(r report.Regime, period calendar.Period) (a asking, form *report.Form, err error) {
	parts, err := partsOf(r, period)
	if err != nil {
		return a, nil, nil // nothing of that kind to compare with
	}
	openings, err := f.opened(r)
	if err != nil {
		return a, nil, err
	}
	at := slices.IndexFunc(openings, func(o report.Opening) bool { return slices.Contains(parts, o.Period) }) // the newest comes first
	if at < 0 {
		return a, nil, nil
	}
	rosters, err := report.Rosters(f.tx, []db.ID{openings[at].ID})
	if err != nil {
		return a, nil, err
	}
	a.to, a.seats = openings[at].To, rosters[openings[at].ID]
	form, err = report.FormByID(f.tx, f.by, openings[at].Form)
	return a, form, err
}

// BreaksAmong tells between which of some periods, in order, the figures of a sector stop being comparable; At is the
// index of the first period after it. Periods never opened are passed over.
func BreaksAmong(tx *db.Tx, by access.Actor, regimeCode string, periods []calendar.Period, sector string) ([]Break, error) {
	if err := by.May(access.ReadConsolidation, by.Body); err != nil {
		return nil, err
	}
	find, err := newBreaker(tx, by)
	if err != nil || len(find.changes) == 0 {
		return nil, err
	}
	r, err := report.FindRegime(tx, by, regimeCode)
	if err != nil {
		return nil, err
	}
	var breaks []Break
	var before SeriesPoint
	for i, p := range periods {
		a, f, err := find.last(r, p)
		if err != nil {
			return nil, err
		}
		if f == nil {
			continue
		}
		s := report.Sector{Code: sector, Name: f.SectorName(sector)}
		now := a.of(f, s)
		if !before.To.IsZero() {
			b, found, err := find.between(before, now, s)
			if err != nil {
				return nil, err
			}
			if found {
				b.At = i
				breaks = append(breaks, b)
			}
		}
		before = now
	}
	return breaks, nil
}
