package report_test

import (
	"testing"
	"time"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/consolidation"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/internal/fault"
	"giaoban/org"
	"giaoban/report"
)

// office is a small province: the commission, three departments, one monthly and one quarterly regime.
type office struct {
	d       *db.DB
	clock   *dbtest.Clock
	officer access.Actor
	chief   access.Actor
	clerk   access.Actor
	bodies  []org.Body // SYT, SGDDT, SKHCN
}

func (o *office) leader(i int) access.Actor {
	return access.Actor{Person: db.ID("leader-" + o.bodies[i].Code), Name: "Lãnh đạo " + o.bodies[i].Code, Role: access.AgencyLeader,
		Body: o.bodies[i].ID, BodyCode: o.bodies[i].Code}
}

func (o *office) focal(i int) access.Actor {
	return access.Actor{Person: db.ID("focal-" + o.bodies[i].Code), Name: "Đầu mối " + o.bodies[i].Code, Role: access.AgencyOfficer,
		Body: o.bodies[i].ID, BodyCode: o.bodies[i].Code}
}

func target(v int64) *int64 { return &v }

// outline has all four ways to add up, a rule, a fraction and bounds.
func outline() report.Outline {
	return report.Outline{
		Sectors:  []report.Sector{{Code: "yte", Name: "Y tế"}, {Code: "gddt", Name: "Giáo dục và Đào tạo"}},
		Sections: []report.Section{{Code: report.SectionResults}, {Code: report.SectionProposals}},
		Indicators: []report.Indicator{
			{Code: "kham", Name: "Lượt khám bệnh", Sector: "yte", Unit: "lượt", Aggregation: report.Sum, Direction: report.Higher, Target: target(1000), Warn: 50},
			{Code: "kham_nu", Name: "Lượt khám là nữ", Sector: "yte", Unit: "lượt", Aggregation: report.Sum},
			{Code: "bacsi", Name: "Số bác sĩ", Sector: "yte", Unit: "người", Aggregation: report.Last, Direction: report.Higher, Target: target(10)},
			{Code: "sdd", Name: "Tỷ lệ trẻ suy dinh dưỡng", Sector: "yte", Unit: "%", Decimals: 2, Aggregation: report.Average, Direction: report.Lower, Target: target(2000)},
			{Code: "truong", Name: "Số trường", Sector: "gddt", Unit: "trường", Aggregation: report.Last, Fraction: report.PartTotal},
			{Code: "dat", Name: "Trường đạt chuẩn", Sector: "gddt", Unit: "trường", Aggregation: report.Sum},
			{Code: "ty_le", Name: "Tỷ lệ trường đạt chuẩn", Sector: "gddt", Unit: "%", Decimals: 1, Aggregation: report.Ratio, Numerator: "dat", Denominator: "truong", Factor: 100},
		},
		Rules: []report.Rule{{Kind: report.PartAtMostTotal, Total: "kham", Parts: []string{"kham_nu"}}},
	}
}

func newOffice(t *testing.T, e dbtest.Engine) *office {
	t.Helper()
	o := &office{clock: dbtest.NewClock("2022-01-05")}
	o.d = e.From(t, "", nil, o.clock.Now)
	system := access.System("dựng thử")
	o.write(t, func(tx *db.Tx) error {
		day := calendar.On(2020, 1, 1)
		ban, err := org.Create(tx, system, org.New{Code: "BTG", Name: "Ban Tuyên giáo", Kind: org.Commission, ValidFrom: day})
		if err != nil {
			return err
		}
		o.officer = access.Actor{Person: "officer", Name: "Chuyên viên", Role: access.CommissionOfficer, Body: ban.ID}
		o.chief = access.Actor{Person: "chief", Name: "Trưởng ban", Role: access.CommissionLeader, Body: ban.ID}
		o.clerk = access.Actor{Person: "clerk", Name: "Văn thư", Role: access.Clerk, Body: ban.ID}
		for i, code := range []string{"SYT", "SGDDT", "SKHCN"} {
			b, err := org.Create(tx, system, org.New{Code: code, Name: "Sở " + code, Kind: org.Department, Sort: i + 1, ValidFrom: day})
			if err != nil {
				return err
			}
			o.bodies = append(o.bodies, b)
		}
		return nil
	})
	o.regime(t, "kg-quy", calendar.Quarter, calendar.ND09, outline())
	return o
}

