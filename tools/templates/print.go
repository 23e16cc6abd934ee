package main

import (
	"slices"
	"strings"
	"unicode/utf8"

	"giaoban/internal/markup"
)

// columns is how long a line may be, in runes.
const columns = 120

// seam is a space that would vanish beside a line break.
const seam = `{{" "}}`

func width(s string) int { return utf8.RuneCountInString(s) }

// Format lays a template out.
func Format(source string) (string, error) {
	nodes, err := read(source)
	if err != nil {
		return "", err
	}
	return layOut(nodes), nil
}

func layOut(nodes []node) string {
	p := &printer{}
	for i, n := range nodes {
		if n.kind == space {
			continue
		}
		if note := strings.Contains(n.text, "/*"); i > 0 && (n.kind == block || note) && !(n.kind == block && strings.Contains(p.last(), "/*")) {
			p.lines = append(p.lines, "")
		}
		p.print([]node{n}, 0, true)
	}
	return strings.Join(p.lines, "\n") + "\n"
}

type printer struct{ lines []string }

func (p *printer) last() string {
	if len(p.lines) == 0 {
		return ""
	}
	return p.lines[len(p.lines)-1]
}

func (p *printer) line(depth int, text string) {
	p.lines = append(p.lines, strings.Repeat("\t", depth)+text)
}

// add goes on in the last line.
func (p *printer) add(text string) { p.lines[len(p.lines)-1] += text }

// print writes what stands in an element that stands alone (edge), or in an inline one or a clause.
func (p *printer) print(nodes []node, depth int, edge bool) {
	var run []node
	for _, n := range apart(nodes, edge) {
		if !n.alone() && !(n.kind == block && holdsAlone(n)) {
			run = append(run, n)
			continue
		}
		p.run(run, depth)
		run = nil
		p.node(n, depth)
	}
	p.run(run, depth)
}

func holdsAlone(n node) bool {
	for _, c := range n.clauses {
		for _, kid := range c.kids {
			if kid.alone() || kid.kind == block && holdsAlone(kid) {
				return true
			}
		}
	}
	return false
}

// run writes inline things: a sentence fills its lines, other things stand one a line.
func (p *printer) run(run []node, depth int) {
	sentence := false
	for _, n := range run {
		sentence = sentence || n.says()
	}
	if sentence {
		p.fill(run, depth)
		return
	}
	for _, n := range run {
		if n.kind == space {
			p.add(seam)
		} else {
			p.node(n, depth)
		}
	}
}

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
	spaced := false
	first := true
	var put func(next piece)
	put = func(next piece) {
		row = append(row, next)
		for {
			at := breakAt(row, room)
			if at == 0 {
				return
			}
			flush(at, row[at].spaced)
		}
	}
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

// starts counts the elements that begin in a node; a br only ends a line.
func starts(n node) (count int) {
	if (n.kind == element || n.kind == tag) && n.name != "br" && !strings.HasPrefix(n.name, "/") {
		count++
	}
	for _, kid := range n.kids {
		count += starts(kid)
	}
	for _, c := range n.clauses {
		for _, kid := range c.kids {
			count += starts(kid)
		}
	}
	return count
}

// flat is a node in one line, and whether it may stand so.
func flat(n node) (text string, ok bool) {
	switch n.kind {
	case space:
		return " ", true
	case word, action:
		return n.text, !strings.Contains(n.text, "\n")
	case tag:
		text = flatTag(n.text)
		return text, true
	case element:
		inside, ok := flatList(n.kids, n.alone())
		text = flatTag(n.text) + n.raw + inside + "</" + n.name + ">"
		return text, ok && starts(n) <= 1 && !strings.Contains(text, "\n")
	}
	ok = starts(n) <= 1
	for _, c := range n.clauses {
		inside, may := flatList(c.kids, false)
		text += c.head + inside
		ok = ok && may
	}
	return text + n.text, ok
}

