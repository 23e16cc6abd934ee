package cli

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"giaoban/signature"
	"giaoban/signature/signaturetest"

	"github.com/alecthomas/kong"
)

// line is a command with what follows it, what is typed into it, and how it must end.
type line struct {
	command string
	rest    []string
	typed   string
	code    int
	says    string
}

// every is each command of the grammar once, as an IT officer types it one after the other in a folder with the sample
// province; a command without a line here fails the test. "@" stands for that folder, MÃ for the token that was made, VÂN-TAY for the fingerprint of the
// root that was entered.
var every = []line{
	{"version", nil, "", done, "giaoban "},
	{"init", []string{"--data", "@moi", "--province", "Khánh Hòa", "--admin", "quantri", "--yes"}, "sóng biển Nha Trang chiều nay\n", done, "trang Thiết lập"},
	{"demo", []string{"--once", "--data", "@tinh"}, "", done, "Tỉnh mẫu trong "},
	{"migrate", []string{"--data", "@tinh"}, "", done, "bản mới nhất"},
	{"user add", []string{"may.chu", "--name", "Kiều Đức Phong", "--role", "administrator", "--org", "BTGTU", "--data", "@tinh"}, "sóng biển Nha Trang chiều nay\n", done, "Đã thêm may.chu"},
	{"user list", []string{"--data", "@tinh"}, "", done, "Kiều Đức Phong"},
	{"user passwd", []string{"may.chu", "--data", "@tinh"}, "gió lào qua đèo Cả sớm mai\n", done, "Đã đổi mật khẩu của may.chu"},
	{"load", []string{"bodies", "@co-quan.csv", "--yes", "--data", "@tinh"}, "", done, "1 thêm mới"},
	{"user slips", []string{"syt", "--data", "@tinh"}, "", done, "Mật khẩu lần đầu"},
	{"user no-code", []string{"may.chu", "--data", "@tinh"}, "", failed, "không dùng xác thực hai bước"},
	{"user disable", []string{"may.chu", "--data", "@tinh"}, "", done, "Đã khóa may.chu"},
	{"token add", []string{"--role", "clerk", "--data", "@tinh"}, "", done, "gb_"},
	{"token revoke", []string{"MÃ", "--data", "@tinh"}, "", done, "Đã thu hồi"},
	{"import", []string{"@tu-lieu", "--data", "@tinh"}, "", done, "Đã nhập 1 tệp mới"},
	{"import-values", []string{"--regime", "kg-thang", "@so-lieu.csv", "--data", "@tinh"}, "", done, "SYT, tháng 4 năm 2022: 1 mới, 0 thay đổi, 0 giữ nguyên, 0 không nhận; báo cáo mới."},
	{"import-values", []string{"--regime", "kg-thang", "@so-lieu.csv", "--yes", "--data", "@tinh"}, "", done, "Đã nhập 1 số liệu mới, 0 số liệu thay đổi vào 1 báo cáo"},
	{"import-values", []string{"--regime", "kg-thang", "--period", "2022-04", "@bang.csv", "--data", "@tinh"}, "", failed, `--name "Lượt khám, chữa bệnh=YT01"`},
	{"import-values", []string{"--regime", "kg-thang", "--period", "2022-04", "--name", "Lượt khám, chữa bệnh=YT01", "@bang.csv", "--yes", "--data", "@tinh"}, "", done, "1 số liệu thay đổi"},
	{"import-values", []string{"--regime", "kg-thang", "--period", "2022-04", "@bang.csv", "--data", "@tinh"}, "", done, "0 thay đổi, 1 giữ nguyên"},
	{"form", []string{"--regime", "kg-thang", "--period", "2022-04", "--org", "SYT", "-o", "@bieu.xlsx", "--data", "@tinh"}, "", done, "Đã ghi biểu Excel vào"},
	{"form", []string{"--check", "@bieu.xlsx", "--json", "--data", "@tinh"}, "", done, `,"wrong":[]}`},
	{"form", []string{"--check", "@bieu.xlsx", "--data", "@tinh"}, "", done, "0 ô chưa nhận."},
	{"form", []string{"--check", "@so-lieu.csv", "--json", "--data", "@tinh"}, "", failed, "không phải biểu báo cáo"},
	{"form", []string{"--regime", "kg-thang", "--period", "2022-11", "--org", "SYT", "-o", "@ky-sau.xlsx", "--data", "@tinh"}, "", done, "Kỳ tháng 11 năm 2022 chưa mở"},
	{"form", []string{"--check", "@ky-sau.xlsx", "--data", "@tinh"}, "", done, "khi Ban mở kỳ, đưa lại đúng tệp này"},
	{"form", []string{"--check", "@bieu.xlsx", "-o", "@khac.xlsx"}, "", wrong, "không dùng cùng"},
	{"holiday add", []string{"15/6/2022", "--kind", "office", "--document", "TB 45-TB/VPTU", "--data", "@tinh"}, "", done, "Đã ghi thứ Tư 15/6/2022: cơ quan nghỉ"},
	{"holiday remove", []string{"2022-06-15", "--document", "TB 46-TB/VPTU", "--data", "@tinh"}, "", done, "Đã bỏ thứ Tư 15/6/2022 khỏi lịch."},
	{"read", []string{"@tu-lieu/bai.txt", "--json"}, "", done, `{"blocks":[{"kind":"paragraph",`},
	{"cite", []string{"@tu-lieu/bai.txt"}, "", done, `"20-CT/TW"`},
	{"signature", []string{"@ky.pdf"}, "", done, "Chưa nạp chứng thư gốc nào"},
	{"signature-roots add", []string{"@goc.pem", "--data", "@tinh"}, "", done, "Gốc thử nghiệm"},
	{"signature-roots list", []string{"--data", "@tinh"}, "", done, "SHA-256 "},
	{"signature", []string{"@ky.pdf", "--json", "--data", "@tinh"}, "", done, `"chain": "trusted"`},
	{"signature-roots remove", []string{"VÂN-TAY", "--reason", "Nhà cấp đã thay gốc", "--data", "@tinh"}, "", done, "Đã bỏ chứng thư gốc Gốc thử nghiệm"},
	{"signature", []string{"@ky.pdf", "--json", "--data", "@tinh"}, "", done, `"chain": "unknown"`},
	{"consolidate", []string{"--regime", "kg-quy", "--period", "2021-H2", "-o", "@tong-hop.docx", "--data", "@tinh"}, "", done, ""},
	{"lint", []string{"@tong-hop.docx", "--profile", "HD36", "--data", "@tinh"}, "", failed, "chỗ cần xem lại"},
	{"lint", []string{"@tong-hop.docx", "--profile", "HD36"}, "", failed, "chỗ cần xem lại"},
	{"round", []string{"--data", "@tinh"}, "", done, "Đã chạy xong"},
	{"verify", []string{"--data", "@tinh"}, "", done, "nguyên vẹn"},
	{"backup", []string{"--data", "@tinh", "@sao-luu"}, "", done, "Đã sao lưu vào"},
	{"restore", []string{"--data", "@khoi-phuc", "@sao-luu"}, "", done, "nguyên vẹn"},
	{"doctor", []string{"--data", "@tinh"}, "", done, "synchronous=FULL"},
	{"serve", []string{"--addr", "127.0.0.1:0", "--data", "@tinh"}, "", done, "Giao Ban đang chạy"},
	{"sample", []string{"--size", "S", "--data", "@tinh"}, "", failed, "đã có dữ liệu"}, // what it fills an empty place with is tried in its room
}

