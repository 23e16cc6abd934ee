package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"modernc.org/sqlite"
)

// Tables lists the tables of the schema by name, those of the migrations among them.
func (tx *Tx) Tables() (names []string, err error) {
	query := "select name from sqlite_master where type = 'table' and name not like 'sqlite%' order by name"
	if tx.db.Dialect == PostgreSQL {
		query = "select tablename from pg_tables where schemaname = current_schema() order by tablename"
	}
	err = tx.Select(&names, query)
	return names, err
}

// Count tells how many rows a table has, whose name comes from Tables.
func (tx *Tx) Count(table string) (n int64, err error) {
	err = tx.Get(&n, `select count(*) from "`+table+`"`)
	return n, err
}

// pagesAtATime is how many pages are copied before anybody may stop the copy: some eight megabytes.
const pagesAtATime = 2000

// source is what the driver's connection can do beside database/sql.
type source interface {
	NewBackup(path string) (*sqlite.Backup, error)
}

// CopyTo copies the database as this snapshot sees it into a file, by SQLite's backup API. Without a snapshot of its own
// that API begins again whenever somebody writes, and under steady writing never ends; within one, writers go on and
// the copy is of one moment. The tables named without stay, their rows do not. told may be nil.
func (tx *Tx) CopyTo(path string, without []string, told func(done, all int64)) error {
	if tx.db.Dialect != SQLite || !tx.readOnly {
		return errors.New("db: only a snapshot of SQLite is copied")
	}
	if _, err := tx.Exists("select 1 from sqlite_master"); err != nil { // the snapshot begins with the first statement
		return err
	}
	path, err := filepath.Abs(path) // the engine's addresses know no other
	if err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600) // SQLite would let others read it
	if err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	if err := tx.conn.raw.Raw(func(c any) error { return tx.copyPages(c, path, told) }); err != nil {
		return full(err)
	}
	return full(emptied(tx.ctx, path, without))
}

func (tx *Tx) copyPages(c any, path string, told func(done, all int64)) (err error) {
	from, ok := c.(source)
	if !ok {
		return fmt.Errorf("db: %T makes no copies", c)
	}
	b, err := from.NewBackup(fileURL(path) + "?_pragma=synchronous(OFF)") // the whole file is synced at the end
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, b.Finish()) }()
	for more := true; more; {
		if err := tx.ctx.Err(); err != nil {
			return err
		}
		if more, err = b.Step(pagesAtATime); err != nil {
			return err
		}
		if told != nil {
			told(int64(b.PageCount()-b.Remaining()), int64(b.PageCount()))
		}
	}
	return nil
}

// emptied takes the rows of tables out of a copy, leaves no trace of them in its pages, and makes it one file.
func emptied(ctx context.Context, path string, tables []string) error {
	d, err := sql.Open("sqlite", fileURL(path)+"?_pragma=journal_mode(DELETE)&_pragma=secure_delete(1)&_pragma=synchronous(OFF)")
	if err != nil {
		return err
	}
	defer d.Close()
	for _, table := range tables {
		if _, err := d.ExecContext(ctx, `delete from "`+table+`"`); err != nil {
			return err
		}
	}
	return d.PingContext(ctx)
}

func fileURL(path string) string { return (&url.URL{Scheme: "file", Path: path}).String() }

// sqliteFull is the engine's number for a disk without room.
const sqliteFull = 13

// full says that the disk is full as every other part of the program does.
func full(err error) error {
	var e *sqlite.Error
	if errors.As(err, &e) && e.Code()&0xff == sqliteFull || err != nil && strings.Contains(err.Error(), "disk is full") {
		return fmt.Errorf("%w: %w", syscall.ENOSPC, err)
	}
	return err
}
