package web

import (
	"fmt"
	"net/http"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/desk"
	"giaoban/intake"
	"giaoban/internal/db"
	"giaoban/internal/fold"
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
	Parts   []deskPart
	Waiting []deskLine
	Reading []deskLine
	Speaks  bool   // a speaker reads to prepare a talk
	Lead    string // the whole in one sentence
	Empty   string // what a desk without lines says
	Narrow  deskFilter
	// For who answers for the machine, one of both: the age of the newest backup, or what is wrong with it.
	BackupAge, BackupWarning string
	Arrivals                 *arrivals // for who keeps the book of incoming papers
}

// arrivals is what stands in the book of incoming papers and waits.
type arrivals struct{ Sentence string }

func arrivalsOf(tx *db.Tx, by access.Actor) (*arrivals, error) {
	if !by.Can(access.KeepIncoming, by.Body) {
		return nil, nil
	}
	counts, err := intake.Count(tx, by)
	if err != nil {
		return nil, err
	}
	var said []string
	if n := counts[intake.Waiting]; n > 0 {
		said = append(said, fmt.Sprintf("%d chờ vào sổ", n))
	}
	if n := counts[intake.Entered]; n > 0 {
		said = append(said, fmt.Sprintf("%d chờ chuyển xử lý", n))
	}
	return &arrivals{strings.Join(said, ", ")}, nil
}

// deskPart is one side of the desk: mine, or what is left to all.
type deskPart struct {
	ID, Name          string
	Now, Ahead, Later []deskLine
	Old               []gatheredLines
}

// Any reports whether something stands there.
func (p deskPart) Any() bool { return len(p.Now)+len(p.Ahead)+len(p.Later)+len(p.Old) > 0 }

// Short reports whether so little stands there that nothing needs to be folded.
func (p deskPart) Short() bool { return len(p.Now)+len(p.Ahead)+len(p.Later) <= manyLines }

type gatheredLines struct {
	deskLine
	Under []deskLine
}

// deskFilter is the form that narrows the desk.
type deskFilter struct {
	Shown, On         bool
	Whose, Room, When []option
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
	came, err := arrivalsOf(tx, by)
	if err != nil {
		return Reply{}, err
	}
	f := desk.Filter{Whose: r.FormValue("cua"), Room: r.FormValue("loai"), When: r.FormValue("han")}
	p := &deskPage{Desk: d, Arrivals: came, Speaks: by.Role == access.Speaker, Lead: deskLead(d), Narrow: narrowing(d, f)}
	shown := d.Only(f)
	p.Waiting, p.Reading = deskLines(shown.Waiting, d.Day), deskLines(shown.Reading, d.Day)
	for _, side := range []struct {
		id, name string
		mine     bool
	}{{"cua-toi", "Của tôi", true}, {"cua-chung", d.Whose, false}} {
		if part := deskPartOf(side.id, side.name, shown.Part(side.mine), d.Day); part.Any() {
			p.Parts = append(p.Parts, part)
		}
	}
	switch {
	case len(p.Parts) > 0 || len(p.Reading) > 0:
	case p.Narrow.On:
		p.Empty = "Không có việc nào như điều kiện đã chọn."
	case d.Beginning != "":
		p.Empty = d.Beginning
	case len(p.Waiting) > 0:
		p.Empty = "Phần việc ở đây đã xong; các việc dưới đây đang chờ nơi khác."
	default:
		p.Empty = d.Quiet
	}
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
	"report": "Báo cáo", "task": "Nhiệm vụ", "proposal": "Kiến nghị", "paper": "Văn bản", "briefing": "Hội nghị", "account": "Tài khoản",
	"review": "Sơ kết, tổng kết", "directive": "Sổ chỉ đạo", "consolidation": "Báo cáo tổng hợp", "succession": "Bàn giao",
	"appraisal": "Góp ý, thẩm định", "upward": "Báo cáo cấp trên", "deadline": "Dời hạn",
}

func deskPartOf(id, name string, p desk.Part, day calendar.Date) deskPart {
	part := deskPart{ID: id, Name: name, Now: deskLines(p.Now, day), Ahead: deskLines(p.Ahead, day), Later: deskLines(p.Later, day)}
	for _, g := range p.Old {
		part.Old = append(part.Old, gatheredLines{deskLines([]desk.Item{g.Item}, day)[0], deskLines(g.Under, day)})
	}
	return part
}

// deskLead says in one sentence how much there is, without what is long past: that stands in its own lines.
func deskLead(d desk.Desk) string {
	now, awaited, ahead, old := 0, 0, 0, 0
	for _, mine := range []bool{true, false} {
		p := d.Part(mine)
		now, ahead, old = now+len(p.Now), ahead+len(p.Ahead), old+len(p.Old)
		for _, i := range p.Now {
			if i.Awaited {
				awaited++
			}
		}
	}
	if now+ahead+old+len(d.Items) == 0 {
		return "Ngày " + d.Day.Vietnamese() + " không có việc nào chờ đồng chí."
	}
	said := "Không có việc nào mới đến hạn"
	if now > 0 {
		said = fmt.Sprintf("%d việc cần làm", now)
	}
	if awaited > 0 {
		said += fmt.Sprintf(", %d việc có nơi đang chờ", awaited)
	}
	if ahead > 0 {
		said += fmt.Sprintf("; %d việc đến hạn trong 14 ngày tới", ahead)
	}
	if old > 0 {
		said += ". Việc quá hạn từ lâu gộp lại ở cuối"
	}
	return said + "."
}

// manyLines is from how many lines on a desk offers to be narrowed.
const manyLines = 8

func narrowing(d desk.Desk, f desk.Filter) deskFilter {
	n := deskFilter{On: f != desk.Filter{}}
	n.Shown = n.On || len(d.Items)+len(d.Waiting) >= manyLines
	n.Whose = []option{{"", "Của tôi và của chung", f.Whose == ""}, {"mine", "Của tôi", f.Whose == "mine"}, {"all", d.Whose, f.Whose == "all"}}
	n.When = []option{{"", "Mọi hạn", f.When == ""}, {"late", "Đã quá hạn", f.When == "late"}, {"ahead", "Đến hạn trong 14 ngày", f.When == "ahead"}}
	n.Room = []option{{"", "Mọi loại việc", f.Room == ""}}
	for _, room := range d.Rooms() {
		n.Room = append(n.Room, option{room, deskRooms[room], f.Room == room})
	}
	return n
}

func deskLines(items []desk.Item, today calendar.Date) []deskLine {
	lines := make([]deskLine, len(items))
	for i, item := range items {
		line := deskLine{Item: item, Address: targetAddress(item.To), NilAddress: targetAddress(item.Nil), Kind: deskRooms[item.Room]}
		switch {
		case item.Past:
			line.Class, line.Badge = "is-late", badge{"late", fold.Capital(calendar.Late(item.Late))}
		case item.Due == today:
			line.Class, line.Badge = "is-soon", badge{"waiting", "Hết hạn hôm nay"}
		case item.Soon:
			line.Class, line.Badge = "is-soon", badge{"waiting", "Sắp đến hạn"}
		}
		lines[i] = line
	}
	return lines
}
