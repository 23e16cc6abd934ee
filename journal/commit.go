package journal

import (
	"context"
	"crypto/rand"
	"database/sql"
	"fmt"
	"slices"

	"giaoban/internal/db"
)

// keeperOf lets every commit end with seals of the rows that it changed.
func keeperOf(d *db.DB, tables func(ctx context.Context) ([]*table, error)) db.Keeper {
	if d.Dialect == db.PostgreSQL {
		n := &noted{}
		return db.Keeper{Commit: n.commit, Last: "journal", Watch: func(ctx context.Context) ([]string, db.RowKeeper, error) {
			all, err := tables(ctx)
			n.tables = byName(all, (*table).changedRows)
			return watchPostgres(), nil, err
		}}
	}
	w := &watched{}
	return db.Keeper{Commit: w.commit, Last: "journal", Watch: func(ctx context.Context) ([]string, db.RowKeeper, error) {
		all, err := tables(ctx)
		w.tables, w.rows, w.changed = byName(all, (*table).oneRow), make(map[string]*changes), nil
		return nil, w, err
	}}
}

// sealedTables reads from the catalogue what is to be sealed. It takes milliseconds, so it waits for the first change.
func sealedTables(d *db.DB) func(ctx context.Context) ([]*table, error) {
	return func(ctx context.Context) (tables []*table, err error) {
		err = d.Read(ctx, func(tx *db.Tx) error {
			all, err := Columns(tx)
			if err == nil {
				tables, err = tablesOf(all)
			}
			return err
		})
		return tables, err
	}
}

func byName(tables []*table, query func(*table) string) map[string]*table {
	all := make(map[string]*table, len(tables))
	for _, t := range tables {
		t.query = query(t)
		all[t.name] = t
	}
	return all
}

// noted seals on PostgreSQL, where triggers note what changed.
type noted struct{ tables map[string]*table }

// commit asks once for each table that changed and writes one line for all.
func (n *noted) commit(tx *db.Tx) error {
	var changed []string
	if err := tx.Select(&changed, "select distinct tbl from seal_changed"); err != nil || len(changed) == 0 {
		return err
	}
	slices.Sort(changed)
	all, err := begin(tx)
	if err != nil {
		return err
	}
	for _, name := range changed {
		pages, err := n.tables[name].changedPages(tx)
		if err != nil {
			return err
		}
		if err := all.seal(name, pages); err != nil {
			return err
		}
	}
	return all.end("", nil)
}

func (t *table) changedPages(tx *db.Tx) (pages []page, err error) {
	k := len(t.keys)
	r := t.row(k)
	err = tx.Each(func(rows *sql.Rows) error {
		if err := r.scan(rows); err != nil {
			return err
		}
		e := r.entry(r.values[k] == nil)
		pages = into(pages, id(r.values[:k]), &e)
		return nil
	}, t.query)
	return pages, err
}

// watched seals on SQLite, whose connection tells of each row as it is written: nothing is read again.
type watched struct {
	tables  map[string]*table
	rows    map[string]*changes // of the tables that changed since the program began
	changed []string            // since the transaction began, in the order of their first change
	doubt   bool                // some of it was taken back: it is read again before it is sealed
	err     error
}

// changes are the rows of one table that a transaction changed, each once.
type changes struct {
	row     *row
	keys    int   // how many of the first columns hold the whole key
	values  []any // one row in the order of the table
	old     []any // its key before
	at      map[string]int
	ids     []string
	key     []any // of each row, one after another
	entries []entry
}

// mostRoom rows of a table keep their memory for the next transaction.
const mostRoom = 4096

func (w *watched) Begin() {
	for _, name := range w.changed {
		if c := w.rows[name]; len(c.ids) > mostRoom {
			delete(w.rows, name)
		} else {
			clear(c.at)
			clear(c.key)
			c.ids, c.key, c.entries = c.ids[:0], c.key[:0], c.entries[:0]
		}
	}
	w.changed, w.doubt, w.err = w.changed[:0], false, nil
}

