package web

import (
	"net/http"

	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/report"
)

// regimeAgain shows the regime's page again with what was wrong.
func regimeAgain(tx *db.Tx, by access.Actor, r *http.Request, regime report.Regime, problem error) (Reply, error) {
	if err := by.May(access.ManageRegime, regime.Receiver); err != nil {
		return Reply{}, err
	}
	data, err := regimeOf(tx, by, regime)
	if err != nil {
		return Reply{}, problem
	}
	data.Typed = assignFields{r.PostFormValue("valid_from"), r.PostFormValue("basis")}
	for i, a := range data.Assignments {
		if f := fault.Of(problem); f != nil && !a.Ended && a.Body == db.ID(r.PostFormValue("body")) {
			data.Assignments[i].Last = r.PostFormValue("last_day")
			for j := range f.Problems {
				f.Problems[j].Field = "het-" + string(a.ID)
			}
		}
	}
	return Reply{Page: "regime/show", Data: data}, problem
}

func (s *site) assignRegime(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	regime, err := report.FindRegime(tx, by, r.PathValue("regime"))
	if err != nil {
		return Reply{}, err
	}
	var wrong fault.List
	from := readDay(&wrong, r, "valid_from", "Cần ngày bắt đầu báo cáo, ghi như 01/7/2022.")
	var bodies []db.ID
	for _, id := range r.PostForm["bodies[]"] {
		bodies = append(bodies, db.ID(id))
	}
	if len(bodies) == 0 {
		wrong.Add("bodies", "Hãy chọn ít nhất một cơ quan.")
	}
	err = wrong.Err()
	if err == nil {
		err = report.AssignScope(tx, by, regime.ID, bodies, report.ScopeOf(r.PostForm["sectors[]"]...), from, r.PostFormValue("basis"))
	}
	if err != nil {
		return regimeAgain(tx, by, r, regime, err)
	}
	return Reply{To: "/che-do/" + regime.Code + "#co-quan"}, nil
}

func (s *site) unassignRegime(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	regime, err := report.FindRegime(tx, by, r.PathValue("regime"))
	if err != nil {
		return Reply{}, err
	}
	var wrong fault.List
	last := readDay(&wrong, r, "last_day", "Cần ngày báo cáo cuối cùng, ghi như 30/6/2022.")
	err = wrong.Err()
	if err == nil {
		err = report.Unassign(tx, by, regime.ID, db.ID(r.PostFormValue("body")), last, r.PostFormValue("basis"))
	}
	if err != nil {
		return regimeAgain(tx, by, r, regime, err)
	}
	return Reply{To: "/che-do/" + regime.Code + "#co-quan"}, nil
}

// regimeByID leads to the page of a regime, which goes by its code.
func (s *site) regimeByID(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	found, err := report.RegimeByID(tx, by, db.ID(r.PathValue("id")))
	return Reply{To: "/che-do/" + found.Code}, err
}

// regimeOfAssignment leads to the regime under which an assignment lets a body report.
func (s *site) regimeOfAssignment(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	found, err := report.RegimeOf(tx, by, db.ID(r.PathValue("id")))
	return Reply{To: "/che-do/" + found.Code}, err
}
