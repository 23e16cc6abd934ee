package org_test

import (
	"fmt"
	"testing"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/internal/fault"
	"giaoban/org"
)

func TestABodyIsFoundUnderEverySpelling(t *testing.T) {
	on(t, func(p *province) {
		match, err := org.Matcher(p.tx, admin)
		p.ok(err)
		for spelling, code := range map[string]string{
			"Sở LĐ-TB&XH": "SLDTBXH", "Sở LĐTB&XH": "SLDTBXH", "Sở LĐTBXH": "SLDTBXH", "SLĐTBXH": "SLDTBXH", "LĐTBXH": "SLDTBXH",
			"Sở Lao động, Thương binh và Xã hội": "SLDTBXH", "Lao động thương binh và xã hội": "SLDTBXH",
			"SỞ LAO ĐỘNG - THƯƠNG BINH & XÃ HỘI": "SLDTBXH", "Sở Lao động – Thương binh và Xã hội": "SLDTBXH",
			"Sở TN&MT": "STNMT", "Sở TN và MT": "STNMT", "Sở Tài nguyên & Môi trường": "STNMT", "Tài nguyên và Môi trường": "STNMT",
			"Sở Tài nguyên – Môi trường": "", "sở y tế": "SYT", "Y tế": "SYT", "Sở GD-ĐT": "SGDDT", "Sở Giáo dục và Ðào tạo": "SGDDT",
			"Ban Tuyên giáo Tỉnh uỷ": "BTGTU", "Ban Tuyên giáo Tỉnh ủy": "BTGTU", "Sở": "", "": "", "Sở Ngoại vụ": "",
		} {
			if got, ok := match(spelling, eve); got != code || ok != (code != "") {
				t.Errorf("%q: %q, phải là %q", spelling, got, code)
			}
		}
	})
}

func TestASpellingMeansWhoeverBearsItOnTheDay(t *testing.T) {
	on(t, func(p *province) {
		p.agriculture()
		p.labour()
		p.ok(org.Rename(p.tx, admin, p.body["SYT"], "Sở Y tế và Xã hội", "Sở Y tế - Xã hội", "SYTXH", day("2026-01-01"), "QĐ 9"))
		p.ok(org.AddDatedAlias(p.tx, admin, p.body["STNMT"], "Sở Môi trường", "", calendar.Date{}, eve))
		p.ok(org.AddDatedAlias(p.tx, admin, p.body["SNNMT"], "Sở Môi trường", "", march, calendar.Date{}))
		match, err := org.Matcher(p.tx, admin)
		p.ok(err)
		for _, c := range []struct{ spelling, on, code string }{
			{"Sở Môi trường", "2025-02-28", "STNMT"}, {"Sở Môi trường", "2025-03-01", "SNNMT"}, {"Sở Môi trường", "", ""},
			{"Sở LĐ-TB&XH", "2025-02-28", "SLDTBXH"}, {"Sở LĐ-TB&XH", "2025-03-01", ""}, {"Sở LĐ-TB&XH", "", "SLDTBXH"},
			{"Sở NN&MT", "2025-02-28", ""}, {"Sở NN&MT", "2025-03-01", "SNNMT"},
			{"Sở Y tế và Xã hội", "2025-12-31", ""}, {"Sở Y tế và Xã hội", "2026-01-01", "SYT"},
			{"Sở Y tế", "2025-12-31", "SYT"}, {"Sở Y tế", "2026-06-01", "SYT"}, // still said, and nobody else bears it
		} {
			var on calendar.Date
			if c.on != "" {
				on = day(c.on)
			}
			if got, _ := match(c.spelling, on); got != c.code {
				t.Errorf("%s ngày %s: %q, phải là %q", c.spelling, c.on, got, c.code)
			}
		}
		// A new body may bear the old name of another; then the old name is its own.
		p.announce(org.NewChange{Kind: org.Created, Day: day("2026-03-01"), Basis: "QĐ 10",
			Creates: []org.New{{Code: "SYTM", Kind: org.Department, Name: "Sở Y tế", Sort: 9}}})
		match, err = org.Matcher(p.tx, admin)
		p.ok(err)
		for on, code := range map[string]string{"2025-12-31": "SYT", "2026-02-01": "SYT", "2026-03-01": "SYTM"} {
			if got, _ := match("Sở Y tế", day(on)); got != code {
				t.Errorf("Sở Y tế ngày %s: %q, phải là %q", on, got, code)
			}
		}
	})
}

func TestASpellingOfTwoBodiesIsNobodys(t *testing.T) {
	on(t, func(p *province) {
		p.ok(org.AddDatedAlias(p.tx, admin, p.body["SYT"], "Ngành ta", "", calendar.Date{}, calendar.Date{}))
		p.ok(org.AddDatedAlias(p.tx, admin, p.body["SGDDT"], "ngành  TA", "", calendar.Date{}, calendar.Date{}))
		match, err := org.Matcher(p.tx, admin)
		p.ok(err)
		if code, ok := match("Ngành ta", eve); ok {
			t.Error(code)
		}
		found, err := org.Matching(p.tx, admin, "Ngành ta", eve)
		p.ok(err)
		if len(found) != 2 {
			t.Errorf("%v", found)
		}
	})
}

