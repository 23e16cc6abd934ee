package conference

import (
	"crypto/sha256"
	"encoding/hex"

	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/journal"
	"giaoban/org"
)

// Key tells one draft conclusion from another, in the frozen pack as in a new one.
func (d Draft) Key() string {
	sum := sha256.Sum256([]byte(d.OriginKind + "\x1f" + d.OriginID + "\x1f" + d.Code + "\x1f" + d.Words))
	return hex.EncodeToString(sum[:8])
}

// Drafts are the draft conclusions of the pack that was shown, or of the one composed now while none was.
func Drafts(tx *db.Tx, by access.Actor, id db.ID) ([]Draft, error) {
	shown, ok, err := Frozen(tx, by, id)
	if err != nil || ok {
		return shown.Drafts, err
	}
	now, err := Compose(tx, by, id)
	return now.Drafts, err
}

// TakeDrafts puts draft conclusions of the pack on the sheet: undecided, with the date as a proposal, and with the
// record they were drawn from. One that is on the sheet already is not taken twice.
func TakeDrafts(tx *db.Tx, by access.Actor, id db.ID, keys []string) (taken int, err error) {
	b, err := Find(tx, by, id)
	if err != nil {
		return 0, err
	}
	if err := by.May(access.ConcludeBriefing, b.Body); err != nil {
		return 0, err
	}
	if err := open(tx, b); err != nil {
		return 0, err
	}
	drafts, err := Drafts(tx, by, id)
	if err != nil {
		return 0, err
	}
	wanted := make(map[string]bool, len(keys))
	for _, k := range keys {
		wanted[k] = true
	}
	if len(wanted) == 0 {
		return 0, fault.Invalid("draft", "Xin chọn ít nhất một dự thảo kết luận.")
	}
	bodies, err := directory(tx, b)
	if err != nil {
		return 0, err
	}
	byCode := make(map[string]org.Body, len(bodies.byID))
	for _, o := range bodies.byID {
		byCode[o.Code] = o
	}
	kept, err := conclusionsOf(tx, id)
	if err != nil {
		return 0, err
	}
	have := make(map[string]bool, len(kept))
	for _, c := range kept {
		have[c.Words] = true
	}
	no, err := nextNumber(tx, id)
	if err != nil {
		return 0, err
	}
	for _, d := range drafts {
		if !wanted[d.Key()] || have[fold.Tidy(d.Words)] {
			continue
		}
		have[fold.Tidy(d.Words)] = true
		c, err := bodies.take(Conclusion{}, Typed{No: no, Words: d.Words, Product: d.Product, Lead: byCode[d.Code].ID, Due: d.Due.Vietnamese()})
		if err != nil {
			return taken, err
		}
		c.OriginKind, c.OriginID, c.OriginLabel, c.At, c.ByActor = d.OriginKind, db.ID(d.OriginID), d.Why, tx.Now(), by.Key()
		if c.OriginID == "" {
			c.OriginKind = ""
		}
		if err := writeConclusion(tx, b, c); err != nil {
			return taken, err
		}
		no++
		taken++
	}
	_, err = journal.Write(tx, by, "drafts_taken", b.subject(), journal.Details{"items": taken})
	return taken, err
}
