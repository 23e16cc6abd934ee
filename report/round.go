package report

import (
	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
)

// Standing is what reports of a period are counted by, over all periods: the desks, the front page and the lists that they
// lead to ask by the same one.
type Standing string

// Unreceived: the newest version was neither accepted nor sent back. Owed: something is still to be handed in. Every: all.
const (
	Unreceived Standing = "o.latest is not null and not o.returned and (o.accepted is null or o.accepted <> o.latest)"
	Owed       Standing = "o.owed"
	Every      Standing = "true"
)

// Round is one period of one regime with how many of its reports stand in a certain way.
type Round struct {
	Opening db.ID           `db:"opening"`
	Code    string          `db:"code"`
	Name    string          `db:"name"`
	Period  calendar.Period `db:"period"`
	Closes  calendar.Date   `db:"to_day"`
	Due     calendar.Date   `db:"due"` // the earliest
	All     int             `db:"n"`
	Late    int             `db:"late"`   // of these, past their day
	Bodies  int             `db:"bodies"` // how many have to report in all
}

// Rounds counts the reports that stand in a certain way, by period, however old: the earliest deadline first.
func Rounds(tx *db.Tx, by access.Actor, which Standing, day calendar.Date) ([]Round, error) {
	own := by.Sees(access.ReadReport)
	var all []Round
	err := tx.Select(&all, `
select x.opening, r.code, r.name, p.period, p.to_day, x.due, x.n, x.late,
	(select count(*) from obligation a where a.opening = x.opening) as bodies
from (
	select o.opening, min(o.due) as due, count(*) as n, coalesce(sum(case when o.due < ? then 1 else 0 end), 0) as late
	from obligation o
	where `+string(which)+` and `+mayRead+`
	group by o.opening
) x
join opening p on p.id = x.opening
join regime r on r.id = p.regime
order by x.due, r.code, p.period`, day, own, own)
	return all, err
}

// StandingIn lists the reports of a period that Rounds counted, what was sent first on top, from one place on and at most
// so many; most 0 gives all.
func StandingIn(tx *db.Tx, by access.Actor, which Standing, opening db.ID, from, most int) ([]Obligation, error) {
	own := by.Sees(access.ReadReport)
	page, args := "", []any{opening, own, own}
	if most > 0 {
		page, args = "\nlimit ? offset ?", append(args, most, from)
	}
	var all []Obligation
	err := tx.Select(&all, selectObligation+`
where o.opening = ? and `+string(which)+` and `+mayRead+`
order by o.latest_at, o.n`+page, args...)
	return all, err
}
