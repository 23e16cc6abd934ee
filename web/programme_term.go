package web

import (
	"net/http"
	"strconv"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/conference"
	"giaoban/directive"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/programme"
)

// programmeTermPage is the look back over a term.
type programmeTermPage struct {
	programme.Programme
	programme.Review
	Untouched int
	Rows      map[db.ID]termLine
	Waiting   []oldLine
	Lines     []programme.Line
	Sectors   []directive.Sector
	Years     []int
	Paper     programmePaper
	Next      []programme.Programme
	Typed     map[string]string
	Failed    string
}

// termLine is a line with what shows that something was done.
type termLine struct {
	State    badge
	Evidence []programme.Evidence
}

type oldLine struct {
	programme.Evidence
	LineID string
}

func (s *site) programmeTerm(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	p, err := programmeTermOf(tx, by, r, "")
	return Reply{Page: "programme/term", Data: p}, err
}

func programmeTermOf(tx *db.Tx, by access.Actor, r *http.Request, form string) (*programmeTermPage, error) {
	one, err := programme.Find(tx, by, db.ID(r.PathValue("programme")))
	if err != nil {
		return nil, err
	}
	if err := by.May(access.KeepProgramme, one.Body); err != nil {
		return nil, err
	}
	p := &programmeTermPage{Programme: one, Rows: make(map[db.ID]termLine), Sectors: directive.AllSectors, Years: one.Years(calendar.OfInstant(tx.Clock())),
		Typed: typedIn(r, form), Failed: form}
	if p.Review, err = programme.ReviewOf(tx, by, one.ID); err != nil {
		return nil, err
	}
	p.Untouched = p.Review.Lines - p.Touched
	if form == "tiep" {
		p.retype(r)
	}
	if p.Lines, err = programme.Lines(tx, by, one.ID); err != nil {
		return nil, err
	}
	table, err := programme.ProgressOf(tx, by, one.ID)
	if err != nil {
		return nil, err
	}
	all, err := programme.EvidenceOf(tx, by, one.ID)
	if err != nil {
		return nil, err
	}
	for _, l := range p.Lines {
		p.Rows[l.ID] = termLine{State: markBadge(table.Over(l.ID))}
	}
	for _, e := range all {
		if e.Settled == "" {
			p.Waiting = append(p.Waiting, oldLine{e, string(e.Line)})
		} else if row, ok := p.Rows[e.Line]; ok {
			row.Evidence = append(row.Evidence, e)
			p.Rows[e.Line] = row
		}
	}
	papers, err := programmePapers(tx, by, one, nil)
	if err != nil {
		return nil, err
	}
	p.Paper = papers[len(papers)-1]
	p.Next, err = programme.RenewedBy(tx, by, one.ID)
	return p, err
}

// retype keeps what was chosen and written for the next term in a refused form.
func (p *programmeTermPage) retype(r *http.Request) {
	for _, sector := range p.Review.Sectors {
		for i := range sector.Lines {
			l := &sector.Lines[i]
			l.Ahead, l.AheadNote = programme.Onward(r.PostFormValue("next-"+string(l.ID))), r.PostFormValue("note-"+string(l.ID))
		}
	}
}

// termAct answers a change on the page of the term.
func (s *site) termAct(tx *db.Tx, by access.Actor, r *http.Request, form string, act func(id db.ID) error) (Reply, error) {
	reply, err := s.programmeDo(tx, by, r, form, func() (Reply, error) {
		p, err := programmeTermOf(tx, by, r, form)
		return Reply{Page: "programme/term", Data: p}, err
	}, func(id db.ID, _ int64) error { return act(id) })
	if err == nil && reply.To != "" {
		reply.To += "/tong-ket"
	}
	return reply, err
}

func (s *site) sayNext(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return s.termAct(tx, by, r, "tiep", func(id db.ID) error {
		var all []programme.Next
		for field := range r.PostForm {
			if line, ok := strings.CutPrefix(field, "next-"); ok {
				all = append(all, programme.Next{Line: db.ID(line), Ahead: programme.Onward(r.PostFormValue(field)), Note: r.PostFormValue("note-" + line)})
			}
		}
		return programme.SayNext(tx, by, id, all)
	})
}

func (s *site) enterOld(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return s.termAct(tx, by, r, "luu-tru", func(id db.ID) error {
		year, _ := strconv.Atoi(r.PostFormValue("year"))
		_, _, err := programme.EnterOld(tx, by, id, programme.Old{Year: year, Sector: r.PostFormValue("sector"), Source: r.PostFormValue("source"), Words: r.PostFormValue("words")})
		return err
	})
}

func (s *site) placeOld(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return s.termAct(tx, by, r, "xep", func(id db.ID) error {
		var all []programme.Placed
		for field := range r.PostForm {
			old, ok := strings.CutPrefix(field, "old-")
			if !ok {
				continue
			}
			one := programme.Placed{ID: db.ID(old), Line: db.ID(r.PostFormValue(field))}
			switch one.Line {
			case "bo":
				one.Line, one.Drop = "", true
			case "linh-vuc":
				one.Line = ""
			case "cho":
				continue
			}
			all = append(all, one)
		}
		if len(all) == 0 {
			return fault.Invalid("", "Hãy chọn nội dung cho ít nhất một đoạn.")
		}
		return programme.PlaceOld(tx, by, id, all)
	})
}

func (s *site) renewProgramme(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	var next programme.Programme
	reply, err := s.termAct(tx, by, r, "giai-doan-sau", func(id db.ID) (err error) {
		var wrong fault.List
		term := readTerm(&wrong, r)
		if err := wrong.Err(); err != nil {
			return err
		}
		next, err = programme.Renew(tx, by, id, term, r.PostFormValue("lines"))
		return err
	})
	if err == nil {
		reply.To = address("programme", next.ID)
	}
	return reply, err
}

func (s *site) programmeConference(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	var c conference.Conference
	reply, err := s.termAct(tx, by, r, "hoi-nghi", func(id db.ID) (err error) {
		var wrong fault.List
		on := readDay(&wrong, r, "held_on", "")
		if err := wrong.Err(); err != nil {
			return err
		}
		c, err = programme.PlanReviewConference(tx, by, id, on, r.PostFormValue("place"))
		return err
	})
	if err == nil {
		reply.To = address("briefing", c.ID)
	}
	return reply, err
}
