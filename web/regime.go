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

func (s *site) regimeRoutes() {
	s.read("GET /che-do", s.regimes)
	s.read("GET /che-do/moi", s.newRegime)
	s.write("POST /che-do/moi", s.createRegime)
	s.read("GET /che-do/{regime}", s.showRegime)
	s.read("GET /che-do/{regime}/sua", s.editRegime)
	s.write("POST /che-do/{regime}/sua", s.updateRegime)
	s.read("GET /che-do/{regime}/bieu-mau", s.editForm)
	s.write("POST /che-do/{regime}/bieu-mau", s.saveForm)
	s.write("POST /che-do/{regime}/giao", s.assignRegime)
	s.write("POST /che-do/{regime}/thoi-giao", s.unassignRegime)
	s.write("POST /che-do/{regime}/kich-hoat", s.activateRegime)
	s.write("POST /che-do/{regime}/dung", s.endRegime)
	s.read("GET /che-do/{regime}/mo-ky", s.previewOpening)
	s.write("POST /che-do/{regime}/mo-ky", s.openPeriod)
}

// regimesPage lists the chế độ báo cáo.
type regimesPage struct {
	Lines     []regimeLine
	MayManage bool
}

type regimeLine struct {
	Regime   report.Regime
	Badge    badge
	Bodies   int
	Newest   string
	Receiver string
}

func (s *site) regimes(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	all, err := report.Regimes(tx, by)
	if err != nil {
		return Reply{}, err
	}
	today := calendar.OfInstant(tx.Clock())
	names, err := org.Names(tx, today)
	if err != nil {
		return Reply{}, err
	}
	data := regimesPage{MayManage: by.Can(access.ManageRegime, by.Org)}
	for _, regime := range all {
		line := regimeLine{Regime: regime, Badge: regimeBadge(regime), Receiver: names[regime.Receiver].Name}
		assignments, err := report.Assignments(tx, by, regime.ID)
		if err != nil {
			return Reply{}, err
		}
		for _, a := range assignments {
			if !a.ValidFrom.After(today) && (a.ValidTo.IsZero() || !a.ValidTo.Before(today)) {
				line.Bodies++
			}
		}
		openings, err := newestOpenings(tx, by, regime.ID, 1)
		if err != nil {
			return Reply{}, err
		}
		if len(openings) > 0 {
			line.Newest = openings[0].Period.Name()
		}
		data.Lines = append(data.Lines, line)
	}
	return Reply{Page: "regime/list", Data: data}, nil
}

func regimeBadge(r report.Regime) badge {
	switch {
	case r.EndedAt != 0:
		return badge{"nil", "Đã dừng"}
	case r.ActivatedAt != 0:
		return badge{"accepted", "Đang áp dụng"}
	}
	return badge{"draft", "Chưa kích hoạt"}
}

// regimePage is one regime with everything that makes it up, and what it still lacks.
type regimePage struct {
	Regime      report.Regime
	Badge       badge
	Receiver    string
	FeedsFrom   string
	Example     exampleDeadline
	Lacking     []fault.Problem
	Forms       []formLine
	Shown       *report.Form // the newest version, in full
	Assignments []assignmentLine
	Bodies      []org.Body // that may still be assigned
	Openings    []report.Opening
	MayManage   bool
	MayOpen     bool
	Periods     []calendar.Period // to choose the first period of a form from
	Draft       *report.Form      // the version not yet active
	Typed       assignFields
	Today       calendar.Date
}

// exampleDeadline shows on one period how its day is found.
type exampleDeadline struct {
	Period   calendar.Period
	From, To calendar.Date
	Deadline calendar.Deadline
}

type formLine struct {
	Form       *report.Form
	Badge      badge
	Indicators int
	Sections   int
}

type assignmentLine struct {
	report.Assignment
	Name  string
	Ended bool
}

type assignFields struct{ From, Basis string }

func (s *site) showRegime(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	regime, err := report.FindRegime(tx, by, r.PathValue("regime"))
	if err != nil {
		return Reply{}, err
	}
	data, err := regimeOf(tx, by, regime)
	return Reply{Page: "regime/show", Data: data}, err
}

