package web

import (
	"cmp"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"giaoban/access"
	"giaoban/archive"
	"giaoban/calendar"
	"giaoban/conference"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/org"
	"giaoban/paper"
	"giaoban/programme"
	"giaoban/record"
	"giaoban/report"
)

var briefingRoom = room{
	menu: entry{group: workGroup, name: "Hội nghị", url: "/giao-ban", needs: needsOpening, key: "g g"},
	pages: []route{
		see("/giao-ban", (*site).briefings, access.ReadBriefing),
		see("/giao-ban/lap", (*site).newBriefing, access.PrepareBriefing).titled("Lập hội nghị"),
		act("/giao-ban", (*site).planBriefing, access.PrepareBriefing).titled("Lập hội nghị").
			says("Đã lập hội nghị. Tiếp theo là soạn giấy mời.", "Mọi hội nghị", "/giao-ban"),
		see("/giao-ban/loai", (*site).conferenceTypes, access.ReadBriefing).titled("Loại hội nghị"),
		act("/giao-ban/loai", (*site).addConferenceType, access.PrepareBriefing).titled("Loại hội nghị").
			says("Đã thêm loại hội nghị.", "Lập hội nghị", "/giao-ban/lap"),
		act("/giao-ban/loai/{code}/thoi", (*site).endConferenceType, access.PrepareBriefing).titled("Loại hội nghị").
			says("Đã thôi dùng loại này; hội nghị đã lập giữ nguyên.", "Hội nghị", "/giao-ban"),
		see("/giao-ban/{id}", (*site).showBriefing, access.ReadBriefing).shows("briefing"),
		see("/giao-ban/{id}/lich.ics", (*site).briefingCalendar, access.ReadBriefing).of("briefing"),
		see("/giao-ban/{id}/sua", (*site).editBriefing, access.PrepareBriefing).of("briefing").titled("Sửa kế hoạch hội nghị"),
		act("/giao-ban/{id}/sua", (*site).changeBriefing, access.PrepareBriefing).of("briefing").
			says("Đã lưu kế hoạch hội nghị.", "Thành phần dự", "/giao-ban/{id}/thanh-phan"),
		see("/giao-ban/{id}/thay-doi", (*site).briefingChange, access.PrepareBriefing).of("briefing").titled("Hoãn, hủy, ghép hội nghị"),
		act("/giao-ban/{id}/thay-doi", (*site).changeFate, access.PrepareBriefing).of("briefing").
			says("Đã ghi thay đổi; giấy mời đã phát hành có ghi chú, nơi được mời thấy trên bàn làm việc.", "Về hội nghị", "/giao-ban/{id}"),
		act("/giao-ban/{id}/bao-thay-doi", (*site).tellChange, access.PrepareBriefing).of("briefing").
			says("Đã soạn công văn báo thay đổi. Tiếp theo: xem lại rồi trình ký.", "Về hội nghị", "/giao-ban/{id}"),
		act("/giao-ban/{id}/da-biet", (*site).hearChange, access.SpeakAtBriefing).of("seat").
			says("Đã ghi là cơ quan biết thay đổi; người dự đã cử giữ nguyên.", "Về hội nghị", "/giao-ban/{id}"),
		act("/giao-ban/{id}/giay-moi", (*site).inviteToBriefing, access.PrepareBriefing).of("briefing").
			says("Đã soạn giấy mời. Tiếp theo: xem lại rồi trình ký.", "Về hội nghị", "/giao-ban/{id}"),
		see("/giao-ban/{id}/thanh-phan", (*site).briefingPeople, access.ReadBriefing).of("briefing"),
		act("/giao-ban/{id}/dai-bieu", (*site).nameDelegate, access.SpeakAtBriefing).of("seat").
			says("Đã ghi người dự của cơ quan; Ban thấy trong danh sách đại biểu.", "Về hội nghị", "/giao-ban/{id}"),
		act("/giao-ban/{id}/diem-danh", (*site).attendBriefing, access.ConcludeBriefing).of("briefing").
			says("Đã ghi điểm danh.", "Ghi diễn biến", "/giao-ban/{id}/dien-bien"),
		see("/giao-ban/{id}/ho-so", (*site).briefingPack, access.ReadBriefing).of("briefing").inside(),
		see("/giao-ban/{id}/ho-so.docx", (*site).downloadPack, access.ReadBriefing).of("briefing").inside(),
		see("/giao-ban/{id}/ho-so.pdf", (*site).downloadPack, access.ReadBriefing).of("briefing").inside(),
		act("/giao-ban/{id}/ho-so", (*site).showPack, access.PrepareBriefing).of("briefing").
			says("Đã chốt hồ sơ trình tại hội nghị; bản này giữ nguyên, số liệu về sau không làm nó đổi.", "Về hội nghị", "/giao-ban/{id}"),
		see("/giao-ban/{id}/bo-sung", (*site).briefingAddendum, access.ReadBriefing).of("briefing").inside(),
		see("/giao-ban/{id}/dien-bien", (*site).briefingMinutes, access.ReadBriefing).of("briefing"),
		act("/giao-ban/{id}/bien-ban", (*site).draftMinutes, access.PrepareBriefing).of("briefing").
			says("Đã soạn biên bản. Tiếp theo: xem lại, sửa lời văn; người ghi ký trước, chủ trì ký sau.", "Diễn biến", "/giao-ban/{id}/dien-bien"),
		act("/giao-ban/{id}/dien-bien", (*site).writeMinutes, access.ConcludeBriefing).of("briefing").
			says("Đã lưu diễn biến hội nghị.", "Ghi kết luận", "/giao-ban/{id}/ket-luan"),
		act("/giao-ban/{id}/tham-luan", (*site).contributeToBriefing, access.SpeakAtBriefing).of("seat").files(mostFiles).
			says("Đã gửi nội dung phát biểu; Ban thấy trong diễn biến hội nghị.", "Về hội nghị", "/giao-ban/{id}"),
		see("/giao-ban/{id}/y-kien", (*site).briefingNotes, access.ConcludeBriefing).of("briefing").titled("Ghi ý kiến"),
		act("/giao-ban/{id}/y-kien", (*site).saveNotes, access.ConcludeBriefing).of("briefing").titled("Ghi ý kiến").
			says("Đã ghi ý kiến của các cơ quan.", "Ghi kết luận", "/giao-ban/{id}/ket-luan"),
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
			says("Đã soạn thông báo kết luận. Tiếp theo: xem lại rồi trình ký.", "Về hội nghị", "/giao-ban/{id}"),
		see("/ho-so/conclusion/{id}", (*site).conclusionByID, access.ReadBriefing).shows("conclusion"),
		see("/ho-so/contribution/{id}", (*site).contributionByID, access.ReadBriefing).shows("contribution"),
		see("/giao-ban/{id}/ket-qua", (*site).briefingResults, access.ReadBriefing).of("briefing"),
		act("/giao-ban/{id}/khac-phuc", (*site).mendShortcoming, access.ConcludeBriefing).of("briefing").
			says("Đã ghi là khắc phục; hạn chế thôi nêu ở các hội nghị sau.", "Về hội nghị", "/giao-ban/{id}"),
		act("/giao-ban/{id}/chua-khac-phuc", (*site).unmendShortcoming, access.ConcludeBriefing).of("briefing").
			says("Đã ghi; hạn chế nêu lại ở hội nghị sau.", "Về hội nghị", "/giao-ban/{id}"),
	},
}

