package review

import (
	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/journal"
	"giaoban/lineage"
)

// Fact is one thing that happened to a review. What is taken back stays: taking back is another fact.
type Fact struct {
	Seq       int64         `db:"seq"`
	Kind      FactKind      `db:"kind"`
	At        db.Instant    `db:"at"`
	By        string        `db:"actor"`
	ByName    string        `db:"actor_name"`
	Note      string        `db:"note"` // the reason, the paper, what was done; of a step that was asked, how its day was found
	Day       calendar.Date `db:"day"`
	Step      Step          `db:"step"`      // "" when the fact is about the whole review
	Task      db.ID         `db:"task"`      // that the step is, or was
	File      db.ID         `db:"file"`      // the report that closes the review
	Directive db.ID         `db:"directive"` // the instruction in the register
	SubmitBy  calendar.Date `db:"submit_by"` // the day an instruction sets for handing up, where it is not the day due
}

// FactKind says what happened; the texts are the verbs of the journal.
type FactKind string

const (
	factChosen       FactKind = "chosen"
	factAssigned     FactKind = "assigned"
	factOutlined     FactKind = "outlined"
	factListed       FactKind = "listed"
	factConfirmed    FactKind = "confirmed"
	factRelisted     FactKind = "relisted"
	factRemoved      FactKind = "removed"
	factRestored     FactKind = "restored"
	factInstructed   FactKind = "instructed"
	factUninstructed FactKind = "uninstructed"
	factStopped      FactKind = "stopped"
	factResumed      FactKind = "resumed"
	factDone         FactKind = "done"
	factReopened     FactKind = "reopened"
	factStepMoved    FactKind = "step_moved"
	factStepFreed    FactKind = "step_freed"
	factStepDone     FactKind = "step_done"
	factStepTied     FactKind = "step_task"

	// These two are parts of a confirmation and of a new start, and are not told beside them.
	factStepAsked   FactKind = "step_asked"
	factStepDropped FactKind = "step_dropped" // its task was withdrawn
)

var factNames = map[FactKind]string{
	factChosen: "Ban chọn thêm kỳ này", factAssigned: "Phân công", factOutlined: "Sửa đề cương", factListed: "Trình danh mục của năm",
	factRemoved: "Đưa ra khỏi danh mục", factRestored: "Đưa trở lại danh mục", factConfirmed: "Lãnh đạo Ban duyệt, giao việc", factRelisted: "Trình lại bước đã rút",
	factInstructed: "Gắn chỉ đạo của cấp trên", factUninstructed: "Gỡ chỉ đạo của cấp trên", factStopped: "Dừng", factResumed: "Làm tiếp",
	factStepMoved: "Đặt ngày cho bước", factStepFreed: "Trả bước về ngày theo quy tắc", factStepDone: "Ghi bước đã xong",
	factStepTied: "Gắn bước với nhiệm vụ đã có", factDone: "Hoàn thành", factReopened: "Mở lại",
}

// Name says what happened.
func (f Fact) Name() string { return factNames[f.Kind] }

// Story tells what happened to a review, the oldest first.
func Story(tx *db.Tx, by access.Actor, id db.ID) ([]Fact, error) {
	if _, err := Find(tx, by, id); err != nil {
		return nil, err
	}
	facts, err := factsOf(tx, id)
	var told []Fact
	for _, f := range facts {
		if f.Name() == "" {
			continue
		}
		if f.Step != "" {
			f.Note = f.Step.Name() + ": " + f.Note
		}
		told = append(told, f)
	}
	return told, err
}

const factColumns = `
select seq, kind, at, actor, actor_name, note, day, step, task, file, directive, submit_by
from review_fact
`

func factsOf(tx *db.Tx, id db.ID) ([]Fact, error) {
	var all []Fact
	err := tx.Select(&all, factColumns+"where review = ?\norder by seq", id)
	return all, err
}

// happened is the end of every change of a review: the dated facts, what follows from them, the next version, the line of
// the journal, which is about the first fact. The first one of all ties the review to its document in the graph of what
// came from what.
func (r *Review) happened(tx *db.Tx, by access.Actor, details journal.Details, facts ...Fact) error {
	if r.Facts == 0 {
		if err := lineage.Link(tx, r.document().Node(), r.Node(), "đến hạn"); err != nil {
			return err
		}
	}
	var steps []Step
	for _, f := range facts {
		r.Facts++
		if _, err := tx.Exec(`
insert into review_fact (review, seq, kind, at, actor, actor_name, note, day, step, task, file, directive, submit_by)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			r.ID, r.Facts, f.Kind, tx.Now(), by.Key(), by.Name, f.Note, f.Day, string(f.Step), f.Task, f.File, f.Directive, f.SubmitBy); err != nil {
			return err
		}
		if f.Step != "" {
			steps = append(steps, f.Step)
		}
	}
	all, err := factsOf(tx, r.ID)
	if err != nil {
		return err
	}
	if r.Standing, err = restate(tx, r.ID, r.Due, all, steps...); err != nil {
		return err
	}
	r.Version++
	if _, err := tx.Exec("update review set version = ? where id = ?", r.Version, r.ID); err != nil {
		return err
	}
	_, err = journal.Write(tx, by, string(facts[0].Kind), r.about(), details)
	return err
}
