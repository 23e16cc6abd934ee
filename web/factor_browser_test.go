package web_test

import (
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/org"
	"giaoban/people"
	"giaoban/web"
	"giaoban/web/browser"
)

// holder is somebody with a password before a screen, and with a telephone that makes codes of what the page shows.
type holder struct {
	*inBrowser
	h      *house
	login  string
	secret string            // in the telephone
	seen   map[string]string // the pages as they came, by name
}

// strictHouse serves the province as an office does: nobody comes in by one press.
func strictHouse(t *testing.T, h *house) string {
	t.Helper()
	server := httptest.NewServer(web.Handler(web.Config{DB: h.DB, Files: h.store}))
	t.Cleanup(server.Close)
	return server.URL
}

func (p *holder) signsIn() {
	p.t.Helper()
	p.open("/dang-nhap")
	p.fill("login", p.login)
	p.fill("password", firstPhrase)
	p.press("Đăng nhập")
}

// enters types the second step; the sentences are what the page then says.
func (p *holder) enters(code, where string, sentences ...string) {
	p.t.Helper()
	p.fill("code", code)
	p.press("Vào")
	if p.where() != where {
		p.t.Fatalf("%s with the code %s comes to %s, want %s: %.500s", p.login, code, p.where(), where, p.tab.Text("main"))
	}
	mustSee(p.t, p, sentences...)
}

// code is what the telephone shows; it never shows one twice.
func (p *holder) code() string {
	p.h.Clock.Set(p.h.DB.Now().Add(time.Minute))
	return phone(p.t, p.h, p.secret)
}

// asServed writes these attributes as the server does.
var asServed = strings.NewReplacer(` defer=""`, " defer", ` required=""`, " required", ` checked=""`, " checked", ` hidden=""`, " hidden")

// looks holds the page to what every page is held to, at both widths.
func (p *holder) looks(name string) {
	p.t.Helper()
	p.seen[name] = asServed.Replace(p.tab.HTML())
	for _, width := range []int{1280, 320} {
		for _, found := range p.tab.SidewaysScroll(width) {
			p.t.Errorf("%s at %d px: %s", name, width, found)
		}
		if p.scripts {
			for _, v := range p.tab.AxeAt(width) {
				p.t.Errorf("%s at %d px: %s", name, width, v)
			}
		}
		if dir := os.Getenv("GIAOBAN_PICTURES"); dir != "" {
			file := fmt.Sprintf("%s.%v.%d.png", strings.ReplaceAll(name, " ", "-"), p.scripts, width)
			p.tab.Screenshot(filepath.Join(dir, file), browser.Look{Width: width})
		}
	}
}

// turnsOn walks from the right password to the desk by way of the page that the second step is turned on with, and gives the
// recovery codes.
func (p *holder) turnsOn() (recovery []string) {
	p.t.Helper()
	p.signsIn()
	p.open("/nhiem-vu")
	if p.where() != "/xac-thuc" {
		p.t.Fatalf("%s without the second step opens %s", p.login, p.where())
	}
	mustSee(p.t, p, "Vai trò này phải xác thực hai bước")
	p.looks(p.login + " phải bật")
	p.press("Bật xác thực hai bước")
	if p.tab.Eval(`document.querySelector("main img")?.naturalWidth`) != 240. {
		p.t.Error("the picture for the telephone is not shown")
	}
	p.secret = strings.ReplaceAll(p.tab.Text("code.hash"), " ", "")
	p.looks(p.login + " hình để quét")
	p.fill("code", "000000")
	p.press("Xác nhận và bật")
	mustSee(p.t, p, "Mã không đúng hoặc đã dùng")
	if now := strings.ReplaceAll(p.tab.Text("code.hash"), " ", ""); now != p.secret {
		p.t.Fatalf("after a wrong code another secret is shown: %s, then %s", p.secret, now)
	}
	p.looks(p.login + " mã đầu sai")
	p.fill("code", p.code())
	p.press("Xác nhận và bật")
	mustSee(p.t, p, "Đã bật xác thực hai bước", "chúng chỉ hiện một lần này")
	for _, n := range all(p.page(), "code") {
		recovery = append(recovery, textOf(n))
	}
	if len(recovery) != 10 {
		p.t.Fatalf("%d recovery codes are shown", len(recovery))
	}
	p.looks(p.login + " mã dự phòng")
	p.click("Bàn làm việc")
	if p.where() != "/ban-lam-viec" {
		p.t.Fatalf("with the second step on, %s comes to %s", p.login, p.where())
	}
	p.press("Đăng xuất")
	return recovery
}

