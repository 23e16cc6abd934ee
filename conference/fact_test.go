package conference_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/conference"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/paper"
	"giaoban/record"
)

// issue takes a paper of the conference from its draft to its release, under a number.
func (o *office) issue(t *testing.T, number int64, draft func(tx *db.Tx) (paper.Paper, error)) (p paper.Paper) {
	t.Helper()
	o.write(t, func(tx *db.Tx) (err error) {
		if p, err = draft(tx); err != nil {
			return err
		}
		if _, err = record.Sign(tx, o.leader, p.ID, paper.Signature{}); err != nil {
			return err
		}
		if _, err = paper.EnterNumber(tx, o.clerk, p.ID, number, calendar.OfInstant(tx.Clock())); err != nil {
			return err
		}
		p, err = record.Release(tx, o.clerk, p.ID)
		return err
	})
	return p
}

func (o *office) invitation(tx *db.Tx) (paper.Paper, error) {
	return conference.Invite(tx, o.officer, o.id, paper.Signature{Signer: "Lê Minh Đức"})
}

// reading is the text of a paper without its marks of layout.
func (o *office) reading(t *testing.T, id db.ID) string {
	return tags.ReplaceAllString(o.text(t, id), "")
}

// words is what a paper no longer says, as the department of health reads it; "" for a paper it does not see.
func (o *office) words(t *testing.T, id db.ID) (words string) {
	t.Helper()
	o.read(t, func(tx *db.Tx) error {
		p, err := paper.Find(tx, o.doctor, id)
		words = p.Words
		return err
	})
	return words
}

func (o *office) standsAt(t *testing.T, want conference.State) (b conference.Conference) {
	t.Helper()
	o.read(t, func(tx *db.Tx) (err error) {
		if b, err = conference.Find(tx, o.officer, o.id); err != nil {
			return err
		}
		state, err := conference.StateOf(tx, o.officer, b)
		if state != want {
			t.Errorf("it is %q, want %q", state, want)
		}
		return err
	})
	return b
}

func (o *office) news(t *testing.T, who access.Actor) (n conference.News) {
	t.Helper()
	o.read(t, func(tx *db.Tx) error {
		all, err := conference.Unheard(tx, who)
		n = all[o.id]
		return err
	})
	return n
}

// another plans a conference on 08/4/2022 that people are called to beside the one on the quarter.
func (o *office) another(t *testing.T, title string) db.ID {
	t.Helper()
	var b conference.Conference
	o.write(t, func(tx *db.Tx) (err error) {
		b, err = conference.Plan(tx, o.officer, conference.New{Type: "rollout", Title: title, HeldOn: calendar.On(2022, 4, 8)})
		return err
	})
	return b.ID
}

func (o *office) move(day calendar.Date, reason string) func(tx *db.Tx) error {
	return func(tx *db.Tx) error {
		_, err := conference.Move(tx, o.officer, o.id, day, "8:30", "Hội trường Ban Tuyên giáo Tỉnh ủy", reason)
		return err
	}
}

// Until somebody was invited a plan is simply changed, without a reason; a draft that names the old day cannot go out.
func TestAPlanNobodyKnowsIsSimplyChanged(t *testing.T) {
	on(t, func(t *testing.T, o *office) {
		var draft paper.Paper
		o.write(t, func(tx *db.Tx) (err error) { draft, err = o.invitation(tx); return err })
		o.write(t, o.move(calendar.On(2022, 4, 5), ""))
		b := o.standsAt(t, conference.Planned)
		if b.HeldOn != calendar.On(2022, 4, 5) || b.HeldAt != "08:30" {
			t.Errorf("%+v", b)
		}
		o.read(t, func(tx *db.Tx) error {
			facts, err := conference.Facts(tx, o.officer, o.id)
			if len(facts) != 1 || facts[0].Kind != conference.FactSet || !strings.HasPrefix(facts[0].Sentence(), "Đổi từ 14 giờ 00, thứ Sáu, ngày 01/4/2022 sang 08 giờ 30") {
				t.Errorf("%+v", facts)
			}
			return err
		})
		o.refused(t, fault.KindConflict, "Hội nghị đã dời sang 08 giờ 30", func(tx *db.Tx) error {
			_, err := record.Sign(tx, o.leader, draft.ID, paper.Signature{})
			return err
		})
		o.write(t, func(tx *db.Tx) error {
			_, err := paper.Withdraw(tx, o.officer, draft.ID, "Ngày họp đã đổi")
			return err
		})
		p := o.issue(t, 30, o.invitation)
		if words := o.words(t, p.ID); words != "" {
			t.Errorf("the new invitation says it is wrong: %q", words)
		}
		if n := o.news(t, o.doctor); n.N != 0 {
			t.Errorf("the department hears of what was before its invitation: %+v", n)
		}
	})
}

