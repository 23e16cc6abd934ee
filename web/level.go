package web

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/conference"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/org"
)

// levelRoom are the conferences of the levels below: noted in short, counted in the cadence.
var levelRoom = room{
	menu: entry{group: workGroup, name: "Hội nghị", url: "/giao-ban", needs: needsOpening, key: "g g"},
	pages: []route{
		see("/ne-nep", (*site).levelUnits, access.ReadBriefing).inside().titled("Nề nếp hội nghị của các cấp"),
		see("/ne-nep/co-quan/{body}", (*site).bodySittings, access.ReadBriefing).of("body").titled("Nề nếp hội nghị"),
		act("/ne-nep/co-quan/{body}", (*site).noteSitting, access.NoteSitting).of("body").titled("Nề nếp hội nghị").
			says("Đã ghi nề nếp hội nghị.", "Hội nghị", "/giao-ban"),
		see("/ne-nep/hoi-nghi/{sitting}", (*site).showSitting, access.ReadBriefing).of("sitting").shows("sitting"),
		act("/ne-nep/hoi-nghi/{sitting}/noi-dung", (*site).keepWords, access.KeepSitting).of("sitting").
			says("Đã ghi nội dung hội nghị.", "Hội nghị", "/giao-ban"),
		act("/ne-nep/hoi-nghi/{sitting}/chia-se", (*site).shareWords, access.KeepSitting).of("sitting").
			says("Đã đổi việc chia sẻ nội dung hội nghị với Ban.", "Hội nghị", "/giao-ban"),
		act("/ne-nep/hoi-nghi/{sitting}/bo", (*site).dropSitting, access.NoteSitting).of("sitting").
			says("Đã bỏ lần họp này.", "Hội nghị", "/giao-ban"),
	},
}

var outcomeClass = map[conference.Outcome]string{conference.SittingHeld: "on-time", conference.SittingAgreed: "accepted",
	conference.SittingPlanned: "waiting", conference.SittingMissing: "missing"}

// outcomeBadge says how a body stands with a quarter; before its usual time nothing is missing.
func outcomeBadge(o conference.Outcome, due bool) badge {
	if o == conference.SittingMissing && !due {
		return badge{"draft", o.Name()}
	}
	return badge{outcomeClass[o], o.Name()}
}

// tallyCell is one level in one quarter of the cadence.
type tallyCell struct {
	conference.Tally
	URL   string
	Parts []tallyPart
}

type tallyPart struct {
	N    int
	Name string
	URL  string
	Look bool // it is what one has to see to
}

func cellOf(t conference.Tally) tallyCell {
	cell := tallyCell{Tally: t, URL: unitsURL(t.Level, t.Quarter, "", "")}
	for _, o := range []conference.Outcome{conference.SittingHeld, conference.SittingAgreed, conference.SittingPlanned, conference.SittingMissing} {
		if n := t.Count[o]; n > 0 {
			name := map[conference.Outcome]string{conference.SittingHeld: "đã họp", conference.SittingAgreed: "thống nhất không họp",
				conference.SittingPlanned: "dự kiến", conference.SittingMissing: "chưa ghi"}[o]
			cell.Parts = append(cell.Parts, tallyPart{n, name, unitsURL(t.Level, t.Quarter, o, ""), o == conference.SittingMissing && t.Due})
		}
	}
	return cell
}

func unitsURL(level conference.Level, quarter calendar.Period, o conference.Outcome, after string) string {
	q := url.Values{"cap": {string(level)}, "ky": {quarter.String()}}
	if o != "" {
		q.Set("loc", string(o))
	}
	if after != "" {
		q.Set("sau", after)
	}
	return "/ne-nep?" + q.Encode()
}

// unitsPage lists the bodies of one level for one quarter.
type unitsPage struct {
	Level   conference.Level
	Quarter calendar.Period
	Chosen  string // the outcome that is asked for, in words
	Cell    tallyCell
	Lines   []unitLine
	Next    string
	MayNote bool
}

type unitLine struct {
	conference.Unit
	Name  string
	Badge badge
}

func (s *site) levelUnits(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	if err := by.May(access.ReadBriefing, by.Body); err != nil {
		return Reply{}, err
	}
	quarter, err := calendar.ParsePeriod(r.FormValue("ky"))
	if err != nil || quarter.Kind() != calendar.Quarter {
		quarter, _ = calendar.QuarterOf(calendar.OfInstant(tx.Clock())).Previous()
	}
	f := conference.UnitFilter{Level: conference.Level(r.FormValue("cap")), Quarter: quarter, Outcome: conference.Outcome(r.FormValue("loc")),
		After: r.FormValue("sau"), Limit: 100}
	if !slices.Contains(conference.LowerLevels, f.Level) {
		f.Level = conference.OfLower
	}
	units, counts, next, err := conference.Units(tx, by, f)
	if err != nil {
		return Reply{}, err
	}
	names, err := org.Names(tx, quarter.Last())
	if err != nil {
		return Reply{}, err
	}
	p := unitsPage{Level: f.Level, Quarter: quarter, Chosen: f.Outcome.Name(), Cell: cellOf(counts), MayNote: by.Can(access.NoteSitting, "")}
	for _, u := range units {
		p.Lines = append(p.Lines, unitLine{u, names[u.ID].ShortName, outcomeBadge(u.Outcome(), counts.Due)})
	}
	if next != "" {
		p.Next = unitsURL(f.Level, quarter, f.Outcome, next)
	}
	return Reply{Page: "briefing/units", Data: p}, nil
}

