package web_test

import (
	"maps"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/org"
)

func init() {
	maps.Copy(authority, map[string]route{
		"GET /danh-ba/chuc-nang":          {acts: []access.Act{access.ReadOrg}, queries: []string{"?tim=trẻ+em", "?tim=trẻ+em&ngay=28/02/2025"}},
		"POST /danh-ba/{body}/chuc-nang":  with("body", "function=du-lich&since=01/7/2022&paper=Thử", access.ManageOrg),
		"GET /sap-xep":                    {acts: []access.Act{access.ReadOrg}, queries: []string{"?nhom=party", "?nhom=province&ngay=01/7/2025", "?nhom=authority"}},
		"GET /sap-xep/moi":                {acts: []access.Act{access.ManageOrg}, queries: []string{"?dong=so-ldtbxh"}},
		"POST /sap-xep/moi":               with("", "kind=moved&day=01/7/2022&from-1=x&to-1=y&function-1=y-te", access.ManageOrg),
		"GET /sap-xep/sua":                {acts: []access.Act{access.ManageOrg}, queries: []string{"?dong=so-ldtbxh"}},
		"POST /sap-xep/xac-nhan":          with("", "row=bao-dai-tinh&decision=confirmed&back=party", access.ManageOrg),
		"GET /sap-xep/{change}":           on("change", access.ReadOrg),
		"POST /sap-xep/{change}/hoan-tac": {acts: []access.Act{access.ManageOrg}, of: "change", form: "reason=Thử", last: true},
		"GET /thiet-lap":                  on("", access.ManageOrg),
		"POST /thiet-lap":                 with("", "province=56", access.ManageOrg),
	})
}

// changes is one change of the Labour department; everybody may read it.
func (w *world) changes(tx *db.Tx) error {
	c, err := org.Announce(tx, access.System("thử thẩm quyền"), org.NewChange{Kind: org.Moved, Day: calendar.On(2022, 6, 1), Basis: "Thử thẩm quyền",
		Parts: []org.NewPart{{From: w.SLDTBXH.ID, To: w.SYT.ID, Function: "tre-em"}}})
	if err != nil {
		return err
	}
	w.objects["change"] = append(w.objects["change"], object{about: "sắp xếp", path: map[string]string{"change": string(c.ID)}, org: w.SLDTBXH.ID})
	return nil
}
