package web

import (
	"net/http"
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/org"
	"giaoban/report"
)

// regimeForm is the form of a regime's own lines.
type regimeForm struct {
	Code      string // of the regime being changed; "" for a new one
	New       report.NewRegime
	Version   int64
	Kinds     []calendar.Kind
	Feeds     []report.Regime
	Bodies    []org.Body
	CustomDay string
	CutoffIs  string // ND09, CALENDAR, CUSTOM
	Days      string
	Opens     string // the way, "" by hand
	OpensN    string
	Example   exampleDeadline
}

func (s *site) newRegime(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	commission, err := org.TheCommission(tx, calendar.OfInstant(tx.Clock()))
	if err != nil {
		return Reply{}, err
	}
	if err := by.May(access.ManageRegime, commission.ID); err != nil {
		return Reply{}, err
	}
	data, err := regimeFormOf(tx, by, report.NewRegime{Receiver: commission.ID, Kind: calendar.Quarter, Cutoff: calendar.ND09, WorkingDays: 2,
		Channel: "Qua chương trình này"}, "", 0)
	return Reply{Page: "regime/edit", Data: data}, err
}

func regimeFormOf(tx *db.Tx, by access.Actor, n report.NewRegime, code string, version int64) (regimeForm, error) {
	data := regimeForm{Code: code, New: n, Version: version, Kinds: calendar.Kinds()[:5], CustomDay: "20"}
	data.CutoffIs, data.Days = n.Cutoff.String(), ""
	if day, ok := strings.CutPrefix(data.CutoffIs, "CUSTOM:"); ok {
		data.CutoffIs, data.CustomDay = "CUSTOM", day
	}
	if n.WorkingDays > 0 {
		data.Days = wholeText(n.WorkingDays)
	}
	if way, number := n.Opens.Parts(); way != "" {
		data.Opens, data.OpensN = way, wholeText(number)
	}
	today := calendar.OfInstant(tx.Clock())
	var err error
	if data.Feeds, err = report.Regimes(tx, by); err != nil {
		return data, err
	}
	data.Feeds = slices.DeleteFunc(data.Feeds, func(r report.Regime) bool { return r.Code == code })
	if data.Bodies, err = org.At(tx, by, today); err != nil {
		return data, err
	}
	holidays, err := org.Holidays(tx)
	if err != nil {
		return data, err
	}
	data.Example = exampleOf(n.Kind, n.Cutoff, n.WorkingDays, holidays, today)
	return data, nil
}

// readRegime reads the form of a regime's own lines; what is wrong with choices is told with the rest.
func readRegime(r *http.Request) (report.NewRegime, error) {
	n := report.NewRegime{Code: r.PostFormValue("code"), Name: r.PostFormValue("name"), Content: r.PostFormValue("content"),
		Receiver: db.ID(r.PostFormValue("receiver")), WorkingDays: int(wholeNumber(r.PostFormValue("working_days"))),
		Channel: r.PostFormValue("channel"), FeedsFrom: db.ID(r.PostFormValue("feeds_from")), Basis: r.PostFormValue("basis")}
	var wrong fault.List
	var err error
	if text := r.PostFormValue("kind"); text != "" {
		if n.Kind, err = calendar.ParseKind(text); err != nil {
			wrong.AddError("kind", err)
		}
	}
	text := r.PostFormValue("cutoff")
	if text == "CUSTOM" {
		text += ":" + r.PostFormValue("custom_day")
	}
	if text != "" {
		if n.Cutoff, err = calendar.ParseCutoff(text); err != nil {
			wrong.AddError("cutoff", err)
		}
	}
	if n.Opens, err = report.ReadOpenRule(r.PostFormValue("opens"), r.PostFormValue("opens_n")); err != nil {
		wrong.AddError("opens", err)
	}
	return n, wrong.Err()
}

func (s *site) createRegime(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	n, err := readRegime(r)
	if err == nil && r.PostFormValue("act") != "xem" {
		var regime report.Regime
		if regime, err = report.CreateRegime(tx, by, n); err == nil {
			return Reply{To: "/che-do/" + regime.Code}, nil
		}
	}
	return regimeFormAgain(tx, by, r, n, "", err)
}

func regimeFormAgain(tx *db.Tx, by access.Actor, r *http.Request, n report.NewRegime, code string, problem error) (Reply, error) {
	if err := by.May(access.ManageRegime, n.Receiver); err != nil {
		return Reply{}, err
	}
	data, err := regimeFormOf(tx, by, n, code, versionOf(r))
	if err != nil {
		return Reply{}, err
	}
	if text := r.PostFormValue("cutoff"); text != "" {
		data.CutoffIs, data.CustomDay = text, r.PostFormValue("custom_day")
	}
	data.Days, data.Opens, data.OpensN = r.PostFormValue("working_days"), r.PostFormValue("opens"), r.PostFormValue("opens_n")
	return Reply{Page: "regime/edit", Data: data}, problem
}

func (s *site) editRegime(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	regime, err := report.FindRegime(tx, by, r.PathValue("regime"))
	if err != nil {
		return Reply{}, err
	}
	if err := by.May(access.ManageRegime, regime.Receiver); err != nil {
		return Reply{}, err
	}
	data, err := regimeFormOf(tx, by, report.NewRegime{Code: regime.Code, Name: regime.Name, Content: regime.Content, Receiver: regime.Receiver,
		Kind: regime.Kind, Cutoff: regime.Cutoff, WorkingDays: regime.WorkingDays, Channel: regime.Channel, FeedsFrom: regime.FeedsFrom,
		Basis: regime.Basis, Opens: regime.Opens}, regime.Code, regime.Version)
	return Reply{Page: "regime/edit", Data: data}, err
}

func (s *site) updateRegime(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	regime, err := report.FindRegime(tx, by, r.PathValue("regime"))
	if err != nil {
		return Reply{}, err
	}
	n, err := readRegime(r)
	if err == nil && r.PostFormValue("act") != "xem" {
		var changed report.Regime
		if changed, err = report.UpdateRegime(tx, by, regime.ID, versionOf(r), n); err == nil {
			return Reply{To: "/che-do/" + changed.Code}, nil
		}
	}
	return regimeFormAgain(tx, by, r, n, regime.Code, err)
}
