package web_test

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"giaoban/cli"
	"giaoban/internal/db"
	"giaoban/web/browser"

	"github.com/pquerna/otp/totp"
)

// The first quarter of an office that begins with an empty folder: the command that founds it, setting up, the lists it
// brings, the first period, the first report by each of the two doors, the first notice. The program is the one that an
// office runs, and everybody comes in by a password.

// What beginning may cost people, in all: an office that needs more goes back to its typewriter.
const (
	mostKeys  = 1500 // typed, lists apart
	mostForms = 12   // sent for setting up
)

func TestTheFirstQuarterOfANewOfficeInABrowser(t *testing.T) {
	t.Parallel()
	begunInABrowser(t, "2026-11-30 08:00").walk()
}

func TestTheFirstQuarterOfANewOfficeByPlainRequests(t *testing.T) {
	t.Parallel()
	begunByPlainRequests(t, "2026-03-02 08:00").walk()
}

// begunInABrowser founds an office to which everybody comes with a screen of their own.
func begunInABrowser(t *testing.T, when string) *firstQuarter {
	screen := browser.Start(t)
	o := begun(t, when)
	o.someone = func() person {
		o.tab = screen.Another()
		return &inBrowser{t: t, site: o.site, tab: o.tab, scripts: true}
	}
	return o
}

// begunByPlainRequests founds an office to which everybody comes with forms alone.
func begunByPlainRequests(t *testing.T, when string) *firstQuarter {
	o := begun(t, when)
	o.someone = func() person {
		jar, _ := cookiejar.New(nil)
		base, _ := url.Parse(o.site)
		h := &house{server: &httptest.Server{URL: o.site}}
		return &byRequests{visitor: &visitor{t: t, house: h, client: &http.Client{Jar: jar}, url: base, typed: url.Values{}}}
	}
	return o
}

// firstQuarter is an office at its beginning, served as `giaoban serve` serves it.
type firstQuarter struct {
	t       *testing.T
	site    string
	clock   *db.Clock
	someone func() person
	tab     *browser.Page // of who came last, where there is a screen
	slips   map[string]slip
	keys    int
	forms   int
	pages   int
	began   time.Time
}

// slip is what somebody holds in the hand before the first sign-in.
type slip struct{ login, password string }

const adminPhrase = "sóng biển Nha Trang chiều nay"

// begun founds an office by the command and serves it, without a way in but passwords.
func begun(t *testing.T, when string) *firstQuarter {
	t.Helper()
	o := &firstQuarter{t: t, clock: &db.Clock{}, slips: make(map[string]slip), began: time.Now()}
	o.clock.Set(moment(t, when))
	folder := filepath.Join(t.TempDir(), "du-lieu")
	var said bytes.Buffer
	if code := cli.RunWith(t.Context(), []string{"init", "--data", folder, "--province", "Khánh Hòa", "--name", "Ban Tuyên giáo và Dân vận Tỉnh ủy",
		"--place", "Khánh Hòa", "--admin", "quantri", "--kit", "quy", "--yes"}, strings.NewReader(adminPhrase+"\n"), &said, &said, o.clock.Now); code != 0 {
		t.Fatalf("init: %d %s", code, said.String())
	}
	ctx, stop := context.WithCancel(context.WithoutCancel(t.Context()))
	out, into := io.Pipe()
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		cli.RunWith(ctx, []string{"serve", "--data", folder, "--addr", "127.0.0.1:0"}, strings.NewReader(""), into, io.Discard, o.clock.Now)
		into.Close()
	}()
	t.Cleanup(func() { stop(); <-ended })
	line := make([]byte, 200)
	n, err := out.Read(line)
	if err != nil {
		t.Fatal(err)
	}
	o.site = regexp.MustCompile(`http://[0-9.:]+`).FindString(string(line[:n]))
	return o
}

// counting counts what a person types and sends.
type counting struct {
	person
	o *firstQuarter
}

func (c *counting) fill(field, text string) {
	c.o.t.Helper()
	c.o.keys += len([]rune(text))
	c.person.fill(field, text)
}

func (c *counting) press(words string) {
	c.o.t.Helper()
	c.o.forms++
	c.person.press(words)
}

// paste brings a list: it was made elsewhere, and one key puts it here.
func (c *counting) paste(field, text string) {
	c.o.t.Helper()
	c.o.keys++
	c.person.fill(field, text)
}

func (o *firstQuarter) walk() {
	admin := o.administratorComes()
	o.setUp(admin)
	o.lists(admin)
	settingUp, typed := o.forms, o.keys
	o.openPeriod()
	o.sendReports()
	o.accept()
	o.meet()
	o.t.Logf("thiết lập: %d biểu mẫu, %d phím; cả quý đầu: %d biểu mẫu, %d phím ngoài danh sách, %.0f giây của máy",
		settingUp, typed, o.forms, o.keys, time.Since(o.began).Seconds())
	if settingUp > mostForms {
		o.t.Errorf("setting up took %d forms, at most %d may be", settingUp, mostForms)
	}
	if o.keys > mostKeys {
		o.t.Errorf("%d keys were typed beside the lists, at most %d may be", o.keys, mostKeys)
	}
}

