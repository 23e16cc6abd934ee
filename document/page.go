package document

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"giaoban/internal/fault"
	"giaoban/internal/pattern"
)

// deepest nesting that is followed; the pages of portals stay below 60.
const deepest = 400

// mostTags of a page: the largest of portals have some thousand, and each costs memory.
const mostTags = 300_000

// readPage finds the article of a saved page: the block that holds most sentences and few links. What stands around it
// is dropped, except the title, the day it was put up, and the name of the site, which says whose page it is. A page with
// nothing around, as Word saves it, is read whole.
func readPage(c *collector, page string) (Document, error) {
	if strings.Count(page, "<") > mostTags {
		return Document{}, errTooLarge
	}
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		return Document{}, fault.Invalid("", "Không đọc được trang web đã lưu. Hãy mở bằng trình duyệt, lưu lại rồi gửi lại.")
	}
	p := &pageReader{weight: map[*html.Node]int{}, texts: map[*html.Node]linkedText{}}
	p.count(root, false, 0)
	p.look(root, 0)
	p.findTitle()
	best := p.best()
	whole := best == nil || p.body != nil && !surrounded(p.body, best, 0)
	if whole {
		best = p.body
	}
	if best == nil {
		return Document{}, nil
	}
	w := &pageWriter{collector: c}
	var lead, author []*html.Node
	if !whole {
		w.page = p
		lead, author = p.beside(best)
	}
	for _, n := range slices.Concat(lead, []*html.Node{best}, author) {
		if w.write(n, 0); w.err == nil {
			w.breakLine()
		}
	}
	if w.err == nil {
		w.err = w.head(p, best, lead)
	}
	return Document{Site: p.site}, w.err
}

// beside finds what belongs to an article and stands beside the block that holds most of it: the lead, below the title and
// above the text, and who wrote it.
func (p *pageReader) beside(best *html.Node) (lead, author []*html.Node) {
	node := best
	for range 2 {
		parent := node.Parent
		if parent == nil || parent.Type != html.ElementNode || parent.DataAtom == atom.Body || parent.DataAtom == atom.Form {
			break
		}
		var above []*html.Node
		for n := parent.FirstChild; n != node; n = n.NextSibling {
			if p.title != "" && strings.Contains(lettersOf(lineOf(n)), lettersOf(p.title)) {
				above = nil
			} else if p.isLead(n) {
				above = append(above, n)
			}
		}
		lead = append(above, lead...)
		for n := node.NextSibling; n != nil; n = n.NextSibling {
			if n.Type == html.ElementNode && !p.dropped(n) && p.texts[n].letters < 200 && marked(n, "author", "tacgia", "tac-gia", "source", "nguon", "nguontin", "butdanh") {
				author = append(author, n)
			}
		}
		node = parent
	}
	return lead, author
}

// isLead tells a block of one or two sentences.
func (p *pageReader) isLead(n *html.Node) bool {
	if n.Type != html.ElementNode || !blockOf(n.DataAtom) || n.DataAtom == atom.Table || n.DataAtom == atom.Ul || n.DataAtom == atom.Ol || p.dropped(n) {
		return false
	}
	text := p.texts[n]
	return text.letters >= 60 && text.letters <= 900 && 5*text.linked <= text.letters && text.blocks <= 3
}

// head puts the title and the day before the article, unless it begins with that title itself.
func (w *pageWriter) head(p *pageReader, best *html.Node, lead []*html.Node) error {
	article := w.blocks
	w.blocks = nil
	at := slices.IndexFunc(article[:min(len(article), 8)], func(b Block) bool { return lettersOf(b.Text) == lettersOf(p.title) })
	if w.page != nil && p.title != "" && at >= 0 && article[at].Kind == Paragraph { // a title that is only set large
		article[at].Kind, article[at].Level = Heading, 1
		if !slices.ContainsFunc(article[:at], func(b Block) bool { return utf8.RuneCountInString(b.Text) > 60 }) {
			article = article[at:] // the path to the page
		}
	}
	if p.title != "" && at < 0 {
		if err := w.add(Block{Kind: Heading, Level: 1, Text: p.title, Place: "tên trang"}); err != nil {
			return err
		}
	}
	if day := p.dayBefore(best, lead); day != "" {
		if err := w.add(Block{Kind: Paragraph, Text: day, Place: "trước bài"}); err != nil {
			return err
		}
	}
	w.blocks = append(w.blocks, article...)
	return nil
}

// surrounded tells whether links or forms stand around the article.
func surrounded(n, article *html.Node, depth int) bool {
	if n == article || depth > deepest {
		return false
	}
	if n.Type == html.ElementNode && (n.DataAtom == atom.A && attribute(n, "href") != "" || n.DataAtom == atom.Nav || n.DataAtom == atom.Form) {
		return true
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if surrounded(c, article, depth+1) {
			return true
		}
	}
	return false
}

// lettersOf keeps what two writings of one title have in common.
func lettersOf(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, bare(strings.ToLower(s)))
}

type pageReader struct {
	texts    map[*html.Node]linkedText // of elements that may hold others
	weight   map[*html.Node]int
	all      []*html.Node // candidates in the order of the page
	short    []shortText  // in the order of the page: where the day it was put up may stand
	body     *html.Node
	title    string   // of the article, as far as known
	said     string   // what the page says of itself in its head
	headings []string // in the order of the page
	marked   []string // what bears a mark such as "tieude"
	site     string
}

type shortText struct {
	text  string
	after int // candidates seen before it
	node  *html.Node
}

