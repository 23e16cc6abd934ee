package paper_test

import (
	"strings"
	"testing"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/org"
	"giaoban/paper"
)

// The place asked at setting up stands on every kind of paper, of the commission and of a body that has none of its own.
func TestThePlaceStandsOnEveryPaper(t *testing.T) {
	eachOffice(t, func(t *testing.T, tx *db.Tx, o office) {
		system := access.System("thử")
		if _, err := tx.Exec("update body_name set place = ''"); err != nil { // an office whose place was never said
			t.Fatal(err)
		}
		var drafts []db.ID
		for _, kind := range paper.Kinds {
			drafts = append(drafts, o.draft(t, tx, kind, "việc thử địa danh").ID)
		}
		written, err := paper.Draft(tx, system, paper.New{Body: o.health.ID, Kind: paper.BaoCao, Content: notice("kết quả thử địa danh")})
		check(t, err)
		drafts = append(drafts, written.ID)
		commission, err := org.TheCommission(tx, calendar.OfInstant(tx.Clock()))
		check(t, err)
		check(t, org.SetPlace(tx, system, commission, "Khánh Hòa", calendar.Date{}))
		for _, id := range drafts {
			d, err := paper.Document(tx, system, id)
			check(t, err)
			if page := o.html(t, tx, id); d.Place != "Khánh Hòa" || !strings.Contains(page, "Khánh Hòa, ngày") {
				t.Errorf("%s: địa danh “%s”", d.TypeName, d.Place)
			}
		}
	})
}

// A book goes on where the office says it stands; a number that was given is not given again.
func TestABookGoesOnWhereTheOfficeStands(t *testing.T) {
	eachOffice(t, func(t *testing.T, tx *db.Tx, o office) {
		today := calendar.OfInstant(tx.Clock())
		check(t, paper.SetNext(tx, o.clerk, o.commission, paper.ThongBao, 77, today))
		p := o.signed(t, tx, paper.ThongBao, "kết luận hội nghị")
		n, err := paper.NextNumber(tx, o.clerk, p.ID, today)
		check(t, err)
		if n != 77 {
			t.Errorf("số tiếp theo %d", n)
		}
		_, err = paper.EnterNumber(tx, o.clerk, p.ID, 80, today)
		check(t, err)
		refused(t, paper.SetNext(tx, o.clerk, o.commission, paper.ThongBao, 80, today), fault.KindInvalid, "đã dùng đến số 80")
		refused(t, paper.SetNext(tx, o.officer, o.commission, paper.ThongBao, 90, today), fault.KindForbidden, "không có quyền")
		books, err := paper.Books(tx, o.clerk, o.commission, today)
		check(t, err)
		for _, b := range books {
			want := int64(1)
			if b.Kind == paper.ThongBao {
				want = 81
			}
			if b.Next != want {
				t.Errorf("sổ %s: số tiếp theo %d, cần %d", b.Kind.Name(), b.Next, want)
			}
		}
	})
}

// The layout the office has chosen is that of its new papers.
func TestTheChosenLayoutIsThatOfNewPapers(t *testing.T) {
	eachOffice(t, func(t *testing.T, tx *db.Tx, o office) {
		check(t, org.Set(tx, access.System("thử"), org.Profile, "HD05"))
		p := o.draft(t, tx, paper.ThongBao, "việc thử thể thức")
		if p.Profile != "HD05" {
			t.Errorf("thể thức “%s”", p.Profile)
		}
	})
}