// comes is somebody before the page of signing in, where nobody comes in by one press.
func (o *firstQuarter) comes() *counting {
	o.t.Helper()
	p := &counting{o.someone(), o}
	p.open("/dang-nhap")
	for _, n := range all(p.page(), "button") {
		if strings.Contains(attr(n, "class"), "person") {
			o.t.Fatalf("one press comes in: %s", textOf(n))
		}
	}
	return p
}

func (o *firstQuarter) signsIn(p *counting, login, password string) {
	o.t.Helper()
	p.fill("login", login)
	p.fill("password", password)
	p.press("Đăng nhập")
}

// later moves the clock to a morning some days from today.
func (o *firstQuarter) later(days int) {
	now := o.clock.Now().In(db.Vietnam)
	o.clock.Set(time.Date(now.Year(), now.Month(), now.Day()+days, 9, 0, 0, 0, db.Vietnam))
}

func (o *firstQuarter) administratorComes() *counting {
	p := o.comes()
	o.signsIn(p, "quantri", adminPhrase)
	if p.where() != "/xac-thuc" {
		o.t.Fatalf("the administrator without the second step comes to %s", p.where())
	}
	p.press("Bật xác thực hai bước")
	secret := ""
	for _, n := range all(p.page(), "code") {
		if attr(n, "class") == "hash" {
			secret = strings.ReplaceAll(textOf(n), " ", "")
		}
	}
	code, err := totp.GenerateCode(secret, o.clock.Now())
	if err != nil {
		o.t.Fatal(err)
	}
	p.fill("code", code)
	p.press("Xác nhận và bật")
	o.look(p, "mã dự phòng")
	p.click("Bàn làm việc")
	if p.where() != "/thiet-lap" {
		o.t.Fatalf("the desk of the administrator is %s", p.where())
	}
	return p
}

func (o *firstQuarter) setUp(p *counting) {
	o.look(p, "thiết lập mới")
	p.fill("merged", "01/7/2025")
	p.press("Lưu thông tin của cơ quan")
	o.look(p, "thiết lập, sổ")
	p.fill("next-TB", "77")
	p.press("Lưu số của các sổ")
	o.look(p, "thiết lập, cơ quan")
}

// bodiesBrought and peopleBrought are the lists of a commission with 12 agencies and 25 people.
const bodiesBrought = `Tên cơ quan	Loại	Lĩnh vực báo cáo
Sở Y tế	Sở	Y tế
Sở Giáo dục và Đào tạo	Sở	Giáo dục
Sở Khoa học và Công nghệ	Sở	Khoa học; Thông tin
Sở Văn hóa, Thể thao và Du lịch	Sở	Văn hóa
Sở Nông nghiệp và Môi trường	Sở	Tài nguyên
Sở Nội vụ	Sở	Lao động; Đội ngũ
Bảo hiểm xã hội tỉnh		Bảo hiểm
Tỉnh đoàn Khánh Hòa		
Hội Liên hiệp Phụ nữ tỉnh		
Đảng ủy Ủy ban nhân dân tỉnh		
Phường Nha Trang		
Xã Vạn Thắng		
`

const peopleBrought = `Họ và tên	Chức vụ	Cơ quan
Lê Minh Khoa	Trưởng Ban	Ban Tuyên giáo và Dân vận Tỉnh ủy
Trần Quốc Huy	Phó Trưởng Ban	Ban Tuyên giáo và Dân vận Tỉnh ủy
Phạm Thu Hà	Chuyên viên Phòng Khoa giáo	Ban Tuyên giáo và Dân vận Tỉnh ủy
Ngô Đức Tài	Chuyên viên Phòng Khoa giáo	Ban Tuyên giáo và Dân vận Tỉnh ủy
Đỗ Thị Lan	Văn thư	Ban Tuyên giáo và Dân vận Tỉnh ủy
Nguyễn Thành Long	Phó Giám đốc	Sở Y tế
Vũ Hồng Nhung	Chuyên viên	Sở Y tế
Hoàng Văn Sơn	Phó Giám đốc	Sở Giáo dục và Đào tạo
Bùi Thị Mai	Chuyên viên	Sở Giáo dục và Đào tạo
Đặng Anh Tuấn	Phó Giám đốc	Sở Khoa học và Công nghệ
Lý Thị Hương	Chuyên viên	Sở Khoa học và Công nghệ
Cao Văn Phúc	Phó Giám đốc	Sở Văn hóa, Thể thao và Du lịch
Tạ Thị Ngọc	Chuyên viên	Sở Văn hóa, Thể thao và Du lịch
Trịnh Văn Bảo	Phó Giám đốc	Sở Nông nghiệp và Môi trường
Mai Thị Thảo	Chuyên viên	Sở Nông nghiệp và Môi trường
Đinh Công Thành	Phó Giám đốc	Sở Nội vụ
Hồ Thị Yến	Chuyên viên	Sở Nội vụ
Phan Văn Lộc	Phó Giám đốc	Bảo hiểm xã hội tỉnh
Dương Thị Hạnh	Chuyên viên	Bảo hiểm xã hội tỉnh
Lâm Quang Vinh	Phó Bí thư	Tỉnh đoàn Khánh Hòa
Nguyễn Thị Bích	Chuyên viên	Hội Liên hiệp Phụ nữ tỉnh
Trương Văn Nam	Chuyên viên	Đảng ủy Ủy ban nhân dân tỉnh
Võ Thị Kim	Chuyên viên	Phường Nha Trang
Lưu Văn Đạt	Chuyên viên	Xã Vạn Thắng
Tô Thị Vân	Báo cáo viên	Tỉnh đoàn Khánh Hòa
`

