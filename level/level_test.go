package level_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/conference"
	"giaoban/consolidation"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/internal/fault"
	"giaoban/level"
	"giaoban/lineage"
	"giaoban/official"
	"giaoban/official/officialtest"
	"giaoban/org"
	"giaoban/paper"
	"giaoban/record"
	"giaoban/report"
	"giaoban/review"
	"giaoban/sample"
	"giaoban/sample/sampletest"
)

// province is the sample in April 2022 with five communes, and its review of ten years of Chỉ thị 20-CT/TW, instructed from above
// and confirmed by the leader.
type province struct {
	*testing.T
	*sample.Province
	tx       *db.Tx
	review   review.Review
	sở       []db.ID // seven departments
	communes []db.ID
}

func (p *province) ok(err error) {
	p.Helper()
	if err != nil {
		p.Fatal(err)
	}
}

func (p *province) refused(err error, kind fault.Kind, sentence string) {
	p.Helper()
	if !fault.Is(err, kind) || !strings.Contains(err.Error(), sentence) {
		p.Errorf("got %v, want a fault of kind %d saying %q", err, kind, sentence)
	}
}

func provinces(t *testing.T, test func(p *province)) {
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			of := sampletest.Open(t, e, "2022-04-04")
			dbtest.Begin(t, of.DB, func(tx *db.Tx) {
				p := &province{T: t, Province: of, tx: tx}
				p.begin()
				test(p)
			})
		})
	}
}

func (p *province) begin() {
	for _, code := range []string{sample.SYT, sample.SGDDT, sample.SKHCN, sample.SVHTT, sample.STNMT, sample.STTTT, sample.SNV} {
		p.sở = append(p.sở, p.Body(code).ID)
	}
	setup := access.System("dựng tỉnh mẫu")
	for i, name := range []string{"Diên Sơn", "Diên Lâm", "Suối Tiên", "Vĩnh Phương", "Vĩnh Thạnh"} {
		b, err := org.Create(p.tx, setup, org.New{Code: fmt.Sprintf("XA%d", i+1), Kind: org.Commune, Name: "Xã " + name, ShortName: "Xã " + name,
			Sort: 900 + i, ValidFrom: calendar.On(2000, 1, 1)})
		p.ok(err)
		p.communes = append(p.communes, b.ID)
	}
	p.review = p.reviewOf("20-CT/TW")
	p.ok(review.Instruct(p.tx, p.Officer, p.review.ID, p.review.Version, review.Instruction{Text: "Công văn số 512-CV/BTGTW, ngày 15/02/2022"}))
}

func (p *province) confirm() {
	all, err := review.DueIn(p.tx, p.Leader, 2022)
	p.ok(err)
	var seen []review.Line
	for _, r := range all {
		seen = append(seen, review.Line{ID: r.ID, Version: r.Version})
	}
	_, err = review.Confirm(p.tx, p.Leader, 2022, seen)
	p.ok(err)
}

func (p *province) reviewOf(symbol string) review.Review {
	p.Helper()
	all, err := review.DueIn(p.tx, p.Officer, 2022)
	p.ok(err)
	at := slices.IndexFunc(all, func(r review.Review) bool { return r.Symbol == symbol && r.Years == 10 })
	return all[at]
}

func (p *province) usual() level.New {
	return level.New{Bodies: slices.Concat(p.sở, p.communes), Convenor: level.ByParty, Signer: "Phó Bí thư", To: calendar.On(2022, 6, 30),
		Due: calendar.On(2022, 8, 15)}
}

// called is the review with its levels called.
func (p *province) called() level.Call {
	p.Helper()
	p.confirm()
	c, err := level.Ask(p.tx, p.Officer, p.review.ID, p.usual())
	p.ok(err)
	return c
}

// by is somebody of a body.
func by(b db.ID, role access.Role) access.Actor {
	return access.Actor{Person: "nguoi-" + b, Name: "Người của " + string(b), Role: role, Body: b}
}

