package web_test

import (
	"cmp"
	"fmt"
	"io/fs"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/web"

	"golang.org/x/net/html"
)

// caller is one of the matrix's columns: a role with its body and its session.
type caller struct {
	access.Actor
	login, cookie, token string
}

func (c caller) String() string {
	if c.Role == "" {
		return "nobody"
	}
	return fmt.Sprintf("%s (%s)", c.Role, c.BodyCode)
}

// trial is one request and what must come of it.
type trial struct {
	who        caller
	route      web.Route
	path, form string
	allowed    bool
	last       bool
	about      object
}

// served are the pages of this world, and everybody signed in.
func (w *world) served() (web.Config, http.Handler, []caller) {
	w.t.Helper()
	config := web.Config{DB: w.DB, Files: w.store, Dev: true}
	handler := web.Handler(config)
	return config, handler, w.callers(handler)
}

// callers signs everybody in: the seven roles, and the visitor without an account.
func (w *world) callers(handler http.Handler) []caller {
	w.t.Helper()
	all := []caller{{}}
	for _, login := range []string{"khoagiao", "truongban", "vanthu", "syt", "lanhdao.syt", "btgnh", "baocaovien", "quantri"} {
		all = append(all, w.signIn(handler, login))
	}
	return all
}

// signIn gives somebody of the sample a session.
func (w *world) signIn(handler http.Handler, login string) caller {
	w.t.Helper()
	c := caller{Actor: w.Actor(login), login: login}
	answer := ask(handler, c, "POST", "/dang-nhap/vao-thu", "person="+string(c.Person), nil)
	for _, cookie := range answer.Result().Cookies() {
		if cookie.Name == "giaoban" {
			c.cookie = cookie.String()
		}
	}
	page := ask(handler, c, "GET", "/mat-khau", "", nil).Body.String()
	if c.token = tokenIn(page); c.token == "" {
		w.t.Fatalf("%s did not get in: %s", login, page)
	}
	return c
}

// tokenIn is the token of a page's forms.
func tokenIn(page string) string {
	_, rest, _ := strings.Cut(page, `name="form_token" value="`)
	token, _, _ := strings.Cut(rest, `"`)
	return token
}

// ask sends one request as a browser of the same site does; head overrides its headers.
func ask(handler http.Handler, c caller, method, path, form string, head map[string]string) *httptest.ResponseRecorder {
	body := form
	if method == http.MethodPost && c.token != "" && !strings.Contains(form, "form_token=") {
		body += "&form_token=" + url.QueryEscape(c.token)
	}
	r := httptest.NewRequest(method, "http://127.0.0.1"+path, strings.NewReader(body))
	r.RemoteAddr = somewhere()
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Origin", "http://127.0.0.1")
		r.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	if c.cookie != "" {
		r.Header.Set("Cookie", strings.SplitN(c.cookie, ";", 2)[0])
	}
	for name, value := range head {
		r.Header.Set(name, value)
	}
	answer := httptest.NewRecorder()
	handler.ServeHTTP(answer, r)
	return answer
}

var asked atomic.Uint32

// somewhere is another address of this machine each time: refusals are counted by address, and each shall leave its line.
func somewhere() string {
	n := asked.Add(1)
	return fmt.Sprintf("127.%d.%d.%d:4000", n>>16&0xff, n>>8&0xff, n&0xff)
}

// may is what the declaration says: the route's act reaches the object, or the object was shared with the reader.
func (w *world) may(route web.Route, c caller, o object) bool {
	for _, act := range route.Acts {
		switch {
		case act == web.Everybody:
			return true
		case c.Role == "":
			continue
		case act == web.EveryAccount || act.Reach(c.Role) == access.All:
			return true
		case act.Reach(c.Role) == access.Own && !route.Inside:
			if route.Of == "" || o.readBy(c.Body) { // a list shows everybody who has a body its own
				return true
			}
		}
	}
	return false
}

// trials lays the routes over the callers and the objects.
func (w *world) trials(callers []caller) []trial {
	w.t.Helper()
	var all []trial
	known := make(map[string]bool)
	for _, r := range web.Routes() {
		pattern := r.Method + " " + r.Path
		known[pattern] = true
		typed, ok := forms[pattern]
		if r.Method == http.MethodPost && !ok {
			w.t.Errorf("%[1]s has no form to be tried with: write in forms (web/matrix_forms_test.go) %[1]q: \"field=value&…\", right enough to reach the question of authority, or \"\" when it needs no field", pattern)
			continue
		}
		objects := w.objects[r.Of]
		if len(objects) == 0 {
			w.t.Errorf("%s is declared .of(%q), but newWorld (web/matrix_world_test.go) makes none: add one for each of its bodies", pattern, r.Of)
		}
		for _, c := range callers {
			for _, o := range objects {
				for _, query := range append([]string{""}, queries[pattern]...) {
					person := cmp.Or(c.Person, w.Officer.Person)
					form := strings.ReplaceAll(w.fill(strings.ReplaceAll(typed, "{person}", string(person)), o), " ", "+")
					all = append(all, trial{c, r, w.fill(r.Path, o) + query, form, w.may(r, c, o), slices.Contains(spoilers, pattern), o})
				}
			}
		}
	}
	for _, pattern := range slices.Concat(slices.Collect(maps.Keys(forms)), slices.Collect(maps.Keys(queries)), spoilers) {
		if !known[pattern] {
			w.t.Errorf("%s stands in web/matrix_forms_test.go, but no room declares it: take the line out", pattern)
		}
	}
	return all
}

