package cli

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"giaoban/internal/db"
)

func TestDataIsForItsOwnerAlone(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "du-lieu")
	at := place{Data: dir}
	d, store, err := at.open(t.Context(), true, db.Config{})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	kept, err := store.Keep(strings.NewReader("một tệp"), 100)
	if err != nil {
		t.Fatal(err)
	}
	if wide, err := at.wide(); err != nil || len(wide) > 0 {
		t.Errorf("as made, others read %v (%v)", wide, err)
	}
	content := filepath.Join(dir, "files", kept.SHA256[:2], kept.SHA256)
	for name, rights := range map[string]fs.FileMode{dir: 0o755, at.file(): 0o644, at.file() + "-wal": 0o644, content: 0o644, filepath.Dir(content): 0o755} {
		if err := os.Chmod(name, rights); err != nil {
			t.Fatal(err)
		}
	}
	if code, out, _ := typed(t, "", "doctor", "--data", dir); !strings.Contains(out, "đọc được 5 tệp") {
		t.Errorf("%d: doctor does not tell of rights that are too wide:\n%s", code, out)
	}
	if err := at.tighten(); err != nil {
		t.Fatal(err)
	}
	if wide, err := at.wide(); err != nil || len(wide) > 0 {
		t.Errorf("after tightening others read %v (%v)", wide, err)
	}
	for name, rights := range map[string]fs.FileMode{dir: 0o700, at.file(): 0o600, content: 0o600} {
		if info, err := os.Stat(name); err != nil || info.Mode().Perm() != rights {
			t.Errorf("%s: %v (%v)", name, info.Mode(), err)
		}
	}
}
