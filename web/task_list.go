package web

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/org"
	"giaoban/succession"
	"giaoban/task"
)

// tasksPage is the list with its filters, and how many tasks stand where.
type tasksPage struct {
	State  task.State
	Lead   string // code of the body; "" for all
	States []task.State
	Bodies []org.Body // those that lead something unfinished, and the one asked for
	Items  []taskLine
	Next   string // address of the next page
	First  string // address of the first page, when this is a later one
	Chart  taskChart
	Loads  []loadLine
	Late   int
	Live   int
	All    bool // the actor looks over all bodies
	Switch readingSwitch
	Words  string
	Sort   string // the column it is sorted by, as the address says it
	Heads  []sortHead
	Bound  bound
	Here   string // this page of the list
	Ticked ticked
	Typed  taskTyped
	Work   bool // may work on tasks
	Judge  bool // may judge them
}

type taskTyped struct{ Due, Reason, Note string }

type taskLine struct {
	task.Task
	LeadName string
	LeadNote string // who answers now, or from whom it was taken over, or what the body was called
	Badges   []badge
	Hand     string // what this body's own hand in it is; "" on the commission's list
}

type loadLine struct {
	Name string
	Code string
	task.Load
}

func (s *site) tasks(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	if err := by.May(access.ReadTask, by.Body); err != nil {
		return Reply{}, err
	}
	day := calendar.OfInstant(tx.Clock())
	names, err := org.Names(tx, day)
	if err != nil {
		return Reply{}, err
	}
	p := tasksPage{State: task.State(r.FormValue("trang-thai")), Lead: r.FormValue("chu-tri"), All: by.Sees(access.ReadTask) == "",
		States: append([]task.State{task.StateUnfinished, task.StateToJudge, task.StateAsking}, task.States...)}
	if p.Switch, err = readingOf(tx, r); err != nil {
		return Reply{}, err
	}
	f := task.Filter{State: p.State, Day: day, Cursor: r.FormValue("sau"), AsWas: !p.Switch.Now}
	if !r.Form.Has("trang-thai") {
		p.State, f.State = task.StateUnfinished, task.StateUnfinished // what is over is looked up, not looked at
	}
	if p.Lead != "" {
		lead, err := org.ByCode(tx, by, p.Lead, day)
		if err != nil {
			return Reply{}, err
		}
		f.Lead = lead.ID
	}
	p.Words, p.Sort = strings.TrimSpace(r.FormValue("tim")), r.FormValue("xep")
	p.Work, p.Judge = by.Can(access.WorkOnTask, by.Body), by.Can(access.JudgeTask, by.Body)
	found, next, err := p.find(tx, by, r, f, names)
	if err != nil {
		return Reply{}, err
	}
	called, err := succession.AllNames(tx)
	if err != nil {
		return Reply{}, err
	}
	holidays, err := org.Holidays(tx)
	if err != nil {
		return Reply{}, err
	}
	for _, t := range found {
		line := taskLine{Task: t, Badges: standingBadges(t, holidays, day)}
		line.name(called, day, p.Switch.Now)
		if !p.All {
			line.hand(by, called, day)
		}
		p.Items = append(p.Items, line)
	}
	if next != "" {
		p.Next = p.url("sau", next)
	}
	if f.Cursor != "" {
		p.First = p.url("", "")
	}
	counts, err := task.Count(tx, by, f)
	if err != nil {
		return Reply{}, err
	}
	p.Chart = chartOf(counts, p.Lead, p.Switch)
	return Reply{Page: "task/list", Data: &p}, p.load(tx, by, names, day)
}

// load fills in who leads how much: for the filter, and for the commission's table.
func (p *tasksPage) load(tx *db.Tx, by access.Actor, names map[db.ID]org.Body, day calendar.Date) error {
	loads, err := task.Loads(tx, by, day)
	if err != nil {
		return err
	}
	asked := p.Lead == ""
	for _, l := range loads {
		body := names[l.Lead]
		p.Bodies = append(p.Bodies, body)
		asked = asked || body.Code == p.Lead
		p.Late, p.Live = p.Late+l.Late, p.Live+l.Live
		if l.Late > 0 {
			p.Loads = append(p.Loads, loadLine{Name: body.ShortName, Code: body.Code, Load: l})
		}
	}
	for _, item := range p.Items { // as it was, also who was asked and answers no more
		if body := names[item.Task.Lead]; !p.Switch.Now && !slices.ContainsFunc(p.Bodies, func(b org.Body) bool { return b.ID == body.ID }) {
			p.Bodies = append(p.Bodies, body)
			asked = asked || body.Code == p.Lead
		}
	}
	if !asked {
		for _, body := range names {
			if body.Code == p.Lead {
				p.Bodies = append(p.Bodies, body)
			}
		}
	}
	return nil
}

