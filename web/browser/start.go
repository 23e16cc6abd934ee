// Package browser dùng trình duyệt thật: it opens our pages in Debian's Chromium the way a person does, so that tests can walk,
// look, print, and ask axe-core and html-validate what a screen reader or a strict reader of HTML would meet.
// It knows nothing of the rest of the house, only addresses.
package browser

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// Page is one tab of one person. Its methods fail the test with a Vietnamese sentence, so that a walk reads as a list of steps.
type Page struct {
	t       testing.TB
	ctx     context.Context
	browser context.Context
	loading atomic.Int64 // navigations seen to begin in this tab
	loaded  atomic.Int64 // navigations seen to end
	asked   atomic.Int64 // times that the page asked before it was left
	errors  *shared
	steps   Steps
	noJS    bool
}

// Missing ends the test with the reason when Chromium or the npm tools are not here: skipped on a bare machine,
// failed where everything must be (CI=true or GIAOBAN_BROWSER=1).
func Missing(t testing.TB) {
	t.Helper()
	why := ""
	if _, err := chromium(); err != nil {
		why = "không thấy chromium"
	} else if dir, err := tools(); err != nil {
		why = err.Error()
	} else if _, err := os.Stat(filepath.Join(dir, "node_modules", "axe-core", "axe.min.js")); err != nil {
		why = "chưa có công cụ npm trong tools/npm"
	} else if _, err := exec.LookPath("node"); err != nil {
		why = "không thấy node"
	}
	if why == "" {
		return
	}
	if os.Getenv("CI") == "true" || os.Getenv("GIAOBAN_BROWSER") == "1" {
		t.Fatalf("Không thử được bằng trình duyệt: %s. Chạy make deps rồi thử lại.", why)
	}
	t.Skipf("Bỏ qua phần thử bằng trình duyệt: %s. Chạy make deps để thử cả phần này.", why)
}

// running is the one Chromium of this process, until Close.
var running struct {
	sync.Mutex
	ctx     context.Context
	stop    func()
	profile string
}

// Start answers a tab of somebody whom Chromium has not met: no cookie and no storage from before. Chromium runs from
// the first Start of a process until Close.
func Start(t testing.TB) *Page {
	t.Helper()
	Missing(t)
	browser, err := launched()
	if err != nil {
		t.Fatalf("Chromium không khởi động được: %v", err)
	}
	return (&Page{t: t, browser: browser}).Another()
}

// launched answers the running Chromium; one that has died is launched anew, so that no test pays for another's crash.
func launched() (context.Context, error) {
	running.Lock()
	defer running.Unlock()
	if running.ctx != nil && running.ctx.Err() == nil {
		return running.ctx, nil
	}
	path, err := chromium()
	if err != nil {
		return nil, err
	}
	profile, err := os.MkdirTemp("", "giaoban-chromium-")
	if err != nil {
		return nil, err
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path),
		chromedp.UserDataDir(profile),
		chromedp.NoSandbox, // tests run as root in containers, where the sandbox cannot start
		// Nothing is drawn by a graphics card here, nor by a program that plays one: that costs more than the pages.
		chromedp.Flag("disable-gpu", true),
		chromedp.Flag("disable-gpu-rasterization", true),
		chromedp.Flag("disable-software-rasterizer", true),
		chromedp.Flag("in-process-gpu", true),
		chromedp.Flag("disable-features", "Translate,BlinkGenPropertyTrees,SpareRendererForSitePerProcess"),
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-domain-reliability", true),
		chromedp.Flag("hide-scrollbars", true),
		chromedp.Flag("lang", "vi"),
		chromedp.Env("LANGUAGE=vi", "TZ=Asia/Ho_Chi_Minh", "TMPDIR="+profile),
		chromedp.WindowSize(1280, 900),
	)
	root, stop := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, closeTab := chromedp.NewContext(root, chromedp.WithErrorf(func(string, ...any) {}))
	running.ctx, running.profile, running.stop = ctx, profile, func() { closeTab(); stop() }
	if err := chromedp.Do(ctx); err != nil {
		finish()
		return nil, err
	}
	if v, err := chromedp.CallBrowser(ctx, browser.GetVersion, cdp.Empty{}); err == nil {
		fmt.Println("Trình duyệt: " + v.Product) // a walk may fail for the browser alone
	}
	return ctx, nil
}

// Close ends Chromium and removes its profile; a package whose tests call Start calls it when all of them have ended.
func Close() {
	running.Lock()
	defer running.Unlock()
	finish()
}

func finish() {
	if running.ctx == nil {
		return
	}
	running.stop()
	running.ctx = nil
	// Chromium's helpers may still be writing for a moment after the main process has gone.
	for range 20 {
		if os.RemoveAll(running.profile) == nil {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// Another opens a tab for another person in the same Chromium: no cookie and no storage in common.
func (p *Page) Another() *Page {
	p.t.Helper()
	ctx, closeTab := chromedp.NewContext(p.browser, chromedp.WithNewBrowserContext())
	p.t.Cleanup(closeTab)
	other := &Page{t: p.t, ctx: ctx, browser: p.browser, errors: &shared{}}
	other.begin()
	return other
}

// Tab opens a second tab of the same person: cookies and storage are shared.
func (p *Page) Tab() *Page {
	p.t.Helper()
	ctx, closeTab := chromedp.NewContext(p.ctx)
	p.t.Cleanup(closeTab)
	other := &Page{t: p.t, ctx: ctx, browser: p.browser, errors: &shared{}}
	other.begin()
	return other
}

func (p *Page) begin() {
	p.t.Helper()
	if err := chromedp.Do(p.ctx); err != nil {
		p.t.Fatalf("Chromium không khởi động được: %v", err)
	}
	main := ""
	err := chromedp.Listen(p.ctx, func(event any) {
		switch e := event.(type) {
		case *page.EventFrameStartedNavigating:
			if main == "" {
				main = string(e.FrameID)
			}
			if string(e.FrameID) == main && e.NavigationType != "sameDocument" && e.NavigationType != "historySameDocument" {
				p.loading.Add(1)
			}
		case *page.EventFrameStoppedLoading:
			if string(e.FrameID) == main {
				p.loaded.Store(p.loading.Load())
			}
		case *page.EventJavascriptDialogOpening:
			p.asked.Add(1)
			go chromedp.Call(p.ctx, page.HandleJavaScriptDialog, page.HandleJavaScriptDialogParams{Accept: true})
		default:
			p.errors.hear(event)
		}
	})
	if err != nil {
		p.t.Fatalf("Không nghe được trình duyệt: %v", err)
	}
	p.steps = Steps{Began: time.Now()}
}

// chromium answers where Debian keeps it, the one without windows first: it takes a quarter of the processor's time.
// GIAOBAN_CHROMIUM names another.
func chromium() (string, error) {
	if path := os.Getenv("GIAOBAN_CHROMIUM"); path != "" {
		return exec.LookPath(path)
	}
	for _, name := range []string{"chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", exec.ErrNotFound
}

// tools answers the folder tools/npm of the repository that the test runs in.
func tools() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		at := filepath.Join(dir, "tools", "npm")
		if _, err := os.Stat(filepath.Join(at, "package.json")); err == nil {
			return at, nil
		}
		up := filepath.Dir(dir)
		if up == dir {
			return "", fmt.Errorf("không thấy thư mục tools/npm")
		}
		dir = up
	}
}
