package people

import (
	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
)

// Serving is one of a body's people on a day: the post by which the account acts, and since when there was one without a
// break.
type Serving struct {
	Person db.ID         `db:"person"`
	Name   string        `db:"name"`
	Post   db.ID         `db:"id"`
	Body   db.ID         `db:"body"`
	Title  string        `db:"title"`
	Role   access.Role   `db:"role"`
	Since  calendar.Date `db:"-"`
}

// actsBy is the post by which an account a acts on a day, bound twice.
const actsBy = `(
	select q.id
	from post q
	where q.person = a.person and q.valid_from <= ? and (q.valid_to is null or q.valid_to >= ?)
	order by q.valid_from desc, q.id desc
	limit 1)`

// ServingAt lists who works for some bodies on a day and can sign in, by given name. The bodies are taken as one: who goes from
// one to another has not left.
func ServingAt(tx *db.Tx, by access.Actor, bodies []db.ID, day calendar.Date) ([]Serving, error) {
	if len(bodies) == 0 {
		return nil, nil
	}
	for _, body := range bodies {
		if err := by.May(access.ReadBodies, body); err != nil {
			return nil, err
		}
	}
	in, args := db.In(bodies)
	var staff []Serving
	if err := tx.Select(&staff, `
select p.id as person, p.name, po.id, po.body, po.title, po.role
from account a
join person p on p.id = a.person
join post po on po.id = `+actsBy+`
where a.disabled_at is null and po.body in `+in+`
order by p.sort_key, p.id`, append([]any{day, day}, args...)...); err != nil {
		return nil, err
	}
	var held []Post
	if err := tx.Select(&held, postSelect+"where po.body in "+in+" and po.valid_from <= ?", append(args, day)...); err != nil {
		return nil, err
	}
	posts := make(map[db.ID][]Post)
	for _, p := range held {
		posts[p.Person] = append(posts[p.Person], p)
	}
	for i := range staff {
		staff[i].Since = since(posts[staff[i].Person], day)
	}
	return staff, nil
}

// Alone reports whether nobody else serves the actor's body in the actor's role on a day.
func Alone(tx *db.Tx, by access.Actor, day calendar.Date) (bool, error) {
	if err := by.May(access.ReadBodies, by.Body); err != nil {
		return false, err
	}
	others, err := tx.Exists(`
select 1
from post po
join account a on a.person = po.person and a.disabled_at is null
where po.body = ? and po.role = ? and po.person <> ? and po.id = `+actsBy, by.Body, string(by.Role), by.Person, day, day)
	return !others, err
}

// since is the first day of an unbroken row of posts that reaches a day.
func since(posts []Post, day calendar.Date) calendar.Date {
	first := day.AddDays(1)
	for found := true; found; {
		found = false
		for _, p := range posts {
			touches := p.ValidTo.IsZero() || !p.ValidTo.Before(first.AddDays(-1))
			if touches && p.ValidFrom.Before(first) && (p.ValidTo.IsZero() || !p.ValidTo.Before(p.ValidFrom)) {
				first, found = p.ValidFrom, true
			}
		}
	}
	return first
}
