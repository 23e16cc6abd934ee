package web

import (
	"cmp"
	"fmt"
	"html/template"
	"net/http"
	"strconv"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/lineage"
	"giaoban/official"
	"giaoban/org"
	"giaoban/paper"
	"giaoban/record"
)

var paperRoom = room{
	menu: entry{group: paperGroup, name: "Văn bản", url: "/van-ban", needs: needsRegime, key: "g v"},
	pages: []route{
		see("/van-ban", (*site).papers, access.ReadPaper).named("paper/list", "?trang-thai={state}"),
		act("/van-ban", (*site).actOnPapers, access.NumberPaper, access.ReleasePaper).titled("Văn bản").
			says("Đã ghi.", "Văn bản chờ xử lý", "/van-ban"),
		see("/van-ban/so", (*site).showBooks, access.ManageBooks).titled("Sổ văn bản"),
		act("/van-ban/so", (*site).saveBooks, access.ManageBooks).titled("Sổ văn bản").
			says("Đã ghi số tiếp theo của các sổ.", "Sổ văn bản", "/van-ban/so"),
		see("/the-thuc", (*site).layouts, EveryAccount).titled("Thể thức văn bản"),
		see(lintURL, (*site).lintForm, EveryAccount).titled("Kiểm thể thức một tệp"),
		act(lintURL, (*site).lintFile, EveryAccount).titled("Kiểm thể thức một tệp").files(1).linting().
			says("Đã kiểm tệp.", "Thể thức văn bản", "/the-thuc"),
		see("/the-thuc/{profile}", (*site).layoutOrStyle, EveryAccount),
		act("/the-thuc/{profile}", (*site).enterLayoutValue, access.ManageBooks).titled("Thể thức văn bản").
			says("Đã ghi giá trị mới; văn bản từ ngày đã ghi sẽ theo giá trị này.", "Thể thức văn bản", "/the-thuc"),
		see("/van-ban/cau", (*site).paperPhrases, access.ReadPaper).titled("Câu thường dùng"),
		act("/van-ban/cau", (*site).addPaperPhrase, access.DraftPaper).titled("Câu thường dùng").
			says("Đã thêm câu; câu hiện ở trang Sửa lời văn để chọn.", "Văn bản", "/van-ban"),
		act("/van-ban/cau/{phrase}/thoi", (*site).endPaperPhrase, access.DraftPaper).titled("Câu thường dùng").
			says("Đã thôi dùng câu này; văn bản đã có câu đó vẫn giữ.", "Văn bản", "/van-ban"),
		see(composeURL, (*site).composePaper, access.DraftPaper).titled("Soạn văn bản"),
		act(composeURL, (*site).beginPaper, access.DraftPaper).titled("Soạn văn bản").
			says("Đã soạn dự thảo. Tiếp theo: ghi lời văn vào các ô, rồi trình ký.", "Văn bản", "/van-ban"),
		see("/van-ban/{id}", (*site).showPaper, access.ReadPaper).shows("paper"),
		see("/van-ban/{id}/xem", (*site).viewPaper, access.ReadPaper).of("paper"),
		see("/van-ban/{id}/ban-ky", (*site).downloadSigned, access.ReadPaper).of("paper-scanned"), // one that has its original
		act("/van-ban/{id}/ban-ky", (*site).attachSigned, access.NumberPaper, access.DraftPaper).of("paper").files(1).
			says("Đã đính bản gốc đã ký; trang văn bản hiện bản này trước hết.", "Văn bản chờ xử lý", "/van-ban"),
		see("/van-ban/{id}/tai/{format}", (*site).downloadPaper, access.ReadPaper).of("paper"),
		see("/van-ban/{id}/loi-van", (*site).paperWords, access.DraftPaper).of("paper").titled("Sửa lời văn"),
		act("/van-ban/{id}/loi-van", (*site).savePaperWords, access.DraftPaper).of("paper").titled("Sửa lời văn").
			says("Đã lưu lời văn.", "Văn bản", "/van-ban"),
		see("/van-ban/{id}/ban-word", (*site).returnedPaper, access.DraftPaper).of("paper").titled("Bản Word trả về"),
		act("/van-ban/{id}/ban-word", (*site).takeReturnedPaper, access.DraftPaper).of("paper").titled("Bản Word trả về").
			files(1).returning(printedPaper).
			says("Đã nhận các chỗ đã chọn của tệp Word.", "Văn bản", "/van-ban"),
		act("/van-ban/{id}/trinh", (*site).putPaperForward, access.DraftPaper).of("paper").
			says("Đã trình ký; dự thảo ở trên bàn của lãnh đạo.", "Mọi văn bản", "/van-ban"),
		act("/van-ban/{id}/rut-lai", (*site).takePaperBack, access.DraftPaper).of("paper").
			says("Đã rút lại; sửa xong thì trình ký lại.", "Mọi văn bản", "/van-ban"),
		act("/van-ban/{id}/tra-lai", (*site).sendPaperBack, access.SignPaper).of("paper").
			says("Đã trả lại dự thảo; người soạn thấy nhận xét trên bàn làm việc.", "Mọi văn bản", "/van-ban"),
		act("/van-ban/{id}/ky", (*site).signPaper, access.SignPaper).of("paper").
			says("Đã ký văn bản. Tiếp theo: văn thư vào số và phát hành.", "Văn bản chờ xử lý", "/van-ban"),
		act("/van-ban/{id}/nguoi-ghi", (*site).witnessPaper, access.DraftPaper).of("paper").
			says("Đã ký với tư cách người ghi. Tiếp theo: trình chủ trì ký.", "Mọi văn bản", "/van-ban"),
		act("/van-ban/{id}/vao-so", (*site).numberPaper, access.NumberPaper).of("paper").
			says("Đã vào số văn bản. Tiếp theo: phát hành.", "Văn bản chờ xử lý", "/van-ban"),
		act("/van-ban/{id}/phat-hanh", (*site).releasePaper, access.ReleasePaper).of("paper").
			says("Đã phát hành văn bản; nơi nhận đọc được từ bây giờ.", "Văn bản chờ xử lý", "/van-ban"),
		act("/van-ban/{id}/rut", (*site).withdrawPaper, access.ReleasePaper).of("paper-released"). // a draft: who drafts it
														says("Đã rút văn bản; lý do đã ghi vào nhật ký.", "Mọi văn bản", "/van-ban"),
		act("/van-ban/{id}/ke-tiep", (*site).succeedPaper, access.DraftPaper).of("paper-released").
			says("Đã soạn dự thảo văn bản kế tiếp; sửa lời văn, rồi trình ký.", "Mọi văn bản", "/van-ban"),
		see("/van-ban/{id}/he-qua", (*site).paperConsequences, access.JudgeTask).of("paper").titled("Việc do văn bản cũ giao").
			named("paper/consequences"),
		act("/van-ban/{id}/he-qua", (*site).confirmConsequences, access.JudgeTask).of("paper").titled("Việc do văn bản cũ giao").
			says("Đã xác nhận từng dòng.", "Mọi văn bản", "/van-ban"),
		act("/van-ban/{id}/du-thao-moi", (*site).redraftPaper, access.DraftPaper).of("paper").
			says("Đã lập lại dự thảo theo nội dung hiện nay; chưa ai ký bản này.", "Mọi văn bản", "/van-ban"),
	},
}

