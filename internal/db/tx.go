package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"giaoban/internal/fault"
)

// Tx is what every room function takes first: a context, one instant, the statements of one transaction.
type Tx struct {
	ctx      context.Context
	db       *DB
	conn     *conn
	now      time.Time
	readOnly bool
	batch    *batch          // the commit this write belongs to; nil when reading
	held     map[string]Held // what this fn holds of the batch's shared values
	until    time.Time       // real time after which the fn is refused
	writes   int             // how many writing statements were begun
	broken   bool            // a statement failed: PostgreSQL takes no more in this transaction
	same     bool            // it was asked whether what the connection keeps for Once still holds
}

// None is what Get returns when no row matches.
var None = sql.ErrNoRows

// Now is the one instant of this transaction.
func (tx *Tx) Now() Instant { return InstantOf(tx.now) }

// Clock is Now as a time in Vietnam's zone.
func (tx *Tx) Clock() time.Time { return tx.now.In(Vietnam) }

// Writes tells how many writing statements were begun: who did several things asks whether one that was refused wrote.
func (tx *Tx) Writes() int { return tx.writes }

// Context is for things beside the database that must stop with the caller.
func (tx *Tx) Context() context.Context { return tx.ctx }

// Dialect is for the rare query that differs.
func (tx *Tx) Dialect() Dialect { return tx.db.Dialect }

// ReadOnly reports whether this is a snapshot.
func (tx *Tx) ReadOnly() bool { return tx.readOnly }

// NewID makes a key of this instant.
func (tx *Tx) NewID() ID { return tx.db.ids.New(tx.now) }

// ready refuses between statements: a fn that takes too long must not hold up its neighbours.
func (tx *Tx) ready(args []any) error {
	if !tx.until.IsZero() && time.Now().After(tx.until) {
		return fault.Busy("Thao tác này mất quá nhiều thời gian nên đã dừng lại; chưa có gì được ghi. Xin thử lại.")
	}
	for _, a := range args {
		switch a := a.(type) {
		case string:
			if strings.IndexByte(a, 0) >= 0 {
				return fault.Invalid("", "Nội dung có ký tự NUL, không phải văn bản. Xin xóa ký tự lạ rồi gửi lại.")
			}
		case time.Time:
			return errors.New("db: instants are bound as db.Instant, days as calendar.Date")
		}
	}
	return nil
}

// Exec runs a statement and tells how many rows it changed.
func (tx *Tx) Exec(query string, args ...any) (int64, error) {
	if err := tx.ready(args); err != nil {
		return 0, err
	}
	if tx.readOnly {
		return 0, errors.New("db: a read-only transaction cannot write")
	}
	tx.writes++
	s, err := tx.conn.stmt(tx.ctx, query)
	if err != nil {
		tx.broken = true
		return 0, err
	}
	r, err := s.ExecContext(tx.ctx, args...)
	if err != nil {
		tx.broken = true
		return 0, fmt.Errorf("%w\n%s", err, query)
	}
	return r.RowsAffected()
}

// Rows runs a query whose rows the caller scans itself; the caller closes them.
func (tx *Tx) Rows(query string, args ...any) (*sql.Rows, error) {
	if err := tx.ready(args); err != nil {
		return nil, err
	}
	s, err := tx.conn.stmt(tx.ctx, query)
	if err != nil {
		tx.broken = true
		return nil, err
	}
	rows, err := s.QueryContext(tx.ctx, args...)
	if err != nil {
		tx.broken = true
		return nil, fmt.Errorf("%w\n%s", err, query)
	}
	return rows, nil
}

// Each runs a query and calls scan for every row, for the hot paths where mapping by name costs too much.
func (tx *Tx) Each(scan func(row *sql.Rows) error, query string, args ...any) error {
	rows, err := tx.Rows(query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// Get fills dest from the first row: a struct by its `db` tags, or a single value. None when there is no row.
func (tx *Tx) Get(dest any, query string, args ...any) error {
	rows, err := tx.Rows(query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	if !rows.Next() {
		if err := rows.Err(); err != nil {
			return err
		}
		return None
	}
	targets, err := targetsIn(rows, reflect.ValueOf(dest).Elem())
	if err == nil {
		err = rows.Scan(targets...)
	}
	if err != nil {
		return fmt.Errorf("%w\n%s", err, query)
	}
	return nil
}

// Select appends every row to *dest, a slice of structs or of single values.
func (tx *Tx) Select(dest any, query string, args ...any) error {
	rows, err := tx.Rows(query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	list := reflect.ValueOf(dest).Elem()
	item := reflect.New(list.Type().Elem()).Elem()
	targets, err := targetsIn(rows, item)
	if err != nil {
		return fmt.Errorf("%w\n%s", err, query)
	}
	for rows.Next() {
		item.SetZero()
		if err := rows.Scan(targets...); err != nil {
			return fmt.Errorf("%w\n%s", err, query)
		}
		list.Set(reflect.Append(list, item))
	}
	return rows.Err()
}

// Exists reports whether the query has a row.
func (tx *Tx) Exists(query string, args ...any) (bool, error) {
	rows, err := tx.Rows(query, args...)
	if err != nil {
		return false, err
	}
	defer rows.Close()
	return rows.Next(), rows.Err()
}

// Insert writes one row: the columns are the `db` tags of row, a struct (embedded structs included).
func (tx *Tx) Insert(table string, row any) error {
	v := reflect.ValueOf(row)
	if v.Kind() == reflect.Pointer {
		v = v.Elem()
	}
	m := mappingOf(v.Type())
	args := make([]any, len(m.columns))
	for i, path := range m.paths {
		args[i] = v.FieldByIndex(path).Interface()
	}
	_, err := tx.Exec(m.insert(table), args...)
	return err
}

// Among selects the rows of many ids: query ends where their list begins, "… and t.id in ". The rule that narrows it
// stands before, with args.
func Among[T any](tx *Tx, ids []ID, query string, args ...any) (found []T, err error) {
	for part := range slices.Chunk(ids, 256) {
		list, some := Padded(part)
		if err := tx.Select(&found, query+list, slices.Concat(args, some)...); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// Padded is In for a list whose length becomes a power of two by repeating its last item, so that few statements are
// prepared.
func Padded[T any](items []T) (string, []any) {
	size := 1
	for size < len(items) {
		size *= 2
	}
	all := append(make([]T, 0, size), items...)
	for len(all) > 0 && len(all) < size {
		all = append(all, items[len(items)-1])
	}
	return In(all)
}

// In gives "(?, ?, ?)" and the arguments for a list; an empty list gives "(null)", which matches nothing.
func In[T any](items []T) (string, []any) {
	if len(items) == 0 {
		return "(null)", nil
	}
	args := make([]any, len(items))
	for i, item := range items {
		args[i] = item
	}
	return "(?" + strings.Repeat(", ?", len(items)-1) + ")", args
}
