package web

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"giaoban/access"
	"giaoban/appraisal"
	"giaoban/calendar"
	"giaoban/directive"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/org"
	"giaoban/review"
)

const appraisalURL = "/tham-dinh"

var appraisalRoom = room{
	menu: entry{group: paperGroup, name: "Góp ý, thẩm định", url: appraisalURL, key: "g y"},
	pages: []route{
		see(appraisalURL, (*site).appraisals, access.ReadAppraisal).named("appraisal/list"),
		see(appraisalURL+"/moi", (*site).newAppraisal, access.SubmitDraft).titled("Gửi dự thảo"),
		act(appraisalURL+"/moi", (*site).submitAppraisal, access.SubmitDraft).titled("Gửi dự thảo").files(1).readingDraft().
			says("Đã gửi dự thảo; bản này được khóa, góp ý đặt theo từng đoạn.", "Các hồ sơ khác", appraisalURL),
		act(appraisalURL+"/quy-dinh", (*site).addAppraisalRule, access.ConductAppraisal).titled("Góp ý, thẩm định").
			says("Đã ghi; các cơ quan thấy dự thảo nào phải qua thẩm định.", "", ""),
		act(appraisalURL+"/quy-dinh/{rule}/thoi", (*site).endAppraisalRule, access.ConductAppraisal).titled("Góp ý, thẩm định").
			says("Đã ghi quy định thôi áp dụng sau hôm nay.", "", ""),
		act(appraisalURL+"/da-ban-hanh/{directive}/hoi", (*site).askUnseen, access.ConductAppraisal).of("unseen").titled("Góp ý, thẩm định").
			says("Đã hỏi cơ quan; cơ quan thấy câu hỏi ở trang này.", "", ""),
		act(appraisalURL+"/da-ban-hanh/{directive}/tra-loi", (*site).answerUnseen, access.SubmitDraft).of("unseen").titled("Góp ý, thẩm định").
			says("Đã trả lời Ban.", "", ""),
		act(appraisalURL+"/da-ban-hanh/{directive}/ho-so", (*site).findUnseen, access.ConductAppraisal).of("unseen").titled("Góp ý, thẩm định").
			says("Đã ghi hồ sơ thẩm định của văn bản.", "", ""),
		act(appraisalURL+"/da-ban-hanh/{directive}/quyet-dinh", (*site).decideUnseen, access.DecideUnseen).of("unseen").titled("Góp ý, thẩm định").
			says("Đã ghi quyết định.", "", ""),

		see(appraisalURL+"/{appraisal}", (*site).showAppraisal, access.ReadAppraisal).owing().shows("appraisal"),
		see(appraisalURL+"/{appraisal}/so-sanh", (*site).compareDrafts, access.ReadAppraisal).of("appraisal").titled("So sánh hai bản"),
		see(appraisalURL+"/{appraisal}/ban/{n}", (*site).sendDraftFile, access.ReadAppraisal).of("appraisal"),
		see(appraisalURL+"/{appraisal}/bang-tong-hop/{format}", (*site).appraisalTable, access.ReadAppraisal).of("appraisal"),
		act(appraisalURL+"/{appraisal}/hoi-them", (*site).askReviewers, access.SubmitDraft, access.ConductAppraisal).of("appraisal-own").
			says("Đã hỏi thêm; các cơ quan thấy dự thảo và hạn trả lời.", "Các hồ sơ khác", appraisalURL),
		act(appraisalURL+"/{appraisal}/gop-y", (*site).commentDraft, access.CommentDraft).of("appraisal-asked").
			says("Đã ghi góp ý; nơi khác chỉ thấy khi lãnh đạo cơ quan đã ký.", "", ""),
		act(appraisalURL+"/{appraisal}/bo-gop-y", (*site).dropComment, access.CommentDraft).of("appraisal-asked").
			says("Đã bỏ góp ý.", "", ""),
		act(appraisalURL+"/{appraisal}/ban-gop-y", (*site).takeComments, access.CommentDraft).of("appraisal-asked").files(1).readingDraft().
			says("Đã đọc tệp thành góp ý.", "", ""),
		act(appraisalURL+"/{appraisal}/y-kien", (*site).signOpinion, access.SignOpinion).of("appraisal-asked").
			says("Đã ký ý kiến của cơ quan; cơ quan soạn thảo thấy các góp ý.", "Các hồ sơ khác", appraisalURL),
		act(appraisalURL+"/{appraisal}/tiep-thu", (*site).disposeComments, access.SubmitDraft).of("appraisal-own").
			says("Đã ghi với các góp ý đã đánh dấu.", "", ""),
		act(appraisalURL+"/{appraisal}/ban-moi", (*site).submitVersion, access.SubmitDraft).of("appraisal-own").files(1).readingDraft().
			says("Đã gửi bản mới; góp ý chưa xử lý được đưa sang theo lời văn.", "", ""),
		act(appraisalURL+"/{appraisal}/cho", (*site).placeComments, access.SubmitDraft).of("appraisal-own").
			says("Đã ghi chỗ của góp ý trong bản này.", "", ""),
		act(appraisalURL+"/{appraisal}/dung", (*site).stopAppraisal, access.SubmitDraft, access.ConductAppraisal).of("appraisal-own").
			says("Đã tạm dừng; những ngày dừng không tính vào hạn.", "", ""),
		act(appraisalURL+"/{appraisal}/tiep-tuc", (*site).resumeAppraisal, access.SubmitDraft, access.ConductAppraisal).of("appraisal-own").
			says("Đã tiếp tục; hạn cộng thêm những ngày làm việc đã dừng.", "", ""),
		act(appraisalURL+"/{appraisal}/rut", (*site).withdrawDraft, access.SubmitDraft).of("appraisal-own").
			says("Đã rút dự thảo; lý do đã ghi vào nhật ký.", "Các hồ sơ khác", appraisalURL),
		act(appraisalURL+"/{appraisal}/ket-thuc", (*site).closeAppraisal, access.SubmitDraft).of("appraisal-own").
			says("Đã kết thúc; các nơi góp ý thấy ý kiến của nhau.", "Các hồ sơ khác", appraisalURL),
		act(appraisalURL+"/{appraisal}/ket-qua", (*site).draftResult, access.ConductAppraisal).of("appraisal-own").
			says("Đã soạn văn bản về kết quả; trình ký, vào số, phát hành như mọi văn bản.", "", ""),
	},
}

