package cli

import (
	"context"
	"encoding/json"

	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/report"
)

type form struct {
	place
	Regime string `help:"Mã chế độ báo cáo." placeholder:"MÃ"`
	Period string `help:"Kỳ, như 2022-03, 2022-Q1, 2022." placeholder:"KỲ"`
	Org    string `help:"Mã cơ quan phải báo cáo." placeholder:"MÃ"`
	Out    string `short:"o" help:"Tệp .xlsx được ghi ra." placeholder:"TỆP"`
	Check  string `help:"Kiểm một biểu đã điền; không ghi gì vào cơ sở dữ liệu." placeholder:"TỆP"`
	JSON   bool   `name:"json" help:"Kết quả kiểm là một đối tượng JSON: good, wrong."`
}

// Run writes a book, or checks one. The check fails when a cell is wrong.
func (f *form) Run(ctx context.Context, c *console) error {
	switch {
	case f.Check != "" && f.Regime+f.Period+f.Org+f.Out != "":
		return misuse{"--check đọc mọi thứ từ trong tệp, không dùng cùng --regime, --period, --org, -o."}
	case f.Check != "":
		return f.check(ctx, c)
	case f.Regime == "" || f.Period == "" || f.Org == "" || f.Out == "":
		return misuse{"Cần đủ --regime, --period, --org và -o; hoặc --check với một biểu đã điền."}
	case f.JSON:
		return misuse{"--json chỉ dùng cùng --check."}
	}
	period, err := calendar.ParsePeriod(f.Period)
	if err != nil {
		return misuse{err.Error()}
	}
	d, _, err := f.open(ctx, false, db.Config{})
	if err != nil {
		return err
	}
	defer d.Close()
	var book []byte
	var ahead bool
	if err := d.Read(ctx, func(tx *db.Tx) (err error) {
		book, ahead, err = report.BookFor(tx, byHand, f.Regime, period, f.Org)
		return err
	}); err != nil {
		return err
	}
	if err := newFile(f.Out, book); err != nil {
		return err
	}
	if ahead {
		c.note("Kỳ %s chưa mở: biểu trắng theo biểu mẫu sẽ dùng cho kỳ ấy, đưa vào được từ khi mở kỳ.", period.Name())
	}
	c.say("Đã ghi biểu Excel vào %s.", f.Out)
	return nil
}

// bookShape is the answer for other programs; its names are promised.
type bookShape struct {
	Good  int                  `json:"good"`
	Wrong []report.BookProblem `json:"wrong"`
}

func (f *form) check(ctx context.Context, c *console) error {
	file, size, err := openRefusing(ctx, f.Check)
	if err != nil {
		return err
	}
	defer file.Close()
	filled, err := report.ReadBook(file, size)
	if err != nil {
		return err
	}
	d, _, err := f.open(ctx, false, db.Config{})
	if err != nil {
		return err
	}
	defer d.Close()
	var got report.BookCheck
	if err := d.Read(ctx, func(tx *db.Tx) (err error) {
		got, err = report.CheckBookOf(tx, byHand, filled)
		return err
	}); err != nil {
		return err
	}
	if f.JSON {
		e := json.NewEncoder(c.out)
		e.SetEscapeHTML(false)
		if err := e.Encode(bookShape{got.Good, append([]report.BookProblem{}, got.Wrong...)}); err != nil {
			return err
		}
	} else {
		f.tell(c, got)
	}
	if len(got.Wrong) > 0 {
		return fault.Invalid("", "%s: %d ô chưa nhận được.", f.Check, len(got.Wrong))
	}
	return nil
}

func (f *form) tell(c *console, got report.BookCheck) {
	if got.Note != "" {
		c.note("%s", got.Note)
	}
	for _, one := range got.Formulas {
		c.say("%s!%s: %s lấy từ công thức, giá trị lưu trong tệp là %s.", one.Sheet, one.Cell, one.What, one.Now)
	}
	for _, one := range got.Changed {
		c.say("%s!%s: %s đang khác bản nháp.", one.Sheet, one.Cell, one.What)
	}
	for _, one := range got.Wrong {
		c.say("%s!%s: %s", one.Sheet, one.Cell, one.Problem)
	}
	c.say("%s.", got.Sentence())
}
