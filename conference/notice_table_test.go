package conference_test

import (
	"testing"

	"giaoban/conference"
	"giaoban/internal/db"
	"giaoban/official"
)

func TestTheTableOfTasksHoldsAWholeDate(t *testing.T) {
	on(t, func(t *testing.T, o *office) {
		o.concluded(t)
		o.notice(t)
		o.read(t, func(tx *db.Tx) error {
			d, err := conference.NoticeDocument(tx, o.officer, o.id)
			tables := 0
			for _, block := range d.Body {
				table, ok := block.(official.Table)
				if !ok {
					continue
				}
				tables++
				total := 0.0
				for _, c := range table.Columns {
					total += c.Width
				}
				// "31/12/2022" at 12 pt is 19.3 mm in Times; the line of a Party paper is 165 mm, a cell loses 3.
				if last := table.Columns[len(table.Columns)-1]; last.Width/total*165-3 < 19.5 {
					t.Errorf("cột %s rộng %.1f mm", last.Title, last.Width/total*165)
				}
			}
			if tables == 0 {
				t.Error("thông báo không có bảng nhiệm vụ")
			}
			return err
		})
	})
}
