package directive

import (
	"strings"

	"giaoban/internal/db"
	"giaoban/internal/decimal"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
)

// TargetText is the target as offices write it: "95,25 %"; "" when the goal has no unit and no number.
func (g Goal) TargetText() string {
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

func setGoals(tx *db.Tx, directive db.ID, goals []Goal) error {
	if _, err := tx.Exec("delete from directive_goal where directive = ?", directive); err != nil {
		return err
	}
	for i, g := range goals {
		if _, err := tx.Exec(`
insert into directive_goal (id, directive, seq, text, unit, target, decimals, target_year) values (?, ?, ?, ?, ?, ?, ?, ?)`,
			tx.NewID(), directive, i+1, g.Text, g.Unit, g.Target, g.Decimals, g.Year); err != nil {
			return err
		}
	}
	return nil
}
