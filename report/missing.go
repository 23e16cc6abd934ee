package report

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/journal"
	"giaoban/official"
	"giaoban/org"
)

// Reminder is one time that somebody was reminded, by telephone or otherwise.
type Reminder struct {
	ID         db.ID      `db:"id"`
	Obligation db.ID      `db:"obligation"`
	At         db.Instant `db:"at"`
	ByActor    string     `db:"by_actor"`
	ByName     string     `db:"by_name"`
	Channel    string     `db:"channel"` // phone | zalo | email | paper
	Note       string     `db:"note"`
}

// Channels of a reminder and how the office calls them.
var Channels = []struct{ Code, Name string }{{"phone", "Điện thoại"}, {"zalo", "Zalo"}, {"email", "Thư điện tử"}, {"paper", "Công văn"}}

// Absent is one body that still owes its report.
type Absent struct {
	Obligation
	Name      string
	DaysLate  int // working days since the deadline; 0 while there is time
	Reminders []Reminder
}

// Absence is who has not reported for a period, and the text to paste into a message.
type Absence struct {
	Opening Opening
	Items   []Absent
	Waived  []Waived // still missing, but waited for no more: not in Items, not in Text
	Text    string
}

// Missing lists who has not reported or was asked for more, in the office's order, narrowed to what the actor may see.
func Missing(tx *db.Tx, by access.Actor, regimeCode string, period calendar.Period) (Absence, error) {
	o, err := FindOpening(tx, by, regimeCode, period)
	if err != nil {
		return Absence{}, err
	}
	a := Absence{Opening: o}
	seen := by.Sees(access.ReadReport)
	var owed []Obligation
	if err := tx.Select(&owed, selectObligation+`
where o.opening = ? and o.owed and (cast(? as text) = '' or ? in (o.body, o.holder))
order by o.n`, o.ID, seen, seen); err != nil {
		return a, err
	}
	names, err := org.Names(tx, o.To)
	if err != nil {
		return a, err
	}
	if a.Waived, err = waivedIn(tx, by, o, names); err != nil {
		return a, err
	}
	if len(owed) == 0 {
		a.Text = nobodyLeft(period, a.Waived)
		return a, nil
	}
	holidays, err := org.Holidays(tx)
	if err != nil {
		return a, err
	}
	var reminders []Reminder
	if err := tx.Select(&reminders, `
select m.id, m.obligation, m.at, m.by_actor, m.by_name, m.channel, m.note
from report_reminder m
join obligation o on o.id = m.obligation
where o.opening = ? and (cast(? as text) = '' or ? in (o.body, o.holder))
order by m.at, m.id`, o.ID, seen, seen); err != nil {
		return a, err
	}
	today := calendar.OfInstant(tx.Clock())
	names, err = holderNames(tx, names, owed, today)
	if err != nil {
		return a, err
	}
	for _, ob := range owed {
		item := Absent{Obligation: ob, Name: nameOf(ob, names)}
		item.DaysLate = holidays.DaysLate(ob.Due, today)
		for _, r := range reminders {
			if r.Obligation == ob.ID {
				item.Reminders = append(item.Reminders, r)
			}
		}
		a.Items = append(a.Items, item)
	}
	a.Text = a.message(owed[0].RegimeName, period, today)
	return a, nil
}

// holderNames adds how the bodies that took reports over are called today; it asks only when some were handed over.
func holderNames(tx *db.Tx, names map[db.ID]org.Body, all []Obligation, today calendar.Date) (map[db.ID]org.Body, error) {
	if !slices.ContainsFunc(all, Obligation.Moved) {
		return names, nil
	}
	now, err := org.Names(tx, today)
	if err != nil {
		return nil, err
	}
	with := maps.Clone(names)
	for _, o := range all {
		if o.Moved() {
			with[o.Holder] = now[o.Holder]
		}
	}
	return with, nil
}

