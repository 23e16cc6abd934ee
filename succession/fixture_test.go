package succession_test

import (
	"database/sql"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/directive"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/internal/fault"
	"giaoban/org"
	"giaoban/report"
	"giaoban/review"
	"giaoban/succession"
	"giaoban/task"
)

// province is one in February 2025, with the work of the Labour department open, before its five-way split.
type province struct {
	d     *db.DB
	clock *dbtest.Clock

	ban, labour, interior, health, education, farming, police db.ID
	officer, leader, clerk, admin                             access.Actor
	social, doctor, doctorsHead                               access.Actor // of the Labour and the Health departments

	child, vocational, merit, poverty, drugs, silent, two, helped db.ID // tasks
	review                                                        db.ID
}

var system = access.System("dựng tỉnh")

func on(t *testing.T, test func(t *testing.T, p *province)) {
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			p := &province{clock: dbtest.NewClock("2025-01-06")}
			p.d = e.From(t, "", nil, p.clock.Now)
			p.settle(t)
			p.work(t)
			test(t, p)
		})
	}
}

func (p *province) at(day string) {
	p.clock.Set(dbtest.NewClock(day).Now())
}

func (p *province) settle(t *testing.T) {
	t.Helper()
	p.write(t, func(tx *db.Tx) error {
		for i, b := range []struct {
			to          *db.ID
			code, short string
			kind        org.Kind
			functions   string
		}{
			{&p.ban, "BTG", "Ban Tuyên giáo", org.Commission, ""},
			{&p.labour, "SLDTBXH", "Sở LĐTBXH", org.Department, "tre-em bao-tro-xa-hoi lao-dong nguoi-co-cong giam-ngheo cai-nghien giao-duc-nghe-nghiep"},
			{&p.interior, "SNV", "Sở Nội vụ", org.Department, "to-chuc-bo-may"},
			{&p.health, "SYT", "Sở Y tế", org.Department, "y-te"},
			{&p.education, "SGDDT", "Sở GD&ĐT", org.Department, "giao-duc"},
			{&p.farming, "SNNMT", "Sở NN&MT", org.Department, "nong-nghiep moi-truong"},
			{&p.police, "CAT", "Công an tỉnh", org.Agency, ""},
		} {
			made, err := org.Create(tx, system, org.New{Code: b.code, Name: "Tên đầy đủ " + b.short, ShortName: b.short, Kind: b.kind, Sort: i + 1,
				ValidFrom: calendar.On(2010, 1, 1)})
			if err != nil {
				return err
			}
			*b.to = made.ID
			for _, f := range strings.Fields(b.functions) {
				if err := org.Give(tx, system, made.ID, f, calendar.On(2010, 1, 1), "Quyết định thành lập"); err != nil {
					return err
				}
			}
		}
		return nil
	})
	actor := func(name string, role access.Role, org db.ID) access.Actor {
		return access.Actor{Person: db.ID(name), Name: name, Role: role, Body: org}
	}
	p.officer, p.leader = actor("Tạ Thị Hoài Thương", access.CommissionOfficer, p.ban), actor("Đinh Trọng Hoài", access.CommissionLeader, p.ban)
	p.clerk, p.admin = actor("Ngô Thị Lệ Giang", access.Clerk, p.ban), actor("Kiều Đức Phong", access.Administrator, p.ban)
	p.social = actor("Nông Thị Hạ Vi", access.AgencyOfficer, p.labour)
	p.doctor, p.doctorsHead = actor("Mạc Thị Ánh Tuyết", access.AgencyOfficer, p.health), actor("Thái Doãn Kiên", access.AgencyLeader, p.health)
}

// outline divides the Labour department's field by function.
func outline() report.Outline {
	count := func(code, name, sector string) report.Indicator {
		return report.Indicator{Code: code, Name: name, Sector: sector, Unit: "lượt", Aggregation: report.Sum}
	}
	return report.Outline{
		Sectors: []report.Sector{{Code: "TE", Name: "Trẻ em"}, {Code: "NN", Name: "Giáo dục nghề nghiệp"}, {Code: "CC", Name: "Người có công"},
			{Code: "HN", Name: "Giảm nghèo"}, {Code: "MT", Name: "Cai nghiện ma túy"}, {Code: "YT", Name: "Y tế"}},
		Sections: []report.Section{{Code: report.SectionResults}},
		Indicators: []report.Indicator{count("tro_giup", "Trẻ em được trợ giúp", "TE"), count("hoc_nghe", "Học viên tốt nghiệp", "NN"),
			count("kham", "Lượt khám bệnh", "YT")},
	}
}

func (p *province) regime(tx *db.Tx, code, name string, kind calendar.Kind, assign map[report.Scope][]db.ID) error {
	r, err := report.CreateRegime(tx, p.officer, report.NewRegime{Code: code, Name: name, Content: "Công tác khoa giáo", Receiver: p.ban,
		Kind: kind, Cutoff: calendar.ND09, WorkingDays: 10, Channel: "Qua chương trình"})
	if err != nil {
		return err
	}
	if _, err := report.SaveForm(tx, p.officer, r.ID, outline(), 0); err != nil {
		return err
	}
	for scope, bodies := range assign {
		if err := report.AssignScope(tx, p.officer, r.ID, bodies, scope, calendar.On(2020, 1, 1), "Kế hoạch 1"); err != nil {
			return err
		}
	}
	first, _ := calendar.Calendar.PeriodOf(kind, calendar.On(2024, 1, 15))
	return report.Activate(tx, p.officer, r.ID, first)
}

