package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/conference"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/org"
	"giaoban/programme"
)

const programmesURL = "/chuong-trinh-phoi-hop"

var programmeRoom = room{
	menu: entry{group: workGroup, name: "Chương trình phối hợp", url: programmesURL, needs: needsBodies, key: "g p"},
	pages: []route{
		see("/chuong-trinh-phoi-hop", (*site).programmes, access.ReadProgramme).named("programme/list"),
		see("/chuong-trinh-phoi-hop/moi", (*site).newProgramme, access.KeepProgramme).titled("Lập chương trình, quy chế phối hợp"),
		act("/chuong-trinh-phoi-hop", (*site).beginProgramme, access.KeepProgramme).titled("Lập chương trình, quy chế phối hợp").
			says("Đã lập dự thảo. Tiếp theo: xem lại nội dung, soạn văn bản, ghi chữ ký các bên.", "Chương trình phối hợp", programmesURL),
		see("/chuong-trinh-phoi-hop/{programme}", (*site).showProgramme, access.ReadProgramme).of("programme").shows("programme"),
		see("/chuong-trinh-phoi-hop/{programme}/tep/{file}", (*site).programmeFile, access.ReadProgramme).of("programme"),
		act("/chuong-trinh-phoi-hop/{programme}/phan-chung", (*site).reviseProgramme, access.KeepProgramme).of("programme").
			says("Đã lưu phần chung.", "Chương trình phối hợp", programmesURL),
		act("/chuong-trinh-phoi-hop/{programme}/noi-dung", (*site).addProgrammeLines, access.KeepProgramme).of("programme").
			says("Đã thêm nội dung.", "Chương trình phối hợp", programmesURL),
		act("/chuong-trinh-phoi-hop/{programme}/ky", (*site).signProgramme, access.KeepProgramme).of("programme").files(mostFiles).
			says("Đã ghi chữ ký. Đủ chữ ký các bên thì có hiệu lực.", "Chương trình phối hợp", programmesURL),
		act("/chuong-trinh-phoi-hop/{programme}/tham-gia", (*site).changeParty, access.KeepProgramme).of("programme").
			says("Đã ghi thay đổi cơ quan tham gia.", "Chương trình phối hợp", programmesURL),
		act("/chuong-trinh-phoi-hop/{programme}/ket-thuc", (*site).endProgramme, access.KeepProgramme).of("programme").
			says("Đã ghi kết thúc; lý do đã ghi vào nhật ký.", "Chương trình phối hợp", programmesURL),
		act("/chuong-trinh-phoi-hop/{programme}/trach-nhiem", (*site).makeDuty, access.KeepProgramme).of("programme").
			says("Đã lập từ trách nhiệm này.", "Chương trình phối hợp", programmesURL),
		act("/chuong-trinh-phoi-hop/{programme}/van-ban", (*site).draftProgrammePaper, access.KeepProgramme).of("programme").
			says("Đã soạn thành văn bản. Tiếp theo: xem lại lời văn, trình ký.", "Chương trình phối hợp", programmesURL),
		see("/chuong-trinh-phoi-hop/{programme}/nam/{year}", (*site).programmeYear, access.KeepProgramme).of("programme-year").
			titled("Chương trình phối hợp trong năm"),
		act("/chuong-trinh-phoi-hop/{programme}/nam/{year}", (*site).planProgrammeYear, access.KeepProgramme).of("programme-year").
			titled("Chương trình phối hợp trong năm").says("Đã lưu kế hoạch năm.", "Chương trình phối hợp", programmesURL),
		act("/chuong-trinh-phoi-hop/{programme}/nam/{year}/xac-nhan", (*site).decideSpeaking, access.KeepProgramme).of("programme-year").
			titled("Chương trình phối hợp trong năm").says("Đã xác nhận các đoạn báo cáo.", "Chương trình phối hợp", programmesURL),
		see("/chuong-trinh-phoi-hop/{programme}/tong-ket", (*site).programmeTerm, access.KeepProgramme).of("programme").
			titled("Tổng kết chương trình phối hợp"),
		act("/chuong-trinh-phoi-hop/{programme}/tong-ket", (*site).sayNext, access.KeepProgramme).of("programme").
			titled("Tổng kết chương trình phối hợp").says("Đã lưu nội dung tiếp tục ở giai đoạn sau.", "Chương trình phối hợp", programmesURL),
		act("/chuong-trinh-phoi-hop/{programme}/luu-tru", (*site).enterOld, access.KeepProgramme).of("programme").
			titled("Tổng kết chương trình phối hợp").says("Đã nhập từ lưu trữ; các đoạn chờ xác nhận ở trang này.", "Chương trình phối hợp", programmesURL),
		act("/chuong-trinh-phoi-hop/{programme}/luu-tru/xep", (*site).placeOld, access.KeepProgramme).of("programme").
			titled("Tổng kết chương trình phối hợp").says("Đã xác nhận các đoạn nhập từ lưu trữ.", "Chương trình phối hợp", programmesURL),
		act("/chuong-trinh-phoi-hop/{programme}/giai-doan-sau", (*site).renewProgramme, access.KeepProgramme).of("programme").
			titled("Tổng kết chương trình phối hợp").says("Đã lập dự thảo của giai đoạn sau.", "Chương trình phối hợp", programmesURL),
		act("/chuong-trinh-phoi-hop/{programme}/hoi-nghi", (*site).programmeConference, access.KeepProgramme).of("programme").
			titled("Tổng kết chương trình phối hợp").says("Đã lập hội nghị tổng kết; các bên đã được ghi vào thành phần mời.", "Hội nghị", "/giao-ban"),
		see("/noi-dung-phoi-hop/{line}", (*site).showProgrammeLine, access.ReadProgramme).of("programme_line").shows("programme_line"),
		act("/noi-dung-phoi-hop/{line}/giao", (*site).giveLine, access.KeepProgramme).of("programme_line").
			says("Đã giao thành nhiệm vụ.", "Nhiệm vụ", "/nhiem-vu"),
		act("/noi-dung-phoi-hop/{line}/tinh-trang", (*site).markLine, access.KeepProgramme).of("programme_line").files(mostFiles).
			says("Đã ghi tình trạng của năm.", "Chương trình phối hợp", programmesURL),
		act("/noi-dung-phoi-hop/{line}/gan", (*site).tieLine, access.KeepProgramme).of("programme_line").
			says("Đã gắn kết quả.", "Chương trình phối hợp", programmesURL),
		act("/noi-dung-phoi-hop/{line}/go", (*site).untieLine, access.KeepProgramme).of("programme_line").
			says("Đã gỡ kết quả gắn nhầm.", "Chương trình phối hợp", programmesURL),
		act("/noi-dung-phoi-hop/{line}/thoi", (*site).endLine, access.KeepProgramme).of("programme_line").
			says("Đã ghi thôi thực hiện; lý do đã ghi vào nhật ký.", "Chương trình phối hợp", programmesURL),
	},
}

