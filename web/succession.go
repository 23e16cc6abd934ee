package web

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/org"
	"giaoban/succession"
)

var successionRoom = room{
	menu: orgRoom.menu, // what a change of bodies leaves open
	pages: []route{
		see("/sap-xep/{change}/ban-giao", (*site).showHandover, access.AcceptSuccession).of("handover").named("change/handover"),
		act("/sap-xep/{change}/ban-giao", (*site).proposeHandover, access.AcceptSuccession, access.ManageBodies).of("handover").
			says("Đã lập danh sách những việc cần bàn giao.", "Về việc sắp xếp", "/sap-xep/{change}"),
		act("/sap-xep/{change}/ban-giao/nhan", (*site).acceptItems, access.AcceptSuccession).of("handover").
			says("Đã giao việc này cho cơ quan tiếp nhận.", "Về việc sắp xếp", "/sap-xep/{change}"),
		act("/sap-xep/{change}/ban-giao/nhan-het", (*site).acceptAllItems, access.AcceptSuccession).of("handover").
			says("Đã giao mọi việc đã rõ cơ quan tiếp nhận.", "Về việc sắp xếp", "/sap-xep/{change}"),
		act("/sap-xep/{change}/ban-giao/hoan-tac", (*site).undoAllItems, access.AcceptSuccession).of("handover").
			says("Đã hoàn tác cả lần bàn giao.", "Về việc sắp xếp", "/sap-xep/{change}"),
		act("/ban-giao/{item}/chon", (*site).chooseSuccessor, access.AcceptSuccession).of("handover").
			says("Đã chọn cơ quan tiếp nhận.", "Mọi việc sắp xếp", "/sap-xep"),
		act("/ban-giao/{item}/khong", (*site).declineItem, access.AcceptSuccession).of("handover").
			says("Đã ghi việc này không bàn giao; lý do đã ghi vào nhật ký.", "Mọi việc sắp xếp", "/sap-xep"),
		act("/ban-giao/{item}/hoan-tac", (*site).undoItem, access.AcceptSuccession).of("handover").
			says("Đã hoàn tác; việc này lại chờ bàn giao.", "Mọi việc sắp xếp", "/sap-xep"),
	},
}

// handoverPage is what a change left open: to whom each thing is proposed, and what was decided.
type handoverPage struct {
	Change   org.Change
	Givers   []string // as they were called the day before
	Groups   []handoverGroup
	Flagged  []handoverLine // a person has to choose
	Declined []handoverLine
	Open     int // proposed and not decided
	Accepted int
	Decided  int    // accepted or declined
	Fresh    int    // open by now and not in the list yet
	Due      bool   // the day has come
	Failed   string // which form was refused
	Typed    map[string]string
}

// handoverGroup is what goes to one body.
type handoverGroup struct {
	ID    db.ID
	Name  string // as it is called on the day of the change
	Items []handoverLine
	Open  []db.ID
}

type handoverLine struct {
	succession.Item
	Before, After string
	Choices       []option
}

func (s *site) showHandover(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	p, err := handoverOf(tx, by, db.ID(r.PathValue("change")))
	return Reply{Page: "succession/handover", Data: p}, err
}

func handoverOf(tx *db.Tx, by access.Actor, change db.ID) (*handoverPage, error) {
	p := &handoverPage{Typed: make(map[string]string)}
	items, err := succession.Items(tx, by, change)
	if err != nil {
		return nil, err
	}
	if p.Change, err = org.FindChange(tx, by, change); err != nil {
		return nil, err
	}
	p.Due = !calendar.OfInstant(tx.Clock()).Before(p.Change.Day)
	if !p.Change.Undone() {
		fresh, err := succession.Preview(tx, by, change)
		if err != nil {
			return nil, err
		}
		p.Fresh = len(fresh)
	}
	called, err := succession.AllNames(tx)
	if err != nil {
		return nil, err
	}
	before := p.Change.Day.AddDays(-1)
	for _, part := range p.Change.Parts {
		if name := called.On(part.From, before).ShortName; part.From != "" && !part.Stays() && !slices.Contains(p.Givers, name) {
			p.Givers = append(p.Givers, name)
		}
	}
	for _, i := range items {
		line := handoverLine{Item: i, Before: called.On(i.From, before).ShortName}
		to := cmp.Or(i.Holder, i.To)
		if to != "" {
			line.After = called.On(to, p.Change.Day).ShortName
		}
		for _, c := range i.CandidateList() {
			line.Choices = append(line.Choices, option{string(c), called.On(c, p.Change.Day).ShortName, c == i.To})
		}
		p.place(line, to)
	}
	slices.SortStableFunc(p.Groups, func(a, b handoverGroup) int {
		return called.On(a.ID, p.Change.Day).Sort - called.On(b.ID, p.Change.Day).Sort
	})
	return p, nil
}

