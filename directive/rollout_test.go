package directive_test

import (
	"strings"
	"testing"

	"giaoban/calendar"
	"giaoban/directive"
	"giaoban/internal/db"
	"giaoban/internal/fault"
)

func TestADepartmentNotesItsOwnRolloutAndTheCommissionSeesWhoIsMissing(t *testing.T) {
	on(t, func(t *testing.T, d *db.DB, p province) {
		made := enter(t, d, p.officer, healthResolution())
		plan := directive.Rollout{Directive: made.ID, Body: p.soYTe, PlannedOn: calendar.On(2022, 3, 25), Way: "Hội nghị trực tuyến"}
		write(t, d, func(tx *db.Tx) (err error) { plan, err = directive.NoteRollout(tx, p.doctor, plan); return err })
		refused(t, d, fault.KindForbidden, "Ghi việc quán triệt", func(tx *db.Tx) error {
			_, err := directive.NoteRollout(tx, p.doctor, directive.Rollout{Directive: made.ID, Body: p.soGDDT, PlannedOn: calendar.On(2022, 5, 1)})
			return err
		})
		read(t, d, func(tx *db.Tx) error {
			asked, _, err := directive.RolloutOf(tx, p.officer, made.ID)
			if len(asked) != 2 || asked[0].State(calendar.On(2022, 4, 1)) != "overdue" || asked[1].State(calendar.On(2022, 4, 1)) != "none" {
				t.Errorf("matrix %+v", asked)
			}
			return err
		})
		held := plan
		held.HeldOn, held.People = calendar.On(2022, 3, 28), 245
		write(t, d, func(tx *db.Tx) error { _, err := directive.NoteRollout(tx, p.doctor, held); return err })
		refused(t, d, fault.KindStale, "", func(tx *db.Tx) error { _, err := directive.NoteRollout(tx, p.doctor, held); return err })
		refused(t, d, fault.KindInvalid, "Cần ghi số người dự", func(tx *db.Tx) error {
			_, err := directive.NoteRollout(tx, p.teacher, directive.Rollout{Directive: made.ID, Body: p.soGDDT, HeldOn: calendar.On(2022, 3, 1)})
			return err
		})
		read(t, d, func(tx *db.Tx) error {
			asked, _, err := directive.RolloutOf(tx, p.doctor, made.ID)
			if len(asked) != 1 || asked[0].People != 245 || asked[0].State(calendar.On(2022, 4, 1)) != "held" {
				t.Errorf("own line %+v", asked)
			}
			return err
		})
		refused(t, d, fault.KindMissing, "", func(tx *db.Tx) error { return directive.DropRollout(tx, p.teacher, plan.ID, "không của mình") })
		write(t, d, func(tx *db.Tx) error { return directive.DropRollout(tx, p.doctor, plan.ID, "Nhập nhầm") })
	})
}

func TestAdviceIsCountedWhenItWasIssued(t *testing.T) {
	on(t, func(t *testing.T, d *db.DB, p province) {
		children := enter(t, d, p.officer, childrenDirective())
		note := func(a directive.Advice) (made directive.Advice) {
			t.Helper()
			write(t, d, func(tx *db.Tx) (err error) { made, err = directive.NoteAdvice(tx, p.officer, a); return err })
			return made
		}
		first := note(directive.Advice{Form: "Kế hoạch", Subject: "tổng kết 10 năm thực hiện Chỉ thị 20", Source: children.ID, DraftedOn: calendar.On(2021, 12, 20), ForWhom: "Ban Thường vụ Tỉnh ủy"})
		first.SentOn, first.IssuedOn, first.Issued = calendar.On(2022, 1, 10), calendar.On(2022, 2, 14), "12-KH/TU"
		note(first)
		note(directive.Advice{Form: "Công văn", Subject: "đôn đốc", SentOn: calendar.On(2022, 3, 1), IssuedOn: calendar.On(2022, 3, 4), Issued: "90-CV/TU"})
		note(directive.Advice{Form: "Chỉ thị", Subject: "về y tế", SentOn: calendar.On(2022, 3, 10)})
		note(directive.Advice{Form: "Đề án", Subject: "bảo tàng", SentOn: calendar.On(2022, 1, 10), DeclinedOn: calendar.On(2022, 3, 20), Declined: "Chưa bố trí kinh phí"})
		read(t, d, func(tx *db.Tx) error {
			c, err := directive.AdviceCount(tx, p.leader, "", calendar.On(2022, 1, 1), calendar.On(2022, 3, 31))
			want := "Trong quý I năm 2022, đã tham mưu ban hành 02 văn bản: 01 công văn, 01 kế hoạch; trong đó 01 văn bản thực hiện Chỉ thị số 20-CT/TW, ngày 05/11/2012; 01 văn bản đã trình, chờ ban hành; 01 văn bản không được ban hành."
			if got := c.Sentence("Trong quý I năm 2022"); got != want {
				t.Errorf("got  %s\nwant %s", got, want)
			}
			if c, err2 := directive.AdviceCount(tx, p.doctor, "", calendar.On(2022, 1, 1), calendar.On(2022, 3, 31)); c.Issued != 0 {
				t.Errorf("the department counts %d of others, %v", c.Issued, err2)
			}
			return err
		})
		refused(t, d, fault.KindMissing, "", func(tx *db.Tx) error {
			first.Body = ""
			_, err := directive.NoteAdvice(tx, p.doctor, first)
			return err
		})
		err := d.Write(t.Context(), func(tx *db.Tx) error {
			_, err := directive.NoteAdvice(tx, p.officer, directive.Advice{Issued: "1-KH/TU", SentOn: calendar.On(2022, 3, 1), DraftedOn: calendar.On(2022, 3, 2)})
			return err
		})
		for _, want := range []string{"Cần ghi hình thức", "Cần ghi nội dung", "trước ngày soạn", "cần cả số, ký hiệu và ngày"} {
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%v does not say %q", err, want)
			}
		}
	})
}
