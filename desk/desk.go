// Package desk is bàn làm việc: what awaits me, across rooms, with why, until when and how late. It only reads. Every
// source is asked in a fixed number of queries, however many bodies or papers there are.
package desk

import (
	"fmt"
	"slices"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/org"
	"giaoban/task"
)

// Item is one line of a desk. Its link is where the thing is done; only a report has a second one, because a period in
// which nothing happened is reported in two actions.
type Item struct {
	Room   string        // the room's word, as in lineage: report, task, proposal, paper, briefing, account
	Title  string        // what
	Why    string        // why it is on this desk
	Note   string        // more to know: the reason it was sent back, how the date was found; may be ""
	Due    calendar.Date // until when; zero when there is no date
	Late   int           // days past Due; 0 when not late
	Soon   bool          // due within three days
	Count  int           // 1, or how many things are behind a line that says there are more
	Holds  int           // where the link leads to a list: how many that holds, as the line says; 0 for a record
	Action string        // what the link says
	To     Target
	Nil    Target // where “nothing to report” is confirmed; zero when that is no question
}

// Target is where an item is seen to: a record, a list when nothing more is said, or what was opened for a period.
type Target struct {
	Kind   string // of the record, as in lineage
	ID     db.ID
	Step   string          // what is done there; "" to look at it
	State  string          // which of a list
	Regime string          // of what was opened: its code
	Period calendar.Period // of what was opened, or of a list
}

// to is a record's own page.
func to(kind string, id db.ID) Target { return Target{Kind: kind, ID: id} }

// Desk is everything on one actor's desk, the most urgent first.
type Desk struct {
	Day     calendar.Date
	Items   []Item // what I have to do
	Waiting []Item // what I wait for: others have to act
	Reading []Item // what is there to be read, where nothing has to be done

	Beginning string // why nothing comes yet, in an office that has opened no period
}

// Total counts what is to be done: each line once, and behind “there are more” as many as there are. What concerns many
// bodies at once, such as a period not reported, is one thing to do and says its number in its sentence.
func (d Desk) Total() (n int) {
	for _, i := range d.Items {
		n += i.Count
	}
	return n
}

// Late counts what is past its day.
func (d Desk) Late() (n int) {
	for _, i := range d.Items {
		if i.Late > 0 {
			n += i.Count
		}
	}
	return n
}

// Soon counts what is due today or within three days.
func (d Desk) Soon() (n int) {
	for _, i := range d.Items {
		if i.Soon {
			n += i.Count
		}
	}
	return n
}

// most is how many lines one source may put on a desk; the rest is one line with their number. A desk of a hundred lines
// is a list, and each room has its own.
const most = 8

// soon is within how many days a thing is marked as coming.
const soon = 3

// For gives the desk of the actor.
func For(tx *db.Tx, by access.Actor) (Desk, error) {
	if !by.SignedIn() {
		return Desk{}, fault.SignIn("Xin đăng nhập để xem bàn làm việc.")
	}
	b := &builder{tx: tx, by: by, Desk: Desk{Day: calendar.OfInstant(tx.Clock())}}
	var sources []func() error
	switch by.Role {
	case access.AgencyOfficer:
		sources = []func() error{b.reportsOwed, b.tasksOwed, b.invitations, b.answersOwedToUs, b.beginning}
	case access.AgencyLeader:
		sources = []func() error{b.approvals, b.tasksOwed, b.invitations, b.answersOwedToUs, b.beginning}
	case access.CommissionOfficer:
		sources = []func() error{b.firstPeriods, b.submissionsToReceive, b.reportExtensions, b.notReported, b.tasksToJudge, b.taskExtensions,
			b.tasksLate, b.handovers, b.ownTasks, b.proposals, b.briefings, b.reviews, b.consolidations}
	case access.CommissionLeader:
		sources = []func() error{b.signatures, b.consolidations, b.reviewsToConfirm, b.exceptions, b.beginning}
	case access.Clerk:
		sources = []func() error{b.numbers, b.papersThatMayCome, b.consolidations, b.beginning}
	case access.Speaker:
		sources = []func() error{b.reading}
	case access.Administrator:
		sources = []func() error{b.accounts, b.beginning}
	}
	if len(sources) > 0 {
		names, err := org.Names(tx, b.Day)
		if err != nil {
			return Desk{}, err
		}
		b.names = names
	}
	for _, source := range sources {
		if err := source(); err != nil {
			return Desk{}, err
		}
	}
	b.settle(b.Items)
	b.settle(b.Desk.Waiting)
	return b.Desk, nil
}

type builder struct {
	Desk
	tx    *db.Tx
	by    access.Actor
	names map[db.ID]org.Body

	counts  task.Heap // asked once, however many sources need it
	counted bool
}

func (b *builder) add(i Item)  { b.Items = append(b.Items, i) }
func (b *builder) wait(i Item) { b.Waiting = append(b.Waiting, i) }

// settle tells how late each line is and sorts: the longest overdue first, then the nearest date. What has no date may
// be done today and stands there.
func (b *builder) settle(items []Item) {
	for k := range items {
		i := &items[k]
		i.Count = max(i.Count, 1)
		if i.Due.IsZero() {
			continue
		}
		if days := b.Day.Sub(i.Due); days > 0 {
			i.Late = days
		} else if days >= -soon {
			i.Soon = true
		}
	}
	when := func(i Item) calendar.Date {
		if i.Due.IsZero() {
			return b.Day
		}
		return i.Due
	}
	slices.SortStableFunc(items, func(x, y Item) int { return when(x).Compare(when(y)) })
}

// rest is the line for what a source has beyond those shown; holds is how long the list is that it leads to, 0 when that is
// of something else, and next the earliest date among them.
func (b *builder) rest(shown, total, holds int, room, what, action string, list Target, next calendar.Date) {
	if total <= shown {
		return
	}
	why := "Danh sách đầy đủ ở trang riêng."
	if holds > 0 {
		why = fmt.Sprintf("Danh sách ở trang riêng có cả thảy %d.", holds)
	}
	b.add(Item{Room: room, Title: fmt.Sprintf("Còn %d %s", total-shown, what), Why: why, Due: next, Count: total - shown,
		Holds: holds, Action: action, To: list})
}

func (b *builder) short(id db.ID) string {
	if body, ok := b.names[id]; ok {
		return body.ShortName
	}
	return "cơ quan"
}
