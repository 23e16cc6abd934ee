package web

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/conference"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/org"
	"giaoban/report"
)

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
	f := planForm{Type: cmp.Or(r.FormValue("loai"), conference.Briefing), Period: quarter.Name(), Regime: r.FormValue("che-do"), Seats: []seatForm{{Role: conference.Chair}, {Role: conference.CoChair}, {Role: conference.Concluder}, {Role: conference.Secretary}}}
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
	lines, err := conference.List(tx, by)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(lines, func(l conference.Line) bool { return l.Type == f.Type && (f.Regime == "" || l.Regime == f.Regime) })
	if i < 0 {
		return nil
	}
	last := lines[i]
	f.Regime, f.Like = last.Regime, last.Name()
	if !last.Period.IsZero() {
		f.Period = last.Period.Next().Name()
	}
	f.Place, f.Venues, f.HeldAt = last.Place, last.Venues, last.HeldAt
	seats, err := conference.Seats(tx, by, last.ID)
	if err != nil {
		return err
	}
	if len(seats) > 0 {
		f.Seats = nil
	}
	for _, seat := range seats {
		f.Seats = append(f.Seats, seatForm{Role: seat.Role, Name: seat.Name, Title: seat.Title})
	}
	invitees, err := conference.Invitees(tx, by, last.ID)
	if err != nil {
		return err
	}
	for _, v := range invitees {
		f.Bodies = append(f.Bodies, inviteeForm{Body: org.Body{ID: v.Body}, Invited: true, Who: v.Who})
	}
	return nil
}

// first offers what the first conference may begin with: the period opened last, who reports in it or, before any was
// opened, who will, and the head of the commission in the chair.
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
	opened, briefing := of.ID != "", f.Type == conference.Briefing
	if i := slices.IndexFunc(regimes, func(r report.Regime) bool { return r.ActivatedAt != 0 && r.EndedAt == 0 }); !opened && i >= 0 {
		of = regimes[i]
		if briefing {
			f.Regime = of.Code
		}
	}
	n, err := conference.Proposed(tx, by, of, last.Period)
	f.HeldAt = n.HeldAt
	if opened {
		f.Regime, f.Period = of.Code, last.Period.Name()
	}
	for _, seat := range n.Seats {
		at := slices.IndexFunc(f.Seats, func(empty seatForm) bool { return empty.Role == seat.Role })
		f.Seats[at] = seatForm{Role: seat.Role, Name: seat.Name, Title: seat.Title}
	}
	if briefing { // papers to bring and whom to send are those of a conference on reports
		f.Bring = n.Bring
	}
	for _, v := range n.Invitees {
		one := inviteeForm{Body: org.Body{ID: v.Body}, Invited: true}
		if briefing {
			one.Who = v.Who
		}
		f.Bodies = append(f.Bodies, one)
	}
	return err
}

func (s *site) planBriefing(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	f, n, err := readPlan(r)
	var b conference.Conference
	if err == nil {
		n.Items, err = subjects(tx, by, f.Items, nil, n.Regime, n.Period)
	}
	if err == nil {
		if b, err = conference.Plan(tx, by, n); err == nil {
			return Reply{To: address("briefing", b.ID)}, nil
		}
	}
	return f.withError(tx, by, "briefing/plan", err)
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
		Type: head.B.Type, Title: head.B.Title, Organiser: string(head.B.Organiser),
		HeldOn: head.B.HeldOn.Vietnamese(), HeldAt: head.B.HeldAt, Place: head.B.Place, Venues: head.B.Venues, Bring: head.B.Bring,
		ReportDue: head.B.ReportDue.Vietnamese(), Head: &head}
	if f.Out, err = conference.Out(tx, by, head.B.ID); err != nil {
		return Reply{}, err
	}
	items, err := conference.Items(tx, by, head.B.ID)
	if err != nil {
		return Reply{}, err
	}
	f.Items = itemForms(items)
	seats, err := conference.Seats(tx, by, head.B.ID)
	if err != nil {
		return Reply{}, err
	}
	for _, seat := range seats {
		f.Seats = append(f.Seats, seatForm{Role: seat.Role, Name: seat.Name, Title: seat.Title})
	}
	conveners, err := conference.Conveners(tx, by, head.B.ID)
	if err != nil {
		return Reply{}, err
	}
	guests, err := conference.Guests(tx, by, head.B.ID)
	if err != nil {
		return Reply{}, err
	}
	invitees, err := conference.Invitees(tx, by, head.B.ID)
	if err != nil {
		return Reply{}, err
	}
	for _, v := range invitees {
		f.Bodies = append(f.Bodies, inviteeForm{Body: org.Body{ID: v.Body}, Invited: true, Conveners: slices.Contains(conveners, v.Body), Who: v.Who})
	}
	for _, id := range conveners {
		if !slices.ContainsFunc(f.Bodies, func(b inviteeForm) bool { return b.Body.ID == id }) {
			f.Bodies = append(f.Bodies, inviteeForm{Body: org.Body{ID: id}, Conveners: true})
		}
	}
	for _, g := range guests {
		f.Guests = append(f.Guests, guestForm{Guest: g})
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
	var lost error
	if f.Out, lost = conference.Out(tx, by, head.B.ID); lost != nil {
		return Reply{}, lost
	}
	f.Type, f.Regime, f.Period = head.B.Type, head.B.Regime, head.B.Period.String()
	if err == nil {
		kept, lost := conference.Items(tx, by, head.B.ID)
		if lost != nil {
			return Reply{}, lost
		}
		f.KeptItems = kept
		n.Items, err = subjects(tx, by, f.Items, kept, head.B.Regime, head.B.Period)
	}
	if err == nil {
		version, _ := strconv.ParseInt(f.Version, 10, 64)
		if _, err = conference.Change(tx, by, head.B.ID, n, version); err == nil {
			return Reply{To: address("briefing", head.B.ID)}, nil
		}
	}
	if fault.Is(err, fault.KindStale) {
		f.Kept, f.Version = &head.B, strconv.FormatInt(head.B.Version, 10)
	}
	return f.withError(tx, by, "briefing/edit", err)
}
