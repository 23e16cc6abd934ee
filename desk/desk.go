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
	Room    string        // the room's word, as in lineage: report, task, proposal, paper, conference, account
	Title   string        // what
	Why     string        // why it is on this desk
	Note    string        // more to know: the reason it was sent back, how the date was found; may be ""
	Due     calendar.Date // until when; zero when there is no date
	Past    bool          // Due has passed
	Late    int           // working days past Due, as everywhere; 0 also while only days off have passed since
	Soon    bool          // due within three days
	Mine    bool          // this person's; else the body's
	Awaited bool          // others wait until this is done here
	Heap    string        // under what it is gathered when it is long past: a regime's name; "" when it never is
	Count   int           // 1, or how many things are behind a line that says there are more
	Holds   int           // where the link leads to a list: how many that holds, as the line says; 0 for a record
	Action  string        // what the link says
	To      Target
	Nil     Target // where “nothing to report” is confirmed; zero when that is no question
	asked   bool   // whose it is was asked; else it comes to the role
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

// Desk is everything on one actor's desk.
type Desk struct {
	Day     calendar.Date
	Items   []Item // what I have to do, the most urgent first
	Waiting []Item // what I wait for: others have to act
	Reading []Item // what is there to be read, where nothing has to be done

	Whose     string // what the work of all is called here: "Của phòng"
	Quiet     string // what comes to this desk, for the day on which nothing does
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
	own := desks[by.Role]
	b.Quiet = own.quiet
	if len(own.sources) > 0 {
		if err := b.know(); err != nil {
			return Desk{}, err
		}
	}
	for _, source := range own.sources {
		if err := source(b); err != nil {
			return Desk{}, err
		}
	}
	b.settle(b.Items)
	b.settle(b.Desk.Waiting)
	return b.Desk, nil
}

// ofRole is the desk of a role: where its lines come from, and what it says while there are none.
type ofRole struct {
	sources []func(*builder) error
	quiet   string
}

// desks has one for every role; a test asks each of them, in an office of any age, whether it says what there is.
var desks = map[access.Role]ofRole{
	access.AgencyOfficer: {[]func(*builder) error{(*builder).reportsOwed, (*builder).tasksOwed, (*builder).appraisals, (*builder).reviewsHanded, (*builder).invitations, (*builder).answersOwedToUs,
		(*builder).answeredAbove, (*builder).beginning}, "Báo cáo phải gửi, nhiệm vụ, giấy mời giao ban của cơ quan sẽ hiện ở đây, kèm lý do và hạn."},
	access.AgencyLeader: {[]func(*builder) error{(*builder).approvals, (*builder).tasksOwed, (*builder).appraisals, (*builder).reviewsHanded, (*builder).invitations, (*builder).answersOwedToUs,
		(*builder).answeredAbove, (*builder).beginning}, "Báo cáo trình duyệt, việc quá hạn và nhiệm vụ của cơ quan sẽ hiện ở đây."},
	access.CommissionOfficer: {[]func(*builder) error{(*builder).firstPeriods, (*builder).submissionsToReceive, (*builder).reportExtensions, (*builder).notReported,
		(*builder).tasksToJudge, (*builder).taskExtensions, (*builder).tasksLate, (*builder).handovers, (*builder).ownTasks, (*builder).proposals, (*builder).forwarded,
		(*builder).briefings, (*builder).reviews, (*builder).appraisals, (*builder).consolidations, (*builder).writing, (*builder).consequences,
		(*builder).owedUpward, (*builder).deadlinesToMove},
		"Báo cáo chờ nhận, cơ quan chưa gửi, việc chờ nghiệm thu, ghi nhận, kiến nghị chờ trả lời sẽ hiện ở đây."},
	access.CommissionLeader: {[]func(*builder) error{(*builder).signatures, (*builder).consolidations, (*builder).owedUpward, (*builder).reviewsToConfirm,
		(*builder).exceptions, (*builder).forwarded, (*builder).deadlinesToMove, (*builder).beginning},
		"Văn bản trình ký, danh mục chờ duyệt và những gì quá hạn sẽ hiện ở đây; không có gì là không có việc nào quá hạn."},
	access.Clerk: {[]func(*builder) error{(*builder).numbers, (*builder).papersThatMayCome, (*builder).consolidations, (*builder).owedUpward,
		(*builder).beginning},
		"Văn bản đã ký chờ vào số, chờ phát hành và báo cáo giấy có thể đến sẽ hiện ở đây."},
	access.Speaker: {[]func(*builder) error{(*builder).reading}, "Văn bản mới và các buổi quán triệt sắp tới sẽ hiện ở đây."},
	access.Administrator: {[]func(*builder) error{(*builder).accounts, (*builder).beginning},
		"Tài khoản chưa dùng được và cơ quan chưa ai đăng nhập được sẽ hiện ở đây."},
}

type builder struct {
	Desk
	tx       *db.Tx
	by       access.Actor
	names    map[db.ID]org.Body
	holidays calendar.Holidays
	own

	counts  task.Heap // asked once, however many sources need it
	counted bool
}

// alike is the key of what all people of a role at one body find on their desks alike.
type alike struct {
	source string
	role   access.Role
	body   db.ID
	day    calendar.Date
}

// shared loads what does not depend on who of a role looks, so that the second desk of the morning need not.
func shared[T any](b *builder, source string, load func() ([]T, error)) ([]T, error) {
	all, err := db.Once(b.tx, alike{source, b.by.Role, b.by.Body, b.Day}, load)
	return slices.Clone(all), err
}

// add puts a line on the desk. What came to the role is mine where nobody else has it.
func (b *builder) add(i Item) {
	i.Mine = i.Mine || !i.asked && b.alone
	b.Items = append(b.Items, i)
}

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
		i.Past, i.Late = i.Due.Before(b.Day), b.holidays.DaysLate(i.Due, b.Day)
		i.Soon = !i.Past && !i.Due.After(b.Day.AddDays(soon))
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
		Holds: holds, Action: action, To: list, Heap: heaps[room]})
}

// heaps are the words under which old lines of a room are gathered; reports are by their regime.
var heaps = map[string]string{"task": "Nhiệm vụ quá hạn", "proposal": "Kiến nghị chưa trả lời"}

func (b *builder) short(id db.ID) string {
	if body, ok := b.names[id]; ok {
		return body.ShortName
	}
	return "cơ quan"
}
