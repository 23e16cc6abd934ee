package cli

import (
	"context"
	"time"

	"giaoban/backup"
	"giaoban/internal/db"
	"giaoban/internal/fault"
)

type restore struct {
	place
	Source     string `arg:"" help:"Thư mục của một bản sao lưu, hoặc thư mục sao lưu: khi ấy lấy bản mới nhất." placeholder:"BẢN-SAO-LƯU"`
	Passphrase string `name:"passphrase-file" help:"Tệp giữ mật khẩu đã dùng để gói các bí mật." placeholder:"TỆP"`
	NoSecrets  bool   `name:"without-secrets" help:"Khôi phục mà bỏ các bí mật đã gói, khi không còn mật khẩu gói."`
}

func (r *restore) Run(ctx context.Context, c *console) error {
	var passphrase []byte
	if r.Passphrase != "" {
		var err error
		if passphrase, err = backup.ReadPassphrase(r.Passphrase); err != nil {
			return err
		}
	}
	set, err := backup.Find(r.Source)
	if err != nil {
		return err
	}
	if m, err := set.Manifest(); err != nil {
		return err
	} else if m.Secrets && passphrase == nil && !r.NoSecrets {
		return fault.Conflict("Bản sao lưu %s có bí mật được gói. Thêm --passphrase-file, hoặc --without-secrets nếu không còn mật khẩu gói.", set.Name())
	}
	c.note("Khôi phục bản sao lưu %s.", set.Name())
	began, stages := time.Now(), c.stages()
	m, err := backup.Restore(ctx, set, backup.Target{Data: r.Data, URL: r.DB}, passphrase, stages.to)
	stages.end()
	if err != nil {
		return err
	}
	took := time.Since(began)
	c.say("Đã khôi phục vào %s trong %s: bản lập lúc %s bằng giaoban %s.", r.Data, seconds(took), db.InstantOf(m.At), m.Program)
	c.say("Nhật ký %d dòng, gốc %s; %d dòng của %d bảng; %d tệp.", m.Head.Size, m.Head.Root, total(m.Rows), len(m.Rows), len(m.Files))
	if len(m.Missing) > 0 {
		c.note("Bản này thiếu %d tệp đã mất hoặc hỏng từ trước khi sao lưu, ví dụ %s.", len(m.Missing), m.Missing[0])
	}
	c.note("Các phiên đăng nhập không được khôi phục: mọi người đăng nhập lại.")
	return (&verify{place: r.place}).Run(ctx, c)
}
