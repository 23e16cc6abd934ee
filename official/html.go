package official

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"strings"
)

// HTMLOptions adapts the HTML of a paper to the place it stands in.
type HTMLOptions struct {
	// Link gives the address of an origin, or "" for none. Nil: no links.
	Link func(Origin) string
	// TopHeading is the level of the paper's title: 1 on a page of its own (the default), 2 inside a
	// page that has a title.
	TopHeading int
}

//go:embed paper.html
var paperHTML string

var paperTemplate = template.Must(template.New("paper").Parse(paperHTML))

// HTML gives the paper as a fragment (one <article class="vb">) for a page that links the stylesheet
// of CSS; whoever links what the text cites ends with HoldSymbols. All text is escaped; addresses other than http, https, mailto or relative ones are dropped.
func HTML(d Document, o HTMLOptions) (template.HTML, error) {
	var b bytes.Buffer
	if err := paperTemplate.ExecuteTemplate(&b, "paper", view(d, o)); err != nil {
		return "", fmt.Errorf("dựng văn bản thành HTML: %w", err)
	}
	return template.HTML(b.String()), nil
}

// WriteHTML writes the paper as a page of its own, ready to print on A4.
func WriteHTML(w io.Writer, d Document, o HTMLOptions) error {
	o.TopHeading = 1
	var b strings.Builder
	if err := paperTemplate.ExecuteTemplate(&b, "page", view(d, o)); err != nil {
		return fmt.Errorf("dựng văn bản thành trang HTML: %w", err)
	}
	if _, err := io.WriteString(w, string(HoldSymbols(template.HTML(b.String())))); err != nil {
		return fmt.Errorf("ghi trang HTML: %w", err)
	}
	return nil
}

type htmlPaper struct {
	Title, Banner string
	CSS           template.CSS
	Head          [][2][]htmlPara
	Opening       []htmlPara // type name and subject, one heading
	Addressed     []htmlPara
	Body          []htmlNode
	Signing       [][2][]htmlPara
	Annexes       []htmlAnnex
	H             int
}

type htmlAnnex struct {
	H         int
	Heading   []htmlPara
	Body      []htmlNode
	Landscape bool
}

type htmlNode struct {
	Para      *htmlPara
	Table     *htmlTable
	PageBreak bool
	Chart     *drawing
}

type htmlPara struct {
	Class, Label string
	Lines        [][]Run // broken at line ends
	H            int     // level of heading; 0: a paragraph
	Origin       Origin
	Href         string
}

type htmlTable struct {
	Caption, Unit *htmlPara
	Shares        []int
	Head, Rows    []htmlRow
	Notes         []htmlPara
}

type htmlRow struct {
	Cells []htmlCell
	Tall  bool // may be torn at the end of a page
}

type htmlCell struct {
	Lines            [][]Run
	ColSpan, RowSpan int
	Align            Align
	Scope            string // of a th; empty: td
	Origin           Origin
	Href             string
}

type viewer struct {
	o HTMLOptions
	h int
}

func view(d Document, o HTMLOptions) htmlPaper {
	s := compose(d)
	v := viewer{o: o, h: min(max(o.TopHeading, 1), 5)}
	page := htmlPaper{Title: shortTitle(s.title), Banner: strings.ToUpper(s.banner), H: v.h, CSS: cssWith(d.Profile, s.banner)}
	page.Head = [][2][]htmlPara{{v.paras(s.headLeft), v.paras(s.headRight)}, {v.paras(s.footLeft), v.paras(s.footRight)}}
	for _, l := range s.opening {
		if l.part == PartAddressLabel {
			page.Addressed = append(page.Addressed, v.para(l))
		} else {
			page.Opening = append(page.Opening, v.para(l))
		}
	}
	page.Body = v.nodes(s.body, 0)
	for _, row := range s.signing {
		page.Signing = append(page.Signing, [2][]htmlPara{v.paras(row[0]), v.paras(row[1])})
	}
	for _, a := range s.annexes {
		page.Annexes = append(page.Annexes, htmlAnnex{H: v.h + 1, Heading: v.paras(a.heading), Body: v.nodes(a.body, 1), Landscape: a.landscape})
	}
	return page
}

