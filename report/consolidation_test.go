package report_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/internal/fault"
	"giaoban/official"
	"giaoban/org"
	"giaoban/paper"
	"giaoban/report"
)

// quarterOffice is an invented office that asks three departments every month; it is 05/4/2022, and January to March
// are open.
type quarterOffice struct {
	t                                *testing.T
	tx                               *db.Tx
	clock                            *dbtest.Clock
	bodies                           map[string]org.Body
	officer, leader, clerk, atHealth access.Actor
}

var quarter = calendar.MustPeriod("2022-Q1")

func eachQuarterOffice(t *testing.T, test func(o *quarterOffice)) {
	t.Helper()
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			clock := dbtest.NewClock("2022-04-05")
			d := e.From(t, "", nil, clock.Now)
			dbtest.Begin(t, d, func(tx *db.Tx) {
				o := &quarterOffice{t: t, tx: tx, clock: clock, bodies: make(map[string]org.Body)}
				o.found()
				test(o)
			})
		})
	}
}

func (o *quarterOffice) ok(err error) {
	o.t.Helper()
	if err != nil {
		o.t.Fatal(err)
	}
}

func (o *quarterOffice) refused(err error, kind fault.Kind, words string) {
	o.t.Helper()
	if !fault.Is(err, kind) || !strings.Contains(err.Error(), words) {
		o.t.Errorf("want kind %d with %q, got %v", kind, words, err)
	}
}

func (o *quarterOffice) found() {
	system := access.System("thử")
	for i, b := range []org.New{
		{Code: "BTGTU", Name: "Ban Tuyên giáo Tỉnh ủy", Kind: org.Commission}, {Code: "SGDĐT", Name: "Sở Giáo dục và Đào tạo", Kind: org.Department},
		{Code: "SYT", Name: "Sở Y tế", Kind: org.Department}, {Code: "SVHTT", Name: "Sở Văn hóa và Thể thao", Kind: org.Department},
	} {
		b.Sort, b.Place, b.ValidFrom = i, "Khánh Hòa", calendar.On(2015, 1, 1)
		body, err := org.Create(o.tx, system, b)
		o.ok(err)
		o.bodies[b.Code] = body
	}
	o.ok(org.Set(o.tx, system, org.Superior, "Tỉnh ủy Khánh Hòa"))
	o.ok(org.Set(o.tx, system, org.Banner, "Bản mẫu, số liệu giả định"))
	actor := func(name string, role access.Role, code string) access.Actor {
		return access.Actor{Person: db.ID(role), Name: name, Role: role, Org: o.bodies[code].ID, OrgCode: code}
	}
	o.officer, o.leader = actor("Phạm Thu Hà", access.CommissionOfficer, "BTGTU"), actor("Nguyễn Minh Quân", access.CommissionLeader, "BTGTU")
	o.clerk, o.atHealth = actor("Đỗ Thị Lan", access.Clerk, "BTGTU"), actor("Lê Thị An", access.AgencyOfficer, "SYT")

	r, err := report.CreateRegime(o.tx, o.officer, report.NewRegime{Code: "kg-thang", Name: "Báo cáo công tác khoa giáo hằng tháng",
		Content: "Tình hình công tác khoa giáo trong tháng", Receiver: o.bodies["BTGTU"].ID, Kind: calendar.Month, Cutoff: calendar.Calendar,
		WorkingDays: 2, Channel: "Gửi trong chương trình", Basis: "Chương trình phối hợp 2022-2025"})
	o.ok(err)
	target := int64(9200)
	outline := report.Outline{Sectors: []report.Sector{{Code: "gd", Name: "Giáo dục và Đào tạo"}, {Code: "yt", Name: "Y tế"}}}
	for _, code := range report.SectionCodes {
		outline.Sections = append(outline.Sections, report.Section{Code: code})
	}
	outline.Indicators = []report.Indicator{
		{Code: "truong", Name: "Trường đạt chuẩn quốc gia", Sector: "gd", Unit: "trường", Aggregation: report.Sum, Direction: report.Higher, Fraction: report.NoFraction},
		{Code: "kham", Name: "Lượt khám, chữa bệnh", Sector: "yt", Unit: "lượt", Aggregation: report.Sum, Direction: report.Higher, Fraction: report.NoFraction},
		{Code: "bhyt", Name: "Tỷ lệ bao phủ bảo hiểm y tế", Sector: "yt", Unit: "%", Decimals: 2, Aggregation: report.Last, Direction: report.Higher, Target: &target, Fraction: report.NoFraction},
	}
	_, err = report.SaveForm(o.tx, o.officer, r.ID, outline, 0)
	o.ok(err)
	o.ok(report.Assign(o.tx, o.officer, r.ID, []db.ID{o.bodies["SGDĐT"].ID, o.bodies["SYT"].ID, o.bodies["SVHTT"].ID}, calendar.On(2021, 1, 1), ""))
	o.ok(report.Activate(o.tx, o.officer, r.ID, calendar.MustPeriod("2021-01")))
	for _, month := range []string{"2022-01", "2022-02", "2022-03"} {
		_, err := report.Open(o.tx, o.officer, "kg-thang", calendar.MustPeriod(month))
		o.ok(err)
	}
}

