package api

import (
	"slices"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/org"
	"giaoban/task"

	"github.com/danielgtaylor/huma/v2"
)

var taskRoom = room{
	read(huma.Operation{OperationID: "listTasks", Path: "/tasks", Summary: "Nhiệm vụ, việc sớm đến hạn trước"}, tasks, access.ReadTask),
}

type tasksInput struct {
	Lead   string `query:"lead" doc:"Mã cơ quan chủ trì"`
	State  string `query:"state" enum:",open,accepted,done,closed,returned,overdue" doc:"overdue: quá hạn mà chưa xong"`
	Limit  int    `query:"limit" minimum:"1" maximum:"500" default:"50"`
	Cursor string `query:"cursor"`
}

type taskShape struct {
	ID         string `json:"id"`
	Title      string `json:"title"`
	Product    string `json:"product"`
	Mode       string `json:"mode" enum:"giao,de_nghi"`
	Lead       string `json:"lead" doc:"Mã cơ quan được giao, đề nghị chủ trì"`
	Holder     string `json:"holder" doc:"Mã cơ quan đang thực hiện; khác lead khi việc đã bàn giao do sắp xếp cơ quan"`
	Due        string `json:"due"`
	State      string `json:"state" enum:"open,accepted,done,closed,returned,overdue,withdrawn"`
	AssignedAt string `json:"assigned_at"`
	Origin     struct {
		Kind string `json:"kind"`
		ID   string `json:"id"`
	} `json:"origin"`
}

func tasks(tx *db.Tx, by access.Actor, in *tasksInput) (*body[page[taskShape]], error) {
	day := calendar.OfInstant(tx.Clock())
	filter := task.Filter{State: task.State(in.State), Limit: in.Limit, Cursor: in.Cursor, Day: day}
	if in.Lead != "" {
		lead, err := org.ByCode(tx, by, in.Lead, day)
		if err != nil {
			return nil, err
		}
		filter.Lead = lead.ID
	}
	all, next, err := task.List(tx, by, filter)
	if err != nil {
		return nil, err
	}
	codes := make(map[db.ID]string) // of all bodies only when others than the one asked for are named
	if in.Lead != "" && !slices.ContainsFunc(all, func(t task.Task) bool { return t.Lead != filter.Lead || t.LeadHolder != filter.Lead }) {
		codes[filter.Lead] = in.Lead
	} else {
		ids, err := org.Codes(tx)
		if err != nil {
			return nil, err
		}
		for code, id := range ids {
			codes[id] = code
		}
	}
	out := &body[page[taskShape]]{page[taskShape]{Items: []taskShape{}, Next: next}}
	for _, t := range all {
		shape := taskShape{ID: string(t.ID), Title: t.Title, Product: t.Product, Mode: string(t.Mode), Lead: codes[t.Lead], Holder: codes[t.LeadHolder],
			Due: t.Due.String(), State: string(t.StateOn(day)), AssignedAt: t.AssignedAt.RFC3339()}
		shape.Origin.Kind, shape.Origin.ID = t.Origin.Kind, string(t.Origin.ID)
		out.Body.Items = append(out.Body.Items, shape)
	}
	return out, nil
}
