package web

import (
	"net/http"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/people"
)

var standInRoom = room{
	pages: []route{
		see("/nguoi-thay", (*site).listStandIns, access.StateAbsence).titled("Người thay khi vắng mặt").named("stand_in/list"),
		act("/nguoi-thay", (*site).standIn, access.StateAbsence).titled("Người thay khi vắng mặt").
			says("Đã ghi người thay; trong những ngày ấy việc giao riêng và phần xem xét dự thảo lên bàn làm việc của người thay.", "Bàn làm việc", "/ban-lam-viec"),
		act("/nguoi-thay/{stand_in}/thoi", (*site).endStandIn, access.StateAbsence).of("stand_in").titled("Người thay khi vắng mặt").
			says("Đã ghi ngày cuối vắng mặt; sau ngày ấy việc lại về người được giao.", "Bàn làm việc", "/ban-lam-viec"),
	},
}

// standInsPage lists who stands in for whom in one's house, with the form that says it.
type standInsPage struct {
	Lines    []standInLine
	Past     []people.StandIn
	Away     []option
	Deputies []option
	From, To string
	Others   bool // may say it of others
}

type standInLine struct {
	people.StandIn
	Badge  badge
	Ends   bool   // may say that it is over
	Coming bool   // not begun: it is taken back as a whole
	Last   string // typed
}

func (s *site) listStandIns(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	data, err := standInsOf(tx, by, r)
	return Reply{Page: "charge/standin", Data: data}, err
}

func standInsOf(tx *db.Tx, by access.Actor, r *http.Request) (*standInsPage, error) {
	all, err := people.StandIns(tx, by)
	if err != nil {
		return nil, err
	}
	today := calendar.OfInstant(tx.Clock())
	p := &standInsPage{From: r.PostFormValue("from"), To: r.PostFormValue("to"), Others: people.Leads(by)}
	for _, one := range all {
		if one.ValidTo.Before(today) {
			p.Past = append(p.Past, one)
			continue
		}
		line := standInLine{StandIn: one, Badge: badge{"on-time", "Đang thay"}, Ends: p.Others || one.Person == by.Person, Last: today.Vietnamese()}
		if one.ValidFrom.After(today) {
			line.Coming, line.Badge, line.Last = true, badge{"waiting", "Chưa đến ngày"}, one.ValidFrom.AddDays(-1).Vietnamese()
		}
		if string(one.ID) == r.PathValue("stand_in") {
			line.Last, p.To = r.PostFormValue("last"), ""
		}
		p.Lines = append(p.Lines, line)
	}
	staff, err := people.House(tx, by, today)
	person := r.PostFormValue("person")
	if person == "" {
		person = string(by.Person)
	}
	p.Deputies = []option{{"", "Chọn người thay", r.PostFormValue("deputy") == ""}}
	for _, one := range staff {
		name := one.Name + ", " + one.Title
		if p.Others || one.Person == by.Person {
			p.Away = append(p.Away, option{string(one.Person), name, string(one.Person) == person})
		}
		p.Deputies = append(p.Deputies, option{string(one.Person), name, string(one.Person) == r.PostFormValue("deputy")})
	}
	return p, err
}

func (s *site) standIn(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	again, err := s.listStandIns(tx, by, r)
	if err != nil {
		return again, err
	}
	var wrong fault.List
	n := people.NewStandIn{Person: db.ID(r.PostFormValue("person")), Deputy: db.ID(r.PostFormValue("deputy")),
		From: readDay(&wrong, r, "from", neededDay), To: readDay(&wrong, r, "to", neededDay)}
	if err := wrong.Err(); err != nil {
		return again, err
	}
	if _, err := people.StandInFor(tx, by, n); err != nil {
		return again, err
	}
	return Reply{To: "/nguoi-thay"}, nil
}

func (s *site) endStandIn(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	id := db.ID(r.PathValue("stand_in"))
	if _, err := people.FindStandIn(tx, by, id); err != nil {
		return Reply{}, err
	}
	again, err := s.listStandIns(tx, by, r)
	if err != nil {
		return again, err
	}
	var wrong fault.List
	last := readDay(&wrong, r, "last", neededDay)
	err = wrong.Err()
	if err == nil {
		err = people.EndStandIn(tx, by, id, last)
	}
	if f := fault.Of(err); f != nil {
		for i := range f.Problems {
			f.Problems[i].Field = "last-" + string(id)
		}
	}
	if err != nil {
		return again, err
	}
	return Reply{To: "/nguoi-thay"}, nil
}

// MayStandIn reports whether the person has a house in which somebody may stand in.
func (v *view) MayStandIn() bool { return v.Can(access.StateAbsence, v.Actor.Body) }