func flatList(nodes []node, edge bool) (text string, ok bool) {
	ok = true
	nodes = apart(nodes, edge)
	for i, n := range nodes {
		one, may := flat(n)
		text += one
		ok = ok && may && !(n.name == "br" && i < len(nodes)-1)
	}
	return text, ok
}

// node writes one node on lines of its own.
func (p *printer) node(n node, depth int) {
	if text, ok := flat(n); ok && width(text) <= columns-depth {
		p.line(depth, text)
		return
	}
	p.broken(n, depth)
}

// broken writes a node on several lines.
func (p *printer) broken(n node, depth int) {
	switch n.kind {
	case word:
		p.line(depth, n.text)
	case action:
		p.action(n.text, depth)
	case tag:
		p.tag(n.text, depth, len(seam))
	case element:
		if n.raw != "" || len(n.kids) == 0 {
			first, _, _ := strings.Cut(n.raw+"</"+n.name+">", "\n")
			p.tag(n.text, depth, width(first))
			p.lines = append(p.lines[:len(p.lines)-1], strings.Split(p.last()+n.raw+"</"+n.name+">", "\n")...)
			return
		}
		p.tag(n.text, depth, 0)
		p.print(n.kids, depth+1, n.alone())
		p.line(depth, "</"+n.name+">")
	case block:
		for _, c := range n.clauses {
			p.action(c.head, depth)
			p.print(c.kids, depth+1, false)
		}
		p.line(depth, n.text)
	}
}

// action writes an action; a long one is parted between its operands.
func (p *printer) action(text string, depth int) {
	if width(text) <= columns-depth || strings.Contains(text, "/*") {
		p.line(depth, text)
		return
	}
	row := "{{"
	for i, part := range pairs(operands(text)) {
		if i > 0 {
			if width(row)+1+width(part) > columns-depth-2 {
				p.line(depth, row)
				row = "\t"
			} else {
				row += " "
			}
		}
		row += part
	}
	p.line(depth, row+"}}")
}

// pairs joins each key of a dict with its value.
func pairs(parts []string) (joined []string) {
	at := slices.Index(parts, "dict") + 1
	if at == 0 {
		return parts
	}
	joined = parts[:at:at]
	for pair := range slices.Chunk(parts[at:], 2) {
		joined = append(joined, strings.Join(pair, " "))
	}
	return joined
}

// tag writes a tag; a long one has one attribute a line. clings is how much must stand right behind it.
func (p *printer) tag(text string, depth, clings int) {
	if one := flatTag(text); width(one)+clings <= columns-depth {
		p.line(depth, one)
		return
	}
	head, items, tail := attributes(text)
	p.line(depth, head)
	p.attributes(items, depth+1)
	p.line(depth, tail)
}

func flatTag(text string) string {
	head, items, tail := attributes(text)
	return head + flatAttributes(items) + tail
}

func flatAttributes(items []node) (text string) {
	for _, n := range items {
		switch n.kind {
		case space:
			text += " "
		case block:
			for _, c := range n.clauses {
				text += c.head + flatAttributes(c.kids)
			}
			text += n.text
		default:
			text += n.text
		}
	}
	return text
}

// attributes writes one attribute a line, or one clause of attributes. A line break before an attribute is a space,
// before an action nothing: what that would change stays in its line.
func (p *printer) attributes(items []node, depth int) {
	spaced := false
	for _, n := range items {
		if n.kind == space {
			spaced = true
			continue
		}
		if may := n.kind == word && spaced || n.kind == block && !spaced; !may {
			if spaced {
				p.add(" ")
			}
			p.add(flatAttributes([]node{n}))
			spaced = false
			continue
		}
		spaced = false
		one := flatAttributes([]node{n})
		switch {
		case width(one) <= columns-depth:
			p.line(depth, one)
		case n.kind == block:
			for _, c := range n.clauses {
				p.action(c.head, depth)
				p.attributes(c.kids, depth+1)
			}
			p.line(depth, n.text)
		default:
			p.value(n.text, depth)
		}
	}
}

