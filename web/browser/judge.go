package browser

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"sort"
	"strings"
	"testing"
)

// Violation is one thing axe-core finds: which rule, how bad, where, under which theme.
type Violation struct {
	Theme  string
	Rule   string
	Impact string
	Help   string
	Where  []string // selector and what axe says of it
}

// String says it in one line.
func (v Violation) String() string {
	return fmt.Sprintf("axe %s (%s, %s): %s — %s", v.Rule, v.Impact, v.Theme, v.Help, strings.Join(v.Where, " | "))
}

// Axe looks at the page with axe-core (WCAG 2.0–2.2, A and AA, and its best practices), in light and in dark.
// It needs JavaScript; a page walked without it is opened again with it.
func (p *Page) Axe() []Violation { p.t.Helper(); return p.AxeAt(1280) }

// AxeAt is Axe in a window of this width.
func (p *Page) AxeAt(width int) []Violation {
	p.t.Helper()
	if p.noJS {
		p.t.Fatalf("axe cần JavaScript: mở trang này trong một thẻ khác để soát.")
	}
	dir, err := tools()
	if err != nil {
		p.t.Fatalf("Không thấy axe-core: %v", err)
	}
	source, err := os.ReadFile(filepath.Join(dir, "node_modules", "axe-core", "axe.min.js"))
	if err != nil {
		p.t.Fatalf("Không thấy axe-core, chạy make deps: %v", err)
	}
	if !eval[bool](p, `!!window.axe`) {
		eval[bool](p, "%r", string(source)+";true")
	}
	var found []Violation
	seen := ""
	for _, theme := range []string{"light", "dark"} {
		p.See(Look{Width: width, Theme: theme})
		rules := `rules: {"target-size": {enabled: true}}`
		shape := eval[string](p, shape)
		if shape == seen {
			rules = `runOnly: ["color-contrast", "link-in-text-block"]`
		}
		seen = shape
		// On a busy machine the answer may be asked for again: it is of the run that goes on.
		got := eval[[]Violation](p, `(window.axeRuns ??= axe.run(document, {resultTypes: ["violations"], `+rules+`}).finally(() => { window.axeRuns = null; })).then((r) => r.violations.map((v) => ({
			Rule: v.id, Impact: v.impact ?? "", Help: v.help,
			Where: v.nodes.slice(0, 5).map((n) => n.target.join(" ") + ": " + [...n.any, ...n.all, ...n.none].map((c) => c.message).join("; ").slice(0, 300)),
		})))`)
		for _, v := range got {
			v.Theme = theme
			found = append(found, v)
		}
	}
	p.See(Look{})
	return found
}

// What html-validate does not judge by: words (but for the title, whose length it does), numbers and the names of records,
// the values of these attributes.
var (
	words  = regexp.MustCompile(`>[^<]*[^<\s][^<]*<`)
	values = regexp.MustCompile(`[0-9a-hjkmnp-tv-z]{26}|[0-9]+|\b(?:href|value|title|aria-label|content)="[^"]+"`)
)

// frameOf is a page as html-validate sees it: two pages with the same frame are both right or both wrong.
func frameOf(html string) string {
	head, body, _ := strings.Cut(html, "<body")
	return values.ReplaceAllString(head, "") + values.ReplaceAllString(words.ReplaceAllString(body, ">x<"), "")
}

// shape is all that axe's rules read of a page but its words and colours: where a second theme changes nothing of it, only
// the rules about colours can find anything new.
const shape = `JSON.stringify([...document.querySelectorAll("*")].map((el) => {
	const at = el.getBoundingClientRect(), s = getComputedStyle(el);
	return [at.x, at.y, at.width, at.height, s.display, s.visibility, s.opacity, s.position, s.zIndex, s.overflowX, s.overflowY,
		s.clip, s.clipPath, s.transform, s.pointerEvents, s.fontSize, s.fontWeight, s.fontStyle, s.lineHeight, s.contentVisibility];
}))`

// HTMLValidate reads all pages (name → HTML) in one run of html-validate and answers what it finds: "name:line:column rule: message".
// Of pages with one frame the first is read.
func HTMLValidate(t testing.TB, pages map[string]string) []string {
	t.Helper()
	dir, err := tools()
	if err != nil {
		t.Fatalf("Không thấy html-validate: %v", err)
	}
	if len(pages) == 0 {
		return nil
	}
	folder := t.TempDir()
	names := make(map[string]string, len(pages)) // file → the page's name
	met := make(map[string]bool, len(pages))     // frames
	for name, html := range pages {
		frame := frameOf(html)
		if met[frame] {
			continue
		}
		met[frame] = true
		file := fmt.Sprintf("%04d.html", len(names))
		if err := os.WriteFile(filepath.Join(folder, file), []byte(html), 0o644); err != nil {
			t.Fatalf("Không ghi được trang để soát: %v", err)
		}
		names[file] = name
	}
	cmd := exec.Command("node", filepath.Join(dir, "validate.mjs"), folder)
	// Node ends before a pipe has taken a long list; a file takes all of it.
	list, err := os.Create(filepath.Join(folder, "list.json"))
	if err != nil {
		t.Fatalf("Không ghi được kết quả soát: %v", err)
	}
	defer list.Close()
	var complaint bytes.Buffer
	cmd.Stdout, cmd.Stderr = list, &complaint
	failed := cmd.Run()
	out, err := os.ReadFile(list.Name())
	if err != nil {
		t.Fatalf("Không đọc được kết quả soát: %v", err)
	}
	var reports []struct {
		FilePath string `json:"filePath"`
		Messages []struct {
			RuleID  string `json:"ruleId"`
			Message string `json:"message"`
			Line    int    `json:"line"`
			Column  int    `json:"column"`
		} `json:"messages"`
	}
	if err := json.Unmarshal(out, &reports); err != nil || failed != nil {
		t.Fatalf("html-validate không chạy được: %v\n%.500s%.500s", failed, complaint.String(), out)
	}
	var found []string
	for _, r := range reports {
		for _, m := range r.Messages {
			found = append(found, fmt.Sprintf("%s:%d:%d %s: %s", names[r.FilePath], m.Line, m.Column, m.RuleID, m.Message))
		}
	}
	sort.Strings(found)
	return found
}
