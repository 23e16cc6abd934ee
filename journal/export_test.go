package journal

import (
	"context"
	"crypto/sha256"
	"slices"

	"giaoban/internal/db"

	"golang.org/x/mod/sumdb/tlog"
)

// Leaf shows the tests the hashed text of one line, so that a root can be recomputed by any RFC 6962 implementation.
func Leaf(tx *db.Tx, seq int64) ([]byte, error) {
	var lines []Line
	if err := tx.Select(&lines, `
select seq, at, actor, actor_name, org, verb, kind, subject, details, private, salt, private_hash, hash
from journal
where seq between ? and ?
order by seq`, seq-1, seq); err != nil {
		return nil, err
	}
	if len(lines) == 0 || lines[len(lines)-1].Seq != seq {
		return nil, db.None
	}
	var previous []byte
	if len(lines) == 2 {
		previous = lines[0].Hash
	}
	return lines[len(lines)-1].leaf(previous), nil
}

// Announce is what is written down before a migration.
var Announce = announce

// Except puts a column into the list of exceptions, until the test takes it out again.
func Except(table, column string) (back func()) {
	old := exceptions
	exceptions = append(old[:len(old):len(old)], exception{table, column, "thử"})
	return func() { exceptions = old }
}

// Overlook lets nobody watch a table.
func Overlook(ctx context.Context, d *db.DB, name string) error {
	if d.Dialect == db.PostgreSQL {
		return d.Write(ctx, func(tx *db.Tx) error {
			_, err := tx.Exec("drop trigger seal on " + name)
			return err
		})
	}
	d.Keep(keeperOf(d, func(ctx context.Context) ([]*table, error) {
		all, err := sealedTables(d)(ctx)
		return slices.DeleteFunc(all, func(t *table) bool { return t.name == name }), err
	}))
	return nil
}

// LetGo lets nobody watch anything.
func LetGo(d *db.DB) {
	d.Keep(db.Keeper{
		Watch:  func(context.Context) ([]string, db.RowKeeper, error) { return nil, nil, nil },
		Commit: func(*db.Tx) error { return nil },
	})
}

// Forge rewrites the chain from one line on as somebody would who knows how it is made: that line tells something else, or
// everything after it is cut off, and all hashes and the head fit.
func Forge(tx *db.Tx, from int64, cut bool) error {
	var lines []Line
	if err := tx.Select(&lines, `
select seq, at, actor, actor_name, org, verb, kind, subject, details, private, salt, private_hash, hash
from journal
order by seq`); err != nil {
		return err
	}
	if cut {
		if _, err := tx.Exec("delete from journal where seq > ?", from); err != nil {
			return err
		}
		lines = lines[:from]
	}
	h := &head{}
	for i := range lines {
		e := &lines[i]
		if e.Seq == from && !cut {
			e.ActorName += " giả"
		}
		leaf := e.leaf(h.last)
		sum := sha256.Sum256(leaf)
		if e.Hash = sum[:]; e.Seq >= from {
			if _, err := tx.Exec("update journal set actor_name = ?, hash = ? where seq = ?", e.ActorName, e.Hash, e.Seq); err != nil {
				return err
			}
		}
		h.add(tlog.RecordHash(leaf))
		h.last = e.Hash
	}
	return h.Flush(tx)
}
