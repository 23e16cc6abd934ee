package web

import (
	"slices"

	"giaoban/archive"
	"giaoban/internal/db"
)

// markedText is the text of an old file by paragraphs, each cut where a field begins or ends.
type markedText struct {
	Before, Main, Behind   [][]markedPart
	OpenBefore, OpenBehind bool // the field at hand stands there
}

type markedPart struct {
	Text    string
	Anchors []string // fields that begin here
	URL     string   // the field that stands here, the narrowest of those around
	Class   string
	Label   string
}

// placeOf is where a field stands in the text.
func placeOf(f archive.Field) string { return "doan-" + string(f.ID) }

// markText lays the text out: the article with its fields, and what stood around it on the page.
func markText(i archive.Import, fields []archive.Field, here db.ID) (m markedText) {
	placed := slices.DeleteFunc(slices.Clone(fields), func(f archive.Field) bool {
		return f.Start >= f.End || f.End > len(i.Text) || f.State == archive.Skipped && f.ID != here
	})
	// The narrowest first: it is the one a part of the text leads to.
	slices.SortStableFunc(placed, func(a, b archive.Field) int { return (a.End - a.Start) - (b.End - b.Start) })
	cuts := []int{0, i.MainFirst, i.MainLast, len(i.Text)}
	for _, f := range placed {
		cuts = append(cuts, f.Start, f.End)
	}
	for at := 0; at < len(i.Text); at++ {
		if i.Text[at] == '\n' {
			cuts = append(cuts, at, at+1)
		}
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	began := make(map[db.ID]bool)
	where := func(at int) *[][]markedPart {
		switch {
		case at < i.MainFirst:
			return &m.Before
		case at < i.MainLast:
			return &m.Main
		}
		return &m.Behind
	}
	open := false
	for n := 0; n+1 < len(cuts); n++ {
		from, to := cuts[n], cuts[n+1]
		if i.Text[from:to] == "\n" {
			open = false
			continue
		}
		list := where(from)
		part := markedPart{Text: i.Text[from:to]}
		if part.mark(i, placed, from, here, began) {
			m.OpenBefore = m.OpenBefore || from < i.MainFirst
			m.OpenBehind = m.OpenBehind || from >= i.MainLast
		}
		if !open || from == i.MainFirst || from == i.MainLast {
			*list = append(*list, nil)
			open = true
		}
		last := &(*list)[len(*list)-1]
		*last = append(*last, part)
	}
	return m
}

// mark finds the fields around a part of the text; found tells whether the one at hand is among them.
func (p *markedPart) mark(i archive.Import, placed []archive.Field, at int, here db.ID, began map[db.ID]bool) (found bool) {
	for _, f := range placed {
		if at < f.Start || at >= f.End {
			continue
		}
		if !began[f.ID] {
			began[f.ID] = true
			p.Anchors = append(p.Anchors, placeOf(f))
		}
		if p.URL == "" {
			p.URL, p.Label = fieldURL(i.ID, f), f.Kind.Name()
			p.Class = "found"
			if f.State.Taken() {
				p.Class = "found taken"
			}
		}
		if f.ID == here {
			p.URL, p.Label = fieldURL(i.ID, f), f.Kind.Name()
			p.Class += " here"
			found = true
		}
	}
	return found
}

// fieldURL opens a file at one of its fields; the browser goes to its place in the text.
func fieldURL(file db.ID, f archive.Field) string {
	to := "/tu-lieu/" + string(file) + "?phan=" + string(f.ID)
	if f.Start < f.End {
		return to + "#" + placeOf(f)
	}
	return to + "#phan"
}
