package web

import (
	"net/http"
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/directive"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/org"
)

// bodyStory is what a body answers for and how it came to it.
type bodyStory struct {
	Functions    []heldLine
	Sectors      []heldLine
	Now          []bodyLink // "nay là", when it has ended
	Unknown      bool       // it has ended and nobody has said who takes something of it over
	Successors   []successionLine
	Predecessors []successionLine
	Changes      []changeLine
	Ended        bool
	Never        bool     // founded by a change that was undone
	Authority    bodyLink // what a ministry became
	Catalogue    []option
}

// heldLine is a function, or a sector, with its time.
type heldLine struct {
	org.Held
	Name string
	Past bool
}

// successionLine is one part of a change as the page of one of its bodies tells it.
type successionLine struct {
	Day    calendar.Date
	Change db.ID
	Other  bodyLink // "" not settled
	What   string
}

// tell gathers the story of a body.
func (s *bodyStory) tell(tx *db.Tx, by access.Actor, b org.Body, today calendar.Date, chosen string) error {
	reader, err := readerOfChanges(tx, by)
	if err != nil {
		return err
	}
	held := func(all []org.Held, name func(string) string) (lines []heldLine) {
		for _, h := range all {
			lines = append(lines, heldLine{h, name(h.Function), !h.On(today) && h.ValidFrom.Before(today)})
		}
		slices.SortStableFunc(lines, func(a, b heldLine) int { // what holds now first
			if a.Past == b.Past {
				return 0
			}
			if a.Past {
				return 1
			}
			return -1
		})
		return lines
	}
	functions, err := org.FunctionsOf(tx, by, b.ID)
	if err != nil {
		return err
	}
	s.Functions = held(functions, reader.function)
	sectors, err := org.SectorsOf(tx, by, b.ID)
	if err != nil {
		return err
	}
	s.Sectors = held(sectors, directive.SectorName)
	line, err := org.LineOf(tx, today)
	if err != nil {
		return err
	}
	names, err := org.Names(tx, today)
	if err != nil {
		return err
	}
	s.Never = !b.ValidTo.IsZero() && b.ValidTo.Before(b.ValidFrom)
	s.Ended = !s.Never && !b.ValidTo.IsZero() && b.ValidTo.Before(today)
	parts := line.Successors(b.ID)
	if s.Ended {
		s.Now = heirs(parts, names)
	}
	for _, p := range parts {
		to, err := reader.called(p.To, today)
		if err != nil {
			return err
		}
		s.Unknown = s.Unknown || p.To == ""
		s.Successors = append(s.Successors, successionLine{p.Day, p.Change, to, reader.function(p.Function)})
	}
	for _, p := range line.Predecessors(b.ID) {
		from, err := reader.called(p.From, p.Day.AddDays(-1))
		if err != nil {
			return err
		}
		if p.From != "" {
			s.Predecessors = append(s.Predecessors, successionLine{p.Day, p.Change, from, reader.function(p.Function)})
		}
	}
	changes, err := org.ChangesOf(tx, by, b.ID)
	if err != nil {
		return err
	}
	for _, c := range changes {
		l, err := reader.line(c)
		if err != nil {
			return err
		}
		s.Changes = append(s.Changes, l)
	}
	if now, ok, err := org.NowOf(tx, by, b, today); err != nil {
		return err
	} else if ok {
		s.Authority = bodyLink{now.ID, now.Code, now.Name}
	}
	if !by.Can(access.EnterBodies, b.ID) {
		return nil
	}
	all, err := org.Functions(tx, by)
	s.Catalogue = []option{{"", "Chọn chức năng", chosen == ""}}
	for _, f := range all {
		s.Catalogue = append(s.Catalogue, option{f.Code, f.Name, f.Code == chosen})
	}
	return err
}

func (s *site) giveFunction(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	again, err := s.showBody(tx, by, r)
	if err != nil {
		return again, err
	}
	b := again.Data.(*bodyPage).Body
	if err := by.May(access.EnterBodies, b.ID); err != nil {
		return again, err
	}
	var wrong fault.List
	since := readDay(&wrong, r, "since", neededDay)
	if r.PostFormValue("function") == "" {
		wrong.Add("function", "Xin chọn chức năng trong danh mục.")
	}
	if err := wrong.Err(); err != nil {
		return again, err
	}
	if err := org.Give(tx, by, b.ID, r.PostFormValue("function"), since, r.PostFormValue("paper")); err != nil {
		return again, fieldOf("since", err)
	}
	return Reply{To: bodyURL(b.Code)}, nil
}

// answersPage is "Ai phụ trách việc…?" as of a day.
type answersPage struct {
	Query, Typed string
	Day          calendar.Date
	Meant        []answerLine
	Others       []org.Function // the whole catalogue, when nothing was asked or found
}

// answerLine is one function with who answered for it through time.
type answerLine struct {
	org.Function
	Bodies []bodyLink
	Line   []holderLine
}

type holderLine struct {
	org.Held
	Body bodyLink
	Here bool // it holds on the day asked for
}

func (s *site) whoAnswers(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	p := answersPage{Query: strings.TrimSpace(r.FormValue("tim")), Typed: r.FormValue("ngay"), Day: calendar.OfInstant(tx.Clock())}
	var wrong error
	if p.Typed != "" {
		if day, err := calendar.ReadDate(p.Typed); err != nil {
			wrong = fieldOf("ngay", err)
		} else {
			p.Day = day
		}
	}
	if err := by.May(access.ReadBodies, by.Body); err != nil {
		return Reply{}, err
	}
	reader, err := readerOfChanges(tx, by)
	if err != nil {
		return Reply{}, err
	}
	meant, err := org.FunctionsMeant(tx, by, p.Query)
	if err != nil {
		return Reply{}, err
	}
	for _, f := range meant {
		line := answerLine{Function: f}
		bodies, err := org.Answers(tx, by, f.Code, p.Day)
		if err != nil {
			return Reply{}, err
		}
		for _, b := range bodies {
			line.Bodies = append(line.Bodies, bodyLink{b.ID, b.Code, b.Name})
		}
		holders, err := org.HoldersOf(tx, by, f.Code)
		if err != nil {
			return Reply{}, err
		}
		for _, h := range holders {
			b, err := reader.called(h.Body, h.ValidFrom)
			if err != nil {
				return Reply{}, err
			}
			line.Line = append(line.Line, holderLine{h, b, h.On(p.Day)})
		}
		p.Meant = append(p.Meant, line)
	}
	if len(p.Meant) == 0 {
		if p.Others, err = org.Functions(tx, by); err != nil {
			return Reply{}, err
		}
	}
	return Reply{Page: "org/answers", Data: &p}, wrong
}
