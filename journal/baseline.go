package journal

import (
	"bytes"
	"context"
	"crypto/sha256"
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
// knows yet get one. A migration may change rows; those that were not as sealed before it stay so, and verify names them
// after it too.
func Migrate(ctx context.Context, d *db.DB) error {
	// On SQLite there is one connection that writes; whoever wrote before must let go of it.
	if err := d.Rest(ctx); err != nil {
		return err
	}
	if err := schema.Migrate(ctx, d, func() error { return announce(ctx, d) }); err != nil {
		return err
	}
	return KeepSeals(ctx, d)
}

// announce leaves a line before a migration, with what was wrong already: should the program stop in the middle, the next
// one knows which rows the migration may have changed.
func announce(ctx context.Context, d *db.DB) error {
	var was base
	if err := d.Read(ctx, func(tx *db.Tx) error {
		all, err := catalogue(tx)
		if err != nil || !slices.ContainsFunc(all, func(c Column) bool { return c.Table == "seal" }) {
			return err
		}
		if was, err = lastBase(tx); err != nil || was.Schema == "" || was.Migrating {
			return err
		}
		was.Wrong, err = wrongRows(tx, all, was)
		return err
	}); err != nil || was.Schema == "" || was.Migrating {
		return err
	}
	if err := d.WriteLong(ctx, func(tx *db.Tx) error {
		s, err := begin(tx)
		if err != nil {
			return err
		}
		return s.end(baseline, Details{"schema": was.Schema, "tables": was.Tables, "wrong": was.Wrong, "migrating": true})
	}); err != nil {
		return err
	}
	return d.Rest(ctx)
}

// base is what the newest line about all tables says: by which schema and list of exceptions they were sealed.
type base struct {
	Schema    string              `json:"schema"`
	Tables    map[string]string   `json:"tables"`    // shape by name
	Migrating bool                `json:"migrating"` // a migration was begun, and its end not yet sealed
	Wrong     map[string][]string `json:"wrong"`     // ids of rows that were not as sealed before it, by table
}

// mostWrong ids of a table are named; of more, every row that differs counts as wrong.
const (
	mostWrong = 1000
	anyRow    = "*"
)

const baseline = db.ID("baseline")

// KeepSeals lets every commit be sealed on a database that has the newest schema.
func KeepSeals(ctx context.Context, d *db.DB) error {
	var was, now base
	var triggered []string
	if err := d.Read(ctx, func(tx *db.Tx) (err error) {
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
	tables := sealedTables(d)
	if d.Dialect == db.PostgreSQL {
		all, err := tables(ctx)
		if err != nil {
			return err
		}
		untriggered := slices.ContainsFunc(all, func(t *table) bool { return !slices.Contains(triggered, t.name) })
		if was.differs(now) || untriggered {
			if err := makeTriggers(ctx, d, all); err != nil {
				return err
			}
		}
	}
	d.Keep(keeperOf(d, tables))
	if !was.differs(now) {
		return nil
	}
	return d.WriteLong(ctx, func(tx *db.Tx) error { return sealAll(tx, now) })
}

func (b base) differs(from base) bool { return b.Migrating || b.Schema != from.Schema }

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
	parts = append(parts, slices.Sorted(maps.Keys(recomputed))...)
	return fmt.Sprintf("%d-%s", version, db.Fingerprint(parts...)[:8]), nil
}

// lastBase reads the newest line about all tables; a line that is not what the chain says counts as none.
func lastBase(tx *db.Tx) (b base, err error) {
	var seq int64
	err = tx.Get(&seq, `
select seq
from journal
where kind = ? and subject = ? and verb = 'sealed'
order by seq desc
limit 1`, SealKind, string(baseline))
	if errors.Is(err, db.None) {
		return b, nil
	}
	if err != nil {
		return b, err
	}
	var lines []Line
	if err := tx.Select(&lines, `
select seq, at, actor, actor_name, org, verb, kind, subject, details, private, salt, private_hash, hash
from journal
where seq between ? and ?
order by seq`, seq-1, seq); err != nil {
		return b, err
	}
	line, previous := &lines[len(lines)-1], []byte(nil)
	if len(lines) > 1 {
		previous = lines[0].Hash
	}
	if sum := sha256.Sum256(line.leaf(previous)); !bytes.Equal(sum[:], line.Hash) {
		return base{}, nil
	}
	err = json.Unmarshal([]byte(line.Details), &b)
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
func sealAll(tx *db.Tx, now base) error {
	was, err := lastBase(tx)
	if err != nil || !was.differs(now) {
		return err // another process of the same office was faster
	}
	all, err := Columns(tx)
	if err != nil {
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
	if was.Schema == "" {
		// Seals without the line that begins them: somebody altered that line. What stands now must not be sealed anew.
		if some, err := tx.Exists("select 1 from seal"); err != nil || some {
			return err
		}
	} else if !was.Migrating {
		if was.Wrong, err = wrongRows(tx, all, was); err != nil {
			return err
		}
	}
	s, err := begin(tx)
	if err != nil {
		return err
	}
	if err := inGroups(tx, tables, func(int64, int64) {}, func(t *table, last map[string]entry) error {
		pages, err := t.unsealedPages(tx, last, was.Wrong[t.name])
		if err != nil {
			return err
		}
		return s.seal(t.name, pages)
	}); err != nil {
		return err
	}
	return s.end(baseline, Details{"baseline": true, "schema": now.Schema, "tables": now.Tables})
}

func (t *table) unsealedPages(tx *db.Tx, last map[string]entry, wrong []string) (pages []page, err error) {
	differs := slices.Contains(wrong, anyRow)
	isWrong := make(map[string]bool, len(wrong))
	for _, key := range wrong {
		isWrong[key] = true
	}
	r := t.row(0)
	if err := tx.Each(func(rows *sql.Rows) error {
		if err := r.scan(rows); err != nil {
			return err
		}
		key := id(r.values[:len(t.keys)])
		kept, ok := last[key]
		delete(last, key)
		if isWrong[key] || differs || ok && !kept.gone && r.digest(kept.salt) == kept.digest {
			return nil
		}
		e := r.entry(false)
		pages = into(pages, key, &e)
		return nil
	}, t.allRows(tx.Dialect())); err != nil {
		return nil, err
	}
	for _, key := range slices.Sorted(maps.Keys(last)) {
		if !last[key].gone && !isWrong[key] && !differs {
			e := r.entry(true)
			pages = into(pages, key, &e)
		}
	}
	return pages, nil
}

// wrongRows finds the rows that are not as they were sealed, in the tables that this program seals in the same shape.
func wrongRows(tx *db.Tx, all []Column, was base) (map[string][]string, error) {
	if err := classify(all, false); err != nil {
		return nil, err
	}
	tables, err := tablesOf(all)
	if err != nil {
		return nil, err
	}
	tables = slices.DeleteFunc(tables, func(t *table) bool { return was.Tables[t.name] != t.shape() })
	problems, err := verifyTables(tx, tables, nil)
	wrong := make(map[string][]string)
	for _, p := range problems {
		switch n := len(wrong[p.Table]); {
		case n == mostWrong:
			wrong[p.Table] = append(wrong[p.Table], anyRow)
		case n < mostWrong:
			wrong[p.Table] = append(wrong[p.Table], p.ID)
		}
	}
	return wrong, err
}