func section(code, sector string, paragraphs ...string) report.SectionText {
	return report.SectionText{Section: code, Sector: sector, Paragraphs: paragraphs}
}

// sends hands a report in; values are "kham=120", "bhyt=90.31", and "kham~120" for an estimate.
func (o *quarterOffice) sends(code, month, values string, sections ...report.SectionText) db.ID {
	o.t.Helper()
	in := report.Input{Values: make(map[string]*string), Sections: sections}
	for _, one := range strings.Fields(values) {
		at := strings.IndexAny(one, "=~")
		v := one[at+1:]
		in.Values[one[:at]] = &v
		if one[at] == '~' {
			in.Estimates = append(in.Estimates, one[:at])
		}
	}
	p, err := report.Prepare(o.tx, access.System("thử"), "kg-thang", calendar.MustPeriod(month), code, in)
	o.ok(err)
	receipt, err := report.Submit(o.tx, access.System("thử"), p)
	o.ok(err)
	return receipt.ID
}

func (o *quarterOffice) accepted(code, month, values string, sections ...report.SectionText) db.ID {
	o.t.Helper()
	id := o.sends(code, month, values, sections...)
	o.ok(report.Accept(o.tx, o.officer, id))
	return id
}

// usual is the quarter most tests begin with: the culture department has not reported at all, the health department
// repeats itself in February, its figure of March is an estimate.
func (o *quarterOffice) usual() {
	o.t.Helper()
	for i, month := range []string{"2022-01", "2022-02", "2022-03"} {
		o.accepted("SGDĐT", month, "truong="+[]string{"160", "161", "169"}[i], section(report.SectionResults, "gd", "Dạy học trực tiếp an toàn "+calendar.MustPeriod(month).Name()+"."))
	}
	o.accepted("SYT", "2022-01", "kham=600000 bhyt=90.10", section(report.SectionResults, "yt", "Duy trì trực cấp cứu 24/24 giờ."))
	o.accepted("SYT", "2022-02", "kham=615509 bhyt=90.20", section(report.SectionResults, "yt", "Duy trì trực cấp cứu 24/24 giờ.", "Tiêm chủng mùa xuân."))
	o.accepted("SYT", "2022-03", "kham~700000 bhyt=90.31", section(report.SectionResults, "yt", "Cấp độ dịch hạ xuống cấp 1."),
		section(report.SectionDifficulties, "yt", "Trạm y tế thiếu bác sĩ."), section(report.SectionNextTasks, "yt", "Tổng kết 10 năm Chỉ thị 20-CT/TW."),
		section(report.SectionProposals, "yt", "Bổ sung biên chế cho trạm y tế."))
}

func (o *quarterOffice) consolidate() report.Consolidation {
	o.t.Helper()
	c, err := report.Consolidate(o.tx, o.officer, "kg-thang", quarter)
	o.ok(err)
	return c
}

func (o *quarterOffice) again(id db.ID) report.Consolidation {
	o.t.Helper()
	c, err := report.ConsolidationByID(o.tx, o.officer, id)
	o.ok(err)
	return c
}

// group gives the texts of one heading, kept ones plain and those left out in brackets.
func group(c report.Consolidation, code, sector string) string {
	var out []string
	for _, g := range c.Groups {
		if g.Section != code || g.Sector != sector {
			continue
		}
		for _, p := range g.Paragraphs {
			if p.State == report.ParagraphKept {
				out = append(out, p.Text)
			} else {
				out = append(out, "["+p.Text+"]")
			}
		}
	}
	return strings.Join(out, " | ")
}

