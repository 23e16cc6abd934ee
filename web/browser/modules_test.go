package browser

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

const head = `<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>Thử</title><link rel="stylesheet" href="/app.css"><script type="module" src="/js/app.js"></script></head>`

// office is a small server with one draft, as the real one keeps it: numbered versions, 412 for a late writer.
type office struct {
	mu      sync.Mutex
	version int
	note    string
	said    string // the sentence that answers what was sent, for the next page
	saves   int
	sends   int
	delay   time.Duration
	body    string // extra attributes of <body>
	main    string // extra content
	pings   int
	saving  atomic.Int64 // saves that have begun
}

func (o *office) open(t *testing.T) string {
	t.Helper()
	mux := http.NewServeMux()
	mux.Handle("/js/", http.StripPrefix("/js/", http.FileServer(http.Dir("../assets/js"))))
	mux.HandleFunc("/app.css", func(w http.ResponseWriter, r *http.Request) { http.ServeFile(w, r, "../assets/app.css") })
	mux.HandleFunc("/favicon.ico", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusNoContent) })
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) {
		o.mu.Lock()
		defer o.mu.Unlock()
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Security-Policy", "default-src 'self'")
		fmt.Fprintf(w, head+`<body data-person="p1" %s><main><h1>Thử</h1>%s<form id="don" method="post" action="/gui" data-autosave="/luu" data-version="%d">
<input type="hidden" name="version" value="%[3]d"><label for="ghi">Ghi</label><textarea id="ghi" name="ghi">%s</textarea>
<p data-autosave-status aria-live="polite"></p><button type="submit">Gửi</button></form></main></body></html>`, o.body, o.main, o.version, o.note)
	})
	mux.HandleFunc("GET /con-day", func(w http.ResponseWriter, r *http.Request) { o.mu.Lock(); o.pings++; o.mu.Unlock() })
	mux.HandleFunc("GET /nhiem-vu", func(w http.ResponseWriter, r *http.Request) {
		o.mu.Lock()
		defer o.mu.Unlock()
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, head+`<body data-person="p1"><main><h1>Nhiệm vụ</h1>`+o.said+`</main></body></html>`)
		o.said = ""
	})
	mux.HandleFunc("POST /luu", func(w http.ResponseWriter, r *http.Request) {
		o.saving.Add(1)
		time.Sleep(o.delay)
		o.mu.Lock()
		defer o.mu.Unlock()
		w.Header().Set("Content-Type", "application/json")
		if r.Header.Get("X-Autosave") != "1" || r.FormValue("version") != fmt.Sprint(o.version) {
			w.WriteHeader(http.StatusPreconditionFailed)
			json.NewEncoder(w).Encode(map[string]string{"sentence": "Chị Lãnh vừa sửa bản này lúc 14:02.", "url": "/hai-ban"})
			return
		}
		o.version++
		o.saves++
		o.note = r.FormValue("ghi")
		json.NewEncoder(w).Encode(map[string]any{"saved_at": "2022-04-01T07:03:05Z", "version": o.version})
	})
	mux.HandleFunc("POST /gui", func(w http.ResponseWriter, r *http.Request) {
		time.Sleep(300 * time.Millisecond)
		o.mu.Lock()
		defer o.mu.Unlock()
		if r.FormValue("version") != fmt.Sprint(o.version) {
			http.Error(w, "bản cũ", http.StatusPreconditionFailed)
			return
		}
		o.sends++
		o.note = r.FormValue("ghi")
		o.said = `<p role="status" data-answers="/gui">Đã gửi.</p>`
		http.Redirect(w, r, "/nhiem-vu", http.StatusSeeOther)
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server.URL + "/"
}

func (o *office) holds() (note string, saves, sends int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.note, o.saves, o.sends
}

func (o *office) until(t *testing.T, limit time.Duration, note string) time.Duration {
	t.Helper()
	for began := time.Now(); time.Since(began) < limit; time.Sleep(10 * time.Millisecond) {
		if got, _, _ := o.holds(); got == note {
			return time.Since(began)
		}
	}
	got, _, _ := o.holds()
	t.Fatalf("Sau %v máy chủ giữ %q, phải là %q", limit, got, note)
	return 0
}

func TestADraftIsSavedWithinTwoSecondsOfAPause(t *testing.T) {
	o := &office{version: 1}
	p := Start(t)
	p.Open(o.open(t))
	p.Fill("#ghi", "Ẩn số Ữ, Ỗ & 8,5 %")
	o.until(t, 2*time.Second, "Ẩn số Ữ, Ỗ & 8,5 %")
	p.WaitFor("[data-autosave-status]", "Đã lưu lúc 14:03:05")
	p.Focus("#ghi")
	p.Press("Ctrl+a", "x")
	o.until(t, 2*time.Second, "x")
	for end := time.Now().Add(time.Second); p.Value("[name=version]") != "3"; time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("bản trong biểu mẫu là %s, phải là 3", p.Value("[name=version]"))
		}
	}
	p.WaitForNothingKept()
}

