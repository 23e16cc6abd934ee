package web_test

import (
	"cmp"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/web"
	"giaoban/web/browser"
	"giaoban/workplan"
)

// A year's plan by hand: what stands elsewhere is drawn in by one press, own lines and days are written, and every page of it is clean.
func TestAYearsPlanByHandAndItsPages(t *testing.T) {
	t.Parallel()
	browser.Missing(t)
	h := enter(t, dbtest.Engines(t)[0], "")
	v := h.visitor(t, h.Officer)
	v.at = "workplan"
	v.get("/ke-hoach-nam")
	v.submit("Đưa vào kế hoạch năm")
	if !strings.Contains(v.text, "Đã đưa việc vào kế hoạch năm") {
		t.Fatalf("%d %s", v.status, v.text)
	}
	v.typed = url.Values{"words": {"Tập huấn báo cáo viên cấp tỉnh"}, "months": {"5, 10"}, "sector": {"Công tác tham mưu, phối hợp"}, "product": {"Lớp tập huấn"}}
	v.submit("Thêm việc")
	v.typed = url.Values{"days": {"03/02: Kỷ niệm 92 năm Ngày thành lập Đảng\n19/5: Kỷ niệm Ngày sinh Chủ tịch Hồ Chí Minh"}}
	v.submit("Ghi ngày")
	v.typed = nil
	v.submit("Soạn Kế hoạch công tác năm")
	if !strings.Contains(v.text, "Đã soạn thành văn bản") {
		t.Errorf("%d %s", v.status, v.text)
	}
	var lines []workplan.Line
	h.do(t, func(tx *db.Tx) (err error) { lines, err = workplan.Lines(tx, h.Officer, 2022); return err })
	screen, markup := browser.Start(t), make(map[string]string)
	own := lines[len(lines)-1]
	paths := []string{"/ke-hoach-nam", "/ke-hoach-nam/2022/to-in", "/ke-hoach-nam/2022/thang/5", web.Address("workplan_line", own.ID), web.Address("workplan_line", lines[0].ID)}
	v = h.visitor(t, h.Officer)
	var pages []seen
	for _, path := range paths {
		body, _, status, at := v.read(path)
		if reds := redsOf(t, body); status != 200 || len(reds) > 1 {
			t.Errorf("%s: %d, %d red buttons", path, status, len(reds))
		}
		for _, glued := range gluedOf(t, body) {
			t.Errorf("%s: words run together: %s", path, glued)
		}
		pages = append(pages, seen{"khoagiao", patternOf()(path), at, body})
		markup[path] = body
	}
	look(t, screen, h, "khoagiao", pages)
	for _, found := range browser.HTMLValidate(t, markup) {
		t.Error(found)
	}
	// The twelve months stand on one sheet that lies across.
	screen.Open(h.server.URL + "/ke-hoach-nam/2022/to-in")
	sheet := filepath.Join(cmp.Or(os.Getenv("GIAOBAN_PICTURES"), t.TempDir()), "to-in.pdf")
	screen.PDF(sheet)
	if n, across := sheetsOf(t, sheet); n != 1 || !across {
		t.Errorf("%d sheets, across: %t", n, across)
	}
}

// sheetsOf counts the pages of a printed PDF, and tells whether the first lies across.
func sheetsOf(t *testing.T, path string) (n int, across bool) {
	t.Helper()
	out, err := exec.Command("pdfinfo", path).Output()
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(out)) {
		name, value, _ := strings.Cut(line, ":")
		switch name {
		case "Pages":
			fmt.Sscan(value, &n)
		case "Page size":
			var width, height float64
			fmt.Sscanf(strings.TrimSpace(value), "%f x %f", &width, &height)
			across = width > height
		}
	}
	return n, across
}
