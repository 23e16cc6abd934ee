package cli

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"giaoban/backup"
)

// A set with one wrong byte, wherever it is, is refused with the name of what is wrong, and nothing of it is left.
func TestADamagedSetIsRefusedAndLeavesNothing(t *testing.T) {
	onBothEngines(t, func(t *testing.T, o *office) {
		if code, _, errs := o.types("", "round"); code != done {
			t.Fatal(errs)
		}
		dest := filepath.Join(t.TempDir(), "luu")
		if code, _, errs := o.types("", "backup", dest); code != done {
			t.Fatal(errs)
		}
		set, err := backup.Find(dest)
		if err != nil {
			t.Fatal(err)
		}
		m, err := set.Manifest()
		if err != nil {
			t.Fatal(err)
		}
		database := "giaoban.db"
		if o.at.DB != "" {
			database = "giaoban.dump"
		}
		file := filepath.Join("files", m.Files[7].SHA256[:2], m.Files[7].SHA256)
		in := func(name string) string { return filepath.Join(set.Name(), name) }
		flip := func(name string, where float64) func(dir string) error {
			return func(dir string) error {
				text, err := os.ReadFile(filepath.Join(dir, name))
				if err != nil {
					return err
				}
				text[int(where*float64(len(text)-1))] ^= 4
				return os.WriteFile(filepath.Join(dir, name), text, 0o600)
			}
		}
		cut := func(name string) func(dir string) error {
			return func(dir string) error { return os.Truncate(filepath.Join(dir, name), 20) }
		}
		remove := func(name string) func(dir string) error {
			return func(dir string) error { return os.Remove(filepath.Join(dir, name)) }
		}
		type harm struct {
			name, says string
			do         func(dir string) error
		}
		harms := []harm{
			{"database cut", database + " dài 20 byte", cut(in(database))},
			{"database gone", "thiếu " + database, remove(in(database))},
			{"heads gone", "thiếu dau-nhat-ky.txt", remove(in("dau-nhat-ky.txt"))},
			{"heads changed", "dau-nhat-ky.txt hỏng", flip(in("dau-nhat-ky.txt"), 0.5)},
			{"file changed", "tệp " + m.Files[7].SHA256 + " hỏng", flip(file, 0.5)},
			{"file cut", "tệp " + m.Files[7].SHA256 + " hỏng", cut(file)},
			{"file gone", "thiếu tệp " + m.Files[7].SHA256, remove(file)},
			{"files gone", "files", func(dir string) error { return os.RemoveAll(filepath.Join(dir, "files")) }},
			{"manifest cut", "Bản kê manifest.json", cut(in("manifest.json"))},
			{"manifest gone", "thiếu bản kê", remove(in("manifest.json"))},
			{"seal gone", "manifest.json.sha256", remove(in("manifest.json.sha256"))},
		}
		for i := range 6 {
			where := float64(i) / 5
			harms = append(harms, harm{"database", database + " hỏng", flip(in(database), where)},
				harm{"manifest", "Bản kê manifest.json", flip(in("manifest.json"), where)},
				harm{"seal", "Bản kê manifest.json", flip(in("manifest.json.sha256"), where)})
		}
		empty := place{Data: filepath.Join(t.TempDir(), "noi-moi"), DB: o.fresh()}
		args := []string{"--data", empty.Data}
		if empty.DB != "" {
			args = append(args, "--db", empty.DB)
		}
		for i, h := range harms {
			harmed := filepath.Join(t.TempDir(), fmt.Sprint("luu", i))
			if err := os.CopyFS(harmed, os.DirFS(dest)); err != nil {
				t.Fatal(err)
			}
			if err := h.do(harmed); err != nil {
				t.Fatal(err)
			}
			code, out, errs := typed(t, "", append([]string{"restore", harmed}, args...)...)
			if code != failed || !strings.Contains(errs, h.says) {
				t.Errorf("%s: %d, not %q: %s%s", h.name, code, h.says, out, errs)
			}
			if _, err := os.Stat(empty.Data); err == nil {
				t.Errorf("%s leaves %s", h.name, empty.Data)
			}
		}
		// The same place takes the whole set: in its database nothing was left either.
		if code, out, errs := typed(t, "", append([]string{"restore", set.Folder}, args...)...); code != done {
			t.Errorf("the whole set: %d %s%s", code, out, errs)
		}
		t.Logf("%d damaged sets refused", len(harms))
	})
}

