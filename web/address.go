package web

import (
	"cmp"
	"net/url"
	"strings"
	"sync"

	"giaoban/access"
	"giaoban/internal/db"
)

// The rooms know their records by kind and id, never by address: a page says beside its declaration what it shows.

// shows makes the page the one of this kind of record. A kind whose page needs more than the id has a page of its own
// before it, /ho-so/{kind}/{id}, that finds the rest and leads on.
func (r route) shows(kind string) route {
	r.object = cmp.Or(r.object, kind)
	return r.named(kind)
}

// named lets other pages lead here by what is done here: "task/list". rest is what stands behind the path, "" while
// nothing fills its wildcards.
func (r route) named(name string, rest ...string) route {
	r.name, r.rest = name, strings.Join(rest, "")
	return r
}

// place is where a named page stands.
type place struct {
	path, rest string
	acts       []access.Act
}

// places are the named pages. The pages themselves ask for them, so the language does not let this be a value made of
// the rooms: it is filled when the first site opens.
var (
	places map[string]place
	gather sync.Once
)

func gatherPlaces() {
	gather.Do(func() {
		places = make(map[string]place)
		for _, room := range rooms {
			for _, r := range room.pages {
				if r.name != "" {
					places[r.name] = place{r.path, r.rest, r.acts}
				}
			}
		}
	})
}

// Address is where the pages show a record, for the other doors; "" for a kind that has no page.
func Address(kind string, id db.ID) string {
	gatherPlaces()
	return address(kind, id)
}

func address(kind string, id db.ID) string {
	path := places[kind].path
	if id == "" || path == "" {
		return ""
	}
	return path[:strings.IndexByte(path, '{')] + url.PathEscape(string(id))
}