func paragraphOf(c report.Consolidation, text string) report.ConsolidatedParagraph {
	for _, g := range c.Groups {
		for _, p := range g.Paragraphs {
			if strings.HasPrefix(p.Text, text) {
				return p
			}
		}
	}
	return report.ConsolidatedParagraph{}
}

func (o *quarterOffice) file(c report.Consolidation, format string) string {
	o.t.Helper()
	r, err := report.ConsolidationFile(o.tx, o.officer, c, format, "")
	o.ok(err)
	return strings.ReplaceAll(string(r.Body), "\u00a0", " ")
}

func TestTheDraftIsMadeOfTheAgenciesOwnWords(t *testing.T) {
	eachQuarterOffice(t, func(o *quarterOffice) {
		o.usual()
		c := o.consolidate()
		want := "Duy trì trực cấp cứu 24/24 giờ. | Tiêm chủng mùa xuân. | Cấp độ dịch hạ xuống cấp 1."
		if got := group(c, report.SectionResults, "yt"); got != want {
			o.t.Errorf("results of health:\n%s\nwant\n%s", got, want)
		}
		repeated := paragraphOf(c, "Duy trì trực")
		if len(repeated.Origins) != 2 || repeated.Origins[0].Period.String() != "2022-01" || repeated.Origins[1].Period.String() != "2022-02" {
			o.t.Errorf("what was said twice keeps both origins: %+v", repeated.Origins)
		}
		for _, stored := range []report.Consolidation{o.consolidate(), o.again(c.ID)} {
			if stored.ID != c.ID || group(stored, report.SectionResults, "yt") != want || len(paragraphOf(stored, "Duy trì trực").Origins) != 2 {
				o.t.Errorf("read again it is another draft: %+v", stored.Groups)
			}
		}
		if len(c.Missing) != 1 || c.Missing[0].Org != "SVHTT" || len(c.Missing[0].Periods) != 3 {
			o.t.Errorf("missing: %+v", c.Missing)
		}
		_, err := report.Consolidate(o.tx, o.leader, "kg-thang", calendar.MustPeriod("2022-H1"))
		o.refused(err, fault.KindForbidden, "Soạn báo cáo tổng hợp")
		_, err = report.FindConsolidation(o.tx, o.atHealth, "kg-thang", quarter)
		o.refused(err, fault.KindMissing, "Chưa có")
		_, err = report.ConsolidationByID(o.tx, o.atHealth, c.ID)
		o.refused(err, fault.KindMissing, "Chưa có")
	})
}

func TestTheReportNamesWhoIsMissingAndComputesEveryComparison(t *testing.T) {
	eachQuarterOffice(t, func(o *quarterOffice) {
		o.usual()
		c := o.consolidate()
		page := o.file(c, "html")
		for _, want := range []string{"BẢN MẪU, SỐ LIỆU GIẢ ĐỊNH", "BAN TUYÊN GIÁO<", "Số      -BC/BTGTU", "1.915.509", "(ước)", "90,31",
			"còn 01 cơ quan chưa có đủ báo cáo được tiếp nhận: Sở Văn hóa và Thể thao (tháng 01, tháng 02, tháng 3)", "[1] thiếu: Sở Văn hóa và Thể thao",
			"Chưa đạt", "III.", "NHIỆM VỤ TRỌNG TÂM QUÝ II NĂM 2022", "Bổ sung biên chế cho trạm y tế", "(Sở Y tế)", "quý I, nhiệm vụ trọng tâm quý II năm 2022",
			`href="/ban-bao-cao/`, `href="/tong-hop/kg-thang/2022-Q1/chi-tieu/kham"`} {
			if !strings.Contains(page, want) {
				o.t.Errorf("the report does not say %q", want)
			}
		}
		if strings.Contains(page, report.PreviewMark) {
			o.t.Error("accepted reports are marked as a preview")
		}
		if shape := o.file(c, "json"); !strings.Contains(shape, `"value": "90.31"`) || !strings.Contains(shape, `"lacking_also": [`) || !strings.Contains(shape, `"org": "SVHTT"`) {
			o.t.Errorf("json: %s", shape)
		}
	})
}

