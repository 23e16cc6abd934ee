package journal_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/journal"
	"giaoban/sample"
	"giaoban/sample/sampletest"
)

func sound(t *testing.T, d *db.DB) {
	t.Helper()
	if problems := problemsOf(t, d); len(problems) > 0 {
		t.Errorf("%v", problems)
	}
}

func problemsOf(t *testing.T, d *db.DB) (problems []journal.Problem) {
	t.Helper()
	if err := d.Read(t.Context(), func(tx *db.Tx) (err error) {
		problems, err = journal.VerifySeals(tx, nil)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return problems
}

// rewrite touches one row of a table by each of its sealed columns, each in a commit of its own.
func rewrite(t *testing.T, p *sample.Province, each func(table, column string)) {
	t.Helper()
	var columns []journal.Column
	if err := p.DB.Read(t.Context(), func(tx *db.Tx) (err error) {
		columns, err = journal.Columns(tx)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	for _, c := range columns {
		if c.How != journal.Sealed {
			continue
		}
		if err := p.DB.Write(t.Context(), func(tx *db.Tx) error {
			row := "ctid = (select ctid"
			if tx.Dialect() == db.SQLite {
				row = "rowid = (select rowid"
			}
			_, err := tx.Exec(fmt.Sprintf(`update "%[1]s" set "%[2]s" = "%[2]s" where %[3]s from "%[1]s" limit 1)`, c.Table, c.Name, row))
			return err
		}); err != nil {
			t.Fatal(err)
		}
		each(c.Table, c.Name)
	}
}

// Whatever column of whatever table the program writes, the commit seals the row: there is a trigger for it.
func TestEveryColumnThatIsWrittenIsSealed(t *testing.T) {
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			p := sampletest.Open(t, e, "")
			sound(t, p.DB)
			seals := count(t, p.DB, "select count(*) from seal")
			written, unsealed := 0, []string{}
			rewrite(t, p, func(table, column string) {
				if now := count(t, p.DB, "select count(*) from seal"); now > seals {
					written, seals = written+1, now
				} else if count(t, p.DB, `select count(*) from "`+table+`"`) > 0 {
					unsealed = append(unsealed, table+"."+column)
				}
			})
			if len(unsealed) > 0 || written < 300 {
				t.Errorf("%d columns sealed, not sealed: %v", written, unsealed)
			}
			t.Logf("%d columns", written)
			sound(t, p.DB)
		})
	}
}

func count(t *testing.T, d *db.DB, query string) (n int) {
	t.Helper()
	if err := d.Read(t.Context(), func(tx *db.Tx) error { return tx.Get(&n, query) }); err != nil {
		t.Fatal(err)
	}
	return n
}

// The planted violation: a table that nobody watches, and a column in the list of exceptions that no table has.
func TestATableThatIsOverlookedIsFound(t *testing.T) {
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			d := e.Open(t)
			enterSetting := func(value string) {
				if err := d.Write(t.Context(), func(tx *db.Tx) error {
					_, err := tx.Exec("insert into setting (name, value) values ('thử', ?) on conflict (name) do update set value = excluded.value", value)
					return err
				}); err != nil {
					t.Fatal(err)
				}
			}
			enterSetting("một")
			sound(t, d)
			if err := journal.Overlook(t.Context(), d, "setting"); err != nil {
				t.Fatal(err)
			}
			enterSetting("hai")
			problems := problemsOf(t, d)
			if len(problems) != 1 || problems[0].Table != "setting" || problems[0].ID != "thử" {
				t.Errorf("%v", problems)
			}
			t.Log(problems)
		})
	}
}

func TestAnExceptionForNoColumnIsAnError(t *testing.T) {
	d := dbtest.Engines(t)[0].Open(t)
	defer journal.Except("session", "khong_co")()
	err := d.Read(t.Context(), func(tx *db.Tx) error {
		_, err := journal.Columns(tx)
		return err
	})
	if err == nil || !strings.Contains(err.Error(), "session.khong_co") {
		t.Errorf("%v", err)
	}
	t.Log(err)
}

// What a refused job wrote before it failed is sealed no more than it is kept, beside neighbours that succeed.
func TestARefusedJobLeavesNothingToSeal(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		write := func(n int) error {
			return d.WriteOr(t.Context(), func(tx *db.Tx) error {
				if _, err := tx.Exec("insert into setting (name, value) values (?, 'x')", fmt.Sprint(n)); err != nil {
					return err
				}
				if n%3 == 0 {
					return errors.New("thôi")
				}
				return nil
			}, func(tx *db.Tx, err error) error {
				return journal.Deny(tx, officer, journal.Refusal{Door: "thử", Reason: err.Error()})
			})
		}
		before := count(t, d, "select count(*) from setting")
		answers := make(chan error)
		for n := range 90 {
			go func() { answers <- write(n) }()
		}
		refused := 0
		for range 90 {
			if <-answers != nil {
				refused++
			}
		}
		if kept := count(t, d, "select count(*) from setting") - before; refused != 30 || kept != 60 {
			t.Errorf("%d refused, %d kept", refused, kept)
		}
		sound(t, d)
		for _, query := range []string{"update setting set value = 'y' where name = '4'", "delete from setting where name = '5'",
			"update setting set name = 'khác' where name = '7'"} {
			if err := d.Write(t.Context(), func(tx *db.Tx) error { _, err := tx.Exec(query); return err }); err != nil {
				t.Fatal(err)
			}
			sound(t, d)
		}
		lines := count(t, d, "select count(*) from journal")
		if err := d.Write(t.Context(), func(tx *db.Tx) error {
			return journal.Deny(tx, officer, journal.Refusal{Door: "thử", Reason: "không ghi gì"})
		}); err != nil {
			t.Fatal(err)
		}
		if now := count(t, d, "select count(*) from journal"); now != lines+1 {
			t.Errorf("a commit that changed no row left %d lines", now-lines)
		}
		if findings, _ := verify(t, d); len(findings) > 0 {
			t.Error(findings)
		}
	})
}