func TestSpellingsOfOldFilesAreLearntOnce(t *testing.T) {
	on(t, func(p *province) {
		clerk := access.Actor{Person: "p", Name: "Ngô Thị Lệ Giang", Role: access.Clerk, Body: p.body["BTGTU"]}
		agency := access.Actor{Person: "q", Name: "Mạc Thị Ánh Tuyết", Role: access.AgencyOfficer, Body: p.body["SYT"]}
		for range 2 {
			p.ok(org.LearnAlias(p.tx, clerk, p.body["SGDDT"], "Ngành Giáo dục tỉnh nhà", "Thông báo 12-TB/BTGTU"))
		}
		spellings, err := org.Spellings(p.tx, clerk, p.body["SGDDT"])
		p.ok(err)
		if len(spellings) != 1 || spellings[0].Basis != "Thông báo 12-TB/BTGTU" {
			t.Errorf("%+v", spellings)
		}
		if err := org.LearnAlias(p.tx, agency, p.body["SYT"], "Sở ta", ""); !fault.Is(err, fault.KindForbidden) {
			t.Errorf("%v", err)
		}
		if err := org.LearnAlias(p.tx, clerk, p.body["SYT"], " - ", ""); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("%v", err)
		}
	})
}

func TestFunctionsAreAskedForInPlainWords(t *testing.T) {
	on(t, func(p *province) {
		for asked, code := range map[string]string{"trẻ em": "SLDTBXH", "TRE EM": "SLDTBXH", "tre-em": "SLDTBXH", "Dạy nghề": "SLDTBXH",
			"Ai phụ trách trẻ em?": "SLDTBXH", "khám, chữa bệnh": "SYT", "bệnh viện": "SYT", "trường học": "SGDDT", "liệt sỹ": "SLDTBXH"} {
			if who := p.whoAnswers(asked, "2025-02-28"); len(who) != 1 || who[0] != code {
				t.Errorf("%s: %v", asked, who)
			}
		}
		for _, nothing := range []string{"", "?", "xyz", "thể thao"} {
			if who := p.whoAnswers(nothing, "2025-02-28"); len(who) != 0 {
				t.Errorf("%q: %v", nothing, who)
			}
		}
		for text, want := range map[string]string{"Trợ giúp trẻ em mồ côi": "tre-em", "Công tác giáo dục nghề nghiệp": "giao-duc-nghe-nghiep",
			"Tuyển sinh của trường học": "giao-duc", "Báo cáo quý I": ""} {
			got := ""
			if all := org.FunctionsIn(text); len(all) > 0 {
				got = all[0].Code
			}
			if got != want {
				t.Errorf("%s: %q, phải là %q", text, got, want)
			}
		}
	})
}

func BenchmarkMatcher(b *testing.B) {
	for _, e := range dbtest.Engines(b)[:1] {
		d := e.Open(b)
		if err := d.WriteLong(b.Context(), func(tx *db.Tx) error {
			for i := range 2000 {
				name := fmt.Sprintf("Đảng ủy xã Thứ %d", i)
				if _, err := org.Create(tx, admin, org.New{Code: fmt.Sprintf("X%d", i), Kind: org.LowerCommission, Name: name, ValidFrom: founded}); err != nil {
					return err
				}
			}
			match, err := org.Matcher(tx, admin)
			if err != nil {
				return err
			}
			b.ResetTimer()
			for i := range b.N {
				if _, ok := match(fmt.Sprintf("đảng uỷ xã thứ %d", i%2000), eve); !ok {
					b.Error("không khớp")
				}
			}
			return nil
		}); err != nil {
			b.Fatal(err)
		}
	}
}

// FuzzMatcher: any bytes are a spelling; none may panic, and none may mean a body by accident of blanks.
func FuzzMatcher(f *testing.F) {
	for _, seed := range []string{"Sở LĐ-TB&XH", "", " ", "&", "-–—", "Ðảng", "So\u0309 Y te", "\xff\xfe"} {
		f.Add(seed)
	}
	d := dbtest.Engines(f)[0].Open(f)
	var match func(string, calendar.Date) (string, bool)
	if err := d.WriteLong(f.Context(), func(tx *db.Tx) error {
		if _, err := org.Create(tx, admin, org.New{Code: "SYT", Kind: org.Department, Name: "Sở Y tế", ValidFrom: founded}); err != nil {
			return err
		}
		var err error
		match, err = org.Matcher(tx, admin)
		return err
	}); err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, spelling string) {
		if code, ok := match(spelling, eve); ok && code != "SYT" {
			t.Errorf("%q: %q", spelling, code)
		}
	})
}
