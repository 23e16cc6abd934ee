package web_test

import (
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/succession"
	"giaoban/task"
)

// handovers is what the change of the Labour department left open: one task on children, proposed to the Health department.
func (w *world) handovers(tx *db.Tx) error {
	if _, err := task.Assign(tx, w.Officer, task.New{Mode: task.Requested, Title: "Việc bàn giao về trẻ em", Product: "Báo cáo",
		Origin: task.Origin{Kind: "matter", ID: w.BTGTU.ID, Label: "Thử thẩm quyền"},
		Lead:   w.SLDTBXH.ID, Due: calendar.On(2022, 7, 20)}); err != nil {
		return err
	}
	if len(w.objects["change"]) == 0 {
		if err := w.changes(tx); err != nil {
			return err
		}
	}
	change := db.ID(w.objects["change"][0].path["change"])
	items, err := succession.Propose(tx, w.Officer, change)
	for _, i := range items {
		if i.Kind == succession.Task {
			w.objects["handover"] = append(w.objects["handover"], object{about: "bàn giao", org: w.BTGTU.ID,
				path: map[string]string{"change": string(change), "item": string(i.ID)}})
			break
		}
	}
	return err
}