// reported hands in the report of a body on paper and accepts it.
func (p *province) reported(c level.Call, body db.ID, number, words string) report.Obligation {
	p.Helper()
	o, err := report.ObligationOf(p.tx, p.Officer, c.Of.Code, c.Opening.Period, body)
	p.ok(err)
	form, err := report.FormByID(p.tx, p.Officer, c.Opening.Form)
	p.ok(err)
	sector := form.Sectors[0].Code
	today := calendar.OfInstant(p.tx.Clock())
	_, err = report.EnterPaper(p.tx, p.Officer, o, report.Draft{Sections: []report.SectionText{
		{Section: report.SectionResults, Sector: sector, Paragraphs: []string{words}},
		{Section: report.SectionProposals, Sector: sector, Paragraphs: []string{"Bổ sung cán bộ làm công tác trẻ em (" + number + ")."}}}},
		report.Original{Number: number, Date: today, Signer: "Nguyễn Văn Xã"}, report.Arrival{Number: "77", Date: today})
	p.ok(err)
	o, err = report.FindObligation(p.tx, p.Officer, o.ID)
	p.ok(err)
	p.ok(report.Accept(p.tx, p.Officer, o.Latest))
	return o
}

func TestAConfirmedReviewSendsItsOutlineToTwelveBodies(t *testing.T) {
	provinces(t, func(p *province) {
		_, err := level.Ask(p.tx, p.Officer, p.review.ID, p.usual())
		p.refused(err, fault.KindConflict, "chưa duyệt")
		_, err = level.Find(p.tx, p.Officer, p.review.ID)
		p.refused(err, fault.KindMissing, "chưa gửi đề cương")
		c := p.called()
		if c.Holder() != "TỈNH ỦY KHÁNH HÒA" || c.Of.Name != p.review.Label() || c.Of.Basis != "Công văn số 512-CV/BTGTW, ngày 15/02/2022" ||
			c.Opening.Period.String() != "2012..2022" || c.Opening.Due != calendar.On(2022, 8, 15) {
			p.Errorf("it is called as %+v, open for %s until %s", c.Of, c.Opening.Period, c.Opening.Due)
		}
		form, err := report.FormByID(p.tx, p.Officer, c.Opening.Form)
		p.ok(err)
		var said []string
		for _, s := range form.Sections {
			said = append(said, s.Code+" "+s.Name)
		}
		if got := strings.Join(said, "|"); got != "part_1 Lãnh đạo, chỉ đạo, tổ chức thực hiện|results Kết quả thực hiện mục tiêu, nhiệm vụ, giải pháp của văn bản|"+
			"part_3 Đánh giá chung|next_tasks Phương hướng, nhiệm vụ, giải pháp thời gian tới|proposals Kiến nghị, đề xuất với từng cấp" {
			p.Errorf("the form has the headings %s", got)
		}
		if len(form.Sections[0].Points) != 3 || len(form.Indicators) != 0 || !strings.Contains(c.Of.Content, "phụ lục: số liệu theo năm") {
			p.Errorf("it asks %v, %d indicators, %q", form.Sections[0].Points, len(form.Indicators), c.Of.Content)
		}
		for _, body := range p.usual().Bodies {
			if owed, err := report.Due(p.tx, by(body, access.AgencyOfficer), body); err != nil || !slices.ContainsFunc(owed, func(o report.Obligation) bool { return o.Regime == c.Regime }) {
				p.Errorf("%s owes nothing of it: %v", body, err)
			}
		}
		regimes, err := report.Regimes(p.tx, p.Officer)
		p.ok(err)
		if slices.ContainsFunc(regimes, func(r report.Regime) bool { return r.Once }) {
			p.Error("what is reported once stands among what comes back")
		}
		_, err = report.Open(p.tx, p.Officer, c.Of.Code, calendar.MustPeriod("2022..2032"))
		p.refused(err, fault.KindConflict, "chỉ báo cáo một lần")
		_, err = level.Ask(p.tx, p.Officer, p.review.ID, p.usual())
		p.refused(err, fault.KindConflict, "đã gửi")

		// The letter is drafted as that of any period, with the outline and what is to be said under each heading.
		letter, err := report.Request(p.tx, p.Officer, c.Of.Code, c.Opening.Period)
		p.ok(err)
		d, err := paper.Document(p.tx, p.Officer, letter.ID)
		p.ok(err)
		file, err := paper.File(d, "thu", "docx", official.HTMLOptions{})
		p.ok(err)
		if text := words(p, file.Body); !strings.Contains(text, "Căn cứ Công văn số 512-CV/BTGTW") || !strings.Contains(text, "đề nghị báo cáo tổng kết 10 năm thực hiện Chỉ thị số 20-CT/TW") || !strings.Contains(text, "Bài học kinh nghiệm") || !strings.Contains(text, "Xã Diên Sơn") {
			p.Errorf("the letter says %s", text)
		}
	})
}

