package cli

import (
	"context"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"giaoban/access"
	"giaoban/backup"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/internal/files"
	"giaoban/journal"
	"giaoban/library"
	"giaoban/org"
	"giaoban/schema"
)

// office is a place with data, as an IT officer has it.
type office struct {
	t     *testing.T
	at    place
	fresh func() string // address of a new, empty PostgreSQL database; "" on SQLite
	db    *db.DB
	store *files.Store
	n     atomic.Int64 // changes that were acknowledged
}

// onBothEngines runs a test in an office with a few rows and files, and sessions that no backup may hold.
func onBothEngines(t *testing.T, test func(t *testing.T, o *office)) {
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			test(t, newOffice(t, func() string {
				if e.Name == "SQLite" {
					return ""
				}
				return dbtest.NewPostgres(t)
			}))
		})
	}
}

func newOffice(t *testing.T, fresh func() string) *office {
	t.Helper()
	o := &office{t: t, at: place{Data: filepath.Join(t.TempDir(), "du-lieu"), DB: fresh()}, fresh: fresh}
	if code, _, errs := o.types("sóng biển Nha Trang chiều nay\n", "user", "add", "quantri", "--name", "Kiều Đức Phong", "--role", "administrator",
		"--org", "BTGTU", "--org-name", "Ban Tuyên giáo Tỉnh ủy"); code != done {
		t.Fatal(errs)
	}
	var err error
	if o.db, o.store, err = o.at.open(t.Context(), false, db.Config{}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { o.db.Close() })
	for range 40 {
		if err := o.change(true); err != nil {
			t.Fatal(err)
		}
	}
	if err := o.db.Write(t.Context(), func(tx *db.Tx) error {
		_, err := tx.Exec("insert into session (id, account, device, form_token, created_at, seen_at, ends_at) select 'phien-dang-mo', id, 'may', 'dau-bieu-mau', 1, 1, 1 from account")
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return o
}

// types runs a command on the office's place.
func (o *office) types(in string, args ...string) (code int, out, errs string) {
	o.t.Helper()
	args = append(args, "--data", o.at.Data)
	if o.at.DB != "" {
		args = append(args, "--db", o.at.DB)
	}
	return typed(o.t, in, args...)
}

// change does what people do all day: one setting, one line of the journal, perhaps a file.
func (o *office) change(withFile bool) error {
	n := o.n.Load()
	err := o.db.Write(context.Background(), func(tx *db.Tx) error {
		return org.Set(tx, byHand, org.Banner, fmt.Sprintf("Đợt %d %s", n, strings.Repeat("số liệu ", 400)))
	})
	if err == nil && withFile {
		err = o.keep(fmt.Sprintf("Minh chứng %d, %s", n, time.Now()))
	}
	if err == nil {
		o.n.Add(1)
	}
	return err
}

func (o *office) keep(text string) error {
	kept, err := o.store.Keep(strings.NewReader(text), 1<<20)
	if err != nil {
		return err
	}
	return o.db.Write(context.Background(), func(tx *db.Tx) error {
		var ban db.ID
		if err := tx.Get(&ban, "select id from body where code = 'BTGTU'"); err != nil {
			return err
		}
		_, err := library.Add(tx, access.System("thử"), ban, kept, "minh-chung.txt")
		return err
	})
}

// what a place holds.
type holding struct {
	head  journal.Head
	rows  map[string]int64
	files map[string]int64
}

func holdingOf(t *testing.T, at place) (h holding) {
	t.Helper()
	d, store, err := at.openAsItIs(t.Context(), db.Config{})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	h.rows, h.files = map[string]int64{}, map[string]int64{}
	if err := d.Read(t.Context(), func(tx *db.Tx) error {
		if h.head, err = journal.Current(tx); err != nil {
			return err
		}
		tables, err := tx.Tables()
		if err != nil {
			return err
		}
		for _, table := range tables {
			if h.rows[table], err = tx.Count(table); err != nil {
				return err
			}
		}
		contents, err := library.Needed(tx)
		for _, c := range contents {
			if err := store.Check(c.SHA256, c.Size); err != nil {
				t.Errorf("%s: %v", c.SHA256, err)
			}
			h.files[c.SHA256] = c.Size
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return h
}

// restored puts a backup into a new place and gives that place with what was said.
func (o *office) restored(source string, more ...string) (at place, code int, said string) {
	o.t.Helper()
	at = place{Data: filepath.Join(o.t.TempDir(), "noi-moi"), DB: o.fresh()}
	args := append([]string{"restore", source, "--data", at.Data}, more...)
	if at.DB != "" {
		args = append(args, "--db", at.DB)
	}
	code, out, errs := typed(o.t, "", args...)
	return at, code, out + errs
}

// privately reports what of a folder others could read.
func privately(t *testing.T, dir string) {
	t.Helper()
	if err := filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := e.Info()
		if err == nil && info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s is %v", name, info.Mode())
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
}

// While people write, a copy is made; the office is lost; what stands up elsewhere is what the manifest says, to the
// row, the file and the line of the journal.
func TestAnOfficeStandsUpAgainFromABackupMadeUnderLoad(t *testing.T) {
	onBothEngines(t, func(t *testing.T, o *office) {
		if code, _, errs := o.types("", "round"); code != done { // keeps a head
			t.Fatal(errs)
		}
		dest := filepath.Join(t.TempDir(), "luu")
		stop := make(chan struct{})
		var people sync.WaitGroup
		for person := range 4 {
			people.Go(func() {
				for turn := 0; ; turn++ {
					select {
					case <-stop:
						return
					default:
					}
					if err := o.change(person == 0 && turn%5 == 0); err != nil {
						t.Error(err)
						return
					}
				}
			})
		}
		var code int
		var out, errs string
		before := o.n.Load()
		for range 3 { // the later ones into a folder that has sets already
			time.Sleep(50 * time.Millisecond)
			if code, out, errs = o.types("", "backup", dest); code != done {
				break
			}
		}
		during := o.n.Load() - before
		close(stop)
		people.Wait()
		if code != done {
			t.Fatalf("%d %s%s", code, out, errs)
		}
		if during == 0 {
			t.Error("nobody could write while it was copied")
		}
		t.Logf("%d changes were acknowledged during three backups", during)
		privately(t, dest)
		set, err := backup.Find(dest)
		if err != nil {
			t.Fatal(err)
		}
		m, err := set.Manifest()
		if err != nil {
			t.Fatal(err)
		}
		now := holdingOf(t, o.at)
		if m.Head.Size >= now.head.Size || m.Rows["session"] != 0 || now.rows["session"] != 1 || m.Schema != schema.Newest() {
			t.Errorf("the manifest says %+v, sessions %d; the office has %+v", m.Head, m.Rows["session"], now.head)
		}
		o.db.Close()
		if err := os.RemoveAll(o.at.Data); err != nil {
			t.Fatal(err)
		}

		at, code, said := o.restored(dest)
		if code != done || !strings.Contains(said, "nguyên vẹn, khớp 1 đầu nhật ký") {
			t.Fatalf("%d %s", code, said)
		}
		privately(t, at.Data)
		got := holdingOf(t, at)
		if got.head != m.Head || !maps.Equal(got.rows, m.Rows) {
			t.Errorf("restored %+v with %v, the manifest says %+v with %v", got.head, got.rows, m.Head, m.Rows)
		}
		if len(got.files) != len(m.Files) || len(got.files) < 40 {
			t.Errorf("%d files, the manifest names %d", len(got.files), len(m.Files))
		}
		if code, _, said := typed(t, "", "backup", dest, "--data", at.Data, "--db", at.DB); code != done {
			t.Errorf("the restored office cannot go on with the same backups: %s", said)
		}
		for _, name := range []string{"phien-dang-mo", "dau-bieu-mau"} {
			if found := textIn(t, dest, name); found != "" {
				t.Errorf("%s stands in %s", name, found)
			}
		}
	})
}

// textIn looks for a text in every file of a folder.
func textIn(t *testing.T, dir, text string) (found string) {
	t.Helper()
	if err := filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		content, err := os.ReadFile(name)
		if strings.Contains(string(content), text) {
			found = name
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return found
}

func TestASecondSetCopiesOnlyWhatIsNew(t *testing.T) {
	onBothEngines(t, func(t *testing.T, o *office) {
		dest := filepath.Join(t.TempDir(), "luu")
		for _, says := range []string{"40 tệp, trong đó 40 tệp mới chép", "41 tệp, trong đó 1 tệp mới chép", "41 tệp, trong đó 0 tệp mới chép"} {
			if code, out, errs := o.types("", "backup", dest); code != done || !strings.Contains(out, says) {
				t.Fatalf("%d, not %q: %s%s", code, says, out, errs)
			}
			if strings.Contains(says, "40 tệp mới") {
				if err := o.keep("tệp thứ bốn mươi mốt"); err != nil {
					t.Fatal(err)
				}
			}
		}
		// What the office itself has lost is said, and the rest is kept.
		var lost string
		for sum := range holdingOf(t, o.at).files {
			lost = sum
			break
		}
		name := filepath.Join("files", lost[:2], lost)
		for _, dir := range []string{o.at.Data, dest} {
			if err := os.Remove(filepath.Join(dir, name)); err != nil {
				t.Fatal(err)
			}
		}
		if code, out, errs := o.types("", "backup", dest); code != failed || !strings.Contains(errs, lost) {
			t.Errorf("%d: %s%s", code, out, errs)
		}
		if code, out, _ := o.types("", "doctor"); !strings.Contains(out, "thiếu hoặc hỏng 1 tệp") {
			t.Errorf("doctor: %d %s", code, out)
		}
	})
}

// What runs makes its sets by itself; what goes wrong is told, and not tried again every minute.
func TestServingMakesBackupsAndTellsTheirAge(t *testing.T) {
	o := newOffice(t, func() string { return "" })
	look := func() string {
		t.Helper()
		code, out, _ := o.types("", "doctor")
		if code != done {
			t.Errorf("doctor: %d", code)
		}
		said, _ := backupsOf(o.at.Data, false)()
		if !strings.Contains(out, said) {
			t.Errorf("the check does not say what the desk says (%s):\n%s", said, out)
		}
		return said
	}
	if said := look(); !strings.Contains(said, "Chưa có bản sao lưu nào") {
		t.Error(said)
	}
	dest := filepath.Join(t.TempDir(), "luu")
	w, err := backups{Dest: dest, Every: 24 * time.Hour, keeping: keeping{Keep: "7d,8w,24m"}}.work()
	if err != nil {
		t.Fatal(err)
	}
	for i, says := range []string{"40 tệp mới", ""} { // the second is not due
		if told, err := w.do(t.Context(), o.db, o.store, o.at); err != nil || !strings.Contains(told, says) || says == "" && told != "" {
			t.Errorf("round %d: %q %v", i, told, err)
		}
	}
	if said := look(); !strings.Contains(said, "(vừa xong), ở "+dest) {
		t.Error(said)
	}
	blocked := filepath.Join(t.TempDir(), "la-tep")
	if err := os.WriteFile(blocked, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if w, err = (backups{Dest: blocked, Every: time.Hour, keeping: keeping{Keep: "7d"}}).work(); err != nil {
		t.Fatal(err)
	}
	if told, err := w.do(t.Context(), o.db, o.store, o.at); err == nil {
		t.Errorf("a file took a backup: %s", told)
	}
	if told, err := w.do(t.Context(), o.db, o.store, o.at); err != nil || told != "" {
		t.Errorf("what failed is tried again at once: %q %v", told, err)
	}
	if said := look(); !strings.Contains(said, "Lần thử sau cùng") || !strings.Contains(said, "Bản sao lưu gần nhất") {
		t.Error(said)
	}
	for _, c := range [][]string{{"serve", "--backup", dest, "--backup-every", "1s"}, {"serve", "--backup", dest, "--keep", "mãi"}, {"backup", dest, "--keep", "7"}} {
		if code, _, errs := o.types("", c...); code != wrong {
			t.Errorf("%v: %d %s", c, code, errs)
		}
	}
}
