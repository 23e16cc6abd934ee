package web_test

import (
	"strings"
	"testing"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/people"
	"giaoban/report"
	"giaoban/sample"
)

// A report goes to one of a department's people and back by one act on its page, without a script; it is on that one's side of
// the desk, and the body's again when the post ends. Somebody follows the department from the commission's page.
func TestWorkIsHandedToAPersonAndFallsBack(t *testing.T) {
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			h := enter(t, e, "2022-03-10 09:00")
			var owed report.Obligation
			h.do(t, func(tx *db.Tx) (err error) {
				owed, err = report.ObligationOf(tx, access.System("thử"), sample.Quarterly, sample.Quarter, h.SYT.ID)
				return err
			})
			officer, leader := h.visitor(t, h.Actor("syt")), h.visitor(t, h.Actor("lanhdao.syt"))
			officer.get("/bao-cao/" + string(owed.ID))
			officer.sees("Việc chung của cơ quan, chưa giao riêng ai.")
			officer.submit("Ghi người làm")
			officer.sees("Muốn giao cho ai, xin chọn tên trong danh sách.")
			officer.typed.Set("person", string(h.Actor("sgddt").Person))
			officer.submit("Ghi người làm")
			officer.sees("Chỉ giao cho người của chính cơ quan")
			officer.typed.Set("person", string(h.Actor("lanhdao.syt").Person))
			officer.submit("Ghi người làm")
			officer.sees("Đồng chí "+h.Actor("lanhdao.syt").Name+" làm việc này", "Đã ghi người làm.")
			officer.get("/ban-lam-viec")
			officer.sees("Của cơ quan", "Đồng chí "+h.Actor("lanhdao.syt").Name+" đang làm.")
			leader.get("/bao-cao/" + string(owed.ID))
			leader.sees("Giao cho", h.Actor("syt").Name)

			h.do(t, func(tx *db.Tx) error {
				posts, err := people.PostsHeldBy(tx, h.Admin, h.Actor("lanhdao.syt").Person)
				if err == nil {
					err = people.EndPost(tx, h.Admin, posts[0].ID, calendar.On(2022, 3, 9))
				}
				return err
			})
			officer.get("/bao-cao/" + string(owed.ID))
			officer.sees("Việc chung của cơ quan, chưa giao riêng ai.", "giao cho đồng chí "+h.Actor("lanhdao.syt").Name)

			// Not due for six days: nobody is told that it is missing.
			officer.get("/bao-cao")
			officer.sees("Chưa đến hạn")
			head := h.visitor(t, h.Leader)
			head.get("/nguoi-theo-doi")
			head.sees("Chưa phân công ai.")
			head.typed.Set("body", string(h.SYT.ID))
			head.typed.Set("person", string(h.Officer.Person))
			head.submit("Phân công")
			head.sees("Đã phân công", h.Officer.Name, "Đang theo dõi")
			head.click("Thôi theo dõi: " + h.Officer.Name)
			head.submit("Ghi thôi theo dõi")
			head.sees("Đã ghi ngày thôi theo dõi", "đến 10/3/2022")
		})
	}
}

// sees asks for sentences on the page that the visitor is on.
func (v *visitor) sees(sentences ...string) {
	v.t.Helper()
	for _, sentence := range sentences {
		if !strings.Contains(v.text, sentence) {
			v.t.Errorf("“%s” is not on %s (%d): %s", sentence, v.url, v.status, v.text)
		}
	}
}