// The invitation is out, then the day is another: a reason is asked for, the invitation says so, those invited hear of it and
// are asked again, and the new invitation takes the old one's place.
func TestAMovedConferenceIsInvitedToAnew(t *testing.T) {
	on(t, func(t *testing.T, o *office) {
		old := o.issue(t, 30, o.invitation)
		o.write(t, func(tx *db.Tx) error {
			return conference.NameDelegate(tx, o.doctor, o.id, o.soYTe, conference.Delegate{Name: "Nguyễn Văn Khoa", Title: "Giám đốc"})
		})
		o.clock.Set(time.Date(2022, 3, 28, 9, 0, 0, 0, db.Vietnam))
		o.refused(t, fault.KindInvalid, "Cần lý do đổi", o.move(calendar.On(2022, 4, 7), " "))
		o.refused(t, fault.KindInvalid, "hãy ghi hoãn", o.move(calendar.Date{}, "Trùng lịch"))
		for _, who := range []access.Actor{o.leader, o.clerk} {
			o.refused(t, fault.KindForbidden, "", func(tx *db.Tx) error {
				_, err := conference.Move(tx, who, o.id, calendar.On(2022, 4, 7), "", "", "Trùng lịch")
				return err
			})
		}
		o.write(t, o.move(calendar.On(2022, 4, 7), "Trùng kỳ họp HĐND tỉnh."))
		const moved = "Hội nghị đã dời sang 08 giờ 30, thứ Năm, ngày 07/4/2022"
		if words := o.words(t, old.ID); words != moved {
			t.Errorf("the invitation says %q", words)
		}
		n := o.news(t, o.doctor)
		if !n.Asks || n.Reason != "Trùng kỳ họp HĐND tỉnh" || n.Sentence() != "Dời từ 14 giờ 00, thứ Sáu, ngày 01/4/2022 sang 08 giờ 30, thứ Năm, ngày 07/4/2022" {
			t.Errorf("%+v %s", n, n.Sentence())
		}
		o.write(t, func(tx *db.Tx) error { return conference.Hear(tx, o.doctor, o.id, o.soYTe) })
		if n := o.news(t, o.doctor); n.N != 0 {
			t.Errorf("heard, and told again: %+v", n)
		}
		if n := o.news(t, o.worker); !n.Asks {
			t.Errorf("the other department did not hear of it: %+v", n)
		}
		o.refused(t, fault.KindConflict, "không có thay đổi nào", func(tx *db.Tx) error { return conference.Hear(tx, o.doctor, o.id, o.soYTe) })
		o.refused(t, fault.KindForbidden, "", func(tx *db.Tx) error { return conference.Hear(tx, o.worker, o.id, o.soYTe) })
		o.write(t, func(tx *db.Tx) error {
			return conference.NameDelegate(tx, o.worker, o.id, o.soLD, conference.Delegate{Name: "Lê Thị Hạnh", Title: "Phó Giám đốc"})
		})
		if n := o.news(t, o.worker); n.N != 0 {
			t.Errorf("who named its delegate for the new day is asked again: %+v", n)
		}
		o.read(t, func(tx *db.Tx) error {
			known, not, err := conference.HeardBy(tx, o.officer, o.id)
			if known != 2 || len(not) != 0 {
				t.Errorf("%d know, not %v", known, not)
			}
			return err
		})
		next := o.issue(t, 31, o.invitation)
		if text := o.reading(t, next.ID); !strings.Contains(text, "Giấy mời này thay Giấy mời số 30-GM/BTGTU ngày 24/3/2022") || !strings.Contains(text, "07/4/2022") {
			t.Error("the new invitation does not say which it replaces, or when")
		}
		if words := o.words(t, old.ID); words != "Đã có Giấy mời số 31-GM/BTGTU ngày 28/3/2022 thay giấy mời này" {
			t.Errorf("the old invitation says %q", words)
		}
		if words := o.words(t, next.ID); words != "" {
			t.Errorf("the new invitation says %q", words)
		}
		o.refused(t, fault.KindConflict, "Giấy mời đã được soạn", func(tx *db.Tx) error { _, err := o.invitation(tx); return err })
		// Only the hall is another one: who comes is not asked again.
		o.write(t, func(tx *db.Tx) error {
			_, err := conference.Move(tx, o.officer, o.id, calendar.On(2022, 4, 7), "8:30", "Phòng họp số 2", "Hội trường đang sửa")
			return err
		})
		if n := o.news(t, o.doctor); n.Asks || n.Sentence() != "Chuyển địa điểm từ Hội trường Ban Tuyên giáo Tỉnh ủy sang Phòng họp số 2" {
			t.Errorf("%+v %s", n, n.Sentence())
		}
		if words := o.words(t, next.ID); words != "Hội nghị đã chuyển địa điểm sang Phòng họp số 2" {
			t.Errorf("%q", words)
		}
	})
}

