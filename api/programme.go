package api

import (
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/org"
	"giaoban/programme"

	"github.com/danielgtaylor/huma/v2"
)

var programmeRoom = room{
	addressed(huma.Operation{OperationID: "listProgrammes", Path: "/programmes", Summary: "Chương trình, quy chế phối hợp, mới trước"}, (*server).programmes, access.ReadProgramme),
	addressed(huma.Operation{OperationID: "listProgrammeLines", Path: "/programmes/{id}/lines",
		Summary: "Nội dung phối hợp với tiến độ từng năm, suy ra từ nhiệm vụ, báo cáo, văn bản"}, (*server).programmeLines, access.ReadProgramme),
}

type programmeShape struct {
	ID       string   `json:"id"`
	Kind     string   `json:"kind" enum:"programme,regulation"`
	Subject  string   `json:"subject"`
	Symbol   string   `json:"symbol" doc:"Trống khi chưa có số"`
	Term     string   `json:"term" doc:"2022..2025; trống với quy chế không ghi hạn"`
	From     string   `json:"from"`
	To       string   `json:"to" doc:"Trống khi không ghi hạn"`
	State    string   `json:"state" enum:"draft,signing,in_force,over,ended"`
	Parties  []string `json:"parties" doc:"Mã cơ quan khi ký, Ban trước"`
	Renews   string   `json:"renews" doc:"Chương trình của giai đoạn trước"`
	Imported bool     `json:"imported" doc:"Nhập từ lưu trữ"`
	URL      string   `json:"url"`
}

func (s *server) programmes(tx *db.Tx, by access.Actor, _ *struct{}) (*body[page[programmeShape]], error) {
	if err := by.May(access.ReadProgramme, by.Body); err != nil {
		return nil, err
	}
	all, _, err := programme.List(tx, by)
	if err != nil {
		return nil, err
	}
	today := calendar.OfInstant(tx.Clock())
	out := &body[page[programmeShape]]{page[programmeShape]{Items: []programmeShape{}}}
	ids := make([]db.ID, len(all))
	for i, p := range all {
		ids[i] = p.ID
	}
	parties, err := programme.PartiesAmong(tx, by, ids)
	if err != nil {
		return nil, err
	}
	for _, p := range all {
		names, err := org.Names(tx, p.From)
		if err != nil {
			return nil, err
		}
		one := programmeShape{ID: string(p.ID), Kind: string(p.Kind), Subject: p.Subject, Symbol: p.Symbol, Term: p.Term.String(), From: p.From.String(), To: p.To.String(),
			State: string(p.StateOn(today)), Parties: []string{}, Renews: string(p.Renews), Imported: p.Imported, URL: s.Address("programme", p.ID)}
		for _, party := range parties[p.ID] {
			one.Parties = append(one.Parties, names[party.Body].Code)
		}
		out.Body.Items = append(out.Body.Items, one)
	}
	return out, nil
}

type programmeInput struct {
	ID string `path:"id"`
}

type programmeLineShape struct {
	ID        string              `json:"id"`
	Sector    string              `json:"sector" doc:"Mã lĩnh vực; trống với nội dung chung"`
	Text      string              `json:"text"`
	Lead      string              `json:"lead" doc:"Mã cơ quan; trống khi Ban làm cùng các bên"`
	With      []string            `json:"cooperating"`
	Product   string              `json:"product"`
	Time      string              `json:"time"`
	Frequency string              `json:"frequency" enum:",month,quarter,half,year"`
	Due       string              `json:"due"`
	Ended     bool                `json:"ended"`
	Years     []programmeProgress `json:"years"`
	URL       string              `json:"url"`
}

type programmeProgress struct {
	Year    int    `json:"year"`
	State   string `json:"state" enum:"done,going,none"`
	Derived bool   `json:"derived" doc:"Suy ra từ hồ sơ; sai: theo lời xác nhận của Ban, hoặc chưa có gì"`
	Tasks   int    `json:"tasks"`
	Done    int    `json:"tasks_done"`
	Late    int    `json:"tasks_late"`
	Reports int    `json:"report_paragraphs"`
	Archive int    `json:"archive_paragraphs" doc:"Nhập từ lưu trữ"`
	Others  int    `json:"papers_and_conferences"`
}

func (s *server) programmeLines(tx *db.Tx, by access.Actor, in *programmeInput) (*body[page[programmeLineShape]], error) {
	p, err := programme.Find(tx, by, db.ID(in.ID))
	if err != nil {
		return nil, err
	}
	lines, err := programme.Lines(tx, by, p.ID)
	if err != nil {
		return nil, err
	}
	table, err := programme.ProgressOf(tx, by, p.ID)
	if err != nil {
		return nil, err
	}
	names, err := org.Names(tx, p.From)
	out := &body[page[programmeLineShape]]{page[programmeLineShape]{Items: []programmeLineShape{}}}
	for _, l := range lines {
		one := programmeLineShape{ID: string(l.ID), Sector: l.Sector, Text: l.Words, Lead: names[l.Lead].Code, With: []string{}, Product: l.Product, Time: strings.TrimSpace(l.Time),
			Frequency: string(l.Frequency), Due: l.Due.String(), Ended: l.EndedAt != 0, Years: []programmeProgress{}, URL: s.Address("programme_line", l.ID)}
		for _, w := range l.With {
			one.With = append(one.With, names[w].Code)
		}
		for _, year := range p.Years(calendar.OfInstant(tx.Clock())) {
			at := table.At(l.ID, year)
			one.Years = append(one.Years, programmeProgress{year, string(at.State()), at.Derives(), at.Tasks, at.Done, at.Late, at.Told, at.Old, at.Others})
		}
		out.Body.Items = append(out.Body.Items, one)
	}
	return out, err
}
