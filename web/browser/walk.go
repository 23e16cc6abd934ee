package browser

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// patience is how long a step may take before the walk is said to be stuck.
const patience = 15 * time.Second

// Open goes to an address and waits until it has loaded. A download that was pressed just before may begin only now and
// take the place of the page that was asked for: then it is asked for again.
func (p *Page) Open(url string) {
	p.t.Helper()
	p.do("mở "+url, func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		none, err := chromedp.Navigate(url)(ctx, t)
		if err != nil && strings.Contains(err.Error(), "net::ERR_ABORTED") {
			return chromedp.Navigate(url)(ctx, t)
		}
		return none, err
	})
	p.settle()
}

// Reload loads the page again.
func (p *Page) Reload() { p.t.Helper(); p.do("tải lại trang", chromedp.Reload()); p.settle() }

// Back presses the browser's own button. The page may come back as it was left (no load event), so its address is what is waited for.
func (p *Page) Back() {
	p.t.Helper()
	past, err := chromedp.Call(p.ctx, page.GetNavigationHistory, cdp.Empty{})
	if err != nil || past.CurrentIndex == 0 {
		p.t.Fatalf("Không có trang trước để quay lại: %v", err)
	}
	before := past.Entries[past.CurrentIndex-1]
	if _, err := chromedp.Call(p.ctx, page.NavigateToHistoryEntry, page.NavigateToHistoryEntryParams{EntryID: before.ID}); err != nil {
		p.t.Fatalf("Không quay lại được %s: %v", before.URL, err)
	}
	p.steps.Clicks++
	time.Sleep(100 * time.Millisecond)
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if p.URL() == before.URL && eval[string](p, `document.readyState`) == "complete" {
			p.loaded.Store(p.loading.Load())
			return
		}
	}
	p.t.Fatalf("Quay lại %s mà vẫn ở %s", before.URL, p.URL())
}

// URL answers the address shown.
func (p *Page) URL() string { p.t.Helper(); return eval[string](p, `location.href`) }

// HTML answers the document as the browser holds it now.
func (p *Page) HTML() string {
	p.t.Helper()
	return eval[string](p, `"<!DOCTYPE html>\n" + document.documentElement.outerHTML`)
}

// Text answers what a person reads in the first element that matches; "" when nothing does.
func (p *Page) Text(selector string) string {
	p.t.Helper()
	return eval[string](p, `(document.querySelector(%s)?.innerText ?? "").trim()`, selector)
}

// Value answers what stands in a field.
func (p *Page) Value(selector string) string {
	p.t.Helper()
	return eval[string](p, `String(document.querySelector(%s)?.value ?? "")`, selector)
}

// Has says whether anything matches the selector; Count says how many do.
func (p *Page) Has(selector string) bool { p.t.Helper(); return p.Count(selector) > 0 }

// Count answers how many elements match.
func (p *Page) Count(selector string) int {
	p.t.Helper()
	return eval[int](p, `document.querySelectorAll(%s).length`, selector)
}

// Eval answers the JSON value of an expression; for what the other methods do not say.
func (p *Page) Eval(expression string) any { p.t.Helper(); return eval[any](p, "%r", expression) }

// Fill types over whatever stands in the field. One key is counted for each character.
func (p *Page) Fill(selector, text string) {
	p.t.Helper()
	p.TurnTo(selector)
	kind := eval[string](p, `(() => { const el = document.querySelector(%s); if (!el || el.disabled || el.readOnly) return "";
		el.scrollIntoView({block: "center", behavior: "instant"}); el.focus(); el.select?.(); return el.type ?? el.tagName; })()`, selector)
	switch kind {
	case "":
		p.t.Fatalf("Không có ô nào gõ được theo %q ở %s", selector, p.URL())
	case "date", "time", "month", "datetime-local", "color", "range":
		eval[bool](p, `((el, v) => { el.value = v; el.dispatchEvent(new Event("input", {bubbles: true})); el.dispatchEvent(new Event("change", {bubbles: true})); return true; })(document.querySelector(%s), %s)`, selector, text)
	default:
		if text == "" {
			p.do("xóa ô", chromedp.KeyEvent(kb.Delete))
		} else if _, err := chromedp.Call(p.ctx, input.InsertText, input.InsertTextParams{Text: text}); err != nil {
			p.t.Fatalf("Không gõ được vào %q: %v", selector, err)
		}
	}
	p.steps.Keys += max(1, len([]rune(text)))
}

