package web

import (
	"cmp"
	"net/url"
	"strconv"
	"strings"
	"sync"

	"giaoban/calendar"
	"giaoban/desk"
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
					places[r.name] = place{r.path, r.rest}
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

func address(kind string, id db.ID) string { return fill(places[kind].path, string(id), nil) }

// targetAddress is where an item of the desk is seen to.
func targetAddress(t desk.Target) string {
	name := t.Kind
	switch {
	case t.Step != "":
		name += "/" + t.Step
	case t.ID == "":
		name += "/list"
	}
	values := map[string]string{"state": t.State, "regime": t.Regime, "period": t.Period.String()}
	if !t.Period.IsZero() {
		values["year"] = strconv.Itoa(t.Period.Year())
	}
	at := places[name]
	return fill(at.path, string(t.ID), values) + fill(at.rest, "", values)
}

// opened is where something of a period is shown that was opened under a regime.
func opened(step, regime string, period calendar.Period) string {
	return targetAddress(desk.Target{Kind: "opening", Step: step, Regime: regime, Period: period})
}

// fill puts values into an address's wildcards, the id into one that none of them names; "" when one would stay empty.
func fill(pattern, id string, values map[string]string) string {
	var out strings.Builder
	for {
		before, rest, more := strings.Cut(pattern, "{")
		out.WriteString(before)
		if !more {
			return out.String()
		}
		name, after, _ := strings.Cut(rest, "}")
		value := cmp.Or(values[name], id)
		if value == "" {
			return ""
		}
		out.WriteString(url.PathEscape(value))
		pattern = after
	}
}
