package cli

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/files"
	"giaoban/journal"
	"giaoban/library"
	"giaoban/report"
)

// work is one thing that is done in the background; done twice it changes nothing more. It gives a sentence when there
// was something to do.
type work struct {
	name string
	do   func(ctx context.Context, d *db.DB, store *files.Store, at place) (string, error)
}

// rounds are gone through in this order, every minute while serving, once by `giaoban round`.
var rounds = []work{
	{"giữ đầu nhật ký", keepHead},
	{"bỏ tệp không dùng", dropOrphans},
	{"ghi số lần bị từ chối", tellDenials},
	{"mở kỳ báo cáo đến ngày", openPeriods},
}

const roundEvery = time.Minute

// startRounds goes round these works until ctx ends; the function it gives waits for the last round.
func startRounds(ctx context.Context, d *db.DB, store *files.Store, at place, works []work) (wait func()) {
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		ticker := time.NewTicker(roundEvery)
		defer ticker.Stop()
		for {
			goRound(ctx, d, store, at, works, func(name, told string) { slog.Info("việc nền", "việc", name, "kết quả", told) })
			select {
			case <-ctx.Done():
				return
			case <-ticker.C:
			}
		}
	}()
	return func() { <-ended }
}

func goRound(ctx context.Context, d *db.DB, store *files.Store, at place, works []work, tell func(name, told string)) (failures int) {
	for _, w := range works {
		told, err := w.do(ctx, d, store, at)
		switch {
		case ctx.Err() != nil:
			return failures
		case err != nil:
			failures++
			slog.Error("việc nền", "việc", w.name, "error", err)
		case told != "":
			tell(w.name, told)
		}
	}
	return failures
}

// keepHead writes where the journal stands into a file beside the database and one in each folder that the office names,
// once an hour and only when it has grown: whoever alters the journal later must alter all of them.
func keepHead(ctx context.Context, d *db.DB, _ *files.Store, at place) (string, error) {
	var head journal.Head
	var now time.Time
	if err := d.Read(ctx, func(tx *db.Tx) (err error) {
		now = tx.Clock()
		head, err = journal.Current(tx)
		return err
	}); err != nil {
		return "", err
	}
	if head.Size == 0 {
		return "", nil
	}
	var errs []error
	told := ""
	for _, name := range at.allHeads() {
		kept, err := readHeads(name)
		if n := len(kept); err == nil && n > 0 && (kept[n-1].Size >= head.Size || now.Sub(kept[n-1].at) < time.Hour) {
			continue
		}
		if err == nil {
			err = appendHead(name, now, head)
		}
		if err != nil { // a folder that cannot be reached keeps no head from the others
			errs = append(errs, err)
			continue
		}
		told = fmt.Sprintf("%d dòng, gốc %s", head.Size, head.Root)
	}
	return told, errors.Join(errs...)
}

// orphanAge is how long an upload may wait for its form: one that was refused for a typing error is often sent again.
const orphanAge = 24 * time.Hour

// dropOrphans removes what is left of uploads whose form was refused or broke off. Nothing that a row refers to is
// touched.
func dropOrphans(ctx context.Context, d *db.DB, store *files.Store, _ place) (string, error) {
	if err := store.Sweep(); err != nil {
		return "", err
	}
	since := time.Now().Add(-orphanAge) // by the machine's clock, as the disk keeps time
	old, err := store.Old(since)
	if err != nil || len(old) == 0 {
		return "", err
	}
	var orphans []string
	if err := d.Read(ctx, func(tx *db.Tx) (err error) {
		orphans, err = library.Orphans(tx, old)
		return err
	}); err != nil {
		return "", err
	}
	n := 0
	for _, sum := range orphans {
		dropped, err := store.Drop(sum, since)
		if err != nil {
			return "", err
		}
		if dropped {
			n++
		}
	}
	if n == 0 {
		return "", nil
	}
	return fmt.Sprintf("%d tệp gửi lên mà biểu mẫu không được nhận", n), nil
}

// tellDenials writes down how many refusals were only counted.
func tellDenials(ctx context.Context, d *db.DB, _ *files.Store, _ place) (string, error) {
	some := false
	if err := d.Read(ctx, func(tx *db.Tx) (err error) {
		some, err = tx.Exists("select 1 from denial")
		return err
	}); err != nil || !some {
		return "", err
	}
	told := 0
	if err := d.Write(ctx, func(tx *db.Tx) (err error) {
		told, err = journal.TellDenials(tx)
		return err
	}); err != nil || told == 0 {
		return "", err
	}
	return fmt.Sprintf("%d đợt bị từ chối nhiều lần", told), nil
}

// openPeriods opens the periods whose regimes say that they open by today, unless a person skipped them.
func openPeriods(ctx context.Context, d *db.DB, _ *files.Store, _ place) (string, error) {
	by := access.System("mở kỳ theo quy tắc của chế độ")
	some := false
	if err := d.Read(ctx, func(tx *db.Tx) error {
		today := calendar.OfInstant(tx.Clock())
		coming, err := report.ComingPeriods(tx, by, today)
		some = slices.ContainsFunc(coming, func(c report.Coming) bool { return c.Opens(today) })
		return err
	}); err != nil || !some {
		return "", err
	}
	var opened []report.Opening
	if err := d.WriteLong(ctx, func(tx *db.Tx) (err error) {
		opened, err = report.OpenComing(tx, by)
		return err
	}); err != nil || len(opened) == 0 {
		return "", err
	}
	var periods []string
	for _, o := range opened {
		periods = append(periods, fmt.Sprintf("%s (hạn %s)", o.Period.Name(), o.Due.Vietnamese()))
	}
	return "đã mở " + strings.Join(periods, ", "), nil
}

type round struct {
	place
	headDirs
}

func (r *round) Run(ctx context.Context, c *console) error {
	d, store, err := r.open(ctx, false, db.Config{})
	if err != nil {
		return err
	}
	defer d.Close()
	failures := goRound(ctx, d, store, r.with(r.place), rounds, func(name, told string) { c.say("%s: %s", name, told) })
	if failures > 0 {
		return fmt.Errorf("%d việc nền không xong; xem nhật ký của chương trình", failures)
	}
	c.say("Đã chạy xong %d việc nền.", len(rounds))
	return nil
}