func TestOnlyAnEmptyPlaceIsRestoredInto(t *testing.T) {
	onBothEngines(t, func(t *testing.T, o *office) {
		dest := filepath.Join(t.TempDir(), "luu")
		if code, _, errs := o.types("", "backup", dest); code != done {
			t.Fatal(errs)
		}
		before := holdingOf(t, o.at)
		if code, _, errs := o.types("", "restore", dest); code != failed || !strings.Contains(errs, "không trống") {
			t.Errorf("%d %s", code, errs)
		}
		if after := holdingOf(t, o.at); after.head != before.head || !maps.Equal(after.rows, before.rows) {
			t.Error("the office was changed")
		}
		if o.at.DB != "" { // an empty folder, but the database of the office
			empty := filepath.Join(t.TempDir(), "trong")
			if code, _, errs := typed(t, "", "restore", dest, "--data", empty, "--db", o.at.DB); code != failed || !strings.Contains(errs, "đã có") {
				t.Errorf("%d %s", code, errs)
			}
			if _, err := os.Stat(empty); err == nil {
				t.Error("a folder is left")
			}
		}
		other := []string{"restore", dest, "--data", filepath.Join(t.TempDir(), "khac")}
		if o.at.DB == "" {
			other = append(other, "--db", "postgres://127.0.0.1:1/khong-co")
		}
		if code, _, errs := typed(t, "", other...); code != failed || !strings.Contains(errs, "là của ") {
			t.Errorf("on the other engine: %d %s", code, errs)
		}
		for _, c := range [][2]string{{o.at.Data, "nằm trong thư mục dữ liệu"}, {filepath.Join(o.at.Data, "luu"), "nằm trong thư mục dữ liệu"}} {
			if code, _, errs := o.types("", "backup", c[0]); code != failed || !strings.Contains(errs, c[1]) {
				t.Errorf("backup into %s: %d %s", c[0], code, errs)
			}
		}
		// What is there but empty is filled, as systemd makes it, and so is what a killed restore left.
		at := place{Data: t.TempDir(), DB: o.fresh()}
		if err := os.MkdirAll(filepath.Join(at.Data, ".khoi-phuc", "files"), 0o700); err != nil {
			t.Fatal(err)
		}
		args := []string{"restore", dest, "--data", at.Data}
		if at.DB != "" {
			args = append(args, "--db", at.DB)
		}
		if code, _, errs := typed(t, "", args...); code != done {
			t.Errorf("into an empty folder: %d %s", code, errs)
		}
		// Another office's backups are not mixed with these.
		if code, _, errs := newOffice(t, o.fresh).types("", "backup", dest); code != failed || !strings.Contains(errs, "dữ liệu khác") {
			t.Errorf("another office: %d %s", code, errs)
		}
	})
}

func TestSecretsAreWrappedOrLeftOut(t *testing.T) {
	o := newOffice(t, func() string { return "" })
	secret := "GIAOBAN_DB=postgres://giaoban:rat-kin@may-chu/giaoban"
	folder := filepath.Join(o.at.Data, backup.SecretFolder)
	passphrase, wrongOne := filepath.Join(t.TempDir(), "dung"), filepath.Join(t.TempDir(), "sai")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{filepath.Join(folder, "moi-truong"): secret, passphrase: "mưa nguồn chớp bể\n", wrongOne: "mưa nguồn chớp bễ\n"} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	open, closed := filepath.Join(t.TempDir(), "mo"), filepath.Join(t.TempDir(), "goi")
	if code, _, errs := o.types("", "backup", open); code != done || !strings.Contains(errs, "không có trong bản sao lưu") {
		t.Fatalf("%d %s", code, errs)
	}
	if code, _, errs := o.types("", "backup", closed, "--passphrase-file", passphrase); code != done || !strings.Contains(errs, "đã được gói") {
		t.Fatalf("%d %s", code, errs)
	}
	for _, dir := range []string{open, closed} {
		if found := textIn(t, dir, "rat-kin"); found != "" {
			t.Errorf("the secret can be read in %s", found)
		}
	}
	for _, c := range []struct {
		code  int
		says  string
		there bool
		args  []string
	}{
		{failed, "Mật khẩu gói không đúng", false, []string{closed, "--passphrase-file", wrongOne}},
		{failed, "--without-secrets", false, []string{closed}},
		{done, "nguyên vẹn", false, []string{closed, "--without-secrets"}},
		{done, "nguyên vẹn", true, []string{closed, "--passphrase-file", passphrase}},
		{done, "nguyên vẹn", false, []string{open}},
	} {
		at, code, said := o.restored(c.args[0], c.args[1:]...)
		if code != c.code || !strings.Contains(said, c.says) {
			t.Errorf("%v: %d %s", c.args, code, said)
		}
		got, err := os.ReadFile(filepath.Join(at.Data, backup.SecretFolder, "moi-truong"))
		if (err == nil) != c.there || c.there && string(got) != secret {
			t.Errorf("%v: %q %v", c.args, got, err)
		}
		if _, err := os.Stat(at.Data); (err == nil) != (code == done) {
			t.Errorf("%v: %d, and %s: %v", c.args, code, at.Data, err)
		}
		if code == done {
			privately(t, at.Data)
		}
	}
}
