// Package db is the one way to cơ sở dữ liệu: one text of SQL for SQLite and PostgreSQL, one writer with group commit,
// readers on snapshots. Rooms see only *Tx.
package db

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"giaoban/internal/id"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	_ "modernc.org/sqlite" // registers "sqlite"
)

// ID is the key of every row.
type ID = id.ID

// Dialect tells the engines apart; rooms hardly ever need it.
type Dialect uint8

const (
	SQLite Dialect = iota
	PostgreSQL
)

// Name is how the engine is shown to the IT officer.
func (d Dialect) Name() string {
	if d == PostgreSQL {
		return "PostgreSQL"
	}
	return "SQLite"
}

// Config says where the database is and which clock and which source of ids it lives by.
type Config struct {
	Path  string           // SQLite file; empty when URL is given
	URL   string           // postgres://…
	Now   func() time.Time // nil: the machine's clock
	IDs   *id.Source       // nil: random
	Limit time.Duration    // how long one fn may take before it is refused between statements; 0: 5 s
}

// DB is one open database.
type DB struct {
	Dialect Dialect
	now     func() time.Time
	ids     *id.Source
	limit   time.Duration

	pool    *sql.DB // SQLite: the readers; PostgreSQL: everything
	writers *sql.DB // SQLite: a pool of one; PostgreSQL: the same pool
	rewrite sync.Map
	keeper  atomic.Pointer[Keeper]

	committer *committer
	idle      chan *conn    // readers at rest
	slots     chan struct{} // one for every reader there is, at rest or not
}

// Open opens the database and starts its committer. It does not migrate: see schema.Migrate.
func Open(ctx context.Context, c Config) (*DB, error) {
	readers := max(4, 2*runtime.NumCPU())
	d := &DB{now: c.Now, ids: c.IDs, limit: c.Limit, idle: make(chan *conn, readers), slots: make(chan struct{}, readers)}
	if d.now == nil {
		d.now = time.Now
	}
	if d.ids == nil {
		d.ids = &id.Source{}
	}
	if d.limit == 0 {
		d.limit = 5 * time.Second
	}
	if c.URL != "" {
		if !strings.HasPrefix(c.URL, "postgres://") && !strings.HasPrefix(c.URL, "postgresql://") {
			return nil, fmt.Errorf("địa chỉ cơ sở dữ liệu phải bắt đầu bằng postgres://")
		}
		server, err := pgx.ParseConfig(c.URL)
		if err != nil {
			return nil, err
		}
		pool := stdlib.OpenDB(*server, stdlib.OptionAfterConnect(asWritten))
		pool.SetMaxOpenConns(cap(d.idle) + 2)
		pool.SetMaxIdleConns(cap(d.idle) + 2)
		d.Dialect, d.pool, d.writers = PostgreSQL, pool, pool
	} else {
		path, err := filepath.Abs(c.Path)
		if err != nil {
			return nil, err
		}
		dsn := func(extra string) string {
			u := url.URL{Scheme: "file", Path: path}
			// FULL, not NORMAL: with NORMAL a power cut takes acknowledged changes with it.
			return u.String() + "?_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)" +
				"&_pragma=foreign_keys(1)&_pragma=temp_store(MEMORY)" + extra
		}
		if d.writers, err = sql.Open("sqlite", dsn("&_pragma=cache_size(-16384)&_pragma=wal_autocheckpoint(8000)")); err != nil {
			return nil, err
		}
		d.writers.SetMaxOpenConns(1)
		if d.pool, err = sql.Open("sqlite", dsn("&_pragma=cache_size(-4096)&_pragma=query_only(1)")); err != nil {
			return nil, err
		}
		d.pool.SetMaxOpenConns(cap(d.idle))
		d.pool.SetMaxIdleConns(cap(d.idle))
	}
	if err := d.writers.PingContext(ctx); err != nil {
		d.Close()
		return nil, fmt.Errorf("không mở được cơ sở dữ liệu: %w", err)
	}
	d.committer = startCommitter(d)
	return d, nil
}

// asWritten lets PostgreSQL join in the order in which a statement names its tables once there are many: trying all orders of
// nine takes a hundred times as long as the statement, and so does compiling a plan that runs once.
func asWritten(ctx context.Context, server *pgx.Conn) error {
	_, err := server.Exec(ctx, "set join_collapse_limit = 6; set from_collapse_limit = 6; set jit = off")
	return err
}

// Raw lends the pool to the migrations; nothing else may use it.
func (d *DB) Raw() *sql.DB { return d.writers }

// Now is the clock everything here lives by.
func (d *DB) Now() time.Time { return d.now() }

// NewID makes a key outside a transaction, for instance of a file that is stored before its row is written.
func (d *DB) NewID() ID { return d.ids.New(d.now()) }

