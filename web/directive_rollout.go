package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/directive"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/lineage"
	"giaoban/org"
	"giaoban/record"
)

// rolloutPage is who was made acquainted with a document, body by body.
type rolloutPage struct {
	directive.Directive
	Asked, Others []spreadLine
	Missing       []string // asked, and nothing planned or held
	Sessions      []sessionLine
	Held          int // of all that are listed
	People        int
	All           bool // the actor looks over all bodies
	Bodies        []option
	Form          rolloutForm
	MayNote       bool
	Ways          []string
}

type spreadLine struct {
	directive.Spread
	Badge   badge
	MayNote bool
}

// rolloutForm is one meeting as typed.
type rolloutForm struct {
	ID, Version, Body, PlannedOn, HeldOn, People, Way, Note string
}

func (s *site) directiveRollout(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	if err := by.May(access.ReadDirective, by.Body); err != nil {
		return Reply{}, err
	}
	p, err := rolloutOf(tx, by, db.ID(r.PathValue("directive")), rolloutForm{Body: string(by.Body)}, db.ID(r.FormValue("lan")))
	if err != nil {
		return Reply{}, err
	}
	return Reply{Page: "directive/rollout", Data: p}, nil
}

var spreadBadges = map[string]badge{"held": {"accepted", "Đã quán triệt"}, "planned": {"waiting", "Đã có kế hoạch"}, "overdue": {"late", "Quá ngày dự kiến"}, "none": {"missing", "Chưa có thông tin"}}

// rolloutOf builds the page; form holds what was typed, edit the meeting to be corrected.
func rolloutOf(tx *db.Tx, by access.Actor, id db.ID, form rolloutForm, edit db.ID) (*rolloutPage, error) {
	d, err := directive.Find(tx, by, id)
	if err != nil {
		return nil, err
	}
	p := &rolloutPage{Directive: d, All: by.OfCommission(), Form: form, MayNote: by.Can(access.NoteRollout, by.Body), Ways: directive.Ways}
	asked, others, err := directive.RolloutOf(tx, by, id)
	if err != nil {
		return nil, err
	}
	today := calendar.OfInstant(tx.Clock())
	lines := func(all []directive.Spread) (lines []spreadLine) {
		for _, s := range all {
			state := s.State(today)
			lines = append(lines, spreadLine{s, spreadBadges[state], by.Can(access.NoteRollout, s.Body.ID)})
			p.People += int(s.People)
			for _, one := range s.Rollouts {
				if one.ID == edit && form.Version == "" {
					p.Form = rolloutForm{string(one.ID), strconv.FormatInt(one.Version, 10), string(one.Body), one.PlannedOn.Vietnamese(), one.HeldOn.Vietnamese(), "", one.Way, one.Note}
					if one.People > 0 {
						p.Form.People = strconv.FormatInt(one.People, 10)
					}
				}
			}
		}
		return lines
	}
	p.Asked, p.Others = lines(asked), lines(others)
	for _, s := range asked {
		if s.State(today) == "none" {
			p.Missing = append(p.Missing, s.Body.ShortName)
		}
	}
	for _, s := range p.Listed() {
		if s.Held > 0 {
			p.Held++
		}
	}
	if p.Sessions, err = sessionsOf(tx, by, id); err != nil || !p.All {
		return p, err
	}
	bodies, err := org.At(tx, by, today)
	for _, b := range bodies { // those below and beside too: a commune rolls out what nobody asked it to
		if b.Kind != org.Authority {
			p.Bodies = append(p.Bodies, option{Value: string(b.ID), Text: b.ShortName, Selected: string(b.ID) == p.Form.Body})
		}
	}
	return p, err
}

// sessionLine is a meeting at which a document was made known, as one reader may see it.
type sessionLine struct {
	directive.Session
	Seen bool // the meeting's own page opens
	All  bool // who was there is all of them
}

func sessionsOf(tx *db.Tx, by access.Actor, id db.ID) (lines []sessionLine, err error) {
	sessions, err := directive.Sessions(tx, by, id)
	if err != nil {
		return nil, err
	}
	var meetings []lineage.Node
	for _, s := range sessions {
		meetings = append(meetings, s.Source)
	}
	seen, err := record.SeeAll(tx, by, meetings)
	for _, s := range sessions {
		_, opens := seen[s.Source.Key()]
		lines = append(lines, sessionLine{s, opens, by.OfCommission()})
	}
	return lines, err
}

// Listed are all bodies of the page: those asked, and those that did something or sat in a session unasked.
func (p *rolloutPage) Listed() []spreadLine { return slices.Concat(p.Asked, p.Others) }

func (s *site) noteRollout(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	value := func(name string) string { return strings.TrimSpace(r.PostFormValue(name)) }
	id := db.ID(r.PathValue("directive"))
	f := rolloutForm{value("rollout"), value("version"), value("body"), value("planned_on"), value("held_on"), value("people"), value("way"), value("note")}
	if f.Body == "" {
		f.Body = string(by.Body)
	}
	err := func() error {
		var wrong fault.List
		n := directive.Rollout{ID: db.ID(f.ID), Directive: id, Body: db.ID(f.Body), Way: f.Way, Note: f.Note,
			PlannedOn: readDay(&wrong, r, "planned_on", ""), HeldOn: readDay(&wrong, r, "held_on", "")}
		n.Version, _ = strconv.ParseInt(f.Version, 10, 64)
		if f.People != "" {
			people, err := strconv.ParseInt(strings.ReplaceAll(f.People, ".", ""), 10, 64)
			if err != nil {
				wrong.Add("people", "Số người “%s” không phải số nguyên; hãy ghi như 245.", short(f.People))
			}
			n.People = people
		}
		if err := wrong.Err(); err != nil {
			return err
		}
		_, err := directive.NoteRollout(tx, by, n)
		return err
	}()
	return rolloutDone(tx, by, id, f, err)
}

func (s *site) dropRollout(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return rolloutDone(tx, by, db.ID(r.PathValue("directive")), rolloutForm{Body: string(by.Body), Version: "0"},
		directive.DropRollout(tx, by, db.ID(r.PostFormValue("rollout")), r.PostFormValue("reason")))
}

func rolloutDone(tx *db.Tx, by access.Actor, id db.ID, typed rolloutForm, err error) (Reply, error) {
	if err == nil {
		return Reply{To: "/van-ban-chi-dao/" + string(id) + "/quan-triet"}, nil
	}
	return withPage(err, func() (Reply, error) {
		p, err := rolloutOf(tx, by, id, typed, "")
		return Reply{Page: "directive/rollout", Data: p}, err
	})
}