// Put off without a day, then given a new one: nothing is asked while there is no day, and the letter that told of it says
// that the conference is held after all.
func TestAPostponedConferenceWaitsForItsDay(t *testing.T) {
	on(t, func(t *testing.T, o *office) {
		o.concluded(t)
		invitation := o.issue(t, 30, o.invitation)
		o.refused(t, fault.KindInvalid, "Cần lý do hoãn", func(tx *db.Tx) error { _, err := conference.Postpone(tx, o.officer, o.id, ""); return err })
		o.write(t, func(tx *db.Tx) error {
			_, err := conference.Postpone(tx, o.officer, o.id, "Chủ trì đi công tác")
			return err
		})
		if b := o.standsAt(t, conference.Postponed); !b.HeldOn.IsZero() {
			t.Errorf("it still has its day: %+v", b)
		}
		if words := o.words(t, invitation.ID); words != "Hội nghị đã hoãn, chưa định ngày mới" {
			t.Errorf("%q", words)
		}
		o.clock.Set(time.Date(2022, 4, 10, 9, 0, 0, 0, db.Vietnam))
		o.refused(t, fault.KindConflict, "đang hoãn", func(tx *db.Tx) error { return conference.Close(tx, o.officer, o.id) })
		letter := o.issue(t, 7, func(tx *db.Tx) (paper.Paper, error) {
			return conference.TellChange(tx, o.officer, o.id, paper.Signature{Signer: "Lê Minh Đức"})
		})
		text := o.reading(t, letter.ID)
		for _, want := range []string{"Giấy mời số 30-GM/BTGTU", "họp vào 14 giờ 00, thứ Sáu, ngày 01/4/2022", "hoãn hội nghị nêu trên; ngày họp mới chưa định", "Lý do: Chủ trì đi công tác."} {
			if !strings.Contains(text, want) {
				t.Errorf("the letter does not say %q", want)
			}
		}
		o.refused(t, fault.KindConflict, "Chưa có gì để báo", func(tx *db.Tx) error {
			_, err := conference.TellChange(tx, o.officer, o.id, paper.Signature{})
			return err
		})
		o.write(t, func(tx *db.Tx) error { // the plan is worked on meanwhile
			b, err := conference.Find(tx, o.officer, o.id)
			if err == nil {
				_, err = conference.Change(tx, o.officer, o.id, conference.New{Place: "Phòng họp số 2", Invitees: []conference.Invitee{{Body: o.soYTe}, {Body: o.soLD}},
					Seats: []conference.Seat{{Role: conference.Chair, Name: "Lê Minh Đức", Title: "Trưởng ban Tuyên giáo Tỉnh ủy"}}}, b.Version)
			}
			return err
		})
		if b := o.standsAt(t, conference.Postponed); b.Place != "Phòng họp số 2" {
			t.Errorf("%+v", b)
		}
		o.clock.Set(time.Date(2022, 4, 11, 9, 0, 0, 0, db.Vietnam))
		o.write(t, o.move(calendar.On(2022, 4, 12), "")) // why it was put off has been told
		o.standsAt(t, conference.Invited)
		if words := o.words(t, letter.ID); words != "Hội nghị vẫn họp 08 giờ 30, thứ Ba, ngày 12/4/2022" {
			t.Errorf("%q", words)
		}
		if n := o.news(t, o.doctor); !n.Asks || n.Sentence() != "Dời từ 14 giờ 00, thứ Sáu, ngày 01/4/2022 sang 08 giờ 30, thứ Ba, ngày 12/4/2022" {
			t.Errorf("%+v %s", n, n.Sentence())
		}
		o.issue(t, 31, o.invitation)
		o.clock.Set(time.Date(2022, 4, 12, 17, 0, 0, 0, db.Vietnam))
		o.write(t, func(tx *db.Tx) error { return conference.Close(tx, o.officer, o.id) })
		for _, change := range []func(tx *db.Tx) error{o.move(calendar.On(2022, 5, 4), "Thử"),
			func(tx *db.Tx) error { _, err := conference.CallOff(tx, o.officer, o.id, "Thử"); return err }} {
			o.refused(t, fault.KindConflict, "Hội nghị đã kết thúc", change)
		}
	})
}

