package web_test

import (
	"testing"

	"giaoban/calendar"
	"giaoban/conference"
	"giaoban/internal/db"
	"giaoban/sample"
	"giaoban/web/browser"
)

// What became of a conference, as people see it: the plan asks why, the page and the paper tell, those invited hear of it.
func TestWhatBecameOfAConferenceIsLookedAt(t *testing.T) {
	t.Parallel()
	browser.Missing(t)
	l := watch(t, "2022-03-28 09:00")
	h := l.house
	var b conference.Conference
	h.do(t, func(tx *db.Tx) (err error) {
		if b, err = conference.OfPeriod(tx, h.Officer, sample.Quarterly, calendar.MustPeriod("2022-Q1")); err != nil {
			return err
		}
		_, err = conference.Move(tx, h.Officer, b.ID, calendar.On(2022, 4, 8), b.HeldAt, b.Place, "Trùng kỳ họp HĐND tỉnh")
		return err
	})
	at := l.url + "/giao-ban/" + string(b.ID)
	officer, invited := l.sit(h.Officer), l.sit(h.AgencyOfficer(h.SYT))
	for path, words := range map[string]string{"": "Giấy mời mới lấy thời gian", "/sua": "Lý do đổi ngày, giờ, địa điểm", "/thay-doi": "Điều xảy ra với hội nghị"} {
		officer.Open(at + path)
		officer.WaitFor("main", words)
		l.judge(officer, "hoi-nghi-doi"+path)
	}
	invited.Open(at)
	invited.WaitFor("main", "Đã biết")
	l.judge(invited, "duoc-moi")
	h.do(t, func(tx *db.Tx) error {
		_, err := conference.CallOff(tx, h.Officer, b.ID, "Phòng, chống dịch")
		return err
	})
	officer.Open(at)
	officer.WaitFor("main", "Tạo công văn và trình ký")
	l.judge(officer, "hoi-nghi-huy")
	invited.Open(l.url + "/van-ban?loai=GM")
	invited.WaitFor("main", "Hội nghị đã hủy")
	l.judge(invited, "danh-sach-giay-moi")
}
