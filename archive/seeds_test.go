package archive_test

import (
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"giaoban/archive"
	"giaoban/directive"
	"giaoban/internal/db"
)

// Five real pages that lie beside the program where it is made: once they are confirmed, an empty register holds each of
// their documents once, and the reviews of 2019 and 2022 are there.
func TestRealPagesFillTheRegisterAndItsReviews(t *testing.T) {
	names, _ := filepath.Glob("../../shared/seeds/*.txt")
	if len(names) == 0 {
		t.Skip("Không có các trang mẫu thật ở đây.")
	}
	in(t, func(t *testing.T, o *office) {
		r, err := o.feed(o.officer, names, nil)
		if err != nil || r.New != len(names) {
			t.Fatalf("%+v (%v)", r, err)
		}
		for _, l := range r.Lines {
			o.write(func(tx *db.Tx) error { _, _, err := archive.AcceptSure(tx, o.officer, l.Import); return err })
			var left []archive.Field
			o.read(func(tx *db.Tx) error {
				fields, err := archive.Fields(tx, o.officer, l.Import)
				left = slices.DeleteFunc(fields, func(f archive.Field) bool { return f.State != archive.Pending })
				return err
			})
			for _, f := range left {
				o.write(func(tx *db.Tx) error {
					if f.Kind == archive.CitationField { // the bare 20-NQ/TW is the one on health, which the office enters by hand
						v := f.Value
						v.Date, v.Issuer = "25/10/2017", "Ban Chấp hành Trung ương"
						_, err := archive.Accept(tx, o.officer, f.ID, f.Version, v, archive.Choice{Another: true})
						return err
					}
					_, err := archive.Skip(tx, o.officer, f.ID, f.Version)
					return err
				})
			}
		}
		want := []string{"09-NQ/TW 2022-01-28", "1056-QC/TU 2023-07-11", "19-CT/TW 2012-11-05", "20-CT/TW 2012-11-05", "20-NQ/TW 2012-11-01", "20-NQ/TW 2017-10-25",
			"238-QĐ/TW ", "29-NQ/TW 2013-11-04", "36-NQ/TW 2014-07-01", "37-CT/TW 2014-06-06", "38-CT/TW 2009-09-07"}
		got := o.register()
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("the register holds\n%s", strings.Join(got, "\n"))
		}
		for year, want := range map[int][]string{
			2019: {"36-NQ/TW sơ kết 5", "37-CT/TW sơ kết 5", "38-CT/TW tổng kết 10"},
			2022: {"19-CT/TW tổng kết 10", "20-CT/TW tổng kết 10", "20-NQ/TW 2012 tổng kết 10"},
		} {
			o.read(func(tx *db.Tx) error {
				all, err := directive.Reviews(tx, o.officer, year)
				if err != nil {
					return err
				}
				var due []string
				for _, r := range all {
					symbol := r.Symbol
					if symbol == "20-NQ/TW" {
						symbol += " " + r.Issued.String()[:4]
					}
					due = append(due, symbol+" "+string(r.Kind)+" "+strconv.Itoa(r.Years))
				}
				for _, one := range want {
					if !slices.Contains(due, one) {
						t.Errorf("%d lacks %s: %v", year, one, due)
					}
				}
				return nil
			})
		}
	})
}