// Put off, given another day, invited to anew, put off again: those of the second invitation are told too, whatever a letter
// about the first said.
func TestASecondPostponementIsToldAnew(t *testing.T) {
	on(t, func(t *testing.T, o *office) {
		o.issue(t, 30, o.invitation)
		postpone := func(reason string) {
			o.write(t, func(tx *db.Tx) error { _, err := conference.Postpone(tx, o.officer, o.id, reason); return err })
		}
		tell := func(tx *db.Tx) (paper.Paper, error) {
			return conference.TellChange(tx, o.officer, o.id, paper.Signature{Signer: "Lê Minh Đức"})
		}
		postpone("Chủ trì đi công tác")
		first := o.issue(t, 7, tell)
		if words := o.words(t, first.ID); words != "" {
			t.Errorf("the letter tells what holds, and says %q", words)
		}
		o.clock.Set(time.Date(2022, 3, 25, 9, 0, 0, 0, db.Vietnam))
		o.write(t, o.move(calendar.On(2022, 4, 12), ""))
		between := o.issue(t, 31, o.invitation)
		o.clock.Set(time.Date(2022, 3, 26, 9, 0, 0, 0, db.Vietnam))
		postpone("Phòng, chống bão")
		if words := o.words(t, first.ID); words != "Hội nghị đã hoãn lần nữa, chưa định ngày mới" {
			t.Errorf("the letter about the first time says %q", words)
		}
		if words := o.words(t, between.ID); words != "Hội nghị đã hoãn, chưa định ngày mới" {
			t.Errorf("the invitation between says %q", words)
		}
		second := o.issue(t, 8, tell)
		text := o.reading(t, second.ID)
		for _, want := range []string{"Giấy mời số 31-GM/BTGTU", "12/4/2022", "Lý do: Phòng, chống bão."} {
			if !strings.Contains(text, want) {
				t.Errorf("the second letter does not say %q", want)
			}
		}
		o.refused(t, fault.KindConflict, "Chưa có gì để báo", func(tx *db.Tx) error { _, err := tell(tx); return err })
	})
}

