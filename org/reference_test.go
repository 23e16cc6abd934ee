package org_test

import (
	"slices"
	"strings"
	"testing"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/fault"
	"giaoban/org"
)

func TestCode24WasBacGiangAndIsBacNinh(t *testing.T) {
	on(t, func(p *province) {
		for on, name := range map[string]string{"2025-06-30": "Bắc Giang", "2025-07-01": "Bắc Ninh", "2012-11-05": "Bắc Giang"} {
			got, err := org.ProvinceAt(p.tx, admin, "24", day(on))
			p.ok(err)
			if got.Name != name {
				t.Errorf("mã 24 ngày %s: %s", on, got.Name)
			}
		}
		if _, err := org.ProvinceAt(p.tx, admin, "27", day("2025-07-01")); !fault.Is(err, fault.KindMissing) {
			t.Errorf("mã 27 sau ngày sắp xếp: %v", err)
		}
		old, err := org.ProvinceAt(p.tx, admin, "27", day("2025-06-30"))
		p.ok(err)
		now, ok, err := org.ProvinceSuccessor(p.tx, admin, old)
		p.ok(err)
		if !ok || now.Code != "24" || now.Name != "Bắc Ninh" || now.Seat != "Bắc Giang" {
			t.Errorf("%+v", now)
		}
		before, err := org.ProvincePredecessors(p.tx, admin, now)
		p.ok(err)
		if len(before) != 2 || before[0].Name != "Bắc Giang" || before[1].Name != "Bắc Ninh" {
			t.Errorf("%+v", before)
		}
	})
}

func TestSixtyThreeProvincesBecameThirtyFour(t *testing.T) {
	on(t, func(p *province) {
		for on, count := range map[string]int{"2020-01-01": 63, "2025-06-30": 63, "2025-07-01": 34, "2026-06-01": 34} {
			all, err := org.Provinces(p.tx, admin, day(on))
			p.ok(err)
			if len(all) != count {
				t.Errorf("%s: %d tỉnh, thành phố", on, len(all))
			}
			codes := make(map[string]bool)
			for _, q := range all {
				if codes[q.Code] {
					t.Errorf("%s: hai tỉnh mang mã %s", on, q.Code)
				}
				codes[q.Code] = true
			}
		}
		// Every province of the eve has exactly one that follows.
		eve, err := org.Provinces(p.tx, admin, day("2025-06-30"))
		p.ok(err)
		merged, unchanged := map[string]int{}, 0
		for _, q := range eve {
			next, ok, err := org.ProvinceSuccessor(p.tx, admin, q)
			p.ok(err)
			if ok {
				merged[next.Code]++
			} else {
				unchanged++
			}
		}
		if len(merged) != 23 || unchanged != 11 {
			t.Errorf("%d tỉnh hợp nhất, %d giữ nguyên", len(merged), unchanged)
		}
	})
}

func TestAProvinceIsFoundByAnyOfItsNames(t *testing.T) {
	on(t, func(p *province) {
		for name, code := range map[string]string{"Khánh Hoà": "56", "tỉnh Khánh Hòa": "56", "TP.HCM": "79", "Đăk Lăk": "66", "Thành phố Huế": "46",
			"Bà Rịa – Vũng Tàu": "77", "Bắc Cạn": "06"} {
			found, err := org.ProvinceNamed(p.tx, admin, name, day("2024-01-01"))
			p.ok(err)
			if len(found) != 1 || found[0].Code != code {
				t.Errorf("%s: %v", name, found)
			}
		}
		for on, code := range map[string]string{"2025-06-30": "27", "2025-07-01": "24"} {
			found, err := org.ProvinceNamed(p.tx, admin, "Bắc Ninh", day(on))
			p.ok(err)
			if len(found) != 1 || found[0].Code != code {
				t.Errorf("Bắc Ninh ngày %s: %v", on, found)
			}
		}
		city, err := org.ProvinceAt(p.tx, admin, "75", day("2026-04-30"))
		p.ok(err)
		eve, err := org.ProvinceAt(p.tx, admin, "75", day("2026-04-29"))
		p.ok(err)
		if city.FullName() != "thành phố Đồng Nai" || eve.FullName() != "tỉnh Đồng Nai" {
			t.Errorf("%s, %s", eve.FullName(), city.FullName())
		}
	})
}

