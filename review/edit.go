package review

import (
	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/journal"
	"giaoban/lineage"
	"giaoban/official"
	"giaoban/task"
)

// working opens a review for who plans it; version is the one that was read. What is over takes no more changes.
func working(tx *db.Tx, by access.Actor, id db.ID, version int64) (Review, error) {
	r, err := Find(tx, by, id)
	if err != nil {
		return r, err
	}
	if err := by.May(access.PlanReview, r.Body); err != nil {
		return r, err
	}
	if r.Version != version {
		return r, fault.Stale("Kỳ này vừa có người sửa. Xin xem lại nội dung mới rồi làm tiếp.")
	}
	return r, nil
}

func (r Review) running() error {
	switch r.State() {
	case Done:
		return fault.Conflict("Kỳ này đã xong; muốn sửa thì mở lại trước.")
	case Stopped:
		return fault.Conflict("Kỳ này đã dừng; muốn sửa thì cho làm tiếp trước.")
	case Removed:
		return fault.Conflict("Kỳ này đã đưa ra khỏi danh mục; muốn sửa thì đưa trở lại trước.")
	}
	return nil
}

// MoveStep sets the last day of a step by hand. Steps before it that follow the rules are planned back from that day.
func MoveStep(tx *db.Tx, by access.Actor, id db.ID, version int64, step Step, day calendar.Date, reason string) error {
	r, s, err := planning(tx, by, id, version, step)
	if err != nil {
		return err
	}
	var wrong fault.List
	if reason, err = why(reason, "Cần ghi vì sao đặt ngày khác với quy tắc."); err != nil {
		if err := wrong.AddError("reason", err); err != nil {
			return err
		}
	}
	if day.IsZero() {
		wrong.Add("day", "Cần ghi ngày phải xong bước này.")
	} else {
		r.inOrder(&wrong, step, day)
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	return r.happened(tx, by, journal.Details{"step": step.Name(), "from": s.Day.String(), "day": day.String(), "reason": reason},
		Fact{Kind: factStepMoved, Step: step, Note: reason, Day: day})
}

// inOrder refuses a day after that of the next step, or before that of an earlier one that does not give way.
func (r Review) inOrder(wrong *fault.List, step Step, day calendar.Date) {
	_, at := r.step(step)
	if at+1 < len(r.Steps) {
		if next := r.Steps[at+1]; day.After(next.Day) {
			wrong.Add("day", "Bước này phải xong trước bước “%s” (%s).", next.Step.Name(), next.Day.Vietnamese())
		}
	}
	for _, earlier := range r.Steps[:max(at, 0)] {
		if (earlier.ByHand || earlier.Task != "") && day.Before(earlier.Day) {
			wrong.Add("day", "Bước này không thể xong trước bước “%s” (%s).", earlier.Step.Name(), earlier.Day.Vietnamese())
		}
	}
}

// FreeStep takes back a day set by hand or a step noted as done: the step follows the rules again.
func FreeStep(tx *db.Tx, by access.Actor, id db.ID, version int64, step Step, reason string) error {
	r, err := working(tx, by, id, version)
	if err != nil {
		return err
	}
	if err := r.running(); err != nil {
		return err
	}
	s, at := r.step(step)
	switch {
	case at < 0:
		return fault.Missing("Không có bước này.")
	case s.Task != "":
		return fault.Conflict("Bước này đã là nhiệm vụ; ngày của nó sửa ở trang nhiệm vụ.")
	case r.ConfirmedAt != 0:
		return fault.Conflict("Danh mục đã duyệt; bước không thành nhiệm vụ thì giữ như lúc duyệt.")
	case !s.ByHand && s.DoneOn.IsZero():
		return fault.Conflict("Bước này đang theo quy tắc, không có gì để trả lại.")
	}
	if reason, err = why(reason, "Cần ghi vì sao trả bước này về theo quy tắc."); err != nil {
		return err
	}
	return r.happened(tx, by, journal.Details{"step": step.Name(), "reason": reason}, Fact{Kind: factStepFreed, Step: step, Note: reason})
}

// FinishStep notes that a step is done without being a task; what was done is said, with the paper's number where there is one.
func FinishStep(tx *db.Tx, by access.Actor, id db.ID, version int64, step Step, on calendar.Date, note string) error {
	r, _, err := planning(tx, by, id, version, step)
	if err != nil {
		return err
	}
	var wrong fault.List
	if note = line(note); note == "" {
		wrong.Add("note", "Cần ghi kết quả, ví dụ số, ký hiệu, ngày của văn bản đã ban hành.")
	} else if len(note) > mostText {
		wrong.Add("note", "Phần này dài quá %d ký tự; xin ghi ngắn gọn.", mostText)
	}
	if on.IsZero() {
		wrong.Add("on", "Cần ghi ngày đã xong.")
	}
	wrong.AddError("on", calendar.Happened("Ngày đã xong", on, calendar.OfInstant(tx.Clock())))
	wrong.AddError("on", calendar.NotBefore("Ngày đã xong", on, "ngày ban hành văn bản", r.Issued))
	if err := official.RefuseSecret(note); err != nil {
		return err
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	return r.happened(tx, by, journal.Details{"step": step.Name(), "on": on.String(), "note": note}, Fact{Kind: factStepDone, Step: step, Note: note, Day: on})
}

// TieTask says that a task which is there already is this step: it will not be asked a second time.
func TieTask(tx *db.Tx, by access.Actor, id db.ID, version int64, step Step, done db.ID) error {
	r, _, err := planning(tx, by, id, version, step)
	if err != nil {
		return err
	}
	t, err := task.Find(tx, by, done)
	if err != nil {
		return fault.Invalid("task", "Không có nhiệm vụ này; xin chọn trong danh sách.")
	}
	if t.State == task.StateWithdrawn {
		return fault.Invalid("task", "Nhiệm vụ này đã rút; xin chọn nhiệm vụ khác.")
	}
	taken, err := tx.Exists("select 1 from review_step where task = ?", t.ID)
	if err != nil {
		return err
	}
	if taken {
		return fault.Invalid("task", "Nhiệm vụ này đã gắn với một bước sơ kết, tổng kết.")
	}
	if err := r.happened(tx, by, journal.Details{"step": step.Name(), "task": t.Title, "task_id": string(t.ID)},
		Fact{Kind: factStepTied, Step: step, Note: t.Title, Day: t.Due, Task: t.ID}); err != nil {
		return err
	}
	return lineage.Link(tx, r.Node(), t.Node(), "là bước “"+step.Name()+"”")
}

// planning opens a step that is neither done nor a running task.
func planning(tx *db.Tx, by access.Actor, id db.ID, version int64, step Step) (Review, PlannedStep, error) {
	r, err := working(tx, by, id, version)
	if err != nil {
		return r, PlannedStep{}, err
	}
	if err := r.running(); err != nil {
		return r, PlannedStep{}, err
	}
	s, at := r.step(step)
	switch {
	case at < 0:
		return r, s, fault.Missing("Không có bước này.")
	case !s.DoneOn.IsZero():
		return r, s, fault.Conflict("Bước này đã ghi là xong ngày %s.", s.DoneOn.Vietnamese())
	case !s.Free():
		return r, s, fault.Conflict("Bước này đã là nhiệm vụ; tiến độ và hạn ghi ở trang nhiệm vụ.")
	}
	return r, s, nil
}