// Joined with one, taken back, joined with another: the letter about the first join is wrong now.
func TestASecondJoinIsToldAnew(t *testing.T) {
	on(t, func(t *testing.T, o *office) {
		first, second := o.another(t, "Hội nghị quán triệt Kết luận số 12-KL/TW"), o.another(t, "Hội nghị quán triệt Kết luận số 14-KL/TW")
		o.issue(t, 30, o.invitation)
		join := func(with db.ID) {
			o.write(t, func(tx *db.Tx) error {
				_, err := conference.Join(tx, o.officer, o.id, with, "Gộp hai cuộc")
				return err
			})
		}
		tell := func(tx *db.Tx) (paper.Paper, error) {
			return conference.TellChange(tx, o.officer, o.id, paper.Signature{Signer: "Lê Minh Đức"})
		}
		join(first)
		letter := o.issue(t, 7, tell)
		o.write(t, func(tx *db.Tx) error { _, err := conference.Restore(tx, o.officer, o.id, "Tách lại"); return err })
		join(second)
		if words := o.words(t, letter.ID); words != "Hội nghị đã ghép vào hội nghị khác với hội nghị ghi ở đây" {
			t.Errorf("the letter about the first join says %q", words)
		}
		if text := o.reading(t, o.issue(t, 8, tell).ID); !strings.Contains(text, "Kết luận số 14-KL/TW") {
			t.Error("the second letter does not say with which conference")
		}
	})
}

// What was cancelled is concluded by nobody, asks for nothing and leaves room for another one; it is held after all only
// while no other one took its place.
func TestAConferenceCalledOffAsksForNothing(t *testing.T) {
	on(t, func(t *testing.T, o *office) {
		o.concluded(t)
		invitation := o.issue(t, 30, o.invitation)
		o.write(t, func(tx *db.Tx) error {
			_, err := conference.CallOff(tx, o.officer, o.id, "Phòng, chống dịch")
			return err
		})
		o.standsAt(t, conference.CalledOff)
		if words := o.words(t, invitation.ID); words != "Hội nghị đã hủy" {
			t.Errorf("%q", words)
		}
		o.clock.Set(time.Date(2022, 4, 1, 17, 0, 0, 0, db.Vietnam))
		for name, change := range map[string]func(tx *db.Tx) error{
			"close": func(tx *db.Tx) error { return conference.Close(tx, o.officer, o.id) },
			"name": func(tx *db.Tx) error {
				return conference.NameDelegate(tx, o.doctor, o.id, o.soYTe, conference.Delegate{Name: "Nguyễn Văn Khoa", Title: "Giám đốc"})
			},
			"speak": func(tx *db.Tx) error {
				_, err := conference.Contribute(tx, o.doctor, o.id, o.soYTe, "Tiêm chủng", "", 0)
				return err
			},
			"show":   func(tx *db.Tx) error { _, err := conference.Show(tx, o.officer, o.id); return err },
			"invite": func(tx *db.Tx) error { _, err := o.invitation(tx); return err },
			"move":   o.move(calendar.On(2022, 4, 7), "Thử"),
			"cancel": func(tx *db.Tx) error { _, err := conference.CallOff(tx, o.officer, o.id, "Lần nữa"); return err },
		} {
			t.Run(name, func(t *testing.T) { o.refused(t, fault.KindConflict, "Hội nghị đã hủy", change) })
		}
		o.read(t, func(tx *db.Tx) error {
			beats, err := conference.Cadence(tx, o.officer, 2022)
			if err != nil || beats[0].State != conference.CalledOff || beats[0].Held || beats[0].Fact.Reason != "Phòng, chống dịch" {
				t.Errorf("%+v %v", beats[0], err)
			}
			return nil
		})
		var other conference.Conference
		again := conference.New{Regime: "kg-quy", Period: calendar.MustPeriod("2022-Q1"), HeldOn: calendar.On(2022, 4, 12)}
		o.write(t, func(tx *db.Tx) (err error) { other, err = conference.Plan(tx, o.officer, again); return err })
		o.refused(t, fault.KindConflict, "cho kỳ này", func(tx *db.Tx) error { _, err := conference.Restore(tx, o.officer, o.id, "Hết dịch"); return err })
		o.read(t, func(tx *db.Tx) error {
			found, err := conference.OfPeriod(tx, o.officer, "kg-quy", again.Period)
			beats, err2 := conference.Cadence(tx, o.officer, 2022)
			if err != nil || err2 != nil || found.ID != other.ID || beats[0].Conference.ID != other.ID {
				t.Errorf("the cancelled one stands for its period: %v %v", err, err2)
			}
			return nil
		})
		o.write(t, func(tx *db.Tx) error { _, err := conference.CallOff(tx, o.officer, other.ID, "Ghi nhầm"); return err })
		o.refused(t, fault.KindInvalid, "Cần lý do", func(tx *db.Tx) error { _, err := conference.Restore(tx, o.officer, o.id, ""); return err })
		o.write(t, func(tx *db.Tx) error { _, err := conference.Restore(tx, o.officer, o.id, "Hết dịch"); return err })
		o.standsAt(t, conference.Invited)
		if words := o.words(t, invitation.ID); words != "" {
			t.Errorf("it is held as it was invited to, and the invitation says %q", words)
		}
		o.refused(t, fault.KindConflict, "không bị hủy", func(tx *db.Tx) error { _, err := conference.Restore(tx, o.officer, o.id, "Thử"); return err })
		o.write(t, func(tx *db.Tx) error { return conference.Close(tx, o.officer, o.id) })
	})
}

