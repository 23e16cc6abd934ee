package browser

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestMain(m *testing.M) {
	code := m.Run()
	Close()
	os.Exit(code)
}

// pattern serves the page that shows every component, with the stylesheet and the modules as they are written.
func pattern(t *testing.T) string {
	t.Helper()
	mux := http.NewServeMux()
	mux.Handle("/js/", http.StripPrefix("/js/", http.FileServer(http.Dir("../assets/js"))))
	mux.HandleFunc("/app.css", func(w http.ResponseWriter, r *http.Request) { http.ServeFile(w, r, "../assets/app.css") })
	mux.HandleFunc("/{$}", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", "default-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'")
		http.ServeFile(w, r, "testdata/components.html")
	})
	mux.HandleFunc("/favicon.ico", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusNoContent) })
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server.URL
}

func serve(t *testing.T, html string) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Write([]byte(html))
	}))
	t.Cleanup(server.Close)
	return server.URL
}

func TestEveryComponentIsCleanInLightDarkAndNarrow(t *testing.T) {
	p := Start(t)
	p.Open(pattern(t))
	for _, v := range p.Axe() {
		t.Error(v)
	}
	for _, width := range []int{320, 640, 1280} {
		for _, s := range p.SidewaysScroll(width) {
			t.Errorf("%d px: %s", width, s)
		}
	}
	for _, c := range p.Complaints() {
		t.Errorf("trình duyệt phàn nàn: %s", c)
	}
	if dir := os.Getenv("GIAOBAN_PICTURES"); dir != "" {
		p.Open(p.URL())
		p.Screenshot(dir+"/light.png", Look{})
		p.Screenshot(dir+"/dark.png", Look{Theme: "dark"})
		p.Screenshot(dir+"/320.png", Look{Width: 320})
		p.Screenshot(dir+"/print.png", Look{Width: 794, Print: true})
		p.PDF(dir + "/print.pdf")
	}
}

func TestEveryComponentIsValidHTML(t *testing.T) {
	Missing(t)
	html, err := os.ReadFile("testdata/components.html")
	if err != nil {
		t.Fatal(err)
	}
	for _, found := range HTMLValidate(t, map[string]string{"bảng mẫu": string(html)}) {
		t.Error(found)
	}
}

// A page that is shown before its scripts have come is not pressed on until they have: they move what stands on it.
func TestAPressWaitsForAPageOnItsWay(t *testing.T) {
	mux := http.NewServeMux()
	mux.HandleFunc("/{$}", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, `<!DOCTYPE html><title>Trước</title><button onclick="setTimeout(() => location = '/sau', 200)">Đi</button>`)
	})
	mux.HandleFunc("/sau", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, `<!DOCTYPE html><title>Sau</title><script src="/cham.js" defer></script><p id="chu">Chưa bấm</p><button id="nut">Bấm</button>`)
	})
	mux.HandleFunc("/cham.js", func(w http.ResponseWriter, r *http.Request) {
		time.Sleep(400 * time.Millisecond)
		w.Header().Set("Content-Type", "text/javascript")
		fmt.Fprint(w, `document.querySelector("#chu").style.height = "200px"; document.querySelector("#nut").onclick = () => { document.querySelector("#chu").innerText = "Đã bấm"; };`)
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	p := Start(t)
	p.Open(server.URL)
	p.Click("Đi")
	p.WaitFor("#chu", "Chưa bấm")
	p.Click("#nut")
	p.WaitFor("#chu", "Đã bấm")
}

// A page that a press asked for and that begins late is waited for: what is looked for next may stand on the old page too.
func TestAPageThatBeginsLateIsWaitedFor(t *testing.T) {
	mux := http.NewServeMux()
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, `<!DOCTYPE html><title>Trang</title><a id="lien-ket" href="/sau"><b>Liên kết</b></a> <a id="cho-khac" href="#lien-ket">Chỗ khác</a>
<form action="/sau"><input id="o" required><button id="gui">Gửi</button><button type="button" id="mo">Mở</button></form>
<form action="/sau" onsubmit="return false"><button id="giu">Bị giữ</button></form>`)
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	p := Start(t)
	for scripts, asks := range map[bool]string{true: "#lien-ket b, Gửi", false: "#lien-ket b, Gửi, #giu"} {
		p.noJS = !scripts
		for _, what := range []string{"#lien-ket b", "#cho-khac", "#gui", "#mo", "#giu", "#o", "Gửi"} {
			p.Open(server.URL)
			if what == "Gửi" {
				p.Fill("#o", "có chữ")
			}
			p.asking(what)
			eval[bool](p, find+`((what) => {
				addEventListener("submit", (e) => e.preventDefault()); // after what is asked: the press is looked at, not followed
				addEventListener("click", (e) => { if (e.target.closest("a")) e.preventDefault(); });
				find(what).click();
				return true;
			})(%s)`, what)
			if noted := eval[bool](p, `asksForPage`); noted != strings.Contains(asks, what) {
				t.Errorf("scripts %v: a press on %s: another page is said to be asked for: %v", scripts, what, noted)
			}
		}
	}
	p.noJS = false
	p.Open(server.URL)
	before := p.asking("#lien-ket")
	p.Eval(`(asksForPage = true, setTimeout(() => location = "/sau", 300), true)`)
	p.follow(before)
	if !strings.HasSuffix(p.URL(), "/sau") {
		t.Errorf("the page that was asked for was not waited for: still at %s", p.URL())
	}
}