func TestADraftSurvivesALineThatDropsAndATabThatCloses(t *testing.T) {
	o := &office{version: 1}
	p := Start(t)
	at := o.open(t)
	p.Open(at)
	p.Offline(true)
	p.Fill("#ghi", "gõ lúc mất mạng")
	p.WaitFor("[data-autosave-status]", "Chưa lưu được — đang thử lại")
	p.Offline(false)
	o.until(t, 6*time.Second, "gõ lúc mất mạng")
	p.WaitFor("[data-autosave-status]", "Đã lưu")

	// Leaving at once: the page sends what it has on its way out.
	p.Fill("#ghi", "gõ rồi đi ngay")
	p.Open(at + "nhiem-vu")
	o.until(t, 2*time.Second, "gõ rồi đi ngay")

	// Leaving while the line is down: the copy is offered when the person comes back.
	p.Open(at)
	p.Offline(true)
	p.Fill("#ghi", "chỉ còn trong máy")
	p.WaitForKept("chỉ còn trong máy")
	other := p.Tab() // its line is up
	other.Open(at + "nhiem-vu")
	other.WaitForKept("chỉ còn trong máy")
	other.Open(at)
	other.WaitFor(".notice", "Trong máy này còn bản đang gõ")
	other.Click("Khôi phục bản đang gõ")
	if got := other.Value("#ghi"); got != "chỉ còn trong máy" {
		t.Errorf("khôi phục được %q", got)
	}
}

func TestTheSecondWriterIsToldAndOverwritesNothing(t *testing.T) {
	o := &office{version: 1, note: "bản đầu"}
	p := Start(t)
	p.Open(o.open(t))
	o.mu.Lock()
	o.version, o.note = 2, "bản của chị Lãnh"
	o.mu.Unlock()
	p.Fill("#ghi", "bản của tôi")
	p.WaitFor("[data-autosave-status]", "Chị Lãnh vừa sửa bản này")
	if !p.Has(`[data-autosave-status] a[href="/hai-ban"]`) {
		t.Error("không có đường tới hai bản")
	}
	if note, _, _ := o.holds(); note != "bản của chị Lãnh" {
		t.Errorf("đã ghi đè: %q", note)
	}
}

func TestSubmittingDuringASaveSendsOnceAndWithTheNewVersion(t *testing.T) {
	o := &office{version: 1, delay: 600 * time.Millisecond}
	p := Start(t)
	p.Open(o.open(t))
	p.Fill("#ghi", "gửi ngay")
	if !until(func() bool { return o.saving.Load() > 0 }) {
		t.Fatal("không thấy bản nháp được lưu")
	}
	eval[bool](p, `(() => { const b = document.querySelector("#don button"); b.click(); b.click(); b.click(); return true; })()`)
	p.WaitFor("h1", "Nhiệm vụ")
	if note, _, sends := o.holds(); sends != 1 || note != "gửi ngay" {
		t.Errorf("gửi %d lần, máy chủ giữ %q", sends, note)
	}
	p.WaitForNothingKept()
}

func TestPressingTwiceSendsOnce(t *testing.T) {
	o := &office{version: 1}
	p := Start(t)
	p.Open(o.open(t))
	eval[bool](p, `(() => { const b = document.querySelector("#don button"); b.click(); b.click(); return true; })()`)
	p.WaitFor("h1", "Nhiệm vụ")
	if _, _, sends := o.holds(); sends != 1 {
		t.Errorf("gửi %d lần", sends)
	}
}

func TestShortcutsNeverFireWhileTyping(t *testing.T) {
	o := &office{version: 1, main: `<p><a href="/nhiem-vu" data-key="g n">Nhiệm vụ</a></p>`}
	p := Start(t)
	p.Open(o.open(t))
	p.Focus("#ghi")
	p.Press("g", "n", "?")
	if got := p.Value("#ghi"); got != "gn?" || p.Has("dialog[open]") {
		t.Fatalf("ô có %q, bảng phím tắt mở: %v", got, p.Has("dialog[open]"))
	}
	p.Click("h1")
	eval[bool](p, `(document.activeElement.blur(), true)`)
	p.Press("?")
	p.WaitFor("dialog.keys", "Nhiệm vụ")
	for _, v := range p.Axe() {
		t.Error(v)
	}
	p.Press("Esc")
	p.Press("g", "n")
	p.WaitFor("h1", "Nhiệm vụ")
	if !strings.HasSuffix(p.URL(), "/nhiem-vu") {
		t.Errorf("phím tắt đưa tới %s", p.URL())
	}
}

func TestIdlePromptCountsDownAndKeepsWhatWasTyped(t *testing.T) {
	o := &office{version: 1, body: `data-idle-seconds="8" data-idle-url="/con-day"`}
	p := Start(t)
	p.Open(o.open(t))
	p.Fill("#ghi", "đang gõ dở")
	p.WaitFor(".idle", "giây")
	p.Click("Tiếp tục làm việc")
	p.WaitUntilGone(".idle")
	if p.Value("#ghi") != "đang gõ dở" {
		t.Errorf("ở lại mà ô có %q", p.Value("#ghi"))
	}
	p.WaitFor(".idle", "Phiên làm việc đã hết")
	if got := p.Value("#ghi"); got != "đang gõ dở" {
		t.Errorf("hết phiên mà ô có %q", got)
	}
	o.until(t, time.Second, "đang gõ dở")
}

func TestCopyingSaysSo(t *testing.T) {
	o := &office{version: 1, main: `<p id="tin">Còn 2 cơ quan chưa báo cáo.</p><button type="button" data-copy="#tin">Chép</button>`}
	p := Start(t)
	p.Open(o.open(t))
	p.Click("Chép")
	p.WaitFor("[data-copied]", "Đã chép")
}