// Cancelled while it was put off, then held after all: it is put off again.
func TestWhatWasPutOffStaysSoWhenItIsHeldAfterAll(t *testing.T) {
	on(t, func(t *testing.T, o *office) {
		for _, change := range []func(*db.Tx, access.Actor, db.ID, string) (conference.Conference, error){conference.Postpone, conference.CallOff, conference.Restore} {
			o.write(t, func(tx *db.Tx) error { _, err := change(tx, o.officer, o.id, "Thử"); return err })
		}
		o.standsAt(t, conference.Postponed)
		o.read(t, func(tx *db.Tx) error {
			facts, err := conference.Facts(tx, o.officer, o.id)
			if last := facts[len(facts)-1]; last.Sentence() != "Hoãn, chưa định ngày mới (trước định 14 giờ 00, thứ Sáu, ngày 01/4/2022)" {
				t.Errorf("%s", last.Sentence())
			}
			return err
		})
	})
}

func TestAJoinedConferencePointsAtTheOther(t *testing.T) {
	on(t, func(t *testing.T, o *office) {
		var other conference.Conference
		o.write(t, func(tx *db.Tx) (err error) {
			other, err = conference.Plan(tx, o.officer, conference.New{Type: "rollout", Title: "Hội nghị quán triệt Kết luận số 12-KL/TW", HeldOn: calendar.On(2022, 4, 8)})
			return err
		})
		o.issue(t, 30, o.invitation)
		for target, sentence := range map[db.ID]string{o.id: "chính nó", "": "Hãy chọn hội nghị", "la": "hãy chọn hội nghị"} {
			o.refused(t, fault.KindInvalid, sentence[1:], func(tx *db.Tx) error {
				_, err := conference.Join(tx, o.officer, o.id, target, "Gộp hai cuộc")
				return err
			})
		}
		o.write(t, func(tx *db.Tx) error {
			_, err := conference.Join(tx, o.officer, o.id, other.ID, "Gộp hai cuộc")
			return err
		})
		o.standsAt(t, conference.Joined)
		o.read(t, func(tx *db.Tx) error {
			with, err := conference.With(tx, o.officer, other.ID)
			if len(with) != 1 || with[0].ID != o.id {
				t.Errorf("%+v", with)
			}
			g, err2 := record.Walk(tx, o.officer, "briefing", o.id, 1)
			if err2 != nil || !strings.Contains(fmt.Sprintf("%+v", g.Descendants), "ghép vào") {
				t.Errorf("%+v %v", g, err2)
			}
			return err
		})
		o.refused(t, fault.KindInvalid, "đã hủy hoặc đã ghép", func(tx *db.Tx) error {
			_, err := conference.Join(tx, o.officer, other.ID, o.id, "Vòng tròn")
			return err
		})
		letter := o.issue(t, 7, func(tx *db.Tx) (paper.Paper, error) {
			return conference.TellChange(tx, o.officer, o.id, paper.Signature{Signer: "Lê Minh Đức"})
		})
		if text := o.reading(t, letter.ID); !strings.Contains(text, "được ghép vào Hội nghị quán triệt Kết luận số 12-KL/TW, họp vào thứ Sáu, ngày 08/4/2022") {
			t.Error("the letter does not say with which conference")
		}
		o.write(t, func(tx *db.Tx) error { _, err := conference.Restore(tx, o.officer, o.id, "Tách lại"); return err })
		o.read(t, func(tx *db.Tx) error {
			with, err := conference.With(tx, o.officer, other.ID)
			if len(with) != 0 {
				t.Errorf("%+v", with)
			}
			return err
		})
	})
}

