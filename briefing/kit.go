package briefing

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
func PlanByKit(tx *db.Tx, by access.Actor, regime report.Regime) (b Briefing, made bool, err error) {
	kit, err := report.FindKit(regime.Code)
	if err != nil {
		return Briefing{}, false, err
	}
	if kit.Conference == nil {
		return Briefing{}, false, fault.Invalid("parts", "Bộ mẫu “%s” không có hội nghị.", kit.Name)
	}
	today := calendar.OfInstant(tx.Clock())
	n := New{Regime: regime.Code, Period: regime.Running(today), HeldAt: kit.Conference.Hour, Bring: strings.Join(kit.Conference.Bring, "\n")}
	b, err = OfPeriod(tx, by, n.Regime, n.Period)
	if err == nil || !fault.Is(err, fault.KindMissing) {
		return b, false, err
	}
	asked, err := report.Assignments(tx, by, regime.ID)
	if err != nil {
		return Briefing{}, false, err
	}
	for _, a := range asked {
		if a.ValidTo.IsZero() || !a.ValidTo.Before(today) {
			n.Invitees = append(n.Invitees, Invitee{Body: a.Body, Who: kit.Conference.Who})
		}
	}
	commission, err := org.TheCommission(tx, today)
	if err != nil {
		return Briefing{}, false, err
	}
	posts, err := people.PostsOf(tx, by, commission.ID, today)
	if err != nil {
		return Briefing{}, false, err
	}
	for _, p := range posts {
		if p.Signs.Leads() {
			n.Seats = append(n.Seats, Seat{Role: Chair, Name: p.Name, Title: p.Title, Body: commission.ID},
				Seat{Role: Concluder, Name: p.Name, Title: p.Title, Body: commission.ID})
		}
	}
	b, err = Plan(tx, by, n)
	return b, err == nil, err
}