func regimeOf(tx *db.Tx, by access.Actor, regime report.Regime) (regimePage, error) {
	today := calendar.OfInstant(tx.Clock())
	data := regimePage{Regime: regime, Badge: regimeBadge(regime), Today: today, MayManage: by.Can(access.ManageRegime, regime.Receiver),
		MayOpen: by.Can(access.OpenPeriod, regime.Receiver) && regime.Active(), Typed: assignFields{From: today.String()}}
	names, err := org.Names(tx, today)
	if err != nil {
		return data, err
	}
	data.Receiver = names[regime.Receiver].Name
	if regime.FeedsFrom != "" {
		feed, err := report.RegimeByID(tx, by, regime.FeedsFrom)
		if err != nil {
			return data, err
		}
		data.FeedsFrom = feed.Name
	}
	holidays, err := report.Holidays(tx)
	if err != nil {
		return data, err
	}
	data.Example = exampleOf(regime.Kind, regime.Cutoff, regime.WorkingDays, holidays, today)
	if regime.ActivatedAt == 0 {
		if err := report.Ready(tx, by, regime.ID); err != nil {
			f := fault.Of(err)
			if f == nil {
				return data, err
			}
			data.Lacking = f.Problems
		}
	}
	if err := data.readForms(tx, by); err != nil {
		return data, err
	}
	if err := data.readAssignments(tx, by, names, today); err != nil {
		return data, err
	}
	if data.Openings, err = newestOpenings(tx, by, regime.ID, 12); err != nil {
		return data, err
	}
	if regime.Kind != 0 {
		data.Periods = periodsAround(regime.Kind, today)
	}
	return data, nil
}

func (p *regimePage) readForms(tx *db.Tx, by access.Actor) error {
	forms, err := report.Forms(tx, by, p.Regime.ID)
	if err != nil {
		return err
	}
	for i, f := range forms {
		line := formLine{Form: f, Badge: badge{"accepted", "Từ " + f.ValidFrom.Vietnamese()}, Indicators: len(f.Indicators), Sections: len(f.Sections)}
		if !f.Active {
			line.Badge = badge{"draft", "Chưa kích hoạt"}
			p.Draft = f
		}
		if i == 0 {
			p.Shown = f
		}
		p.Forms = append(p.Forms, line)
	}
	return nil
}

func (p *regimePage) readAssignments(tx *db.Tx, by access.Actor, names map[db.ID]org.Body, today calendar.Date) error {
	assignments, err := report.Assignments(tx, by, p.Regime.ID)
	if err != nil {
		return err
	}
	assigned := make(map[db.ID]bool)
	for _, a := range assignments {
		line := assignmentLine{a, names[a.Org].Name, !a.ValidTo.IsZero() && a.ValidTo.Before(today)}
		p.Assignments = append(p.Assignments, line)
		if a.ValidTo.IsZero() {
			assigned[a.Org] = true
		}
	}
	if !p.MayManage {
		return nil
	}
	bodies, err := org.At(tx, by, today)
	if err != nil {
		return err
	}
	p.Bodies = slices.DeleteFunc(bodies, func(b org.Body) bool { return assigned[b.ID] || b.ID == p.Regime.Receiver })
	return nil
}

// exampleOf takes the period whose figures close next: the one an officer has in mind.
func exampleOf(kind calendar.Kind, cutoff calendar.Cutoff, workingDays int, holidays calendar.Holidays, today calendar.Date) exampleDeadline {
	if kind == 0 || cutoff == 0 || workingDays < 1 {
		return exampleDeadline{}
	}
	period := periodsAround(kind, today)[1]
	from, to := cutoff.Span(period)
	return exampleDeadline{period, from, to, calendar.Due(holidays, to, workingDays)}
}

