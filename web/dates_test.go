package web_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"giaoban/internal/dbtest"
	"giaoban/web"

	"golang.org/x/net/html"
)

// isoDay is a day as machines write it.
var isoDay = regexp.MustCompile(`\b(19|20)[0-9]{2}-[01][0-9]-[0-3][0-9]\b`)

// machineDays finds what a page shows of days that is not day/month/year: the browser's own boxes, and days as the
// database keeps them, in its words and in what its boxes hold.
func machineDays(page string) (found []string) {
	document, err := html.Parse(strings.NewReader(page))
	if err != nil {
		return []string{err.Error()}
	}
	for n := range document.Descendants() {
		switch {
		case n.Type == html.TextNode && n.Parent.Data != "script" && n.Parent.Data != "style":
			if day := isoDay.FindString(n.Data); day != "" {
				found = append(found, fmt.Sprintf("says %q", day))
			}
		case n.Type == html.ElementNode:
			kind := attr(n, "type")
			if n.Data == "input" && slices.Contains([]string{"date", "month", "week", "datetime-local"}, kind) {
				found = append(found, fmt.Sprintf("has the browser's own box for %q", attr(n, "name")))
			}
			for _, name := range []string{"value", "placeholder", "title", "aria-label", "alt"} {
				seen := name != "value" || n.Data == "input" && kind != "hidden" && kind != "checkbox" && kind != "radio"
				if day := isoDay.FindString(attr(n, name)); seen && day != "" {
					found = append(found, fmt.Sprintf("shows %q in %s of %s", day, name, n.Data))
				}
			}
		}
	}
	return found
}

// Every page, as each role that may see it, and every form that comes back refused with an unreadable day: days are
// shown and typed day/month/year, and what was typed stands in its box again.
func TestDaysAreShownAndTypedAsPeopleWriteThem(t *testing.T) {
	t.Parallel()
	w := newWorld(t, dbtest.Engines(t)[0])
	config, handler, callers := w.served()
	pages, refused, boxes := 0, 0, 0
	for _, trial := range w.trials(callers) {
		if !trial.allowed || trial.last {
			continue
		}
		form := isoDay.ReplaceAllString(trial.form, "31/13x")
		if trial.route.Method == "POST" && form == trial.form {
			continue
		}
		answer := ask(handler, trial.who, trial.route.Method, trial.path, form, nil)
		page := answer.Body.String()
		if !strings.HasPrefix(answer.Header().Get("Content-Type"), "text/html") || answer.Code >= 300 && answer.Code < 400 {
			continue
		}
		pages++
		boxes += strings.Count(page, `inputmode="numeric"`)
		for _, wrong := range machineDays(page) {
			t.Errorf("%s: %s %s %s", trial.who, trial.route.Method, trial.path, wrong)
		}
		if trial.route.Method == "POST" && answer.Code == 422 {
			refused++
			if !strings.Contains(page, "31/13x") {
				t.Errorf("%s: %s forgets the day that was typed", trial.who, trial.path)
			}
		}
	}
	t.Logf("%d pages, %d refused forms, %d boxes", pages, refused, boxes)
	if pages < 500 || refused < 3 {
		t.Errorf("only %d pages and %d refused forms were looked at", pages, refused)
	}
	planted, path := web.IsoHouse(config)
	if wrong := machineDays(ask(planted, w.signIn(planted, "khoagiao"), "GET", path, "", nil).Body.String()); len(wrong) != 3 {
		t.Errorf("of a page with days as machines write them was found: %v", wrong)
	}
}
