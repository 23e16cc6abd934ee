package web_test

import (
	"testing"

	"giaoban/sample"
	"giaoban/web/browser"
)

// The administrator names the chairs; a draft goes from one desk to the next, is sent back once, and is signed when the last
// has agreed.
func TestADraftGoesFromChairToChair(t *testing.T) {
	for name, scripts := range map[string]bool{"with scripts": true, "without": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			fromChairToChair(t, scripts)
		})
	}
}

func fromChairToChair(t *testing.T, scripts bool) {
	browser.Missing(t)
	w := watch(t, "2022-03-23 14:00")
	w.scripts = scripts
	h, sit, judge := w.house, w.sit, w.judge
	const words = "/tong-hop/" + sample.Quarterly + "/2022-Q1/loi-van"

	admin := sit(h.Admin)
	admin.Open(w.url + "/thiet-lap/trinh-ky")
	admin.Choose("#stage", "Trưởng phòng, Phòng Khoa giáo")
	admin.Choose("#stage2", "Văn thư, Văn phòng Ban")
	judge(admin, "cac-buoc")
	admin.Click(`main form button.primary`)
	admin.WaitFor("main", "chuyên viên → Trưởng phòng, Phòng Khoa giáo → Văn thư, Văn phòng Ban → ký")

	officer, head, clerk, leader := sit(h.Officer), sit(h.Actor("khoagiao2")), sit(h.Clerk), sit(h.Leader)
	put := func() {
		officer.Open(w.url + words)
		officer.Click(`form[action$="/trinh"] button.primary`)
		officer.WaitFor("[role=status]", "Đã trình ký")
	}
	agrees := func(tab *browser.Page, note string) {
		t.Helper()
		tab.Open(w.url + "/ban-lam-viec")
		tab.Click("Xem, cho ý kiến")
		tab.WaitFor("#tra-lai", "Ý kiến của đồng chí")
		tab.Fill("#note", note)
		judge(tab, "y-kien-"+note)
		tab.Click(`button[formaction$="/dong-y"]`)
		tab.WaitFor("[role=status]", "Đã đồng ý")
	}
	put()
	leader.Open(w.url + words)
	leader.WaitFor(".way", "Trưởng phòng, Phòng Khoa giáo: đang chờ")
	agrees(head, "Nhất trí")
	clerk.Open(w.url + words)
	clerk.Fill("#note", "Sai nơi nhận.")
	clerk.Click(`form[action$="/tra-lai"] button.danger`)
	clerk.WaitFor("[role=status]", "Đã trả lại")
	officer.Open(w.url + words)
	officer.WaitFor(".notice.warn", "Sai nơi nhận.")
	put()
	agrees(head, "Nhất trí lại")
	agrees(clerk, "Đúng thể thức")
	leader.Open(w.url + "/ban-lam-viec")
	leader.Click(`a[href="` + words + `"]`)
	leader.WaitFor(".notice", "Đúng thể thức")
	judge(leader, "cho-ky")
	leader.Click("Ký báo cáo")
	leader.WaitFor("h1", "Ký")
}