func paperBadge(p paper.Paper) badge {
	class := map[paper.State]string{paper.Drafted: "draft", paper.Signed: "waiting", paper.Numbered: "waiting",
		paper.Released: "accepted", paper.Kept: "accepted", paper.Withdrawn: "nil"}[p.State]
	switch {
	case p.PutForward():
		class = "proposed"
	case p.SentBack():
		class = "returned"
	}
	return badge{class, p.Standing()}
}

// paperData is one paper with its sheet, what was remarked on it and what may be done next.
type paperData struct {
	Paper      paper.Paper
	Badge      badge
	Sheet      template.HTML
	Profile    official.Profile
	Style      string // address of the sheet's stylesheet
	Findings   []paper.Finding
	Recipients []org.Body
	Origin     originLink
	Successor  paper.Paper // takes its place; without ID where there is none, or this reader has none
	Ahead      paper.Ahead
	MaySign    bool
	MayNumber  bool
	MayRelease bool
	MayDraft   bool
	MayReword  bool // sửa lời văn
	MayPut     bool // trình ký
	MayTake    bool // rút lại
	MaySend    bool // trả lại
	MayLeave   bool // withdraw
	MayAttach  bool // the signed original
	Sendable   bool // as a packet
	MayWitness bool // minutes: sign as who wrote them down
	Original   *signedFile
	Differs    string
	Note       string
	Signer     signerForm
	followers
	Form   *http.Request // of the next paper, when it was refused
	Number string
	Date   string
	Reason string
}

// originLink leads to what the paper was written for.
type originLink struct{ URL, Label string }

func (s *site) showPaper(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	p, err := paper.Find(tx, by, db.ID(r.PathValue("id")))
	if err != nil {
		return Reply{}, err
	}
	return s.paperPage(tx, by, p, paperData{})
}

