package web

import (
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/internal/decimal"
	"giaoban/internal/files"
	"giaoban/org"
	"giaoban/people"
	"giaoban/report"
)

// block is a small province for the report pages: the commission, seven departments, a quarterly regime fed by a monthly
// one, and four quarters of reports before the one under way.
type block struct {
	t       *testing.T
	d       *db.DB
	clock   *dbtest.Clock
	server  *httptest.Server
	cookies map[string]string // login → cookie
	bodies  []org.Body
	officer access.Actor
}

var departments = []struct{ code, name, short string }{
	{"SYT", "Sở Y tế", "Y tế"}, {"SGDDT", "Sở Giáo dục và Đào tạo", "GD&ĐT"}, {"SKHCN", "Sở Khoa học và Công nghệ", "KH&CN"},
	{"SVHTT", "Sở Văn hóa và Thể thao", "VH&TT"}, {"STNMT", "Sở Tài nguyên và Môi trường", "TN&MT"},
	{"SLDTBXH", "Sở Lao động - Thương binh và Xã hội", "LĐTBXH"}, {"STTTT", "Sở Thông tin và Truyền thông", "TT&TT"},
}

func blockOutline(codes string) report.Outline {
	target := func(v int64) *int64 { return &v }
	o := report.Outline{Sectors: []report.Sector{{Code: "yte", Name: "Y tế"}, {Code: "gddt", Name: "Giáo dục và Đào tạo"}, {Code: "vhtt", Name: "Văn hóa, Thể thao"}, {Code: "tnmt", Name: "Môi trường"}}}
	for _, code := range report.SectionCodes {
		o.Sections = append(o.Sections, report.Section{Code: code})
	}
	add := func(code, name, sector, unit string, decimals int, way report.Aggregation, direction report.Direction, goal *int64, more ...func(*report.Indicator)) {
		in := report.Indicator{Code: codes + code, Name: name, Sector: sector, Unit: unit, Decimals: decimals, Aggregation: way, Direction: direction, Target: goal, Warn: 40}
		for _, change := range more {
			change(&in)
		}
		o.Indicators = append(o.Indicators, in)
	}
	add("01", "Lượt khám, chữa bệnh", "yte", "lượt", 0, report.Sum, report.Higher, target(7_500_000))
	add("02", "Lượt điều trị nội trú", "yte", "lượt", 0, report.Sum, report.NoDirection, nil)
	add("03", "Trong đó: bảo hiểm y tế chi trả", "yte", "lượt", 0, report.Sum, report.NoDirection, nil)
	add("04", "Tỷ lệ trẻ em dưới 5 tuổi suy dinh dưỡng", "yte", "%", 2, report.Average, report.Lower, target(950))
	add("05", "Số người tham gia bảo hiểm y tế", "yte", "người", 0, report.Last, report.Higher, nil)
	add("06", "Dân số", "yte", "người", 0, report.Last, report.NoDirection, nil)
	add("07", "Tỷ lệ bao phủ bảo hiểm y tế", "yte", "%", 2, report.Ratio, report.Higher, target(8030), func(in *report.Indicator) {
		in.Numerator, in.Denominator, in.Factor = codes+"05", codes+"06", 100
	})
	add("08", "Trường đạt chuẩn quốc gia", "gddt", "trường", 0, report.Last, report.Higher, target(503), func(in *report.Indicator) { in.Fraction = report.PartTotal })
	add("09", "Xã phổ cập giáo dục tiểu học mức độ 3", "gddt", "xã", 0, report.Last, report.Higher, nil, func(in *report.Indicator) { in.Fraction = report.ActualTarget })
	add("10", "Lao động được đào tạo nghề", "gddt", "người", 0, report.Sum, report.Higher, target(24_000))
	add("11", "Gia đình văn hóa", "vhtt", "%", 2, report.Average, report.Higher, target(8500))
	add("12", "Đề tài khoa học được nghiệm thu", "vhtt", "đề tài", 0, report.Sum, report.Higher, nil)
	add("13", "Cơ sở được thẩm định môi trường", "tnmt", "cơ sở", 0, report.Sum, report.NoDirection, nil)
	add("14", "Quyết định xử phạt về môi trường", "tnmt", "quyết định", 0, report.Sum, report.NoDirection, nil)
	add("15", "Số tiền phạt", "tnmt", "tỷ đồng", 2, report.Sum, report.NoDirection, nil)
	o.Rules = []report.Rule{{Kind: report.PartAtMostTotal, Total: codes + "02", Parts: []string{codes + "03"}}}
	return o
}

