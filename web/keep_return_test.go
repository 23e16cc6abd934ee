package web_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"giaoban/conference"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/web/browser"

	"golang.org/x/net/html"
)

// noting is somebody who writes notes for several agencies on the page of a running conference.
type noting struct {
	*inBrowser
	h  *house
	at string // the page of the notes
}

func notesAt(t *testing.T, h *house, screen *browser.Page) *noting {
	t.Helper()
	var id db.ID
	err := h.DB.Read(t.Context(), func(tx *db.Tx) error {
		all, err := conference.List(tx, h.Officer)
		for _, b := range all {
			if b.Period.String() == "2022-Q1" {
				id = b.ID
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	n := &noting{&inBrowser{t: t, site: h.server.URL, tab: screen.Another(), scripts: true}, h, "/giao-ban/" + string(id) + "/dien-bien?phan=tat-ca"}
	n.open("/")
	n.press(h.Officer.Name)
	n.open(n.at)
	return n
}

// note types the words of one agency's speech; the form is folded until it is wanted.
func (n *noting) note(code, text string) {
	n.t.Helper()
	n.tab.Eval(`(document.querySelectorAll("details").forEach((d) => { d.open = true }), true)`)
	if n.tab.Value("#subject-"+code) == "" {
		n.fill("subject-"+code, "Tham luận")
	}
	n.fill("words-"+code, text)
}

// send presses the button of one agency's speech.
func (n *noting) send(code string) {
	n.t.Helper()
	n.tab.Eval(fmt.Sprintf(`(document.querySelector("#words-%s").form.querySelector("button[type=submit]").id = "luu-%[1]s", true)`, code))
	n.press("#luu-" + code)
}

func (n *noting) holds(code, want, why string) {
	n.t.Helper()
	if got := n.tab.Value("#words-" + code); got != want {
		n.t.Errorf("%s: the notes on %s hold %.80q, want %.80q; on %s: %.600s", why, code, got, want, n.tab.URL(), n.tab.Text("main"))
	}
}

// lost runs one statement behind the program's back.
func (n *noting) lost(statement string) {
	n.t.Helper()
	if err := n.h.DB.Write(n.t.Context(), func(tx *db.Tx) error {
		_, err := tx.Exec(statement)
		return err
	}); err != nil {
		n.t.Fatal(err)
	}
}

// Speeches of two agencies stand side by side: saving one leaves the other as it was typed.
func TestFormsSideBySideKeepWhatIsTyped(t *testing.T) {
	t.Parallel()
	n := notesAt(t, enter(t, dbtest.Engines(t)[0], "2022-04-01 13:50"), browser.Start(t))
	n.note("SYT", "Y tế: thiếu vắc xin")
	n.note("SGDDT", "Giáo dục: thiếu phòng học")
	n.send("SYT")
	n.holds("SYT", "Y tế: thiếu vắc xin", "saved")
	n.holds("SGDDT", "Giáo dục: thiếu phòng học", "beside a form that was saved")
	mustSee(t, n, "Đã đưa lại chữ đang gõ lúc")
	if kept := n.tab.Kept(); strings.Contains(kept, "vắc xin") || !strings.Contains(kept, "phòng học") {
		t.Errorf("after saving one of two the browser holds %s", kept)
	}
	if n.tab.Asked() != 0 {
		t.Error("sending a form was warned of")
	}
	n.send("SGDDT")
	n.holds("SGDDT", "Giáo dục: thiếu phòng học", "saved next")
	if kept := n.tab.Kept(); kept != "" {
		t.Errorf("everything was saved, and the browser holds %s", kept)
	}

	// What somebody else wrote meanwhile is not covered; the own words are offered.
	n.note("SYT", "Y tế: bản của tôi")
	n.tab.Click("#words-SYT")
	n.lost("update conference_contribution set words = 'Y tế: bản của người khác', version = version + 1 where words like 'Y tế%'")
	n.open(n.at)
	if n.tab.Asked() != 1 {
		t.Errorf("leaving unsent words was asked about %d times", n.tab.Asked())
	}
	n.holds("SYT", "Y tế: bản của người khác", "written by somebody else meanwhile")
	mustSee(t, n, "Trong máy này còn bản đang gõ", "Bản trên máy chủ đã thay đổi sau đó")
	n.tab.Click("Khôi phục bản đang gõ")
	n.holds("SYT", "Y tế: bản của tôi", "taken from the offer")
}

// A refusal before the page's own work answers with a small page: the words are in the browser, and the page leads back.
func TestWhatWasRefusedBeforeItWasReadComesBack(t *testing.T) {
	t.Parallel()
	n := notesAt(t, enter(t, dbtest.Engines(t)[0], "2022-04-01 13:50"), browser.Start(t))
	back := func(why, words, link string) {
		t.Helper()
		mustSee(t, n, words, "Chữ vừa gõ còn trong trình duyệt này")
		n.click(link)
		if strings.HasPrefix(n.where(), "/dang-nhap") {
			n.press(n.h.Officer.Name)
		}
		if path, _, _ := strings.Cut(n.at, "?"); n.where() != path {
			t.Errorf("%s: the small page leads to %s", why, n.where())
		}
	}
	n.note("SGDDT", "Của cơ quan khác")

	n.lost("update session set ends_at = 1")
	n.note("SYT", "Gõ lúc phiên đã hết")
	n.send("SYT")
	back("an expired session", "Phiên làm việc đã hết", "Đăng nhập rồi về trang đang gõ")
	n.holds("SYT", "Gõ lúc phiên đã hết", "after an expired session")
	n.holds("SGDDT", "Của cơ quan khác", "after an expired session")

	n.lost("update session set form_token = 'của phiên khác'") // signed in anew in another tab
	n.note("SYT", "Gõ ở trang của phiên cũ")
	n.send("SYT")
	back("a page of an older session", "Trang đã mở quá lâu", "Về trang đang gõ")
	n.holds("SYT", "Gõ ở trang của phiên cũ", "after an older session's page")

	n.tab.Eval(`(document.querySelector("#words-SYT").value = "trước\u0000sau", document.querySelector("#words-SYT").dispatchEvent(new Event("input", {bubbles: true})))`)
	n.send("SYT")
	back("a NUL byte", "ký tự NUL", "Về trang đang gõ")
	n.holds("SYT", "trước\u0000sau", "after a NUL byte")

	long := strings.Repeat("Tiếng Việt dài ", 24_000)
	n.tab.Eval(`(document.querySelector("#words-SYT").value = "Tiếng Việt dài ".repeat(240000), document.querySelector("#words-SYT").dispatchEvent(new Event("input", {bubbles: true})))`)
	n.send("SYT")
	back("413", "quá lớn", "Về trang đang gõ")
	if got := n.tab.Value("#words-SYT"); len(got) != 10*len(long) {
		t.Errorf("after 413 %d bytes came back of %d", len(got), 10*len(long))
	}

	n.lost("pragma max_page_count = 1") // the disk is full
	n.tab.Eval(`(document.querySelector("#words-SYT").value = "Đĩa đầy ".repeat(100000), document.querySelector("#words-SYT").dispatchEvent(new Event("input", {bubbles: true})))`)
	n.send("SYT")
	back("a full disk", "Hệ thống gặp lỗi", "Về trang đang gõ")
	if got := n.tab.Value("#words-SYT"); got != strings.Repeat("Đĩa đầy ", 100000) {
		t.Errorf("after a full disk %.60q came back", got)
	}
	n.holds("SGDDT", "Của cơ quan khác", "after all of it")

	// The line drops while the form is sent.
	n.note("SYT", "Gõ lúc mất mạng")
	n.tab.Offline(true)
	n.tab.Click("#words-SYT")
	n.tab.Eval(`(document.querySelector("#words-SYT").form.requestSubmit(), true)`)
	n.tab.WaitForBrokenLine()
	n.tab.Offline(false)
	n.open(n.at)
	n.holds("SYT", "Gõ lúc mất mạng", "after a dropped line")
}

// What is refused as secret is kept nowhere, neither in the page that comes back nor in the browser; the rest is.
func TestWhatWasRefusedAsSecretIsKeptNowhere(t *testing.T) {
	t.Parallel()
	h := enter(t, dbtest.Engines(t)[0], "2022-04-01 13:50")
	n := notesAt(t, h, browser.Start(t))
	nowhere := func(why string) {
		t.Helper()
		if html := n.tab.HTML(); strings.Contains(html, "chuyện kín") {
			t.Errorf("%s: the page that comes back holds it", why)
		}
		if kept := n.tab.Kept(); strings.Contains(kept, "chuyện kín") || !strings.Contains(kept, "Của cơ quan khác") {
			t.Errorf("%s: the browser holds %s", why, kept)
		}
	}
	stood := n.tab.Value("#words-SYT")
	n.note("SGDDT", "Của cơ quan khác")
	n.note("SYT", "TỐI MẬT\nchuyện kín")
	n.send("SYT")
	mustSee(t, n, "Văn bản mang dấu độ mật")
	n.click("Về trang đang gõ")
	n.holds("SYT", stood, "refused as secret")
	n.holds("SGDDT", "Của cơ quan khác", "beside a secret")
	nowhere("a form that is sent")

	// A draft that saves itself stays on the screen; the browser forgets it as soon as the server says so.
	n.fill("course", "TỐI MẬT\nchuyện kín")
	n.tab.WaitFor("[data-autosave-status]", "Chưa lưu được: Văn bản mang dấu độ mật")
	n.fill("assessment", "gõ thêm")
	n.tab.WaitForKept("gõ thêm")
	if kept := n.tab.Kept(); strings.Contains(kept, "chuyện kín") {
		t.Errorf("a draft that saves itself: the browser holds %s", kept)
	}
}

// Signing out clears what was typed, and the next person at this machine is shown nothing.
func TestNobodyIsShownWhatAnotherTyped(t *testing.T) {
	t.Parallel()
	h := enter(t, dbtest.Engines(t)[0], "2022-04-01 13:50")
	n := notesAt(t, h, browser.Start(t))
	n.note("SYT", "Chữ của chuyên viên")
	n.press("Đăng xuất")
	if n.where() != "/dang-nhap" || n.tab.Kept() != "" {
		t.Errorf("signed out to %s, and the browser holds %s", n.where(), n.tab.Kept())
	}
	n.press(h.Officer.Name)
	n.open(n.at)
	n.note("SYT", "Chữ của chuyên viên")
	n.lost("update session set ends_at = 1")
	n.open(n.at)
	if !strings.Contains(n.tab.Kept(), "Chữ của chuyên viên") {
		t.Error("an expired session threw away what was typed")
	}
	n.press(h.Actor("truongban").Name)
	n.open(n.at)
	mustMiss(t, n, "Chữ của chuyên viên", "bản đang gõ")
	n.holds("SYT", "", "of another person")
	if kept := n.tab.Kept(); kept != "" {
		t.Errorf("another person signed in, and the browser holds %s", kept)
	}
}

// A refusal without JavaScript leads back too, to a page that exists, whatever the browser says of where it came from.
func TestASmallPageLeadsBackToTheForm(t *testing.T) {
	t.Parallel()
	h := enter(t, dbtest.Engines(t)[0], "2022-04-01 13:50")
	v := h.visitor(t, h.Officer)
	for referer, want := range map[string]string{
		"/nhiem-vu?trang-thai=open": "/nhiem-vu?trang-thai=open", "": "/nhiem-vu/x", "/nhiem-vu/x/tien-do": "/nhiem-vu/x",
		"//evil.example/": "/nhiem-vu/x", "https://evil.example/nhiem-vu": "/nhiem-vu/x", "/khong-co/trang-nay": "/nhiem-vu/x",
	} {
		if strings.HasPrefix(referer, "/") {
			referer = h.server.URL + referer
		}
		r, err := http.NewRequest(http.MethodPost, h.server.URL+"/nhiem-vu/x/tien-do", strings.NewReader("note=a%00b"))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Referer", referer)
		response, err := v.client.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		page, err := html.Parse(response.Body)
		response.Body.Close()
		if err != nil {
			t.Fatal(err)
		}
		to := ""
		for _, a := range all(page, "a") {
			if has(a, "data-back") {
				to = attr(a, "href")
			}
		}
		if to != want {
			t.Errorf("sent from %q, the small page leads to %q, want %q", referer, to, want)
		}
	}
}
