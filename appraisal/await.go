package appraisal

import (
	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
)

// Step is what is to be done next with an appraisal, and by whom.
type Step string

// The steps that wait for somebody.
const (
	ToReview  Step = "review"  // a body that was asked has not answered
	ToExamine Step = "examine" // the commission owes its result
	ToDispose Step = "dispose" // the author has comments to answer
	ToPlace   Step = "place"   // the author is asked where comments stand now
	ToClose   Step = "close"   // all is answered: the author ends it
	ToResume  Step = "resume"  // who stopped the clock lets it go on
)

// Awaited is one thing that waits for the actor's side, with how many it is about and until when.
type Awaited struct {
	Appraisal
	Step Step
	Due  calendar.Date
	Open int
}

type counted struct {
	Appraisal db.ID `db:"appraisal"`
	Count     int   `db:"count"`
}

// Awaits lists what waits for the actor's side in all appraisals that are not over, the nearest day first.
func Awaits(tx *db.Tx, by access.Actor) ([]Awaited, error) {
	live, err := read(tx, by, "not exists (select 1 from appraisal_fact f where f.appraisal = a.id and f.kind in ('closed', 'withdrawn'))", "order by v.due, a.id")
	if err != nil || len(live) == 0 {
		return nil, err
	}
	side, err := sideOf(tx, by)
	if err != nil {
		return nil, err
	}
	open, err := count(tx, `
select c.appraisal, count(*) as count
from appraisal_comment c
where c.dropped_at is null
  and exists (select 1 from appraisal_opinion o where o.appraisal = c.appraisal and o.org = c.org and o.n >= c.n)
  and not exists (select 1 from appraisal_disposal d where d.comment = c.id)
group by c.appraisal`)
	if err != nil {
		return nil, err
	}
	questions, err := count(tx, `
select c.appraisal, count(*) as count
from appraisal_place p
join appraisal_comment c on c.id = p.comment
where p.how = 'asked'
  and c.dropped_at is null
  and p.n = (select max(n) from appraisal_version v where v.appraisal = c.appraisal)
  and not exists (select 1 from appraisal_place l where l.comment = p.comment and l.n = p.n and l.seq > p.seq)
  and exists (select 1 from appraisal_opinion o where o.appraisal = c.appraisal and o.org = c.org and o.n >= c.n)
  and not exists (select 1 from appraisal_disposal d where d.comment = c.id)
group by c.appraisal`)
	if err != nil {
		return nil, err
	}
	var all []Awaited
	for _, a := range live {
		all = append(all, a.awaits(side, by.OfCommission(), open[a.ID], questions[a.ID])...)
	}
	return all, nil
}

func count(tx *db.Tx, query string) (map[db.ID]int, error) {
	var rows []counted
	err := tx.Select(&rows, query)
	all := make(map[db.ID]int, len(rows))
	for _, r := range rows {
		all[r.Appraisal] = r.Count
	}
	return all, err
}

func (a Appraisal) awaits(side db.ID, commission bool, open, questions int) (all []Awaited) {
	asked, is := a.Asked(side)
	conducts := side == a.Body
	if a.Kind == Formal {
		conducts = commission
	}
	switch {
	case a.State == Stopped && conducts:
		all = append(all, Awaited{a, ToResume, calendar.Date{}, 0})
	case a.State == Reviewing && a.Kind == Formal && commission:
		all = append(all, Awaited{a, ToExamine, a.Standing.Due, 0})
	case a.State == Reviewing && is && asked.SignedAt == 0:
		all = append(all, Awaited{a, ToReview, asked.Due, 0})
	}
	if side != a.Body {
		return all
	}
	if questions > 0 {
		all = append(all, Awaited{a, ToPlace, calendar.Date{}, questions})
	}
	silent := false
	for _, r := range a.Reviewers {
		silent = silent || r.SignedAt == 0
	}
	switch {
	case open > 0:
		all = append(all, Awaited{a, ToDispose, a.SubmitOn, open})
	case a.State == Concluded && a.Says != Unready, a.Kind == Consulted && a.State == Reviewing && !silent:
		all = append(all, Awaited{a, ToClose, a.SubmitOn, 0})
	}
	return all
}