func TestAPreviewIsMarkedAndKeepsNothing(t *testing.T) {
	eachQuarterOffice(t, func(o *quarterOffice) {
		o.usual()
		o.sends("SVHTT", "2022-03", "truong=1", section(report.SectionResults, "gd", "Chưa được nhận."))
		seen, err := report.ConsolidationFor(o.tx, o.officer, "kg-thang", quarter, report.Submitted)
		o.ok(err)
		if page := o.file(seen, "html"); !strings.Contains(page, report.PreviewMark) || !strings.Contains(page, "Chưa được nhận.") {
			o.t.Error("the preview is not one")
		}
		counted, err := report.ConsolidationFor(o.tx, o.officer, "kg-thang", quarter, report.Accepted)
		o.ok(err)
		if counted.ID != "" || strings.Contains(o.file(counted, "html"), "Chưa được nhận.") {
			o.t.Error("what was not accepted counts, or something was stored")
		}
	})
}

func TestAnOfficerEditsAndNoOriginIsLost(t *testing.T) {
	eachQuarterOffice(t, func(o *quarterOffice) {
		o.usual()
		c := o.consolidate()
		at := func(text string) db.ID { o.t.Helper(); return paragraphOf(o.again(c.ID), text).ID }
		v := c.Version
		step := func(version int64, err error) {
			o.t.Helper()
			o.ok(err)
			v = version
		}
		step(report.EditParagraph(o.tx, o.officer, c.ID, v, at("Tiêm chủng"), "Hoàn thành chiến dịch tiêm chủng mùa xuân. Không để lãng phí vắc xin."))
		_, err := report.EditParagraph(o.tx, o.officer, c.ID, v-1, at("Cấp độ"), "người đến sau")
		o.refused(err, fault.KindStale, "Người khác vừa sửa")
		step(report.SplitParagraph(o.tx, o.officer, c.ID, v, at("Hoàn thành"), "Hoàn thành chiến dịch tiêm chủng mùa xuân.", "Không để lãng phí vắc xin."))
		step(report.MergeParagraphs(o.tx, o.officer, c.ID, v, at("Cấp độ"), at("Duy trì")))
		step(report.MoveParagraph(o.tx, o.officer, c.ID, v, at("Cấp độ"), report.SectionResults, "yt", at("Hoàn thành")))
		step(report.DropParagraph(o.tx, o.officer, c.ID, v, at("Không để"), "Đã nói ở báo cáo tháng"))
		step(report.AddParagraph(o.tx, o.officer, c.ID, v, report.SectionResults, "yt", at("Hoàn thành"), "Đánh giá chung: dịch bệnh được kiểm soát."))
		got := group(o.again(c.ID), report.SectionResults, "yt")
		want := "Cấp độ dịch hạ xuống cấp 1. Duy trì trực cấp cứu 24/24 giờ. | Hoàn thành chiến dịch tiêm chủng mùa xuân. | Đánh giá chung: dịch bệnh được kiểm soát. | [Không để lãng phí vắc xin.]"
		if got != want {
			o.t.Errorf("the draft is\n%s\nwant\n%s", got, want)
		}
		for text, origins := range map[string]int{"Cấp độ": 3, "Hoàn thành": 1, "Không để": 1, "Đánh giá": 0} {
			if p := paragraphOf(o.again(c.ID), text); len(p.Origins) != origins || p.EditedBy != "Phạm Thu Hà" {
				o.t.Errorf("%s: %d origins, by %q", text, len(p.Origins), p.EditedBy)
			}
		}
		if page := o.file(o.again(c.ID), "html"); strings.Contains(page, "Không để lãng phí") {
			o.t.Error("what was left out is printed")
		}
		step(report.RestoreParagraph(o.tx, o.officer, c.ID, v, at("Không để")))
		step(report.Reword(o.tx, o.officer, c.ID, v, report.Wording{Subject: "kết quả quý I", Recipients: []string{"Ban Thường vụ Tỉnh ủy", " "}, Filing: "VP"}))
		if again := o.again(c.ID); again.Wording.Subject != "kết quả quý I" || len(again.Wording.Recipients) != 1 || again.Version != v {
			o.t.Errorf("%+v", again.Wording)
		}

		_, err = report.EditParagraph(o.tx, o.officer, c.ID, v, at("Cấp độ"), "  ")
		o.refused(err, fault.KindInvalid, "Không đưa vào")
		_, err = report.EditParagraph(o.tx, o.officer, c.ID, v, at("Cấp độ"), "TUYỆT MẬT\nnội dung")
		o.refused(err, fault.KindRefused, "TUYỆT MẬT")
		_, err = report.MoveParagraph(o.tx, o.officer, c.ID, v, at("Cấp độ"), "lạ", "lạ", "")
		o.refused(err, fault.KindInvalid, "không có mục “lạ”")
		_, err = report.DropParagraph(o.tx, o.atHealth, c.ID, v, at("Cấp độ"), "")
		o.refused(err, fault.KindMissing, "Chưa có")
		_, err = report.DropParagraph(o.tx, o.clerk, c.ID, v, at("Cấp độ"), "")
		o.refused(err, fault.KindForbidden, "Soạn báo cáo tổng hợp")
	})
}

