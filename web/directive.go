package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/directive"
	"giaoban/internal/db"
	"giaoban/internal/fault"
)

var directiveRoom = room{
	menu: entry{group: paperGroup, name: "Sổ chỉ đạo", url: "/van-ban-chi-dao", needs: needsDirective, key: "g s"},
	pages: append(goalPages,
		see("/van-ban-chi-dao", (*site).directives, access.ReadDirective).named("directive/list").titled("Sổ văn bản chỉ đạo"),
		see("/van-ban-chi-dao/them", (*site).newDirective, access.RecordDirective),
		act("/van-ban-chi-dao", (*site).recordDirective, access.RecordDirective).files(mostFiles).
			says("Đã ghi văn bản vào sổ chỉ đạo.", "Lịch sơ kết, tổng kết của văn bản", "#so-ket-tong-ket"),
		see("/van-ban-chi-dao/{directive}", (*site).showDirective, access.ReadDirective).shows("directive"),
		see("/van-ban-chi-dao/{directive}/sua", (*site).editDirective, access.RecordDirective).of("directive"),
		act("/van-ban-chi-dao/{directive}/sua", (*site).reviseDirective, access.RecordDirective).of("directive").files(mostFiles).
			says("Đã lưu thay đổi của văn bản.", "Sổ văn bản chỉ đạo", "/van-ban-chi-dao"),
		act("/van-ban-chi-dao/{directive}/tep", (*site).fileDirective, access.RecordDirective).of("directive").files(mostFiles).
			says("Đã đính tệp vào văn bản.", "Sổ văn bản chỉ đạo", "/van-ban-chi-dao"),
		see("/van-ban-chi-dao/{directive}/tep/{file}", (*site).directiveFile, access.ReadDirective).of("directive"),
		act("/van-ban-chi-dao/{directive}/quan-he", (*site).relateDirective, access.RecordDirective).of("directive").
			says("Đã ghi quan hệ giữa hai văn bản.", "Sổ văn bản chỉ đạo", "/van-ban-chi-dao"),
		act("/van-ban-chi-dao/{directive}/quan-he/xac-nhan", (*site).confirmRelation, access.RecordDirective).of("directive").
			says("Đã xác nhận quan hệ giữa hai văn bản.", "Sổ văn bản chỉ đạo", "/van-ban-chi-dao"),
		act("/van-ban-chi-dao/{directive}/quan-he/bo", (*site).endRelation, access.RecordDirective).of("directive").
			says("Đã bỏ quan hệ; lý do đã ghi vào nhật ký.", "Sổ văn bản chỉ đạo", "/van-ban-chi-dao"),
		see("/van-ban-chi-dao/{directive}/noi-nhac", (*site).directiveMentions, access.ReadDirective).of("directive"),
		see("/van-ban-chi-dao/{directive}/quan-triet", (*site).directiveRollout, access.ReadDirective).of("directive").owing(),
		act("/van-ban-chi-dao/{directive}/quan-triet", (*site).noteRollout, access.NoteRollout).of("rollout").
			says("Đã ghi việc quán triệt của cơ quan.", "Về văn bản", "/van-ban-chi-dao/{directive}"),
		act("/van-ban-chi-dao/{directive}/quan-triet/bo", (*site).dropRollout, access.NoteRollout).of("rollout").
			says("Đã bỏ dòng quán triệt; lý do đã ghi vào nhật ký.", "Về văn bản", "/van-ban-chi-dao/{directive}"),

		see("/vien-dan", (*site).resolveReference, access.ReadDirective).titled("Tìm văn bản được viện dẫn"),
		see("/vien-dan/cho", (*site).openReferences, access.RecordDirective).titled("Viện dẫn chờ xác định"),
		act("/vien-dan/chon", (*site).chooseReference, access.RecordDirective).of("directive").titled("Tìm văn bản được viện dẫn").
			says("Đã chỉ rõ văn bản được viện dẫn; mọi chỗ viện dẫn như vậy dẫn đến văn bản này.", "Viện dẫn còn chờ", "/vien-dan/cho"),
		act("/vien-dan/bo-qua", (*site).setReferenceAside, access.RecordDirective).
			says("Đã để riêng viện dẫn này; khi có văn bản vẫn chỉ lại được.", "Viện dẫn còn chờ", "/vien-dan/cho"),
		act("/vien-dan/bo-chon", (*site).undecideReference, access.RecordDirective).of("directive").
			says("Đã bỏ lựa chọn trước; viện dẫn này lại chờ chỉ rõ.", "Viện dẫn còn chờ", "/vien-dan/cho"),

		see("/tham-muu", (*site).advices, access.NoteAdvice, access.ReadConsolidation),
		see("/tham-muu/them", (*site).newAdvice, access.NoteAdvice),
		act("/tham-muu", (*site).noteAdvice, access.NoteAdvice).
			says("Đã ghi việc tham mưu.", "Mọi việc tham mưu", "/tham-muu"),
		see("/tham-muu/{advice}", (*site).showAdvice, access.NoteAdvice, access.ReadConsolidation).shows("advice"),
		act("/tham-muu/{advice}", (*site).noteAdvice, access.NoteAdvice).of("advice").
			says("Đã lưu thay đổi của việc tham mưu.", "Mọi việc tham mưu", "/tham-muu"),
	),
}

