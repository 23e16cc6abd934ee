package review

import (
	"giaoban/access"
	"giaoban/calendar"
	"giaoban/citation"
	"giaoban/directive"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/journal"
	"giaoban/library"
	"giaoban/official"
	"giaoban/task"
)

// Instruction is the word from above that a review is to be held.
type Instruction struct {
	Text      string        // as cited: "Công văn số 512-CV/BTGTW, ngày 15/02/2022"; looked up in the register
	Directive db.ID         // the document of the register itself; Text may then be ""
	SubmitBy  calendar.Date // the day it sets for handing up; zero when it sets none
}

// Instruct ties a review to the instruction from above: it is no longer only expected. Where the instruction sets a day,
// the steps are planned back from it.
func Instruct(tx *db.Tx, by access.Actor, id db.ID, version int64, in Instruction) error {
	r, err := working(tx, by, id, version)
	if err != nil {
		return err
	}
	if err := r.running(); err != nil {
		return err
	}
	var wrong fault.List
	in.Text = line(in.Text)
	if in.Directive != "" {
		d, err := directive.Find(tx, by, in.Directive)
		if err != nil {
			wrong.Add("instruction", "Không có văn bản này trong sổ; xin chọn lại hoặc ghi số, ký hiệu, ngày.")
		}
		if in.Text == "" {
			in.Text = d.Label()
		}
	}
	if in.Text == "" {
		wrong.Add("instruction", "Cần ghi văn bản chỉ đạo, ví dụ “Công văn số 512-CV/BTGTW, ngày 15/02/2022”.")
	} else if len(in.Text) > mostText {
		wrong.Add("instruction", "Phần này dài quá %d ký tự; chỉ ghi số, ký hiệu, ngày.", mostText)
	}
	submit := in.SubmitBy
	if !submit.IsZero() && !submit.After(r.Issued) {
		wrong.Add("submit_by", "Hạn trình (%s) phải sau ngày ban hành văn bản (%s).", submit.Vietnamese(), r.Issued.Vietnamese())
	}
	if r.ConfirmedAt != 0 && !submit.IsZero() && submit != r.SubmitBy {
		wrong.Add("submit_by", "Các bước đã giao theo hạn trình %s; hạn mới ghi bằng gia hạn ở từng nhiệm vụ.", r.SubmitBy.Vietnamese())
	}
	if err := official.RefuseSecret(in.Text); err != nil {
		return err
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	if submit.IsZero() {
		submit = r.SubmitBy
	}
	if in.Directive == "" {
		if in.Directive, err = cited(tx, by, in.Text); err != nil {
			return err
		}
	}
	told := Fact{Kind: factInstructed, Note: in.Text, Day: submit, Directive: in.Directive}
	if submit != r.Due {
		told.SubmitBy = submit
	}
	return r.happened(tx, by, journal.Details{"instruction": in.Text, "submit_by": submit.String()}, told)
}

// cited is the document of the register that a text cites beyond doubt; "" when there is none, or more than one.
func cited(tx *db.Tx, by access.Actor, text string) (db.ID, error) {
	found, err := directive.Resolve(tx, by, citation.Find(text))
	if err != nil || len(found) != 1 {
		return "", err
	}
	return found[0].Meant(), nil
}

// Uninstruct takes the tie back: the review is expected again, its day follows from the date of issue again.
func Uninstruct(tx *db.Tx, by access.Actor, id db.ID, version int64, reason string) error {
	r, err := working(tx, by, id, version)
	if err != nil {
		return err
	}
	if err := r.running(); err != nil {
		return err
	}
	if r.Provisional() {
		return fault.Conflict("Kỳ này đang là dự kiến, chưa gắn chỉ đạo nào.")
	}
	if reason, err = why(reason, "Cần ghi vì sao gỡ văn bản chỉ đạo."); err != nil {
		return err
	}
	submit := r.Due
	if r.ConfirmedAt != 0 {
		submit = r.SubmitBy
	}
	return r.happened(tx, by, journal.Details{"instruction": r.Instruction, "reason": reason}, Fact{Kind: factUninstructed, Note: reason, Day: submit})
}

// Stop ends a review that is not to be held, with the reason. Its tasks that are not finished are withdrawn.
func Stop(tx *db.Tx, by access.Actor, id db.ID, version int64, reason string) error {
	r, err := working(tx, by, id, version)
	if err != nil {
		return err
	}
	if !r.StoppedOn.IsZero() {
		return fault.Conflict("Kỳ này đã dừng ngày %s.", r.StoppedOn.Vietnamese())
	}
	if !r.DoneOn.IsZero() {
		return fault.Conflict("Kỳ này đã xong; không dừng được nữa.")
	}
	if reason, err = why(reason, "Cần ghi vì sao dừng."); err != nil {
		return err
	}
	withdrawn := 0
	for _, s := range r.Steps {
		if s.Task == "" || !s.Standing.Live {
			continue
		}
		t, err := task.Find(tx, by, s.Task)
		if err != nil {
			return err
		}
		if t.Origin.Kind != "review" || t.Origin.ID != r.ID {
			continue // asked for by somebody else, only tied to this step
		}
		if err := task.Withdraw(tx, by, s.Task, "Dừng "+lower(r.Label())+": "+reason, ""); err != nil {
			return err
		}
		withdrawn++
	}
	today := calendar.OfInstant(tx.Clock())
	return r.happened(tx, by, journal.Details{"label": r.Label(), "reason": reason, "withdrawn": withdrawn}, Fact{Kind: factStopped, Note: reason, Day: today})
}

// Resume takes a stop by hand back. Withdrawn tasks stay withdrawn: a confirmed review goes back to the list, so
// that what is left of it is confirmed and asked anew.
func Resume(tx *db.Tx, by access.Actor, id db.ID, version int64, reason string) error {
	r, err := working(tx, by, id, version)
	if err != nil {
		return err
	}
	if r.StoppedOn.IsZero() {
		return fault.Conflict("Kỳ này không do Ban dừng nên không có gì để cho làm tiếp.")
	}
	if reason, err = why(reason, "Cần ghi vì sao làm tiếp."); err != nil {
		return err
	}
	return r.happened(tx, by, journal.Details{"label": r.Label(), "reason": reason}, append([]Fact{{Kind: factResumed, Note: reason}}, r.withdrawn()...)...)
}

// Result is the report that closes a review.
type Result struct {
	On    calendar.Date
	Paper string // symbol and date of the report
	File  db.ID  // the report itself, already in the library; may be ""
}

// Finish notes that the report has been handed up.
func Finish(tx *db.Tx, by access.Actor, id db.ID, version int64, f Result) error {
	r, err := working(tx, by, id, version)
	if err != nil {
		return err
	}
	if err := r.running(); err != nil {
		return err
	}
	var wrong fault.List
	f.Paper = line(f.Paper)
	if f.Paper == "" {
		wrong.Add("paper", "Cần ghi số, ký hiệu, ngày của báo cáo, ví dụ “Báo cáo số 215-BC/TU, ngày 28/10/2022”.")
	} else if len(f.Paper) > mostText {
		wrong.Add("paper", "Phần này dài quá %d ký tự; chỉ ghi số, ký hiệu, ngày.", mostText)
	}
	switch today := calendar.OfInstant(tx.Clock()); {
	case f.On.IsZero():
		wrong.Add("on", "Cần ghi ngày trình báo cáo.")
	case f.On.After(today):
		wrong.AddError("on", calendar.Happened("Ngày trình", f.On, today))
	case !f.On.After(r.Issued):
		wrong.Add("on", "Ngày trình (%s) phải sau ngày ban hành văn bản (%s).", f.On.Vietnamese(), r.Issued.Vietnamese())
	}
	if err := official.RefuseSecret(f.Paper); err != nil {
		return err
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	if f.File != "" {
		if err := library.Attach(tx, by, f.File, "review", r.ID, r.Holder, "Báo cáo "+string(r.Kind)); err != nil {
			return err
		}
	}
	return r.happened(tx, by, journal.Details{"label": r.Label(), "paper": f.Paper, "on": f.On.String()}, Fact{Kind: factDone, Note: f.Paper, Day: f.On, File: f.File})
}

// Reopen takes the end back that was noted by mistake.
func Reopen(tx *db.Tx, by access.Actor, id db.ID, version int64, reason string) error {
	r, err := working(tx, by, id, version)
	if err != nil {
		return err
	}
	if r.DoneOn.IsZero() {
		return fault.Conflict("Kỳ này chưa xong nên không có gì để mở lại.")
	}
	if reason, err = why(reason, "Cần ghi vì sao mở lại."); err != nil {
		return err
	}
	return r.happened(tx, by, journal.Details{"label": r.Label(), "reason": reason}, Fact{Kind: factReopened, Note: reason})
}
