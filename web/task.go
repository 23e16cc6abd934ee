package web

import (
	"net/http"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/charge"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/library"
	"giaoban/org"
	"giaoban/paper"
	"giaoban/task"
)

var taskRoom = room{
	menu: entry{group: workGroup, name: "Nhiệm vụ", url: "/nhiem-vu", needs: needsBodies, key: "g n"},
	pages: []route{
		see("/nhiem-vu", (*site).tasks, access.ReadTask).owing().named("task/list", "?trang-thai={state}"),
		act("/nhiem-vu", (*site).actOnTasks, access.WorkOnTask, access.JudgeTask).
			says("Đã ghi.", "Nhiệm vụ còn lại", "/nhiem-vu"),
		see("/nhiem-vu/{id}", (*site).showTask, access.ReadTask).owing().shows("task").byPerson(charge.Task),
		act("/nhiem-vu/{id}/tiep-nhan", (*site).receiveTask, access.WorkOnTask).of("task").
			says("Đã tiếp nhận nhiệm vụ; Ban thấy cơ quan đã nhận.", "Nhiệm vụ còn lại", "/nhiem-vu"),
		act("/nhiem-vu/{id}/tien-do", (*site).noteProgress, access.WorkOnTask).of("task").files(mostFiles).
			says("Đã ghi tiến độ; Ban thấy ngay.", "Nhiệm vụ còn lại", "/nhiem-vu"),
		act("/nhiem-vu/{id}/xin-gia-han", (*site).askTaskExtension, access.WorkOnTask).of("task").
			says("Đã gửi đề nghị gia hạn; hạn hiện nay giữ nguyên đến khi Ban trả lời.", "Nhiệm vụ còn lại", "/nhiem-vu"),
		act("/nhiem-vu/{id}/hoan-thanh", (*site).completeTask, access.WorkOnTask).of("task").files(mostFiles).
			says("Đã báo hoàn thành; Ban xem kết quả.", "Nhiệm vụ còn lại", "/nhiem-vu"),
		act("/nhiem-vu/{id}/gia-han", (*site).grantTaskExtension, access.JudgeTask).of("task").
			says("Đã cho gia hạn; cơ quan thấy hạn mới.", "Nhiệm vụ còn lại", "/nhiem-vu"),
		act("/nhiem-vu/{id}/khong-gia-han", (*site).declineTaskExtension, access.JudgeTask).of("task").
			says("Đã trả lời không gia hạn; hạn hiện nay giữ nguyên.", "Nhiệm vụ còn lại", "/nhiem-vu"),
		act("/nhiem-vu/{id}/sua-gia-han", (*site).correctTaskExtension, access.JudgeTask).of("task").
			says("Đã sửa gia hạn; lý do và hạn cũ còn trong diễn biến.", "Nhiệm vụ còn lại", "/nhiem-vu"),
		act("/nhiem-vu/{id}/thu-gia-han", (*site).revokeTaskExtension, access.JudgeTask).of("task").
			says("Đã thu lại gia hạn; hạn trước đó có hiệu lực lại.", "Nhiệm vụ còn lại", "/nhiem-vu"),
		act("/nhiem-vu/{id}/nghiem-thu", (*site).acceptTask, access.JudgeTask).of("task").
			says("Đã nghiệm thu, ghi nhận.", "Nhiệm vụ còn lại", "/nhiem-vu"),
		act("/nhiem-vu/{id}/lam-lai", (*site).sendTaskBack, access.JudgeTask).of("task").
			says("Đã đề nghị làm lại; cơ quan thấy lý do và hạn mới.", "Nhiệm vụ còn lại", "/nhiem-vu"),
		act("/nhiem-vu/{id}/don-doc", (*site).remindTask, access.JudgeTask).of("task").
			says("Đã ghi lần đôn đốc.", "Nhiệm vụ còn lại", "/nhiem-vu"),
		act("/nhiem-vu/{id}/rut", (*site).withdrawTask, access.AssignTask).of("task").
			says("Đã rút nhiệm vụ; lý do đã ghi vào nhật ký.", "Nhiệm vụ còn lại", "/nhiem-vu"),
	},
}

