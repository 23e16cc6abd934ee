package web_test

import (
	"testing"

	"giaoban/calendar"
	"giaoban/conference"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/sample"
)

// Two people of a lower commission note the same period, then what was said: who comes second reads what the first wrote beside the
// own words, and sends them again.
func TestNotesOfALowerCommissionAreWrittenOverNobodys(t *testing.T) {
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			h := enter(t, e, "2022-04-25 09:00")
			nhung := h.Actor("btgnh")
			v := h.visitor(t, nhung)
			body := "/ne-nep/co-quan/BTGNH?ky=2022-Q1"
			v.get(body)
			var s conference.Sitting
			note := func(notice string) {
				s.Body, s.Period, s.Outcome, s.HeldOn, s.Notice = h.BTGNH.ID, calendar.MustPeriod("2022-Q1"), conference.SittingHeld, calendar.On(2022, 4, 22), notice
				h.do(t, func(tx *db.Tx) (err error) { s, err = conference.NoteSitting(tx, nhung, s); return err })
			}
			again := func(theirs, mine string) {
				t.Helper()
				v.typed.Set("held_on", "21/4/2022")
				v.typed.Set("notice", mine)
				v.submit("Ghi")
				if v.status < 400 {
					t.Fatalf("written over what was not seen: %s", v.text)
				}
				v.see(t, theirs, "21/4/2022", mine, "Ghi lần nữa là chọn bản đang gõ")
				v.submit("Ghi")
				v.see(t, "Đã ghi nề nếp hội nghị.", "Đã họp ngày 21/4/2022, thông báo "+mine)
			}
			note("05-TB/BTGThU") // while the form for a new one is open
			again("thông báo 05-TB/BTGThU", "06-TB/BTGThU")
			v.get(body)
			s.Version++
			note("07-TB/BTGThU") // while it is corrected
			again("thông báo 07-TB/BTGThU", "08-TB/BTGThU")

			v.click("Đã họp ngày 21/4/2022")
			h.do(t, func(tx *db.Tx) error {
				_, err := conference.KeepWords(tx, nhung, s.ID, conference.Words{Course: "Phòng Khoa giáo nêu việc chậm"})
				return err
			})
			v.typed.Set("course", "Các phòng trao đổi")
			v.submit("Ghi nội dung")
			v.see(t, "Phòng Khoa giáo nêu việc chậm", "Các phòng trao đổi", "Ghi lần nữa là chọn bản đang gõ")
			v.submit("Ghi nội dung")
			v.see(t, "Đã ghi nội dung hội nghị.", "Các phòng trao đổi")
		})
	}
}

// A conference is called off while somebody else fills in that it is put off: who comes second is told, and nothing typed is lost.
func TestWhatBecomesOfAConferenceIsNotedOverNothingUnseen(t *testing.T) {
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			h := enter(t, e, "2022-03-28 09:00")
			var b conference.Conference
			h.do(t, func(tx *db.Tx) (err error) {
				b, err = conference.OfPeriod(tx, h.Officer, sample.Quarterly, calendar.MustPeriod("2022-Q1"))
				return err
			})
			v := h.visitor(t, h.Officer)
			v.get("/giao-ban/" + string(b.ID) + "/thay-doi")
			h.do(t, func(tx *db.Tx) error {
				_, err := conference.Postpone(tx, h.Officer, b.ID, "Chủ trì đi công tác")
				return err
			})
			v.typed.Set("fate", string(conference.FactCalledOff))
			v.typed.Set("reason", "Phòng, chống bão")
			v.submit("Ghi")
			v.see(t, "vừa ghi: “Hoãn, chưa định ngày mới", "Phòng, chống bão", "Chủ trì đi công tác")
			if v.status < 400 {
				t.Errorf("%d", v.status)
			}
			v.submit("Ghi")
			v.see(t, "Không tổ chức nữa", "Phòng, chống bão")
		})
	}
}
