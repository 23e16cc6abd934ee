package web_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/paper"
	"giaoban/web/browser"
)

// The pages of layouts as people see them: nothing wrong by axe, nothing sticks out at 320 px or at 1,280.
func TestThePagesOfLayoutsAreSound(t *testing.T) {
	t.Parallel()
	browser.Missing(t)
	h := enter(t, dbtest.Engines(t)[0], "2022-04-21 09:00")
	h.do(t, func(tx *db.Tx) error {
		for value, from := range map[string]calendar.Date{"15": calendar.On(2022, 5, 1), "14,5": calendar.On(2022, 9, 1)} {
			v := paper.LayoutValue{Profile: "HD36", Key: "Parts.ThanVan.Size", Value: value, Source: "Quy chế công tác văn thư, lưu trữ số 01-QC/BTGTU", From: from}
			if err := paper.EnterLayoutValue(tx, h.Clerk, v); err != nil {
				return err
			}
		}
		return nil
	})
	screen := browser.Start(t)
	screen.Open(h.server.URL + "/dang-nhap")
	screen.Click(h.Clerk.Name)
	screen.WaitFor(".who", "")
	for name, at := range map[string]string{"the-thuc": "/the-thuc", "hd36": "/the-thuc/HD36?ngay=01/5/2022", "nd30": "/the-thuc/ND30"} {
		screen.Open(h.server.URL + at)
		for _, v := range screen.Axe() {
			t.Errorf("%s: %s", at, v)
		}
		for _, width := range []int{320, 1280} {
			for _, wide := range screen.SidewaysScroll(width) {
				t.Errorf("%s, %d px: %s", at, width, wide)
			}
			if dir := os.Getenv("GIAOBAN_PICTURES"); dir != "" {
				screen.Screenshot(filepath.Join(dir, fmt.Sprintf("%s-%d.png", name, width)), browser.Look{Width: width})
			}
		}
	}
}
