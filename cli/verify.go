package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"giaoban/internal/db"
	"giaoban/journal"
	"giaoban/library"
	"giaoban/report"
	"giaoban/review"
	"giaoban/schema"
	"giaoban/succession"
	"giaoban/task"
)

// keptHead is where the journal stood at an hour.
type keptHead struct {
	at time.Time
	journal.Head
}

const headFile = "dau-nhat-ky.txt"

func (p place) heads() string { return filepath.Join(p.Data, headFile) }

// allHeads are the files that keep heads: beside the data and in the folders that the office names.
func (p place) allHeads() []string {
	all := []string{p.heads()}
	for _, dir := range p.headDirs {
		all = append(all, filepath.Join(dir, headFile))
	}
	return all
}

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
	headDirs
	Heads   []string `name:"head-file" help:"Tệp đầu nhật ký cơ quan giữ ở nơi khác để so." placeholder:"TỆP"`
	JSON    bool     `name:"json" help:"In kết quả dạng JSON: bảng, khóa của dòng và chỗ sai."`
	Columns bool     `help:"Chỉ liệt kê từng cột được chứng minh bằng cách nào."`
}

func (v *verify) Run(ctx context.Context, c *console) error {
	d, store, err := v.open(ctx, false, db.Config{})
	if err != nil {
		return err
	}
	defer d.Close()
	if v.Columns {
		return v.columns(ctx, c, d)
	}
	known, err := v.known()
	if err != nil {
		return err
	}
	var head journal.Head
	problems, err := c.prove(ctx, d, append([]check{
		{"Nhật ký", func(tx *db.Tx, to func(int)) (found []journal.Problem, err error) {
			findings, at, err := journal.Verify(tx, known, func(done, _ int64) { to(int(done)) })
			for _, f := range findings {
				found = append(found, f.Problem())
			}
			head = at
			return found, err
		}},
		{"Cấu trúc", versions},
		{"Niêm", func(tx *db.Tx, to func(int)) ([]journal.Problem, error) {
			return journal.VerifySeals(tx, func(done int64) { to(int(done)) })
		}},
		{"Tệp", func(tx *db.Tx, to func(int)) ([]journal.Problem, error) { return library.Verify(tx, store, to) }},
	}, derived...))
	if err != nil {
		return err
	}
	if v.JSON {
		if err := c.json(problems); err != nil {
			return err
		}
	} else {
		for _, p := range problems {
			c.note("%s", p.Sentence)
		}
	}
	if n := len(problems); n > 0 {
		return fmt.Errorf("tìm thấy %d chỗ sai khác", n)
	}
	if !v.JSON {
		c.say("Nhật ký %d dòng, gốc %s: nguyên vẹn, khớp %d đầu nhật ký đã giữ. Mọi dòng của các bảng khớp niêm, tệp khớp mã băm; các tổng, trạng thái nhiệm vụ, kỳ sơ kết, tổng kết và cơ quan thực hiện tính lại đều khớp.", head.Size, head.Root, len(known))
	}
	return nil
}

func (v *verify) known() (known []journal.Head, err error) {
	for _, name := range v.Heads {
		if _, err := os.Stat(name); err != nil { // the office's own copy must not be missing in silence
			return nil, fmt.Errorf("không đọc được tệp đầu nhật ký %s: %w", name, err)
		}
	}
	for _, name := range append(v.with(v.place).allHeads(), v.Heads...) {
		kept, err := readHeads(name)
		if err != nil {
			return nil, err
		}
		for _, h := range kept {
			known = append(known, h.Head)
		}
	}
	return known, nil
}

func (v *verify) columns(ctx context.Context, c *console, d *db.DB) error {
	var columns []journal.Column
	if err := d.Read(ctx, func(tx *db.Tx) (err error) {
		columns, err = journal.Columns(tx)
		return err
	}); err != nil {
		return err
	}
	if v.JSON {
		return c.json(columns)
	}
	for _, column := range columns {
		c.say("%s.%s\t%s\t%s", column.Table, column.Name, column.How, column.Reason)
	}
	return nil
}

