package web

import (
	"context"
	"net/http"
	"slices"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/lineage"
	"giaoban/org"
	"giaoban/report"
)

// Route is a declared address, as the tests see it that walk over all of them.
type Route struct {
	Method, Path string
	Acts         []access.Act // any one of them opens it
	Of           string       // kind of record that the address names; "" for none
	Inside       bool         // of the commission alone
	Files        int          // how many may come with the form
	Name         string       // what other pages lead here by; "" for none
	Said         string       // how an act answers
	Next, NextAt string       // and where it leads on
	Early        bool         // open to an account that lacks the second step
}

// Routes gathers what the rooms declare.
func Routes() (all []Route) {
	for _, room := range rooms {
		for _, r := range room.pages {
			all = append(all, Route{r.method, r.path, r.acts, r.object, r.within, r.takes, r.name,
				r.answer.Said, r.answer.Next, r.answer.URL, r.early})
		}
	}
	return all
}

// WithSilentAct serves the pages and an act that says nothing.
func WithSilentAct(c Config, path string) http.Handler {
	silent := act(path, func(*site, *db.Tx, access.Actor, *http.Request) (Reply, error) {
		return Reply{To: "/ban-lam-viec"}, nil
	}, EveryAccount)
	return handler(c, append(slices.Clone(rooms), room{pages: []route{silent}}))
}

// ReadsFirst serves the pages with one more, which breaks the promise that nothing is read before it is known who may.
func ReadsFirst(c Config) (http.Handler, Route) {
	s := newSite(c, rooms)
	at := act("/doc-truoc-hoi-sau", (*site).signOut, access.ManageAccounts)
	s.mux.HandleFunc(at.pattern(), func(w http.ResponseWriter, r *http.Request) {
		r.ParseForm()
		s.write(at)(w, r)
	})
	return s.mux, Route{Method: at.method, Path: at.path, Acts: at.acts}
}

// KeepsUnasked serves the pages with one more, which puts a file into the store before it is known who may.
func KeepsUnasked(c Config) (http.Handler, Route) {
	s := newSite(c, rooms)
	at := act("/giu-truoc-hoi-sau", (*site).signOut, EveryAccount)
	s.mux.HandleFunc(at.pattern(), func(w http.ResponseWriter, r *http.Request) {
		s.Files.Keep(r.Body, mostFileBytes)
		s.write(at)(w, r)
	})
	return s.mux, Route{Method: at.method, Path: at.path, Acts: at.acts}
}

// Of a form's text so much may come, open to everybody or not.
const (
	MostOpenBytes = mostOpenBytes
	MostFormBytes = mostFormBytes
	AheadBytes    = aheadBytes
)

// FullHouse serves the pages with seven more rooms, as the office would name them: the menu must hold them.
func FullHouse(c Config) http.Handler { return handler(c, fullHouse()) }

func fullHouse() []room {
	const situation = "Nắm tình hình"
	at := slices.IndexFunc(rooms, func(r room) bool { return r.menu.url == orgRoom.menu.url })
	return slices.Insert(slices.Clone(rooms), at,
		emptyRoom(deskGroup, "Nhắc việc", "1"), emptyRoom(deskGroup, "Tìm kiếm", "2"),
		emptyRoom(paperGroup, "Thư viện", "5"), emptyRoom(situation, "Vấn đề nổi cộm, hỏi đáp", "6"),
		emptyRoom(situation, "Kiểm tra, khảo sát", "7"), emptyRoom(situation, "Tập huấn, báo cáo viên", "8"),
		emptyRoom(officeGroup, "Cổng thông tin", "9"))
}

// emptyRoom stands for a room until it moves in: whoever opens one takes its line out of fullHouse.
func emptyRoom(group, name, key string) room {
	url := "/sap-co/" + key
	return room{menu: entry{group: group, name: name, url: url, key: "g " + key}, pages: []route{see(url, (*site).keys, EveryAccount)}}
}

// Menus gives the menu of each role, now and with the seven rooms more.
func Menus(role access.Role) (now, full []string) {
	words := func(rooms []room) (all []string) {
		v := &view{visitor: visitor{Actor: access.Actor{Role: role, Body: db.ID("co-quan")}}, menu: newSite(Config{}, rooms).menu}
		for _, g := range v.Menu() {
			all = append(all, g.Name)
			for _, p := range g.Pages {
				all = append(all, "  "+p.Name+" "+p.URL+" ("+p.Key+")")
			}
		}
		return all
	}
	return words(rooms), words(fullHouse())
}

// LeakyRoute reads its form past the frame and keeps what was typed: what the test of secret marks must report.
const LeakyRoute = "/thu-lot-luoi"

// LeakyHouse serves the pages with that one more.
func LeakyHouse(c Config) http.Handler {
	leak := func(s *site, w http.ResponseWriter, r *http.Request) {
		err := s.DB.Write(context.WithoutCancel(r.Context()), func(tx *db.Tx) error {
			_, err := tx.Exec("update setting set value = value || cast(? as text) where name = ?", r.PostFormValue("note"), org.Superior)
			return err
		})
		s.send(w, r, s.look(r), Reply{To: "/"}, err)
	}
	return handler(c, append(slices.Clone(rooms), room{pages: []route{raw(LeakyRoute, leak, EveryAccount)}}))
}

