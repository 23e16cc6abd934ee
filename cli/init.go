package cli

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/org"
	"giaoban/people"
	"giaoban/report"

	"golang.org/x/term"
)

// initialize founds an office in an empty place: what stands on its papers, and the administrator who goes on with it.
type initialize struct {
	place
	Province string   `help:"Tỉnh, thành phố, ví dụ “Khánh Hòa”." placeholder:"TỈNH"`
	Name     string   `help:"Tên của Ban hiện nay, ví dụ “Ban Tuyên giáo và Dân vận Tỉnh ủy”." placeholder:"TÊN"`
	Place    string   `help:"Địa danh trước ngày tháng của văn bản." placeholder:"ĐỊA-DANH"`
	Superior string   `help:"Cấp ủy cấp trên, như in ở đầu văn bản; bỏ trống là theo tỉnh." placeholder:"CẤP-ỦY"`
	Symbol   string   `help:"Ký hiệu của Ban trong số văn bản; bỏ trống là chữ đầu của tên." placeholder:"KÝ-HIỆU"`
	kits     []string // what using them did

	Admin     string   `help:"Tên đăng nhập của quản trị; mật khẩu đọc từ đầu vào chuẩn." placeholder:"TÊN-ĐĂNG-NHẬP"`
	AdminName string   `help:"Họ và tên của quản trị." placeholder:"HỌ-TÊN" default:"Quản trị hệ thống"`
	Kit       []string `help:"Bộ mẫu chế độ báo cáo: thang, quy, 9-thang, nam; nhiều bộ thì cách nhau dấu phẩy." placeholder:"BỘ-MẪU"`
	Yes       bool     `help:"Không hỏi: lấy giá trị được đề xuất cho những gì không ghi."`
}

func (i *initialize) Run(ctx context.Context, c *console) error {
	terminal := false
	if f, ok := c.in.(*os.File); ok {
		terminal = term.IsTerminal(int(f.Fd()))
	}
	d, _, err := i.open(ctx, true, db.Config{Now: c.now})
	if err != nil {
		return err
	}
	defer d.Close()
	if fresh, err := empty(ctx, d); err != nil || !fresh {
		return cmp.Or(err, error(fault.Conflict("%s đã có cơ quan. Sửa ở trang Thiết lập; muốn lập nơi khác thì chỉ thư mục khác bằng --data.", i.Data)))
	}
	var asks asker
	switch {
	case i.Yes:
		asks = takeProposed
	case terminal:
		asks = c.askOn(c.in)
	default:
		asks = refuseToGuess
	}
	var f org.Founding
	if err := d.Read(ctx, func(tx *db.Tx) (err error) {
		f, err = i.complete(tx, asks)
		return err
	}); err != nil {
		return err
	}
	hash, err := c.newPassword(i.Admin)
	if err != nil {
		return err
	}
	if err := d.WriteLong(ctx, func(tx *db.Tx) error { return i.found(tx, f, hash) }); err != nil {
		return err
	}
	c.say("Đã lập %s, %s.", f.Name, f.Province)
	c.say("Ký hiệu %s; đầu văn bản “%s”; địa danh “%s”.", f.Symbol, f.Superior, f.Place)
	for _, sentence := range i.kits {
		c.say("%s", sentence)
	}
	c.say("Tiếp theo: giaoban serve --data %s, đăng nhập bằng %s; trang Thiết lập nêu những bước còn lại.", i.Data, i.Admin)
	return nil
}

// asker gives the answer to one question: what was proposed, or what a person types instead.
type asker func(flag, label, proposed string) (string, error)

func takeProposed(flag, label, proposed string) (string, error) {
	if proposed == "" {
		return "", misuse{fmt.Sprintf("Thiếu %s (%s); không có gì để đề xuất.", flag, strings.ToLower(label))}
	}
	return proposed, nil
}

