package web

import (
	"net/http"

	"giaoban/access"
	"giaoban/internal/db"
)

var accessRoom = room{
	pages: []route{
		see("/phan-quyen", (*site).showAccess, EveryAccount).titled("Phân quyền"),
	},
}

// accessPage is the one table of authority as everybody may read it.
type accessPage struct {
	Roles  []accessRole
	Groups []accessGroup
}

type accessRole struct {
	Name string
	Mine bool
}

type accessGroup struct {
	Name string
	Acts []accessRow
}

type accessRow struct {
	Name  string
	Reach []accessCell
}

type accessCell struct {
	Role, Class, Text string
}

// accessGroups cuts the table where its own blank lines stand: the first act of each group.
var accessGroups = []struct {
	First access.Act
	Name  string
}{
	{access.ReadBodies, "Danh bạ, tài khoản, tệp"},
	{access.ReadRegime, "Chế độ báo cáo và báo cáo"},
	{access.ReadConsolidation, "Tổng hợp và kiến nghị"},
	{access.ReadTask, "Nhiệm vụ"},
	{access.ReadBriefing, "Hội nghị giao ban"},
	{access.ReadPaper, "Văn bản"},
	{access.ReadLineage, "Nguồn gốc"},
}

// reachWords gives mark and word for each reach.
var reachWords = map[access.Reach][2]string{
	access.All:  {"accepted", "Mọi cơ quan"},
	access.Own:  {"on-time", "Cơ quan mình"},
	access.None: {"nil", "Không"},
}

func (s *site) showAccess(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	var p accessPage
	for _, role := range access.Roles {
		p.Roles = append(p.Roles, accessRole{role.Name(), role == by.Role})
	}
	for _, row := range access.Table {
		for _, g := range accessGroups {
			if g.First == row.Act {
				p.Groups = append(p.Groups, accessGroup{Name: g.Name})
			}
		}
		line := accessRow{Name: row.Act.Name()}
		for _, role := range access.Roles {
			words := reachWords[row.Act.Reach(role)]
			line.Reach = append(line.Reach, accessCell{role.Name(), words[0], words[1]})
		}
		last := &p.Groups[len(p.Groups)-1]
		last.Acts = append(last.Acts, line)
	}
	return Reply{Page: "access/table", Data: p}, nil
}
