package web_test

import (
	"strings"
	"testing"

	"giaoban/internal/db"
	"giaoban/paper"
	"giaoban/web/browser"
)

// A drafted paper on its way, and the clerk's pile behind it, as people meet them: put forward, sent back with a comment, put
// forward again, signed; then ten numbers are seen, entered and released by six presses from the desk. It goes without a script.
func TestAPaperIsPutForwardAndAPileGoesOut(t *testing.T) {
	t.Parallel()
	browser.Missing(t)
	l := watch(t, "2022-04-01 09:00")
	h := l.house
	for _, l.scripts = range []bool{true, false} {
		var last string
		if err := h.DB.Write(t.Context(), func(tx *db.Tx) error {
			for i := range 10 {
				p, err := draftOf(tx, h.Province, i)
				if err == nil && i < 9 {
					_, err = paper.Sign(tx, h.Deputy, p.ID, paper.Signature{Signer: string(h.Deputy.Person)})
				}
				if err != nil {
					return err
				}
				last = l.url + "/van-ban/" + string(p.ID)
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		officer, deputy := l.sit(h.Officer), l.sit(h.Deputy)
		if strings.Contains(deputy.HTML(), "Chồng văn bản 10") {
			t.Error("a paper that was only generated is on the signer's desk")
		}
		officer.Open(last)
		l.judge(officer, "dang-soan")
		officer.Click(`form[action$="/trinh"] button`)
		officer.WaitFor("[role=status]", "Đã trình ký")
		deputy.Open(l.url + "/")
		deputy.WaitFor("main", "Chồng văn bản 10")
		deputy.Open(last)
		deputy.Click("details.panel summary")
		deputy.Fill("#note", "Bổ sung nơi nhận.")
		l.judge(deputy, "ky-hoac-tra-lai")
		deputy.Click(`form[action$="/tra-lai"] button`)
		deputy.WaitFor("[role=status]", "Đã trả lại")
		officer.Open(last)
		officer.WaitFor(".notice.warn", "Bổ sung nơi nhận.")
		l.judge(officer, "bi-tra-lai")
		officer.Click(`form[action$="/trinh"] button`)
		officer.WaitFor("[role=status]", "Đã trình ký")
		deputy.Open(last)
		deputy.Click(`form[action$="/ky"] button`)
		deputy.WaitFor("[role=status]", "Đã ký")

		clerk := l.sit(h.Clerk)
		clerk.Open(l.url + "/van-ban") // one press from the desk
		clerk.StartCounting()
		clerk.Click("Văn bản chờ vào số")
		clerk.Click("Đánh dấu cả trang")
		l.judge(clerk, "cho-vao-so")
		clerk.Click(`button[value="xem-so"]`)
		clerk.WaitFor("h1", "Vào số nhiều văn bản")
		l.judge(clerk, "xem-so")
		clerk.Click(`button[value="vao-so"]`)
		clerk.WaitFor("[role=status]", "Đã vào số")
		l.judge(clerk, "cho-phat-hanh")
		clerk.Click(`button[value="phat-hanh"]`)
		clerk.WaitFor("[role=status]", "Đã phát hành")
		if n := clerk.Counted().Clicks; n != 5 {
			t.Errorf("the pile took %d presses", n+1)
		}
	}
}
