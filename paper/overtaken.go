package paper

import (
	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/fold"
	"giaoban/journal"
)

// Overtaken is what happened since that a paper does not say: in words for everybody who reads it. Words is "" while it says
// what holds. The paper itself stays as it was signed.
type Overtaken struct {
	Words     string `db:"overtaken"`
	Successor db.ID  `db:"successor"` // the paper that takes its place; "" when there is none
}

// and puts what more there is behind it. The first paper that takes the place keeps it.
func (o Overtaken) and(more Overtaken) Overtaken {
	if o.Successor == "" {
		o.Successor = more.Successor
	}
	switch {
	case o.Words == "":
		o.Words = more.Words
	case more.Words != "":
		o.Words += "; " + fold.Uncapital(more.Words)
	}
	return o
}

// Told names a paper together with what it no longer says, where nothing else stands beside its name.
func (p Paper) Told() string {
	if p.Words == "" {
		return p.Label()
	}
	return p.Label() + " – " + p.Words
}

// Overtake notes that a paper no longer says what holds, or with words "" that it does again. It is the business of the room
// that wrote the paper, whose writer or clerk did what overtook it; what later papers say of it stays beside that. Nothing is
// noted twice.
func Overtake(tx *db.Tx, by access.Actor, id db.ID, now Overtaken) error {
	p, err := Find(tx, by, id)
	if err != nil {
		return err
	}
	if !by.Can(access.ReleasePaper, p.Body) {
		if err := by.May(access.DraftPaper, p.Body); err != nil {
			return err
		}
	}
	return p.overtake(tx, by, now)
}

// overtake writes down what the room and the later papers say together.
func (p Paper) overtake(tx *db.Tx, by access.Actor, room Overtaken) error {
	now, err := p.followed(tx)
	if err != nil {
		return err
	}
	if now = now.and(room); p.Overtaken == now && p.RoomWords == room.Words {
		return nil
	}
	var n int
	if err := tx.Get(&n, "select coalesce(max(n), 0) + 1 from paper_overtaken where paper = ?", p.ID); err != nil {
		return err
	}
	if err := tx.Insert("paper_overtaken", struct {
		Paper     db.ID      `db:"paper"`
		N         int        `db:"n"`
		Words     string     `db:"words"`
		Room      string     `db:"room"`
		Successor db.ID      `db:"successor"`
		At        db.Instant `db:"at"`
		ByActor   string     `db:"by_actor"`
		ByName    string     `db:"by_name"`
	}{p.ID, n, now.Words, room.Words, now.Successor, tx.Now(), by.Key(), by.Name}); err != nil {
		return err
	}
	verb := "overtaken"
	if now.Words == "" {
		verb = "holds_again"
	}
	_, err = journal.Write(tx, by, verb, subject(p), journal.Details{"words": now.Words})
	return err
}