func TestARefreshBringsWhatIsNewAndTouchesNoEditedWord(t *testing.T) {
	eachQuarterOffice(t, func(o *quarterOffice) {
		o.usual()
		c := o.consolidate()
		v, err := report.EditParagraph(o.tx, o.officer, c.ID, c.Version, paragraphOf(c, "Cấp độ").ID, "Dịch bệnh được kiểm soát.")
		o.ok(err)
		// March of health is sent again: one paragraph gone, one new, the proposal stays; culture reports at last.
		o.accepted("SYT", "2022-03", "kham=710000 bhyt=90.31", section(report.SectionResults, "yt", "Khám sức khỏe học sinh."),
			section(report.SectionProposals, "yt", "Bổ sung biên chế cho trạm y tế."))
		o.accepted("SVHTT", "2022-03", "", section(report.SectionResults, "gd", "Phối hợp giáo dục thể chất."))
		r, err := report.RefreshConsolidation(o.tx, o.officer, c.ID, v)
		o.ok(err)
		if r.Added != 2 || r.Superseded != 4 || r.LeftOut != 2 {
			o.t.Errorf("%+v", r)
		}
		after := o.again(c.ID)
		if got := group(after, report.SectionResults, "yt"); got != "Duy trì trực cấp cứu 24/24 giờ. | Tiêm chủng mùa xuân. | Dịch bệnh được kiểm soát. | Khám sức khỏe học sinh." {
			o.t.Errorf("results of health: %s", got)
		}
		edited := paragraphOf(after, "Dịch bệnh")
		if len(edited.Origins) != 1 || !strings.Contains(edited.Origins[0].Superseded, "thay bằng bản 2") {
			o.t.Errorf("the edited paragraph does not say that its report was replaced: %+v", edited.Origins)
		}
		if got := group(after, report.SectionDifficulties, "yt"); got != "[Trạm y tế thiếu bác sĩ.]" {
			o.t.Errorf("difficulties: %s", got)
		}
		if p := paragraphOf(after, "Bổ sung"); p.State != report.ParagraphKept || len(p.Origins) != 2 {
			o.t.Errorf("the same proposal in the new version: %+v", p)
		}
		if got := group(after, report.SectionResults, "gd"); !strings.HasSuffix(got, "| Phối hợp giáo dục thể chất.") {
			o.t.Errorf("the office's order is not kept: %s", got)
		}
		again, err := report.RefreshConsolidation(o.tx, o.officer, c.ID, r.Version)
		o.ok(err)
		if again != (report.Refreshed{Version: r.Version}) {
			o.t.Errorf("a second refresh changes something: %+v", again)
		}
	})
}

