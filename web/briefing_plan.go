package web

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"giaoban/access"
	"giaoban/briefing"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/org"
	"giaoban/report"
)

// planForm is the plan as typed.
type planForm struct {
	ID                                    db.ID
	Version                               string
	Regime, Period, HeldOn, HeldAt, Place string
	Bring, ReportDue, Agenda              string
	Seats                                 []seatForm
	Bodies                                []inviteeForm
	Regimes                               []report.Regime
	Head                                  *briefingHead
	Kept                                  *briefing.Briefing // what somebody else saved meanwhile
	Like                                  string             // the conference whose people and bodies are offered
}

type seatForm struct {
	N           int
	Role        briefing.Role
	Name, Title string
}

type inviteeForm struct {
	Body    org.Body
	Invited bool
	Who     string
}

const seatRows = 6

func (s *site) newBriefing(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	commission, err := org.TheCommission(tx, calendar.OfInstant(tx.Clock()))
	if err != nil {
		return Reply{}, err
	}
	if err := by.May(access.PrepareBriefing, commission.ID); err != nil {
		return Reply{}, err
	}
	quarter := calendar.QuarterOf(calendar.OfInstant(tx.Clock()))
	if previous, ok := quarter.Previous(); ok && calendar.OfInstant(tx.Clock()).Sub(quarter.First()) < 45 {
		quarter = previous // early in a quarter the conference looks back on the one before
	}
	f := planForm{Period: quarter.Name(), Regime: r.FormValue("che-do"), Seats: []seatForm{{Role: briefing.Chair}, {Role: briefing.CoChair}, {Role: briefing.Concluder}, {Role: briefing.Secretary}}}
	if err := f.likeLast(tx, by); err != nil {
		return Reply{}, err
	}
	if f.Like == "" {
		if err := f.first(tx, by); err != nil {
			return Reply{}, err
		}
	}
	if p := r.FormValue("ky"); p != "" {
		f.Period = p
	}
	return f.reply(tx, by, "briefing/plan")
}

// likeLast offers what was entered for the newest conference: the same regime with the period that follows, the same
// people, bodies, place and hour. Only the day is new.
func (f *planForm) likeLast(tx *db.Tx, by access.Actor) error {
	lines, err := briefing.List(tx, by)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(lines, func(l briefing.Line) bool { return f.Regime == "" || l.Regime == f.Regime })
	if i < 0 {
		return nil
	}
	last := lines[i]
	f.Regime, f.Period, f.Like = last.Regime, last.Period.Next().Name(), last.Name()
	f.Place, f.HeldAt = last.Place, last.HeldAt
	seats, err := briefing.Seats(tx, by, last.ID)
	if err != nil {
		return err
	}
	if len(seats) > 0 {
		f.Seats = nil
	}
	for _, seat := range seats {
		f.Seats = append(f.Seats, seatForm{Role: seat.Role, Name: seat.Name, Title: seat.Title})
	}
	invitees, err := briefing.Invitees(tx, by, last.ID)
	if err != nil {
		return err
	}
	for _, v := range invitees {
		f.Bodies = append(f.Bodies, inviteeForm{Body: org.Body{ID: v.Body}, Invited: true, Who: v.Who})
	}
	return nil
}

// first offers what the first conference may begin with: the period opened last, who reports in it, and the head of the
// commission in the chair.
func (f *planForm) first(tx *db.Tx, by access.Actor) error {
	regimes, err := report.Regimes(tx, by)
	if err != nil {
		return err
	}
	var last report.Opening
	var of report.Regime
	for _, r := range regimes {
		openings, err := newestOpenings(tx, by, r.ID, 1)
		if err != nil {
			return err
		}
		if len(openings) > 0 && openings[0].OpenedAt > last.OpenedAt && (f.Regime == "" || f.Regime == r.Code) {
			last, of = openings[0], r
		}
	}
	if of.ID == "" {
		return nil
	}
	n, err := briefing.Proposed(tx, by, of, last.Period)
	f.Regime, f.Period, f.HeldAt, f.Bring = of.Code, last.Period.Name(), n.HeldAt, n.Bring
	for _, seat := range n.Seats {
		at := slices.IndexFunc(f.Seats, func(empty seatForm) bool { return empty.Role == seat.Role })
		f.Seats[at] = seatForm{Role: seat.Role, Name: seat.Name, Title: seat.Title}
	}
	for _, v := range n.Invitees {
		f.Bodies = append(f.Bodies, inviteeForm{Body: org.Body{ID: v.Body}, Invited: true, Who: v.Who})
	}
	return err
}

// reply fills what the form offers: regimes, bodies, empty rows.
func (f planForm) reply(tx *db.Tx, by access.Actor, page string) (Reply, error) {
	var err error
	if f.Regimes, err = report.Regimes(tx, by); err != nil {
		return Reply{}, err
	}
	all, err := org.At(tx, by, calendar.OfInstant(tx.Clock()))
	if err != nil {
		return Reply{}, err
	}
	typed := make(map[db.ID]inviteeForm, len(f.Bodies))
	for _, b := range f.Bodies {
		typed[b.Body.ID] = b
	}
	f.Bodies = nil
	for _, o := range all {
		row := typed[o.ID]
		row.Body = o
		if o.Kind != org.Commission {
			f.Bodies = append(f.Bodies, row)
		}
	}
	for len(f.Seats) < seatRows {
		f.Seats = append(f.Seats, seatForm{Role: briefing.CoChair})
	}
	for i := range f.Seats {
		f.Seats[i].N = i + 1
	}
	return Reply{Page: page, Data: f}, nil
}