// briefingHead stands on every page of one briefing.
type briefingHead struct {
	B          conference.Conference
	State      badge
	Tab        string
	Commission bool // sees the inside: pack, minutes, notice
	MayPrepare bool
	MayWrite   bool // conclusions, attendance, minutes: and the conference is not over
	Closed     bool
	Open       bool                    // not over, and still to be held
	Fact       conference.Fact         // why it is not held, or not yet; without kind where it is
	Into       *conference.Conference  // with which it is held together, where the reader may see that one
	With       []conference.Conference // those held together with it
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

func briefingBadge(state conference.State) badge {
	class := map[conference.State]string{conference.Planned: "draft", conference.Invited: "waiting", conference.Shown: "waiting",
		conference.Closed: "extended", conference.Noticed: "waiting", conference.Released: "accepted",
		conference.Postponed: "returned", conference.CalledOff: "nil", conference.Joined: "nil"}[state]
	return badge{class, state.Name()}
}

// briefingOf finds the briefing of the address.
func briefingOf(tx *db.Tx, by access.Actor, r *http.Request, tab string) (briefingHead, error) {
	b, err := conference.Find(tx, by, db.ID(r.PathValue("id")))
	if err != nil {
		return briefingHead{}, err
	}
	state, err := conference.StateOf(tx, by, b)
	if err != nil {
		return briefingHead{}, err
	}
	day := b.HeldOn
	if day.IsZero() {
		day = calendar.OfInstant(tx.Clock())
	}
	bodies, err := org.Names(tx, day)
	if err != nil {
		return briefingHead{}, err
	}
	open := !state.Over() && !state.Gone()
	head := briefingHead{B: b, State: briefingBadge(state), Tab: tab, Commission: by.Sees(access.ReadBriefing) == "",
		MayPrepare: by.Can(access.PrepareBriefing, b.Body), MayWrite: by.Can(access.ConcludeBriefing, b.Body) && open,
		Closed: state.Over(), Open: open, Bodies: bodies}
	return head, head.fate(tx, by, state)
}

// briefingsPage lists the conferences and tells whether each quarter had its own, at each level.
type briefingsPage struct {
	pastConferences
	Lines    []conferenceLine
	Next     string // address of the page behind
	Year     int
	Cadence  []beatLine
	MayPlan  bool
	MayPlace bool   // say whose conferences of the past were
	Note     string // where the commission, or a body of a lower level, notes its own in short
}

func (s *site) briefings(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	if err := by.May(access.ReadBriefing, by.Body); err != nil {
		return Reply{}, err
	}
	list, err := conference.List(tx, by)
	if err != nil {
		return Reply{}, err
	}
	today := calendar.OfInstant(tx.Clock())
	data := briefingsPage{Year: today.Year(), MayPlan: by.Can(access.PrepareBriefing, by.Body), MayPlace: by.Can(access.ImportArchive, by.Body)}
	if data.pastConferences, err = pastConferencesOf(tx, by); err != nil {
		return Reply{}, err
	}
	var next string
	if data.Lines, next = data.lines(list, r.FormValue("sau")); next != "" {
		q := url.Values{"sau": {next}}
		if year := r.FormValue("nam"); year != "" {
			q.Set("nam", year)
		}
		data.Next = "/giao-ban?" + q.Encode()
	}
	if year, err := strconv.Atoi(r.FormValue("nam")); err == nil && year > 1990 && year < 2200 {
		data.Year = year
	}
	if by.Sees(access.ReadBriefing) == "" {
		if data.Cadence, err = cadenceOf(tx, by, data.pastConferences, data.Year); err != nil {
			return Reply{}, err
		}
	}
	data.Note, err = noteAddress(tx, by, today)
	if err != nil {
		return Reply{}, err
	}
	return Reply{Page: "briefing/list", Data: data}, nil
}

// prepareData is the first page of a briefing.
type prepareData struct {
	briefingHead
	Seats     []conference.Seat
	Items     []conference.Item
	Invitees  []conference.Invitee
	Regime    string // name of the regime that it looks back on
	Guests    []conference.Guest
	Conveners []db.ID
	Papers    []paper.Paper // what those invited were written, the newest first
	Needs     conference.Needed
	Facts     []conference.Fact // the newest first
	Known     int               // invited bodies that know the last of them
	Unknown   []db.ID
	News      conference.News       // what the reader's body has not said it knows
	Named     bool                  // that body named who comes
	Linked    bool                  // something came of it or it came from something
	Sources   []archive.Event       // old files that tell of it
	Signed    []programme.Programme // programmes of coordination that it signed
}

// Invited are the bodies that were invited, gathered by whom they are asked to send.
func (d prepareData) Invited() (lines []string) {
	var order []string
	bodies := make(map[string][]string)
	for _, v := range d.Invitees {
		if _, known := bodies[v.Who]; !known {
			order = append(order, v.Who)
		}
		bodies[v.Who] = append(bodies[v.Who], d.Body(v.Body).Name)
	}
	for _, who := range order {
		line := strings.Join(bodies[who], "; ")
		if who != "" {
			line = who + ": " + line
		}
		lines = append(lines, line)
	}
	return lines
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
	if data.Seats, err = conference.Seats(tx, by, h.B.ID); err != nil {
		return Reply{}, err
	}
	if data.Invitees, err = conference.Invitees(tx, by, h.B.ID); err != nil {
		return Reply{}, err
	}
	if data.Items, err = record.Programme(tx, by, h.B.ID); err != nil {
		return Reply{}, err
	}
	if h.B.Regime != "" {
		regime, err := report.FindRegime(tx, by, h.B.Regime)
		if err != nil && fault.Of(err) == nil {
			return Reply{}, err
		}
		data.Regime = cmp.Or(regime.Name, h.B.Regime)
	}
	if data.Guests, err = conference.Guests(tx, by, h.B.ID); err != nil {
		return Reply{}, err
	}
	if data.Conveners, err = conference.Conveners(tx, by, h.B.ID); err != nil {
		return Reply{}, err
	}
	if data.Papers, err = conference.Correspondence(tx, by, h.B.ID); err != nil {
		return Reply{}, err
	}
	if data.Signed, err = programme.OfConference(tx, by, h.B.ID); err != nil {
		return Reply{}, err
	}
	if err := data.changes(tx, by); err != nil {
		return Reply{}, err
	}
	if h.Commission {
		if data.Sources, err = archive.SourcesOf(tx, by, h.B.ID); err != nil {
			return Reply{}, err
		}
	}
	data.Linked, err = linked(tx, by, "briefing", h.B.ID)
	return Reply{Page: "briefing/prepare", Data: data}, err
}

func (s *site) inviteToBriefing(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	head, err := briefingOf(tx, by, r, "chuan-bi")
	if err != nil {
		return Reply{}, err
	}
	p, err := conference.Invite(tx, by, head.B.ID, paper.Signature{})
	if err != nil {
		reply, lost := head.prepare(tx, by)
		if lost != nil {
			return Reply{}, err
		}
		return reply, err
	}
	return drafted(tx, by, r, p)
}

// briefingCalendar gives the conference as a file for calendars.
func (s *site) briefingCalendar(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	file, err := conference.Calendar(tx, by, db.ID(r.PathValue("id")))
	return Reply{Download: &Download{Name: "hoi-nghi.ics", Type: "text/calendar; charset=utf-8", Body: file}}, err
}
