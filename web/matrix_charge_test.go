package web_test

import (
	"giaoban/calendar"
	"giaoban/charge"
	"giaoban/internal/db"
)

// followed lets the officer follow each of the bodies.
func (w *world) followed(tx *db.Tx) error {
	for _, b := range w.bodies {
		id, err := charge.Follow(tx, w.Leader, charge.NewFollowing{Person: w.Officer.Person, Body: b.ID, From: calendar.On(2022, 6, 1)})
		if err != nil {
			return err
		}
		w.add("following", "following", id, b.Code, b.ID)
	}
	return nil
}
