package report_test

import (
	"strings"
	"testing"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/org"
	"giaoban/report"
)

// reorganised is the small province with months reported before and after changes of its bodies: SYT, SGDDT, SKHCN
// report; from 01/4/2022 SKHCN goes into SGDDT as a whole.
func reorganised(t *testing.T, test func(t *testing.T, o *office)) {
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			o := newOffice(t, e)
			o.regime(t, "thang", calendar.Month, calendar.ND09, outline())
			test(t, o)
		})
	}
}

func (o *office) month(t *testing.T, period string, values ...string) {
	t.Helper()
	o.write(t, func(tx *db.Tx) error {
		_, err := report.Open(tx, o.officer, "thang", calendar.MustPeriod(period))
		return err
	})
	for _, text := range values {
		fields := strings.Fields(text) // "SYT kham=10 dat=3"
		in := report.Input{Values: make(map[string]*string)}
		for _, f := range fields[1:] {
			code, v, _ := strings.Cut(f, "=")
			in.Values[code] = &v
		}
		o.write(t, func(tx *db.Tx) error {
			system := access.System("nộp thử")
			ready, err := report.Prepare(tx, system, "thang", calendar.MustPeriod(period), fields[0], in)
			if err != nil {
				return err
			}
			receipt, err := report.Submit(tx, system, ready)
			if err != nil {
				return err
			}
			return report.Accept(tx, o.officer, receipt.ID)
		})
	}
}

func (o *office) announce(t *testing.T, n org.NewChange) {
	t.Helper()
	o.write(t, func(tx *db.Tx) error { _, err := org.Announce(tx, access.System("công bố"), n); return err })
}

func TestOldReportsStandInTheRowOfWhoAnswersToday(t *testing.T) {
	reorganised(t, func(t *testing.T, o *office) {
		o.month(t, "2022-02", "SGDDT dat=5", "SKHCN dat=2")
		o.announce(t, org.NewChange{Kind: org.Merged, Day: calendar.On(2022, 4, 1), Basis: "Quyết định 1",
			Parts: []org.NewPart{{From: o.bodies[2].ID, To: o.bodies[1].ID}, {From: o.bodies[1].ID, To: o.bodies[1].ID}}})
		o.clock.Set(dbtest.NewClock("2022-04-20").Now())
		o.read(t, func(tx *db.Tx) error {
			items, err := report.Completeness(tx, o.officer, "thang", 12)
			if err != nil {
				return err
			}
			d, err := org.DescentTo(tx, o.officer, calendar.On(2022, 4, 20))
			if err != nil {
				return err
			}
			placed, err := report.PlaceNow(tx, o.officer, "thang", items, d)
			rows := make(map[db.ID]int)
			for _, p := range placed {
				rows[p.Now]++
				if p.Apart() {
					t.Errorf("%s stands apart though it went as a whole", p.Body.Code)
				}
			}
			if len(placed) != len(items) || rows[o.bodies[1].ID] != 2 || rows[o.bodies[2].ID] != 0 {
				t.Errorf("placed %v", rows)
			}
			return err
		})
	})
}
