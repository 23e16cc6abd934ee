package schema_test

import (
	"context"
	"os"
	"slices"
	"strings"
	"testing"

	"giaoban/internal/db"
	"giaoban/internal/dbtest"
)

func TestCurrentSchemaIsWrittenDown(t *testing.T) {
	d := dbtest.Engines(t)[0].Open(t)
	dump, err := written(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile("current.sql", []byte(dump), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	kept, err := os.ReadFile("current.sql")
	if err != nil || string(kept) != dump {
		t.Errorf("current.sql is not what the migrations make (%v); UPDATE=1 go test ./schema rewrites it", err)
	}
}

// written is the schema of a SQLite database as text: tables and indexes by name.
func written(ctx context.Context, d *db.DB) (string, error) {
	var statements []string
	err := d.Read(ctx, func(tx *db.Tx) error {
		return tx.Select(&statements, `
select sql
from sqlite_master
where sql is not null and name not like 'goose%' and name not like 'sqlite%'
order by type desc, name`)
	})
	if err != nil {
		return "", err
	}
	return "-- Generated: the tables after all migrations. UPDATE=1 go test ./schema rewrites it.\n\n" +
		strings.Join(statements, ";\n\n") + ";\n", nil
}

// Both engines must end with the same tables and columns, or one SQL text would not serve both.
func TestBothEnginesHaveTheSameColumns(t *testing.T) {
	var first []string
	for i, e := range dbtest.Engines(t) {
		d := e.Open(t)
		var columns []string
		err := d.Read(t.Context(), func(tx *db.Tx) error {
			if tx.Dialect() == db.SQLite {
				return tx.Select(&columns, `
select m.name || '.' || p.name || ' ' || lower(p.type) || case when p."notnull" = 1 or p.pk > 0 then ' not null' else '' end
from sqlite_master m, pragma_table_info(m.name) p
where m.type = 'table' and m.name not like 'goose%' and m.name not like 'sqlite%'`)
			}
			return tx.Select(&columns, `
select table_name || '.' || column_name || ' ' || coalesce(domain_name, data_type) ||
	case when is_nullable = 'NO' then ' not null' else '' end
from information_schema.columns
where table_schema = 'public' and table_name not like 'goose%'`)
		})
		if err != nil {
			t.Fatal(err)
		}
		slices.Sort(columns)
		if i == 0 {
			first = columns
		} else if !slices.Equal(first, columns) {
			t.Errorf("%s differs:\n%s\n\n%s", e.Name, strings.Join(first, "\n"), strings.Join(columns, "\n"))
		}
	}
}
