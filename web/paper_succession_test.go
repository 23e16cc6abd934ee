package web_test

import (
	"bytes"
	"image"
	"image/png"
	"net/url"
	"slices"
	"strings"
	"testing"

	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/paper"
	"giaoban/record"

	"golang.org/x/net/html"
)

// A paper that was replaced keeps the file that was signed, behind the words that say what took its place and lead there.
func TestAReplacedPaperKeepsItsSignedFile(t *testing.T) {
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			h := enter(t, e, "2022-06-20 09:00")
			old, _, _ := h.papersToAttach(t)
			clerk := h.visitor(t, h.Clerk)
			at := "/van-ban/" + string(old.ID)
			var scan bytes.Buffer
			if err := png.Encode(&scan, image.NewGray(image.Rect(0, 0, 3, 3))); err != nil {
				t.Fatal(err)
			}
			clerk.sendFile(at+"/ban-ky", "ban goc.png", scan.Bytes(), url.Values{"no_mark": {"1"}})
			if clerk.status != 200 || !strings.Contains(clerk.text, "Đã đính bản gốc đã ký") {
				t.Fatalf("%d %s", clerk.status, clerk.text)
			}
			var next paper.Paper
			h.do(t, func(tx *db.Tx) error {
				leader, today := h.Actor("truongban"), calendar.OfInstant(tx.Clock())
				p, err := record.Succeed(tx, h.Officer, old.ID, paper.Replaces, "Làm lại cả văn bản")
				if err != nil {
					return err
				}
				if _, err := record.Sign(tx, leader, p.ID, paper.Signature{Signer: string(leader.Person)}); err != nil {
					return err
				}
				if _, err := paper.EnterNumber(tx, h.Clerk, p.ID, 905, today); err != nil {
					return err
				}
				next, err = record.Release(tx, h.Clerk, p.ID)
				return err
			})
			clerk.get(at)
			for _, want := range []string{"Đã được thay thế bởi " + next.Label(), "Nội dung trong chương trình", "Thay bản gốc đã ký"} {
				if !strings.Contains(clerk.text, want) {
					t.Errorf("the old paper's page lacks “%s”", want)
				}
			}
			if !slices.ContainsFunc(all(clerk.page, "a"), func(a *html.Node) bool { return attr(a, "href") == "/van-ban/"+string(next.ID) }) {
				t.Error("nothing leads to the paper that took its place")
			}
		})
	}
}
