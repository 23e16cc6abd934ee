package task

import (
	"giaoban/calendar"
	"giaoban/internal/db"
)

// Query shows the tests the SQL of a list.
func Query(f Filter) (string, []any, error) {
	where, args, err := f.where()
	return columns + where + "\norder by s.due, s.task\nlimit ?", append(args, f.Limit), err
}

// ReadCursor and Cursor are the two ways of the mark between pages.
var ReadCursor = readCursor

func Cursor(due calendar.Date, last db.ID) string {
	return cursor(Task{ID: last, Side: Side{Standing: Standing{Due: due}}})
}
