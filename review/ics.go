package review

import (
	"fmt"

	"giaoban/calendar"
	"giaoban/internal/db"
)

// Calendar writes the steps that are not over as a calendar (iCalendar, RFC 5545): one whole-day event each, named by
// the review and the step so that a calendar that is fetched again moves them instead of adding. lead gives a body's name.
// The same reviews give the same bytes.
func Calendar(name string, all []Review, lead func(db.ID) string) []byte {
	out := calendar.NewICS(name, "So ket tong ket")
	for _, r := range all {
		if !r.Live() {
			continue
		}
		for _, s := range r.Steps {
			if s.Over() || r.State() == Past && s.Step != StepSubmitted {
				continue
			}
			event(out, r, s, lead)
		}
	}
	return out.Bytes()
}

func event(out *calendar.ICS, r Review, s PlannedStep, lead func(db.ID) string) {
	status, about := "CONFIRMED", s.Explained
	if r.Provisional() {
		status, about = "TENTATIVE", "Dự kiến, chưa có chỉ đạo của cấp trên. "+about
	}
	switch {
	case r.Holder != "":
		about += "\nChủ trì: " + lead(r.Holder)
	default:
		about += "\nChưa phân công chủ trì"
	}
	changed := max(r.MadeAt, r.ListedAt, r.ConfirmedAt)
	out.Line("BEGIN", "VEVENT")
	out.Line("UID", string(r.ID)+"-"+string(s.Step)+"@giaoban")
	out.Line("DTSTAMP", changed.Time().UTC().Format("20060102T150405Z"))
	out.Line("SEQUENCE", fmt.Sprint(r.Version))
	out.Day("DTSTART", s.Day)
	out.Day("DTEND", s.Day.AddDays(1))
	out.Text("SUMMARY", s.Step.Name()+": "+lower(r.What())+" "+r.Document())
	out.Text("DESCRIPTION", about)
	out.Line("STATUS", status)
	out.Line("TRANSP", "TRANSPARENT")
	out.Line("END", "VEVENT")
}