func (p *province) work(t *testing.T) {
	t.Helper()
	const labourScope, healthScope = "TE NN CC HN MT", "YT"
	p.write(t, func(tx *db.Tx) error {
		if err := p.regime(tx, "kg-thang", "Báo cáo khoa giáo tháng", calendar.Month, map[report.Scope][]db.ID{labourScope: {p.labour}, healthScope: {p.health}}); err != nil {
			return err
		}
		if err := p.regime(tx, "kg-quy", "Báo cáo khoa giáo quý", calendar.Quarter, map[report.Scope][]db.ID{labourScope: {p.labour}, healthScope: {p.health}}); err != nil {
			return err
		}
		return p.regime(tx, "te-thang", "Báo cáo công tác trẻ em", calendar.Month, map[report.Scope][]db.ID{"TE": {p.labour}})
	})
	for _, month := range []string{"2024-12", "2025-01"} {
		p.write(t, func(tx *db.Tx) error {
			_, err := report.Open(tx, p.officer, "kg-thang", calendar.MustPeriod(month))
			return err
		})
		p.submit(t, "kg-thang", month, "SLDTBXH", map[string]string{"tro_giup": "120", "hoc_nghe": "80"})
		p.submit(t, "kg-thang", month, "SYT", map[string]string{"kham": "5000"})
	}
	p.at("2025-02-17")
	p.write(t, func(tx *db.Tx) error {
		for _, o := range []struct{ regime, period string }{{"kg-thang", "2025-02"}, {"te-thang", "2025-02"}, {"kg-quy", "2025-Q1"}} {
			if _, err := report.Open(tx, p.officer, o.regime, calendar.MustPeriod(o.period)); err != nil {
				return err
			}
		}
		for _, n := range []struct {
			to    *db.ID
			lead  db.ID
			title string
			with  []task.Cooperation
		}{
			{&p.child, p.labour, "Xây dựng kế hoạch Tháng hành động vì trẻ em năm 2025", []task.Cooperation{{Body: p.education, Part: "Cung cấp số liệu học sinh", Due: calendar.On(2025, 4, 1)}}},
			{&p.vocational, p.labour, "Rà soát mạng lưới cơ sở giáo dục nghề nghiệp", nil},
			{&p.merit, p.labour, "Tổ chức thăm hỏi người có công dịp 27/7", nil},
			{&p.poverty, p.labour, "Báo cáo kết quả giảm nghèo bền vững", nil},
			{&p.drugs, p.labour, "Kiện toàn cơ sở cai nghiện", nil},
			{&p.silent, p.labour, "Cử thành viên tham gia đoàn khảo sát", nil},
			{&p.two, p.labour, "Phối hợp chăm lo trẻ em và học nghề cho thanh niên", nil},
			{&p.helped, p.education, "Tổng hợp tình hình học sinh bỏ học", []task.Cooperation{{Body: p.labour, Part: "Cung cấp số liệu trẻ mồ côi", Due: calendar.On(2025, 4, 10)}}},
		} {
			made, err := task.Assign(tx, p.officer, task.New{Origin: task.Origin{Kind: "conclusion", ID: "c-" + tx.NewID(), Label: "Kết luận giao ban"},
				Mode: task.Requested, Title: n.title, Product: "Văn bản", Lead: n.lead, Due: calendar.On(2025, 4, 15), Cooperating: n.with})
			if err != nil {
				return err
			}
			*n.to = made.ID
		}
		made, err := directive.Record(tx, p.clerk, directive.New{Type: "Chỉ thị", Symbol: "20-CT/TW", Date: calendar.On(2012, 11, 5), Issuer: "Bộ Chính trị", Term: "XI",
			Subject: "về việc tăng cường sự lãnh đạo của Đảng đối với công tác chăm sóc, giáo dục và bảo vệ trẻ em trong tình hình mới", Sectors: "LD"})
		if err != nil {
			return err
		}
		if p.review, err = review.Choose(tx, p.officer, made.ID, review.Final, 15, "Ban chọn"); err != nil {
			return err
		}
		_, err = tx.Exec("update review set lead = ?, holder = ? where id = ?", p.labour, p.labour, p.review)
		return err
	})
}

func (p *province) submit(t *testing.T, regime, period, code string, values map[string]string) {
	t.Helper()
	in := report.Input{Values: make(map[string]*string)}
	for k, v := range values {
		in.Values[k] = &v
	}
	p.write(t, func(tx *db.Tx) error {
		any := access.Actor{Person: "máy", Name: "máy", Role: access.AgencyLeader, AnyBody: true, Body: p.ban}
		ready, err := report.Prepare(tx, any, regime, calendar.MustPeriod(period), code, in)
		if err != nil {
			return err
		}
		receipt, err := report.Submit(tx, any, ready)
		if err != nil {
			return err
		}
		return report.Accept(tx, p.officer, receipt.ID)
	})
}

