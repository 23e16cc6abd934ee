package report

import (
	"slices"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/official"
	"giaoban/org"
)

// Once is what bodies report one time only (báo cáo một lần): a review, a survey. It becomes a regime with one period and no
// other, so that everything a report can do holds for it too.
type Once struct {
	Code     string // "": made of the name
	Name     string
	Content  string
	Channel  string
	Basis    string
	Receiver db.ID
	Issuer   string          // whose report is made of the reports, as its head says; "" the receiver's own
	Signer   string          // the post that signs there
	Period   calendar.Period // a term: the years that are looked back on
	From, To calendar.Date   // the figures between these days; To is the cut-off
	Due      calendar.Date   // moved to the next working day when offices are closed; at least one working day after To
	Outline  Outline
	Bodies   []db.ID
}

// AskOnce makes the regime of what is reported once, with its form, and opens its only period.
func AskOnce(tx *db.Tx, by access.Actor, n Once) (Regime, Opening, error) {
	if err := by.May(access.ManageRegime, n.Receiver); err != nil {
		return Regime{}, Opening{}, err
	}
	if err := by.May(access.OpenPeriod, n.Receiver); err != nil {
		return Regime{}, Opening{}, err
	}
	deadline, err := n.check(tx)
	if err != nil {
		return Regime{}, Opening{}, err
	}
	if n.Code != "" {
		if n.Code, err = freeCode(tx, n.Code); err != nil {
			return Regime{}, Opening{}, err
		}
	}
	made := NewRegime{Code: n.Code, Name: n.Name, Content: n.Content, Receiver: n.Receiver, Kind: calendar.Term, Cutoff: calendar.Calendar, WorkingDays: 1,
		Channel: n.Channel, Basis: n.Basis}
	r, err := create(tx, by, made, Regime{Once: true, Issuer: n.Issuer, Signer: n.Signer})
	if err != nil {
		return r, Opening{}, err
	}
	draft, err := SaveForm(tx, by, r.ID, n.Outline, 0)
	if err != nil {
		return r, Opening{}, err
	}
	if err := Assign(tx, by, r.ID, n.Bodies, n.To, n.Basis); err != nil {
		return r, Opening{}, err
	}
	if err := Activate(tx, by, r.ID, n.Period); err != nil {
		return r, Opening{}, err
	}
	if r, err = RegimeByID(tx, by, r.ID); err != nil {
		return r, Opening{}, err
	}
	f, err := FormByID(tx, by, draft.ID)
	if err != nil {
		return r, Opening{}, err
	}
	o, asked, err := r.openSpan(tx, by, f, n.Period, n.From, n.To, deadline)
	if err != nil {
		return r, o, err
	}
	return r, o, n.allAsked(tx, asked)
}

// allAsked refuses to leave a body out in silence: one that is no more on the day of the cut-off reports nothing.
func (n Once) allAsked(tx *db.Tx, asked []Seat) error {
	names, err := org.Names(tx, calendar.OfInstant(tx.Clock()))
	if err != nil {
		return err
	}
	var wrong fault.List
	for _, body := range n.Bodies {
		if !slices.ContainsFunc(asked, func(s Seat) bool { return s.ID == body }) {
			wrong.Add("bodies", "%s không còn hoạt động vào ngày chốt số liệu (%s); xin chọn cơ quan kế nhiệm, hoặc ngày chốt sớm hơn.", names[body].ShortName, n.To.Vietnamese())
		}
	}
	return wrong.Err()
}

func (n *Once) check(tx *db.Tx) (calendar.Deadline, error) {
	n.Issuer, n.Signer = fold.Tidy(n.Issuer), fold.Tidy(n.Signer)
	var wrong fault.List
	if n.Period.Kind() != calendar.Term {
		wrong.Add("period", "Báo cáo một lần nhìn lại một giai đoạn, ví dụ 2012..2022.")
	}
	if len(n.Bodies) == 0 {
		wrong.Add("bodies", "Hãy chọn ít nhất một cơ quan.")
	}
	if n.To.IsZero() || n.To.Before(n.From) {
		wrong.Add("closes", "Cần ghi ngày chốt số liệu, sau ngày %s.", n.From.Vietnamese())
	}
	if n.Due.IsZero() {
		wrong.Add("due", "Cần ghi hạn gửi báo cáo.")
	}
	if err := wrong.Err(); err != nil {
		return calendar.Deadline{}, err
	}
	if err := official.RefuseSecret(n.Issuer, n.Signer, n.Basis); err != nil {
		return calendar.Deadline{}, err
	}
	holidays, err := org.Holidays(tx)
	if err != nil {
		return calendar.Deadline{}, err
	}
	deadline := calendar.Fixed(holidays, n.Due)
	if holidays.WorkingDaysBetween(n.To, deadline.Date) < 1 {
		return deadline, fault.Invalid("due", "Hạn gửi phải sau ngày chốt số liệu (%s) ít nhất 1 ngày làm việc.", n.To.Vietnamese())
	}
	return deadline, nil
}

