package web

import (
	"net/http"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/charge"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/org"
)

var chargeRoom = room{
	menu: entry{group: officeGroup, name: "Người theo dõi", url: "/nguoi-theo-doi", needs: needsBodies, key: "g e"},
	pages: []route{
		handing("/bao-cao/{obligation}/giao-nguoi", charge.Obligation, "obligation", (*site).showObligation),
		handing("/nhiem-vu/{id}/giao-nguoi", charge.Task, "task", (*site).showTask),
		handing("/so-ket-tong-ket/{review}/giao-nguoi", charge.Review, "review-held", (*site).showReview),
		see("/nguoi-theo-doi", (*site).listFollowings, access.AssignFollowers).titled("Người theo dõi"),
		act("/nguoi-theo-doi", (*site).follow, access.AssignFollowers).titled("Người theo dõi").
			says("Đã phân công; việc của cơ quan này lên phần “Của tôi” trên bàn làm việc của người theo dõi.", "Bàn làm việc", "/ban-lam-viec"),
		see("/nguoi-theo-doi/{following}/thoi", (*site).confirmEndFollowing, access.AssignFollowers).of("following").titled("Thôi theo dõi"),
		act("/nguoi-theo-doi/{following}/thoi", (*site).endFollowing, access.AssignFollowers).of("following").
			says("Đã ghi ngày thôi theo dõi; việc của cơ quan này lại là việc chung.", "Mọi người theo dõi", "/nguoi-theo-doi"),
	},
}

// handing declares the act by which a body hands a record of one kind to one of its own people. page is the record's own,
// which comes back when the act is refused, and held the object that its authority is asked of.
func handing(path string, kind charge.Kind, held string, page page) route {
	hand := func(s *site, tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
		id := recordIn(r)
		err := charge.Hand(tx, by, kind, id, db.ID(r.PostFormValue("person")))
		if err == nil {
			return Reply{To: address(string(kind), id)}, nil
		}
		if f := fault.Of(err); f == nil || f.Kind == fault.KindMissing || f.Kind == fault.KindForbidden {
			return Reply{}, err
		}
		again, lost := page(s, tx, by, r)
		if lost != nil {
			return Reply{}, lost
		}
		return again, err
	}
	return act(path, hand, access.HandToPerson).of(held).byPerson(kind).
		says("Đã ghi người làm. Việc này lên phần “Của tôi” trên bàn làm việc của người đó; khi thôi chức vụ thì lại là việc chung.", "Bàn làm việc", "/ban-lam-viec")
}

// byPerson puts on a record's page whose it is, and the form that hands it to one of its body's people.
func (r route) byPerson(kind charge.Kind) route { r.hands = kind; return r }

// recordIn is the one record that an address names.
func recordIn(r *http.Request) db.ID {
	for _, wildcard := range []string{"obligation", "id", "review"} {
		if id := r.PathValue(wildcard); id != "" {
			return db.ID(id)
		}
	}
	return ""
}

// handBox is what a page says of whose a record is, for the people of the body that answers for it.
type handBox struct {
	To     string // where the form goes; "" when nothing can be handed any more
	Now    charge.Given
	Staff  []option
	Story  []charge.Given
	Nobody bool // one of all could be chosen: it is somebody's today
}

// handOf makes the box of a page; nil where it has none.
func handOf(tx *db.Tx, at route, by access.Actor, r *http.Request) (*handBox, error) {
	if at.hands == "" || by.Body == "" || !by.Can(access.HandToPerson, by.Body) {
		return nil, nil
	}
	w, err := charge.Find(tx, by, at.hands, recordIn(r))
	if fault.Is(err, fault.KindMissing) || err == nil && !by.Can(access.HandToPerson, w.Body) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	box := &handBox{}
	if box.Story, err = charge.Story(tx, by, w); err != nil || !w.Open && len(box.Story) == 0 {
		return nil, err
	}
	if box.Now, err = charge.Whose(tx, by, w); err != nil || !w.Open {
		return box, err
	}
	staff, err := charge.Candidates(tx, by, w, calendar.OfInstant(tx.Clock()))
	box.To, box.Nobody = address(string(at.hands), w.ID)+"/giao-nguoi", box.Now.Person != ""
	for _, one := range staff {
		if one.Person != box.Now.Person {
			box.Staff = append(box.Staff, option{string(one.Person), one.Name + ", " + one.Title, string(one.Person) == r.FormValue("person")})
		}
	}
	return box, err
}

