package conference_test

import (
	"slices"
	"strings"
	"testing"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/conference"
	"giaoban/directive"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/official"
	"giaoban/paper"
)

// A resolution made known at a conference: its page knows the session and who was there; what each body does among its own
// people stays open until it says so, and counts beside those that were asked. A conference that is opened again has held none.
func TestAnItemOfTheProgrammeRollsADocumentOut(t *testing.T) {
	on(t, func(t *testing.T, o *office) {
		var d directive.Directive
		var b conference.Conference
		plan := conference.New{Type: "rollout", Title: "Hội nghị quán triệt Nghị quyết số 20-NQ/TW", HeldOn: calendar.On(2022, 4, 1), HeldAt: "8:00", Place: "Hội trường Tỉnh ủy",
			Seats:    []conference.Seat{{Role: conference.Chair, Name: "Lò Thị Hoa", Title: "Phó Trưởng ban"}},
			Invitees: []conference.Invitee{{Body: o.soYTe}, {Body: o.soLD}}}
		o.write(t, func(tx *db.Tx) (err error) {
			d, err = directive.Record(tx, o.clerk, directive.New{Type: "Nghị quyết", Symbol: "20-NQ/TW", Date: calendar.On(2017, 10, 25), Issuer: "Ban Chấp hành Trung ương",
				Subject: "về tăng cường công tác bảo vệ, chăm sóc và nâng cao sức khỏe Nhân dân trong tình hình mới", Sectors: directive.SectorsOf("YT")})
			return err
		})
		o.refused(t, fault.KindInvalid, "hãy chọn văn bản được quán triệt", func(tx *db.Tx) error {
			n := plan
			n.Items = []conference.Item{{Subject: "Quán triệt", RollsOut: true}}
			_, err := conference.Plan(tx, o.officer, n)
			return err
		})
		o.refused(t, fault.KindInvalid, "giờ “25h” không đọc được", func(tx *db.Tx) error {
			n := plan
			n.Items = []conference.Item{{Subject: "Khai mạc", At: "25h"}}
			_, err := conference.Plan(tx, o.officer, n)
			return err
		})
		o.write(t, func(tx *db.Tx) (err error) {
			plan.Items = []conference.Item{{At: "8h05", Subject: "Khai mạc"}, {AboutKind: "directive", AboutID: d.ID, Speaker: "Báo cáo viên", RollsOut: true}}
			b, err = conference.Plan(tx, o.officer, plan)
			return err
		})
		o.read(t, func(tx *db.Tx) error {
			items, err := conference.Items(tx, o.officer, b.ID)
			if err == nil && (len(items) != 2 || items[0].Line() != "08 giờ 05: Khai mạc" || items[1].Line() != "Quán triệt Nghị quyết số 20-NQ/TW, ngày 25/10/2017 (Báo cáo viên)") {
				t.Errorf("the programme says %+v", items)
			}
			return err
		})
		end := func(tx *db.Tx) error {
			if _, err := conference.AddConclusion(tx, o.officer, b.ID, conference.Typed{Kind: conference.Guidance, Words: "Các cơ quan quán triệt ở đơn vị mình"}); err != nil {
				return err
			}
			return conference.Close(tx, o.officer, b.ID)
		}
		o.clock.Set(calendar.On(2022, 4, 1).EndOfDay())
		o.write(t, func(tx *db.Tx) error {
			if err := conference.Attend(tx, o.officer, b.ID, []conference.Attendance{{Body: o.soYTe, State: conference.Present, Name: "Trịnh Minh Quân", Title: "Phó Giám đốc"},
				{Body: o.soLD, State: conference.Excused, Reason: "Họp Bộ"}}); err != nil {
				return err
			}
			return end(tx)
		})
		sat := func(want int) {
			t.Helper()
			o.read(t, func(tx *db.Tx) error {
				sessions, err := directive.Sessions(tx, o.officer, d.ID)
				if err != nil {
					return err
				}
				if len(sessions) != want {
					t.Fatalf("%d sessions are known, want %d", len(sessions), want)
				}
				if want > 0 && (!slices.Equal(sessions[0].Bodies, []db.ID{o.soYTe}) || sessions[0].Source.ID != b.ID || sessions[0].HeldOn != b.HeldOn) {
					t.Errorf("the session: %+v", sessions[0])
				}
				asked, others, err := directive.RolloutOf(tx, o.officer, d.ID)
				for _, s := range slices.Concat(asked, others) {
					if there := s.Body.ID == o.soYTe && want > 0; there != (len(s.Sat) > 0) || s.Held > 0 {
						t.Errorf("%s sat in %d sessions and rolled out %d times", s.Body.Code, len(s.Sat), s.Held)
					}
				}
				return err
			})
		}
		sat(1)
		for _, who := range []struct {
			actor access.Actor
			want  int
		}{{o.doctor, 1}, {o.worker, 0}} { // a body knows of the sessions at which it was, and of nobody else's seat
			o.read(t, func(tx *db.Tx) error {
				sessions, err := directive.Sessions(tx, who.actor, d.ID)
				if len(sessions) != who.want || who.want > 0 && !slices.Equal(sessions[0].Bodies, []db.ID{who.actor.Body}) {
					t.Errorf("%s sees %+v", who.actor.Name, sessions)
				}
				return err
			})
		}
		o.write(t, func(tx *db.Tx) error { return conference.Reopen(tx, o.officer, b.ID, "Bổ sung kết luận") })
		sat(0)
		o.write(t, func(tx *db.Tx) error { return conference.Close(tx, o.officer, b.ID) })
		sat(1)
		var notice paper.Paper
		o.write(t, func(tx *db.Tx) (err error) {
			notice, err = conference.DraftNotice(tx, o.officer, b.ID, paper.Signature{Signer: "Ngô Văn Tám", Title: "Chánh Văn phòng",
				Authority: []official.AuthorityLine{{Authority: official.ByOrder, Of: "Trưởng ban"}}})
			return err
		})
		if text := strings.Join(strings.Fields(tags.ReplaceAllString(o.text(t, notice.ID), "")), " "); !strings.Contains(text, "Hội nghị đã quán triệt Nghị quyết số 20-NQ/TW") {
			t.Errorf("the notice does not tell it: %.3000s", text)
		}
	})
}

