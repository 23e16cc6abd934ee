package web

import (
	"net/http"
	"strconv"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/conference"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/org"
	"giaoban/paper"
	"giaoban/programme"
	"giaoban/task"
)

// programmeLinePage is one line: what it says, what shows how far it is, year by year, and what may be done.
type programmeLinePage struct {
	programme.Line
	Of         programme.Programme
	LeadName   string
	With       []string
	Years      []lineYear
	Lineage    string
	MayKeep    bool
	MayGive    bool
	Open       []option // years in which nothing derives
	Marks      []option
	Tasks      []task.Task
	Papers     []paper.Paper
	MorePapers bool
	Held       []conference.Line
	Typed      map[string]string
	Failed     string
}

type lineYear struct {
	Year int
	programme.Progress
	State    badge
	Evidence []programme.Evidence
}

// Count says what the state derives from, in words.
func (y lineYear) Count() string {
	if y.Tasks > 0 {
		return strconv.Itoa(y.Done) + "/" + strconv.Itoa(y.Tasks) + " nhiệm vụ xong"
	}
	return ""
}

func (s *site) showProgrammeLine(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	p, err := programmeLineOf(tx, by, r, "")
	return Reply{Page: "programme/line", Data: p}, err
}

func programmeLineOf(tx *db.Tx, by access.Actor, r *http.Request, form string) (*programmeLinePage, error) {
	l, of, err := programme.FindLine(tx, by, db.ID(r.PathValue("line")))
	if err != nil {
		return nil, err
	}
	today := calendar.OfInstant(tx.Clock())
	names, err := org.Names(tx, of.From)
	if err != nil {
		return nil, err
	}
	table, err := programme.ProgressOf(tx, by, of.ID)
	if err != nil {
		return nil, err
	}
	all, err := programme.EvidenceOf(tx, by, of.ID)
	if err != nil {
		return nil, err
	}
	p := &programmeLinePage{Line: l, Of: of, LeadName: names[l.Lead].Name, MayKeep: by.Can(access.KeepProgramme, of.Body) && l.EndedAt == 0, Typed: typedIn(r, form), Failed: form}
	p.MayGive = p.MayKeep && l.Lead != "" && l.Product != ""
	for _, body := range l.With {
		p.With = append(p.With, names[body].Name)
	}
	for _, year := range of.Years(today) {
		y := lineYear{Year: year, Progress: table.At(l.ID, year), State: markBadge(table.At(l.ID, year))}
		for _, e := range all {
			if e.Line == l.ID && e.Year() == year {
				y.Evidence = append(y.Evidence, e)
			}
		}
		if !y.Derives() {
			p.Open = append(p.Open, option{Value: strconv.Itoa(year), Text: strconv.Itoa(year), Selected: year == today.Year()})
		}
		p.Years = append(p.Years, y)
	}
	for _, m := range programme.Marks {
		p.Marks = append(p.Marks, option{Value: string(m), Text: m.Name()})
	}
	if by.Can(access.ReadLineage, by.Body) {
		p.Lineage = lineageURL(l.Node())
	}
	if !p.MayKeep {
		return p, nil
	}
	if p.Tasks, err = openTasks(tx, by, l.Lead); err != nil {
		return nil, err
	}
	var next db.ID
	if p.Papers, next, err = paper.List(tx, by, paper.Filter{State: paper.Released, Limit: mostTied}); err != nil {
		return nil, err
	}
	p.MorePapers = next != ""
	p.Held, err = conference.List(tx, by)
	return p, err
}

// mostTied is how many papers are offered to be tied, the latest.
const mostTied = 100

// lineAct runs one change of a line.
func (s *site) lineAct(tx *db.Tx, by access.Actor, r *http.Request, form string, act func(id db.ID) error) (Reply, error) {
	id := db.ID(r.PathValue("line"))
	err := act(id)
	if err == nil {
		return Reply{To: address("programme_line", id)}, nil
	}
	return withPage(underForm(form, err), func() (Reply, error) {
		p, err := programmeLineOf(tx, by, r, form)
		return Reply{Page: "programme/line", Data: p}, err
	})
}

func (s *site) giveLine(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return s.lineAct(tx, by, r, "giao", func(id db.ID) error {
		var wrong fault.List
		due := readDay(&wrong, r, "due", "")
		if err := wrong.Err(); err != nil {
			return err
		}
		_, err := programme.Give(tx, by, id, due)
		return err
	})
}

func (s *site) markLine(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return s.lineAct(tx, by, r, "tinh-trang", func(id db.ID) error {
		if err := by.May(access.KeepProgramme, by.Body); err != nil {
			return err
		}
		if err := refusedUpload(r); err != nil {
			return err
		}
		year, _ := strconv.Atoi(r.PostFormValue("year"))
		var file db.ID
		for _, u := range s.uploads(r, "file") {
			kept, err := storeUpload(tx, by, by.Body, u)
			if err != nil {
				return err
			}
			file = kept
		}
		return programme.SayOf(tx, by, id, year, programme.Mark(r.PostFormValue("mark")), r.PostFormValue("proof"), file)
	})
}

func (s *site) tieLine(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return s.lineAct(tx, by, r, "gan", func(id db.ID) error {
		kind, record := "", ""
		for _, k := range []string{"task", "paper", "briefing"} {
			if v := r.PostFormValue(k); v != "" {
				kind, record = k, v
			}
		}
		return programme.Tie(tx, by, id, kind, db.ID(record))
	})
}

func (s *site) untieLine(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return s.lineAct(tx, by, r, "go", func(db.ID) error { return programme.Untie(tx, by, db.ID(r.PostFormValue("evidence"))) })
}

func (s *site) endLine(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return s.lineAct(tx, by, r, "thoi", func(id db.ID) error { return programme.EndLine(tx, by, id, r.PostFormValue("reason")) })
}
