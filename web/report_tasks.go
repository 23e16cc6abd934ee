package web

import (
	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/org"
	"giaoban/task"
)

// sheetTask is one task of the body beside the text that must tell how far it has come.
type sheetTask struct {
	URL, Title, Product string
	Due                 calendar.Date
	Badges              []badge
}

// tasksBeside lists the unfinished tasks of the body whose report is open, for whoever may read them.
func tasksBeside(tx *db.Tx, by access.Actor, body db.ID) ([]sheetTask, error) {
	if !by.Can(access.ReadTask, body) {
		return nil, nil
	}
	day := calendar.OfInstant(tx.Clock())
	open, err := task.OpenOf(tx, by, body, day)
	if err != nil {
		return nil, err
	}
	holidays, err := org.Holidays(tx)
	if err != nil {
		return nil, err
	}
	var beside []sheetTask
	for _, t := range open {
		beside = append(beside, sheetTask{address("task", t.ID), t.Title, t.Product, t.Due, standingBadges(t, holidays, day)})
	}
	return beside, nil
}
