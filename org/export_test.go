package org

import (
	"slices"
	"strings"

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

// Office is a shipped body of a province, for planting one.
type Office = office

// ShippedOffices are the bodies that setting up offers.
func ShippedOffices() []Office { return slices.Clone(shippedOffices()) }

// StrangeOffices names those that the row of the reorganisation they go back to does not know.
func StrangeOffices(all []Office) (wrong []string) {
	for _, o := range all {
		at := slices.IndexFunc(shippedRows(), func(r Reference) bool { return r.Key == o.Row })
		known := at >= 0 && (o.Local || slices.ContainsFunc(append(slices.Clone(shippedRows()[at].From), shippedRows()[at].To...), func(n Named) bool {
			name, _, _ := strings.Cut(n.Name, " (")
			return name == o.Name && n.Symbol == o.Symbol
		}))
		if !known {
			wrong = append(wrong, o.Name+" ("+o.Row+")")
		}
	}
	return wrong
}
