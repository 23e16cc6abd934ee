package web_test

import (
	"net/url"
	"strings"
	"testing"

	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/library"
	"giaoban/people"
)

const firstPhrase, secondPhrase = "sáng nay trời trong xanh", "chiều về có mưa rào"

// signIn is the sign-in page with login and password.
func (v *visitor) signIn(login, password string) {
	v.t.Helper()
	v.post("/dang-nhap", url.Values{"login": {login}, "password": {password}, "ve": {"/phan-quyen"}})
}

// option gives the value of a choice by its words.
func (v *visitor) option(field, words string) string {
	v.t.Helper()
	for _, s := range all(v.page, "select") {
		if attr(s, "name") != field {
			continue
		}
		for _, o := range all(s, "option") {
			if textOf(o) == words {
				return attr(o, "value")
			}
		}
	}
	v.t.Fatalf("no choice “%s” of %s on %s", words, field, v.url)
	return ""
}

// From the entry of an official to the last day: what the administrator and the official do by page.
func TestAnOfficialIsEnteredSignsInAndLeaves(t *testing.T) {
	t.Parallel()
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			h := enter(t, e, "2022-03-16 09:00")
			admin, lien := h.visitor(t, h.Admin), h.visitor(t, access.Nobody)

			admin.get("/tai-khoan/them")
			admin.typed = url.Values{"name": {"Mai Thị Bích Liên"}, "title": {"Chuyên viên"}, "login": {"lien.syt"}, "password": {firstPhrase},
				"again": {firstPhrase}, "body": {admin.option("body", "Sở Y tế")}, "role": {string(access.AgencyOfficer)}}
			admin.submit("Thêm tài khoản")
			if admin.status != 200 || !strings.Contains(admin.text, "Đang dùng") || !strings.Contains(admin.text, "Đầu mối cơ quan") {
				t.Fatalf("%d %s", admin.status, admin.text)
			}
			account := admin.url.Path

			lien.signIn("lien.syt", "không phải mật khẩu này")
			if lien.status != 422 || !strings.Contains(lien.text, "không đúng") {
				t.Errorf("a wrong password: %d %s", lien.status, lien.text)
			}
			lien.signIn("Lien.SYT", firstPhrase)
			if lien.url.Path != "/phan-quyen" {
				t.Fatalf("signed in to %s: %s", lien.url, lien.text)
			}
			lien.get("/mat-khau")
			lien.typed = url.Values{"current": {"đoán bừa một câu"}, "password": {secondPhrase}, "again": {secondPhrase}}
			lien.submit("Đổi mật khẩu")
			if lien.status != 422 || !strings.Contains(lien.text, "Mật khẩu đang dùng không đúng") {
				t.Fatalf("%d %s", lien.status, lien.text)
			}
			lien.typed = url.Values{"current": {firstPhrase}, "password": {secondPhrase}, "again": {secondPhrase + "!"}}
			lien.submit("Đổi mật khẩu")
			if lien.status != 422 || !strings.Contains(lien.text, "không giống nhau") {
				t.Fatalf("%d %s", lien.status, lien.text)
			}
			lien.typed = url.Values{"current": {firstPhrase}, "password": {secondPhrase}, "again": {secondPhrase}}
			lien.submit("Đổi mật khẩu")
			lien.get("/phan-quyen")
			if lien.url.Path != "/dang-nhap" {
				t.Errorf("the session outlived its password: %s", lien.url)
			}
			lien.signIn("lien.syt", secondPhrase)

			// A post that began today by mistake and ended yesterday leaves the open session without authority.
			admin.get(account)
			admin.click("Thôi chức vụ")
			admin.typed = url.Values{"to": {"15/3/2022"}}
			admin.submit("Ghi thôi chức vụ")
			if !strings.Contains(admin.text, "Không có chức vụ") {
				t.Errorf("the post goes on: %s", admin.text)
			}
			lien.get("/phan-quyen")
			if lien.url.Path != "/dang-nhap" {
				t.Errorf("authority outlived the post: %s", lien.url)
			}

			admin.get(account)
			admin.typed = url.Values{"title": {"Phó Trưởng phòng"}, "body": {admin.option("body", "Sở Y tế")}, "role": {string(access.Clerk)}}
			admin.submit("Thêm chức vụ")
			if admin.status != 422 || !strings.Contains(admin.text, "chỉ dành cho người của Ban") {
				t.Errorf("a department got a role of the commission: %d %s", admin.status, admin.text)
			}
			admin.typed = url.Values{"title": {"Phó Trưởng phòng"}, "body": {admin.option("body", "Sở Y tế")}, "role": {string(access.AgencyOfficer)}}
			admin.submit("Thêm chức vụ")
			lien.get("/phan-quyen")
			if lien.url.Path != "/phan-quyen" {
				t.Errorf("the new post gives nothing: %s", lien.url)
			}

			admin.get(account)
			admin.click("Khóa tài khoản")
			admin.submit("Khóa tài khoản")
			if !strings.Contains(admin.text, "Đã khóa") {
				t.Errorf("%d %s", admin.status, admin.text)
			}
			lien.get("/phan-quyen")
			if lien.url.Path != "/dang-nhap" {
				t.Errorf("a shut account reads on: %s", lien.url)
			}
			admin.submit("Mở khóa")
			admin.typed = url.Values{"password": {"lien.syt.1234"}, "again": {"lien.syt.1234"}}
			admin.submit("Đặt mật khẩu")
			if admin.status != 422 || !strings.Contains(admin.text, "tên đăng nhập") {
				t.Errorf("a password built on the login: %d %s", admin.status, admin.text)
			}
		})
	}
}