// regime creates, fills and activates a regime for all three departments from 2020 on.
func (o *office) regime(t *testing.T, code string, kind calendar.Kind, cutoff calendar.Cutoff, outline report.Outline) report.Regime {
	t.Helper()
	var r report.Regime
	o.write(t, func(tx *db.Tx) (err error) {
		r, err = report.CreateRegime(tx, o.officer, report.NewRegime{Code: code, Name: "Báo cáo khoa giáo", Content: "Công tác khoa giáo",
			Receiver: o.officer.Body, Kind: kind, Cutoff: cutoff, WorkingDays: 2, Channel: "Qua chương trình"})
		if err != nil {
			return err
		}
		if _, err := report.SaveForm(tx, o.officer, r.ID, outline, 0); err != nil {
			return err
		}
		ids := []db.ID{o.bodies[0].ID, o.bodies[1].ID, o.bodies[2].ID}
		if err := report.Assign(tx, o.officer, r.ID, ids, calendar.On(2020, 1, 1), "Kế hoạch 1"); err != nil {
			return err
		}
		first, _ := calendar.Calendar.PeriodOf(kind, calendar.On(2020, 1, 15))
		return report.Activate(tx, o.officer, r.ID, first)
	})
	return r
}

func (o *office) write(t *testing.T, fn func(tx *db.Tx) error) {
	t.Helper()
	if err := o.d.WriteLong(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}

func (o *office) read(t *testing.T, fn func(tx *db.Tx) error) {
	t.Helper()
	if err := o.d.Read(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}

// refused runs a change that must fail with this kind of fault.
func (o *office) refused(t *testing.T, kind fault.Kind, fn func(tx *db.Tx) error) *fault.Error {
	t.Helper()
	err := o.d.Write(t.Context(), fn)
	if !fault.Is(err, kind) {
		t.Fatalf("phải bị từ chối loại %d, được: %v", kind, err)
	}
	return fault.Of(err)
}

func (o *office) open(t *testing.T, period string) report.Opening {
	t.Helper()
	var opening report.Opening
	o.write(t, func(tx *db.Tx) (err error) {
		opening, err = report.Open(tx, o.officer, "kg-quy", calendar.MustPeriod(period))
		return err
	})
	return opening
}

func (o *office) obligation(t *testing.T, period string, i int) report.Obligation {
	t.Helper()
	var ob report.Obligation
	o.read(t, func(tx *db.Tx) (err error) {
		ob, err = report.ObligationOf(tx, o.officer, "kg-quy", calendar.MustPeriod(period), o.bodies[i].ID)
		return err
	})
	return ob
}

func text(s string) *string { return &s }

// words is a report without figures.
func words(key string) report.Input {
	return report.Input{Key: key, Sections: []report.SectionText{{Section: report.SectionResults, Sector: "yte", Paragraphs: []string{"Đã triển khai kế hoạch."}}}}
}

// submit hands in by program for body i.
func (o *office) submit(t *testing.T, period string, i int, in report.Input) report.Receipt {
	t.Helper()
	var r report.Receipt
	o.write(t, func(tx *db.Tx) (err error) {
		r, err = o.tryit(tx, period, i, in)
		return err
	})
	return r
}

func (o *office) tryit(tx *db.Tx, period string, i int, in report.Input) (report.Receipt, error) {
	p, err := report.Prepare(tx, o.leader(i), "kg-quy", calendar.MustPeriod(period), o.bodies[i].Code, in)
	if err != nil {
		return report.Receipt{}, err
	}
	return report.Submit(tx, o.leader(i), p)
}

func (o *office) accept(t *testing.T, id db.ID) {
	t.Helper()
	o.write(t, func(tx *db.Tx) error { return report.Accept(tx, o.officer, id) })
}

func (o *office) figures(t *testing.T, period string, include report.Include) consolidation.Figures {
	t.Helper()
	var f consolidation.Figures
	o.read(t, func(tx *db.Tx) (err error) {
		f, err = consolidation.AddUp(tx, o.officer, "kg-quy", calendar.MustPeriod(period), include)
		return err
	})
	return f
}

func figure(t *testing.T, f consolidation.Figures, code string) consolidation.Figure {
	t.Helper()
	for _, fig := range f.Figures {
		if fig.Indicator.Code == code {
			return fig
		}
	}
	t.Fatalf("không có chỉ tiêu %s", code)
	return consolidation.Figure{}
}

func (o *office) verified(t *testing.T) {
	t.Helper()
	o.read(t, func(tx *db.Tx) error {
		found, err := report.Verify(tx)
		for _, d := range found {
			t.Error(d.Sentence)
		}
		return err
	})
}

func each(t *testing.T, test func(t *testing.T, o *office)) {
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) { test(t, newOffice(t, e)) })
	}
}

func at(day string, clock string) time.Time {
	v, err := time.ParseInLocation("2006-01-02 15:04:05.000000", day+" "+clock, calendar.Zone)
	if err != nil {
		panic(err)
	}
	return v
}
