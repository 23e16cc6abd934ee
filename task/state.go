package task

import (
	"strings"

	"giaoban/calendar"
	"giaoban/internal/db"
)

// State of one side of a task; the lead's is the task's. The texts are those of the API.
type State string

const (
	StateOpen      State = "open"      // asked, not yet received
	StateAccepted  State = "accepted"  // received, being worked on
	StateDone      State = "done"      // reported complete, not yet judged
	StateClosed    State = "closed"    // the commission accepted the result
	StateReturned  State = "returned"  // sent back with a reason and a new date
	StateWithdrawn State = "withdrawn" // taken back

	// Overdue follows from the day and is never kept: see StateOn.
	StateOverdue State = "overdue"
	// Unfinished is only asked for: every state but closed and withdrawn.
	StateUnfinished State = "unfinished"
	// ToJudge and Asking are only asked for, too: what the commission owes an answer, overdue or not.
	StateToJudge State = "to_judge"
	StateAsking  State = "asking"
)

// States are those a page or the API shows, in the order of a task's life.
var States = []State{StateOpen, StateAccepted, StateOverdue, StateDone, StateReturned, StateClosed, StateWithdrawn}

// Of is the office's word for a task in the state: what its own units made is judged, what others did is noted.
func (s State) Of(t Task) string {
	return strings.Replace(s.Name(), "nghiệm thu, ghi nhận", t.Judging(), 1)
}

// Judging is what the commission does with the result: nghiệm thu, or ghi nhận of bodies over which it has no say.
func (t Task) Judging() string {
	if t.Noted {
		return "ghi nhận"
	}
	return "nghiệm thu"
}

// Of is the office's word for a fact of a task.
func (k Kind) Of(t Task) string {
	if k == Approved && t.Noted {
		return "Ghi nhận kết quả"
	}
	return k.Name()
}

// Name is the office's word where no one task is meant.
func (s State) Name() string {
	switch s {
	case StateOpen:
		return "Chưa tiếp nhận"
	case StateAccepted:
		return "Đang thực hiện"
	case StateDone:
		return "Chờ nghiệm thu, ghi nhận"
	case StateClosed:
		return "Đã nghiệm thu, ghi nhận"
	case StateReturned:
		return "Yêu cầu làm lại"
	case StateWithdrawn:
		return "Đã rút"
	case StateOverdue:
		return "Quá hạn"
	case StateUnfinished:
		return "Chưa xong"
	case StateToJudge:
		return "Chờ nghiệm thu, ghi nhận, cả quá hạn"
	case StateAsking:
		return "Đang xin gia hạn"
	}
	return string(s)
}

// Kind of a fact.
type Kind string

const (
	Received   Kind = "received"
	Progressed Kind = "progress"
	Asked      Kind = "asked"
	Granted    Kind = "granted"
	Declined   Kind = "declined"
	Completed  Kind = "completed"
	Approved   Kind = "accepted"
	SentBack   Kind = "sent_back"
	TakenBack  Kind = "withdrawn"
	Shifted    Kind = "shifted" // by the calendar
	Corrected  Kind = "extension_corrected"
	Revoked    Kind = "extension_revoked"
	Reminded   Kind = "reminded" // changes nothing of where the task stands
)

// Name says what happened.
func (k Kind) Name() string {
	switch k {
	case Received:
		return "Tiếp nhận"
	case Progressed:
		return "Báo tiến độ"
	case Asked:
		return "Xin gia hạn"
	case Granted:
		return "Cho gia hạn"
	case Declined:
		return "Không gia hạn"
	case Completed:
		return "Báo hoàn thành"
	case Approved:
		return "Nghiệm thu"
	case SentBack:
		return "Yêu cầu làm lại"
	case TakenBack:
		return "Rút nhiệm vụ"
	case Shifted:
		return "Dời hạn theo lịch nghỉ"
	case Corrected:
		return "Sửa gia hạn"
	case Revoked:
		return "Thu lại gia hạn"
	case Reminded:
		return "Đôn đốc"
	}
	return string(k)
}

