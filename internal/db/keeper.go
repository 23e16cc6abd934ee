package db

import (
	"context"
	"errors"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// Keeper is told of every transaction before it is committed.
type Keeper struct {
	// Watch prepares each connection that writes, when it is new: statements to run on it, or on SQLite somebody who is told
	// of the rows that it writes.
	Watch  func(ctx context.Context) (statements []string, rows RowKeeper, err error)
	Commit func(tx *Tx) error // does its part after the held values are flushed
	Last   string             // the held value that Commit may use; it is flushed after Commit
}

// RowKeeper is told of every row that the writing connection of SQLite is about to write.
type RowKeeper interface {
	Begin()       // a transaction begins
	Row(c Change) // a statement writes a row
	Doubt()       // some of what was told in this transaction was taken back
}

// Change is one row of a table that is about to be inserted, updated or deleted.
type Change struct {
	Table             string
	Inserted, Deleted bool
	row               *sqlite.SQLitePreUpdateData
}

// Old reads the first columns of the row as it was, as many as into has room for, in the order of the table.
func (c Change) Old(into []any) error { return c.row.Old(into...) }

// New reads the first columns of the row as it will be.
func (c Change) New(into []any) error { return c.row.New(into...) }

// Keep sets the one keeper; the next transaction is the first that it is told of.
func (d *DB) Keep(k Keeper) { d.keeper.Store(&k) }

// watch prepares a connection for the keeper, outside of any transaction.
func (c *committer) watch(ctx context.Context) error {
	k := c.db.keeper.Load()
	if k == nil || c.conn.keeper == k {
		return nil
	}
	statements, rows, err := k.Watch(ctx)
	if err != nil {
		return err
	}
	for _, statement := range statements {
		if err := c.conn.exec(ctx, statement); err != nil {
			return err
		}
	}
	if c.db.Dialect == SQLite {
		// What was prepared before anybody looked may empty a table without telling of its rows.
		c.conn.forget()
		if err := c.conn.tell(rows); err != nil {
			return err
		}
	}
	c.conn.keeper = k
	return nil
}

// tell lets the connection tell of the rows it writes; nil ends that.
func (c *conn) tell(rows RowKeeper) error {
	c.told = rows
	return c.raw.Raw(func(driver any) error {
		hooks, ok := driver.(sqlite.HookRegisterer)
		if !ok {
			return errors.New("db: this driver of SQLite does not tell of rows")
		}
		if rows == nil {
			hooks.RegisterPreUpdateHook(nil)
			return nil
		}
		hooks.RegisterPreUpdateHook(func(row sqlite.SQLitePreUpdateData) {
			if row.DatabaseName == "main" {
				rows.Row(Change{row.TableName, row.Op == sqlite3.SQLITE_INSERT, row.Op == sqlite3.SQLITE_DELETE, &row})
			}
		})
		return nil
	})
}

// rows gives whom the connection tells, one who does not listen when there is nobody.
func (c *conn) rows() RowKeeper {
	if c.told == nil {
		return deaf{}
	}
	return c.told
}

type deaf struct{}

func (deaf) Begin()     {}
func (deaf) Row(Change) {}
func (deaf) Doubt()     {}
