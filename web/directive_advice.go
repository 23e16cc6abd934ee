package web

import (
	"net/http"
	"strconv"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/directive"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/org"
)

// advicesPage is the advice of one stretch of time, counted, with the paragraph a report takes over.
type advicesPage struct {
	More     bool // not all of the period is listed
	Period   calendar.Period
	Periods  []option
	Counts   directive.AdviceCounts
	Sentence string
	Lines    []adviceLine
	MayNote  bool
	All      bool
	Own      string // the body whose advice is shown, when it is one
}

type adviceLine struct {
	directive.Advice
	BodyName string
	Badge    badge
}

var stageClass = map[string]string{"Đã ban hành": "accepted", "Không ban hành": "returned", "Đã trình": "waiting", "Đang soạn": "draft"}

func (s *site) advices(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	if err := mayAdvise(by); err != nil {
		return Reply{}, err
	}
	today := calendar.OfInstant(tx.Clock())
	p := &advicesPage{Period: calendar.QuarterOf(today), MayNote: by.Can(access.NoteAdvice, by.Body), All: by.OfCommission()}
	if asked := r.FormValue("ky"); asked != "" {
		var err error
		if p.Period, err = calendar.ParsePeriod(asked); err != nil {
			return Reply{}, fault.Invalid("ky", "Kỳ “%s” không đọc được; hãy ghi như 2022-Q1.", short(asked))
		}
	}
	p.choices(today)
	from, to := p.Period.First(), p.Period.Last()
	whose := db.ID("")
	if r.FormValue("cua") == "ban" || !p.All {
		whose = by.Body
		p.Own = "ban"
	}
	var err error
	if p.Counts, err = directive.AdviceCount(tx, by, whose, from, to); err != nil {
		return Reply{}, err
	}
	p.Sentence = p.Counts.Sentence("Trong " + p.Period.Name())
	all, more, err := directive.Advices(tx, by, directive.AdviceFilter{Body: whose, From: from, To: to})
	if err != nil {
		return Reply{}, err
	}
	p.More = more
	names, err := org.Names(tx, today)
	for _, a := range all {
		p.Lines = append(p.Lines, adviceLine{a, names[a.Body].ShortName, badge{stageClass[a.State()], a.State()}})
	}
	return Reply{Page: "directive/advices", Data: p}, err
}

// mayAdvise: the commission looks over all advice, an agency over its own.
func mayAdvise(by access.Actor) error {
	if by.OfCommission() {
		return nil
	}
	return by.May(access.NoteAdvice, by.Body)
}

// choices offers the quarters of two years, the half-years and years beside them.
func (p *advicesPage) choices(today calendar.Date) {
	offer := func(period calendar.Period) {
		p.Periods = append(p.Periods, option{Value: period.String(), Text: fold.Capital(period.Name()), Selected: period == p.Period})
	}
	found := false
	for year := today.Year(); year > today.Year()-3; year-- {
		for _, code := range []string{"", "-9M", "-H1", "-Q4", "-Q3", "-Q2", "-Q1"} {
			period, err := calendar.ParsePeriod(strconv.Itoa(year) + code)
			if err != nil || period.First().After(today) {
				continue
			}
			offer(period)
			found = found || period == p.Period
		}
	}
	if !found {
		offer(p.Period)
	}
}

// advicePage is the form of one piece of advice.
type advicePage struct {
	ID         db.ID
	Version    string
	Stage      badge
	Typed      map[string]string
	Forms      []string
	Source     *directive.Directive
	MayNote    bool
	Lineage    string
	Activity   []journalRow
	OfBodyName string
}

var adviceFields = []string{"form", "subject", "source", "for_whom", "drafted_on", "sent_on", "issued", "issued_on", "declined_on", "declined"}

func (s *site) newAdvice(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	if err := by.May(access.NoteAdvice, by.Body); err != nil {
		return Reply{}, err
	}
	p := &advicePage{Typed: map[string]string{"drafted_on": calendar.OfInstant(tx.Clock()).Vietnamese()}, Forms: directive.AdviceForms, MayNote: true}
	if id := db.ID(r.FormValue("tao-tu")); id != "" {
		d, err := directive.Find(tx, by, id)
		if err != nil {
			return Reply{}, err
		}
		p.Source = &d
		p.Typed["source"] = d.Label()
	}
	return Reply{Page: "directive/advice", Data: p}, nil
}

