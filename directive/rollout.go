package directive

import (
	"errors"
	"maps"
	"slices"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/journal"
	"giaoban/official"
	"giaoban/org"
)

// Rollout is a meeting at which a body makes its people acquainted with a document (quán triệt), planned or held.
type Rollout struct {
	ID         db.ID         `db:"id"`
	Directive  db.ID         `db:"directive"`
	Body       db.ID         `db:"body"`
	PlannedOn  calendar.Date `db:"planned_on"`
	HeldOn     calendar.Date `db:"held_on"`
	People     int64         `db:"people"`
	Way        string        `db:"way"` // hội nghị trực tiếp, trực tuyến, sinh hoạt chi bộ
	Note       string        `db:"note"`
	DroppedAt  db.Instant    `db:"dropped_at"`
	DropReason string        `db:"drop_reason"`
	Version    int64         `db:"version"`
	MadeAt     db.Instant    `db:"made_at"`
	MadeBy     string        `db:"made_by"`
}

// Ways are how a document is usually made known; others may be typed.
var Ways = []string{"Hội nghị trực tiếp", "Hội nghị trực tuyến", "Sinh hoạt chi bộ", "Lồng ghép trong cuộc họp", "Gửi văn bản"}

const rollouts = `
select id, directive, body, planned_on, held_on, people, way, note, dropped_at, drop_reason, version, made_at, made_by
from directive_rollout
`

// NoteRollout enters a meeting, or corrects the one whose ID is given (its Version must be the one that was read). A
// body notes its own, the commission everybody's.
func NoteRollout(tx *db.Tx, by access.Actor, r Rollout) (Rollout, error) {
	d, err := Find(tx, by, r.Directive)
	if err != nil {
		return r, err
	}
	var old Rollout
	if r.ID != "" {
		if old, err = rollout(tx, by, r.ID); err != nil {
			return r, err
		}
		r.Directive, r.Body = old.Directive, old.Body
	}
	if err := by.May(access.NoteRollout, r.Body); err != nil {
		return r, err
	}
	if old.DroppedAt != 0 {
		return r, fault.Conflict("Lần quán triệt này đã được bỏ; xin ghi lần mới.")
	}
	if r.ID != "" && old.Version != r.Version {
		return r, fault.Stale("Lần quán triệt này vừa được người khác sửa. Xin xem lại rồi sửa tiếp.")
	}
	if err := r.check(tx, by, d); err != nil {
		return r, err
	}
	r.Version, r.MadeAt, r.MadeBy = old.Version+1, tx.Now(), by.Name
	if r.ID == "" {
		r.ID = tx.NewID()
		err = tx.Insert("directive_rollout", r)
	} else {
		_, err = tx.Exec(`
update directive_rollout
set planned_on = ?, held_on = ?, people = ?, way = ?, note = ?, version = ?, made_at = ?, made_by = ?
where id = ?`, r.PlannedOn, r.HeldOn, r.People, r.Way, r.Note, r.Version, r.MadeAt, r.MadeBy, r.ID)
	}
	if err != nil {
		return r, err
	}
	_, err = journal.Write(tx, by, "rollout", journal.Subject{Kind: "directive", ID: d.ID, Body: r.Body}, journal.Details{
		"label": d.Label(), "planned": r.PlannedOn.String(), "held": r.HeldOn.String(), "people": r.People,
		"was_planned": old.PlannedOn.String(), "was_held": old.HeldOn.String(), "was_people": old.People})
	return r, err
}