// The conference in somebody's calendar moves with its plan: the same event with a higher sequence, tentative until invited.
func TestAConferenceGoesIntoACalendar(t *testing.T) {
	on(t, func(t *testing.T, o *office) {
		plan := conference.New{Type: "thematic", Title: "Hội nghị chuyên đề chuyển đổi số", HeldOn: calendar.On(2022, 4, 1), HeldAt: "8:00", Place: "Hội trường A; tầng 2",
			Items: []conference.Item{{Subject: "Khai mạc"}}}
		var b conference.Conference
		o.write(t, func(tx *db.Tx) (err error) { b, err = conference.Plan(tx, o.officer, plan); return err })
		read := func() (file string) {
			t.Helper()
			o.read(t, func(tx *db.Tx) error {
				body, err := conference.Calendar(tx, o.officer, b.ID)
				file = strings.ReplaceAll(string(body), "\r\n ", "")
				return err
			})
			return file
		}
		for _, want := range []string{"UID:" + string(b.ID) + "@giaoban", "SEQUENCE:0", "DTSTART:20220401T010000Z", "SUMMARY:Hội nghị chuyên đề chuyển đổi số",
			`LOCATION:Hội trường A\; tầng 2`, `DESCRIPTION:Chương trình:\nKhai mạc`, "STATUS:TENTATIVE"} {
			if file := read(); !strings.Contains(file, want+"\r\n") {
				t.Errorf("the calendar lacks %q:\n%s", want, file)
			}
		}
		plan.HeldOn, plan.HeldAt = calendar.On(2022, 4, 4), ""
		o.write(t, func(tx *db.Tx) error { _, err := conference.Change(tx, o.officer, b.ID, plan, 1); return err })
		if file := read(); !strings.Contains(file, "SEQUENCE:1\r\n") || !strings.Contains(file, "DTSTART;VALUE=DATE:20220404\r\n") {
			t.Errorf("after the plan has changed:\n%s", file)
		}
		plan.HeldOn = calendar.Date{}
		o.write(t, func(tx *db.Tx) error { _, err := conference.Change(tx, o.officer, b.ID, plan, 2); return err })
		o.refused(t, fault.KindConflict, "Chưa định ngày họp", func(tx *db.Tx) error { _, err := conference.Calendar(tx, o.officer, b.ID); return err })
	})
}
