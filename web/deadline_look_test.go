package web_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/org"
	"giaoban/report"
	"giaoban/sample"
	"giaoban/task"
	"giaoban/web/browser"
)

// The pages of deadlines as people see them: nothing wrong by axe, nothing sticks out at 320 px or at 1,280.
func TestThePagesOfDeadlinesAreSound(t *testing.T) {
	t.Parallel()
	browser.Missing(t)
	h := enter(t, dbtest.Engines(t)[0], "2022-04-21 09:00")
	var given, owed db.ID
	h.do(t, func(tx *db.Tx) error {
		if err := org.AddHoliday(tx, h.Officer, calendar.Day{Date: calendar.On(2022, 5, 20), Kind: calendar.OfficeOff, Name: "Ngày hội của tỉnh", Source: "TB 45-TB/VPTU"}); err != nil {
			return err
		}
		r, err := report.FindRegime(tx, h.Officer, sample.Monthly)
		if err != nil {
			return err
		}
		if _, err := report.UpdateRegime(tx, h.Officer, r.ID, r.Version, report.NewRegime{Code: r.Code, Name: r.Name, Content: r.Content, Receiver: r.Receiver,
			Kind: r.Kind, Cutoff: r.Cutoff, WorkingDays: r.WorkingDays, Channel: r.Channel, FeedsFrom: r.FeedsFrom, Basis: r.Basis, Opens: "BEFORE:10"}); err != nil {
			return err
		}
		o, err := report.ObligationOf(tx, h.Officer, sample.Quarterly, calendar.MustPeriod("2022-Q2"), h.SYT.ID)
		if err != nil {
			return err
		}
		owed = o.ID
		if err := report.GrantExtension(tx, h.Officer, owed, calendar.On(2022, 6, 24), "Chờ số liệu"); err != nil {
			return err
		}
		if err := tx.Get(&given, "select task from task_side where org = ? and leads order by due desc limit 1", h.SLDTBXH.ID); err != nil {
			return err
		}
		if err := task.AskExtension(tx, h.AgencyOfficer(h.SLDTBXH), given, calendar.On(2022, 7, 18), "Chờ số liệu"); err != nil {
			return err
		}
		return task.GrantExtension(tx, h.Officer, given, "", calendar.On(2022, 7, 18), "Đồng ý", h.SYT.ID)
	})
	started := browser.Start(t)
	for login, pages := range map[access.Actor]map[string]string{
		h.Officer: {"ngay-nghi": "/thiet-lap/ngay-nghi", "ky-sap-mo": "/che-do/ky-sap-mo", "cap-tren-moi": "/bao-cao-cap-tren/moi",
			"nhiem-vu": "/nhiem-vu/" + string(given), "bao-cao": "/bao-cao/" + string(owed), "che-do": "/che-do/" + sample.Quarterly, "che-do-sua": "/che-do/" + sample.Monthly + "/sua"},
		h.Clerk: {"cap-tren": "/bao-cao-cap-tren"},
		h.Admin: {"ngay-nghi-quan-tri": "/thiet-lap/ngay-nghi"},
	} {
		screen := started.Another()
		screen.Open(h.server.URL + "/dang-nhap")
		screen.Click(login.Name)
		screen.WaitFor(".who", "")
		for name, at := range pages {
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
}
