package document

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// isGrid tells a table of figures or words from one that only lays out the page: its cells are short, hold no further table,
// and some row has several.
func isGrid(table *html.Node) bool {
	wide, nested, long := 0, false, false
	var walk func(n *html.Node, depth int)
	walk = func(n *html.Node, depth int) {
		cells := 0
		for c := n.FirstChild; c != nil && depth < deepest && !nested && !long; c = c.NextSibling {
			if c.Type != html.ElementNode {
				continue
			}
			switch c.DataAtom {
			case atom.Table:
				nested = true
			case atom.Td, atom.Th:
				if text := lineOf(c); text != "" {
					cells++
					long = utf8.RuneCountInString(text) > 1500
				}
			}
			walk(c, depth+1)
		}
		wide = max(wide, cells)
	}
	walk(table, 0)
	return wide >= 2 && !nested && !long
}

// covering is a cell above that goes on downwards.
type covering struct{ rows, columns int }

func (w *pageWriter) table(table *html.Node) {
	w.tables++
	rows := 0
	open := map[int]covering{}
	var walk func(n *html.Node, depth int)
	walk = func(n *html.Node, depth int) {
		for c := n.FirstChild; c != nil && depth < deepest && w.err == nil; c = c.NextSibling {
			switch {
			case c.Type != html.ElementNode || dropped(c):
			case c.DataAtom == atom.Caption:
				w.err = w.add(Block{Kind: Caption, Text: lineOf(c), Place: "bảng " + strconv.Itoa(w.tables)})
			case c.DataAtom == atom.Tr:
				rows++
				w.row(c, open, "bảng "+strconv.Itoa(w.tables)+", hàng "+strconv.Itoa(rows))
			default:
				walk(c, depth+1)
			}
		}
	}
	walk(table, 0)
}

func (w *pageWriter) row(tr *html.Node, open map[int]covering, place string) {
	var cells []string
	var spans []Span
	cover := func() {
		for {
			above, ok := open[len(cells)]
			if !ok {
				return
			}
			if column := len(cells); above.rows > 1 {
				open[column] = covering{above.rows - 1, above.columns}
			} else {
				delete(open, column)
			}
			for range above.columns {
				cells = append(cells, "")
			}
		}
	}
	for c := tr.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.ElementNode || c.DataAtom != atom.Td && c.DataAtom != atom.Th {
			continue
		}
		cover()
		columns, rows := spanOf(c, "colspan", 1000), spanOf(c, "rowspan", 65_534)
		if len(cells)+columns > mostColumns {
			w.err = errTooLarge
			return
		}
		at := len(cells)
		cells = append(cells, cellText(c))
		for range columns - 1 {
			cells = append(cells, "")
		}
		if columns > 1 || rows > 1 {
			spans = append(spans, Span{at, columns, rows})
		}
		if rows > 1 {
			open[at] = covering{rows - 1, columns}
		}
	}
	cover()
	b := w.collector.row(cells)
	b.Spans, b.Place = spans, place
	w.err = w.add(b)
}

func spanOf(c *html.Node, key string, most int) int {
	return max(1, small(strings.TrimSpace(attribute(c, key)), most))
}

// cellText is the text of a cell, its paragraphs on lines of their own; what is struck is left out.
func cellText(n *html.Node) string {
	var b strings.Builder
	var walk func(n *html.Node, depth int)
	walk = func(n *html.Node, depth int) {
		for c := n.FirstChild; c != nil && depth < deepest; c = c.NextSibling {
			switch {
			case c.Type == html.TextNode:
				b.WriteString(strings.NewReplacer("\n", " ", "\r", " ", "\t", " ").Replace(c.Data))
			case c.Type != html.ElementNode || dropped(c) || c.DataAtom == atom.Del || c.DataAtom == atom.S || c.DataAtom == atom.Strike:
			case c.DataAtom == atom.Br || blockOf(c.DataAtom):
				b.WriteByte('\n')
				walk(c, depth+1)
				b.WriteByte('\n')
			default:
				walk(c, depth+1)
			}
		}
	}
	walk(n, 0)
	var lines []string
	for line := range strings.Lines(b.String()) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}