// query is the filter as addresses carry it.
func (p *tasksPage) query() url.Values {
	query := url.Values{"trang-thai": {string(p.State)}}
	for name, value := range map[string]string{"chu-tri": p.Lead, "doc": p.Switch.Query(), "tim": p.Words, "xep": p.Sort} {
		if value != "" {
			query.Set(name, value)
		}
	}
	return query
}

// url is the list under the same filter, from a place on.
func (p *tasksPage) url(place, value string) string {
	query := p.query()
	if place != "" {
		query.Set(place, value)
	}
	return "/nhiem-vu?" + query.Encode()
}

// find takes the list by its index where it can: in order of date, with all words. Else the whole of it is looked through.
func (p *tasksPage) find(tx *db.Tx, by access.Actor, r *http.Request, f task.Filter, names map[db.ID]org.Body) ([]task.Task, string, error) {
	p.Heads = sortHeads("/nhiem-vu", p.query(), p.Sort, "han", [2]string{"viec", "Nhiệm vụ"}, [2]string{"chu-tri", "Chủ trì"},
		[2]string{"han", "Hạn"}, [2]string{"trang-thai", "Trạng thái"})
	p.Here = p.url("", "")
	if p.Words == "" && (p.Sort == "" || p.Sort == "han") {
		if f.Cursor != "" {
			p.Here = p.url("sau", f.Cursor)
		}
		return task.List(tx, by, f)
	}
	f.Cursor, f.Limit = "", mostTasks
	orders := map[string]func(a, b task.Task) int{
		"viec":    func(a, b task.Task) int { return cmp.Compare(fold.SortKey(a.Title), fold.SortKey(b.Title)) },
		"chu-tri": func(a, b task.Task) int { return names[a.LeadHolder].Sort - names[b.LeadHolder].Sort },
		"han":     func(a, b task.Task) int { return a.Due.Compare(b.Due) },
		"trang-thai": func(a, b task.Task) int {
			return slices.Index(task.States, a.StateOn(f.Day)) - slices.Index(task.States, b.StateOn(f.Day))
		},
	}
	p.Bound = bound{From: int(wholeNumber(r.FormValue("tu"))), Rest: p.url("", "")}
	found, all, err := task.Search(tx, by, f, p.Words, turned(p.Sort, orders[strings.TrimPrefix(p.Sort, "-")]), p.Bound.From)
	p.Bound.From = min(p.Bound.From, all)
	p.Bound.Shown, p.Bound.Total = len(found), all
	if p.Bound.From > 0 {
		p.Here = p.url("tu", strconv.Itoa(p.Bound.From))
	}
	p.Bound.step(mostTasks, "tu")
	return found, "", err
}

// mostTasks is how many tasks stand on one page.
const mostTasks = 50

// actOnTasks takes on, asks for or gives more time to, or accepts the tasks that are ticked.
func (s *site) actOnTasks(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	again, err := s.tasks(tx, by, r)
	if err != nil {
		return Reply{}, err
	}
	p := again.Data.(*tasksPage)
	p.Ticked = tickedIn(r)
	p.Typed = taskTyped{r.PostFormValue("due"), r.PostFormValue("reason"), r.PostFormValue("note")}
	said, act := "Đã tiếp nhận %d nhiệm vụ.", func(id db.ID) error { return task.Receive(tx, by, id) }
	switch choice := r.PostFormValue("act"); choice {
	case "gia-han", "xin-gia-han":
		due, err := calendar.ReadDate(p.Typed.Due)
		if err != nil {
			return again, fieldOf("due", err)
		}
		said, act = "Đã gia hạn %d nhiệm vụ đến "+due.Vietnamese()+".", func(id db.ID) error {
			return task.GrantExtension(tx, by, id, "", due, p.Typed.Reason)
		}
		if choice == "xin-gia-han" {
			said, act = "Đã xin gia hạn %d nhiệm vụ đến "+due.Vietnamese()+".", func(id db.ID) error {
				return task.AskExtension(tx, by, id, due, p.Typed.Reason)
			}
		}
	case "don-doc":
		said, act = "Đã ghi đôn đốc %d nhiệm vụ.", func(id db.ID) error { return task.Remind(tx, by, id, p.Typed.Note) }
	case "nghiem-thu":
		said, act = "Đã nghiệm thu, ghi nhận %d nhiệm vụ.", func(id db.ID) error { return task.Accept(tx, by, id, p.Typed.Note) }
	}
	err = p.Ticked.each(tx, func(id db.ID) (string, error) {
		found, err := task.Among(tx, by, []db.ID{id})
		if err != nil || len(found) == 0 {
			return "", cmp.Or(err, fault.Missing("Không có nhiệm vụ này."))
		}
		return short(found[0].Title), act(id)
	})
	if err != nil {
		return again, err
	}
	return Reply{To: p.Here, Said: p.Ticked.Said(said)}, nil
}

