package conference_test

import (
	"testing"
	"time"

	"giaoban/calendar"
	"giaoban/conference"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/paper"
	"giaoban/record"
)

// A conference planned for the end of June was once closed, signed, numbered and released on the first of April.
func TestNothingOfAConferenceIsDoneBeforeItsDay(t *testing.T) {
	on(t, func(t *testing.T, o *office) {
		o.concluded(t)
		day := time.Date(2022, 3, 31, 23, 59, 0, 0, db.Vietnam)
		o.clock.Set(day)
		o.refused(t, fault.KindConflict, "Hội nghị họp ngày 01/4/2022, hôm nay (31/3/2022) chưa kết thúc được", func(tx *db.Tx) error {
			return conference.Close(tx, o.officer, o.id)
		})
		for _, state := range []conference.Presence{conference.Present, conference.Absent} {
			o.refused(t, fault.KindConflict, "chưa điểm danh được", func(tx *db.Tx) error {
				return conference.Attend(tx, o.officer, o.id, []conference.Attendance{{Body: o.soYTe, State: state}})
			})
		}
		o.write(t, func(tx *db.Tx) error { // who will not come says so before
			return conference.Attend(tx, o.officer, o.id, []conference.Attendance{{Body: o.soYTe, State: conference.Excused, Reason: "Đi công tác"}})
		})
		p := o.notice(t)
		// A program whose clock was set back signs, numbers and releases nothing of what has not been held then.
		o.clock.Set(day)
		o.refused(t, fault.KindConflict, "chưa ký thông báo kết luận được", func(tx *db.Tx) error {
			_, err := record.Sign(tx, o.leader, p.ID, paper.Signature{})
			return err
		})
		o.clock.Set(day.Add(18 * time.Hour))
		o.write(t, func(tx *db.Tx) error {
			if _, err := record.Sign(tx, o.leader, p.ID, paper.Signature{}); err != nil {
				return err
			}
			_, err := paper.EnterNumber(tx, o.clerk, p.ID, 7, calendar.On(2022, 4, 1))
			return err
		})
		o.clock.Set(day)
		o.refused(t, fault.KindConflict, "chưa phát hành thông báo kết luận được", func(tx *db.Tx) error {
			_, err := record.Release(tx, o.clerk, p.ID)
			return err
		})
	})
}
