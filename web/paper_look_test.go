package web_test

import (
	"strings"
	"testing"

	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/paper"
	"giaoban/record"
	"giaoban/web/browser"
)

// A word longer than its column is broken in the letterhead and beside the signature of a sheet, so that nothing sticks out of
// a telephone.
func TestALongWordStaysInsideTheSheet(t *testing.T) {
	t.Parallel()
	browser.Missing(t)
	h := enter(t, dbtest.Engines(t)[0], "2022-04-20 09:00")
	var p paper.Paper
	h.do(t, func(tx *db.Tx) (err error) {
		if p, err = record.Compose(tx, h.Officer, record.Composing{Kind: paper.CongVan, Subject: "về việc thử"}); err != nil {
			return err
		}
		content, err := paper.Content(tx, h.Officer, p.ID)
		if err != nil {
			return err
		}
		w := paper.WordsOf(content)
		long := strings.Repeat("khoagiao", 12)
		w.Subject, w.Recipients = "về "+long, []string{long + "@khanhhoa.example"}
		_, err = paper.Rewrite(tx, h.Officer, p.ID, p.Version, w)
		return err
	})
	screen := browser.Start(t)
	screen.Open(h.server.URL + "/dang-nhap")
	screen.Click(h.Officer.Name)
	screen.WaitFor(".who", "")
	for _, at := range []string{"/van-ban/" + string(p.ID), "/van-ban/" + string(p.ID) + "/loi-van", "/van-ban/" + string(p.ID) + "/xem"} {
		screen.Open(h.server.URL + at)
		for _, wide := range screen.SidewaysScroll(320) {
			t.Errorf("%s: %s", at, wide)
		}
		for _, v := range screen.Axe() {
			t.Errorf("%s: %s", at, v)
		}
	}
}
