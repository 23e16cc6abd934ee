package cli

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"giaoban/access"
	"giaoban/archive"
	"giaoban/internal/db"
	"giaoban/internal/fault"
)

// enter brings files into the archive; each waits there for a person to confirm what was read.
func (k *importFiles) enter(ctx context.Context, c *console, names []string, broken int) error {
	d, store, err := k.open(ctx, false, db.Config{})
	if err != nil {
		return err
	}
	defer d.Close()
	feeding := archive.Feeding{Store: store, Door: "command", Found: len(names), Confirmed: k.NoMark,
		Read: func(fn func(tx *db.Tx, by access.Actor) error) error {
			return d.Read(ctx, func(tx *db.Tx) error { return fn(tx, byHand) })
		},
		Write: func(fn func(tx *db.Tx, by access.Actor) error) error {
			return d.WriteLong(ctx, func(tx *db.Tx) error { return fn(tx, byHand) })
		}}
	bar := c.progress("Nhập tư liệu")
	for i, name := range names {
		if err := takeFile(ctx, &feeding, name); err != nil {
			bar.end()
			return err
		}
		bar.to(int64(i+1), int64(len(names)))
	}
	result, err := feeding.Finish()
	bar.end()
	if err != nil {
		return err
	}
	for _, line := range result.Lines {
		if line.Outcome == archive.Refused {
			name := line.Name
			if name == "" {
				name = fmt.Sprintf("Tệp thứ %d", line.Seq) // a name may be the secret itself
			}
			c.note("%s: %s", name, line.Sentence)
		}
	}
	c.say("Đã nhập %d tệp mới, %d tệp đã có từ trước, %d tệp không nhận.", result.New, result.Known, result.Refused+broken)
	if failures := result.Refused + broken; failures > 0 {
		return fault.Invalid("", "%d tệp không nhận được; xem từng câu ở trên.", failures)
	}
	return nil
}

func takeFile(ctx context.Context, feeding *archive.Feeding, name string) error {
	f, err := os.Open(name)
	if err != nil {
		feeding.Refuse(filepath.Base(name), fault.Invalid("", "Không mở được tệp; hãy kiểm tra tên và quyền đọc."))
		return nil
	}
	defer f.Close()
	return feeding.Take(ctx, filepath.Base(name), f)
}
