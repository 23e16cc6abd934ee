package web_test

import (
	"strings"
	"testing"

	"giaoban/calendar"
	"giaoban/edxml"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/internal/fault"
	"giaoban/org"
	"giaoban/paper"
	"giaoban/record"
)

// A released paper goes out as a packet that says what the paper says; who has no code is named, and told where to get one.
func TestAReleasedPaperGoesOutAsAPacket(t *testing.T) {
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			h := enter(t, e, "2022-04-20 09:00")
			released, _, _ := h.papersToAttach(t)
			v := h.visitor(t, h.Officer)
			at := "/van-ban/" + string(released.ID)
			v.get(at)
			if strings.Contains(v.text, ".edxml") {
				t.Error("a packet is offered to nobody")
			}
			v.get(at + "/tai/edxml")
			if v.status != 409 {
				t.Fatalf("a packet to nobody: %d", v.status)
			}
			v.see(t, "có mã định danh")

			var to []db.ID
			h.do(t, func(tx *db.Tx) (err error) {
				if to, err = paper.Recipients(tx, h.Officer, released.ID); err != nil {
					return err
				}
				for body, code := range map[db.ID]string{released.Body: "H99.01", to[0]: "000.00.15.H99"} {
					if err := org.AddDatedAlias(tx, h.Actor("quantri"), body, code, "danh mục mã định danh", calendar.Date{}, calendar.Date{}); err != nil {
						return err
					}
				}
				return nil
			})
			v.get(at)
			v.see(t, "Gói điện tử (.edxml)")
			p, err := edxml.Read(v.download(at + "/tai/edxml"))
			if err != nil || len(p.Problems) > 0 {
				t.Fatalf("%v %v", err, p.Problems)
			}
			if p.Symbol != released.Symbol || p.Date != released.Date || p.From.ID != "H99.01" || p.Kind != released.KindName() || p.Signer.Name != released.Signer {
				t.Errorf("the packet says %+v of %s, %s", p, released.Symbol, released.Date.Vietnamese())
			}
			if len(p.To) != 1 || p.To[0].ID != "000.00.15.H99" || len(p.Places) != len(to)-1 {
				t.Errorf("of %d recipients the packet names %+v and %v", len(to), p.To, p.Places)
			}
			if len(p.Files) != 1 || len(p.Files[0].Content) < 1000 || string(p.Files[0].Content[:4]) != "%PDF" {
				t.Errorf("the paper is not in its packet: %d files", len(p.Files))
			}
			h.do(t, func(tx *db.Tx) error {
				draft, err := record.Compose(tx, h.Officer, record.Composing{Kind: paper.CongVan, Subject: "về việc thử"})
				if err != nil {
					return err
				}
				if _, err := paper.Packet(tx, h.Officer, draft.ID, nil); !fault.Is(err, fault.KindConflict) {
					t.Errorf("a draft goes out: %v", err)
				}
				return nil
			})
		})
	}
}