// programmesPage is the list.
type programmesPage struct {
	Items   []programmeItem
	More    bool
	MayKeep bool
}

type programmeItem struct {
	programme.Programme
	Badge badge
	With  []string // who agreed, beside the commission
}

var programmeClass = map[programme.State]string{programme.Drafted: "draft", programme.Signing: "waiting", programme.InForce: "on-time",
	programme.Over: "accepted", programme.Ended: "nil"}

func (s *site) programmes(tx *db.Tx, by access.Actor, _ *http.Request) (Reply, error) {
	if err := by.May(access.ReadProgramme, by.Body); err != nil {
		return Reply{}, err
	}
	all, more, err := programme.List(tx, by)
	if err != nil {
		return Reply{}, err
	}
	p := &programmesPage{More: more, MayKeep: by.Can(access.KeepProgramme, by.Body)}
	today := calendar.OfInstant(tx.Clock())
	ids := make([]db.ID, len(all))
	for i, one := range all {
		ids[i] = one.ID
	}
	parties, err := programme.PartiesAmong(tx, by, ids)
	if err != nil {
		return Reply{}, err
	}
	for _, one := range all {
		item := programmeItem{Programme: one, Badge: programmeBadge(one, today)}
		names, err := org.Names(tx, one.From)
		if err != nil {
			return Reply{}, err
		}
		for _, party := range parties[one.ID][1:] {
			item.With = append(item.With, names[party.Body].ShortName)
		}
		p.Items = append(p.Items, item)
	}
	return Reply{Page: "programme/list", Data: p}, nil
}

func programmeBadge(p programme.Programme, on calendar.Date) badge {
	state := p.StateOn(on)
	return badge{programmeClass[state], state.Name()}
}

// programmeForm is a programme being begun.
type programmeForm struct {
	Typed       map[string]string
	Kinds       []option
	Conferences []option
	Bodies      []reviewBody
	Apart       bool
	Imported    bool
}

// LinesHint and DutiesHint say how lines and duties are typed.
func (*programmeForm) LinesHint() string {
	return "Dán bảng từ Word, Excel (nội dung, chủ trì, phối hợp, sản phẩm, thời gian), hoặc gõ mỗi nội dung một dòng: “…; chủ trì: Sở Y tế; " +
		"phối hợp: …; sản phẩm: …; thời gian: hằng quý”. Tên lĩnh vực đứng riêng một dòng là đầu mục."
}

func (*programmeForm) DutiesHint() string {
	return "Mỗi trách nhiệm một dòng: “Các cơ quan: báo cáo quý; thời gian: trước ngày 15 tháng cuối quý”, “Ban: trả lời kiến nghị; thời gian: 15 ngày”."
}

func (s *site) newProgramme(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	if err := by.May(access.KeepProgramme, by.Body); err != nil {
		return Reply{}, err
	}
	f, err := programmeFormOf(tx, by, r)
	return Reply{Page: "programme/new", Data: f}, err
}