func TestTheSignedReportStaysWhatItWas(t *testing.T) {
	eachQuarterOffice(t, func(o *quarterOffice) {
		o.usual()
		c := o.consolidate()
		signature := paper.Signature{Signer: "Nguyễn Minh Quân", Title: "Trưởng ban"}
		_, err := report.SignConsolidation(o.tx, o.officer, c.ID, c.Version, signature)
		o.refused(err, fault.KindForbidden, "Ký báo cáo tổng hợp")
		_, err = report.SignConsolidation(o.tx, o.leader, c.ID, c.Version+1, signature)
		o.refused(err, fault.KindStale, "Người khác")
		signed, err := report.SignConsolidation(o.tx, o.leader, c.ID, c.Version, signature)
		o.ok(err)
		word, page := o.file(o.again(c.ID), "docx"), o.file(signed, "html")
		_, err = report.EditParagraph(o.tx, o.officer, c.ID, c.Version, paragraphOf(signed, "Cấp độ").ID, "sửa sau khi ký")
		o.refused(err, fault.KindConflict, "đã được ký")
		_, err = report.SignConsolidation(o.tx, o.leader, c.ID, c.Version, signature)
		o.refused(err, fault.KindConflict, "đã được ký")

		o.clock.Set(time.Date(2022, 4, 20, 9, 0, 0, 0, db.Vietnam))
		late := o.accepted("SVHTT", "2022-03", "kham=1", section(report.SectionResults, "gd", "Đến sau khi ký."))
		if now := o.again(c.ID); o.file(now, "docx") != word || o.file(now, "html") != page {
			o.t.Error("a later acceptance altered what was signed")
		}
		changes, err := report.ChangesSince(o.tx, o.officer, c.ID)
		o.ok(err)
		var sentences []string
		for _, d := range changes {
			sentences = append(sentences, d.Sentence)
		}
		told := strings.Join(sentences, "\n")
		for _, want := range []string{"Lượt khám, chữa bệnh: khi ký là 1.915.509, nay là 1.915.510.", "Sở Văn hóa và Thể thao, tháng 3 năm 2022: 1 đoạn được nhận sau khi ký",
			"Sở Văn hóa và Thể thao khi ký còn thiếu tháng 01 năm 2022, tháng 02 năm 2022, tháng 3 năm 2022, nay đã có báo cáo tháng 3 năm 2022"} {
			if !strings.Contains(told, want) {
				o.t.Errorf("not told: %s\nin\n%s", want, told)
			}
		}
		o.ok(report.Return(o.tx, o.officer, late, report.Returning{Reason: "Thiếu số liệu"}))

		p, err := paper.EnterNumber(o.tx, o.clerk, c.Paper, 12, calendar.On(2022, 4, 5))
		o.ok(err)
		_, err = paper.Release(o.tx, o.clerk, p.ID)
		o.ok(err)
		if page := o.file(o.again(c.ID), "html"); !strings.Contains(page, "Số 12-BC/BTGTU") || !strings.Contains(page, "ngày 05 tháng 4 năm 2022") || strings.Contains(page, "Dự thảo") {
			o.t.Error("number and date do not stand on the report")
		}
		for _, code := range []string{"", "HD05"} {
			d, err := report.Document(o.tx, o.officer, o.again(c.ID), code)
			o.ok(err)
			if want := map[string]string{"": "HD36", "HD05": "HD05"}[code]; d.Profile.Code != want {
				o.t.Errorf("layout %s, want %s", d.Profile.Code, want)
			}
			for _, f := range official.Lint(d) {
				if f.Rule != "the-thuc-het-hieu-luc" {
					o.t.Errorf("the clerk would send it back: %+v", f)
				}
			}
		}
	})
}

func TestAWithdrawnReportMakesRoomForAnother(t *testing.T) {
	eachQuarterOffice(t, func(o *quarterOffice) {
		o.usual()
		first := o.consolidate()
		_, err := report.SignConsolidation(o.tx, o.leader, first.ID, first.Version, paper.Signature{Signer: "Nguyễn Minh Quân", Title: "Trưởng ban"})
		o.ok(err)
		if again := o.consolidate(); again.ID != first.ID {
			o.t.Error("a signed report is begun anew")
		}
		_, err = paper.Withdraw(o.tx, o.leader, first.Paper, "Sai số liệu")
		o.ok(err)
		second := o.consolidate()
		if second.ID == first.ID || second.SignedAt != 0 {
			o.t.Error("no new draft after the withdrawal")
		}
		if old := o.again(first.ID); old.SignedAt == 0 {
			o.t.Error("the withdrawn report is gone")
		}
	})
}

func TestTheSameReportsGiveTheSameBytes(t *testing.T) {
	eachQuarterOffice(t, func(o *quarterOffice) {
		o.usual()
		composed := func() report.Consolidation {
			c, err := report.Compose(o.tx, o.officer, "kg-thang", quarter, report.Accepted)
			o.ok(err)
			return c
		}
		first := composed()
		o.clock.Set(time.Date(2023, 1, 9, 9, 0, 0, 0, db.Vietnam))
		for _, format := range []string{"docx", "html", "json"} {
			if !bytes.Equal([]byte(o.file(first, format)), []byte(o.file(composed(), format))) {
				o.t.Errorf("%s differs from one time to the next", format)
			}
		}
		_, err := report.ConsolidationFile(o.tx, o.officer, first, "odt", "")
		o.refused(err, fault.KindInvalid, "docx")
		_, err = report.ConsolidationFile(o.tx, o.officer, first, "docx", "HD1")
		o.refused(err, fault.KindInvalid, "HD05")
	})
}
