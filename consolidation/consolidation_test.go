package consolidation_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"giaoban/calendar"
	"giaoban/consolidation"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/official"
	"giaoban/paper"
	"giaoban/record"
	"giaoban/report"
)

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
		for _, stored := range []consolidation.Consolidation{o.consolidate(), o.again(c.ID)} {
			if stored.ID != c.ID || group(stored, report.SectionResults, "yt") != want || len(paragraphOf(stored, "Duy trì trực").Origins) != 2 {
				o.t.Errorf("read again it is another draft: %+v", stored.Groups)
			}
		}
		if len(c.Missing) != 1 || c.Missing[0].Body != "SVHTT" || len(c.Missing[0].Periods) != 3 {
			o.t.Errorf("missing: %+v", c.Missing)
		}
		_, err := consolidation.Draft(o.tx, o.leader, "kg-thang", calendar.MustPeriod("2022-H1"))
		o.refused(err, fault.KindForbidden, "Soạn báo cáo tổng hợp")
		_, err = consolidation.Find(o.tx, o.atHealth, "kg-thang", quarter)
		o.refused(err, fault.KindMissing, "Chưa có")
		_, err = consolidation.ByID(o.tx, o.atHealth, c.ID)
		o.refused(err, fault.KindMissing, "Chưa có")
	})
}

func TestTheReportNamesWhoIsMissingAndComputesEveryComparison(t *testing.T) {
	eachQuarterOffice(t, func(o *quarterOffice) {
		o.usual()
		c := o.consolidate()
		page := o.file(c, "html")
		for _, want := range []string{"BẢN MẪU, SỐ LIỆU GIẢ ĐỊNH", "BAN TUYÊN GIÁO<", "Số      -BC/BTGTU", "1.915.509", "ước ", "90,31",
			"còn 01 cơ quan chưa có đủ báo cáo được tiếp nhận: Sở Văn hóa và Thể thao (tháng 1, tháng 2, tháng 3)", "[1] thiếu: Sở Văn hóa và Thể thao",
			"Chưa đạt", "III.", "NHIỆM VỤ TRỌNG TÂM QUÝ II NĂM 2022", "Bổ sung biên chế cho trạm y tế", "(Sở Y tế)", "quý I, nhiệm vụ trọng tâm quý II năm 2022",
			`href="/?tu=submission/`, `href="/?tu=figure/kg-thang/2022-Q1/kham"`} {
			if !strings.Contains(page, want) {
				o.t.Errorf("the report does not say %q", want)
			}
		}
		if strings.Contains(page, "nhưng chưa có đủ số này") {
			o.t.Error("an agency is named for a figure that is not of its field")
		}
		if strings.Contains(page, consolidation.PreviewMark) {
			o.t.Error("accepted reports are marked as a preview")
		}
		if shape := o.file(c, "json"); !strings.Contains(shape, `"value": "90.31"`) || !strings.Contains(shape, `"lacking_also": [`) || !strings.Contains(shape, `"org": "SVHTT"`) {
			o.t.Errorf("json: %s", shape)
		}
	})
}

func TestAnAgencyThatLeavesItsOwnFigureOutIsNamed(t *testing.T) {
	eachQuarterOffice(t, func(o *quarterOffice) {
		o.usual()
		o.accepted("SYT", "2022-02", "bhyt=90.20") // a new version without the visits
		page := o.file(o.consolidate(), "html")
		for _, want := range []string{"Sở Y tế (đã báo cáo nhưng chưa có đủ số này)", "1.300.000", "chưa gồm Sở Văn hóa và Thể thao, Sở Y tế"} {
			if !strings.Contains(page, want) {
				o.t.Errorf("the report does not say %q", want)
			}
		}
	})
}

