package web_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/internal/files"
	"giaoban/org"
	"giaoban/people"
	"giaoban/web"
	"giaoban/web/browser"

	"golang.org/x/net/html"
)

// newOffice is an office that was just founded, with one person of each role of the commission.
type newOffice struct {
	t       *testing.T
	db      *db.DB
	config  web.Config
	persons map[access.Role]db.ID
}

const newPassword = "sóng biển Nha Trang chiều nay"

func foundOffice(t *testing.T, e dbtest.Engine, roles ...access.Role) *newOffice {
	t.Helper()
	clock := func() time.Time { return time.Date(2026, 11, 30, 2, 0, 0, 0, time.UTC) }
	o := &newOffice{t: t, db: e.From(t, "", nil, clock), persons: make(map[access.Role]db.ID)}
	store, err := files.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	o.config = web.Config{DB: o.db, Files: store, Dev: true}
	hash, err := people.HashPassword(newPassword)
	if err != nil {
		t.Fatal(err)
	}
	if err := o.db.WriteLong(t.Context(), func(tx *db.Tx) error {
		by := access.System("thử lập cơ quan")
		commission, err := org.Found(tx, by, org.Founding{Province: "Khánh Hòa"})
		if err != nil {
			return err
		}
		for _, role := range roles {
			person, err := people.AddPerson(tx, by, "Người "+role.Name(), "")
			if err != nil {
				return err
			}
			if _, err := people.AddPost(tx, by, person, commission.ID, role.Name(), role, "", calendar.OfInstant(tx.Clock()), calendar.Date{}); err != nil {
				return err
			}
			if _, err := people.AddAccount(tx, by, person, strings.ReplaceAll(string(role), "_", "."), hash); err != nil {
				return err
			}
			o.persons[role] = person
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return o
}

// signIn gives somebody of the new office a session.
func (o *newOffice) signIn(handler http.Handler, role access.Role) caller {
	o.t.Helper()
	c := caller{Actor: access.Actor{Role: role, Person: o.persons[role]}, login: string(role)}
	for _, cookie := range ask(handler, c, "POST", "/dang-nhap/vao-thu", "person="+string(c.Person), nil).Result().Cookies() {
		if cookie.Name == "giaoban" {
			c.cookie = cookie.String()
		}
	}
	if c.token = tokenIn(ask(handler, c, "GET", "/mat-khau", "", nil).Body.String()); c.token == "" {
		o.t.Fatalf("%s không vào được", role)
	}
	return c
}

// Setting up is the administrator's desk until it is done; each form says what comes next, and the place asked there
// stands on the papers.
func TestSettingUpIsTheAdministratorsDeskUntilItIsDone(t *testing.T) {
	t.Parallel()
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			t.Parallel()
			o := foundOffice(t, e, access.Administrator, access.CommissionOfficer, access.Clerk)
			handler := web.Handler(o.config)
			admin, officer, clerk := o.signIn(handler, access.Administrator), o.signIn(handler, access.CommissionOfficer), o.signIn(handler, access.Clerk)
			get := func(c caller, path string) (int, string) {
				answer := ask(handler, c, "GET", path, "", nil)
				return answer.Code, answer.Header().Get("Location") + " " + answer.Body.String()
			}
			post := func(c caller, path, form string, code int) string {
				t.Helper()
				answer := ask(handler, c, "POST", path, strings.ReplaceAll(form, " ", "+"), nil)
				if answer.Code != code {
					t.Errorf("%s %s: %d %s", path, form, answer.Code, sentence(answer.Body.String()))
				}
				return answer.Body.String()
			}
			if code, to := get(admin, "/ban-lam-viec"); code != http.StatusSeeOther || !strings.HasPrefix(to, "/thiet-lap ") {
				t.Errorf("bàn của quản trị: %d %.60s", code, to)
			}
			if code, _ := get(officer, "/ban-lam-viec"); code != http.StatusOK {
				t.Errorf("bàn của chuyên viên: %d", code)
			}
			post(admin, "/thiet-lap", "superior=TỈNH ỦY KHÁNH HÒA&place=Nha Trang&hours=tối&profile=&sectors[]=YT", 422)
			post(admin, "/thiet-lap", "superior=TỈNH ỦY KHÁNH HÒA&place=Nha Trang&place_from=30/11/2026&hours=7h30-11h30, 13h30-17h&profile=HD05&sectors[]=YT&sectors[]=GD&merged=01/7/2025&basis=QĐ 1", 303)
			_, page := get(admin, "/thiet-lap")
			for _, words := range []string{"07:30–11:30, 13:30–17:00", "2 lĩnh vực", "Ban Tuyên giáo và Dân vận Tỉnh ủy, từ 01/7/2025"} {
				if !strings.Contains(page, words) {
					t.Errorf("Thiết lập không nêu “%s”", words)
				}
			}
			post(clerk, "/van-ban/so", "next-TB=77&next-BC=một", 422)
			post(clerk, "/van-ban/so", "next-TB=77", 303)
			post(officer, "/van-ban/so", "next-TB=78", 403)
			post(admin, "/thiet-lap/co-quan", "offers=1", 422)
			post(admin, "/thiet-lap/co-quan", "offers=1&bodies[]=SYT&bodies[]=SGDDT", 303)
			post(officer, "/danh-ba", "code=HDY&name=Hội Đông y tỉnh&kind=agency&valid_from=01/01/2026", 303)
			post(officer, "/thiet-lap/bo-mau", "kit=kg-quy"+kitParts("kg-quy"), 303)
			if _, page := get(officer, "/giao-ban/lap"); !strings.Contains(page, "Giờ làm việc của cơ quan: 07:30–11:30, 13:30–17:00") {
				t.Error("lúc xếp giờ họp không thấy giờ làm việc")
			}
			post(admin, "/thiet-lap/xong", "", 303)
			if code, page := get(admin, "/ban-lam-viec"); code != http.StatusOK || !strings.Contains(page, "Bàn làm việc</h1>") {
				t.Errorf("sau khi kết thúc: %d", code)
			}
		})
	}
}

