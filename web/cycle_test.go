package web_test

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/internal/decimal"
	"giaoban/org"
	"giaoban/report"
	"giaoban/sample"
	"giaoban/web/browser"
)

// One cycle of coordination from the opening of a quarter to the next one, by hand through the pages: with scripts and
// without them in a browser, and by plain requests on the other engine.

func TestTheWholeCycleInABrowser(t *testing.T) {
	t.Parallel()
	c := begin(t, dbtest.Engines(t)[0])
	c.inBrowser(true)
	c.walk()
}

func TestTheWholeCycleInABrowserWithoutScripts(t *testing.T) {
	t.Parallel()
	c := begin(t, dbtest.Engines(t)[0])
	c.inBrowser(false)
	c.walk()
}

func TestTheWholeCycleByPlainRequests(t *testing.T) {
	t.Parallel()
	engines := dbtest.Engines(t)
	c := begin(t, engines[len(engines)-1])
	c.someone = func(who access.Actor) person { return &byRequests{visitor: c.visitor(t, access.Nobody)} }
	c.walk()
}

// cycle is a province on the morning before the quarter is opened, and the people who will carry it through.
type cycle struct {
	*house
	t       testing.TB
	someone func(who access.Actor) person // somebody with a browser of their own
	at      map[db.ID]person
	started *browser.Page
}

func begin(t testing.TB, e dbtest.Engine) *cycle {
	return &cycle{house: enter(t, e, "2022-03-01 08:00"), t: t, at: make(map[db.ID]person)}
}

func (c *cycle) inBrowser(scripts bool) {
	c.started = browser.Start(c.t)
	c.someone = func(who access.Actor) person {
		tab := c.started.Another()
		if !scripts {
			tab.DisableJavaScript()
		}
		return &inBrowser{t: c.t, site: c.server.URL, tab: tab, scripts: scripts}
	}
}

// as brings somebody to their desk at an hour, signed in.
func (c *cycle) as(who access.Actor, when string) person {
	c.t.Helper()
	c.Clock.Set(moment(c.t, when))
	p := c.at[who.Person]
	if p == nil {
		p = c.someone(who)
		c.at[who.Person] = p
	}
	p.open("/")
	if p.where() == "/dang-nhap" {
		p.press(who.Name)
	}
	if p.where() != "/ban-lam-viec" {
		c.t.Fatalf("%s came to %s instead of the desk", who.Name, p.where())
	}
	return p
}

func (c *cycle) walk() {
	c.openQuarter()
	c.reportAndApprove()
	c.othersReport()
	c.paragraphComesBack()
	c.accept()
	c.consolidate()
	c.plan()
	c.invite()
	c.showPack()
	c.lateReport()
	c.meet()
	c.conclude()
	c.notice()
	c.doTask()
	c.nextQuarter()
	c.lookBack()
}

func (c *cycle) openQuarter() {
	p := c.as(c.Officer, "2022-03-01 08:10")
	p.open("/che-do")
	p.click("Báo cáo công tác khoa giáo hằng quý")
	p.click("Mở kỳ")
	mustSee(c.t, p, "Quý I năm 2022: 12 cơ quan, hạn 16/3/2022", "tính thứ Ba 15/3 và thứ Tư 16/3")
	p.press("Mở quý I năm 2022")
	mustSee(c.t, p, "12 cơ quan chưa báo cáo", "Đã gửi 0/12")
}

// owed is the line of the desk that leads to the report of the quarter.
const owed = "Báo cáo công tác khoa giáo hằng quý – quý I năm 2022"

// reportAndApprove: the focal point pastes figures and types text, the draft is kept, the agency's leader sends.
func (c *cycle) reportAndApprove() {
	focal := c.as(c.AgencyOfficer(c.STNMT), "2022-03-15 09:00")
	mustSee(c.t, focal, owed, "Hạn 16/3/2022", "Số liệu chốt hết thứ Hai 14/3/2022")
	c.picture(focal, "ban-lam-viec")
	focal.click("Làm báo cáo: " + owed)
	order := []string{"value.MT11", "value.MT12", "value.MT13", "value.MT14"}
	focal.column(map[string]string{"value.MT11": "88,3", "value.MT12": "95,7", "value.MT13": "6/6", "value.MT14": "15"}, order)
	focal.fill("sections.results.MT", "Triển khai Luật Bảo vệ môi trường từ đầu năm: thẩm định 14 báo cáo đánh giá tác động.\n\nThu gom 86,3% chất thải rắn sinh hoạt; kiểm tra các dự án ven vịnh.")
	focal.fill("sections.proposals.MT", "Đề nghị tỉnh có kết luận chung về các dự án lấn vịnh.")
	focal.keep("#luu", "Bản nháp lưu lúc")
	mustMiss(c.t, focal, "Lỗi")
	c.picture(focal, "soan-bao-cao")
	focal.open("/")
	mustSee(c.t, focal, "Bản nháp đã lưu, chưa trình")
	mustMiss(c.t, c.as(c.AgencyLeader(c.STNMT), "2022-03-15 09:20"), "chờ đồng chí duyệt")
	focal = c.as(c.AgencyOfficer(c.STNMT), "2022-03-15 09:30")
	focal.click("Soạn tiếp: " + owed)
	focal.press("Trình lãnh đạo duyệt")
	mustSee(c.t, focal, "Đã trình lãnh đạo cơ quan", "Rút lại để sửa")

	leader := c.as(c.AgencyLeader(c.STNMT), "2022-03-15 10:00")
	mustSee(c.t, leader, "trình lúc", "chờ đồng chí duyệt hoặc trả lại")
	leader.click("Xem, duyệt: " + owed)
	c.picture(leader, "duyet-bao-cao")
	mustSee(c.t, leader, "thẩm định 14 báo cáo")
	leader.press("Duyệt và gửi")
	mustSee(c.t, leader, "Biên nhận báo cáo số BN-KG-QUY-2022-Q1-0001", "Nhận đúng hạn", "Mã băm nội dung", "10:00 ngày 15/3/2022")
}