// periodsAround lists periods of a kind from the one before today's on.
func periodsAround(kind calendar.Kind, today calendar.Date) []calendar.Period {
	p, ok := calendar.Calendar.PeriodOf(kind, today)
	if !ok { // the last quarter belongs to no nine months
		p, _ = calendar.Calendar.PeriodOf(kind, calendar.On(today.Year(), 1, 1))
	}
	if back, ok := p.Previous(); ok {
		p = back
	} else if back, ok := p.LastYear(); ok {
		if p = back; kind == calendar.Half {
			p = back.Next()
		}
	}
	var all []calendar.Period
	for range 5 {
		all = append(all, p)
		p = p.Next()
	}
	return all
}

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
	today := calendar.OfInstant(tx.Clock())
	var err error
	if data.Feeds, err = report.Regimes(tx, by); err != nil {
		return data, err
	}
	data.Feeds = slices.DeleteFunc(data.Feeds, func(r report.Regime) bool { return r.Code == code })
	if data.Bodies, err = org.At(tx, by, today); err != nil {
		return data, err
	}
	holidays, err := report.Holidays(tx)
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
	data, err := regimeFormOf(tx, by, n, code, versionOf(r))
	if err != nil {
		return Reply{}, err
	}
	if text := r.PostFormValue("cutoff"); text != "" {
		data.CutoffIs, data.CustomDay = text, r.PostFormValue("custom_day")
	}
	data.Days = r.PostFormValue("working_days")
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
		Basis: regime.Basis}, regime.Code, regime.Version)
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

// regimeAgain shows the regime's page again with what was wrong.
func regimeAgain(tx *db.Tx, by access.Actor, r *http.Request, regime report.Regime, problem error) (Reply, error) {
	data, err := regimeOf(tx, by, regime)
	if err != nil {
		return Reply{}, problem
	}
	data.Typed = assignFields{r.PostFormValue("valid_from"), r.PostFormValue("basis")}
	return Reply{Page: "regime/show", Data: data}, problem
}

func (s *site) assignRegime(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	regime, err := report.FindRegime(tx, by, r.PathValue("regime"))
	if err != nil {
		return Reply{}, err
	}
	var wrong fault.List
	from := readDay(&wrong, r, "valid_from", "Hãy chọn ngày bắt đầu báo cáo.")
	var bodies []db.ID
	for _, id := range r.PostForm["bodies"] {
		bodies = append(bodies, db.ID(id))
	}
	if len(bodies) == 0 {
		wrong.Add("bodies", "Hãy chọn ít nhất một cơ quan.")
	}
	err = wrong.Err()
	if err == nil {
		err = report.Assign(tx, by, regime.ID, bodies, from, r.PostFormValue("basis"))
	}
	if err != nil {
		return regimeAgain(tx, by, r, regime, err)
	}
	return Reply{To: "/che-do/" + regime.Code + "#co-quan"}, nil
}

func (s *site) unassignRegime(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	regime, err := report.FindRegime(tx, by, r.PathValue("regime"))
	if err != nil {
		return Reply{}, err
	}
	var wrong fault.List
	last := readDay(&wrong, r, "last_day", "Hãy chọn ngày báo cáo cuối cùng.")
	err = wrong.Err()
	if err == nil {
		err = report.Unassign(tx, by, regime.ID, db.ID(r.PostFormValue("body")), last, r.PostFormValue("basis"))
	}
	if err != nil {
		return regimeAgain(tx, by, r, regime, err)
	}
	return Reply{To: "/che-do/" + regime.Code + "#co-quan"}, nil
}

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
	data.Period = data.Periods[0]
	if len(openings) > 0 {
		data.Period = openings[0].Period.Next()
		if !slices.Contains(data.Periods, data.Period) {
			data.Periods = append(data.Periods, data.Period)
		}
	}
	if p, err := calendar.ParsePeriod(periodText); err == nil && p.Kind() == regime.Kind {
		data.Period = p
		if !slices.Contains(data.Periods, p) {
			data.Periods = append(data.Periods, p)
		}
	}
	holidays, err := report.Holidays(tx)
	if err != nil {
		return data, err
	}
	data.From, data.To = regime.Cutoff.Span(data.Period)
	data.Deadline = calendar.Due(holidays, data.To, regime.WorkingDays)
	if d, err := calendar.ParseDate(fixed); err == nil {
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
			data.Bodies = append(data.Bodies, names[a.Org].Name)
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
		if due, err = calendar.ParseDate(text); err != nil {
			err = fault.Invalid("han", "Hạn ấn định phải là một ngày, ví dụ 16/3/2022.")
		}
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