// split announces the five-way split of 01/3/2025.
func (p *province) split(t *testing.T) (change db.ID) {
	t.Helper()
	p.write(t, func(tx *db.Tx) error {
		c, err := org.Announce(tx, p.admin, org.NewChange{Kind: org.Split, Day: calendar.On(2025, 3, 1), Basis: "Nghị quyết số 190/2025/QH15",
			Parts: []org.NewPart{
				{From: p.labour, To: p.interior, Function: "lao-dong"}, {From: p.labour, To: p.interior, Function: "nguoi-co-cong"},
				{From: p.labour, To: p.health, Function: "tre-em"}, {From: p.labour, To: p.health, Function: "bao-tro-xa-hoi"},
				{From: p.labour, To: p.education, Function: "giao-duc-nghe-nghiep"}, {From: p.labour, To: p.farming, Function: "giam-ngheo"},
				{From: p.labour, To: p.police, Function: "cai-nghien"},
			}})
		change = c.ID
		return err
	})
	return change
}

func (p *province) write(t *testing.T, fn func(tx *db.Tx) error) {
	t.Helper()
	if err := p.d.WriteLong(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}

func (p *province) read(t *testing.T, fn func(tx *db.Tx) error) {
	t.Helper()
	if err := p.d.Read(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}

func (p *province) refused(t *testing.T, kind fault.Kind, sentence string, fn func(tx *db.Tx) error) {
	t.Helper()
	err := p.d.Write(t.Context(), fn)
	if !fault.Is(err, kind) || !strings.Contains(err.Error(), sentence) {
		t.Errorf("got %v, want a fault of kind %d saying %q", err, kind, sentence)
	}
}

func (p *province) items(t *testing.T, change db.ID) (items []succession.Item) {
	t.Helper()
	p.read(t, func(tx *db.Tx) (err error) {
		items, err = succession.Items(tx, p.officer, change)
		return err
	})
	return items
}

// the item of a kind whose thing and part are these; part "" is any.
func of(t *testing.T, items []succession.Item, kind succession.Kind, thing db.ID, part string) succession.Item {
	t.Helper()
	for _, i := range items {
		if i.Kind == kind && (thing == "" || i.Item == thing) && (part == "" || i.Part == part) {
			return i
		}
	}
	t.Fatalf("no item of kind %s for %s %q", kind, thing, part)
	return succession.Item{}
}

func (p *province) sound(t *testing.T) {
	t.Helper()
	p.read(t, func(tx *db.Tx) error {
		findings, err := succession.Verify(tx)
		if len(findings) > 0 {
			t.Errorf("who answers does not follow from the decisions: %v", findings)
		}
		if broken, err := task.Verify(tx, nil); err != nil || len(broken) > 0 {
			t.Errorf("tasks: %v %v", broken, err)
		}
		return err
	})
}

var tablesOf = regexp.MustCompile(`(?m)^create table (\w+)`)

// dump gives every row of every table but those named, as sorted text by table.
func (p *province) dump(t *testing.T, without ...string) map[string][]string {
	t.Helper()
	current, err := os.ReadFile("../schema/current.sql")
	if err != nil {
		t.Fatal(err)
	}
	all := make(map[string][]string)
	p.read(t, func(tx *db.Tx) error {
		for _, m := range tablesOf.FindAllStringSubmatch(string(current), -1) {
			table := m[1]
			if slices.ContainsFunc(without, func(prefix string) bool { return strings.HasPrefix(table, prefix) }) {
				continue
			}
			lines, err := rowsOf(tx, table)
			if err != nil {
				return err
			}
			all[table] = lines
		}
		return nil
	})
	return all
}

func rowsOf(tx *db.Tx, table string) ([]string, error) {
	rows, err := tx.Rows("select * from " + table)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	var lines []string
	for rows.Next() {
		values, into := make([]sql.RawBytes, len(columns)), make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			return nil, err
		}
		line := ""
		for i, column := range columns {
			line += fmt.Sprintf("%s=%x|", column, []byte(values[i]))
		}
		lines = append(lines, line)
	}
	slices.Sort(lines)
	return lines, rows.Err()
}

var holderColumn = regexp.MustCompile(`(holder)=\w*\|`)

// same compares two dumps; with holders, only the column holder may differ.
func same(t *testing.T, when string, before, after map[string][]string, holders bool) {
	t.Helper()
	for table, lines := range before {
		a, b := slices.Clone(lines), slices.Clone(after[table])
		if holders {
			for _, list := range [][]string{a, b} {
				for i := range list {
					list[i] = holderColumn.ReplaceAllString(list[i], "")
				}
				slices.Sort(list)
			}
		}
		if !slices.Equal(a, b) {
			for _, line := range a {
				if !slices.Contains(b, line) {
					t.Errorf("%s: %s lost or changed %s", when, table, line)
				}
			}
			for _, line := range b {
				if !slices.Contains(a, line) {
					t.Errorf("%s: %s gained %s", when, table, line)
				}
			}
		}
	}
}