// othersReport: the other agencies send what they sent the quarter before, through the room; one stays silent.
func (c *cycle) othersReport() {
	c.Clock.Set(moment(c.t, "2022-03-16 14:00"))
	for _, code := range []string{sample.SKHCN, sample.SGDDT, sample.SYT, sample.SVHTT, sample.SLDTBXH, sample.STTTT, sample.SNV, sample.BHXH, sample.BTGNT, sample.BTGNH} {
		body := c.Body(code)
		if err := c.DB.Write(context.Background(), func(tx *db.Tx) error { return sendAgain(tx, c.Province, body) }); err != nil {
			c.t.Fatalf("%s: %v", code, err)
		}
	}
}

// sendAgain hands in the figures and the text of the quarter before.
func sendAgain(tx *db.Tx, p *sample.Province, body org.Body) error {
	focal := p.AgencyOfficer(body)
	o, err := report.ObligationOf(tx, focal, sample.Quarterly, sample.Quarter, body.ID)
	if err != nil {
		return err
	}
	sheet, err := report.Fill(tx, focal, o.ID)
	if err != nil {
		return err
	}
	d := report.Draft{Values: map[string]string{}, Sections: sheet.Last.Sections}
	for i, in := range sheet.Form.Indicators {
		if v := sheet.Last.Values[i]; v.Set && in.Aggregation != report.Ratio {
			d.Values[in.Code] = decimal.FormatVietnamese(v.Figure, in.Decimals)
			if v.Over != nil {
				d.Values[in.Code] += "/" + decimal.FormatVietnamese(*v.Over, in.Decimals)
			}
		}
	}
	saved, err := report.SaveDraft(tx, focal, o, d, 0)
	if err != nil {
		return err
	}
	if err := report.PutForward(tx, focal, o, saved.Version); err != nil {
		return err
	}
	if err := report.Approve(tx, p.AgencyLeader(body), o, saved.Version); err != nil {
		return err
	}
	_, err = report.SubmitDraft(tx, focal, o, saved.Version, report.Original{})
	return err
}

// paragraphComesBack: 88,3 in the table is 86,3 in the text. One paragraph goes back, the rest stands, the second
// version takes its place.
func (c *cycle) paragraphComesBack() {
	officer := c.as(c.Officer, "2022-03-17 09:15")
	officer.click("Xem, nhận: " + owed)
	officer.click("Xem báo cáo của Sở Tài nguyên và Môi trường, quý I năm 2022")
	officer.click("Đề nghị bổ sung đoạn: Thu gom 86,3%")
	officer.fill("reason", "Lời văn ghi 86,3%, biểu ghi 88,3%. Đề nghị thống nhất.")
	officer.fill("due", "2022-03-21")
	officer.press("Gửi đề nghị bổ sung")
	mustSee(c.t, officer, "Đã đề nghị bổ sung", "Lời văn ghi 86,3%")

	focal := c.as(c.AgencyOfficer(c.STNMT), "2022-03-17 14:00")
	mustSee(c.t, focal, "Ban đề nghị bổ sung: Lời văn ghi 86,3%", "Hạn 21/3/2022")
	focal.click("Bổ sung: " + owed)
	if c.has(focal, "Lập bản mới") {
		focal.click("Lập bản mới")
	}
	mustSee(c.t, focal, "phần còn lại giữ nguyên")
	if got := c.value(focal, "value.MT13"); got != "6/6" {
		c.t.Fatalf("the figure sent before is not in the sheet: %q", got)
	}
	focal.fill("sections.results.MT", "Triển khai Luật Bảo vệ môi trường từ đầu năm: thẩm định 14 báo cáo đánh giá tác động.\n\nThu gom 88,3% chất thải rắn sinh hoạt; kiểm tra các dự án ven vịnh.")
	focal.press("Trình lãnh đạo duyệt")

	leader := c.as(c.AgencyLeader(c.STNMT), "2022-03-17 15:00")
	leader.click("Xem, duyệt: " + owed)
	leader.press("Duyệt và gửi")
	mustSee(c.t, leader, "Biên nhận báo cáo số BN-KG-QUY-2022-Q1-0012", "Bản 2")
}

