package db

import (
	"sync"
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

// Clock is a clock that is set from outside, by a story or a test. It moves a microsecond forward at every look, so that
// what happens "at 09:15" keeps its order.
type Clock struct {
	mu sync.Mutex
	at time.Time
}

// Now is the next moment.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(time.Microsecond)
	return c.at
}

// Set moves the clock to at.
func (c *Clock) Set(at time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = at
}
