package consolidation_test

import (
	"strings"
	"testing"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/consolidation"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/org"
	"giaoban/report"
)

// reorganised is the office with a regime that asks every department for everything each month, on 20/5/2022: months are
// reported before and after changes of its bodies.
type reorganised struct{ *quarterOffice }

func eachReorganised(t *testing.T, test func(o *reorganised)) {
	t.Helper()
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			clock := dbtest.NewClock("2022-05-20")
			dbtest.Begin(t, e.From(t, "", nil, clock.Now), func(tx *db.Tx) {
				o := &reorganised{&quarterOffice{t: t, tx: tx, clock: clock, bodies: make(map[string]org.Body)}}
				o.found()
				count := func(code, name, sector string, how report.Aggregation) report.Indicator {
					return report.Indicator{Code: code, Name: name, Sector: sector, Unit: "đơn vị", Aggregation: how}
				}
				rate := count("ty_le", "Tỷ lệ trường đạt chuẩn", "gddt", report.Ratio)
				rate.Numerator, rate.Denominator, rate.Factor = "dat", "truong", 100
				o.regime(report.NewRegime{Code: "thang", Name: "Báo cáo khoa giáo", Cutoff: calendar.ND09}, report.Outline{
					Sectors:  []report.Sector{{Code: "yte", Name: "Y tế"}, {Code: "gddt", Name: "Giáo dục và Đào tạo"}},
					Sections: []report.Section{{Code: report.SectionResults}},
					Indicators: []report.Indicator{count("kham", "Lượt khám bệnh", "yte", report.Sum),
						count("sdd", "Tỷ lệ trẻ suy dinh dưỡng", "yte", report.Average), count("truong", "Số trường", "gddt", report.Last),
						count("dat", "Trường đạt chuẩn", "gddt", report.Sum), rate},
				}, map[string]report.Scope{"SGDĐT": "", "SYT": "", "SVHTT": ""})
				test(o)
			})
		})
	}
}

// month opens one and takes in what is reported: "SYT kham=10 dat=3".
func (o *reorganised) month(period string, reports ...string) {
	o.t.Helper()
	_, err := report.Open(o.tx, o.officer, "thang", calendar.MustPeriod(period))
	o.ok(err)
	for _, text := range reports {
		code, values, _ := strings.Cut(text, " ")
		o.ok(report.Accept(o.tx, o.officer, o.sendsUnder("thang", code, period, values)))
	}
}

func (o *reorganised) announce(n org.NewChange) {
	o.t.Helper()
	_, err := org.Announce(o.tx, access.System("công bố"), n)
	o.ok(err)
}

func (o *reorganised) series(indicator string, reading report.Reading) consolidation.Series {
	o.t.Helper()
	s, err := consolidation.SeriesOf(o.tx, o.officer, "thang", indicator, 12, reading)
	o.ok(err)
	return s
}

func lineOf(t *testing.T, s consolidation.Series, code string) consolidation.Line {
	t.Helper()
	for _, l := range s.Lines {
		if l.Body.Code == code {
			return l
		}
	}
	t.Fatalf("no line of %s", code)
	return consolidation.Line{}
}

func figures(l consolidation.Line) string {
	var all []string
	for _, c := range l.Cells {
		if c.Value.Set {
			all = append(all, consolidation.Figure{}.Text(&c.Value.Figure))
		} else {
			all = append(all, "-")
		}
	}
	return strings.Join(all, " ")
}

