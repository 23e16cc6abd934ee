package conference

import (
	"errors"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/journal"
	"giaoban/lineage"
)

// Words are what was said at a sitting: its programme, who was there, its course and its conclusions. They belong to the body
// that held it; the commission reads them only while the body shares them (docs/decisions/0058-conferences-of-lower-levels.md).
type Words struct {
	Sitting     db.ID      `db:"sitting"`
	Programme   string     `db:"programme"` // one item a line
	People      string     `db:"people"`
	Course      string     `db:"course"`
	Conclusions string     `db:"conclusions"` // one a line
	SharedAt    db.Instant `db:"shared_at"`
	Version     int64      `db:"version"`
	At          db.Instant `db:"at"`
	ByName      string     `db:"by_name"`
}

// Lines of a part that holds one item a line.
func (w Words) Lines(part string) []string { return lines(part) }

// longestWords of one part.
const longestWords = 100_000

// FindWords gives what was said at a sitting; nothing, and may false, to who may not read it.
func FindWords(tx *db.Tx, by access.Actor, s Sitting) (w Words, may bool, err error) {
	own := by.Can(access.KeepSitting, s.Body)
	err = tx.Get(&w, `
select sitting, programme, people, course, conclusions, shared_at, version, at, by_name
from conference_sitting_words
where sitting = ?`, s.ID)
	if errors.Is(err, db.None) {
		return Words{Sitting: s.ID}, own, nil
	}
	if err != nil || !own && (w.SharedAt == 0 || by.Sees(access.ReadBriefing) != "") {
		return Words{}, false, err
	}
	return w, true, nil
}

// KeepWords notes what was said, for the body that held the sitting.
func KeepWords(tx *db.Tx, by access.Actor, id db.ID, w Words) (Words, error) {
	s, old, err := keptWords(tx, by, id)
	if err != nil {
		return w, err
	}
	if s.Outcome == SittingAgreed {
		return w, fault.Conflict("Kỳ này đã thống nhất không họp nên không có diễn biến. Nếu đã họp, xin sửa lần họp trước.")
	}
	if old.Version != w.Version {
		return w, fault.Stale("%s vừa sửa nội dung hội nghị. Xin xem lại rồi ghi tiếp; phần đang gõ vẫn còn trên trang.", old.ByName)
	}
	for _, part := range []*string{&w.Programme, &w.People, &w.Course, &w.Conclusions} {
		if *part = fold.Tidy(*part); len(*part) > longestWords {
			return w, fault.Invalid("course", "Mỗi ô ghi nhiều nhất %d ký tự.", longestWords)
		}
	}
	if today := calendar.OfInstant(tx.Clock()); s.Outcome == SittingPlanned && s.HeldOn.After(today) && w.Conclusions != "" {
		return w, fault.Invalid("conclusions", "Hội nghị dự kiến ngày %s, chưa họp nên chưa có kết luận.", s.HeldOn.Vietnamese())
	}
	if err := refuseSecret(w.Programme, w.People, w.Course, w.Conclusions); err != nil {
		return w, err
	}
	w.Sitting, w.SharedAt, w.Version, w.At, w.ByName = s.ID, old.SharedAt, old.Version+1, tx.Now(), by.Name
	if old.Version == 0 {
		err = tx.Insert("conference_sitting_words", w)
	} else {
		_, err = tx.Exec(`
update conference_sitting_words
set programme = ?, people = ?, course = ?, conclusions = ?, version = ?, at = ?, by_name = ?
where sitting = ?`, w.Programme, w.People, w.Course, w.Conclusions, w.Version, w.At, w.ByName, s.ID)
	}
	if err != nil {
		return w, err
	}
	// The journal tells that they were kept, never what they say: who reads it may be of another body.
	_, err = journal.Write(tx, by, "words", s.subject(), journal.Details{"period": s.Period.Name()})
	return w, err
}

// ShareWords lets the commission read what was said, or no longer.
func ShareWords(tx *db.Tx, by access.Actor, id db.ID, share bool) error {
	s, old, err := keptWords(tx, by, id)
	if err != nil {
		return err
	}
	switch {
	case s.Outcome == SittingAgreed:
		return fault.Conflict("Kỳ này đã thống nhất không họp nên không có nội dung để chia sẻ.")
	case old.Version == 0:
		return fault.Conflict("Chưa ghi nội dung nào của hội nghị này để chia sẻ.")
	case share == (old.SharedAt != 0):
		return fault.Conflict("Việc chia sẻ đã như vậy từ trước.")
	}
	if !share {
		return s.unshare(tx, by)
	}
	if _, err := tx.Exec("update conference_sitting_words set shared_at = ? where sitting = ?", tx.Now(), s.ID); err != nil {
		return err
	}
	_, err = journal.Write(tx, by, "shared", s.subject(), journal.Details{"period": s.Period.Name()})
	return err
}

// unshare takes the words back from the commission, if it reads them: also when the sitting is dropped, or turns out not to have
// been held.
func (s Sitting) unshare(tx *db.Tx, by access.Actor) error {
	n, err := tx.Exec("update conference_sitting_words set shared_at = null where sitting = ? and shared_at is not null", s.ID)
	if err != nil || n == 0 {
		return err
	}
	_, err = journal.Write(tx, by, "unshared", s.subject(), journal.Details{"period": s.Period.Name()})
	return err
}

// keptWords finds a sitting of the actor's own body with what was said there.
func keptWords(tx *db.Tx, by access.Actor, id db.ID) (Sitting, Words, error) {
	s, err := FindSitting(tx, by, id)
	if err != nil {
		return s, Words{}, err
	}
	if err := by.May(access.KeepSitting, s.Body); err != nil {
		return s, Words{}, err
	}
	if s.DroppedAt != 0 {
		return s, Words{}, fault.Conflict("Lần họp này đã được bỏ.")
	}
	w, _, err := FindWords(tx, by, s)
	return s, w, err
}

// Node is the sitting among the records of the house.
func (s Sitting) Node() lineage.Node {
	return lineage.Node{Kind: "sitting", ID: s.ID, Label: s.Name()}
}
