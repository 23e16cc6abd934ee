package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"giaoban/internal/db"
	"giaoban/journal"
	"giaoban/report"
	"giaoban/review"
	"giaoban/succession"
	"giaoban/task"
)

// keptHead is where the journal stood at an hour.
type keptHead struct {
	at time.Time
	journal.Head
}

func (p place) heads() string { return filepath.Join(p.Data, "dau-nhat-ky.txt") }

// readHeads reads lines such as "2022-04-01T17:00:00+07:00 1532 Pzm…="; a file that is not there has none.
func readHeads(name string) ([]keptHead, error) {
	text, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var all []keptHead
	for i, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		var h keptHead
		var when string
		if _, err := fmt.Sscan(line, &when, &h.Size, &h.Root); err == nil {
			h.at, err = time.Parse(time.RFC3339, when)
			if err == nil && h.Size > 0 {
				all = append(all, h)
				continue
			}
		}
		return nil, fmt.Errorf("%s dòng %d không đọc được; mỗi dòng gồm giờ, số dòng nhật ký và gốc", name, i+1)
	}
	return all, nil
}

func appendHead(name string, at time.Time, head journal.Head) error {
	f, err := os.OpenFile(name, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(f, "%s %d %s\n", at.Format(time.RFC3339), head.Size, head.Root)
	return errors.Join(err, f.Sync(), f.Close())
}

type verify struct {
	place
	Heads []string `name:"head-file" help:"Tệp đầu nhật ký cơ quan giữ ở nơi khác để so." placeholder:"TỆP"`
}

func (v *verify) Run(ctx context.Context, c *console) error {
	d, _, err := v.open(ctx, false, db.Config{})
	if err != nil {
		return err
	}
	defer d.Close()
	var known []journal.Head
	for _, name := range append([]string{v.heads()}, v.Heads...) {
		kept, err := readHeads(name)
		if err != nil {
			return err
		}
		for _, h := range kept {
			known = append(known, h.Head)
		}
	}
	var found []string
	var head journal.Head
	bar := c.progress("Nhật ký")
	if err := d.Read(ctx, func(tx *db.Tx) error {
		findings, at, err := journal.Verify(tx, known, bar.to)
		if err != nil {
			return err
		}
		head = at
		for _, f := range findings {
			found = append(found, f.Sentence)
		}
		bar.end()
		totals, err := report.Verify(tx)
		if err != nil {
			return err
		}
		for _, f := range totals {
			found = append(found, f.Sentence)
		}
		bar = c.progress("Nhiệm vụ")
		tasks, err := task.Verify(tx, func(done int) { bar.to(int64(done), 0) })
		for _, f := range tasks {
			found = append(found, f.Sentence)
		}
		if err != nil {
			return err
		}
		holders, err := succession.Verify(tx)
		for _, f := range holders {
			found = append(found, f.Sentence)
		}
		if err != nil {
			return err
		}
		bar = c.progress("Sơ kết, tổng kết")
		reviews, err := review.Verify(tx, func(done int) { bar.to(int64(done), 0) })
		for _, f := range reviews {
			found = append(found, f.Sentence)
		}
		return err
	}); err != nil {
		return err
	}
	bar.end()
	for _, sentence := range found {
		c.note("%s", sentence)
	}
	if len(found) > 0 {
		return fmt.Errorf("tìm thấy %d chỗ sai khác", len(found))
	}
	c.say("Nhật ký %d dòng, gốc %s: nguyên vẹn, khớp %d đầu nhật ký đã giữ. Các tổng, trạng thái nhiệm vụ, kỳ sơ kết, tổng kết và cơ quan thực hiện khớp.", head.Size, head.Root, len(known))
	return nil
}
