package report_test

import (
	"strings"
	"testing"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/report"
)

func TestAReportWaitedForNoMoreStaysMissingButNobodyIsPressed(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.open(t, "2022-Q1")
		o.clock.Set(at("2022-10-18", "08:00:00.000000"))
		before := o.figures(t, "2022-Q1", report.Accepted)
		ob := o.obligation(t, "2022-Q1", 1)
		o.write(t, func(tx *db.Tx) error { return report.Waive(tx, o.officer, ob.ID, "  Cơ quan đã giải thể  ") })
		if got := o.obligation(t, "2022-Q1", 1); got.State() != report.StateMissing || !got.Waived() || got.Owed {
			t.Errorf("%+v", got)
		}
		if after := o.figures(t, "2022-Q1", report.Accepted); len(after.Missing) != len(before.Missing) {
			t.Errorf("tổng hợp bớt cơ quan thiếu: %v", after.Missing)
		}
		o.read(t, func(tx *db.Tx) error {
			a, err := report.Missing(tx, o.officer, "kg-quy", calendar.MustPeriod("2022-Q1"))
			if err != nil || len(a.Items) != 2 || len(a.Waived) != 1 || a.Waived[0].Name != "Sở SGDDT" ||
				a.Waived[0].Waiver.Reason != "Cơ quan đã giải thể" || a.Waived[0].Waiver.ByName != "Chuyên viên" {
				t.Errorf("%+v, %v", a, err)
			}
			if strings.Contains(a.Text, "SGDDT") || !strings.Contains(a.Text, "còn 2 cơ quan") {
				t.Error(a.Text)
			}
			items, err := report.Completeness(tx, o.officer, "kg-quy", 4)
			if err != nil || len(items) != 3 || items[1].State != report.StateMissing || !items[1].Waived || items[0].Waived {
				t.Errorf("%+v, %v", items, err)
			}
			if due, err := report.Due(tx, o.focal(1), o.bodies[1].ID); err != nil || len(due) != 0 {
				t.Errorf("cơ quan vẫn bị nhắc: %+v, %v", due, err)
			}
			regime, err := report.FindRegime(tx, o.officer, "kg-quy")
			if err != nil {
				return err
			}
			for i, n := range []int{0, 1} { // another body learns nothing of it
				if seen, err := report.Waivers(tx, o.focal(i), regime.ID); err != nil || len(seen) != n {
					t.Errorf("cơ quan %d thấy %v, %v", i, seen, err)
				}
			}
			return nil
		})
		// A report may still come; what counts then is the report.
		r := o.submit(t, "2022-Q1", 1, words(""))
		if !r.Late {
			t.Error("bản gửi sau 7 tháng phải mang dấu muộn")
		}
		o.accept(t, r.ID)
		o.read(t, func(tx *db.Tx) error {
			if _, ok, err := report.WaiverOf(tx, o.officer, ob.ID); ok || err != nil {
				t.Errorf("đã gửi mà vẫn ghi là không chờ: %v", err)
			}
			a, err := report.Missing(tx, o.officer, "kg-quy", calendar.MustPeriod("2022-Q1"))
			if len(a.Waived) != 0 {
				t.Errorf("%+v", a.Waived)
			}
			return err
		})
		o.verified(t)
	})
}

func TestWaitingIsNotStoppedWithoutReasonOrForWhatHasCome(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.open(t, "2022-Q1")
		waive := func(by access.Actor, i int, reason string) func(tx *db.Tx) error {
			ob := o.obligation(t, "2022-Q1", i)
			return func(tx *db.Tx) error { return report.Waive(tx, by, ob.ID, reason) }
		}
		o.refused(t, fault.KindInvalid, waive(o.officer, 0, "  "))
		o.refused(t, fault.KindForbidden, waive(o.leader(0), 0, "Bận"))
		o.refused(t, fault.KindMissing, waive(o.leader(1), 0, "Bận"))
		if err := o.d.Write(t.Context(), waive(o.officer, 0, "Độ mật: TỐI MẬT")); err == nil {
			t.Error("lý do mang dấu mật được giữ lại")
		}
		// What was handed in is looked at first; sent back, it may be given up; once accepted, never.
		r := o.submit(t, "2022-Q1", 0, words(""))
		o.refused(t, fault.KindConflict, waive(o.officer, 0, "Không cần"))
		o.write(t, func(tx *db.Tx) error {
			return report.Return(tx, o.officer, r.ID, report.Returning{Reason: "Thiếu số"})
		})
		o.write(t, waive(o.chief, 0, "Không bổ sung được"))
		o.refused(t, fault.KindConflict, waive(o.officer, 0, "Lần nữa"))
		o.refused(t, fault.KindConflict, func(tx *db.Tx) error {
			return report.Remind(tx, o.clerk, o.obligation(t, "2022-Q1", 0).ID, "phone", "")
		})
		if s := o.obligation(t, "2022-Q1", 0).State(); s != report.StateReturned {
			t.Errorf("trạng thái %s", s)
		}
		o.accept(t, o.submit(t, "2022-Q1", 1, words("")).ID)
		o.refused(t, fault.KindConflict, waive(o.officer, 1, "Không cần"))
	})
}

func TestMoreTimeMakesTheCommissionWaitAgain(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.open(t, "2022-Q1")
		ob := o.obligation(t, "2022-Q1", 2)
		o.write(t, func(tx *db.Tx) error { return report.Waive(tx, o.officer, ob.ID, "Cơ quan đã giải thể") })
		o.write(t, func(tx *db.Tx) error {
			return report.GrantExtension(tx, o.chief, ob.ID, calendar.On(2022, 4, 20), "Cơ quan mới nhận bàn giao")
		})
		if got := o.obligation(t, "2022-Q1", 2); !got.Owed || got.Waived() {
			t.Errorf("%+v", got)
		}
		// A request nobody answered is answered before waiting stops.
		o.write(t, func(tx *db.Tx) error {
			_, err := report.AskExtension(tx, o.focal(2), ob.ID, calendar.On(2022, 4, 25), "Chờ số liệu")
			return err
		})
		o.refused(t, fault.KindConflict, func(tx *db.Tx) error { return report.Waive(tx, o.officer, ob.ID, "Thôi") })
	})
}