func TestATokenIsShownOnceAndRevoked(t *testing.T) {
	t.Parallel()
	h := enter(t, dbtest.Engines(t)[0], "2022-03-16 09:00")
	admin := h.visitor(t, h.Admin)
	admin.get("/ma-truy-cap")
	admin.typed = url.Values{"name": {"Phần mềm của Sở Y tế"}, "role": {string(access.AgencyLeader)}}
	admin.submit("Cấp mã")
	if admin.status != 422 || !strings.Contains(admin.text, "cần mã cơ quan") {
		t.Fatalf("%d %s", admin.status, admin.text)
	}
	admin.typed = url.Values{"name": {"Phần mềm của Sở Y tế"}, "role": {string(access.AgencyLeader)}, "org": {"SYT"}}
	admin.submit("Cấp mã")
	at := strings.Index(admin.text, "gb_")
	if at < 0 {
		t.Fatalf("%d %s", admin.status, admin.text)
	}
	secret := admin.text[at : at+46]
	acts := func() (by access.Actor) {
		if err := h.DB.Read(t.Context(), func(tx *db.Tx) (err error) {
			by, err = people.TokenActor(tx, secret)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		return by
	}
	if by := acts(); by.Body != h.SYT.ID {
		t.Errorf("%+v", by)
	}
	admin.get("/ma-truy-cap")
	if strings.Contains(admin.text, secret) {
		t.Error("the secret is shown again")
	}
	admin.submit("Thu hồi")
	if by := acts(); by != access.Nobody || !strings.Contains(admin.text, "Đã thu hồi") {
		t.Errorf("%+v %s", by, admin.text)
	}
}

func TestAFileIsSentOnlyToWhoMayReadIt(t *testing.T) {
	t.Parallel()
	h := enter(t, dbtest.Engines(t)[0], "2022-03-16 09:00")
	var file library.File
	stored, err := h.store.Keep(strings.NewReader("Ghi chú của Sở Y tế"), 1000)
	if err != nil {
		t.Fatal(err)
	}
	if err := h.DB.Write(t.Context(), func(tx *db.Tx) (err error) {
		file, err = library.Add(tx, h.AgencyOfficer(h.SYT), h.SYT.ID, stored, "ghi chú.txt")
		return err
	}); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		who  access.Actor
		want int
	}{{h.AgencyOfficer(h.SYT), 200}, {h.Officer, 200}, {h.AgencyOfficer(h.SGDDT), 404}, {h.Admin, 404}, {h.Speaker, 404}} {
		v := h.visitor(t, c.who)
		response, err := v.client.Get(h.server.URL + "/tep/" + string(file.ID))
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		if response.StatusCode != c.want {
			t.Errorf("%s: %d", c.who.Name, response.StatusCode)
		}
		if c.want == 200 && (!strings.HasPrefix(response.Header.Get("Content-Disposition"), "attachment") ||
			response.Header.Get("X-Content-Type-Options") != "nosniff" || response.Header.Get("Content-Type") != "text/plain") {
			t.Errorf("%v", response.Header)
		}
	}
}