// FarDays are the questions about the days of a form sent to an address.
func FarDays(r *http.Request, today calendar.Date) (sentences []string) {
	for _, day := range farDays(r, today) {
		sentences = append(sentences, day.Sentence)
	}
	return sentences
}

// CarelessHouse serves the pages with one more address, which takes any day that is typed.
func CarelessHouse(c Config) (http.Handler, string) {
	const url = "/ngay-nao-cung-nhan"
	careless := raw(url, func(s *site, w http.ResponseWriter, r *http.Request) {
		if _, err := calendar.ReadDate(r.FormValue("due")); err == nil {
			http.Redirect(w, r, "/", http.StatusSeeOther)
		}
	}, EveryAccount)
	return handler(c, append(slices.Clone(rooms), room{pages: []route{careless}})), url
}

// MuteHouse serves the pages with one more, whose list is empty and says nothing about it.
func MuteHouse(c Config) (http.Handler, string) {
	const url = "/trong-ma-khong-noi"
	mute := see(url, func(*site, *db.Tx, access.Actor, *http.Request) (Reply, error) {
		return Reply{Page: "consolidation/proposals", Data: &proposalsPage{}}, nil
	}, EveryAccount)
	return handler(c, append(slices.Clone(rooms), room{menu: entry{url: url}, pages: []route{mute}})), url
}

// IsoHouse serves the pages with one more, which shows days as the database writes them.
func IsoHouse(c Config) (http.Handler, string) {
	const url = "/ngay-kieu-may"
	iso := see(url, func(*site, *db.Tx, access.Actor, *http.Request) (Reply, error) {
		return Reply{Paper: `<main><p>Hạn 2022-04-20</p><form><input type="date" name="due" value="2022-04-20"></form></main>`}, nil
	}, EveryAccount)
	return handler(c, append(slices.Clone(rooms), room{pages: []route{iso}})), url
}

// ForgetsWhatHolds serves the pages with one more, which leads to a paper without what it no longer says.
func ForgetsWhatHolds(c Config, id db.ID) (http.Handler, string) {
	const url = "/van-ban-cu"
	forgets := see(url, func(*site, *db.Tx, access.Actor, *http.Request) (Reply, error) {
		return Reply{Paper: `<main><p><a href="/van-ban/` + string(id) + `">Giấy mời</a></p></main>`}, nil
	}, EveryAccount)
	return handler(c, append(slices.Clone(rooms), room{pages: []route{forgets}})), url
}

// SilentRecordHouse serves the pages with one of them spoilt: the consolidated report does not say which record it shows.
func SilentRecordHouse(c Config) http.Handler {
	return spoilt(c, "opening/figures", func(s *site, tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
		reply, err := s.showFigures(tx, by, r)
		reply.About = lineage.Node{}
		return reply, err
	})
}

// ShortFileHouse serves the pages with one of them spoilt: the file of the tasks holds other rows than the page.
func ShortFileHouse(c Config) http.Handler {
	return spoilt(c, "task/list", func(s *site, tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
		reply, err := s.tasks(tx, by, r)
		if p, ok := reply.Data.(*tasksPage); ok && r.FormValue(fileField) != "" && len(p.Items) > 0 {
			p.Items = p.Items[1:]
		}
		return reply, err
	})
}

// RecountingHouse serves the pages with one of them spoilt: the figures of a signed report are added up again.
func RecountingHouse(c Config) http.Handler {
	return spoilt(c, "opening/figures", func(_ *site, tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
		head, err := headOf(tx, by, r, "so-lieu")
		if err != nil {
			return Reply{}, err
		}
		return liveFigures(tx, by, head)
	})
}

// ShortSightedHouse serves the pages with one of them spoilt: the queue looks through the four newest periods only.
func ShortSightedHouse(c Config) http.Handler {
	return spoilt(c, "opening/receive", func(s *site, tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
		reply, err := s.receivingQueue(tx, by, r)
		data, ok := reply.Data.(queuePage)
		if err != nil || !ok {
			return reply, err
		}
		var seen []queuePeriod
		for _, q := range data.Periods {
			regime, err := report.FindRegime(tx, by, q.Code)
			if err != nil {
				return reply, err
			}
			openings, err := newestOpenings(tx, by, regime.ID, 4)
			if err != nil {
				return reply, err
			}
			if slices.ContainsFunc(openings, func(o report.Opening) bool { return o.ID == q.Opening }) {
				seen = append(seen, q)
			}
		}
		data.Periods = seen
		return Reply{Page: reply.Page, Data: data}, nil
	})
}

// spoilt serves the pages with the one of a name replaced.
func spoilt(c Config, name string, page func(*site, *db.Tx, access.Actor, *http.Request) (Reply, error)) http.Handler {
	all := slices.Clone(rooms)
	for i := range all {
		all[i].pages = slices.Clone(all[i].pages)
		for j, r := range all[i].pages {
			if r.name == name {
				all[i].pages[j] = see(r.path, page, r.acts...).named(r.name, r.rest)
			}
		}
	}
	return handler(c, all)
}

// EachTicked does an act on several rows of a form.
func EachTicked(tx *db.Tx, rows []string, act func(id db.ID) (string, error)) (said string, err error) {
	t := ticked{Rows: rows}
	err = t.each(tx, act)
	return t.Said("Đã làm %d."), err
}
