// Package cli is the door for the IT officer: lệnh. One command a file; errors in Vietnamese on stderr; exit codes 0
// done, 1 failed, 2 used wrongly.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"reflect"
	"strings"
	"syscall"
	"time"

	"giaoban/internal/fault"

	"github.com/alecthomas/kong"
)

// Exit codes.
const (
	done   = 0
	failed = 1
	wrong  = 2
)

// commands is the whole grammar.
type commands struct {
	Demo           demo           `cmd:"" help:"Dựng tỉnh mẫu, kể một câu chuyện từ báo cáo đến thông báo kết luận rồi mở trang để dùng thử."`
	Init           initialize     `cmd:"" help:"Lập cơ quan ở một nơi còn trống: tỉnh, tên Ban, địa danh, quản trị."`
	Serve          serve          `cmd:"" help:"Chạy chương trình."`
	Migrate        migrate        `cmd:"" help:"Cập nhật cấu trúc dữ liệu lên bản mới."`
	Round          round          `cmd:"" help:"Chạy một lượt các việc nền rồi dừng."`
	User           user           `cmd:"" help:"Tài khoản người dùng."`
	Token          token          `cmd:"" help:"Mã truy cập cho chương trình ngoài."`
	Consolidate    consolidate    `cmd:"" help:"Ghi báo cáo tổng hợp ra tệp .docx, .pdf, .html hoặc .json."`
	Import         importFiles    `cmd:"" help:"Đọc tư liệu cũ (.txt, .html, .docx, .pdf) thành hồ sơ chờ người xác nhận."`
	Load           load           `cmd:"" help:"Nhập danh sách cơ quan, cán bộ, chỉ tiêu, văn bản chỉ đạo từ tệp .xlsx, .csv; xem trước rồi mới ghi."`
	Holiday        holiday        `cmd:"" help:"Ngày nghỉ, ngày làm bù của cơ quan."`
	Read           readFile       `cmd:"" help:"Đọc một tệp thành các khối: đề mục, đoạn, số tự động, bảng, chú thích, chỗ trong tệp."`
	Cite           cite           `cmd:"" help:"Tìm các viện dẫn văn bản trong tệp chữ, mỗi viện dẫn một dòng JSON."`
	Lint           lint           `cmd:"" help:"Kiểm thể thức một tệp .docx hoặc .odt: mã thoát 0 không thấy lỗi, 1 có lỗi, 2 dùng sai."`
	Signature      signatures     `cmd:"" help:"Kiểm chữ ký số của một tệp PDF: nguyên vẹn, phạm vi, người ký, hiệu lực."`
	SignatureRoots signatureRoots `cmd:"" help:"Chứng thư gốc để kiểm chữ ký số."`
	ImportValues   importValues   `cmd:"" help:"Nhập số liệu từ tệp CSV (org,period,indicator,value,estimate)."`
	Form           form           `cmd:"" help:"Biểu Excel của một báo cáo: ghi ra tệp để điền, hoặc kiểm một biểu đã điền."`
	Verify         verify         `cmd:"" help:"Tính lại nhật ký, các tổng và trạng thái để chứng minh không có gì bị sửa."`
	Backup         backUp         `cmd:"" help:"Sao lưu cơ sở dữ liệu và kho tệp trong khi mọi người vẫn làm việc."`
	Restore        restore        `cmd:"" help:"Khôi phục một bản sao lưu vào một nơi còn trống."`
	Doctor         doctor         `cmd:"" help:"Kiểm tra máy, cơ sở dữ liệu, đồng hồ, ngày nghỉ."`
	Version        version        `cmd:"" help:"In phiên bản."`
	Sample         sampleData     `cmd:"" help:"Đổ dữ liệu đo tốc độ vào một nơi còn trống."`
}

// console is where a command reads and writes, and the clock it goes by.
type console struct {
	in       io.Reader
	out, err io.Writer
	now      func() time.Time // nil: the machine's
}

// say writes a line to the user.
func (c *console) say(format string, args ...any) { fmt.Fprintf(c.out, format+"\n", args...) }

// note writes a line that is no result: progress, remarks.
func (c *console) note(format string, args ...any) { fmt.Fprintf(c.err, format+"\n", args...) }

// misuse is an error of the command line itself.
type misuse struct{ sentence string }

func (m misuse) Error() string { return m.sentence }

// Run runs the program with its arguments, without the program's name, and gives the exit code.
func Run(args []string) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	return RunWith(ctx, args, os.Stdin, os.Stdout, os.Stderr, nil)
}

// RunWith is Run for whoever types, reads and sets the clock of an office that is founded and served; now nil is the
// machine's clock.
func RunWith(ctx context.Context, args []string, in io.Reader, out, errs io.Writer, now func() time.Time) int {
	return run(ctx, args, &console{in: in, out: out, err: errs, now: now})
}

// asked answers the part of the grammar that holds the command typed, or all of it: the whole would take a tenth of a start.
func asked(args []string) any {
	all := reflect.TypeFor[commands]()
	for i := range all.NumField() {
		if len(args) > 0 && strings.EqualFold(all.Field(i).Name, strings.ReplaceAll(args[0], "-", "")) {
			return reflect.New(reflect.StructOf([]reflect.StructField{all.Field(i)})).Interface()
		}
	}
	return &commands{}
}

// helped ends the parsing once the help was printed.
type helped struct{}

func run(ctx context.Context, args []string, c *console) (code int) {
	defer func() {
		if r := recover(); r != nil {
			if _, ok := r.(helped); !ok {
				panic(r)
			}
			code = done
		}
	}()
	parser, err := kong.New(asked(args), kong.Name("giaoban"), kong.Description("Giao Ban: từ báo cáo của các cơ quan đến nhiệm vụ được hoàn thành."),
		kong.Writers(c.out, c.err), kong.Exit(func(int) { panic(helped{}) }), kong.Help(help),
		kong.BindTo(ctx, (*context.Context)(nil)), kong.Bind(c))
	if err != nil {
		c.note("Lỗi trong bảng lệnh: %v", err)
		return failed
	}
	if len(args) == 0 {
		c.out = c.err // without a command the help is an answer to a mistake
		if code := run(ctx, []string{"--help"}, c); code != done {
			return code
		}
		return wrong
	}
	chosen, err := parser.Parse(args)
	if err != nil {
		c.note("%s\nGõ giaoban --help để xem cách dùng.", translate(err))
		return wrong
	}
	err = chosen.Run()
	var m misuse
	switch {
	case err == nil:
		return done
	case errors.As(err, &m):
		c.note("%s\nGõ giaoban %s --help để xem cách dùng.", m.sentence, strings.Split(chosen.Command(), " <")[0])
		return wrong
	case errors.Is(err, context.Canceled):
		c.note("Đã dừng theo yêu cầu.")
		return failed
	}
	if f := fault.Of(err); f != nil {
		for _, p := range f.Problems {
			c.note("%s", p.Sentence)
		}
		return failed
	}
	c.note("Lỗi: %v", err)
	return failed
}
