package review

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"giaoban/calendar"
	"giaoban/internal/db"
)

// Calendar writes the steps that are not over as a calendar (iCalendar, RFC 5545): one whole-day event each, named by
// the review and the step so that a calendar that is fetched again moves them instead of adding. lead gives a body's name.
// The same reviews give the same bytes.
func Calendar(name string, all []Review, lead func(db.ID) string) []byte {
	var out ics
	out.line("BEGIN", "VCALENDAR")
	out.line("VERSION", "2.0")
	out.line("PRODID", "-//Giao Ban//So ket tong ket//VI")
	out.line("CALSCALE", "GREGORIAN")
	out.line("METHOD", "PUBLISH")
	out.line("NAME", escaped(name))
	out.line("X-WR-CALNAME", escaped(name))
	for _, r := range all {
		if !r.Live() {
			continue
		}
		for _, s := range r.Steps {
			if s.Over() || r.State() == Past && s.Step != StepSubmitted {
				continue
			}
			out.event(r, s, lead)
		}
	}
	out.line("END", "VCALENDAR")
	return []byte(out.String())
}

func (out *ics) event(r Review, s PlannedStep, lead func(db.ID) string) {
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
	out.line("BEGIN", "VEVENT")
	out.line("UID", string(r.ID)+"-"+string(s.Step)+"@giaoban")
	out.line("DTSTAMP", changed.Time().UTC().Format("20060102T150405Z"))
	out.line("SEQUENCE", fmt.Sprint(r.Version))
	out.line("DTSTART;VALUE=DATE", compact(s.Day))
	out.line("DTEND;VALUE=DATE", compact(s.Day.AddDays(1)))
	out.line("SUMMARY", escaped(s.Step.Name()+": "+lower(r.What())+" "+r.Document()))
	out.line("DESCRIPTION", escaped(about))
	out.line("STATUS", status)
	out.line("TRANSP", "TRANSPARENT")
	out.line("END", "VEVENT")
}

func compact(d calendar.Date) string { return strings.ReplaceAll(d.String(), "-", "") }

// escaped is a TEXT value (RFC 5545, 3.3.11).
func escaped(s string) string {
	return strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\r\n", `\n`, "\n", `\n`, "\r", "").Replace(s)
}

type ics struct{ strings.Builder }

// line writes a content line, folded after 75 octets without cutting a letter (RFC 5545, 3.1).
func (out *ics) line(name, value string) {
	rest, room := name+":"+value, 75
	for len(rest) > room {
		cut := room
		for !utf8.RuneStart(rest[cut]) {
			cut--
		}
		out.WriteString(rest[:cut] + "\r\n ")
		rest, room = rest[cut:], 74
	}
	out.WriteString(rest + "\r\n")
}
