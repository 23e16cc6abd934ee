package web_test

import (
	"net/http"
	"strings"
	"testing"

	"giaoban/access"
	"giaoban/consolidation"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/internal/fault"
	"giaoban/internal/table"
	"giaoban/lists"
	"giaoban/paper"
	"giaoban/report"
	"giaoban/sample"

	"golang.org/x/net/html"
)

// Whoever stands in Nơi nhận reads the whole consolidated report once it is released, whatever the role; who does not,
// finds no such paper.
func TestEveryRecipientReadsTheWholeReport(t *testing.T) {
	t.Parallel()
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			w := &world{house: enter(t, e, "2022-04-20 09:00"), t: t}
			_, handler, _ := w.served()
			var signed consolidation.Consolidation
			asked := make(map[string]bool)
			w.do(func(tx *db.Tx) (err error) {
				if signed, err = consolidation.Find(tx, w.Officer, sample.Quarterly, sample.Quarter); err != nil {
					return err
				}
				var codes []string
				err = tx.Select(&codes, `
select distinct b.code
from obligation o
join opening p on p.id = o.opening
join body b on b.id = o.body
where p.period = ? and p.regime = ?`, sample.Quarter, signed.Regime)
				for _, code := range append(codes, "BCSUBND") { // which stands there by its name
					asked[code] = true
				}
				if err != nil {
					return err
				}
				if _, err := lists.Enter(tx, w.Admin, lists.All[0], []table.Row{{No: 1, Cells: []string{"Hội Đông y tỉnh"}}}, lists.Options{}); err != nil {
					return err
				}
				var outside db.ID
				if err := tx.Get(&outside, "select body from body_name where name = 'Hội Đông y tỉnh'"); err != nil {
					return err
				}
				by := access.Actor{Person: "nguoi-ngoai", Name: "Người ngoài", Role: access.AgencyLeader, Body: outside}
				if _, err := paper.Find(tx, by, signed.Paper); !fault.Is(err, fault.KindMissing) {
					t.Errorf("a body that stands nowhere in Nơi nhận: %v", err)
				}
				return nil
			})
			address := "/van-ban/" + string(signed.Paper) + "/xem"
			whole := paperText(t, ask(handler, w.signIn(handler, "khoagiao"), "GET", address, "", nil).Body.String())
			for _, g := range signed.Groups {
				for _, p := range g.Paragraphs {
					if g.Section == report.SectionResults && p.State == consolidation.ParagraphKept && !strings.Contains(whole, bare(p.Text)) {
						t.Errorf("the paper does not hold %.60q", p.Text)
					}
				}
			}
			read := 0
			for _, login := range []string{"syt", "lanhdao.syt", "sgddt", "btgdk", "bcs", "lanhdao.bcs"} {
				who := w.signIn(handler, login)
				answer := ask(handler, who, "GET", address, "", nil)
				if !asked[who.BodyCode] {
					t.Errorf("%s is no recipient", who)
				}
				read++
				page := paperText(t, answer.Body.String())
				if answer.Code != http.StatusOK {
					t.Errorf("%s: %d", who, answer.Code)
				}
				if page != whole {
					t.Errorf("%s reads %d letters of the %d that the commission reads", who, len(page), len(whole))
				}
			}
			if read < 6 {
				t.Errorf("only %d read it", read)
			}
		})
	}
}

// paperText is every letter of a page that shows a paper.
func paperText(t *testing.T, page string) string {
	t.Helper()
	document, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	return bare(textOf(document))
}
