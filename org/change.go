package org

import (
	"cmp"
	"errors"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
)

// ChangeKind is what may happen to bodies.
type ChangeKind string

const (
	Renamed      ChangeKind = "renamed"      // another name; the body goes on
	Merged       ChangeKind = "merged"       // several become one; the one that also receives goes on
	Split        ChangeKind = "split"        // the functions of one go to several
	Dissolved    ChangeKind = "dissolved"    // ends; whoever takes over may be unknown
	Created      ChangeKind = "created"      // begins
	Moved        ChangeKind = "moved"        // a function goes to another body; both go on
	Reclassified ChangeKind = "reclassified" // becomes a body of another kind
)

// ChangeKinds in the order a person is offered them.
var ChangeKinds = []ChangeKind{Merged, Split, Moved, Renamed, Created, Dissolved, Reclassified}

// Name is the office's word.
func (k ChangeKind) Name() string {
	switch k {
	case Renamed:
		return "Đổi tên"
	case Merged:
		return "Hợp nhất, sáp nhập"
	case Split:
		return "Chia tách"
	case Dissolved:
		return "Kết thúc hoạt động"
	case Created:
		return "Thành lập"
	case Moved:
		return "Chuyển chức năng"
	case Reclassified:
		return "Chuyển loại"
	}
	return string(k)
}

// Ends reports whether a body that gives in such a change, and receives nothing in it, ends with it.
func (k ChangeKind) Ends() bool { return k == Merged || k == Split || k == Dissolved }

// Change is a dated event in the life of bodies.
type Change struct {
	ID           db.ID         `db:"id"`
	Seq          int64         `db:"seq"` // order of announcement, from 1
	Kind         ChangeKind    `db:"kind"`
	Day          calendar.Date `db:"day"`   // the first day of the new state; what ended, ended the day before
	Basis        string        `db:"basis"` // the document
	Note         string        `db:"note"`
	Reference    string        `db:"reference"` // key of the shipped row it was made from; "" when typed by hand
	AnnouncedAt  db.Instant    `db:"announced_at"`
	AnnouncedBy  string        `db:"announced_by"`
	UndoneAt     db.Instant    `db:"undone_at"` // 0 while it counts
	UndoneBy     string        `db:"undone_by"`
	UndoneReason string        `db:"undone_reason"`
	Parts        []Part        `db:"-"`
}

// Undone reports whether the change was taken back and counts no more.
func (c Change) Undone() bool { return c.UndoneAt != 0 }

// Part is one way a change goes: From hands Function over to To.
type Part struct {
	ID       db.ID         `db:"id"`
	Change   db.ID         `db:"change"`
	Kind     ChangeKind    `db:"kind"`
	Day      calendar.Date `db:"day"`       // of the change: To answers from this day, From until the day before
	From     db.ID         `db:"from_body"` // "" for a body founded out of none
	To       db.ID         `db:"to_body"`   // "" chưa xác định: nobody has said who takes it over
	Function string        `db:"function"`  // code of a function; "" everything of From that no other part of the change names
	Basis    string        `db:"basis"`     // of the change
}

// Whole reports whether the part hands over everything that no other part names.
func (p Part) Whole() bool { return p.Function == "" }

// Stays reports whether From keeps it: a renamed body, or the one a merger goes on in.
func (p Part) Stays() bool { return p.From == p.To && p.From != "" }

// NewChange is what a person says of a change.
type NewChange struct {
	Kind      ChangeKind
	Day       calendar.Date
	Basis     string
	Note      string
	Reference string // key of the shipped row it follows; "" when typed by hand
	Parts     []NewPart
	Creates   []New     // bodies that begin on the day; Parts name them by code. ValidFrom and Basis are the change's
	Names     []NewName // bodies that have another name from the day on, in any kind of change
	Kinds     []NewKind // bodies that are of another kind from the day on
}

// NewPart is one line of a change: who hands over what to whom.
type NewPart struct {
	From, To db.ID  // To "" and ToCode "": chưa xác định
	ToCode   string // instead of To: the code of a body in Creates
	Function string // "" everything of From that no other part names
}

// NewName is a name from the day of a change on; an empty ShortName is the name, an empty Symbol or Place stays.
type NewName struct {
	Body                           db.ID
	Name, ShortName, Symbol, Place string
}

// NewKind is the kind of a body from the day of a change on.
type NewKind struct {
	Body db.ID
	Kind Kind
}

const changeColumns = `
select c.id, c.seq, c.kind, c.day, c.basis, c.note, c.reference, c.announced_at, c.announced_by, coalesce(c.undone_at, 0) as undone_at,
	c.undone_by, c.undone_reason
from org_change c
`

const partColumns = `
select p.id, p.change, c.kind, c.day, coalesce(p.from_body, '') as from_body, coalesce(p.to_body, '') as to_body, p.function, c.basis
from org_change_part p
join org_change c on c.id = p.change
`

// FindChange gives one change with its parts, also when it was undone.
func FindChange(tx *db.Tx, by access.Actor, id db.ID) (Change, error) {
	if err := by.May(access.ReadBodies, by.Body); err != nil {
		return Change{}, err
	}
	var c Change
	err := tx.Get(&c, changeColumns+"where c.id = ?", id)
	if errors.Is(err, db.None) {
		return c, fault.Missing("Không có lần sắp xếp này. Xem các lần đã ghi ở trang Sắp xếp cơ quan.")
	}
	if err != nil {
		return c, err
	}
	err = tx.Select(&c.Parts, partColumns+"where p.change = ?\norder by p.seq", id)
	return c, err
}

// Changes lists what happened to bodies, the latest day first; undone ones too.
func Changes(tx *db.Tx, by access.Actor) ([]Change, error) {
	return changesWhere(tx, by, "")
}

// ChangedAfter is Changes of those that were announced, or taken back, after a moment.
func ChangedAfter(tx *db.Tx, by access.Actor, at db.Instant) ([]Change, error) {
	return changesWhere(tx, by, "where c.announced_at > ? or c.undone_at > ?", at, at)
}

// ChangesOf lists what happened to one body, whether it gave, received, was renamed or became of another kind, the latest
// day first; undone ones too.
func ChangesOf(tx *db.Tx, by access.Actor, body db.ID) ([]Change, error) {
	return changesWhere(tx, by, "where c.id in (select change from org_change_part where from_body = ? or to_body = ?)", body, body)
}

func changesWhere(tx *db.Tx, by access.Actor, where string, args ...any) ([]Change, error) {
	if err := by.May(access.ReadBodies, by.Body); err != nil {
		return nil, err
	}
	var all []Change
	if err := tx.Select(&all, changeColumns+cmp.Or(where, "where true")+"\norder by c.day desc, c.seq desc", args...); err != nil || len(all) == 0 {
		return nil, err
	}
	at := make(map[db.ID]int, len(all))
	for i, c := range all {
		at[c.ID] = i
	}
	var parts []Part
	if err := tx.Select(&parts, partColumns+cmp.Or(where, "where true")+"\norder by p.change, p.seq", args...); err != nil {
		return nil, err
	}
	for _, p := range parts {
		if i, ok := at[p.Change]; ok {
			all[i].Parts = append(all[i].Parts, p)
		}
	}
	return all, nil
}
