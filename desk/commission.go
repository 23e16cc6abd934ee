package desk

import (
	"fmt"
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/conference"
	"giaoban/consolidation"
	"giaoban/internal/db"
	"giaoban/report"
	"giaoban/succession"
	"giaoban/task"
)

// inRound is where something is done about a period.
func inRound(r report.Round, step string) Target {
	return Target{Kind: "opening", Step: step, Regime: r.Code, Period: r.Period}
}

// ahead is how many days before a deadline the commission begins to look after those who have not reported.
const ahead = 7

// rounds are the periods in which bodies stand in a certain way.
func (b *builder) rounds(which report.Standing) ([]report.Round, error) {
	return shared(b, string(which), func() ([]report.Round, error) { return report.Rounds(b.tx, b.by, which, b.Day) })
}

func (b *builder) submissionsToReceive() error {
	rounds, err := b.rounds(report.Unreceived)
	if err != nil {
		return err
	}
	mine, err := b.mineIn(report.Unreceived)
	for _, r := range rounds {
		b.add(b.follow(Item{Room: "report", Title: r.Name + " – " + r.Period.Name(), Action: "Xem, nhận", To: inRound(r, "receive"), Holds: r.All, Awaited: true,
			Why: fmt.Sprintf("%d/%d báo cáo đã gửi, chờ Ban nhận hoặc đề nghị bổ sung.", r.All, r.Bodies)}, mine[r.Opening]))
	}
	return err
}

// notReported is who has not reported, from a week before the deadline on.
func (b *builder) notReported() error {
	rounds, err := b.rounds(report.Owed)
	if err != nil {
		return err
	}
	mine, err := b.mineIn(report.Owed)
	if err != nil {
		return err
	}
	for _, r := range rounds {
		if r.Due.After(b.Day.AddDays(ahead)) {
			b.wait(Item{Room: "report", Title: r.Name + " – " + r.Period.Name(), Due: r.Due, Action: "Xem", To: inRound(r, "missing"), Holds: r.All,
				Why: fmt.Sprintf("%d/%d cơ quan chưa gửi báo cáo; còn trong hạn.", r.All, r.Bodies)})
			continue
		}
		why := fmt.Sprintf("%d/%d cơ quan chưa gửi đủ báo cáo", r.All, r.Bodies)
		if r.Late > 0 {
			why += fmt.Sprintf(", trong đó %d đã quá hạn", r.Late)
		}
		b.add(b.follow(Item{Room: "report", Title: r.Name + " – " + r.Period.Name(), Due: r.Due, Why: why + ".", Action: "Đôn đốc", Heap: r.Name,
			To: inRound(r, "missing"), Holds: r.All}, mine[r.Opening]))
	}
	return nil
}

func (b *builder) reportExtensions() error {
	own := b.by.Sees(access.ReadReport)
	var all []struct {
		asked
		Obligation db.ID           `db:"obligation"`
		Name       string          `db:"name"`
		Period     calendar.Period `db:"period"`
		Due        calendar.Date   `db:"due"`
		AskedDue   calendar.Date   `db:"asked_due"`
		Reason     string          `db:"reason"`
	}
	if err := b.tx.Select(&all, `
select o.opening, o.holder, o.sectors, p.form, e.obligation, r.name, p.period, o.due, e.asked_due, e.reason
from report_extension e
join obligation o on o.id = e.obligation
join opening p on p.id = o.opening
join regime r on r.id = p.regime
where e.decided_at is null and (cast(? as text) = '' or ? in (o.body, o.holder))
order by e.asked_at, e.id`, own, own); err != nil {
		return err
	}
	of := make([]asked, len(all))
	for i, a := range all {
		of[i] = a.asked
	}
	forms, err := b.sectorsAsked(of)
	if err != nil {
		return err
	}
	for _, a := range all {
		b.add(b.from(Item{Room: "report", Title: b.short(a.Holder) + " xin gia hạn: " + a.Name + " – " + a.Period.Name(), Due: a.Due, Awaited: true,
			Why: "Xin đến " + a.AskedDue.Vietnamese() + ". Lý do: " + a.Reason, Action: "Trả lời", To: to("obligation", a.Obligation)}, a.Holder, a.in(forms)...))
	}
	return nil
}

