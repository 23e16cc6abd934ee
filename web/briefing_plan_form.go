package web

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/conference"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/org"
	"giaoban/report"
)

// planForm is the plan as typed.
type planForm struct {
	ID                                    db.ID
	Usual                                 string // how its type calls it, once that is chosen
	Version                               string
	Regime, Period, HeldOn, HeldAt, Place string
	Venues, Bring, ReportDue              string
	Items                                 []itemForm
	Offers                                []string // what the rows of the programme may be about
	Type, Title, Organiser                string
	Types                                 []option
	Guests                                []guestForm
	Seats                                 []seatForm
	Bodies                                []inviteeForm
	Regimes                               []report.Regime
	Head                                  *briefingHead
	Kept                                  *conference.Conference // what somebody else saved meanwhile
	KeptItems                             []conference.Item
	Reason                                string // why day, hour or place change
	Out                                   bool   // the invitation is out, so that a change needs its reason
	Like                                  string // the conference whose people and bodies are offered
}

type seatForm struct {
	N           int
	Role        conference.Role
	Name, Title string
}

type inviteeForm struct {
	Body      org.Body
	Invited   bool
	Conveners bool // convenes it with the commission
	Who       string
}

type guestForm struct {
	N int
	conference.Guest
}

const (
	seatRows  = 6 // how many rows a form has at least
	guestRows = 3
	spareRows = 2 // how many stand empty below those that are filled
)

// numbered reads the rows of a form that are numbered from 1 on, however many it came with: field holds one of each.
func numbered(r *http.Request, field string, row func(n int)) {
	for n := 1; r.Form.Has(fmt.Sprintf("%s-%d", field, n)); n++ {
		row(n)
	}
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
	for rows := max(seatRows, len(f.Seats)+spareRows); len(f.Seats) < rows; {
		f.Seats = append(f.Seats, seatForm{Role: conference.CoChair})
	}
	for i := range f.Seats {
		f.Seats[i].N = i + 1
	}
	for rows := max(guestRows, len(f.Guests)+spareRows); len(f.Guests) < rows; {
		f.Guests = append(f.Guests, guestForm{Guest: conference.Guest{As: conference.Attends}})
	}
	for i := range f.Guests {
		f.Guests[i].N = i + 1
	}
	for rows := max(itemRows, len(f.Items)+spareRows); len(f.Items) < rows; {
		f.Items = append(f.Items, itemForm{})
	}
	for i := range f.Items {
		f.Items[i].N = i
	}
	if f.Offers, err = offers(tx, by, f.Regime, f.Period); err != nil {
		return Reply{}, err
	}
	types, err := conference.Types(tx, by)
	if err != nil {
		return Reply{}, err
	}
	for _, t := range types {
		if t.Code == f.Type && page == "briefing/edit" {
			period, _ := calendar.ReadPeriod(f.Period)
			f.Usual = t.Title(period)
		}
		if t.EndedAt == 0 {
			f.Types = append(f.Types, option{t.Code, t.Name, t.Code == f.Type})
		}
	}
	return Reply{Page: page, Data: f}, nil
}

