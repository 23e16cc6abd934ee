package consolidation_test

import (
	"strings"
	"testing"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/consolidation"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/internal/fault"
	"giaoban/official"
	"giaoban/org"
	"giaoban/people/peopletest"
	"giaoban/report"
)

// quarterOffice is an invented office that asks three departments every month; it is 05/4/2022, and January to March
// are open.
type quarterOffice struct {
	t                                *testing.T
	tx                               *db.Tx
	clock                            *dbtest.Clock
	bodies                           map[string]org.Body
	officer, leader, clerk, atHealth access.Actor
}

var quarter = calendar.MustPeriod("2022-Q1")

func eachQuarterOffice(t *testing.T, test func(o *quarterOffice)) {
	t.Helper()
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			clock := dbtest.NewClock("2022-04-05")
			d := e.From(t, "", nil, clock.Now)
			dbtest.Begin(t, d, func(tx *db.Tx) {
				o := &quarterOffice{t: t, tx: tx, clock: clock, bodies: make(map[string]org.Body)}
				o.found()
				test(o)
			})
		})
	}
}

func (o *quarterOffice) ok(err error) {
	o.t.Helper()
	if err != nil {
		o.t.Fatal(err)
	}
}

func (o *quarterOffice) refused(err error, kind fault.Kind, words string) {
	o.t.Helper()
	if !fault.Is(err, kind) || !strings.Contains(err.Error(), words) {
		o.t.Errorf("want kind %d with %q, got %v", kind, words, err)
	}
}

func (o *quarterOffice) found() {
	system := access.System("thử")
	for i, b := range []org.New{
		{Code: "BTGTU", Name: "Ban Tuyên giáo Tỉnh ủy", Kind: org.Commission}, {Code: "SGDĐT", Name: "Sở Giáo dục và Đào tạo", Kind: org.Department},
		{Code: "SYT", Name: "Sở Y tế", Kind: org.Department}, {Code: "SVHTT", Name: "Sở Văn hóa và Thể thao", Kind: org.Department},
	} {
		b.Sort, b.Place, b.ValidFrom = i, "Khánh Hòa", calendar.On(2015, 1, 1)
		body, err := org.Create(o.tx, system, b)
		o.ok(err)
		o.bodies[b.Code] = body
	}
	o.ok(org.Set(o.tx, system, org.Superior, "Tỉnh ủy Khánh Hòa"))
	o.ok(org.Set(o.tx, system, org.Banner, "Bản mẫu, số liệu giả định"))
	_, err := peopletest.Post(o.tx, "Nguyễn Minh Quân", o.bodies["BTGTU"].ID, "Trưởng ban")
	o.ok(err)
	actor := func(name string, role access.Role, code string) access.Actor {
		return access.Actor{Person: db.ID(role), Name: name, Role: role, Body: o.bodies[code].ID, BodyCode: code}
	}
	o.officer, o.leader = actor("Phạm Thu Hà", access.CommissionOfficer, "BTGTU"), actor("Nguyễn Minh Quân", access.CommissionLeader, "BTGTU")
	o.clerk, o.atHealth = actor("Đỗ Thị Lan", access.Clerk, "BTGTU"), actor("Lê Thị An", access.AgencyOfficer, "SYT")

	target := int64(9200)
	outline := report.Outline{Sectors: []report.Sector{{Code: "gd", Name: "Giáo dục và Đào tạo"}, {Code: "yt", Name: "Y tế"}}}
	for _, code := range report.SectionCodes {
		outline.Sections = append(outline.Sections, report.Section{Code: code})
	}
	outline.Indicators = []report.Indicator{
		{Code: "truong", Name: "Trường đạt chuẩn quốc gia", Sector: "gd", Unit: "trường", Aggregation: report.Sum, Direction: report.Higher, Fraction: report.NoFraction},
		{Code: "kham", Name: "Lượt khám, chữa bệnh", Sector: "yt", Unit: "lượt", Aggregation: report.Sum, Direction: report.Higher, Fraction: report.NoFraction},
		{Code: "bhyt", Name: "Tỷ lệ bao phủ bảo hiểm y tế", Sector: "yt", Unit: "%", Decimals: 2, Aggregation: report.Last, Direction: report.Higher, Target: &target, Fraction: report.NoFraction},
	}
	o.regime(report.NewRegime{Code: "kg-thang", Name: "Báo cáo công tác khoa giáo hằng tháng", Cutoff: calendar.Calendar}, outline,
		map[string]report.Scope{"SGDĐT": "gd", "SYT": "yt", "SVHTT": ""})
	for _, month := range []string{"2022-01", "2022-02", "2022-03"} {
		_, err := report.Open(o.tx, o.officer, "kg-thang", calendar.MustPeriod(month))
		o.ok(err)
	}
}

