package review_test

import (
	"strings"
	"testing"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/directive"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/internal/fault"
	"giaoban/org"
	"giaoban/review"
)

// office is the smallest one in which documents are reviewed: the commission with the section that follows reviews, and
// three departments.
type office struct {
	ban, phongKhoaGiao, soYTe, soGDDT, soLaoDong       db.ID
	officer, leader, clerk, doctor, teacher, caretaker access.Actor
	speaker, administrator                             access.Actor
}

var setup = access.System("dựng tỉnh mẫu")

func settle(tx *db.Tx) (o office, err error) {
	if err := org.Set(tx, setup, org.Province, "tỉnh Khánh Hòa"); err != nil {
		return o, err
	}
	for i, b := range []struct {
		to         *db.ID
		code, name string
		kind       org.Kind
	}{
		{&o.ban, "BTG", "Ban Tuyên giáo Tỉnh ủy", org.Commission}, {&o.soYTe, "SYT", "Sở Y tế", org.Department},
		{&o.soGDDT, "SGDDT", "Sở Giáo dục và Đào tạo", org.Department},
		{&o.phongKhoaGiao, "PKG", "Phòng Khoa giáo", org.OwnUnit},
		{&o.soLaoDong, "SLDTBXH", "Sở Lao động - Thương binh và Xã hội", org.Department},
	} {
		n := org.New{Code: b.code, Name: b.name, Kind: b.kind, Sort: i, ValidFrom: calendar.On(1990, 1, 1)}
		if b.kind == org.OwnUnit {
			n.Parent = o.ban
		}
		made, err := org.Create(tx, setup, n)
		if err != nil {
			return o, err
		}
		*b.to = made.ID
	}
	actor := func(name string, role access.Role, org db.ID) access.Actor {
		return access.Actor{Person: db.ID(name), Name: name, Role: role, Body: org}
	}
	o.officer = actor("Phạm Thu Hà", access.CommissionOfficer, o.ban)
	o.leader = actor("Lê Minh Đức", access.CommissionLeader, o.ban)
	o.clerk = actor("Võ Thị Sáu Mươi", access.Clerk, o.ban)
	o.doctor = actor("Trần Bích Ngọc", access.AgencyOfficer, o.soYTe)
	o.teacher = actor("Đỗ Hải Yến", access.AgencyOfficer, o.soGDDT)
	o.caretaker = actor("Nông Thị Hạ Vi", access.AgencyOfficer, o.soLaoDong)
	o.speaker = actor("Ngô Văn Nói", access.Speaker, o.ban)
	o.administrator = actor("Cao Quản Trị", access.Administrator, o.ban)
	return o, nil
}

// reviewing runs the test on both engines on 01/4/2022, with a clock that can be moved.
func reviewing(t *testing.T, test func(t *testing.T, d *db.DB, clock *dbtest.Clock, o office)) {
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			clock := dbtest.NewClock("2022-04-01")
			d := e.From(t, "", nil, clock.Now)
			var o office
			write(t, d, func(tx *db.Tx) (err error) { o, err = settle(tx); return err })
			test(t, d, clock, o)
			if findings := verified(t, d); len(findings) > 0 {
				t.Errorf("what is kept does not follow from the register and the facts: %v", findings)
			}
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

func verified(t *testing.T, d *db.DB) (findings []review.Finding) {
	t.Helper()
	read(t, d, func(tx *db.Tx) (err error) { findings, err = review.Verify(tx, nil); return err })
	return findings
}

// refused runs a change that must fail in this way and with this sentence.
func refused(t *testing.T, d *db.DB, kind fault.Kind, sentence string, fn func(tx *db.Tx) error) {
	t.Helper()
	err := d.Write(t.Context(), fn)
	if !fault.Is(err, kind) || !strings.Contains(err.Error(), sentence) {
		t.Errorf("got %v, want a fault of kind %d saying %q", err, kind, sentence)
	}
}

func enter(t testing.TB, d *db.DB, by access.Actor, n directive.New) (made directive.Directive) {
	t.Helper()
	write(t, d, func(tx *db.Tx) (err error) {
		if made, err = directive.Record(tx, by, n); err != nil {
			return err
		}
		return review.Follow(tx, by, made)
	})
	return made
}
