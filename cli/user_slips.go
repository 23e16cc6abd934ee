package cli

import (
	"context"
	"slices"
	"strings"

	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/people"
)

type userSlips struct {
	place
	Logins []string `arg:"" optional:"" name:"tên-đăng-nhập" help:"Chỉ những người này; bỏ trống là mọi người chưa có mật khẩu."`
	URL    string   `help:"Địa chỉ ghi trên phiếu." placeholder:"https://…"`
}

// Run gives passwords to be used once and writes one slip for each on standard output, to be printed and cut.
func (u *userSlips) Run(ctx context.Context, c *console) error {
	d, _, err := u.open(ctx, false, db.Config{})
	if err != nil {
		return err
	}
	defer d.Close()
	var waiting []people.Account
	if err := d.Read(ctx, func(tx *db.Tx) (err error) {
		waiting, err = u.whose(tx)
		return err
	}); err != nil {
		return err
	}
	if len(waiting) == 0 {
		c.note("Không ai chờ phiếu: mọi tài khoản đều đã có mật khẩu.")
		return nil
	}
	made := make([]people.OneTime, len(waiting))
	bar := c.progress("Tạo mật khẩu")
	for i := range waiting {
		if made[i], err = people.NewOneTime(); err != nil {
			return err
		}
		bar.to(int64(i+1), int64(len(waiting)))
	}
	bar.end()
	var slips []people.Slip
	if err := d.Write(ctx, func(tx *db.Tx) error {
		slips = nil
		for i, a := range waiting {
			slip, err := people.HandOut(tx, byHand, a.ID, made[i])
			if err != nil {
				return err
			}
			slips = append(slips, slip)
		}
		return nil
	}); err != nil {
		return err
	}
	for _, s := range slips {
		c.say("%s\n%s\n%s, %s", strings.Repeat("- ", 30), s.Account.Name, s.Account.Title, s.Account.BodyCode)
		if u.URL != "" {
			c.say("Địa chỉ:           %s", u.URL)
		}
		c.say("Tên đăng nhập:     %s\nMật khẩu lần đầu:  %s\nGõ cả dấu gạch nối; vào lần đầu phải đổi. Dùng được đến %s.\n", s.Account.Login, s.Password, s.Until)
	}
	c.note("Đã tạo %d phiếu; mỗi mật khẩu chỉ in ra lần này.", len(slips))
	return nil
}

// whose are the accounts that get a slip.
func (u *userSlips) whose(tx *db.Tx) ([]people.Account, error) {
	waiting, err := people.AwaitSlip(tx, byHand)
	if err != nil {
		return nil, err
	}
	if len(u.Logins) == 0 {
		return slices.DeleteFunc(waiting, func(a people.Account) bool { return a.HasPhrase }), nil
	}
	var chosen []people.Account
	for _, login := range u.Logins {
		at := slices.IndexFunc(waiting, func(a people.Account) bool { return a.Login == strings.ToLower(login) })
		if at < 0 {
			return nil, fault.Conflict("%s không chờ phiếu: không có tài khoản ấy, hoặc đã đặt mật khẩu của mình. Đặt lại bằng giaoban user passwd.", login)
		}
		chosen = append(chosen, waiting[at])
	}
	return chosen, nil
}
