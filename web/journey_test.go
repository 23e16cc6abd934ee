package web_test

import (
	"bufio"
	"fmt"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/internal/files"
	"giaoban/sample"
	"giaoban/sample/sampletest"
	"giaoban/web"

	"golang.org/x/net/html"
)

// house is the program with the sample province in it, as a browser without JavaScript meets it.
type house struct {
	*sample.Province
	server *httptest.Server
	store  *files.Store
	folder string // where the store keeps its files
}

// enter opens the province as it was at an hour ("2022-03-16 09:00") and serves it.
func enter(t testing.TB, e dbtest.Engine, when string) *house {
	t.Helper()
	p := sampletest.Open(t, e, when)
	folder := t.TempDir()
	store, err := files.Open(folder)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(web.Handler(web.Config{DB: p.DB, Files: store, Dev: true}))
	t.Cleanup(server.Close)
	return &house{p, server, store, folder}
}

// visitor is one person with one browser.
type visitor struct {
	t      testing.TB
	house  *house
	client *http.Client
	url    *url.URL
	status int
	page   *html.Node
	text   string
	typed  url.Values
	at     string // file:line, for messages
}

func (h *house) visitor(t testing.TB, who access.Actor) *visitor {
	t.Helper()
	jar, _ := cookiejar.New(nil)
	base, _ := url.Parse(h.server.URL)
	v := &visitor{t: t, house: h, client: &http.Client{Jar: jar}, url: base, typed: url.Values{}}
	if who.Person != "" {
		v.post("/dang-nhap/vao-thu", url.Values{"person": {string(who.Person)}, "ve": {"/"}})
		if v.status != http.StatusOK {
			t.Fatalf("%s could not sign in: %d %s", who.Name, v.status, v.text)
		}
	}
	return v
}

func (v *visitor) get(to string) { v.do(http.MethodGet, to, nil) }

func (v *visitor) post(to string, form url.Values) { v.do(http.MethodPost, to, form) }

func (v *visitor) do(method, to string, form url.Values) {
	v.t.Helper()
	u, err := v.url.Parse(to)
	if err != nil {
		v.t.Fatalf("%s: %v", v.at, err)
	}
	var body *strings.Reader = strings.NewReader(form.Encode())
	r, err := http.NewRequest(method, u.String(), body)
	if err != nil {
		v.t.Fatalf("%s: %v", v.at, err)
	}
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Origin", v.house.server.URL)
		r.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	response, err := v.client.Do(r)
	if err != nil {
		v.t.Fatalf("%s: %v", v.at, err)
	}
	defer response.Body.Close()
	v.url, v.status, v.typed = response.Request.URL, response.StatusCode, url.Values{}
	v.page, err = html.Parse(response.Body)
	if err != nil {
		v.t.Fatalf("%s: %v", v.at, err)
	}
	v.text = textOf(v.page)
}

// textOf is what a person reads on the page: blanks folded, values of fields included.
func textOf(n *html.Node) string {
	var out strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		switch {
		case n.Type == html.TextNode:
			out.WriteString(n.Data)
		case n.Type == html.ElementNode && (n.Data == "script" || n.Data == "style"):
			return
		case n.Type == html.ElementNode && n.Data == "input" && attr(n, "type") != "hidden":
			out.WriteString(" " + attr(n, "value") + " ")
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
		if n.Type == html.ElementNode {
			out.WriteByte(' ')
		}
	}
	walk(n)
	return strings.Join(strings.Fields(out.String()), " ")
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, name string) bool {
	for _, a := range n.Attr {
		if a.Key == name {
			return true
		}
	}
	return false
}

