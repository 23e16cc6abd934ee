package api

import (
	"strconv"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/journal"
	"giaoban/lineage"
	"giaoban/org"
	"giaoban/record"

	"github.com/danielgtaylor/huma/v2"
)

var officeRoom = room{
	read(huma.Operation{OperationID: "listOrgs", Path: "/orgs", Summary: "Danh bạ cơ quan theo ngày"}, orgs, access.ReadBodies),
	read(huma.Operation{OperationID: "readJournal", Path: "/journal", Summary: "Nhật ký, theo số thứ tự"}, readJournal, access.ReadJournal),
	read(huma.Operation{OperationID: "lineage", Path: "/lineage/{kind}/{id}", Summary: "Từ đâu mà có, và đã dẫn tới đâu"}, walk, access.ReadLineage),
}

type orgsInput struct {
	On string `query:"on" format:"date" doc:"Ngày; bỏ trống là hôm nay"`
}

type orgShape struct {
	Code      string `json:"code"`
	Name      string `json:"name"`
	ShortName string `json:"short_name"`
	Kind      string `json:"kind"`
	Parent    string `json:"parent"`
}

func orgs(tx *db.Tx, by access.Actor, in *orgsInput) (*body[page[orgShape]], error) {
	day := calendar.OfInstant(tx.Clock())
	if in.On != "" {
		var err error
		if day, err = calendar.ParseDate(in.On); err != nil {
			return nil, err
		}
	}
	all, err := org.At(tx, by, day)
	if err != nil {
		return nil, err
	}
	codes := make(map[db.ID]string, len(all))
	for _, b := range all {
		codes[b.ID] = b.Code
	}
	out := &body[page[orgShape]]{page[orgShape]{Items: []orgShape{}}}
	for _, b := range all {
		out.Body.Items = append(out.Body.Items, orgShape{b.Code, b.Name, b.ShortName, string(b.Kind), codes[b.Parent]})
	}
	return out, nil
}

type journalInput struct {
	After int64 `query:"after" minimum:"0" doc:"Số thứ tự của dòng cuối đã đọc"`
	Limit int   `query:"limit" minimum:"1" maximum:"1000" default:"100"`
	Seals bool  `query:"seals" doc:"true: cả các dòng niêm, để tính lại chuỗi từ dòng đầu."`
}

type lineShape struct {
	Seq     int64  `json:"seq"`
	At      string `json:"at"`
	Actor   string `json:"actor"`
	Name    string `json:"name"`
	Verb    string `json:"verb"`
	Kind    string `json:"kind"`
	Subject string `json:"subject"`
	Details string `json:"details"`
	Hash    []byte `json:"hash"`
}

type journalShape struct {
	Items []lineShape  `json:"items"`
	Next  string       `json:"next" doc:"Số thứ tự để gửi lại trong after; rỗng là hết."`
	Head  journal.Head `json:"head"`
}

func readJournal(tx *db.Tx, by access.Actor, in *journalInput) (*body[journalShape], error) {
	lines, err := journal.Read(tx, by, journal.Sealing(in.Seals), in.After, in.Limit)
	if err != nil {
		return nil, err
	}
	head, err := journal.Current(tx)
	if err != nil {
		return nil, err
	}
	out := &body[journalShape]{journalShape{Items: []lineShape{}, Head: head}}
	for _, l := range lines {
		out.Body.Items = append(out.Body.Items, lineShape{l.Seq, l.At.RFC3339(), l.Actor, l.ActorName, l.Verb, l.Kind, string(l.Subject), l.Details, l.Hash})
	}
	if len(lines) == in.Limit {
		out.Body.Next = strconv.FormatInt(lines[len(lines)-1].Seq, 10)
	}
	return out, nil
}

type lineageInput struct {
	Kind string `path:"kind"`
	ID   string `path:"id"`
}

type nodeShape struct {
	Kind     string      `json:"kind"`
	ID       string      `json:"id"`
	Label    string      `json:"label"`
	Verb     string      `json:"verb,omitempty" doc:"Quan hệ với mục trên nó"`
	Hidden   bool        `json:"hidden,omitempty" doc:"Ngoài phạm vi xem của mã truy cập"`
	Repeated bool        `json:"repeated,omitempty" doc:"Các nhánh của nó đã có ở chỗ khác"`
	More     []nodeShape `json:"more" doc:"Mục tiếp theo cùng hướng"`
}

type lineageShape struct {
	Record nodeShape   `json:"record"`
	From   []nodeShape `json:"from" doc:"Từ đâu mà có"`
	To     []nodeShape `json:"to" doc:"Đã dẫn tới đâu"`
	Cut    bool        `json:"cut" doc:"Còn nữa, ngoài giới hạn của một lần hỏi"`
}

func walk(tx *db.Tx, by access.Actor, in *lineageInput) (*body[lineageShape], error) {
	g, err := record.Walk(tx, by, in.Kind, db.ID(in.ID), 12)
	if err != nil {
		return nil, err
	}
	return &body[lineageShape]{lineageShape{
		Record: nodeShape{Kind: g.Root.Kind, ID: string(g.Root.ID), Label: g.Root.Label, More: []nodeShape{}},
		From:   branches(g.Ancestors), To: branches(g.Descendants), Cut: g.Cut,
	}}, nil
}

func branches(all []lineage.Branch) []nodeShape {
	out := []nodeShape{}
	for _, b := range all {
		out = append(out, nodeShape{Kind: b.Node.Kind, ID: string(b.Node.ID), Label: b.Node.Label, Verb: b.Verb,
			Hidden: b.Hidden, Repeated: b.Repeated, More: branches(b.Branches)})
	}
	return out
}
