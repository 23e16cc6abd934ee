package web

import (
	"cmp"
	"net/http"
	"slices"

	"giaoban/access"
	"giaoban/charge"
	"giaoban/internal/db"
	"giaoban/internal/fault"
)

// room is what one room shows to people, declared once: its place in the menu and its pages. What the program or its
// tests need as a table is gathered from here.
type room struct {
	menu  entry
	pages []route
}

// entry is a room's place in the menu; none when it has no url. All pages of the room stand under it.
type entry struct {
	group     string
	name, url string
	key       string                  // "g n": the keys that lead there
	needs     need                    // what its first page lives on
	when      func(access.Actor) bool // who finds it in the menu; nil for whoever may open its page
	acts      []access.Act            // what opens its page
}

// Two answers that no act gives: everybody, and everybody with an account.
const (
	Everybody access.Act = 0xff - iota
	EveryAccount
)

// page is a page function: the form is parsed, the actor known, the transaction open.
type page func(s *site, tx *db.Tx, by access.Actor, r *http.Request) (Reply, error)

// route is one address of a room: what is done there and who may. The room's own May is the check that counts; that the
// two say the same is tried for every role, see matrix_test.go.
type route struct {
	method, path string
	page         page
	handle       func(*site, http.ResponseWriter, *http.Request)   // instead of page
	before       func(*site, *http.Request, visitor) *http.Request // what takes too long for the transaction: hashes of new passwords
	takes        int                                               // how many files may come with the form
	packets      bool                                              // and packets of files
	acts         []access.Act                                      // any one of them opens it
	object       string                                            // kind of record that the address names; "" for none
	within       bool                                              // of the commission alone, even where a body's act reaches its own record
	early        bool                                              // even while the account lacks the second step that is asked of it
	owes         bool                                              // the page says what bodies owe: those for which nobody can sign in are marked
	hands        charge.Kind                                       // the kind of record that is handed to a person here, see charge.go
	title        string
	name, rest   string // what other pages lead here by, see address.go
	under        entry
	answer       answer // to an act that went well
}

// see declares a page that changes nothing.
func see(path string, p page, acts ...access.Act) route {
	return route{method: http.MethodGet, path: path, page: p, acts: acts}
}

// act declares a page that changes something.
func act(path string, p page, acts ...access.Act) route {
	return route{method: http.MethodPost, path: path, page: p, acts: acts}
}

// raw declares an act that is no page of the usual kind: it answers the request by itself, outside one transaction.
func raw(path string, handle func(*site, http.ResponseWriter, *http.Request), acts ...access.Act) route {
	return route{method: http.MethodPost, path: path, handle: handle, acts: acts}
}

// of says which kind of record the address names: an act that reaches a body's own asks whose it is.
func (r route) of(object string) route { r.object = object; return r }

// inside keeps a page to the commission.
func (r route) inside() route { r.within = true; return r }

// files lets up to n files come with the form.
func (r route) files(n int) route { r.takes = n; return r }

// owing marks, on a page that says what bodies owe, those for which nobody can sign in.
func (r route) owing() route { r.owes = true; return r }

// titled gives the window's title, where neither the menu's word nor a record's name does. A form that comes back has
// the title of the page at its address.
func (r route) titled(title string) route { r.title = title; return r }

// first is for what an account needs that lacks the second step asked of it or has the password of a slip: all else leads
// it to that page.
func (r route) first() route { r.early = true; return r }

// hashing is for a form with a new password.
func (r route) hashing() route { r.before = (*site).hash; return r }

// dealing is for a form that gives accounts passwords to be used once.
func (r route) dealing() route { r.before = (*site).deal; return r }

// linting is for a form whose file is held against a layout.
func (r route) linting() route { r.before = (*site).lintSent; return r }

// reading is for a form whose file is a report to be laid out.
func (r route) reading() route { r.before = (*site).readReportSent; return r }

// open says whether anybody of this role may come in here at all, whatever record the address names.
func (r route) open(by access.Actor) error {
	var refused error
	for _, act := range r.acts {
		switch {
		case act == Everybody:
			return nil
		case !by.SignedIn():
			return errSignedOut
		case act == EveryAccount:
			return nil
		}
		err := by.May(act, by.Body)
		if err == nil && !(r.within && act.Reach(by.Role) == access.Own) {
			return nil
		}
		refused = cmp.Or(refused, err, errInside)
	}
	return refused
}

var errInside = fault.Forbidden("Việc này chỉ làm được trong Ban.")

func (r route) pattern() string { return r.method + " " + r.path }

// open gives the rooms their addresses and the menu its entries.
func (s *site) open(rooms []room) {
	s.routes = make(map[string]route)
	for _, room := range rooms {
		for _, r := range room.pages {
			r.under = room.menu
			s.routes[r.pattern()] = r
			s.mux.HandleFunc(r.pattern(), s.handler(r))
		}
	}
	for _, room := range rooms {
		e := room.menu
		if e.url == "" || slices.ContainsFunc(s.menu, func(other entry) bool { return other.url == e.url }) {
			continue
		}
		e.acts = s.routes["GET "+e.url].acts
		s.menu = append(s.menu, e)
	}
}

func (s *site) handler(r route) http.HandlerFunc {
	switch {
	case r.handle != nil:
		return s.admitted(r, func(w http.ResponseWriter, req *http.Request, _ visitor) { r.handle(s, w, req) })
	case r.method == http.MethodGet:
		return s.read(r)
	}
	return s.write(r)
}

// titleOf names a page whose template does not.
func (s *site) titleOf(r route) string {
	return cmp.Or(r.title, s.routes["GET "+r.path].title, r.under.name, "Giao Ban")
}

// menuGroup is one word of the menu with the pages behind it; it leads to the first of them.
type menuGroup struct {
	navItem
	Pages []navItem
}

// Menu is the main menu as this actor needs it: the words stand in one order for everybody. One with a single page is
// that page.
func (v *view) Menu() []menuGroup {
	var groups []menuGroup
	for _, e := range v.menu {
		at := slices.IndexFunc(groups, func(g menuGroup) bool { return g.Name == e.group })
		if at < 0 {
			at = len(groups)
			groups = append(groups, menuGroup{navItem: navItem{Name: e.group}})
		}
		if v.SignedIn() && e.shownTo(v.Actor) {
			current := e.url == v.route.under.url
			groups[at].Pages = append(groups[at].Pages, navItem{URL: e.url, Name: e.name, Key: e.key, Current: current})
			groups[at].Current = groups[at].Current || current
		}
	}
	groups = slices.DeleteFunc(groups, func(g menuGroup) bool { return len(g.Pages) == 0 })
	for i, g := range groups {
		groups[i].URL = g.Pages[0].URL
		if len(g.Pages) == 1 {
			groups[i].Name = g.Pages[0].Name
		}
	}
	return groups
}

func (e entry) shownTo(by access.Actor) bool {
	if e.when != nil {
		return e.when(by)
	}
	return slices.ContainsFunc(e.acts, func(a access.Act) bool { return a == Everybody || a == EveryAccount || by.Can(a, by.Body) })
}

type navItem struct {
	URL, Name, Key string
	Current        bool
}
