package web

import (
	"net/http"
	"strconv"

	"giaoban/access"
	"giaoban/briefing"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/org"
	"giaoban/paper"
)

var briefingRoom = room{
	menu: entry{group: workGroup, name: "Giao ban", url: "/giao-ban", needs: needsOpening, key: "g g"},
	pages: []route{
		see("/giao-ban", (*site).briefings, access.ReadBriefing),
		see("/giao-ban/lap", (*site).newBriefing, access.PrepareBriefing).titled("Lập hội nghị giao ban"),
		act("/giao-ban", (*site).planBriefing, access.PrepareBriefing).titled("Lập hội nghị giao ban").
			says("Đã lập hội nghị. Tiếp theo là soạn giấy mời.", "Mọi hội nghị", "/giao-ban"),
		see("/giao-ban/{id}", (*site).showBriefing, access.ReadBriefing).shows("briefing"),
		see("/giao-ban/{id}/sua", (*site).editBriefing, access.PrepareBriefing).of("briefing").titled("Sửa kế hoạch hội nghị"),
		act("/giao-ban/{id}/sua", (*site).changeBriefing, access.PrepareBriefing).of("briefing").
			says("Đã lưu kế hoạch hội nghị.", "Thành phần dự", "/giao-ban/{id}/thanh-phan"),
		act("/giao-ban/{id}/giay-moi", (*site).inviteToBriefing, access.PrepareBriefing).of("briefing").
			says("Đã soạn giấy mời. Tiếp theo: lãnh đạo ký, văn thư vào số rồi phát hành.", "Về hội nghị", "/giao-ban/{id}"),
		see("/giao-ban/{id}/thanh-phan", (*site).briefingPeople, access.ReadBriefing).of("briefing"),
		act("/giao-ban/{id}/dai-bieu", (*site).nameDelegate, access.SpeakAtBriefing).of("seat").
			says("Đã ghi người dự của cơ quan; Ban thấy trong danh sách đại biểu.", "Về hội nghị", "/giao-ban/{id}"),
		act("/giao-ban/{id}/diem-danh", (*site).attendBriefing, access.ConcludeBriefing).of("briefing").
			says("Đã ghi điểm danh.", "Ghi diễn biến", "/giao-ban/{id}/dien-bien"),
		see("/giao-ban/{id}/ho-so", (*site).briefingPack, access.ReadBriefing).of("briefing").inside(),
		see("/giao-ban/{id}/ho-so.docx", (*site).downloadPack, access.ReadBriefing).of("briefing").inside(),
		act("/giao-ban/{id}/ho-so", (*site).showPack, access.PrepareBriefing).of("briefing").
			says("Đã chốt hồ sơ trình tại hội nghị; bản này giữ nguyên, số liệu về sau không làm nó đổi.", "Về hội nghị", "/giao-ban/{id}"),
		see("/giao-ban/{id}/bo-sung", (*site).briefingAddendum, access.ReadBriefing).of("briefing").inside(),
		see("/giao-ban/{id}/dien-bien", (*site).briefingMinutes, access.ReadBriefing).of("briefing"),
		act("/giao-ban/{id}/dien-bien", (*site).writeMinutes, access.ConcludeBriefing).of("briefing").
			says("Đã lưu diễn biến hội nghị.", "Ghi kết luận", "/giao-ban/{id}/ket-luan"),
		act("/giao-ban/{id}/tham-luan", (*site).contributeToBriefing, access.SpeakAtBriefing).of("seat").
			says("Đã gửi nội dung phát biểu; Ban thấy trong diễn biến hội nghị.", "Về hội nghị", "/giao-ban/{id}"),
		act("/giao-ban/{id}/ghi", (*site).noteContribution, access.ConcludeBriefing).of("seat").
			says("Đã ghi ý kiến của cơ quan này.", "Ghi kết luận", "/giao-ban/{id}/ket-luan"),
		see("/giao-ban/{id}/ket-luan", (*site).briefingConclusions, access.ReadBriefing).of("briefing"),
		act("/giao-ban/{id}/ket-luan", (*site).saveConclusions, access.ConcludeBriefing).of("briefing").
			says("Đã lưu các kết luận.", "Về hội nghị", "/giao-ban/{id}"),
		act("/giao-ban/{id}/lay-du-thao", (*site).takeDrafts, access.ConcludeBriefing).of("briefing").
			says("Đã lấy dự thảo kết luận vào danh sách; xin đọc lại từng dòng.", "Về hội nghị", "/giao-ban/{id}"),
		act("/giao-ban/{id}/bo-dong", (*site).dropConclusion, access.ConcludeBriefing).of("briefing").
			says("Đã bỏ dòng kết luận; các dòng khác giữ nguyên.", "Về hội nghị", "/giao-ban/{id}"),
		see("/giao-ban/{id}/ket-thuc", (*site).confirmClose, access.ConcludeBriefing).of("briefing").titled("Kết thúc hội nghị"),
		act("/giao-ban/{id}/ket-thuc", (*site).closeBriefing, access.ConcludeBriefing).of("briefing").
			says("Đã kết thúc hội nghị. Tiếp theo là soạn thông báo; nhiệm vụ được giao khi thông báo phát hành.", "Về hội nghị", "/giao-ban/{id}"),
		act("/giao-ban/{id}/mo-lai", (*site).reopenBriefing, access.ConcludeBriefing).of("briefing").
			says("Đã mở lại hội nghị để sửa kết luận; lý do đã ghi vào nhật ký.", "Về hội nghị", "/giao-ban/{id}"),
		see("/giao-ban/{id}/thong-bao", (*site).briefingNotice, access.ReadBriefing).of("briefing").inside(),
		act("/giao-ban/{id}/thong-bao", (*site).draftNotice, access.PrepareBriefing).of("briefing").
			says("Đã soạn thông báo kết luận. Tiếp theo: lãnh đạo ký, văn thư vào số rồi phát hành.", "Về hội nghị", "/giao-ban/{id}"),
		see("/ho-so/conclusion/{id}", (*site).conclusionByID, access.ReadBriefing).shows("conclusion"),
		see("/ho-so/contribution/{id}", (*site).contributionByID, access.ReadBriefing).shows("contribution"),
		see("/giao-ban/{id}/ket-qua", (*site).briefingResults, access.ReadBriefing).of("briefing"),
	},
}