// paperPage builds the page of a paper; data holds what was typed when a step was refused.
func (s *site) paperPage(tx *db.Tx, by access.Actor, p paper.Paper, data paperData) (Reply, error) {
	data.Paper, data.Badge = p, paperBadge(p)
	doc, err := paper.Document(tx, by, p.ID)
	if err != nil {
		return Reply{}, err
	}
	data.Profile, data.Style = doc.Profile, styleOf(p, doc.Profile)
	if data.Sheet, err = official.HTML(doc, official.HTMLOptions{TopHeading: 2}); err != nil {
		return Reply{}, err
	}
	data.Sheet = citedHTML(data.Sheet, p.Symbol)
	if data.Findings, err = paper.Lint(tx, by, p.ID); err != nil {
		return Reply{}, err
	}
	to, err := paper.Recipients(tx, by, p.ID)
	if err != nil {
		return Reply{}, err
	}
	today := calendar.OfInstant(tx.Clock())
	names, err := org.Names(tx, today)
	if err != nil {
		return Reply{}, err
	}
	for _, id := range to {
		data.Recipients = append(data.Recipients, names[id])
	}
	if err := data.origin(tx, by); err != nil {
		return Reply{}, err
	}
	if p.Successor != "" {
		if data.Successor, err = paper.Find(tx, by, p.Successor); err != nil && !fault.Is(err, fault.KindMissing) {
			return Reply{}, err
		}
	}
	if err := data.follow(tx, by, p, data.Form); err != nil {
		return Reply{}, err
	}
	data.MaySign = p.State == paper.Drafted && !data.Ahead.Elsewhere && by.Can(access.SignPaper, p.Body)
	data.MayDraft = p.State == paper.Drafted && by.Can(access.DraftPaper, p.Body)
	data.MayPut, data.MayTake = data.MayDraft && !data.Ahead.Elsewhere && !p.PutForward(), data.MayDraft && p.PutForward()
	data.MayReword = data.MayDraft && !data.Ahead.Elsewhere && !p.PutForward()
	data.MaySend = data.MaySign && p.PutForward()
	if p.Secretary != "" {
		data.MaySign, data.MayWitness = p.MayChair(by), p.MayWitness(by)
		data.MayPut = data.MayPut && p.BySecretary()
	}
	data.MayNumber = (p.State == paper.Signed || p.State == paper.Numbered) && by.Can(access.NumberPaper, p.Body)
	data.MayRelease = p.State == paper.Numbered && by.Can(access.ReleasePaper, p.Body)
	data.MayLeave = p.State == paper.Drafted && data.MayDraft || (p.State == paper.Signed || p.State == paper.Kept) && by.Can(access.SignPaper, p.Body) || p.State == paper.Numbered && by.Can(access.ReleasePaper, p.Body)
	data.MayAttach = p.MayAttachScan(by)
	if data.Sendable, err = p.Sendable(tx, by); err != nil {
		return Reply{}, err
	}
	if p.Scan != "" {
		if data.Original, err = s.signedPaper(tx, by, p); err != nil {
			return Reply{}, err
		}
	}
	if data.MaySign {
		if err := data.Signer.offer(tx, by, p.Body, p.Profile, p.ToSign); err != nil {
			return Reply{}, err
		}
	}
	if data.MayNumber && data.Number == "" {
		// The next number is offered, never set: the same book also numbers papers made elsewhere.
		n := p.Number
		if n == 0 {
			if n, err = paper.NextNumber(tx, by, p.ID, today); err != nil {
				return Reply{}, err
			}
		}
		day := today
		if !p.Date.IsZero() {
			day = p.Date
		}
		data.Number, data.Date = cmp.Or(data.Number, strconv.FormatInt(n, 10)), cmp.Or(data.Date, day.Vietnamese())
	}
	return Reply{Page: "paper/show", Data: data}, nil
}

// origin finds the page of what the paper was written for, and what its signature and release will do there.
func (data *paperData) origin(tx *db.Tx, by access.Actor) (err error) {
	if data.Origin, err = writtenFor(tx, by, data.Paper); err == nil && data.Origin.Label != "" {
		data.Ahead, err = record.Ahead(tx, by, data.Paper.ID)
	}
	return err
}

// writtenFor is the link to what a paper was written for; empty where this reader does not see it.
func writtenFor(tx *db.Tx, by access.Actor, p paper.Paper) (originLink, error) {
	of := p.Origin()
	shown, err := record.See(tx, by, of.Kind, []db.ID{of.ID})
	if s, ok := shown[of.ID]; ok && err == nil {
		return originLink{address(of.Kind, of.ID), cmp.Or(s.Label, kindName(of.Kind))}, nil
	}
	return originLink{}, err
}

