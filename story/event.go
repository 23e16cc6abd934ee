package story

import (
	"encoding/json"
	"slices"
	"strings"

	"giaoban/conference"
	"giaoban/directive"
	"giaoban/internal/db"
	"giaoban/org"
	"giaoban/paper"
	"giaoban/review"
)

// Fact is one thing that is told; "" is null, what the page of the story did not tell.
type Fact string

// MarshalJSON writes null for what was not told.
func (f Fact) MarshalJSON() ([]byte, error) {
	if f == "" {
		return []byte("null"), nil
	}
	return json.Marshal(string(f))
}

// Event is what su-kien.json holds: the conference of a story, read from the database after the play. A list is null
// where the page tells none.
type Event struct {
	Story       Fact         `json:"story"`
	Kind        Fact         `json:"kind"` // code of the type of conference
	Title       Fact         `json:"title"`
	Period      Fact         `json:"period"`
	NextPeriod  Fact         `json:"next_period"`
	HeldOn      Fact         `json:"held_on"`
	PartOfDay   Fact         `json:"part_of_day"` // "sáng", "chiều"
	Place       Fact         `json:"place"`
	Organiser   Fact         `json:"organiser"`
	Chairs      []Speaker    `json:"chairs"`
	Concluder   *Speaker     `json:"concluder"`
	Attending   []Attendant  `json:"attending"`
	RolledOut   []RolledOut  `json:"rolled_out"`
	Reviews     []Looked     `json:"reviews"`
	Conclusions []Conclusion `json:"conclusions"`
	Papers      []Paper      `json:"papers"`

	// Of a story that tells of a programme of coordination.
	Programme *Programme `json:"programme,omitempty"`
	NextTerm  Fact       `json:"next_term,omitempty"`
	NextTasks []Fact     `json:"next_tasks,omitempty"`
}

// Speaker is who chairs or concludes. The name is invented and says so.
type Speaker struct {
	Name  Fact `json:"name"`
	Title Fact `json:"title"`
	Body  Fact `json:"body"`
}

// Attendant is a guest or a body that was there, with the word that the notice uses.
type Attendant struct {
	Title Fact `json:"title"`
	Body  Fact `json:"body"`
	As    Fact `json:"as"`
}

// RolledOut is a document that was made known, and to whom.
type RolledOut struct {
	Symbol Fact   `json:"symbol"`
	Bodies []Fact `json:"bodies"`
}

// Looked is a review of a document that the conference dealt with.
type Looked struct {
	Symbol Fact `json:"symbol"`
	Kind   Fact `json:"kind"` // "sơ kết", "tổng kết"
	Years  int  `json:"years"`
}

// Conclusion is one item of what was concluded.
type Conclusion struct {
	Kind   Fact   `json:"kind"`
	Text   Fact   `json:"text"`
	Bodies []Fact `json:"bodies"` // who leads, then who cooperates; null where it is for all
	Due    Fact   `json:"due"`    // a date that was spoken
}

// Paper is a paper of the story; File is null where it was left as no file.
type Paper struct {
	Kind   Fact `json:"kind"` // "BC", "GM", "TB"
	Number Fact `json:"number"`
	File   Fact `json:"file"`
}

// What a story had to add because a paper or a plan asks for it, and its page did not tell: null in su-kien.json.
const (
	unheardHour      = "part_of_day"
	unheardPlace     = "place"
	unheardConcluder = "concluder"
	unheardCoChair   = "co_chair"
	unheardDue       = "due"
	unheardNext      = "next_period"
)

// unheard is what was added in a story. In that of the sample province these are the hall, the second chair, the quarter
// that is launched, the dates of tasks, and the symbol of a resolution of which its page tells the subject.
func (p Played) unheard() []string {
	for _, one := range plots() {
		if one.name == p.Name {
			return one.unheard
		}
	}
	return []string{unheardPlace, unheardCoChair, unheardNext, unheardDue, "20-NQ/TW"}
}

// invented stands behind every name of a person.
const invented = " (nhân vật giả định)"

// told is an event being read.
type told struct {
	Played
	tx      *db.Tx
	b       conference.Conference
	names   map[db.ID]org.Body
	missing []string
}

func (t told) heard(what string) bool { return !slices.Contains(t.missing, what) }

// Event reads the conference. files names, by kind of paper, what was left as a file.
func (p Played) Event(tx *db.Tx, files map[paper.Kind]string) (Event, error) {
	if p.Conference == "" {
		return p.programmeEvent(tx, files)
	}
	b, err := conference.Find(tx, p.Officer, p.Conference)
	if err != nil {
		return Event{}, err
	}
	names, err := org.Names(tx, b.HeldOn)
	if err != nil {
		return Event{}, err
	}
	t := told{p, tx, b, names, p.unheard()}
	e := Event{Story: Fact(p.Name), Kind: Fact(b.Type), Title: Fact(b.FullName()), Period: Fact(b.Period.String()),
		NextPeriod: Fact(b.Launches.String()), HeldOn: Fact(b.HeldOn.String()), Organiser: Fact(names[b.Body].Name)}
	if !t.heard(unheardNext) {
		e.Title, e.NextPeriod = Fact(b.Name()), ""
	}
	if t.heard(unheardHour) {
		e.PartOfDay = Fact(strings.ToLower(b.HalfDay()))
	}
	if t.heard(unheardPlace) {
		e.Place = Fact(b.Place)
	}
	for _, read := range []func(*Event) error{t.seats, t.attending, t.documents, t.conclusions, func(e *Event) error { return p.programmes(tx, e) }} {
		if err := read(&e); err != nil {
			return e, err
		}
	}
	written, err := p.papers(tx)
	for _, one := range written {
		e.Papers = append(e.Papers, Paper{Fact(one.Kind), Fact(one.Symbol), Fact(files[one.Kind])})
	}
	return e, err
}

