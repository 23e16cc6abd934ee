package browser

import (
	"strings"
	"time"
)

// copies is where the pages keep what was typed and is not yet with the server (assets/js/copies.js).
const copies = "giaoban:dang-go:"

// until looks again and again until something holds, and tells whether it did in time.
func until(holds func() bool) bool {
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if holds() {
			return true
		}
	}
	return false
}

// WaitFor waits until something matches the selector and its text holds `words` ("" for any).
func (p *Page) WaitFor(selector, words string) {
	p.t.Helper()
	if !until(func() bool {
		return eval[bool](p, `[...document.querySelectorAll(%s)].some((el) => (el.innerText ?? "").includes(%s))`, selector, words)
	}) {
		p.t.Fatalf("Chờ %v vẫn không thấy %q có chữ %q ở %s; đang thấy: %.300q", patience, selector, words, p.URL(), p.Text(selector))
	}
}

// WaitUntilGone waits until nothing matches the selector.
func (p *Page) WaitUntilGone(selector string) {
	p.t.Helper()
	if !until(func() bool { return !p.Has(selector) }) {
		p.t.Fatalf("Chờ %v mà %q vẫn còn ở %s: %.300q", patience, selector, p.URL(), p.Text(selector))
	}
}

// WaitForBrokenLine waits until the browser shows its own page for a line that broke.
func (p *Page) WaitForBrokenLine() {
	p.t.Helper()
	if !until(func() bool { return strings.HasPrefix(p.URL(), "chrome-error:") }) {
		p.t.Fatalf("Chờ %v mà trình duyệt không báo mất mạng; đang ở %s", patience, p.URL())
	}
}

// Kept answers what this browser keeps of words not yet sent, as this tab sees it: a copy a line, "" for none.
func (p *Page) Kept() string {
	p.t.Helper()
	return eval[string](p, `Object.entries(localStorage).filter(([k]) => k.startsWith(%s)).map((e) => e.join(" ")).sort().join("\n")`, copies)
}

// WaitForKept waits until this tab sees these words kept. A copy is written a moment after the typing, and reaches another
// tab, a process of its own, some time after that: whoever opens a form there waits first, on another page of the site.
func (p *Page) WaitForKept(words string) {
	p.t.Helper()
	if !until(func() bool { return strings.Contains(p.Kept(), words) }) {
		p.t.Fatalf("Chờ %v mà trình duyệt không giữ %q; đang giữ: %.600s", patience, words, p.Kept())
	}
}

// WaitForNothingKept waits until this tab sees nothing kept: the script that clears the copies runs after the page is seen.
func (p *Page) WaitForNothingKept() {
	p.t.Helper()
	if !until(func() bool { return p.Kept() == "" }) {
		p.t.Fatalf("Chờ %v mà trình duyệt còn giữ: %.600s", patience, p.Kept())
	}
}
