package programme_test

import (
	"fmt"
	"testing"

	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/official"
	"giaoban/org"
	"giaoban/paper"
	"giaoban/programme"
	"giaoban/sample/sampletest"
)

// A programme of 400 bodies over four years, a line for each with a record in every year: the figures of the review of its term, and
// its paper as Word.
func BenchmarkTermReview(b *testing.B) {
	for _, e := range dbtest.Engines(b) {
		p := sampletest.Open(b, e, "")
		p.Clock.Set(calendar.On(2025, 12, 1).StartOfDay())
		var id db.ID
		if err := p.DB.WriteLong(b.Context(), func(tx *db.Tx) error {
			var parties []db.ID
			lines := ""
			for i := range 400 {
				made, err := org.Create(tx, p.Admin, org.New{Code: fmt.Sprintf("XA%d", i), Kind: org.Commune, Name: fmt.Sprintf("Xã Số %d", i), ShortName: fmt.Sprintf("Xã Số %d", i), Sort: 1000 + i,
					ValidFrom: calendar.On(2020, 1, 1)})
				if err != nil {
					return err
				}
				parties = append(parties, made.ID)
				lines += fmt.Sprintf("Việc phối hợp ở xã số %d; chủ trì: XA%d; sản phẩm: báo cáo; thời gian: hằng năm\n", i, i)
			}
			all, err := programme.Begin(tx, p.Officer, programme.New{Kind: programme.OfWork, Term: calendar.MustPeriod("2022..2025"), Parties: parties, Lines: "Y tế\n" + lines, Imported: true})
			if err != nil {
				return err
			}
			id = all[0].ID
			for year := 2022; year <= 2025; year++ {
				words := ""
				for i := range 400 {
					words += fmt.Sprintf("Năm %d việc phối hợp ở xã số %d đã làm xong.\n", year, i)
				}
				if _, _, err := programme.EnterOld(tx, p.Officer, id, programme.Old{Year: year, Sector: "YT", Source: fmt.Sprintf("Báo cáo năm %d", year), Words: words[:19000]}); err != nil {
					return err
				}
			}
			found, err := programme.Lines(tx, p.Officer, id)
			if err != nil {
				return err
			}
			for i, l := range found {
				for year := 2022; year <= 2025; year++ {
					if _, err := tx.Exec(`
insert into programme_evidence (id, programme, line, sector, kind, record, place, label, words, day, how, why, at, by_name, settled, settled_at, settled_by)
values (?, ?, ?, 'YT', 'submission', ?, 'results/YT/1', 'Báo cáo', ?, ?, 'proposed', '', ?, '', 'yes', ?, '')`, tx.NewID(), id, l.ID, fmt.Sprintf("s%d-%d", i, year),
						fmt.Sprintf("Đã làm việc phối hợp lần %d.", i), calendar.On(year, 12, 31), tx.Now(), tx.Now()); err != nil {
						return err
					}
				}
			}
			return nil
		}); err != nil {
			b.Fatal(err)
		}
		read := func(b *testing.B, fn func(tx *db.Tx) error) {
			b.Helper()
			if err := p.DB.Read(b.Context(), fn); err != nil {
				b.Fatal(err)
			}
		}
		b.Run("figures/"+e.Name, func(b *testing.B) {
			for b.Loop() {
				read(b, func(tx *db.Tx) error { _, err := programme.ReviewOf(tx, p.Officer, id); return err })
			}
		})
		b.Run("paper/"+e.Name, func(b *testing.B) {
			for b.Loop() {
				read(b, func(tx *db.Tx) error {
					d, err := programme.Document(tx, p.Officer, id, programme.RoleTerm, 0)
					if err != nil {
						return err
					}
					_, err = paper.File(d, "tong ket", "docx", official.HTMLOptions{})
					return err
				})
			}
		})
	}
}
