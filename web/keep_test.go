package web_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"giaoban/internal/dbtest"
	"giaoban/web"
	"giaoban/web/browser"

	"golang.org/x/net/html"
)

// postPattern tells which act a form is for.
var postPattern = sync.OnceValue(func() func(action string) string {
	mux := http.NewServeMux()
	for _, r := range web.Routes() {
		if r.Method == http.MethodPost {
			mux.HandleFunc("POST "+r.Path, func(http.ResponseWriter, *http.Request) {})
		}
	}
	return func(action string) string {
		r, err := http.NewRequest(http.MethodPost, action, nil)
		if err != nil {
			return ""
		}
		_, pattern := mux.Handler(r)
		return pattern
	}
})

// typeable are the fields of a form that a person fills.
func typeable(form *html.Node) (fields []*html.Node) {
	for _, n := range all(form, "input", "textarea", "select") {
		switch attr(n, "type") {
		case "hidden", "password", "file", "submit", "button":
			continue
		}
		if attr(n, "name") != "" && !has(n, "disabled") && !has(n, "readonly") {
			fields = append(fields, n)
		}
	}
	return fields
}

// unkept are the only acts whose forms keep nothing: passwords, tokens, the way out.
var unkept = []string{"POST /dang-nhap", "POST /dang-xuat", "POST /mat-khau", "POST /tai-khoan/{account}/mat-khau", "POST /ma-truy-cap"}

// keeping lists the forms of a page that must keep what is typed, as page pattern and act.
func keeping(t *testing.T, p seen) (names []string) {
	t.Helper()
	document, err := html.Parse(strings.NewReader(p.html))
	if err != nil {
		t.Fatal(err)
	}
	for _, form := range all(document, "form") {
		if !strings.EqualFold(attr(form, "method"), "post") || len(typeable(form)) == 0 {
			continue
		}
		act := postPattern()(attr(form, "action"))
		if attr(form, "data-keep") != "no" {
			names = append(names, patternOf()(p.path)+" > "+act)
		} else if !slices.Contains(unkept, act) {
			t.Errorf("%s: the form for %s keeps nothing; only passwords and tokens may not be kept", p.path, act)
		}
	}
	return names
}

// typed is what was typed into one field of a page.
type typed struct {
	Form   int // which of the page's forms
	Act    string
	Field  string
	Place  int // which of the form's fields
	Tag    string
	Value  string
	Before string
}

// typeEverywhere types into every field of every form of a page as a person does, waits a moment and tells what. The line is
// down: what a page saves by itself would change the page.
const typeEverywhere = fieldsOfPage + `window.fetch = () => Promise.reject(new TypeError("mất mạng"));
const typed = pageFields().map((f) => {
	const el = f.el, option = [...(el.options ?? [])].findLast((o) => !o.defaultSelected && !o.disabled);
	if (el.type === "radio" && [...el.form.elements].findLast((other) => other.name === el.name) !== el) return null;
	if (f.Tag === "select" && !option) return null;
	const text = {date: "2031-07-04", time: "07:04", month: "2031-07", number: "7431", email: "thu@example.vn"}[el.type] ?? "Chữ thử " + f.Place;
	f.Before = read(el);
	if (el.type === "checkbox") el.checked = !el.defaultChecked;
	else if (el.type === "radio") el.checked = true;
	else if (option) option.selected = true;
	else el.value = text;
	for (const kind of ["input", "change"]) el.dispatchEvent(new Event(kind, {bubbles: true}));
	return f;
}).filter(Boolean).map((f) => ({...f, el: undefined, Value: read(f.el)}));
new Promise((done) => setTimeout(() => done(typed), 300))`

const fieldsOfPage = `const read = (el) => ["checkbox", "radio"].includes(el.type) ? String(el.checked) : el.value;
const pageFields = () => [...document.querySelectorAll("form")].filter((f) => f.method === "post" && f.dataset.keep !== "no").flatMap((form, Form) =>
	[...form.elements].filter((el) => el.name && !el.disabled && !el.readOnly && /^(INPUT|TEXTAREA|SELECT)$/.test(el.tagName)
		&& !/^(hidden|password|file|submit|button)$/.test(el.type))
	.map((el, Place) => ({el, Form, Place, Act: form.getAttribute("action"), Field: el.name, Tag: el.tagName.toLowerCase(), Value: read(el)})));
`

