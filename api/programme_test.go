package api_test

import (
	"testing"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/org"
	"giaoban/programme"
)

// programme begins one of the commission with SGDDT, which leads its line.
func (o *office) programme() (id string) {
	o.t.Helper()
	if err := o.db.Write(o.t.Context(), func(tx *db.Tx) error {
		by := access.System("thử")
		body, err := org.ByCode(tx, by, "SGDDT", calendar.OfInstant(tx.Clock()))
		if err != nil {
			return err
		}
		made, err := programme.Begin(tx, by, programme.New{Kind: programme.OfWork, Term: calendar.MustPeriod("2022..2025"), Parties: []db.ID{body.ID},
			Lines: "Y tế\nTrao đổi thông tin; chủ trì: SGDDT; sản phẩm: báo cáo; thời gian: hằng quý"})
		if err == nil {
			id = string(made[0].ID)
		}
		return err
	}); err != nil {
		o.t.Fatal(err)
	}
	return id
}

func TestProgrammesWithTheirDerivedProgress(t *testing.T) {
	eachOffice(t, func(t *testing.T, o *office) {
		id := o.programme()
		all := o.must(200, "SGDDT leader", "GET", "/api/v1/programmes", nil).items()
		if len(all) != 1 || all[0]["id"] != id || all[0]["state"] != "draft" || all[0]["term"] != "2022..2025" {
			t.Errorf("%v", all)
		}
		lines := o.must(200, "SGDDT leader", "GET", "/api/v1/programmes/"+id+"/lines", nil).items()
		if len(lines) != 1 || lines[0]["lead"] != "SGDDT" || lines[0]["frequency"] != "quarter" || lines[0]["sector"] != "YT" {
			t.Fatalf("%v", lines)
		}
		year := lines[0]["years"].([]any)[0].(map[string]any)
		if year["state"] != "none" || year["derived"] != false {
			t.Errorf("%v", year)
		}
		if others := o.must(200, "SYT", "GET", "/api/v1/programmes", nil).items(); len(others) != 0 {
			t.Errorf("Sở Y tế sees %v", others)
		}
		o.must(404, "SYT", "GET", "/api/v1/programmes/"+id+"/lines", nil)
	})
}