// What has no source counts only after the office has confirmed it: that Huế was Thừa Thiên Huế until the end of 2024.
func TestARowWithoutSourceWaitsForTheOffice(t *testing.T) {
	on(t, func(p *province) {
		name := func(on string) string {
			q, err := org.ProvinceAt(p.tx, admin, "46", day(on))
			p.ok(err)
			return q.FullName()
		}
		waiting := func() int {
			all, err := org.Unconfirmed(p.tx, admin)
			p.ok(err)
			return len(all)
		}
		all, before := name("2024-06-01"), waiting()
		if all != "thành phố Huế" {
			t.Errorf("chưa xác nhận: %s", all)
		}
		const key = "tinh/46/den-2024-12-31"
		p.ok(org.Decide(p.tx, admin, key, org.Decision{Kind: org.Confirmed, Note: "Đã xem nghị quyết"}))
		if name("2024-12-31") != "tỉnh Thừa Thiên Huế" || name("2025-01-01") != "thành phố Huế" || waiting() != before-1 {
			t.Errorf("đã xác nhận: %s, %s, còn %d", name("2024-12-31"), name("2025-01-01"), waiting())
		}
		p.ok(org.Decide(p.tx, admin, key, org.Decision{Kind: org.Withdrawn}))
		if name("2024-06-01") != all || waiting() != before {
			t.Errorf("đã rút lại: %s, còn %d", name("2024-06-01"), waiting())
		}
	})
}

func TestOnlySourcedRowsAreFacts(t *testing.T) {
	on(t, func(p *province) {
		all, err := org.References(p.tx, admin)
		p.ok(err)
		if len(all) != 58 {
			t.Errorf("%d dòng", len(all))
		}
		for _, r := range all {
			if r.Fact() != (r.Confidence == org.Sourced) {
				t.Errorf("%s: %s mà Fact = %v", r.Key, r.Confidence, r.Fact())
			}
			if r.Confidence == org.Sourced && len(r.Sources()) == 0 || slices.Contains(r.Sources(), "") {
				t.Errorf("%s: không có nguồn", r.Key)
			}
			for _, m := range r.Moves {
				for _, code := range m.Functions {
					if meant, err := org.FunctionsMeant(p.tx, admin, code); err != nil || len(meant) != 1 {
						t.Errorf("%s: chức năng %s", r.Key, code)
					}
				}
			}
		}
		groups := make(map[string]bool)
		for _, g := range org.ReferenceGroups {
			groups[g.Code] = true
		}
		waiting, err := org.Unconfirmed(p.tx, admin)
		p.ok(err)
		for _, w := range waiting {
			if w.Title == "" || w.Confidence == org.Sourced || !groups[w.Group] {
				t.Errorf("%+v", w)
			}
			p.ok(org.Decide(p.tx, admin, w.Key, org.Decision{Kind: org.Confirmed}))
		}
		if left, err := org.Unconfirmed(p.tx, admin); err != nil || len(left) > 0 {
			t.Errorf("%v %v", left, err)
		}
	})
}

func TestOnlyTheAdministratorDecides(t *testing.T) {
	on(t, func(p *province) {
		officer := access.Actor{Person: "p", Name: "Tạ Thị Hoài Thương", Role: access.CommissionOfficer, Body: p.body["BTGTU"]}
		if err := org.Decide(p.tx, officer, "so-ldtbxh", org.Decision{Kind: org.Confirmed}); !fault.Is(err, fault.KindForbidden) {
			t.Errorf("%v", err)
		}
		if _, err := org.Announce(p.tx, officer, org.NewChange{}); !fault.Is(err, fault.KindForbidden) {
			t.Errorf("%v", err)
		}
		if err := org.Undo(p.tx, officer, "x", "y"); !fault.Is(err, fault.KindForbidden) {
			t.Errorf("%v", err)
		}
		if err := org.EnterReference(p.tx, officer); !fault.Is(err, fault.KindForbidden) {
			t.Errorf("%v", err)
		}
		if err := org.Decide(p.tx, admin, "khong-co", org.Decision{Kind: org.Confirmed}); !fault.Is(err, fault.KindMissing) {
			t.Errorf("%v", err)
		}
		if err := org.Decide(p.tx, admin, "so-ldtbxh", org.Decision{Kind: org.Corrected}); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("%v", err)
		}
	})
}

