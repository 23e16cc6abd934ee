package cli

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/files"
	"giaoban/internal/table"
	"giaoban/library"
	"giaoban/lists"
)

type load struct {
	place
	Kind     string `arg:"" enum:"bodies,people,indicators,directives" help:"Loại danh sách: bodies (cơ quan), people (cán bộ), indicators (chỉ tiêu), directives (văn bản chỉ đạo)."`
	File     string `arg:"" name:"tệp" help:"Tệp .xlsx hoặc .csv; dòng đầu là tên cột."`
	Yes      bool   `help:"Ghi danh sách; không có thì chỉ xem."`
	Regime   string `help:"Chế độ báo cáo nhận các chỉ tiêu; chỉ cần khi có nhiều chế độ." placeholder:"MÃ"`
	Template bool   `help:"Ghi bản mẫu để điền vào tệp, thay vì đọc tệp."`
}

func (l *load) Run(ctx context.Context, c *console) error {
	list, err := lists.Find(l.Kind)
	if err != nil {
		return err
	}
	if l.Template {
		return l.write(c, list)
	}
	rows, err := readList(ctx, l.File)
	if err != nil {
		return err
	}
	d, _, err := l.open(ctx, false, db.Config{})
	if err != nil {
		return err
	}
	defer d.Close()
	var checked lists.Checked
	options := lists.Options{Regime: l.Regime}
	if l.Yes {
		err = d.WriteLong(ctx, func(tx *db.Tx) (err error) {
			checked, err = lists.Enter(tx, byHand, list, rows, options)
			return err
		})
	} else {
		err = d.Read(ctx, func(tx *db.Tx) (err error) {
			if checked, err = lists.Check(tx, byHand, list, rows, options); err == nil {
				err = checked.Err()
			}
			return err
		})
	}
	for _, note := range checked.Notes {
		c.note("%s", note)
	}
	if err != nil {
		if len(checked.Problems) > 0 {
			c.note("%s có %d chỗ phải sửa; chưa ghi gì:", l.File, len(checked.Problems))
		}
		return err
	}
	for _, line := range checked.Lines {
		c.say("%5d  %-10s  %s (%s)", line.No, line.State.Name(), line.Label, line.Words)
	}
	c.say("%s", checked.Sentence())
	switch {
	case !checked.Changes():
		c.say("Không có gì phải ghi thêm.")
	case l.Yes:
		c.say("Đã ghi.")
	default:
		c.say("Chưa ghi gì; gõ lại lệnh với --yes để ghi.")
	}
	return nil
}

// readList reads a file, papers with a mark of secrecy refused first, as on the page.
func readList(ctx context.Context, name string) ([]table.Row, error) {
	f, size, err := openRefusing(ctx, name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return table.Read(f, size)
}

// openRefusing opens a file that the page would take: of a kind that is taken, and without a mark of secrecy.
func openRefusing(ctx context.Context, name string) (*os.File, int64, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, 0, fault.Invalid("", "Không mở được %s; hãy kiểm tra tên và quyền đọc.", name)
	}
	size, err := refusing(ctx, name, f)
	if err != nil {
		f.Close()
		return nil, 0, err
	}
	return f, size, nil
}

func refusing(ctx context.Context, name string, f *os.File) (size int64, err error) {
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() {
		return 0, fault.Invalid("", "%s không phải là tệp.", name)
	}
	kind, err := files.KindOf(f, info.Size())
	if err != nil {
		return 0, err
	}
	return info.Size(), library.Refuse(ctx, filepath.Base(name), files.Stored{Size: info.Size(), Kind: kind}, f)
}

// newFile writes a file where there is none yet.
func newFile(name string, body []byte) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return fault.Conflict("%s đã có; hãy chọn tên khác để không ghi đè.", name)
	}
	if err != nil {
		return fault.Invalid("", "Không ghi được %s; hãy kiểm tra thư mục và quyền ghi.", name)
	}
	defer f.Close()
	_, err = f.Write(body)
	return errors.Join(err, f.Sync())
}

// write puts the template where there is no file yet.
func (l *load) write(c *console, list lists.List) error {
	var body bytes.Buffer
	write := func() error { return table.XLSX(&body, list.Name, list.Blank()) }
	if strings.HasSuffix(strings.ToLower(l.File), ".csv") {
		write = func() error { return table.CSV(&body, list.Blank()) }
	}
	if err := write(); err != nil {
		return err
	}
	if err := newFile(l.File, body.Bytes()); err != nil {
		return err
	}
	c.say("Đã ghi bản mẫu vào %s.", l.File)
	return nil
}
