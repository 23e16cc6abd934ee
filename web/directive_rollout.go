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
)

// rolloutPage is who was made acquainted with a document, body by body.
type rolloutPage struct {
	directive.Directive
	Asked, Others []spreadLine
	Missing       []string // asked, and nothing planned or held
	Held          int
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
		switch s.State(today) {
		case "held":
			p.Held++
		case "none":
			p.Missing = append(p.Missing, s.Body.ShortName)
		}
	}
	if p.All {
		for _, s := range append(p.Asked, p.Others...) {
			p.Bodies = append(p.Bodies, option{Value: string(s.Body.ID), Text: s.Body.ShortName, Selected: string(s.Body.ID) == p.Form.Body})
		}
	}
	return p, nil
}

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
