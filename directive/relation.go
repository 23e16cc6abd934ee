package directive

import (
	"errors"
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/journal"
	"giaoban/lineage"
	"giaoban/official"
)

// RelationKind says what the later document does to the earlier one.
type RelationKind string

const (
	CarriesOut RelationKind = "carries_out" // a plan or programme made to carry the other out
	Replaces   RelationKind = "replaces"    // the other ends
	Amends     RelationKind = "amends"      // the other stands, changed in part
)

// RelationKinds in the order they are offered.
var RelationKinds = []RelationKind{CarriesOut, Replaces, Amends}

// Name is the office's word, read from the later document to the earlier one.
func (k RelationKind) Name() string {
	switch k {
	case CarriesOut:
		return "Triển khai thực hiện"
	case Replaces:
		return "Thay thế"
	case Amends:
		return "Sửa đổi, bổ sung"
	}
	return string(k)
}

// Passive is Name read from the earlier document to the later one.
func (k RelationKind) Passive() string {
	switch k {
	case CarriesOut:
		return "Được triển khai bởi"
	case Replaces:
		return "Bị thay thế bởi"
	case Amends:
		return "Được sửa đổi, bổ sung bởi"
	}
	return string(k)
}

// Relation ties a later document (source) to an earlier one (target). It counts once it is confirmed and not ended.
type Relation struct {
	ID          db.ID         `db:"id"`
	Kind        RelationKind  `db:"kind"`
	Source      db.ID         `db:"source"`
	Target      db.ID         `db:"target"`
	Day         calendar.Date `db:"day"` // from which day it holds
	Note        string        `db:"note"`
	MadeAt      db.Instant    `db:"made_at"`
	MadeBy      string        `db:"made_by"`
	ConfirmedAt db.Instant    `db:"confirmed_at"`
	ConfirmedBy string        `db:"confirmed_by"`
	EndedAt     db.Instant    `db:"ended_at"`
	EndedBy     string        `db:"ended_by"`
	EndReason   string        `db:"end_reason"`
}

// Proposed reports whether it waits for a person.
func (r Relation) Proposed() bool { return r.ConfirmedAt == 0 && r.EndedAt == 0 }

// Stands reports whether it counts.
func (r Relation) Stands() bool { return r.ConfirmedAt != 0 && r.EndedAt == 0 }

const relations = `
select id, kind, source, target, day, note, made_at, made_by, confirmed_at, confirmed_by, ended_at, ended_by, end_reason
from directive_relation
`

