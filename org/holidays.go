package org

import (
	"giaoban/calendar"
	"giaoban/internal/db"
)

// Holidays is the shipped table of lịch nghỉ with the days the office entered over it.
func Holidays(tx *db.Tx) (calendar.Holidays, error) {
	var rows []struct {
		Day       calendar.Date    `db:"day"`
		Kind      calendar.DayKind `db:"kind"`
		Name      string           `db:"name"`
		Source    string           `db:"source"`
		Confirmed bool             `db:"confirmed"`
	}
	if err := tx.Select(&rows, "select day, kind, name, source, confirmed from holiday"); err != nil {
		return calendar.Holidays{}, err
	}
	if len(rows) == 0 {
		return calendar.Default(), nil
	}
	days := make([]calendar.Day, len(rows))
	for i, row := range rows {
		days[i] = calendar.Day{Date: row.Day, Kind: row.Kind, Name: row.Name, Source: row.Source, Confirmed: row.Confirmed}
	}
	return calendar.Default().With(days...), nil
}
