package people

import (
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/org"
)

// served is the condition that somebody can sign in for a body b on a day; the day is bound twice. What a body without
// it owes is done by nobody.
const served = `exists (
	select 1
	from post po
	join account a on a.person = po.person and a.disabled_at is null
	where po.body = b.id and po.valid_from <= ? and (po.valid_to is null or po.valid_to >= ?)
)`

// Unserved are the bodies of the block for which nobody can sign in on a day: whatever they owe waits for an account.
func Unserved(tx *db.Tx, day calendar.Date) (map[db.ID]bool, error) {
	return db.Once(tx, unservedOn{day}, func() (map[db.ID]bool, error) { return unserved(tx, day) })
}

// unservedOn is the key of Unserved for db.Once.
type unservedOn struct{ day calendar.Date }

func unserved(tx *db.Tx, day calendar.Date) (map[db.ID]bool, error) {
	var ids []db.ID
	if err := tx.Select(&ids, `
select b.id
from body b
where b.kind <> ? and b.valid_from <= ? and (b.valid_to is null or b.valid_to >= ?)
  and not `+served, string(org.Authority), day, day, day, day); err != nil {
		return nil, err
	}
	unserved := make(map[db.ID]bool, len(ids))
	for _, id := range ids {
		unserved[id] = true
	}
	return unserved, nil
}

// OnlyOf reports whether the account is the last by which somebody can sign in for its body today.
func OnlyOf(tx *db.Tx, a Account) (bool, error) {
	if a.Body == "" || a.Disabled() {
		return false, nil
	}
	day := calendar.OfInstant(tx.Clock())
	others, err := tx.Exists(`
select 1
from post po
join account a on a.person = po.person and a.disabled_at is null
where po.body = ? and po.valid_from <= ? and (po.valid_to is null or po.valid_to >= ?)
  and a.person <> ?`, a.Body, day, day, a.Person)
	return !others, err
}