// step runs one step of a paper's life and goes back to its page, with what was typed when the step is refused.
func (s *site) step(tx *db.Tx, by access.Actor, r *http.Request, typed paperData, do func(p paper.Paper) error) (Reply, error) {
	p, err := paper.Find(tx, by, db.ID(r.PathValue("id")))
	if err != nil {
		return Reply{}, err
	}
	if err := do(p); err != nil {
		return withPage(err, func() (Reply, error) { return s.paperPage(tx, by, p, typed) })
	}
	return Reply{To: "/van-ban/" + string(p.ID)}, nil
}

func (s *site) putPaperForward(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return s.step(tx, by, r, paperData{}, func(p paper.Paper) error {
		version, _ := strconv.ParseInt(r.FormValue("version"), 10, 64)
		return record.PutForward(tx, by, p.ID, version)
	})
}

func (s *site) takePaperBack(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return s.step(tx, by, r, paperData{}, func(p paper.Paper) error {
		_, err := paper.TakeBack(tx, by, p.ID)
		return err
	})
}

func (s *site) sendPaperBack(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return s.step(tx, by, r, paperData{Note: r.FormValue("note")}, func(p paper.Paper) error {
		_, err := paper.SendBack(tx, by, p.ID, r.FormValue("note"))
		return err
	})
}

// drafted leads to a paper that was just written, and puts it forward where the button asked for both.
func drafted(tx *db.Tx, by access.Actor, r *http.Request, p paper.Paper) (Reply, error) {
	reply := Reply{To: "/van-ban/" + string(p.ID)}
	if r.PostFormValue("act") != "trinh" {
		return reply, nil
	}
	reply.Said = "Đã soạn và trình ký. Tiếp theo: lãnh đạo ký, văn thư vào số rồi phát hành."
	err := record.PutForward(tx, by, p.ID, p.Version)
	if fault.Is(err, fault.KindConflict) { // nothing was done of it: the draft stays, with what is to be mended first
		reply.Said, err = "Đã soạn, chưa trình ký được. "+err.Error(), nil
	}
	return reply, err
}

func (s *site) witnessPaper(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	version, _ := strconv.ParseInt(r.PostFormValue("version"), 10, 64)
	return s.step(tx, by, r, paperData{}, func(p paper.Paper) error {
		_, err := paper.Witness(tx, by, p.ID, version)
		return err
	})
}

func (s *site) signPaper(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	f := readSigner(r)
	version, _ := strconv.ParseInt(r.FormValue("version"), 10, 64)
	sign := f.signature()
	sign.Version = version
	return s.step(tx, by, r, paperData{Signer: f}, func(p paper.Paper) error {
		_, err := record.Sign(tx, by, p.ID, sign)
		return err
	})
}

func (s *site) numberPaper(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	typed := paperData{Number: strings.TrimSpace(r.FormValue("number")), Date: strings.TrimSpace(r.FormValue("date"))}
	var numbered paper.Paper
	reply, err := s.step(tx, by, r, typed, func(p paper.Paper) error {
		var wrong fault.List
		number, err := strconv.ParseInt(strings.ReplaceAll(typed.Number, ".", ""), 10, 64)
		if err != nil {
			wrong.Add("number", "Số “%s” không phải số nguyên; hãy viết như 12.", typed.Number)
		}
		day, err := calendar.ReadDate(typed.Date)
		if err := wrong.AddError("date", err); err != nil {
			return err
		}
		if err := wrong.Err(); err != nil {
			return err
		}
		numbered, err = paper.EnterNumber(tx, by, p.ID, number, day)
		return err
	})
	reply.Said = fmt.Sprintf("Đã vào số %s. Tiếp theo: phát hành.", numbered.Symbol)
	return reply, err
}

func (s *site) releasePaper(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return s.step(tx, by, r, paperData{}, func(p paper.Paper) error {
		_, err := record.Release(tx, by, p.ID)
		return err
	})
}

func (s *site) withdrawPaper(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return s.step(tx, by, r, paperData{Reason: r.FormValue("reason")}, func(p paper.Paper) error {
		_, err := paper.Withdraw(tx, by, p.ID, r.FormValue("reason"))
		return err
	})
}

func (s *site) redraftPaper(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return s.step(tx, by, r, paperData{}, func(p paper.Paper) error {
		version, _ := strconv.ParseInt(r.FormValue("version"), 10, 64)
		_, err := paper.Redraft(tx, by, p.ID, version)
		return err
	})
}

// lineageURL is where a record's origins and consequences are shown.
func lineageURL(n lineage.Node) string { return "/nguon-goc/" + n.Kind + "/" + string(n.ID) }