var directiveClass = map[directive.State]string{directive.InForce: "accepted", directive.Replaced: "extended", directive.Expired: "nil"}

func directiveBadge(state directive.State) badge { return badge{directiveClass[state], state.Name()} }

// directivesPage is the register with its search and filters.
type directivesPage struct {
	Text, Type, Sector, Year string
	Level                    directive.Level
	State                    directive.State
	Types                    []string
	Levels                   []directive.Level
	States                   []directive.State
	Sectors                  []directive.Sector
	Lines                    []directiveLine
	Filtered                 bool
	Next, First              string
	MayRecord                bool
	Open                     int  // references that wait for an officer
	More                     bool // there are more of them than were counted
}

type directiveLine struct {
	directive.Directive
	Badge badge
}

func (s *site) directives(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	if err := by.May(access.ReadDirective, by.Body); err != nil {
		return Reply{}, err
	}
	p := &directivesPage{Text: strings.TrimSpace(r.FormValue("tim")), Type: r.FormValue("loai"), Sector: r.FormValue("linh-vuc"), Year: strings.TrimSpace(r.FormValue("nam")),
		Level: directive.Level(r.FormValue("cap")), State: directive.State(r.FormValue("trang-thai")),
		Levels: directive.Levels, States: directive.States, Sectors: directive.AllSectors, MayRecord: by.Can(access.RecordDirective, by.Body)}
	f := directive.Filter{Text: p.Text, Type: p.Type, Level: p.Level, Sector: p.Sector, State: p.State, Cursor: r.FormValue("sau")}
	p.Filtered = p.Text != "" || p.Type != "" || p.Sector != "" || p.Year != "" || p.Level != "" || p.State != ""
	var err error
	if p.Types, err = directive.Types(tx, by); err != nil {
		return Reply{}, err
	}
	if p.Year != "" {
		if f.Year, err = strconv.Atoi(p.Year); err != nil {
			f.Year = -1 // the room says how a year is written
		}
	}
	today := calendar.OfInstant(tx.Clock())
	found, next, err := directive.List(tx, by, f)
	if err != nil {
		return Reply{Page: "directive/list", Data: p}, err
	}
	for _, d := range found {
		p.Lines = append(p.Lines, directiveLine{d, directiveBadge(d.StateOn(today))})
	}
	if next != "" {
		p.Next = withQuery(r, "sau", next)
	}
	if f.Cursor != "" {
		p.First = withQuery(r, "sau", "")
	}
	if p.MayRecord {
		open, more, err := directive.OpenMentions(tx, by, "")
		if err != nil {
			return Reply{}, err
		}
		p.Open, p.More = len(open), more != ""
	}
	return Reply{Page: "directive/list", Data: p}, nil
}

// withQuery is the address of this page with one parameter changed; "" removes it.
func withQuery(r *http.Request, name, value string) string {
	q := url.Values{}
	for key, values := range r.URL.Query() {
		if len(values) > 0 && values[0] != "" {
			q.Set(key, values[0])
		}
	}
	q.Del(name)
	if value != "" {
		q.Set(name, value)
	}
	if len(q) == 0 {
		return r.URL.Path
	}
	return r.URL.Path + "?" + q.Encode()
}

// directiveFile gives a file of a document to whoever reads the register.
func (s *site) directiveFile(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	if !by.SignedIn() {
		return Reply{}, fault.SignIn("Xin đăng nhập để xem tệp.")
	}
	f, err := directive.FileOf(tx, by, db.ID(r.PathValue("directive")), db.ID(r.PathValue("file")))
	if err != nil {
		return Reply{}, err
	}
	return Reply{Download: s.stored(f)}, nil
}

// MayRecord says whether the visitor keeps the register.
func (v *view) MayRecord() bool { return v.Actor.Can(access.RecordDirective, v.Body) }

// SeesAdvice says whether the visitor may open the list of advice.
func (v *view) SeesAdvice() bool { return mayAdvise(v.Actor) == nil }
