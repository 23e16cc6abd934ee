package library

import (
	"fmt"
	"maps"
	"slices"

	"giaoban/internal/db"
	"giaoban/internal/files"
	"giaoban/journal"
)

// Verify reads every file of the store again and compares it with its hash and with the rows that refer to it. It is for
// the program's own check, not for an actor.
func Verify(tx *db.Tx, store *files.Store, progress func(done int)) (problems []journal.Problem, err error) {
	var rows []struct {
		ID  string `db:"id"`
		Sum string `db:"sha256"`
	}
	if err := tx.Select(&rows, "select id, sha256 from file order by id"); err != nil {
		return nil, err
	}
	ids := make(map[string][]string)
	for _, r := range rows {
		ids[r.Sum] = append(ids[r.Sum], r.ID)
	}
	found := func(id, sentence string, args ...any) {
		problems = append(problems, journal.Problem{Table: "file", ID: id, Sentence: fmt.Sprintf(sentence, args...)})
	}
	seen, done := make(map[string]bool), 0
	if err := store.Audit(tx.Context(), func(name string, intact bool) {
		if seen[name], done = true, done+1; progress != nil {
			progress(done)
		}
		if len(ids[name]) == 0 {
			found(name, "Kho tệp có %s mà không tệp nào trong sổ dùng đến. Tệp của biểu mẫu bị từ chối thì tự bỏ sau một ngày.", name)
		} else if !intact {
			for _, id := range ids[name] {
				found(id, "Nội dung tệp %s không còn khớp mã băm %s.", id, name)
			}
		}
	}); err != nil {
		return nil, err
	}
	for _, sum := range slices.Sorted(maps.Keys(ids)) {
		if !seen[sum] {
			for _, id := range ids[sum] {
				found(id, "Nội dung tệp %s không còn trong kho.", id)
			}
		}
	}
	return problems, nil
}