func newBlock(t *testing.T) *block {
	t.Helper()
	b := &block{t: t, clock: dbtest.NewClock("2021-03-01"), cookies: make(map[string]string)}
	b.d = dbtest.Engines(t)[0].From(t, "", nil, b.clock.Now)
	store, err := files.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	b.write(b.found)
	b.server = httptest.NewServer(Handler(Config{DB: b.d, Files: store, Dev: true}))
	t.Cleanup(b.server.Close)
	return b
}

func (b *block) write(fn func(tx *db.Tx) error) {
	b.t.Helper()
	if err := b.d.WriteLong(b.t.Context(), fn); err != nil {
		b.t.Fatal(err)
	}
}

// found begins the province: bodies, people, regimes, and reports of the periods gone by.
func (b *block) found(tx *db.Tx) error {
	system, day := access.System("dựng thử"), calendar.On(2020, 1, 1)
	for name, value := range map[string]string{org.Superior: "TỈNH ỦY KHÁNH HÒA", org.Banner: "BẢN MẪU, SỐ LIỆU GIẢ ĐỊNH"} {
		if err := org.Set(tx, system, name, value); err != nil {
			return err
		}
	}
	ban, err := org.Create(tx, system, org.New{Code: "BTG", Name: "Ban Tuyên giáo Tỉnh ủy", ShortName: "Ban Tuyên giáo", Symbol: "BTGTU", Place: "Khánh Hòa", Kind: org.Commission, ValidFrom: day})
	if err != nil {
		return err
	}
	b.officer = access.Actor{Person: "officer", Name: "Nguyễn Thị Ngữ", Role: access.CommissionOfficer, Body: ban.ID}
	if err := b.people(tx, ban.ID, "ban", access.CommissionOfficer, access.CommissionLeader, access.Clerk); err != nil {
		return err
	}
	var ids []db.ID
	for i, d := range departments {
		body, err := org.Create(tx, system, org.New{Code: d.code, Name: d.name, ShortName: d.short, Symbol: d.code, Place: "Khánh Hòa", Kind: org.Department, Sort: i + 1, ValidFrom: day})
		if err != nil {
			return err
		}
		b.bodies, ids = append(b.bodies, body), append(ids, body.ID)
		if err := b.people(tx, body.ID, strings.ToLower(d.code), access.AgencyOfficer, access.AgencyLeader); err != nil {
			return err
		}
	}
	month, err := b.regime(tx, "kg-thang", "Báo cáo tháng công tác khoa giáo", calendar.Month, "", blockOutline("t"), ids)
	if err != nil {
		return err
	}
	_, err = b.regime(tx, "kg-quy", "Báo cáo quý công tác khoa giáo", calendar.Quarter, month.ID, blockOutline("q"), ids)
	return err
}

func (b *block) people(tx *db.Tx, body db.ID, login string, roles ...access.Role) error {
	system := access.System("dựng thử")
	for i, role := range roles {
		person, err := people.AddPerson(tx, system, []string{"Trần Văn Mẫu", "Lê Thị Ví Dụ", "Phạm Văn Thử"}[i], "")
		if err != nil {
			return err
		}
		if _, err := people.AddPost(tx, system, person, body, role.Name(), role, people.SignsByTitle, calendar.On(2020, 1, 1), calendar.Date{}); err != nil {
			return err
		}
		name := fmt.Sprintf("%s.%d", login, i+1)
		if _, err := people.AddAccount(tx, system, person, name, ""); err != nil {
			return err
		}
		b.cookies[name] = string(person)
	}
	return nil
}

func (b *block) regime(tx *db.Tx, code, name string, kind calendar.Kind, feeds db.ID, outline report.Outline, ids []db.ID) (report.Regime, error) {
	r, err := report.CreateRegime(tx, b.officer, report.NewRegime{Code: code, Name: name, Content: "Kết quả công tác khoa giáo trong kỳ", Receiver: b.officer.Body,
		Kind: kind, Cutoff: calendar.ND09, WorkingDays: 2, Channel: "Qua chương trình này", FeedsFrom: feeds, Basis: "Quy chế phối hợp"})
	if err != nil {
		return r, err
	}
	if _, err := report.SaveForm(tx, b.officer, r.ID, outline, 0); err != nil {
		return r, err
	}
	if err := report.Assign(tx, b.officer, r.ID, ids, calendar.On(2020, 1, 1), "Kế hoạch 01-KH/BTGTU"); err != nil {
		return r, err
	}
	first, _ := calendar.Calendar.PeriodOf(kind, calendar.On(2021, 1, 15))
	return r, report.Activate(tx, b.officer, r.ID, first)
}

