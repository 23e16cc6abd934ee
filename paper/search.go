package paper

import (
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/fold"
)

// Search gives the papers of a filter that hold all the words, with or without their marks, in an order, from a place on,
// and how many there are in all.
func Search(tx *db.Tx, by access.Actor, f Filter, words string, order func(a, b Paper) int, from int) (papers []Paper, all int, err error) {
	most := f.Limit
	asked := strings.Fields(fold.Fold(words))
	var found []Paper
	for f.Limit = 200; ; {
		some, next, err := List(tx, by, f)
		if err != nil {
			return nil, 0, err
		}
		for _, p := range some {
			said := fold.Fold(p.KindName() + " " + p.Symbol + " " + p.Subject + " " + p.Signer)
			if !slices.ContainsFunc(asked, func(word string) bool { return !strings.Contains(said, word) }) {
				found = append(found, p)
			}
		}
		if f.Cursor = next; next == "" {
			break
		}
	}
	if order != nil {
		slices.SortStableFunc(found, order)
	}
	from = max(0, min(from, len(found)))
	return found[from:min(from+most, len(found))], len(found), nil
}
