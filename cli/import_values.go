package cli

import (
	"context"
	"os"
	"path/filepath"

	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/report"
)

type importValues struct {
	place
	Regime string `required:"" help:"Mã chế độ báo cáo." placeholder:"MÃ"`
	File   string `arg:"" help:"Tệp CSV có các cột org,period,indicator,value,estimate; sau đó có thể có cột note ghi lý do."`
	Reason string `help:"Lý do chung cho những số cách xa kỳ trước và cùng kỳ năm trước." placeholder:"CÂU"`
	Yes    bool   `help:"Ghi vào cơ sở dữ liệu. Không có cờ này thì chỉ cho xem trước."`
}

func (i *importValues) Run(ctx context.Context, c *console) error {
	file, err := os.Open(i.File)
	if err != nil {
		return fault.Invalid("file", "Không mở được tệp %s; hãy kiểm tra tên và quyền đọc.", i.File)
	}
	defer file.Close()
	size := int64(0)
	if info, err := file.Stat(); err == nil {
		size = info.Size()
	}
	d, _, err := i.open(ctx, false, db.Config{})
	if err != nil {
		return err
	}
	defer d.Close()
	reading := c.progress("Đọc, kiểm tra")
	var read *report.Import
	err = d.Read(ctx, func(tx *db.Tx) (err error) {
		read, err = report.ReadImport(tx, byHand, i.Regime, file, i.Reason, func(done, _ int64) { reading.to(done, size) })
		return err
	})
	reading.end()
	if err != nil {
		return err
	}
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
	err = d.WriteLong(ctx, func(tx *db.Tx) (err error) {
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
