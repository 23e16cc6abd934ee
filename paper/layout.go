package paper

import (
	"slices"
	"time"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/journal"
	"giaoban/official"
)

// LayoutValue is one dated version (giá trị thể thức) of a value that the office chose where the source of the layout
// leaves it open. It is never overwritten: a later version ends it.
type LayoutValue struct {
	ID      db.ID         `db:"id"`
	Profile string        `db:"profile"`
	Key     string        `db:"name"`
	Value   string        `db:"value"`
	Source  string        `db:"source"` // the office's own paper
	From    calendar.Date `db:"valid_from"`
	At      db.Instant    `db:"at"`
	By      string        `db:"by_name"`

	Ended calendar.Date // first day of the version that took its place; zero while it stands
}

// layoutOn is the day of a paper's life in the words of the layout.
func layoutOn(day calendar.Date) official.Day {
	return official.DayOf(day.Year(), int(day.Month()), day.Day())
}

// LayoutFor is the layout of a family of papers on a day, with what the office chose for that day.
func LayoutFor(tx *db.Tx, family official.Family, day calendar.Date) (official.Profile, error) {
	return chosen(tx, official.ProfileFor(family, layoutOn(day)), day)
}

// LayoutByCode is the layout with a code as it stands on a day; false where there is none.
func LayoutByCode(tx *db.Tx, code string, day calendar.Date) (official.Profile, bool, error) {
	p, known := official.ProfileByCode(code)
	if !known {
		return p, false, nil
	}
	p, err := chosen(tx, p, day)
	return p, true, err
}

// OwnLayout is the layout with a code as the office chose it for the day of somebody's paper; a paper that says no whole day is
// held against that of today.
func OwnLayout(tx *db.Tx, code string, day official.Day) (official.Profile, error) {
	on, err := calendar.MakeDate(day.Y, time.Month(day.M), day.D)
	if err != nil {
		on = calendar.OfInstant(tx.Clock())
	}
	p, known, err := LayoutByCode(tx, code, on)
	if err == nil && !known {
		err = fault.Invalid("profile", "Không có thể thức “%s”; hãy chọn HD05, HD36 hoặc ND30.", code)
	}
	return p, err
}

// chosen puts the office's values of a day over those of the source.
func chosen(tx *db.Tx, p official.Profile, day calendar.Date) (official.Profile, error) {
	versions, err := LayoutValues(tx, p.Code)
	if err != nil {
		return p, err
	}
	for _, v := range versions {
		if v.From.After(day) {
			break
		}
		// What a newer program no longer leaves open is the source's again.
		if with, err := p.With(v.Key, v.Value); err == nil {
			p = with
		} else if !fault.Is(err, fault.KindInvalid) {
			return p, err
		}
	}
	return p, nil
}

// LayoutValues lists every version that was entered for a layout, by the day from which it holds; of the same day the one
// entered last comes last and counts.
func LayoutValues(tx *db.Tx, code string) ([]LayoutValue, error) {
	var all []LayoutValue
	if err := tx.Select(&all, `
select id, profile, name, value, source, valid_from, at, by_name
from layout_value
where profile = ?
order by valid_from, at, id`, code); err != nil {
		return nil, err
	}
	for i := range all {
		for _, later := range all[i+1:] {
			if later.Key == all[i].Key {
				all[i].Ended = later.From
				break
			}
		}
	}
	return all, nil
}

// EnterLayoutValue keeps a version of a value. It holds from tomorrow at the earliest: what was signed, numbered and sent
// until today keeps its look.
func EnterLayoutValue(tx *db.Tx, by access.Actor, v LayoutValue) error {
	if err := by.May(access.ManageBooks, by.Body); err != nil {
		return err
	}
	v.Value, v.Source = fold.Tidy(v.Value), fold.Tidy(v.Source)
	today := calendar.OfInstant(tx.Clock())
	var wrong fault.List
	if v.Source == "" || len([]rune(v.Source)) > 300 {
		wrong.Add("source", "Cần ghi văn bản của cơ quan quyết định giá trị này, dài nhất 300 ký tự.")
	}
	p, known := official.ProfileByCode(v.Profile)
	switch {
	case !known:
		return fault.Missing("Không có thể thức này.")
	case v.From.IsZero():
		wrong.Add("from", "Cần ghi ngày bắt đầu áp dụng.")
	case !v.From.After(today):
		wrong.Add("from", "Áp dụng sớm nhất từ ngày %s: văn bản đến hết hôm nay giữ hình thức cũ.", today.AddDays(1).Vietnamese())
	case layoutOn(v.From).Before(p.From) || p.To != (official.Day{}) && p.To.Before(layoutOn(v.From)):
		wrong.Add("from", "%s không có hiệu lực vào ngày %s.", p.Name, v.From.Vietnamese())
	}
	before, err := chosen(tx, p, v.From)
	if err != nil {
		return err
	}
	choices := before.Choices()
	at := slices.IndexFunc(choices, func(c official.Choice) bool { return c.Key == v.Key })
	if at >= 0 && before.Chosen(choices[at]) == v.Value {
		wrong.Add("value", "Từ ngày %s giá trị này đã là %s.", v.From.Vietnamese(), v.Value)
	}
	_, err = before.With(v.Key, v.Value)
	if err := wrong.AddError("value", err); err != nil {
		return err
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	if err := official.RefuseSecret(v.Value + "\n" + v.Source); err != nil {
		return err
	}
	v.ID, v.At, v.By = tx.NewID(), tx.Now(), by.Name
	if _, err := tx.Exec(`
insert into layout_value (id, profile, name, value, source, valid_from, at, by_actor, by_name)
values (?, ?, ?, ?, ?, ?, ?, ?, ?)`, v.ID, v.Profile, v.Key, v.Value, v.Source, v.From, v.At, by.Key(), v.By); err != nil {
		return err
	}
	_, err = journal.Write(tx, by, "value_entered", journal.Subject{Kind: "layout_value", ID: v.ID}, journal.Details{
		"layout": p.Name, "name": choices[at].Name, "value": v.Value, "from": v.From.Vietnamese(), "source": v.Source})
	return err
}
