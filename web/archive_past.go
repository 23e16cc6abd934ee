package web

import (
	"giaoban/access"
	"giaoban/archive"
	"giaoban/briefing"
	"giaoban/internal/db"
)

// pastLine is a conference of the past among those of the program.
type pastLine struct {
	archive.Event
	Live string // address of the one in the program, when both tell of the same period
}

// pastConferences are those that old files tell of, for readers who look over all bodies.
func pastConferences(tx *db.Tx, by access.Actor, list []briefing.Line) ([]pastLine, error) {
	if by.Sees(access.ReadBriefing) != "" {
		return nil, nil
	}
	events, err := archive.Events(tx, by, "")
	if err != nil {
		return nil, err
	}
	lines := make([]pastLine, len(events))
	for i, e := range events {
		lines[i] = pastLine{e, sameAs(list, e)}
	}
	return lines, nil
}

func sameAs(list []briefing.Line, e archive.Event) string {
	for _, l := range list {
		if e.Kind == archive.Briefing && !e.Period.IsZero() && l.Period == e.Period {
			return address("briefing", l.ID)
		}
	}
	return ""
}

func liveOf(tx *db.Tx, by access.Actor, e archive.Event) (string, error) {
	list, err := briefing.List(tx, by)
	return sameAs(list, e), err
}
