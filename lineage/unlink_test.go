package lineage_test

import (
	"testing"

	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/internal/fault"
	"giaoban/lineage"
)

func TestAnEdgeFoundWrongIsTakenAwayAndTheRecordsStay(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		system := access.System("thử")
		above := lineage.Node{Kind: "directive", ID: "chi-thi", Label: "Chỉ thị số 20-CT/TW"}
		below := lineage.Node{Kind: "submission", ID: "bao-cao", Label: "Báo cáo quý I"}
		if err := d.Write(t.Context(), func(tx *db.Tx) error {
			if err := lineage.Link(tx, above, below, "được nhắc đến"); err != nil {
				return err
			}
			if err := lineage.Unlink(tx, above, below, "được nhắc đến"); err != nil {
				return err
			}
			above.Label = "Chỉ thị số 20-CT/TW, ngày 05/11/2012"
			return lineage.Relabel(tx, above)
		}); err != nil {
			t.Fatal(err)
		}
		if err := d.Read(t.Context(), func(tx *db.Tx) error {
			g, err := lineage.Walk(tx, system, "directive", "chi-thi", 1)
			if len(g.Descendants) != 0 || g.Root.Label != above.Label {
				t.Errorf("graph %+v", g)
			}
			return err
		}); fault.Of(err) != nil || err != nil {
			t.Fatal(err)
		}
	})
}
