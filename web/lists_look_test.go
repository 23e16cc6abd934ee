package web_test

import (
	"net/http/httptest"
	"strings"
	"testing"

	"giaoban/internal/dbtest"
	"giaoban/web"
	"giaoban/web/browser"
)

// Lists, slips and kits as a person meets them, the pages that follow a form among them: clean to a screen reader, within
// 320 px, and without a script.
func TestListsSlipsAndKitsAreWalkedThrough(t *testing.T) {
	t.Parallel()
	browser.Missing(t)
	h := enter(t, dbtest.Engines(t)[0], "2022-04-20 09:00")
	server := httptest.NewServer(web.Handler(web.Config{DB: h.DB, Files: h.store, Dev: true}))
	t.Cleanup(server.Close)
	started := browser.Start(t)
	for _, scripts := range []bool{true, false} {
		screen := started.Another()
		screen.Open(server.URL + "/dang-nhap")
		screen.Click(h.Admin.Name)
		screen.WaitFor(".who", "")
		judged := func(at string) {
			t.Helper()
			for _, v := range screen.Axe() {
				t.Errorf("%s: %s", at, v)
			}
			for _, wide := range screen.SidewaysScroll(320) {
				t.Errorf("%s sticks out at 320 px: %s", at, wide)
			}
		}
		if !scripts {
			screen.DisableJavaScript()
			judged = func(string) {} // the judge is a script
		}
		press := func(button, selector, words string) {
			t.Helper()
			screen.Click(button)
			screen.WaitFor(selector, words)
		}
		commune := map[bool]string{true: "Xã xã Vạn Thắng", false: "Xã xã Suối Mây"}[scripts]
		screen.Open(server.URL + "/thiet-lap/danh-sach/co-quan")
		judged("an empty list")
		screen.Fill("#rows", "Tên cơ quan\tLĩnh vực\n"+commune+"\t\n"+commune+"\tThiên văn")
		press(`button[value="xem"]`, "#ket-qua", "Dòng 3")
		judged("a wrong list")
		screen.Fill("#rows", "Tên cơ quan\tLĩnh vực\n"+commune+"\t\n"+strings.ToUpper(commune)+"\t")
		press(`button[value="xem"]`, "#ket-qua", "1 thêm mới, 1 ghi hai lần")
		judged("a list that was looked at")
		press(`button[value="nhap"]`, "[role=status]", "1 thêm mới")
		judged("a list that was entered")
		if scripts { // once is enough: thirty passwords take two seconds
			screen.Open(server.URL + "/tai-khoan/phieu")
			judged("whom to give slips")
			press(`form[action="/tai-khoan/phieu"] button`, ".slips", "Mật khẩu lần đầu")
			judged("printed slips")
		}
	}
}
