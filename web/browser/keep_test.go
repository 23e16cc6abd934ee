package browser

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// desk is a small server with two forms for two agencies; it answers as told.
type desk struct {
	body   string            // attributes of <body>
	notes  map[string]string // what it has, by agency
	answer string            // "" takes the form and says so, "elsewhere" leads away without a word, "refuse" gives it back
}

func (d *desk) open(t *testing.T) string {
	t.Helper()
	mux := http.NewServeMux()
	mux.Handle("/js/", http.StripPrefix("/js/", http.FileServer(http.Dir("../assets/js"))))
	mux.HandleFunc("/app.css", func(w http.ResponseWriter, r *http.Request) { http.ServeFile(w, r, "../assets/app.css") })
	mux.HandleFunc("/favicon.ico", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusNoContent) })
	show := func(w http.ResponseWriter, above string, notes map[string]string) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, head+`<body %s><main><h1>Ghi</h1>%s`, d.body, above)
		for _, code := range []string{"A", "B"} {
			fmt.Fprintf(w, `<details><summary>%[1]s</summary><form id="f%[1]s" method="post" action="/ghi"><input type="hidden" name="body" value="%[1]s">
<input type="hidden" name="version" value="%[3]d"><label for="n%[1]s">Ghi</label><textarea id="n%[1]s" name="notes">%[2]s</textarea>
<input type="file" name="files" id="t%[1]s" aria-label="Tệp"><button type="submit">Lưu</button></form></details>`, code, notes[code], time.Now().UnixNano())
		}
		fmt.Fprint(w, `</main></body></html>`)
	}
	said := ""
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) {
		show(w, said, d.notes)
		said = ""
	})
	mux.HandleFunc("GET /khac", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, head+`<body %s><main><h1>Khác</h1><p><a href="/">Về</a></p></main></body></html>`, d.body)
	})
	mux.HandleFunc("POST /ghi", func(w http.ResponseWriter, r *http.Request) {
		code, text := r.FormValue("body"), strings.ReplaceAll(r.FormValue("notes"), "\r\n", "\n")
		if d.answer == "refuse" {
			w.WriteHeader(http.StatusUnprocessableEntity)
			show(w, `<div role="alert" id="loi">Cần xem lại</div>`, map[string]string{code: text})
			return
		}
		if d.answer == "elsewhere" {
			http.Redirect(w, r, "/khac", http.StatusSeeOther)
			return
		}
		d.notes[code] = text
		said = `<p role="status" data-answers="/ghi">Đã ghi.</p>`
		http.Redirect(w, r, "/", http.StatusSeeOther)
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server.URL + "/"
}

func typeInto(p *Page, selector, text string) {
	eval[bool](p, `((el, text) => { el.value = text; el.dispatchEvent(new Event("input", {bubbles: true})); return true; })(document.querySelector(%s), %s)`, selector, text)
}

func (p *Page) holds(t *testing.T, want map[string]string, why string) {
	t.Helper()
	for selector, text := range want {
		if got := p.Value(selector); got != text {
			t.Errorf("%s: %s có %q, phải là %q", why, selector, got, text)
		}
	}
}

func TestTheCopyGoesWhenTheServerHasTakenTheForm(t *testing.T) {
	p := Start(t)
	d := &desk{body: `data-person="p1"`, notes: map[string]string{}}
	p.Open(d.open(t))
	typeInto(p, "#nA", "chữ A")
	typeInto(p, "#nB", "chữ B")
	eval[bool](p, `(document.querySelector("#fA").requestSubmit(), true)`)
	p.WaitFor("#fB [data-kept]", "Đã đưa lại chữ đang gõ")
	p.holds(t, map[string]string{"#nA": "chữ A", "#nB": "chữ B"}, "sau khi lưu A")
	if kept := p.Kept(); strings.Contains(kept, "chữ A") || !strings.Contains(kept, "chữ B") {
		t.Errorf("đã lưu A, máy này giữ %s", kept)
	}
	for _, v := range p.Axe() {
		t.Error(v)
	}
	for _, wide := range p.SidewaysScroll(320) {
		t.Error(wide)
	}
	p.Click("Bỏ chữ này")
	time.Sleep(400 * time.Millisecond)
	if kept := p.Kept(); kept != "" || p.Value("#nB") != "" {
		t.Errorf("đã bỏ mà ô có %q, máy này giữ %s", p.Value("#nB"), kept)
	}
}

func TestAPageWithoutAWordIsNoAnswer(t *testing.T) {
	p := Start(t)
	d := &desk{body: `data-person="p1"`, notes: map[string]string{}, answer: "elsewhere"}
	p.Open(d.open(t))
	typeInto(p, "#nA", "chữ A")
	eval[bool](p, `(document.querySelector("#fA").requestSubmit(), true)`)
	p.WaitFor("h1", "Khác")
	p.Click("Về")
	p.WaitFor("#fA [data-kept]", "Đã đưa lại chữ đang gõ")
	p.holds(t, map[string]string{"#nA": "chữ A"}, "sau khi bị dẫn đi nơi khác")
}

func TestARefusedFormIsKeptUntilItIsTaken(t *testing.T) {
	d := &desk{body: `data-person="p1"`, notes: map[string]string{}, answer: "refuse"}
	p := Start(t)
	at := d.open(t)
	p.Open(at)
	typeInto(p, "#nA", "dòng một\ndòng hai")
	eval[bool](p, `(document.querySelector("#fA").requestSubmit(), true)`)
	p.WaitFor("#loi", "Cần xem lại")
	if p.Has("[data-kept]") || !strings.Contains(p.Kept(), "dòng hai") {
		t.Errorf("biểu mẫu bị trả lại: hỏi %v, máy này giữ %s", p.Has("[data-kept]"), p.Kept())
	}
	p.Open(at) // somebody leaves the refused page and opens the form from the menu
	p.holds(t, map[string]string{"#nA": "dòng một\ndòng hai"}, "mở lại sau khi bị trả lại")
	d.answer = ""
	eval[bool](p, `(document.querySelector("#fA").requestSubmit(), true)`)
	p.WaitFor("[data-answers]", "Đã ghi")
	p.WaitForNothingKept()
}

func TestAVisitorAndAnOldCopyLeaveNothing(t *testing.T) {
	d := &desk{notes: map[string]string{}}
	p := Start(t)
	at := d.open(t)
	p.Open(at)
	typeInto(p, "#nA", "chữ của khách")
	time.Sleep(400 * time.Millisecond)
	if kept := p.Kept(); kept != "" {
		t.Errorf("máy này giữ của khách: %s", kept)
	}
	d.body = `data-person="p1"`
	p.Open(at)
	typeInto(p, "#nA", "chữ cũ")
	p.WaitForKept("chữ cũ")
	age := func(days int) {
		eval[bool](p, fmt.Sprintf(`(() => { for (const k of Object.keys(localStorage)) localStorage.setItem(k, JSON.stringify({...JSON.parse(localStorage.getItem(k)), at: Date.now() - %d * 86400000})); return true; })()`, days))
	}
	age(13)
	p.Open(at)
	p.WaitFor("#fA [data-kept]", "Trong máy này còn bản đang gõ") // days later it is asked, not done
	p.holds(t, map[string]string{"#nA": ""}, "bản của 13 ngày trước")
	age(15)
	p.Open(at)
	if p.Has("[data-kept]") || p.Kept() != "" {
		t.Errorf("bản của 15 ngày trước còn lại: %s", p.Kept())
	}
}

func TestFilesAreSaidNotToBeKeptAndAFullStorageWarns(t *testing.T) {
	d := &desk{body: `data-person="p1"`, notes: map[string]string{}}
	p := Start(t)
	at := d.open(t)
	file := filepath.Join(t.TempDir(), "a.txt")
	if err := os.WriteFile(file, []byte("a"), 0o600); err != nil {
		t.Fatal(err)
	}
	p.Open(at)
	p.Click("A")
	p.Attach("#tA", file)
	p.Click("#nA")
	p.Fill("#nA", "có tệp")
	p.WaitForKept("có tệp")
	p.Open(at)
	p.WaitFor("#fA [data-kept]", "Tệp đã chọn không giữ được: hãy chọn lại")
	if p.Asked() != 1 {
		t.Errorf("rời trang khi chữ chưa gửi: hỏi %d lần", p.Asked())
	}

	eval[bool](p, `(Storage.prototype.setItem = () => { throw new DOMException("đầy", "QuotaExceededError"); }, true)`)
	p.Click("B")
	p.Click("#nB")
	p.Fill("#nB", "kho đầy")
	time.Sleep(400 * time.Millisecond)
	p.Open(at)
	if p.Asked() != 2 {
		t.Errorf("kho đầy mà rời trang chỉ hỏi %d lần", p.Asked())
	}
	for _, complaint := range p.Complaints() {
		t.Errorf("trình duyệt phàn nàn: %s", complaint)
	}
}
