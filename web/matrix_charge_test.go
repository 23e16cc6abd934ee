package web_test

import (
	"slices"

	"giaoban/calendar"
	"giaoban/charge"
	"giaoban/internal/db"
	"giaoban/people"
)

// followed lets the officer follow each of the bodies; the sample's own following stands where there is one.
func (w *world) followed(tx *db.Tx) error {
	standing, err := charge.FollowingToday(tx, w.Leader)
	if err != nil {
		return err
	}
	for _, b := range w.bodies {
		at := slices.IndexFunc(standing, func(f charge.Following) bool { return f.Body == b.ID && f.Person == w.Officer.Person })
		if at >= 0 {
			w.add("following", "following", standing[at].ID, b.Code, b.ID)
			continue
		}
		id, err := charge.Follow(tx, w.Leader, charge.NewFollowing{Person: w.Officer.Person, Body: b.ID, From: calendar.On(2022, 6, 1)})
		if err != nil {
			return err
		}
		w.add("following", "following", id, b.Code, b.ID)
	}
	return nil
}

// away lets somebody stand in for another in each of the bodies; the first officer for the first leader, or the other way.
func (w *world) away(tx *db.Tx) error {
	for _, b := range w.bodies {
		staff, err := people.ServingAt(tx, w.Leader, []db.ID{b.ID}, calendar.OfInstant(tx.Clock()))
		if err != nil {
			return err
		}
		if len(staff) < 2 {
			w.t.Fatalf("%s has nobody to stand in", b.Code)
		}
		id := tx.NewID()
		if _, err := tx.Exec(`
insert into stand_in (id, person, deputy, valid_from, valid_to, at, by_actor, by_name)
values (?, ?, ?, '2022-04-18', '2022-04-29', ?, 'thử', 'thử')`, id, staff[0].Person, staff[1].Person, tx.Now()); err != nil {
			return err
		}
		var house []db.ID
		if b.ID == w.PKG.ID {
			house = []db.ID{w.Leader.Body, w.Clerk.Body}
		}
		w.add("stand_in", "stand_in", id, b.Code, b.ID)
		w.objects["stand_in"][len(w.objects["stand_in"])-1].readers = house
	}
	return nil
}
