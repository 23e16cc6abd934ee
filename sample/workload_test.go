package sample

import (
	"errors"
	"testing"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/consolidation"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/people"
	"giaoban/report"
	"giaoban/task"
)

func TestTheWorkloadIsWhatSpeedIsMeasuredOn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		token, err := fillWith(t.Context(), d, 12, 240, nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := fillWith(t.Context(), d, 12, 240, nil); !errors.Is(err, ErrNotEmpty) {
			t.Errorf("đổ hai lần: %v", err)
		}
		err = d.Read(t.Context(), func(tx *db.Tx) error {
			by, err := people.TokenActor(tx, token)
			if err != nil {
				return err
			}
			if by.Role != access.CommissionOfficer || !by.AnyBody {
				t.Errorf("mã truy cập: %+v", by)
			}
			r, err := report.FindRegime(tx, by, BenchRegime)
			if err != nil {
				return err
			}
			all, err := report.Openings(tx, by, r.ID)
			if err != nil {
				return err
			}
			if len(all) != 72 {
				t.Errorf("%d kỳ", len(all))
			}
			var accepted int
			if err := tx.Get(&accepted, "select count(*) from obligation where accepted is not null"); err != nil {
				return err
			}
			if accepted < 12*60*93/100 || accepted > 12*60*98/100 {
				t.Errorf("%d báo cáo được nhận trên %d", accepted, 12*60)
			}
			figures, err := consolidation.AddUp(tx, by, BenchRegime, calendar.MustPeriod("2025-Q4"), report.Accepted)
			if err != nil {
				return err
			}
			if len(figures.Figures) != 60 || figures.Figures[0].Value == nil || figures.Figures[59].Indicator.Code != "I60" || figures.Figures[0].Previous == nil {
				t.Errorf("%d chỉ tiêu", len(figures.Figures))
			}
			wrong, err := report.Verify(tx)
			for _, w := range wrong {
				t.Error(w.Sentence)
			}
			overdue, err2 := task.Overdue(tx, by, date("2026-02-01"))
			if len(overdue) == 0 || len(overdue) > 24 {
				t.Errorf("%d nhiệm vụ quá hạn", len(overdue))
			}
			return errors.Join(err, err2)
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
