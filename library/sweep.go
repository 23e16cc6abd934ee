package library

import "giaoban/internal/db"

// Orphans gives those of the contents that no file refers to: uploads whose form was refused after they had arrived.
func Orphans(tx *db.Tx, sums []string) ([]string, error) {
	var orphans []string
	for _, sum := range sums {
		referred, err := tx.Exists("select 1 from file where sha256 = ?", sum)
		if err != nil {
			return nil, err
		}
		if !referred {
			orphans = append(orphans, sum)
		}
	}
	return orphans, nil
}
