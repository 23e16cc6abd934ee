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

func (o *office) series(t *testing.T, indicator string, reading report.Reading) (s report.Series) {
	t.Helper()
	o.read(t, func(tx *db.Tx) (err error) {
		s, err = report.SeriesOf(tx, o.officer, "thang", indicator, 12, reading)
		return err
	})
	return s
}

func lineOf(t *testing.T, s report.Series, code string) report.Line {
	t.Helper()
	for _, l := range s.Lines {
		if l.Org.Code == code {
			return l
		}
	}
	t.Fatalf("no line of %s", code)
	return report.Line{}
}

func figures(l report.Line) string {
	var all []string
	for _, c := range l.Cells {
		if c.Value.Set {
			all = append(all, report.Figure{}.Text(&c.Value.Figure))
		} else {
			all = append(all, "-")
		}
	}
	return strings.Join(all, " ")
}

func TestFiguresOfBodiesThatBecameOneAreAddedOnlyAsItIsNow(t *testing.T) {
	reorganised(t, func(t *testing.T, o *office) {
		o.month(t, "2022-02", "SGDDT dat=5", "SKHCN dat=2", "SYT kham=100")
		o.month(t, "2022-03", "SGDDT dat=6", "SKHCN dat=3", "SYT kham=110")
		o.announce(t, org.NewChange{Kind: org.Merged, Day: calendar.On(2022, 4, 1), Basis: "Quyết định 1",
			Parts: []org.NewPart{{From: o.bodies[2].ID, To: o.bodies[1].ID}, {From: o.bodies[1].ID, To: o.bodies[1].ID}}})
		o.clock.Set(dbtest.NewClock("2022-04-20").Now())
		o.month(t, "2022-04", "SGDDT dat=9", "SYT kham=120")

		was := o.series(t, "dat", report.AsWas)
		if figures(lineOf(t, was, "SGDDT")) != "5 6 9" || figures(lineOf(t, was, "SKHCN")) != "2 3 -" {
			t.Errorf("as it was: %+v", was.Lines)
		}
		now := o.series(t, "dat", report.AsNow)
		joined := lineOf(t, now, "SGDDT")
		if figures(joined) != "7 9 9" || len(joined.Was) != 1 || joined.Was[0].Code != "SKHCN" || len(joined.Cells[0].Sources) != 2 {
			t.Errorf("as it is now: %s %+v", figures(joined), joined)
		}
		// Whole bodies went together, so that totals compare, whichever way one reads.
		if len(was.Breaks)+len(now.Breaks) > 0 || len(was.Stretches) != 1 || *was.Stretches[0].Value != 25 {
			t.Errorf("a merger of whole bodies breaks the series: %+v %+v", was.Breaks, was.Stretches)
		}
		for _, average := range []string{"sdd", "ty_le"} {
			s := o.series(t, average, report.AsNow)
			for _, l := range s.Lines {
				for _, c := range l.Cells {
					if len(c.Sources) > 1 && c.Value.Set {
						t.Errorf("%s of two bodies was added: %+v", average, c)
					}
				}
			}
		}
	})
}

func TestASplitBreaksTheSeriesAndNoShareIsMadeUp(t *testing.T) {
	reorganised(t, func(t *testing.T, o *office) {
		o.month(t, "2022-02", "SYT kham=100", "SGDDT kham=1 dat=5")
		o.month(t, "2022-03", "SYT kham=110", "SGDDT kham=2 dat=6")
		o.announce(t, org.NewChange{Kind: org.Split, Day: calendar.On(2022, 4, 1), Basis: "Quyết định 2",
			Parts: []org.NewPart{{From: o.bodies[0].ID, To: o.bodies[1].ID, Function: "y-te"}, {From: o.bodies[0].ID, To: o.bodies[2].ID, Function: "dan-so"}}})
		o.clock.Set(dbtest.NewClock("2022-04-20").Now())
		o.month(t, "2022-04", "SGDDT kham=130 dat=7")
		o.month(t, "2022-05", "SGDDT kham=140 dat=8")

		for _, reading := range []report.Reading{report.AsWas, report.AsNow} {
			s := o.series(t, "kham", reading)
			if len(s.Breaks) != 1 || s.Breaks[0].At != 2 || s.Breaks[0].Day != calendar.On(2022, 4, 1) ||
				!strings.HasPrefix(s.Breaks[0].Sentence, "Không so sánh được: từ 01/4/2022, Sở SYT chia tách (Quyết định 2)") {
				t.Fatalf("%s: breaks %+v", reading, s.Breaks)
			}
			if len(s.Stretches) != 2 || *s.Stretches[0].Value != 213 || *s.Stretches[1].Value != 270 {
				t.Errorf("%s: added across the break: %+v", reading, s.Stretches)
			}
			health := lineOf(t, s, "SYT")
			if figures(health) != "100 110 - -" {
				t.Errorf("%s: the health department's own figures became %s", reading, figures(health))
			}
			// Education reported visits of its own: what came with a part of the field is not added to them.
			if reading == report.AsNow && !strings.Contains(health.Apart, "chỉ một phần chức năng") {
				t.Errorf("the divided body stands %q", health.Apart)
			}
		}
		o.read(t, func(tx *db.Tx) error {
			d, err := org.DescentTo(tx, o.officer, calendar.On(2022, 5, 20))
			if err != nil {
				return err
			}
			narrow := d.Heirs(o.bodies[0].ID, d.FunctionsOf("yte", "Y tế")...)
			wide := d.Heirs(o.bodies[0].ID, d.FunctionsOf("YT", "Y tế")...)
			if len(narrow) != 1 || narrow[0] != o.bodies[1].ID || len(wide) != 2 {
				t.Errorf("a sector of one function goes to %v, one of several to %v", narrow, wide)
			}
			return nil
		})
		if s := o.series(t, "dat", report.AsWas); len(s.Breaks) != 0 {
			t.Errorf("the schools were not concerned: %+v", s.Breaks)
		}
	})
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
					t.Errorf("%s stands apart though it went as a whole", p.Org.Code)
				}
			}
			if len(placed) != len(items) || rows[o.bodies[1].ID] != 2 || rows[o.bodies[2].ID] != 0 {
				t.Errorf("placed %v", rows)
			}
			return err
		})
	})
}