// declared tells which line of which declaration a trial rests on.
func declared(r web.Route) string {
	var names []string
	for _, act := range r.Acts {
		switch act {
		case web.Everybody:
			names = append(names, "Everybody")
		case web.EveryAccount:
			names = append(names, "EveryAccount")
		default:
			names = append(names, "“"+act.Name()+"”")
		}
	}
	return fmt.Sprintf("%s %s with %s", r.Method, r.Path, strings.Join(names, " or "))
}

// check sends the request; what it answers must fit the table, and tell nothing of what the caller may not read.
func (w *world) check(handler http.Handler, t trial) (status int) {
	w.t.Helper()
	answer := ask(handler, t.who, t.route.Method, t.path, t.form, nil)
	status = answer.Code
	name := fmt.Sprintf("%s: %s %s [%s]", t.who, t.route.Method, t.path, t.about.about)
	to := answer.Header().Get("Location")
	refused := status == 401 || status == 403 || status == 404 || strings.HasPrefix(to, "/dang-nhap") && t.who.Role == "" && t.path != "/"
	switch {
	case status >= 500:
		w.t.Errorf("%s breaks: %d", name, status)
	case t.allowed && refused:
		w.t.Errorf("%s must be let in, as %s is declared: %d %s", name, declared(t.route), status, sentence(answer.Body.String()))
	case !t.allowed && !refused:
		w.t.Errorf("%s must be refused, as %s is declared: %d %s %s", name, declared(t.route), status, to, sentence(answer.Body.String()))
	}
	if strings.Contains(answer.Body.String(), "<title>Giao Ban – ") {
		w.t.Errorf("%s has no title: declare it with .titled(…), or give the template a title that names the record", name)
	}
	for _, found := range w.leaks(t, answer.Body.String()) {
		w.t.Errorf("%s tells “%s”", name, found)
	}
	return status
}

// leaks finds the ids and words of records that the caller may not read. The address itself is known to who typed it.
func (w *world) leaks(t trial, page string) (found []string) {
	if strings.HasPrefix(t.path, "/nhat-ky") && t.allowed {
		return nil // the audit page names everything, to those who audit
	}
	for kind, act := range map[string]access.Act{"obligation": access.ReadReport, "submission": access.ReadReport, "proposal": access.ReadReport,
		"task": access.ReadTask, "appraisal": access.ReadAppraisal, "file": access.ReadFile, "paper": access.ReadPaper, "briefing": access.ReadBriefing, "sitting": access.ReadBriefing, "sitting-words": access.KeepSitting} {
		for _, o := range w.objects[kind] {
			if w.may(web.Route{Acts: []access.Act{act}, Of: kind}, t.who, o) {
				continue
			}
			for _, secret := range o.secrets {
				if secret != "" && strings.Contains(page, secret) && !strings.Contains(t.path, secret) {
					found = append(found, secret)
				}
			}
		}
	}
	return found
}

// sentence is how a page begins, for messages.
func sentence(page string) string {
	document, err := html.Parse(strings.NewReader(page))
	if err != nil {
		return err.Error()
	}
	for _, main := range all(document, "main") {
		document = main
	}
	words := []rune(textOf(document))
	return string(words[:min(160, len(words))])
}

// Every route, tried by every role and by nobody, on a record of the own body, a brother's, the one above, another
// one's and a unit's of the commission: who may comes in, who may not is refused, learns nothing, changes nothing, and
// leaves a line for each refusal.
func TestNobodyCrossesTheTableOfAuthority(t *testing.T) {
	t.Parallel()
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, e)
			handler := web.Handler(web.Config{DB: w.DB, Files: w.store, Dev: true})
			trials := w.trials(w.callers(handler))
			if t.Failed() {
				return // a form is missing: said before thousands of trials
			}
			deniedBefore, linesBefore := w.denials()
			refusals := 0
			run := func(wanted func(trial) bool) {
				for _, trial := range trials {
					if wanted(trial) {
						if trial.last && trial.allowed && trial.who.Role != "" { // the one before may have ended the session
							trial.who = w.signIn(handler, trial.who.login)
						}
						if status := w.check(handler, trial); trial.who.Role != "" && (status == 403 || status == 404) {
							refusals++
						}
					}
				}
			}
			run(func(t trial) bool { return t.route.Method == "GET" })
			run(func(t trial) bool { return t.route.Method == "POST" && !t.allowed && !t.last })
			run(func(t trial) bool { return t.route.Method == "POST" && !t.allowed && t.last })
			denied, lines := w.denials()
			if denied-deniedBefore != refusals {
				t.Errorf("%d refusals left %d lines in the journal", refusals, denied-deniedBefore)
			}
			if lines-linesBefore != denied-deniedBefore {
				t.Errorf("what was refused changed something: %d lines of the journal are no refusals", lines-linesBefore-(denied-deniedBefore))
			}
			run(func(t trial) bool { return t.route.Method == "POST" && t.allowed && !t.last })
			run(func(t trial) bool {
				return t.route.Method == "POST" && t.allowed && t.last && !strings.HasPrefix(t.path, "/dang-")
			})
			run(func(t trial) bool {
				return t.route.Method == "POST" && t.allowed && t.last && strings.HasPrefix(t.path, "/dang-")
			})
			t.Logf("%d trials, %d refusals", len(trials), refusals)
		})
	}
}

