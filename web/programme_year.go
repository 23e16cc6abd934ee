package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/org"
	"giaoban/programme"
)

// programmeYearPage is a programme in one year: its plan, what reports say of it, and both ways.
type programmeYearPage struct {
	programme.Programme
	Year     int
	Years    []int
	Planned  []plannedLine
	Speaking []speakingLine
	More     bool
	Both     []bothLine
	Papers   []programmePaper
	Tasks    int  // that the release of the plan makes
	Open     bool // the plan may still be changed
	Failed   bool
}

type plannedLine struct {
	programme.Planned
	LeadName string
	State    badge
	Lacks    string
	Becomes  bool
	On       string // as typed
	LeftOut  bool
	Reason   string
}

type speakingLine struct {
	programme.Speaking
	BodyName string
	Key      string
}

type bothLine struct {
	programme.Both
	Name string
}

func (s *site) programmeYear(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	p, err := programmeYearOf(tx, by, r)
	return Reply{Page: "programme/year", Data: p}, err
}

func programmeYearOf(tx *db.Tx, by access.Actor, r *http.Request) (*programmeYearPage, error) {
	one, err := programme.Find(tx, by, db.ID(r.PathValue("programme")))
	if err != nil {
		return nil, err
	}
	if err := by.May(access.KeepProgramme, one.Body); err != nil {
		return nil, err
	}
	year, err := strconv.Atoi(r.PathValue("year"))
	today := calendar.OfInstant(tx.Clock())
	if err != nil || year < one.From.Year() || !one.To.IsZero() && year > one.To.Year() || year > today.Year()+1 {
		return nil, fault.Missing("Năm này không thuộc thời hạn của chương trình, hoặc còn xa.")
	}
	p := &programmeYearPage{Programme: one, Year: year, Years: one.Years(today)}
	names, err := org.Names(tx, today)
	if err != nil {
		return nil, err
	}
	planned, err := programme.Plan(tx, by, one.ID, year)
	if err != nil {
		return nil, err
	}
	table, err := programme.ProgressOf(tx, by, one.ID)
	if err != nil {
		return nil, err
	}
	for _, l := range planned {
		row := plannedLine{Planned: l, LeadName: names[l.Lead].ShortName, State: markBadge(table.At(l.ID, year)), On: dayTyped(l.On), LeftOut: l.LeftOut, Reason: l.Reason}
		if row.Becomes, row.Lacks = l.BecomesTask(); row.Becomes {
			p.Tasks++
		}
		if r.Method == http.MethodPost && r.PostForm.Has("on-"+string(l.ID)) {
			row.On, row.Reason, row.LeftOut = r.PostFormValue("on-"+string(l.ID)), r.PostFormValue("reason-"+string(l.ID)), slices.Contains(r.PostForm["left[]"], string(l.ID))
			p.Failed = true
		}
		p.Planned = append(p.Planned, row)
	}
	found, more, err := programme.Propose(tx, by, one.ID, year)
	if err != nil {
		return nil, err
	}
	p.More = more
	for _, f := range found {
		p.Speaking = append(p.Speaking, speakingLine{f, names[f.Body].ShortName, strings.Join([]string{string(f.Submission), f.Place, string(f.Line)}, "|")})
	}
	both, err := programme.BothWays(tx, by, one.ID, calendar.On(year, 1, 1), calendar.On(year, 12, 31))
	if err != nil {
		return nil, err
	}
	for _, b := range both {
		p.Both = append(p.Both, bothLine{b, names[b.Body].Name})
	}
	papers, err := programmePapers(tx, by, one, []int{year})
	for _, one := range papers {
		if one.Role.Yearly() {
			p.Papers = append(p.Papers, one)
			p.Open = p.Open || one.Role == programme.RolePlan && one.Paper.SignedAt == 0
		}
	}
	return p, err
}

// yearAct answers a change on the page of a year.
func (s *site) yearAct(tx *db.Tx, by access.Actor, r *http.Request, act func(id db.ID, year int) error) (Reply, error) {
	year, err := strconv.Atoi(r.PathValue("year"))
	if err != nil {
		return Reply{}, fault.Missing("Không có năm này.")
	}
	id := db.ID(r.PathValue("programme"))
	if err = act(id, year); err == nil {
		return Reply{To: address("programme", id) + "/nam/" + strconv.Itoa(year)}, nil
	}
	return withPage(err, func() (Reply, error) { return s.programmeYear(tx, by, r) })
}

func (s *site) planProgrammeYear(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return s.yearAct(tx, by, r, func(id db.ID, year int) error {
		var wrong fault.List
		var all []programme.PlanLine
		for field := range r.PostForm {
			line, ok := strings.CutPrefix(field, "on-")
			if !ok {
				continue
			}
			one := programme.PlanLine{Line: db.ID(line), On: readDay(&wrong, r, field, ""), LeftOut: slices.Contains(r.PostForm["left[]"], line),
				Reason: strings.TrimSpace(r.PostFormValue("reason-" + line))}
			if !one.On.IsZero() || one.LeftOut || one.Reason != "" {
				all = append(all, one)
			}
		}
		slices.SortFunc(all, func(a, b programme.PlanLine) int { return strings.Compare(string(a.Line), string(b.Line)) })
		if err := wrong.Err(); err != nil {
			return err
		}
		return programme.SetPlan(tx, by, id, year, all)
	})
}

func (s *site) decideSpeaking(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return s.yearAct(tx, by, r, func(id db.ID, year int) error {
		proposed, _, err := programme.Propose(tx, by, id, year)
		if err != nil {
			return err
		}
		var all []programme.Decision
		for _, key := range r.PostForm["seen[]"] {
			parts := strings.Split(key, "|")
			if len(parts) != 3 {
				return fault.Invalid("", "Một đoạn gửi lên không đọc được; xin mở lại trang.")
			}
			d := programme.Decision{Submission: db.ID(parts[0]), Place: parts[1], Line: db.ID(parts[2]), Speaks: slices.Contains(r.PostForm["speaks[]"], key)}
			for _, p := range proposed {
				if p.Submission == d.Submission && p.Place == d.Place {
					d.Why = p.Why
				}
			}
			all = append(all, d)
		}
		_, err = programme.Decide(tx, by, id, all)
		return err
	})
}