func (o *firstQuarter) lists(p *counting) {
	p.click("nhập cả danh sách")
	p.paste("rows", bodiesBrought)
	p.press("Xem trước")
	o.look(p, "danh sách cơ quan")
	p.press("Nhập danh sách")
	o.look(p, "đã nhập cơ quan")
	p.open("/thiet-lap")
	o.look(p, "thiết lập, người")
	p.click("Người và tài khoản")
	p.paste("rows", peopleBrought)
	p.press("Xem trước")
	o.look(p, "danh sách cán bộ")
	p.press("Nhập danh sách")
	o.look(p, "đã nhập cán bộ")
	p.click("In phiếu mật khẩu")
	o.look(p, "chọn phiếu")
	p.press("Đặt mật khẩu và in phiếu")
	o.look(p, "phiếu")
	for _, n := range all(p.page(), "li") {
		var codes []string
		for _, code := range all(n, "code") {
			codes = append(codes, textOf(code))
		}
		if len(codes) == 2 && slipPassword.MatchString(codes[1]) {
			o.slips[textOf(all(n, "strong")[0])] = slip{codes[0], codes[1]}
		}
	}
	if len(o.slips) != 25 {
		o.t.Fatalf("%d slips for 25 people", len(o.slips))
	}
	p.open("/thiet-lap")
	o.look(p, "thiết lập xong")
	p.press("Kết thúc thiết lập")
	o.look(p, "bàn của quản trị")
}

// as brings somebody of the list in: by the slip, then by a phrase of their own.
func (o *firstQuarter) as(name string) *counting {
	o.t.Helper()
	s, known := o.slips[name]
	if !known {
		o.t.Fatalf("%s has no slip", name)
	}
	p := o.comes()
	const own = "biển xanh cát trắng"
	if s.password != own {
		o.signsIn(p, s.login, s.password)
		p.fill("current", s.password)
		p.fill("password", own)
		p.fill("again", own)
		p.press("Đổi mật khẩu")
		o.slips[name] = slip{s.login, own}
	}
	o.signsIn(p, s.login, own)
	if p.where() != "/ban-lam-viec" {
		o.t.Fatalf("%s comes to %s", name, p.where())
	}
	return p
}

func (o *firstQuarter) openPeriod() {
	for _, waits := range []string{"Lê Minh Khoa", "Vũ Hồng Nhung", "Nguyễn Thành Long", "Đỗ Thị Lan"} {
		o.look(o.as(waits), "bàn khi chưa mở kỳ, "+waits)
	}
	p := o.as("Phạm Thu Hà")
	o.look(p, "bàn của chuyên viên, đầu tiên")
	p.click("Mở kỳ")
	o.look(p, "mở kỳ")
	p.press("Mở quý")
	o.look(p, "đã mở kỳ")
}