// appraisalsPage is what waits for the reader, all drafts it may see, which drafts must come, and how it went this year.
type appraisalsPage struct {
	Waits     []appraisalWait
	Rows      []appraisalRow
	Next      string
	Cursor    bool
	Rules     []appraisal.Rule
	Year      int
	Turns     []turnRow
	Unseen    []unseenRow
	MaySubmit bool
	MayRule   bool
	MayDecide bool
	All       bool // the reader looks over all bodies
	Forms     []string
	Sectors   []option
	Levels    []option
	Typed     map[string]string
}

type appraisalWait struct {
	appraisal.Awaited
	Author, Does, Action, URL string
	Late                      bool
}

type appraisalRow struct {
	appraisal.Appraisal
	Author string
	Badge  badge
	Late   bool
}

type turnRow struct {
	appraisal.Turn
	Name string
}

type unseenRow struct {
	appraisal.Unseen
	Agency   string
	Agencies []option
	May      []option
	Own      bool   // the reader is who was asked
	Note     string // as typed in a form that came back
}

func appraisalBadge(s appraisal.State) badge {
	class := map[appraisal.State]string{appraisal.Reviewing: "waiting", appraisal.Stopped: "extended", appraisal.Concluded: "accepted", appraisal.Closed: "accepted", appraisal.Withdrawn: "none"}[s]
	return badge{class, s.Name()}
}

// doing says what waits, and what its link does.
func doing(w appraisal.Awaited) (does, action, at string) {
	n := strconv.Itoa(w.Open)
	switch w.Step {
	case appraisal.ToReview:
		return "Cơ quan được hỏi ý kiến, chưa trả lời.", "Góp ý", "#du-thao"
	case appraisal.ToExamine:
		return "Chờ Ban thẩm định.", "Xem, thẩm định", "#ket-qua"
	case appraisal.ToDispose:
		return n + " góp ý chờ tiếp thu, giải trình.", "Tiếp thu, giải trình", "#tiep-thu"
	case appraisal.ToPlace:
		return n + " góp ý chưa rõ ở đoạn nào của bản mới.", "Chỉ chỗ", "#cho"
	case appraisal.ToClose:
		return "Không còn góp ý nào chờ xử lý.", "Kết thúc", "#ket-thuc"
	}
	return "Đang tạm dừng: " + strings.TrimSuffix(w.StopWhy, ".") + ".", "Tiếp tục", "#tam-dung"
}

