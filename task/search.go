package task

import (
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/fold"
)

// Search gives the tasks of a filter that hold all the words, with or without their marks, in an order, from a place on,
// and how many there are in all. Titles are read one by one: neither engine compares Vietnamese letters without marks.
func Search(tx *db.Tx, by access.Actor, f Filter, words string, order func(a, b Task) int, from int) (tasks []Task, all int, err error) {
	found, err := every(tx, by, f)
	if err != nil {
		return nil, 0, err
	}
	if asked := strings.Fields(fold.Fold(words)); len(asked) > 0 {
		found = slices.DeleteFunc(found, func(t Task) bool {
			said := fold.Fold(t.Title + " " + t.Product + " " + t.Part + " " + t.ForcePaper + " " + t.Origin.Label)
			return slices.ContainsFunc(asked, func(word string) bool { return !strings.Contains(said, word) })
		})
	}
	if order != nil {
		slices.SortStableFunc(found, order)
	}
	if f.Limit <= 0 {
		f.Limit = 50
	}
	from = max(0, min(from, len(found)))
	return found[from:min(from+f.Limit, len(found))], len(found), nil
}