func (t told) seats(e *Event) error {
	seats, err := conference.Seats(t.tx, t.Officer, t.b.ID)
	if err != nil {
		return err
	}
	speaker := func(s conference.Seat) Speaker {
		return Speaker{Fact(s.Name + invented), Fact(s.Title), Fact(t.names[s.Body].Name)}
	}
	for _, s := range seats {
		if s.Role == conference.Chair || s.Role == conference.CoChair && t.heard(unheardCoChair) {
			e.Chairs = append(e.Chairs, speaker(s))
		}
	}
	if s, ok := conference.ConcluderOf(seats); ok && t.heard(unheardConcluder) {
		concluder := speaker(s)
		e.Concluder = &concluder
	}
	return nil
}

// attending are the guests in their order, then the bodies that were present in the order of the invitation.
func (t told) attending(e *Event) error {
	guests, err := conference.Guests(t.tx, t.Officer, t.b.ID)
	if err != nil {
		return err
	}
	as := conference.Attends
	for _, g := range guests {
		e.Attending = append(e.Attending, Attendant{Fact(g.Title), Fact(t.names[g.Body].Name), Fact(g.As.Name())})
		as = conference.Also // so the notice goes on
	}
	invitees, err := conference.Invitees(t.tx, t.Officer, t.b.ID)
	if err != nil {
		return err
	}
	came, err := conference.Attendances(t.tx, t.Officer, t.b.ID)
	for _, v := range invitees {
		if came[v.Body].State == conference.Present {
			e.Attending = append(e.Attending, Attendant{Fact(v.Who), Fact(t.names[v.Body].Name), Fact(as.Name())})
		}
	}
	return err
}

// documents are those of the programme: made known to those present, or reviewed in the year of the conference. A review
// that a task of the conference carries counts as well.
func (t told) documents(e *Event) error {
	items, err := conference.Items(t.tx, t.Officer, t.b.ID)
	if err != nil {
		return err
	}
	about := map[db.ID]bool{}
	for _, i := range items {
		switch {
		case i.RollsOut:
			if err := t.session(e, i); err != nil {
				return err
			}
		case i.AboutKind == "directive":
			about[i.AboutID] = true
		}
	}
	tasks, err := conference.Tasks(t.tx, t.Officer, t.b.ID)
	if err != nil {
		return err
	}
	carried := map[db.ID]bool{}
	for _, r := range tasks {
		carried[r.Task.ID] = true
	}
	all, err := review.DueIn(t.tx, t.Officer, t.b.HeldOn.Year())
	for _, r := range all {
		if !t.heard(r.Symbol) {
			continue
		}
		if about[r.Directive] || slices.ContainsFunc(r.Steps, func(s review.PlannedStep) bool { return carried[s.Task] }) {
			e.Reviews = append(e.Reviews, Looked{Fact(r.Symbol), Fact(r.Kind), r.Years})
		}
	}
	return err
}

// session is what the conference left on the page of a document that it made known.
func (t told) session(e *Event, i conference.Item) error {
	d, err := directive.Find(t.tx, t.Officer, i.AboutID)
	if err != nil {
		return err
	}
	sessions, err := directive.Sessions(t.tx, t.Officer, i.AboutID)
	for _, s := range sessions {
		if s.Source.ID != t.b.ID {
			continue
		}
		out := RolledOut{Symbol: Fact(d.Symbol)}
		slices.SortFunc(s.Bodies, func(a, b db.ID) int { return t.names[a].Sort - t.names[b].Sort })
		for _, body := range s.Bodies {
			out.Bodies = append(out.Bodies, Fact(t.names[body].Name))
		}
		e.RolledOut = append(e.RolledOut, out)
	}
	return err
}

func (t told) conclusions(e *Event) error {
	all, err := conference.Conclusions(t.tx, t.Officer, t.b.ID)
	for _, c := range all {
		one := Conclusion{Kind: Fact(c.Kind), Text: Fact(c.Words)}
		if c.Lead != "" {
			one.Bodies = append(one.Bodies, Fact(t.names[c.Lead].Name))
		}
		for _, k := range c.Cooperating {
			one.Bodies = append(one.Bodies, Fact(t.names[k.Body].Name))
		}
		if c.DueSpoken && t.heard(unheardDue) {
			one.Due = Fact(c.Due.String())
		}
		e.Conclusions = append(e.Conclusions, one)
	}
	return err
}