func (b *block) leader(i int) access.Actor {
	return access.Actor{Person: db.ID("leader" + b.bodies[i].Code), Name: "Lãnh đạo " + b.bodies[i].ShortName, Role: access.AgencyLeader, Body: b.bodies[i].ID, BodyCode: b.bodies[i].Code}
}

// past opens a period and lets bodies report: skip those in without, accept all when accepted.
func (b *block) past(code, period, day string, accepted bool, without ...int) {
	b.t.Helper()
	p := calendar.MustPeriod(period)
	b.write(func(tx *db.Tx) error {
		_, err := report.Open(tx, b.officer, code, p)
		return err
	})
	at, _ := time.ParseInLocation("2006-01-02 15:04", day+" 10:15", db.Vietnam)
	b.clock.Set(at)
	for i := range b.bodies {
		if len(without) > 0 && (without[0] == i || len(without) > 1 && without[1] == i) {
			continue
		}
		if i == 5 {
			b.clock.Set(at.AddDate(0, 0, 5))
		}
		b.write(func(tx *db.Tx) error { return b.report(tx, code, p, i, accepted) })
		b.clock.Set(at)
	}
}

func (b *block) report(tx *db.Tx, code string, p calendar.Period, i int, accepted bool) error {
	o, err := report.ObligationOf(tx, b.leader(i), code, p, b.bodies[i].ID)
	if err != nil {
		return err
	}
	f, err := report.FormByID(tx, b.leader(i), o.Form)
	if err != nil {
		return err
	}
	d := report.Draft{Values: make(map[string]string), Notes: make(map[string]string)}
	own := []string{"yte", "gddt", "vhtt", "vhtt", "tnmt", "gddt", "vhtt"}[i]
	step := int64(p.Last().Year()*12+int(p.Last().Month())) - 24250
	for n, in := range f.Indicators {
		if in.Sector != own || in.Aggregation == report.Ratio {
			continue
		}
		base := []int64{1_780_000, 116_432, 104_000, 2040, 912_000, 1_236_000, 0, 470, 32, 5_400, 7455, 11, 15, 70, 560}[n]
		d.Values[in.Code] = decimal.FormatVietnamese(base+base*step/300, in.Decimals)
		if in.Fraction == report.PartTotal {
			d.Values[in.Code] += "/503"
		}
		if n == 9 {
			d.Values[in.Code] = "ước " + d.Values[in.Code]
		}
	}
	texts := map[string][]string{
		report.SectionResults:      {"Tham mưu ban hành 02 kế hoạch; tổ chức 03 hội nghị quán triệt với 412 lượt người dự.", "Duy trì các chỉ tiêu thường xuyên của ngành, không để xảy ra sự cố lớn trên địa bàn; phối hợp kiểm tra 05 đơn vị."},
		report.SectionDifficulties: {"Kinh phí cấp chậm, một số nhiệm vụ phải lùi sang " + p.Next().Name() + "."},
		report.SectionNextTasks:    {"Hoàn thành kế hoạch năm; báo cáo đúng hạn " + p.Next().Name() + "."},
		report.SectionProposals:    {"Đề nghị bố trí kinh phí cho chương trình phối hợp ngay từ đầu năm."},
	}
	for _, section := range report.SectionCodes {
		if paragraphs := texts[section]; len(paragraphs) > 0 {
			d.Sections = append(d.Sections, report.SectionText{Section: section, Sector: own, Paragraphs: paragraphs})
		}
	}
	for _, finding := range report.Check(f, d, report.Before{}) {
		if finding.Strength == report.Error {
			return fmt.Errorf("%s %s: %s", code, p, finding.Sentence)
		}
	}
	saved, err := report.SaveDraft(tx, b.leader(i), o, d, 0)
	if err != nil {
		return err
	}
	sheet, err := report.Fill(tx, b.leader(i), o.ID)
	if err != nil {
		return err
	}
	for _, finding := range sheet.Findings {
		if finding.Strength == report.Warning {
			d.Notes[finding.Key] = "Đã kiểm tra lại, số đúng."
		}
	}
	if saved, err = report.SaveDraft(tx, b.leader(i), o, d, saved.Version); err != nil {
		return err
	}
	receipt, err := report.SubmitDraft(tx, b.leader(i), o, saved.Version, report.Original{})
	if err != nil || !accepted {
		return err
	}
	return report.Accept(tx, b.officer, receipt.ID)
}

