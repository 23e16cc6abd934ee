package desk

import (
	"fmt"
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/conference"
	"giaoban/internal/db"
	"giaoban/report"
	"giaoban/task"
)

// returned is why a report came back.
type returned struct {
	Obligation db.ID  `db:"obligation"`
	Reason     string `db:"reason"`
	Name       string `db:"by_name"`
}

// owed are the reports that the body has to hand in, and why they came back.
func (b *builder) owed() (owed []report.Obligation, why map[db.ID]returned, err error) {
	if owed, err = report.Due(b.tx, b.by, b.by.Body); err != nil || len(owed) == 0 {
		return owed, nil, err
	}
	in, args := db.In(idsOf(owed))
	var rows []returned
	if err := b.tx.Select(&rows, `
select s.obligation, r.reason, r.by_name
from report_return r
join submission s on s.id = r.submission
where s.obligation in `+in+`
order by r.at, r.id`, args...); err != nil {
		return nil, nil, err
	}
	why = make(map[db.ID]returned)
	for _, r := range rows {
		why[r.Obligation] = r // the last one stands
	}
	return owed, why, nil
}

func idsOf(obligations []report.Obligation) []db.ID {
	ids := make([]db.ID, len(obligations))
	for i, o := range obligations {
		ids[i] = o.ID
	}
	return ids
}

// reportsOwed are the reports the body has to hand in, with how the day was found.
func (b *builder) reportsOwed() error {
	owed, why, err := b.owed()
	if err != nil {
		return err
	}
	steps, err := report.LastSteps(b.tx, idsOf(owed))
	if err != nil {
		return err
	}
	for _, o := range owed {
		item := Item{Room: "report", Title: o.RegimeName + " – " + o.Period.Name(), Due: o.Due, Heap: o.RegimeName, To: Target{Kind: "obligation", ID: o.ID, Step: "sheet"},
			Why: "Cơ quan chưa gửi báo cáo kỳ này.", Note: o.Reason, Action: "Làm báo cáo", Nil: Target{Kind: "obligation", ID: o.ID, Step: "nil"}}
		step := steps[o.ID]
		switch stage := o.Stage(); {
		case stage == report.StagePutForward:
			item.Why, item.Action = fmt.Sprintf("Đã trình lãnh đạo cơ quan lúc %s, chờ duyệt.", step.At), "Xem"
			item.To, item.Nil = to("obligation", o.ID), Target{}
		case stage == report.StageApproved:
			item.Why, item.Action, item.Awaited = step.ByName+" đã duyệt, chỉ còn gửi.", "Gửi báo cáo", true
			item.To, item.Nil = to("obligation", o.ID), Target{}
		case stage == report.StageSentBack:
			item.Why, item.Action, item.Awaited = step.ByName+" trả lại kèm nhận xét.", "Sửa, trình lại", true
			item.Note = strings.TrimSpace(step.Note + " " + item.Note)
		case o.Returned:
			item.Why, item.Action, item.Awaited = "Ban đề nghị bổ sung báo cáo đã gửi.", "Bổ sung", true
			item.To, item.Nil = to("obligation", o.ID), Target{} // what is asked for stands there beside what was sent
			if r, ok := why[o.ID]; ok {
				item.Why, item.Note = "Ban đề nghị bổ sung: "+r.Reason, "Người đề nghị: "+r.Name+"."
			}
		case stage == report.StageWriting:
			item.Why, item.Action = "Bản nháp đã lưu, chưa trình, chưa gửi.", "Soạn tiếp"
		}
		if o.Extended {
			item.Note = "Đã được gia hạn từ " + o.FirstDue.Vietnamese() + " đến " + o.Due.Vietnamese() + "."
		}
		item.Note = b.handed(o.Moved(), o.Body, item.Note)
		item = b.hand(item, o.ID)
		if o.Stage() == report.StagePutForward && !o.Due.Before(b.Day) {
			b.wait(item)
			continue
		}
		b.add(item)
	}
	return nil
}