// briefingHead stands on every page of one briefing.
type briefingHead struct {
	B          briefing.Briefing
	State      badge
	Tab        string
	Commission bool // sees the inside: pack, minutes, notice
	MayPrepare bool
	MayWrite   bool // conclusions, attendance, minutes: and the conference is not over
	Closed     bool
	Bodies     map[db.ID]org.Body
}

// Body names a body as on the day of the conference.
func (h briefingHead) Body(id db.ID) org.Body { return h.Bodies[id] }

// Tabs are the parts of the page that this reader has.
func (h briefingHead) Tabs() []navItem {
	var out []navItem
	add := func(key, path, name string) {
		out = append(out, navItem{URL: address("briefing", h.B.ID) + path, Name: name, Current: key == h.Tab})
	}
	add("chuan-bi", "", "Chuẩn bị")
	add("thanh-phan", "/thanh-phan", "Thành phần")
	if h.Commission {
		add("ho-so", "/ho-so", "Hồ sơ")
	}
	minutes := "Diễn biến"
	if !h.Commission {
		minutes = "Tham luận" // what an agency finds and does on that page
	}
	add("dien-bien", "/dien-bien", minutes)
	add("ket-luan", "/ket-luan", "Kết luận")
	if h.Commission {
		add("thong-bao", "/thong-bao", "Thông báo")
	}
	add("ket-qua", "/ket-qua", "Kết quả")
	return out
}

func briefingBadge(state briefing.State) badge {
	class := map[briefing.State]string{briefing.Planned: "draft", briefing.Invited: "waiting", briefing.Shown: "waiting",
		briefing.Closed: "extended", briefing.Noticed: "waiting", briefing.Released: "accepted"}[state]
	return badge{class, state.Name()}
}