// accept goes through the queue: one press takes a report and shows the next.
func (c *cycle) accept() {
	officer := c.as(c.Officer, "2022-03-21 08:30")
	c.picture(officer, "ban-lam-viec-ban")
	officer.click("Xem, nhận: " + owed)
	officer.click("Xem báo cáo của Sở Tài nguyên và Môi trường, quý I năm 2022")
	mustSee(c.t, officer, "Mới hoặc sửa", "Thu gom 88,3%")
	c.picture(officer, "nhan-bao-cao")
	for n := 0; c.has(officer, "Nhận và xem báo cáo tiếp"); n++ {
		if n > 12 {
			c.t.Fatal("the queue has no end")
		}
		officer.press("Nhận và xem báo cáo tiếp")
	}
	if c.has(officer, "Nhận báo cáo") {
		officer.press("Nhận báo cáo")
	}
	officer.open("/bao-cao/nhan")
	mustMiss(c.t, officer, "Sở Y tế")
}

var signed = regexp.MustCompile(`^/ban-bao-cao/[0-9a-z]+$`)

// consolidate: the draft is there though one body is missing; a total leads to its report in two clicks; Word opens; the
// leader signs, the clerk numbers and releases.
func (c *cycle) consolidate() {
	officer := c.as(c.Officer, "2022-03-22 09:00")
	officer.open("/tong-hop")
	officer.click("Số liệu")
	mustSee(c.t, officer, "Thiếu báo cáo của 1 cơ quan", "Ban Tuyên giáo Huyện ủy Diên Khánh")
	c.picture(officer, "tong-hop")
	officer.click("Chất thải rắn sinh hoạt được thu gom, xử lý: 88,3, xem nguồn")
	c.picture(officer, "nguon-so")
	officer.click("88,3")
	if !signed.MatchString(officer.where()) {
		c.t.Fatalf("two clicks from a total lead to %s", officer.where())
	}
	mustSee(c.t, officer, "Sở Tài nguyên và Môi trường", "Bản 2")

	officer.open("/tong-hop/kg-quy/2022-Q1/loi-van")
	officer.press("Bắt đầu dự thảo của Ban")
	mustSee(c.t, officer, "Sở Tài nguyên và Môi trường · bản 2", "Thu gom 88,3%")
	c.picture(officer, "loi-van")
	word := docxText(c.t, c.download(c.t, c.Officer, officer, "Tải Word"))
	for _, want := range []string{"BÁO CÁO", "Thu gom 88,3%", sample.Mark, "Ban Tuyên giáo Huyện ủy Diên Khánh"} {
		if !strings.Contains(word, want) {
			c.t.Errorf("the Word report lacks “%s”", want)
		}
	}

	leader := c.as(c.Leader, "2022-03-23 14:00")
	mustMiss(c.t, leader, "Báo cáo tổng hợp")
	officer = c.as(c.Officer, "2022-03-23 14:30")
	officer.open("/tong-hop/kg-quy/2022-Q1/loi-van")
	officer.press("Trình ký")
	mustSee(c.t, officer, "trình ký lúc")

	leader = c.as(c.Leader, "2022-03-23 15:00")
	leader.click("Xem, ký: Báo cáo tổng hợp")
	c.picture(leader, "trinh-ky")
	leader.click("Ký báo cáo")
	leader.press("Ký")
	mustSee(c.t, leader, "Đã ký, chờ vào số")
	c.number("Báo cáo kết quả công tác khoa giáo", "2022-03-24 08:30", "57", "57-BC/BTGTU")
}

// number: the clerk finds the signed paper on the desk, enters its number and releases it.
func (c *cycle) number(subject, when, number, symbol string) person {
	clerk := c.as(c.Clerk, when)
	clerk.open("/van-ban")
	clerk.click(subject)
	c.picture(clerk, "vao-so-"+number)
	clerk.fill("number", number)
	clerk.press("Vào số")
	mustSee(c.t, clerk, symbol, "Đúng thể thức")
	clerk.press("Phát hành")
	mustSee(c.t, clerk, "Đã phát hành")
	return clerk
}

// has tells whether a button or link with these words is on the page.
func (c *cycle) has(p person, words string) bool {
	for _, n := range all(p.page(), "button", "a") {
		if strings.Contains(textOf(n), words) {
			return true
		}
	}
	return false
}

func (c *cycle) value(p person, name string) string {
	for _, n := range all(p.page(), "input") {
		if attr(n, "name") == name {
			return attr(n, "value")
		}
	}
	return ""
}

// picture keeps what the person sees, when pictures are asked for: light, dark, narrow and on paper.
func (c *cycle) picture(p person, name string) {
	dir := os.Getenv("GIAOBAN_PICTURES")
	b, ok := p.(*inBrowser)
	if dir == "" || !ok || !b.scripts {
		return
	}
	for look, as := range map[string]browser.Look{"sang": {}, "toi": {Theme: "dark"}, "320": {Width: 320}, "in": {Width: 794, Print: true}} {
		b.tab.Screenshot(filepath.Join(dir, name+"-"+look+".png"), as)
	}
}
