// Package dbtest gives tests a real database on both engines: SQLite in a temporary folder, PostgreSQL started by the
// test itself as an ordinary user. Every suite runs on both.
package dbtest

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"giaoban/internal/db"
	"giaoban/internal/id"
	"giaoban/journal"
)

// Clock is a clock that a test sets.
type Clock = db.Clock

// NewClock starts at 09:00 in Vietnam on the day given as "2022-03-16".
func NewClock(day string) *Clock {
	at, err := time.ParseInLocation("2006-01-02 15:04", day+" 09:00", db.Vietnam)
	if err != nil {
		panic(err)
	}
	clock := &Clock{}
	clock.Set(at)
	return clock
}

// Engine is one of the two databases a suite runs on.
type Engine struct {
	Name string
	open func(t testing.TB, from Prepared, clock func() time.Time, ids *id.Source) *db.DB
}

// Engines lists both; PostgreSQL is left out where a short run is asked for, and where it is not installed and CI does not
// ask for it.
func Engines(t testing.TB) []Engine {
	engines := []Engine{{"SQLite", openSQLite}}
	if testing.Short() {
		return engines
	}
	if _, err := shared(); err != nil {
		if os.Getenv("CI") != "" || !errors.Is(err, errNoPostgres) {
			t.Fatalf("PostgreSQL: %v", err)
		}
		t.Logf("PostgreSQL left out: %v", err)
		return engines
	}
	return append(engines, Engine{"PostgreSQL", openPostgres})
}

// Each runs the test on an empty database with the newest schema, once per engine.
func Each(t *testing.T, test func(t *testing.T, d *db.DB)) {
	t.Helper()
	for _, e := range Engines(t) {
		t.Run(e.Name, func(t *testing.T) { test(t, e.Open(t)) })
	}
}

// Open opens an empty database with the newest schema; it is closed and removed with the test.
func (e Engine) Open(t testing.TB) *db.DB {
	return e.From(t, "", nil, nil)
}

// Prepared is a database that Build fills once, on top of another one or on empty tables; tests (of other packages too)
// work on copies. Name must change whenever Build would fill it differently.
type Prepared struct {
	Name  string
	Build func(d *db.DB) error
	On    *Prepared
}

// From opens a copy of a prepared database that begins with empty tables. clock may be nil.
func (e Engine) From(t testing.TB, name string, build func(d *db.DB) error, clock func() time.Time) *db.DB {
	t.Helper()
	return e.Copy(t, Prepared{Name: name, Build: build}, clock)
}

// Copy opens a copy of a prepared database; it is closed and removed with the test. clock may be nil.
func (e Engine) Copy(t testing.TB, from Prepared, clock func() time.Time) *db.DB {
	t.Helper()
	return e.open(t, from, clock, nil)
}

// Begin runs the test inside a transaction of d that is rolled back at the end.
func Begin(t *testing.T, d *db.DB, test func(tx *db.Tx)) {
	t.Helper()
	errBack := errors.New("rolled back")
	if err := d.WriteLong(t.Context(), func(tx *db.Tx) error {
		test(tx)
		return errBack
	}); !errors.Is(err, errBack) && !t.Failed() && !t.Skipped() {
		t.Fatal(err)
	}
}

func openSQLite(t testing.TB, from Prepared, clock func() time.Time, ids *id.Source) *db.DB {
	t.Helper()
	path := filepath.Join(t.TempDir(), "giaoban.db")
	copyFile(t, prepareSQLite(t, from), path)
	d := sealed(t, db.Config{Path: path, Now: clock, IDs: ids})
	t.Cleanup(func() { d.Close() })
	return d
}

// prepareSQLite answers the file of a prepared database.
func prepareSQLite(t testing.TB, p Prepared) string {
	t.Helper()
	template := filepath.Join(prepared(), nameOf(t, p.Name)+".db")
	once(t, template, func() {
		dir, err := os.MkdirTemp(prepared(), "build")
		if err != nil {
			t.Fatal(err)
		}
		defer os.RemoveAll(dir)
		path := filepath.Join(dir, "giaoban.db")
		if p.On != nil {
			copyFile(t, prepareSQLite(t, *p.On), path)
		}
		fill(t, db.Config{Path: path}, p.Build)
		if err := os.Rename(path, template); err != nil {
			t.Fatal(err)
		}
	})
	return template
}

func copyFile(t testing.TB, from, to string) {
	t.Helper()
	data, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

// nameOf is what a prepared database is kept under: the tables are part of every one.
func nameOf(t testing.TB, name string) string {
	t.Helper()
	if name == "" {
		name = "empty"
	}
	return name + "-" + Key(t, "giaoban/journal")
}

// open opens a database that no power cut threatens: what a test writes is never forced to the disk. Tests of what
// survives open theirs with db.Open.
func open(t testing.TB, c db.Config) *db.DB {
	t.Helper()
	d, err := db.Open(context.Background(), c)
	if err != nil {
		t.Fatal(err)
	}
	if d.Dialect == db.SQLite {
		if _, err := d.Raw().Exec("pragma synchronous = off"); err != nil { // the only connection that writes
			t.Fatal(err)
		}
	}
	return d
}

// sealed opens a prepared database as the program does: every commit is sealed.
func sealed(t testing.TB, c db.Config) *db.DB {
	t.Helper()
	d := open(t, c)
	if err := journal.KeepSeals(context.Background(), d); err != nil {
		t.Fatal(err)
	}
	return d
}

func fill(t testing.TB, c db.Config, build func(d *db.DB) error) {
	t.Helper()
	d := open(t, c)
	if err := journal.Migrate(context.Background(), d); err != nil {
		t.Fatal(err)
	}
	if build != nil {
		if err := build(d); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.Close(); err != nil { // the last connection to close empties the write-ahead log into the file
		t.Fatal(err)
	}
}