// The shipped rows, applied to the office's own bodies, make the same province as the changes typed by hand.
func TestShippedRowsBecomeChangesOfTheOfficesOwnBodies(t *testing.T) {
	on(t, func(p *province) {
		for _, key := range []string{"so-nnmt", "so-ldtbxh"} {
			proposal, err := org.ProposalOf(p.tx, admin, key, calendar.Date{})
			p.ok(err)
			if proposal.Change.Day != march || len(proposal.Lacking) > 0 {
				t.Errorf("%s: %+v", key, proposal)
			}
			p.announce(proposal.Change)
		}
		for function, code := range map[string]string{"tre-em": "SYT", "giao-duc-nghe-nghiep": "SGDDT", "giam-ngheo": "SNNMT", "cai-nghien": "CAT",
			"nguoi-co-cong": "SNV", "moi-truong": "SNNMT"} {
			if who := p.whoAnswers(function, "2025-03-01"); !slices.Equal(who, []string{code}) {
				t.Errorf("%s: %v", function, who)
			}
		}
		_, err := org.ProposalOf(p.tx, admin, "so-tu-phap", calendar.Date{})
		if !fault.Is(err, fault.KindConflict) {
			t.Errorf("giữ nguyên: %v", err)
		}
	})
}

func TestTheCommissionGoesOnUnderItsNewName(t *testing.T) {
	on(t, func(p *province) {
		p.make("BDVTU", org.PartyCommittee, "Ban Dân vận Tỉnh ủy", "Ban Dân vận")
		proposal, err := org.ProposalOf(p.tx, admin, "btgdv-tinh", calendar.Date{})
		p.ok(err)
		if !proposal.Change.Day.IsZero() || len(proposal.Notes) == 0 {
			t.Errorf("ngày của tỉnh phải được hỏi: %+v", proposal)
		}
		if _, err := org.Announce(p.tx, admin, proposal.Change); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("chưa có ngày mà vẫn ghi: %v", err)
		}
		proposal, err = org.ProposalOf(p.tx, admin, "btgdv-tinh", day("2025-03-03"))
		p.ok(err)
		p.announce(proposal.Change)
		commission, err := org.TheCommission(p.tx, day("2025-03-03"))
		p.ok(err)
		if commission.ID != p.body["BTGTU"] || commission.Name != "Ban Tuyên giáo và Dân vận Tỉnh ủy" || commission.Symbol != "BTGDVTU" {
			t.Errorf("%+v", commission)
		}
		before, err := org.TheCommission(p.tx, day("2025-03-02"))
		p.ok(err)
		if before.Name != "Ban Tuyên giáo Tỉnh ủy" || before.Symbol != "BTGTU" {
			t.Errorf("%+v", before)
		}
		after, err := org.At(p.tx, admin, day("2025-03-03"))
		p.ok(err)
		if strings.Contains(codesOf(after), "BDVTU") {
			t.Errorf("%s", codesOf(after))
		}
	})
}

func TestTheDistrictsEndWithoutASingleHeir(t *testing.T) {
	on(t, func(p *province) {
		p.make("BTGNT", org.LowerCommission, "Ban Tuyên giáo Thành ủy Nha Trang", "BTG Nha Trang")
		p.make("BTGDK", org.LowerCommission, "Ban Tuyên giáo Huyện ủy Diên Khánh", "BTG Diên Khánh")
		proposal, err := org.ProposalOf(p.tx, admin, "ban-tuyen-giao-huyen", calendar.Date{})
		p.ok(err)
		if len(proposal.Notes) == 0 {
			t.Error("dòng chưa có nguồn mà không nhắc")
		}
		c := p.announce(proposal.Change)
		if len(c.Ending()) != 2 || c.Parts[0].To != "" {
			t.Errorf("%+v", c)
		}
		after, err := org.At(p.tx, admin, day("2025-07-01"))
		p.ok(err)
		if got := codesOf(after); strings.Contains(got, "BTGNT") || strings.Contains(got, "BTGDK") {
			t.Errorf("%s", got)
		}
	})
}

