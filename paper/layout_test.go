package paper_test

import (
	"strings"
	"testing"
	"time"

	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/internal/fault"
	"giaoban/official"
	"giaoban/paper"
)

func TestAnOfficesValueHoldsFromItsDayAndEarlierPapersKeepTheirs(t *testing.T) {
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			clock := dbtest.NewClock("2022-04-05")
			d := e.From(t, "", nil, clock.Now)
			write := func(do func(tx *db.Tx)) {
				t.Helper()
				check(t, d.Write(t.Context(), func(tx *db.Tx) error { do(tx); return nil }))
			}
			size := func(tx *db.Tx, o office, id db.ID) float64 {
				doc, err := paper.Document(tx, o.officer, id)
				check(t, err)
				return doc.Profile.Parts[official.PartItem].Size
			}
			const body = "Parts.ThanVan.Size"
			value := func(key, value, from string) paper.LayoutValue {
				day, err := calendar.ParseDate(from)
				check(t, err)
				return paper.LayoutValue{Profile: "HD36", Key: key, Value: value, Source: "Quy chế 01-QC/BTGTU", From: day}
			}
			var o office
			var before db.ID
			write(func(tx *db.Tx) {
				o = open(t, tx)
				before = o.signed(t, tx, paper.ThongBao, "trước ngày áp dụng").ID
				enter := func(v paper.LayoutValue) error { return paper.EnterLayoutValue(tx, o.clerk, v) }
				refused(t, enter(value(body, "15", "2022-04-05")), fault.KindInvalid, "sớm nhất từ ngày 06/4/2022")
				refused(t, enter(value(body, "16", "2022-04-06")), fault.KindInvalid, "trong khoảng 14–15 pt")
				refused(t, enter(value(body, "14", "2022-04-06")), fault.KindInvalid, "giá trị này đã là 14")
				refused(t, enter(value("TextEnd", "!", "2022-04-06")), fault.KindInvalid, "không để ngỏ")
				refused(t, enter(value(body, "15", "2026-05-27")), fault.KindInvalid, "không có hiệu lực vào ngày 27/5/2026")
				unsaid := value(body, "15", "2022-04-06")
				unsaid.Source = " "
				refused(t, enter(unsaid), fault.KindInvalid, "văn bản của cơ quan")
				secret := value(body, "15", "2022-04-06")
				secret.Source = "MẬT: Quy chế 01-QC/BTGTU"
				if err := enter(secret); err == nil {
					t.Error("a source marked as secret was kept")
				}
				refused(t, paper.EnterLayoutValue(tx, o.officer, value(body, "15", "2022-04-06")), fault.KindForbidden, "")
				check(t, enter(value(body, "14,5", "2022-04-06")))
				if got := size(tx, o, before); got != 14 {
					t.Errorf("before the day: %g pt", got)
				}
			})
			clock.Set(time.Date(2022, 4, 5, 10, 0, 0, 0, db.Vietnam))
			write(func(tx *db.Tx) {
				enter := func(v paper.LayoutValue) { check(t, paper.EnterLayoutValue(tx, o.clerk, v)) }
				enter(value(body, "15", "2022-04-06")) // corrected before it held: both stay, the last counts
				enter(value(body, "14", "2022-04-20"))
				enter(value("Symbols.Thông báo", "TBáo", "2022-04-06"))
			})
			clock.Set(time.Date(2022, 4, 10, 9, 0, 0, 0, db.Vietnam))
			write(func(tx *db.Tx) {
				after := o.signed(t, tx, paper.ThongBao, "sau ngày áp dụng")
				if got := size(tx, o, after.ID); got != 15 {
					t.Errorf("after the day: %g pt", got)
				}
				after, err := paper.EnterNumber(tx, o.clerk, after.ID, 8, calendar.On(2022, 4, 10))
				check(t, err)
				if after.Symbol != "08-TBáo/BTGTU" {
					t.Errorf("its symbol: %s", after.Symbol)
				}
				doc, err := paper.Document(tx, o.officer, after.ID)
				check(t, err)
				for _, f := range official.Lint(doc) {
					if f.Rule == "co-chu" {
						t.Errorf("lint: %s", f.Sentence)
					}
				}
				if css := official.CSS(doc.Profile); !strings.Contains(css, "vb-ThanVan{font-size:15pt") {
					t.Error("the sheet on the screen has another size")
				}
				if got := size(tx, o, before); got != 14 {
					t.Errorf("the earlier paper changed to %g pt", got)
				}
				all, err := paper.LayoutValues(tx, "HD36")
				check(t, err)
				var ended int
				for _, v := range all {
					if !v.Ended.IsZero() {
						ended++
					}
				}
				if len(all) != 4 || ended != 2 {
					t.Errorf("%d versions are kept, %d of them ended: %+v", len(all), ended, all)
				}
			})
			clock.Set(time.Date(2022, 4, 20, 9, 0, 0, 0, db.Vietnam))
			write(func(tx *db.Tx) {
				if got := size(tx, o, o.draft(t, tx, paper.ThongBao, "sau phiên bản sau").ID); got != 14 {
					t.Errorf("under the later version: %g pt", got)
				}
			})
		})
	}
}
