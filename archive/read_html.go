package archive

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"giaoban/internal/fault"
)

// deepest nesting that is followed; the pages of portals stay below 60.
const deepest = 400

// readPage finds the article of a saved page: the block that holds most sentences and few links. What stands around it
// is dropped, except the title, the day it was put up, and the name of the site, which says whose page it is.
func readPage(page string) (text string, captions []string, err error) {
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		return "", nil, fault.Invalid("", "Không đọc được trang web đã lưu. Hãy mở bằng trình duyệt, lưu lại rồi gửi lại.")
	}
	p := &pageReader{weight: map[*html.Node]int{}}
	p.look(root, 0)
	p.findTitle()
	best := p.best()
	if best == nil {
		best = p.body
	}
	if best == nil {
		return "", nil, nil
	}
	w := &pageWriter{}
	w.write(best, 0)
	w.breakLine()
	article := w.b.String()
	var b strings.Builder
	if p.title != "" && !opensWith(article, p.title) {
		b.WriteString(p.title + "\n\n")
	}
	if day := p.dayBefore(best); day != "" {
		b.WriteString(day + "\n\n")
	}
	b.WriteString(article)
	if p.site != "" {
		b.WriteString("\n\n" + p.site)
	}
	return b.String(), w.captions, nil
}

type pageReader struct {
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
			if marked(n, "title", "tieude", "tieu-de", "headline", "tieude1", "newstitle", "title-news", "tieudetin") {
				p.marked = append(p.marked, lineOf(n))
			}
		}
		if dropped(n) {
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

// findTitle chooses what the page shows large and also says of itself; the name of a site is no title of an article.
func (p *pageReader) findTitle() {
	fits := func(s string) bool {
		n := utf8.RuneCountInString(s)
		return n >= 12 && n <= 300
	}
	said := lettersOf(p.said)
	for _, s := range append(p.headings[:len(p.headings):len(p.headings)], p.marked...) {
		if own := lettersOf(s); fits(s) && len(own) >= 12 && strings.Contains(said, own) {
			p.title = s
			return
		}
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
		p.short = append(p.short, shortText{strings.Join(strings.Fields(line), " "), len(p.all)})
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
func (p *pageReader) dayBefore(best *html.Node) string {
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
		v := newView(s.text)
		if d, _, ok := v.dateIn(0, len(s.text)); ok && !d.IsZero() {
			day = s.text
		}
	}
	return day
}

// dropped tells elements that hold no article: programs, forms, and what the page itself calls menu, footer, comment.
func dropped(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Iframe, atom.Svg, atom.Nav, atom.Footer, atom.Aside,
		atom.Button, atom.Select, atom.Input, atom.Textarea, atom.Object, atom.Embed, atom.Video, atom.Audio, atom.Canvas, atom.Label:
		return true
	case atom.Body, atom.Html, atom.Head, atom.Article, atom.Main, atom.H1:
		return false
	}
	if style := attribute(n, "style"); strings.Contains(strings.ReplaceAll(style, " ", ""), "display:none") {
		return true
	}
	if attribute(n, "aria-hidden") == "true" || attribute(n, "role") == "navigation" {
		return true
	}
	if !marked(n, furnitureMarks...) {
		return false
	}
	// Some portals call the whole page "sidebar-right" or wrap it in a form.
	own, inside := 0, 0
	countText(n, 0, &own, &inside)
	return own < 1500 || 3*inside > own
}

var furnitureMarks = []string{"menu", "nav", "navbar", "navigation", "footer", "sidebar", "comment", "comments", "binhluan", "binh-luan", "related", "lienquan",
	"lien-quan", "tinkhac", "tin-khac", "othernews", "other-news", "tinlienquan", "share", "social", "breadcrumb", "breadcrumbs", "banner", "ads", "advert",
	"quangcao", "quang-cao", "login", "search", "poll", "vote", "rating", "copyright", "tags", "pagination", "hidden", "print", "toolbar", "weblink", "thongke",
	"thong-ke", "counter", "header", "topbar", "latest", "newest", "mostview", "qrcode", "modal", "popup"}

// marked compares the words of class and id with the marks.
func marked(n *html.Node, marks ...string) bool {
	for _, value := range []string{attribute(n, "class"), attribute(n, "id")} {
		for word := range strings.FieldsSeq(strings.ToLower(value)) {
			for _, m := range marks {
				if word == m || strings.HasPrefix(word, m+"-") || strings.HasPrefix(word, m+"_") || strings.HasSuffix(word, "-"+m) || strings.HasSuffix(word, "_"+m) {
					return true
				}
			}
		}
	}
	return false
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func blockOf(a atom.Atom) bool {
	switch a {
	case atom.P, atom.Div, atom.Td, atom.Th, atom.Li, atom.Section, atom.Article, atom.Main, atom.Body, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6,
		atom.Blockquote, atom.Pre, atom.Dd, atom.Dt, atom.Center, atom.Figure, atom.Figcaption, atom.Tr, atom.Table, atom.Ul, atom.Ol, atom.Header, atom.Form,
		atom.Fieldset, atom.Tbody, atom.Thead, atom.Dl, atom.Caption, atom.Hr, atom.Address, atom.Time:
		return true
	}
	return false
}

// directText is the text of n that is not inside a further block, and how much of it is link text.
func directText(n *html.Node) (text string, linked int) {
	var b strings.Builder
	var walk func(n *html.Node, link bool, depth int)
	walk = func(n *html.Node, link bool, depth int) {
		for c := n.FirstChild; c != nil && depth < deepest; c = c.NextSibling {
			switch c.Type {
			case html.TextNode:
				b.WriteString(c.Data)
				if link {
					linked += utf8.RuneCountInString(strings.TrimSpace(c.Data))
				}
			case html.ElementNode:
				if c.DataAtom == atom.Br {
					b.WriteByte(' ')
				} else if !blockOf(c.DataAtom) && !dropped(c) {
					walk(c, link || c.DataAtom == atom.A, depth+1)
				}
			}
		}
	}
	walk(n, false, 0)
	return b.String(), linked
}

func countText(n *html.Node, depth int, all, linked *int) {
	for c := n.FirstChild; c != nil && depth < deepest; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode:
			size := len(strings.TrimSpace(c.Data))
			*all += size
			for up := c.Parent; up != nil && up != n.Parent; up = up.Parent {
				if up.DataAtom == atom.A {
					*linked += size
					break
				}
			}
		case c.Type == html.ElementNode && c.DataAtom != atom.Script && c.DataAtom != atom.Style:
			countText(c, depth+1, all, linked)
		}
	}
}

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

// opensWith reports that one of the first lines of an article is its title.
func opensWith(article, title string) bool {
	n := 0
	for line := range strings.Lines(article) {
		if lettersOf(line) == lettersOf(title) {
			return true
		}
		if n++; n == 8 {
			break
		}
	}
	return false
}
