package web_test

import (
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"giaoban/access"
	"giaoban/internal/dbtest"
	"giaoban/web"
	"giaoban/web/browser"
)

// The menu is one for all: a role finds fewer pages in it, never another order, and six words at most.
func TestTheMenuHasOneOrderAndSixWordsAtMost(t *testing.T) {
	var longest []string
	menus := make(map[access.Role][]string)
	for _, role := range access.Roles {
		now, full := web.Menus(role)
		for _, menu := range [][]string{now, full} {
			words := slices.DeleteFunc(slices.Clone(menu), func(s string) bool { return strings.HasPrefix(s, "  ") })
			if len(words) > 6 || len(words) == 0 {
				t.Errorf("%s has %d words in the menu: %s", role.Name(), len(words), strings.Join(words, " · "))
			}
			keys := make(map[string]string)
			for _, page := range menu {
				if name, key, found := strings.Cut(page, " (g "); found {
					if keys[key] != "" {
						t.Errorf("the keys g %s lead to %s and to %s", strings.TrimSuffix(key, ")"), keys[key], name)
					}
					keys[key] = name
				}
			}
		}
		t.Logf("%s:\n%s", role.Name(), strings.Join(now, "\n"))
		pages := slices.DeleteFunc(full, func(s string) bool { return !strings.HasPrefix(s, "  ") })
		if menus[role] = pages; len(pages) > len(longest) {
			longest = pages
		}
	}
	for role, pages := range menus {
		at := 0
		for _, page := range pages {
			if found := slices.Index(longest[at:], page); found >= 0 {
				at += found + 1
			} else if slices.Contains(longest, page) {
				t.Errorf("%s finds %s in another place than others do", role.Name(), strings.TrimSpace(page))
			}
		}
	}
}

// With seven rooms more than today the menu still fits: at every width nothing lies over anything, nothing sticks out, the
// page and its word are marked, and on a phone one button opens all of it by keyboard and without scripts.
func TestTheMenuHoldsTwentyEntries(t *testing.T) {
	t.Parallel()
	browser.Missing(t)
	h := enter(t, dbtest.Engines(t)[0], "2022-04-20 09:00")
	server := httptest.NewServer(web.FullHouse(web.Config{DB: h.DB, Files: h.store, Dev: true}))
	t.Cleanup(server.Close)
	started := browser.Start(t)
	for login, entries := range map[string]int{"khoagiao": 25, "syt": 17} {
		screen := started.Another()
		screen.Open(server.URL + "/dang-nhap")
		screen.Click(h.Actor(login).Name)
		screen.WaitFor(".who", "")
		if n := screen.Count("details.menu a"); n != entries {
			t.Errorf("%s has %d entries, want %d", login, n, entries)
		}
		for _, path := range []string{"/danh-ba", "/sap-co/5"} {
			screen.Open(server.URL + path)
			for _, v := range screen.Axe() {
				t.Errorf("%s %s: %s", login, path, v)
			}
			for _, look := range []browser.Look{{}, {Width: 900}, {Width: 700}, {Width: 320}, {Theme: "dark"}, {Print: true}} {
				at := fmt.Sprintf("%s %s at %+v", login, path, look)
				if look.Width != 0 {
					for _, s := range screen.SidewaysScroll(look.Width) {
						t.Errorf("%s: %s", at, s)
					}
				}
				screen.See(look)
				if look.Width != 0 && look.Width < 897 {
					screen.Focus("details.menu summary")
					screen.Press("Enter")
				}
				for _, wrong := range screen.Eval(menuIsWrong).([]any) {
					t.Errorf("%s: %s", at, wrong)
				}
				if look.Print && screen.Eval(`document.querySelector(".menu").getClientRects().length`).(float64) != 0 {
					t.Errorf("%s: the menu is printed", at)
				}
				if dir := os.Getenv("GIAOBAN_PICTURES"); dir != "" && !look.Print {
					name := fmt.Sprintf("menu-%s%s-%d%s.png", login, strings.ReplaceAll(path, "/", "-"), look.Width, look.Theme)
					screen.Screenshot(filepath.Join(dir, name), look)
				}
				if look.Width != 0 && look.Width < 897 {
					screen.See(look)
					screen.Focus("details.menu summary")
					screen.Press("Enter")
				}
			}
			screen.See(browser.Look{})
		}
	}
	screen := started.Another()
	screen.DisableJavaScript()
	screen.Open(server.URL + "/dang-nhap")
	screen.Click(h.Officer.Name)
	screen.See(browser.Look{Width: 320})
	screen.Focus("details.menu summary")
	screen.Press("Enter", "Tab", "Tab", "Enter")
	if !strings.HasSuffix(screen.URL(), "/sap-co/1") {
		t.Errorf("without scripts the keyboard leads from the menu to %s", screen.URL())
	}
}

// menuIsWrong finds in the menu that is shown: links over one another, too low for a finger, or outside the window; a
// first row that needs two lines on a desk; and marks of the open page that are not exactly one page and its word.
const menuIsWrong = `(() => {
	const shown = [...document.querySelectorAll(".menu a, .menu summary")].filter((el) => el.getClientRects().length);
	const boxes = shown.map((el) => ({ el, r: el.getBoundingClientRect(), words: el.textContent.trim() }));
	const wrong = [];
	for (const [i, a] of boxes.entries()) {
		if (a.r.left < 0 || a.r.right > innerWidth + 0.5) wrong.push(a.words + " sticks out");
		if (a.r.height < 24) wrong.push(a.words + " is " + a.r.height + " px high");
		for (const b of boxes.slice(i + 1)) {
			if (a.r.left < b.r.right - 0.5 && b.r.left < a.r.right - 0.5 && a.r.top < b.r.bottom - 0.5 && b.r.top < a.r.bottom - 0.5) wrong.push(a.words + " lies over " + b.words);
		}
	}
	if (!boxes.length) return wrong;
	const words = boxes.filter((b) => b.el.matches("nav.menu > ul:first-child a"));
	if (new Set(words.map((b) => b.r.top)).size > 1) wrong.push("the words need two lines");
	const pages = shown.filter((el) => el.getAttribute("aria-current") === "page");
	if (pages.length !== 1) wrong.push(pages.length + " pages are marked");
	else if (new URL(pages[0].href).pathname !== location.pathname) wrong.push(pages[0].textContent + " is marked");
	if (document.querySelector(".pages-here")?.getClientRects().length && shown.filter((el) => el.getAttribute("aria-current") === "true").length !== 1) wrong.push("the word of the open page is not marked");
	return wrong;
})()`
