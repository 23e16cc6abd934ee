package web_test

import (
	"giaoban/internal/db"
	"giaoban/workplan"
)

// workplans gives the commission a line of its plan; nobody else sees one.
func (w *world) workplans(tx *db.Tx) error {
	if _, err := workplan.Add(tx, w.Officer, 2022, workplan.Own{Words: "Tập huấn báo cáo viên", Product: "Lớp tập huấn", Months: "5", Lead: w.PKG.ID}); err != nil {
		return err
	}
	lines, err := workplan.Lines(tx, w.Officer, 2022)
	if err != nil {
		return err
	}
	w.objects["workplan-year"] = []object{{about: "2022", path: map[string]string{"year": "2022", "month": "5", "file": "ke-hoach.docx"}, org: w.BTGTU.ID}}
	w.objects["workplan_line"] = []object{{about: "tập huấn", path: map[string]string{"line": string(lines[0].ID)}, org: w.BTGTU.ID, secrets: []string{string(lines[0].ID)}}}
	return nil
}
