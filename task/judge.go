package task

import (
	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/journal"
	"giaoban/official"
)

// GrantExtension gives one side a later day: the one it asked for, or another that the commission chooses. Bodies named in
// along, which cooperate with a lead, move by as many working days.
func GrantExtension(tx *db.Tx, by access.Actor, id, org db.ID, due calendar.Date, reason string, along ...db.ID) error {
	r, side, err := judgeExtension(tx, by, id, org)
	if err != nil {
		return err
	}
	var wrong fault.List
	reason, err = reasonGiven(&wrong, reason, "Cần ghi lý do cho gia hạn.")
	if err != nil {
		return err
	}
	if !due.After(side.Due) {
		wrong.Add("due", "Hạn mới phải sau hạn hiện nay (%s).", side.Due.Vietnamese())
	} else if err := within(tx, &wrong, side.Due, due); err != nil {
		return err
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	return r.redate(tx, by, side, Fact{Kind: Granted, Note: reason, Due: due}, "extension_granted", along)
}

// Remind notes that the commission pressed the lead to finish; note is how, and what was answered.
func Remind(tx *db.Tx, by access.Actor, id db.ID, note string) error {
	r, lead, err := judge(tx, by, id, "")
	if err != nil {
		return err
	}
	if lead.State == StateDone {
		return fault.Conflict("Cơ quan đã báo hoàn thành, đang chờ Ban xem kết quả; không còn đôn đốc.")
	}
	var wrong fault.List
	note = fold.Tidy(note)
	if text(&wrong, "note", note, "Cần ghi đã đôn đốc bằng cách nào, cơ quan trả lời ra sao."); wrong.Err() != nil {
		return wrong.Err()
	}
	if err := official.RefuseSecret(note); err != nil {
		return err
	}
	if err := r.add(tx, by, Fact{Body: lead.Body, Kind: Reminded, Note: note}); err != nil {
		return err
	}
	_, err = journal.Write(tx, by, "reminded", r.subject(lead.Holder), journal.Details{"note": note})
	return err
}

// DeclineExtension leaves the day as it is, with the reason.
func DeclineExtension(tx *db.Tx, by access.Actor, id, org db.ID, reason string) error {
	r, side, err := judgeExtension(tx, by, id, org)
	if err != nil {
		return err
	}
	var wrong fault.List
	reason, err = reasonGiven(&wrong, reason, "Cần ghi lý do không gia hạn.")
	if err != nil {
		return err
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	if err := r.add(tx, by, Fact{Body: side.Body, Kind: Declined, Note: reason}); err != nil {
		return err
	}
	_, err = journal.Write(tx, by, "extension_declined", r.subject(side.Holder), journal.Details{"reason": reason})
	return err
}

// Accept closes the task with all its sides: the result is what was asked for. note may be "".
func Accept(tx *db.Tx, by access.Actor, id db.ID, note string) error {
	r, lead, err := judge(tx, by, id, "")
	if err != nil {
		return err
	}
	if lead.State != StateDone {
		return fault.Conflict("Cơ quan chủ trì chưa báo hoàn thành nên chưa %s được.", r.Judging())
	}
	var wrong fault.List
	if note = fold.Tidy(note); len(note) > mostText {
		wrong.Add("note", "Ý kiến dài quá %d ký tự; xin ghi ngắn gọn.", mostText)
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	if err := official.RefuseSecret(note); err != nil {
		return err
	}
	if err := r.add(tx, by, Fact{Body: lead.Body, Kind: Approved, Note: note}); err != nil {
		return err
	}
	verb := "accepted"
	if r.Noted {
		verb = "noted"
	}
	_, err = journal.Write(tx, by, verb, r.subject(lead.Holder), journal.Details{"note": note})
	return err
}

// SendBack asks one side to do its work again, with the reason and a new day. org "" is the lead's side.
func SendBack(tx *db.Tx, by access.Actor, id, org db.ID, reason string, due calendar.Date) error {
	r, side, err := judge(tx, by, id, org)
	if err != nil {
		return err
	}
	if side.State != StateDone {
		return fault.Conflict("Chỉ yêu cầu làm lại khi cơ quan đã báo hoàn thành.")
	}
	var wrong fault.List
	reason, err = reasonGiven(&wrong, reason, "Cần ghi rõ điều chưa đạt để cơ quan biết phải làm lại gì.")
	if err != nil {
		return err
	}
	switch today := calendar.OfInstant(tx.Clock()); {
	case due.IsZero():
		wrong.Add("due", "Cần ghi hạn mới cho việc làm lại.")
	case due.Before(today):
		wrong.Add("due", "Hạn mới phải từ hôm nay (%s) trở đi.", today.Vietnamese())
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	if err := r.add(tx, by, Fact{Body: side.Body, Kind: SentBack, Note: reason, Due: due}); err != nil {
		return err
	}
	_, err = journal.Write(tx, by, "sent_back", r.subject(side.Holder), journal.Details{"reason": reason, "due": due.String()})
	return err
}

// Withdraw takes the task back from everybody, with the reason and, where there is one, the paper that says so.
func Withdraw(tx *db.Tx, by access.Actor, id db.ID, reason, paper string) error {
	r, lead, err := judge(tx, by, id, "")
	if err != nil {
		return err
	}
	if err := by.May(access.AssignTask, lead.Holder); err != nil {
		return err
	}
	var wrong fault.List
	reason, err = reasonGiven(&wrong, reason, "Cần ghi lý do rút nhiệm vụ.")
	if err != nil {
		return err
	}
	if paper = fold.Tidy(paper); len(paper) > 500 {
		wrong.Add("paper", "Số, ký hiệu văn bản quá dài; chỉ ghi như “Công văn số 45-CV/BTGTU, ngày 12/4/2022”.")
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	if err := official.RefuseSecret(paper); err != nil {
		return err
	}
	if err := r.add(tx, by, Fact{Body: lead.Body, Kind: TakenBack, Note: reason, Paper: paper}); err != nil {
		return err
	}
	_, err = journal.Write(tx, by, "withdrawn", r.subject(lead.Holder), journal.Details{"reason": reason, "paper": paper})
	return err
}

// judgeExtension is judge for a side that asked for a later day and waits for the answer.
func judgeExtension(tx *db.Tx, by access.Actor, id, org db.ID) (Record, Side, error) {
	r, side, err := judge(tx, by, id, org)
	if err == nil && !side.Asking {
		err = fault.Conflict("Không có đề nghị gia hạn nào đang chờ trả lời.")
	}
	return r, side, err
}

// judge opens a task for the commission and refuses what has ended. org "" is the lead's side.
func judge(tx *db.Tx, by access.Actor, id, org db.ID) (Record, Side, error) {
	r, err := Find(tx, by, id)
	if err != nil {
		return r, Side{}, err
	}
	if org == "" {
		org = r.Lead
	}
	side, ok := r.side(org)
	holder := org
	if ok {
		holder = side.Holder
	}
	if err := by.May(access.JudgeTask, holder); err != nil {
		return r, Side{}, err
	}
	if !ok {
		return r, Side{}, fault.Missing("Cơ quan này không chủ trì, không phối hợp thực hiện nhiệm vụ.")
	}
	return r, side, side.ended()
}