// approvals are the drafts that were put forward to the agency's leader; what is merely late is shown too, because he
// answers for it. What somebody only types is no work of his.
func (b *builder) approvals() error {
	waiting, err := report.PutForwardTo(b.tx, b.by, b.by.Body)
	if err != nil {
		return err
	}
	steps, err := report.LastSteps(b.tx, idsOf(waiting))
	if err != nil {
		return err
	}
	owed, why, err := b.owed()
	if err != nil {
		return err
	}
	for _, o := range waiting {
		step := steps[o.ID]
		b.add(Item{Room: "report", Title: o.RegimeName + " – " + o.Period.Name(), Due: o.Due, To: to("obligation", o.ID), Action: "Xem, duyệt", Mine: true, Awaited: true,
			Note: b.handed(o.Moved(), o.Body, o.Reason),
			Why:  fmt.Sprintf("%s trình lúc %s; chờ đồng chí duyệt hoặc trả lại.", step.ByName, step.At)})
	}
	for _, o := range owed {
		item := Item{Room: "report", Title: o.RegimeName + " – " + o.Period.Name(), Due: o.Due, Heap: o.RegimeName, To: to("obligation", o.ID), Action: "Xem",
			Note: b.handed(o.Moved(), o.Body, o.Reason)}
		switch stage := o.Stage(); {
		case stage == report.StagePutForward:
			continue
		case stage == report.StageApproved:
			item.Why = "Đã duyệt, chờ đầu mối gửi."
		case stage == report.StageSentBack:
			item.Why = "Đã trả lại kèm nhận xét, chờ đầu mối sửa."
		case o.Returned:
			item.Why = "Ban đề nghị bổ sung: " + why[o.ID].Reason
		case stage == report.StageWriting:
			item.Why = "Đầu mối đang soạn, chưa trình."
		default:
			item.Why = "Đầu mối chưa soạn báo cáo kỳ này."
		}
		item = b.hand(item, o.ID)
		if o.Due.Before(b.Day) {
			b.add(item)
		} else {
			b.wait(item)
		}
	}
	return nil
}

// tasksOwed are the tasks that the body leads or cooperates in; what it has handed in waits for the commission.
func (b *builder) tasksOwed() error {
	tasks, err := task.OpenOf(b.tx, b.by, b.by.Body, b.Day)
	if err != nil {
		return err
	}
	why, err := task.SentBackWhy(b.tx, b.by, tasks)
	if err != nil {
		return err
	}
	shown, rest, past := 0, 0, 0
	var next, oldest calendar.Date
	for _, t := range tasks {
		if t.State == task.StateAccepted || t.State == task.StateOpen {
			if b.holidays.DaysLate(t.Due, b.Day) > old && b.given[t.ID].Person == "" { // as one line; they come with the oldest first
				if past++; past == 1 {
					oldest = t.Due
				}
				continue
			}
		}
		if t.State != task.StateDone && shown == most {
			if rest == 0 {
				next = t.Due
			}
			rest++
			continue
		}
		item := Item{Room: "task", Title: t.Title, Note: b.handed(t.Moved(), t.Body, "Sản phẩm: "+t.Product), Due: t.Due, To: to("task", t.ID)}
		hand := "Được đề nghị chủ trì"
		switch {
		case !t.Leads:
			hand = "Phối hợp với " + b.short(t.LeadHolder) + ": " + t.Part
		case t.Mode == task.Assigned:
			hand = "Được giao chủ trì"
		}
		switch t.State {
		case task.StateDone:
			item.Why, item.Action, item.Due = "Đã báo hoàn thành ngày "+t.DoneOn.Vietnamese()+", chờ Ban "+t.Judging()+".", "Xem", calendar.Date{}
			b.wait(item)
			continue
		case task.StateOpen:
			item.Why, item.Action = hand+"; chưa tiếp nhận.", "Tiếp nhận"
		case task.StateReturned:
			item.Why, item.Action, item.Awaited = "Ban yêu cầu làm lại: "+why[t.ID], "Làm lại", true
		default:
			item.Why, item.Action = hand+"; đang thực hiện.", "Báo tiến độ"
		}
		if t.Asking {
			item.Note = "Đề nghị gia hạn chưa được trả lời. " + item.Note
		}
		b.add(b.hand(item, t.ID))
		shown++
	}
	if err := b.oldTasks(past, oldest); err != nil {
		return err
	}
	return b.restOfTasks(shown, shown+rest, "nhiệm vụ khác", task.StateUnfinished, next)
}

// oldTasks is the one line for tasks that are long past.
func (b *builder) oldTasks(n int, oldest calendar.Date) error {
	if n == 0 {
		return nil
	}
	holds, err := task.Size(b.tx, b.by, task.Filter{State: task.StateOverdue, Day: b.Day, AsWas: true})
	b.add(Item{Room: "task", Title: "Nhiệm vụ quá hạn từ lâu", Due: oldest, Count: n, Holds: holds, Action: "Xem tất cả", Heap: heaps["task"],
		Why: fmt.Sprintf("%d nhiệm vụ, lâu nhất có hạn %s. Danh sách ở trang riêng có cả thảy %d.", n, oldest.Vietnamese(), holds),
		To:  Target{Kind: "task", State: string(task.StateOverdue)}})
	return err
}

