package web_test

import (
	"bytes"
	"strings"
	"testing"

	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/internal/table"
	"giaoban/lists"
	"giaoban/sample"
)

// What the office has of a list comes out as a file, and the file goes in again and changes nothing.
func TestWhatComesOutGoesInAgain(t *testing.T) {
	t.Parallel()
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, e)
			_, handler, _ := w.served()
			for _, l := range lists.All {
				login := map[bool]string{true: "quantri", false: "khoagiao"}[l.Act == access.ManageAccounts || l.Act == access.EnterBodies]
				who := w.signIn(handler, login)
				for _, kind := range []string{"xlsx", "csv"} {
					url := "/thiet-lap/danh-sach/" + l.Path + "/mau?noi-dung=hien-co&regime=" + sample.Quarterly + "&dang=" + kind
					file := ask(handler, who, "GET", url, "", nil).Body.Bytes()
					rows, err := table.Read(bytes.NewReader(file), int64(len(file)))
					if err != nil || len(rows) < 10 {
						t.Fatalf("%s of %s: %d rows, %v", kind, l.Name, len(rows), err)
					}
					w.do(func(tx *db.Tx) error {
						c, err := lists.Enter(tx, who.Actor, l, rows, lists.Options{Regime: sample.Quarterly})
						if err != nil || c.Changes() || c.Count(lists.There)+c.Count(lists.Doubled) != len(rows)-1 {
							t.Errorf("%s of %s, %d rows: %s %v %v", kind, l.Name, len(rows)-1, c.Sentence(), err, c.Problems)
						}
						return nil
					})
				}
			}
			if t.Failed() {
				return
			}
			rows := []table.Row{{No: 1, Cells: strings.Split("Tên cơ quan", ";")}, {No: 2, Cells: []string{"Hội Đông y tỉnh"}}}
			w.do(func(tx *db.Tx) error {
				if c, err := lists.Check(tx, w.Admin, lists.All[0], rows, lists.Options{}); err != nil || !c.Changes() {
					t.Errorf("a new body is not told from those the office has: %v", err)
				}
				return nil
			})
		})
	}
}