// silent reports whether a list page of an office that has nothing yet says neither what comes first nor where.
func silent(page string) bool {
	document, err := html.Parse(strings.NewReader(page))
	if err != nil {
		return true
	}
	return !slices.ContainsFunc(all(document, "p"), func(p *html.Node) bool {
		classes := strings.Fields(attr(p, "class"))
		return (slices.Contains(classes, "first") || slices.Contains(classes, "empty")) && len(all(p, "a")) > 0
	})
}

// notEmpty are the pages of the menu that have something to show from the first day.
var notEmpty = map[string]string{
	"/ban-lam-viec":        "the desk: what awaits me",
	"/thiet-lap/danh-sach": "the lists that may be brought",
	"/thiet-lap/bo-mau":    "the kits",
	"/thiet-lap/ngay-nghi": "the shipped table of days",
	"/danh-ba":             "the commission and its founding",
	"/nhat-ky":             "the founding itself",
	"/tai-khoan":           "the first accounts",
	"/thiet-lap":           "the steps",
}

// In an office that has nothing yet every page of the menu says to every role what comes first, with a link that opens.
func TestEachEmptyPageSaysWhatComesFirst(t *testing.T) {
	t.Parallel()
	o := foundOffice(t, dbtest.Engines(t)[0], access.Roles...)
	handler := web.Handler(o.config)
	pages := 0
	for _, role := range access.Roles {
		c := o.signIn(handler, role)
		now, _ := web.Menus(role)
		for _, line := range now {
			_, rest, inside := strings.Cut(strings.TrimSpace(line), " /")
			if !inside {
				continue
			}
			url := "/" + strings.Fields(rest)[0]
			if _, full := notEmpty[url]; full {
				continue
			}
			answer := ask(handler, c, "GET", url, "", nil)
			if answer.Code != http.StatusOK {
				t.Errorf("%s %s: %d", role, url, answer.Code)
				continue
			}
			pages++
			page := answer.Body.String()
			for _, glued := range gluedOf(t, page) {
				t.Errorf("%s %s: words run together: %s", role, url, glued)
			}
			if silent(page) {
				t.Errorf("%s %s không nói việc gì làm trước: %s", role, url, sentence(page))
			}
			document, _ := html.Parse(strings.NewReader(page))
			for _, p := range all(document, "p") {
				if !strings.Contains(attr(p, "class"), "first") && attr(p, "class") != "empty" {
					continue
				}
				for _, a := range all(p, "a") {
					if strings.HasPrefix(attr(a, "href"), "#") {
						continue // on this page
					}
					if got := ask(handler, c, "GET", attr(a, "href"), "", nil).Code; got != http.StatusOK && got != http.StatusSeeOther {
						t.Errorf("%s %s dẫn tới %s: %d", role, url, attr(a, "href"), got)
					}
				}
			}
		}
	}
	t.Logf("%d trang của %d vai trò", pages, len(access.Roles))
	mute, path := web.MuteHouse(o.config)
	if page := ask(mute, o.signIn(mute, access.CommissionOfficer), "GET", path, "", nil).Body.String(); !silent(page) {
		t.Error("trang trống cài vào không bị nhận ra")
	}
}

