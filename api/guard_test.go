package api_test

import (
	"strings"
	"testing"

	"giaoban/access"
	"giaoban/api"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/people"
	"giaoban/sample/sampletest"
)

// What the sample province's health department may not send, and what it must say beside a figure far from all others.
func TestAProgramMeetsTheGuardOfFigures(t *testing.T) {
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			p := sampletest.Open(t, e, "")
			o := &office{t: t, db: p.DB, handler: api.Handler(api.Config{DB: p.DB, Address: address}), tokens: map[string]string{}}
			if err := p.DB.Write(t.Context(), func(tx *db.Tx) (err error) {
				o.tokens["SYT"], _, err = people.AddToken(tx, access.System("thử"), access.AgencyLeader, "SYT", false, "thử")
				return err
			}); err != nil {
				t.Fatal(err)
			}
			const door = "/api/v1/reports/kg-quy/2022-Q2/submissions"
			for _, c := range []struct {
				name   string
				body   m
				status int
				words  string
			}{
				{"nothing", m{"org": "SYT"}, 422, `"location":"nil"`},
				{"nothing but a null", m{"org": "SYT", "values": m{"YT11": nil}}, 422, "Không phát sinh"},
				{"a percentage of 965", m{"org": "SYT", "values": m{"YT18": "965"}}, 422, `"location":"value.YT18"`},
				{"another field's figure", m{"org": "SYT", "values": m{"YT11": "900", "GD12": "503"}}, 422, `"location":"value.GD12"`},
				{"a part above its whole", m{"org": "SYT", "values": m{"YT14": "100", "YT15": "500"}}, 422, `"location":"value.YT15"`},
				{"far from every period before", m{"org": "SYT", "values": m{"YT11": "9000"}}, 422, `"location":"notes.YT11"`},
				{"a reason for no indicator", m{"org": "SYT", "values": m{"YT11": "900"}, "notes": m{"LA": "x"}}, 422, `"location":"notes.LA"`},
				{"far, with its reason", m{"org": "SYT", "values": m{"YT11": "9000"}, "notes": m{"YT11": "Tính cả khu vực tư nhân."}}, 201, ""},
				{"in order", m{"org": "SYT", "values": m{"YT11": "900", "YT18": "96.5"}}, 201, ""},
				{"nothing happened", m{"org": "SYT", "nil": true}, 201, ""},
			} {
				if r := o.call("SYT", "POST", door, c.body); r.status != c.status || !strings.Contains(r.body, c.words) {
					t.Errorf("%s: %d %s, want %d with %s", c.name, r.status, short(r.body), c.status, c.words)
				}
			}
		})
	}
}