// handovers are changes of bodies whose open work waits for somebody to hand it over.
func (b *builder) handovers() error {
	loads, err := succession.Waiting(b.tx, b.by)
	if err != nil {
		return err
	}
	for _, l := range loads {
		why := fmt.Sprintf("%d việc của cơ quan cũ chưa bàn giao", l.Open)
		if l.Flagged > 0 {
			why += fmt.Sprintf(", trong đó %d việc phải chọn cơ quan tiếp nhận", l.Flagged)
		}
		item := Item{Room: "succession", Title: "Bàn giao công việc theo sắp xếp từ " + l.Day.Vietnamese(), Why: why + ".", Action: "Bàn giao",
			To: Target{Kind: "change", ID: l.Change, Step: "handover"}}
		if l.Day.After(b.Day) {
			item.Action, item.Note = "Xem", "Đến ngày "+l.Day.Vietnamese()+" mới bàn giao được."
			b.wait(item)
			continue
		}
		b.add(item)
	}
	return nil
}

// proposals are the answers that the commission owes, the earliest date first.
func (b *builder) proposals() error {
	own := b.by.Sees(access.ReadReport)
	var all []struct {
		ID     db.ID           `db:"id"`
		Body   db.ID           `db:"body"`
		Period calendar.Period `db:"period"`
		Sector string          `db:"sector"`
		Text   string          `db:"text"`
		Due    calendar.Date   `db:"due"`
		Letter string          `db:"letter_to"` // for whom a công văn is on its way
	}
	const open = "from proposal\nwhere withdrawn_at is null and not answered and (cast(? as text) = '' or body = ?)"
	if err := b.tx.Select(&all, `select id, body, period, sector, text, due, coalesce((
	select d.addressee
	from proposal_forward d
	where d.proposal = proposal.id and `+report.OnItsWay+`), '') as letter_to
`+open+"\norder by due, id\nlimit ?", own, own, most); err != nil {
		return err
	}
	if len(all) == 0 {
		return nil
	}
	var total int
	if err := b.tx.Get(&total, "select count(*) as n\n"+open, own, own); err != nil {
		return err
	}
	for _, p := range all {
		i := Item{Room: "proposal", Title: "Kiến nghị của " + b.short(p.Body) + ": " + brief(p.Text), Due: p.Due, Awaited: true, Heap: heaps["proposal"],
			Why: "Nêu trong báo cáo " + p.Period.Name() + ", chưa được trả lời.", Action: "Trả lời", To: to("proposal", p.ID)}
		if p.Letter != "" {
			i.Why, i.Action = "Công văn chuyển "+p.Letter+" đang soạn, trình ký; chưa phát hành.", "Xem"
		}
		b.add(b.from(i, p.Body, strings.Fields(p.Sector)...))
	}
	b.rest(len(all), total, total, "proposal", "kiến nghị khác chưa trả lời", "Xem tất cả", Target{Kind: "proposal"}, all[len(all)-1].Due)
	return nil
}

// briefings are the conferences that are not finished with.
func (b *builder) briefings() error {
	lines, err := conference.List(b.tx, b.by)
	if err != nil {
		return err
	}
	lines = slices.DeleteFunc(lines, func(l conference.Line) bool {
		switch {
		case l.State == conference.Noticed, l.State == conference.Released:
			return true
		case l.State.Gone(): // without a day it was put off before: who was invited waits for word of it all the same
			return !l.HeldOn.IsZero() && l.HeldOn.Before(b.Day)
		}
		return false
	})
	needs, err := conference.NeedsAmong(b.tx, b.by, lines)
	if err != nil {
		return err
	}
	for _, line := range lines {
		item := Item{Room: "briefing", Title: line.Name(), Due: line.HeldOn, Note: line.When(), To: to("briefing", line.ID)}
		switch line.State {
		case conference.Postponed:
			item.Why, item.Action = "Đang hoãn, chưa định ngày mới.", "Xem"
		case conference.Planned:
			item.Why, item.Action = "Chưa phát hành giấy mời.", "Chuẩn bị"
		case conference.Invited:
			item.Why, item.Action = "Đã gửi giấy mời; chuẩn bị hồ sơ, danh sách đại biểu.", "Chuẩn bị hồ sơ"
		case conference.Shown:
			item.Why, item.Action = "Hồ sơ đã trình; ghi kết luận rồi kết thúc hội nghị.", "Ghi kết luận"
		case conference.Closed:
			// No rule says until when; the day of the conference is not a day that was missed.
			item.Why, item.Action, item.Due = "Đã kết thúc; chưa soạn thông báo kết luận.", "Soạn thông báo", calendar.Date{}
		}
		need := needs[line.ID]
		switch {
		case need.Change:
			item.Why, item.Action = line.State.Name()+"; nơi được mời chưa có công văn báo.", "Soạn công văn"
		case need.Replaces.ID != "":
			item.Why, item.Action = need.Replaces.Label()+" không còn đúng: "+need.Replaces.Words+".", "Soạn giấy mời thay"
		case line.State.Gone():
			continue
		}
		b.add(item)
	}
	return nil
}