func (c *console) json(what any) error {
	text, err := json.MarshalIndent(what, "", "  ")
	if err == nil {
		c.say("%s", text)
	}
	return err
}

// check is one part of the proof. Each reads a snapshot of its own, so that a table which was altered beyond reading stops
// one check and not the others, and they can go on side by side.
type check struct {
	name string
	do   func(tx *db.Tx, to func(done int)) ([]journal.Problem, error)
}

// prove runs all checks, as many at once as there are processors, and gives what they found in their order; of one record
// only the first word. The last checks are begun first: they take longest.
func (c *console) prove(ctx context.Context, d *db.DB, checks []check) ([]journal.Problem, error) {
	found, errs := make([][]journal.Problem, len(checks)), make([]error, len(checks))
	tally := c.tally("Kiểm tra")
	var group sync.WaitGroup
	turn := make(chan struct{}, runtime.NumCPU())
	for i, check := range slices.Backward(checks) {
		turn <- struct{}{}
		group.Go(func() {
			found[i], errs[i] = check.run(ctx, d, tally.part())
			<-turn
		})
	}
	group.Wait()
	tally.end()
	problems := []journal.Problem{}
	said := make(map[[2]string]bool)
	for _, part := range found {
		for _, p := range part {
			if !said[[2]string{p.Table, p.ID}] {
				problems = append(problems, p)
			}
		}
		for _, p := range part {
			said[[2]string{p.Table, p.ID}] = true
		}
	}
	for i, err := range errs {
		switch {
		case err == nil:
		case len(problems) > 0 && ctx.Err() == nil: // its not coming to an end is a consequence
			c.note("%s: không tính lại được hết vì dữ liệu đã sai (%v).", checks[i].name, err)
		default:
			return nil, fmt.Errorf("%s: %w", checks[i].name, err)
		}
	}
	return problems, nil
}

func (k check) run(ctx context.Context, d *db.DB, to func(int)) (found []journal.Problem, err error) {
	err = d.Read(ctx, func(tx *db.Tx) (err error) {
		defer func() {
			if r := recover(); r != nil {
				err = fmt.Errorf("%v", r)
			}
		}()
		found, err = k.do(tx, to)
		return err
	})
	return found, err
}

func versions(tx *db.Tx, _ func(int)) (found []journal.Problem, err error) {
	wrong, err := schema.Verify(tx)
	for _, id := range wrong {
		found = append(found, journal.Problem{Table: "goose_db_version", ID: id,
			Sentence: "Các bản cấu trúc đã ghi không khớp các bản mà chương trình biết."})
	}
	return found, err
}

// derived computes again what the rooms keep ready.
var derived = []check{
	{"Các tổng", func(tx *db.Tx, _ func(int)) (found []journal.Problem, err error) {
		totals, err := report.Verify(tx)
		for _, f := range totals {
			found = append(found, journal.Problem{Table: f.Table, ID: string(f.ID), Sentence: f.Sentence})
		}
		return found, err
	}},
	{"Nhiệm vụ", func(tx *db.Tx, to func(int)) (found []journal.Problem, err error) {
		tasks, err := task.Verify(tx, to)
		for _, f := range tasks {
			of := journal.Problem{Table: "task", ID: string(f.Task), Sentence: f.Sentence}
			if f.Body != "" {
				of.Table, of.ID = "task_side", string(f.Task+"~"+f.Body)
			}
			found = append(found, of)
		}
		return found, err
	}},
	{"Bàn giao", func(tx *db.Tx, _ func(int)) (found []journal.Problem, err error) {
		holders, err := succession.Verify(tx)
		for _, f := range holders {
			table, id := f.Row()
			found = append(found, journal.Problem{Table: table, ID: id, Sentence: f.Sentence})
		}
		return found, err
	}},
	{"Sơ kết, tổng kết", func(tx *db.Tx, to func(int)) (found []journal.Problem, err error) {
		reviews, err := review.Verify(tx, to)
		for _, f := range reviews {
			found = append(found, journal.Problem{Table: "review", ID: string(f.Review), Sentence: f.Sentence})
		}
		return found, err
	}},
}
