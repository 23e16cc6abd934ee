package web_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/people"
	"giaoban/web"

	"golang.org/x/net/html"
)

// nobody is what stands beside a body that owes something while nobody can sign in for it.
const nobody = "Chưa ai đăng nhập được"

// owing are the badges and marks of what is still to be done.
var owing = []string{"missing", "late", "waiting", "returned", "extended"}

// unmarked are the rows of a page that name the body beside something it owes, and do not say that nobody signs in for it.
func unmarked(page, name string) (rows []string) {
	document, err := html.Parse(strings.NewReader(page))
	if err != nil {
		return []string{err.Error()}
	}
	for _, tag := range []string{"tr", "li"} {
		for _, row := range all(document, tag) {
			inner := slices.ContainsFunc(append(all(row, "tr"), all(row, "li")...), func(n *html.Node) bool {
				return n != row && strings.Contains(textOf(n), name)
			})
			if text := textOf(row); strings.Contains(text, name) && !inner && owes(row) && !strings.Contains(text, nobody) {
				rows = append(rows, text)
			}
		}
	}
	return rows
}

func owes(row *html.Node) bool {
	return slices.ContainsFunc(all(row, "span"), func(n *html.Node) bool {
		classes := strings.Fields(attr(n, "class"))
		return (slices.Contains(classes, "badge") || slices.Contains(classes, "mark")) &&
			slices.ContainsFunc(classes, func(c string) bool { return slices.Contains(owing, c) })
	})
}

// notOwing are the pages on which a body is named beside what it does not owe.
// What begins so, or the whole page for "".
var notOwing = map[string]struct{ begins, why string }{
	"GET /ban-lam-viec":               {"Kiến nghị", "the commission owes the answer"},
	"GET /kien-nghi":                  {"", "the commission owes the answer"},
	"GET /giao-ban/{id}/ho-so":        {"", "a sheet for the leaders, frozen as it was shown; what is missing stands in the list it links to"},
	"GET /tong-hop/{regime}/{period}": {"", "a figure that misses its target is no debt"},
	"GET /van-ban-den":                {"", "the sender owes nothing; the commission leads its paper on"},
	"GET /sap-xep":                    {"", "rows of the reorganisation that the commission is to confirm"},
	"GET /tai-khoan":                  {"", "the accounts themselves, each with its state"},
}

// Wherever a body owes something, on any page of any role of the commission, it is marked when nobody can sign in for it.
func TestABodyWithoutAccountIsMarkedWhereverItOwes(t *testing.T) {
	t.Parallel()
	e := dbtest.Engines(t)[0]
	w := newWorld(t, e)
	w.do(func(tx *db.Tx) error {
		for _, login := range []string{"syt", "lanhdao.syt"} {
			a, err := people.FindAccount(tx, w.Admin, login)
			if err != nil {
				return err
			}
			if err := people.Disable(tx, w.Admin, a.ID); err != nil {
				return err
			}
		}
		return nil
	})
	handler := web.Handler(web.Config{DB: w.DB, Files: w.store, Dev: true})
	pages, marked := 0, map[string]bool{}
	for _, login := range []string{"khoagiao", "truongban", "vanthu", "quantri"} {
		c := w.signIn(handler, login)
		for _, r := range web.Routes() {
			pattern := r.Method + " " + r.Path
			if r.Method != http.MethodGet {
				continue
			}
			for _, o := range w.objects[r.Of] {
				if !w.may(r, c, o) {
					continue
				}
				for _, query := range append([]string{""}, queries[pattern]...) {
					answer := ask(handler, c, "GET", w.fill(r.Path, o)+query, "", nil)
					if answer.Code != http.StatusOK || !strings.Contains(answer.Header().Get("Content-Type"), "html") {
						continue
					}
					pages++
					page := answer.Body.String()
					if strings.Contains(page, nobody) {
						marked[pattern] = true
					}
					rows := unmarked(page, w.SYT.ShortName)
					if owed := r.Of == "task" || r.Of == "obligation" || r.Of == "review"; owed && o.org == w.SYT.ID && !strings.Contains(page, nobody) {
						rows = append(rows, "cả trang")
					}
					for _, row := range rows {
						if excepted, ok := notOwing[pattern]; ok && strings.HasPrefix(row, excepted.begins) {
							continue
						}
						t.Errorf("%s: %s nêu %s đang nợ việc mà không nói %q: %.160s", login, pattern, w.SYT.ShortName, nobody, row)
					}
				}
			}
		}
	}
	if len(marked) < 5 {
		t.Errorf("chỉ %d trang đánh dấu: %v", len(marked), marked)
	}
	t.Logf("%d trang, %d địa chỉ có dấu", pages, len(marked))

	planted := `<table><tr><th>Sở Y tế</th><td><span class="mark missing"><span>Chưa báo cáo</span></span></td></tr></table>`
	if rows := unmarked(planted, "Sở Y tế"); len(rows) != 1 {
		t.Errorf("dòng cài vào không bị nhận ra: %v", rows)
	}
}
