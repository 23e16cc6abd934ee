package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
)

// contents is the table of contents of a long page, of which one part is shown at a time: it says what is done, and leads
// from part to part: by addresses, or within the page where one form holds all of them. The other parts stand on the page
// too, for paper and for what leads into them.
type contents struct {
	Parts []contentsPart
	All   string // the address of everything
	Whole bool   // everything is shown
}

type contentsPart struct {
	ID         string // of the part on the page, where its address is within the page
	Title, URL string
	Note       string // how much is there, "3 đoạn"; "" for a part in which nothing is to be done
	Asks       string // what is to be mended, "1 lỗi"
	Done       bool
	Here       bool
	Under      []contentsPart // what it is made of, each with its place on the page
}

const shownPart = "phan"

// open says which part of the page at a path is asked for; at is the one that something else asks for, or -1.
func (c *contents) open(path string, r *http.Request, at int) {
	if len(c.Parts) == 0 {
		return
	}
	c.Whole = r.FormValue(shownPart) == "tat-ca"
	if n := int(wholeNumber(r.FormValue(shownPart))) - 1; at < 0 && n >= 0 && n < len(c.Parts) {
		at = n
	}
	c.Parts[max(at, 0)].Here = true
	query := url.Values{}
	for name, values := range r.URL.Query() {
		if !slices.Contains([]string{shownPart, "doan", "them", "tham-muu"}, name) {
			query[name] = values
		}
	}
	to := func(part string) string {
		query.Set(shownPart, part)
		return path + "?" + query.Encode()
	}
	for i := range c.Parts {
		c.Parts[i].URL = to(strconv.Itoa(i + 1))
	}
	c.All = to("tat-ca")
}

// Shows reports whether a part is on the screen.
func (c contents) Shows(i int) bool { return len(c.Parts) < 2 || c.Whole || c.Parts[i].Here }

// everything is the id of what holds all parts of a page that leads from part to part within itself.
const everything = "tat-ca"

// within leads from part to part on the page itself and shows one of them, the first that asks for something where none is
// named.
func (c *contents) within(at string) {
	here := slices.IndexFunc(c.Parts, func(part contentsPart) bool { return part.ID == at })
	if here < 0 {
		here = max(0, slices.IndexFunc(c.Parts, func(part contentsPart) bool { return !part.Done }))
	}
	for i := range c.Parts {
		part := &c.Parts[i]
		part.URL, part.Here = "#"+part.ID, i == here
		for j := range part.Under {
			part.Under[j].URL = "#" + part.Under[j].ID
		}
	}
	c.All = "#" + everything
}

// Elsewhere reports whether the part of an id is off the screen when the page opens.
func (c contents) Elsewhere(id string) bool {
	return slices.ContainsFunc(c.Parts, func(part contentsPart) bool { return part.ID == id && !part.Here })
}

// After is the part that follows the one of an id; nil after the last one.
func (c contents) After(id string) *contentsPart {
	if i := slices.IndexFunc(c.Parts, func(part contentsPart) bool { return part.ID == id }) + 1; i > 0 && i < len(c.Parts) {
		return &c.Parts[i]
	}
	return nil
}

// Tally counts the parts in which something is to be done, and those of them that are done.
func (c contents) Tally() (n struct{ Done, All int }) {
	for _, part := range c.Parts {
		if part.Note == "" {
			continue
		}
		n.All++
		if part.Done {
			n.Done++
		}
	}
	return n
}

// samePart is the query that leads back to the part whose form was sent.
func samePart(r *http.Request) string {
	if part := r.URL.Query().Get(shownPart); part != "" {
		return "?" + shownPart + "=" + url.QueryEscape(part)
	}
	return ""
}

// Here is the part on the screen, as addresses ask for it; "" for a page that has no parts.
func (c contents) Here() string {
	if c.Whole {
		return "tat-ca"
	}
	for i, part := range c.Parts {
		if part.Here {
			return strconv.Itoa(i + 1)
		}
	}
	return ""
}
