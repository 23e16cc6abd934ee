package db

import (
	"time"

	"giaoban/internal/id"
)

// LiveBy gives the database another clock and another source of ids: the sample province plays two years in seconds,
// the same on every machine. Nothing may be under way meanwhile. It returns what puts the old ones back.
func (d *DB) LiveBy(now func() time.Time, ids *id.Source) (back func()) {
	oldNow, oldIDs := d.now, d.ids
	if now != nil {
		d.now = now
	}
	if ids != nil {
		d.ids = ids
	}
	return func() { d.now, d.ids = oldNow, oldIDs }
}
