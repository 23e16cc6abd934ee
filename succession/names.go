package succession

import (
	"database/sql"

	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/org"
)

// Names are what every body was called through time, for pages whose lines are of many days: one query, then pure.
type Names struct {
	rows map[db.ID][]dated
}

type dated struct {
	from, to calendar.Date
	body     org.Body
}

// AllNames loads the names of all bodies. A name that a change made and its undoing took back never counted.
func AllNames(tx *db.Tx) (*Names, error) {
	n := &Names{rows: make(map[db.ID][]dated)}
	err := tx.Each(func(row *sql.Rows) error {
		var d dated
		var ends calendar.Date
		if err := row.Scan(&d.body.ID, &d.body.Code, &d.body.Sort, &ends, &d.body.Name, &d.body.ShortName, &d.body.Symbol, &d.from, &d.to); err != nil {
			return err
		}
		d.body.ValidTo = ends
		n.rows[d.body.ID] = append(n.rows[d.body.ID], d)
		return nil
	}, `
select b.id, b.code, b.sort, b.valid_to, n.name, n.short_name, n.symbol, n.valid_from, n.valid_to
from body b
join body_name n on n.body = b.id
where n.valid_to is null or n.valid_to >= n.valid_from
order by b.id, n.valid_from`)
	return n, err
}

// On is a body as it was called on a day; before its first name by that, after its end by its last.
func (n *Names) On(body db.ID, day calendar.Date) org.Body {
	rows := n.rows[body]
	if len(rows) == 0 {
		return org.Body{ID: body}
	}
	found := rows[0]
	for _, d := range rows {
		if d.from.After(day) {
			break
		}
		found = d
	}
	return found.body
}

// Before is what a body was called on a day, where that is not what it is called on another; "" when the name is the same.
func (n *Names) Before(body db.ID, then, now calendar.Date) string {
	if old := n.On(body, then).ShortName; old != n.On(body, now).ShortName {
		return old
	}
	return ""
}

// Reorganised reports whether any change of bodies counts by a day: only then do the two readings differ.
func Reorganised(tx *db.Tx, day calendar.Date) (bool, error) {
	return tx.Exists("select 1 from org_change where undone_at is null and day <= ?", day)
}
