package conference

import (
	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/journal"
)

// Hear notes that a body knows what became of a conference it was invited to; whom it named before comes on the new day too.
func Hear(tx *db.Tx, by access.Actor, id, body db.ID) error {
	b, err := Find(tx, by, id)
	if err != nil {
		return err
	}
	if err := by.May(access.SpeakAtBriefing, body); err != nil {
		return err
	}
	nothing := fault.Conflict("Hội nghị không có thay đổi nào mà cơ quan chưa biết.")
	if facts, err := factsOf(tx, id); err != nil {
		return err
	} else if len(facts) == 0 {
		return nothing
	}
	if err := invited(tx, id, body); err != nil {
		return err
	}
	n, err := b.hear(tx, by, body)
	if err != nil {
		return err
	}
	if n == 0 {
		return nothing
	}
	_, err = journal.Write(tx, by, "heard", journal.Subject{Kind: "briefing", ID: id, Body: body}, nil)
	return err
}

// hear writes it down and tells whether that is new.
func (b Conference) hear(tx *db.Tx, by access.Actor, body db.ID) (int64, error) {
	return tx.Exec(`
insert into conference_heard (conference, body, n, at, by_actor)
select f.conference, ?, f.n, cast(? as bigint), ?
from conference_fact f
where f.conference = ? and f.kind <> 'set'
on conflict (conference, body, n) do nothing`, body, tx.Now(), by.Key(), b.ID)
}

// News is what became of a conference since its invitation went out, for one of those invited.
type News struct {
	Fact
	Asks bool // the day is another one: who comes is asked again
}

// Unheard gives what the actor's body has not said it knows, by conference, the last fact of each: only what became of it
// after it was invited.
func Unheard(tx *db.Tx, by access.Actor) (map[db.ID]News, error) {
	org := by.Sees(access.ReadBriefing)
	var facts []Fact
	if err := tx.Select(&facts, "select "+factColumns+`
from conference_fact f
join conference_invitee i on i.conference = f.conference and i.body = ?
where f.kind <> 'set'
  and f.n > (
	select min(p.facts)
	from conference_paper p
	join paper_release r on r.paper = p.paper
	where p.conference = f.conference and p.role = 'invitation')
  and not exists (select 1 from conference_heard h where h.conference = f.conference and h.body = i.body and h.n = f.n)
order by f.conference, f.n`, org); err != nil {
		return nil, err
	}
	news := make(map[db.ID]News)
	for _, f := range facts {
		before := news[f.Conference]
		if before.N > 0 && f.Kind == FactMoved && before.ToOn.IsZero() {
			f.FromOn, f.FromAt, f.FromPlace = before.FromOn, before.FromAt, before.FromPlace // put off, then given a new day: told as one
		}
		news[f.Conference] = News{f, before.Asks || f.NewDay()}
	}
	return news, nil
}

// HeardBy counts the invited bodies that know the last fact, and lists those that have not said so; for the commission.
func HeardBy(tx *db.Tx, by access.Actor, id db.ID) (known int, not []db.ID, err error) {
	b, err := Find(tx, by, id)
	if err != nil {
		return 0, nil, err
	}
	if err := by.May(access.PrepareBriefing, b.Body); err != nil {
		return 0, nil, err
	}
	var all []struct {
		Body  db.ID `db:"body"`
		Knows bool  `db:"knows"`
	}
	if err := tx.Select(&all, `
select i.body, exists (
	select 1
	from conference_heard h
	where h.conference = i.conference and h.body = i.body
	  and h.n = (select max(f.n) from conference_fact f where f.conference = i.conference and f.kind <> 'set')) as knows
from conference_invitee i
where i.conference = ?
order by i.sort`, id); err != nil {
		return 0, nil, err
	}
	for _, row := range all {
		if row.Knows {
			known++
		} else {
			not = append(not, row.Body)
		}
	}
	return known, not, nil
}
