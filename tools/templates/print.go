package main

import (
	"slices"
	"strings"
	"unicode/utf8"
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