// sendReports: of one agency the focal point writes and its leader approves in the program; of another the focal point
// attaches what was signed.
func (o *firstQuarter) sendReports() {
	o.later(15) // the day after the figures close
	p := o.as("Vũ Hồng Nhung")
	o.look(p, "bàn của đầu mối")
	p.click("Làm báo cáo")
	o.look(p, "báo cáo trống")
	order := []string{"value.YT01", "value.YT02", "value.YT03"}
	p.column(map[string]string{"value.YT01": "151000", "value.YT02": "9800", "value.YT03": "312"}, order)
	o.keys += len("1510009800312")
	p.fill("sections.results.YT", "Ngành y tế khám 151.000 lượt người.")
	p.keep("#luu", "Đã lưu bản nháp")
	o.look(p, "báo cáo đã soạn")
	p.press("Trình lãnh đạo duyệt")
	mustSee(o.t, p, "Đã trình lãnh đạo cơ quan")
	o.look(p, "báo cáo đã trình")
	p.open("/")
	o.look(p, "bàn của đầu mối sau khi trình")
	leader := o.as("Nguyễn Thành Long")
	o.look(leader, "bàn của lãnh đạo cơ quan")
	leader.click("Xem, duyệt")
	o.look(leader, "lãnh đạo duyệt")
	leader.press("Duyệt và gửi")
	mustSee(o.t, leader, "Biên nhận báo cáo số", "Nhận đúng hạn")
	o.look(leader, "biên nhận")

	pdf := filepath.Join(o.t.TempDir(), "bao-cao.pdf")
	if err := os.WriteFile(pdf, []byte("%PDF-1.4\n% bản đã ký\n%%EOF\n"), 0o600); err != nil {
		o.t.Fatal(err)
	}
	p = o.as("Bùi Thị Mai")
	p.click("Làm báo cáo")
	p.fill("value.GD01", "12")
	p.fill("sections.results.GD", "Ngành giáo dục giữ vững sĩ số.")
	p.fill("paper_number", "412/BC-SGDĐT")
	p.fill("paper_date", o.clock.Now().In(db.Vietnam).Format("2006-01-02"))
	p.fill("signer", "Hoàng Văn Sơn")
	p.attach("file", pdf)
	p.tick("no_mark") // the signed copy is a scan
	o.look(p, "báo cáo có bản ký")
	p.press("Gửi kèm bản đã ký")
	mustSee(o.t, p, "Biên nhận báo cáo số", "Nhận đúng hạn", "412/BC-SGDĐT")
}

// accept: the officer takes both, one after the other.
func (o *firstQuarter) accept() {
	p := o.as("Phạm Thu Hà")
	o.look(p, "bàn của chuyên viên, có báo cáo")
	p.click("Xem, nhận")
	o.look(p, "báo cáo chờ nhận")
	p.click("Xem báo cáo của")
	o.look(p, "xem báo cáo")
	p.press("Nhận và xem báo cáo tiếp")
	o.look(p, "xem báo cáo sau")
	p.press("Nhận báo cáo")
	o.look(p, "đã nhận")
	p.open("/")
	o.look(p, "bàn của chuyên viên sau khi nhận")
}

// meet: a conference is planned and held, and its notice bears the place and the next number of the book.
func (o *firstQuarter) meet() {
	o.later(7)
	held := o.clock.Now().In(db.Vietnam)
	p := o.as("Phạm Thu Hà")
	p.open("/giao-ban/lap")
	o.look(p, "lập hội nghị")
	p.fill("held_on", held.Format("2/1/2006"))
	p.press("Lập hội nghị")
	o.look(p, "hội nghị")
	p.click("Kết luận")
	o.look(p, "kết luận")
	p.fill("words-1", "Công tác tư tưởng đi trước một bước.")
	p.choose("kind-1", "Định hướng")
	p.press("Lưu và kết thúc hội nghị")
	o.look(p, "kết thúc")
	p.press("Kết thúc hội nghị")
	p.press("Tạo và trình ký")
	mustSee(o.t, p, "Dự thảo")
	o.look(p, "thông báo")
	head := o.as("Lê Minh Khoa")
	o.look(head, "bàn của Trưởng ban")
	head.open("/van-ban")
	head.click("kết luận của đồng chí")
	o.look(head, "ký thông báo")
	head.press("Ký văn bản")
	mustSee(o.t, head, "Đã ký, chờ vào số")
	clerk := o.as("Đỗ Thị Lan")
	o.look(clerk, "bàn của văn thư")
	clerk.open("/van-ban")
	clerk.click("kết luận của đồng chí")
	o.look(clerk, "vào số")
	clerk.press("Vào số")
	mustSee(o.t, clerk, "77-TB/BTGDVTU", "Khánh Hòa, ngày "+held.Format("02"))
	o.look(clerk, "đã vào số")
}

func (o *firstQuarter) look(p *counting, name string) {
	o.t.Helper()
	o.pages++
	if strings.Contains(textOf(p.page()), "Chưa có việc mới") {
		o.t.Errorf("%s: the desk does not say what comes next", name)
	}
	dir := os.Getenv("GIAOBAN_PICTURES")
	if b, ok := p.person.(*inBrowser); ok && dir != "" {
		file := strings.NewReplacer(" ", "-", ",", "").Replace(name)
		b.tab.Screenshot(filepath.Join(dir, string(rune('a'+o.pages/26))+string(rune('a'+o.pages%26))+"-"+file+".png"), browser.Look{Width: 1280})
	}
}