func TestEverythingWrongWithACallIsSaidBeforeAnythingIsSent(t *testing.T) {
	provinces(t, func(p *province) {
		p.confirm()
		for sentence, change := range map[string]func(n *level.New){
			"cấp nào chủ trì":           func(n *level.New) { n.Convenor = "" },
			"Cần ghi chức vụ người ký":  func(n *level.New) { n.Signer = "" },
			"trước hạn trình":           func(n *level.New) { n.Due = calendar.On(2022, 12, 1) },
			"Ngày chốt số liệu phải":    func(n *level.New) { n.To = calendar.On(2022, 8, 16) },
			"Cần ghi ngày chốt số liệu": func(n *level.New) { n.To = calendar.Date{} },
			"Cần ghi hạn gửi":           func(n *level.New) { n.Due = calendar.Date{} },
			"ít nhất 1 ngày làm việc":   func(n *level.New) { n.Due = n.To },
			"Hãy chọn ít nhất một":      func(n *level.New) { n.Bodies = nil },
			"BTG Thành ủy Nha Trang không còn hoạt động": func(n *level.New) {
				n.Bodies = []db.ID{p.BTGNT.ID}
				ended(p, p.BTGNT.ID, calendar.On(2022, 5, 31))
			},
			"không có trong danh bạ":  func(n *level.New) { n.Bodies = []db.ID{"khong-co"} },
			"Không có chế độ báo cáo": func(n *level.New) { n.Figures = "khong-co" },
		} {
			n := p.usual()
			change(&n)
			if _, err := level.Ask(p.tx, p.Officer, p.review.ID, n); err == nil || !strings.Contains(err.Error(), sentence) {
				p.Errorf("got %v, want %q", err, sentence)
			}
		}
		marked := p.usual()
		marked.Signer = "TỐI MẬT"
		if _, err := level.Ask(p.tx, p.Officer, p.review.ID, marked); !fault.Is(err, fault.KindRefused) {
			p.Errorf("a secret mark: %v", err)
		}
		_, err := level.Ask(p.tx, p.AgencyOfficer(p.Body(sample.SLDTBXH)), p.review.ID, p.usual())
		p.refused(err, fault.KindForbidden, "Lập danh mục")
	})
}

// lineOf is the line of one body.
func lineOf(levels []level.Level, body db.ID) level.Line {
	for _, l := range levels {
		if at := slices.IndexFunc(l.Lines, func(one level.Line) bool { return one.Body.ID == body }); at >= 0 {
			return l.Lines[at]
		}
	}
	return level.Line{}
}

// ended lets a body be no more after a day.
func ended(p *province, body db.ID, last calendar.Date) {
	p.Helper()
	_, err := p.tx.Exec("update body set valid_to = ? where id = ?", last, body)
	p.ok(err)
}

// words is the text of a Word file, a paragraph a line.
func words(p *province, file []byte) string {
	p.Helper()
	read, err := officialtest.Paragraphs(file)
	p.ok(err)
	var all []string
	for _, one := range read {
		all = append(all, one.Text)
	}
	return strings.Join(all, "\n")
}