// AskOnceMore makes more bodies report under a regime of what is reported once; those that do already are left alone.
func AskOnceMore(tx *db.Tx, by access.Actor, regime db.ID, bodies []db.ID) (added int, err error) {
	r, err := RegimeByID(tx, by, regime)
	if err != nil {
		return 0, err
	}
	if err := by.May(access.OpenPeriod, r.Receiver); err != nil {
		return 0, err
	}
	o, err := OnlyOpening(tx, by, r)
	if err != nil {
		return 0, err
	}
	var there []db.ID
	if err := tx.Select(&there, "select body from obligation where opening = ?", o.ID); err != nil {
		return 0, err
	}
	for _, body := range bodies {
		if slices.Contains(there, body) {
			continue
		}
		if err := Assign(tx, by, r.ID, []db.ID{body}, o.To, r.Basis); err != nil {
			return added, err
		}
		if err := Admit(tx, by, r.Code, o.Period, body); err != nil {
			return added, err
		}
		there = append(there, body)
		added++
	}
	return added, nil
}

// AskedOnce lists the regimes of what a body was asked to report once, or answers for now, the newest first.
func AskedOnce(tx *db.Tx, by access.Actor, body db.ID) ([]Regime, error) {
	if err := by.May(access.ReadReport, body); err != nil {
		return nil, err
	}
	var all []Regime
	err := tx.Select(&all, selectRegime+`
where once and exists (
	select 1
	from obligation o
	join opening p on p.id = o.opening
	where p.regime = regime.id and ? in (o.body, o.holder))
order by created_at desc, id desc`, string(body))
	return all, err
}

// OnlyOpening is the one period of a regime of what is reported once.
func OnlyOpening(tx *db.Tx, by access.Actor, r Regime) (Opening, error) {
	all, err := Openings(tx, by, r.ID)
	if err == nil && (!r.Once || len(all) != 1) {
		err = fault.Conflict("“%s” không phải báo cáo một lần.", r.Name)
	}
	if err != nil {
		return Opening{}, err
	}
	return all[0], nil
}

// Signed is the original of a report, as it was noted with it.
type Signed struct {
	Obligation db.ID         `db:"obligation"`
	Number     string        `db:"paper_number"`
	Date       calendar.Date `db:"paper_date"`
	Signer     string        `db:"signer"`
	File       db.ID         `db:"file"`
	Way        string        `db:"way"`
}

// SignedIn gives, for the reports of an opening that the actor may read, the original of the version that counts, else of the
// newest, by obligation.
func SignedIn(tx *db.Tx, by access.Actor, opening db.ID) (map[db.ID]Signed, error) {
	seen := by.Sees(access.ReadReport)
	var all []Signed
	err := tx.Select(&all, `
select s.obligation, s.paper_number, s.paper_date, s.signer, s.file, s.way
from obligation o
join submission s on s.id = coalesce(o.accepted, o.latest)
where o.opening = ? and `+mayRead, opening, seen, seen)
	of := make(map[db.ID]Signed, len(all))
	for _, s := range all {
		of[s.Obligation] = s
	}
	return of, err
}

// again refuses to treat what is reported once as something that comes back.
func (r Regime) again() error {
	if r.Once {
		return fault.Conflict("“%s” chỉ báo cáo một lần, theo đề cương đã gửi; không mở kỳ khác và không sửa được.", r.Name)
	}
	return nil
}

// IndicatorsFor are those indicators of the newest form in use of a regime that belong to some sectors, put into one sector:
// what a review asks in figures is what is reported anyway.
func IndicatorsFor(tx *db.Tx, by access.Actor, regimeCode string, sectors []string, into string) ([]Indicator, []Rule, error) {
	r, err := FindRegime(tx, by, regimeCode)
	if err != nil {
		return nil, nil, err
	}
	forms, err := Forms(tx, by, r.ID)
	if err != nil {
		return nil, nil, err
	}
	at := slices.IndexFunc(forms, func(f *Form) bool { return f.Active })
	if at < 0 {
		return nil, nil, nil
	}
	chosen := make(map[string]bool)
	for _, s := range forms[at].Sectors {
		chosen[s.Code] = len(sectors) == 0 || slices.Contains(sectors, s.Code)
	}
	o := forms[at].Outline.only(chosen, nil)
	for i := range o.Indicators {
		in := &o.Indicators[i]
		in.Sector, in.Required, in.Warn = into, false, 0
	}
	return o.Indicators, o.Rules, nil
}
