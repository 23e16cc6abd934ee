package web_test

import (
	"fmt"

	"giaoban/calendar"
	"giaoban/directive"
	"giaoban/internal/db"
	"giaoban/level"
	"giaoban/org"
	"giaoban/review"
	"giaoban/sample"
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

// called sends the outline of one more review to the five bodies: each notes its own holding.
func (w *world) called(tx *db.Tx) error {
	called, _, err := callBelow(tx, w.Province, w.bodies, calendar.On(2022, 6, 30), calendar.On(2022, 8, 15))
	for _, b := range w.bodies {
		w.objects["called"] = append(w.objects["called"], object{about: b.Code, path: map[string]string{"review": string(called), "body": b.Code}, org: b.ID})
	}
	return err
}

// callBelow confirms two reviews of a year that has no others, and sends the outline of the first to some bodies.
func callBelow(tx *db.Tx, p *sample.Province, bodies []org.Body, to, due calendar.Date) (called, open db.ID, err error) {
	const year = 2034
	for _, symbol := range []string{"70-CT/TW", "71-CT/TW"} {
		d, err := directive.Record(tx, p.Officer, directive.New{Type: "Chỉ thị", Symbol: symbol, Date: calendar.On(year-15, 9, 11), Issuer: "Ban Bí thư"})
		if err != nil {
			return "", "", err
		}
		if err := review.AddClause(tx, p.Officer, d.ID, review.Clause{Kind: review.Final, Years: 15, Words: "15 năm tổng kết"}); err != nil {
			return "", "", err
		}
	}
	all, err := review.DueIn(tx, p.Officer, year)
	if err != nil || len(all) != 2 {
		return "", "", fmt.Errorf("%d reviews in %d: %v", len(all), year, err)
	}
	for i, r := range all { // one is led by a department: its steps are that department's tasks
		lead := []db.ID{p.Body(sample.SYT).ID, p.PKG.ID}[i]
		if err := review.Assign(tx, p.Officer, r.ID, r.Version, review.Assignment{Lead: lead, Unit: p.PKG.ID}); err != nil {
			return "", "", err
		}
	}
	if _, err := review.ListYear(tx, p.Officer, year); err != nil {
		return "", "", err
	}
	if all, err = review.DueIn(tx, p.Officer, year); err != nil {
		return "", "", err
	}
	var seen []review.Line
	for _, r := range all {
		seen = append(seen, review.Line{ID: r.ID, Version: r.Version})
	}
	if _, err := review.Confirm(tx, p.Leader, year, seen); err != nil {
		return "", "", err
	}
	n := level.New{Convenor: level.ByParty, Signer: "Phó Bí thư", To: to, Due: due}
	for _, b := range bodies {
		n.Bodies = append(n.Bodies, b.ID)
	}
	_, err = level.Ask(tx, p.Officer, all[0].ID, n)
	return all[0].ID, all[1].ID, err
}