func TestWhoHeldTheirsIsToldWithItsProof(t *testing.T) {
	provinces(t, func(p *province) {
		c := p.called()
		health, commune, silent := p.sở[0], p.communes[0], p.communes[1]
		note := func(who access.Actor, h level.Holding) error {
			h.Review = p.review.ID
			_, err := level.Note(p.tx, who, h)
			return err
		}
		held := calendar.On(2022, 4, 1)
		atHealth := p.AgencyOfficer(p.Body(sample.SYT))
		p.ok(note(atHealth, level.Holding{Body: health, Outcome: conference.SittingPlanned, HeldOn: calendar.On(2022, 4, 20)}))
		p.refused(note(atHealth, level.Holding{Body: health, Outcome: conference.SittingHeld, HeldOn: held}), fault.KindStale, "Dự kiến họp ngày 20/4/2022")
		p.ok(note(atHealth, level.Holding{Body: health, Outcome: conference.SittingHeld, HeldOn: held, Notice: "45/BC-SYT", Version: 1}))
		p.refused(note(atHealth, level.Holding{Body: p.sở[1], Outcome: conference.SittingHeld, HeldOn: held}), fault.KindMissing, "")
		p.refused(note(by(commune, access.AgencyOfficer), level.Holding{Body: commune, Outcome: conference.SittingHeld, HeldOn: calendar.On(2022, 4, 6)}), fault.KindInvalid, "ở sau hôm nay")
		p.refused(note(p.Officer, level.Holding{Body: p.Body(sample.BHXH).ID, Outcome: conference.SittingHeld, HeldOn: held}), fault.KindMissing, "không được gửi")
		// A commune without an account is noted in its stead, and the province itself by the commission.
		p.ok(note(p.Officer, level.Holding{Body: commune, Outcome: conference.SittingAgreed, Reason: "Lồng ghép vào hội nghị 6 tháng"}))
		p.ok(note(p.Officer, level.Holding{Body: p.BTGTU.ID, Outcome: conference.SittingPlanned, HeldOn: calendar.On(2022, 10, 12)}))
		p.ok(note(p.Officer, level.Holding{Body: silent, Outcome: conference.SittingHeld, HeldOn: held}))
		p.ok(level.Drop(p.tx, p.Officer, p.review.ID, silent, 1, "Ghi nhầm xã"))
		p.reported(c, health, "45/BC-SYT", "Tiêm chủng đầy đủ cho trẻ em.")

		levels, err := level.Levels(p.tx, p.Officer, c)
		p.ok(err)
		var said []string
		for _, l := range levels {
			said = append(said, l.Sentence())
		}
		if got := strings.Join(said, "|"); got != "Tỉnh: dự kiến họp ngày 12/10/2022|Sở: 1/7 cơ quan đã họp, 1/7 báo cáo đã nhận|"+
			"Xã, phường, đặc khu: 0/5 cơ quan đã họp, 0/5 báo cáo đã nhận" {
			p.Errorf("the levels stand as %s", got)
		}
		if l := lineOf(levels, health); l.ReportLine(c) != "Đã nhận; văn bản 45/BC-SYT ngày 05/4/2022, Nguyễn Văn Xã ký" || l.HoldingLine() != "Đã họp ngày 01/4/2022, văn bản 45/BC-SYT" {
			p.Errorf("health: %q, %q", l.ReportLine(c), l.HoldingLine())
		}
		if l := lineOf(levels, commune); l.HoldingLine() != "Thống nhất không họp: Lồng ghép vào hội nghị 6 tháng (Ban ghi thay)" {
			p.Errorf("the commune: %q", l.HoldingLine())
		}
		if l := lineOf(levels, silent); l.HoldingLine() != "Chưa ghi" || l.ReportLine(c) != report.StateMissing.Name() {
			p.Errorf("the silent commune: %q, %q", l.HoldingLine(), l.ReportLine(c))
		}
		d, err := level.Document(p.tx, p.Officer, c)
		p.ok(err)
		file, err := paper.File(d, "cac cap", "docx", official.HTMLOptions{})
		p.ok(err)
		if text := words(p, file.Body); !strings.Contains(text, "Sở: 1/7 cơ quan đã họp") || !strings.Contains(text, "Xã Diên Sơn") || d.Marks.Banner != sample.Mark {
			p.Errorf("the paper says %s", text)
		}

		// A body sees its own line and no other.
		own, err := level.Find(p.tx, atHealth, p.review.ID)
		p.ok(err)
		if levels, err = level.Levels(p.tx, atHealth, own); err != nil || len(levels) != 1 || len(levels[0].Lines) != 1 || levels[0].Lines[0].Body.ID != health {
			p.Errorf("health sees %+v %v", levels, err)
		}
		_, err = level.Find(p.tx, p.AgencyOfficer(p.Body(sample.BHXH)), p.review.ID)
		p.refused(err, fault.KindMissing, "")
		_, err = level.Document(p.tx, atHealth, own)
		p.refused(err, fault.KindForbidden, "")
	})
}

