package desk_test

import (
	"strings"
	"testing"

	"giaoban/access"
	"giaoban/briefing"
	"giaoban/calendar"
	"giaoban/desk"
	"giaoban/internal/db"
	"giaoban/org"
	"giaoban/paper"
	"giaoban/people/peopletest"
	"giaoban/record"
	"giaoban/report"
)

// none refuses any line with these words.
func none(t *testing.T, items []desk.Item, words string) {
	t.Helper()
	for _, i := range items {
		if strings.Contains(i.Title+" "+i.Why+" "+i.Note, words) {
			t.Errorf("still on the desk: %+v", i)
		}
	}
}

func TestAReportWaitedForNoMoreLeavesEveryDesk(t *testing.T) {
	on(t, func(t *testing.T, o *office) {
		o.write(t, func(tx *db.Tx) error { return report.Waive(tx, o.officer, "o1", "Cơ quan đã sáp nhập") })
		for _, by := range []access.Actor{o.officer, o.leader, o.clerk, o.doctor, o.head} {
			d := o.desk(t, by)
			none(t, d.Items, "chưa gửi")
			none(t, d.Items, "quá hạn báo cáo")
			none(t, d.Waiting, "chưa gửi")
			if by.Body == o.soYTe {
				none(t, d.Items, "Báo cáo khoa giáo quý")
			}
		}
	})
}

func TestAnInvitationStaysUntilDelegateAndSpeechAreIn(t *testing.T) {
	on(t, func(t *testing.T, o *office) {
		var id db.ID
		o.write(t, func(tx *db.Tx) error {
			if err := org.Set(tx, access.System("dựng"), org.Superior, "TỈNH ỦY"); err != nil {
				return err
			}
			if _, err := peopletest.Post(tx, "Lê Minh Đức", o.ban, "Trưởng ban"); err != nil {
				return err
			}
			b, err := briefing.Plan(tx, o.officer, briefing.New{Regime: "kg-quy", Period: calendar.MustPeriod("2022-Q1"), HeldOn: calendar.On(2022, 4, 8),
				HeldAt: "14h", Place: "Hội trường", Seats: []briefing.Seat{{Role: briefing.Chair, Name: "Lê Minh Đức", Title: "Trưởng ban"}},
				Invitees: []briefing.Invitee{{Body: o.soYTe}, {Body: o.soGDDT}}})
			if err != nil {
				return err
			}
			id = b.ID
			p, err := briefing.Invite(tx, o.officer, id, paper.Signature{Signer: "Lê Minh Đức"})
			if err != nil {
				return err
			}
			if _, err := paper.Sign(tx, o.leader, p.ID, paper.Signature{}); err != nil {
				return err
			}
			if _, err := paper.EnterNumber(tx, o.clerk, p.ID, 30, calendar.On(2022, 4, 1)); err != nil {
				return err
			}
			_, err = record.Release(tx, o.clerk, p.ID)
			return err
		})
		line(t, o.desk(t, o.doctor).Items, "Được mời dự", "Cử người dự, đăng ký tham luận.")
		o.write(t, func(tx *db.Tx) error {
			return briefing.NameDelegate(tx, o.doctor, id, o.soYTe, briefing.Delegate{Name: "Nguyễn Văn Khoa", Title: "Giám đốc"})
		})
		line(t, o.desk(t, o.doctor).Items, "Được mời dự", "Đã cử người dự; chưa đăng ký tham luận.")
		o.write(t, func(tx *db.Tx) error {
			_, err := briefing.Contribute(tx, o.doctor, id, o.soYTe, "Tiêm chủng", "", 0)
			return err
		})
		none(t, o.desk(t, o.doctor).Items, "Được mời dự")
		none(t, o.desk(t, o.head).Items, "Được mời dự")
		line(t, o.desk(t, o.teacher).Items, "Được mời dự", "Cử người dự, đăng ký tham luận.")
	})
}