// readPlan takes the form; wrong collects what cannot be read.
func readPlan(r *http.Request) (f planForm, n conference.New, err error) {
	var wrong fault.List
	f = planForm{Version: r.FormValue("version"), Regime: r.FormValue("regime"), Period: strings.TrimSpace(r.FormValue("period")), HeldOn: r.FormValue("held_on"),
		HeldAt: r.FormValue("held_at"), Place: r.FormValue("place"), Venues: unixLines(r.FormValue("venues")), Bring: r.FormValue("bring"), ReportDue: r.FormValue("report_due"), Items: readItems(r)}
	f.Type, f.Title, f.Organiser, f.Reason = r.FormValue("kind"), r.FormValue("title"), r.FormValue("organiser"), r.FormValue("reason")
	n = conference.New{Type: f.Type, Title: f.Title, Organiser: conference.Organiser(f.Organiser), Regime: f.Regime, HeldAt: f.HeldAt, Place: f.Place, Venues: f.Venues, Bring: f.Bring,
		Reason: f.Reason, ByPost: r.FormValue("by_post") != ""}
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
	numbered(r, "seat-name", func(i int) {
		row := seatForm{N: i, Role: conference.Role(r.FormValue(fmt.Sprintf("seat-role-%d", i))), Name: r.FormValue(fmt.Sprintf("seat-name-%d", i)), Title: r.FormValue(fmt.Sprintf("seat-title-%d", i))}
		if strings.TrimSpace(row.Name) != "" || strings.TrimSpace(row.Title) != "" {
			f.Seats = append(f.Seats, row)
			n.Seats = append(n.Seats, conference.Seat{Role: row.Role, Name: row.Name, Title: row.Title})
		}
	})
	numbered(r, "guest-name", func(i int) {
		at := func(field string) string { return r.FormValue(fmt.Sprintf("guest-%s-%d", field, i)) }
		row := guestForm{i, conference.Guest{Name: at("name"), Title: at("title"), As: conference.As(at("as")), Speaks: at("speaks") != ""}}
		if strings.TrimSpace(row.Name) != "" || strings.TrimSpace(row.Title) != "" {
			f.Guests = append(f.Guests, row)
			n.Guests = append(n.Guests, row.Guest)
		}
	})
	for _, id := range r.Form["convener[]"] {
		n.Conveners = append(n.Conveners, db.ID(id))
	}
	for _, id := range r.Form["body[]"] {
		who := r.FormValue("who-" + id)
		f.Bodies = append(f.Bodies, inviteeForm{Body: org.Body{ID: db.ID(id)}, Invited: true, Who: who})
		n.Invitees = append(n.Invitees, conference.Invitee{Body: db.ID(id), Who: who})
	}
	for _, id := range n.Conveners {
		at := slices.IndexFunc(f.Bodies, func(b inviteeForm) bool { return b.Body.ID == id })
		if at < 0 {
			at, f.Bodies = len(f.Bodies), append(f.Bodies, inviteeForm{Body: org.Body{ID: id}})
		}
		f.Bodies[at].Conveners = true
	}
	for name := range r.PostForm { // what was written beside a body that is not invited comes back as well
		id, ok := strings.CutPrefix(name, "who-")
		if ok && !slices.Contains(r.Form["body[]"], id) {
			f.Bodies = append(f.Bodies, inviteeForm{Body: org.Body{ID: db.ID(id)}, Conveners: slices.Contains(r.Form["convener[]"], id), Who: r.PostForm.Get(name)})
		}
	}
	return f, n, wrong.Err()
}

// withError gives the form back as it was typed together with what is wrong.
func (f planForm) withError(tx *db.Tx, by access.Actor, page string, err error) (Reply, error) {
	reply, lost := f.reply(tx, by, page)
	if lost != nil || fault.Is(err, fault.KindForbidden) {
		return Reply{}, err
	}
	return reply, err
}

// Roles are the choices of a seat, in the form's order.
func (f planForm) Roles() []conference.Role { return conference.Roles }

// AllAs are the words for a guest, in the form's order.
func (f planForm) AllAs() []conference.As {
	return []conference.As{conference.Attends, conference.Also, conference.Directs}
}

// Organisers are the choices of who convenes.
func (f planForm) Organisers() (all []option) {
	for _, o := range conference.Organisers {
		all = append(all, option{string(o), o.Name(), string(o) == f.Organiser})
	}
	return all
}

// Told reports whether something stands in the folded part of the form.
func (f planForm) Told() bool {
	return f.Title != "" || f.Organiser != "" && f.Organiser != string(conference.ByCommission) ||
		slices.ContainsFunc(f.Guests, func(g guestForm) bool { return g.Name+g.Title != "" }) || f.Type != conference.Briefing && f.Type != ""
}

// Chosen reports whether the regime is the one typed.
func (f planForm) Chosen(code string) bool { return f.Regime == code }
