package directive_test

import (
	"slices"
	"strings"
	"testing"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/citation"
	"giaoban/directive"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/lineage"
)

func TestADatedReferenceIsCertain(t *testing.T) {
	on(t, func(t *testing.T, d *db.DB, p province) {
		made := enter(t, d, p.officer, childrenDirective())
		enter(t, d, p.officer, directive.New{Type: "Chỉ thị", Symbol: "19-CT/TW", Date: calendar.On(2012, 11, 5), Issuer: "Ban Bí thư", Term: "XI"})
		r := one(t, d, p.doctor, "Thực hiện Chỉ thị số 20-CT/TW, ngày 05-11-2012 của Bộ Chính trị về trẻ em")
		if r.Meant() != made.ID || len(r.Candidates) != 1 {
			t.Fatalf("meant %q of %d: %s", r.Meant(), len(r.Candidates), reasons(r))
		}
		for _, want := range []string{"cùng ký hiệu", "cùng ngày 05/11/2012", "cùng cơ quan ban hành"} {
			if !strings.Contains(reasons(r), want) {
				t.Errorf("reasons %q lack %q", reasons(r), want)
			}
		}
	})
}

func TestTheTwo20NQTWAreToldApartByWhatTheTextSays(t *testing.T) {
	on(t, func(t *testing.T, d *db.DB, p province) {
		science := enter(t, d, p.officer, scienceResolution())
		health := enter(t, d, p.officer, healthResolution())
		if r := one(t, d, p.doctor, "Nghị quyết số 20-NQ/TW, ngày 01-11-2012 của Ban Chấp hành Trung ương Đảng (khóa XI)"); r.Meant() != science.ID {
			t.Errorf("dated: %s", reasons(r))
		}
		if r := one(t, d, p.doctor, "Nghị quyết số 20-NQ/TW của Ban Chấp hành Trung ương khóa XII"); r.Meant() != health.ID {
			t.Errorf("by its term: %s", reasons(r))
		}
		r := one(t, d, p.doctor, "Nghị quyết số 20-NQ/TW của Ban Chấp hành Trung ương")
		if r.Meant() != "" || len(r.Candidates) != 2 || !strings.Contains(reasons(r), "chưa rõ ngày trong viện dẫn") {
			t.Errorf("neither date nor term: meant %q: %s", r.Meant(), reasons(r))
		}
		r = one(t, d, p.doctor, "Nghị quyết số 20-NQ/TW, ngày 25/11/2017 của Ban Chấp hành Trung ương")
		if r.Meant() != "" || !strings.Contains(reasons(r), "khác ngày: viện dẫn ghi 25/11/2017, sổ ghi 25/10/2017") {
			t.Errorf("a misprinted date: meant %q: %s", r.Meant(), reasons(r))
		}
	})
}

func TestAnotherIssuerOrProvinceContradicts(t *testing.T) {
	on(t, func(t *testing.T, d *db.DB, p province) {
		enter(t, d, p.officer, directive.New{Type: "Chỉ thị", Symbol: "38-CT/TW", Issuer: "Ban Bí thư", Date: calendar.On(2009, 9, 7)})
		if r := one(t, d, p.doctor, "Chỉ thị số 38-CT/TW của Bộ Chính trị"); r.Meant() != "" || !strings.Contains(reasons(r), "khác cơ quan ban hành") {
			t.Errorf("another issuer: meant %q: %s", r.Meant(), reasons(r))
		}
		ours := enter(t, d, p.officer, provincialPlan())
		if r := one(t, d, p.doctor, "Kế hoạch số 45-KH/TU, ngày 15/01/2013 của Tỉnh ủy"); r.Meant() != ours.ID {
			t.Errorf("unstated is ours: %s", reasons(r))
		}
		if r := one(t, d, p.doctor, "Kế hoạch số 45-KH/TU, ngày 15/01/2013 của Tỉnh ủy Khánh Hòa"); r.Meant() != ours.ID {
			t.Errorf("named: %s", reasons(r))
		}
		if r := one(t, d, p.doctor, "Kế hoạch số 45-KH/TU, ngày 15/01/2013 của Tỉnh ủy Kon Tum"); r.Meant() != "" || !strings.Contains(reasons(r), "khác tỉnh") {
			t.Errorf("the neighbour's: meant %q: %s", r.Meant(), reasons(r))
		}
	})
}

func TestShorthandAndMixedSymbolsFindTheDocument(t *testing.T) {
	on(t, func(t *testing.T, d *db.DB, p province) {
		plan := enter(t, d, p.officer, directive.New{Type: "Quyết định", Symbol: "80-QĐ/TU", Issuer: "Tỉnh ủy", Date: calendar.On(2021, 5, 20)})
		if r := one(t, d, p.doctor, "Quyết định số 80/QĐ-TU ngày 20/5/2021"); r.Meant() != plan.ID {
			t.Errorf("mixed separators: %s", reasons(r))
		}
		enter(t, d, p.officer, directive.New{Type: "Kết luận", Symbol: "72-KL/TW", Issuer: "Bộ Chính trị", Date: calendar.On(2020, 5, 20)})
		r := one(t, d, p.doctor, "Kết luận 72.TW")
		if len(r.Candidates) != 1 || !strings.Contains(reasons(r), "ký hiệu viết tắt") {
			t.Errorf("shorthand: %s", reasons(r))
		}
	})
}

