package org

import (
	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/journal"
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

// SetHoliday enters a special day, or takes one back with kind Ordinary. Deadlines already given do not move.
func SetHoliday(tx *db.Tx, by access.Actor, day calendar.Day) error {
	if err := by.May(access.ManageRegime, by.Body); err != nil {
		return err
	}
	day.Name, day.Source = fold.Clean(day.Name), fold.Clean(day.Source)
	if day.Date.IsZero() || day.Kind < calendar.Holiday || day.Kind > calendar.Ordinary || day.Name == "" {
		return fault.Invalid("day", "Hãy ghi ngày, loại ngày và tên dịp nghỉ.")
	}
	if _, err := tx.Exec(`
insert into holiday (day, kind, name, source, confirmed) values (?, ?, ?, ?, ?)
on conflict (day) do update set kind = excluded.kind, name = excluded.name, source = excluded.source,
	confirmed = excluded.confirmed`, day.Date, day.Kind, day.Name, day.Source, day.Confirmed); err != nil {
		return err
	}
	_, err := journal.Write(tx, by, "set", journal.Subject{Kind: "holiday"}, journal.Details{
		"day": day.Date.String(), "kind": day.Kind.String(), "name": day.Name})
	return err
}
