package programme

import (
	"fmt"
	"slices"

	"giaoban/access"
	"giaoban/appraisal"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/org"
)

// Score is a numerator, its denominator and what is still open: "5/7, còn 1".
type Score struct{ Done, Of, Open int }

// Said is "5/7", with what is open; "" where nothing was asked.
func (s Score) Said() string {
	switch {
	case s.Of == 0:
		return ""
	case s.Open > 0:
		return fmt.Sprintf("%d/%d, còn %d", s.Done, s.Of, s.Open)
	}
	return fmt.Sprintf("%d/%d", s.Done, s.Of)
}

// Both is one party's row of the table of both ways: what it owed the commission, and what the commission owed it.
type Both struct {
	Body    db.ID
	Unasked bool  // of those above or of another branch, who are never scored
	Reports Score // handed in on time, of those due
	Tasks   Score // complete, of those it leads
	Answers Score // proposals of its reports that the commission answered
	Drafts  Score // its drafts for appraisal on which the commission gave its result in time
	Joint   Score // tasks that the commission's own units lead with it
}

// scored: Thường trực, Ban Thường vụ and UBND are never scored, and the Party committee that speaks for UBND neither.
func scored(k org.Kind) bool { return k != org.Authority && k != org.PartyCommittee }

// BothWays counts for a stretch of days, by party in the order of the khối; nobody is ranked.
func BothWays(tx *db.Tx, by access.Actor, id db.ID, from, to calendar.Date) ([]Both, error) {
	p, err := keeping(tx, by, id)
	if err != nil {
		return nil, err
	}
	parties, err := partiesOf(tx, p.ID)
	if err != nil {
		return nil, err
	}
	names, err := org.Names(tx, p.From)
	if err != nil {
		return nil, err
	}
	today := day(tx)
	count := func(query string, args ...any) (map[db.ID]Score, error) {
		var rows []struct {
			Body db.ID `db:"body"`
			Done int   `db:"done"`
			Of   int   `db:"asked"`
			Open int   `db:"open"`
		}
		err := tx.Select(&rows, query, args...)
		found := make(map[db.ID]Score, len(rows))
		for _, r := range rows {
			found[r.Body] = Score{r.Done, r.Of, r.Open}
		}
		return found, err
	}
	until := min(to.String(), today.String())
	reports, err := count(`
select body, sum(case when latest is not null and not late then 1 else 0 end) as done, count(*) as asked,
	sum(case when owed then 1 else 0 end) as open
from obligation
where due between ? and ?
group by body`, from, until)
	if err != nil {
		return nil, err
	}
	tasks, err := count(`
select s.org as body, sum(case when s.state in ('done', 'closed') then 1 else 0 end) as done, count(*) as asked,
	sum(case when s.live and s.state <> 'done' then 1 else 0 end) as open
from task_side s
where s.leads and s.state <> 'withdrawn' and s.due between ? and ?
group by s.org`, from, to)
	if err != nil {
		return nil, err
	}
	answers, err := count(`
select body, sum(case when answered then 1 else 0 end) as done, count(*) as asked, sum(case when answered then 0 else 1 end) as open
from proposal
where due between ? and ? and withdrawn_at is null
group by body`, from, to)
	if err != nil {
		return nil, err
	}
	joint, err := count(`
select w.org as body, sum(case when s.state in ('done', 'closed') then 1 else 0 end) as done, count(*) as asked,
	sum(case when s.live and s.state <> 'done' then 1 else 0 end) as open
from task_side s
join body b on b.id = s.org and b.kind in (?, ?)
join task_side w on w.task = s.task and not w.leads
where s.leads and s.state <> 'withdrawn' and s.due between ? and ?
group by w.org`, string(org.Commission), string(org.OwnUnit), from, to)
	if err != nil {
		return nil, err
	}
	drafts, err := draftsOf(tx, by, from.Year(), to.Year())
	if err != nil {
		return nil, err
	}
	var all []Both
	for _, party := range parties {
		if party.N == 0 {
			continue
		}
		b := Both{Body: party.Body, Unasked: !scored(names[party.Body].Kind)}
		if !b.Unasked {
			b.Reports, b.Tasks, b.Answers, b.Drafts, b.Joint = reports[party.Body], tasks[party.Body], answers[party.Body], drafts[party.Body], joint[party.Body]
		}
		all = append(all, b)
	}
	slices.SortStableFunc(all, func(a, b Both) int { return names[a.Body].Sort - names[b.Body].Sort })
	return all, nil
}

// draftsOf counts the commission's own turnaround on drafts, by their author.
func draftsOf(tx *db.Tx, by access.Actor, first, last int) (map[db.ID]Score, error) {
	all := make(map[db.ID]Score)
	for year := first; year <= last; year++ {
		turns, err := appraisal.Turnaround(tx, by, year)
		if err != nil {
			return nil, err
		}
		for body, t := range turns {
			s := all[body]
			s.Done, s.Of, s.Open = s.Done+t.OnTime, s.Of+t.Sent, s.Open+t.Waiting+t.Stopped
			all[body] = s
		}
	}
	return all, nil
}
