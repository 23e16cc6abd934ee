package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"giaoban/backup"
	"giaoban/internal/db"
	"giaoban/internal/files"
)

// keeping is what a backup by hand and the one of a running program are told alike.
type keeping struct {
	Keep       string `help:"Quy tắc giữ các bản cũ: mọi bản của số ngày, mỗi tuần một bản, mỗi tháng một bản." default:"7d,8w,24m" placeholder:"QUY-TẮC"`
	Passphrase string `name:"passphrase-file" help:"Tệp giữ mật khẩu gói các bí mật (bi-mat/); không có thì bí mật không vào bản sao lưu." placeholder:"TỆP"`
}

// options reads what was typed. The passphrase is nil without its file.
func (k keeping) options(told backup.Progress) (o backup.Options, err error) {
	rule, err := backup.ReadRule(k.Keep)
	if err != nil {
		return o, misuse{sentence(err) + "."}
	}
	o = backup.Options{Program: programVersion(), Keep: rule, Told: told}
	if k.Passphrase != "" {
		o.Passphrase, err = backup.ReadPassphrase(k.Passphrase)
	}
	return o, err
}

type backUp struct {
	place
	keeping
	Dest string `arg:"" help:"Thư mục sao lưu, trên ổ đĩa hoặc máy khác." placeholder:"NƠI-LƯU"`
}

func (b *backUp) Run(ctx context.Context, c *console) error {
	if err := b.there(); err != nil {
		return err
	}
	stages := c.stages()
	o, err := b.options(stages.to)
	if err != nil {
		return err
	}
	d, store, err := b.openAsItIs(ctx, db.Config{})
	if err != nil {
		return err
	}
	defer d.Close()
	began := time.Now()
	made, err := makeSet(ctx, d, store, b.place, b.Dest, 0, o)
	stages.end()
	if err != nil {
		return err
	}
	c.say("Đã sao lưu vào %s trong %s.", made.Folder, seconds(time.Since(began)))
	c.say("Nhật ký %d dòng, gốc %s; %d dòng của %d bảng; %d tệp, trong đó %d tệp mới chép.", made.Head.Size, made.Head.Root, total(made.Rows), len(made.Rows), len(made.Files), made.Copied)
	for _, s := range made.Gone {
		c.say("Bỏ bản cũ %s theo quy tắc giữ %s.", s.Name(), o.Keep)
	}
	b.remark(c, made, o)
	if len(made.Missing) > 0 {
		return fmt.Errorf("bản sao lưu thiếu %d tệp vì kho tệp đã mất hoặc hỏng chúng từ trước, ví dụ %s; chạy giaoban verify", len(made.Missing), made.Missing[0])
	}
	return nil
}

// remark says what the office should know about a set that was made.
func (b *backUp) remark(c *console, made *backup.Made, o backup.Options) {
	switch {
	case made.Secrets:
		c.note("Bí mật của máy này đã được gói; giữ mật khẩu gói ở nơi khác với bản sao lưu.")
	case o.Passphrase == nil:
		c.note("Bí mật của máy này (thư mục %s) và các phiên đăng nhập không có trong bản sao lưu.", backup.SecretFolder)
	}
	if made.Unswept {
		c.note("Có bản kê cũ không đọc được nên chưa bỏ tệp nào trong kho chung.")
	}
	if sameDisk(b.Data, b.Dest) {
		c.note("%s nằm cùng ổ đĩa với dữ liệu: hỏng ổ là mất cả hai. Nên chép tiếp sang máy khác.", b.Dest)
	}
}

// makeSet makes a set and keeps what came of it beside the data.
func makeSet(ctx context.Context, d *db.DB, store *files.Store, at place, dest string, every time.Duration, o backup.Options) (*backup.Made, error) {
	o.Now = time.Now() // by the machine's clock, whatever time the data lives in
	made, err := backup.Make(ctx, backup.Source{DB: d, URL: at.DB, Files: store, Data: at.Data}, dest, o)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	return made, errors.Join(err, backup.Note(at.Data, dest, every, time.Now(), made, err))
}

func sameDisk(a, b string) bool {
	var one, other syscall.Stat_t
	return syscall.Stat(a, &one) == nil && syscall.Stat(b, &other) == nil && one.Dev == other.Dev
}

func total(rows map[string]int64) (n int64) {
	for _, in := range rows {
		n += in
	}
	return n
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.1f giây", d.Seconds()) }

// backups are what serve is told about sets made while it runs.
type backups struct {
	Dest  string        `name:"backup" help:"Thư mục sao lưu: trong khi chạy, tự lập bản sao lưu vào đó." placeholder:"NƠI-LƯU"`
	Every time.Duration `name:"backup-every" help:"Bao lâu sao lưu một lần, ví dụ 24h." default:"24h" placeholder:"KHOẢNG"`
	keeping
}

// shortestPeriod between two sets of a running program.
const shortestPeriod = time.Minute

// work is the round that makes sets; nil when nobody asked for any.
func (b backups) work() (*work, error) {
	if b.Dest == "" {
		return nil, nil
	}
	if b.Every < shortestPeriod {
		return nil, misuse{"--backup-every phải từ 1m trở lên; thường là 24h."}
	}
	o, err := b.options(nil)
	if err != nil {
		return nil, err
	}
	dest, err := filepath.Abs(b.Dest)
	if err != nil {
		return nil, err
	}
	return &work{"sao lưu", func(ctx context.Context, d *db.DB, store *files.Store, at place) (string, error) {
		state, err := backup.ReadState(at.Data)
		if err == nil && state.Dest == dest && !state.Due(b.Every, time.Now()) {
			return "", nil
		}
		made, err := makeSet(ctx, d, store, at, dest, b.Every, o)
		if err != nil {
			return "", err
		}
		if len(made.Missing) > 0 {
			return "", fmt.Errorf("%s thiếu %d tệp vì kho tệp đã mất hoặc hỏng chúng từ trước", made.Name(), len(made.Missing))
		}
		return fmt.Sprintf("%s, %d tệp mới, bỏ %d bản cũ", made.Name(), made.Copied, len(made.Gone)), nil
	}}, nil
}

// backupsOf tells the administrator's desk how old the newest backup is; a place to try things out needs none.
func backupsOf(data string, dev bool) func() (sentence string, good bool) {
	if dev {
		return nil
	}
	return func() (string, bool) {
		state, err := backup.ReadState(data)
		if err != nil {
			return "Không đọc được tình trạng sao lưu; người quản trị máy chạy giaoban doctor.", false
		}
		return state.Words(time.Now())
	}
}

// backedUp looks at the age of the newest good backup.
func (k *checkup) backedUp(data string) {
	state, err := backup.ReadState(data)
	if err != nil {
		k.care("Không đọc được tình trạng sao lưu trong %s: %v.", data, err)
		return
	}
	words, good := state.Words(time.Now())
	if !good {
		k.care("%s", words)
		return
	}
	k.good("%s", words)
	if _, err := os.Stat(state.Dest); err != nil {
		k.care("Nơi lưu %s hiện không thấy; nếu là ổ rời thì gắn lại trước lượt sao lưu sau.", state.Dest)
	}
}