// Choose picks an option of a select by its value or its text.
func (p *Page) Choose(selector, option string) {
	p.t.Helper()
	p.TurnTo(selector)
	ok := eval[bool](p, `((el, want) => { const o = [...(el?.options ?? [])].find((o) => o.value === want || o.text.trim() === want); if (!o) return false;
		el.focus(); el.value = o.value; el.dispatchEvent(new Event("input", {bubbles: true})); el.dispatchEvent(new Event("change", {bubbles: true})); return true; })(document.querySelector(%s), %s)`, selector, option)
	if !ok {
		p.t.Fatalf("Không có lựa chọn %q trong %q ở %s", option, selector, p.URL())
	}
	p.steps.Clicks += 2
}

// Attach puts files into a file field.
func (p *Page) Attach(selector string, files ...string) {
	p.t.Helper()
	p.TurnTo(selector)
	p.do("đính kèm tệp vào "+selector, chromedp.SetUploadFiles(chromedp.CSS(selector), files))
	p.steps.Clicks += 2
}

// TurnTo presses in the table of contents on the part of the page in which something stands that is not shown; it tells
// whether that put the cursor into it. It waits for a page still on its way.
func (p *Page) TurnTo(what string) (there bool) {
	p.t.Helper()
	p.ready()
	link := eval[string](p, `((what) => {
		const shown = (el) => el.checkVisibility() && !el.hidden, off = [...document.querySelectorAll(".part")].filter((part) => !shown(part));
		const words = (el) => (el.textContent || el.getAttribute("aria-label") || "").replace(/\s+/g, " ").trim();
		const pressed = [...document.querySelectorAll("a[href], button, summary, label")];
		const visible = (el) => el.checkVisibility() && !off.some((part) => part.contains(el)) && !el.closest(".visually-hidden");
		let el;
		try { el = document.querySelector(what); } catch {}
		if (!el) for (const fits of [(el) => words(el) === what, (el) => (words(el) + " " + (el.getAttribute("aria-label") ?? "")).includes(what)]) {
			el ??= pressed.find((el) => fits(el) && visible(el)) ?? pressed.find((el) => fits(el) && off.some((part) => part.contains(el)));
		}
		const part = off.find((part) => part.contains(el));
		const link = part && '.contents a[href="#' + part.id + '"]';
		return document.querySelector(link || "none") ? link : "";
	})(%s)`, what)
	if link == "" {
		return false
	}
	if eval[bool](p, `!document.querySelector(%s).checkVisibility()`, link) {
		p.Click(".contents .fold")
	}
	p.Click(link)
	return eval[bool](p, `((what) => { const el = document.activeElement;
		try { return el === document.querySelector(what) && !["checkbox", "radio", "file", "submit"].includes(el.type); } catch { return false; }
	})(%s)`, what)
}