func (s *site) appraisals(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	if err := by.May(access.ReadAppraisal, by.Body); err != nil {
		return Reply{}, err
	}
	today := calendar.OfInstant(tx.Clock())
	p := &appraisalsPage{Year: today.Year(), All: by.OfCommission(), MaySubmit: by.Can(access.SubmitDraft, by.Body), MayRule: by.Can(access.ConductAppraisal, by.Body),
		MayDecide: by.Can(access.DecideUnseen, by.Body), Forms: appraisal.Forms, Typed: typedHere(r, "rule_form", "rule_addressee", "rule_sector", "rule_days", "basis", "from")}
	if year := int(wholeNumber(r.FormValue("nam"))); year >= 2000 && year <= today.Year() {
		p.Year = year
	}
	names, err := org.Names(tx, today)
	if err != nil {
		return Reply{}, err
	}
	waits, err := appraisal.Awaits(tx, by)
	if err != nil {
		return Reply{}, err
	}
	for _, w := range waits {
		does, action, at := doing(w)
		p.Waits = append(p.Waits, appraisalWait{w, names[w.Body].ShortName, does, action, address("appraisal", w.ID) + at, !w.Due.IsZero() && w.Due.Before(today)})
	}
	cursor := db.ID(r.FormValue("sau"))
	all, next, err := appraisal.List(tx, by, cursor)
	if err != nil {
		return Reply{}, err
	}
	for _, a := range all {
		p.Rows = append(p.Rows, appraisalRow{a, names[a.Body].ShortName, appraisalBadge(a.State), a.State == appraisal.Reviewing && a.Due.Before(today)})
	}
	if p.Cursor = cursor != ""; next != "" {
		p.Next = appraisalURL + "?sau=" + url.QueryEscape(string(next)) + "#ho-so"
	}
	if p.Rules, err = appraisal.Rules(tx, by); err != nil {
		return Reply{}, err
	}
	p.Sectors, p.Levels = sectorChoices(p.Typed["rule_sector"]), addressees(p.Typed["rule_addressee"], appraisal.ToParty, appraisal.ToGovernment)
	if err := p.turns(tx, by, names); err != nil {
		return Reply{}, err
	}
	return Reply{Page: "appraisal/list", Data: p}, p.unseen(tx, by, r, names, today)
}

func (p *appraisalsPage) turns(tx *db.Tx, by access.Actor, names map[db.ID]org.Body) error {
	turns, err := appraisal.Turnaround(tx, by, p.Year)
	for id, t := range turns {
		t.Body = id
		p.Turns = append(p.Turns, turnRow{t, names[id].ShortName})
	}
	slices.SortFunc(p.Turns, func(x, y turnRow) int {
		a, b := names[x.Body], names[y.Body]
		return cmp.Or(cmp.Compare(a.Sort, b.Sort), cmp.Compare(a.Code, b.Code))
	})
	return err
}

func (p *appraisalsPage) unseen(tx *db.Tx, by access.Actor, r *http.Request, names map[db.ID]org.Body, today calendar.Date) error {
	all, err := appraisal.UnseenDocuments(tx, by)
	for _, u := range all {
		row := unseenRow{Unseen: u, Agency: names[u.Body].ShortName, Own: u.Body == by.Body && !by.OfCommission()}
		asked := u.Body
		if db.ID(r.PathValue("directive")) == u.Document.ID {
			row.Note, asked = r.PostFormValue("note"), cmp.Or(db.ID(r.PostFormValue("body")), u.Body)
		}
		if p.MayRule {
			row.Agencies = append([]option{{"", "(chọn cơ quan)", u.Body == ""}}, bodyOptions(names, today, asked)...)
			for _, a := range u.May {
				row.May = append(row.May, option{string(a.ID), a.Label() + " (" + names[a.Body].ShortName + ")", false})
			}
		}
		p.Unseen = append(p.Unseen, row)
	}
	return err
}

