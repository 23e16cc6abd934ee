package desk_test

import (
	"strings"
	"testing"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/conference"
	"giaoban/desk"
	"giaoban/internal/db"
	"giaoban/official"
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

// A paper is on the desk of who writes it until it is put forward, then on the signer's; sent back it is on the first again.
func TestADraftIsOnTheDeskOfWhoHasToActOnIt(t *testing.T) {
	on(t, func(t *testing.T, o *office) {
		var p paper.Paper
		step := func(do func(tx *db.Tx) (paper.Paper, error)) {
			t.Helper()
			o.write(t, func(tx *db.Tx) (err error) { p, err = do(tx); return err })
		}
		step(func(tx *db.Tx) (paper.Paper, error) {
			return paper.Draft(tx, o.officer, paper.New{Body: o.ban, Kind: paper.ThongBao, Content: official.Document{Subject: "lịch làm việc",
				Body: []official.Block{official.Say("Ban làm việc với các sở vào thứ sáu.")}}})
		})
		line(t, o.desk(t, o.officer).Items, "lịch làm việc", "đang soạn, chưa trình ký")
		none(t, o.desk(t, o.leader).Items, "lịch làm việc")
		step(func(tx *db.Tx) (paper.Paper, error) { return paper.PutForward(tx, o.officer, p.ID, p.Version) })
		none(t, o.desk(t, o.officer).Items, "lịch làm việc")
		line(t, o.desk(t, o.officer).Waiting, "lịch làm việc", "chờ ký hoặc trả lại")
		line(t, o.desk(t, o.leader).Items, "lịch làm việc", "trình, chờ ký")
		step(func(tx *db.Tx) (paper.Paper, error) { return paper.SendBack(tx, o.leader, p.ID, "Thêm phòng họp") })
		line(t, o.desk(t, o.officer).Items, "lịch làm việc", "trả lại", "Thêm phòng họp")
		none(t, o.desk(t, o.leader).Items, "lịch làm việc")
	})
}

// invites plans the conference on the quarter, held on 08/4/2022, and sends its invitation.
func (o *office) invites(t *testing.T) (id db.ID) {
	t.Helper()
	o.write(t, func(tx *db.Tx) error {
		if err := org.Set(tx, access.System("dựng"), org.Superior, "TỈNH ỦY"); err != nil {
			return err
		}
		if _, err := peopletest.Post(tx, "Lê Minh Đức", o.ban, "Trưởng ban"); err != nil {
			return err
		}
		b, err := conference.Plan(tx, o.officer, conference.New{Regime: "kg-quy", Period: calendar.MustPeriod("2022-Q1"), HeldOn: calendar.On(2022, 4, 8),
			HeldAt: "14h", Place: "Hội trường", Seats: []conference.Seat{{Role: conference.Chair, Name: "Lê Minh Đức", Title: "Trưởng ban"}},
			Invitees: []conference.Invitee{{Body: o.soYTe}, {Body: o.soGDDT}}})
		if err != nil {
			return err
		}
		id = b.ID
		p, err := conference.Invite(tx, o.officer, id, paper.Signature{Signer: "Lê Minh Đức"})
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
	return id
}

// Called off while it was put off, a conference has no day; those invited are still to be told.
func TestAConferenceCalledOffWithoutADayAsksForItsLetter(t *testing.T) {
	on(t, func(t *testing.T, o *office) {
		id := o.invites(t)
		o.write(t, func(tx *db.Tx) error {
			_, err := conference.Postpone(tx, o.officer, id, "Chủ trì đi công tác")
			return err
		})
		line(t, o.desk(t, o.officer).Items, "Đang hoãn; nơi được mời chưa có công văn báo.", "Soạn công văn")
		o.write(t, func(tx *db.Tx) error {
			_, err := conference.CallOff(tx, o.officer, id, "Phòng, chống bão")
			return err
		})
		line(t, o.desk(t, o.officer).Items, "Đã hủy; nơi được mời chưa có công văn báo.", "Soạn công văn")
		o.write(t, func(tx *db.Tx) error {
			_, err := conference.TellChange(tx, o.officer, id, paper.Signature{Signer: "Lê Minh Đức"})
			return err
		})
		none(t, o.desk(t, o.officer).Items, "nơi được mời chưa có công văn báo")
	})
}

func TestAnInvitationStaysUntilDelegateAndSpeechAreIn(t *testing.T) {
	on(t, func(t *testing.T, o *office) {
		id := o.invites(t)
		line(t, o.desk(t, o.doctor).Items, "Được mời dự", "Cử người dự, đăng ký tham luận.")
		o.write(t, func(tx *db.Tx) error {
			return conference.NameDelegate(tx, o.doctor, id, o.soYTe, conference.Delegate{Name: "Nguyễn Văn Khoa", Title: "Giám đốc"})
		})
		line(t, o.desk(t, o.doctor).Items, "Được mời dự", "Đã cử người dự; chưa đăng ký tham luận.")
		o.write(t, func(tx *db.Tx) error {
			_, err := conference.Contribute(tx, o.doctor, id, o.soYTe, "Tiêm chủng", "", 0)
			return err
		})
		none(t, o.desk(t, o.doctor).Items, "Được mời dự")
		none(t, o.desk(t, o.head).Items, "Được mời dự")
		line(t, o.desk(t, o.teacher).Items, "Được mời dự", "Cử người dự, đăng ký tham luận.")
	})
}