// look walks over the page, gives blocks their weight, and notes title and site.
func (p *pageReader) look(n *html.Node, depth int) {
	if depth > deepest {
		return
	}
	if n.Type == html.ElementNode {
		switch n.DataAtom {
		case atom.Body:
			p.body = n
		case atom.Title:
			if p.said == "" {
				p.said = lineOf(n)
			}
			return
		case atom.Meta:
			p.meta(n)
		case atom.H1:
			p.headings = append(p.headings, lineOf(n))
		case atom.H2, atom.H3, atom.Td, atom.Div, atom.P, atom.Span:
			if marked(n, titleMarks...) {
				p.marked = append(p.marked, lineOf(n))
			}
		}
		if p.dropped(n) {
			if text := p.texts[n]; n.DataAtom == atom.Footer && text.letters <= 160 && text.links < 2 { // of an article: who put it up, and when
				p.short = append(p.short, shortText{lineOf(n), len(p.all), n})
			}
			return
		}
		if blockOf(n.DataAtom) {
			p.weigh(n)
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		p.look(c, depth+1)
	}
}

// findTitle chooses what the page shows large and also says of itself, the longest of several: names of sites and of their
// parts are shorter, and no title of an article.
func (p *pageReader) findTitle() {
	fits := func(s string) bool {
		n := utf8.RuneCountInString(s)
		return n >= 12 && n <= 300
	}
	said := lettersOf(p.said)
	for _, s := range append(p.headings[:len(p.headings):len(p.headings)], p.marked...) {
		if own := lettersOf(s); fits(s) && len(own) >= 12 && len(own) > len(lettersOf(p.title)) && strings.Contains(said, own) {
			p.title = s
		}
	}
	if p.title != "" {
		return
	}
	// Portals write "title - site" or "title | site".
	alone := p.said
	for _, sep := range []string{" | ", " - ", " – "} {
		if before, after, ok := strings.Cut(p.said, sep); ok && utf8.RuneCountInString(before) > 20 && !strings.Contains(after, sep) {
			alone = before
			break
		}
	}
	for _, s := range append(append(p.headings[:len(p.headings):len(p.headings)], p.marked...), alone) {
		if fits(s) && s != p.site {
			p.title = s
			return
		}
	}
}

func (p *pageReader) meta(n *html.Node) {
	content := strings.TrimSpace(strings.Join(strings.Fields(attribute(n, "content")), " "))
	switch attribute(n, "property") {
	case "og:title":
		p.said = content
	case "og:site_name":
		if utf8.RuneCountInString(content) <= 200 {
			p.site = content
		}
	}
}

// weigh counts the letters that stand directly in n, or in the inline elements below it: a paragraph gives its weight
// to what holds it, and half of it to what holds that.
func (p *pageReader) weigh(n *html.Node) {
	own, linked := directText(n)
	line := strings.TrimSpace(own)
	size := utf8.RuneCountInString(line)
	if size > 0 && size <= 160 {
		p.short = append(p.short, shortText{strings.Join(strings.Fields(line), " "), len(p.all), n})
	}
	if size < 60 || 5*linked > 2*size {
		return
	}
	gain := size + 20*strings.Count(line, ",")
	holder := n
	if n.DataAtom == atom.P || n.DataAtom == atom.Li || n.DataAtom == atom.H2 || n.DataAtom == atom.H3 {
		holder = n.Parent
	}
	for i := 0; i < 3 && holder != nil && holder.Type == html.ElementNode; i++ {
		if _, seen := p.weight[holder]; !seen {
			p.all = append(p.all, holder)
		}
		p.weight[holder] += gain
		gain = 6 * gain / 10
		holder = holder.Parent
	}
}

func (p *pageReader) best() *html.Node {
	var best *html.Node
	for _, n := range p.all {
		if n.DataAtom == atom.Html || best != nil && p.weight[n] <= p.weight[best] {
			continue
		}
		best = n
	}
	return best
}

// dayBefore gives the last short text before the article that bears a full date.
func (p *pageReader) dayBefore(best *html.Node, lead []*html.Node) string {
	at := 0
	for i, n := range p.all {
		if n == best {
			at = i
		}
	}
	day := ""
	for _, s := range p.short {
		if s.after > at+1 {
			break
		}
		if wholeDay().MatchString(s.text) && !inside(s.node, best) && !slices.ContainsFunc(lead, func(n *html.Node) bool { return inside(s.node, n) }) {
			day = dayIn(s)
		}
	}
	return day
}

// dayIn is the part of a line that bears its day, where it stands in an element of its own.
func dayIn(s shortText) string {
	n, text := s.node, s.text
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode && wholeDay().MatchString(lineOf(c)) {
			n, text = c, lineOf(c)
			c = &html.Node{NextSibling: n.FirstChild}
		}
	}
	return text
}

func inside(n, outer *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if n == outer {
			return true
		}
	}
	return false
}

var wholeDay = pattern.Of(`(?i)(?:^|[^0-9])[0-3]?[0-9] ?[/.-] ?[01]?[0-9] ?[/.-] ?(?:19|20)[0-9][0-9]|ngày [0-3]?[0-9] tháng [01]?[0-9] năm (?:19|20)[0-9][0-9]`)

func lineOf(n *html.Node) string {
	var b strings.Builder
	var walk func(n *html.Node, depth int)
	walk = func(n *html.Node, depth int) {
		for c := n.FirstChild; c != nil && depth < deepest; c = c.NextSibling {
			if c.Type == html.TextNode {
				b.WriteString(c.Data)
				b.WriteByte(' ')
			} else {
				walk(c, depth+1)
			}
		}
	}
	walk(n, 0)
	return strings.Join(strings.Fields(b.String()), " ")
}
