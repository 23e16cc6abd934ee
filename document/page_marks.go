package document

import (
	"strings"
	"unicode/utf8"

	"giaoban/internal/pattern"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

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
	if marked(n, "header") && holdsTitle(n, 0) { // of the article, not of the site
		return false
	}
	// Some portals call the whole page "sidebar-right" or wrap it in a form.
	own, inside := 0, 0
	countText(n, 0, &own, &inside)
	return own < 1500 || 3*inside > own
}

// holdsTitle tells a head of an article: a heading that is marked as such or of the first level, and no menu.
func holdsTitle(n *html.Node, depth int) bool {
	found := false
	for c := n.FirstChild; c != nil && depth < deepest; c = c.NextSibling {
		switch c.DataAtom {
		case atom.Nav, atom.Ul, atom.Form, atom.Table:
			return false
		case atom.H1:
			found = true
		case atom.H2:
			found = found || marked(c, titleMarks...)
		}
		found = found || holdsTitle(c, depth+1)
	}
	return found
}

// linkedText is how much stands in an element: letters, those of links, how many links lead to other pages, and blocks.
type linkedText struct{ letters, linked, links, blocks int }

// count notes the text of every block of the page.
func (p *pageReader) count(n *html.Node, link bool, depth int) (all linkedText) {
	for c := n.FirstChild; c != nil && depth < deepest; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode:
			size := utf8.RuneCountInString(strings.TrimSpace(c.Data))
			if all.letters += size; link {
				all.linked += size
			}
		case c.Type == html.ElementNode && c.DataAtom != atom.Script && c.DataAtom != atom.Style:
			leads := c.DataAtom == atom.A && attribute(c, "href") != "" && !leadsToFile(attribute(c, "href")) && !paperSymbol().MatchString(lineOf(c))
			one := p.count(c, link || leads, depth+1)
			if all.letters, all.linked, all.links, all.blocks = all.letters+one.letters, all.linked+one.linked, all.links+one.links, all.blocks+one.blocks; leads {
				all.links++
			}
			if blockOf(c.DataAtom) || c.DataAtom == atom.Footer {
				all.blocks++
				p.texts[c] = one
			}
		}
	}
	return all
}

// paperSymbol is how papers are cited: a list of them belongs to the article though each leads elsewhere.
var paperSymbol = pattern.Of(`[0-9]+(/[0-9]{4})?[-/]\p{Lu}{2}`)

// leadsToFile tells links to the files of an article.
func leadsToFile(href string) bool {
	href, _, _ = strings.Cut(strings.ToLower(href), "?")
	return Readable(href) && !strings.HasSuffix(href, ".html") && !strings.HasSuffix(href, ".htm") || strings.HasSuffix(href, ".xls") || strings.HasSuffix(href, ".zip")
}

// dropped tells furniture of a portal: what dropped tells of any page, and lists of links, which lead to other articles, to the
// page's place, or to where it may be shared.
func (p *pageReader) dropped(n *html.Node) bool {
	if dropped(n) {
		return true
	}
	switch n.DataAtom {
	case atom.Div, atom.Ul, atom.Ol, atom.Section, atom.Dl, atom.Header:
		text := p.texts[n]
		return text.links >= 2 && 10*text.linked >= 6*text.letters
	}
	return false
}

var furnitureMarks = []string{"menu", "nav", "navbar", "navigation", "footer", "sidebar", "comment", "comments", "binhluan", "binh-luan", "related", "lienquan",
	"lien-quan", "tinkhac", "tin-khac", "othernews", "other-news", "tinlienquan", "share", "social", "breadcrumb", "breadcrumbs", "banner", "ads", "advert",
	"quangcao", "quang-cao", "login", "search", "poll", "vote", "rating", "copyright", "tags", "pagination", "hidden", "print", "toolbar", "weblink", "thongke",
	"thong-ke", "counter", "header", "topbar", "latest", "newest", "mostview", "qrcode", "modal", "popup"}

var titleMarks = []string{"title", "tieude", "tieu-de", "headline", "tieude1", "newstitle", "title-news", "tieudetin"}

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