func TestAPreviewIsMarkedAndKeepsNothing(t *testing.T) {
	eachQuarterOffice(t, func(o *quarterOffice) {
		o.usual()
		o.sends("SVHTT", "2022-03", "truong=1", section(report.SectionResults, "gd", "Chưa được nhận."))
		seen, err := consolidation.For(o.tx, o.officer, "kg-thang", quarter, report.Submitted)
		o.ok(err)
		if page := o.file(seen, "html"); !strings.Contains(page, consolidation.PreviewMark) || !strings.Contains(page, "Chưa được nhận.") {
			o.t.Error("the preview is not one")
		}
		counted, err := consolidation.For(o.tx, o.officer, "kg-thang", quarter, report.Accepted)
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
		step(consolidation.EditParagraph(o.tx, o.officer, c.ID, v, at("Tiêm chủng"), "Hoàn thành chiến dịch tiêm chủng mùa xuân. Không để lãng phí vắc xin."))
		_, err := consolidation.EditParagraph(o.tx, o.officer, c.ID, v-1, at("Cấp độ"), "người đến sau")
		o.refused(err, fault.KindStale, "Người khác vừa sửa")
		step(consolidation.SplitParagraph(o.tx, o.officer, c.ID, v, at("Hoàn thành"), "Hoàn thành chiến dịch tiêm chủng mùa xuân.", "Không để lãng phí vắc xin."))
		step(consolidation.MergeParagraphs(o.tx, o.officer, c.ID, v, at("Cấp độ"), at("Duy trì")))
		step(consolidation.MoveParagraph(o.tx, o.officer, c.ID, v, at("Cấp độ"), report.SectionResults, "yt", at("Hoàn thành")))
		step(consolidation.DropParagraph(o.tx, o.officer, c.ID, v, at("Không để"), "Đã nói ở báo cáo tháng"))
		step(consolidation.AddParagraph(o.tx, o.officer, c.ID, v, report.SectionResults, "yt", at("Hoàn thành"), "Đánh giá chung: dịch bệnh được kiểm soát."))
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
		step(consolidation.RestoreParagraph(o.tx, o.officer, c.ID, v, at("Không để")))
		step(consolidation.Reword(o.tx, o.officer, c.ID, v, consolidation.Wording{Subject: "kết quả quý I", Recipients: []string{"Ban Thường vụ Tỉnh ủy", " "}, Filing: "VP"}))
		if again := o.again(c.ID); again.Wording.Subject != "kết quả quý I" || len(again.Wording.Recipients) != 1 || again.Version != v {
			o.t.Errorf("%+v", again.Wording)
		}

		_, err = consolidation.EditParagraph(o.tx, o.officer, c.ID, v, at("Cấp độ"), "  ")
		o.refused(err, fault.KindInvalid, "Không đưa vào")
		_, err = consolidation.EditParagraph(o.tx, o.officer, c.ID, v, at("Cấp độ"), "TUYỆT MẬT\nnội dung")
		o.refused(err, fault.KindRefused, "TUYỆT MẬT")
		_, err = consolidation.MoveParagraph(o.tx, o.officer, c.ID, v, at("Cấp độ"), "lạ", "lạ", "")
		o.refused(err, fault.KindInvalid, "không có mục “lạ”")
		_, err = consolidation.DropParagraph(o.tx, o.atHealth, c.ID, v, at("Cấp độ"), "")
		o.refused(err, fault.KindMissing, "Chưa có")
		_, err = consolidation.DropParagraph(o.tx, o.clerk, c.ID, v, at("Cấp độ"), "")
		o.refused(err, fault.KindForbidden, "Soạn báo cáo tổng hợp")
	})
}

func TestARefreshBringsWhatIsNewAndTouchesNoEditedWord(t *testing.T) {
	eachQuarterOffice(t, func(o *quarterOffice) {
		o.usual()
		c := o.consolidate()
		v, err := consolidation.EditParagraph(o.tx, o.officer, c.ID, c.Version, paragraphOf(c, "Cấp độ").ID, "Dịch bệnh được kiểm soát.")
		o.ok(err)
		// March of health is sent again: one paragraph gone, one new, the proposal stays; culture reports at last.
		o.accepted("SYT", "2022-03", "kham=710000 bhyt=90.31", section(report.SectionResults, "yt", "Khám sức khỏe học sinh."),
			section(report.SectionProposals, "yt", "Bổ sung biên chế cho trạm y tế."))
		o.accepted("SVHTT", "2022-03", "", section(report.SectionResults, "gd", "Phối hợp giáo dục thể chất."))
		r, err := consolidation.Refresh(o.tx, o.officer, c.ID, v)
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
		if p := paragraphOf(after, "Bổ sung"); p.State != consolidation.ParagraphKept || len(p.Origins) != 2 {
			o.t.Errorf("the same proposal in the new version: %+v", p)
		}
		if got := group(after, report.SectionResults, "gd"); !strings.HasSuffix(got, "| Phối hợp giáo dục thể chất.") {
			o.t.Errorf("the office's order is not kept: %s", got)
		}
		again, err := consolidation.Refresh(o.tx, o.officer, c.ID, r.Version)
		o.ok(err)
		if again != (consolidation.Refreshed{Version: r.Version}) {
			o.t.Errorf("a second refresh changes something: %+v", again)
		}
	})
}

