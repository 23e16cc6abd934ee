package web_test

import (
	"bytes"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"giaoban/internal/dbtest"
	"giaoban/internal/table"
	"giaoban/web"

	"golang.org/x/net/html"
)

// tablesOf are the tables of a page into which nothing is typed. Those of a paper are laid out by the paper's own rules.
func tablesOf(page *html.Node) (tables []*html.Node) {
	inPaper := make(map[*html.Node]bool)
	for _, paper := range all(page, "article") {
		for _, t := range all(paper, "table") {
			inPaper[t] = inPaper[t] || attr(paper, "class") == "vb"
		}
	}
	for _, t := range all(page, "table") {
		if !inPaper[t] && !has(t, "data-grid") {
			tables = append(tables, t)
		}
	}
	return tables
}

// letters is what a row says, without what sets its parts apart.
func letters(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(" \t\n\u00a0;'\"", r) }), "")
}

// seenRow is what somebody reads in a row of a page.
func seenRow(n *html.Node) string {
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
		class := attr(n, "class")
		if strings.Contains(class, "visually-hidden") || strings.Contains(class, "no-print") || n.Data == "form" || n.Data == "svg" || n.Data == "button" || n.Data == "select" || n.Data == "textarea" {
			return
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(n)
	return letters(b.String())
}

// fileRows reads a file as the program reads it when it is brought back.
func fileRows(content []byte) (rows []string, err error) {
	read, err := table.Read(bytes.NewReader(content), int64(len(content)))
	for _, row := range read {
		rows = append(rows, letters(strings.Join(row.Cells, "")))
	}
	return rows, err
}

// unlike tells what is wrong with the files of a page's tables.
func unlike(handler http.Handler, who caller, path string) (tables int, wrong []string) {
	answer := ask(handler, who, "GET", path, "", nil)
	if strings.Contains(answer.Header().Get("Content-Security-Policy"), "unsafe-inline") {
		return 0, nil // a paper, which is laid out by its own rules
	}
	if answer.Code != http.StatusOK || !strings.HasPrefix(answer.Header().Get("Content-Type"), "text/html") {
		return 0, nil
	}
	page, err := html.Parse(answer.Body)
	if err != nil {
		return 0, []string{err.Error()}
	}
	var links [][]string
	for _, p := range all(page, "p") {
		if strings.HasPrefix(attr(p, "class"), "files") {
			var two []string
			for _, a := range all(p, "a") {
				two = append(two, attr(a, "href"))
			}
			links = append(links, two)
		}
	}
	shown := tablesOf(page)
	if len(links) != len(shown) {
		return len(shown), []string{fmt.Sprintf("has %d tables, and files of %d", len(shown), len(links))}
	}
	bare, _, _ := strings.Cut(path, "?")
	for i, t := range shown {
		var want []string
		for _, tr := range all(t, "tr") {
			if row := seenRow(tr); row != "" {
				want = append(want, row)
			}
		}
		for _, to := range links[i] {
			file := ask(handler, who, "GET", bare+to, "", nil)
			rows, err := fileRows(file.Body.Bytes())
			if file.Code != http.StatusOK || err != nil {
				wrong = append(wrong, fmt.Sprintf("table %d, %s: %d %v", i+1, to, file.Code, err))
				continue
			}
			if cut := len(all(page, "nav")) > 0 && len(rows) > len(want); cut && strings.Contains(to, fmt.Sprintf("bang=%d", i+1)) {
				rows = rows[:len(want)] // the list goes on, the file to its end
			}
			if a, b := strings.Join(rows, "\n"), strings.Join(want, "\n"); a != b {
				wrong = append(wrong, fmt.Sprintf("table %d, %s holds other rows than the page:\n%.400s\n--\n%.400s", i+1, to, a, b))
			}
		}
	}
	return len(shown), wrong
}

// later is a page in the midst of a list, whose file begins where the list does.
var later = regexp.MustCompile(`[?&](sau|tu|tiep|truoc)=`)

// Every table of every page, as each role that sees it and under every filter that is tried, is also a workbook and a
// .csv with the same rows, on both engines.
func TestEveryTableIsAFileOfWhatItShows(t *testing.T) {
	t.Parallel()
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, e)
			config, handler, callers := w.served()
			pages, tables := 0, 0
			seen := make(map[string]bool)
			for _, trial := range w.trials(callers) {
				if key := trial.who.login + trial.path; trial.allowed && trial.route.Method == http.MethodGet && !seen[key] && !later.MatchString(key) {
					seen[key] = true
					n, wrong := unlike(handler, trial.who, trial.path)
					pages, tables = pages+min(n, 1), tables+n
					for _, w := range wrong {
						t.Errorf("%s: %s %s", trial.who, trial.path, w)
					}
				}
			}
			t.Logf("%d tables on %d pages, each as two files", tables, pages)
			if tables < 200 {
				t.Errorf("only %d tables were found", tables)
			}
			officer := w.signIn(handler, "khoagiao")
			if _, wrong := unlike(web.ShortFileHouse(config), officer, "/nhiem-vu?trang-thai="); len(wrong) == 0 {
				t.Error("a file with a row less than its page is not noticed")
			}
		})
	}
}
