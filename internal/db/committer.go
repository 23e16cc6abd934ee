package db

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"giaoban/internal/fault"
)

// Write runs fn in the next commit and returns after that commit is on disk. fn must have no effect outside tx: it may
// be run again when the engine lost the transaction. A cancelled ctx only removes work that has not started.
func (d *DB) Write(ctx context.Context, fn func(tx *Tx) error) error {
	return d.write(ctx, job{fn: fn})
}

// WriteOr is Write, and when fn fails, refused runs in the same commit after fn's changes are rolled back: what a
// denial leaves behind. If refused fails too, its error is returned instead.
func (d *DB) WriteOr(ctx context.Context, fn func(tx *Tx) error, refused func(tx *Tx, err error) error) error {
	return d.write(ctx, job{fn: fn, refused: refused})
}

// WriteLong is Write without the time limit, for imports and the sample.
func (d *DB) WriteLong(ctx context.Context, fn func(tx *Tx) error) error {
	return d.write(ctx, job{fn: fn, long: true})
}

// Rest lets the committer give its connection back until the next write: migrations need it on SQLite.
func (d *DB) Rest(ctx context.Context) error {
	return d.write(ctx, job{long: true, rest: true})
}

type job struct {
	ctx     context.Context
	fn      func(tx *Tx) error
	refused func(tx *Tx, err error) error
	long    bool
	rest    bool // gives the connection back instead
	answer  chan error
}

type committer struct {
	db      *DB
	jobs    chan *job
	closing sync.Once
	quit    chan struct{}
	done    chan struct{}
	conn    *conn
}

// mostInBatch bounds how long the first of a batch waits for the last.
const mostInBatch = 128

// writerLock is the advisory lock that makes PostgreSQL have one writer across processes and replicas.
const writerLock = 0x6769616f62616e // "giaoban"

func startCommitter(d *DB) *committer {
	c := &committer{db: d, jobs: make(chan *job, mostInBatch), quit: make(chan struct{}), done: make(chan struct{})}
	go c.loop()
	return c
}

func (c *committer) stop() {
	c.closing.Do(func() { close(c.quit) })
	<-c.done
}

func (d *DB) write(ctx context.Context, j job) error {
	j.ctx, j.answer = ctx, make(chan error, 1)
	select {
	case <-d.committer.quit:
		return fault.Busy("Hệ thống đang dừng; xin thử lại sau ít phút.")
	default:
	}
	select {
	case d.committer.jobs <- &j:
	case <-ctx.Done():
		return ctx.Err()
	case <-d.committer.quit:
		return fault.Busy("Hệ thống đang dừng; xin thử lại sau ít phút.")
	}
	select {
	case err := <-j.answer:
		return err
	case <-d.committer.done:
		select {
		case err := <-j.answer:
			return err
		default:
			return fault.Busy("Hệ thống đang dừng; xin thử lại sau ít phút.")
		}
	}
}

func (c *committer) loop() {
	defer close(c.done)
	defer func() {
		if c.conn != nil {
			c.conn.close()
		}
	}()
	var batch []*job
	for {
		batch = batch[:0]
		select {
		case j := <-c.jobs:
			batch = append(batch, j)
		case <-c.quit:
			for { // whoever was already waiting is still served
				select {
				case j := <-c.jobs:
					c.alone(j)
					continue
				default:
					return
				}
			}
		}
	gather:
		for len(batch) < mostInBatch {
			select {
			case j := <-c.jobs:
				batch = append(batch, j)
			default:
				break gather
			}
		}
		// A long job goes by itself: it must not be run twice because a neighbour failed.
		short := slices.DeleteFunc(slices.Clone(batch), func(j *job) bool { return j.long })
		if len(short) > 0 {
			c.commit(short)
		}
		for _, j := range batch {
			if j.long {
				c.alone(j)
			}
		}
	}
}

var errLost = errors.New("db: the engine lost the transaction")

// undo asks for a transaction to be rolled back because a job in it failed after it had begun to write.
type undo struct{ cause error }

func (u *undo) Error() string { return u.cause.Error() }

