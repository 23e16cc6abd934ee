package web_test

import (
	"net/http"
	"strings"
	"testing"

	"giaoban/internal/dbtest"
	"giaoban/web"

	"golang.org/x/net/html"
)

// linkFrom is one link of a page as somebody sees it, and where it ends.
type linkFrom struct {
	who, page, words, to, end string
	status                    int
}

// ledFrom are the pages whose links lead to records of other rooms, with those they list.
var ledFrom = []string{"/ban-lam-viec", "/nhiem-vu", "/vien-dan/cho", "/van-ban-chi-dao", "/so-ket-tong-ket", "/tu-lieu", "/kien-nghi", "/giao-ban", "/sap-xep",
	"/tong-hop/kg-quy/2022-Q1/loi-van", "/nhat-ky"}

// listed are the beginnings of pages that those pages list and whose links are opened too.
var listed = []string{"/nhiem-vu/", "/van-ban-chi-dao/", "/so-ket-tong-ket/", "/tu-lieu/", "/kien-nghi/", "/giao-ban/", "/sap-xep/"}

// Whatever a page leads to opens for whoever sees the link, by whichever address.
func TestEveryLinkToARecordOpens(t *testing.T) {
	w := newWorld(t, dbtest.Engines(t)[0])
	links := w.links(web.Handler(web.Config{DB: w.DB, Files: w.store, Dev: true}))
	redirected := 0
	for _, l := range links {
		if l.status != http.StatusOK {
			t.Errorf("%s, on %s: “%s” leads to %s: %d", l.who, l.page, l.words, l.to, l.status)
		}
		if l.end != l.to {
			redirected++
		}
	}
	if len(links) < 500 || redirected < 5 {
		t.Errorf("only %d links were opened, %d of them led on", len(links), redirected)
	}
}

// links opens each link of the pages once for each role.
func (w *world) links(handler http.Handler) (found []linkFrom) {
	for _, who := range w.callers(handler)[1:] {
		ends := make(map[string]linkFrom)
		pages := append([]string{}, ledFrom...)
		seen := make(map[string]bool)
		for at := 0; at < len(pages); at++ {
			answer := ask(handler, who, "GET", pages[at], "", nil)
			if answer.Code != http.StatusOK {
				continue // not for this role
			}
			document, err := html.Parse(answer.Body)
			if err != nil {
				w.t.Fatal(err)
			}
			for _, main := range all(document, "main") {
				for _, a := range all(main, "a") {
					to := attr(a, "href")
					if !has(a, "href") || strings.HasPrefix(to, "#") || strings.HasPrefix(to, "?") || strings.HasPrefix(to, "/nhat-ky") {
						continue
					}
					l, known := ends[to]
					if !known {
						l = linkFrom{to: to}
						l.end, l.status = end(handler, who, to)
						ends[to] = l
					}
					l.who, l.page, l.words = who.login, pages[at], textOf(a)
					found = append(found, l)
					page, _, _ := strings.Cut(to, "#")
					for _, beginning := range listed {
						if strings.HasPrefix(page, beginning) && !strings.Contains(page, "?") && !seen[page] && len(pages) < 60 {
							seen[page] = true
							pages = append(pages, page)
						}
					}
				}
			}
		}
	}
	return found
}

// end is where a link ends after the pages that lead on.
func end(handler http.Handler, who caller, to string) (string, int) {
	for range 3 {
		if to == "" {
			return to, http.StatusNotFound // a record that the pages do not show
		}
		path, _, _ := strings.Cut(to, "#")
		answer := ask(handler, who, "GET", path, "", nil)
		next := answer.Header().Get("Location")
		if next == "" {
			return to, answer.Code
		}
		to = next
	}
	return to, http.StatusLoopDetected
}
