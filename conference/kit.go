package conference

import (
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/org"
	"giaoban/people"
	"giaoban/report"
)

// PlanByKit plans the conference that looks back on the running period of a regime made from a kit: everybody who reports
// is invited, the head of the commission takes the chair. Day and place are left to the office. made is false where the
// conference is planned already.
func PlanByKit(tx *db.Tx, by access.Actor, regime report.Regime) (b Conference, made bool, err error) {
	kit, err := report.FindKit(regime.Code)
	if err != nil {
		return Conference{}, false, err
	}
	if kit.Conference == nil {
		return Conference{}, false, fault.Invalid("parts", "Bộ mẫu “%s” không có hội nghị.", kit.Name)
	}
	period := regime.Running(calendar.OfInstant(tx.Clock()))
	b, err = OfPeriod(tx, by, regime.Code, period)
	if err == nil || !fault.Is(err, fault.KindMissing) {
		return b, false, err
	}
	n, err := Proposed(tx, by, regime, period)
	if err != nil {
		return Conference{}, false, err
	}
	b, err = Plan(tx, by, n)
	return b, err == nil, err
}

// Proposed is what a conference that looks back on a period begins with where there is none before it to follow: everybody
// who reports is invited, the head of the commission takes the chair and concludes; hour and words are the kit's, where the
// regime was made of one.
func Proposed(tx *db.Tx, by access.Actor, regime report.Regime, period calendar.Period) (New, error) {
	today := calendar.OfInstant(tx.Clock())
	n, who := New{Regime: regime.Code, Period: period}, ""
	if kit, err := report.FindKit(regime.Code); err == nil && kit.Conference != nil {
		n.HeldAt, n.Bring, who = kit.Conference.Hour, strings.Join(kit.Conference.Bring, "\n"), kit.Conference.Who
	}
	var asked []report.Assignment
	if regime.ID != "" { // an office without any regime still has its head
		var err error
		if asked, err = report.Assignments(tx, by, regime.ID); err != nil {
			return n, err
		}
	}
	for _, a := range asked {
		if a.ValidTo.IsZero() || !a.ValidTo.Before(today) {
			n.Invitees = append(n.Invitees, Invitee{Body: a.Body, Who: who})
		}
	}
	commission, err := org.TheCommission(tx, today)
	if err != nil {
		return n, err
	}
	posts, err := people.PostsOf(tx, by, commission.ID, today)
	for _, p := range posts {
		if p.Signs.Leads() {
			n.Seats = append(n.Seats, Seat{Role: Chair, Name: p.Name, Title: p.Title, Body: commission.ID},
				Seat{Role: Concluder, Name: p.Name, Title: p.Title, Body: commission.ID})
		}
	}
	return n, err
}
