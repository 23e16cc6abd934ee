package workplan

import (
	"fmt"
	"slices"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/conference"
	"giaoban/directive"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/journal"
	"giaoban/programme"
	"giaoban/report"
	"giaoban/review"
	"giaoban/task"
)

// Offered are the lines that may be drawn into a year's plan from what stands elsewhere and is not in it yet.
func Offered(tx *db.Tx, by access.Actor, year int) ([]Line, error) {
	if err := keeping(by, year); err != nil {
		return nil, err
	}
	var all []Line
	for _, part := range []func(*db.Tx, access.Actor, int) ([]Line, error){reviews, programmes, regimes, conferences} {
		some, err := part(tx, by, year)
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	there, err := Lines(tx, by, year)
	if err != nil {
		return nil, err
	}
	in := make(map[string]bool, len(there))
	for _, l := range there {
		in[l.Source().Key()] = true
	}
	return slices.DeleteFunc(all, func(l Line) bool { return in[l.Source().Key()] }), nil
}

func reviews(tx *db.Tx, by access.Actor, year int) (lines []Line, err error) {
	all, err := review.DueIn(tx, by, year)
	for _, r := range all {
		if s := r.State(); s == review.Removed || s == review.Stopped || s == review.Past {
			continue
		}
		l := Line{Words: r.Label(), Product: "Báo cáo " + string(r.Kind), Lead: r.Holder, Months: MonthsOf(int(r.SubmitBy.Month())), Due: r.SubmitBy, Guides: true, SourceKind: "review", SourceID: r.ID}
		if r.SubmitBy.Year() != year {
			l.Months, l.Due = MonthsOf(int(r.Due.Month())), r.Due
		}
		if codes := r.Sectors.Codes(); len(codes) == 1 {
			l.Sector = codes[0]
		}
		for _, c := range r.Cooperating {
			l.With = append(l.With, c.Body)
		}
		lines = append(lines, l)
	}
	return lines, err
}

func programmes(tx *db.Tx, by access.Actor, year int) (lines []Line, err error) {
	all, _, err := programme.List(tx, by)
	if err != nil {
		return nil, err
	}
	ids := make([]db.ID, len(all))
	for i, p := range all {
		ids[i] = p.ID
	}
	parties, err := programme.PartiesAmong(tx, by, ids)
	if err != nil {
		return nil, err
	}
	var planned []programme.Planned
	partners := make(map[db.ID][]db.ID) // by programme, beside the commission
	for _, p := range all {
		if p.From.Year() > year || !p.To.IsZero() && p.To.Year() < year || p.StateOn(calendar.OfInstant(tx.Clock())) != programme.InForce {
			continue
		}
		some, err := programme.Plan(tx, by, p.ID, year)
		if err != nil {
			return nil, err
		}
		planned = append(planned, slices.DeleteFunc(some, func(one programme.Planned) bool { return one.LeftOut || one.EndedAt != 0 })...)
		for _, party := range parties[p.ID][1:] {
			partners[p.ID] = append(partners[p.ID], party.Body)
		}
	}
	families, err := families(tx, by, planned)
	if err != nil {
		return nil, err
	}
	for _, one := range planned {
		family := families[one.Line.ID]
		if family[0].ID != one.Line.ID {
			continue // a ceremony's common line is one line of the plan
		}
		l := Line{Sector: one.Sector, Words: one.Words, Product: one.Product, Lead: one.Line.Lead, With: one.Line.With, Due: one.On, Guides: true,
			SourceKind: "programme_line", SourceID: one.Line.ID, Months: monthsOf(one.Frequency)}
		for _, brother := range family {
			for _, body := range partners[brother.Programme] {
				if len(family) > 1 && body != l.Lead && !slices.Contains(l.With, body) {
					l.With = append(l.With, body)
				}
			}
		}
		if !one.On.IsZero() {
			l.Months = MonthsOf(int(one.On.Month()))
		}
		lines = append(lines, l)
	}
	return lines, nil
}

func families(tx *db.Tx, by access.Actor, planned []programme.Planned) (map[db.ID][]programme.Line, error) {
	var lines []programme.Line
	for _, one := range planned {
		lines = append(lines, one.Line)
	}
	return programme.Brothers(tx, by, lines)
}

// monthsOf are the months in which what is done so often falls due; none where no month follows.
func monthsOf(f programme.Frequency) Months {
	switch f {
	case programme.Quarterly:
		return MonthsOf(3, 6, 9, 12)
	case programme.HalfYearly:
		return MonthsOf(6, 12)
	}
	return ""
}

// regimes give one line each, in the months in which their reports are due.
func regimes(tx *db.Tx, by access.Actor, year int) (lines []Line, err error) {
	all, err := report.Regimes(tx, by)
	if err != nil {
		return nil, err
	}
	for _, r := range all {
		if !r.Active() {
			continue
		}
		var months []int
		openings, err := report.Openings(tx, by, r.ID)
		if err != nil {
			return nil, err
		}
		for _, o := range openings {
			if o.Due.Year() == year {
				months = append(months, int(o.Due.Month()))
			}
		}
		if parts, err := calendar.YearOf(calendar.On(year, 1, 1)).Parts(r.Kind); r.Kind != 0 && err == nil {
			for _, part := range parts {
				if _, to := r.Cutoff.Span(part); to.Year() == year {
					months = append(months, int(to.Month()))
				}
			}
		}
		lines = append(lines, Line{Words: r.Name, Product: "Báo cáo của các cơ quan, báo cáo tổng hợp của Ban", Months: MonthsOf(months...), Guides: true, SourceKind: "regime", SourceID: r.ID})
	}
	return lines, nil
}

func conferences(tx *db.Tx, by access.Actor, year int) (lines []Line, err error) {
	all, err := conference.List(tx, by)
	for _, c := range all {
		if c.HeldOn.IsZero() && c.PeriodEnd.Year() != year || !c.HeldOn.IsZero() && c.HeldOn.Year() != year || c.State.Gone() {
			continue
		}
		l := Line{Words: c.Name(), Product: "Thông báo kết luận", Due: c.HeldOn, SourceKind: "briefing", SourceID: c.ID, Months: MonthsOf(int(c.PeriodEnd.Month()))}
		if !c.HeldOn.IsZero() {
			l.Months = MonthsOf(int(c.HeldOn.Month()))
		} else if c.PeriodEnd.IsZero() {
			l.Months = ""
		}
		lines = append(lines, l)
	}
	return lines, err
}

// Draw takes offered lines into the plan, by the keys of their sources.
func Draw(tx *db.Tx, by access.Actor, year int, keys []string) (int, error) {
	offered, err := Offered(tx, by, year)
	if err != nil {
		return 0, err
	}
	lines := slices.DeleteFunc(offered, func(l Line) bool { return !slices.Contains(keys, l.Source().Key()) })
	if len(lines) == 0 {
		return 0, fault.Invalid("line", "Hãy chọn ít nhất một việc để đưa vào kế hoạch.")
	}
	if err := insert(tx, by, year, lines); err != nil {
		return 0, err
	}
	return len(lines), told(tx, by, "drawn", year, journal.Details{"lines": len(lines)})
}

// Standing is how far a line has come. Derived: its source or its tasks tell it; otherwise what a person said, or nothing.
type Standing struct {
	State   State
	Derived bool
	Words   string // what it follows from: "2/3 nhiệm vụ xong", "đã họp ngày 01/4/2022"
}

// State is one of three words; no share of anything is kept.
type State string

// The states.
const (
	NotBegun State = "none"
	Going    State = "going"
	Done     State = "done"
)

// Name is the office's word.
func (s State) Name() string {
	return map[State]string{NotBegun: "chưa làm", Going: "đang làm", Done: "đã làm"}[s]
}

// ProgressOf derives how far each line of a year has come.
func ProgressOf(tx *db.Tx, by access.Actor, year int) (map[db.ID]Standing, error) {
	lines, err := Lines(tx, by, year)
	if err != nil {
		return nil, err
	}
	all := make(map[db.ID]Standing, len(lines))
	tasks, err := tasksOf(tx, year)
	if err != nil {
		return nil, err
	}
	sources, err := standingsOf(tx, by, year, lines)
	if err != nil {
		return nil, err
	}
	for _, l := range lines {
		s := Standing{State: NotBegun}
		source, known := sources[l.Source().Key()]
		switch t := tasks[l.ID]; {
		case l.SourceKind != "" && known:
			s = source
		case t.all > 0:
			s = Standing{State: Going, Derived: true, Words: fmt.Sprintf("%d/%d nhiệm vụ xong", t.done, t.all)}
			if t.done == t.all {
				s.State = Done
			}
		case l.Said != "":
			s = Standing{State: State(l.Said), Words: l.SaidBy + " xác nhận: " + l.SaidProof}
		}
		all[l.ID] = s
	}
	return all, nil
}

type count struct{ all, done int }

// tasksOf counts the tasks born from the lines of a year.
func tasksOf(tx *db.Tx, year int) (map[db.ID]count, error) {
	var rows []struct {
		Line  db.ID      `db:"line"`
		State task.State `db:"state"`
	}
	err := tx.Select(&rows, `
select l.id as line, s.state
from workplan_line l
join task t on t.origin_kind = 'workplan_line' and t.origin_id = l.id
join task_side s on s.task = t.id and s.leads
where l.year = ? and s.state <> 'withdrawn'`, year)
	counts := make(map[db.ID]count)
	for _, r := range rows {
		c := counts[r.Line]
		c.all++
		if r.State == task.StateDone || r.State == task.StateClosed {
			c.done++
		}
		counts[r.Line] = c
	}
	return counts, err
}

// standingsOf asks the rooms of the sources, each once.
func standingsOf(tx *db.Tx, by access.Actor, year int, lines []Line) (map[string]Standing, error) {
	all := make(map[string]Standing)
	of := func(kind string) (ids []db.ID) {
		for _, l := range lines {
			if l.SourceKind == kind {
				ids = append(ids, l.SourceID)
			}
		}
		return ids
	}
	key := func(kind string, id db.ID) string { return kind + "/" + string(id) }
	if ids := of("review"); len(ids) > 0 {
		found, err := review.Among(tx, by, ids)
		if err != nil {
			return nil, err
		}
		for _, r := range found {
			s := Standing{State: NotBegun, Derived: true, Words: r.State().Name()}
			switch r.State() {
			case review.Done:
				s.State = Done
			case review.Confirmed:
				s.State = Going
			}
			all[key("review", r.ID)] = s
		}
	}
	if ids := of("programme_line"); len(ids) > 0 {
		found, err := programme.LinesAmong(tx, by, ids)
		if err != nil {
			return nil, err
		}
		families, err := programme.Brothers(tx, by, found)
		if err != nil {
			return nil, err
		}
		tables := make(map[db.ID]programme.Table)
		for id, family := range families {
			done, begun, tasks, finished := 0, 0, 0, 0
			for _, l := range family {
				if tables[l.Programme] == nil {
					if tables[l.Programme], err = programme.ProgressOf(tx, by, l.Programme); err != nil {
						return nil, err
					}
				}
				p := tables[l.Programme].At(l.ID, year)
				tasks, finished = tasks+p.Tasks, finished+p.Done
				switch p.State() {
				case programme.MarkDone:
					done, begun = done+1, begun+1
				case programme.MarkGoing:
					begun++
				}
			}
			s := Standing{State: NotBegun, Derived: true, Words: "theo chương trình phối hợp"}
			switch {
			case done == len(family):
				s.State = Done
			case begun > 0:
				s.State = Going
			}
			if len(family) > 1 {
				s.Words = fmt.Sprintf("%d/%d chương trình đã làm", done, len(family))
			} else if tasks > 0 {
				s.Words = fmt.Sprintf("%d/%d nhiệm vụ xong", finished, tasks)
			}
			all[key("programme_line", id)] = s
		}
	}
	for _, id := range of("regime") {
		openings, err := report.Openings(tx, by, id)
		if err != nil {
			return nil, err
		}
		today, opened, over := calendar.OfInstant(tx.Clock()), 0, 0
		for _, o := range openings {
			if o.Due.Year() != year {
				continue
			}
			opened++
			if o.Due.Before(today) {
				over++
			}
		}
		s := Standing{State: NotBegun, Derived: true, Words: fmt.Sprintf("%d kỳ đã mở trong năm, %d kỳ hết hạn gửi", opened, over)}
		if opened > 0 {
			s.State = Going
		}
		if today.Year() > year && opened > 0 && over == opened {
			s.State = Done
		}
		all[key("regime", id)] = s
	}
	if len(of("briefing")) > 0 {
		held, err := conference.List(tx, by)
		if err != nil {
			return nil, err
		}
		for _, c := range held {
			s := Standing{State: NotBegun, Derived: true, Words: fold.Uncapital(c.State.Name())}
			if c.State.Over() {
				s.State = Done
			} else if !c.HeldOn.IsZero() {
				s.Words += ", ngày " + c.HeldOn.Vietnamese()
			}
			all[key("briefing", c.ID)] = s
		}
	}
	return all, nil
}

// Sector is one of the field's, for the rows of a sheet; the whole field comes first.
type Sector = directive.Sector

// Sectors are the rows of a sheet.
func Sectors() []Sector {
	return append([]Sector{{Code: "", Name: sectorName("")}}, directive.AllSectors...)
}
