package calendar

import (
	"strings"
	"unicode/utf8"
)

// ICS writes a calendar that other programs read (iCalendar, RFC 5545).
type ICS struct{ out strings.Builder }

// NewICS begins one; room is the part of the program that it comes from, in ASCII.
func NewICS(name, room string) *ICS { return begin("PUBLISH", name, room) }

// RecallICS begins one that takes its events out of the calendars that have them.
func RecallICS(name, room string) *ICS { return begin("CANCEL", name, room) }

func begin(method, name, room string) *ICS {
	c := &ICS{}
	c.Line("BEGIN", "VCALENDAR")
	c.Line("VERSION", "2.0")
	c.Line("PRODID", "-//Giao Ban//"+room+"//VI")
	c.Line("CALSCALE", "GREGORIAN")
	c.Line("METHOD", method)
	c.Text("NAME", name)
	c.Text("X-WR-CALNAME", name)
	return c
}

// Bytes ends the calendar.
func (c *ICS) Bytes() []byte {
	c.Line("END", "VCALENDAR")
	return []byte(c.out.String())
}

// text is the escaping of a TEXT value (RFC 5545, 3.3.11).
var text = strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\r\n", `\n`, "\n", `\n`, "\r", "")

// Text writes a line whose value is free text.
func (c *ICS) Text(name, value string) { c.Line(name, text.Replace(value)) }

// Day writes a line whose value is a day.
func (c *ICS) Day(name string, d Date) {
	c.Line(name+";VALUE=DATE", strings.ReplaceAll(d.String(), "-", ""))
}

// Line writes a content line, folded after 75 octets without cutting a letter (RFC 5545, 3.1).
func (c *ICS) Line(name, value string) {
	rest, room := name+":"+value, 75
	for len(rest) > room {
		cut := room
		for !utf8.RuneStart(rest[cut]) {
			cut--
		}
		c.out.WriteString(rest[:cut] + "\r\n ")
		rest, room = rest[cut:], 74
	}
	c.out.WriteString(rest + "\r\n")
}