// sittingForm is a conference of a lower level as typed.
type sittingForm struct {
	ID, Version, Period, Outcome, HeldOn, Notice, Reason string
}

// sittingsPage is what one body noted of a year, with the form for one period.
type sittingsPage struct {
	Body     org.Body
	Level    conference.Level // "" for a body that holds none of its own here
	Year     int
	Lines    []sittingLine
	Form     sittingForm
	Theirs   *conference.Sitting // what stands now, where the form was filled in over something else
	Of       string              // who noted the chosen period, where that is not for the reader to correct
	Periods  []option
	Outcomes []option
	MayNote  bool
}

type sittingLine struct {
	Period  calendar.Period
	Sitting conference.Sitting // no ID when nothing was noted
	Badge   badge
}

func (s *site) bodySittings(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	if err := by.May(access.ReadBriefing, by.Body); err != nil {
		return Reply{}, err
	}
	today := calendar.OfInstant(tx.Clock())
	b, err := bodyOf(tx, by, r, today)
	if err != nil {
		return Reply{}, err
	}
	if sees := by.Sees(access.ReadBriefing); sees != "" && sees != string(b.ID) {
		return Reply{}, by.May(access.ReadBriefing, b.ID)
	}
	period, err := calendar.ParsePeriod(cmp.Or(r.FormValue("period"), r.FormValue("ky")))
	if err != nil || !slices.Contains(conference.SittingPeriods(period.Year()), period) {
		if period, _ = calendar.QuarterOf(today).Previous(); year(r.FormValue("nam")) != "" {
			period = calendar.MustPeriod(year(r.FormValue("nam")) + "-Q1")
		}
	}
	p := sittingsPage{Body: b, Year: period.Year(), MayNote: by.Can(access.NoteSitting, b.ID)}
	if p.Level, _, err = conference.LevelOf(tx, by, b.ID, today); err != nil {
		return Reply{}, err
	}
	noted, err := conference.SittingsOf(tx, by, b.ID, p.Year)
	if err != nil {
		return Reply{}, err
	}
	p.Form = sittingForm{Period: period.String(), Outcome: string(conference.SittingHeld)}
	for _, one := range conference.SittingPeriods(p.Year) {
		at := slices.IndexFunc(noted, func(n conference.Sitting) bool { return n.Period == one })
		line := sittingLine{Period: one, Badge: outcomeBadge(conference.SittingMissing, today.After(one.Last()))}
		if at >= 0 {
			line.Sitting, line.Badge = noted[at], outcomeBadge(noted[at].Outcome, true)
			if one == period {
				if err := p.choose(tx, by, noted[at]); err != nil {
					return Reply{}, err
				}
			}
		}
		if at >= 0 || one.Kind() == calendar.Quarter && !answered(noted, one) {
			p.Lines = append(p.Lines, line)
		}
		p.Periods = append(p.Periods, option{one.String(), fold.Capital(one.Name()), one == period})
	}
	if r.Method == http.MethodPost {
		p.again(r, noted)
	}
	for _, o := range conference.Outcomes {
		p.Outcomes = append(p.Outcomes, option{string(o), o.Name(), string(o) == p.Form.Outcome})
	}
	return Reply{Page: "briefing/sittings", Data: p}, nil
}

// choose opens what was noted of a period for correction, by who may correct it.
func (p *sittingsPage) choose(tx *db.Tx, by access.Actor, s conference.Sitting) error {
	if by.Can(access.NoteSitting, s.Body) {
		p.Form = sittingFormOf(s)
		return nil
	}
	names, err := org.Names(tx, s.PeriodEnd)
	p.Of = names[s.Body].ShortName
	return err
}

// again keeps what was typed for what stands now: sent once more it replaces that, which is shown beside where it is not what the
// form was opened on; what was dropped meanwhile is noted anew.
func (p *sittingsPage) again(r *http.Request, noted []conference.Sitting) {
	now := p.Form
	p.Form = sittingForm{now.ID, now.Version, now.Period, r.PostFormValue("outcome"), r.PostFormValue("held_on"),
		r.PostFormValue("notice"), r.PostFormValue("reason")}
	if now.ID != r.PostFormValue("sitting") || now.Version != r.PostFormValue("version") {
		if at := slices.IndexFunc(noted, func(s conference.Sitting) bool { return string(s.ID) == now.ID }); at >= 0 {
			p.Theirs = &noted[at]
		}
	}
}

