package deadline

import (
	"slices"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/journal"
	"giaoban/official"
)

// Left is a proposal of which a person said that the deadline stays where it is.
type Left struct {
	Proposal
	Word
}

// Word is what a person said of a proposal, a dated fact; the last one holds.
type Word struct {
	ID     db.ID         `db:"id"`
	Kind   string        `db:"kind"`
	Record db.ID         `db:"record"`
	Part   string        `db:"part"`
	From   calendar.Date `db:"from_due"`
	To     calendar.Date `db:"due"`
	Word   string        `db:"word"`
	Reason string        `db:"reason"`
	At     db.Instant    `db:"at"`
	By     string        `db:"by_actor"`
	ByName string        `db:"by_name"`
}

// The words; each is a verb of the journal, too.
const (
	leave = "left"
	again = "again"
)

// Survey parts what the calendar moves into what waits for a person and what somebody said to leave, each the earliest
// deadline first.
func Survey(tx *db.Tx, by access.Actor) (open []Proposal, left []Left, err error) {
	all, err := moves(tx, by)
	if err != nil || len(all) == 0 {
		return nil, nil, err
	}
	var words []Word
	if err := tx.Select(&words, `
select id, kind, record, part, from_due, due, word, reason, at, by_actor, by_name
from deadline_left
where from_due >= ?
order by at, id`, calendar.OfInstant(tx.Clock())); err != nil {
		return nil, nil, err
	}
	last := make(map[string]Word, len(words))
	for _, w := range words {
		last[key(w.Kind, w.Record, w.Part, w.From, w.To)] = w
	}
	for _, p := range all {
		if w := last[p.Key()]; w.Word == leave {
			left = append(left, Left{p, w})
			continue
		}
		open = append(open, p)
	}
	return open, left, nil
}

// Leave is để nguyên: the deadlines named by the keys of their proposals stay where they are and are not proposed again,
// unless the calendar gives another day. All or none.
func Leave(tx *db.Tx, by access.Actor, keys []string, reason string) (int, error) {
	chosen, reason, err := choose(tx, by, keys, reason, "Hãy ghi vì sao để nguyên hạn.")
	if err != nil {
		return 0, err
	}
	if err := official.RefuseSecret(reason); err != nil {
		return 0, err
	}
	for _, p := range chosen {
		if err := by.May(p.act, p.of); err != nil {
			return 0, err
		}
		if err := p.say(tx, by, leave, reason); err != nil {
			return 0, err
		}
	}
	return len(chosen), nil
}

// Reconsider is xét lại: a deadline that was left is proposed to be moved again.
func Reconsider(tx *db.Tx, by access.Actor, key string) error {
	_, left, err := Survey(tx, by)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(left, func(l Left) bool { return l.Key() == key })
	if at < 0 {
		return fault.Stale("Hạn này không còn ở danh sách để nguyên. Xin xem lại danh sách.")
	}
	p := left[at].Proposal
	if err := by.May(p.act, p.of); err != nil {
		return err
	}
	return p.say(tx, by, again, "")
}

// say writes a word about the proposal down.
func (p Proposal) say(tx *db.Tx, by access.Actor, word, reason string) error {
	if err := tx.Insert("deadline_left", Word{tx.NewID(), p.Kind, p.ID, p.Part, p.From, p.To, word, reason, tx.Now(), by.Key(), by.Name}); err != nil {
		return err
	}
	_, err := journal.Write(tx, by, "due_"+word, journal.Subject{Kind: p.Kind, ID: p.ID, Body: p.Body},
		journal.Details{"from": p.From.Vietnamese(), "due": p.To.Vietnamese(), "reason": reason})
	return err
}