func TestANumberOrANameAloneFindsWithoutBeingCertain(t *testing.T) {
	on(t, func(t *testing.T, d *db.DB, p province) {
		enter(t, d, p.officer, directive.New{Type: "Nghị quyết", Symbol: "68/NQ-CP", Issuer: "Chính phủ", Date: calendar.On(2021, 7, 1)})
		if r := one(t, d, p.doctor, "Thực hiện Nghị quyết 68 của Chính phủ, hỗ trợ người lao động"); len(r.Candidates) != 1 || r.Meant() != "" || !strings.Contains(reasons(r), "cùng loại và số") {
			t.Errorf("by its number: meant %q, %s", r.Meant(), reasons(r))
		}
		enter(t, d, p.officer, directive.New{Type: "Hướng dẫn", Symbol: "51-HD/BTGTU", Issuer: "Ban Tuyên giáo Tỉnh ủy", Date: calendar.On(2021, 7, 2)})
		if r := one(t, d, p.doctor, "thực hiện HD.51.BTGTU"); len(r.Candidates) != 1 || r.Meant() != "" {
			t.Errorf("a portal's shorthand: %s", reasons(r))
		}
		law := enter(t, d, p.officer, directive.New{Type: "Luật", Symbol: "72/2020/QH14", Issuer: "Quốc hội", Date: calendar.On(2020, 11, 17), Subject: "Luật Bảo vệ môi trường"})
		if r := one(t, d, p.doctor, "Tập huấn Luật Bảo vệ môi trường 2020 cho cán bộ"); r.Meant() != law.ID {
			t.Errorf("a law by name and year: %s", reasons(r))
		}
		if r := one(t, d, p.doctor, "Tập huấn Luật Bảo vệ môi trường 2014 cho cán bộ"); r.Meant() != "" || !strings.Contains(reasons(r), "khác năm") {
			t.Errorf("another year's law: meant %q, %s", r.Meant(), reasons(r))
		}
	})
}

func TestOneClickMayDecideEveryPlaceThatStandsOpenNow(t *testing.T) {
	on(t, func(t *testing.T, d *db.DB, p province) {
		children := enter(t, d, p.officer, childrenDirective())
		write(t, d, func(tx *db.Tx) error {
			return directive.MentionAll(tx, p.officer, []directive.Text{{Source: report(p.soYTe, "bc-1", "Một"), Text: "Chỉ thị số 20-CT/TW."}, {Source: report(p.soGDDT, "bc-2", "Hai"), Text: "Chỉ thị số 20-CT/TW."}})
		})
		write(t, d, func(tx *db.Tx) error {
			n, err := directive.DecideAll(tx, p.officer, citation.Find("Chỉ thị số 20-CT/TW")[0], children.ID, "")
			if n != 2 {
				t.Errorf("%d records, want 2", n)
			}
			return err
		})
		mentioned(t, d, p.officer, children.ID, "Hai", "Một")
		write(t, d, func(tx *db.Tx) error {
			return directive.Mention(tx, p.officer, report(p.soYTe, "bc-3", "Ba"), "Chỉ thị số 20-CT/TW.")
		})
		mentioned(t, d, p.officer, children.ID, "Hai", "Một")
	})
}