// briefingOf finds the briefing of the address.
func briefingOf(tx *db.Tx, by access.Actor, r *http.Request, tab string) (briefingHead, error) {
	b, err := briefing.Find(tx, by, db.ID(r.PathValue("id")))
	if err != nil {
		return briefingHead{}, err
	}
	state, err := briefing.StateOf(tx, by, b)
	if err != nil {
		return briefingHead{}, err
	}
	day := b.HeldOn
	if day.IsZero() {
		day = calendar.OfInstant(tx.Clock())
	}
	bodies, err := org.Names(tx, day)
	closed := state == briefing.Closed || state == briefing.Noticed || state == briefing.Released
	return briefingHead{B: b, State: briefingBadge(state), Tab: tab, Commission: by.Sees(access.ReadBriefing) == "",
		MayPrepare: by.Can(access.PrepareBriefing, b.Body), MayWrite: by.Can(access.ConcludeBriefing, b.Body) && !closed,
		Closed: closed, Bodies: bodies}, err
}

// briefingsPage lists the conferences and tells whether each quarter had its own.
type briefingsPage struct {
	Lines   []briefingLine
	Year    int
	Cadence []beatLine
	MayPlan bool
	Past    []pastLine // what old files tell of earlier ones
}

type briefingLine struct {
	briefing.Line
	Badge badge
}

type beatLine struct {
	briefing.Beat
	Badge badge
}

func (s *site) briefings(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	if err := by.May(access.ReadBriefing, by.Body); err != nil {
		return Reply{}, err
	}
	list, err := briefing.List(tx, by)
	if err != nil {
		return Reply{}, err
	}
	data := briefingsPage{Year: calendar.OfInstant(tx.Clock()).Year(), MayPlan: by.Can(access.PrepareBriefing, by.Body)}
	for _, l := range list {
		data.Lines = append(data.Lines, briefingLine{l, briefingBadge(l.State)})
	}
	if data.Past, err = pastConferences(tx, by, list); err != nil {
		return Reply{}, err
	}
	if year, err := strconv.Atoi(r.FormValue("nam")); err == nil && year > 1990 && year < 2200 {
		data.Year = year
	}
	if by.Sees(access.ReadBriefing) == "" {
		beats, err := briefing.Cadence(tx, by, data.Year)
		if err != nil {
			return Reply{}, err
		}
		for _, b := range beats {
			line := beatLine{b, badge{"draft", "Chưa đến kỳ"}}
			switch {
			case b.Held:
				line.Badge = badge{"on-time", "Đã họp"}
			case b.Briefing.ID != "":
				line.Badge = briefingBadge(b.State)
			case b.Due:
				line.Badge = badge{"missing", "Không có hội nghị"}
			}
			data.Cadence = append(data.Cadence, line)
		}
	}
	return Reply{Page: "briefing/list", Data: data}, nil
}

// prepareData is the first page of a briefing.
type prepareData struct {
	briefingHead
	Seats      []briefing.Seat
	Invitees   []briefing.Invitee
	Invitation paper.Paper
	Lacking    []string // what the invitation still waits for
	Linked     bool     // something came of it or it came from something
}

func (s *site) showBriefing(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	head, err := briefingOf(tx, by, r, "chuan-bi")
	if err != nil {
		return Reply{}, err
	}
	return head.prepare(tx, by)
}

func (h briefingHead) prepare(tx *db.Tx, by access.Actor) (Reply, error) {
	data := prepareData{briefingHead: h}
	var err error
	if data.Seats, err = briefing.Seats(tx, by, h.B.ID); err != nil {
		return Reply{}, err
	}
	if data.Invitees, err = briefing.Invitees(tx, by, h.B.ID); err != nil {
		return Reply{}, err
	}
	if data.Invitation, _, err = briefing.Papers(tx, by, h.B.ID); err != nil {
		return Reply{}, err
	}
	data.Linked, err = linked(tx, by, "briefing", h.B.ID)
	return Reply{Page: "briefing/prepare", Data: data}, err
}

func (s *site) inviteToBriefing(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	head, err := briefingOf(tx, by, r, "chuan-bi")
	if err != nil {
		return Reply{}, err
	}
	p, err := briefing.Invite(tx, by, head.B.ID, paper.Signature{})
	if err != nil {
		reply, lost := head.prepare(tx, by)
		if lost != nil {
			return Reply{}, err
		}
		return reply, err
	}
	return Reply{To: "/van-ban/" + string(p.ID)}, nil
}