// Click presses with the mouse what a selector finds, or else the visible link, button, summary or label that bears these words
// (exactly, then in part). It fails when something else lies over the place, and waits for the page that follows.
func (p *Page) Click(what string) {
	p.t.Helper()
	if p.TurnTo(what) {
		return // the press on the contents put the cursor there
	}
	before := p.asking(what)
	at := eval[struct {
		X, Y  float64
		Cover string
		Found bool
	}](p, find+`((what) => {
		const el = find(what);
		if (!el) return {Found: false};
		el.scrollIntoView({block: "center", inline: "nearest", behavior: "instant"});
		const box = [...el.getClientRects()].find((r) => r.width && r.height) ?? el.getBoundingClientRect();
		const X = box.x + box.width / 2, Y = box.y + box.height / 2;
		const top = document.elementFromPoint(X, Y);
		const same = top && (el.contains(top) || top.contains(el) || top.closest("label")?.control === el);
		return {Found: true, X, Y, Cover: same ? "" : (top?.outerHTML ?? "ngoài màn hình").slice(0, 120)};
	})(%s)`, what)
	if !at.Found {
		p.t.Fatalf("Không thấy %q để bấm ở %s; trang có: %.500q", what, p.URL(), p.Text("main"))
	}
	if at.Cover != "" {
		p.t.Fatalf("%q bị che ở %s: %s", what, p.URL(), at.Cover)
	}
	p.do("bấm "+what, chromedp.MouseClickXY(at.X, at.Y))
	p.steps.Clicks++
	p.follow(before)
}

// find is shared by Click: a selector that finds something wins over words.
const find = `const find = (what) => {
	try { const el = document.querySelector(what); if (el) return el; } catch {}
	const words = (el) => (el.innerText || el.value || el.getAttribute("aria-label") || "").replace(/\s+/g, " ").trim();
	const all = [...document.querySelectorAll("a[href], button, summary, label, [role=button], input[type=submit]")].filter((el) => el.getClientRects().length);
	return all.find((el) => words(el) === what) ?? all.find((el) => words(el).includes(what));
};
`

// names are keys as people call them; anything else is typed as text.
var names = map[string]string{
	"Enter": kb.Enter, "Tab": kb.Tab, "Esc": kb.Escape, "Space": " ", "Backspace": kb.Backspace, "Delete": kb.Delete,
	"Up": kb.ArrowUp, "Down": kb.ArrowDown, "Left": kb.ArrowLeft, "Right": kb.ArrowRight, "Home": kb.Home, "End": kb.End,
}

// Press presses keys one after the other: "Tab", "Shift+Tab", "Ctrl+a", "Down", "?", "g". It waits for a page that follows.
func (p *Page) Press(keys ...string) {
	p.t.Helper()
	for _, key := range keys {
		var with []chromedp.Modifier
		for {
			mod, rest, found := strings.Cut(key, "+")
			if !found || rest == "" {
				break
			}
			with, key = append(with, map[string]chromedp.Modifier{"Shift": chromedp.ModifierShift, "Ctrl": chromedp.ModifierCtrl, "Alt": chromedp.ModifierAlt}[mod]), rest
		}
		if code, ok := names[key]; ok {
			key = code
		}
		before := p.loading.Load()
		if key == kb.Enter {
			p.asking("")
		}
		p.do("nhấn phím "+key, chromedp.KeyEvent(key, chromedp.KeyModifiers(with...)))
		p.steps.Keys++
		if key == kb.Enter {
			p.follow(before)
		} else {
			p.settle()
		}
	}
}

// Focus puts the cursor into an element; Focused answers what has it, as tag#id or its words.
func (p *Page) Focus(selector string) {
	p.t.Helper()
	p.TurnTo(selector)
	if !eval[bool](p, `((el) => { el?.focus(); return !!el && document.activeElement === el; })(document.querySelector(%s))`, selector) {
		p.t.Fatalf("Không đưa được con trỏ vào %q ở %s", selector, p.URL())
	}
}

// Focused answers the element that has the focus: "input#han", or its words when it has no id.
func (p *Page) Focused() string {
	p.t.Helper()
	return eval[string](p, `((el) => el.id ? el.tagName.toLowerCase() + "#" + el.id : (el.innerText || el.getAttribute("aria-label") || el.tagName.toLowerCase()).trim())(document.activeElement)`)
}

