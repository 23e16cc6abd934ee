package main

import (
	"strings"

	"giaoban/internal/markup"
)

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
