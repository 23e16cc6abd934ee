package main

import "strings"

// piece is what a sentence may not break within.
type piece struct {
	node   node
	text   string
	spaced bool // a space before it
	starts int
}

// fill writes a sentence: a line holds one element at most.
func (p *printer) fill(run []node, depth int) {
	var row []piece // the line being filled
	room := columns - depth
	flush := func(upTo int, spaced bool) {
		if upTo == 0 {
			return
		}
		var text strings.Builder
		for i, s := range row[:upTo] {
			if s.spaced && (i > 0 || s.node.kind == space) {
				text.WriteByte(' ')
			}
			text.WriteString(s.text)
		}
		if spaced && (row[upTo-1].node.kind != word || upTo < len(row) && row[upTo].node.kind != word) {
			text.WriteString(seam)
		}
		p.line(depth, text.String())
		row = append([]piece(nil), row[upTo:]...)
	}
	put := func(next piece) {
		row = append(row, next)
		for at := breakAt(row, room); at > 0; at = breakAt(row, room) {
			flush(at, row[at].spaced)
		}
	}
	spaced, first := false, true
	for i, n := range run {
		if n.kind == space {
			if spaced = true; first {
				p.add(seam)
				spaced = false
			}
			continue
		}
		first = false
		next := piece{node: n, spaced: spaced, starts: starts(n)}
		spaced = false
		flat, ok := flat(n)
		next.text = flat
		most := room
		if i+1 < len(run) && run[i+1].kind == space {
			most -= len(seam)
		}
		if ok && (width(flat) <= most || n.kind == word) {
			put(next)
			if n.name == "br" {
				flush(len(row), false)
			}
			continue
		}
		// It takes lines of its own; what clings to its end goes on there.
		if len(row) > 0 {
			row = append(row, next)
			at := len(row) - 1
			flush(at, next.spaced)
		} else if next.spaced {
			p.add(seam)
		}
		row = nil
		p.broken(n, depth)
		row = []piece{{node: node{kind: action}, text: strings.TrimLeft(p.last(), "\t")}}
		p.lines = p.lines[:len(p.lines)-1]
		row[0].starts = 1 // nothing but what clings to it
	}
	flush(len(row), false)
	if spaced {
		p.add(seam)
	}
}

// breakAt is where a row that holds too much is parted, 0 when it holds.
func breakAt(row []piece, room int) int {
	wide, elements, before := 0, 0, 0
	over, crowded := false, false
	for i, s := range row {
		if s.spaced && i > 0 {
			wide++
		}
		wide += width(s.text)
		if s.starts > 0 && elements > 0 {
			crowded = true
			break
		}
		if s.starts > 0 {
			elements, before = 1, i
		}
		if wide > room {
			over = true
			break
		}
	}
	switch {
	case crowded:
		return part(row, before+1, len(row)-1, room, true)
	case over:
		return part(row, 1, len(row)-1, room, false)
	}
	return 0
}

// part chooses a place between two pieces: between words, then at another space, then beside a tag or an action.
func part(row []piece, from, to, room int, early bool) int {
	best, rank := 0, 0
	wide := 0
	for i, s := range row {
		if i >= from && i <= to && i > 0 {
			between := row[i-1].node.kind == word && s.node.kind == word
			r := 0
			switch {
			case s.spaced && between && (early || wide >= room/2) && wide <= room:
				r = 3
			case s.spaced && wide+len(seam) <= room || s.spaced && between && wide <= room:
				r = 2
			case !s.spaced && !between && wide <= room:
				r = 1
			}
			if r > rank || r == rank && r > 0 && !early {
				best, rank = i, r
			}
		}
		if s.spaced && i > 0 {
			wide++
		}
		wide += width(s.text)
	}
	return best
}
