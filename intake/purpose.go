package intake

import (
	"giaoban/access"
	"giaoban/edxml"
	"giaoban/internal/db"
)

// A sender takes a paper back, corrects or replaces it by another packet. Both stay in the book: the earlier one tells what
// became of it, and whoever worked with it decides what follows.

// Earlier is the paper that this one revokes, updates or replaces; nil where it is not in the book.
func Earlier(tx *db.Tx, by access.Actor, i Incoming) (*Incoming, error) {
	if i.Purpose == edxml.New || i.About == "" || i.About == i.DocumentID && i.Purpose == edxml.Replace {
		return nil, nil
	}
	return one(tx, by, "i.org = ? and i.document_id = ? and i.id <> ? and i.seq < ? and i.state <> ? and i.purpose <> ?", i.Body, i.About, i.ID, i.Seq,
		string(Dropped), int(edxml.Revoke))
}

// Later is the newest paper that revokes, updates or replaces this one; nil for none.
func Later(tx *db.Tx, by access.Actor, i Incoming) (*Incoming, error) {
	if i.DocumentID == "" || i.Purpose == edxml.Revoke {
		return nil, nil
	}
	return one(tx, by, "i.org = ? and i.about = ? and i.id <> ? and i.seq > ? and i.state <> ? and i.purpose <> ?", i.Body, i.DocumentID, i.ID, i.Seq,
		string(Dropped), int(edxml.New))
}

func one(tx *db.Tx, by access.Actor, where string, args ...any) (*Incoming, error) {
	sees := by.Sees(access.ReadIncoming)
	var found []Incoming
	err := tx.Select(&found, columns+"where "+mayRead+" and "+where+"\norder by i.seq desc\nlimit 1", append([]any{sees, sees}, args...)...)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return &found[0], nil
}

// does says what the paper does with an earlier one.
func (i Incoming) does(earlier *Incoming) string {
	said := i.Purpose.String() + " văn bản "
	switch {
	case earlier == nil:
		said += "chưa có trong sổ đến"
	case earlier.Number != "":
		said += "đến số " + earlier.Number
	default:
		said += "đang chờ vào sổ, " + earlier.Label()
	}
	if i.Reason != "" {
		said += " (" + i.Reason + ")"
	}
	return said
}

// Does says what the packet does with an earlier paper, "" of a new one.
func (i Incoming) Does() string {
	if i.Purpose == edxml.New {
		return ""
	}
	return i.Purpose.String()
}