func TestEveryCommandRuns(t *testing.T) {
	parser, err := kong.New(&commands{}, kong.Name("giaoban"))
	if err != nil {
		t.Fatal(err)
	}
	for _, leaf := range parser.Model.Leaves(false) {
		name := strings.TrimPrefix(leaf.Path(), "giaoban ")
		if !slices.ContainsFunc(every, func(l line) bool { return l.command == name }) {
			t.Errorf("giaoban %s is run by no test: give it a line in every", name)
		}
	}
	dir := t.TempDir()
	office := signaturetest.NewOffice(t, "Nguyễn Thị Hương")
	fingerprint := signature.Fingerprint(office.Root.Certificate)
	signed := signaturetest.NewPaper("Giay moi").Sign(t, office.Leader, signaturetest.How{}).Bytes
	for name, text := range map[string]string{"ky.pdf": string(signed), "goc.pem": office.Root.PEM(),
		"tu-lieu/bai.txt": "Sáng ngày 11/4/2019, Hội nghị giao ban quán triệt Chỉ thị số 20-CT/TW.",
		"co-quan.csv":     "Tên cơ quan\nHội Khuyến học tỉnh\n", "bang.csv": "Cơ quan;Lượt khám, chữa bệnh\nSở Y tế;151.500\n",
		"so-lieu.csv": "org,period,indicator,value,estimate\nSYT,2022-04,YT01,151000,\n"} {
		name = filepath.Join(dir, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o755), os.WriteFile(name, []byte(text), 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	token := ""
	for _, l := range every {
		args := strings.Fields(l.command)
		for _, word := range l.rest {
			if name, ok := strings.CutPrefix(word, "@"); ok {
				word = filepath.Join(dir, name)
			}
			args = append(args, strings.NewReplacer("MÃ", token, "VÂN-TAY", fingerprint).Replace(word))
		}
		code, out, errs := 0, "", ""
		if l.command == "serve" {
			code, out, errs = servedOnce(t, args)
		} else {
			code, out, errs = typed(t, l.typed, args...)
		}
		if code != l.code || !strings.Contains(out+errs, l.says) {
			t.Errorf("giaoban %s: %d, not %d with %q\n%s%s", strings.Join(args, " "), code, l.code, l.says, out, errs)
		}
		if l.command == "token add" {
			token = strings.TrimSpace(out)
		}
	}
}

// servedOnce serves until one page was answered.
func servedOnce(t *testing.T, args []string) (code int, out, errs string) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	reader, writer := io.Pipe()
	var remarks strings.Builder
	ended := make(chan int, 1)
	go func() {
		ended <- run(ctx, args, &console{in: strings.NewReader(""), out: writer, err: &remarks})
		writer.Close()
	}()
	for lines := bufio.NewScanner(reader); lines.Scan(); {
		out += lines.Text() + "\n"
		if url := served.FindString(lines.Text()); url != "" {
			answer, err := http.Get(url + "/dang-nhap")
			if err != nil {
				t.Fatal(err)
			}
			answer.Body.Close()
			if answer.StatusCode != http.StatusOK {
				t.Errorf("%s/dang-nhap answers %d", url, answer.StatusCode)
			}
			stop()
		}
	}
	return <-ended, out, remarks.String()
}

var served = regexp.MustCompile(`http://[0-9.:]+`)

// What the guide to operation prints is a command as the grammar knows it.
func TestTheGuideToOperationPrintsCommandsThatExist(t *testing.T) {
	text, err := os.ReadFile("../docs/guide/operate.md")
	if err != nil {
		t.Fatal(err)
	}
	printed := regexp.MustCompile(`(?m)^ +giaoban (.+)$`).FindAllStringSubmatch(string(text), -1)
	if len(printed) < 6 {
		t.Fatalf("%d commands are printed", len(printed))
	}
	for _, line := range printed {
		parser, err := kong.New(&commands{}, kong.Name("giaoban"))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := parser.Parse(strings.Fields(line[1])); err != nil {
			t.Errorf("giaoban %s: %v", line[1], err)
		}
	}
}

// A command that is looked for alone is the command of the whole grammar: each says the same of itself.
func TestACommandAskedForAloneIsTheSame(t *testing.T) {
	whole, err := kong.New(&commands{}, kong.Name("giaoban"))
	if err != nil {
		t.Fatal(err)
	}
	told := func(grammar any, args ...string) (text string) {
		var says strings.Builder
		parser, err := kong.New(grammar, kong.Name("giaoban"), kong.Writers(&says, &says), kong.Exit(func(int) { panic(helped{}) }), kong.Help(help))
		if err != nil {
			t.Fatal(err)
		}
		defer func() {
			if r := recover(); r != nil && r != any(helped{}) {
				panic(r)
			}
			text = says.String()
		}()
		_, err = parser.Parse(append(args, "--help"))
		t.Fatalf("%s: no help: %v", args, err)
		return ""
	}
	for _, leaf := range whole.Model.Leaves(false) {
		args := strings.Fields(strings.TrimPrefix(leaf.Path(), "giaoban "))
		part := asked(args)
		if _, all := part.(*commands); all {
			t.Errorf("%s: the whole grammar is built for it", args)
		}
		if got, want := told(part, args...), told(&commands{}, args...); got != want || !strings.Contains(want, args[0]) {
			t.Errorf("%s: alone it says\n%s\nand in the whole\n%s", args, got, want)
		}
	}
	for _, args := range [][]string{nil, {"--help"}, {"khong-co"}} {
		if _, all := asked(args).(*commands); !all {
			t.Errorf("%s: not the whole grammar", args)
		}
	}
}
