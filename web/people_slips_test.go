package web_test

import (
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"giaoban/access"
	"giaoban/internal/dbtest"
	"giaoban/people"
)

// slipPassword finds the password on a printed slip.
var slipPassword = regexp.MustCompile(`\b[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}\b`)

// An administrator prints a slip; its owner comes in with it once, finds no page but the one that changes it, and goes on
// with a password of their own. Another slip that lies about for a month opens nothing.
func TestThePasswordOfASlipIsChangedAtTheFirstSignIn(t *testing.T) {
	t.Parallel()
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			h := enter(t, e, "2022-03-16 09:00")
			admin := h.visitor(t, h.Admin)
			admin.get("/tai-khoan/phieu")
			printed := func(name string) string {
				t.Helper()
				id := ""
				for _, n := range all(admin.page, "label") {
					if strings.Contains(textOf(n), name) {
						id = attr(all(n, "input")[0], "value")
					}
				}
				admin.typed = url.Values{"accounts[]": {id}}
				admin.submit("Đặt mật khẩu và in phiếu")
				found := slipPassword.FindAllString(admin.text, -1)
				if admin.status != 200 || len(found) != 1 || !strings.Contains(admin.text, name) {
					t.Fatalf("the slip of %s: %d %v\n%s", name, admin.status, found, admin.text)
				}
				return found[0]
			}
			password := printed("Mạc Thị Ánh Tuyết")
			admin.get("/tai-khoan/phieu")
			if slipPassword.MatchString(admin.text) {
				t.Error("the slip can be read again")
			}
			stale := printed("Thái Doãn Kiên")

			owner := h.visitor(t, access.Nobody)
			owner.signIn("syt", password)
			if owner.url.Path != "/mat-khau" || !strings.Contains(owner.text, "Mật khẩu trên phiếu") {
				t.Fatalf("with the slip one comes to %s:\n%s", owner.url, owner.text)
			}
			for _, path := range []string{"/ban-lam-viec", "/bao-cao", "/danh-ba"} {
				if owner.get(path); owner.url.Path != "/mat-khau" {
					t.Errorf("with the password of the slip %s opens", path)
				}
			}
			owner.post("/phien/ket-thuc", nil)
			if owner.url.Path != "/mat-khau" {
				t.Errorf("a form is taken before the password was changed: %s", owner.url)
			}
			owner.get("/mat-khau")
			owner.typed = url.Values{"current": {password}, "password": {password}, "again": {password}}
			owner.submit("Đổi mật khẩu")
			if owner.status != 422 || !strings.Contains(owner.text, "phải khác mật khẩu đang dùng") {
				t.Errorf("the password of the slip is kept: %d %s", owner.status, owner.text)
			}
			owner.typed = url.Values{"current": {password}, "password": {secondPhrase}, "again": {secondPhrase}}
			owner.submit("Đổi mật khẩu")
			owner.signIn("syt", secondPhrase)
			if owner.url.Path != "/phan-quyen" {
				t.Errorf("with the own password one comes to %s", owner.url)
			}
			owner.signIn("syt", password)
			if owner.status != 422 {
				t.Errorf("the slip opens the account again: %d", owner.status)
			}

			h.Clock.Set(h.DB.Now().Add(people.OneTimeLasts + time.Hour))
			late := h.visitor(t, access.Nobody)
			late.signIn("lanhdao.syt", stale)
			if late.status != 422 || !strings.Contains(late.text, "đã hết hạn") {
				t.Errorf("after a month the slip says %d %s", late.status, late.text)
			}
		})
	}
}
