package sample_test

import (
	"testing"

	"giaoban/internal/db"
	"giaoban/sample"
)

func TestNumbersOfABookFollowTheDays(t *testing.T) {
	province(t, "", func(t *testing.T, tx *db.Tx, p *sample.Province) {
		var rows []struct {
			Kind   string `db:"kind"`
			Book   string `db:"book"`
			Number int64  `db:"number"`
			Symbol string `db:"symbol"`
		}
		ok(t, tx.Select(&rows, "select kind, book, number, symbol from paper_number order by kind, book, date, at"))
		if len(rows) < 5 {
			t.Fatalf("chỉ có %d văn bản đã vào số", len(rows))
		}
		for i, row := range rows[1:] {
			if before := rows[i]; before.Kind == row.Kind && before.Book == row.Book && row.Number <= before.Number {
				t.Errorf("%s đứng sau %s", row.Symbol, before.Symbol)
			}
		}
	})
}
