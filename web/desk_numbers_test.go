package web_test

import (
	"fmt"
	"net/http/httptest"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/internal/decimal"
	"giaoban/org"
	"giaoban/report"
	"giaoban/sample"
	"giaoban/web"
)

// A desk says something to whoever opens it, and every number on it that leads to a list is what that list holds, for
// everybody and at several moments of the sample; the last with late reports of periods long past.
func TestTheNumbersOfADeskAreWhatTheirListsHold(t *testing.T) {
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			numbers := 0
			for _, when := range []string{"2022-03-02 09:00", "2022-03-21 09:00", "2022-04-20 09:00", "2023-02-01 09:00"} {
				h := enter(t, e, min(when, "2022-04-20 09:00"))
				h.Clock.Set(moment(t, when))
				if when > "2022-04-20" {
					h.do(t, func(tx *db.Tx) error { return manyThings(tx, h) })
				}
				if strings.HasPrefix(when, "2022-04-20") { // a day off moves deadlines
					h.do(t, func(tx *db.Tx) error {
						return org.AddHoliday(tx, h.Admin, calendar.Day{Date: calendar.On(2022, 5, 20), Kind: calendar.OfficeOff, Name: "Ngày hội", Source: "TB 45-TB/VPTU"})
					})
				}
				for _, login := range []string{"khoagiao", "truongban", "vanthu", "syt", "lanhdao.syt", "quantri", "baocaovien"} {
					n, wrong := h.visitor(t, h.Actor(login)).deskNumbers()
					numbers += n
					for _, w := range wrong {
						t.Errorf("%s, %s: %s", when, login, w)
					}
				}
			}
			if numbers < 30 {
				t.Errorf("only %d numbers were looked at", numbers)
			}
			t.Logf("%d numbers", numbers)
		})
	}
}

// A queue that looks through the four newest periods only is told.
func TestADeskThatSaysMoreThanItsListHoldsIsTold(t *testing.T) {
	h := enter(t, dbtest.Engines(t)[0], "2022-04-20 09:00")
	h.do(t, func(tx *db.Tx) error { return manyThings(tx, h) })
	server := httptest.NewServer(web.ShortSightedHouse(web.Config{DB: h.DB, Files: h.store, Dev: true}))
	t.Cleanup(server.Close)
	h.server = server
	_, wrong := h.visitor(t, h.Officer).deskNumbers()
	if len(wrong) == 0 || !strings.Contains(wrong[0], "the list holds 0") || !strings.Contains(wrong[0], "2020") {
		t.Errorf("the planted queue was not told: %q", wrong)
	}
}

// manyThings brings late versions of reports of eight quarters, so that something waits in periods long past.
func manyThings(tx *db.Tx, h *house) error {
	for period := sample.Quarter; period.Year() >= 2020; {
		o, err := report.ObligationOf(tx, h.Officer, sample.Quarterly, period, h.SYT.ID)
		if err != nil {
			break // the sample begins there
		}
		if o.Latest != "" {
			if _, err := resend(tx, h, o); err != nil {
				return err
			}
		}
		period, _ = period.Previous()
	}
	return nil
}

var oneNumber = regexp.MustCompile(`^Còn \d|^\d+/\d+ `)

// deskNumbers looks at every line of the visitor's desk and follows it.
func (v *visitor) deskNumbers() (numbers int, wrong []string) {
	v.t.Helper()
	v.get("/ban-lam-viec")
	says := func(class string) func(*html.Node) bool {
		return func(n *html.Node) bool { return strings.HasPrefix(attr(n, "class"), class) && textOf(n) != "" }
	}
	if !slices.ContainsFunc(all(v.page, "li"), says("todo")) && !slices.ContainsFunc(all(v.page, "p"), says("empty")) {
		wrong = append(wrong, "the desk says nothing")
	}
	for _, li := range all(v.page, "li") {
		if !strings.HasPrefix(attr(li, "class"), "todo") {
			continue
		}
		said, link := textOf(li), ""
		for _, a := range all(li, "a") {
			if attr(a, "class") == "button" {
				link = attr(a, "href")
				break
			}
		}
		holds, err := strconv.Atoi(attr(li, "data-holds"))
		rows, list := v.rowsAt(link)
		switch {
		case err == nil && rows != holds:
			wrong = append(wrong, fmt.Sprintf("%q leads to %s: the list holds %d, the desk says %d", said, link, rows, holds))
		case err == nil && !regexp.MustCompile(`(^|\D)`+strconv.Itoa(holds)+`(\D|$)`).MatchString(said):
			wrong = append(wrong, fmt.Sprintf("%q does not say that its list holds %d", said, holds))
		case err != nil && list && oneNumber.MatchString(said):
			wrong = append(wrong, fmt.Sprintf("%q says a number and not how many %s holds", said, link))
		case err == nil:
			numbers++
		}
	}
	return numbers, wrong
}

// rowsAt counts the lines of the list at an address, over all its pages.
func (v *visitor) rowsAt(at string) (rows int, list bool) {
	v.t.Helper()
	other := *v
	for pages := 0; at != ""; pages++ {
		if pages == 100 {
			v.t.Fatalf("%s has no end", at)
		}
		other.get(at)
		for _, n := range all(other.page, "ul", "tbody") {
			if !has(n, "data-rows") {
				continue
			}
			list = true
			for c := n.FirstChild; c != nil; c = c.NextSibling {
				if c.Type == html.ElementNode && attr(c, "class") != "group" {
					rows++
				}
			}
		}
		at = ""
		for _, a := range all(other.page, "a") {
			if to := attr(a, "href"); list && attr(a, "rel") == "next" && attr(a.Parent, "class") == "pages" {
				next, err := other.url.Parse(to)
				if err != nil {
					v.t.Fatal(err)
				}
				at = next.RequestURI()
			}
		}
	}
	return rows, list
}

// resend hands the newest version in once more, with one figure changed.
func resend(tx *db.Tx, h *house, o report.Obligation) (db.ID, error) {
	old, err := report.FindSubmission(tx, h.Officer, o.Latest)
	if err != nil {
		return "", err
	}
	in := report.Input{Values: make(map[string]*string), Sections: old.Sections, Notes: old.Notes}
	for i, one := range old.Form.Indicators {
		if one.Aggregation == report.Ratio || !old.Values[i].Set {
			continue
		}
		figure := old.Values[i].Figure
		if one.Aggregation == report.Sum && figure > 20 {
			figure++
		}
		text := decimal.Format(figure, one.Decimals)
		in.Values[one.Code] = &text
	}
	ready, err := report.Prepare(tx, access.System("thử"), o.RegimeCode, o.Period, o.BodyCode, in)
	if err != nil {
		return "", err
	}
	receipt, err := report.Submit(tx, access.System("thử"), ready)
	return receipt.ID, err
}
