package org

import (
	"giaoban/calendar"
	"giaoban/internal/db"
)

// SuccessorsOf is LineOf(day).Successors(body): who answers on a day for what the body answered for before.
func SuccessorsOf(tx *db.Tx, body db.ID, day calendar.Date) ([]Part, error) {
	l, err := LineOf(tx, day)
	if err != nil {
		return nil, err
	}
	return l.Successors(body), nil
}

// PredecessorsOf are the parts by which the body had come, by a day, to what it answers for.
func PredecessorsOf(tx *db.Tx, body db.ID, day calendar.Date) ([]Part, error) {
	l, err := LineOf(tx, day)
	if err != nil {
		return nil, err
	}
	return l.Predecessors(body), nil
}