// place puts a line where it is looked for: with its successor, among what a person must decide, or among what stays.
func (p *handoverPage) place(line handoverLine, to db.ID) {
	switch line.State() {
	case succession.Accepted:
		p.Accepted++
		p.Decided++
	case succession.Declined:
		p.Decided++
		p.Declined = append(p.Declined, line)
		return
	case succession.Open:
		p.Open++
		if line.Flagged() {
			p.Flagged = append(p.Flagged, line)
			return
		}
	}
	if to == "" {
		p.Flagged = append(p.Flagged, line)
		return
	}
	at := slices.IndexFunc(p.Groups, func(g handoverGroup) bool { return g.ID == to })
	if at < 0 {
		at = len(p.Groups)
		p.Groups = append(p.Groups, handoverGroup{ID: to, Name: line.After})
	}
	g := &p.Groups[at]
	g.Items = append(g.Items, line)
	if line.State() == succession.Open {
		g.Open = append(g.Open, line.ID)
	}
}

// MayAccept reports whether anything may be handed over now.
func (p *handoverPage) MayAccept() bool { return p.Due && !p.Change.Undone() }

// Address is the page of the record that was open.
func (l handoverLine) Address() string { return address(string(l.Kind), l.Item.Item) }

// Proposed counts what waits with one proposed successor.
func (p *handoverPage) Proposed() int {
	n := 0
	for _, g := range p.Groups {
		n += len(g.Open)
	}
	return n
}

func handoverURL(change db.ID) string { return "/sap-xep/" + string(change) + "/ban-giao" }

// handoverDo runs one act on a change's list; what is refused comes back on the page, at the field of its form.
func handoverDo(tx *db.Tx, by access.Actor, r *http.Request, change db.ID, form string, act func() error) (Reply, error) {
	err := act()
	if err == nil {
		if !by.Can(access.AcceptSuccession, by.Body) { // whoever announces a change makes the list and does not read it
			return Reply{To: "/sap-xep/" + string(change)}, nil
		}
		return Reply{To: handoverURL(change)}, nil
	}
	if f := fault.Of(err); f == nil || f.Kind == fault.KindMissing || f.Kind == fault.KindForbidden {
		return Reply{}, err
	}
	p, again := handoverOf(tx, by, change)
	if again != nil {
		return Reply{}, again
	}
	p.Failed = form
	for _, field := range []string{"to", "reason"} {
		p.Typed[form+"-"+field] = r.PostFormValue(field)
	}
	return Reply{Page: "succession/handover", Data: p}, underForm(form, err)
}

func (s *site) proposeHandover(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	change := db.ID(r.PathValue("change"))
	return handoverDo(tx, by, r, change, "lap", func() error {
		_, err := succession.Propose(tx, by, change)
		return err
	})
}

func (s *site) acceptItems(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return handoverDo(tx, by, r, db.ID(r.PathValue("change")), "nhan", func() error {
		var ids []db.ID
		for _, id := range strings.Fields(r.PostFormValue("item")) {
			ids = append(ids, db.ID(id))
		}
		return succession.Accept(tx, by, ids)
	})
}

func (s *site) acceptAllItems(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	change := db.ID(r.PathValue("change"))
	var n int
	reply, err := handoverDo(tx, by, r, change, "nhan-het", func() (err error) {
		n, err = succession.AcceptAll(tx, by, change)
		return err
	})
	reply.Said = fmt.Sprintf("Đã giao %d việc cho cơ quan tiếp nhận.", n)
	return reply, err
}

func (s *site) undoAllItems(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	change := db.ID(r.PathValue("change"))
	return handoverDo(tx, by, r, change, "hoan-tac-het", func() error {
		_, err := succession.UndoAll(tx, by, change)
		return err
	})
}

// itemDo is handoverDo for one item: its change is where one comes back to.
func itemDo(tx *db.Tx, by access.Actor, r *http.Request, form string, act func(id db.ID) error) (Reply, error) {
	i, err := succession.Find(tx, by, db.ID(r.PathValue("item")))
	if err != nil {
		return Reply{}, err
	}
	reply, err := handoverDo(tx, by, r, i.Change, form+"-"+string(i.ID), func() error { return act(i.ID) })
	if err == nil {
		reply.To += "#viec-" + string(i.ID)
	}
	return reply, err
}

func (s *site) chooseSuccessor(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return itemDo(tx, by, r, "chon", func(id db.ID) error {
		return succession.Choose(tx, by, id, db.ID(r.PostFormValue("to")), r.PostFormValue("reason"))
	})
}

func (s *site) declineItem(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return itemDo(tx, by, r, "khong", func(id db.ID) error {
		return succession.Decline(tx, by, id, r.PostFormValue("reason"))
	})
}

func (s *site) undoItem(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return itemDo(tx, by, r, "hoan-tac", func(id db.ID) error { return succession.Undo(tx, by, id) })
}
