package web

import (
	"net/url"
	"strings"
)

// sortHead is the name of a column by which a list may be sorted: a link to the list sorted by it, the other way round
// where it is already.
type sortHead struct {
	Label, URL string
	Sorted     string // as aria-sort says it; "" when the list is sorted by another column
}

// sortHeads makes the heads of a table from pairs of a column's key and its name. now is the key in the address, with a
// minus before it for the other way; usual is the column by which the list is sorted when the address says nothing.
func sortHeads(path string, query url.Values, now, usual string, columns ...[2]string) []sortHead {
	if now == "" {
		now = usual
	}
	var heads []sortHead
	for _, column := range columns {
		key, head := column[0], sortHead{Label: column[1]}
		to := url.Values{}
		for name, values := range query {
			to[name] = values
		}
		switch {
		case now == key:
			head.Sorted, key = "ascending", "-"+key
		case now == "-"+key:
			head.Sorted = "descending"
		}
		to.Set("xep", key)
		head.URL = path + "?" + to.Encode()
		heads = append(heads, head)
	}
	return heads
}

// turned gives the order the other way round where the key in the address asks for it.
func turned[T any](key string, order func(a, b T) int) func(a, b T) int {
	if order == nil || !strings.HasPrefix(key, "-") {
		return order
	}
	return func(a, b T) int { return order(b, a) }
}
