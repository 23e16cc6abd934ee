// Package peopletest gives the tests of other rooms cán bộ who may sign.
package peopletest

import (
	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/people"
)

// Post enters a person who leads or works in a body under a title, from 2015 on, and gives the person's key.
func Post(tx *db.Tx, name string, body db.ID, title string) (db.ID, error) {
	return PostOf(tx, name, body, title, people.SignsByTitle, calendar.On(2015, 1, 1), calendar.Date{})
}

// PostOf is Post with the way of signing and the days of the post.
func PostOf(tx *db.Tx, name string, body db.ID, title string, signs people.Signing, from, to calendar.Date) (db.ID, error) {
	by := access.System("thử")
	person, err := people.AddPerson(tx, by, name, "")
	if err != nil {
		return "", err
	}
	role := access.AgencyLeader // a commission's leader signs by the title just so
	_, err = people.AddPost(tx, by, person, body, title, role, signs, from, to)
	return person, err
}
