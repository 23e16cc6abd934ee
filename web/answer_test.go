package web_test

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"giaoban/internal/dbtest"
	"giaoban/web"

	"golang.org/x/net/html"
)

// Each act declares the sentence that answers it, and a link that leads on to a page.
func TestEveryActDeclaresItsAnswer(t *testing.T) {
	pages := make(map[string]bool)
	for _, r := range web.Routes() {
		pages[r.Method+" "+r.Path] = true
	}
	for _, r := range web.Routes() {
		name := r.Method + " " + r.Path
		if r.Method == http.MethodGet {
			continue
		}
		if !strings.HasPrefix(r.Said, "Đã ") && !strings.HasPrefix(r.Said, "Cuộc ") || !strings.HasSuffix(r.Said, ".") {
			t.Errorf("%s says %q: declare with .says(…) what was done, as a sentence", name, r.Said)
		}
		if at, _, _ := strings.Cut(r.NextAt, "#"); at != "" && !pages["GET "+at] {
			t.Errorf("%s leads on to %s, which no room declares", name, at)
		}
		if (r.Next == "") != (r.NextAt == "") {
			t.Errorf("%s leads on with words %q to address %q", name, r.Next, r.NextAt)
		}
	}
}

// answerOf follows an act that went well to the page that shows its answer; "" when none is shown. Next is where the
// answer leads, of the address that it says was done.
func answerOf(t *testing.T, handler http.Handler, c caller, answer *httptest.ResponseRecorder) (said, next, of string) {
	t.Helper()
	page, held := answer, map[string]string{"giaoban": strings.TrimPrefix(strings.SplitN(c.cookie, ";", 2)[0], "giaoban=")}
	for page.Code == http.StatusSeeOther {
		var cookies []string
		for _, cookie := range page.Result().Cookies() {
			held[cookie.Name] = cookie.Value
		}
		for name, value := range held {
			cookies = append(cookies, name+"="+value)
		}
		to, _, _ := strings.Cut(page.Header().Get("Location"), "#")
		page = ask(handler, c, "GET", to, "", map[string]string{"Cookie": strings.Join(cookies, "; ")})
	}
	document, err := html.Parse(page.Body)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range all(document, "div") {
		if has(n, "data-answers") && attr(n, "role") == "status" {
			for _, a := range all(n, "a") {
				next = attr(a, "href")
			}
			return textOf(n), next, attr(n, "data-answers")
		}
	}
	return "", "", ""
}

// What went well is answered with its sentence, once, on the page that follows; and the link in it opens for who acted.
func TestEveryActAnswers(t *testing.T) {
	t.Parallel()
	w := newWorld(t, dbtest.Engines(t)[0])
	config, handler, callers := w.served()
	answered := make(map[string]bool)
	trials := w.trials(callers)
	for _, last := range []bool{false, true} {
		for _, trial := range trials {
			pattern := trial.route.Method + " " + trial.route.Path
			if trial.route.Method == "GET" || !trial.allowed || trial.last != last || answered[pattern] ||
				strings.Contains(trial.form, "act=xem") { // a look does nothing that could be answered
				continue
			}
			answer := ask(handler, trial.who, "POST", trial.path, trial.form, nil)
			if answer.Code >= 400 || strings.Contains(answer.Header().Get("Content-Type"), "json") {
				continue
			}
			if strings.Contains(answer.Body.String(), " data-again") {
				continue // only looked at, and the page says so: nothing was done
			}
			answered[pattern] = true
			said, next, of := answerOf(t, handler, trial.who, answer)
			if said == "" {
				t.Errorf("%s: %s is answered by no sentence", trial.who, pattern)
			}
			if sent, _, _ := strings.Cut(trial.path, "?"); of != sent {
				t.Errorf("%s: the answer to %s says that %s was done: the browser keeps what was typed", trial.who, sent, of)
			}
			if at, _, _ := strings.Cut(next, "#"); at != "" && trial.who.Role != "" {
				if page := ask(handler, trial.who, "GET", at, "", nil); page.Code >= 400 {
					t.Errorf("%s: %s leads on to %s, which answers %d", trial.who, pattern, at, page.Code)
				}
			}
		}
	}
	var silent []string
	for _, r := range web.Routes() {
		if r.Method == http.MethodPost && !answered[r.Method+" "+r.Path] {
			silent = append(silent, r.Path)
		}
	}
	t.Logf("%d acts answered; not right enough to go well: %s", len(answered), strings.Join(silent, " "))

	// An act that says nothing is found.
	at := slices.IndexFunc(callers, func(c caller) bool { return c.login == "khoagiao" })
	silentAct := web.WithSilentAct(config, "/thu-im-lang")
	if said, _, _ := answerOf(t, silentAct, callers[at], ask(silentAct, callers[at], "POST", "/thu-im-lang", "", nil)); said != "" {
		t.Errorf("an act that says nothing is taken for one that says %q", said)
	}
}