// Close lets the waiting writes finish, then closes.
func (d *DB) Close() error {
	if d.committer != nil {
		d.committer.stop()
	}
	for {
		select {
		case c := <-d.idle:
			c.close()
			continue
		default:
		}
		break
	}
	var errs []error
	if d.pool != nil {
		errs = append(errs, d.pool.Close())
	}
	if d.writers != nil && d.writers != d.pool {
		errs = append(errs, d.writers.Close())
	}
	return errors.Join(errs...)
}

// Read runs fn on a snapshot: everything it reads is of one moment. It cannot write.
func (d *DB) Read(ctx context.Context, fn func(tx *Tx) error) error {
	c, err := d.reader(ctx)
	if err != nil {
		return err
	}
	tx := &Tx{ctx: ctx, db: d, conn: c, now: d.now(), readOnly: true}
	err = func() error {
		defer func() {
			// The snapshot ends whatever fn did, a panic included.
			if endErr := c.exec(context.WithoutCancel(ctx), "rollback"); endErr != nil {
				d.discard(c)
				return
			}
			d.idle <- c // there is room for every reader that has a slot
		}()
		return fn(tx)
	}()
	return err
}

func (d *DB) reader(ctx context.Context) (*conn, error) {
	begin := "begin"
	if d.Dialect == PostgreSQL {
		begin = "begin isolation level repeatable read read only"
	}
	for {
		c, fresh, err := d.anyReader(ctx)
		if err != nil {
			return nil, err
		}
		if err = c.exec(ctx, begin); err == nil {
			return c, nil
		}
		d.discard(c)
		if fresh || ctx.Err() != nil {
			return nil, err
		}
		// A resting connection may have died with its server; the next one, or a fresh one, is tried.
	}
}

// anyReader takes a reader at rest, opens another while there are slots, or waits for whichever comes first.
func (d *DB) anyReader(ctx context.Context) (c *conn, fresh bool, err error) {
	select {
	case c = <-d.idle:
		return c, false, nil
	default:
	}
	select {
	case c = <-d.idle:
		return c, false, nil
	case d.slots <- struct{}{}:
	case <-ctx.Done():
		return nil, false, ctx.Err()
	}
	raw, err := d.pool.Conn(ctx)
	if err != nil {
		<-d.slots
		return nil, false, err
	}
	return d.wrap(raw), true, nil
}

// discard closes a reader and gives its slot back.
func (d *DB) discard(c *conn) {
	c.close()
	<-d.slots
}

// conn is one connection with its prepared statements; it is used by one goroutine at a time.
type conn struct {
	db     *DB
	raw    *sql.Conn
	stmts  map[string]*sql.Stmt
	keeper *Keeper   // for whom it was prepared
	told   RowKeeper // of the rows it writes
	kept   kept      // for Once
}

func (d *DB) wrap(raw *sql.Conn) *conn {
	return &conn{db: d, raw: raw, stmts: make(map[string]*sql.Stmt)}
}

func (c *conn) close() {
	c.forget()
	if c.told != nil {
		c.tell(nil)
	}
	c.raw.Close()
}

// forget closes what is prepared.
func (c *conn) forget() {
	for text, s := range c.stmts {
		s.Close()
		delete(c.stmts, text)
	}
}

// mostStatements bounds what a connection keeps prepared; queries with lists of many lengths would fill memory.
const mostStatements = 400

func (c *conn) stmt(ctx context.Context, query string) (*sql.Stmt, error) {
	if s, ok := c.stmts[query]; ok {
		return s, nil
	}
	if len(c.stmts) >= mostStatements {
		c.forget()
	}
	s, err := c.raw.PrepareContext(ctx, c.db.text(query))
	if err != nil {
		return nil, fmt.Errorf("%w\n%s", err, query)
	}
	c.stmts[query] = s
	return s, nil
}

func (c *conn) exec(ctx context.Context, query string, args ...any) error {
	_, err := c.raw.ExecContext(ctx, query, args...)
	return err
}

// text turns `?` into `$1 …` for PostgreSQL; quoted text is left alone. SQLite would plan a statement anew for every value
// of a bare `limit ?`, which takes longer than most of them run.
func (d *DB) text(query string) string {
	if d.Dialect == SQLite {
		return strings.ReplaceAll(query, "limit ?", "limit cast(? as integer)")
	}
	if done, ok := d.rewrite.Load(query); ok {
		return done.(string)
	}
	var out strings.Builder
	n, quoted := 0, false
	for i := 0; i < len(query); i++ {
		switch b := query[i]; {
		case b == '\'':
			quoted = !quoted
			out.WriteByte(b)
		case b == '?' && !quoted:
			n++
			out.WriteByte('$')
			out.WriteString(strconv.Itoa(n))
		default:
			out.WriteByte(b)
		}
	}
	d.rewrite.Store(query, out.String())
	return out.String()
}

// Fingerprint is a short hash of a text, for names of test databases and the like.
func Fingerprint(parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		fmt.Fprintf(h, "%d:%s", len(p), p)
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// SetLimit changes how long one fn may take before it is refused between statements.
func (d *DB) SetLimit(limit time.Duration) { d.limit = limit }
