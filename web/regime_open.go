package web

import (
	"net/http"
	"slices"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/org"
	"giaoban/report"
)

// activateRegime makes the regime, or a new version of its form, serve from a period on.
func (s *site) activateRegime(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	regime, err := report.FindRegime(tx, by, r.PathValue("regime"))
	if err != nil {
		return Reply{}, err
	}
	from, err := calendar.ParsePeriod(r.PostFormValue("from"))
	switch {
	case err != nil:
		err = fault.Invalid("from", "Hãy chọn kỳ đầu tiên áp dụng.")
	case regime.ActivatedAt == 0:
		err = report.Activate(tx, by, regime.ID, from)
	default:
		err = report.ActivateForm(tx, by, db.ID(r.PostFormValue("form")), from)
	}
	if err != nil {
		return regimeAgain(tx, by, r, regime, err)
	}
	return Reply{To: "/che-do/" + regime.Code}, nil
}

func (s *site) endRegime(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	regime, err := report.FindRegime(tx, by, r.PathValue("regime"))
	if err != nil {
		return Reply{}, err
	}
	if err := report.End(tx, by, regime.ID, versionOf(r)); err != nil {
		return regimeAgain(tx, by, r, regime, err)
	}
	return Reply{To: "/che-do/" + regime.Code}, nil
}

// openingPage shows what opening a period will do before it is done.
type openingPage struct {
	Regime   report.Regime
	Periods  []calendar.Period
	Period   calendar.Period
	From, To calendar.Date
	Deadline calendar.Deadline
	Fixed    string // a day fixed by hand, as typed
	Bodies   []string
	Form     *report.Form
	Problem  string // why it cannot be opened
}

func (s *site) previewOpening(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	regime, err := report.FindRegime(tx, by, r.PathValue("regime"))
	if err != nil {
		return Reply{}, err
	}
	if err := by.May(access.OpenPeriod, regime.Receiver); err != nil {
		return Reply{}, err
	}
	data, err := openingOf(tx, by, regime, r.FormValue("ky"), r.FormValue("han"))
	return Reply{Page: "regime/open", Data: data}, err
}

func openingOf(tx *db.Tx, by access.Actor, regime report.Regime, periodText, fixed string) (openingPage, error) {
	data := openingPage{Regime: regime, Fixed: fixed}
	if !regime.Active() {
		data.Problem = "Chế độ chưa kích hoạt hoặc đã dừng nên chưa mở được kỳ."
		return data, nil
	}
	today := calendar.OfInstant(tx.Clock())
	openings, err := newestOpenings(tx, by, regime.ID, 1)
	if err != nil {
		return data, err
	}
	data.Periods = periodsAround(regime.Kind, today)
	data.Period = regime.Running(today) // the first one is never overdue
	if len(openings) > 0 {
		data.Period = openings[0].Period.Next()
	}
	if !slices.Contains(data.Periods, data.Period) {
		data.Periods = append(data.Periods, data.Period)
	}
	if p, err := calendar.ParsePeriod(periodText); err == nil && p.Kind() == regime.Kind {
		data.Period = p
		if !slices.Contains(data.Periods, p) {
			data.Periods = append(data.Periods, p)
		}
	}
	holidays, err := org.Holidays(tx)
	if err != nil {
		return data, err
	}
	data.From, data.To = regime.Cutoff.Span(data.Period)
	if data.Deadline, err = report.DeadlineOf(tx, regime, data.Period); err != nil {
		if fault.Of(err) == nil {
			return data, err
		}
		data.Problem = err.Error()
	}
	if d, ok := calendar.DateIn(fixed); ok {
		data.Deadline = calendar.Fixed(holidays, d)
	}
	if data.Form, err = report.ActiveForm(tx, regime.ID, data.Period); err != nil {
		if fault.Of(err) == nil {
			return data, err
		}
		data.Problem = err.Error()
	}
	if _, err := report.FindOpening(tx, by, regime.Code, data.Period); err == nil {
		data.Problem = "Kỳ này đã mở."
	}
	names, err := org.Names(tx, data.To)
	if err != nil {
		return data, err
	}
	assignments, err := report.Assignments(tx, by, regime.ID)
	if err != nil {
		return data, err
	}
	for _, a := range assignments {
		if !a.ValidFrom.After(data.To) && (a.ValidTo.IsZero() || !a.ValidTo.Before(data.To)) {
			data.Bodies = append(data.Bodies, names[a.Body].Name)
		}
	}
	return data, nil
}

func (s *site) openPeriod(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	regime, err := report.FindRegime(tx, by, r.PathValue("regime"))
	if err != nil {
		return Reply{}, err
	}
	period, err := calendar.ParsePeriod(r.PostFormValue("ky"))
	if err != nil {
		err = fault.Invalid("ky", "Hãy chọn kỳ cần mở.")
	}
	var due calendar.Date
	if text := r.PostFormValue("han"); text != "" && err == nil {
		due, err = calendar.ReadDate(text)
		err = fieldOf("han", err)
	}
	if err == nil {
		if _, err = report.OpenUntil(tx, by, regime.Code, period, due); err == nil {
			return Reply{To: "/bao-cao/" + regime.Code + "/" + period.String() + "/chua-nop"}, nil
		}
	}
	data, again := openingOf(tx, by, regime, r.PostFormValue("ky"), r.PostFormValue("han"))
	if again != nil {
		return Reply{}, err
	}
	return Reply{Page: "regime/open", Data: data}, err
}