// A conference is joined only with one that will be held.
func TestNothingIsJoinedWithWhatIsNotHeld(t *testing.T) {
	on(t, func(t *testing.T, o *office) {
		putOff, past := o.another(t, "Hội nghị quán triệt Kết luận số 12-KL/TW"), o.another(t, "Hội nghị quán triệt Kết luận số 13-KL/TW")
		later := o.another(t, "Hội nghị quán triệt Kết luận số 14-KL/TW")
		o.write(t, func(tx *db.Tx) error {
			_, err := conference.Move(tx, o.officer, later, calendar.On(2022, 5, 10), "", "", "")
			if err == nil {
				_, err = conference.Postpone(tx, o.officer, putOff, "Chưa có văn bản")
			}
			return err
		})
		o.concluded(t)
		o.clock.Set(time.Date(2022, 4, 1, 17, 0, 0, 0, db.Vietnam))
		o.write(t, func(tx *db.Tx) error { return conference.Close(tx, o.officer, o.id) })
		one := o.another(t, "Hội nghị quán triệt Kết luận số 15-KL/TW")
		o.clock.Set(time.Date(2022, 4, 9, 9, 0, 0, 0, db.Vietnam))
		o.read(t, func(tx *db.Tx) error {
			all, err := conference.Joinable(tx, o.officer, one)
			if len(all) != 1 || all[0].ID != later {
				t.Errorf("offered: %+v", all)
			}
			return err
		})
		for id, sentence := range map[db.ID]string{o.id: "đã họp xong", putOff: "đang hoãn, chưa định ngày họp", past: "đã qua ngày họp (08/4/2022)"} {
			o.refused(t, fault.KindInvalid, sentence, func(tx *db.Tx) error {
				_, err := conference.Join(tx, o.officer, one, id, "Gộp hai cuộc")
				return err
			})
		}
	})
}