// answered reports whether a quarter is told by a note on the longer period that ended with it.
func answered(noted []conference.Sitting, quarter calendar.Period) bool {
	return slices.ContainsFunc(noted, func(s conference.Sitting) bool { return s.PeriodEnd == quarter.Last() })
}

func sittingFormOf(s conference.Sitting) sittingForm {
	return sittingForm{string(s.ID), strconv.FormatInt(s.Version, 10), s.Period.String(), string(s.Outcome), s.HeldOn.Vietnamese(), s.Notice, s.Reason}
}

func (s *site) noteSitting(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	today := calendar.OfInstant(tx.Clock())
	b, err := bodyOf(tx, by, r, today)
	if err != nil {
		return Reply{}, err
	}
	if err := by.May(access.NoteSitting, b.ID); err != nil {
		return Reply{}, err
	}
	var wrong fault.List
	n := conference.Sitting{ID: db.ID(r.PostFormValue("sitting")), Body: b.ID, Outcome: conference.Outcome(r.PostFormValue("outcome")),
		HeldOn: readDay(&wrong, r, "held_on", ""), Notice: r.PostFormValue("notice"), Reason: r.PostFormValue("reason")}
	n.Period, err = calendar.ParsePeriod(r.PostFormValue("period"))
	wrong.AddError("period", err)
	n.Version, _ = strconv.ParseInt(r.PostFormValue("version"), 10, 64)
	if err = wrong.Err(); err == nil {
		n, err = conference.NoteSitting(tx, by, n)
	}
	if err != nil {
		return withPage(err, func() (Reply, error) { return s.bodySittings(tx, by, r) })
	}
	return Reply{To: "/ne-nep/co-quan/" + b.Code + "?ky=" + n.Period.String()}, nil
}

// sittingPage is one conference of a lower level; what was said there only for who may read it.
type sittingPage struct {
	conference.Sitting
	Host    org.Body
	Words   conference.Words
	May     bool              // read the words
	Mine    bool              // write them
	Theirs  *conference.Words // what somebody else wrote meanwhile
	MayNote bool
	Reason  string // for dropping, as typed
}

func (s *site) showSitting(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	one, err := conference.FindSitting(tx, by, db.ID(r.PathValue("sitting")))
	if err != nil {
		return Reply{}, err
	}
	p := sittingPage{Sitting: one, Reason: r.PostFormValue("drop_reason"),
		Mine: one.DroppedAt == 0 && by.Can(access.KeepSitting, one.Body), MayNote: one.DroppedAt == 0 && by.Can(access.NoteSitting, one.Body)}
	if p.Host, err = org.Find(tx, by, one.Body, one.PeriodEnd); err != nil {
		return Reply{}, err
	}
	if p.Words, p.May, err = conference.FindWords(tx, by, one); err != nil {
		return Reply{}, err
	}
	if r.Method == http.MethodPost && r.PostForm.Has("course") {
		if now := p.Words; strconv.FormatInt(now.Version, 10) != r.PostFormValue("version") {
			p.Theirs = &now // saving again is a decision now, with both in view
		}
		p.Words.Programme, p.Words.People, p.Words.Course, p.Words.Conclusions = typedWords(r)
	}
	return Reply{Page: "briefing/sitting", Data: p}, nil
}

func typedWords(r *http.Request) (programme, people, course, conclusions string) {
	return r.PostFormValue("programme"), r.PostFormValue("people"), r.PostFormValue("course"), r.PostFormValue("conclusions")
}

func (s *site) keepWords(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	var w conference.Words
	w.Programme, w.People, w.Course, w.Conclusions = typedWords(r)
	w.Version, _ = strconv.ParseInt(r.PostFormValue("version"), 10, 64)
	_, err := conference.KeepWords(tx, by, db.ID(r.PathValue("sitting")), w)
	return s.sittingDone(tx, by, r, err)
}

func (s *site) shareWords(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return s.sittingDone(tx, by, r, conference.ShareWords(tx, by, db.ID(r.PathValue("sitting")), r.PostFormValue("share") == "1"))
}

func (s *site) dropSitting(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return s.sittingDone(tx, by, r, conference.DropSitting(tx, by, db.ID(r.PathValue("sitting")), r.PostFormValue("drop_reason")))
}

func (s *site) sittingDone(tx *db.Tx, by access.Actor, r *http.Request, err error) (Reply, error) {
	if err != nil {
		return withPage(err, func() (Reply, error) { return s.showSitting(tx, by, r) })
	}
	return Reply{To: address("sitting", db.ID(r.PathValue("sitting")))}, nil
}
