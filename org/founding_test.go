package org_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/internal/fault"
	"giaoban/org"
)

// newOffice is a new office, on a day of 2026.
func newOffice(t *testing.T, e dbtest.Engine, f org.Founding) *db.DB {
	t.Helper()
	d := e.From(t, "", nil, func() time.Time { return time.Date(2026, 11, 30, 9, 0, 0, 0, time.UTC) })
	write(t, d, func(tx *db.Tx) error {
		_, err := org.Found(tx, admin, f)
		return err
	})
	return d
}

func write(t *testing.T, d *db.DB, do func(tx *db.Tx) error) {
	t.Helper()
	if err := d.WriteLong(t.Context(), do); err != nil {
		t.Fatal(err)
	}
}

// What is offered of bodies says nothing of its own: name and symbol stand in the row of the reorganisation it names,
// unless it is the province's counterpart of a body at the centre.
func TestOfferedBodiesAreThoseOfTheReorganisation(t *testing.T) {
	if wrong := org.StrangeOffices(org.ShippedOffices()); len(wrong) > 0 {
		t.Errorf("không có trong dữ liệu sắp xếp: %s", strings.Join(wrong, "; "))
	}
	planted := append(org.ShippedOffices(), org.Office{Row: "so-y-te", Name: "Sở Y tế và Thể thao", Symbol: "SYTTT"})
	if wrong := org.StrangeOffices(planted); len(wrong) != 1 {
		t.Errorf("cơ quan lạ cài vào không bị nhận ra: %v", wrong)
	}
}

func TestANewOfficeIsOfferedItsBodiesOfToday(t *testing.T) {
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			d := newOffice(t, e, org.Founding{Province: "Khánh Hòa"})
			write(t, d, func(tx *db.Tx) error {
				offers, err := org.Offers(tx, admin)
				if err != nil {
					return err
				}
				usual := 0
				for _, o := range offers {
					if o.There || o.Name == "" || o.ValidFrom.IsZero() {
						t.Errorf("%+v", o)
					}
					// The province of today began on 01/7/2025; nothing of it is older.
					if o.ValidFrom.Before(calendar.On(2025, 7, 1)) {
						t.Errorf("%s được đề xuất từ %s, trước khi có tỉnh", o.Name, o.ValidFrom.Vietnamese())
					}
					if o.Usual {
						usual++
					}
					if o.Usual && len(o.Sectors) != 1 {
						t.Errorf("%s: lĩnh vực %v", o.Name, o.Sectors)
					}
					if len(o.Functions) == 0 && (len(o.Sectors) > 0 || o.Usual) {
						t.Errorf("%s không giữ chức năng nào mà bị hỏi lĩnh vực", o.Name)
					}
				}
				if usual != 7 {
					t.Errorf("%d cơ quan được đánh dấu sẵn", usual)
				}
				if n, err := org.TakeOffers(tx, admin, []string{"SYT", "SNNMT", "STC"}); err != nil || n != 3 {
					t.Errorf("%d, %v", n, err)
				}
				if n, err := org.TakeOffers(tx, admin, []string{"SYT"}); err != nil || n != 0 {
					t.Errorf("lần hai: %d, %v", n, err)
				}
				if _, err := org.TakeOffers(tx, admin, []string{"SNN"}); !fault.Is(err, fault.KindInvalid) {
					t.Errorf("cơ quan không được đề xuất: %v", err)
				}
				offers, err = org.Offers(tx, admin)
				if at := slices.IndexFunc(offers, func(o org.Offered) bool { return o.Code == "STC" }); !offers[at].There {
					t.Error("Sở Tài chính đã có mà vẫn được đề xuất")
				}
				return err
			})
		})
	}
}