// programmeFormOf fills the form with what was typed, and with what may be chosen today. Without a choice all departments are proposed.
func programmeFormOf(tx *db.Tx, by access.Actor, r *http.Request) (*programmeForm, error) {
	f := &programmeForm{Typed: make(map[string]string), Apart: r.FormValue("apart") != "", Imported: r.FormValue("imported") != ""}
	for _, name := range []string{"subject", "term", "from", "to", "bases", "frame", "lines", "duties", "symbol"} {
		f.Typed[name] = r.FormValue(name)
	}
	today := calendar.OfInstant(tx.Clock())
	for _, k := range programme.Kinds {
		f.Kinds = append(f.Kinds, option{Value: string(k), Text: k.Name(), Selected: string(k) == r.FormValue("kind")})
	}
	bodies, err := org.At(tx, by, today)
	if err != nil {
		return nil, err
	}
	asked := r.Method == http.MethodPost
	for _, b := range bodies {
		if b.Kind == org.Commission || b.Kind == org.OwnUnit {
			continue
		}
		chosen := b.Kind == org.Department
		if asked {
			chosen = slices.Contains(r.PostForm["body[]"], string(b.ID))
		}
		f.Bodies = append(f.Bodies, reviewBody{Body: b, With: chosen})
	}
	f.Conferences = []option{{Text: "Không gắn với hội nghị"}}
	all, err := conference.List(tx, by)
	for _, c := range all {
		if c.Type == "programme_signing" {
			f.Conferences = append(f.Conferences, option{Value: string(c.ID), Text: c.Name(), Selected: string(c.ID) == r.FormValue("conference")})
		}
	}
	return f, err
}

func (s *site) beginProgramme(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	if err := by.May(access.KeepProgramme, by.Body); err != nil {
		return Reply{}, err
	}
	made, err := s.begin(tx, by, r)
	if err != nil {
		return withPage(err, func() (Reply, error) {
			f, err := programmeFormOf(tx, by, r)
			return Reply{Page: "programme/new", Data: f}, err
		})
	}
	if len(made) > 1 {
		return Reply{To: programmesURL}, nil
	}
	return Reply{To: address("programme", made[0].ID)}, nil
}

func (s *site) begin(tx *db.Tx, by access.Actor, r *http.Request) ([]programme.Programme, error) {
	var wrong fault.List
	n := programme.New{Kind: programme.Kind(r.PostFormValue("kind")), Subject: r.PostFormValue("subject"), Bases: r.PostFormValue("bases"), Frame: r.PostFormValue("frame"),
		Lines: r.PostFormValue("lines"), Duties: r.PostFormValue("duties"), Symbol: r.PostFormValue("symbol"), Apart: r.PostFormValue("apart") != "",
		Imported: r.PostFormValue("imported") != "", Conference: db.ID(r.PostFormValue("conference"))}
	n.Term = readTerm(&wrong, r)
	n.From, n.To = readDay(&wrong, r, "from", ""), readDay(&wrong, r, "to", "")
	for _, id := range r.PostForm["body[]"] {
		n.Parties = append(n.Parties, db.ID(id))
	}
	if err := wrong.Err(); err != nil {
		return nil, err
	}
	return programme.Begin(tx, by, n)
}

// readTerm reads a term as people write it: 2022-2025, 2022..2025, 2022.
func readTerm(wrong *fault.List, r *http.Request) calendar.Period {
	typed := r.PostFormValue("term")
	years := slices.DeleteFunc(strings.FieldsFunc(typed, func(r rune) bool { return r < '0' || r > '9' }), func(s string) bool { return len(s) != 4 })
	if typed == "" {
		return calendar.Period{}
	}
	text := ""
	switch len(years) {
	case 1:
		text = years[0]
	case 2:
		text = years[0] + ".." + years[1]
	default:
		text = typed
	}
	p, err := calendar.ParsePeriod(text)
	wrong.AddError("term", err)
	return p
}

// programmeDo runs one change of a programme; when it is refused, the page comes back with what was typed, the sentences at the fields
// of that form.
func (s *site) programmeDo(tx *db.Tx, by access.Actor, r *http.Request, form string, page func() (Reply, error), act func(id db.ID, version int64) error) (Reply, error) {
	id := db.ID(r.PathValue("programme"))
	version, err := strconv.ParseInt(r.PostFormValue("version"), 10, 64)
	if err != nil {
		version = -1
	}
	if err = act(id, version); err == nil {
		return Reply{To: address("programme", id)}, nil
	}
	return withPage(underForm(form, err), page)
}

// typedIn is what stood in a form, by field id; nothing when another was sent.
func typedIn(r *http.Request, form string) map[string]string {
	typed := make(map[string]string)
	for field, values := range r.PostForm {
		if len(values) > 0 && field != "form_token" {
			typed[form+"-"+field] = values[0]
		}
	}
	return typed
}