// value writes an attribute whose value is too long for a line.
func (p *printer) value(text string, depth int) {
	name, value, ok := strings.Cut(text, `="`)
	nodes, err := read(strings.TrimSuffix(value, `"`))
	if !ok || err != nil || !strings.HasSuffix(value, `"`) {
		p.line(depth, text)
		return
	}
	p.line(depth, name+`="`)
	p.print(nodes, depth+1, false)
	p.line(depth, `"`)
}

// attributes reads a tag: its beginning, its attributes as words, spaces and blocks, its end.
func attributes(text string) (head string, items []node, tail string) {
	tail = ">"
	if strings.HasSuffix(text, "/>") {
		tail = "/>"
	}
	text = strings.TrimRight(strings.TrimSuffix(text, tail), markup.Space)
	end := strings.IndexAny(text+">", markup.Space+">{")
	r := &attributeReader{text: text[end:]}
	return text[:end], r.list(), tail
}

type attributeReader struct {
	text string
	at   int
}

// list reads up to {{else}}, {{end}} or the tag's end.
func (r *attributeReader) list() (items []node) {
	for r.at < len(r.text) {
		rest := r.text[r.at:]
		if trimmed := strings.TrimLeft(rest, markup.Space); len(trimmed) < len(rest) {
			gap := rest[:len(rest)-len(trimmed)]
			r.at += len(gap)
			if !strings.Contains(gap, "\n") || trimmed != "" && !strings.HasPrefix(trimmed, "{{") {
				items = append(items, node{kind: space})
			}
			continue
		}
		if strings.HasPrefix(rest, "{{") {
			switch name := firstWord(rest); {
			case name == "end" || name == "else":
				return items
			case opens[name]:
				items = append(items, r.block())
				continue
			}
		}
		items = append(items, node{kind: word, text: r.attribute()})
	}
	return items
}

func firstWord(s string) string {
	if words := strings.FieldsFunc(strings.TrimLeft(s, "{"), func(r rune) bool { return blank(r) || r == '}' }); len(words) > 0 {
		return words[0]
	}
	return ""
}

func (r *attributeReader) action() string {
	tokens, _ := markup.Split(r.text[r.at:])
	r.at += len(tokens[0].Text)
	return tidy(tokens[0].Text)
}

func (r *attributeReader) block() node {
	b := node{kind: block, name: "if"}
	for r.at < len(r.text) {
		head := r.action()
		b.clauses = append(b.clauses, clause{head, r.list()})
		if r.at < len(r.text) && firstWord(r.text[r.at:]) == "end" {
			b.text = r.action()
			return b
		}
	}
	return b
}

// attribute reads a name with its value; line breaks in a value are layout.
func (r *attributeReader) attribute() string {
	var read strings.Builder
	var quote byte
	for r.at < len(r.text) {
		c := r.text[r.at]
		switch {
		case strings.HasPrefix(r.text[r.at:], "{{"):
			if name := firstWord(r.text[r.at:]); quote == 0 && (opens[name] || name == "end" || name == "else") {
				return squeezed(read.String())
			}
			read.WriteString(r.action())
			continue
		case quote != 0 && c == quote:
			quote = 0
		case quote == 0 && (c == '"' || c == '\''):
			quote = c
		case quote == 0 && blank(rune(c)):
			return squeezed(read.String())
		}
		read.WriteByte(c)
		r.at++
	}
	return squeezed(read.String())
}

// squeezed is an attribute in one line.
func squeezed(attribute string) string {
	if !strings.Contains(attribute, "\n") {
		return attribute
	}
	name, value, ok := strings.Cut(attribute, `="`)
	nodes, err := read(strings.TrimSuffix(value, `"`))
	if !ok || err != nil {
		return attribute
	}
	text := ""
	for _, n := range nodes {
		one, _ := flat(n)
		text += one
	}
	return name + `="` + text + `"`
}
