package task

import (
	"encoding/base64"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/internal/id"
)

// Filter says which tasks List gives. Everything may be left out.
type Filter struct {
	Lead   db.ID         // only tasks whose lead's part this body answers for
	Body   db.ID         // only tasks of which this body answers for a side; the rows show that side
	AsWas  bool          // Lead is the body that was asked, whoever answers now; Body counts what it handed over too
	State  State         // one state, Overdue or Unfinished; "" all
	Day    calendar.Date // the day that overdue is told by; zero: today
	Limit  int           // how many; 0: 50, at most 500
	Cursor string        // where the page before ended
}

// List gives tasks by their date, the earliest first, and the cursor of the next page ("" when this is the last). Who
// sees only its own gets the tasks of which it answers for a side.
func List(tx *db.Tx, by access.Actor, f Filter) (tasks []Task, next string, err error) {
	if err := f.fit(tx, by); err != nil {
		return nil, "", err
	}
	where, args, err := f.where()
	if err != nil {
		return nil, "", err
	}
	// One more than asked tells whether there is a next page.
	args = append(args, f.Limit+1)
	if err := tx.Select(&tasks, columns+where+"\norder by s.due, s.task\nlimit ?", args...); err != nil {
		return nil, "", err
	}
	if len(tasks) > f.Limit {
		tasks = tasks[:f.Limit]
		next = cursor(tasks[f.Limit-1])
	}
	return tasks, next, nil
}

// fit narrows the filter to what the actor may see and fills in what was left out.
func (f *Filter) fit(tx *db.Tx, by access.Actor) error {
	if own := by.Sees(access.ReadTask); own != "" {
		if f.Body != "" && string(f.Body) != own {
			f.Body = "-" // nothing: another body's side is not for these eyes
		} else {
			f.Body = db.ID(own)
		}
	}
	if f.Day.IsZero() {
		f.Day = calendar.OfInstant(tx.Clock())
	}
	if f.Limit <= 0 {
		f.Limit = 50
	}
	f.Limit = min(f.Limit, 500)
	return nil
}

// where is written out for each kind of question, so that an index answers each: a condition that may be off
// ("? = ” or …") would make the engine read everything.
func (f Filter) where() (string, []any, error) {
	var where []string
	var args []any
	and := func(condition string, more ...any) {
		where = append(where, condition)
		args = append(args, more...)
	}
	switch {
	case f.Body != "" && f.Lead != "" && f.Body != f.Lead:
		// The body's own side, of tasks that another leads.
		f.held(and, f.Body)
		if f.AsWas {
			and("exists (select 1 from task_side l where l.task = s.task and l.leads and l.org = ?)", f.Lead)
		} else {
			and("exists (select 1 from task_side l where l.task = s.task and l.leads and l.holder = ?)", f.Lead)
		}
	case f.Lead != "" && f.AsWas:
		// Nearly all sides are held by who was asked: only what was handed over has an index by that body.
		and("(s.holder = ? and s.org = ? or s.org = ? and s.holder <> s.org)", f.Lead, f.Lead, f.Lead)
		and("s.leads")
	case f.Lead != "":
		and("s.holder = ?", f.Lead)
		and("s.leads")
	case f.Body != "":
		f.held(and, f.Body)
	case f.State != StateAsking: // a body that cooperates asks for itself
		and("s.leads")
	}
	switch f.State {
	case "":
	case StateOverdue:
		and("s.live")
		and("s.running")
		and("s.due < ?", f.Day)
	case StateUnfinished:
		and("s.live")
	case StateToJudge:
		and("s.state = 'done'")
	case StateAsking:
		and("s.asking")
	case StateOpen, StateAccepted, StateReturned:
		// What is overdue is told as overdue; each task is in one state only.
		and("s.state = ?", string(f.State))
		and("s.due >= ?", f.Day)
	case StateDone:
		and("s.state = ?", string(f.State))
		and("(not s.running or s.due >= ?)", f.Day)
	case StateClosed, StateWithdrawn:
		and("s.state = ?", string(f.State))
	default:
		return "", nil, fault.Invalid("state", "Không có trạng thái “%s”. Các trạng thái: open, accepted, done, closed, returned, overdue, withdrawn, unfinished, to_judge, asking.", fold.Cut(string(f.State), 40))
	}
	if f.Cursor != "" {
		due, last, err := readCursor(f.Cursor)
		if err != nil {
			return "", nil, err
		}
		and("(s.due, s.task) > (?, ?)", due, last)
	}
	return "where " + strings.Join(where, "\n  and "), args, nil
}

// held asks for the sides of one body: what it answers for now, and as it was also what it handed over.
func (f Filter) held(and func(string, ...any), org db.ID) {
	if f.AsWas {
		and("(s.holder = ? or s.org = ? and s.holder <> s.org)", org, org)
		return
	}
	and("s.holder = ?", org)
}

// cursor is where a page ended, in a form that nobody is tempted to make by hand.
func cursor(t Task) string {
	return base64.RawURLEncoding.EncodeToString([]byte(t.Due.String() + string(t.ID)))
}

func readCursor(s string) (calendar.Date, db.ID, error) {
	wrong := fault.Invalid("cursor", "Dấu trang không đúng; xin mở lại danh sách từ đầu.")
	text, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil || len(text) != 10+id.Length {
		return calendar.Date{}, "", wrong
	}
	due, err := calendar.ParseDate(string(text[:10]))
	if err != nil || due.IsZero() {
		return calendar.Date{}, "", wrong
	}
	last, ok := id.Parse(string(text[10:]))
	if !ok {
		return calendar.Date{}, "", wrong
	}
	return due, last, nil
}

// OpenOf lists what a body still has to do or to have judged, the earliest date first: what its next report and the
// next conference show. The rows show the side that the body answers for.
func OpenOf(tx *db.Tx, by access.Actor, org db.ID, day calendar.Date) ([]Task, error) {
	return every(tx, by, Filter{Body: org, State: StateUnfinished, Day: day})
}

// Overdue lists what is late on a day, the latest first in line; a body gets its own.
func Overdue(tx *db.Tx, by access.Actor, day calendar.Date) ([]Task, error) {
	return every(tx, by, Filter{State: StateOverdue, Day: day})
}

// every is List without pages, for papers that must be whole.
func every(tx *db.Tx, by access.Actor, f Filter) (tasks []Task, err error) {
	if err := f.fit(tx, by); err != nil {
		return nil, err
	}
	where, args, err := f.where()
	if err != nil {
		return nil, err
	}
	err = tx.Select(&tasks, columns+where+"\norder by s.due, s.task", args...)
	return tasks, err
}
