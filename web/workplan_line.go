package web

import (
	"net/http"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/lineage"
	"giaoban/org"
	"giaoban/workplan"
)

// workplanLinePage is one line of a plan.
type workplanLinePage struct {
	workplanLine
	Lineage string
	MayKeep bool
	MayGive bool
	Typed   map[string]string
	Failed  string
	Origin  lineage.Node
}

func (s *site) showWorkplanLine(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	p, err := workplanLinePageOf(tx, by, r, "")
	return Reply{Page: "workplan/line", Data: p}, err
}

func workplanLinePageOf(tx *db.Tx, by access.Actor, r *http.Request, form string) (*workplanLinePage, error) {
	l, err := workplan.Find(tx, by, db.ID(r.PathValue("line")))
	if err != nil {
		return nil, err
	}
	standings, err := workplan.ProgressOf(tx, by, l.Year)
	if err != nil {
		return nil, err
	}
	names, err := org.Names(tx, calendar.OfInstant(tx.Clock()))
	p := &workplanLinePage{workplanLine: workplanLineOf(l, names, standings[l.ID]), MayKeep: by.Can(access.KeepWorkplan, l.Body) && l.EndedAt == 0, Typed: typedIn(r, form), Failed: form, Origin: l.Source()}
	p.MayGive = p.MayKeep && l.Lead != "" && l.Product != ""
	if by.Can(access.ReadLineage, by.Body) {
		p.Lineage = lineageURL(l.Node())
	}
	return p, err
}

func (s *site) workplanLineAct(tx *db.Tx, by access.Actor, r *http.Request, form string, act func(id db.ID) error) (Reply, error) {
	id := db.ID(r.PathValue("line"))
	err := act(id)
	if err == nil {
		return Reply{To: address("workplan_line", id)}, nil
	}
	return withPage(underForm(form, err), func() (Reply, error) {
		p, err := workplanLinePageOf(tx, by, r, form)
		return Reply{Page: "workplan/line", Data: p}, err
	})
}

func (s *site) giveWorkplanLine(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return s.workplanLineAct(tx, by, r, "giao", func(id db.ID) error {
		var wrong fault.List
		due := readDay(&wrong, r, "due", "")
		if err := wrong.Err(); err != nil {
			return err
		}
		_, err := workplan.Give(tx, by, id, due)
		return err
	})
}

func (s *site) sayWorkplanLine(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return s.workplanLineAct(tx, by, r, "tinh-trang", func(id db.ID) error {
		return workplan.Say(tx, by, id, r.PostFormValue("said"), r.PostFormValue("proof"))
	})
}

func (s *site) endWorkplanLine(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return s.workplanLineAct(tx, by, r, "bo", func(id db.ID) error { return workplan.End(tx, by, id, r.PostFormValue("reason")) })
}
