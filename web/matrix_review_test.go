package web_test

import (
	"fmt"

	"giaoban/calendar"
	"giaoban/directive"
	"giaoban/internal/db"
	"giaoban/review"
)

// reviews gives each of the five bodies a review to lead, in which its brother before it cooperates: a review is seen as
// work is, by the commission, and by who leads it, answers for it or cooperates.
func (w *world) reviews(tx *db.Tx) error {
	w.objects["review-year"] = []object{{about: "2022", path: map[string]string{"year": "2022"}, org: w.BTGTU.ID}}
	for i, b := range w.bodies {
		d, err := directive.Record(tx, w.Officer, directive.New{Type: "Chỉ thị", Symbol: fmt.Sprintf("%d-CT/TW", 60+i), Date: calendar.On(2017, 9, 11), Issuer: "Ban Bí thư"})
		if err != nil {
			return err
		}
		if err := review.AddClause(tx, w.Officer, d.ID, review.Clause{Kind: review.Mid, Years: 5, Words: "5 năm sơ kết"}); err != nil {
			return err
		}
		clauses, err := review.Clauses(tx, w.Officer, d.ID)
		if err != nil {
			return err
		}
		w.objects["reviewed"] = append(w.objects["reviewed"], object{about: d.Symbol, path: map[string]string{"directive": string(d.ID), "clause": string(clauses[0].ID)}, org: w.BTGTU.ID})
		all, err := review.Of(tx, w.Officer, d.ID)
		if err != nil {
			return err
		}
		brother := w.bodies[(i+len(w.bodies)-1)%len(w.bodies)]
		if err := review.Assign(tx, w.Officer, all[0].ID, all[0].Version, review.Assignment{Lead: b.ID, Unit: w.PKG.ID,
			Cooperating: []review.Cooperation{{Body: brother.ID, Part: "Báo cáo theo đề cương"}}}); err != nil {
			return err
		}
		w.objects["review"] = append(w.objects["review"], object{about: b.Code, path: map[string]string{"review": string(all[0].ID)}, org: b.ID,
			readers: []db.ID{brother.ID}, secrets: []string{string(all[0].ID)}})
		// Who answers for it may hand it to one of its people, and the unit that follows it.
		w.objects["review-held"] = append(w.objects["review-held"], object{about: b.Code, path: map[string]string{"review": string(all[0].ID)},
			org: b.ID, readers: []db.ID{w.PKG.ID}, secrets: []string{string(all[0].ID)}})
	}
	return nil
}