// consolidations are the commission's own reports on their way to the signature: those that want something of this desk, and
// those that wait for another's.
func (b *builder) consolidations() error {
	all, err := consolidation.AllUnderway(b.tx, b.by)
	if err != nil || len(all) == 0 {
		return err
	}
	owed, err := b.upwards()
	if err != nil {
		return err
	}
	due := make(map[answer]calendar.Date)
	for _, u := range owed {
		due[answer{u.Regime.Code, u.Period}] = u.Due
	}
	for _, u := range all {
		item := Item{Room: "consolidation", Awaited: true, Title: "Báo cáo tổng hợp: " + u.RegimeName + " – " + u.Period.Name(), Note: u.Note,
			Due: due[answer{u.RegimeCode, u.Period}],
			To:  Target{Kind: "opening", Step: "text", Regime: u.RegimeCode, Period: u.Period}}
		mine := false
		switch awaits := u.Awaits(); {
		case u.Kind == consolidation.StepSentBack:
			item.Why, item.Action = fmt.Sprintf("%s trả lại lúc %s kèm nhận xét, chờ sửa và trình lại.", u.ByName, u.At), "Sửa, trình lại"
			mine = b.by.Can(access.DraftConsolidation, u.Body)
		case awaits != "":
			item.Why, item.Action = fmt.Sprintf("%s lúc %s, chờ ý kiến của %s.", u.Said(), u.At, awaits), "Xem, cho ý kiến"
			if mine, err = u.Considers(b.tx, b.by, u.Body); err != nil {
				return err
			}
			item.Mine = mine
		default:
			item.Why, item.Action = fmt.Sprintf("%s lúc %s, chờ ký hoặc trả lại.", u.Said(), u.At), "Xem, ký"
			mine = b.by.Can(access.SignConsolidation, u.Body)
		}
		if mine {
			b.add(item)
			continue
		}
		item.Action = "Xem"
		b.wait(item)
	}
	return nil
}

// exceptions are what a leader has to know: only what has gone past its day, counted, with its denominator.
func (b *builder) exceptions() error {
	rounds, err := b.rounds(report.Owed)
	if err != nil {
		return err
	}
	for _, r := range rounds {
		if r.Late > 0 {
			late := inRound(r, "missing")
			late.State = "qua-han"
			b.add(Item{Room: "report", Title: r.Name + " – " + r.Period.Name(), Due: r.Due, Action: "Xem", Heap: r.Name,
				Why: fmt.Sprintf("%d/%d cơ quan quá hạn báo cáo.", r.Late, r.Bodies), To: late, Holds: r.Late})
		}
	}
	loads, err := task.Loads(b.tx, b.by, b.Day)
	if err != nil {
		return err
	}
	late, live := 0, 0
	var worst []string
	for _, l := range loads {
		late, live = late+l.Late, live+l.Live
		if l.Late > 0 && len(worst) < 3 {
			worst = append(worst, fmt.Sprintf("%s %d", b.short(l.Lead), l.Late))
		}
	}
	if late > 0 {
		oldest, _, err := task.List(b.tx, b.by, task.Filter{State: task.StateOverdue, Day: b.Day, Limit: 1})
		if err != nil {
			return err
		}
		b.add(Item{Room: "task", Title: "Nhiệm vụ quá hạn", Due: last(oldest), Action: "Xem",
			Why:  fmt.Sprintf("%d/%d nhiệm vụ chưa xong đã quá hạn.", late, live),
			Note: "Nhiều nhất: " + strings.Join(worst, ", ") + ".", To: Target{Kind: "task", State: "overdue"}, Holds: late})
	}
	return b.proposalsLate()
}

func (b *builder) proposalsLate() error {
	own := b.by.Sees(access.ReadReport)
	var owed struct {
		All  int           `db:"n"`
		Late int           `db:"late"`
		Due  calendar.Date `db:"due"`
	}
	if err := b.tx.Get(&owed, `
select count(*) as n, coalesce(sum(case when due < ? then 1 else 0 end), 0) as late, min(due) as due
from proposal
where withdrawn_at is null and not answered and (cast(? as text) = '' or body = ?)`, b.Day, own, own); err != nil {
		return err
	}
	if owed.Late > 0 {
		b.add(Item{Room: "proposal", Title: "Kiến nghị quá hạn trả lời", Due: owed.Due, Action: "Xem",
			Why: fmt.Sprintf("%d/%d kiến nghị chưa trả lời đã quá hạn.", owed.Late, owed.All), To: Target{Kind: "proposal"}, Holds: owed.All})
	}
	return nil
}
