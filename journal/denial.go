package journal

import (
	"errors"
	"strings"
	"time"
	"unicode/utf8"

	"giaoban/access"
	"giaoban/internal/db"
)

// Refusal is what a door refused.
type Refusal struct {
	Door   string // method and path, as they were sent
	Reason string // the sentence that was answered
	From   string // the address the request came from; it is kept only while it is counted
}

const (
	longestRaw    = 200 // of what a request brought, in runes
	mostDenials   = 60  // lines of one actor from one address within denialWindow; what is beyond is counted
	denialWindow  = time.Minute
	denialsAtOnce = 500
)

type denialCount struct {
	Address string     `db:"address"`
	Actor   string     `db:"actor"`
	Name    string     `db:"actor_name"`
	Since   db.Instant `db:"since"`
	Count   int64      `db:"count"`
}

func (c denialCount) over(now db.Instant) bool {
	return c.Since <= now-db.Instant(denialWindow.Microseconds())
}

// Deny leaves the trace of a refusal; the door calls it after what was tried has been rolled back. The journal is no
// store for what strangers send: raw text is cut, and a flood becomes a count, told in one line when its minute is over.
func Deny(tx *db.Tx, by access.Actor, r Refusal) error {
	var c denialCount
	err := tx.Get(&c, "select address, actor, actor_name, since, count from denial where address = ? and actor = ?", r.From, by.Key())
	switch {
	case errors.Is(err, db.None):
		c = denialCount{Address: r.From, Actor: by.Key(), Name: by.Name, Since: tx.Now()}
	case err != nil:
		return err
	case c.over(tx.Now()):
		if err := c.tell(tx); err != nil {
			return err
		}
		c.Since, c.Count = tx.Now(), 0
	}
	c.Count++
	if _, err := tx.Exec(`
insert into denial (address, actor, actor_name, since, count)
values (?, ?, ?, ?, ?)
on conflict (address, actor) do update
set actor_name = excluded.actor_name, since = excluded.since, count = excluded.count`,
		c.Address, c.Actor, c.Name, c.Since, c.Count); err != nil || c.Count > mostDenials {
		return err
	}
	_, err = write(tx, by, "denied", Subject{Kind: "door"}, Details{"door": cut(r.Door), "reason": cut(r.Reason)}, nil)
	return err
}

// TellDenials writes down the counts whose minute is over and forgets their addresses. It gives how many it told.
func TellDenials(tx *db.Tx) (told int, err error) {
	var over []denialCount
	before := tx.Now() - db.Instant(denialWindow.Microseconds())
	if err := tx.Select(&over, `
select address, actor, actor_name, since, count
from denial
where since <= ?
order by since, address, actor
limit ?`, before, denialsAtOnce); err != nil {
		return 0, err
	}
	for _, c := range over {
		if err := c.tell(tx); err != nil {
			return told, err
		}
		if c.Count > mostDenials {
			told++
		}
		if _, err := tx.Exec("delete from denial where address = ? and actor = ?", c.Address, c.Actor); err != nil {
			return told, err
		}
	}
	return told, nil
}

// tell writes the one line about the refusals beyond the bound.
func (c denialCount) tell(tx *db.Tx) error {
	if c.Count <= mostDenials {
		return nil
	}
	_, err := writeLine(tx, Line{Actor: c.Actor, ActorName: c.Name, Verb: "denied_more", Kind: "door"},
		Details{"count": c.Count - mostDenials}, Details{"host": c.Address})
	return err
}

// cut shortens what a request brought.
func cut(raw string) string {
	raw = strings.ToValidUTF8(raw, "\uFFFD")
	if utf8.RuneCountInString(raw) <= longestRaw {
		return raw
	}
	return string([]rune(raw)[:longestRaw-1]) + "…"
}
