package web_test

import (
	"maps"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/succession"
	"giaoban/task"
)

func init() {
	maps.Copy(authority, map[string]route{
		"GET /sap-xep/{change}/ban-giao":           on("handover", access.AcceptSuccession),
		"POST /sap-xep/{change}/ban-giao":          on("handover", access.AcceptSuccession, access.ManageOrg),
		"POST /sap-xep/{change}/ban-giao/nhan":     with("handover", "item={item}", access.AcceptSuccession),
		"POST /sap-xep/{change}/ban-giao/nhan-het": on("handover", access.AcceptSuccession),
		"POST /sap-xep/{change}/ban-giao/hoan-tac": on("handover", access.AcceptSuccession),
		"POST /ban-giao/{item}/chon":               with("handover", "to=&reason=Thử", access.AcceptSuccession),
		"POST /ban-giao/{item}/khong":              with("handover", "reason=Thử", access.AcceptSuccession),
		"POST /ban-giao/{item}/hoan-tac":           on("handover", access.AcceptSuccession),
		"GET /chuoi-so-lieu/{regime}/{indicator}":  {acts: []access.Act{access.ReadConsolidation}, queries: []string{"?doc=nhu-nay", "?n=24"}},
	})
	for _, pattern := range []string{"GET /nhiem-vu", "GET /bao-cao/{regime}/ma-tran", "GET /tong-hop/{regime}/{period}",
		"GET /tong-hop/{regime}/{period}/chi-tieu/{indicator}", "GET /bao-cao/{regime}/{period}/chua-nop"} {
		row := authority[pattern]
		row.queries = append(row.queries, "?doc=nhu-nay")
		authority[pattern] = row
	}
}

// handovers is what the change of the Labour department left open: one task on children, proposed to the Health department.
func (w *world) handovers(tx *db.Tx) error {
	if _, err := task.Assign(tx, w.Officer, task.New{Mode: task.Requested, Title: "Việc bàn giao về trẻ em", Product: "Báo cáo",
		Lead: w.SLDTBXH.ID, Due: calendar.On(2022, 7, 20)}); err != nil {
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