// commit runs a batch. Nearly every job succeeds, or fails before it writes, so it is tried first without savepoints,
// which cost two statements and a copy of every page changed. When a job fails in the middle of its writing, the batch
// is rolled back and run again with a savepoint around each job. When the engine loses the whole transaction, each job
// is run again by itself, so that one that the disk refuses does not take its neighbours along.
func (c *committer) commit(jobs []*job) {
	if len(jobs) == 1 {
		c.alone(jobs[0])
		return
	}
	err := c.try(jobs, false)
	if _, again := errors.AsType[*undo](err); again {
		err = c.try(jobs, true)
	}
	switch {
	case err == nil:
	case errors.Is(err, errUnknown):
		for _, j := range jobs {
			j.answer <- lost(err)
		}
	default:
		for _, j := range jobs {
			c.alone(j)
		}
	}
}

// alone runs one job in its own transaction; what it leaves when refused goes into another, since there are no
// neighbours to save.
func (c *committer) alone(j *job) {
	if j.rest {
		if c.conn != nil {
			c.conn.close()
			c.conn = nil
		}
		j.answer <- nil
		return
	}
	err := c.try([]*job{j}, false)
	u, failed := errors.AsType[*undo](err)
	switch {
	case err == nil:
		return
	case !failed:
		j.answer <- lost(err)
		return
	case j.refused == nil:
		j.answer <- u.cause
		return
	}
	trace := &job{ctx: context.Background(), answer: make(chan error, 1), fn: func(tx *Tx) error { return j.refused(tx, u.cause) }}
	if err := c.try([]*job{trace}, true); err != nil {
		j.answer <- lost(err)
	} else if err := <-trace.answer; err != nil {
		j.answer <- err
	} else {
		j.answer <- u.cause
	}
}

func lost(err error) error {
	slog.Error("commit", "error", err)
	if errors.Is(err, errUnknown) {
		return fault.Busy("Mất liên lạc với cơ sở dữ liệu đúng lúc ghi. Xin mở lại trang để xem nội dung đã được ghi hay chưa trước khi gửi lại.")
	}
	return fault.Busy("Chưa ghi được vào đĩa; chưa có gì thay đổi. Xin thử lại sau ít phút.")
}

// errUnknown: the connection broke while committing on PostgreSQL, so it may or may not have happened; trying again
// could double it.
var errUnknown = errors.New("db: the outcome of the commit is not known")

// try runs the jobs in one transaction and answers them; an error means that nothing was answered. careful puts a
// savepoint around each job.
func (c *committer) try(jobs []*job, careful bool) error {
	ctx := context.Background() // never a caller's: interrupting a statement would roll back its neighbours
	if err := c.begin(ctx); err != nil {
		return err
	}
	c.conn.rows().Begin()
	b := &batch{held: make(map[string]Held)}
	outcomes := make([]error, len(jobs))
	changed := false
	for i, j := range jobs {
		if err := j.ctx.Err(); err != nil {
			outcomes[i] = err
			continue
		}
		ok, err := c.run(ctx, b, j, careful)
		if _, back := errors.AsType[*undo](err); back || errors.Is(err, errLost) {
			c.drop(ctx)
			return err
		}
		outcomes[i] = err
		changed = changed || ok
	}
	end := "rollback"
	if changed {
		end = "commit"
		if err := c.flush(ctx, b); err != nil {
			c.drop(ctx)
			return err
		}
	}
	if err := c.conn.exec(ctx, end); err != nil {
		c.drop(ctx)
		if c.db.Dialect == PostgreSQL && end == "commit" {
			return fmt.Errorf("%w: %w", errUnknown, err)
		}
		return err
	}
	for i, j := range jobs {
		j.answer <- outcomes[i]
	}
	return nil
}

