package web_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"giaoban/access"
	"giaoban/web/browser"

	"golang.org/x/net/html"
)

// person is one official at work. The same walk is done by a browser with its scripts, by a browser without them, and by
// plain requests. A field is named by its id, or by its name where it has none; a button or link by its words, or by
// "#id".
type person interface {
	open(path string)
	click(words string)
	unfold(words string)
	fill(field, text string)
	choose(field, option string)
	tick(field string)
	attach(field, file string)
	press(words string)
	column(values map[string]string, order []string) // a column of figures, pasted where pasting is possible
	keep(button, sentence string)                    // the draft is with the server
	page() *html.Node
	where() string
}

// inBrowser is a person before a screen.
type inBrowser struct {
	t       testing.TB
	site    string
	tab     *browser.Page
	scripts bool
}

func (b *inBrowser) open(path string)        { b.t.Helper(); b.tab.Open(b.site + path) }
func (b *inBrowser) fill(field, text string) { b.t.Helper(); b.tab.Fill(b.selector(field), text) }
func (b *inBrowser) tick(field string)       { b.t.Helper(); b.tab.Click(b.selector(field)) }
func (b *inBrowser) attach(field, file string) {
	b.t.Helper()
	b.tab.Attach(b.selector(field), file)
}
func (b *inBrowser) choose(field, option string) {
	b.t.Helper()
	b.tab.Choose(b.selector(field), option)
}

// unfold opens what is folded away; a page that was still scrolling to its anchor may have moved it from under the click.
func (b *inBrowser) unfold(words string) {
	b.t.Helper()
	quoted, err := json.Marshal(words)
	if err != nil {
		b.t.Fatal(err)
	}
	for range 3 {
		b.tab.Click(words)
		for end := time.Now().Add(time.Second); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
			if b.tab.Eval(`[...document.querySelectorAll("details[open] > summary")].some((el) => el.innerText.includes(`+string(quoted)+`))`) == true {
				return
			}
		}
	}
	b.t.Fatalf("“%s” does not unfold on %s", words, b.tab.URL())
}

// click follows a link, by the words as they are seen or as they are read out.
func (b *inBrowser) click(words string) { b.t.Helper(); b.use("a[href]", words) }

// press pushes a button: a link with the same words is not one.
func (b *inBrowser) press(words string) { b.t.Helper(); b.use("button", words) }

func (b *inBrowser) use(kind, words string) {
	b.t.Helper()
	b.tab.TurnTo(words)
	quoted, err := json.Marshal([]string{kind, words})
	if err != nil {
		b.t.Fatal(err)
	}
	if b.tab.Eval(`(([kind, words]) => {
	const said = (el) => (el.innerText ?? "").replace(/\s+/g, " ").trim();
	const seen = [...document.querySelectorAll(kind)].filter((el) => el.getClientRects().length && !el.closest(".visually-hidden"));
	const found = seen.find((el) => "#" + el.id === words) ?? seen.find((el) => said(el) === words)
		?? seen.find((el) => (said(el) + " " + (el.getAttribute("aria-label") ?? "")).includes(words));
	document.documentElement.dataset.before = "1";
	if (found) found.dataset.next = "1";
	return !!found;
})(`+string(quoted)+`)`) != true {
		b.t.Fatalf("no “%s” to use on %s: %.1500s", words, b.tab.URL(), b.tab.Text("main"))
	}
	b.tab.Click("[data-next]")
	// On a busy machine the next page may begin a while after the click, and a page that was still scrolling to its
	// anchor may have moved the place away from under it: whoever missed it clicks again. A form that was sent is not sent
	// twice, see once.js. Slips for a whole office take a while where memory is slow to come by: each password costs some.
	again := time.Now().Add(4 * time.Second)
	for end := time.Now().Add(time.Minute); ; time.Sleep(10 * time.Millisecond) {
		if b.tab.Eval(`!!document.body && !document.documentElement.dataset.before && document.readyState === "complete"`) == true {
			return
		}
		if time.Now().After(again) && b.tab.Has("[data-next]") {
			b.tab.Click("[data-next]")
			again = end
		}
		if time.Now().After(end) {
			b.t.Fatalf("“%s” led nowhere from %s: %.800s", words, b.tab.URL(), b.tab.Text("main"))
		}
	}
}