// A form that another site sends, or that lacks the page's own token, is refused on every address that writes.
func TestForgedFormsAreRefusedEverywhere(t *testing.T) {
	t.Parallel()
	e := dbtest.Engines(t)[0]
	w := newWorld(t, e)
	_, handler, callers := w.served()
	deniedBefore, linesBefore := w.denials()
	refusals := 0
	for _, trial := range w.trials(callers) {
		if trial.route.Method != "POST" || !trial.allowed || trial.who.Role == "" {
			continue
		}
		forgeries := map[string]func() *httptest.ResponseRecorder{
			"from another site": func() *httptest.ResponseRecorder {
				return ask(handler, trial.who, "POST", trial.path, trial.form, map[string]string{"Origin": "https://ke-gian.example", "Sec-Fetch-Site": "cross-site"})
			},
			"from an old browser on another site": func() *httptest.ResponseRecorder {
				return ask(handler, trial.who, "POST", trial.path, trial.form, map[string]string{"Origin": "https://ke-gian.example", "Sec-Fetch-Site": ""})
			},
		}
		if !strings.HasPrefix(trial.path, "/dang-nhap") { // nobody has a token before signing in
			forgeries["without the token"] = func() *httptest.ResponseRecorder {
				return ask(handler, trial.who, "POST", trial.path, trial.form+"&form_token=", nil)
			}
			other := callers[1+slices.IndexFunc(callers[1:], func(c caller) bool { return c.login != trial.who.login })]
			forgeries["with another one's token"] = func() *httptest.ResponseRecorder {
				return ask(handler, trial.who, "POST", trial.path, trial.form+"&form_token="+url.QueryEscape(other.token), nil)
			}
		}
		for name, forge := range forgeries {
			if answer := forge(); answer.Code != 403 {
				t.Errorf("%s %s %s: %d %s", trial.who, trial.path, name, answer.Code, answer.Header().Get("Location"))
			}
			refusals++
		}
	}
	denied, lines := w.denials()
	if denied-deniedBefore != refusals || lines-linesBefore != refusals {
		t.Errorf("%d refusals left %d lines, %d in all", refusals, denied-deniedBefore, lines-linesBefore)
	}
}

// What cannot be written down does not happen: a change is undone, and even a refusal is not given.
func TestNothingHappensWithoutItsTrace(t *testing.T) {
	t.Parallel()
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			w := &world{house: enter(t, e, "2022-04-20 09:00"), t: t}
			_, handler, callers := w.served()
			rename := func(from, to string) {
				w.do(func(tx *db.Tx) error {
					_, err := tx.Exec("alter table " + from + " rename to " + to)
					return err
				})
			}
			rename("journal", "journal_lost")
			for _, c := range callers[1:] {
				method, path, form := "GET", "/ma-truy-cap", ""
				if c.Role == access.Administrator {
					method, path, form = "POST", "/danh-ba/SYT/cach-viet", "alias=Sở+không+vết"
				}
				if answer := ask(handler, c, method, path, form, nil); answer.Code != 500 {
					t.Errorf("%s %s %s: %d", c, method, path, answer.Code)
				}
			}
			rename("journal_lost", "journal")
			admin := callers[len(callers)-1]
			if page := ask(handler, admin, "GET", "/danh-ba/SYT", "", nil); page.Code != 200 || strings.Contains(page.Body.String(), "Sở không vết") {
				t.Errorf("the change stayed without a line: %d", page.Code)
			}
		})
	}
}

// Somebody without an account leaves nothing on our disk, whatever is sent.
func TestFilesOfNobodyAreNotKept(t *testing.T) {
	t.Parallel()
	h := enter(t, dbtest.Engines(t)[0], "2022-04-20 09:00")
	handler := web.Handler(web.Config{DB: h.DB, Files: h.store, Dev: true})
	for _, route := range web.Routes() {
		if route.Method != http.MethodPost {
			continue
		}
		body := "--x\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.pdf\"\r\n\r\n%PDF-1.4 của người lạ\r\n--x--\r\n"
		answer := ask(handler, caller{}, "POST", strings.NewReplacer("{", "", "}", "").Replace(route.Path), body,
			map[string]string{"Content-Type": "multipart/form-data; boundary=x"})
		if answer.Code != 401 {
			t.Errorf("%s: %d", route.Path, answer.Code)
		}
	}
	err := filepath.WalkDir(h.folder, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			t.Errorf("%s was kept", path)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}
