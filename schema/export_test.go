package schema

import (
	"context"

	"giaoban/internal/db"
)

// MigrateTo brings an empty database to an older schema, as an office has it before it takes a newer program.
func MigrateTo(ctx context.Context, d *db.DB, version int64) error {
	p, err := provider(ctx, d)
	if err != nil {
		return err
	}
	_, err = p.UpTo(ctx, version)
	return err
}
