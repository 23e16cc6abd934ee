package schema_test

import (
	"path/filepath"
	"testing"

	"giaoban/internal/db"
	"giaoban/schema"
)

// What stood unsigned before drafts were put forward is before its signer as it was; what is signed, withdrawn or the
// consolidated report's own has no step.
func TestUnsignedPapersOfAnOlderDatabaseCountAsPutForward(t *testing.T) {
	d, err := db.Open(t.Context(), db.Config{Path: filepath.Join(t.TempDir(), "cu.db")})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if err := schema.MigrateTo(t.Context(), d, 37); err != nil {
		t.Fatal(err)
	}
	for _, statement := range []string{
		"pragma foreign_keys = off",
		`insert into paper (id, org, kind, family, profile, subject, draft, content, version, origin_kind, origin_id, at, by_actor, by_name)
select x.id, '', 'TB', '', '', x.id, 1, '{}', 3, x.origin, '', 5, '', 'Hà'
from (select 'a' as id, 'briefing' as origin union all select 'b', 'briefing' union all select 'c', 'briefing' union all select 'd', 'consolidation') x`,
		"insert into paper_signing (paper, at, by_actor, by_name, signer, title, sha256) values ('b', 6, '', '', '', '', '')",
		"insert into paper_withdrawal (paper, at, by_actor, by_name, reason) values ('c', 6, '', '', '')",
	} {
		if _, err := d.Raw().Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
	if err := schema.Migrate(t.Context(), d, nil); err != nil {
		t.Fatal(err)
	}
	if err := d.Read(t.Context(), func(tx *db.Tx) error {
		var steps []struct {
			Paper   string `db:"paper"`
			Kind    string `db:"kind"`
			Version int64  `db:"version"`
			By      string `db:"by_name"`
		}
		if err := tx.Select(&steps, "select paper, kind, version, by_name from paper_step"); err != nil {
			return err
		}
		if len(steps) != 1 || steps[0].Paper != "a" || steps[0].Kind != "put_forward" || steps[0].Version != 3 || steps[0].By != "Hà" {
			t.Errorf("%+v", steps)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}
