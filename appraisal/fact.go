package appraisal

import (
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/journal"
	"giaoban/official"
	"giaoban/org"
)

// happened writes down one more thing that happened to an appraisal.
func (a Appraisal) happened(tx *db.Tx, by access.Actor, f Fact, details journal.Details) error {
	f.Appraisal, f.N, f.Day, f.At, f.ByActor, f.By = a.ID, a.N, calendar.OfInstant(tx.Clock()), tx.Now(), by.Key(), by.Name
	if err := tx.Get(&f.Seq, "select coalesce(max(seq), 0) + 1 from appraisal_fact where appraisal = ?", a.ID); err != nil {
		return err
	}
	if err := tx.Insert("appraisal_fact", f); err != nil {
		return err
	}
	_, err := journal.Write(tx, by, string(f.Kind), a.about(), details)
	return err
}

func reasoned(reason, missing string) (string, error) {
	if reason = fold.Tidy(reason); reason == "" {
		return "", fault.Invalid("reason", "%s", missing)
	}
	if len(reason) > mostText {
		return "", fault.Invalid("reason", "Phần này dài quá %d ký tự; xin ghi ngắn gọn.", mostText)
	}
	return reason, official.RefuseSecret(reason)
}

// Stop lets the clock stand from today on, for a reason that everybody reads.
func Stop(tx *db.Tx, by access.Actor, id db.ID, reason string) error {
	a, err := Find(tx, by, id)
	if err != nil {
		return err
	}
	if err := a.conducts(tx, by); err != nil {
		return err
	}
	if err := a.underway(); err != nil {
		return err
	}
	if reason, err = reasoned(reason, "Cần ghi vì sao tạm dừng, ví dụ “chờ cơ quan soạn thảo bổ sung số liệu”."); err != nil {
		return err
	}
	return a.happened(tx, by, Fact{Kind: factStopped, Note: reason}, journal.Details{"reason": reason})
}

// Resume lets the clock go on: the working days that it stood are added to the day that was set first.
func Resume(tx *db.Tx, by access.Actor, id db.ID) error {
	a, err := Find(tx, by, id)
	if err != nil {
		return err
	}
	if err := a.conducts(tx, by); err != nil {
		return err
	}
	if a.State != Stopped {
		return fault.Conflict("Việc lấy ý kiến không tạm dừng.")
	}
	h, err := org.Holidays(tx)
	if err != nil {
		return err
	}
	n := stood(h, a.StopOn, calendar.OfInstant(tx.Clock()))
	due := h.AddWorkingDays(a.Due, n)
	explained := strings.TrimSuffix(a.Explained, ".") + "; cộng " + calendar.WorkingDays(n) + " tạm dừng từ " + a.StopOn.Vietnamese() + " (" +
		strings.TrimSuffix(a.StopWhy, ".") + ")."
	return a.happened(tx, by, Fact{Kind: factResumed, Due: due, Explained: explained}, journal.Details{"due": due.Vietnamese(), "days": n})
}

// Withdraw takes the draft back.
func Withdraw(tx *db.Tx, by access.Actor, id db.ID, reason string) error {
	a, err := Find(tx, by, id)
	if err != nil {
		return err
	}
	if err := a.authored(tx, by); err != nil {
		return err
	}
	if a.Over() {
		return a.underway()
	}
	if reason, err = reasoned(reason, "Cần ghi vì sao rút dự thảo."); err != nil {
		return err
	}
	return a.happened(tx, by, Fact{Kind: factWithdrawn, Note: reason}, journal.Details{"reason": reason})
}

// Close ends it when every comment is disposed of; a formal appraisal needs its result first. From then on those who were
// asked see what the others said.
func Close(tx *db.Tx, by access.Actor, id db.ID) error {
	a, err := Find(tx, by, id)
	if err != nil {
		return err
	}
	if err := a.authored(tx, by); err != nil {
		return err
	}
	if a.Over() {
		return a.underway()
	}
	if a.Kind == Formal && a.State != Concluded {
		return fault.Conflict("Chưa có kết quả thẩm định của bản này nên chưa kết thúc được.")
	}
	all, err := commentsOf(tx, a, a.N)
	if err != nil {
		return err
	}
	open := 0
	for _, c := range all {
		if c.Signed && !c.Disposed() {
			open++
		}
	}
	if open > 0 {
		return fault.Conflict("Còn %d góp ý chưa tiếp thu hay giải trình; xin xử lý hết rồi kết thúc.", open)
	}
	return a.happened(tx, by, Fact{Kind: factClosed}, journal.Details{"comments": len(all)})
}
