// Package schema holds cấu trúc dữ liệu, the tables: forward only, one text for both engines, embedded in the program.
package schema

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"log"
	"maps"
	"slices"
	"sort"
	"strconv"

	"giaoban/internal/db"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

//go:embed *.sql
var files embed.FS

// Migrate brings the database to the newest schema; it does nothing when it is there already. before is called when there
// is something to do. Errors name the file.
func Migrate(ctx context.Context, d *db.DB, before func() error) error {
	p, err := provider(ctx, d)
	if err != nil {
		return err
	}
	pending, err := p.HasPending(ctx)
	if err == nil && pending && before != nil {
		err = before()
	}
	if err != nil || !pending {
		return err
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("cập nhật cấu trúc dữ liệu: %w", err)
	}
	return nil
}

func provider(ctx context.Context, d *db.DB) (*goose.Provider, error) {
	dialect := goose.DialectSQLite3
	options := []goose.ProviderOption{goose.WithLogger(goose.NopLogger()), goose.WithExcludeNames([]string{"current.sql"})}
	if d.Dialect == db.PostgreSQL {
		dialect = goose.DialectPostgres
		locker, err := lock.NewPostgresSessionLocker()
		if err != nil {
			return nil, err
		}
		options = append(options, goose.WithSessionLocker(locker))
		// The schema says blob on both engines; on PostgreSQL that is another name for bytea.
		if _, err := d.Raw().ExecContext(ctx, `
do $$ begin
	if not exists (select 1 from pg_type t join pg_namespace n on n.oid = t.typnamespace
		where t.typname = 'blob' and n.nspname = current_schema()) then
		create domain blob as bytea;
	end if;
end $$`); err != nil {
			return nil, fmt.Errorf("chuẩn bị cơ sở dữ liệu PostgreSQL: %w", err)
		}
	}
	return goose.NewProvider(dialect, d.Raw(), files, options...)
}

// Newest is the number of the newest schema this program knows.
func Newest() (newest int64) {
	names, err := fs.Glob(files, "0*.sql")
	if err != nil {
		log.Panic(err) // the pattern is a constant
	}
	for _, name := range names {
		if n, err := goose.NumericComponent(name); err == nil {
			newest = max(newest, n)
		}
	}
	return newest
}

// Of is the number of the schema a database has.
func Of(tx *db.Tx) (version int64, err error) {
	err = tx.Get(&version, "select coalesce(max(version_id), 0) from goose_db_version")
	return version, err
}

// Verify names the rows of goose_db_version that are not of this program's migrations, and those that are missing by
// their version.
func Verify(tx *db.Tx) (wrong []string, err error) {
	var rows []struct {
		ID      int64 `db:"id"`
		Version int64 `db:"version_id"`
		Applied bool  `db:"is_applied"`
	}
	if err := tx.Select(&rows, "select id, version_id, is_applied from goose_db_version"); err != nil {
		return nil, err
	}
	names, err := fs.Glob(files, "0*.sql")
	if err != nil {
		return nil, err
	}
	left := map[int64]bool{0: true} // goose begins with a row of its own
	for _, name := range names {
		version, err := goose.NumericComponent(name)
		if err != nil {
			return nil, err
		}
		left[version] = true
	}
	for _, r := range rows {
		if !left[r.Version] || !r.Applied {
			wrong = append(wrong, strconv.FormatInt(r.ID, 10))
		}
		delete(left, r.Version)
	}
	for _, version := range slices.Sorted(maps.Keys(left)) {
		wrong = append(wrong, strconv.FormatInt(version, 10))
	}
	return wrong, nil
}

// Fingerprint changes whenever a migration does; test databases are kept by it.
func Fingerprint() string {
	names, err := fs.Glob(files, "0*.sql")
	if err != nil {
		log.Panic(err) // the pattern is a constant
	}
	sort.Strings(names)
	var parts []string
	for _, name := range names {
		text, err := files.ReadFile(name)
		if err != nil {
			log.Panic(err) // it is embedded
		}
		parts = append(parts, name, string(text))
	}
	return db.Fingerprint(parts...)
}
