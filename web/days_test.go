package web_test

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"giaoban/calendar"
	"giaoban/internal/dbtest"
	"giaoban/web"

	"golang.org/x/net/html"
)

// farDays were once taken without a question.
var farDays = []string{"9999-12-31", "01/01/2122"}

// takesFar sends a form with a far day in one field and complains when it is taken. asked tells whether the office was
// asked about the day, and not refused for something else.
func takesFar(handler http.Handler, c caller, path, form, field, day string) (complaint string, asked bool) {
	typed, err := url.ParseQuery(form)
	if err != nil {
		return err.Error(), false
	}
	typed.Set(field, day)
	answer := ask(handler, c, "POST", path, typed.Encode(), nil)
	page := answer.Body.String()
	switch {
	case answer.Code < 400:
		return fmt.Sprintf("%s takes %s in %s without asking: %d %s", path, day, field, answer.Code, answer.Header().Get("Location")), false
	case answer.Code >= 500:
		return fmt.Sprintf("%s breaks on %s in %s: %d", path, day, field, answer.Code), false
	}
	asked = strings.Contains(page, `name="confirm_`+field+`"`)
	if asked && (answer.Code != 422 || !strings.Contains(page, "Xin kiểm tra năm") || !strings.Contains(page, `value="`+day+`"`)) {
		return fmt.Sprintf("%s asks about %s in %s without a sentence or what was typed: %d", path, day, field, answer.Code), true
	}
	return "", asked
}

// dayFields are the names under which days are typed: what the tried forms have and what the pages' own inputs are.
func (w *world) dayFields(handler http.Handler, trials []trial) []string {
	names := make(map[string]bool)
	for _, t := range trials {
		if t.route.Method == "POST" {
			typed, err := url.ParseQuery(t.form)
			if err != nil {
				w.t.Fatal(err)
			}
			for name, values := range typed {
				if _, err := calendar.ReadDate(values[0]); err == nil {
					names[name] = true
				}
			}
			continue
		}
		if !t.allowed || t.who.Role == "" {
			continue
		}
		document, err := html.Parse(ask(handler, t.who, "GET", t.path, "", nil).Body)
		if err != nil {
			w.t.Fatal(err)
		}
		for _, form := range all(document, "form") {
			if !strings.EqualFold(attr(form, "method"), "post") {
				continue
			}
			for _, input := range all(form, "input") {
				_, err := calendar.ReadDate(attr(input, "value"))
				if name := attr(input, "name"); attr(input, "type") == "date" || err == nil || dayName(name) {
					names[name] = true
				}
			}
		}
	}
	return slices.Sorted(maps.Keys(names))
}

// dayName reports whether a field's name says that a day is typed into it.
func dayName(name string) bool {
	for _, word := range []string{"date", "day", "due", "from", "since", "until"} {
		if slices.Contains(strings.FieldsFunc(name, func(r rune) bool { return r == '_' || r == '-' || r == '.' }), word) {
			return true
		}
	}
	return strings.HasSuffix(name, "_on") || strings.HasSuffix(name, "_by")
}