// Hand is whose the record of this page is; nil where that is no question.
func (v *view) Hand() *handBox { return v.hand }

// followingsPage lists who of the commission follows which body, with the form that adds one.
type followingsPage struct {
	Lines   []followingLine
	Past    []followingLine
	Bodies  []option
	Sectors []option
	Staff   []option
	From    string
}

type followingLine struct {
	charge.Following
	BodyName, SectorName string
	Badge                badge
}

func (s *site) listFollowings(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	all, err := charge.Followings(tx, by)
	if err != nil {
		return Reply{}, err
	}
	today := calendar.OfInstant(tx.Clock())
	names, err := org.Names(tx, today)
	if err != nil {
		return Reply{}, err
	}
	p := followingsPage{From: r.FormValue("from")}
	if p.From == "" {
		p.From = today.Vietnamese()
	}
	for _, f := range all {
		line := followingLine{f, names[f.Body].ShortName, charge.SectorName(f.Sector), followingBadge(f, today)}
		if f.ValidTo.IsZero() || !f.ValidTo.Before(today) {
			p.Lines = append(p.Lines, line)
		} else {
			p.Past = append(p.Past, line)
		}
	}
	staff, err := charge.Followers(tx, by, today)
	p.Staff = []option{{"", "Chọn người của Ban", r.FormValue("person") == ""}}
	for _, one := range staff {
		p.Staff = append(p.Staff, option{string(one.Person), one.Name + ", " + one.Title, string(one.Person) == r.FormValue("person")})
	}
	chosen := db.ID(r.FormValue("body"))
	p.Bodies = append([]option{{"", "Chọn cơ quan", chosen == ""}}, bodyOptions(names, today, chosen)...)
	p.Sectors = []option{{"", "Mọi việc của cơ quan", r.FormValue("sector") == ""}}
	for _, sector := range org.AllSectors {
		p.Sectors = append(p.Sectors, option{sector.Code, sector.Name, sector.Code == r.FormValue("sector")})
	}
	return Reply{Page: "charge/list", Data: &p}, err
}

func followingBadge(f charge.Following, today calendar.Date) badge {
	switch {
	case f.Left:
		return badge{"late", "Đã thôi chức vụ ở Ban: việc là việc chung"}
	case f.ValidFrom.After(today):
		return badge{"waiting", "Chưa đến ngày"}
	}
	return badge{"on-time", "Đang theo dõi"}
}

func (s *site) follow(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	again, err := s.listFollowings(tx, by, r)
	if err != nil {
		return again, err
	}
	var wrong fault.List
	from := readDay(&wrong, r, "from", neededDay)
	if err := wrong.Err(); err != nil {
		return again, err
	}
	_, err = charge.Follow(tx, by, charge.NewFollowing{Person: db.ID(r.FormValue("person")), Body: db.ID(r.FormValue("body")),
		Sector: r.FormValue("sector"), From: from})
	if err != nil {
		return again, err
	}
	return Reply{To: "/nguoi-theo-doi"}, nil
}

// endFollowingPage asks for the last day.
type endFollowingPage struct {
	charge.Following
	BodyName, SectorName, Last string
}

func (s *site) confirmEndFollowing(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	f, err := charge.FindFollowing(tx, by, db.ID(r.PathValue("following")))
	if err != nil {
		return Reply{}, err
	}
	today := calendar.OfInstant(tx.Clock())
	b, err := org.Find(tx, by, f.Body, today)
	p := endFollowingPage{f, b.ShortName, charge.SectorName(f.Sector), r.FormValue("to")}
	if p.Last == "" {
		p.Last = today.Vietnamese()
	}
	return Reply{Page: "charge/end", Data: &p}, err
}

func (s *site) endFollowing(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	again, err := s.confirmEndFollowing(tx, by, r)
	if err != nil {
		return again, err
	}
	var wrong fault.List
	last := readDay(&wrong, r, "to", neededDay)
	if err := wrong.Err(); err != nil {
		return again, err
	}
	if err := charge.EndFollowing(tx, by, db.ID(r.PathValue("following")), last); err != nil {
		return again, err
	}
	return Reply{To: "/nguoi-theo-doi"}, nil
}
