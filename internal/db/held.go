package db

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
)

// batch is one transaction and what its writers share.
type batch struct {
	held map[string]Held
}

// Held is a value that the writers of one batch share in memory: the journal's head, a maintained total. It is loaded
// once after the lock is taken, copied for each fn so that a rollback undoes it, and flushed once before the commit.
type Held interface {
	Copy() Held
	Flush(tx *Tx) error
}

// Hold gives this fn's own copy of the batch's value under key, loading it at first use. What the fn changes in it
// counts only if the fn succeeds.
func (tx *Tx) Hold(key string, load func(tx *Tx) (Held, error)) (Held, error) {
	if tx.batch == nil {
		return nil, errors.New("db: nothing is held outside a write")
	}
	if h, ok := tx.held[key]; ok {
		return h, nil
	}
	var h Held
	if shared, ok := tx.batch.held[key]; ok {
		h = shared.Copy()
	} else {
		var err error
		if h, err = load(tx); err != nil {
			return nil, err
		}
	}
	if tx.held == nil {
		tx.held = make(map[string]Held)
	}
	tx.held[key] = h
	return h, nil
}

// flush writes what the batch shares, lets the keeper do its part, and writes last what the keeper may still change.
func (c *committer) flush(ctx context.Context, b *batch) error {
	tx := &Tx{ctx: ctx, db: c.db, conn: c.conn, now: c.db.now(), batch: b}
	k, last := c.conn.keeper, ""
	if k != nil {
		last = k.Last
	}
	for _, key := range slices.Sorted(maps.Keys(b.held)) {
		if key == last {
			continue
		}
		if err := b.held[key].Flush(tx); err != nil {
			return fmt.Errorf("flush %s: %w", key, err)
		}
	}
	if k == nil {
		return nil
	}
	if err := k.Commit(tx); err != nil {
		return err
	}
	maps.Copy(b.held, tx.held)
	if h, ok := b.held[last]; ok {
		return h.Flush(tx)
	}
	return nil
}