func TestAuthoritiesStandOutsideTheBlock(t *testing.T) {
	on(t, func(p *province) {
		block, err := org.At(p.tx, admin, march)
		p.ok(err)
		for range 2 { // entering twice enters once
			p.ok(org.EnterReference(p.tx, admin))
		}
		again, err := org.At(p.tx, admin, march)
		p.ok(err)
		if len(again) != len(block) {
			t.Errorf("danh bạ của khối có %d cơ quan, trước là %d", len(again), len(block))
		}
		list := func(on string) string {
			all, err := org.Authorities(p.tx, admin, day(on))
			p.ok(err)
			return " " + codesOf(all) + " "
		}
		if got := list("2025-02-01"); !strings.HasPrefix(got, " BCHTW BCTRI BBT ") || !strings.Contains(got, " BTGTW ") || strings.Contains(got, " BTGDVTW ") || !strings.Contains(got, " BTNMT ") {
			t.Errorf("01/02/2025:%s", got)
		}
		if got := list("2025-03-01"); strings.Contains(got, " BTGTW ") || !strings.Contains(got, " BTGDVTW ") || !strings.Contains(got, " BNNMT ") || strings.Contains(got, " BTNMT ") {
			t.Errorf("01/3/2025:%s", got)
		}
		issuer, err := org.IssuerMatcher(p.tx, admin)
		p.ok(err)
		for spelling, code := range map[string]string{"Bộ Chính trị": "BCTRI", "Ban Bí thư": "BBT", "Thủ tướng Chính phủ": "TTg", "UBND tỉnh": "UBND",
			"Ban Thường vụ Tỉnh uỷ": "BTVTU", "Bộ Giáo dục & Đào tạo": "BGDDT", "Sở Y tế": ""} {
			if got, _ := issuer(spelling, eve); got != code {
				t.Errorf("%s: %q", spelling, got)
			}
		}
		old, err := org.ByCode(p.tx, admin, "BTNMT", march)
		p.ok(err)
		now, ok, err := org.NowOf(p.tx, admin, old, march)
		p.ok(err)
		if !ok || now.Name != "Bộ Nông nghiệp và Môi trường" {
			t.Errorf("%+v", now)
		}
	})
}

// Every shipped row that concerns a body of this province can be applied as proposed, and all of them taken back again
// leave the directory as it was.
func TestEveryShippedRowCanBeAppliedAndTakenBack(t *testing.T) {
	on(t, func(p *province) {
		for code, name := range map[string]string{"STTTT": "Sở Thông tin và Truyền thông", "SKHCN": "Sở Khoa học và Công nghệ", "SKHDT": "Sở Kế hoạch và Đầu tư",
			"STC": "Sở Tài chính", "SVHTT": "Sở Văn hóa và Thể thao", "BDT": "Ban Dân tộc", "BCSUBND": "Ban cán sự đảng Ủy ban nhân dân tỉnh",
			"BDVTU": "Ban Dân vận Tỉnh ủy", "HND": "Hội Nông dân tỉnh"} {
			p.make(code, org.Agency, name, name)
		}
		p.make("BTGNT", org.LowerCommission, "Ban Tuyên giáo Thành ủy Nha Trang", "BTG Nha Trang")
		rows, reading := p.rows(), p.reading()
		all, err := org.References(p.tx, admin)
		p.ok(err)
		var done []org.Change
		for _, r := range all {
			proposal, err := org.ProposalOf(p.tx, admin, r.Key, calendar.Date{})
			if fault.Is(err, fault.KindConflict) {
				continue
			}
			p.ok(err)
			if len(proposal.Change.Parts)+len(proposal.Change.Names) == 0 {
				continue
			}
			if proposal.Change.Day.IsZero() {
				proposal.Change.Day = r.Earliest.AddDays(20)
			}
			c, err := org.Announce(p.tx, admin, proposal.Change)
			if err != nil {
				t.Errorf("%s: %v", r.Key, err)
				continue
			}
			done = append(done, c)
		}
		if len(done) < 9 {
			t.Errorf("chỉ áp dụng được %d dòng", len(done))
		}
		if who := p.whoAnswers("tre-em", "2025-03-01"); !slices.Equal(who, []string{"SYT"}) {
			t.Errorf("trẻ em: %v", who)
		}
		if who := p.whoAnswers("bao-chi", "2025-03-01"); !slices.Equal(who, []string{"SVHTT"}) {
			t.Errorf("báo chí: %v", who)
		}
		for _, c := range slices.Backward(done) {
			p.ok(org.Undo(p.tx, admin, c.ID, "Thử"))
		}
		after := p.rows()
		for key, row := range rows {
			if after[key] != row {
				t.Errorf("%s: %s, trước là %s", key, after[key], row)
			}
		}
		if p.reading() != reading {
			t.Error("đọc lại khác trước")
		}
	})
}