func taskListURL(state task.State, lead, cursor string, reading readingSwitch) string {
	query := url.Values{"trang-thai": {string(state)}}
	if lead != "" {
		query.Set("chu-tri", lead)
	}
	if cursor != "" {
		query.Set("sau", cursor)
	}
	if doc := reading.Query(); doc != "" {
		query.Set("doc", doc)
	}
	return "/nhiem-vu?" + query.Encode()
}

// name says who leads: as it was, whom the task was given to, called as on that day, and who does it now; as it is now,
// who does it, called as today, and from whom or under which name it came.
func (l *taskLine) name(called *succession.Names, today calendar.Date, now bool) {
	t := l.Task
	then := calendar.OfInstant(t.AssignedAt.Time())
	moved := t.LeadHolder != t.Lead
	switch {
	case now && moved:
		l.LeadName, l.LeadNote = called.On(t.LeadHolder, today).ShortName, "nhận từ "+called.On(t.Lead, then).ShortName
	case now:
		l.LeadName, l.LeadNote = called.On(t.Lead, today).ShortName, formerly(called.Before(t.Lead, then, today))
	case moved:
		l.LeadName, l.LeadNote = called.On(t.Lead, then).ShortName, "nay "+called.On(t.LeadHolder, today).ShortName+" thực hiện"
	default:
		l.LeadName = called.On(t.Lead, then).ShortName
	}
}

// hand says what a body has to do with the task.
func (l *taskLine) hand(by access.Actor, called *succession.Names, today calendar.Date) {
	t := l.Task
	l.Hand = "Chủ trì"
	if !t.Leads {
		l.Hand = "Phối hợp: " + t.Part
	}
	switch {
	case !t.Moved():
	case t.Holder == by.Body:
		l.Hand += " (nhận từ " + called.On(t.Body, today).ShortName + ")"
	default:
		l.Hand += " (đã bàn giao cho " + called.On(t.Holder, today).ShortName + ")"
	}
}

// sideOf is the task as seen from one of its sides.
func sideOf(t task.Task, s task.Side) task.Task {
	t.Side = s
	return t
}

// standingBadges are the state, how late it is, and whether an answer is awaited.
func standingBadges(t task.Task, holidays calendar.Holidays, day calendar.Date) []badge {
	badges := []badge{{taskClass[t.State], t.State.Of(t)}}
	if t.Late(day) {
		badges = append(badges, badge{"late", fold.Capital(calendar.Late(t.DaysLate(holidays, day)))})
	}
	if t.Asking {
		badges = append(badges, badge{"waiting", "Xin gia hạn"})
	}
	return badges
}

var taskClass = map[task.State]string{
	task.StateOpen: "waiting", task.StateAccepted: "on-time", task.StateDone: "proposed", task.StateClosed: "accepted",
	task.StateReturned: "returned", task.StateWithdrawn: "nil", task.StateOverdue: "late",
}

// taskChart is the number of tasks in each state, drawn as bars; its units are those of a drawing 250 wide.
type taskChart struct {
	Bars   []taskBar
	Height int
	Total  int
}

type taskBar struct {
	State   task.State
	N       int
	Class   string
	Y, Text int // top of the bar, base line of its words
	Width   int
	Label   int // where the number stands
	URL     string
}

func chartOf(counts task.Counts, lead string, reading readingSwitch) taskChart {
	const left, widest, step = 108, 104, 26
	c := taskChart{Total: counts.Total(), Height: len(task.States) * step}
	most := 1
	for _, n := range counts {
		most = max(most, n)
	}
	for i, state := range task.States {
		n := counts[state]
		b := taskBar{State: state, N: n, Class: "s1", Y: i*step + 4, Text: i*step + 17, Width: n * widest / most, URL: taskListURL(state, lead, "", reading)}
		if n > 0 {
			b.Width = max(b.Width, 2)
		}
		switch state {
		case task.StateOverdue:
			b.Class = "s2" // told by its word too, never by colour alone
		case task.StateClosed:
			b.Class = "s3"
		}
		b.Label = left + b.Width + 6
		c.Bars = append(c.Bars, b)
	}
	return c
}