// The place of papers is asked once: it stands on the papers of all offices of the province, and another place holds from
// its day on.
func TestPlaceComesFromTheSetting(t *testing.T) {
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			d := newOffice(t, e, org.Founding{Name: "Ban Tuyên giáo và Dân vận Tỉnh ủy"})
			write(t, d, func(tx *db.Tx) error {
				today := calendar.OfInstant(tx.Clock())
				commission, err := org.TheCommission(tx, today)
				if err != nil {
					return err
				}
				syt, err := org.Create(tx, admin, org.New{Code: "SYT", Name: "Sở Y tế", Kind: org.Department, ValidFrom: today})
				if err != nil {
					return err
				}
				xa, err := org.Create(tx, admin, org.New{Code: "DUTT", Name: "Ban Xây dựng Đảng xã Trung Thành", Kind: org.LowerCommission, ValidFrom: today})
				if err != nil {
					return err
				}
				if err := org.SetPlace(tx, admin, commission, "Khánh Hòa", calendar.Date{}); err != nil {
					return err
				}
				for body, want := range map[*org.Body]string{&commission: "Khánh Hòa", &syt: "Khánh Hòa", &xa: ""} {
					b, err := org.Find(tx, admin, body.ID, today)
					if err != nil {
						return err
					}
					if got, err := org.PlaceOf(tx, b, today); err != nil || got != want {
						t.Errorf("%s ghi địa danh “%s”, %v; cần “%s”", b.Name, got, err, want)
					}
				}
				if commission, err = org.TheCommission(tx, today); err != nil {
					return err
				}
				if err := org.SetPlace(tx, admin, commission, "Nha Trang", calendar.Date{}); !fault.Is(err, fault.KindInvalid) {
					t.Errorf("đổi địa danh mà không ghi ngày: %v", err)
				}
				if err := org.SetPlace(tx, admin, commission, "Nha Trang", today); err != nil {
					return err
				}
				for day, want := range map[calendar.Date]string{today.AddDays(-1): "Khánh Hòa", today: "Nha Trang"} {
					b, err := org.TheCommission(tx, day)
					if err != nil || b.Place != want {
						t.Errorf("ngày %s: “%s”, %v", day.Vietnamese(), b.Place, err)
					}
				}
				return nil
			})
		})
	}
}

func TestTheNameOfTodayHasItsFirstDay(t *testing.T) {
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			d := newOffice(t, e, org.Founding{Province: "Khánh Hòa"})
			write(t, d, func(tx *db.Tx) error {
				commission, err := org.TheCommission(tx, calendar.OfInstant(tx.Clock()))
				if err != nil {
					return err
				}
				merged := calendar.On(2025, 2, 20)
				former := org.NewName{Name: "Ban Tuyên giáo Tỉnh ủy", Symbol: "BTGTU"}
				if err := org.CalledBefore(tx, admin, commission.ID, former, calendar.On(1999, 1, 1), ""); !fault.Is(err, fault.KindInvalid) {
					t.Errorf("ngày trước khi có cơ quan: %v", err)
				}
				if err := org.CalledBefore(tx, admin, commission.ID, former, merged, "1204-QĐ/TU"); err != nil {
					return err
				}
				for day, want := range map[calendar.Date]string{merged.AddDays(-1): "BTGTU", merged: "BTGDVTU"} {
					b, err := org.TheCommission(tx, day)
					if err != nil || b.Symbol != want || b.Place != "Khánh Hòa" {
						t.Errorf("ngày %s: %+v, %v", day.Vietnamese(), b, err)
					}
				}
				return nil
			})
		})
	}
}

func TestHoursAreReadInOneWay(t *testing.T) {
	for typed, want := range map[string]string{
		"7h30 - 11h30; 13:30-17:00": "07:30–11:30, 13:30–17:00", "07:00–11:30": "07:00–11:30", "7-17": "07:00–17:00",
		"": "", "sáng": "", "13:30-17:00, 7:30-11:30": "", "17:00-7:00": "", "7:75-11:00": "", "8:00-25:00": "",
	} {
		if got, err := org.ReadHours(typed); got != want || (err != nil) != (want == "") {
			t.Errorf("%q: %q, %v", typed, got, err)
		}
	}
}
