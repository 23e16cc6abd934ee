package web_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/edxml"
	"giaoban/intake"
	"giaoban/internal/dbtest"
	"giaoban/internal/officetest"
	"giaoban/official"
	"giaoban/org"
	"giaoban/sample"
	"giaoban/web/browser"
)

// The moments of the end of a quarter that decide whether the program helps: each is walked in a browser by whoever lives
// it, and what it cost is counted. docs/moments.md is this table (UPDATE=1 writes it).

// taken is one moment with what it cost the person.
type taken struct {
	hour, who, what string
	browser.Steps
}

func (m taken) row() string {
	return fmt.Sprintf("| %s | %s | %s | %d | %d |", m.hour, m.who, m.what, m.Clicks, m.Keys)
}

// moments is one browser and the list of what has been walked.
type moments struct {
	t       *testing.T
	started *browser.Page
	taken   []taken
}

func TestTheMomentsThatDecide(t *testing.T) {
	t.Parallel()
	m := &moments{t: t, started: browser.Start(t)}
	for _, moment := range []func(){m.at0715, m.at0745, m.at0745Word, m.at0830, m.at0915, m.at1000, m.at1045, m.at1300, m.at1345, m.at1530, m.at1645} {
		moment()
	}
	var table strings.Builder
	for _, taken := range m.taken {
		fmt.Fprintln(&table, taken.row())
		t.Logf("%s %s, %s: %v", taken.hour, taken.who, taken.what, taken.Steps)
	}
	compareMoments(t, table.String())
}

const momentsHead = `# Cuối quý, theo giờ

Những lúc quyết định chương trình có giúp được việc hay không. Bảng dưới do bài thử đi trong trình duyệt trên tỉnh mẫu ghi
lại (` + "`UPDATE=1 go test ./web -run TestTheMomentsThatDecide`" + `): bắt đầu từ Bàn làm việc hoặc từ trang nêu trong cột việc
làm; vào một ô để gõ là một lần bấm, mỗi lựa chọn trong danh sách và mỗi tệp đính kèm là hai, mỗi ký tự gõ và mỗi lần dán là
một phím. Thời gian của máy không ghi ở đây vì tùy máy; bài thử in ra khi chạy với ` + "`-v`" + `.

| Giờ | Ai | Việc | Lần bấm | Phím |
|---|---|---|---:|---:|
`