func TestTheSignedReportStaysWhatItWas(t *testing.T) {
	eachQuarterOffice(t, func(o *quarterOffice) {
		o.usual()
		c := o.consolidate()
		signature := paper.Signature{Signer: "Nguyễn Minh Quân", Title: "Trưởng ban"}
		_, err := record.Sign(o.tx, o.leader, c.Paper, signature)
		o.refused(err, fault.KindConflict, "được ký ở trang Tổng hợp")
		_, err = consolidation.Sign(o.tx, o.officer, c.ID, c.Version, signature)
		o.refused(err, fault.KindForbidden, "Ký báo cáo tổng hợp")
		_, err = consolidation.Sign(o.tx, o.leader, c.ID, c.Version+1, signature)
		o.refused(err, fault.KindStale, "Người khác")
		_, err = consolidation.Sign(o.tx, o.leader, c.ID, c.Version, signature)
		o.refused(err, fault.KindConflict, "chưa được trình ký")
		o.ok(consolidation.PutForward(o.tx, o.officer, c.ID, c.Version))
		signed, err := consolidation.Sign(o.tx, o.leader, c.ID, c.Version, signature)
		o.ok(err)
		word, page := o.file(o.again(c.ID), "docx"), o.file(signed, "html")
		_, err = consolidation.EditParagraph(o.tx, o.officer, c.ID, c.Version, paragraphOf(signed, "Cấp độ").ID, "sửa sau khi ký")
		o.refused(err, fault.KindConflict, "đã được ký")
		_, err = consolidation.Sign(o.tx, o.leader, c.ID, c.Version, signature)
		o.refused(err, fault.KindConflict, "đã được ký")

		o.clock.Set(time.Date(2022, 4, 20, 9, 0, 0, 0, db.Vietnam))
		late := o.accepted("SVHTT", "2022-03", "kham=1", section(report.SectionResults, "gd", "Đến sau khi ký."))
		if now := o.again(c.ID); o.file(now, "docx") != word || o.file(now, "html") != page {
			o.t.Error("a later acceptance altered what was signed")
		}
		changes, err := signed.ChangesSince(o.tx, o.officer)
		o.ok(err)
		var sentences []string
		for _, d := range changes.Differs {
			sentences = append(sentences, d.Sentence)
		}
		told := strings.Join(sentences, "\n")
		for _, want := range []string{"Lượt khám, chữa bệnh: khi ký là 1.915.509, nay là 1.915.510.", "Sở Văn hóa và Thể thao, tháng 3 năm 2022: 1 đoạn được nhận sau khi ký",
			"Sở Văn hóa và Thể thao khi ký còn thiếu tháng 3 năm 2022, nay đã có báo cáo được nhận."} {
			if !strings.Contains(told, want) {
				o.t.Errorf("not told: %s\nin\n%s", want, told)
			}
		}
		o.ok(report.Return(o.tx, o.officer, late, report.Returning{Reason: "Thiếu số liệu"}))

		p, err := paper.EnterNumber(o.tx, o.clerk, c.Paper, 12, calendar.On(2022, 4, 5))
		o.ok(err)
		_, err = record.Release(o.tx, o.clerk, p.ID)
		o.ok(err)
		g, err := record.Walk(o.tx, o.officer, "consolidation", c.ID, 1)
		o.ok(err)
		if len(g.Descendants) != 1 || g.Descendants[0].Node.Label != "Báo cáo số 12-BC/BTGTU ngày 05/4/2022" {
			o.t.Errorf("what came of the consolidation: %+v", g.Descendants)
		}
		if page := o.file(o.again(c.ID), "html"); !strings.Contains(page, "Số 12-BC/BTGTU") || !strings.Contains(page, "ngày 05 tháng 4 năm 2022") || strings.Contains(page, "Dự thảo") {
			o.t.Error("number and date do not stand on the report")
		}
		for _, code := range []string{"", "HD05"} {
			d, err := consolidation.Document(o.tx, o.officer, o.again(c.ID), code)
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
		o.ok(consolidation.PutForward(o.tx, o.officer, first.ID, first.Version))
		_, err := consolidation.Sign(o.tx, o.leader, first.ID, first.Version, paper.Signature{Signer: "Nguyễn Minh Quân", Title: "Trưởng ban"})
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
		composed := func() consolidation.Consolidation {
			c, err := consolidation.Compose(o.tx, o.officer, "kg-thang", quarter, report.Accepted)
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
		_, err := consolidation.File(o.tx, o.officer, first, "odt", "", nil, nil)
		o.refused(err, fault.KindInvalid, "docx")
		_, err = consolidation.File(o.tx, o.officer, first, "docx", "HD1", nil, nil)
		o.refused(err, fault.KindInvalid, "HD05")
	})
}
