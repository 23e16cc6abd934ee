package api_test

import (
	"testing"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/directive"
	"giaoban/internal/db"
)

func TestOtherProgramsReadTheRegister(t *testing.T) {
	eachOffice(t, func(t *testing.T, o *office) {
		for _, n := range []directive.New{
			{Type: "Nghị quyết", Symbol: "20-NQ/TW", Date: calendar.On(2012, 11, 1), Term: "XI", Issuer: "Ban Chấp hành Trung ương", Sectors: "KH"},
			{Type: "Nghị quyết", Symbol: "20-NQ/TW", Date: calendar.On(2017, 10, 25), Term: "XII", Issuer: "Ban Chấp hành Trung ương", Sectors: "YT"},
		} {
			if err := o.db.Write(t.Context(), func(tx *db.Tx) error { _, err := directive.Record(tx, access.System("dựng thử"), n); return err }); err != nil {
				t.Fatal(err)
			}
		}
		all := o.must(200, "SYT", "GET", "/api/v1/directives?q=20-nq/tw", nil).items()
		if len(all) != 2 || all[0]["term"] != "XII" || all[0]["level"] != "central" || all[0]["state"] != "in_force" ||
			all[0]["url"] != address("directive", db.ID(all[0]["id"].(string))) {
			t.Errorf("the two 20-NQ/TW: %v", all)
		}
		if got := o.must(200, "SYT", "GET", "/api/v1/directives?sector=KH", nil).items(); len(got) != 1 {
			t.Errorf("of science: %v", got)
		}
		first := o.must(200, "officer", "GET", "/api/v1/directives?limit=1", nil)
		if got := o.must(200, "officer", "GET", "/api/v1/directives?limit=1&cursor="+first.text("next"), nil).items(); len(got) != 1 || got[0]["term"] != "XI" {
			t.Errorf("the second page: %v", got)
		}
		o.must(422, "officer", "GET", "/api/v1/directives?cursor=vo-ly", nil)
	})
}
