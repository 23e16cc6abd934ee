package web_test

import (
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/programme"
)

// programmes gives each of the five bodies a programme with the commission, and a line that it leads: it is seen by the commission and
// by who agreed on it.
func (w *world) programmes(tx *db.Tx) error {
	for _, b := range w.bodies {
		party := b
		if b.Kind.Own() { // the commission agrees with others
			party = w.SKHCN
		}
		made, err := programme.Begin(tx, w.Officer, programme.New{Kind: programme.OfWork, Term: calendar.MustPeriod("2022..2025"), Parties: []db.ID{party.ID},
			Lines: "Trao đổi thông tin; chủ trì: " + party.Code + "; sản phẩm: báo cáo; thời gian: hằng quý"})
		if err != nil {
			return err
		}
		lines, err := programme.Lines(tx, w.Officer, made[0].ID)
		if err != nil {
			return err
		}
		p := map[string]string{"programme": string(made[0].ID), "year": "2022", "file": "chuong-trinh.docx"}
		one := object{about: b.Code, path: p, org: party.ID, secrets: []string{string(made[0].ID)}}
		w.objects["programme"] = append(w.objects["programme"], one)
		w.objects["programme-year"] = append(w.objects["programme-year"], one)
		w.objects["programme_line"] = append(w.objects["programme_line"], object{about: b.Code, path: map[string]string{"line": string(lines[0].ID)}, org: party.ID,
			secrets: []string{string(lines[0].ID)}})
	}
	return nil
}
