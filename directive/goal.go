package directive

import (
	"errors"
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/decimal"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
)

// TargetText is the target as offices write it: "95,25 %"; "" when the goal has no unit and no number.
func (g Goal) TargetText() string {
	if g.Target == 0 && g.Unit == "" {
		return ""
	}
	return strings.TrimSpace(decimal.FormatVietnamese(g.Target, g.Decimals) + " " + g.Unit)
}

func (g *Goal) check(wrong *fault.List, n int) {
	g.Text, g.Unit = fold.Tidy(g.Text), fold.Tidy(g.Unit)
	if g.Text == "" {
		wrong.Add("goals", "Chỉ tiêu thứ %d cần có nội dung.", n)
	}
	if g.Year != 0 && (g.Year < 1945 || g.Year > 2200) {
		wrong.Add("goals", "Năm của chỉ tiêu thứ %d (%d) không đúng.", n, g.Year)
	}
}

// setGoals keeps what a document sets to reach. A goal that stood there keeps its key, known by its ID or by its words, so that
// what is measured of it stays with it.
func setGoals(tx *db.Tx, directive db.ID, goals []Goal) error {
	var kept []Goal
	if err := tx.Select(&kept, goalColumns+"where directive = ?\norder by seq", directive); err != nil {
		return err
	}
	if _, err := tx.Exec("delete from directive_goal where directive = ?", directive); err != nil {
		return err
	}
	for i, g := range goals {
		at := slices.IndexFunc(kept, func(k Goal) bool { return k.ID == g.ID })
		if at < 0 {
			at = slices.IndexFunc(kept, func(k Goal) bool { return k.Text == g.Text })
		}
		id := tx.NewID()
		if at >= 0 {
			id = kept[at].ID
			kept = slices.Delete(kept, at, at+1)
		}
		if _, err := tx.Exec(`
insert into directive_goal (id, directive, seq, text, unit, target, decimals, target_year) values (?, ?, ?, ?, ?, ?, ?, ?)`,
			id, directive, i+1, g.Text, g.Unit, g.Target, g.Decimals, g.Year); err != nil {
			return err
		}
	}
	return nil
}

const goalColumns = `
select id, text, unit, target, decimals, target_year
from directive_goal
`

// FindGoal gives one goal with the document that sets it.
func FindGoal(tx *db.Tx, by access.Actor, id db.ID) (Goal, Directive, error) {
	var document db.ID
	err := tx.Get(&document, "select directive from directive_goal where id = ?", id)
	if errors.Is(err, db.None) {
		return Goal{}, Directive{}, fault.Missing("Không có chỉ tiêu này; văn bản có thể vừa được sửa.")
	}
	if err != nil {
		return Goal{}, Directive{}, err
	}
	d, err := Find(tx, by, document)
	if err != nil {
		return Goal{}, d, err
	}
	var g Goal
	err = tx.Get(&g, goalColumns+"where id = ?", id)
	return g, d, err
}
