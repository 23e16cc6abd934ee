package web_test

import (
	"testing"

	"giaoban/calendar"
	"giaoban/conference"
	"giaoban/internal/db"
	"giaoban/lineage"
	"giaoban/paper"
	"giaoban/record"
	"giaoban/sample"
	"giaoban/web/browser"
)

// A paper begun from a record, its places, and the minutes with two signatures, as people see them.
func TestComposingIsLookedAt(t *testing.T) {
	t.Parallel()
	browser.Missing(t)
	l := watch(t, "2022-04-20 09:00")
	h := l.house
	var begun, minutes paper.Paper
	var b conference.Conference
	h.do(t, func(tx *db.Tx) (err error) {
		if b, err = conference.OfPeriod(tx, h.Officer, sample.Quarterly, calendar.MustPeriod("2022-Q1")); err != nil {
			return err
		}
		if minutes, err = conference.DraftMinutes(tx, h.Officer, b.ID, h.Officer.Name); err != nil {
			return err
		}
		begun, err = record.Compose(tx, h.Officer, record.Composing{Kind: paper.QuyetDinh, Subject: "thành lập tổ biên tập",
			From: lineage.Node{Kind: "briefing", ID: b.ID}})
		return err
	})
	officer := l.sit(h.Officer)
	for _, page := range []struct{ at, sees, name string }{
		{"/van-ban/soan?tu=briefing%2F" + string(b.ID), "Người ghi biên bản", "soan-van-ban"},
		{"/van-ban/" + string(begun.ID) + "/loi-van", "cần ghi: điều quyết định", "loi-van-khung"},
		{"/van-ban/" + string(begun.ID), "Chưa ghi điều quyết định", "van-ban-khung"},
		{"/van-ban/" + string(minutes.ID), "Ký là người ghi", "bien-ban"},
		{"/giao-ban/" + string(b.ID) + "/dien-bien", "Biên bản", "dien-bien-bien-ban"},
	} {
		officer.Open(l.url + page.at)
		officer.WaitFor("main", page.sees)
		l.judge(officer, page.name)
	}
}
