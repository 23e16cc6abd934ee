package backup

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/internal/fault"
)

// suspicious are words in the name of a column that may hold a secret.
var suspicious = regexp.MustCompile(`secret|token|passw|pass$|phrase|hash|salt|otp|seed|cookie|recovery|(^|_)key$|bi_mat`)

// harmless are the columns of such names that go into a backup as they are, with the reason. What must be read back (a
// key, a password of a server) belongs into SecretFolder, or is kept here only as encrypted with a key from there.
var harmless = map[string]string{
	"account.password":             "argon2id with its salt: it lets nobody in by itself, and without it nobody could sign in after a restore",
	"second_factor.secret":         "as well kept as the data: without it nobody who uses the second step could sign in after a restore",
	"recovery_code.hash":           "sha256 of 80 bits of chance",
	"seal.salts":                   "of digests of what stands in the backup too, erased together with it",
	"token.hash":                   "sha256 of 32 bytes of chance",
	"journal.hash":                 "of what anybody with the backup may read",
	"journal.salt":                 "of the personal part beside it, erased together",
	"journal.private_hash":         "of the personal part beside it",
	"journal_head.hash":            "of what anybody with the backup may read",
	"submission.hash":              "of the content beside it",
	"person.sort_key":              "a name folded to be sorted",
	"reference_decision.row_key":   "name of a row shipped with the program",
	"lineage_node.key":             "kind and id",
	"directive.symbol_key":         "a number folded to be found",
	"directive.short_key":          "a number folded to be found",
	"directive.number_key":         "a number folded to be found",
	"directive.issuer_key":         "a name folded to be found",
	"directive_mention.symbol_key": "a number folded to be found",
	"directive_mention.short_key":  "a number folded to be found",
	"directive.name_key":           "a name folded to be found",
	"directive_mention.name_key":   "a name folded to be found",
	"directive_mention.ref_key":    "what was mentioned, folded",
	"directive_decision.ref_key":   "what was mentioned, folded",
	"paper.secretary":              "who writes the minutes: a name that stands under them",
	"submission.key":               "a form's own number, so that sending it twice counts once",
}

// unjudged lists the columns that may hold secrets and that nobody has decided about, and the decisions about none.
func unjudged(t *testing.T, d *db.DB) (found []string) {
	t.Helper()
	open := make(map[string]bool)
	if err := d.Read(t.Context(), func(tx *db.Tx) error {
		tables, err := tx.Tables()
		if err != nil {
			return err
		}
		for _, table := range tables {
			query := "select name from pragma_table_info('" + table + "')"
			if tx.Dialect() == db.PostgreSQL {
				query = "select column_name from information_schema.columns where table_schema = current_schema() and table_name = '" + table + "'"
			}
			var columns []string
			if err := tx.Select(&columns, query); err != nil {
				return err
			}
			for _, column := range columns {
				if suspicious.MatchString(column) && !slices.Contains(leftOut, table) {
					open[table+"."+column] = true
				}
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	for column := range open {
		if harmless[column] == "" {
			found = append(found, column)
		}
	}
	for column := range harmless {
		if !open[column] {
			found = append(found, column+" (not there)")
		}
	}
	slices.Sort(found)
	return found
}

// A column that may hold a secret is left out of every backup or stands in the list with its reason; a new one that
// does neither is found.
func TestEveryColumnThatMayHoldASecretIsDecidedAbout(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		if found := unjudged(t, d); len(found) > 0 {
			t.Errorf("decide in backup/secret_test.go what a backup does with: %s", strings.Join(found, ", "))
		}
		if _, err := d.Raw().ExecContext(t.Context(), "create table planted (id text primary key, totp_secret text not null)"); err != nil {
			t.Fatal(err)
		}
		if found := unjudged(t, d); !slices.Equal(found, []string{"planted.totp_secret"}) {
			t.Errorf("the planted column is reported as %v", found)
		}
	})
}

func TestSecretsOpenOnlyWithTheirPassphraseAndForTheirSet(t *testing.T) {
	secrets := map[string][]byte{"moi-truong": []byte("GIAOBAN_DB=postgres://…")}
	closed, err := wrap(secrets, []byte("mưa nguồn chớp bể"), "bản một")
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(closed), "GIAOBAN_DB") {
		t.Error("the secret can be read")
	}
	opened, err := unwrap(closed, []byte("mưa nguồn chớp bể"), "bản một")
	if err != nil || string(opened["moi-truong"]) != string(secrets["moi-truong"]) {
		t.Errorf("%v %v", opened, err)
	}
	for name, c := range map[string][2]string{"another passphrase": {"mưa nguồn chớp bễ", "bản một"}, "another set": {"mưa nguồn chớp bể", "bản hai"}} {
		if opened, err := unwrap(closed, []byte(c[0]), c[1]); !fault.Is(err, fault.KindRefused) || opened != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	outside, err := wrap(map[string][]byte{"../giaoban.db": nil}, []byte("mưa nguồn chớp bể"), "bản một")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := unwrap(outside, []byte("mưa nguồn chớp bể"), "bản một"); err == nil {
		t.Error("a name that leads out of the folder is taken")
	}
}

func TestAPassphraseIsLongAndNobodyElseReadsIt(t *testing.T) {
	name := filepath.Join(t.TempDir(), "mat-khau")
	write := func(text string, mode os.FileMode) {
		t.Helper()
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(name, mode); err != nil {
			t.Fatal(err)
		}
	}
	write("mưa nguồn chớp bể\n", 0o600)
	if got, err := ReadPassphrase(name); err != nil || string(got) != "mưa nguồn chớp bể" {
		t.Errorf("%q %v", got, err)
	}
	write("mưa nguồn chớp bể\n", 0o644)
	if _, err := ReadPassphrase(name); err == nil {
		t.Error("one that everybody reads is taken")
	}
	write("ngắn\n", 0o600)
	if _, err := ReadPassphrase(name); err == nil {
		t.Error("a short one is taken")
	}
}