func TestAChoiceBindsWhereItWasMadeAndIsOfferedElsewhere(t *testing.T) {
	on(t, func(t *testing.T, d *db.DB, p province) {
		enter(t, d, p.officer, scienceResolution())
		health := enter(t, d, p.officer, healthResolution())
		ref := citation.Find("Nghị quyết số 20-NQ/TW")[0]
		here := lineage.Node{Kind: "submission", ID: "bao-cao-1", Label: "Báo cáo quý I của Sở Y tế", Org: p.soYTe, URL: "/ban-bao-cao/1"}
		there := lineage.Node{Kind: "submission", ID: "bao-cao-2", Label: "Báo cáo quý I của Sở GD&ĐT", Org: p.soGDDT, URL: "/ban-bao-cao/2"}
		for _, source := range []lineage.Node{here, there} {
			write(t, d, func(tx *db.Tx) error {
				return directive.Mention(tx, p.doctor, source, "Triển khai Nghị quyết số 20-NQ/TW đạt kết quả.")
			})
		}
		refused(t, d, fault.KindForbidden, "", func(tx *db.Tx) error { return directive.DecideIn(tx, p.doctor, here, ref, health.ID, "") })
		write(t, d, func(tx *db.Tx) error {
			return directive.DecideIn(tx, p.officer, here, ref, health.ID, "Sở Y tế viết về sức khỏe")
		})
		look := func(source lineage.Node) (r directive.Resolution) {
			read(t, d, func(tx *db.Tx) error {
				all, err := directive.ResolveIn(tx, p.doctor, source, []citation.Reference{ref})
				r = all[0]
				return err
			})
			return r
		}
		if r := look(here); r.Decided != health.ID || !strings.Contains(reasons(r), "đã chọn ngày 01/04/2022 bởi Phạm Thu Hà") {
			t.Errorf("where it was made: decided %q, %s", r.Decided, reasons(r))
		}
		r := look(there)
		if r.Meant() != "" || r.Candidates[0].ID != health.ID || !strings.Contains(r.Candidates[0].Reasons[0], "đã chọn") {
			t.Errorf("elsewhere: meant %q, %s", r.Meant(), reasons(r))
		}
		mentioned(t, d, p.officer, health.ID, "Báo cáo quý I của Sở Y tế")
		write(t, d, func(tx *db.Tx) error { return directive.Undecide(tx, p.officer, r.Decision) })
		if r := look(here); r.Decided != "" || r.Meant() != "" {
			t.Errorf("taken back: %q", r.Meant())
		}
		mentioned(t, d, p.officer, health.ID)
	})
}

func TestAChoiceForAFullReferenceBindsEverywhere(t *testing.T) {
	on(t, func(t *testing.T, d *db.DB, p province) {
		right := enter(t, d, p.officer, directive.New{Type: "Quy chế", Symbol: "1056-QC/TU", Issuer: "Ban Thường vụ Tỉnh ủy", Date: calendar.On(2021, 7, 1)})
		text := "Quyết định số 1056-QC/TU ngày 11/7/2021 của Ban Thường vụ Tỉnh ủy"
		if r := one(t, d, p.doctor, text); r.Meant() != "" {
			t.Fatalf("the day is misprinted, yet %s", reasons(r))
		}
		write(t, d, func(tx *db.Tx) error {
			return directive.DecideIn(tx, p.officer, lineage.Node{}, citation.Find(text)[0], right.ID, "Ngày in sai")
		})
		if r := one(t, d, p.teacher, "quán triệt "+text); r.Decided != right.ID || r.Meant() != right.ID {
			t.Errorf("decided %q: %s", r.Decided, reasons(r))
		}
	})
}

func TestWhatNeedNotBeRegisteredLeavesTheWorklist(t *testing.T) {
	on(t, func(t *testing.T, d *db.DB, p province) {
		source := lineage.Node{Kind: "submission", ID: "bao-cao-1", Label: "Báo cáo", Org: p.soYTe}
		write(t, d, func(tx *db.Tx) error {
			return directive.Mention(tx, p.doctor, source, "Công văn số 45-CV/BTGTU và Kế hoạch số 9-KH/BTGTU")
		})
		open := func(want int) {
			t.Helper()
			read(t, d, func(tx *db.Tx) error {
				all, _, err := directive.OpenMentions(tx, p.officer, "")
				if len(all) != want {
					t.Errorf("%d wait, want %d", len(all), want)
				}
				return err
			})
		}
		open(2)
		write(t, d, func(tx *db.Tx) error {
			return directive.SetAside(tx, p.officer, source, citation.Find("Công văn số 45-CV/BTGTU")[0], "")
		})
		open(1)
		read(t, d, func(tx *db.Tx) error {
			if _, _, err := directive.OpenMentions(tx, p.doctor, ""); !fault.Is(err, fault.KindForbidden) {
				t.Errorf("the department sees the worklist: %v", err)
			}
			return nil
		})
	})
}

// mentioned checks where the register says a document is mentioned, and that lineage says the same.
func mentioned(t *testing.T, d *db.DB, by access.Actor, id db.ID, want ...string) {
	t.Helper()
	read(t, d, func(tx *db.Tx) error {
		all, _, err := directive.MentionsOf(tx, by, id, "")
		if err != nil {
			return err
		}
		var got []string
		for _, m := range all {
			got = append(got, m.Label)
		}
		slices.Sort(got) // what was noted in one instant has no order
		if strings.Join(got, "; ") != strings.Join(want, "; ") {
			t.Errorf("mentioned in %q, want %q", got, want)
		}
		g, err := lineage.Walk(tx, access.System("xem"), "directive", id, 1)
		if fault.Is(err, fault.KindMissing) && len(want) == 0 {
			return nil
		}
		edges := 0
		for _, b := range g.Descendants {
			if b.Verb == directive.MentionedVerb {
				edges++
			}
		}
		if edges != len(want) {
			t.Errorf("%d edges of lineage, want %d", edges, len(want))
		}
		return err
	})
}