// nameOf names whom a message is to reach: “Sở Y tế (nhận từ Sở LĐTBXH)” when the report was handed over.
func nameOf(o Obligation, names map[db.ID]org.Body) string {
	if !o.Moved() {
		return names[o.Body].Name
	}
	return names[o.Holder].Name + " (nhận từ " + names[o.Body].ShortName + ")"
}

// few is how many bodies with one deadline still have a line each in a message.
const few = 12

// message groups the bodies by deadline: those past it first, with how late they are. Where many share one, they share a line.
func (a Absence) message(regime string, period calendar.Period, today calendar.Date) string {
	var s strings.Builder
	fmt.Fprintf(&s, "%s, %s: đến ngày %s còn %d cơ quan chưa gửi báo cáo.\n", regime, period.Name(), today.Vietnamese(), len(a.Items))
	items := slices.Clone(a.Items)
	slices.SortStableFunc(items, func(x, y Absent) int { return x.Due.Compare(y.Due) })
	names := make(map[string][]string)
	var order []string
	for _, item := range items {
		words := item.waits(today)
		if names[words] == nil {
			order = append(order, words)
		}
		names[words] = append(names[words], item.Name)
	}
	for _, words := range order {
		if all := names[words]; len(all) > few {
			fmt.Fprintf(&s, "- H%s (%d cơ quan): %s.\n", strings.TrimPrefix(words, "h"), len(all), strings.Join(all, "; "))
			continue
		}
		for _, name := range names[words] {
			fmt.Fprintf(&s, "- %s: %s\n", name, words)
		}
	}
	s.WriteString("Đề nghị các cơ quan gửi báo cáo để Ban kịp tổng hợp. Trân trọng.")
	return s.String()
}

// waits says until when a body has time, or how late it is: “hạn 16/3/2022, chậm 2 ngày làm việc”.
func (a Absent) waits(today calendar.Date) string {
	words := "hạn " + a.Due.Vietnamese()
	switch {
	case a.Due.Before(today) && a.DaysLate > 0:
		words += fmt.Sprintf(", chậm %d ngày làm việc", a.DaysLate)
	case a.Due.Before(today):
		words += ", đã quá hạn"
	case a.Due == today:
		words += ", hết hạn hôm nay"
	}
	if a.Returned {
		words += " (bổ sung theo đề nghị)"
	}
	return words
}

// Remind notes that a body was reminded: how, and what it answered.
func Remind(tx *db.Tx, by access.Actor, obligation db.ID, channel, note string) error {
	o, err := FindObligation(tx, by, obligation)
	if err != nil {
		return err
	}
	if err := by.May(access.NoteReminder, o.Holder); err != nil {
		return err
	}
	note = fold.Tidy(note)
	if !slices.ContainsFunc(Channels, func(c struct{ Code, Name string }) bool { return c.Code == channel }) {
		return fault.Invalid("channel", "Hãy chọn cách đôn đốc: điện thoại, Zalo, thư điện tử hoặc công văn.")
	}
	if o.Waived() {
		return fault.Conflict("Ban đã thôi chờ báo cáo này, không còn đôn đốc.")
	}
	if !o.Owed {
		return fault.Conflict("Cơ quan này đã gửi báo cáo, không cần đôn đốc.")
	}
	if err := official.RefuseSecret(note); err != nil {
		return err
	}
	if err := tx.Insert("report_reminder", Reminder{ID: tx.NewID(), Obligation: o.ID, At: tx.Now(), ByActor: by.Key(), ByName: by.Name,
		Channel: channel, Note: note}); err != nil {
		return err
	}
	_, err = journal.Write(tx, by, "reminded", obligationSubject(o), journal.Details{"channel": channel, "note": note})
	return err
}

// Reminders lists how often a body was reminded of one report, the oldest first.
func Reminders(tx *db.Tx, by access.Actor, obligation db.ID) ([]Reminder, error) {
	if _, err := FindObligation(tx, by, obligation); err != nil {
		return nil, err
	}
	var all []Reminder
	err := tx.Select(&all, `
select id, obligation, at, by_actor, by_name, channel, note
from report_reminder
where obligation = ?
order by at, id`, obligation)
	return all, err
}
