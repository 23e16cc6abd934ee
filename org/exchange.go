package org

import (
	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/pattern"
)

// exchangeCode is the shape of the codes by which offices send papers to each other, up to 35 letters, digits and marks with
// a digit and a point among them: 000.00.15.H51, H49.15, vxp.saas.03. What they say means nothing here.
var exchangeCode = pattern.Of(`^[0-9A-Za-z]+(?:[._-][0-9A-Za-z]+)*\.[0-9A-Za-z._-]+$`)

const longestExchangeCode = 35

// ExchangeCodes gives the code of each body by which packets reach it today: the newest of its spellings that is such a code.
// A body without one is not in the map.
func ExchangeCodes(tx *db.Tx, by access.Actor, bodies []db.ID) (map[db.ID]string, error) {
	if err := by.May(access.ReadBodies, by.Body); err != nil {
		return nil, err
	}
	today := calendar.OfInstant(tx.Clock())
	var all []struct {
		Body  db.ID  `db:"body"`
		Alias string `db:"alias"`
	}
	in, args := db.In(bodies)
	if err := tx.Select(&all, `
select body, alias
from body_alias
where body in `+in+`
  and (valid_from is null or valid_from <= ?)
  and (valid_to is null or valid_to >= ?)
order by valid_from, id`, append(args, today, today)...); err != nil {
		return nil, err
	}
	codes := make(map[db.ID]string)
	for _, a := range all {
		if len(a.Alias) <= longestExchangeCode && exchangeCode().MatchString(a.Alias) {
			codes[a.Body] = a.Alias
		}
	}
	return codes, nil
}