// refuseToGuess stands where nobody can be asked and nobody said --yes.
func refuseToGuess(flag, label, proposed string) (string, error) {
	if proposed == "" {
		return takeProposed(flag, label, proposed)
	}
	return "", misuse{fmt.Sprintf("Thiếu %s (%s). Ghi thêm, hoặc --yes để lấy “%s”.", flag, strings.ToLower(label), proposed)}
}

// askOn asks on a terminal; an empty line takes what is proposed. It reads no further than the line, because the
// password follows.
func (c *console) askOn(in io.Reader) asker {
	return func(_, label, proposed string) (string, error) {
		for {
			fmt.Fprint(c.err, label)
			if proposed != "" {
				fmt.Fprintf(c.err, " [%s]", proposed)
			}
			fmt.Fprint(c.err, ": ")
			line, err := bufio.NewReaderSize(oneByte{in}, 16).ReadString('\n')
			if answer := cmp.Or(strings.TrimSpace(line), proposed); answer != "" {
				return answer, nil
			}
			if err != nil {
				return "", errors.Join(context.Canceled, err)
			}
		}
	}
}

// oneByte hands bytes on one at a time, so that a buffer never takes more than was asked for.
type oneByte struct{ io.Reader }

func (o oneByte) Read(p []byte) (int, error) { return o.Reader.Read(p[:min(1, len(p))]) }

// complete asks for what was not given, each answer proposing the next.
func (i *initialize) complete(tx *db.Tx, ask asker) (f org.Founding, err error) {
	answer := func(value *string, flag, label, proposed string) {
		if *value == "" && err == nil {
			*value, err = ask(flag, label, proposed)
		}
	}
	answer(&i.Province, "--province", "Tỉnh, thành phố", "")
	if err != nil {
		return f, err
	}
	f = org.Founding{Province: i.Province, Name: i.Name, Symbol: i.Symbol, Superior: i.Superior, Place: i.Place}
	if f, err = f.Proposed(tx, byHand); err != nil {
		return f, err
	}
	answer(&i.Name, "--name", "Tên của Ban", f.Name)
	answer(&i.Place, "--place", "Địa danh trên văn bản", f.Place)
	if len(i.Kit) == 0 && err == nil {
		kit := ""
		if answer(&kit, "--kit", "Bộ mẫu chế độ báo cáo (thang, quy, 9-thang, nam)", "quy"); err == nil {
			i.Kit = strings.Split(kit, ",")
		}
	}
	for _, kit := range i.Kit {
		if err == nil {
			_, err = report.FindKit(strings.TrimSpace(kit))
		}
	}
	answer(&i.Admin, "--admin", "Tên đăng nhập của quản trị", "quantri")
	if err != nil {
		return f, err
	}
	return org.Founding{Province: i.Province, Name: i.Name, Symbol: i.Symbol, Superior: i.Superior, Place: i.Place}.Proposed(tx, byHand)
}

// found enters the office and its administrator in one transaction.
func (i *initialize) found(tx *db.Tx, f org.Founding, hash string) error {
	commission, err := org.Found(tx, byHand, f)
	if err != nil {
		return err
	}
	if i.Yes { // who takes what is proposed takes it for these two as well
		if err := errors.Join(org.Set(tx, byHand, org.Hours, org.UsualHours), org.FollowSectors(tx, byHand, org.SectorCodes())); err != nil {
			return err
		}
	}
	i.kits = nil // the transaction may be run again
	for _, kit := range i.Kit {
		used, err := report.UseKit(tx, byHand, strings.TrimSpace(kit), nil)
		if err != nil {
			return err
		}
		i.kits = append(i.kits, used.Sentence())
	}
	person, err := people.AddPerson(tx, byHand, i.AdminName, "")
	if err != nil {
		return err
	}
	today := calendar.OfInstant(tx.Clock())
	if _, err := people.AddPost(tx, byHand, person, commission.ID, "Quản trị hệ thống", access.Administrator, "", today, calendar.Date{}); err != nil {
		return err
	}
	_, err = people.AddAccount(tx, byHand, person, i.Admin, hash)
	return err
}