func typedHere(r *http.Request, fields ...string) map[string]string {
	typed := make(map[string]string, len(fields))
	for _, f := range fields {
		typed[f] = strings.TrimSpace(r.PostFormValue(f))
	}
	return typed
}

func sectorChoices(chosen string) []option {
	all := []option{{"", "(không nêu)", chosen == ""}}
	for _, s := range org.AllSectors {
		all = append(all, option{s.Code, s.Name, s.Code == chosen})
	}
	return all
}

func addressees(chosen string, some ...appraisal.Addressee) (all []option) {
	for _, a := range some {
		all = append(all, option{string(a), a.Name(), string(a) == chosen})
	}
	return all
}

func (s *site) addAppraisalRule(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	if err := by.May(access.ConductAppraisal, by.Body); err != nil {
		return Reply{}, err
	}
	var wrong fault.List
	rule := appraisal.Rule{Form: r.PostFormValue("rule_form"), Addressee: appraisal.Addressee(r.PostFormValue("rule_addressee")), Sector: r.PostFormValue("rule_sector"),
		Days: int(wholeNumber(r.PostFormValue("rule_days"))), Basis: r.PostFormValue("basis"), From: readDay(&wrong, r, "from", "")}
	err := wrong.Err()
	if err == nil {
		err = appraisal.AddRule(tx, by, rule)
	}
	if err != nil {
		return withPage(err, func() (Reply, error) { return s.appraisals(tx, by, r) })
	}
	return Reply{To: appraisalURL + "#quy-dinh"}, nil
}

func (s *site) endAppraisalRule(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	if err := appraisal.EndRule(tx, by, db.ID(r.PathValue("rule"))); err != nil {
		return withPage(err, func() (Reply, error) { return s.appraisals(tx, by, r) })
	}
	return Reply{To: appraisalURL + "#quy-dinh"}, nil
}

// onUnseen does one act about a document of which no file was seen, and leads back to its row.
func (s *site) onUnseen(tx *db.Tx, by access.Actor, r *http.Request, do func(document db.ID) error) (Reply, error) {
	id := db.ID(r.PathValue("directive"))
	if err := do(id); err != nil {
		return withPage(err, func() (Reply, error) { return s.appraisals(tx, by, r) })
	}
	return Reply{To: appraisalURL + "#chua-thay"}, nil
}

func (s *site) askUnseen(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return s.onUnseen(tx, by, r, func(id db.ID) error { return appraisal.AskUnseen(tx, by, id, db.ID(r.PostFormValue("body"))) })
}

func (s *site) answerUnseen(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return s.onUnseen(tx, by, r, func(id db.ID) error { return appraisal.AnswerUnseen(tx, by, id, r.PostFormValue("note")) })
}

func (s *site) findUnseen(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return s.onUnseen(tx, by, r, func(id db.ID) error { return appraisal.FindFile(tx, by, id, db.ID(r.PostFormValue("appraisal"))) })
}

func (s *site) decideUnseen(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return s.onUnseen(tx, by, r, func(id db.ID) error {
		return appraisal.DecideUnseen(tx, by, id, r.PostFormValue("tell") == "1", r.PostFormValue("note"))
	})
}

// appraisalForm is the form by which a draft is sent.
type appraisalForm struct {
	Typed   map[string]string
	Forms   []string
	Kinds   []option
	Levels  []option
	Sectors []option
	Asked   []option // bodies, each ticked or not
	Rules   []appraisal.Rule
	Review  *review.Review
	Advice  *directive.Advice
}

var appraisalFields = []string{"kind", "form", "subject", "addressee", "addressee_name", "sector", "submit_on", "days", "note", "review", "advice"}

