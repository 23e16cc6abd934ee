package web_test

import (
	"net/url"
	"strings"
	"testing"

	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/report"
	"giaoban/sample"
)

// A paragraph and a figure are asked for where they stand, by links and one form, without a script; the rest stays
// accepted, and what was asked for is marked in the report and in the consolidation.
func TestAPartIsAskedForWhereItStands(t *testing.T) {
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			h := enter(t, e, "2022-04-20 09:00")
			period := sample.Quarter
			period, _ = period.Previous() // its report was not signed
			base := "/tong-hop/" + sample.Quarterly + "/" + period.String()
			v := h.visitor(t, h.Officer)
			v.get(base + "/loi-van")
			v.follow(t, "/ban-bao-cao/", "?cho=doan.")
			v.ask(t, "Nêu rõ địa bàn")
			v.see(t, "Đã nhận, chờ bổ sung một phần", "phần còn lại vẫn được nhận", "Nêu rõ địa bàn")

			v.get(base)
			v.follow(t, "/chi-tieu/", "")
			at := v.url.Path
			v.follow(t, "/ban-bao-cao/", "?cho=so.")
			v.ask(t, "Xem lại số này")
			v.see(t, "Xem lại số này", "Đã nhận, chờ bổ sung một phần")
			v.get(at)
			v.see(t, "chờ bổ sung")
			v.get(base)
			v.see(t, "chờ bổ sung: ")
			h.do(t, func(tx *db.Tx) error {
				wrong, err := report.Verify(tx)
				for _, w := range wrong {
					t.Error(w.Sentence)
				}
				return err
			})
		})
	}
}

// follow goes where the first link leads that holds both words.
func (v *visitor) follow(t *testing.T, words, more string) {
	t.Helper()
	for _, a := range all(v.page, "a") {
		if to, err := url.QueryUnescape(attr(a, "href")); err == nil && strings.Contains(to, words) && strings.Contains(to, more) {
			v.get(attr(a, "href"))
			return
		}
	}
	t.Fatalf("%s has no link with %s%s", v.url, words, more)
}

// ask fills the form that stands beside the chosen place and sends it.
func (v *visitor) ask(t *testing.T, reason string) {
	t.Helper()
	for _, form := range all(v.page, "form") {
		if attr(form, "id") == "bo-sung" {
			fields := formValues(form)
			if fields.Get("place") == "" {
				t.Fatalf("the form of %s asks for nothing: %v", v.url, fields)
			}
			fields.Set("reason", reason)
			v.post(attr(form, "action"), fields)
			return
		}
	}
	t.Fatalf("no form stands open at %s", v.url)
}

func (v *visitor) see(t *testing.T, words ...string) {
	t.Helper()
	for _, word := range words {
		if !strings.Contains(v.text, word) {
			t.Errorf("%s does not say %q", v.url, word)
		}
	}
}