// Every address that takes a form, with a day of the year 9999 and of 2122 under every name that any form types days
// under: none is taken without a question.
func TestNoFarDayIsTakenWithoutAsking(t *testing.T) {
	t.Parallel()
	w := newWorld(t, dbtest.Engines(t)[0])
	config, handler, callers := w.served()
	trials := w.trials(callers)
	fields := w.dayFields(handler, trials)
	if len(fields) < 20 {
		t.Errorf("only %d names of days were found: %v", len(fields), fields)
	}
	deniedBefore, linesBefore := w.denials()
	tried, sent, asked := make(map[string]bool), 0, make(map[string]bool)
	for _, trial := range trials {
		pattern := trial.route.Method + " " + trial.route.Path
		if trial.route.Method != "POST" || !trial.allowed || trial.who.Role == "" || tried[pattern] || strings.HasPrefix(trial.path, "/dang-") || trial.path == "/mat-khau" {
			continue // whoever signs in types no day, and each wrong password leaves its own line
		}
		tried[pattern] = true
		own, err := url.ParseQuery(trial.form)
		if err != nil {
			t.Fatal(err)
		}
		for i, field := range fields { // a name that the form has with both days, each fifth of the others with one
			for j, day := range farDays {
				if !own.Has(field) && (i+len(tried))%5 != j {
					continue
				}
				complaint, was := takesFar(handler, trial.who, trial.path, trial.form, field, day)
				if complaint != "" {
					t.Error(complaint)
				}
				if sent++; was {
					asked[pattern] = true
				}
			}
		}
	}
	if denied, lines := w.denials(); lines-linesBefore != denied-deniedBefore {
		t.Errorf("what was only asked about left %d lines in the journal", lines-linesBefore-(denied-deniedBefore))
	}
	if len(asked) < len(tried)/3 {
		t.Errorf("only %d of %d addresses came as far as the question: %v", len(asked), len(tried), slices.Sorted(maps.Keys(asked)))
	}
	t.Logf("%d addresses, %d names of days, %d requests, %d addresses asked", len(tried), len(fields), sent, len(asked))

	careless, at := web.CarelessHouse(config)
	if complaint, _ := takesFar(careless, callers[1], at, "due=2022-08-20", "due", farDays[0]); !strings.Contains(complaint, "without asking") {
		t.Errorf("a page that takes any day is not found: %q", complaint)
	} else {
		t.Log(complaint)
	}
}

func TestAFarDayThatIsMeantIsTaken(t *testing.T) {
	t.Parallel()
	w := newWorld(t, dbtest.Engines(t)[0])
	_, handler, callers := w.served()
	admin := callers[slices.IndexFunc(callers, func(c caller) bool { return c.login == "quantri" })]
	form := url.Values{"code": {"XA1"}, "name": {"Cơ quan xưa"}, "short": {"Xưa"}, "kind": {"agency"}, "valid_from": {"01/7/1911"}}
	page := ask(handler, admin, "POST", "/danh-ba", form.Encode(), nil)
	if body := page.Body.String(); page.Code != 422 || !strings.Contains(body, "Ngày 01/7/1911 cách đây 111 năm") || !strings.Contains(body, `name="name" value="Cơ quan xưa"`) {
		t.Fatalf("%d %s", page.Code, sentence(page.Body.String()))
	} else if strings.Count(body, `name="valid_from"`) != 1 || !strings.Contains(body, `id="ngay-0" name="valid_from"`) {
		t.Error("the day cannot be mended where it is asked about")
	}
	form.Set("confirm_valid_from", "01/7/1912") // the box of another day
	if page := ask(handler, admin, "POST", "/danh-ba", form.Encode(), nil); page.Code != 422 {
		t.Errorf("another day's box counted: %d", page.Code)
	}
	form.Set("confirm_valid_from", "01/7/1911")
	if page := ask(handler, admin, "POST", "/danh-ba", form.Encode(), nil); page.Code != 303 {
		t.Errorf("%d %s", page.Code, sentence(page.Body.String()))
	}
}

func TestSpansFollowWhereADayIsTyped(t *testing.T) {
	for _, c := range []struct {
		path, day string
		far       bool
	}{
		{"/nhiem-vu/x/gia-han", "20/8/2026", false}, {"/nhiem-vu/x/gia-han", "20/8/2028", true}, {"/nhiem-vu/x/gia-han", "20/8/2009", true},
		{"/van-ban-chi-dao", "05/11/1945", false}, {"/van-ban-chi-dao", "05/11/1925", true}, {"/so-ket-tong-ket/x/buoc", "01/01/2040", false},
		{"/van-ban/x/vao-so", "05/11/1945", true}, {"/tai-khoan/x/chuc-vu", "01/3/1985", false}, {"/danh-ba", "02/9/1945", false},
	} {
		r := &http.Request{URL: &url.URL{Path: c.path}, PostForm: url.Values{"day": {c.day}, "note": {"sau ngày 01/01/2122"}}}
		if got := web.FarDays(r, calendar.On(2022, 4, 1)); (len(got) > 0) != c.far {
			t.Errorf("%s at %s: %v", c.day, c.path, got)
		}
	}
}
