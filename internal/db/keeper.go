package db

import "context"

// Keeper is told of every transaction before it is committed.
type Keeper struct {
	Watch  []string           // statements for each connection that writes, when it is new
	Commit func(tx *Tx) error // does its part after the held values are flushed
	Last   string             // the held value that Commit may use; it is flushed after Commit
}

// Keep sets the one keeper; the next transaction is the first that it is told of.
func (d *DB) Keep(k Keeper) { d.keeper.Store(&k) }

// watch prepares a connection for the keeper, outside of any transaction.
func (c *committer) watch(ctx context.Context) error {
	k := c.db.keeper.Load()
	if k == nil || c.conn.keeper == k {
		return nil
	}
	for _, statement := range k.Watch {
		if err := c.conn.exec(ctx, statement); err != nil {
			return err
		}
	}
	c.conn.keeper = k
	return nil
}
