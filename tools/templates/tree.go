package main

import (
	"fmt"
	"slices"
	"strings"

	"giaoban/internal/markup"
)

type kind int

const (
	word    kind = iota
	space        // one that is seen
	action       // an action without an end
	block        // if, range, with, define, block and their clauses
	tag          // a tag alone: void, a doctype, or one whose other half stands in another clause
	element      // a tag with what it holds
)

// node is one piece of a template. text is the word, the action, the opening tag; name the tag's or the action's.
type node struct {
	kind    kind
	name    string
	text    string
	kids    []node
	raw     string   // what a pre, textarea, script or style holds
	clauses []clause // of a block
}

// clause is what an action such as {{if}} or {{else}} governs.
type clause struct {
	head string
	kids []node
}

func set(words string) map[string]bool {
	m := make(map[string]bool)
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

var (
	opens = set("if range with define block")
	// silent actions write nothing.
	silent = set("break continue template")
	void   = set("area base br col embed hr img input link meta source track wbr !doctype")
	// blocks stand alone: white space beside them is not seen. A label is one by the stylesheet.
	blocks = set(`!doctype html head body title link meta script style header main footer nav aside section article div p
		h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table caption colgroup col thead tbody tfoot tr th td form fieldset legend label
		details summary figure figcaption blockquote pre hr option optgroup datalist
		svg g path line rect circle text`)
)

// read makes the tree of a template.
func read(source string) ([]node, error) {
	tokens, err := markup.Split(source)
	if err != nil {
		return nil, err
	}
	r := &reader{tokens: tokens}
	nodes := r.list("")
	if r.at < len(tokens) {
		return nil, fmt.Errorf("%s mà không có gì mở trước đó", tokens[r.at].Text)
	}
	return nodes, r.err
}

type reader struct {
	tokens []markup.Token
	at     int
	err    error
}

// list reads up to what closes the element `within`, or to {{else}} or {{end}}, which are left to the caller.
func (r *reader) list(within string) (nodes []node) {
	for r.at < len(r.tokens) {
		t := r.tokens[r.at]
		switch {
		case t.Kind == markup.Text:
			r.at++
			nodes = append(nodes, words(t.Text)...)
		case t.Kind == markup.Action && (t.Name == "end" || t.Name == "else"):
			return nodes
		case t.Kind == markup.Action && opens[t.Name]:
			nodes = append(nodes, r.block())
		case t.Kind == markup.Action && t.Text == `{{" "}}`:
			r.at++
			nodes = append(nodes, node{kind: space})
		case t.Kind == markup.Action:
			r.at++
			nodes = append(nodes, node{kind: action, name: t.Name, text: tidy(t.Text)})
		case t.Name == "/"+within:
			return nodes
		case strings.HasPrefix(t.Name, "/") || void[t.Name] || strings.HasSuffix(t.Text, "/>"):
			r.at++
			nodes = append(nodes, node{kind: tag, name: t.Name, text: t.Text})
		default:
			nodes = append(nodes, r.element()...)
		}
	}
	return nodes
}

func (r *reader) block() node {
	b := node{kind: block, name: r.tokens[r.at].Name}
	for {
		head := tidy(r.tokens[r.at].Text)
		r.at++
		b.clauses = append(b.clauses, clause{head, r.list("")})
		if r.at >= len(r.tokens) {
			r.err = fmt.Errorf("%s không có {{end}}", b.clauses[0].head)
			return b
		}
		if t := r.tokens[r.at]; t.Name == "end" {
			b.text = tidy(t.Text)
			r.at++
			return b
		}
	}
}

// element reads a tag with what it holds; where its other half is in another clause, the tag and what follows.
func (r *reader) element() []node {
	t := r.tokens[r.at]
	e := node{kind: element, name: t.Name, text: t.Text}
	r.at++
	if r.at < len(r.tokens) && r.tokens[r.at].Kind == markup.Raw {
		e.raw = r.tokens[r.at].Text
		r.at++
	}
	e.kids = r.list(t.Name)
	if r.at < len(r.tokens) && r.tokens[r.at].Name == "/"+t.Name {
		r.at++
		return []node{e}
	}
	e.kind = tag
	kids := e.kids
	e.kids = nil
	return append([]node{e}, kids...)
}

// words are those of a text; a line break at its ends is layout, one between words is a space.
func words(text string) (nodes []node) {
	fields := strings.FieldsFunc(text, blank)
	seen := func(s string) bool { return s != "" && !strings.Contains(s, "\n") }
	if len(fields) == 0 {
		if seen(text) {
			nodes = append(nodes, node{kind: space})
		}
		return nodes
	}
	if seen(text[:strings.Index(text, fields[0])]) {
		nodes = append(nodes, node{kind: space})
	}
	for i, w := range fields {
		if i > 0 {
			nodes = append(nodes, node{kind: space})
		}
		nodes = append(nodes, node{kind: word, text: w})
	}
	if seen(text[len(strings.TrimRightFunc(text, blank)):]) {
		nodes = append(nodes, node{kind: space})
	}
	return nodes
}

func blank(r rune) bool { return strings.ContainsRune(markup.Space, r) }

// tidy writes an action with single spaces, but for what stands in its strings and comments.
func tidy(action string) string {
	if strings.Contains(action, "/*") {
		return action
	}
	return "{{" + strings.Join(operands(action), " ") + "}}"
}

// operands are the parts of an action that a line break may part; what stands in brackets is one.
func operands(action string) (parts []string) {
	text := strings.Trim(strings.TrimSuffix(strings.TrimPrefix(action, "{{"), "}}"), markup.Space)
	var part strings.Builder
	depth := 0
	for i := 0; i < len(text); i++ {
		c := text[i]
		if strings.IndexByte(markup.Space, c) >= 0 {
			if i > 0 && strings.IndexByte(markup.Space, text[i-1]) >= 0 {
				continue
			}
			if depth > 0 {
				part.WriteByte(' ')
			} else {
				parts = append(parts, part.String())
				part.Reset()
			}
			continue
		}
		part.WriteByte(c)
		switch c {
		case '(':
			depth++
		case ')':
			depth--
		}
		if c != '"' && c != '`' && c != '\'' {
			continue
		}
		for i++; i < len(text); i++ {
			part.WriteByte(text[i])
			if text[i] == c {
				break
			}
			if text[i] == '\\' && c != '`' {
				i++
				part.WriteByte(text[i])
			}
		}
	}
	return append(parts, part.String())
}

// apart takes out the spaces that are not seen: doubled, beside an element that stands alone, at the ends of one (edge).
func apart(nodes []node, edge bool) (kept []node) {
	nodes = slices.CompactFunc(slices.Clone(nodes), func(a, b node) bool { return a.kind == space && b.kind == space })
	alone := func(i int) bool {
		if i < 0 || i >= len(nodes) {
			return edge
		}
		return nodes[i].alone() || nodes[i].name == "br"
	}
	for i, n := range nodes {
		if n.kind != space || !alone(i-1) && !alone(i+1) {
			kept = append(kept, n)
		}
	}
	return kept
}

// alone reports whether white space beside a node is not seen.
func (n node) alone() bool {
	return (n.kind == element || n.kind == tag) && blocks[strings.TrimPrefix(n.name, "/")]
}

// says reports whether a node puts words on the page by itself.
func (n node) says() bool {
	return n.kind == word || n.kind == action && !silent[n.name] && !strings.Contains(n.text, " := ") && !strings.Contains(n.text, " = ") &&
		!strings.Contains(n.text, "/*")
}