// What a statement wrote before it failed is gone, though the job goes on; a table that is emptied at once, rows that go
// with another one, a key that changes and changes back: each row is sealed as it stands in the end.
func TestEveryWayOfWritingIsSealed(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		run := func(statements ...string) {
			t.Helper()
			if err := d.Write(t.Context(), func(tx *db.Tx) error {
				for _, s := range statements {
					if _, err := tx.Exec(s); err != nil {
						return fmt.Errorf("%s: %w", s, err)
					}
				}
				return nil
			}); err != nil {
				t.Fatal(err)
			}
			sound(t, d)
		}
		if d.Dialect == db.SQLite { // PostgreSQL takes nothing more after a failure
			if err := d.Write(t.Context(), func(tx *db.Tx) error {
				if _, err := tx.Exec("insert into setting (name, value) values ('một', 'x'), ('hai', null)"); err == nil {
					t.Error("a null was taken")
				}
				_, err := tx.Exec("insert into setting (name, value) values ('hai', 'x')")
				return err
			}); err != nil {
				t.Fatal(err)
			}
			sound(t, d)
		}
		run("insert into setting (name, value) values ('ba', 'x'), ('bốn', 'y'), ('năm', 'z')", "update setting set value = 'w' where name = 'ba'")
		run("update setting set name = 'tạm' where name = 'ba'", "update setting set name = 'ba' where name = 'tạm'")
		run("update setting set name = 'tạm' where name = 'ba'", "update setting set name = 'ba' where name = 'bốn'",
			"update setting set name = 'bốn' where name = 'tạm'")
		run("insert into setting (name, value) values ('sáu', 'x')", "delete from setting where name = 'sáu'")
		run("insert into setting (name, value) values ('ba', 'mới') on conflict (name) do update set value = excluded.value",
			"insert into setting (name, value) values ('ba', 'cũ') on conflict (name) do nothing")
		if d.Dialect == db.SQLite {
			run("insert or replace into setting (name, value) values ('ba', 'thay')", "update or replace setting set name = 'ba' where name = 'năm'")
		}
		run("delete from setting")
		run("insert into setting (name, value) values ('ba', 'lại')")
	})
}

// A person's data erased with its salts leaves chain and seals as they were.
func TestSaltsMayBeErased(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		for _, value := range []string{"0912 345 678", ""} {
			if err := d.Write(t.Context(), func(tx *db.Tx) error {
				_, err := tx.Exec("insert into setting (name, value) values ('máy', ?) on conflict (name) do update set value = excluded.value", value)
				return err
			}); err != nil {
				t.Fatal(err)
			}
		}
		erased := make([]byte, 16)
		if err := d.Write(t.Context(), func(tx *db.Tx) error {
			_, err := tx.Exec("update seal set salts = ? where tbl = 'setting' and line = (select min(line) from seal where tbl = 'setting')", erased)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		sound(t, d)
		if findings, _ := verify(t, d); len(findings) > 0 {
			t.Error(findings)
		}
	})
}

// A migration changes rows lawfully. What had been altered by hand before it stays named after it.
func TestAMigrationLaundersNothing(t *testing.T) {
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			d := e.Open(t)
			run := func(statements ...string) {
				if err := d.Write(t.Context(), func(tx *db.Tx) error {
					for _, s := range statements {
						if _, err := tx.Exec(s); err != nil {
							return err
						}
					}
					return nil
				}); err != nil {
					t.Fatal(err)
				}
			}
			run("insert into setting (name, value) values ('một', 'x')", "insert into setting (name, value) values ('hai', 'x')")
			journal.LetGo(d) // from here on changes are another tool's
			if err := d.Rest(t.Context()); err != nil {
				t.Fatal(err)
			}
			run(quiet(d), "update setting set value = 'lén' where name = 'một'", quiet(d))
			if err := journal.Announce(t.Context(), d); err != nil {
				t.Fatal(err)
			}
			run(quiet(d), "update setting set value = 'bản mới' where name = 'hai'", "alter table holiday add column note text not null default ''", quiet(d))
			if err := journal.KeepSeals(t.Context(), d); err != nil {
				t.Fatal(err)
			}
			problems := problemsOf(t, d)
			if len(problems) != 1 || problems[0].ID != "một" {
				t.Errorf("%v", problems)
			}
			if findings, _ := verify(t, d); len(findings) > 0 {
				t.Error(findings)
			}
			run("update setting set value = 'ba' where name = 'hai'")
			if now := problemsOf(t, d); len(now) != 1 {
				t.Errorf("%v", now)
			}
		})
	}
}

// quiet makes a statement of nothing, after which the connection's changes are no longer noted.
func quiet(d *db.DB) string {
	if d.Dialect == db.PostgreSQL {
		return "set giaoban.seals = 'off'"
	}
	return "update setting set value = value where 1 = 0"
}