func TestBodiesThatComeLaterAreAskedTheSame(t *testing.T) {
	provinces(t, func(p *province) {
		p.confirm()
		n := p.usual()
		n.Bodies = p.sở
		c, err := level.Ask(p.tx, p.Officer, p.review.ID, n)
		p.ok(err)
		groups, err := level.Groups(p.tx, p.Officer, c)
		p.ok(err)
		if g := groups[0]; g.Kind != org.Department || g.With != 7 || len(g.Bodies) != 1 {
			p.Errorf("departments left: %+v", groups[0])
		}
		if added, err := level.AskMore(p.tx, p.Officer, p.review.ID, slices.Concat(p.sở[:1], p.communes)); err != nil || added != 5 {
			p.Errorf("%d were added: %v", added, err)
		}
		_, err = level.AskMore(p.tx, p.Officer, p.review.ID, p.communes)
		p.refused(err, fault.KindConflict, "đều có đề cương")
		if owed, err := report.Due(p.tx, by(p.communes[4], access.AgencyOfficer), p.communes[4]); err != nil || len(owed) != 1 || owed[0].Due != calendar.On(2022, 8, 15) {
			p.Errorf("the last commune owes %v %v", owed, err)
		}
	})
}

func TestTheProvincesReportIsPutTogetherByTheOutlineWithItsSources(t *testing.T) {
	provinces(t, func(p *province) {
		c := p.called()
		p.reported(c, p.sở[0], "45/BC-SYT", "Tiêm chủng đầy đủ cho trẻ em.")
		o := p.reported(c, p.communes[0], "12/BC-UBND", "Xã có điểm vui chơi cho trẻ em ở cả bốn thôn.")
		draft, err := consolidation.Draft(p.tx, p.Officer, c.Of.Code, c.Opening.Period)
		p.ok(err)
		d, err := consolidation.Document(p.tx, p.Officer, draft, "")
		p.ok(err)
		if d.Issuer != "TỈNH ỦY KHÁNH HÒA" || d.Superior != "" || d.BodySymbol != "TU" || d.Marks.Draft == 0 || d.Signers[0].Title != "Phó Bí thư" ||
			d.Signers[0].Lines[0].Authority != official.OnBehalf {
			p.Errorf("it is laid out as %q below %q, %q, signed %+v", d.Issuer, d.Superior, d.BodySymbol, d.Signers)
		}
		file, err := consolidation.File(p.tx, p.Officer, draft, "html", "", nil, func(o official.Origin) string { return "/?tu=" + o.Ref })
		p.ok(err)
		page := string(file.Body)
		last := -1
		for _, want := range []string{"báo cáo của 02 cơ quan, địa phương", "còn 10 cơ quan", "LÃNH ĐẠO, CHỈ ĐẠO, TỔ CHỨC THỰC HIỆN", "Chưa có nội dung được tiếp nhận",
			"KẾT QUẢ THỰC HIỆN MỤC TIÊU", "Tiêm chủng đầy đủ", "Xã có điểm vui chơi", "ĐÁNH GIÁ CHUNG", "PHƯƠNG HƯỚNG", "KIẾN NGHỊ, ĐỀ XUẤT VỚI TỪNG CẤP", "(Sở Y tế)"} {
			at := strings.Index(page, want)
			if at < last {
				p.Errorf("%q stands at %d, behind %d", want, at, last)
			}
			last = at
		}
		if !strings.Contains(page, `href="/?tu=submission/`+string(o.Latest)) {
			p.Error("a paragraph does not lead to the report of the commune")
		}

		// From the directive to the paragraph's report and back.
		graph, err := record.Walk(p.tx, p.Officer, "submission", o.Latest, 6)
		p.ok(err)
		for _, kind := range []string{"directive", "review", "regime", "obligation", "consolidation", "paper"} {
			if !slices.ContainsFunc(nodes(graph), func(n lineage.Node) bool { return n.Kind == kind }) {
				p.Errorf("the report of the commune does not lead to a %s: %v", kind, nodes(graph))
			}
		}

		// What Tỉnh ủy issues the commission does not sign.
		p.ok(consolidation.PutForward(p.tx, p.Officer, draft.ID, draft.Version))
		_, err = consolidation.Sign(p.tx, p.Leader, draft.ID, draft.Version, paper.Signature{Signer: string(p.Leader.Person)})
		p.refused(err, fault.KindConflict, "do TỈNH ỦY KHÁNH HÒA ban hành")
	})
}

