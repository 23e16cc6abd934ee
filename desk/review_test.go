package desk_test

import (
	"strings"
	"testing"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/desk"
	"giaoban/directive"
	"giaoban/internal/db"
	"giaoban/org"
	"giaoban/review"
)

// A review comes on the officer's desk ninety days before its next step, and its list on the leader's once it is laid there.
func TestTheReviewsOfTheNextNinetyDaysAreOnTheDesk(t *testing.T) {
	on(t, func(t *testing.T, o *office) {
		reviews := func(who access.Actor) (found []desk.Item) {
			t.Helper()
			o.write(t, func(tx *db.Tx) error {
				d, err := desk.For(tx, who)
				for _, i := range d.Items {
					if i.Room == "review" {
						found = append(found, i)
					}
				}
				return err
			})
			return found
		}
		o.write(t, func(tx *db.Tx) error {
			d, err := directive.Record(tx, o.officer, directive.New{Type: "Chỉ thị", Symbol: "20-CT/TW", Date: calendar.On(2012, 11, 5), Issuer: "Bộ Chính trị"})
			if err == nil {
				err = review.Follow(tx, o.officer, d)
			}
			return err
		})
		if items := reviews(o.officer); len(items) != 0 {
			t.Errorf("too early: %v", items)
		}
		o.clock.Set(calendar.On(2022, 5, 4).StartOfDay())
		items := reviews(o.officer)
		if len(items) != 1 || !strings.Contains(items[0].Note, "Chưa phân công chủ trì") || items[0].Due.Month() != 7 {
			t.Fatalf("%+v", items)
		}
		if items := reviews(o.leader); len(items) != 0 {
			t.Errorf("nothing was laid before the leader: %v", items)
		}
		o.write(t, func(tx *db.Tx) error {
			unit, err := org.Create(tx, access.System("dựng"), org.New{Code: "PKG", Name: "Phòng Khoa giáo", Kind: org.OwnUnit, Parent: o.ban, Sort: 9, ValidFrom: calendar.On(2010, 1, 1)})
			if err != nil {
				return err
			}
			all, err := review.DueIn(tx, o.officer, 2022)
			if err != nil {
				return err
			}
			if err := review.Assign(tx, o.officer, all[0].ID, all[0].Version, review.Assignment{Lead: o.soYTe, Unit: unit.ID}); err != nil {
				return err
			}
			_, err = review.ListYear(tx, o.officer, 2022)
			return err
		})
		if items := reviews(o.leader); len(items) != 1 || items[0].To != (desk.Target{Kind: "review", Period: calendar.MustPeriod("2022")}) || !strings.Contains(items[0].Why, "1 kỳ chờ duyệt") {
			t.Errorf("%+v", items)
		}
	})
}
