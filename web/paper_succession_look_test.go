package web_test

import (
	"testing"

	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/paper"
	"giaoban/record"
	"giaoban/task"
	"giaoban/web/browser"
)

// A paper that was followed and the one that follows it, as people see them: the form for the next, the draft, the mark, and the
// tasks to be confirmed.
func TestAPaperThatIsFollowedIsLookedAt(t *testing.T) {
	t.Parallel()
	browser.Missing(t)
	l := watch(t, "2022-06-20 09:00")
	h := l.house
	var old, next paper.Paper
	h.do(t, func(tx *db.Tx) error { // the notice by which something still runs
		tasks, _, err := task.List(tx, h.Officer, task.Filter{State: task.StateUnfinished, Limit: 500})
		if err != nil {
			return err
		}
		for _, one := range tasks {
			if one.FromPaper != "" {
				old, err = paper.Find(tx, h.Officer, one.FromPaper)
				return err
			}
		}
		t.Fatal("no task of the sample came from a paper")
		return nil
	})
	at := l.url + "/van-ban/" + string(old.ID)
	officer, reader := l.sit(h.Officer), l.sit(h.AgencyOfficer(h.SYT))
	officer.Open(at)
	officer.WaitFor("main", "Văn bản kế tiếp")
	officer.Click("#ke-tiep ~ details summary")
	officer.WaitFor("#ke-tiep ~ details", "Soạn dự thảo")
	l.judge(officer, "soan-van-ban-ke-tiep")
	h.do(t, func(tx *db.Tx) (err error) {
		next, err = record.Succeed(tx, h.Officer, old.ID, paper.Replaces, "Ghi lại cho đủ các việc")
		return err
	})
	officer.Open(at)
	officer.WaitFor("main", "Đang soạn văn bản thay thế")
	l.judge(officer, "dang-soan-thay-the")
	h.do(t, func(tx *db.Tx) error {
		leader := h.Actor("truongban")
		if _, err := record.Sign(tx, leader, next.ID, paper.Signature{Signer: string(leader.Person)}); err != nil {
			return err
		}
		if _, err := paper.EnterNumber(tx, h.Clerk, next.ID, 905, calendar.OfInstant(tx.Clock())); err != nil {
			return err
		}
		_, err := record.Release(tx, h.Clerk, next.ID)
		return err
	})
	for path, words := range map[string]string{"": "Việc do văn bản cũ giao", "/he-qua": "Ghi các dòng đã chọn"} {
		officer.Open(l.url + "/van-ban/" + string(next.ID) + path)
		officer.WaitFor("main", words)
		l.judge(officer, "van-ban-thay-the"+path)
	}
	reader.Open(at)
	reader.WaitFor("main", "Đã được thay thế bởi")
	l.judge(reader, "van-ban-da-thay-the")
	officer.Open(l.url + "/ban-lam-viec")
	officer.WaitFor("main", "chưa xác nhận giữ nguyên, đổi hạn hay thôi")
}
