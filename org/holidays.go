package org

import (
	"errors"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/journal"
	"giaoban/official"
)

// DayFact is what the office said of one day, once. The last word about a day holds.
type DayFact struct {
	Seq       int64            `db:"seq"`
	Day       calendar.Date    `db:"day"`
	Kind      calendar.DayKind `db:"kind"`
	Name      string           `db:"name"`
	Source    string           `db:"source"` // the document
	Confirmed bool             `db:"confirmed"`
	Removed   bool             `db:"removed"` // what was said of the day before is taken back
	At        db.Instant       `db:"at"`
	By        string           `db:"by_actor"`
	ByName    string           `db:"by_name"`
}

func (f DayFact) day() calendar.Day {
	return calendar.Day{Date: f.Day, Kind: f.Kind, Name: f.Name, Source: f.Source, Confirmed: f.Confirmed}
}

// DayFacts lists what the office said of its days, the oldest first.
func DayFacts(tx *db.Tx) ([]DayFact, error) {
	var all []DayFact
	err := tx.Select(&all, "select seq, day, kind, name, source, confirmed, removed, at, by_actor, by_name from holiday order by seq")
	return all, err
}

// holidaysKey is the key of Holidays in a transaction.
type holidaysKey struct{}

// Holidays is the shipped table of lịch nghỉ with the days the office entered over it.
func Holidays(tx *db.Tx) (calendar.Holidays, error) {
	return db.Once(tx, holidaysKey{}, func() (calendar.Holidays, error) { return holidays(tx) })
}

func holidays(tx *db.Tx) (calendar.Holidays, error) {
	facts, err := DayFacts(tx)
	if err != nil || len(facts) == 0 {
		return calendar.Default(), err
	}
	days := make([]calendar.Day, len(facts))
	for i, fact := range facts {
		days[i] = fact.day()
	}
	return calendar.Default().With(days...), nil
}

// AddHoliday enters a day off or a day worked to make up, with the document that says so. Deadlines already given do not
// move by it: package deadline proposes them.
func AddHoliday(tx *db.Tx, by access.Actor, day calendar.Day) error {
	if err := by.May(access.ManageRegime, by.Body); err != nil {
		return err
	}
	day.Name, day.Source, day.Confirmed = fold.Clean(day.Name), fold.Clean(day.Source), true
	holidays, err := Holidays(tx)
	if err != nil {
		return err
	}
	if err := checkDay(day, holidays); err != nil {
		return err
	}
	if err := sayDay(tx, by, day, false); err != nil {
		return err
	}
	_, err = journal.Write(tx, by, "set", journal.Subject{Kind: "holiday"}, journal.Details{
		"day": day.Date.Vietnamese(), "kind": day.Kind.Name(), "name": day.Name, "document": day.Source})
	return err
}

// RemoveHoliday takes back what holds for a day, with the document that says so: what the office entered gives way to the
// shipped table, a day of the shipped table to the week. What was said before stays to be read.
func RemoveHoliday(tx *db.Tx, by access.Actor, date calendar.Date, document string) error {
	if err := by.May(access.ManageRegime, by.Body); err != nil {
		return err
	}
	var wrong fault.List
	document, err := documentGiven(&wrong, document)
	if err != nil {
		return err
	}
	holidays, err := Holidays(tx)
	if err != nil {
		return err
	}
	was, special := holidays.Day(date)
	if date.IsZero() {
		wrong.Add("day", "Hãy ghi ngày cần bỏ.")
	} else if !special {
		wrong.Add("day", "Ngày %s không có trong bảng ngày nghỉ, ngày làm bù nên không có gì để bỏ.", date.Vietnamese())
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	now := calendar.Day{Date: date, Kind: calendar.Ordinary, Name: was.Name, Source: document, Confirmed: true}
	if shipped, ok := calendar.Default().Day(date); ok && shipped != was {
		now = shipped
		now.Source = document
	}
	if err := sayDay(tx, by, now, true); err != nil {
		return err
	}
	_, err = journal.Write(tx, by, "removed", journal.Subject{Kind: "holiday"}, journal.Details{
		"day": date.Vietnamese(), "kind": was.Kind.Name(), "name": was.Name, "document": document})
	return err
}

func sayDay(tx *db.Tx, by access.Actor, day calendar.Day, removed bool) error {
	var last int64
	if err := tx.Get(&last, "select seq from holiday order by seq desc limit 1"); err != nil && !errors.Is(err, db.None) {
		return err
	}
	return tx.Insert("holiday", DayFact{last + 1, day.Date, day.Kind, day.Name, day.Source, day.Confirmed, removed, tx.Now(), by.Key(), by.Name})
}

// checkDay refuses what would change nothing: a day off on a Saturday, a make-up day on a working day.
func checkDay(day calendar.Day, holidays calendar.Holidays) error {
	var wrong fault.List
	if _, err := documentGiven(&wrong, day.Source); err != nil {
		return err
	}
	if day.Name == "" {
		wrong.Add("name", "Hãy ghi tên dịp nghỉ, hoặc làm bù thay cho ngày nào.")
	} else if len(day.Name) > 300 {
		wrong.Add("name", "Tên dịp nghỉ quá dài; chỉ ghi như “Ngày hội của tỉnh”.")
	}
	if day.Kind < calendar.Holiday || day.Kind >= calendar.Ordinary {
		wrong.Add("kind", "Hãy chọn loại ngày.")
	}
	if day.Date.IsZero() {
		wrong.Add("day", "Hãy ghi ngày.")
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	working, reason := holidays.WorkingDay(day.Date)
	was, special := holidays.Day(day.Date)
	switch {
	case special && was.Kind == day.Kind && was.Name == day.Name && was.Confirmed && was.Source == day.Source:
		return fault.Conflict("Ngày %s đã có trong bảng như vậy rồi.", day.Date.Vietnamese())
	case day.Kind == calendar.MakeUp && working && !special:
		return fault.Invalid("day", "Ngày %s vốn là ngày làm việc nên không phải ngày làm bù; hãy ghi thứ Bảy, Chủ nhật hoặc ngày nghỉ.", day.Date.Vietnamese())
	case day.Kind != calendar.MakeUp && !working && !special:
		return fault.Invalid("day", "Ngày %s là %s, vốn đã nghỉ; nếu được nghỉ bù thì hãy ghi ngày nghỉ bù.", day.Date.Vietnamese(), reason)
	}
	return official.RefuseSecret(day.Name)
}

func documentGiven(wrong *fault.List, document string) (string, error) {
	document = fold.Clean(document)
	if document == "" {
		wrong.Add("document", "Hãy ghi văn bản, ví dụ Thông báo số 45-TB/VPTU, ngày 01/6/2022.")
	} else if len(document) > 500 {
		wrong.Add("document", "Phần này quá dài; chỉ ghi số, ký hiệu, ngày của văn bản.")
	}
	return document, official.RefuseSecret(document)
}
