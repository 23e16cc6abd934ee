package web_test

import (
	"giaoban/access"
	"giaoban/calendar"
	"giaoban/conference"
	"giaoban/consolidation"
	"giaoban/internal/db"
	"giaoban/paper"
	"giaoban/report"
	"giaoban/sample"
)

// ledOn takes from the sample the records whose page needs more than their id.
func (w *world) ledOn(tx *db.Tx) error {
	system := access.System("thử thẩm quyền")
	regime, err := report.FindRegime(tx, system, sample.Quarterly)
	if err != nil {
		return err
	}
	w.add("regime", "id", regime.ID, regime.Code, w.BTGTU.ID)
	assignments, err := report.Assignments(tx, system, regime.ID)
	if err != nil {
		return err
	}
	w.add("assignment", "id", assignments[0].ID, assignments[0].BodyCode, w.BTGTU.ID)
	added, err := consolidation.Find(tx, system, sample.Quarterly, calendar.MustPeriod("2022-Q1"))
	if err != nil {
		return err
	}
	w.add("consolidation", "id", added.ID, "tổng hợp", w.BTGTU.ID)
	for _, o := range w.objects["briefing"] {
		at := db.ID(o.path["id"])
		_, notice, err := conference.Papers(tx, system, at)
		if err != nil {
			return err
		}
		conclusions, err := conference.Conclusions(tx, system, at)
		if err != nil {
			return err
		}
		for _, c := range conclusions[:min(1, len(conclusions))] {
			said := object{about: o.about, path: map[string]string{"id": string(c.ID)}, org: w.BTGTU.ID}
			if notice.State == paper.Released {
				said.readers = o.readers
			}
			w.objects["conclusion"] = append(w.objects["conclusion"], said)
		}
		speeches, err := conference.Contributions(tx, system, at)
		if err != nil {
			return err
		}
		for _, c := range speeches {
			w.add("contribution", "id", c.ID, o.about, c.Body)
		}
	}
	return nil
}
