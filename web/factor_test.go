package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/people"
	"giaoban/web"

	"github.com/pquerna/otp/totp"
)

// phone is what the official's telephone shows at this moment of the office's clock.
func phone(t testing.TB, h *house, secret string) string {
	t.Helper()
	code, err := totp.GenerateCode(strings.ReplaceAll(secret, " ", ""), h.DB.Now())
	if err != nil {
		t.Fatal(err)
	}
	return code
}

// withPassword gives the account of somebody in the sample a password.
func (h *house) withPassword(t *testing.T, login string) people.Account {
	t.Helper()
	hash, err := people.HashPassword(firstPhrase)
	if err != nil {
		t.Fatal(err)
	}
	var a people.Account
	if err := h.DB.Write(t.Context(), func(tx *db.Tx) (err error) {
		if a, err = people.FindAccount(tx, h.Admin, login); err == nil {
			err = people.SetPassword(tx, h.Admin, a.ID, hash)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return a
}

// codeOn is the first text of that class on the page.
func (v *visitor) codeOn(class string) (codes []string) {
	for _, n := range all(v.page, "code") {
		if attr(n, "class") == class {
			codes = append(codes, textOf(n))
		}
	}
	return codes
}

// A leader turns the second step on, comes in by telephone, then by a recovery code once, and the administrator takes it
// away when the telephone is lost.
func TestTheSecondStepIsTurnedOnUsedAndLost(t *testing.T) {
	t.Parallel()
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			h := enter(t, e, "2022-03-16 09:00")
			a := h.withPassword(t, "lanhdao.syt")
			v := h.visitor(t, access.Nobody)
			v.signIn(a.Login, firstPhrase)
			v.get("/xac-thuc")
			v.submit("Bật xác thực hai bước")
			secrets := v.codeOn("hash")
			if len(secrets) != 1 {
				t.Fatalf("no secret is shown: %s", v.text)
			}
			v.typed = url.Values{"code": {"000000"}}
			v.submit("Xác nhận và bật")
			if v.status != http.StatusUnprocessableEntity || !strings.Contains(v.text, "Mã không đúng") {
				t.Fatalf("a wrong first code: %d %s", v.status, v.text)
			}
			v.typed = url.Values{"code": {phone(t, h, secrets[0])}}
			v.submit("Xác nhận và bật")
			recovery := v.codeOn("")
			if v.status != 200 || len(recovery) != 10 || !strings.Contains(v.text, "Đã bật xác thực hai bước") {
				t.Fatalf("it is not on: %d, %d codes, %s", v.status, len(recovery), v.text)
			}
			v.submit("Đăng xuất")

			v.signIn(a.Login, firstPhrase)
			if v.url.Path != "/dang-nhap/ma" {
				t.Fatalf("the right password alone leads to %s", v.url)
			}
			v.get("/ban-lam-viec")
			if v.url.Path != "/dang-nhap" {
				t.Fatalf("a session that waits opens %s", v.url)
			}
			v.get("/dang-nhap/ma")
			v.typed = url.Values{"code": {phone(t, h, secrets[0])}}
			v.submit("Vào")
			if v.status != http.StatusUnprocessableEntity {
				t.Errorf("a code served twice: %d %s", v.status, v.url)
			}
			h.Clock.Set(h.DB.Now().Add(time.Minute))
			v.typed = url.Values{"code": {phone(t, h, secrets[0])}}
			v.submit("Vào")
			if v.url.Path != "/ban-lam-viec" {
				t.Fatalf("the right code leads to %s: %s", v.url, v.text)
			}
			v.get("/phien")
			for _, want := range []string{"Bằng mật khẩu và mã xác thực", "Không vào được", "phiên này"} {
				if !strings.Contains(v.text, want) {
					t.Errorf("the history lacks “%s”: %s", want, v.text)
				}
			}
			v.submit("Đăng xuất khỏi mọi máy")
			v.get("/ban-lam-viec")
			if v.url.Path != "/dang-nhap" {
				t.Errorf("signed out everywhere, and still at %s", v.url)
			}

			for _, want := range []string{"/phan-quyen", "/dang-nhap/ma"} { // a recovery code serves once
				v.signIn(a.Login, firstPhrase)
				v.typed = url.Values{"code": {recovery[0]}}
				v.submit("Vào")
				if v.url.Path != want {
					t.Errorf("the recovery code leads to %s, want %s", v.url, want)
				}
			}

			admin := h.visitor(t, h.Admin)
			admin.get("/tai-khoan/" + string(a.ID))
			admin.submit("Bỏ xác thực hai bước")
			v.signIn(a.Login, firstPhrase)
			if v.url.Path != "/phan-quyen" {
				t.Errorf("without the second step the password leads to %s", v.url)
			}
		})
	}
}

