package web

import (
	"net/http"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/desk"
	"giaoban/internal/db"
	"giaoban/org"
)

var deskRoom = room{
	menu: entry{group: deskGroup, name: "Bàn làm việc", url: "/ban-lam-viec", key: "g d"},
	pages: []route{
		see("/ban-lam-viec", (*site).desk, EveryAccount),
	},
}

// deskPage is what awaits the actor, and what the actor awaits.
type deskPage struct {
	desk.Desk
	Items   []deskLine
	Waiting []deskLine
	Reading []deskLine
	// For who answers for the machine, one of both: the age of the newest backup, or what is wrong with it.
	BackupAge, BackupWarning string
}

type deskLine struct {
	desk.Item
	Address    string
	NilAddress string
	Class      string // is-late, is-soon or nothing
	Badge      badge
	Kind       string // the room's word
}

func (s *site) desk(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	if by.Role == access.Administrator { // setting up is the administrator's desk until it is done
		if settingUp, err := org.SettingUp(tx); err != nil || settingUp {
			return Reply{To: "/thiet-lap"}, err
		}
	}
	d, err := desk.For(tx, by)
	if err != nil {
		return Reply{}, err
	}
	p := &deskPage{Desk: d, Items: deskLines(d.Items, d.Day), Waiting: deskLines(d.Waiting, d.Day),
		Reading: deskLines(d.Reading, d.Day)}
	if s.Backups != nil && by.Role == access.Administrator {
		if sentence, good := s.Backups(); good {
			p.BackupAge = sentence
		} else {
			p.BackupWarning = sentence
		}
	}
	return Reply{Page: "desk/show", Data: p}, nil
}

var deskRooms = map[string]string{
	"report": "Báo cáo", "task": "Nhiệm vụ", "proposal": "Kiến nghị", "paper": "Văn bản", "briefing": "Giao ban", "account": "Tài khoản",
	"review": "Sơ kết, tổng kết", "directive": "Sổ chỉ đạo", "consolidation": "Báo cáo tổng hợp",
}

func deskLines(items []desk.Item, today calendar.Date) []deskLine {
	lines := make([]deskLine, len(items))
	for i, item := range items {
		line := deskLine{Item: item, Address: targetAddress(item.To), NilAddress: targetAddress(item.Nil), Kind: deskRooms[item.Room]}
		switch {
		case item.Late > 0:
			line.Class, line.Badge = "is-late", badge{"late", "Quá hạn " + decimalDays(item.Late)}
		case item.Due == today:
			line.Class, line.Badge = "is-soon", badge{"waiting", "Hết hạn hôm nay"}
		case item.Soon:
			line.Class, line.Badge = "is-soon", badge{"waiting", "Sắp đến hạn"}
		}
		lines[i] = line
	}
	return lines
}
