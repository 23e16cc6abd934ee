package web_test

import (
	"testing"

	"giaoban/calendar"
	"giaoban/conference"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/sample"
)

// sittings lets the commission of a district note a conference of its own, with what was said there: the commission of the
// province may read that it was held, nobody else what was said.
func (w *world) sittings(tx *db.Tx) error {
	by := w.Actor("btgnh")
	const said = "Lời riêng ở hội nghị của thị xã."
	s, err := conference.NoteSitting(tx, by, conference.Sitting{Body: w.BTGNH.ID, Period: calendar.MustPeriod("2021-Q4"),
		Outcome: conference.SittingHeld, HeldOn: calendar.On(2022, 1, 7), Notice: "02-TB/BTGThU"})
	if err != nil {
		return err
	}
	if _, err := conference.KeepWords(tx, by, s.ID, conference.Words{Course: said}); err != nil {
		return err
	}
	w.add("sitting", "sitting", s.ID, "BTGNH", w.BTGNH.ID)
	w.objects["sitting-words"] = []object{{about: "BTGNH", org: w.BTGNH.ID, secrets: []string{said}}}
	w.objects["sitting-words"][0].path = w.objects["sitting"][0].path
	return nil
}

// The planted violation: a page of the province that tells what a lower commission said among its own is found, the same page
// before the commission that said it is none.
func TestWordsOfALowerCommissionOnAnotherPageAreFound(t *testing.T) {
	w := newWorld(t, dbtest.Engines(t)[0])
	_, _, callers := w.served()
	said := w.objects["sitting-words"][0].secrets[0]
	for _, c := range callers {
		found := w.leaks(trial{who: c, path: "/giao-ban"}, "<p>"+said+"</p>")
		if own := c.BodyCode == sample.BTGNH; own != (len(found) == 0) {
			t.Errorf("%s: %q", c, found)
		}
	}
}