func TestFiguresOfBodiesThatBecameOneAreAddedOnlyAsItIsNow(t *testing.T) {
	eachReorganised(t, func(o *reorganised) {
		o.month("2022-02", "SGDĐT dat=5", "SVHTT dat=2", "SYT kham=100")
		o.month("2022-03", "SGDĐT dat=6", "SVHTT dat=3", "SYT kham=110")
		o.announce(org.NewChange{Kind: org.Merged, Day: calendar.On(2022, 4, 1), Basis: "Quyết định 1",
			Parts: []org.NewPart{{From: o.bodies["SVHTT"].ID, To: o.bodies["SGDĐT"].ID}, {From: o.bodies["SGDĐT"].ID, To: o.bodies["SGDĐT"].ID}}})
		o.month("2022-04", "SGDĐT dat=9", "SYT kham=120")

		was := o.series("dat", report.AsWas)
		if figures(lineOf(o.t, was, "SGDĐT")) != "5 6 9" || figures(lineOf(o.t, was, "SVHTT")) != "2 3 -" {
			o.t.Errorf("as it was: %+v", was.Lines)
		}
		now := o.series("dat", report.AsNow)
		joined := lineOf(o.t, now, "SGDĐT")
		if figures(joined) != "7 9 9" || len(joined.Was) != 1 || joined.Was[0].Code != "SVHTT" || len(joined.Cells[0].Sources) != 2 {
			o.t.Errorf("as it is now: %s %+v", figures(joined), joined)
		}
		// Whole bodies went together, so that totals compare, whichever way one reads.
		if len(was.Breaks)+len(now.Breaks) > 0 || len(was.Stretches) != 1 || *was.Stretches[0].Value != 25 {
			o.t.Errorf("a merger of whole bodies breaks the series: %+v %+v", was.Breaks, was.Stretches)
		}
		for _, average := range []string{"sdd", "ty_le"} {
			s := o.series(average, report.AsNow)
			for _, l := range s.Lines {
				for _, c := range l.Cells {
					if len(c.Sources) > 1 && c.Value.Set {
						o.t.Errorf("%s of two bodies was added: %+v", average, c)
					}
				}
			}
		}
	})
}

func TestASplitBreaksTheSeriesAndNoShareIsMadeUp(t *testing.T) {
	eachReorganised(t, func(o *reorganised) {
		o.month("2022-02", "SYT kham=100", "SGDĐT kham=1 dat=5")
		o.month("2022-03", "SYT kham=110", "SGDĐT kham=2 dat=6")
		o.announce(org.NewChange{Kind: org.Split, Day: calendar.On(2022, 4, 1), Basis: "Quyết định 2",
			Parts: []org.NewPart{{From: o.bodies["SYT"].ID, To: o.bodies["SGDĐT"].ID, Function: "y-te"}, {From: o.bodies["SYT"].ID, To: o.bodies["SVHTT"].ID, Function: "dan-so"}}})
		o.month("2022-04", "SGDĐT kham=130 dat=7")
		o.month("2022-05", "SGDĐT kham=140 dat=8")

		for _, reading := range []report.Reading{report.AsWas, report.AsNow} {
			s := o.series("kham", reading)
			if len(s.Breaks) != 1 || s.Breaks[0].At != 2 || s.Breaks[0].Day != calendar.On(2022, 4, 1) ||
				!strings.HasPrefix(s.Breaks[0].Sentence, "Không so sánh được: từ 01/4/2022, Sở Y tế chia tách (Quyết định 2)") {
				o.t.Fatalf("%s: breaks %+v", reading, s.Breaks)
			}
			if len(s.Stretches) != 2 || *s.Stretches[0].Value != 213 || *s.Stretches[1].Value != 270 {
				o.t.Errorf("%s: added across the break: %+v", reading, s.Stretches)
			}
			health := lineOf(o.t, s, "SYT")
			if figures(health) != "100 110 - -" {
				o.t.Errorf("%s: the health department's own figures became %s", reading, figures(health))
			}
			// Education reported visits of its own: what came with a part of the field is not added to them.
			if reading == report.AsNow && !strings.Contains(health.Apart, "chỉ một phần chức năng") {
				o.t.Errorf("the divided body stands %q", health.Apart)
			}
		}
		d, err := org.DescentTo(o.tx, o.officer, calendar.On(2022, 5, 20))
		o.ok(err)
		narrow := d.Heirs(o.bodies["SYT"].ID, d.FunctionsOf("yte", "Y tế")...)
		wide := d.Heirs(o.bodies["SYT"].ID, d.FunctionsOf("YT", "Y tế")...)
		if len(narrow) != 1 || narrow[0] != o.bodies["SGDĐT"].ID || len(wide) != 2 {
			o.t.Errorf("a sector of one function goes to %v, one of several to %v", narrow, wide)
		}
		if s := o.series("dat", report.AsWas); len(s.Breaks) != 0 {
			o.t.Errorf("the schools were not concerned: %+v", s.Breaks)
		}
	})
}