func (c *committer) begin(ctx context.Context) error {
	begin := "begin immediate"
	if c.db.Dialect == PostgreSQL {
		begin = "begin"
	}
	for attempt := 0; ; attempt++ {
		if c.conn == nil {
			raw, err := c.db.writers.Conn(ctx)
			if err != nil {
				return err
			}
			c.conn = c.db.wrap(raw)
		}
		err := c.watch(ctx)
		if err == nil {
			err = c.conn.exec(ctx, begin)
		}
		if err == nil && c.db.Dialect == PostgreSQL {
			err = c.conn.exec(ctx, fmt.Sprintf("select pg_advisory_xact_lock(%d)", writerLock))
		}
		if err == nil {
			return nil
		}
		c.conn.exec(ctx, "rollback")
		c.conn.close()
		c.conn = nil
		if attempt > 0 {
			return err
		}
	}
}

// drop gives the transaction up and the connection with it when even that fails.
func (c *committer) drop(ctx context.Context) {
	if err := c.conn.exec(ctx, "rollback"); err != nil {
		c.conn.close()
		c.conn = nil
	}
}

// run executes one job. ok says whether something of it stands and must be committed.
func (c *committer) run(ctx context.Context, b *batch, j *job, careful bool) (ok bool, err error) {
	ok, err = c.guarded(ctx, b, j.long, careful, j.fn)
	_, back := errors.AsType[*undo](err)
	if err == nil || back || errors.Is(err, errLost) || j.refused == nil {
		return ok, err
	}
	ok, refusal := c.guarded(ctx, b, false, careful, func(tx *Tx) error { return j.refused(tx, err) })
	if refusal != nil {
		return false, refusal
	}
	return ok, err
}

// guarded runs fn so that a failure leaves nothing behind: by a savepoint when careful, else by asking for an undo when
// fn failed after it began to write.
func (c *committer) guarded(ctx context.Context, b *batch, long, careful bool, fn func(tx *Tx) error) (ok bool, err error) {
	if careful {
		if err := c.simple(ctx, "savepoint job"); err != nil {
			return false, fmt.Errorf("%w: %w", errLost, err)
		}
	}
	tx := &Tx{ctx: ctx, db: c.db, conn: c.conn, now: c.db.now(), batch: b}
	if !long {
		tx.until = time.Now().Add(c.db.limit)
	}
	err = contained(tx, fn)
	if err == nil {
		if careful {
			if err := c.simple(ctx, "release savepoint job"); err != nil {
				return false, fmt.Errorf("%w: %w", errLost, err)
			}
		}
		if tx.broken { // fn went on after a statement that failed
			c.conn.rows().Doubt()
		}
		for key, h := range tx.held {
			b.held[key] = h
		}
		return tx.writes > 0 || len(tx.held) > 0, nil
	}
	if !careful {
		if tx.writes > 0 || tx.broken {
			return false, &undo{err}
		}
		return false, err
	}
	c.conn.rows().Doubt()
	if back := c.simple(ctx, "rollback to savepoint job"); back != nil {
		return false, fmt.Errorf("%w: %w (after %w)", errLost, back, err)
	}
	if back := c.simple(ctx, "release savepoint job"); back != nil {
		return false, fmt.Errorf("%w: %w (after %w)", errLost, back, err)
	}
	return false, err
}

func (c *committer) simple(ctx context.Context, query string) error {
	if c.db.Dialect == PostgreSQL {
		// After an error PostgreSQL prepares nothing until the rollback; without arguments nothing is prepared.
		return c.conn.exec(ctx, query)
	}
	s, err := c.conn.stmt(ctx, query)
	if err != nil {
		return err
	}
	_, err = s.ExecContext(ctx)
	return err
}

// contained runs fn on its own goroutine, so that neither a panic nor runtime.Goexit (a failed test's way out) takes
// the committer along.
func contained(tx *Tx, fn func(tx *Tx) error) (err error) {
	done := make(chan struct{})
	finished := false
	go func() {
		defer close(done)
		defer func() {
			if r := recover(); r != nil {
				err = fmt.Errorf("panic: %v\n%s", r, debug.Stack())
				finished = true
			} else if !finished {
				err = errors.New("db: the write ended without returning")
			}
		}()
		err = fn(tx)
		finished = true
	}()
	<-done
	return err
}