// missed opens a page again and tells which of the typed fields do not come back, taking every offer.
func missed(t *testing.T, tab *browser.Page, url string, before []typed) (found []string) {
	t.Helper()
	tab.Open(url)
	var now []typed
	evaluate(t, tab, fieldsOfPage+`[...document.querySelectorAll("[data-kept] button")].filter((b) => b.textContent.startsWith("Khôi phục")).forEach((b) => b.click());
pageFields().map((f) => ({...f, el: undefined}))`, &now)
	for _, f := range before {
		at := slices.IndexFunc(now, func(n typed) bool { return n.Form == f.Form && n.Place == f.Place && n.Field == f.Field })
		switch {
		case at < 0:
			found = append(found, fmt.Sprintf("%s: the field %s of the form for %s is gone", url, f.Field, f.Act))
		case now[at].Value != f.Value:
			found = append(found, fmt.Sprintf("%s: %s of the form for %s was %q, then %q was typed, and %q came back", url, f.Field, f.Act, f.Before, f.Value, now[at].Value))
		}
	}
	return found
}

func evaluate(t *testing.T, tab *browser.Page, expression string, to any) {
	t.Helper()
	answer, err := json.Marshal(tab.Eval(expression))
	if err == nil {
		err = json.Unmarshal(answer, to)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// Whatever is typed into whichever form of a signed-in person is there again after the tab was closed.
func TestWhatIsTypedComesBackAfterAClosedTab(t *testing.T) {
	t.Parallel()
	screen := browser.Start(t)
	met := make(map[string]bool) // page pattern > act
	acts := make(map[string]bool)
	pages, fields := 0, 0
	moments := []struct {
		when   string
		logins []string
	}{
		{"2022-03-16 14:00", []string{"khoagiao", "syt", "vanthu", "quantri"}}, // reports come in
		{"2022-04-01 13:50", []string{"khoagiao"}},                             // the conference
		{"2022-04-20 09:00", []string{"khoagiao", "truongban", "syt", "lanhdao.syt"}},
	}
	for _, moment := range moments {
		h := enter(t, dbtest.Engines(t)[0], moment.when)
		for _, login := range moment.logins {
			var opened []seen
			for _, p := range crawl(t, h, login) {
				names := slices.DeleteFunc(keeping(t, p), func(name string) bool { return met[name] })
				for _, name := range names {
					met[name] = true
					_, act, _ := strings.Cut(name, " > ")
					acts[act] = true
				}
				if len(names) > 0 {
					opened = append(opened, p)
				}
			}
			if len(opened) == 0 {
				continue
			}
			person := screen.Another()
			person.Open(h.server.URL + "/dang-nhap")
			person.Click(h.Actor(login).Name)
			tab := person.Tab()
			before := make([][]typed, len(opened))
			for i, p := range opened {
				tab.Open(h.server.URL + p.path)
				evaluate(t, tab, typeEverywhere, &before[i])
				fields += len(before[i])
			}
			kept := tab.Kept()
			tab.Close()
			person.WaitForKept(kept)
			for i, p := range opened {
				for _, found := range missed(t, person, h.server.URL+p.path, before[i]) {
					t.Errorf("%s at %s: %s", login, moment.when, found)
				}
			}
			pages += len(opened)
		}
	}
	if len(met) < 55 || fields < 1000 {
		t.Errorf("only %d forms with %d fields were found", len(met), fields)
	}
	t.Logf("%d forms (page × act) of %d acts, on %d pages, %d fields: %s", len(met), len(acts), pages, fields,
		strings.Join(slices.Sorted(maps.Keys(acts)), ", "))
}

// A page whose form the module does not keep is found by the same judge.
func TestAFormThatKeepsNothingIsFound(t *testing.T) {
	t.Parallel()
	screen := browser.Start(t)
	h := enter(t, dbtest.Engines(t)[0], "2022-04-01 13:50")
	page := func(body string) string {
		return `<!DOCTYPE html><html lang="vi"><head><title>Thử</title><script src="/static/app.js" defer></script></head><body` + body +
			`><main><form method="post" action="/nhiem-vu/1/rut"><textarea name="reason"></textarea><input type="checkbox" name="c" value="1"></form></main></body></html>`
	}
	mux := http.NewServeMux()
	mux.Handle("/static/", web.Handler(web.Config{DB: h.DB, Files: h.store}))
	for path, body := range map[string]string{"/giu": ` data-person="p1"`, "/quen": ""} {
		mux.HandleFunc(path, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			fmt.Fprint(w, page(body))
		})
	}
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	for path, want := range map[string]int{"/giu": 0, "/quen": 2} {
		tab := screen.Tab()
		tab.Open(server.URL + path)
		var before []typed
		evaluate(t, tab, typeEverywhere, &before)
		kept := tab.Kept()
		tab.Close()
		screen.Open(server.URL + "/static/app.css")
		screen.WaitForKept(kept)
		found := missed(t, screen, server.URL+path, before)
		if len(found) != want {
			t.Errorf("%s: %d fields are said not to come back, %d do not: %q", path, len(found), want, found)
		}
		t.Logf("%s: %q", path, found)
	}
}