func (w *watched) Doubt() { w.doubt = true }

func (w *watched) Row(change db.Change) {
	t := w.tables[change.Table]
	if t == nil || w.err != nil {
		return
	}
	c := w.rows[t.name]
	if c == nil {
		c = newChanges(t)
		w.rows[t.name] = c
	}
	if len(c.ids) == 0 {
		w.changed = append(w.changed, t.name)
	}
	w.err = c.note(change)
}

func newChanges(t *table) *changes {
	c := &changes{row: t.row(0), old: make([]any, len(t.keys)), at: make(map[string]int)}
	for _, k := range t.keys {
		c.keys = max(c.keys, k.At+1)
	}
	n := c.keys
	for _, column := range t.columns {
		n = max(n, column.At+1)
	}
	c.values = make([]any, n)
	return c
}

func (c *changes) note(change db.Change) error {
	was := ""
	if !change.Inserted {
		if err := change.Old(c.values[:c.keys]); err != nil {
			return err
		}
		c.place()
		was = id(c.row.values[:len(c.row.t.keys)])
	}
	if change.Deleted {
		c.put(was, c.row.entry(true))
		return nil
	}
	copy(c.old, c.row.values)
	if err := change.New(c.values); err != nil {
		return err
	}
	c.place()
	is := id(c.row.values[:len(c.row.t.keys)])
	e := c.row.entry(false)
	c.put(is, e)
	if !change.Inserted && is != was {
		copy(c.row.values, c.old)
		c.put(was, c.row.entry(true))
	}
	return nil
}

// place lays the values as the digest wants them: the key, then the sealed columns.
func (c *changes) place() {
	for i, column := range c.row.t.keys {
		c.row.values[i] = c.values[column.At]
	}
	for i, column := range c.row.t.columns {
		c.row.values[len(c.row.t.keys)+i] = c.values[column.At]
	}
}

func (c *changes) put(id string, e entry) {
	if i, ok := c.at[id]; ok {
		c.entries[i] = e
		return
	}
	c.at[id] = len(c.ids)
	c.ids = append(c.ids, id)
	c.key = append(c.key, c.row.values[:len(c.row.t.keys)]...)
	c.entries = append(c.entries, e)
}

// commit writes one line for all that was told.
func (w *watched) commit(tx *db.Tx) error {
	if w.err != nil || len(w.changed) == 0 {
		return w.err
	}
	all, err := begin(tx)
	if err != nil {
		return err
	}
	for _, name := range slices.Sorted(slices.Values(w.changed)) {
		c := w.rows[name]
		if w.doubt {
			if err := c.readAgain(tx); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
		}
		var pages []page
		for i, id := range c.ids {
			pages = into(pages, id, &c.entries[i])
		}
		if err := all.seal(name, pages); err != nil {
			return err
		}
	}
	return all.end("", nil)
}

// readAgain takes the rows as they stand now.
func (c *changes) readAgain(tx *db.Tx) error {
	k := len(c.row.t.keys)
	for i := range c.entries {
		c.entries[i] = c.row.entry(true)
		if err := tx.Each(func(rows *sql.Rows) error {
			if err := c.row.scan(rows); err != nil {
				return err
			}
			c.entries[i] = c.row.entry(false)
			return nil
		}, c.row.t.query, c.key[i*k:(i+1)*k]...); err != nil {
			return err
		}
	}
	return nil
}

// entry makes the entry of the row that was read, or of one that is gone, with a salt of its own.
func (r *row) entry(gone bool) (e entry) {
	if len(r.salts) == 0 {
		r.salts = make([]byte, 64*saltSize)
		rand.Read(r.salts)
	}
	r.salts = r.salts[copy(e.salt[:], r.salts):]
	if e.gone = gone; !gone {
		e.digest = r.digest(e.salt)
	}
	return e
}
