package task

import (
	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/journal"
	"giaoban/library"
	"giaoban/lineage"
	"giaoban/official"
)

// Evidence is what a body lays on the table: what was done, the paper that came of it, the files.
type Evidence struct {
	Note  string
	Paper string // number, symbol and date of the product, when it is a paper
	Files []File
}

// File is a file that the library already keeps.
type File struct {
	ID   db.ID
	Name string
}

// Receive notes that the actor's body has the task in hand.
func Receive(tx *db.Tx, by access.Actor, id db.ID) error {
	r, mine, err := work(tx, by, id)
	if err != nil {
		return err
	}
	if mine.State != StateOpen {
		return fault.Conflict("Cơ quan đã tiếp nhận phần việc này rồi.")
	}
	if err := r.add(tx, by, Fact{Body: mine.Body, Kind: Received}); err != nil {
		return err
	}
	_, err = journal.Write(tx, by, "received", r.subject(mine.Holder), nil)
	return err
}

// Progress notes how far the actor's body has come. It may bring files, and it may not.
func Progress(tx *db.Tx, by access.Actor, id db.ID, e Evidence) error {
	r, mine, err := work(tx, by, id)
	if err != nil {
		return err
	}
	if mine.State == StateDone {
		return fault.Conflict("Phần việc này đã báo hoàn thành và đang chờ Ban xem kết quả.")
	}
	var wrong fault.List
	if err := e.tidy(&wrong); err != nil {
		return err
	}
	text(&wrong, "note", e.Note, "Cần ghi đã làm được gì, còn vướng gì.")
	if err := wrong.Err(); err != nil {
		return err
	}
	if err := r.lay(tx, by, mine, Fact{Body: mine.Body, Kind: Progressed, Note: e.Note, Paper: e.Paper}, e.Files); err != nil {
		return err
	}
	_, err = journal.Write(tx, by, "progressed", r.subject(mine.Holder), journal.Details{"note": e.Note, "files": len(e.Files)})
	return err
}

