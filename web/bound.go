package web

import (
	"strconv"
	"strings"
)

// bound is what a list says of itself that does not show everything: how much of how much, and the way to the rest. Every
// list that is cut has one.
type bound struct {
	From, Shown, Total int
	Rest               string // where all of it is shown
	Before, Next       string // pages of this list
}

// Cut reports whether something is not on the page.
func (b bound) Cut() bool { return b.Shown < b.Total }

// First and Last are the places of what is shown, from 1.
func (b bound) First() int { return min(b.From+1, b.Total) }

// Last is the place of the last line shown.
func (b bound) Last() int { return b.From + b.Shown }

// step makes the list one of pages of so many lines: Rest becomes their address, with the place to go on from in a query.
func (b *bound) step(most int, name string) {
	at := func(from int) string {
		sign := "?"
		if strings.Contains(b.Rest, "?") {
			sign = "&"
		}
		return b.Rest + sign + name + "=" + strconv.Itoa(from)
	}
	if b.From > 0 {
		b.Before = at(max(0, b.From-most))
	}
	if b.Last() < b.Total {
		b.Next = at(b.Last())
	}
	b.Rest = ""
}