// What the frame of reports does for every report it does here: one paragraph goes back and the rest counts, a proposal is an
// answer owed, and the commission writes below a heading of the outline itself.
func TestOneParagraphOfALevelsReportGoesBack(t *testing.T) {
	provinces(t, func(p *province) {
		c := p.called()
		form, err := report.FormByID(p.tx, p.Officer, c.Opening.Form)
		p.ok(err)
		sector := form.Sectors[0].Code
		o := p.reported(c, p.communes[0], "12/BC-UBND", "Xã có điểm vui chơi cho trẻ em ở cả bốn thôn.")
		open, _, err := report.Proposals(p.tx, p.Officer, report.ProposalFilter{RegimeCode: c.Of.Code, Limit: 10})
		p.ok(err)
		if len(open) != 1 || !strings.Contains(open[0].Text, "Bổ sung cán bộ") {
			p.Errorf("the proposals are %+v", open)
		}
		draft, err := consolidation.Draft(p.tx, p.Officer, c.Of.Code, c.Opening.Period)
		p.ok(err)
		version, err := consolidation.AddParagraph(p.tx, p.Officer, draft.ID, draft.Version, "part_3", sector, "", "Mười năm qua nhận thức chung đã chuyển biến.")
		p.ok(err)
		p.ok(report.Return(p.tx, p.Officer, o.Latest, report.Returning{Section: report.SectionResults, Sector: sector, Paragraph: 1,
			Reason: "Nêu rõ số điểm vui chơi", Due: calendar.On(2022, 8, 22)}))
		again, err := consolidation.Compose(p.tx, p.Officer, c.Of.Code, c.Opening.Period, report.Accepted)
		p.ok(err)
		for _, g := range again.Groups {
			if g.Section == report.SectionResults && len(g.Kept()) != 0 {
				p.Errorf("what was asked for again counts: %+v", g.Kept())
			}
		}
		if again.Reporting != 1 {
			p.Errorf("the rest of the report does not count: %d bodies", again.Reporting)
		}
		read, err := consolidation.ByID(p.tx, p.Officer, draft.ID)
		p.ok(err)
		file, err := consolidation.File(p.tx, p.Officer, read, "docx", "", nil, nil)
		p.ok(err)
		if text := words(p, file.Body); version <= draft.Version || !strings.Contains(text, "Đánh giá chung\nMười năm qua") && !strings.Contains(text, "ĐÁNH GIÁ CHUNG\nMười năm qua") {
			p.Errorf("below its heading the commission's own paragraph does not stand: %s", text)
		}
	})
}

// nodes are all records of a graph.
func nodes(g lineage.Graph) (all []lineage.Node) {
	var walk func(branches []lineage.Branch)
	walk = func(branches []lineage.Branch) {
		for _, b := range branches {
			all = append(all, b.Node)
			walk(b.Branches)
		}
	}
	walk(g.Ancestors)
	walk(g.Descendants)
	return all
}
