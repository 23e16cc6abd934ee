package web_test

import (
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/citation"
	"giaoban/directive"
	"giaoban/goal"
	"giaoban/internal/db"
	"giaoban/library"
	"giaoban/lineage"
	"giaoban/report"
)

// directives enters two documents with a file, a proposed relation and a choice, and for each body a meeting and a piece
// of advice that only it and the commission may read.
func (w *world) directives(tx *db.Tx) error {
	stored, err := w.store.Keep(strings.NewReader("%PDF-1.4\n% tệp văn bản chỉ đạo\n%%EOF\n"), 1<<20)
	if err != nil {
		return err
	}
	file, err := library.Add(tx, w.Officer, w.BTGTU.ID, stored, "van-ban.pdf")
	if err != nil {
		return err
	}
	above, err := directive.Record(tx, w.Officer, directive.New{Type: "Chỉ thị", Symbol: "91-CT/TW", Date: calendar.On(2022, 3, 1), Issuer: "Ban Bí thư", File: file.ID})
	if err != nil {
		return err
	}
	plan, err := directive.Record(tx, w.Officer, directive.New{Type: "Kế hoạch", Symbol: "92-KH/TU", Date: calendar.On(2022, 4, 1), Issuer: "Tỉnh ủy",
		Subject: "thực hiện Chỉ thị số 91-CT/TW, ngày 01/3/2022 của Ban Bí thư"})
	if err != nil {
		return err
	}
	relations, _, err := directive.Related(tx, w.Officer, plan.ID)
	if err != nil {
		return err
	}
	o := object{about: above.Symbol, org: w.BTGTU.ID, path: map[string]string{"directive": string(above.ID), "file": string(file.ID), "relation": string(relations[0].ID)}}
	if o.path["decision"], err = w.choice(tx, above); err != nil {
		return err
	}
	w.objects["directive"] = append(w.objects["directive"], o)
	if err := w.goal(tx); err != nil {
		return err
	}
	for _, b := range w.bodies {
		r, err := directive.NoteRollout(tx, w.Officer, directive.Rollout{Directive: above.ID, Body: b.ID, PlannedOn: calendar.On(2022, 7, 1)})
		if err != nil {
			return err
		}
		w.objects["rollout"] = append(w.objects["rollout"], object{about: b.Code, org: b.ID, path: map[string]string{"directive": string(above.ID), "rollout": string(r.ID)}})
		a, err := directive.NoteAdvice(tx, access.System("thử thẩm quyền"), directive.Advice{Body: b.ID, Form: "Kế hoạch", Subject: own(b), DraftedOn: calendar.On(2022, 5, 1)})
		if err != nil {
			return err
		}
		w.add("advice", "advice", a.ID, b.Code, b.ID, own(b))
	}
	return nil
}

// goal measures a goal of one more document by hand, with one figure.
func (w *world) goal(tx *db.Tx) error {
	d, err := directive.Record(tx, w.Officer, directive.New{Type: "Nghị quyết Đại hội", Term: "XVIII", Issuer: "Đại hội Đảng bộ tỉnh", Date: calendar.On(2020, 10, 14),
		Subject: "Nghị quyết Đại hội Đảng bộ tỉnh", Goals: []directive.Goal{{Text: "Tăng trưởng GRDP", Unit: "%", Target: 75, Decimals: 1, Year: 2025}}})
	if err != nil {
		return err
	}
	goals, err := directive.Goals(tx, w.Officer, d.ID)
	if err != nil {
		return err
	}
	if err := goal.SetMeasure(tx, w.Officer, goal.Measure{Goal: goals[0].ID, Kind: goal.ByHand, Direction: report.Higher}); err != nil {
		return err
	}
	e, err := goal.Enter(tx, w.Officer, goal.Entry{Goal: goals[0].ID, Value: "5,5", Day: calendar.On(2021, 12, 31), Source: "Niên giám thống kê"})
	w.objects["goal"] = []object{{about: "GRDP", org: w.BTGTU.ID, path: map[string]string{"directive": string(d.ID), "goal": string(goals[0].ID), "entry": string(e.ID)}}}
	return err
}

// choice decides a reference and gives the decision's id.
func (w *world) choice(tx *db.Tx, d directive.Directive) (string, error) {
	if err := directive.DecideIn(tx, w.Officer, lineage.Node{}, citation.Reference{Type: "Chỉ thị", Symbol: "91-CT/TW"}, d.ID, ""); err != nil {
		return "", err
	}
	all, err := directive.DecisionsOn(tx, w.Officer, d.ID)
	if err != nil {
		return "", err
	}
	return string(all[0].ID), nil
}
