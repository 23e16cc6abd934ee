package directive_test

import (
	"strings"
	"testing"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/citation"
	"giaoban/directive"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/internal/fault"
	"giaoban/org"
)

// province is the smallest one in which a register is kept: the commission, two departments, and who sits above.
type province struct {
	ban, soYTe, soGDDT, boChinhTri, banBiThu db.ID
	officer, leader, clerk, doctor, teacher  access.Actor
	speaker, administrator                   access.Actor
}

var setup = access.System("dựng tỉnh mẫu")

func settle(tx *db.Tx) (p province, err error) {
	if err := org.Set(tx, setup, org.Province, "tỉnh Khánh Hòa"); err != nil {
		return p, err
	}
	for i, b := range []struct {
		to         *db.ID
		code, name string
		kind       org.Kind
	}{
		{&p.ban, "BTG", "Ban Tuyên giáo Tỉnh ủy", org.Commission}, {&p.soYTe, "SYT", "Sở Y tế", org.Department},
		{&p.soGDDT, "SGDDT", "Sở Giáo dục và Đào tạo", org.Department},
		{&p.boChinhTri, "BCT-TW", "Bộ Chính trị", org.Authority}, {&p.banBiThu, "BBT-TW", "Ban Bí thư", org.Authority},
	} {
		made, err := org.Create(tx, setup, org.New{Code: b.code, Name: b.name, Kind: b.kind, Sort: i, ValidFrom: calendar.On(1990, 1, 1)})
		if err != nil {
			return p, err
		}
		*b.to = made.ID
	}
	actor := func(name string, role access.Role, org db.ID) access.Actor {
		return access.Actor{Person: db.ID(name), Name: name, Role: role, Body: org}
	}
	p.officer = actor("Phạm Thu Hà", access.CommissionOfficer, p.ban)
	p.leader = actor("Lê Minh Đức", access.CommissionLeader, p.ban)
	p.clerk = actor("Võ Thị Sáu Mươi", access.Clerk, p.ban)
	p.doctor = actor("Trần Bích Ngọc", access.AgencyOfficer, p.soYTe)
	p.teacher = actor("Đỗ Hải Yến", access.AgencyOfficer, p.soGDDT)
	p.speaker = actor("Ngô Văn Nói", access.Speaker, p.ban)
	p.administrator = actor("Cao Quản Trị", access.Administrator, p.ban)
	return p, nil
}

// on runs the test on both engines in a small province on 01/4/2022.
func on(t *testing.T, test func(t *testing.T, d *db.DB, p province)) {
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			clock := dbtest.NewClock("2022-04-01")
			d := e.From(t, "", nil, clock.Now)
			var p province
			write(t, d, func(tx *db.Tx) (err error) { p, err = settle(tx); return err })
			test(t, d, p)
		})
	}
}

func write(t testing.TB, d *db.DB, fn func(tx *db.Tx) error) {
	t.Helper()
	if err := d.Write(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}

func read(t testing.TB, d *db.DB, fn func(tx *db.Tx) error) {
	t.Helper()
	if err := d.Read(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}

// refused runs a change that must fail in this way and with this sentence.
func refused(t *testing.T, d *db.DB, kind fault.Kind, sentence string, fn func(tx *db.Tx) error) {
	t.Helper()
	err := d.Write(t.Context(), fn)
	if !fault.Is(err, kind) || !strings.Contains(err.Error(), sentence) {
		t.Errorf("got %v, want a fault of kind %d saying %q", err, kind, sentence)
	}
}

// The documents the field lives by, as the seeds of our province cite them.
func childrenDirective() directive.New {
	return directive.New{Type: "Chỉ thị", Symbol: "20-CT/TW", Date: calendar.On(2012, 11, 5), Issuer: "Bộ Chính trị", Term: "XI",
		Subject: "về việc tăng cường sự lãnh đạo của Đảng đối với công tác chăm sóc, giáo dục và bảo vệ trẻ em trong tình hình mới",
		Sectors: "LD", ArrivedNo: "812", ArrivedOn: calendar.On(2012, 11, 19)}
}

func scienceResolution() directive.New {
	return directive.New{Type: "Nghị quyết", Symbol: "20-NQ/TW", Date: calendar.On(2012, 11, 1), Issuer: "Ban Chấp hành Trung ương Đảng", Term: "XI",
		Subject: "về phát triển khoa học và công nghệ", Sectors: "KH"}
}

func healthResolution() directive.New {
	return directive.New{Type: "Nghị quyết", Symbol: "20-NQ/TW", Date: calendar.On(2017, 10, 25), Issuer: "Ban Chấp hành Trung ương Đảng", Term: "XII",
		Subject: "về tăng cường công tác bảo vệ, chăm sóc và nâng cao sức khỏe nhân dân trong tình hình mới", Sectors: "YT"}
}

func provincialPlan() directive.New {
	return directive.New{Type: "Kế hoạch", Symbol: "45-KH/TU", Date: calendar.On(2013, 1, 15), Issuer: "Tỉnh ủy",
		Subject: "thực hiện Chỉ thị số 20-CT/TW, ngày 05/11/2012 của Bộ Chính trị về chăm sóc, giáo dục và bảo vệ trẻ em"}
}

func enter(t testing.TB, d *db.DB, by access.Actor, n directive.New) (made directive.Directive) {
	t.Helper()
	write(t, d, func(tx *db.Tx) (err error) { made, err = directive.Record(tx, by, n); return err })
	return made
}

func resolve(t testing.TB, d *db.DB, by access.Actor, text string) []directive.Resolution {
	t.Helper()
	var all []directive.Resolution
	read(t, d, func(tx *db.Tx) (err error) {
		all, err = directive.Resolve(tx, by, citation.Find(text))
		return err
	})
	return all
}

// one resolves a text with one reference in it.
func one(t testing.TB, d *db.DB, by access.Actor, text string) directive.Resolution {
	t.Helper()
	all := resolve(t, d, by, text)
	if len(all) != 1 {
		t.Fatalf("%q holds %d references, want one: %+v", text, len(all), all)
	}
	return all[0]
}

func reasons(r directive.Resolution) string {
	var all []string
	for _, c := range r.Candidates {
		all = append(all, c.Symbol+": "+strings.Join(c.Reasons, ", "))
	}
	return strings.Join(all, "\n")
}
