package cli

import (
	"context"
	"fmt"

	"giaoban/calendar"
	"giaoban/deadline"
	"giaoban/internal/db"
	"giaoban/org"
)

type holiday struct {
	Add    addHoliday    `cmd:"" help:"Ghi một ngày nghỉ hoặc ngày làm bù; nêu các hạn đang mở phải dời theo."`
	Remove removeHoliday `cmd:"" help:"Bỏ một ngày khỏi lịch nghỉ; điều đã ghi trước vẫn còn."`
}

// dayOf is the day a command is about, and the document that says so.
type dayOf struct {
	place
	Date     string `arg:"" name:"ngày" help:"Ngày, như 15/6/2022 hoặc 2022-06-15."`
	Document string `required:"" help:"Văn bản làm căn cứ." placeholder:"SỐ-KÝ-HIỆU"`
}

type addHoliday struct {
	dayOf
	Kind string `enum:"holiday,compensatory,swap_off,make_up,office" default:"holiday" help:"holiday (lễ, tết), compensatory (nghỉ bù), swap_off (nghỉ hoán đổi), make_up (làm bù), office (nghỉ riêng của cơ quan)."`
	Name string `help:"Dịp nghỉ, hoặc làm bù thay cho ngày nào; để trống thì ghi theo loại ngày."`
}

func (a *addHoliday) Run(ctx context.Context, c *console) error {
	kind, err := calendar.ParseDayKind(a.Kind)
	if err != nil {
		return err
	}
	return a.change(ctx, c, func(tx *db.Tx, day calendar.Date) (string, error) {
		name := a.Name
		if name == "" {
			name = "theo " + a.Document
		}
		return fmt.Sprintf("Đã ghi %s: %s %s.", day.WithWeekday(), kind.Name(), name),
			org.AddHoliday(tx, byHand, calendar.Day{Date: day, Kind: kind, Name: name, Source: a.Document})
	})
}

type removeHoliday struct{ dayOf }

func (r *removeHoliday) Run(ctx context.Context, c *console) error {
	return r.change(ctx, c, func(tx *db.Tx, day calendar.Date) (string, error) {
		return fmt.Sprintf("Đã bỏ %s khỏi lịch.", day.WithWeekday()), org.RemoveHoliday(tx, byHand, day, r.Document)
	})
}

// change writes what is said of the day and tells the deadlines that it leaves to be moved by a person.
func (d dayOf) change(ctx context.Context, c *console, say func(tx *db.Tx, day calendar.Date) (string, error)) error {
	day, err := calendar.ParseDate(d.Date)
	if err != nil {
		if day, err = calendar.ReadDate(d.Date); err != nil {
			return err
		}
	}
	base, _, err := d.open(ctx, false, db.Config{})
	if err != nil {
		return err
	}
	defer base.Close()
	told := ""
	var moved []deadline.Proposal
	if err := base.Write(ctx, func(tx *db.Tx) (err error) {
		if told, err = say(tx, day); err == nil {
			moved, err = deadline.Proposals(tx, byHand)
		}
		return err
	}); err != nil {
		return err
	}
	c.say("%s", told)
	waiting := 0
	for _, p := range moved {
		if !p.Told {
			waiting++
			c.say("  %s: %s → %s", p.Title, p.From.Vietnamese(), p.To.Vietnamese())
		}
	}
	if waiting == 0 {
		c.say("Không hạn đang mở nào phải dời.")
		return nil
	}
	c.say("%d hạn đang mở cần dời; chưa hạn nào đổi. Xem và xác nhận ở trang Ngày nghỉ, dời hạn.", waiting)
	return nil
}
