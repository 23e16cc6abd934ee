package desk

import (
	"strings"

	"giaoban/calendar"
	"giaoban/task"
)

func (b *builder) tasksToJudge() error {
	tasks, err := task.ToJudge(b.tx, b.by, most)
	if err != nil {
		return err
	}
	sectors, err := b.sectorsOf(tasks)
	if err != nil {
		return err
	}
	heap, err := b.heap()
	if err != nil {
		return err
	}
	for _, t := range tasks {
		b.add(b.from(Item{Room: "task", Title: t.Title, Action: map[bool]string{true: "Ghi nhận", false: "Nghiệm thu"}[t.Noted], To: to("task", t.ID), Note: "Sản phẩm: " + t.Product, Awaited: true,
			Why: b.short(t.LeadHolder) + " báo hoàn thành ngày " + t.DoneOn.Vietnamese() + ", chờ " + t.Judging() + "."}, t.LeadHolder, sectors[t.ID]...))
	}
	return b.restOfTasks(len(tasks), heap.ToJudge, "nhiệm vụ khác chờ nghiệm thu, ghi nhận", task.StateToJudge, calendar.Date{})
}

func (b *builder) taskExtensions() error {
	tasks, err := task.Asking(b.tx, b.by, most)
	if err != nil {
		return err
	}
	sectors, err := b.sectorsOf(tasks)
	if err != nil {
		return err
	}
	heap, err := b.heap()
	if err != nil {
		return err
	}
	for _, t := range tasks {
		b.add(b.from(Item{Room: "task", Title: b.short(t.Holder) + " xin gia hạn: " + t.Title, Due: t.Due, Action: "Trả lời", To: to("task", t.ID), Awaited: true,
			Why: "Hạn hiện nay " + t.Due.Vietnamese() + "; đề nghị gia hạn chưa được trả lời."}, t.Holder, sectors[t.ID]...))
	}
	return b.restOfTasks(len(tasks), heap.Asking, "đề nghị gia hạn khác", task.StateAsking, last(tasks))
}

// tasksLate are the tasks of others that went past their day lately, and one line for the others.
func (b *builder) tasksLate() error {
	tasks, err := task.Late(b.tx, b.by, b.holidays.AddWorkingDays(b.Day, -old), b.Day, most)
	if err != nil {
		return err
	}
	sectors, err := b.sectorsOf(tasks)
	if err != nil {
		return err
	}
	heap, err := b.heap()
	if err != nil {
		return err
	}
	for _, t := range tasks {
		b.add(b.from(Item{Room: "task", Title: t.Title, Due: t.Due, Action: "Đôn đốc", To: to("task", t.ID), Note: "Sản phẩm: " + t.Product,
			Why: b.short(t.LeadHolder) + " chủ trì, " + strings.ToLower(t.State.Of(t)) + ", đã quá hạn."}, t.LeadHolder, sectors[t.ID]...))
	}
	if heap.Late <= len(tasks) {
		return nil
	}
	oldest, err := task.Late(b.tx, b.by, calendar.On(1930, 2, 3), b.Day, 1)
	if err != nil {
		return err
	}
	return b.restOfTasks(len(tasks), heap.Late, "nhiệm vụ quá hạn khác", task.StateOverdue, last(oldest))
}

// ownTasks are those of the commission's own unit.
func (b *builder) ownTasks() error {
	if b.by.Body == "" {
		return nil
	}
	return b.tasksOwed()
}

// restOfTasks is rest for a list of tasks, which may hold more than what the source looks for.
func (b *builder) restOfTasks(shown, total int, what string, state task.State, next calendar.Date) error {
	if total <= shown {
		return nil
	}
	holds, err := task.Size(b.tx, b.by, task.Filter{State: state, Day: b.Day, AsWas: true})
	b.rest(shown, total, holds, "task", what, "Xem tất cả", Target{Kind: "task", State: string(state)}, next)
	return err
}

func (b *builder) heap() (task.Heap, error) {
	if b.counted {
		return b.counts, nil
	}
	var err error
	b.counts, err = task.Waiting(b.tx, b.by, b.Day)
	b.counted = err == nil
	return b.counts, err
}

func last(tasks []task.Task) calendar.Date {
	if len(tasks) == 0 {
		return calendar.Date{}
	}
	return tasks[len(tasks)-1].Due
}