// regime creates, fills and activates a monthly one, from 2021 on.
func (o *quarterOffice) regime(n report.NewRegime, outline report.Outline, scopes map[string]report.Scope) {
	o.t.Helper()
	n.Content, n.Receiver, n.Kind, n.WorkingDays = "Tình hình công tác khoa giáo trong tháng", o.bodies["BTGTU"].ID, calendar.Month, 2
	n.Channel, n.Basis = "Gửi trong chương trình", "Chương trình phối hợp 2022-2025"
	r, err := report.CreateRegime(o.tx, o.officer, n)
	o.ok(err)
	_, err = report.SaveForm(o.tx, o.officer, r.ID, outline, 0)
	o.ok(err)
	for code, scope := range scopes {
		o.ok(report.AssignScope(o.tx, o.officer, r.ID, []db.ID{o.bodies[code].ID}, scope, calendar.On(2021, 1, 1), ""))
	}
	o.ok(report.Activate(o.tx, o.officer, r.ID, calendar.MustPeriod("2021-01")))
}

func section(code, sector string, paragraphs ...string) report.SectionText {
	return report.SectionText{Section: code, Sector: sector, Paragraphs: paragraphs}
}

// sends hands a report in; values are "kham=120", "bhyt=90.31", and "kham~120" for an estimate.
func (o *quarterOffice) sends(code, month, values string, sections ...report.SectionText) db.ID {
	o.t.Helper()
	return o.sendsUnder("kg-thang", code, month, values, sections...)
}

func (o *quarterOffice) sendsUnder(regime, code, month, values string, sections ...report.SectionText) db.ID {
	o.t.Helper()
	in := report.Input{Values: make(map[string]*string), Sections: sections}
	for _, one := range strings.Fields(values) {
		at := strings.IndexAny(one, "=~")
		v := one[at+1:]
		in.Values[one[:at]] = &v
		if one[at] == '~' {
			in.Estimates = append(in.Estimates, one[:at])
		}
	}
	p, err := report.Prepare(o.tx, access.System("thử"), regime, calendar.MustPeriod(month), code, in)
	o.ok(err)
	receipt, err := report.Submit(o.tx, access.System("thử"), p)
	o.ok(err)
	return receipt.ID
}

func (o *quarterOffice) accepted(code, month, values string, sections ...report.SectionText) db.ID {
	o.t.Helper()
	id := o.sends(code, month, values, sections...)
	o.ok(report.Accept(o.tx, o.officer, id))
	return id
}

// usual is the quarter most tests begin with: the culture department has not reported at all, the health department
// repeats itself in February, its figure of March is an estimate.
func (o *quarterOffice) usual() {
	o.t.Helper()
	for i, month := range []string{"2022-01", "2022-02", "2022-03"} {
		o.accepted("SGDĐT", month, "truong="+[]string{"160", "161", "169"}[i], section(report.SectionResults, "gd", "Dạy học trực tiếp an toàn, đợt "+[]string{"một", "hai", "ba"}[i]+"."))
	}
	o.accepted("SYT", "2022-01", "kham=600000 bhyt=90.10", section(report.SectionResults, "yt", "Duy trì trực cấp cứu 24/24 giờ."))
	o.accepted("SYT", "2022-02", "kham=615509 bhyt=90.20", section(report.SectionResults, "yt", "Duy trì trực cấp cứu 24/24 giờ.", "Tiêm chủng mùa xuân."))
	o.accepted("SYT", "2022-03", "kham~700000 bhyt=90.31", section(report.SectionResults, "yt", "Cấp độ dịch hạ xuống cấp 1."),
		section(report.SectionDifficulties, "yt", "Trạm y tế thiếu bác sĩ."), section(report.SectionNextTasks, "yt", "Tổng kết 10 năm Chỉ thị 20-CT/TW."),
		section(report.SectionProposals, "yt", "Bổ sung biên chế cho trạm y tế."))
}

func (o *quarterOffice) consolidate() consolidation.Consolidation {
	o.t.Helper()
	c, err := consolidation.Draft(o.tx, o.officer, "kg-thang", quarter)
	o.ok(err)
	return c
}

func (o *quarterOffice) again(id db.ID) consolidation.Consolidation {
	o.t.Helper()
	c, err := consolidation.ByID(o.tx, o.officer, id)
	o.ok(err)
	return c
}

// group gives the texts of one heading, kept ones plain and those left out in brackets.
func group(c consolidation.Consolidation, code, sector string) string {
	var out []string
	for _, g := range c.Groups {
		if g.Section != code || g.Sector != sector {
			continue
		}
		for _, p := range g.Paragraphs {
			if p.State == consolidation.ParagraphKept {
				out = append(out, p.Text)
			} else {
				out = append(out, "["+p.Text+"]")
			}
		}
	}
	return strings.Join(out, " | ")
}

func paragraphOf(c consolidation.Consolidation, text string) consolidation.Paragraph {
	for _, g := range c.Groups {
		for _, p := range g.Paragraphs {
			if strings.HasPrefix(p.Text, text) {
				return p
			}
		}
	}
	return consolidation.Paragraph{}
}

func (o *quarterOffice) file(c consolidation.Consolidation, format string) string {
	o.t.Helper()
	r, err := consolidation.File(o.tx, o.officer, c, format, "", nil, func(from official.Origin) string { return "/?tu=" + from.Ref })
	o.ok(err)
	return strings.ReplaceAll(string(r.Body), "\u00a0", " ")
}