// Guessing codes is bounded as guessing passwords is.
func TestCodesCannotBeGuessed(t *testing.T) {
	t.Parallel()
	h := enter(t, dbtest.Engines(t)[0], "2022-03-16 09:00")
	a := h.withPassword(t, "lanhdao.syt")
	v := h.visitor(t, access.Nobody)
	v.signIn(a.Login, firstPhrase)
	v.get("/xac-thuc")
	v.submit("Bật xác thực hai bước")
	v.typed = url.Values{"code": {phone(t, h, v.codeOn("hash")[0])}}
	v.submit("Xác nhận và bật")
	guesser := h.visitor(t, access.Nobody)
	guesser.signIn(a.Login, firstPhrase)
	for range 10 {
		guesser.typed = url.Values{"code": {"123456"}}
		guesser.submit("Vào")
	}
	guesser.typed = url.Values{"code": {"123456"}}
	guesser.submit("Vào")
	if guesser.status != http.StatusTooManyRequests {
		t.Errorf("the eleventh guess within a minute: %d %s", guesser.status, guesser.text)
	}
}

// An administrator without the second step reaches nothing but the page that turns it on; so does a leader once the
// office asks it of leaders.
func TestWhoNeedsTheSecondStepTurnsItOnFirst(t *testing.T) {
	t.Parallel()
	h := enter(t, dbtest.Engines(t)[0], "2022-03-16 09:00")
	strict := web.Handler(web.Config{DB: h.DB, Files: h.store})
	for _, login := range []string{"quantri", "truongban", "khoagiao"} {
		h.withPassword(t, login)
	}
	into := func(login string) (caller, string) {
		answer := ask(strict, caller{}, "POST", "/dang-nhap", url.Values{"login": {login}, "password": {firstPhrase}}.Encode(), nil)
		c := caller{}
		for _, cookie := range answer.Result().Cookies() {
			if cookie.Name == "giaoban" {
				c.cookie = cookie.String()
			}
		}
		page := ask(strict, c, "GET", "/ban-lam-viec", "", nil)
		return c, page.Header().Get("Location")
	}
	for login, want := range map[string]string{"quantri": "/xac-thuc", "truongban": "", "khoagiao": ""} {
		if _, to := into(login); to != want {
			t.Errorf("%s is led to %q, want %q", login, to, want)
		}
	}
	admin, _ := into("quantri")
	admin.token = tokenIn(ask(strict, admin, "GET", "/xac-thuc", "", nil).Body.String())
	for _, r := range web.Routes() {
		if len(r.Acts) == 1 && r.Acts[0] == web.Everybody || strings.Contains(r.Path, "{") {
			continue
		}
		if r.Early {
			continue
		}
		page := ask(strict, admin, r.Method, r.Path, "", nil)
		if to := page.Header().Get("Location"); to != "/xac-thuc" && page.Code != http.StatusForbidden {
			t.Errorf("%s %s answers %d %s to an administrator without the second step", r.Method, r.Path, page.Code, to)
		}
	}
	admins := h.visitor(t, h.Admin)
	admins.get("/tai-khoan")
	admins.typed = url.Values{"leaders": {"1"}}
	admins.submit("Lưu")
	if _, to := into("truongban"); to != "/xac-thuc" {
		t.Errorf("a leader of whom it is asked is led to %q", to)
	}
}