// AskExtension asks for a later day, with the reason. The date stands until the commission answers.
func AskExtension(tx *db.Tx, by access.Actor, id db.ID, due calendar.Date, reason string) error {
	r, mine, err := work(tx, by, id)
	if err != nil {
		return err
	}
	if mine.State == StateDone {
		return fault.Conflict("Phần việc này đã báo hoàn thành nên không cần gia hạn.")
	}
	if mine.Asking {
		return fault.Conflict("Đề nghị gia hạn trước chưa được trả lời; xin chờ ý kiến của Ban.")
	}
	var wrong fault.List
	reason, err = reasonGiven(&wrong, reason, "Cần ghi lý do xin gia hạn.")
	if err != nil {
		return err
	}
	switch today := calendar.OfInstant(tx.Clock()); {
	case due.IsZero():
		wrong.Add("due", "Cần ghi ngày xin gia hạn đến.")
	case !due.After(mine.Due):
		wrong.Add("due", "Ngày xin gia hạn phải sau hạn hiện nay (%s).", mine.Due.Vietnamese())
	case due.Before(today):
		wrong.Add("due", "Ngày xin gia hạn phải từ hôm nay (%s) trở đi.", today.Vietnamese())
	default:
		if err := within(tx, &wrong, mine.Due, due); err != nil {
			return err
		}
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	if err := r.add(tx, by, Fact{Body: mine.Body, Kind: Asked, Note: reason, Due: due}); err != nil {
		return err
	}
	_, err = journal.Write(tx, by, "extension_asked", r.subject(mine.Holder), journal.Details{"due": due.String(), "reason": reason})
	return err
}

// Complete reports the actor's part done. The proof is a file, or the number of the paper that came of it.
func Complete(tx *db.Tx, by access.Actor, id db.ID, e Evidence) error {
	r, mine, err := work(tx, by, id)
	if err != nil {
		return err
	}
	return r.complete(tx, by, mine, e)
}

// EnterResult reports a body's part done in its stead: its result came as a paper, which is the proof.
func EnterResult(tx *db.Tx, by access.Actor, id, body db.ID, e Evidence) error {
	r, err := Find(tx, by, id)
	if err != nil {
		return err
	}
	side, ok := r.side(body)
	if !ok {
		return fault.Conflict("Cơ quan gửi văn bản không có phần nào trong nhiệm vụ này.")
	}
	if err := by.May(access.JudgeTask, side.Holder); err != nil {
		return err
	}
	if err := side.ended(); err != nil {
		return err
	}
	return r.complete(tx, by, side, e)
}

func (r Record) complete(tx *db.Tx, by access.Actor, mine Side, e Evidence) error {
	if mine.State == StateDone {
		return fault.Conflict("Phần việc này đã được báo hoàn thành.")
	}
	var wrong fault.List
	if err := e.tidy(&wrong); err != nil {
		return err
	}
	text(&wrong, "note", e.Note, "Cần ghi kết quả đã đạt được.")
	if len(e.Files) == 0 && e.Paper == "" {
		wrong.Add("paper", "Cần minh chứng: đính kèm tệp sản phẩm, hoặc ghi số, ký hiệu, ngày của văn bản đã ban hành.")
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	if err := r.lay(tx, by, mine, Fact{Body: mine.Body, Kind: Completed, Note: e.Note, Paper: e.Paper}, e.Files); err != nil {
		return err
	}
	_, err := journal.Write(tx, by, "completed", r.subject(mine.Holder),
		journal.Details{"note": e.Note, "paper": e.Paper, "files": len(e.Files)})
	return err
}

// work opens a task for the actor's own side and refuses what has ended.
func work(tx *db.Tx, by access.Actor, id db.ID) (Record, Side, error) {
	r, err := Find(tx, by, id)
	if err != nil {
		return r, Side{}, err
	}
	mine, ok := r.Mine(by)
	if !ok {
		mine = r.Sides[0] // whose side it would be: the refusal names the act
	}
	if err := by.May(access.WorkOnTask, mine.Holder); err != nil {
		return r, mine, err
	}
	return r, mine, mine.ended()
}

func (s Standing) ended() error {
	switch s.State {
	case StateClosed:
		return fault.Conflict("Ban đã nghiệm thu hoặc ghi nhận kết quả; không ghi thêm được nữa.")
	case StateWithdrawn:
		return fault.Conflict("Nhiệm vụ này đã được rút; không phải làm nữa.")
	}
	return nil
}

func (e *Evidence) tidy(wrong *fault.List) error {
	e.Note, e.Paper = fold.Tidy(e.Note), fold.Tidy(e.Paper)
	if len(e.Paper) > 500 {
		wrong.Add("paper", "Số, ký hiệu văn bản quá dài; chỉ ghi như “Kế hoạch số 45-KH/SYT, ngày 12/4/2022”.")
	}
	return official.RefuseSecret(e.Note, e.Paper)
}

func reasonGiven(wrong *fault.List, reason, missing string) (string, error) {
	reason = fold.Tidy(reason)
	text(wrong, "reason", reason, missing)
	return reason, official.RefuseSecret(reason)
}

// lay writes a fact that brings files, and the edges from the task to each file that came of it. A file that is not there for
// the actor's eyes proves nothing.
func (r *Record) lay(tx *db.Tx, by access.Actor, side Side, f Fact, files []File) error {
	var edges []lineage.Edge
	seen := make(map[db.ID]bool)
	for _, file := range files {
		if seen[file.ID] {
			continue // the same file brought twice is one proof
		}
		seen[file.ID] = true
		f.Files = append(f.Files, file.ID)
		edges = append(edges, lineage.Edge{
			From: r.Node(), Verb: "minh chứng",
			To: lineage.Node{Kind: "file", ID: file.ID, Label: file.Name}})
	}
	if err := r.add(tx, by, f); err != nil {
		return err
	}
	for _, file := range f.Files {
		// The lead reads what the others bring; each reads its own as its owner. Who answers for the lead's part later
		// reads as the lead does.
		if err := library.Attach(tx, by, file, "task", r.ID, r.Lead, f.Kind.Name()); err != nil {
			return err
		}
	}
	return lineage.LinkAll(tx, edges)
}