// taskPage is one task with everything that happened and what the actor may do now.
type taskPage struct {
	task.Record
	LeadName   string
	State      []badge
	Sides      []sideLine
	Story      []storyLine
	Lineage    string
	Paper      []paper.Paper // that assigned it, where the actor may read it
	Mine       *sideLine     // the actor's own side; nil when it has none
	May        taskActs
	Extensions []askedDay
	Given      []givenDay        // extensions that hold and may be corrected
	Typed      map[string]string // what stood in the form that was refused, by field id
	Failed     string            // which form that was
}

type sideLine struct {
	task.Side
	Name   string
	Badges []badge
}

type storyLine struct {
	At    db.Instant
	Who   string
	Title string
	Note  string
	Paper string
	Due   string // the day it is about, with what it means
	Files []library.Use
}

// taskActs is what is offered; the room decides again when it is done.
type taskActs struct {
	Receive, Progress, Ask, Complete bool
	Judge, Remind, Withdraw          bool
	SendBack                         []sideLine // the sides that may be asked to work again
}

func (a taskActs) Any() bool {
	return a.Receive || a.Progress || a.Ask || a.Complete || a.Judge || a.Remind || a.Withdraw || len(a.SendBack) > 0
}

// givenDay is an extension that holds.
type givenDay struct {
	Body        db.ID
	Name        string
	Due, Before calendar.Date
	Farthest    calendar.Date
	Along       []alongLine
}

// alongLine is a cooperating body whose day may move with the lead's.
type alongLine struct {
	task.Along
	Name string
}

// askedDay is an extension that waits for its answer.
type askedDay struct {
	Body     db.ID
	Name     string
	Due      calendar.Date
	Asked    calendar.Date
	Farthest calendar.Date // until when it may be given
	Reason   string
	Along    []alongLine
}

func (s *site) showTask(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	p, err := taskOf(tx, by, db.ID(r.PathValue("id")))
	if err != nil {
		return Reply{}, err
	}
	return Reply{Page: "task/show", Data: p}, nil
}

func taskOf(tx *db.Tx, by access.Actor, id db.ID) (*taskPage, error) {
	if !by.SignedIn() {
		return nil, fault.SignIn("Xin đăng nhập để xem nhiệm vụ.")
	}
	record, err := task.Find(tx, by, id)
	if err != nil {
		return nil, err
	}
	day := calendar.OfInstant(tx.Clock())
	names, err := org.Names(tx, day)
	if err != nil {
		return nil, err
	}
	holidays, err := org.Holidays(tx)
	if err != nil {
		return nil, err
	}
	files, err := library.Attached(tx, by, "task", id)
	if err != nil {
		return nil, err
	}
	p := &taskPage{Record: record, LeadName: answering(names[record.Lead].Name, names, record.Lead, record.LeadHolder), State: standingBadges(record.Task, holidays, day),
		Typed: map[string]string{}}
	if p.Lineage, err = originOf(tx, by, record.Node()); err != nil {
		return nil, err
	}
	if record.FromPaper != "" {
		if p.Paper, err = paper.Among(tx, by, []db.ID{record.FromPaper}); err != nil {
			return nil, err
		}
	}
	for _, side := range record.Sides {
		line := sideLine{Side: side, Name: answering(names[side.Body].ShortName, names, side.Body, side.Holder), Badges: standingBadges(sideOf(record.Task, side), holidays, day)}
		p.Sides = append(p.Sides, line)
		if asked, reason, ok := record.RequestedDue(side.Body); ok && by.Can(access.JudgeTask, side.Holder) {
			line := askedDay{Body: side.Body, Name: line.Name, Due: side.Due, Asked: asked, Reason: reason, Farthest: holidays.FarthestExtension(side.Due, day)}
			if line.Along, err = alongLines(tx, record, names, side, asked); err != nil {
				return nil, err
			}
			p.Extensions = append(p.Extensions, line)
		}
		if _, before, ok := record.Granted(side.Body); ok && side.Live && side.State != task.StateDone && by.Can(access.JudgeTask, side.Holder) {
			line := givenDay{Body: side.Body, Name: line.Name, Due: side.Due, Before: before, Farthest: holidays.FarthestExtension(before, day)}
			if line.Along, err = alongLines(tx, record, names, side, calendar.Date{}); err != nil {
				return nil, err
			}
			p.Given = append(p.Given, line)
		}
		if side.State == task.StateDone && by.Can(access.JudgeTask, side.Holder) {
			p.May.SendBack = append(p.May.SendBack, line)
		}
		if mine, ok := record.Mine(by); ok && mine.Body == side.Body {
			p.Mine = &line
		}
	}
	then, err := org.Names(tx, calendar.OfInstant(record.AssignedAt.Time()))
	if err != nil {
		return nil, err
	}
	p.tell(record, then, files)
	p.offer(by)
	return p, nil
}

