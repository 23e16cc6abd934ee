package cli

import (
	"bufio"
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

	"golang.org/x/term"
)

// byHand is who acts when the IT officer types a command: whoever can run it has the data in hand anyway.
var byHand = access.System("lệnh trên máy chủ")

type user struct {
	Add     userAdd     `cmd:"" help:"Thêm người dùng; mật khẩu được hỏi, không ghi trên dòng lệnh."`
	Passwd  userPasswd  `cmd:"" help:"Đặt lại mật khẩu."`
	List    userList    `cmd:"" help:"Liệt kê tài khoản."`
	Disable userDisable `cmd:"" help:"Khóa tài khoản, kết thúc các phiên đang mở."`
	Slips   userSlips   `cmd:"" help:"In phiếu mật khẩu dùng một lần cho người chưa có mật khẩu."`
	NoCode  userNoCode  `cmd:"" help:"Bỏ xác thực hai bước của người mất điện thoại và hết mã dự phòng."`
}

type userAdd struct {
	place
	Login   string `arg:"" help:"Tên đăng nhập, ví dụ nva.syt."`
	Name    string `required:"" help:"Họ và tên." placeholder:"TÊN"`
	Role    string `required:"" help:"Vai trò: commission_officer, commission_leader, clerk, agency_officer, agency_leader, speaker, administrator." placeholder:"VAI-TRÒ"`
	Org     string `required:"" help:"Mã cơ quan." placeholder:"MÃ"`
	OrgName string `help:"Tên của Ban; chỉ dùng lần đầu, khi Danh bạ còn trống." placeholder:"TÊN"`
	Title   string `help:"Chức vụ, ghi như in dưới chữ ký." placeholder:"CHỨC-VỤ" default:"Chuyên viên"`
	Signs   string `help:"Quyền ký: head, acting, in_charge, deputy, by_order, delegated, none; bỏ trống là theo chức vụ." placeholder:"QUYỀN-KÝ"`
	Phone   string `help:"Điện thoại cơ quan." placeholder:"SỐ"`
}

func (u *userAdd) Run(ctx context.Context, c *console) error {
	role := access.Role(u.Role)
	if !role.Known() {
		return misuse{fmt.Sprintf("Không có vai trò “%s”.", u.Role)}
	}
	d, _, err := u.open(ctx, u.OrgName != "", db.Config{})
	if err != nil {
		return err
	}
	defer d.Close()
	hash, err := c.newPassword(u.Login)
	if err != nil {
		return err
	}
	err = d.Write(ctx, func(tx *db.Tx) error {
		body, err := u.body(tx)
		if err != nil {
			return err
		}
		person, err := people.AddPerson(tx, byHand, u.Name, u.Phone)
		if err != nil {
			return err
		}
		if _, err := people.AddPost(tx, byHand, person, body.ID, u.Title, role, people.Signing(u.Signs), calendar.OfInstant(tx.Clock()), calendar.Date{}); err != nil {
			return err
		}
		_, err = people.AddAccount(tx, byHand, person, u.Login, hash)
		return err
	})
	if err == nil {
		c.say("Đã thêm %s (%s) cho %s.", u.Login, role.Name(), u.Org)
	}
	return err
}

// body finds the body, or founds the commission in an empty directory.
func (u *userAdd) body(tx *db.Tx) (org.Body, error) {
	today := calendar.OfInstant(tx.Clock())
	b, err := org.ByCode(tx, byHand, u.Org, today)
	if u.OrgName == "" || !fault.Is(err, fault.KindMissing) {
		return b, err
	}
	some, err := tx.Exists("select 1 from body")
	if err != nil {
		return b, err
	}
	if some {
		return b, fault.Conflict("Danh bạ đã có cơ quan; hãy thêm %s ở trang Danh bạ rồi thêm người dùng, không dùng --org-name.", u.Org)
	}
	return org.Found(tx, byHand, org.Founding{Code: u.Org, Symbol: u.Org, Name: u.OrgName})
}