func (s *site) newAppraisal(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	if err := by.May(access.SubmitDraft, by.Body); err != nil {
		return Reply{}, err
	}
	today := calendar.OfInstant(tx.Clock())
	p := &appraisalForm{Typed: typedHere(r, appraisalFields...), Forms: appraisal.Forms}
	if r.Method == http.MethodGet {
		p.Typed["review"], p.Typed["advice"], p.Typed["kind"] = r.FormValue("ky"), r.FormValue("tham-muu"), cmp.Or(r.FormValue("loai"), string(appraisal.Formal))
	}
	if id := db.ID(p.Typed["review"]); id != "" {
		found, err := review.Find(tx, by, id)
		if err != nil {
			return Reply{}, err
		}
		p.Review = &found
		if r.Method == http.MethodGet {
			p.Typed["form"], p.Typed["subject"], p.Typed["addressee"] = "Báo cáo", lowered(found.Label()), string(appraisal.ToParty)
			p.Typed["submit_on"] = found.SubmitBy.Vietnamese()
		}
	}
	if id := db.ID(p.Typed["advice"]); id != "" {
		found, err := directive.FindAdvice(tx, by, id)
		if err != nil {
			return Reply{}, err
		}
		p.Advice = &found
		if r.Method == http.MethodGet {
			p.Typed["form"], p.Typed["subject"], p.Typed["addressee_name"] = found.Form, found.Subject, found.ForWhom
		}
	}
	names, err := org.Names(tx, today)
	if err != nil {
		return Reply{}, err
	}
	for _, k := range []appraisal.Kind{appraisal.Formal, appraisal.Consulted} {
		p.Kinds = append(p.Kinds, option{string(k), map[appraisal.Kind]string{appraisal.Formal: "Đề nghị Ban thẩm định", appraisal.Consulted: "Lấy góp ý của các cơ quan"}[k], string(k) == p.Typed["kind"]})
	}
	p.Levels, p.Sectors = addressees(p.Typed["addressee"], appraisal.Addressees...), sectorChoices(p.Typed["sector"])
	p.Asked = reviewersOffered(names, today, r.PostForm["asked[]"], by.Body)
	p.Rules, err = appraisal.Rules(tx, by)
	return Reply{Page: "appraisal/new", Data: p}, err
}

// lowered begins a name small, as it stands within a sentence.
func lowered(label string) string { return fold.Uncapital(label) }

// reviewersOffered are the bodies that may be asked: all but the author and the units of the commission, which speak in its name.
func reviewersOffered(names map[db.ID]org.Body, today calendar.Date, ticked []string, but ...db.ID) (all []option) {
	for _, o := range bodyOptions(names, today, "") {
		if b := names[db.ID(o.Value)]; b.Kind != org.OwnUnit && b.Kind != org.Commune && !slices.Contains(but, b.ID) {
			o.Selected = slices.Contains(ticked, o.Value)
			all = append(all, o)
		}
	}
	return all
}

func (s *site) submitAppraisal(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	a, err := s.submitted(tx, by, r)
	if err != nil {
		return withPage(err, func() (Reply, error) { return s.newAppraisal(tx, by, r) })
	}
	return Reply{To: address("appraisal", a.ID)}, nil
}

func (s *site) submitted(tx *db.Tx, by access.Actor, r *http.Request) (a appraisal.Appraisal, err error) {
	if err := by.May(access.SubmitDraft, by.Body); err != nil {
		return a, err
	}
	var wrong fault.List
	n := appraisal.New{Kind: appraisal.Kind(r.PostFormValue("kind")), Form: r.PostFormValue("form"), Subject: r.PostFormValue("subject"),
		Addressee: appraisal.Addressee(r.PostFormValue("addressee")), AddresseeName: r.PostFormValue("addressee_name"), Sector: r.PostFormValue("sector"),
		SubmitOn: readDay(&wrong, r, "submit_on", ""), Days: int(wholeNumber(r.PostFormValue("days"))), Review: db.ID(r.PostFormValue("review")), Advice: db.ID(r.PostFormValue("advice")), Note: r.PostFormValue("note")}
	if n.Kind == appraisal.Consulted {
		for _, id := range r.PostForm["asked[]"] {
			n.Asked = append(n.Asked, db.ID(id))
		}
	}
	if n.File, err = s.draftSent(tx, by, r, &wrong); err != nil {
		return a, err
	}
	if err := wrong.Err(); err != nil {
		return a, err
	}
	return appraisal.Submit(tx, by, n)
}