// What was joined with a conference goes along when that is joined with a third one or given up, and its letters say so.
func TestWhatWasJoinedGoesAlong(t *testing.T) {
	on(t, func(t *testing.T, o *office) {
		second, third := o.another(t, "Hội nghị quán triệt Kết luận số 12-KL/TW"), o.another(t, "Hội nghị quán triệt Kết luận số 14-KL/TW")
		o.issue(t, 30, o.invitation)
		join := func(id, with db.ID) {
			o.write(t, func(tx *db.Tx) error {
				_, err := conference.Join(tx, o.officer, id, with, "Gộp hai cuộc")
				return err
			})
		}
		tell := func(tx *db.Tx) (paper.Paper, error) {
			return conference.TellChange(tx, o.officer, o.id, paper.Signature{Signer: "Lê Minh Đức"})
		}
		with := func(id db.ID, want ...db.ID) {
			t.Helper()
			o.read(t, func(tx *db.Tx) error {
				all, err := conference.With(tx, o.officer, id)
				var got []db.ID
				for _, b := range all {
					got = append(got, b.ID)
				}
				slices.Sort(got)
				slices.Sort(want)
				if !slices.Equal(got, want) {
					t.Errorf("with %s: %v, want %v", id, got, want)
				}
				return err
			})
		}
		join(o.id, second)
		letter := o.issue(t, 7, tell)
		join(second, third)
		with(second)
		with(third, o.id, second)
		if words := o.words(t, letter.ID); words != "Hội nghị đã ghép vào hội nghị khác với hội nghị ghi ở đây" {
			t.Errorf("the letter about the first join says %q", words)
		}
		text := o.reading(t, o.issue(t, 8, tell).ID)
		for _, want := range []string{"được ghép vào Hội nghị quán triệt Kết luận số 14-KL/TW", "14 giờ 00, thứ Sáu, ngày 01/4/2022",
			"Hội nghị quán triệt Kết luận số 12-KL/TW, đã ghép với hội nghị này, ghép vào Hội nghị quán triệt Kết luận số 14-KL/TW: Gộp hai cuộc."} {
			if !strings.Contains(text, want) {
				t.Errorf("the second letter does not say %q", want)
			}
		}
		o.write(t, func(tx *db.Tx) error {
			_, err := conference.CallOff(tx, o.officer, third, "Phòng, chống bão")
			return err
		})
		with(third)
		o.standsAt(t, conference.CalledOff)
		o.read(t, func(tx *db.Tx) error {
			g, err := record.Walk(tx, o.officer, "briefing", o.id, 1)
			if strings.Contains(fmt.Sprintf("%+v", g.Descendants), "ghép vào") {
				t.Errorf("still joined in the graph: %+v", g.Descendants)
			}
			return err
		})
		o.write(t, func(tx *db.Tx) error {
			_, err := conference.Restore(tx, o.officer, o.id, "Vẫn họp riêng")
			return err
		})
		o.standsAt(t, conference.Invited)
	})
}

// The same event in every file: its sequence grows with each fact, and what is not held is taken out of calendars.
func TestACalendarFollowsWhatBecomesOfAConference(t *testing.T) {
	on(t, func(t *testing.T, o *office) {
		sequence := -1
		file := func(want ...string) {
			t.Helper()
			o.read(t, func(tx *db.Tx) error {
				body, err := conference.Calendar(tx, o.officer, o.id)
				text := strings.ReplaceAll(string(body), "\r\n ", "")
				_, rest, _ := strings.Cut(text, "SEQUENCE:")
				var n int
				if fmt.Sscan(rest, &n); n <= sequence {
					t.Errorf("SEQUENCE %d after %d", n, sequence)
				}
				sequence = n
				for _, line := range append(want, "UID:"+string(o.id)+"@giaoban") {
					if !strings.Contains(text, line+"\r\n") {
						t.Errorf("no %q in\n%s", line, text)
					}
				}
				return err
			})
		}
		file("METHOD:PUBLISH", "STATUS:TENTATIVE", "DTSTART:20220401T070000Z")
		o.issue(t, 30, o.invitation)
		o.write(t, o.move(calendar.On(2022, 4, 7), "Trùng lịch"))
		file("METHOD:PUBLISH", "STATUS:CONFIRMED", "DTSTART:20220407T013000Z")
		for _, change := range []func(*db.Tx, access.Actor, db.ID, string) (conference.Conference, error){conference.Postpone, conference.CallOff} {
			o.write(t, func(tx *db.Tx) error { _, err := change(tx, o.officer, o.id, "Thử"); return err })
			file("METHOD:CANCEL", "STATUS:CANCELLED", "DTSTART:20220407T013000Z")
		}
	})
}
