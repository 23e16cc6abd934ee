package edxml

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"giaoban/internal/fault"
)

// What a packet may be at most. Attachments make it large; its elements are few.
const (
	MostBytes    = 128 << 20
	mostElements = 20_000
	mostDepth    = 40
)

// node is an element by its local name: which prefix and which namespace a sender writes differs, what it means does not.
type node struct {
	name  string
	href  string // xlink:href
	space string
	text  strings.Builder
	kids  []*node
}

// parse reads a packet's elements. There is no document type, no entity beyond XML's own and no other encoding than UTF-8.
func parse(b []byte) (*node, error) {
	if len(b) > MostBytes {
		return nil, fault.TooLarge("", "Gói tin lớn hơn %d MB.", MostBytes>>20)
	}
	d := xml.NewDecoder(bytes.NewReader(afterJunk(b)))
	root, open, count := &node{}, []*node(nil), 0
	open = append(open, root)
	for {
		token, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, broken()
		}
		at := open[len(open)-1]
		switch token := token.(type) {
		case xml.Directive:
			return nil, fault.Invalid("", "Gói tin có phần khai báo kiểu tài liệu (DTD) nên không được nhận.")
		case xml.StartElement:
			if count++; count > mostElements || len(open) > mostDepth {
				return nil, fault.TooLarge("", "Gói tin có quá nhiều phần tử.")
			}
			kid := &node{name: token.Name.Local}
			for _, a := range token.Attr {
				switch {
				case a.Name.Local == "href":
					kid.href = a.Value
				case a.Name.Local == "xmlns":
					kid.space = a.Value
				}
			}
			at.kids, open = append(at.kids, kid), append(open, kid)
		case xml.EndElement:
			if len(open) == 1 || at.name != token.Name.Local {
				return nil, broken()
			}
			open = open[:len(open)-1]
		case xml.CharData:
			at.text.Write(token)
		}
	}
	if len(open) != 1 || len(root.kids) != 1 {
		return nil, broken()
	}
	return root.kids[0], nil
}

func broken() error {
	return fault.Invalid("", "Gói tin bị hỏng: không đọc được phần XML của nó.")
}

// afterJunk skips what some programs leave before the declaration.
func afterJunk(b []byte) []byte {
	head := b[:min(len(b), 4096)]
	if i := bytes.Index(head, []byte("<?xml")); i > 0 {
		return b[i:]
	}
	if i := bytes.IndexByte(head, '<'); i > 0 {
		return b[i:]
	}
	return b
}

// find is the first element below n that bears one of the names; nil for none.
func (n *node) find(names ...string) *node {
	if n == nil {
		return nil
	}
	for _, kid := range n.kids {
		for _, name := range names {
			if kid.name == name {
				return kid
			}
		}
	}
	for _, kid := range n.kids {
		if found := kid.find(names...); found != nil {
			return found
		}
	}
	return nil
}

// kid is the child of that name; nil for none.
func (n *node) kid(name string) *node {
	if all := n.all(name); len(all) > 0 {
		return all[0]
	}
	return nil
}

// all are the children of that name.
func (n *node) all(name string) (of []*node) {
	if n == nil {
		return nil
	}
	for _, kid := range n.kids {
		if kid.name == name {
			of = append(of, kid)
		}
	}
	return of
}

// value is what the child of that name says, in one line; "" for none.
func (n *node) value(name string) string {
	kid := n.kid(name)
	if kid == nil {
		return ""
	}
	return strings.Join(strings.Fields(kid.text.String()), " ")
}