// From the command to the first bodies, by mouse: what the administrator sees at both widths, in light and dark.
func TestAnOfficeIsSetUpInTheBrowser(t *testing.T) {
	t.Parallel()
	screen := browser.Start(t)
	o := foundOffice(t, dbtest.Engines(t)[0], access.Administrator)
	server := httptest.NewServer(web.Handler(o.config))
	t.Cleanup(server.Close)
	look := func(name string) {
		t.Helper()
		for _, v := range screen.Axe() {
			t.Errorf("%s: %s", name, v)
		}
		for _, width := range []int{320, 1280} {
			for _, s := range screen.SidewaysScroll(width) {
				t.Errorf("%s, %d px: %s", name, width, s)
			}
			if dir := os.Getenv("GIAOBAN_PICTURES"); dir != "" {
				for _, theme := range []string{"light", "dark"} {
					screen.Screenshot(filepath.Join(dir, fmt.Sprintf("%s-%d-%s.png", name, width, theme)), browser.Look{Width: width, Theme: theme})
				}
			}
		}
	}
	screen.Open(server.URL + "/dang-nhap")
	screen.StartCounting()
	screen.Fill("#login", "administrator")
	screen.Fill("#password", newPassword)
	screen.Click("Đăng nhập")
	screen.WaitFor("h1", "Thiết lập của cơ quan")
	look("thiet-lap-dau")
	screen.Fill("#merged", "01/7/2025")
	screen.Click("Lưu thông tin của cơ quan")
	screen.WaitFor(".answer", "Đã lưu thông tin của cơ quan.")
	screen.Fill("#next-TB", "77")
	screen.Click("Lưu số của các sổ")
	screen.WaitFor(".answer", "Đã ghi số tiếp theo")
	screen.Click("Thêm cơ quan đã chọn")
	screen.WaitFor(".answer", "Đã thêm 7 cơ quan")
	look("thiet-lap-giua")
	screen.Click("Kết thúc thiết lập")
	screen.WaitFor("h1", "Bàn làm việc")
	look("ban-quan-tri")
	t.Logf("%v", screen.Counted())
	if counted := screen.Counted(); counted.Keys > 120 {
		t.Errorf("thiết lập mất %v", counted)
	}
	for _, c := range screen.Complaints() {
		t.Errorf("trình duyệt phàn nàn: %s", c)
	}
}
