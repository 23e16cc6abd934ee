package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
)

// contents is the table of contents of a long page, of which one part is shown at a time: it says what is done, and leads
// from part to part by addresses. The other parts stand on the page too, for paper and for what leads into them.
type contents struct {
	Parts []contentsPart
	All   string // the address of everything
	Whole bool   // everything is shown
}

type contentsPart struct {
	Title, URL string
	Note       string // how much is there, "3 đoạn"
	Done       bool
	Here       bool
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
