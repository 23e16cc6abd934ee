package conference

import (
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/directive"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/journal"
)

// Mending says that a shortcoming was mended, and what proves it.
type Mending struct {
	At     db.Instant `db:"mended_at"` // 0: it stands
	ByName string     `db:"mended_by"`
	Note   string     `db:"mended_note"`
	Paper  string     `db:"mended_paper"`
}

// Stood is a shortcoming (hạn chế) named at an earlier conference as it stands now.
type Stood struct {
	ID         db.ID         `db:"id"`
	No         int           `db:"no"`
	Words      string        `db:"words"`
	Lead       db.ID         `db:"lead"` // whose it is; "" for all
	Conference db.ID         `db:"conference"`
	HeldOn     calendar.Date `db:"held_on"` // of the conference that named it
	Mending
}

// Mended reports whether somebody declared it mended.
func (s Stood) Mended() bool { return s.At != 0 }

// Proof is what was done and the paper that proves it.
func (m Mending) Proof() string {
	if m.Paper == "" {
		return m.Note
	}
	return strings.TrimRight(m.Note, ". ") + " (" + m.Paper + ")"
}

// Shortcomings lists what conferences up to this one have named and what is not mended, the oldest first; what was mended
// since the last conference before this one that told its conclusions stands among them once more. Only what a released notice told. A body reads its own
// and those of all.
func Shortcomings(tx *db.Tx, by access.Actor, id db.ID) (all []Stood, err error) {
	b, err := Find(tx, by, id)
	if err != nil {
		return nil, err
	}
	before, err := b.lastTold(tx, by)
	if err != nil {
		return nil, err
	}
	var since db.Instant
	if !before.HeldOn.IsZero() {
		since = db.InstantOf(before.HeldOn.StartOfDay())
	}
	own := by.Sees(access.ReadBriefing)
	err = tx.Select(&all, `
select c.id, c.no, c.words, c.lead, c.conference, b.held_on,
	coalesce(m.at, 0) as mended_at, coalesce(m.by_name, '') as mended_by, coalesce(m.note, '') as mended_note, coalesce(m.paper, '') as mended_paper
from conference_conclusion c
join conference b on b.id = c.conference
left join conference_mending m on m.conclusion = c.id and m.withdrawn_at is null
where b.org = ? and c.kind = ? and c.dropped_at is null and coalesce(b.period_end, b.held_on) <= ?
  and (m.at is null or m.at >= ?)
  and (cast(? as text) = '' or c.lead = ? or c.lead is null)
  and exists (
	select 1
	from conference_paper p
	join paper_release r on r.paper = p.paper
	where p.conference = b.id and p.role = 'notice')
order by b.held_on, c.no`, b.Body, string(Shortcoming), b.closes(), since, own, own)
	return all, err
}

// Mend declares a shortcoming mended, with what was done; paper is what proves it, where it is a paper.
func Mend(tx *db.Tx, by access.Actor, conclusion db.ID, note, paper string) error {
	c, b, err := shortcomingOf(tx, by, conclusion)
	if err != nil {
		return err
	}
	note, paper = fold.Tidy(note), fold.Tidy(paper)
	if err := refuseSecret(note, paper); err != nil {
		return err
	}
	if note == "" {
		return fault.Invalid("note", "Cần ghi đã khắc phục thế nào; hạn chế còn nêu ở hội nghị sau cho đến khi có ghi nhận này.")
	}
	made, err := tx.Exists("select 1 from conference_mending where conclusion = ? and withdrawn_at is null", c.ID)
	if err != nil {
		return err
	}
	if made {
		return fault.Conflict("Hạn chế này đã được ghi là khắc phục.")
	}
	if _, err := tx.Exec(`
insert into conference_mending (id, conclusion, at, by_actor, by_name, note, paper, withdrawn_at, withdrawn_by, reason)
values (?, ?, ?, ?, ?, ?, ?, null, '', '')`, tx.NewID(), c.ID, tx.Now(), by.Key(), by.Name, note, paper); err != nil {
		return err
	}
	if err := directive.Mention(tx, by, c.Node(), c.Words+"; "+paper); err != nil {
		return err
	}
	_, err = journal.Write(tx, by, "mended", b.subject(), journal.Details{"item": c.No, "note": note, "paper": paper})
	return err
}

// Unmend takes that back, with the reason: the shortcoming stands again.
func Unmend(tx *db.Tx, by access.Actor, conclusion db.ID, reason string) error {
	c, b, err := shortcomingOf(tx, by, conclusion)
	if err != nil {
		return err
	}
	reason = fold.Tidy(reason)
	if err := refuseSecret(reason); err != nil {
		return err
	}
	if reason == "" {
		return fault.Invalid("reason", "Cần ghi vì sao hạn chế chưa được khắc phục.")
	}
	n, err := tx.Exec("update conference_mending set withdrawn_at = ?, withdrawn_by = ?, reason = ? where conclusion = ? and withdrawn_at is null",
		tx.Now(), by.Key(), reason, c.ID)
	if err != nil {
		return err
	}
	if n == 0 {
		return fault.Conflict("Hạn chế này chưa được ghi là khắc phục.")
	}
	if err := directive.Mention(tx, by, c.Node(), c.Words); err != nil {
		return err
	}
	_, err = journal.Write(tx, by, "unmended", b.subject(), journal.Details{"item": c.No, "reason": reason})
	return err
}

// shortcomingOf opens a shortcoming of a released notice for who concludes conferences.
func shortcomingOf(tx *db.Tx, by access.Actor, conclusion db.ID) (c Conclusion, b Conference, err error) {
	if err = by.May(access.ConcludeBriefing, by.Body); err != nil {
		return c, b, err
	}
	if c, err = FindConclusion(tx, by, conclusion); fault.Is(err, fault.KindMissing) {
		err = fault.Invalid("", "Không có hạn chế này; xin chọn trong danh sách.")
	}
	if err != nil {
		return c, b, err
	}
	if b, err = Find(tx, by, c.Conference); err != nil {
		return c, b, err
	}
	if err = by.May(access.ConcludeBriefing, b.Body); err != nil {
		return c, b, err
	}
	if c.Kind != Shortcoming || c.DroppedAt != 0 {
		return c, b, fault.Conflict("Kết luận %d không phải là hạn chế.", c.No)
	}
	s, err := standingOf(tx, b)
	if err == nil && s.ReleasedAt == 0 {
		err = fault.Conflict("Thông báo kết luận chưa phát hành; chưa ghi khắc phục được.")
	}
	return c, b, err
}
