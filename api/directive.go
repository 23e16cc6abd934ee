package api

import (
	"giaoban/access"
	"giaoban/calendar"
	"giaoban/directive"
	"giaoban/internal/db"

	"github.com/danielgtaylor/huma/v2"
)

var directiveRoom = room{
	addressed(huma.Operation{OperationID: "listDirectives", Path: "/directives", Summary: "Sổ văn bản chỉ đạo, văn bản mới trước"}, (*server).directives, access.ReadDirective),
}

type directivesInput struct {
	Text   string `query:"q" doc:"Từ trong số, ký hiệu, trích yếu, cơ quan ban hành; có dấu hay không đều được"`
	Type   string `query:"type" doc:"Loại văn bản: Chỉ thị, Nghị quyết, …"`
	Level  string `query:"level" enum:",central,province,agency,local"`
	Year   int    `query:"year" doc:"Năm ban hành; 0: mọi năm"`
	Sector string `query:"sector" doc:"Mã lĩnh vực"`
	State  string `query:"state" enum:",in_force,replaced,expired"`
	Limit  int    `query:"limit" minimum:"1" maximum:"500" default:"50"`
	Cursor string `query:"cursor"`
}

type directiveShape struct {
	ID        string   `json:"id"`
	Level     string   `json:"level" enum:"central,province,agency,local"`
	Type      string   `json:"type"`
	Number    string   `json:"number"`
	Symbol    string   `json:"symbol" doc:"Trống khi văn bản không có số"`
	Date      string   `json:"date" doc:"Trống khi chưa rõ"`
	Term      string   `json:"term"`
	Issuer    string   `json:"issuer"`
	Province  string   `json:"province"`
	Subject   string   `json:"subject"`
	Sectors   []string `json:"sectors"`
	ArrivedNo string   `json:"arrived_no"`
	ArrivedOn string   `json:"arrived_on"`
	State     string   `json:"state" enum:"in_force,replaced,expired"`
	URL       string   `json:"url"`
}

func (s *server) directives(tx *db.Tx, by access.Actor, in *directivesInput) (*body[page[directiveShape]], error) {
	day := calendar.OfInstant(tx.Clock())
	all, next, err := directive.List(tx, by, directive.Filter{Text: in.Text, Type: in.Type, Level: directive.Level(in.Level), Year: in.Year,
		Sector: in.Sector, State: directive.State(in.State), Day: day, Limit: in.Limit, Cursor: in.Cursor})
	if err != nil {
		return nil, err
	}
	out := &body[page[directiveShape]]{page[directiveShape]{Items: []directiveShape{}, Next: next}}
	for _, d := range all {
		sectors := d.Sectors.Codes()
		if sectors == nil {
			sectors = []string{}
		}
		out.Body.Items = append(out.Body.Items, directiveShape{ID: string(d.ID), Level: string(d.Level), Type: d.Type, Number: d.Number, Symbol: d.Symbol,
			Date: d.Date.String(), Term: d.Term, Issuer: d.Issuer, Province: d.Province, Subject: d.Subject, Sectors: sectors, ArrivedNo: d.ArrivedNo,
			ArrivedOn: d.ArrivedOn.String(), State: string(d.StateOn(day)), URL: s.Address("directive", d.ID)})
	}
	return out, nil
}
