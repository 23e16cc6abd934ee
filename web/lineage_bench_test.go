package web_test

import (
	"fmt"
	"testing"

	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/web"
)

// The page of origins of the record with the most around it, as the commission and as an agency open it.
func BenchmarkLineageOfTheBusiestRecord(b *testing.B) {
	h := enter(b, dbtest.Engines(b)[0], "2022-04-20 09:00")
	handler := web.Handler(web.Config{DB: h.DB, Files: h.store, Dev: true})
	for _, login := range []string{"khoagiao", "syt"} {
		c := caller{Actor: h.Actor(login), login: login}
		for _, cookie := range ask(handler, c, "POST", "/dang-nhap/vao-thu", "person="+string(c.Person), nil).Result().Cookies() {
			if cookie.Name == "giaoban" {
				c.cookie = cookie.String()
			}
		}
		address := "/nguon-goc/" + busiest(b, h, c.Role == access.CommissionOfficer)
		b.Run(fmt.Sprint(c), func(b *testing.B) {
			for b.Loop() {
				if answer := ask(handler, c, "GET", address, "", nil); answer.Code != 200 {
					b.Fatalf("%s: %d", address, answer.Code)
				}
			}
		})
	}
}

// busiest is the record with the most edges; for an agency, of those it may read: a regime is everybody's.
func busiest(b *testing.B, h *house, any bool) (key string) {
	err := h.DB.Read(b.Context(), func(tx *db.Tx) error {
		return tx.Get(&key, `
select n.key
from lineage_node n
where ? or n.kind = 'regime'
order by (select count(*) from lineage_edge e where e.source = n.key or e.target = n.key) desc, n.key
limit 1`, any)
	})
	if err != nil {
		b.Fatal(err)
	}
	b.Logf("%s", key)
	return key
}
