package cli

import (
	"context"
	"fmt"

	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/people"
)

type token struct {
	Add    tokenAdd    `cmd:"" help:"Tạo mã truy cập; mã được in ở dòng cuối, một lần duy nhất."`
	Revoke tokenRevoke `cmd:"" help:"Thu hồi mã truy cập."`
}

type tokenAdd struct {
	place
	Role    string `required:"" help:"Vai trò của chương trình ngoài." placeholder:"VAI-TRÒ"`
	Org     string `help:"Mã cơ quan; bỏ trống là Ban." placeholder:"MÃ"`
	AnyBody bool   `help:"Được gửi báo cáo thay mọi cơ quan."`
	Name    string `help:"Mã dùng để làm gì." placeholder:"TÊN"`
}

func (t *tokenAdd) Run(ctx context.Context, c *console) error {
	role := access.Role(t.Role)
	if !role.Known() {
		return misuse{fmt.Sprintf("Không có vai trò “%s”.", t.Role)}
	}
	d, _, err := t.open(ctx, false, db.Config{})
	if err != nil {
		return err
	}
	defer d.Close()
	var secret string
	var id db.ID
	if err := d.Write(ctx, func(tx *db.Tx) (err error) {
		secret, id, err = people.AddToken(tx, byHand, role, t.Org, t.AnyBody, t.Name)
		return err
	}); err != nil {
		return err
	}
	c.note("Mã truy cập %s, vai trò %s. Hãy cất mã dưới đây; chương trình không giữ bản nào.", id, role.Name())
	c.say("%s", secret)
	return nil
}

type tokenRevoke struct {
	place
	Token string `arg:"" help:"Mã truy cập, hoặc số của mã trong danh sách."`
}

func (t *tokenRevoke) Run(ctx context.Context, c *console) error {
	d, _, err := t.open(ctx, false, db.Config{})
	if err != nil {
		return err
	}
	defer d.Close()
	if err := d.Write(ctx, func(tx *db.Tx) error { return people.RevokeToken(tx, byHand, t.Token) }); err != nil {
		return err
	}
	c.say("Đã thu hồi.")
	return nil
}