// shortTitle cuts a title at a blank to what a browser's tab and a list of results show.
func shortTitle(s string) string {
	const most = 69
	if r := []rune(s); len(r) > most {
		s = string(r[:most])
		if i := strings.LastIndexByte(s, ' '); i > 0 {
			s = s[:i]
		}
		s += "…"
	}
	return s
}

func (v viewer) paras(lines []para) []htmlPara {
	var out []htmlPara
	for _, l := range lines {
		out = append(out, v.para(l))
	}
	return out
}

func (v viewer) para(l para) htmlPara {
	out := htmlPara{Class: "vb-" + string(l.part), Label: clean(l.label), Lines: linesOf(l.runs), Origin: cleanOrigin(l.origin)}
	switch {
	case l.ruleShare >= 1:
		out.Class += " vb-rule-full"
	case l.ruleShare > 0:
		out.Class += " vb-rule-part"
	}
	switch {
	case l.gap > 0 && l.part == PartSignerName:
		out.Class += " vb-sign"
	case l.gap > 0:
		out.Class += " vb-apart"
	}
	if l.indent > 0 {
		out.Class += " vb-further"
	}
	if l.origin.Ref != "" && v.o.Link != nil {
		out.Href = v.o.Link(l.origin)
	}
	return out
}

// nodes nests headings without a gap below the paper's title: readers of the page by ear jump from
// level to level.
func (v viewer) nodes(nodes []node, deeper int) []htmlNode {
	var out []htmlNode
	var open []int // levels of the headings that are open
	for _, n := range nodes {
		switch {
		case n.para != nil:
			p := v.para(*n.para)
			if l := n.para.level; l > 0 {
				for len(open) > 0 && open[len(open)-1] >= l {
					open = open[:len(open)-1]
				}
				open = append(open, l)
				p.H = min(v.h+deeper+len(open), 6)
			}
			out = append(out, htmlNode{Para: &p})
		case n.grid != nil:
			t := v.table(n.grid)
			out = append(out, htmlNode{Table: &t})
		case n.drawing != nil:
			out = append(out, htmlNode{Chart: n.drawing})
		case n.pageBreak:
			out = append(out, htmlNode{PageBreak: true})
		}
	}
	return out
}

func (v viewer) table(g *grid) htmlTable {
	t := htmlTable{Shares: g.shares, Notes: v.paras(g.notes)}
	if g.caption != nil {
		c := v.para(*g.caption)
		t.Caption = &c
	}
	if g.unit != nil {
		u := v.para(*g.unit)
		t.Unit = &u
	}
	for y, row := range g.rows {
		var cells []htmlCell
		for _, c := range row {
			if c.continued {
				continue
			}
			cell := htmlCell{Lines: linesOf(c.runs), ColSpan: c.colSpan, RowSpan: c.rowSpan, Align: c.align, Origin: cleanOrigin(c.origin)}
			switch {
			case len(c.runs) == 0: // a head over nothing would be a heading without a name
			case c.head && c.colSpan > 1:
				cell.Scope = "colgroup"
			case c.head:
				cell.Scope = "col"
			case c.rowHead:
				cell.Scope = "row"
			}
			if c.origin.Ref != "" && v.o.Link != nil && len(c.runs) > 0 {
				cell.Href = v.o.Link(c.origin)
			}
			cells = append(cells, cell)
		}
		if y < g.head {
			t.Head = append(t.Head, htmlRow{Cells: cells})
		} else {
			t.Rows = append(t.Rows, htmlRow{cells, g.tall[y]})
		}
	}
	return t
}

func cleanOrigin(o Origin) Origin { return Origin{clean(o.Ref), clean(o.Label)} }

// linesOf breaks runs at line ends. Blanks that stand for a number or day to come must not collapse.
func linesOf(runs []Run) [][]Run {
	var lines [][]Run
	var current []Run
	for _, r := range runs {
		for i, text := range strings.Split(r.Text, "\n") {
			if i > 0 {
				lines = append(lines, current)
				current = nil
			}
			if text = strings.ReplaceAll(text, "  ", "\u00a0\u00a0"); text != "" {
				part := r
				part.Text = text
				current = append(current, part)
			}
		}
	}
	if len(current) > 0 || len(lines) > 0 {
		lines = append(lines, current)
	}
	return lines
}