// history is everything up to the morning of 16/3/2022: the quarter's report is due today.
func (b *block) history() {
	b.past("kg-quy", "2021-Q1", "2021-03-15", true)
	b.past("kg-quy", "2021-Q2", "2021-06-15", true, 6)
	b.past("kg-quy", "2021-Q3", "2021-09-15", true)
	b.past("kg-quy", "2021-Q4", "2021-12-15", true, 3)
	b.past("kg-thang", "2022-01", "2022-01-17", true)
	b.past("kg-thang", "2022-02", "2022-02-15", true, 3)
	b.past("kg-thang", "2022-03", "2022-03-15", true, 0)
	b.past("kg-quy", "2022-Q1", "2022-03-15", true, 0, 3)
	b.clock.Set(time.Date(2022, 3, 16, 9, 0, 0, 0, db.Vietnam))
}

func (b *block) obligation(code, period string, i int) report.Obligation {
	b.t.Helper()
	var o report.Obligation
	if err := b.d.Read(b.t.Context(), func(tx *db.Tx) (err error) {
		o, err = report.ObligationOf(tx, b.officer, code, calendar.MustPeriod(period), b.bodies[i].ID)
		return err
	}); err != nil {
		b.t.Fatal(err)
	}
	return o
}

// caller is one signed-in person with a browser that runs no script.
type caller struct {
	b      *block
	client *http.Client
	cookie string
	url    string
	status int
	page   string
}

func (b *block) as(login string) *caller {
	b.t.Helper()
	var cookie string
	b.write(func(tx *db.Tx) (err error) {
		cookie, err = people.SignInAs(tx, db.ID(b.cookies[login]))
		return err
	})
	jar, _ := cookiejar.New(nil)
	base, _ := url.Parse(b.server.URL)
	jar.SetCookies(base, []*http.Cookie{{Name: cookieName, Value: cookie, Path: "/"}})
	return &caller{b: b, client: &http.Client{Jar: jar}, cookie: cookie}
}

func (c *caller) take(r *http.Response, err error) *caller {
	c.b.t.Helper()
	if err != nil {
		c.b.t.Fatal(err)
	}
	defer r.Body.Close()
	body, _ := io.ReadAll(r.Body)
	c.status, c.page, c.url = r.StatusCode, string(body), r.Request.URL.RequestURI()
	return c
}

func (c *caller) get(path string) *caller {
	c.b.t.Helper()
	c.take(c.client.Get(c.b.server.URL + path))
	return c
}

var tokenField = regexp.MustCompile(`name="form_token" value="([^"]+)"`)

// post sends fields with the token of the page that is open.
func (c *caller) post(path string, fields url.Values) *caller {
	c.b.t.Helper()
	m := tokenField.FindStringSubmatch(c.page)
	if m == nil {
		c.b.t.Fatalf("trang %s không có biểu mẫu", c.url)
	}
	fields.Set("form_token", m[1])
	c.take(c.client.PostForm(c.b.server.URL+path, fields))
	return c
}

func (c *caller) see(status int, words ...string) {
	c.b.t.Helper()
	if c.status != status {
		c.b.t.Fatalf("%s: %d, phải là %d\n%s", c.url, c.status, status, c.errors())
	}
	for _, w := range words {
		if !strings.Contains(c.page, w) {
			c.b.t.Errorf("%s: không thấy %q\n%s", c.url, w, c.errors())
		}
	}
}

var errorBox = regexp.MustCompile(`(?s)<div class="errors".*?</div>`)

func (c *caller) errors() string { return errorBox.FindString(c.page) }

// field gives what stands in an input of the page.
func (c *caller) field(name string) string {
	m := regexp.MustCompile(`name="` + regexp.QuoteMeta(name) + `" value="([^"]*)"`).FindStringSubmatch(c.page)
	if m == nil {
		return ""
	}
	return m[1]
}
