package task

import (
	"cmp"
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/fold"
)

// Search gives the tasks of a filter that hold all the words, with or without their marks, in an order, from a place on,
// and how many there are in all. Titles are read one by one: neither engine compares Vietnamese letters without marks.
func Search(tx *db.Tx, by access.Actor, f Filter, words string, order func(a, b Task) int, from int) (tasks []Task, all int, err error) {
	if err := f.fit(tx, by); err != nil {
		return nil, 0, err
	}
	pageOf := func(all int) (int, int) { first := max(0, min(from, all)); return first, min(first+f.Limit, all) }
	asked := strings.Fields(fold.Fold(words))
	if len(asked) == 0 {
		tasks, err = every(tx, by, f)
	} else {
		var ids []db.ID
		if ids, err = f.holding(tx, asked); err != nil {
			return nil, 0, err
		}
		if order == nil { // the page alone is read whole
			first, end := pageOf(len(ids))
			tasks, err = f.these(tx, ids[first:end])
			return tasks, len(ids), err
		}
		tasks, err = f.these(tx, ids)
	}
	if err != nil {
		return nil, 0, err
	}
	if order != nil {
		slices.SortStableFunc(tasks, order)
	}
	first, end := pageOf(len(tasks))
	return tasks[first:end], len(tasks), nil
}

// holding are the tasks of the filter that hold all the folded words, by their day. Nothing but the text is read of them.
func (f Filter) holding(tx *db.Tx, asked []string) (ids []db.ID, err error) {
	where, args, err := f.where()
	if err != nil {
		return nil, err
	}
	var rows []struct {
		ID   db.ID  `db:"task"`
		Said string `db:"said"`
	}
	if err := tx.Select(&rows, `
select s.task, t.title || ' ' || t.product || ' ' || s.part || ' ' || t.force_paper || ' ' || t.origin_label as said
from task_side s
join task t on t.id = s.task
`+where+"\norder by s.due, s.task", args...); err != nil {
		return nil, err
	}
	for _, row := range rows {
		said := fold.Fold(row.Said)
		if !slices.ContainsFunc(asked, func(word string) bool { return !strings.Contains(said, word) }) {
			ids = append(ids, row.ID)
		}
	}
	return ids, nil
}

// these are some tasks of the filter, by their day.
func (f Filter) these(tx *db.Tx, ids []db.ID) ([]Task, error) {
	where, args, err := f.where()
	if err != nil {
		return nil, err
	}
	tasks, err := db.Among[Task](tx, ids, columns+where+"\n  and s.task in ", args...)
	slices.SortFunc(tasks, func(a, b Task) int { return cmp.Or(a.Due.Compare(b.Due), cmp.Compare(a.ID, b.ID)) })
	return tasks, err
}