func (s *site) showAdvice(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	if err := mayAdvise(by); err != nil {
		return Reply{}, err
	}
	p, err := adviceOf(tx, by, db.ID(r.PathValue("advice")))
	if err != nil {
		return Reply{}, err
	}
	return Reply{Page: "directive/advice", Data: p}, nil
}

func adviceOf(tx *db.Tx, by access.Actor, id db.ID) (*advicePage, error) {
	a, err := directive.FindAdvice(tx, by, id)
	if err != nil {
		return nil, err
	}
	p := &advicePage{ID: a.ID, Version: strconv.FormatInt(a.Version, 10), Stage: badge{stageClass[a.State()], a.State()}, Forms: directive.AdviceForms,
		MayNote: by.Can(access.NoteAdvice, a.Body)}
	p.Typed = map[string]string{"form": a.Form, "subject": a.Subject, "source": a.SourceText, "for_whom": a.ForWhom, "drafted_on": a.DraftedOn.Vietnamese(),
		"sent_on": a.SentOn.Vietnamese(), "issued": a.Issued, "issued_on": a.IssuedOn.Vietnamese(), "declined_on": a.DeclinedOn.Vietnamese(), "declined": a.Declined}
	if a.Source != "" {
		d, err := directive.Find(tx, by, a.Source)
		if err != nil {
			return nil, err
		}
		p.Source, p.Typed["source"] = &d, d.Label()
	}
	names, err := org.Names(tx, calendar.OfInstant(tx.Clock()))
	if err != nil {
		return nil, err
	}
	p.OfBodyName = names[a.Body].ShortName
	if p.Lineage, err = originOf(tx, by, a.Node()); err != nil {
		return nil, err
	}
	p.Activity, err = activityOf(tx, by, "advice", a.ID, 20)
	return p, err
}

func (s *site) noteAdvice(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	id := db.ID(r.PathValue("advice"))
	typed := make(map[string]string)
	for _, field := range adviceFields {
		typed[field] = strings.TrimSpace(r.PostFormValue(field))
	}
	saved, err := adviceTyped(tx, by, r, id, typed)
	if err == nil {
		return Reply{To: "/tham-muu/" + string(saved.ID)}, nil
	}
	return withPage(err, func() (Reply, error) {
		p := &advicePage{Forms: directive.AdviceForms, MayNote: true}
		if id != "" {
			var err error
			if p, err = adviceOf(tx, by, id); err != nil {
				return Reply{}, err
			}
		}
		p.Typed = typed
		return Reply{Page: "directive/advice", Data: p}, nil
	})
}

func adviceTyped(tx *db.Tx, by access.Actor, r *http.Request, id db.ID, typed map[string]string) (directive.Advice, error) {
	if err := by.May(access.NoteAdvice, by.Body); err != nil {
		return directive.Advice{}, err
	}
	if id != "" {
		if _, err := directive.FindAdvice(tx, by, id); err != nil {
			return directive.Advice{}, err
		}
	}
	var wrong fault.List
	a := directive.Advice{ID: id, Form: typed["form"], Subject: typed["subject"], ForWhom: typed["for_whom"], Issued: typed["issued"], Declined: typed["declined"],
		DraftedOn: readDay(&wrong, r, "drafted_on", ""), SentOn: readDay(&wrong, r, "sent_on", ""), IssuedOn: readDay(&wrong, r, "issued_on", ""), DeclinedOn: readDay(&wrong, r, "declined_on", "")}
	a.Version, _ = strconv.ParseInt(r.PostFormValue("version"), 10, 64)
	if typed["source"] != "" {
		d, err := namedDirective(tx, by, typed["source"])
		switch {
		case err == nil:
			a.Source = d.ID
		case fault.Is(err, fault.KindInvalid):
			a.SourceText = typed["source"] // not, or not clearly, in the register: kept as written
		default:
			return a, err
		}
	}
	if a.Issued != "" {
		if d, err := namedDirective(tx, by, a.Issued); err == nil {
			a.IssuedDirective = d.ID
		}
	}
	if err := wrong.Err(); err != nil {
		return a, err
	}
	return directive.NoteAdvice(tx, by, a)
}