// alongLines are the cooperating bodies that a new day of the lead asks about; to is zero while it is not known.
func alongLines(tx *db.Tx, r task.Record, names map[db.ID]org.Body, side task.Side, to calendar.Date) ([]alongLine, error) {
	if !side.Leads {
		return nil, nil
	}
	all, err := r.Along(tx, side.Due, to)
	var lines []alongLine
	for _, a := range all {
		lines = append(lines, alongLine{a, answering(names[a.Body].ShortName, names, a.Body, a.Holder)})
	}
	return lines, err
}

// tell makes the story: the assignment, then every fact in order, each with its files.
func (p *taskPage) tell(r task.Record, names map[db.ID]org.Body, files []library.Use) {
	byID := make(map[db.ID]library.Use)
	for _, f := range files {
		byID[f.ID] = f
	}
	p.Story = append(p.Story, storyLine{At: r.AssignedAt, Who: r.AssignedName, Due: "hạn " + p.Sides[0].FirstDue.Vietnamese(),
		Title: r.Mode.Name() + " " + names[r.Lead].ShortName + " chủ trì"})
	for _, f := range r.Facts {
		line := storyLine{At: f.At, Who: f.ByName, Title: f.Kind.Of(r.Task), Note: f.Note, Paper: f.Paper}
		switch f.Kind {
		case task.Asked:
			line.Due = "xin đến " + f.Due.Vietnamese()
		case task.Granted, task.SentBack, task.Shifted, task.Corrected, task.Revoked:
			line.Due = "hạn mới " + f.Due.Vietnamese()
		}
		if len(r.Sides) > 1 && f.Kind != task.Approved && f.Kind != task.TakenBack {
			line.Title += " – " + names[f.Body].ShortName
		}
		for _, id := range f.Files {
			if use, ok := byID[id]; ok {
				line.Files = append(line.Files, use)
			}
		}
		p.Story = append(p.Story, line)
	}
}

func (p *taskPage) offer(by access.Actor) {
	lead := p.Sides[0]
	if lead.Live {
		p.May.Judge = lead.State == task.StateDone && by.Can(access.JudgeTask, lead.Holder)
		p.May.Remind = lead.State != task.StateDone && by.Can(access.JudgeTask, lead.Holder) && lead.Holder != by.Body
		p.May.Withdraw = by.Can(access.JudgeTask, lead.Holder) && by.Can(access.AssignTask, lead.Holder)
	}
	if p.Mine == nil || !p.Mine.Live || !by.Can(access.WorkOnTask, p.Mine.Holder) {
		return
	}
	working := p.Mine.State != task.StateDone
	p.May.Receive = p.Mine.State == task.StateOpen
	p.May.Progress, p.May.Complete = working, working
	p.May.Ask = working && !p.Mine.Asking
}
