package review

import (
	"giaoban/calendar"
	"giaoban/internal/db"
)

// State is where a review stands.
type State string

const (
	Expected  State = "expected"  // due, not yet laid before the leader
	Listed    State = "listed"    // in the year's list, waits for the leader
	Confirmed State = "confirmed" // its steps are tasks
	Done      State = "done"
	Removed   State = "removed" // taken off the list, with the reason
	Stopped   State = "stopped"
	Past      State = "past" // due before the document was registered; nobody noted what came of it
)

// Name is the office's word.
func (s State) Name() string {
	switch s {
	case Expected:
		return "Chưa trình"
	case Listed:
		return "Chờ duyệt"
	case Confirmed:
		return "Đã duyệt, đang làm"
	case Done:
		return "Đã xong"
	case Removed:
		return "Đưa ra khỏi danh mục"
	case Stopped:
		return "Dừng"
	case Past:
		return "Trước khi vào sổ"
	}
	return string(s)
}

// State is derived here and nowhere else.
func (r Review) State() State {
	_, stopped := r.stop()
	switch {
	case !r.DoneOn.IsZero():
		return Done
	case !r.StoppedOn.IsZero() || stopped:
		return Stopped
	case r.RemovedAt != 0:
		return Removed
	case r.ConfirmedAt != 0:
		return Confirmed
	case r.SubmitBy.Before(calendar.OfInstant(r.MadeAt.Time())):
		return Past
	case r.ListedAt != 0:
		return Listed
	}
	return Expected
}

// Live reports whether work on it goes on.
func (r Review) Live() bool {
	s := r.State()
	return s == Expected || s == Listed || s == Confirmed || s == Past
}

// Late reports whether it should have been handed up before the day.
func (r Review) Late(day calendar.Date) bool {
	s := r.State()
	return (s == Expected || s == Listed || s == Confirmed) && r.SubmitBy.Before(day)
}

// stop tells from which day the document's own end stops the review, where it does. It follows from the register: when
// the relation that replaced the document is taken back, the review goes on.
func (r Review) stop() (calendar.Date, bool) {
	switch {
	case !r.ReplacedOn.IsZero() && !r.Due.Before(r.ReplacedOn):
		return r.ReplacedOn, true
	case !r.ValidTo.IsZero() && r.Due.After(r.ValidTo):
		return r.ValidTo, true
	}
	return calendar.Date{}, false
}

// Stop says from when and why a stopped review is not held; reason "" when it goes on. A document's successor is named by
// directive.ReplacedBy.
func (r Review) Stop() (day calendar.Date, reason string) {
	if r.State() != Stopped {
		return day, ""
	}
	if !r.StoppedOn.IsZero() {
		return r.StoppedOn, r.StopReason
	}
	day, _ = r.stop()
	if day == r.ReplacedOn {
		return day, "Văn bản được thay thế trước ngày đến hạn."
	}
	return day, "Văn bản hết hiệu lực trước ngày đến hạn."
}

// Standing is where a review stands by what happened to it. It is kept beside the facts so that lists can be asked by it.
type Standing struct {
	SubmitBy             calendar.Date `db:"submit_by"`   // until when the report is handed up: Due, or what the instruction says
	Instruction          string        `db:"instruction"` // from above, as cited; "" while the review is only expected
	InstructionDirective db.ID         `db:"instruction_directive"`
	InstructedOn         calendar.Date `db:"instructed_on"`
	ListedAt             db.Instant    `db:"listed_at"`
	ConfirmedAt          db.Instant    `db:"confirmed_at"`
	RemovedAt            db.Instant    `db:"removed_at"`
	RemoveReason         string        `db:"remove_reason"`
	StoppedOn            calendar.Date `db:"stopped_on"` // by hand; see Stop
	StopReason           string        `db:"stop_reason"`
	DoneOn               calendar.Date `db:"done_on"`
	DonePaper            string        `db:"done_paper"`
	DoneFile             db.ID         `db:"done_file"`
}

