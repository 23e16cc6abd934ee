package web_test

import (
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/org"
	"giaoban/report"
	"giaoban/sample"
	"giaoban/web"
	"giaoban/web/browser"
)

// A draft on its way as people meet it: put forward, read, sent back with comments, mended, approved; the pages are clean to
// a screen reader and within 320 px, and all of it goes without a script.
func TestADraftsStepsAreWalkedThrough(t *testing.T) {
	t.Parallel()
	browser.Missing(t)
	l := watch(t, "2022-03-16 08:00")
	h := l.house
	for _, l.scripts = range []bool{true, false} {
		scripts, sit, judge := l.scripts, l.sit, l.judge
		body := h.Body(map[bool]string{true: sample.STNMT, false: sample.SKHCN}[scripts])
		at := l.owed(body)
		focal, leader := sit(h.AgencyOfficer(body)), sit(h.AgencyLeader(body))
		sector, figure := "MT", "88"
		if !scripts {
			sector, figure = "KH", "47"
		}
		focal.Open(at + "/soan")
		focal.Fill("#value-"+sector+"11", figure)
		focal.Fill("#sections-results-"+sector, "Đoạn thứ nhất.\n\nĐoạn thứ hai ghi 86.")
		judge(focal, "soan")
		focal.Click(`button[formaction$="/trinh"]`)
		focal.WaitFor("[role=status]", "Đã trình lãnh đạo")
		judge(focal, "da-trinh")
		leader.Open(at)
		leader.WaitFor(".notice", "trình lúc")
		judge(leader, "doc-ban-trinh")
		leader.Fill("#note", "Sửa đoạn hai.")
		leader.Click(`button[formaction$="/tra-lai"]`)
		leader.WaitFor("[role=status]", "Đã trả lại")
		judge(leader, "da-tra-lai")
		focal.Open(at)
		focal.WaitFor("#tra-lai", "Sửa đoạn hai.")
		judge(focal, "sua")
		focal.Click(`button[formaction$="/trinh"]`)
		focal.WaitFor("[role=status]", "Đã trình lãnh đạo")
		leader.Open(at)
		leader.Click(`button[value="duyet"]`)
		leader.WaitFor("[role=status]", "Đã duyệt; đầu mối gửi")
		focal.Open(at)
		judge(focal, "da-duyet")
		focal.Click(`form[action$="/gui-di"] button.primary`)
		focal.WaitFor("h1", "Biên nhận")
	}
}

// watched is a province whose people sit at browsers, with scripts or without.
type watched struct {
	t       *testing.T
	house   *house
	url     string
	started *browser.Page
	scripts bool
}

// watch opens the province as of a moment.
func watch(t *testing.T, when string) *watched {
	t.Helper()
	h := enter(t, dbtest.Engines(t)[0], when)
	server := httptest.NewServer(web.Handler(web.Config{DB: h.DB, Files: h.store, Dev: true}))
	t.Cleanup(server.Close)
	return &watched{t, h, server.URL, browser.Start(t), true}
}

// sit signs somebody in at a browser of their own.
func (w *watched) sit(who access.Actor) *browser.Page {
	w.t.Helper()
	tab := w.started.Another()
	tab.Open(w.url + "/dang-nhap")
	tab.Click(who.Name)
	tab.WaitFor(".who", "")
	if !w.scripts {
		tab.DisableJavaScript()
	}
	return tab
}

// judge looks at a page; the judge is a script.
func (w *watched) judge(tab *browser.Page, name string) {
	w.t.Helper()
	if w.scripts {
		lookAt(w.t, tab, name)
	}
}

// owed is where a body's report of the quarter stands.
func (w *watched) owed(body org.Body) (at string) {
	w.t.Helper()
	if err := w.house.DB.Read(w.t.Context(), func(tx *db.Tx) error {
		o, err := report.ObligationOf(tx, w.house.AgencyOfficer(body), sample.Quarterly, sample.Quarter, body.ID)
		at = w.url + "/bao-cao/" + string(o.ID)
		return err
	}); err != nil {
		w.t.Fatal(err)
	}
	return at
}

// lookAt fails where a page is not clean to a screen reader or wider than 320 px, and keeps its pictures where they are wanted.
func lookAt(t *testing.T, tab *browser.Page, name string) {
	t.Helper()
	for _, v := range tab.Axe() {
		t.Errorf("%s: %s", name, v)
	}
	for _, wide := range tab.SidewaysScroll(320) {
		t.Errorf("%s sticks out at 320 px: %s", name, wide)
	}
	if dir := os.Getenv("GIAOBAN_PICTURES"); dir != "" {
		for look, as := range map[string]browser.Look{"sang": {Width: 1280}, "toi": {Theme: "dark"}, "320": {Width: 320}, "in": {Width: 794, Print: true}} {
			tab.Screenshot(filepath.Join(dir, name+"-"+look+".png"), as)
		}
	}
}