func (b *inBrowser) selector(field string) string {
	b.t.Helper()
	for _, selector := range []string{`[id="` + field + `"]`, `[name="` + field + `"]`} {
		if b.tab.Has(selector) {
			return selector
		}
	}
	b.t.Fatalf("no field %s on %s", field, b.tab.URL())
	return ""
}

func (b *inBrowser) column(values map[string]string, order []string) {
	b.t.Helper()
	if !b.scripts {
		for _, field := range order {
			b.fill(field, values[field])
		}
		return
	}
	var column []string
	for _, field := range order {
		column = append(column, values[field])
	}
	b.tab.PasteTSV(b.selector(order[0]), strings.Join(column, "\r\n")+"\r\n")
	for _, field := range order {
		if got := b.tab.Value(b.selector(field)); got != values[field] {
			b.t.Fatalf("%s holds %q after pasting, want %q", field, got, values[field])
		}
	}
}

func (b *inBrowser) keep(button, sentence string) {
	b.t.Helper()
	if b.scripts {
		b.tab.WaitFor("[data-autosave-status]", "Đã lưu")
		return
	}
	b.press(button)
	mustSee(b.t, b, sentence)
}

func (b *inBrowser) page() *html.Node {
	b.t.Helper()
	n, err := html.Parse(strings.NewReader(b.tab.HTML()))
	if err != nil {
		b.t.Fatal(err)
	}
	return n
}

func (b *inBrowser) where() string {
	u, err := url.Parse(b.tab.URL())
	if err != nil {
		b.t.Fatal(err)
	}
	return u.Path
}

// download gets a file as the same official would: the address is the one that the page shows.
func (h *house) download(t testing.TB, who access.Actor, p person, words string) []byte {
	t.Helper()
	to := ""
	for _, a := range all(p.page(), "a") {
		if to == "" && strings.Contains(textOf(a), words) {
			to = attr(a, "href")
		}
	}
	if to == "" {
		t.Fatalf("no link “%s” on %s", words, p.where())
	}
	v := h.visitor(t, who)
	response, err := v.client.Get(h.server.URL + to)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK {
		t.Fatalf("%s: %d, %v", to, response.StatusCode, err)
	}
	return body
}

func mustSee(t testing.TB, p person, sentences ...string) {
	t.Helper()
	text := textOf(p.page())
	for _, s := range sentences {
		if !strings.Contains(text, s) {
			t.Fatalf("“%s” is not on %s: %.3000s", s, p.where(), text)
		}
	}
}

func mustMiss(t testing.TB, p person, sentences ...string) {
	t.Helper()
	text := textOf(p.page())
	for _, s := range sentences {
		if strings.Contains(text, s) {
			t.Fatalf("“%s” is on %s: %.3000s", s, p.where(), text)
		}
	}
}

// lastFigures reads, beside each empty cell of a report, what was reported the period before: field, text.
func lastFigures(page *html.Node) (figures [][2]string) {
	for _, row := range all(page, "tr") {
		last, field := "", ""
		for _, cell := range all(row, "td") {
			if strings.Contains(attr(cell, "class"), "last") {
				last = textOf(cell)
			}
			for _, input := range all(cell, "input") {
				if field == "" && strings.HasPrefix(attr(input, "name"), "value.") && attr(input, "value") == "" {
					field = attr(input, "name")
				}
			}
		}
		if field != "" && last != "" && last != "–" {
			figures = append(figures, [2]string{field, last})
		}
	}
	return figures
}

// docxText is what one reads in a Word file, page headers included.
func docxText(t testing.TB, file []byte) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatalf("not a Word file: %v", err)
	}
	tag := regexp.MustCompile(`<[^>]*>`)
	var out strings.Builder
	for _, f := range z.File {
		if !strings.HasPrefix(f.Name, "word/") || !strings.HasSuffix(f.Name, ".xml") {
			continue
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		r.Close()
		if err != nil {
			t.Fatal(err)
		}
		out.WriteString(html.UnescapeString(tag.ReplaceAllString(strings.ReplaceAll(string(text), "</w:p>", " "), "")))
	}
	return out.String()
}