func (r *Rollout) check(tx *db.Tx, by access.Actor, d Directive) error {
	var wrong fault.List
	today := calendar.OfInstant(tx.Clock())
	r.Way, r.Note = fold.Tidy(r.Way), fold.Tidy(r.Note)
	b, err := org.Find(tx, by, r.Body, today)
	if fault.Is(err, fault.KindMissing) || err == nil && b.Kind == org.Authority {
		wrong.Add("body", "Cần chọn cơ quan quán triệt trong Danh bạ.")
	} else if err != nil {
		return err
	}
	if r.PlannedOn.IsZero() && r.HeldOn.IsZero() {
		wrong.Add("planned_on", "Cần ghi ngày dự kiến hoặc ngày đã tổ chức quán triệt.")
	}
	if r.HeldOn.After(today) {
		wrong.Add("held_on", "Ngày đã tổ chức (%s) ở sau hôm nay; nếu chưa tổ chức xin ghi vào ngày dự kiến.", r.HeldOn.Vietnamese())
	}
	wrong.AddError("held_on", calendar.NotBefore("Ngày tổ chức", r.HeldOn, "ngày ban hành văn bản", d.Date))
	wrong.AddError("planned_on", calendar.NotBefore("Ngày dự kiến", r.PlannedOn, "ngày ban hành văn bản", d.Date))
	switch {
	case r.People < 0 || r.People > 100_000_000:
		wrong.Add("people", "Số người dự không đúng.")
	case !r.HeldOn.IsZero() && r.People == 0:
		wrong.Add("people", "Cần ghi số người dự của lần đã tổ chức.")
	case r.HeldOn.IsZero() && r.People > 0:
		wrong.Add("held_on", "Đã có số người dự thì cần ghi ngày tổ chức.")
	}
	if len(r.Way) > mostText || len(r.Note) > mostText {
		wrong.Add("note", "Ghi chú dài quá %d ký tự.", mostText)
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	return official.RefuseSecret(r.Way, r.Note)
}

// DropRollout takes back a meeting that was entered by mistake or will not be held; the row stays with the reason.
func DropRollout(tx *db.Tx, by access.Actor, id db.ID, reason string) error {
	r, err := rollout(tx, by, id)
	if err != nil {
		return err
	}
	if err := by.May(access.NoteRollout, r.Body); err != nil {
		return err
	}
	if r.DroppedAt != 0 {
		return fault.Conflict("Lần quán triệt này đã được bỏ.")
	}
	if reason = fold.Tidy(reason); reason == "" {
		return fault.Invalid("reason", "Cần ghi lý do bỏ lần quán triệt này.")
	}
	if err := official.RefuseSecret(reason); err != nil {
		return err
	}
	if _, err := tx.Exec("update directive_rollout set dropped_at = ?, drop_reason = ?, version = version + 1 where id = ?", tx.Now(), reason, r.ID); err != nil {
		return err
	}
	_, err = journal.Write(tx, by, "rollout_dropped", journal.Subject{Kind: "directive", ID: r.Directive, Body: r.Body}, journal.Details{"reason": reason})
	return err
}

func rollout(tx *db.Tx, by access.Actor, id db.ID) (Rollout, error) {
	var r Rollout
	own := by.Sees(access.NoteRollout)
	err := tx.Get(&r, rollouts+"where id = ?\n  and (cast(? as text) = '' or body = ?)", id, own, own)
	if errors.Is(err, db.None) {
		return r, fault.Missing("Không có lần quán triệt này.")
	}
	return r, err
}

// Spread is how far one body has come with a document.
type Spread struct {
	Body     org.Body
	Rollouts []Rollout // the earliest first
	Held     int
	People   int64
	Last     calendar.Date // the latest day it was held
	Planned  calendar.Date // the next day planned and not yet held
	Sat      []Session     // the meetings above it at which it heard of the document
}

// State is "held", "planned", "overdue" (the planned day has passed) or "none".
func (s Spread) State(day calendar.Date) string {
	switch {
	case s.Held > 0:
		return "held"
	case s.Planned.IsZero():
		return "none"
	case s.Planned.Before(day):
		return "overdue"
	}
	return "planned"
}

// RolloutOf gives for each body of the block how far it has come with a document, those asked by the document's sectors
// first. The commission sees all, a body itself.
func RolloutOf(tx *db.Tx, by access.Actor, id db.ID) (asked, others []Spread, err error) {
	d, err := Find(tx, by, id)
	if err != nil {
		return nil, nil, err
	}
	own := by.Sees(access.NoteRollout)
	if own == "-" && by.OfCommission() {
		own = "" // who may not note may still look, as leaders do
	}
	today := calendar.OfInstant(tx.Clock())
	bodies, err := org.At(tx, by, today)
	if err != nil {
		return nil, nil, err
	}
	var rows []Rollout
	if err := tx.Select(&rows, rollouts+`
where directive = ? and dropped_at is null and (cast(? as text) = '' or body = ?)
order by coalesce(held_on, planned_on), id`, d.ID, own, own); err != nil {
		return nil, nil, err
	}
	byBody := make(map[db.ID]*Spread)
	for _, r := range rows {
		s := byBody[r.Body]
		if s == nil {
			s = &Spread{}
			byBody[r.Body] = s
		}
		s.Rollouts = append(s.Rollouts, r)
		if r.HeldOn.IsZero() {
			if s.Planned.IsZero() || r.PlannedOn.Before(s.Planned) {
				s.Planned = r.PlannedOn
			}
			continue
		}
		s.Held, s.People = s.Held+1, s.People+r.People
		if r.HeldOn.After(s.Last) {
			s.Last = r.HeldOn
		}
	}
	sessions, err := Sessions(tx, by, id)
	if err != nil {
		return nil, nil, err
	}
	for _, session := range sessions {
		for _, body := range session.Bodies {
			s := byBody[body]
			if s == nil {
				s = &Spread{}
				byBody[body] = s
			}
			s.Sat = append(s.Sat, session)
		}
	}
	wanted, err := concerned(tx, by, d)
	if err != nil {
		return nil, nil, err
	}
	first := make(map[db.ID]bool, len(wanted))
	for _, b := range wanted {
		first[b.ID] = true
	}
	for _, b := range bodies {
		s := byBody[b.ID]
		if own != "" && string(b.ID) != own || s == nil && !first[b.ID] {
			continue
		}
		if s == nil {
			s = &Spread{}
		}
		s.Body = b
		delete(byBody, b.ID)
		if first[b.ID] {
			asked = append(asked, *s)
		} else {
			others = append(others, *s)
		}
	}
	if len(byBody) > 0 { // bodies that have ended since
		names, err := org.Names(tx, today)
		if err != nil {
			return nil, nil, err
		}
		for _, ended := range slices.Sorted(maps.Keys(byBody)) {
			byBody[ended].Body = names[ended]
			others = append(others, *byBody[ended])
		}
	}
	return asked, others, nil
}

// Planned lists the rollouts that bodies have planned from a day on and not yet held, the nearest first.
func Planned(tx *db.Tx, by access.Actor, from calendar.Date, most int) ([]Rollout, error) {
	if err := by.May(access.ReadDirective, by.Body); err != nil {
		return nil, err
	}
	var all []Rollout
	err := tx.Select(&all, `
select *
from directive_rollout
where planned_on >= ? and held_on is null and dropped_at is null
order by planned_on, id
limit ?`, from, most)
	return all, err
}