func compareMoments(t *testing.T, table string) {
	path := filepath.Join("..", "docs", "moments.md")
	want := momentsHead + table
	if os.Getenv("UPDATE") == "1" {
		if err := os.WriteFile(path, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if got, err := os.ReadFile(path); err != nil || string(got) != want {
		t.Errorf("docs/moments.md says something else than this run (UPDATE=1 writes it again):\n%s", table)
	}
}

// day is a province at an hour, with this browser before it.
type day struct {
	*house
	m *moments
}

func (m *moments) day(when string) day {
	return day{enter(m.t, dbtest.Engines(m.t)[0], when), m}
}

// sits brings somebody to their desk, signed in, with nothing counted yet.
func (d day) sits(who access.Actor) *inBrowser {
	d.m.t.Helper()
	b := &inBrowser{t: d.m.t, site: d.server.URL, tab: d.m.started.Another(), scripts: true}
	b.open("/")
	b.press(who.Name)
	if b.where() != "/ban-lam-viec" {
		d.m.t.Fatalf("%s came to %s", who.Name, b.where())
	}
	b.tab.StartCounting()
	return b
}

// into types in a field after pressing on it with the mouse, as most people do.
func (b *inBrowser) into(field, text string) {
	b.t.Helper()
	b.tab.Click(b.selector(field)) // or on its part in the contents, which puts the cursor into the first field
	b.fill(field, text)
}

// done notes what the moment cost and holds it to what was promised; most of -1 promises nothing.
func (m *moments) done(b *inBrowser, hour, who, what string, mostClicks, mostKeys int) {
	m.t.Helper()
	steps := b.tab.Counted()
	m.taken = append(m.taken, taken{hour, who, what, steps})
	if mostClicks >= 0 && steps.Clicks > mostClicks || mostKeys >= 0 && steps.Keys > mostKeys {
		m.t.Errorf("%s, %s: %v; promised are %d clicks and %d keys", hour, what, steps, mostClicks, mostKeys)
	}
	if steps.Took > 90*time.Second {
		m.t.Errorf("%s, %s took the machine %v", hour, what, steps.Took)
	}
	for _, complaint := range b.tab.Complaints() {
		if !strings.Contains(complaint, "ERR_INTERNET_DISCONNECTED") {
			m.t.Errorf("%s: the browser complains: %s", hour, complaint)
		}
	}
}

// 07:15, the missing list becomes a message for Zalo in two clicks; a call is noted.
func (m *moments) at0715() {
	d := m.day("2022-03-17 07:00")
	officer := d.sits(d.Officer)
	officer.click("Đôn đốc: " + owed)
	officer.tab.Click("Chép tin nhắn")
	officer.tab.WaitFor("[data-copied]", "")
	if message := officer.tab.Value("#tin-nhan"); !strings.Contains(message, "Sở Tài nguyên và Môi trường") || !strings.Contains(message, "Ban Tuyên giáo Huyện ủy Diên Khánh") || strings.Contains(message, "Sở Y tế") {
		m.t.Errorf("the message says %q", message)
	}
	m.done(officer, "07:15", "chuyên viên Ban", "danh sách chưa báo cáo thành tin nhắn để dán vào Zalo", 2, 0)

	officer.tab.StartCounting()
	officer.tab.Click("#BTGDK input")
	officer.choose("channel", "phone")
	officer.into("note", "Hẹn gửi 18/3")
	officer.tab.Click("button[value=nhac]")
	officer.tab.WaitFor("#BTGDK", "Hẹn gửi 18/3")
	m.done(officer, "07:15", "chuyên viên Ban", "ghi một cuộc gọi đôn đốc", 6, 12)
}

// 07:45, a focal point pastes the figures and the text and attaches the signed paper.
func (m *moments) at0745() {
	d := m.day("2022-03-15 07:45")
	pdf := filepath.Join(m.t.TempDir(), "bao-cao-ky.pdf")
	if err := os.WriteFile(pdf, []byte("%PDF-1.4\n% bản đã ký\n%%EOF\n"), 0o600); err != nil {
		m.t.Fatal(err)
	}
	focal := d.sits(d.AgencyOfficer(d.SYT))
	focal.click("Làm báo cáo: " + owed)
	var column, fields []string
	for _, last := range lastFigures(focal.page()) {
		fields = append(fields, last[0])
		column = append(column, strings.TrimSpace(strings.TrimPrefix(last[1], "ước")))
	}
	if len(fields) < 5 {
		m.t.Fatalf("only %d figures have a last period beside them", len(fields))
	}
	// A ratio between two cells is computed and has no cell; Excel has an empty row there, which is left out here.
	focal.tab.Click(focal.selector(fields[0]))
	focal.tab.PasteTSV(focal.selector(fields[0]), strings.Join(column, "\r\n")+"\r\n")
	for i, field := range fields {
		if got := focal.tab.Value(focal.selector(field)); got != column[i] {
			m.t.Fatalf("%s holds %q after pasting, want %q", field, got, column[i])
		}
	}
	for _, section := range []string{"results", "difficulties", "shortcomings", "causes", "next_tasks", "proposals"} {
		focal.tab.Click(focal.selector("sections." + section + ".YT"))
		focal.tab.PasteTSV(focal.selector("sections."+section+".YT"), "Đoạn thứ nhất của phần này.\n\nĐoạn thứ hai của phần này.")
	}
	focal.tab.WaitFor("[data-autosave-status]", "Đã lưu")
	focal.into("paper_number", "214/BC-SYT")
	focal.into("paper_date", "2022-03-14")
	focal.into("signer", d.AgencyLeader(d.SYT).Name)
	focal.tick("no_mark") // the signed copy is a scan
	focal.attach("file", pdf)
	focal.press("Gửi kèm bản đã ký")
	mustSee(m.t, focal, "Biên nhận báo cáo số", "Nhận đúng hạn", "bao-cao-ky.pdf", "SHA-256")
	m.done(focal, "07:45", "đầu mối Sở Y tế", fmt.Sprintf("dán %d số liệu và sáu phần lời văn, đính kèm bản ký, gửi, nhận biên nhận", len(fields)), 15, 60)
}

// 07:45, a focal point has the report in Word and as a signed PDF: figures are pasted, the words come from the file, and what was
// sent is held against what was signed.
func (m *moments) at0745Word() {
	d := m.day("2022-03-15 07:45")
	folder := m.t.TempDir()
	focal := d.sits(d.AgencyOfficer(d.SYT))
	focal.click("Làm báo cáo: " + owed)
	var column, fields []string
	for _, last := range lastFigures(focal.page()) {
		fields, column = append(fields, last[0]), append(column, strings.TrimSpace(strings.TrimPrefix(last[1], "ước")))
	}
	nd30, _ := official.ProfileByCode("ND30")
	paper := official.BaoCao(nd30, "kết quả công tác quý I năm 2022",
		official.Heading{Level: 1, Runs: official.Text("KẾT QUẢ THỰC HIỆN")},
		official.Say("Số liệu của kỳ: %s.", strings.Join(column[1:], "; ")), // the first is not in what was signed
		official.Heading{Level: 1, Runs: official.Text("KHÓ KHĂN, VƯỚNG MẮC")},
		official.Say("Thiếu bác sĩ ở hai huyện miền núi."))
	paper.Issuer, paper.BodySymbol, paper.Place, paper.Date = "Sở Y tế", "SYT", "Khánh Hòa", official.DayOf(2022, 3, 14)
	var files []string
	for name, write := range map[string]func(io.Writer, official.Document) error{"bao cao.docx": official.WriteDocx, "bao cao ky.pdf": official.WritePDF} {
		var b bytes.Buffer
		at := filepath.Join(folder, name)
		if err := errors.Join(write(&b, paper), os.WriteFile(at, b.Bytes(), 0o600)); err != nil {
			m.t.Fatal(err)
		}
		files = append(files, at)
	}
	slices.Sort(files)
	focal.tab.Click(focal.selector(fields[0]))
	focal.tab.PasteTSV(focal.selector(fields[0]), strings.Join(column, "\r\n")+"\r\n")
	focal.tab.Click("Dán cả báo cáo, chương trình xếp theo tiêu đề")
	focal.attach("tep-bao-cao", files[1])
	focal.tab.Click(`button[formaction*="/xep"]`)
	focal.tab.WaitFor("[role=status]", "")
	mustSee(m.t, focal, "Thiếu bác sĩ ở hai huyện miền núi.")
	focal.into("paper_number", "214/BC-SYT")
	focal.into("paper_date", "2022-03-14")
	focal.into("signer", d.AgencyLeader(d.SYT).Name)
	focal.attach("file", files[0])
	focal.press("Gửi kèm bản đã ký")
	mustSee(m.t, focal, "Biên nhận báo cáo số", "bao cao ky.pdf")
	focal.click("Đối chiếu số liệu với bản ký")
	mustSee(m.t, focal, "1 số cần xem", "Không thấy số này ở đâu trong bản ký")
	m.done(focal, "07:45", "đầu mối Sở Y tế", fmt.Sprintf("dán %d số liệu, thả lời văn bằng tệp Word, đính kèm PDF đã ký, gửi, đối chiếu số với bản ký", len(fields)), 15, 60)
}

// 08:30, five reports and a letter came by e-office: dropped together, matched to their senders and entered by one press.
func (m *moments) at0830() {
	d := m.day("2022-03-15 07:45")
	folder := m.t.TempDir()
	var files []string
	keep := func(name string, content []byte) {
		at := filepath.Join(folder, name)
		if err := os.WriteFile(at, content, 0o600); err != nil {
			m.t.Fatal(err)
		}
		files = append(files, at)
	}
	senders := []org.Body{d.SYT, d.SGDDT, d.STNMT, d.SKHCN, d.SVHTT}
	for n, b := range senders {
		keep(fmt.Sprintf("bao cao %d.docx", n+1), writtenReport(m.t, b.Name, b.Code, 120+n))
	}
	var packet bytes.Buffer
	if err := edxml.Write(&packet, edxml.Packet{From: edxml.Organ{ID: "SNV", Name: "Sở Nội vụ"}, To: []edxml.Organ{{ID: "BTGTU", Name: "Ban Tuyên giáo Tỉnh ủy"}},
		DocumentID: "SNV,2022/03/14,77/SNV-VP", Symbol: "77/SNV-VP", Number: "77", Notation: "SNV-VP", Place: "Nha Trang", Kind: "Công văn", Subject: "trao đổi số liệu",
		Date: calendar.On(2022, 3, 14), Files: []edxml.File{{Name: "thu.txt", Type: "text/plain", Content: []byte("Kính gửi Ban.\n")}}}, d.Clock.Now()); err != nil {
		m.t.Fatal(err)
	}
	keep("cong van.edxml", packet.Bytes())
	officer := d.sits(d.Officer)
	officer.tab.Click("Nhận văn bản đến")
	officer.tab.Attach("#files", files...)
	officer.tab.Click("Đọc tệp")
	officer.tab.WaitFor("#cho", "Chờ vào sổ: 6 văn bản")
	officer.tab.Click("Vào sổ các văn bản đã tích")
	officer.tab.WaitFor("[role=status]", "Đã vào sổ 6 văn bản, số đến 1, 2, 3, 4, 5, 6")
	m.done(officer, "08:30", "chuyên viên Ban", "thả năm báo cáo và một gói .edxml đến qua văn phòng điện tử, đã xếp đúng nơi gửi, vào sổ", 5, 0)
	for n, i := range slices.Backward(d.arrivals(m.t)) {
		if n = len(files) - 1 - n; n < len(senders) && (i.Kind != intake.Report || i.LeadsTo == "" || i.Sender != senders[n].ID) {
			m.t.Errorf("%s is a %s of %s that leads to %q", i.Name, i.Kind, i.SenderName, i.LeadsTo)
		}
	}
}

// 09:15, 503 contradicts 516: one paragraph goes back and everything else stays.
func (m *moments) at0915() {
	d := m.day("2022-03-17 09:10")
	officer := d.sits(d.Officer)
	officer.click("Xem, nhận: " + owed)
	officer.click("Xem báo cáo của Sở Giáo dục và Đào tạo, quý I năm 2022")
	officer.click("Đề nghị bổ sung đoạn: Toàn tỉnh có 490 trường")
	officer.into("reason", "Lời văn ghi 516 trường, biểu ghi 503.")
	officer.into("due", "2022-03-21")
	officer.press("Gửi đề nghị bổ sung")
	mustSee(m.t, officer, "Đã đề nghị bổ sung", "Lời văn ghi 516 trường, biểu ghi 503.")
	m.done(officer, "09:15", "chuyên viên Ban", "đề nghị bổ sung một đoạn (503 hay 516 trường), phần khác giữ nguyên", 6, 50)

	focal := d.sits(d.AgencyOfficer(d.SGDDT))
	mustSee(m.t, focal, "Ban đề nghị bổ sung: Lời văn ghi 516 trường")
	focal.click("Bổ sung: " + owed)
	mustSee(m.t, focal, "Được đề nghị bổ sung 1 chỗ; phần còn lại giữ nguyên")
}

// 10:00, one agency is missing: Word opens all the same, and every total that it touches names it.
func (m *moments) at1000() {
	d := m.day("2022-03-21 10:00")
	officer := d.sits(d.Officer)
	officer.click("Báo cáo")
	officer.click("Tổng hợp")
	word := docxText(m.t, d.download(m.t, d.Officer, officer, "Tải Word"))
	officer.tab.Click("Tải Word")
	m.done(officer, "10:00", "chuyên viên Ban", "mở báo cáo tổng hợp bằng Word khi còn một cơ quan chưa báo cáo", 3, 0)
	if !strings.Contains(word, "Ban Tuyên giáo Huyện ủy Diên Khánh") {
		m.t.Error("the Word report does not name who is missing")
	}
	officer.open("/tong-hop/kg-quy/2022-Q1")
	touched := 0
	for _, row := range all(officer.page(), "tr") {
		if text := textOf(row); strings.Contains(text, "Thiếu") || strings.Contains(text, "thiếu") {
			touched++
			if !strings.Contains(text, "Diên Khánh") {
				m.t.Errorf("a total lacks a report and does not say whose: %s", text)
			}
		}
	}
	if touched == 0 {
		m.t.Error("no total says that a report is missing")
	}
}

// 10:45, the deputy's file comes back with tracked changes and one change that nobody tracked.
func (m *moments) at1045() {
	d := m.day("2022-03-21 10:45")
	const at = "/tong-hop/kg-quy/2022-Q1"
	clerk := d.visitor(m.t, d.Officer)
	clerk.get(at + "/loi-van")
	clerk.submit("Bắt đầu dự thảo của Ban")
	hands := officetest.InHands(m.t, clerk.download(at+"/tai/docx"))
	hands.Change("Toàn ngành vừa chăm sóc", "Ngành Y tế vừa chăm sóc")
	hands.Strike("Khám bệnh 396.409 lượt")
	hands.Add("Các trường dạy học trực tiếp", "Ban đã làm việc với ba trường vùng sâu.")
	hands.Body = strings.Replace(hands.Body, "Hỗ trợ 12 dự án", "Đã hỗ trợ 12 dự án", 1)
	file := filepath.Join(m.t.TempDir(), "pho ban sua.docx")
	if err := os.WriteFile(file, hands.File(), 0o600); err != nil {
		m.t.Fatal(err)
	}
	officer := d.sits(d.Officer)
	officer.open(at + "/loi-van")
	officer.tab.StartCounting()
	officer.click("Nhận lại bản Word đã sửa")
	officer.attach("ban-word", file)
	officer.press("Đọc tệp")
	mustSee(m.t, officer, "4 chỗ khác, 1 chỗ cần đồng chí chọn", "Word không ghi ai sửa")
	officer.tab.Click(`[name="chon-3"][value="nhan"]`)
	officer.press("Nhận các chỗ đã chọn")
	mustSee(m.t, officer, "Đã nhận các chỗ đã chọn", "Ngành Y tế vừa chăm sóc", "Đã hỗ trợ 12 dự án", "Bỏ trong tệp Word trả về (Phan Đức Hòa)")
	m.done(officer, "10:45", "chuyên viên Ban", "nhận tệp phó ban đã sửa có theo dõi: ba chỗ rõ, một chỗ phải hỏi; đoạn khác giữ nguồn", 6, 0)
}

// 13:00, “Số này ở đâu ra?”: two taps on a telephone from a total to the report.
func (m *moments) at1300() {
	d := m.day("2022-03-23 13:00")
	leader := d.sits(d.Leader)
	leader.tab.See(browser.Look{Width: 390, Height: 844})
	leader.open("/tong-hop/kg-quy/2022-Q1")
	leader.tab.StartCounting()
	leader.click("Tổng số trường: 503, xem nguồn")
	leader.click("503")
	m.done(leader, "13:00", "lãnh đạo Ban", "từ một tổng trên điện thoại tới báo cáo có số ấy", 2, 0)
	if !signed.MatchString(leader.where()) {
		m.t.Errorf("two taps lead to %s", leader.where())
	}
	mustSee(m.t, leader, "Sở Giáo dục và Đào tạo", "Bản 2")
}

var packHash = regexp.MustCompile(`Mã băm: [0-9a-f]{64}`)

// 13:45, a substitute and a late report: what was printed stays, the addendum is one page.
func (m *moments) at1345() {
	d := m.day("2022-04-01 13:40")
	officer := d.sits(d.Officer)
	officer.open("/giao-ban")
	officer.click("Quý I năm 2022")
	officer.click("Hồ sơ")
	before := packHash.FindString(textOf(officer.page()))

	focal := d.sits(d.AgencyOfficer(d.STNMT))
	focal.click("Xem giấy mời: Hội nghị giao ban công tác khoa giáo quý I năm 2022")
	focal.click("Thành phần")
	focal.into("delegate_name", "Lò Thị Phương Uyên")
	focal.into("delegate_title", "Trưởng phòng")
	focal.into("reason", "Phó Giám đốc đi kiểm tra")
	focal.press("Gửi")
	mustSee(m.t, focal, "dự thay")
	m.done(focal, "13:45", "đầu mối Sở TN&MT", "cử người dự thay", 6, 60)

	late := d.sits(d.AgencyLeader(d.BTGDK))
	late.click("Xem: " + owed)
	late.fill("sections.results.CS", "Ba hội nghị báo cáo viên trong quý.")
	for _, last := range lastFigures(late.page()) {
		late.fill(last[0], strings.TrimSpace(strings.TrimPrefix(last[1], "ước")))
	}
	late.press("Duyệt và gửi")
	mustSee(m.t, late, "Nhận muộn")

	officer.open("/giao-ban")
	officer.tab.StartCounting()
	officer.click("Quý I năm 2022")
	officer.click("Hồ sơ")
	officer.click("phụ lục bổ sung")
	mustSee(m.t, officer, "Lò Thị Phương Uyên", "Ban Tuyên giáo Huyện ủy Diên Khánh")
	m.done(officer, "13:45", "chuyên viên Ban", "mở phụ lục bổ sung một trang, hồ sơ đã trình không đổi", 3, 0)
	if pages := printed(m.t, officer); pages != 1 {
		m.t.Errorf("the addendum takes %d pages", pages)
	}
	officer.click("Về hồ sơ")
	if after := packHash.FindString(textOf(officer.page())); before == "" || after != before {
		m.t.Errorf("the pack was %q and is now %q", before, after)
	}
}

// printed is how many sheets a page takes.
func printed(t testing.TB, b *inBrowser) int {
	t.Helper()
	path := filepath.Join(t.TempDir(), "in.pdf")
	b.tab.PDF(path)
	paper, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return len(regexp.MustCompile(`/Type\s*/Page\b[^s]`).FindAll(paper, -1))
}

// 15:30, conclusions are typed while the line drops: nothing is lost, and no date is invented.
func (m *moments) at1530() {
	d := m.day("2022-04-01 15:20")
	var cut atomic.Bool // the cable between the building and the server
	inner := d.server.Config.Handler
	d.server.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if cut.Load() {
			panic(http.ErrAbortHandler)
		}
		inner.ServeHTTP(w, r)
	})
	officer := d.sits(d.Officer)
	officer.open("/giao-ban")
	officer.click("Quý I năm 2022")
	officer.click("Kết luận")
	officer.tab.StartCounting()
	officer.into("words-1", "Rà soát các dự án ven vịnh")
	officer.keep("", "")
	officer.tab.Offline(true)
	officer.into("words-2", "Công khai kết quả quan trắc")
	officer.tab.WaitFor("[data-autosave-status]", "Chưa lưu được")
	officer.choose("kind-2", "task")
	officer.choose("lead-2", string(d.STNMT.ID))
	officer.into("words-3", "Gõ tiếp khi vẫn mất mạng")
	officer.tab.Offline(false)
	back := time.Now()
	officer.keep("", "")
	m.t.Logf("saved %v after the line came back", time.Since(back).Round(time.Millisecond))
	m.done(officer, "15:30", "chuyên viên Ban", "gõ ba kết luận trong lúc mạng đứt rồi nối lại, không bấm gì để lưu", 7, -1)

	// The same officer in another tab that dies with the line down.
	dying := &inBrowser{t: m.t, site: officer.site, tab: officer.tab.Tab(), scripts: true}
	dying.open(officer.where())
	cut.Store(true)
	dying.into("words-3", "Gõ thêm rồi máy sập nguồn")
	dying.tab.WaitFor("[data-autosave-status]", "Chưa lưu được")
	dying.tab.WaitForKept("Gõ thêm rồi máy sập nguồn")
	dying.tab.Close()
	time.Sleep(time.Second) // what a closing tab still sends meets the cut line
	cut.Store(false)
	again := officer
	again.tab.WaitForKept("Gõ thêm rồi máy sập nguồn")
	again.open(officer.where())
	for field, want := range map[string]string{"words-1": "Rà soát các dự án ven vịnh", "words-2": "Công khai kết quả quan trắc", "kind-2": "task", "words-3": "Gõ tiếp khi vẫn mất mạng", "due-1": "", "due-2": "", "due-3": ""} {
		if got := again.tab.Value(again.selector(field)); got != want {
			m.t.Errorf("after the line came back %s holds %q, want %q", field, got, want)
		}
	}
	again.tab.StartCounting()
	again.tab.Click("Khôi phục bản đang gõ")
	if got := again.tab.Value("#words-3"); got != "Gõ thêm rồi máy sập nguồn" {
		m.t.Errorf("what was typed before the tab closed came back as %q", got)
	}
	again.keep("", "")
	m.done(again, "15:30", "chuyên viên Ban", "lấy lại chữ gõ dở sau khi đóng thẻ lúc mất mạng", 1, 0)
}

// 16:45, the clerk enters number and date, the style is clean, release puts each line on a desk in the right tone.
func (m *moments) at1645() {
	d := m.day("2022-04-01 16:40")
	clerk := d.sits(d.Clerk)
	clerk.click("Vào số: Thông báo")
	clerk.press("Vào số")
	mustSee(m.t, clerk, "-TB/BTGTU", "Đúng thể thức")
	clerk.press("Phát hành")
	mustSee(m.t, clerk, "Đã phát hành")
	m.done(clerk, "16:45", "văn thư", "vào số, ngày; thể thức sạch; phát hành, nhiệm vụ tới bàn làm việc", 3, 0)

	for _, at := range []struct{ code, words string }{{sample.SLDTBXH, "Được đề nghị chủ trì"}, {sample.BTGDK, "Được đề nghị chủ trì"}} {
		focal := d.sits(d.AgencyOfficer(d.Body(at.code)))
		mustSee(m.t, focal, at.words)
	}
}