// Relate enters a relation that a person knows: source is the later document. It stands at once.
func Relate(tx *db.Tx, by access.Actor, kind RelationKind, source, target db.ID, day calendar.Date, note string) error {
	s, t, err := ends(tx, by, source, target)
	if err != nil {
		return err
	}
	var wrong fault.List
	if kind != CarriesOut && kind != Replaces && kind != Amends {
		wrong.Add("kind", "Cần chọn quan hệ: triển khai thực hiện, thay thế hoặc sửa đổi, bổ sung.")
	}
	if s.ID == t.ID {
		wrong.Add("target", "Một văn bản không thể tự %s chính nó.", strings.ToLower(kind.Name()))
	}
	if !s.Date.IsZero() && !t.Date.IsZero() && s.Date.Before(t.Date) {
		wrong.Add("target", "%s có trước %s nên không thể %s văn bản ấy; xin kiểm tra chiều của quan hệ.", s.Label(), t.Label(), strings.ToLower(kind.Name()))
	}
	note = fold.Tidy(note)
	if len(note) > mostText {
		wrong.Add("note", "Ghi chú dài quá %d ký tự.", mostText)
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	if err := official.RefuseSecret(note); err != nil {
		return err
	}
	if err := noCircle(tx, kind, s, t); err != nil {
		return err
	}
	if day.IsZero() {
		day = s.Date
	}
	if err := relate(tx, by, kind, s, t, day, note, true); err != nil {
		return err
	}
	if err := stand(tx, kind, s, t); err != nil {
		return err
	}
	_, err = journal.Write(tx, by, "related", s.About(), journal.Details{"kind": kind.Name(), "target": t.Label(), "target_id": string(t.ID), "day": day.String(), "note": note})
	return err
}

// carryOut makes the new document d the one that carries parent out.
func carryOut(tx *db.Tx, by access.Actor, d Directive, parent db.ID) error {
	p, err := Find(tx, by, parent)
	if err != nil {
		return err
	}
	if err := relate(tx, by, CarriesOut, d, p, d.Date, "Tạo từ văn bản này", true); err != nil {
		return err
	}
	return stand(tx, CarriesOut, d, p)
}

// ends finds both documents and asks authority.
func ends(tx *db.Tx, by access.Actor, source, target db.ID) (s, t Directive, err error) {
	if s, err = Find(tx, by, source); err != nil {
		return s, t, err
	}
	if t, err = Find(tx, by, target); err != nil {
		return s, t, err
	}
	return s, t, by.May(access.RecordDirective, s.Body)
}

// relate writes the row; a proposal never touches one that is there already, whatever became of it.
func relate(tx *db.Tx, by access.Actor, kind RelationKind, s, t Directive, day calendar.Date, note string, confirmed bool) error {
	var at db.Instant
	who, update := "", "do nothing"
	if confirmed {
		at, who = tx.Now(), by.Name
		update = `do update
set day = excluded.day, note = excluded.note, confirmed_at = excluded.confirmed_at, confirmed_by = excluded.confirmed_by,
	ended_at = null, ended_by = '', end_reason = ''`
	}
	_, err := tx.Exec(`
insert into directive_relation (id, kind, source, target, day, note, made_at, made_by, confirmed_at, confirmed_by, ended_at, ended_by, end_reason)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, null, '', '')
on conflict (source, target, kind) `+update, tx.NewID(), string(kind), s.ID, t.ID, day, note, tx.Now(), by.Name, at, who)
	return err
}

// noCircle refuses a relation that would make a document carry out, or replace, what came of itself.
func noCircle(tx *db.Tx, kind RelationKind, s, t Directive) error {
	if kind == Amends {
		return nil
	}
	around, err := tx.Exists(`
with recursive above (id) as (
	select cast(? as text)
	union
	select r.target
	from directive_relation r
	join above a on a.id = r.source
	where r.kind = ? and r.confirmed_at is not null and r.ended_at is null
)
select 1 from above where id = ?`, string(t.ID), string(kind), string(s.ID))
	if err == nil && around {
		err = fault.Conflict("%s đã đứng dưới %s trong chuỗi văn bản; quan hệ này sẽ thành vòng tròn.", t.Label(), s.Label())
	}
	return err
}

// stand brings what follows from a confirmed relation up to date.
func stand(tx *db.Tx, kind RelationKind, s, t Directive) error {
	switch kind {
	case CarriesOut:
		return lineage.Link(tx, t.Node(), s.Node(), "triển khai")
	case Replaces:
		return replacedOn(tx, t.ID)
	}
	return nil
}

// replacedOn keeps beside the document the day its place was taken, so that the register can be filtered by it. Reviews
// read it there: they stop with the relation and go on when it is taken back.
func replacedOn(tx *db.Tx, id db.ID) error {
	var from []struct {
		Day  calendar.Date `db:"day"`
		Made db.Instant    `db:"confirmed_at"`
	}
	if err := tx.Select(&from, `
select day, confirmed_at
from directive_relation
where target = ? and kind = 'replaces' and confirmed_at is not null and ended_at is null`, id); err != nil {
		return err
	}
	var first calendar.Date
	for _, f := range from {
		if f.Day.IsZero() { // when neither the relation nor the later document has a date: since a person said so
			f.Day = calendar.OfInstant(f.Made.Time())
		}
		if first.IsZero() || f.Day.Before(first) {
			first = f.Day
		}
	}
	_, err := tx.Exec("update directive set replaced_on = ? where id = ?", first, id)
	return err
}

// ConfirmRelation makes a proposed relation count. It may be confirmed as another kind than it was read as.
func ConfirmRelation(tx *db.Tx, by access.Actor, id db.ID, kind RelationKind) error {
	r, s, t, err := relation(tx, by, id)
	if err != nil {
		return err
	}
	if !r.Proposed() {
		return fault.Conflict("Quan hệ này đã được %s xử lý.", r.ConfirmedBy+r.EndedBy)
	}
	if kind == "" {
		kind = r.Kind
	}
	if kind != r.Kind {
		if err := end(tx, by, r, "Ghi lại là “"+kind.Name()+"”"); err != nil {
			return err
		}
	}
	return Relate(tx, by, kind, s.ID, t.ID, r.Day, r.Note)
}

// EndRelation declines a proposed relation or takes back one that was confirmed, with the reason.
func EndRelation(tx *db.Tx, by access.Actor, id db.ID, reason string) error {
	r, s, t, err := relation(tx, by, id)
	if err != nil {
		return err
	}
	if r.EndedAt != 0 {
		return fault.Conflict("Quan hệ này đã được %s bỏ.", r.EndedBy)
	}
	reason = fold.Tidy(reason)
	if reason == "" && r.ConfirmedAt != 0 {
		return fault.Invalid("reason", "Cần ghi lý do bỏ một quan hệ đã được xác nhận.")
	}
	if err := official.RefuseSecret(reason); err != nil {
		return err
	}
	if err := end(tx, by, r, reason); err != nil {
		return err
	}
	if r.ConfirmedAt != 0 && r.Kind == CarriesOut {
		if err := lineage.Unlink(tx, t.Node(), s.Node(), "triển khai"); err != nil {
			return err
		}
	}
	if r.Kind == Replaces {
		if err := replacedOn(tx, t.ID); err != nil {
			return err
		}
	}
	_, err = journal.Write(tx, by, "unrelated", s.About(), journal.Details{"kind": r.Kind.Name(), "target": t.Label(), "reason": reason})
	return err
}

func end(tx *db.Tx, by access.Actor, r Relation, reason string) error {
	_, err := tx.Exec("update directive_relation set ended_at = ?, ended_by = ?, end_reason = ? where id = ?", tx.Now(), by.Name, reason, r.ID)
	return err
}

func relation(tx *db.Tx, by access.Actor, id db.ID) (r Relation, s, t Directive, err error) {
	if err = tx.Get(&r, relations+"where id = ?", id); err != nil {
		if errors.Is(err, db.None) {
			err = fault.Missing("Không có quan hệ này giữa hai văn bản.")
		}
		return r, s, t, err
	}
	s, t, err = ends(tx, by, r.Source, r.Target)
	return r, s, t, err
}

// Related lists the relations of a document in both directions, without those that ended, the proposed ones first.
func Related(tx *db.Tx, by access.Actor, id db.ID) ([]Relation, map[db.ID]Directive, error) {
	if _, err := Find(tx, by, id); err != nil {
		return nil, nil, err
	}
	var all []Relation
	if err := tx.Select(&all, relations+`
where (source = ? or target = ?) and ended_at is null
order by case when confirmed_at is null then 0 else 1 end, id`, id, id); err != nil {
		return nil, nil, err
	}
	ids := []db.ID{id}
	for _, r := range all {
		ids = append(ids, r.Source, r.Target)
	}
	byID, err := these(tx, ids)
	return all, byID, err
}

// ReplacedBy gives the documents that took the place of one, the oldest first.
func ReplacedBy(tx *db.Tx, by access.Actor, id db.ID) ([]Directive, error) {
	if err := by.May(access.ReadDirective, by.Body); err != nil {
		return nil, err
	}
	var all []Directive
	err := tx.Select(&all, columns+`join directive_relation r on r.source = d.id
where r.target = ? and r.kind = 'replaces' and r.confirmed_at is not null and r.ended_at is null
order by d.sort_day, d.id`, id)
	return all, err
}

// these reads documents by id.
func these(tx *db.Tx, ids []db.ID) (map[db.ID]Directive, error) {
	found := make(map[db.ID]Directive, len(ids))
	for part := range slices.Chunk(ids, 256) {
		list, args := db.Padded(part)
		var some []Directive
		if err := tx.Select(&some, columns+"where d.id in "+list, args...); err != nil {
			return nil, err
		}
		for _, d := range some {
			found[d.ID] = d
		}
	}
	return found, nil
}
