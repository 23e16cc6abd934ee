package briefing

import (
	"fmt"
	"slices"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/org"
	"giaoban/report"
	"giaoban/task"
)

// Pack is hồ sơ giao ban, composed from what the rooms know. It is kept as JSON exactly as shown, so it holds names
// and words, not only references.
type Pack struct {
	Name       string         `json:"name"`
	Regime     string         `json:"regime"`
	Period     string         `json:"period"`
	Launches   string         `json:"launches"`
	When       string         `json:"when"`
	Place      string         `json:"place"`
	On         calendar.Date  `json:"on"` // the day everything below is told by
	Chairs     []PackPerson   `json:"chairs"`
	Delegates  []PackDelegate `json:"delegates"`
	Agenda     []string       `json:"agenda"`
	Reports    PackReports    `json:"reports"`
	Results    PackResults    `json:"results"`
	Overdue    []PackTask     `json:"overdue"`
	Rules      []Rule         `json:"rules"`
	Exceptions []Exception    `json:"exceptions"`
	Proposals  []PackProposal `json:"proposals"`
	Report     []PackSection  `json:"report"`
	Source     string         `json:"source"` // where the report's text comes from, in words
	// Consolidation is the id of the commission's report; "" while the program only proposes one.
	Consolidation string  `json:"consolidation"`
	Script        []Step  `json:"script"`
	Drafts        []Draft `json:"drafts"`
}

// PackPerson is a person in a place.
type PackPerson struct {
	Role  string `json:"role"`
	Name  string `json:"name"`
	Title string `json:"title"`
}

// PackDelegate is a body invited and whom it sends; Name is "" while it has not said.
type PackDelegate struct {
	Code         string `json:"code"`
	Body         string `json:"body"`
	Who          string `json:"who"`
	Name         string `json:"name"`
	Title        string `json:"title"`
	Substitute   bool   `json:"substitute"`
	Reason       string `json:"reason"`
	Contribution string `json:"speech"` // subject of the one it registered
}

// PackReports tells who has reported: Owed bodies, of whom Came handed in.
type PackReports struct {
	Owed    int          `json:"owed"`
	Came    int          `json:"came"`
	Missing []PackReport `json:"missing"`
	Late    []PackReport `json:"late"`
	Opened  bool         `json:"opened"` // false: no period of the regime was opened
}

// Delay is how late something was when the pack was made.
type Delay struct {
	Days    int  `json:"days"`
	Working bool `json:"working,omitempty"` // false in packs frozen when calendar days were counted: they stay as shown
}

// Said is "12 ngày làm việc".
func (d Delay) Said() string {
	if d.Working {
		return calendar.WorkingDays(d.Days)
	}
	return fmt.Sprintf("%d ngày", d.Days)
}

// PackReport is one report that is missing or came late.
type PackReport struct {
	Key    string        `json:"key"`
	Code   string        `json:"code"`
	Body   string        `json:"body"`
	Period string        `json:"period"`
	Due    calendar.Date `json:"due"`
	At     string        `json:"at"`
	Delay
	State  string `json:"state"`
	Waived string `json:"waived,omitempty"` // why the commission waits no more; still missing
}

// PackResults is what became of the last conference's tasks.
type PackResults struct {
	Last  string     `json:"last"` // its name, "" when there was none
	Tasks []PackTask `json:"tasks"`
	Done  int        `json:"done"`
}

// PackTask is a task as the pack shows it.
type PackTask struct {
	ID      string        `json:"id"`
	Title   string        `json:"title"`
	Product string        `json:"product"`
	Mode    string        `json:"mode"`
	Code    string        `json:"code"`
	Lead    string        `json:"lead"`
	Due     calendar.Date `json:"due"`
	State   string        `json:"state"`
	Delay
	From string `json:"from"` // what it came from
}

// PackProposal is a kiến nghị that nobody has answered.
type PackProposal struct {
	ID     string        `json:"id"`
	Code   string        `json:"code"`
	Body   string        `json:"body"`
	Words  string        `json:"words"`
	Period string        `json:"period"`
	Due    calendar.Date `json:"due"` // until when the commission answers
	Late   bool          `json:"late"`
}

// PackSection is a part of the report shown: its title and paragraphs, each with who wrote it.
type PackSection struct {
	Title      string          `json:"title"`
	Paragraphs []PackParagraph `json:"paragraphs"`
}

// PackParagraph is a paragraph and where it came from.
type PackParagraph struct {
	Words string `json:"words"`
	From  string `json:"from"`
}

// Compose puts the pack together as things stand now; nothing is kept. For the commission only.
func Compose(tx *db.Tx, by access.Actor, id db.ID) (Pack, error) {
	b, err := Find(tx, by, id)
	if err != nil {
		return Pack{}, err
	}
	if by.Sees(access.ReadBriefing) != "" {
		return Pack{}, noPack()
	}
	c := composer{tx: tx, by: by, b: b, today: calendar.OfInstant(tx.Clock())}
	if c.office, err = officeOf(tx, b); err != nil {
		return Pack{}, err
	}
	if c.holidays, err = org.Holidays(tx); err != nil {
		return Pack{}, err
	}
	c.pack = Pack{Name: b.Name(), Regime: b.Regime, Period: b.Period.String(), Launches: b.Launches.Name(), When: b.When(),
		Place: b.Place, On: c.today, Agenda: b.AgendaItems()}
	for _, part := range []func() error{c.people, c.reports, c.results, c.overdue, c.report, c.proposals} {
		if err := part(); err != nil {
			return Pack{}, err
		}
	}
	c.drafts()
	c.script()
	return c.pack, nil
}

