package web_test

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"giaoban/access"
	"giaoban/internal/dbtest"
	"giaoban/web"
	"giaoban/web/browser"

	"golang.org/x/net/html"
)

// mostOfAPattern is how many addresses of one pattern each person opens.
const mostOfAPattern = 3

// seen is one page as somebody met it.
type seen struct {
	who, pattern, path, html string
}

// patternOf tells which route an address belongs to.
var patternOf = sync.OnceValue(func() func(path string) string {
	mux := http.NewServeMux()
	for _, r := range web.Routes() {
		if r.Method == http.MethodGet {
			mux.HandleFunc("GET "+r.Path, func(http.ResponseWriter, *http.Request) {})
		}
	}
	return func(path string) string {
		r, err := http.NewRequest(http.MethodGet, path, nil)
		if err != nil {
			return ""
		}
		_, pattern := mux.Handler(r)
		return pattern
	}
})

// crawl opens what a person can reach by links from the desk, breadth first, a few addresses of each pattern. A link
// that leads to a refusal or to nothing is a defect of the page that shows it.
func crawl(t *testing.T, h *house, login string) []seen {
	t.Helper()
	return follow(t, h, login, func(from, to string, status int) {
		t.Errorf("%s: %s leads to %s, which answers %d", login, from, to, status)
	})
}

// follow is crawl where a link that leads nowhere is told to broken.
func follow(t *testing.T, h *house, login string, broken func(from, to string, status int)) (pages []seen) {
	t.Helper()
	who := access.Nobody
	if login != "" {
		who = h.Actor(login)
	}
	v := h.visitor(t, who)
	type link struct{ path, from string }
	queue := []link{{"/", ""}}
	met, opened := map[string]bool{"/": true}, make(map[string]int)
	for len(queue) > 0 {
		next := queue[0]
		queue = queue[1:]
		pattern := patternOf()(next.path)
		if opened[pattern]++; opened[pattern] > mostOfAPattern || pattern == "" {
			continue
		}
		body, kind, status, at := v.read(next.path) // kind is "" for a file to keep
		if status != http.StatusOK {
			broken(next.from, next.path, status)
			continue
		}
		if !strings.HasPrefix(kind, "text/html") {
			continue
		}
		pages = append(pages, seen{login, pattern, at, body})
		document, err := html.Parse(strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		base, _ := url.Parse(at)
		for _, a := range all(document, "a") {
			to, err := base.Parse(attr(a, "href"))
			if err != nil || to.Host != "" || to.Scheme != "" || !has(a, "href") {
				continue
			}
			if to.Fragment = ""; !met[to.String()] {
				met[to.String()] = true
				queue = append(queue, link{to.String(), next.path})
			}
		}
	}
	return pages
}

// read opens an address and gives the page as it came.
func (v *visitor) read(path string) (body, kind string, status int, at string) {
	v.t.Helper()
	response, err := v.client.Get(v.house.server.URL + path)
	if err != nil {
		v.t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	if kind = response.Header.Get("Content-Type"); strings.HasPrefix(response.Header.Get("Content-Disposition"), "attachment") {
		kind = ""
	}
	return string(text), kind, response.StatusCode, response.Request.URL.RequestURI()
}

// lookers are the people of the sample whose pages are looked at, by group: one page of each pattern is looked at in
// the browser for each group.
var lookers = map[string][]string{
	"Ban":     {"khoagiao", "truongban", "vanthu"},
	"cơ quan": {"syt", "lanhdao.syt", "stttt"},
	"khác":    {"quantri", "baocaovien", ""},
}

// Every page that anybody can reach is valid HTML, fits 320 px, has one red button at most, no words that run together, passes axe in light and in dark,
// and makes the browser complain of nothing.
func TestEveryPageIsCleanForEverybody(t *testing.T) {
	browser.Missing(t)
	e := dbtest.Engines(t)[0]
	// While reports come in, on the morning of the conference, and three weeks later when much is late.
	moments := []string{"2022-03-16 14:00", "2022-04-01 13:50", "2022-04-20 09:00"}
	for group, logins := range lookers {
		t.Run(group, func(t *testing.T) {
			t.Parallel()
			markup := make(map[string]string)
			looked := make(map[string]bool)
			screen := browser.Start(t)
			for _, when := range moments {
				h := enter(t, e, when)
				if when == moments[0] {
					draftUnderway(t, h)
				}
				for _, login := range logins {
					pages := crawl(t, h, login)
					for _, p := range pages {
						markup[fmt.Sprintf("%s %s %s", p.who, p.path, when)] = p.html
						if reds := redsOf(t, p.html); len(reds) > 1 {
							t.Errorf("%s %s has %d red buttons: %s", login, p.path, len(reds), strings.Join(reds, " · "))
						}
						for _, glued := range gluedOf(t, p.html) {
							t.Errorf("%s %s: words run together: %s", login, p.path, glued)
						}
					}
					pages = slices.DeleteFunc(pages, func(p seen) bool {
						defer func() { looked[p.pattern] = true }()
						return looked[p.pattern]
					})
					if len(pages) > 0 {
						look(t, screen.Another(), h, login, pages)
					}
				}
			}
			for _, found := range browser.HTMLValidate(t, markup) {
				t.Error(found)
			}
			t.Logf("%d pages read, %d patterns looked at", len(markup), len(looked))
		})
	}
}

// showing leaves out the pages that show nothing which an earlier one has not: no element of a new kind, in no new place.
func showing(t *testing.T, pages []seen) []seen {
	t.Helper()
	kind := func(n *html.Node) string {
		return n.Data + "." + attr(n, "class") + attr(n, "type") + attr(n, "role")
	}
	met := make(map[string]bool)
	return slices.DeleteFunc(pages, func(p seen) bool {
		document, err := html.Parse(strings.NewReader(p.html))
		if err != nil {
			t.Fatal(err)
		}
		before := len(met)
		for n := range document.Descendants() {
			if n.Type == html.ElementNode {
				met[kind(n.Parent)+" > "+kind(n)] = true
			}
		}
		return len(met) == before
	})
}

// look opens pages in the browser as one person.
func look(t *testing.T, screen *browser.Page, h *house, login string, pages []seen) {
	t.Helper()
	if login != "" {
		screen.Open(h.server.URL + "/dang-nhap")
		screen.Click(h.Actor(login).Name)
		screen.WaitFor(".who", "")
	}
	complained := 0
	for _, p := range pages {
		screen.Open(h.server.URL + p.path)
		for _, v := range screen.Axe() {
			t.Errorf("%s %s: %s", login, p.path, v)
		}
		for _, s := range screen.SidewaysScroll(320) {
			t.Errorf("%s %s at 320 px: %s", login, p.path, s)
		}
		complaints := screen.Complaints()
		for _, c := range complaints[complained:] {
			t.Errorf("%s %s: the browser complains: %s", login, p.path, c)
		}
		complained = len(complaints)
		if dir := os.Getenv("GIAOBAN_PICTURES"); dir != "" {
			name := strings.NewReplacer("GET ", "", "/", "_", "{", "", "}", "").Replace(p.pattern)
			screen.Screenshot(filepath.Join(dir, login+name+".png"), browser.Look{})
			screen.Screenshot(filepath.Join(dir, login+name+".dark.png"), browser.Look{Theme: "dark"})
			screen.Screenshot(filepath.Join(dir, login+name+".320.png"), browser.Look{Width: 320})
		}
	}
}
