package web_test

import (
	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/org"
)

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
