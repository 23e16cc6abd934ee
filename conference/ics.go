package conference

import (
	"fmt"
	"strings"
	"time"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
)

// Calendar is the conference as a calendar that other programs read (.ics). Fetched again after the plan has changed it moves
// the event instead of adding one, and takes it out once the conference was put off, cancelled or joined with another. Until
// the invitation is out the event is tentative.
func Calendar(tx *db.Tx, by access.Actor, id db.ID) ([]byte, error) {
	b, err := Find(tx, by, id)
	if err != nil {
		return nil, err
	}
	state, err := StateOf(tx, by, b)
	if err != nil {
		return nil, err
	}
	facts, err := factsOf(tx, id)
	if err != nil {
		return nil, err
	}
	last := lastOf(facts)
	day, begin, status := b.whenWhere(), calendar.NewICS, "CONFIRMED"
	switch {
	case state.Gone() || state == Postponed:
		day, begin, status = last.from(), calendar.RecallICS, "CANCELLED"
	case state == Planned:
		status = "TENTATIVE"
	}
	if day.on.IsZero() {
		return nil, fault.Conflict("Chưa định ngày họp nên chưa đưa vào lịch được.")
	}
	items, err := itemsOf(tx, b)
	if err != nil {
		return nil, err
	}
	stamp := b.MadeAt
	if last.At != 0 {
		stamp = last.At
	}
	out := begin(b.FullName(), "Hoi nghi")
	out.Line("BEGIN", "VEVENT")
	out.Line("UID", string(b.ID)+"@giaoban")
	out.Line("DTSTAMP", utc(stamp.Time()))
	out.Line("SEQUENCE", fmt.Sprint(b.Version-1))
	if at, err := time.ParseInLocation("2006-01-02 15:04", day.on.String()+" "+day.at, db.Vietnam); err == nil {
		out.Line("DTSTART", utc(at))
	} else {
		out.Day("DTSTART", day.on)
	}
	out.Text("SUMMARY", b.FullName())
	if day.place != "" {
		out.Text("LOCATION", day.place)
	}
	about := "Chương trình:\n" + strings.Join(linesOf(items), "\n")
	if venues := b.VenueItems(); len(venues) > 0 {
		about += "\n\nĐiểm cầu:\n" + strings.Join(venues, "\n")
	}
	if bring := b.BringItems(); len(bring) > 0 {
		about += "\n\nTài liệu mang theo:\n" + strings.Join(bring, "\n")
	}
	out.Text("DESCRIPTION", about)
	if last.Kind != "" && last.Kind != FactSet {
		out.Text("COMMENT", last.Sentence()+phrase(". Lý do: ", last.Reason))
	}
	out.Line("STATUS", status)
	out.Line("END", "VEVENT")
	return out.Bytes(), nil
}

func utc(at time.Time) string { return at.UTC().Format("20060102T150405Z") }
