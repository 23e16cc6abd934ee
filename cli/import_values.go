package cli

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"

	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/table"
	"giaoban/report"
)

type importValues struct {
	place
	Regime string   `required:"" help:"Mã chế độ báo cáo." placeholder:"MÃ"`
	File   string   `arg:"" help:"Tệp CSV có các cột org,period,indicator,value,estimate, sau đó có thể có cột note ghi lý do; hoặc bảng cơ quan × chỉ tiêu (.csv, .xlsx)."`
	Period string   `help:"Kỳ của bảng cơ quan × chỉ tiêu." placeholder:"KỲ"`
	Names  []string `name:"name" sep:"none" help:"Tên cột hoặc tên dòng trong bảng và mã của nó; ghi nhiều lần nếu có nhiều. Chỉ cần một lần, sau đó chương trình nhớ." placeholder:"TÊN=MÃ"`
	Reason string   `help:"Lý do chung cho những số cách xa kỳ trước và cùng kỳ năm trước." placeholder:"CÂU"`
	Yes    bool     `help:"Ghi vào cơ sở dữ liệu. Không có cờ này thì chỉ cho xem trước."`
}

func (i *importValues) Run(ctx context.Context, c *console) error {
	chosen, err := i.labels()
	if err != nil {
		return err
	}
	file, err := os.Open(i.File)
	if err != nil {
		return fault.Invalid("file", "Không mở được tệp %s; hãy kiểm tra tên và quyền đọc.", i.File)
	}
	defer file.Close()
	rows, err := i.table(ctx, file)
	if err != nil {
		return err
	}
	d, _, err := i.open(ctx, false, db.Config{})
	if err != nil {
		return err
	}
	defer d.Close()
	var read *report.Import
	var how report.TableReading
	if rows != nil {
		options := report.TableOptions{Period: i.Period, Reason: i.Reason, Chosen: chosen}
		err = d.Read(ctx, func(tx *db.Tx) (err error) {
			read, how, err = report.ReadTable(tx, byHand, i.Regime, rows, options)
			return err
		})
	} else {
		read, err = i.lines(ctx, c, d, file)
	}
	if err != nil {
		return err
	}
	tellReading(c, how)
	if read == nil {
		return i.ask(c, how.Asked)
	}
	return i.enter(ctx, c, d, read)
}

// table reads the file where it is a table as offices make them; nil for the file of programs.
func (i *importValues) table(ctx context.Context, file *os.File) ([]table.Row, error) {
	head := make([]byte, 4<<10)
	n, err := file.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if head = head[:n]; !bytes.HasPrefix(head, []byte("PK\x03\x04")) && bytes.IndexByte(head, 0) < 0 && !report.IsTable(string(head)) {
		return nil, nil
	}
	size, err := refusing(ctx, i.File, file)
	if err != nil {
		return nil, err
	}
	return table.Read(file, size)
}

// labels are what --name says that names of the table mean.
func (i *importValues) labels() (all []report.TableLabel, err error) {
	for _, said := range i.Names {
		at := strings.LastIndex(said, "=")
		if at < 1 || at == len(said)-1 {
			return nil, misuse{"--name viết như --name \"Số bác sĩ=YT11\"; mã “-” là không lấy."}
		}
		for _, kind := range []report.LabelKind{report.LabelIndicator, report.LabelBody} {
			all = append(all, report.TableLabel{Kind: kind, Text: said[:at], Means: said[at+1:]})
		}
	}
	return all, nil
}

// ask says which names of the table nobody has explained yet, and how that is done.
func (i *importValues) ask(c *console, asked []report.TableLabel) error {
	for _, one := range asked {
		c.note("--name \"%s=%s\"", one.Text, cmp.Or(one.Means, "?"))
	}
	return fault.Invalid("", "Bảng có %d tên chưa biết nghĩa. Thêm các cờ trên, sửa mã nào chưa đúng (“-” là không lấy); khi nhập với --yes chương trình nhớ lại.", len(asked))
}

// tellReading says how a table was understood, where that is more than one line of names over rows that are all taken.
func tellReading(c *console, how report.TableReading) {
	for _, line := range how.Above {
		c.note("Dòng trên bảng, không lấy: %s", line)
	}
	if how.Heads > 1 {
		c.note("Tên cột ghi trong %d dòng, đọc là: %s.", how.Heads, strings.Join(columnNames(how), "; "))
	}
	if out := how.LeftOut(); len(out) > 0 {
		c.note("Cột, dòng không lấy: %s.", strings.Join(out, "; "))
	}
	for _, line := range how.Beside {
		c.note("Dòng không có số liệu, không lấy: %s", line)
	}
}

func columnNames(how report.TableReading) (names []string) {
	for _, one := range how.Columns {
		names = append(names, one.Text)
	}
	return names
}

// lines reads the file of programs, however long.
func (i *importValues) lines(ctx context.Context, c *console, d *db.DB, file *os.File) (read *report.Import, err error) {
	size := int64(0)
	if info, err := file.Stat(); err == nil {
		size = info.Size()
	}
	reading := c.progress("Đọc, kiểm tra")
	err = d.Read(ctx, func(tx *db.Tx) (err error) {
		read, err = report.ReadImport(tx, byHand, i.Regime, file, i.Reason, func(done, _ int64) { reading.to(done, size) })
		return err
	})
	reading.end()
	return read, err
}

// enter shows what the file does, or does it.
func (i *importValues) enter(ctx context.Context, c *console, d *db.DB, read *report.Import) error {
	read.File = filepath.Base(i.File)
	if !i.Yes {
		tellImport(c, read.Preview())
	}
	if err := read.Err(); err != nil {
		return err
	}
	if !i.Yes {
		c.say("Chưa ghi gì. Thêm --yes để nhập đúng như trên.")
		return nil
	}
	writing := c.progress("Ghi")
	var result report.ImportResult
	err := d.WriteLong(ctx, func(tx *db.Tx) (err error) {
		result, err = report.WriteImport(tx, byHand, read, writing.to)
		return err
	})
	writing.end()
	if err != nil {
		return err
	}
	c.say("%s", result.Sentence())
	return nil
}

// tellImport lists what a file would do, a body and period a line.
func tellImport(c *console, p report.Preview) {
	for _, period := range p.Opens {
		c.say("Sẽ mở %s.", period.Name())
	}
	for _, b := range p.Bodies {
		c.say("%s, %s: %s; %s.", b.Code, b.Period.Name(), b.Counts(), b.Becomes())
		for _, change := range b.Figures {
			c.say("  %s", change.Sentence())
		}
	}
	c.say("Cộng: %s.", p.Total.Counts())
}