// newPassword asks for a password, twice on a terminal, and gives its hash.
func (c *console) newPassword(login string) (string, error) {
	password, err := c.password("Mật khẩu mới: ")
	if err != nil {
		return "", err
	}
	if err := people.CheckPassword(password, login); err != nil {
		return "", err
	}
	if f, ok := c.in.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		again, err := c.password("Gõ lại mật khẩu: ")
		if err != nil {
			return "", err
		}
		if again != password {
			return "", fault.Invalid("password", "Hai lần gõ không giống nhau; chưa có gì thay đổi.")
		}
	}
	return people.HashPassword(password)
}

// password reads one line: unseen on a terminal, as it is from a pipe.
func (c *console) password(prompt string) (string, error) {
	if f, ok := c.in.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		fmt.Fprint(c.err, prompt)
		typed, err := term.ReadPassword(int(f.Fd()))
		fmt.Fprintln(c.err)
		return string(typed), err
	}
	line, err := bufio.NewReader(c.in).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", err
	}
	return strings.TrimRight(line, "\r\n"), nil
}

type userPasswd struct {
	place
	Login string `arg:"" help:"Tên đăng nhập."`
}

func (u *userPasswd) Run(ctx context.Context, c *console) error {
	d, _, err := u.open(ctx, false, db.Config{})
	if err != nil {
		return err
	}
	defer d.Close()
	var account people.Account
	find := func(tx *db.Tx) (err error) {
		account, err = people.FindAccount(tx, byHand, u.Login)
		return err
	}
	if err := d.Read(ctx, find); err != nil {
		return err
	}
	hash, err := c.newPassword(u.Login)
	if err != nil {
		return err
	}
	if err := d.Write(ctx, func(tx *db.Tx) error { return people.SetPassword(tx, byHand, account.ID, hash) }); err != nil {
		return err
	}
	c.say("Đã đổi mật khẩu của %s; các phiên đang mở đã kết thúc.", account.Login)
	return nil
}

type userList struct {
	place
}

func (u *userList) Run(ctx context.Context, c *console) error {
	d, _, err := u.open(ctx, false, db.Config{})
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Read(ctx, func(tx *db.Tx) error {
		all, err := people.Accounts(tx, byHand)
		if err != nil {
			return err
		}
		for _, a := range all {
			state := "đang dùng"
			if a.Disabled() {
				state = "đã khóa"
			}
			c.say("%-24s %-28s %-20s %-10s %s", a.Login, a.Name, a.Role, a.BodyCode, state)
		}
		return nil
	})
}

type userDisable struct {
	place
	Login string `arg:"" help:"Tên đăng nhập."`
}

func (u *userDisable) Run(ctx context.Context, c *console) error {
	only := ""
	err := u.account(ctx, u.Login, func(tx *db.Tx, by access.Actor, account db.ID) error {
		a, err := people.FindAccount(tx, by, u.Login)
		if err != nil {
			return err
		}
		if last, err := people.OnlyOf(tx, a); err != nil {
			return err
		} else if last {
			only = a.BodyCode
		}
		return people.Disable(tx, by, account)
	})
	if err != nil {
		return err
	}
	c.say("Đã khóa %s.", u.Login)
	if only != "" {
		c.say("Đó là tài khoản cuối cùng của %s: chưa ai đăng nhập được cho cơ quan này nữa.", only)
	}
	return nil
}

type userNoCode struct {
	place
	Login string `arg:"" help:"Tên đăng nhập."`
}

func (u *userNoCode) Run(ctx context.Context, c *console) error {
	err := u.account(ctx, u.Login, func(tx *db.Tx, by access.Actor, account db.ID) error {
		return people.DropFactor(tx, by, account, "")
	})
	if err == nil {
		c.say("Đã bỏ xác thực hai bước của %s; lần vào sau chỉ cần mật khẩu.", u.Login)
	}
	return err
}

// account runs one act on somebody's account.
func (p place) account(ctx context.Context, login string, act func(tx *db.Tx, by access.Actor, account db.ID) error) error {
	d, _, err := p.open(ctx, false, db.Config{})
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Write(ctx, func(tx *db.Tx) error {
		a, err := people.FindAccount(tx, byHand, login)
		if err != nil {
			return err
		}
		return act(tx, byHand, a.ID)
	})
}