const planted = `<!DOCTYPE html><html lang="vi"><head><title>Lỗi gài</title></head>
<body><main><h1>Lỗi gài</h1><p style="color:#aaa;background:#fff">Chữ nhạt quá.</p><input name="a"><div class="wide" style="width:900px">rộng</div></main></body></html>`

// dark pages hold their own errors: of colour, and of size where the dark styles change it.
const plantedInTheDark = `<!DOCTYPE html><html lang="vi"><head><title>Lỗi gài</title><style>
p { color: #000; background: #fff } button { width: 44px; height: 44px }
@media (prefers-color-scheme: dark) { p { color: #333; background: #222 } %s }</style></head>
<body><main><h1>Lỗi gài</h1><p>Chữ tối trên nền tối.</p><button>A</button><button>B</button></main></body></html>`

// A checker that finds nothing where there is something proves nothing: each is shown a planted error first.
func TestTheCheckersFindPlantedErrors(t *testing.T) {
	p := Start(t)
	p.Open(serve(t, planted))
	rules := map[string]bool{}
	for _, v := range p.Axe() {
		rules[v.Rule] = true
	}
	for _, rule := range []string{"color-contrast", "label"} {
		if !rules[rule] {
			t.Errorf("axe không thấy lỗi gài %s; chỉ thấy %v", rule, rules)
		}
	}
	for styles, rules := range map[string]string{"": "color-contrast", "button { width: 8px; height: 8px; padding: 0 }": "color-contrast target-size"} {
		p.Open(serve(t, fmt.Sprintf(plantedInTheDark, styles)))
		var got []string
		for _, v := range p.Axe() {
			got = append(got, v.Rule)
			if v.Theme != "dark" {
				t.Errorf("lỗi chỉ có ở nền tối mà thấy ở nền sáng: %s", v)
			}
		}
		if slices.Sort(got); strings.Join(got, " ") != rules {
			t.Errorf("axe không thấy đúng lỗi gài ở nền tối: %v, phải là %s", got, rules)
		}
	}
	p.Open(serve(t, planted))
	if out := p.SidewaysScroll(320); len(out) == 0 || !strings.Contains(out[0], "wide") {
		t.Errorf("không thấy khối rộng 900 px trên màn 320 px: %v", out)
	}
	found := strings.Join(HTMLValidate(t, map[string]string{"gài": strings.Replace(planted, "</h1>", "</h2>", 1)}), "\n")
	if !strings.Contains(found, "gài:2:") || !strings.Contains(found, "close-order") {
		t.Errorf("html-validate không thấy thẻ đóng sai: %s", found)
	}
}

func TestAWalkWithoutJavaScript(t *testing.T) {
	mux := http.NewServeMux()
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Write([]byte(`<!DOCTYPE html><html lang="vi"><title>Đơn</title><main><p id="js">chưa</p><script>document.getElementById("js").textContent = "có"</script>
<form method="post" action="/gui"><label>Tên <input id="ten" name="ten"></label><select id="ky" name="ky"><option value="1">Quý I</option><option value="2">Quý II</option></select><button>Gửi đi</button></form></main>`))
	})
	mux.HandleFunc("POST /gui", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Write([]byte("<!DOCTYPE html><title>Xong</title><main><p class=nhan>Đã nhận " + r.FormValue("ten") + ", kỳ " + r.FormValue("ky") + "</p></main>"))
	})
	server := httptest.NewServer(mux)
	defer server.Close()
	p := Start(t)
	for _, with := range []bool{true, false} {
		if !with {
			p.DisableJavaScript()
		}
		p.Open(server.URL)
		if got := p.Text("#js"); (got == "có") != with {
			t.Fatalf("JavaScript bật là %v mà trang nói %q", with, got)
		}
		p.StartCounting()
		p.Fill("#ten", "Ngữ")
		p.Choose("#ky", "Quý II")
		p.Click("Gửi đi")
		if got := p.Text(".nhan"); got != "Đã nhận Ngữ, kỳ 2" {
			t.Fatalf("nhận được %q", got)
		}
		if s := p.Counted(); s.Clicks != 3 || s.Keys != 3 {
			t.Errorf("đếm sai: %v", s)
		}
		p.Back()
		p.Focus("#ten")
		p.Press("Tab", "Shift+Tab")
		if got := p.Focused(); got != "input#ten" {
			t.Errorf("con trỏ ở %s", got)
		}
	}
}
