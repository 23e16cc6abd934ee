package review

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/org"
	"giaoban/task"
)

// Step is one step of a review.
type Step string

const (
	StepPlan       Step = "plan"
	StepOutline    Step = "outline"
	StepInput      Step = "input"
	StepDraft      Step = "draft"
	StepAppraisal  Step = "appraisal"
	StepConference Step = "conference"
	StepSubmitted  Step = "submitted"
)

// Steps in the order they are taken.
var Steps = []Step{StepPlan, StepOutline, StepInput, StepDraft, StepAppraisal, StepConference, StepSubmitted}

// stepWords: the name, a short one for narrow columns, what the task is called before the review's name, and its product.
var stepWords = map[Step]struct{ name, short, title, product string }{
	StepPlan:       {"Ban hành kế hoạch", "Kế hoạch", "Xây dựng kế hoạch", "Kế hoạch %s đã ban hành"},
	StepOutline:    {"Gửi đề cương", "Đề cương", "Gửi đề cương báo cáo", "Văn bản gửi đề cương báo cáo %s"},
	StepInput:      {"Nhận báo cáo của các cơ quan", "Báo cáo", "Nhận báo cáo của các cơ quan để", "Báo cáo của các cơ quan phối hợp, đủ theo đề cương"},
	StepDraft:      {"Dự thảo báo cáo", "Dự thảo", "Dự thảo báo cáo", "Dự thảo báo cáo %s và phụ lục số liệu"},
	StepAppraisal:  {"Thẩm định dự thảo", "Thẩm định", "Thẩm định dự thảo báo cáo", "Văn bản thẩm định dự thảo báo cáo %s"},
	StepConference: {"Tổ chức hội nghị", "Hội nghị", "Tổ chức hội nghị", "Hội nghị %s đã tổ chức"},
	StepSubmitted:  {"Trình báo cáo", "Trình", "Trình báo cáo", "Báo cáo %s đã trình cấp có thẩm quyền"},
}

// Name is the office's word.
func (s Step) Name() string { return stepWords[s].name }

// Short is Name for narrow columns.
func (s Step) Short() string { return stepWords[s].short }

func (s Step) known() bool { return slices.Contains(Steps, s) }

func (s Step) next() Step { return Steps[min(slices.Index(Steps, s)+1, len(Steps)-1)] }

// title is what the task of the step is called.
func (s Step) title(r Review) string {
	return stepWords[s].title + " " + lower(r.Label())
}

func (s Step) product(r Review) string {
	if format := stepWords[s].product; strings.Contains(format, "%s") {
		return fmt.Sprintf(format, string(r.Kind))
	}
	return stepWords[s].product
}

// lower begins a text small; the labels it is used on begin with a plain letter.
func lower(s string) string { return strings.ToLower(s[:1]) + s[1:] }

// PlannedStep is a step of one review.
type PlannedStep struct {
	Step      Step
	Day       calendar.Date // until when; that of the task where there is one
	Explained string        // how the day was found
	ByHand    bool
	Reason    string // why the day was set by hand
	DoneOn    calendar.Date
	DoneNote  string
	Task      db.ID         // "" while it is no task
	Lead      db.ID         // who leads the task
	Readable  bool          // the reader may open the task
	Standing  task.Standing // of the task's lead
}

// Over reports whether the step needs no more work.
func (s PlannedStep) Over() bool {
	return !s.DoneOn.IsZero() || s.Task != "" && s.Standing.State == task.StateClosed
}

// Free reports whether the step is neither done nor a task: it may still be planned.
func (s PlannedStep) Free() bool {
	return s.DoneOn.IsZero() && (s.Task == "" || s.Standing.State == task.StateWithdrawn)
}

// Late reports whether the step should have been over before the day.
func (s PlannedStep) Late(day calendar.Date) bool {
	if s.Task != "" {
		return s.Standing.Late(day)
	}
	return !s.Over() && s.Day.Before(day)
}

// NextStep is the first step that is not over; false when all are.
func (r Review) NextStep() (PlannedStep, bool) {
	for _, s := range r.Steps {
		if !s.Over() {
			return s, true
		}
	}
	return PlannedStep{}, false
}

// step gives one step of the review.
func (r Review) step(s Step) (PlannedStep, int) {
	at := slices.IndexFunc(r.Steps, func(one PlannedStep) bool { return one.Step == s })
	if at < 0 {
		return PlannedStep{}, at
	}
	return r.Steps[at], at
}

// stepRow is what is particular to a step; a step without one follows the rules.
type stepRow struct {
	Review    db.ID         `db:"review"`
	Step      Step          `db:"step"`
	Day       calendar.Date `db:"day"`
	ByHand    bool          `db:"by_hand"`
	Reason    string        `db:"reason"`
	Explained string        `db:"explained"`
	DoneOn    calendar.Date `db:"done_on"`
	DoneNote  string        `db:"done_note"`
	Task      db.ID         `db:"task"`
}

const stepColumns = `
select review, step, day, by_hand, reason, explained, done_on, done_note, task
from review_step
`

func byReview(rows []stepRow) map[db.ID]map[Step]stepRow {
	kept := make(map[db.ID]map[Step]stepRow)
	for _, row := range rows {
		if kept[row.Review] == nil {
			kept[row.Review] = make(map[Step]stepRow)
		}
		kept[row.Review][row.Step] = row
	}
	return kept
}

