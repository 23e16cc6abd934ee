package journal

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"

	"giaoban/internal/db"
	"giaoban/schema"
)

// Migrate brings the database to the newest schema and lets every commit from then on be sealed. Rows that no seal
// knows yet get one. A migration may change rows; those that were not as sealed before it stay so.
func Migrate(ctx context.Context, d *db.DB) error {
	behind, err := schema.Behind(ctx, d)
	if err != nil {
		return err
	}
	var wrong map[string]map[string]bool
	if behind {
		if err := d.Read(ctx, func(tx *db.Tx) (err error) {
			wrong, err = wrongBefore(tx)
			return err
		}); err != nil {
			return fmt.Errorf("kiểm tra niêm trước khi cập nhật: %w", err)
		}
	}
	if err := schema.Migrate(ctx, d); err != nil {
		return err
	}
	return keepSeals(ctx, d, wrong)
}

// KeepSeals lets every commit be sealed on a database that has the newest schema.
func KeepSeals(ctx context.Context, d *db.DB) error { return keepSeals(ctx, d, nil) }

// base is what the newest line about all tables says: by which schema and list of exceptions they were sealed.
type base struct {
	Schema string            `json:"schema"`
	Tables map[string]string `json:"tables"` // shape by name
}

const baseline = db.ID("baseline")

func keepSeals(ctx context.Context, d *db.DB, wrong map[string]map[string]bool) error {
	var all []Column
	var was, now base
	var triggered []string
	if err := d.Read(ctx, func(tx *db.Tx) (err error) {
		if all, err = Columns(tx); err != nil {
			return err
		}
		if was, err = lastBase(tx); err != nil {
			return err
		}
		if now.Schema, err = program(tx); err != nil || tx.Dialect() == db.SQLite {
			return err
		}
		return tx.Select(&triggered, `
select c.relname
from pg_trigger t
join pg_class c on c.oid = t.tgrelid
where t.tgname = 'seal' and t.tgenabled <> 'D' and c.relnamespace = current_schema()::regnamespace`)
	}); err != nil {
		return err
	}
	tables, err := tablesOf(all)
	if err != nil {
		return err
	}
	now.Tables = make(map[string]string)
	for _, t := range tables {
		now.Tables[t.name] = t.shape()
	}
	sealer := sealsOf(d.Dialect, tables)
	keeper := db.Keeper{Watch: []string{watch(tables)}, Commit: sealer.commit, Last: "journal"}
	renewed := was.Schema != now.Schema
	if d.Dialect == db.PostgreSQL {
		keeper.Watch = watchPostgres()
		untriggered := slices.ContainsFunc(tables, func(t *table) bool { return !slices.Contains(triggered, t.name) })
		if renewed || untriggered {
			if err := makeTriggers(ctx, d, tables); err != nil {
				return err
			}
		}
	}
	d.Keep(keeper)
	if !renewed {
		return nil
	}
	return d.WriteLong(ctx, func(tx *db.Tx) error {
		if again, err := lastBase(tx); err != nil || again.Schema == now.Schema {
			return err // another process of the same office was faster
		}
		return sealAll(tx, tables, wrong, now)
	})
}

// program is under which schema and which list of exceptions this program seals.
func program(tx *db.Tx) (string, error) {
	var version int64
	if err := tx.Get(&version, "select max(version_id) from goose_db_version"); err != nil {
		return "", err
	}
	parts := []string{fmt.Sprint(version)}
	for _, e := range exceptions {
		parts = append(parts, e.table, e.column)
	}
	for _, name := range slices.Sorted(maps.Keys(recomputed)) {
		parts = append(parts, name)
	}
	return fmt.Sprintf("%d-%s", version, db.Fingerprint(parts...)[:8]), nil
}

func lastBase(tx *db.Tx) (b base, err error) {
	var details string
	err = tx.Get(&details, `
select details
from journal
where kind = 'seal' and subject = ? and verb = 'sealed'
order by seq desc
limit 1`, string(baseline))
	if errors.Is(err, db.None) {
		return b, nil
	}
	if err == nil {
		err = json.Unmarshal([]byte(details), &b)
	}
	return b, err
}

func makeTriggers(ctx context.Context, d *db.DB, tables []*table) error {
	return d.WriteLong(ctx, func(tx *db.Tx) error {
		for _, t := range tables {
			for _, statement := range t.triggers() {
				if _, err := tx.Exec(statement); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// sealAll gives a seal to every row that has none, or none of this shape.
func sealAll(tx *db.Tx, tables []*table, wrong map[string]map[string]bool, now base) error {
	s, err := begin(tx)
	if err != nil {
		return err
	}
	for _, t := range tables {
		pages, err := t.unsealedPages(tx, wrong[t.name])
		if err != nil {
			return err
		}
		if err := s.seal(t.name, pages); err != nil {
			return err
		}
	}
	return s.end(baseline, Details{"baseline": true, "schema": now.Schema, "tables": now.Tables})
}

func (t *table) unsealedPages(tx *db.Tx, wrong map[string]bool) (pages []page, err error) {
	last, err := lastEntries(tx, t.name, func(int64, int) {})
	if err != nil {
		return nil, err
	}
	r := t.row(0)
	if err := tx.Each(func(rows *sql.Rows) error {
		if err := r.scan(rows); err != nil {
			return err
		}
		key := id(r.values[:len(t.keys)])
		kept, ok := last[key]
		delete(last, key)
		if wrong[key] || ok && !kept.gone && r.digest(kept.salt) == kept.digest {
			return nil
		}
		var e entry
		rand.Read(e.salt[:])
		e.digest = r.digest(e.salt)
		pages = into(pages, key, &e)
		return nil
	}, t.allRows(tx.Dialect())); err != nil {
		return nil, err
	}
	for _, key := range slices.Sorted(maps.Keys(last)) {
		if !last[key].gone && !wrong[key] {
			e := entry{gone: true}
			rand.Read(e.salt[:])
			pages = into(pages, key, &e)
		}
	}
	return pages, nil
}

// wrongBefore finds, before a migration, the rows that are not as they were sealed, in the tables that this program
// would seal in the same shape.
func wrongBefore(tx *db.Tx) (map[string]map[string]bool, error) {
	all, err := catalogue(tx)
	if err != nil || !slices.ContainsFunc(all, func(c Column) bool { return c.Table == "seal" }) {
		return nil, err
	}
	if err := classify(all, false); err != nil {
		return nil, err
	}
	tables, err := tablesOf(all)
	if err != nil {
		return nil, err
	}
	was, err := lastBase(tx)
	if err != nil {
		return nil, err
	}
	tables = slices.DeleteFunc(tables, func(t *table) bool { return was.Tables[t.name] != t.shape() })
	problems, err := verifyTables(tx, tables, nil)
	wrong := make(map[string]map[string]bool)
	for _, p := range problems {
		if wrong[p.Table] == nil {
			wrong[p.Table] = make(map[string]bool)
		}
		wrong[p.Table][p.ID] = true
	}
	return wrong, err
}
