package web_test

import (
	"strings"
	"testing"

	"giaoban/sample"
	"giaoban/web/browser"
)

// partsSeen are the ids of the parts that are on the screen, and those that hold text of their own among the hidden.
const partsSeen = `[...document.querySelectorAll(".part")].filter((el) => el.checkVisibility() && !el.hidden).map((el) => el.id).join(" ")`

// A long sheet is written one part at a time: nothing typed is lost on the way from part to part, and one act sends all.
func TestASheetIsWrittenOnePartAtATime(t *testing.T) {
	t.Parallel()
	browser.Missing(t)
	w := watch(t, "2022-03-16 08:00")
	for _, w.scripts = range []bool{true, false} {
		body := w.house.Body(map[bool]string{true: sample.STNMT, false: sample.SKHCN}[w.scripts])
		sector := map[bool]string{true: "MT", false: "KH"}[w.scripts]
		at, tab := w.owed(body), w.sit(w.house.AgencyOfficer(body))
		on := func(part string) {
			t.Helper()
			if got := tab.Eval(partsSeen); got != part {
				t.Fatalf("scripts %v: %q is on the screen, not %q", w.scripts, got, part)
			}
		}
		tab.Open(at + "/soan")
		on("so-lieu")
		sections := []string{"results", "difficulties", "shortcomings", "causes", "next_tasks", "proposals"}
		for _, section := range sections {
			tab.Click(`.contents a[href="#phan-` + section + `"]`)
			on("phan-" + section)
			tab.Fill("#sections-"+section+"-"+sector, "Lời văn của phần "+section+".")
		}
		for _, section := range sections {
			if got := tab.Value("#sections-" + section + "-" + sector); got != "Lời văn của phần "+section+"." {
				t.Errorf("scripts %v: %s holds %q after walking on", w.scripts, section, got)
			}
		}
		w.judge(tab, "mot-phan")
		tab.Click("Xem tất cả")
		if got, _ := tab.Eval(partsSeen).(string); len(strings.Fields(got)) < 8 {
			t.Errorf("scripts %v: of everything %q is on the screen", w.scripts, got)
		}
		tab.Click(`.contents a[href="#phan-causes"]`)
		tab.See(browser.Look{Print: true})
		if got, _ := tab.Eval(`[...document.querySelectorAll(".part textarea")].filter((el) => el.getClientRects().length).length`).(float64); got < 6 {
			t.Errorf("scripts %v: %v texts are printed", w.scripts, got)
		}
		tab.See(browser.Look{})
		if w.scripts {
			walkByKeys(t, tab, on, sector)
		}
		tab.Click(`#phan-causes button[formaction*="/luu"]`)
		tab.WaitFor("[role=status]", "Đã lưu bản nháp")
		on("phan-causes")
		tab.Fill("#value-"+sector+"11", "chín")
		tab.Click(`button[formaction$="/trinh"]`)
		tab.WaitFor("#loi", "")
		on("so-lieu")
		tab.Click(`.contents a[href="#phan-results"]`)
		on("phan-results")
		tab.Click(`#loi a[href="#value-` + sector + `11"]`)
		on("so-lieu")
		w.judge(tab, "mot-phan-tra-ve")
	}
}

// walkByKeys goes on from a part by Tab alone, back, and to what the browser's own search finds.
func walkByKeys(t *testing.T, tab *browser.Page, on func(string), sector string) {
	t.Helper()
	tab.Focus("#sections-causes-" + sector)
	tab.Press("Tab")
	on("phan-next_tasks")
	tab.Press("Shift+Tab")
	on("phan-causes")
	if got := tab.Focused(); got != "textarea#sections-causes-"+sector {
		t.Errorf("back from the next part the cursor is in %s", got)
	}
	if got := tab.Eval(`document.querySelector("#phan-results").hidden`); got != "until-found" {
		t.Errorf("what is not shown cannot be found: %v", got)
	}
	tab.Eval(`document.querySelector("#sections-results-` + sector + `").dispatchEvent(new Event("beforematch", {bubbles: true}))`)
	on("phan-results")
	tab.Click(`.contents a[href="#phan-causes"]`)
	tab.Fill("#sections-causes-"+sector, "Không phát sinh.")
	if got := tab.Text(`.contents li:has([href="#phan-causes"])`); !strings.Contains(got, "không phát sinh") {
		t.Errorf("the contents say %q of a part in which nothing happened", got)
	}
}
