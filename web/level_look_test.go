package web_test

import (
	"testing"

	"giaoban/calendar"
	"giaoban/conference"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/level"
	"giaoban/org"
	"giaoban/sample"
	"giaoban/web"
	"giaoban/web/browser"
)

// The one list with old articles that ask, the counts of the levels, the conferences of a lower commission, the levels of a review and goals are clean for
// those who read them: HTML, axe in light and dark, 320 px, one red button.
func TestPagesOfTheLevelsAreClean(t *testing.T) {
	t.Parallel()
	browser.Missing(t)
	h := enter(t, dbtest.Engines(t)[0], "2024-01-15 09:00")
	h.bringOld(t, h.visitor(t, h.Officer), oldArticles)
	var sitting db.ID
	h.do(t, func(tx *db.Tx) error {
		by := h.Actor("btgnt")
		all, err := conference.SittingsOf(tx, by, by.Body, 2022)
		if err != nil || len(all) != 1 {
			t.Fatalf("%d sittings (%v)", len(all), err)
		}
		sitting = all[0].ID
		_, err = conference.KeepWords(tx, by, sitting, conference.Words{Programme: "Kết quả quý I", People: "Trưởng các phòng", Course: "Trao đổi",
			Conclusions: "Giữ nề nếp giao ban\nBáo cáo đúng hạn"})
		if err == nil {
			err = conference.ShareWords(tx, by, sitting, true)
		}
		return err
	})
	var called, open db.ID
	h.do(t, func(tx *db.Tx) (err error) {
		called, open, err = callBelow(tx, h.Province, []org.Body{h.Body(sample.SYT), h.BTGNT}, calendar.On(2024, 1, 31), calendar.On(2024, 3, 15))
		if err != nil {
			return err
		}
		_, err = level.Note(tx, h.Actor("btgnt"), level.Holding{Review: called, Body: h.BTGNT.ID, Outcome: conference.SittingHeld, HeldOn: calendar.On(2024, 1, 8)})
		return err
	})
	document, goals := h.goalsOfCongress(t)
	h.do(t, func(tx *db.Tx) error { return measured(tx, h.Province, goals) })
	set := web.Address("directive", document)
	below := web.Address("review", called) + "/cac-cap"
	screen, markup := browser.Start(t), make(map[string]string)
	for login, paths := range map[string][]string{
		"khoagiao": {"/giao-ban?nam=2022", "/ne-nep?cap=lower&ky=2022-Q1", "/ne-nep?cap=commune&ky=2022-Q1", "/ne-nep/co-quan/BTGDK?ky=2022-Q1",
			web.Address("sitting", sitting), web.Address("review", called), below, below + "/SYT", web.Address("review", open) + "/cac-cap",
			"/muc-tieu", set, set + "/chi-tieu/" + string(goals[0].ID), set + "/chi-tieu/" + string(goals[2].ID)},
		"btgnt": {"/giao-ban", "/ne-nep/co-quan/BTGNT?ky=2022-Q1", web.Address("sitting", sitting), below + "/BTGNT"},
	} {
		v := h.visitor(t, h.Actor(login))
		var pages []seen
		for _, path := range paths {
			body, _, status, at := v.read(path)
			if reds := redsOf(t, body); status != 200 || len(reds) > 1 {
				t.Errorf("%s %s: %d, %d red buttons", login, path, status, len(reds))
			}
			for _, glued := range gluedOf(t, body) {
				t.Errorf("%s %s: words run together: %s", login, path, glued)
			}
			pages = append(pages, seen{login, patternOf()(path), at, body})
			markup[login+" "+path] = body
		}
		look(t, screen.Another(), h, login, pages)
	}
	for _, found := range browser.HTMLValidate(t, markup) {
		t.Error(found)
	}
}