// PasteTSV pastes what Excel puts on the clipboard into a field, and answers how long the page was busy with it.
func (p *Page) PasteTSV(selector, text string) time.Duration {
	p.t.Helper()
	p.Focus(selector)
	ms := eval[float64](p, `((el, text) => {
		const data = new DataTransfer();
		data.setData("text/plain", text);
		const began = performance.now();
		const event = new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true});
		if (el.dispatchEvent(event)) document.execCommand("insertText", false, text);
		el.getBoundingClientRect();
		return performance.now() - began;
	})(document.querySelector(%s), %s)`, selector, text)
	p.steps.Keys++
	return time.Duration(ms * float64(time.Millisecond))
}

// DisableJavaScript makes the pages opened from now on run no script, as in an old or locked browser.
func (p *Page) DisableJavaScript() {
	p.t.Helper()
	if _, err := chromedp.Call(p.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
		p.t.Fatalf("Không tắt được JavaScript: %v", err)
	}
	p.noJS = true
}

// conditions are what the long-standing command asks for; the client's library knows its successor only.
type conditions struct {
	Offline            bool    `json:"offline"`
	Latency            float64 `json:"latency"`
	DownloadThroughput float64 `json:"downloadThroughput"`
	UploadThroughput   float64 `json:"uploadThroughput"`
}

// Offline cuts the network of this tab, or joins it again. The long-standing command comes first: the rules that follow
// it take other parameters from one Chromium to the next (148 wants an offline of its own beside them). Only a browser
// that no longer knows it gets the rules.
func (p *Page) Offline(cut bool) {
	p.t.Helper()
	long := cdp.Command[conditions, cdp.Empty]{Method: "Network.emulateNetworkConditions"}
	if _, err := chromedp.Call(p.ctx, long, conditions{Offline: cut, DownloadThroughput: -1, UploadThroughput: -1}); err == nil {
		return
	}
	_, err := chromedp.Call(p.ctx, network.OverrideNetworkState, network.OverrideNetworkStateParams{Offline: cut, DownloadThroughput: -1, UploadThroughput: -1})
	if err == nil {
		_, err = chromedp.Call(p.ctx, network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{
			MatchedNetworkConditions: []*network.Conditions{{Offline: cut, DownloadThroughput: -1, UploadThroughput: -1}},
		})
	}
	if err != nil {
		p.t.Fatalf("Không ngắt được mạng: %v", err)
	}
}

// Close closes the tab as a person does by Ctrl+W: pagehide runs, nothing is asked.
func (p *Page) Close() {
	p.t.Helper()
	if err := chromedp.Cancel(p.ctx); err != nil && p.ctx.Err() == nil {
		p.t.Fatalf("Không đóng được thẻ: %v", err)
	}
}

// Asked answers how often a page warned before it was left; the answer is always to leave.
func (p *Page) Asked() int { return int(p.asked.Load()) }

func (p *Page) do(what string, steps ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		p.t.Fatalf("Không %s được: %v", what, err)
	}
}

// eval puts strings into an expression as JavaScript literals at each %s (the expression "%r" is the first string itself) and answers its value.
func eval[T any](p *Page, expression string, words ...string) T {
	p.t.Helper()
	if expression == "%r" {
		expression = words[0]
	} else {
		parts := strings.Split(expression, "%s")
		for i, w := range words {
			literal, err := json.Marshal(w)
			if err != nil {
				p.t.Fatalf("Chữ không viết được thành JavaScript: %v", err)
			}
			parts[i] += string(literal)
		}
		expression = strings.Join(parts, "")
	}
	var got T
	var err error
	// A page may be replaced between two looks at it; the second look sees the new one.
	for range 3 {
		ctx, cancel := context.WithTimeout(p.ctx, patience)
		got, err = chromedp.Run(ctx, chromedp.Evaluate[T]("{"+expression+"}", chromedp.EvalAwaitPromise))
		cancel()
		if err == nil || !strings.Contains(err.Error(), "context") && !strings.Contains(err.Error(), "navigated") {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	if err != nil {
		p.t.Fatalf("Trang không trả lời: %v\n%.300s", err, expression)
	}
	return got
}