// Fact is one thing that happened to a task.
type Fact struct {
	Seq    int64         `db:"seq"`
	Body   db.ID         `db:"org"` // whose side it concerns
	Kind   Kind          `db:"kind"`
	At     db.Instant    `db:"at"`
	By     string        `db:"actor"`
	ByName string        `db:"actor_name"`
	Note   string        `db:"note"`
	Due    calendar.Date `db:"due"`        // the day asked for or given; zero when the fact gives none
	From   calendar.Date `db:"moved_from"` // of a day that was moved: the day before
	Paper  string        `db:"paper"`      // the product's number and symbol, or the paper that withdraws
	Files  []db.ID       `db:"-"`
}

// Standing is where a side stands: what follows from the facts.
type Standing struct {
	State   State         `db:"state"`
	Due     calendar.Date `db:"due"`
	Live    bool          `db:"live"`    // neither closed nor withdrawn
	Running bool          `db:"running"` // the date still counts
	Asking  bool          `db:"asking"`  // an extension waits for its answer
	DoneOn  calendar.Date `db:"done_on"` // zero while not reported complete
}

// derive is the one place where a state comes from. facts are all of the task, in order; those of other sides are
// passed over, except that the end of the task ends every side.
func derive(side Side, facts []Fact) Standing {
	s := Standing{State: StateOpen, Due: side.FirstDue}
	for _, f := range facts {
		if f.Body != side.Body && f.Kind != Approved && f.Kind != TakenBack {
			continue
		}
		switch f.Kind {
		case Received:
			s.State = StateAccepted
		case Progressed:
			if s.State == StateOpen { // whoever reports progress has received it
				s.State = StateAccepted
			}
		case Asked:
			s.Asking = true
		case Granted:
			s.Asking, s.Due = false, f.Due
		case Declined:
			s.Asking = false
		case Shifted, Corrected, Revoked:
			s.Due = f.Due
		case Completed:
			s.State, s.Asking, s.DoneOn = StateDone, false, calendar.OfInstant(f.At.Time())
		case SentBack:
			s.State, s.Due, s.DoneOn = StateReturned, f.Due, calendar.Date{}
		case Approved:
			s.State, s.Asking = StateClosed, false
		case TakenBack:
			s.State, s.Asking = StateWithdrawn, false
		}
	}
	s.Live = s.State != StateClosed && s.State != StateWithdrawn
	// Work handed in by its day is not late however long its judgement takes; work handed in after it stays late until
	// it is judged.
	s.Running = s.Live && (s.State != StateDone || s.DoneOn.After(s.Due))
	return s
}

// Late reports whether the side is overdue on a day.
func (s Standing) Late(day calendar.Date) bool { return s.Running && s.Due.Before(day) }

// StateOn is the state a page or the API shows on a day: overdue before all that is not finished.
func (s Standing) StateOn(day calendar.Date) State {
	if s.Late(day) {
		return StateOverdue
	}
	return s.State
}

// DaysLate is how many working days have passed since the side was due; 0 when it is not late.
func (s Standing) DaysLate(holidays calendar.Holidays, day calendar.Date) int {
	if !s.Late(day) {
		return 0
	}
	return holidays.DaysLate(s.Due, day)
}

// restate keeps what follows from the facts in the rows, for every side of the task.
func restate(tx *db.Tx, task db.ID, sides []Side, facts []Fact) error {
	for _, side := range sides {
		s := derive(side, facts)
		if s == side.Standing {
			continue
		}
		if _, err := tx.Exec(`
update task_side set due = ?, state = ?, live = ?, running = ?, asking = ?, done_on = ?
where task = ? and org = ?`, s.Due, string(s.State), s.Live, s.Running, s.Asking, s.DoneOn, task, side.Body); err != nil {
			return err
		}
	}
	return nil
}
