package schema_test

import (
	"path/filepath"
	"testing"

	"giaoban/internal/db"
	"giaoban/journal"
	"giaoban/schema"
)

// An office's database from before seals opens, and what stands in it is sealed.
func TestAnOlderDatabaseGetsItsBaseline(t *testing.T) {
	d, err := db.Open(t.Context(), db.Config{Path: filepath.Join(t.TempDir(), "cu.db")})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if err := schema.MigrateTo(t.Context(), d, 17); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Raw().Exec("insert into setting (name, value) values ('cũ', 'x')"); err != nil {
		t.Fatal(err)
	}
	if err := journal.Migrate(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	look := func(query string) (n int) {
		if err := d.Read(t.Context(), func(tx *db.Tx) error {
			problems, err := journal.VerifySeals(tx, nil)
			if err != nil || len(problems) > 0 {
				t.Errorf("%v %v", problems, err)
			}
			return tx.Get(&n, query)
		}); err != nil {
			t.Fatal(err)
		}
		return n
	}
	if n := look("select count(*) from seal where tbl = 'setting'"); n != 1 {
		t.Errorf("%d pages", n)
	}
	lines := look("select count(*) from journal")
	if err := journal.Migrate(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	if now := look("select count(*) from journal"); now != lines {
		t.Errorf("opened once more it left %d lines", now-lines)
	}
}
