package library_test

import (
	"testing"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/internal/fault"
	"giaoban/internal/files"
	"giaoban/library"
	"giaoban/org"
)

func TestWhoMayReadAFile(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		dbtest.Begin(t, d, func(tx *db.Tx) {
			body := func(code string, kind org.Kind) db.ID {
				b, err := org.Create(tx, access.System("kiểm thử"), org.New{Code: code, Name: code, Kind: kind, ValidFrom: calendar.On(2021, 1, 1)})
				if err != nil {
					t.Fatal(err)
				}
				return b.ID
			}
			btg, syt, sgd := body("BTGTU", org.Commission), body("SYT", org.Department), body("SGD", org.Department)
			officer := access.Actor{Person: "hà", Role: access.CommissionOfficer, Body: btg}
			mai := access.Actor{Person: "mai", Role: access.AgencyOfficer, Body: syt}
			nam := access.Actor{Person: "nam", Role: access.AgencyLeader, Body: sgd}
			stored := files.Stored{SHA256: "ab", Size: 10, Kind: files.PDF}

			f, err := library.Add(tx, mai, syt, stored, `C:\bản ký.pdf`)
			if err != nil || f.Name != "bản ký.pdf" {
				t.Fatal(f, err)
			}
			if _, err := library.Add(tx, mai, sgd, stored, "a.pdf"); !fault.Is(err, fault.KindForbidden) {
				t.Errorf("a file for another body: %v", err)
			}
			reads := func(by access.Actor) bool {
				_, err := library.Find(tx, by, f.ID)
				if err != nil && !fault.Is(err, fault.KindMissing) {
					t.Fatal(err)
				}
				return err == nil
			}
			if !reads(officer) || !reads(mai) || reads(nam) || reads(access.Nobody) ||
				reads(access.Actor{Role: access.Administrator, Body: btg}) || reads(access.Actor{Role: access.Speaker, Body: syt}) {
				t.Error("the wrong eyes")
			}
			if err := library.Attach(tx, nam, f.ID, "task", "t1", sgd, "Minh chứng"); !fault.Is(err, fault.KindMissing) {
				t.Errorf("a file of others was attached: %v", err)
			}
			for range 2 {
				if err := library.Attach(tx, officer, f.ID, "task", "t1", sgd, "Tài liệu"); err != nil {
					t.Fatal(err)
				}
			}
			if !reads(nam) {
				t.Error("attached to a task of the body, and not readable")
			}
			for by, want := range map[access.Actor]int{officer: 1, mai: 1, nam: 1, access.Nobody: 0,
				{Person: "x", Role: access.AgencyLeader, Body: "khác"}: 0} {
				uses, err := library.Attached(tx, by, "task", "t1")
				if err != nil || len(uses) != want || (want > 0 && (uses[0].Label != "Tài liệu" || uses[0].Name != f.Name)) {
					t.Errorf("%s: %+v %v", by.Person, uses, err)
				}
			}
		})
	})
}
