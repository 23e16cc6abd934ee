package schema_test

import (
	"path/filepath"
	"testing"

	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/schema"
)

// When addresses leave the tables, a conference of the past keeps its place in the graph under a kind of its own, and
// one that was prepared here stays what it is.
func TestConferencesOfThePastKeepTheirPlaceInTheGraph(t *testing.T) {
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			d := older(t, e, 15,
				"insert into body (id, code, kind, sort, valid_from) values ('ban', 'BTG', 'commission', 1, '2010-01-01')",
				`insert into archive_event (id, org, kind, period, held_on, part, launches, organiser, province, place, concluder, sort_day, at)
values ('cu', 'ban', 'briefing', '2019-Q1', '2019-04-01', '', '', '', '', '', '', '2019-04-01', 1)`,
				`insert into lineage_node (key, kind, id, label, org, url) values
	('import/tep', 'import', 'tep', 'Tư liệu', 'ban', '/tu-lieu/tep'),
	('briefing/cu', 'briefing', 'cu', 'Hội nghị cũ', 'ban', '/tu-lieu/hoi-nghi/cu'),
	('briefing/moi', 'briefing', 'moi', 'Hội nghị mới', 'ban', '/giao-ban/moi'),
	('task/viec', 'task', 'viec', 'Việc', 'ban', '/nhiem-vu/viec')`,
				`insert into lineage_edge (source, target, verb, at) values
	('import/tep', 'briefing/cu', 'kể về', 1),
	('briefing/cu', 'task/viec', 'giao', 1),
	('briefing/moi', 'task/viec', 'nhắc', 1)`,
				"insert into lineage_reader (node, body) values ('briefing/cu', 'ban'), ('briefing/moi', 'ban')") // who asks the room now
			if err := schema.Migrate(t.Context(), d, nil); err != nil {
				t.Fatal(err)
			}
			var edges, nodes string
			err := d.Read(t.Context(), func(tx *db.Tx) error {
				if err := tx.Get(&edges, "select string_agg(edge, ', ') from (select source || ' > ' || target as edge from lineage_edge order by target, source desc) e"); err != nil {
					return err
				}
				return tx.Get(&nodes, "select string_agg(node, ', ') from (select key || ' ' || kind || ' ' || label as node from lineage_node where id in ('cu', 'moi') order by key) n")
			})
			if err != nil {
				t.Fatal(err)
			}
			for got, want := range map[string]string{
				edges: "import/tep > event/cu, event/cu > task/viec, briefing/moi > task/viec",
				nodes: "briefing/moi briefing Hội nghị mới, event/cu event Hội nghị cũ",
			} {
				if got != want {
					t.Errorf("got  %s\nwant %s", got, want)
				}
			}
		})
	}
}

// older is a database with the schema of an earlier program and some rows of it.
func older(t *testing.T, e dbtest.Engine, version int64, rows ...string) *db.DB {
	t.Helper()
	d := e.Open(t)
	if d.Dialect == db.PostgreSQL {
		if _, err := d.Raw().ExecContext(t.Context(), "drop schema public cascade; create schema public"); err != nil {
			t.Fatal(err)
		}
	} else {
		var err error
		if d, err = db.Open(t.Context(), db.Config{Path: filepath.Join(t.TempDir(), "cu.db")}); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { d.Close() })
	}
	if err := schema.MigrateTo(t.Context(), d, version); err != nil {
		t.Fatal(err)
	}
	for _, row := range rows { // a write of the program's would keep the connection that the migrations need
		if _, err := d.Raw().ExecContext(t.Context(), row); err != nil {
			t.Fatal(err)
		}
	}
	return d
}