type taskRow struct {
	Task   db.ID `db:"task"`
	Holder db.ID `db:"holder"`
	Mine   bool  `db:"mine"`
	task.Standing
}

// steps fills in the steps of all reviews: what is kept, and the rest planned back from the day of handing up.
func steps(tx *db.Tx, by access.Actor, all []Review, at map[db.ID]int, in string, args []any) error {
	var rows []stepRow
	if err := tx.Select(&rows, stepColumns+"where review in "+in, args...); err != nil {
		return err
	}
	tasks, err := tasksOf(tx, by, rows)
	if err != nil {
		return err
	}
	days, err := stepDays(tx)
	if err != nil {
		return err
	}
	holidays, err := org.Holidays(tx)
	if err != nil {
		return err
	}
	kept := byReview(rows)
	for i := range all {
		all[i].Steps = backward(all[i], kept[all[i].ID], tasks, days, holidays)
	}
	return nil
}

// tasksOf reads where the tasks of the steps stand, as their leads do.
func tasksOf(tx *db.Tx, by access.Actor, rows []stepRow) (map[db.ID]taskRow, error) {
	var ids []db.ID
	for _, row := range rows {
		if row.Task != "" {
			ids = append(ids, row.Task)
		}
	}
	tasks := make(map[db.ID]taskRow, len(ids))
	if len(ids) == 0 {
		return tasks, nil
	}
	own := by.Sees(access.ReadTask)
	in, args := db.In(ids)
	var found []taskRow
	err := tx.Select(&found, `
select s.task, s.holder, s.state, s.due, s.live, s.running, s.asking, s.done_on,
	(cast(? as text) = '' or exists (
		select 1 from task_side o where o.task = s.task and (o.org = ? or o.holder = ?))) as mine
from task_side s
where s.leads and s.task in `+in, append([]any{own, own, own}, args...)...)
	for _, t := range found {
		tasks[t.Task] = t
	}
	return tasks, err
}

// backward plans a review's steps from the last to the first: each ends so many working days before the next one's day.
func backward(r Review, kept map[Step]stepRow, tasks map[db.ID]taskRow, days map[Step]int, h calendar.Holidays) []PlannedStep {
	out := make([]PlannedStep, len(Steps))
	for i := len(Steps) - 1; i >= 0; i-- {
		row := kept[Steps[i]]
		s := PlannedStep{Step: Steps[i], Day: row.Day, Explained: row.Explained, ByHand: row.ByHand, Reason: row.Reason,
			DoneOn: row.DoneOn, DoneNote: row.DoneNote, Task: row.Task}
		switch {
		case !row.Day.IsZero() && row.ByHand:
			s.Explained = "Ban đặt hết " + row.Day.WithWeekday() + ": " + strings.TrimSuffix(row.Reason, ".") + "."
			if working, off := h.WorkingDay(row.Day); !working {
				s.Explained += " Ngày này là ngày nghỉ (" + off + ")."
			}
		case !row.Day.IsZero():
		case i == len(Steps)-1:
			last := calendar.Fixed(h, r.SubmitBy)
			s.Day, s.Explained = last.Date, last.Explain()
		default:
			n, next := days[Steps[i]], out[i+1].Day
			s.Day = h.AddWorkingDays(next, -n)
			s.Explained = explain(h, s.Day, next, n, Steps[i+1])
		}
		if t, ok := tasks[s.Task]; ok {
			s.Standing, s.Lead, s.Readable = t.Standing, t.Holder, t.Mine
			if t.Due != s.Day {
				s.Day, s.Explained = t.Due, "Theo hạn của nhiệm vụ đã giao: hết "+t.Due.WithWeekday()+"."
			}
		}
		out[i] = s
	}
	return out
}

// explain says how a day was counted back: day, and from it n working days to the next step.
func explain(h calendar.Holidays, day, next calendar.Date, n int, before Step) string {
	if n == 0 {
		return "Cùng ngày với bước “" + before.Name() + "”."
	}
	var off, extra []string
	weekends, unknown, computed := false, false, false
	for _, s := range calendar.Due(h, day, n).Steps {
		if _, ok := h.Year(s.Date.Year()); !ok {
			unknown = true
		}
		// What a year's table rests on is said once, not at each of its days.
		reason, _, byLaw := strings.Cut(s.Reason, ", tính theo luật")
		computed = computed || byLaw
		switch w := s.Date.Weekday(); {
		case s.Counted && reason != "":
			extra = append(extra, s.Date.Vietnamese()+" ("+reason+")")
		case s.Counted:
		case (w == time.Saturday || w == time.Sunday) && !strings.HasPrefix(reason, "nghỉ"):
			weekends = true
		default:
			off = append(off, s.Date.Vietnamese()+" ("+reason+")")
		}
	}
	text := fmt.Sprintf("Hết %s, để còn %d ngày làm việc đến bước “%s” (%s)", day.WithWeekday(), n, before.Name(), next.WithWeekday())
	if len(extra) > 0 {
		text += "; kể cả " + strings.Join(extra, ", ")
	}
	if weekends {
		off = append(off, "thứ Bảy và Chủ nhật")
	}
	if len(off) > 0 {
		text += "; không tính " + strings.Join(off, ", ")
	}
	if computed {
		text += "; ngày nghỉ tính theo luật, chưa đối chiếu thông báo"
	}
	if unknown {
		text += "; năm chưa có bảng ngày nghỉ, mới trừ thứ Bảy và Chủ nhật"
	}
	return text + "."
}
