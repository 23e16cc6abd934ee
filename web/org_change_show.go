package web

import (
	"net/http"
	"slices"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/org"
	"giaoban/succession"
)

// bodyLink is a body on a page of changes, called as on the day that matters there.
type bodyLink struct {
	ID         db.ID
	Code, Name string
}

// partGroup is what one body hands over to another in a change.
type partGroup struct {
	From, To bodyLink
	What     []string
	Stays    bool
}

// Groups are the lines of the change, those between the same two bodies together.
func (l changeLine) Groups() []partGroup {
	var all []partGroup
	for _, p := range l.Lines {
		at := slices.IndexFunc(all, func(g partGroup) bool { return g.From.ID == p.From.ID && g.To.ID == p.To.ID })
		if at < 0 {
			at = len(all)
			all = append(all, partGroup{From: p.From, To: p.To, Stays: p.Stays})
		}
		all[at].What = append(all[at].What, p.What)
	}
	return all
}

// partLine is one line of a change, readable.
type partLine struct {
	From, To bodyLink
	What     string // the function, or the rest
	Stays    bool
}

// changeLine is a change in a list.
type changeLine struct {
	org.Change
	Lines []partLine
	Badge badge
}

// changeReader turns changes into lines; one load for a whole page.
type changeReader struct {
	tx        *db.Tx
	functions map[string]string
	names     map[calendar.Date]map[db.ID]org.Body
}

func readerOfChanges(tx *db.Tx, by access.Actor) (*changeReader, error) {
	functions, err := org.Functions(tx, by)
	c := &changeReader{tx: tx, functions: make(map[string]string, len(functions)), names: make(map[calendar.Date]map[db.ID]org.Body)}
	for _, f := range functions {
		c.functions[f.Code] = f.Name
	}
	return c, err
}

// called is a body as it was called on a day.
func (c *changeReader) called(id db.ID, day calendar.Date) (bodyLink, error) {
	if id == "" {
		return bodyLink{}, nil
	}
	if c.names[day] == nil {
		names, err := org.Names(c.tx, day)
		if err != nil {
			return bodyLink{}, err
		}
		c.names[day] = names
	}
	b := c.names[day][id]
	return bodyLink{ID: id, Code: b.Code, Name: b.Name}, nil
}

// function names what a part hands over.
func (c *changeReader) function(code string) string {
	if code == "" {
		return "Toàn bộ (phần còn lại)"
	}
	if name := c.functions[code]; name != "" {
		return name
	}
	return code
}

func (c *changeReader) line(change org.Change) (changeLine, error) {
	l := changeLine{Change: change}
	if change.Undone() {
		l.Badge = badge{"returned", "Đã hoàn tác"}
	}
	for _, p := range change.Parts {
		from, err := c.called(p.From, p.Day.AddDays(-1))
		if err != nil {
			return l, err
		}
		to, err := c.called(p.To, p.Day)
		if err != nil {
			return l, err
		}
		l.Lines = append(l.Lines, partLine{From: from, To: to, What: c.function(p.Function), Stays: p.Stays()})
	}
	return l, nil
}

// changePage is one change: what it says, what it did, how to take it back.
type changePage struct {
	changeLine
	Founded, Ended []bodyLink
	Renamed        []renamedLine
	Functions      int
	Row            string // title of the shipped row it follows
	MayUndo        bool
	MayHandOver    bool
	Reason         string
	Activity       []journalRow
}

type renamedLine struct {
	Body   bodyLink
	Before string
	After  org.NewName
}

func (s *site) showChange(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	c, err := org.FindChange(tx, by, db.ID(r.PathValue("change")))
	if err != nil {
		return Reply{}, err
	}
	reader, err := readerOfChanges(tx, by)
	if err != nil {
		return Reply{}, err
	}
	p := changePage{MayHandOver: by.Can(access.AcceptSuccession, by.Body) && len(c.Parts) > 0, MayUndo: by.Can(access.ManageBodies, by.Body) && !c.Undone(), Reason: r.PostFormValue("reason")}
	if p.changeLine, err = reader.line(c); err != nil {
		return Reply{}, err
	}
	if c.Reference != "" {
		row, err := org.FindReference(tx, by, c.Reference)
		if err != nil {
			return Reply{}, err
		}
		p.Row = row.Title()
	}
	did, err := org.WhatItDid(tx, by, c.ID)
	if err != nil {
		return Reply{}, err
	}
	p.Functions = did.Functions
	for _, ids := range []struct {
		from []db.ID
		to   *[]bodyLink
		day  calendar.Date
	}{{did.Founded, &p.Founded, c.Day}, {did.Ended, &p.Ended, c.Day.AddDays(-1)}} {
		for _, id := range ids.from {
			b, err := reader.called(id, ids.day)
			if err != nil {
				return Reply{}, err
			}
			*ids.to = append(*ids.to, b)
		}
	}
	for _, n := range did.Renamed {
		before, err := reader.called(n.Body, c.Day.AddDays(-1))
		if err != nil {
			return Reply{}, err
		}
		p.Renamed = append(p.Renamed, renamedLine{Body: before, Before: before.Name, After: n})
	}
	if p.Activity, err = activityOf(tx, by, "change", c.ID, 20); err != nil {
		return Reply{}, err
	}
	return Reply{Page: "org/change", Data: &p}, nil
}

func (s *site) undoChange(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	again, err := s.showChange(tx, by, r)
	if err != nil {
		return again, err
	}
	id := again.Data.(*changePage).ID
	if err := succession.UndoChange(tx, by, id, r.PostFormValue("reason")); err != nil {
		return again, err
	}
	return Reply{To: "/sap-xep/" + string(id)}, nil
}
