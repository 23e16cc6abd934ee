package conference

import (
	"slices"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/official"
	"giaoban/org"
	"giaoban/paper"
	"giaoban/report"
	"giaoban/task"
)

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
	items, err := itemsOf(tx, b)
	if err != nil {
		return Pack{}, err
	}
	c.pack = Pack{Name: b.Name(), Regime: b.Regime, Period: b.Period.String(), Launches: b.Ahead(), When: b.When(),
		Place: b.Where(), On: c.today, Agenda: linesOf(items)}
	for _, part := range []func() error{c.people, c.reports, c.results, c.shortcomings, c.overdue, c.report, c.proposals, c.forwarded} {
		if err := part(); err != nil {
			return Pack{}, err
		}
	}
	c.drafts()
	c.script()
	return c.pack, c.papers(items)
}

// papers brings the words of the papers that items are about: what lies before the delegates stands in the pack as it was shown.
func (c *composer) papers(items []Item) error {
	for _, i := range items {
		if i.AboutKind != "paper" {
			continue
		}
		p, err := paper.Find(c.tx, c.by, i.AboutID)
		if absent(err) {
			continue
		}
		if err != nil {
			return err
		}
		d, err := paper.Document(c.tx, c.by, p.ID)
		if err != nil {
			return err
		}
		part := PackSection{Title: p.Label()}
		for _, b := range d.Body {
			if words := official.PlainText(b); words != "" {
				part.Paragraphs = append(part.Paragraphs, PackParagraph{Words: words})
			}
		}
		c.pack.Papers = append(c.pack.Papers, part)
	}
	return nil
}

func noPack() error {
	return fault.Missing("Hồ sơ giao ban là tài liệu của Ban.")
}

// composer gathers the parts of one pack.
type composer struct {
	tx       *db.Tx
	by       access.Actor
	b        Conference
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
	guests, err := guestsOf(c.tx, c.b.ID)
	if err != nil {
		return err
	}
	for _, g := range guests {
		c.pack.Guests = append(c.pack.Guests, PackPerson{fold.Capital(g.As.Name()), g.Name, g.Title})
		if g.Speaks {
			c.pack.Speeches = append(c.pack.Speeches, g.Comrade())
		}
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
	single, many := Apart(results)
	for _, t := range single {
		if t.Finished() {
			r.Done++
		}
		r.Tasks = append(r.Tasks, c.task(t.Task))
	}
	for _, q := range many {
		one := PackRequest{No: q.No, Words: q.Words, Done: q.Done}
		for _, s := range q.Sides {
			one.Sides = append(one.Sides, c.task(s.Task))
		}
		for _, s := range q.Missing() {
			one.Missing = append(one.Missing, c.lead(s.Task))
		}
		r.Requests = append(r.Requests, one)
	}
	return nil
}

func (c *composer) shortcomings() error {
	all, err := Shortcomings(c.tx, c.by, c.b.ID)
	for _, s := range all {
		if s.Conference == c.b.ID {
			continue
		}
		one := PackShortcoming{ID: string(s.ID), Words: s.Words, Body: c.body(s.Lead).Name, Since: s.HeldOn}
		if s.Mended() {
			one.Mended = s.Proof()
		}
		c.pack.Results.Shortcomings = append(c.pack.Results.Shortcomings, one)
	}
	return err
}

func (c *composer) task(t task.Task) PackTask {
	return PackTask{ID: string(t.ID), Title: t.Title, Product: t.Product, Mode: t.Mode.Name(), Code: c.body(t.LeadHolder).Code, Lead: c.lead(t),
		Due: t.Due, State: t.StateOn(c.today).Of(t), Delay: Delay{t.DaysLate(c.holidays, c.today), true}, From: t.Origin.Label}
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