// comesBack signs in again by password and telephone, and by recovery codes; each serves once.
func (p *holder) comesBack(recovery []string) {
	p.t.Helper()
	p.signsIn()
	p.looks(p.login + " hỏi mã")
	p.enters("123456", "/dang-nhap/ma", "Mã không đúng hoặc đã dùng. Xin xem mã đang hiện trên điện thoại rồi gõ lại.")
	p.looks(p.login + " mã sai")
	p.enters(p.code(), "/ban-lam-viec")
	p.press("Đăng xuất")
	p.signsIn()
	p.enters(recovery[3], "/ban-lam-viec")
	p.open("/xac-thuc")
	mustSee(p.t, p, "Còn 9 mã dự phòng chưa dùng")
	mustMiss(p.t, p, recovery[4])
	p.looks(p.login + " đã bật")
	p.press("Đăng xuất")
	p.signsIn()
	p.enters(recovery[3], "/dang-nhap/ma", "Mã không đúng hoặc đã dùng")
	p.enters(recovery[4], "/ban-lam-viec")
}

// An administrator is led to turn the second step on and comes back by it; so does a leader once the administrator asks it
// of leaders. With scripts and without.
func TestTheSecondStepInABrowser(t *testing.T) {
	t.Parallel()
	screen := browser.Start(t)
	for name, scripts := range map[string]bool{"with scripts": true, "without": false} {
		t.Run(name, func(t *testing.T) {
			h := enter(t, dbtest.Engines(t)[0], "2022-03-16 09:00")
			site, seen := strictHouse(t, h), make(map[string]string)
			someone := func(login string) *holder {
				h.withPassword(t, login)
				tab := screen.Another()
				if !scripts {
					tab.DisableJavaScript()
				}
				return &holder{&inBrowser{t: t, site: site, tab: tab, scripts: scripts}, h, login, "", seen}
			}
			admin, leader := someone("quantri"), someone("truongban")
			admin.comesBack(admin.turnsOn())

			leader.signsIn()
			if leader.where() != "/ban-lam-viec" {
				t.Fatalf("a leader of whom nothing is asked comes to %s", leader.where())
			}
			leader.press("Đăng xuất")
			admin.open("/tai-khoan")
			admin.tick("leaders")
			admin.press("Lưu")
			mustSee(t, admin, "xác thực hai bước")
			admin.looks("đòi lãnh đạo")
			leader.comesBack(leader.turnsOn())

			for _, p := range []*holder{admin, leader} {
				for _, complaint := range p.tab.Complaints() {
					if !strings.Contains(complaint, "422") { // a refusal is told to the console too
						t.Errorf("%s: the browser complains: %s", p.login, complaint)
					}
				}
			}
			for _, found := range browser.HTMLValidate(t, seen) {
				t.Error(found)
			}
			t.Logf("%d pages looked at", len(seen))
		})
	}
}

// Who is led to turn the second step on while a form was being sent has not sent it: what was typed is there afterwards.
func TestWhatWasSentWithoutTheSecondStepIsNotForgotten(t *testing.T) {
	t.Parallel()
	h := enter(t, dbtest.Engines(t)[0], "2022-04-20 09:00")
	h.withPassword(t, "truongban")
	tab := browser.Start(t)
	leader := &holder{&inBrowser{t: t, site: strictHouse(t, h), tab: tab, scripts: true}, h, "truongban", "", make(map[string]string)}
	path := ""
	for _, p := range crawl(t, h, leader.login) {
		if len(keeping(t, p)) == 1 && strings.Contains(p.html, "<textarea") {
			path = p.path
			break
		}
	}
	leader.signsIn()
	leader.open(path)
	var before []typed
	evaluate(t, tab, typeEverywhere, &before)
	if err := h.DB.Write(t.Context(), func(tx *db.Tx) error {
		return org.Set(tx, h.Admin, people.LeadersNeedCode, "1")
	}); err != nil {
		t.Fatal(err)
	}
	tab.Eval(fmt.Sprintf(`((form) => { form.noValidate = true; form.requestSubmit(); return true; })([...document.querySelectorAll("form")]
		.filter((f) => f.method === "post" && f.dataset.keep !== "no")[%d])`, before[0].Form))
	tab.WaitFor("h1", "Xác thực hai bước")
	if kept := tab.Kept(); kept == "" {
		t.Error("what was not taken is forgotten")
	}
	leader.press("Bật xác thực hai bước")
	leader.secret = strings.ReplaceAll(tab.Text("code.hash"), " ", "")
	leader.fill("code", leader.code())
	leader.press("Xác nhận và bật")
	for _, found := range missed(t, tab, leader.site+path, before) {
		t.Error(found)
	}
}