// invitations are the conferences the body is asked to, as long as it has not said who comes and on what it speaks, and what
// became of those since, until it has said that it knows or the day has passed.
func (b *builder) invitations() error {
	lines, err := conference.List(b.tx, b.by)
	if err != nil {
		return err
	}
	unheard, err := conference.Unheard(b.tx, b.by)
	if err != nil {
		return err
	}
	for _, line := range lines {
		news := unheard[line.ID]
		day := line.HeldOn
		if day.IsZero() || line.State.Gone() {
			day = news.FromOn // the day that its calendar still has
		}
		if line.State.Over() || day.Before(b.Day) {
			continue
		}
		item := Item{Room: "briefing", Title: line.Name(), Due: day, Action: "Xem thay đổi", To: to("briefing", line.ID)}
		if news.Kind != "" {
			item.Why, item.Note = news.Sentence()+".", "Lý do: "+news.Reason+"."
			if news.Reason == "" {
				item.Note = ""
			}
		}
		if line.State == conference.Invited || line.State == conference.Shown {
			open, err := b.openAt(line.ID, news.Asks)
			if err != nil {
				return err
			}
			if news.Kind == "" {
				item.Why, item.Action = "Được mời dự lúc "+line.When()+".", "Xem giấy mời"
				if due := line.ReportDue; !due.IsZero() && !due.Before(b.Day) {
					item.Due = due
				}
				if open == "" {
					continue
				}
			}
			item.Note = strings.TrimSpace(item.Note + " " + open)
		} else if news.Kind == "" {
			continue
		}
		b.add(item)
	}
	return nil
}

// openAt says what a conference still asks of the body, "" when its delegate and its speech are in. A delegate named for
// another day is asked for again.
func (b *builder) openAt(id db.ID, anew bool) (string, error) {
	delegates, err := conference.Delegates(b.tx, b.by, id)
	if err != nil {
		return "", err
	}
	speeches, err := conference.Contributions(b.tx, b.by, id)
	if err != nil {
		return "", err
	}
	named := delegates[b.by.Body].Name != ""
	// The commission's own notes on what a body said are no speech registered.
	speaks := slices.ContainsFunc(speeches, func(c conference.Contribution) bool { return c.Body == b.by.Body && c.Subject != "" })
	switch {
	case named && anew:
		return "Ngày họp đã đổi: xin xác nhận người dự giữ nguyên, hoặc cử người khác.", nil
	case named && speaks:
		return "", nil
	case named:
		return "Đã cử người dự; chưa đăng ký tham luận.", nil
	case speaks:
		return "Đã đăng ký tham luận; chưa cử người dự.", nil
	}
	return "Cử người dự, đăng ký tham luận.", nil
}

// answersOwedToUs is what the commission has not done yet for the body: proposals without an answer, reports without an
// acceptance.
func (b *builder) answersOwedToUs() error {
	proposals, next, err := report.Proposals(b.tx, b.by, report.ProposalFilter{State: report.ProposalOpen, Body: b.by.Body, Limit: 500})
	if err != nil {
		return err
	}
	for _, p := range proposals {
		b.wait(Item{Room: "proposal", Title: "Kiến nghị: " + brief(p.Text), Due: p.Due, Action: "Xem báo cáo",
			Why: "Nêu trong báo cáo " + p.Period.Name() + "; Ban chưa trả lời.", To: to("submission", p.Submission)})
	}
	if next != "" {
		b.wait(Item{Room: "proposal", Title: "Còn kiến nghị khác chưa được trả lời", Why: "Danh sách đầy đủ ở trang riêng.", Action: "Xem tất cả",
			To: Target{Kind: "proposal"}})
	}
	if err := b.askedAbove(); err != nil {
		return err
	}
	var sent []struct {
		Name   string          `db:"name"`
		Period calendar.Period `db:"period"`
		Latest db.ID           `db:"latest"`
		At     db.Instant      `db:"latest_at"`
	}
	if err := b.tx.Select(&sent, `
select r.name, p.period, o.latest, o.latest_at
from obligation o
join opening p on p.id = o.opening
join regime r on r.id = p.regime
where o.holder = ? and `+string(report.Unreceived)+`
order by o.latest_at`, b.sees(access.ReadReport)); err != nil {
		return err
	}
	for _, s := range sent {
		b.wait(Item{Room: "report", Title: s.Name + " – " + s.Period.Name(), Action: "Xem biên nhận",
			Why: fmt.Sprintf("Đã gửi lúc %s, chờ Ban nhận.", s.At), To: Target{Kind: "submission", ID: s.Latest, Step: "receipt"}})
	}
	return nil
}

// handed puts before a note from whom the body took the work over.
func (b *builder) handed(moved bool, from db.ID, note string) string {
	if !moved {
		return note
	}
	return "Nhận bàn giao từ " + b.short(from) + ". " + note
}

// sees is the body that an agency's queries are bound to.
func (b *builder) sees(act access.Act) string {
	if own := b.by.Sees(act); own != "" {
		return own
	}
	return string(b.by.Body)
}

// brief cuts a long text at a word, for a title.
func brief(s string) string {
	const longest = 120
	runes := []rune(s)
	if len(runes) <= longest {
		return s
	}
	cut := longest
	for cut > longest/2 && runes[cut] != ' ' {
		cut--
	}
	return string(runes[:cut]) + "…"
}
