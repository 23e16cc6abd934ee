package conference

import (
	"strconv"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/org"
)

// Level is a level (cấp) at which conferences are held.
type Level string

// The levels from above to below.
const (
	OfProvince Level = "province"
	OfLower    Level = "lower"
	OfCommunes Level = "commune"
)

// LowerLevels are those whose bodies note their conferences in short.
var LowerLevels = []Level{OfLower, OfCommunes}

// Name is the office's word.
func (l Level) Name() string {
	return map[Level]string{OfProvince: "Tỉnh", OfLower: "Ban cấp dưới", OfCommunes: "Xã, phường, đặc khu"}[l]
}

func (l Level) kind() org.Kind {
	return map[Level]org.Kind{OfLower: org.LowerCommission, OfCommunes: org.Commune}[l]
}

// LevelOf tells at which level a body holds conferences, "" for one that holds none of its own here, and which body they count
// for: those of a Party committee below a commune are the commune's.
func LevelOf(tx *db.Tx, by access.Actor, body db.ID, day calendar.Date) (Level, db.ID, error) {
	b, err := org.Find(tx, by, body, day)
	if err != nil {
		return "", "", err
	}
	switch {
	case b.Kind == org.Commission:
		return OfProvince, b.ID, nil
	case b.Kind == org.LowerCommission:
		return OfLower, b.ID, nil
	case b.Kind == org.Commune:
		return OfCommunes, b.ID, nil
	case b.Kind == org.PartyCommittee && b.Parent != "":
		above, err := org.Find(tx, by, b.Parent, day)
		if err == nil && above.Kind == org.Commune {
			return OfCommunes, above.ID, nil
		}
		return "", "", err
	}
	return "", "", nil
}

// Tally counts how the bodies of one level stand with a quarter.
type Tally struct {
	Level   Level
	Quarter calendar.Period
	Count   map[Outcome]int
	Due     bool // the usual time has passed
}

// Bodies is how many there are of that level.
func (t Tally) Bodies() (n int) {
	for _, some := range t.Count {
		n += some
	}
	return n
}

// units selects the bodies of the lower levels that existed on the last day of a quarter, with the best that they noted of it. A
// quarter binds its last day, see unitsOf.
const units = `
select b.id, b.code, b.sort, coalesce(k.kind, b.kind) as kind, coalesce((
		select max(case s.outcome when 'held' then 3 when 'agreed' then 2 else 1 end)
		from conference_sitting s
		where s.unit = b.id and s.period_end = ? and s.dropped_at is null
	), 0) as stands
from body b
left join body_kind k on k.body = b.id and k.valid_from <= ? and (k.valid_to is null or k.valid_to >= ?)
where b.valid_from <= ? and (b.valid_to is null or b.valid_to >= ?)`

func unitsOf(quarter calendar.Period, more ...any) []any {
	last := quarter.Last()
	return append([]any{last, last, last, last, last}, more...)
}

// outcomes by the number that units gives them.
var outcomes = []Outcome{SittingMissing, SittingPlanned, SittingAgreed, SittingHeld}

// mayCount refuses the sight over all bodies of a level to who sees one body's own.
func mayCount(by access.Actor) error {
	if by.Sees(access.ReadBriefing) != "" {
		return fault.Forbidden("Nề nếp hội nghị của các cơ quan chỉ Ban xem được.")
	}
	return nil
}

// Tallies counts each lower level for each quarter of a year, for those who look over all bodies.
func Tallies(tx *db.Tx, by access.Actor, year int) ([]Tally, error) {
	if err := mayCount(by); err != nil {
		return nil, err
	}
	return db.Once(tx, talliesOn{year, calendar.OfInstant(tx.Clock())}, func() (all []Tally, err error) {
		for n := 1; n <= 4; n++ {
			quarter, err := calendar.ParsePeriod(strconv.Itoa(year) + "-Q" + strconv.Itoa(n))
			if err != nil {
				return nil, err
			}
			some, err := tally(tx, quarter)
			if err != nil {
				return nil, err
			}
			all = append(all, some...)
		}
		return all, nil
	})
}