func noPack() error {
	return fault.Missing("Hồ sơ giao ban là tài liệu của Ban.")
}

// composer gathers the parts of one pack.
type composer struct {
	tx       *db.Tx
	by       access.Actor
	b        Briefing
	today    calendar.Date
	holidays calendar.Holidays
	office   office
	pack     Pack
	tasks    []Result // of the last conference
}

func (c *composer) body(id db.ID) org.Body { return c.office.names[id] }

func (c *composer) people() error {
	seats, err := seatsOf(c.tx, c.b.ID)
	if err != nil {
		return err
	}
	for _, s := range seats {
		c.pack.Chairs = append(c.pack.Chairs, PackPerson{s.Role.Name(), s.Name, s.Title})
	}
	invitees, err := Invitees(c.tx, c.by, c.b.ID)
	if err != nil {
		return err
	}
	delegates, err := Delegates(c.tx, c.by, c.b.ID)
	if err != nil {
		return err
	}
	speeches, err := Contributions(c.tx, c.by, c.b.ID)
	if err != nil {
		return err
	}
	for _, v := range invitees {
		d := delegates[v.Body]
		line := PackDelegate{Code: c.body(v.Body).Code, Body: c.body(v.Body).Name, Who: v.Who, Name: d.Name, Title: d.Title,
			Substitute: d.Substitute, Reason: d.Reason}
		if i := slices.IndexFunc(speeches, func(s Contribution) bool { return s.Body == v.Body }); i >= 0 {
			line.Contribution = speeches[i].Subject
		}
		c.pack.Delegates = append(c.pack.Delegates, line)
	}
	return nil
}

// parts are the periods of the regime that make up the conference's period.
func (c *composer) parts() (report.Regime, []calendar.Period, error) {
	regime, err := report.FindRegime(c.tx, c.by, c.b.Regime)
	if err != nil {
		return regime, nil, err
	}
	parts, err := c.b.Period.Parts(regime.Kind)
	return regime, parts, err
}

func (c *composer) reports() error {
	regime, parts, err := c.parts()
	if absent(err) {
		return nil // the regime does not exist, or its periods do not make up this one: the pack says so
	}
	if err != nil {
		return err
	}
	items, err := report.CompletenessOf(c.tx, c.by, c.b.Regime, parts)
	if absent(err) {
		return nil
	}
	if err != nil {
		return err
	}
	waivers, err := report.Waivers(c.tx, c.by, regime.ID)
	if err != nil {
		return err
	}
	r := &c.pack.Reports
	r.Opened = len(items) > 0
	for _, it := range items {
		r.Owed++
		line := PackReport{Key: string(it.ID), Code: it.Body.Code, Body: c.body(it.Body.ID).Name, Period: it.Period.Name(), Due: it.Due, State: it.State.Name()}
		if it.At == 0 {
			line.Delay, line.Waived = Delay{c.holidays.DaysLate(it.Due, c.today), true}, waivers[it.ID].Reason
			r.Missing = append(r.Missing, line)
			continue
		}
		r.Came++
		line.At = it.At.String()
		if it.Late {
			line.Delay = Delay{c.holidays.DaysLate(it.Due, calendar.OfInstant(it.At.Time())), true}
			r.Late = append(r.Late, line)
		}
	}
	return nil
}

// absent tells what simply is not there from what went wrong.
func absent(err error) bool {
	return fault.Is(err, fault.KindMissing) || fault.Is(err, fault.KindInvalid) || fault.Is(err, fault.KindConflict)
}

func (c *composer) results() error {
	last, results, err := Results(c.tx, c.by, c.b.ID)
	if err != nil || last.ID == "" {
		return err
	}
	c.tasks = results
	r := &c.pack.Results
	r.Last = last.Name()
	for _, t := range results {
		if t.Finished() {
			r.Done++
		}
		r.Tasks = append(r.Tasks, c.task(t.Task))
	}
	return nil
}

func (c *composer) task(t task.Task) PackTask {
	return PackTask{ID: string(t.ID), Title: t.Title, Product: t.Product, Mode: t.Mode.Name(), Code: c.body(t.LeadHolder).Code, Lead: c.lead(t),
		Due: t.Due, State: t.StateOn(c.today).Name(), Delay: Delay{t.DaysLate(c.holidays, c.today), true}, From: t.Origin.Label}
}

// lead names who does it: “Sở Y tế (nhận từ Sở LĐTBXH)” when another was asked.
func (c *composer) lead(t task.Task) string {
	if t.LeadHolder == t.Lead {
		return c.body(t.Lead).Name
	}
	return c.body(t.LeadHolder).Name + " (nhận từ " + c.body(t.Lead).ShortName + ")"
}

func (c *composer) overdue() error {
	tasks, err := task.Overdue(c.tx, c.by, c.today)
	if err != nil {
		return err
	}
	for _, t := range tasks {
		c.pack.Overdue = append(c.pack.Overdue, c.task(t))
	}
	return nil
}