// Turn is how one body's drafts went in a stretch of time, and how the commission and it answered each other. What is on time
// is told by the day that was set, with its stops.
type Turn struct {
	Body    db.ID
	Sent    int // drafts for appraisal
	OnTime  int // of them, with the commission's result in time
	Late    int // with a result after the day, or without one though the day is past
	Waiting int // still within the day
	Stopped int
	Unseen  int // documents that came out and of which no file was seen here, as the leader decided to tell
	Asked   int // how often its own opinion was asked
	Replied int // in time
	Tardy   int // after the day
	Silent  int // not answered, and the day is past
}

// Turnaround is the table of a year: a row for each body that sent a draft, was asked, or has a document told as unseen.
// Nobody is ranked: the rows stand in the order of the directory.
func Turnaround(tx *db.Tx, by access.Actor, year int) (map[db.ID]Turn, error) {
	all := make(map[db.ID]Turn)
	from, until := calendar.On(year, 1, 1), calendar.On(year+1, 1, 1)
	found, err := read(tx, by, "a.at >= ? and a.at < ?", "order by a.id", instantOf(from), instantOf(until))
	if err != nil {
		return nil, err
	}
	today := calendar.OfInstant(tx.Clock())
	for _, a := range found {
		if a.State == Withdrawn || a.Kind != Formal {
			continue
		}
		t := all[a.Body]
		t.Sent++
		switch {
		case !a.ResultOn.IsZero() && !a.ResultOn.After(a.Standing.Due):
			t.OnTime++
		case a.State == Stopped:
			t.Stopped++
		case !a.ResultOn.IsZero(), a.Standing.Due.Before(today):
			t.Late++
		default:
			t.Waiting++
		}
		all[a.Body] = t
	}
	if err := replies(tx, by, found, today, all); err != nil {
		return nil, err
	}
	var told []struct {
		Body  db.ID `db:"org"`
		Count int   `db:"count"`
	}
	sees := by.Sees(access.ReadAppraisal)
	err = tx.Select(&told, `
select w.org, count(*) as count
from appraisal_unseen u
join directive d on d.id = u.directive
join appraisal_unseen w on w.directive = u.directive and w.kind = 'asked' and w.seq = (
	select max(seq) from appraisal_unseen where directive = u.directive and kind = 'asked')
where u.kind = 'told'
  and u.seq = (select max(seq) from appraisal_unseen where directive = u.directive)
  and d.date >= ? and d.date < ?
  and (cast(? as text) = '' or w.org = ?)
group by w.org`, from, until, sees, sees)
	for _, one := range told {
		t := all[one.Body]
		t.Unseen = one.Count
		all[one.Body] = t
	}
	return all, err
}

// replies counts how those who were asked answered. The commission's own opinions on drafts of others are among them.
func replies(tx *db.Tx, by access.Actor, found []Appraisal, today calendar.Date, all map[db.ID]Turn) error {
	ids, latest := make([]db.ID, len(found)), make(map[db.ID]Appraisal)
	for i, a := range found {
		ids[i], latest[a.ID] = a.ID, a
	}
	rows, err := db.Among[Reviewer](tx, ids, reviewerColumns+"join appraisal a on a.id = r.appraisal\nwhere a.kind = 'gop_y' and r.appraisal in ")
	if err != nil {
		return err
	}
	side, err := sideOf(tx, by)
	for _, r := range rows {
		if !by.OfCommission() && r.Body != side {
			continue
		}
		if a := latest[r.Appraisal]; a.N == r.N {
			r, _ = a.Asked(r.Body) // with the days that the clock stood
		}
		t := all[r.Body]
		t.Asked++
		switch on := calendar.OfInstant(r.SignedAt.Time()); {
		case r.SignedAt != 0 && !on.After(r.Due):
			t.Replied++
		case r.SignedAt != 0:
			t.Tardy++
		case r.Due.Before(today):
			t.Silent++
		}
		all[r.Body] = t
	}
	return err
}

func instantOf(d calendar.Date) db.Instant { return db.InstantOf(d.StartOfDay()) }
