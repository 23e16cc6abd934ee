package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/lineage"
	"giaoban/paper"
	"giaoban/record"
	"giaoban/web"
)

// held are the kinds whose page is a part of another record's: a paper is begun on the own page of that one.
var held = []string{"conclusion", "contribution", "reply"}

// noSource are kinds with a page from which nobody writes a paper: a file is sent as it is, and who keeps accounts writes
// no papers.
var noSource = []string{"file", "account"}

// lands follows an address to the page it ends at; "" when it does not open.
func (w *world) lands(handler http.Handler, c caller, address string) string {
	w.t.Helper()
	for range 3 {
		answer := ask(handler, c, "GET", address, "", nil)
		to := answer.Header().Get("Location")
		if to == "" && answer.Code == 200 {
			return answer.Body.String()
		}
		address, _, _ = strings.Cut(to, "#")
	}
	return ""
}

// unwritten lists the records whose page leads to no form for a paper, or to one that does not know the record.
func (w *world) unwritten(handler http.Handler, c caller) (wrong []string, looked int) {
	w.t.Helper()
	for _, kind := range record.Order {
		if record.Kinds[kind].See == nil || web.Address(kind, "x") == "" || slices.Contains(slices.Concat(held, noSource), kind) {
			continue
		}
		seen := 0
		for _, id := range w.records(kind) {
			page := w.lands(handler, c, web.Address(kind, id))
			if page == "" || seen == 2 {
				continue
			}
			seen++
			looked++
			_, rest, _ := strings.Cut(page, `href="/van-ban/soan?tu=`+kind+"%2F")
			at, _, _ := strings.Cut(rest, `"`)
			if at != string(id) {
				wrong = append(wrong, fmt.Sprintf("%s: the page of %s %s leads to no paper (%q)", c, kind, id, at))
				continue
			}
			form := ask(handler, c, "GET", "/van-ban/soan?tu="+kind+"%2F"+at, "", nil)
			if form.Code != 200 || !strings.Contains(form.Body.String(), `value="`+kind+"/"+at+`"`) {
				wrong = append(wrong, fmt.Sprintf("%s: the form for %s %s answers %d", c, kind, id, form.Code))
			}
		}
		if seen == 0 {
			wrong = append(wrong, "no page of kind "+kind+" opens")
		}
	}
	return wrong, looked
}

// Every record that has a page leads whoever writes papers to a form that begins one from it; nobody else finds it.
func TestAPaperIsBegunFromEveryRecord(t *testing.T) {
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			w := newWorld(t, e)
			config, handler, callers := w.served()
			w.do(w.planned)
			for _, c := range callers {
				switch c.login {
				case "khoagiao":
					wrong, looked := w.unwritten(handler, c)
					for _, one := range wrong {
						t.Error(one)
					}
					t.Logf("%d pages looked at", looked)
					if spoilt, _ := w.unwritten(web.SilentRecordHouse(config), c); len(spoilt) == 0 || !strings.Contains(spoilt[0], "consolidation") {
						t.Errorf("a page that does not say which record it shows is not reported: %v", spoilt)
					}
				case "truongban", "vanthu", "syt":
					for _, kind := range []string{"task", "directive"} {
						for _, id := range w.records(kind) {
							if strings.Contains(w.lands(handler, c, web.Address(kind, id)), "/van-ban/soan") {
								t.Errorf("%s, who writes no papers, is led to one from %s %s", c, kind, id)
							}
						}
					}
				}
			}
		})
	}
}

// A paper written from a record has it as its origin, whatever the record's room does with papers of its own: it is signed
// and leaves the record as it was. Of a record that is hidden, or is none, nothing is written.
func TestAPaperWrittenFromARecordLivesByItself(t *testing.T) {
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			w := newWorld(t, e)
			_, handler, callers := w.served()
			officer := callers[slices.IndexFunc(callers, func(c caller) bool { return c.login == "khoagiao" })]
			leader := callers[slices.IndexFunc(callers, func(c caller) bool { return c.login == "truongban" })]
			for _, kind := range []string{"consolidation", "briefing", "proposal", "task", ""} {
				from := ""
				if kind != "" {
					from = kind + "/" + string(w.records(kind)[0])
				}
				answer := ask(handler, officer, "POST", "/van-ban/soan", url.Values{"kind": {"HD"}, "subject": {"thực hiện việc thử"}, "tu": {from}}.Encode(), nil)
				to := answer.Header().Get("Location")
				if !strings.HasSuffix(to, "/loi-van") {
					t.Errorf("from %q: %d %s", from, answer.Code, sentence(answer.Body.String()))
					continue
				}
				at := strings.TrimSuffix(to, "/loi-van")
				refused := ask(handler, leader, "POST", at+"/ky", "signer="+string(leader.Person), nil)
				if refused.Code != 409 || !strings.Contains(refused.Body.String(), "Chưa ghi mục đích, yêu cầu") {
					t.Errorf("from %q: what is not written is signed: %d %s", from, refused.Code, sentence(refused.Body.String()))
				}
				form := url.Values{"version": {"1"}, "kind-0": {"x"}}
				for _, n := range []string{"2", "4", "6"} {
					form.Set("text-"+n, "Nội dung thử "+n+".")
				}
				if saved := ask(handler, officer, "POST", to, form.Encode(), nil); saved.Header().Get("Location") != at {
					t.Errorf("from %q: the words: %d %s", from, saved.Code, sentence(saved.Body.String()))
				}
				if signed := ask(handler, leader, "POST", at+"/ky", "signer="+string(leader.Person), nil); signed.Header().Get("Location") != at {
					t.Errorf("from %q: not signed: %d %s", from, signed.Code, sentence(signed.Body.String()))
				}
				w.do(func(tx *db.Tx) error {
					p, err := paper.Find(tx, w.Officer, db.ID(strings.TrimPrefix(at, "/van-ban/")))
					if err != nil || kind == "" {
						return err
					}
					if key := p.OriginKind + "/" + p.OriginID; key != from || p.State != paper.Signed {
						t.Errorf("written from %s, its origin is %s, it is %s", from, key, p.State)
					}
					g, err := record.Walk(tx, w.Officer, "paper", p.ID, 1)
					if err == nil && !slices.ContainsFunc(g.Ancestors, func(b lineage.Branch) bool { return b.Node.Key() == from }) {
						t.Errorf("the lineage of the paper does not lead to %s", from)
					}
					return err
				})
			}
			for _, from := range []string{"task/khong-co", "khong/co", "holiday/2022"} {
				if code := ask(handler, officer, "GET", "/van-ban/soan?tu="+url.QueryEscape(from), "", nil).Code; code != 404 {
					t.Errorf("from %s: %d", from, code)
				}
			}
			if code := ask(handler, officer, "POST", "/van-ban/soan", "kind=BB&subject=họp+thử", nil).Code; code != 422 {
				t.Errorf("minutes that name nobody: %d", code)
			}
		})
	}
}