// all lists the elements of a page with one of these names.
func all(n *html.Node, names ...string) (found []*html.Node) {
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.ElementNode {
			for _, name := range names {
				if n.Data == name {
					found = append(found, n)
				}
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(n)
	return found
}

// click follows the first link with these words.
func (v *visitor) click(words string) {
	v.t.Helper()
	for _, a := range all(v.page, "a") {
		if has(a, "href") && strings.Contains(textOf(a)+" "+attr(a, "aria-label"), words) {
			v.get(attr(a, "href"))
			return
		}
	}
	v.t.Fatalf("%s: no link “%s” on %s (%d): %s", v.at, words, v.url, v.status, v.text)
}

// submit presses the button with these words: the form goes as a browser without JavaScript would send it, with what
// was typed before.
func (v *visitor) submit(words string) {
	v.t.Helper()
	for _, form := range all(v.page, "form") {
		for _, button := range all(form, "button") {
			if !strings.Contains(textOf(button)+" "+attr(button, "aria-label"), words) {
				continue
			}
			values := formValues(form)
			for name, typed := range v.typed {
				values[name] = chosenByWords(form, name, typed)
			}
			if name := attr(button, "name"); name != "" {
				values.Set(name, attr(button, "value"))
			}
			action := attr(form, "action")
			if to := attr(button, "formaction"); to != "" {
				action = to
			}
			if strings.EqualFold(attr(form, "method"), "post") {
				v.post(action, values)
			} else {
				v.get(action + "?" + values.Encode())
			}
			return
		}
	}
	v.t.Fatalf("%s: no button “%s” on %s (%d): %s", v.at, words, v.url, v.status, v.text)
}

// chosenByWords are the values of a list that was chosen from by what it says.
func chosenByWords(form *html.Node, name string, typed []string) []string {
	for _, list := range all(form, "select") {
		for _, option := range all(list, "option") {
			if attr(list, "name") == name && len(typed) == 1 && textOf(option) == typed[0] && has(option, "value") {
				return []string{attr(option, "value")}
			}
		}
	}
	return typed
}

func formValues(form *html.Node) url.Values {
	values := url.Values{}
	for _, field := range all(form, "input", "textarea", "select") {
		name := attr(field, "name")
		if name == "" || has(field, "disabled") {
			continue
		}
		switch {
		case field.Data == "textarea":
			text := ""
			if field.FirstChild != nil {
				text = field.FirstChild.Data
			}
			values.Add(name, text)
		case field.Data == "select":
			chosen, first := "", ""
			for i, option := range all(field, "option") {
				value := attr(option, "value")
				if !has(option, "value") {
					value = textOf(option)
				}
				if i == 0 {
					first = value
				}
				if has(option, "selected") {
					chosen = value
				}
			}
			if chosen == "" {
				chosen = first
			}
			values.Add(name, chosen)
		case attr(field, "type") == "checkbox" || attr(field, "type") == "radio":
			if has(field, "checked") {
				value := attr(field, "value")
				if !has(field, "value") {
					value = "on"
				}
				values.Add(name, value)
			}
		case attr(field, "type") != "file":
			values.Add(name, attr(field, "value"))
		}
	}
	return values
}

// TestJourneys plays the files of testdata: what people do, in plain lines.
//
//	at 2022-03-16 09:00       the province as of that hour; first line
//	as LOGIN | as nobody      sign in as somebody of the sample
//	get URL · click WORDS · fill NAME=VALUE · submit WORDS; VALUE may be the words of a list's row
//	see WORDS · miss WORDS · status N
//	clock 2022-03-17 08:00    move the clock; everybody signs in again
func TestJourneys(t *testing.T) {
	t.Parallel()
	names, err := filepath.Glob("testdata/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		for _, e := range dbtest.Engines(t) {
			t.Run(strings.TrimSuffix(filepath.Base(name), ".txt")+"/"+e.Name, func(t *testing.T) {
				t.Parallel()
				play(t, e, name, func(*house) {})
			})
		}
	}
}

// play walks the journey of a file and gives the house as it is at its end; entered is told when it is entered.
func play(t *testing.T, e dbtest.Engine, name string, entered func(*house)) *house {
	file, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var h *house
	var v *visitor
	people := make(map[string]*visitor)
	lines := bufio.NewScanner(file)
	for number := 1; lines.Scan(); number++ {
		line := strings.TrimSpace(lines.Text())
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		where := fmt.Sprintf("%s:%d", name, number)
		verb, rest, _ := strings.Cut(line, " ")
		if v != nil {
			v.at = where
		}
		switch verb {
		case "at":
			h = enter(t, e, rest)
			entered(h)
		case "clock":
			h.Clock.Set(moment(t, rest))
			clear(people) // a session does not last for months
		case "as":
			if people[rest] == nil {
				who := access.Nobody
				if rest != "nobody" {
					if who = h.Actor(rest); who.Person == "" {
						t.Fatalf("%s: the province has no %s", where, rest)
					}
				}
				people[rest] = h.visitor(t, who)
			}
			v = people[rest]
		case "get":
			v.get(rest)
		case "click":
			v.click(rest)
		case "fill":
			field, value, _ := strings.Cut(rest, "=")
			v.typed.Add(field, strings.ReplaceAll(value, `\n`, "\n"))
		case "submit":
			v.submit(rest)
		case "see":
			if !strings.Contains(v.text, rest) {
				t.Fatalf("%s: “%s” is not on %s (%d): %s", where, rest, v.url, v.status, v.text)
			}
		case "miss":
			if strings.Contains(v.text, rest) {
				t.Fatalf("%s: “%s” is on %s: %s", where, rest, v.url, v.text)
			}
		case "status":
			if fmt.Sprint(v.status) != rest {
				t.Fatalf("%s: %s answered %d: %s", where, v.url, v.status, v.text)
			}
		default:
			t.Fatalf("%s: what is “%s”?", where, verb)
		}
	}
	return h
}

func moment(t testing.TB, when string) time.Time {
	t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", when, db.Vietnam)
	if err != nil {
		t.Fatal(err)
	}
	return at
}
