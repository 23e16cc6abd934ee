package browser

import "time"

// asking has the page note whether the step that comes, on what find finds or else on what has the focus, asks for
// another page by a link or a form, and answers how many pages were asked for so far. A script may hold the page back;
// where none runs, a form that is not filled in may.
func (p *Page) asking(what string) int64 {
	p.t.Helper()
	eval[bool](p, find+`((what, scripts) => {
		const here = location.href.split("#")[0];
		const leads = (el) => {
			const link = el.closest?.("a[href]"), form = el.closest?.("form");
			if (link) return !link.hasAttribute("download") && !link.target && !(link.hash && link.href.split("#")[0] === here);
			return !!form && form.method !== "dialog" && !form.target;
		};
		globalThis.asksForPage = false;
		if (!scripts) {
			const el = what ? find(what) : document.activeElement, button = el?.closest("button, input, a[href]"), form = button?.form;
			const filled = () => form.noValidate || button.formNoValidate || [...form.elements].every((e) => !e.willValidate || e.validity.valid);
			globalThis.asksForPage = !!button && leads(button) && (!form || (!what || button.type === "submit") && filled());
			return true;
		}
		const note = (e) => { if (!e.defaultPrevented && (e.type === "submit" || e.target.closest?.("a[href]")) && leads(e.target)) globalThis.asksForPage = true; };
		for (const type of ["click", "submit"]) addEventListener(type, note, {once: true});
		return true;
	})(%s, !%s)`, what, map[bool]string{true: "tắt"}[p.noJS])
	return p.loading.Load()
}

// follow waits for the page that the last step asked for to begin, then for its end: on a busy machine it begins later
// than any grace that is fixed.
func (p *Page) follow(before int64) {
	p.t.Helper()
	for end := time.Now().Add(patience / 3); p.loading.Load() == before && time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if !eval[bool](p, `globalThis.asksForPage === true`) {
			break
		}
	}
	p.settle()
}

// settle waits for a navigation that the last step may have begun. A short grace is needed: a script may begin one a moment later.
func (p *Page) settle() {
	p.t.Helper()
	time.Sleep(40 * time.Millisecond)
	end := time.Now().Add(patience)
	for p.loading.Load() > p.loaded.Load() {
		if time.Now().After(end) {
			p.t.Fatalf("Trang tải quá %v: %s", patience, p.URL())
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// ready waits until the page is whole and its scripts have run: until then things move, and a press would miss them.
func (p *Page) ready() {
	p.t.Helper()
	if !until(func() bool {
		return p.loading.Load() <= p.loaded.Load() && eval[bool](p, `document.readyState === "complete"`)
	}) {
		p.t.Fatalf("Trang tải quá %v: %s", patience, p.URL())
	}
}