// talliesOn is the key of Tallies for db.Once; which quarters are due depends on the day.
type talliesOn struct {
	year int
	day  calendar.Date
}

func tally(tx *db.Tx, quarter calendar.Period) ([]Tally, error) {
	var rows []struct {
		Kind   org.Kind `db:"kind"`
		Stands int      `db:"stands"`
		N      int      `db:"n"`
	}
	if err := tx.Select(&rows, "select u.kind, u.stands, count(*) as n\nfrom ("+units+") u\nwhere u.kind in (?, ?)\ngroup by u.kind, u.stands",
		unitsOf(quarter, string(org.LowerCommission), string(org.Commune))...); err != nil {
		return nil, err
	}
	due := calendar.OfInstant(tx.Clock()).After(quarter.Last().AddDays(latestUsual))
	all := make([]Tally, len(LowerLevels))
	for i, level := range LowerLevels {
		all[i] = Tally{Level: level, Quarter: quarter, Count: make(map[Outcome]int), Due: due}
		for _, r := range rows {
			if r.Kind == level.kind() {
				all[i].Count[outcomes[r.Stands]] += r.N
			}
		}
	}
	return all, nil
}

// UnitFilter narrows the bodies of a level. After is the cursor: the Next of the page before.
type UnitFilter struct {
	Level   Level
	Quarter calendar.Period
	Outcome Outcome // "" for all
	After   string
	Limit   int
}

// Unit is a body of a lower level with what it noted of a quarter.
type Unit struct {
	ID       db.ID  `db:"id"`
	Code     string `db:"code"`
	Sort     int    `db:"sort"`
	Stands   int    `db:"stands"`
	Sittings []Sitting
}

// Outcome is the best of what it noted.
func (u Unit) Outcome() Outcome { return outcomes[u.Stands] }

// Units lists the bodies of a level, with the counts of all of them and the cursor of the page behind, "" at the end.
func Units(tx *db.Tx, by access.Actor, f UnitFilter) (all []Unit, counts Tally, next string, err error) {
	if err := mayCount(by); err != nil {
		return nil, counts, "", err
	}
	tallies, err := tally(tx, f.Quarter)
	if err != nil {
		return nil, counts, "", err
	}
	for _, t := range tallies {
		if t.Level == f.Level {
			counts = t
		}
	}
	where, args := "where u.kind = ?", unitsOf(f.Quarter, string(f.Level.kind()))
	for n, o := range outcomes {
		if o == f.Outcome {
			where, args = where+"\n  and u.stands = ?", append(args, n)
		}
	}
	if sort, code, ok := strings.Cut(f.After, "~"); ok {
		if n, err := strconv.Atoi(sort); err == nil {
			where, args = where+"\n  and (u.sort > ? or u.sort = ? and u.code > ?)", append(args, n, n, code)
		}
	}
	if err := tx.Select(&all, "select u.id, u.code, u.sort, u.stands\nfrom ("+units+") u\n"+where+"\norder by u.sort, u.code\nlimit ?",
		append(args, f.Limit+1)...); err != nil {
		return nil, counts, "", err
	}
	if len(all) > f.Limit {
		all = all[:f.Limit]
		next = strconv.Itoa(all[f.Limit-1].Sort) + "~" + all[f.Limit-1].Code
	}
	return all, counts, next, noted(tx, all, f.Quarter)
}

// noted fills in what bodies noted of a quarter.
func noted(tx *db.Tx, all []Unit, quarter calendar.Period) error {
	ids, at := make([]db.ID, len(all)), make(map[db.ID]int)
	for n, u := range all {
		ids[n], at[u.ID] = u.ID, n
	}
	list, args := db.In(ids)
	var some []Sitting
	if err := tx.Select(&some, sittings+"where s.unit in "+list+"\n  and s.period_end = ? and s.dropped_at is null\norder by s.period, s.id",
		append(args, quarter.Last())...); err != nil {
		return err
	}
	for _, s := range some {
		u := &all[at[s.Unit]]
		u.Sittings = append(u.Sittings, s)
	}
	return nil
}
