// Package succession keeps kế thừa công việc: what was open when bodies changed, to whom it is proposed by function, who
// accepted it, and how it is taken back. Nothing of the work itself is rewritten; only who answers for it now.
package succession

import (
	"errors"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
)

// Kind of an item.
type Kind string

const (
	Task       Kind = "task"       // one body's side of a task
	Obligation Kind = "obligation" // a report that is owed
	Assignment Kind = "assignment" // sectors that a body reports in every coming period
	Review     Kind = "review"     // the lead of a sơ kết, tổng kết
)

// Kinds in the order they are shown.
var Kinds = []Kind{Task, Obligation, Assignment, Review}

// Name is the office's word.
func (k Kind) Name() string {
	switch k {
	case Task:
		return "Nhiệm vụ"
	case Obligation:
		return "Báo cáo còn phải gửi"
	case Assignment:
		return "Phân công báo cáo các kỳ sau"
	case Review:
		return "Sơ kết, tổng kết"
	}
	return string(k)
}

// State of an item.
type State string

const (
	Open     State = "open"     // proposed or flagged, and nobody has decided
	Accepted State = "accepted" // another body answers
	Declined State = "declined" // it stays where it is, for a reason
	Gone     State = "gone"     // the change was undone before anything was decided
)

// Item is one thing that was open when a body changed.
type Item struct {
	ID         db.ID         `db:"id"`
	Change     db.ID         `db:"change"`
	Kind       Kind          `db:"kind"`
	Item       db.ID         `db:"item"` // id of the task, the obligation, the assignment, the review
	Part       string        `db:"part"` // of a task: whose side; of an assignment: sectors, "" for all
	From       db.ID         `db:"from_body"`
	To         db.ID         `db:"to_body"`    // proposed; "" cần người quyết định
	Functions  string        `db:"functions"`  // codes with a blank between; "" when it names none
	Reason     string        `db:"reason"`     // why this body, or why nobody could be proposed
	Candidates string        `db:"candidates"` // ids with a blank between
	Title      string        `db:"title"`
	Due        calendar.Date `db:"due"`
	ProposedAt db.Instant    `db:"proposed_at"`
	Decision
	ChangeUndone bool `db:"change_undone"`
}

// Decision is what a person decided last about an item and what still stands; zero when nobody has.
type Decision struct {
	DecisionID     db.ID      `db:"decision"`
	WasAccepted    bool       `db:"accepted"`
	Holder         db.ID      `db:"decided_to"` // who answers since
	HeldBy         db.ID      `db:"held_by"`    // who answered until then
	Transfer       db.ID      `db:"transfer"`   // of an assignment
	DecisionReason string     `db:"decision_reason"`
	DecidedAt      db.Instant `db:"decided_at"`
	DecidedBy      string     `db:"decided_by"`
}

// State derives where an item stands.
func (i Item) State() State {
	switch {
	case i.DecisionID != "" && i.WasAccepted:
		return Accepted
	case i.DecisionID != "":
		return Declined
	case i.ChangeUndone:
		return Gone
	}
	return Open
}

// Flagged reports whether a person has to choose: nobody could be proposed.
func (i Item) Flagged() bool { return i.To == "" }

// CandidateList are the bodies that may be chosen, those that the text speaks of first.
func (i Item) CandidateList() []db.ID {
	var ids []db.ID
	for _, id := range strings.Fields(i.Candidates) {
		ids = append(ids, db.ID(id))
	}
	return ids
}

const selectItem = `
select i.id, i.change, i.kind, i.item, i.part, i.from_body, i.to_body, i.functions, i.reason, i.candidates, i.title, i.due,
	i.proposed_at, d.id as decision, coalesce(d.accepted, false) as accepted, d.to_body as decided_to, d.held_by, d.transfer,
	coalesce(d.reason, '') as decision_reason, d.at as decided_at, coalesce(d.by_name, '') as decided_by,
	c.undone_at is not null as change_undone
from succession_item i
join org_change c on c.id = i.change
left join succession_decision d on d.item = i.id and d.undone_at is null
`

// Items lists what a change left open, in the order of kinds and dates. Only for who may accept it.
func Items(tx *db.Tx, by access.Actor, change db.ID) ([]Item, error) {
	if err := by.May(access.AcceptSuccession, by.Body); err != nil {
		return nil, err
	}
	return itemsOf(tx, change)
}

func itemsOf(tx *db.Tx, change db.ID) ([]Item, error) {
	var all []Item
	err := tx.Select(&all, selectItem+`
where i.change = ?
order by case i.kind when 'task' then 1 when 'obligation' then 2 when 'assignment' then 3 else 4 end, i.due, i.title, i.id`, change)
	return all, err
}

// Find gives one item.
func Find(tx *db.Tx, by access.Actor, id db.ID) (Item, error) {
	var i Item
	if err := by.May(access.AcceptSuccession, by.Body); err != nil {
		return i, err
	}
	err := tx.Get(&i, selectItem+"where i.id = ?", id)
	if errors.Is(err, db.None) {
		return i, fault.Missing("Không có việc bàn giao này. Xem danh sách ở trang Bàn giao của lần sắp xếp.")
	}
	return i, err
}

// Load is how much of a change waits for a decision.
type Load struct {
	Change  db.ID         `db:"change"`
	Day     calendar.Date `db:"day"`
	Open    int           `db:"n"`
	Flagged int           `db:"flagged"` // of these, without a proposed successor
}

// Waiting counts what nobody has decided yet, by change, the earliest first.
func Waiting(tx *db.Tx, by access.Actor) ([]Load, error) {
	if err := by.May(access.AcceptSuccession, by.Body); err != nil {
		return nil, err
	}
	var all []Load
	err := tx.Select(&all, `
select i.change, c.day, count(*) as n, coalesce(sum(case when i.to_body is null then 1 else 0 end), 0) as flagged
from succession_item i
join org_change c on c.id = i.change
where c.undone_at is null
  and not exists (select 1 from succession_decision d where d.item = i.id and d.undone_at is null)
group by i.change, c.day
order by c.day, i.change`)
	return all, err
}