// derive is the one place where a standing and what is particular to a step come from: the day the review is due and its
// facts, in order. A step that is not in the map follows the rules.
func derive(due calendar.Date, facts []Fact) (Standing, map[Step]stepRow) {
	var s Standing
	steps := make(map[Step]stepRow)
	for _, f := range facts {
		switch f.Kind {
		case factInstructed:
			s.Instruction, s.InstructionDirective, s.InstructedOn = f.Note, f.Directive, calendar.OfInstant(f.At.Time())
			s.SubmitBy = f.SubmitBy
		case factUninstructed:
			s.Instruction, s.InstructionDirective, s.InstructedOn = "", "", calendar.Date{}
			if s.ConfirmedAt == 0 { // tasks that were given keep their days
				s.SubmitBy = calendar.Date{}
			}
		case factListed:
			s.ListedAt = f.At
		case factConfirmed:
			s.ConfirmedAt = f.At
		case factRelisted:
			s.ListedAt, s.ConfirmedAt = 0, 0
		case factRemoved:
			s.RemovedAt, s.RemoveReason, s.ListedAt = f.At, f.Note, 0
		case factRestored:
			s.RemovedAt, s.RemoveReason = 0, ""
		case factStopped:
			s.StoppedOn, s.StopReason = f.Day, f.Note
		case factResumed:
			s.StoppedOn, s.StopReason, s.ListedAt, s.ConfirmedAt = calendar.Date{}, "", 0, 0
		case factDone:
			s.DoneOn, s.DonePaper, s.DoneFile = f.Day, f.Note, f.File
		case factReopened:
			s.DoneOn, s.DonePaper, s.DoneFile = calendar.Date{}, "", ""
		case factStepMoved:
			steps[f.Step] = stepRow{Step: f.Step, Day: f.Day, ByHand: true, Reason: f.Note}
		case factStepDone:
			row := stepRow{Step: f.Step, DoneOn: f.Day, DoneNote: f.Note}
			if before := steps[f.Step]; before.ByHand {
				row.Day, row.ByHand, row.Reason = before.Day, true, before.Reason
			}
			steps[f.Step] = row
		case factStepTied:
			steps[f.Step] = stepRow{Step: f.Step, Task: f.Task}
		case factStepAsked:
			before := steps[f.Step]
			steps[f.Step] = stepRow{Step: f.Step, Day: f.Day, ByHand: before.ByHand, Reason: before.Reason, Explained: f.Note, Task: f.Task}
		case factStepFreed, factStepDropped:
			delete(steps, f.Step)
		}
	}
	if s.SubmitBy.IsZero() {
		s.SubmitBy = due
	}
	return s, steps
}

// restate keeps what follows from the facts in the rows of the review and of the steps named.
func restate(tx *db.Tx, id db.ID, due calendar.Date, facts []Fact, steps ...Step) (Standing, error) {
	s, rows := derive(due, facts)
	if _, err := tx.Exec(`
update review
set submit_by = ?, instruction = ?, instruction_directive = ?, instructed_on = ?, listed_at = ?, confirmed_at = ?, removed_at = ?,
	remove_reason = ?, stopped_on = ?, stop_reason = ?, done_on = ?, done_paper = ?, done_file = ?, facts = ?
where id = ?`,
		s.SubmitBy, s.Instruction, s.InstructionDirective, s.InstructedOn, s.ListedAt, s.ConfirmedAt, s.RemovedAt,
		s.RemoveReason, s.StoppedOn, s.StopReason, s.DoneOn, s.DonePaper, s.DoneFile, len(facts), id); err != nil {
		return s, err
	}
	for _, step := range steps {
		if _, err := tx.Exec("delete from review_step where review = ? and step = ?", id, string(step)); err != nil {
			return s, err
		}
		row, particular := rows[step]
		if !particular {
			continue
		}
		row.Review = id
		if err := tx.Insert("review_step", row); err != nil {
			return s, err
		}
	}
	return s, nil
}