// readPlan takes the form; wrong collects what cannot be read.
func readPlan(r *http.Request) (f planForm, n briefing.New, err error) {
	var wrong fault.List
	f = planForm{Version: r.FormValue("version"), Regime: r.FormValue("regime"), Period: strings.TrimSpace(r.FormValue("period")), HeldOn: r.FormValue("held_on"),
		HeldAt: r.FormValue("held_at"), Place: r.FormValue("place"), Bring: r.FormValue("bring"), ReportDue: r.FormValue("report_due"), Agenda: r.FormValue("agenda")}
	n = briefing.New{Regime: f.Regime, HeldAt: f.HeldAt, Place: f.Place, Bring: f.Bring, Agenda: f.Agenda}
	if f.Period != "" {
		var perr error
		n.Period, perr = calendar.ReadPeriod(f.Period)
		if err := wrong.AddError("period", perr); err != nil {
			return f, n, err
		}
	}
	for _, day := range []struct {
		field, typed string
		into         *calendar.Date
	}{{"held_on", f.HeldOn, &n.HeldOn}, {"report_due", f.ReportDue, &n.ReportDue}} {
		if strings.TrimSpace(day.typed) == "" {
			continue
		}
		read, derr := calendar.ReadDate(day.typed)
		if err := wrong.AddError(day.field, derr); err != nil {
			return f, n, err
		}
		*day.into = read
	}
	for i := 1; i <= seatRows; i++ {
		row := seatForm{N: i, Role: briefing.Role(r.FormValue(fmt.Sprintf("seat-role-%d", i))), Name: r.FormValue(fmt.Sprintf("seat-name-%d", i)), Title: r.FormValue(fmt.Sprintf("seat-title-%d", i))}
		f.Seats = append(f.Seats, row)
		if strings.TrimSpace(row.Name) != "" || strings.TrimSpace(row.Title) != "" {
			n.Seats = append(n.Seats, briefing.Seat{Role: row.Role, Name: row.Name, Title: row.Title})
		}
	}
	for _, id := range r.Form["body[]"] {
		who := r.FormValue("who-" + id)
		f.Bodies = append(f.Bodies, inviteeForm{Body: org.Body{ID: db.ID(id)}, Invited: true, Who: who})
		n.Invitees = append(n.Invitees, briefing.Invitee{Body: db.ID(id), Who: who})
	}
	for name := range r.PostForm { // what was written beside a body that is not invited comes back as well
		id, ok := strings.CutPrefix(name, "who-")
		if ok && !slices.Contains(r.Form["body[]"], id) {
			f.Bodies = append(f.Bodies, inviteeForm{Body: org.Body{ID: db.ID(id)}, Who: r.PostForm.Get(name)})
		}
	}
	return f, n, wrong.Err()
}

func (s *site) planBriefing(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	f, n, err := readPlan(r)
	var b briefing.Briefing
	if err == nil {
		if b, err = briefing.Plan(tx, by, n); err == nil {
			return Reply{To: address("briefing", b.ID)}, nil
		}
	}
	return f.withError(tx, by, "briefing/plan", err)
}

// withError gives the form back as it was typed together with what is wrong.
func (f planForm) withError(tx *db.Tx, by access.Actor, page string, err error) (Reply, error) {
	reply, lost := f.reply(tx, by, page)
	if lost != nil || fault.Is(err, fault.KindForbidden) {
		return Reply{}, err
	}
	return reply, err
}

func (s *site) editBriefing(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	head, err := briefingOf(tx, by, r, "chuan-bi")
	if err != nil {
		return Reply{}, err
	}
	if err := by.May(access.PrepareBriefing, head.B.Body); err != nil {
		return Reply{}, err
	}
	f := planForm{ID: head.B.ID, Version: strconv.FormatInt(head.B.Version, 10), Regime: head.B.Regime, Period: head.B.Period.String(),
		HeldOn: head.B.HeldOn.Vietnamese(), HeldAt: head.B.HeldAt, Place: head.B.Place, Bring: head.B.Bring,
		ReportDue: head.B.ReportDue.Vietnamese(), Agenda: head.B.Agenda, Head: &head}
	seats, err := briefing.Seats(tx, by, head.B.ID)
	if err != nil {
		return Reply{}, err
	}
	for _, seat := range seats {
		f.Seats = append(f.Seats, seatForm{Role: seat.Role, Name: seat.Name, Title: seat.Title})
	}
	invitees, err := briefing.Invitees(tx, by, head.B.ID)
	if err != nil {
		return Reply{}, err
	}
	for _, v := range invitees {
		f.Bodies = append(f.Bodies, inviteeForm{Body: org.Body{ID: v.Body}, Invited: true, Who: v.Who})
	}
	return f.reply(tx, by, "briefing/edit")
}

func (s *site) changeBriefing(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	head, err := briefingOf(tx, by, r, "chuan-bi")
	if err != nil {
		return Reply{}, err
	}
	f, n, err := readPlan(r)
	f.ID, f.Head = head.B.ID, &head
	f.Regime, f.Period = head.B.Regime, head.B.Period.String()
	if err == nil {
		version, _ := strconv.ParseInt(f.Version, 10, 64)
		if _, err = briefing.Change(tx, by, head.B.ID, n, version); err == nil {
			return Reply{To: address("briefing", head.B.ID)}, nil
		}
	}
	if fault.Is(err, fault.KindStale) {
		f.Kept, f.Version = &head.B, strconv.FormatInt(head.B.Version, 10)
	}
	return f.withError(tx, by, "briefing/edit", err)
}

// Roles are the choices of a seat, in the form's order.
func (f planForm) Roles() []briefing.Role { return briefing.Roles }

// Chosen reports whether the regime is the one typed.
func (f planForm) Chosen(code string) bool { return f.Regime == code }
