package files_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"giaoban/internal/fault"
	"giaoban/internal/files"
)

// What one store takes from another fits its name, or is not taken.
func TestOnlyRightBytesAreTakenOver(t *testing.T) {
	from, source := open(t)
	to, dir := open(t)
	kept, err := from.Keep(strings.NewReader("Minh chứng quý I"), 1000)
	if err != nil {
		t.Fatal(err)
	}
	if to.Has(kept.SHA256, kept.Size) {
		t.Error("it is there before it was taken")
	}
	if err := errors.Join(to.Take(from, kept.SHA256, kept.Size), to.Settle(), to.Check(kept.SHA256, kept.Size)); err != nil {
		t.Fatal(err)
	}
	if !to.Has(kept.SHA256, kept.Size) || to.Has(kept.SHA256, kept.Size+1) || to.Has("../x", 1) {
		t.Error("what is there is not told from what is not")
	}
	copied := filepath.Join(dir, kept.SHA256[:2], kept.SHA256)
	if info, err := os.Stat(copied); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info, err)
	}
	spoil := func(name string) {
		t.Helper()
		if err := os.WriteFile(name, []byte("Minh chứng quý V"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	spoil(copied)
	if err := to.Check(kept.SHA256, kept.Size); !errors.Is(err, files.ErrDamaged) {
		t.Error(err)
	}
	if err := errors.Join(to.Take(from, kept.SHA256, kept.Size), to.Check(kept.SHA256, kept.Size)); err != nil {
		t.Errorf("what was damaged is not replaced: %v", err)
	}
	spoil(filepath.Join(source, kept.SHA256[:2], kept.SHA256))
	fresh, empty := open(t)
	if err := fresh.Take(from, kept.SHA256, kept.Size); !errors.Is(err, files.ErrDamaged) || len(onDisk(t, empty)) != 0 {
		t.Errorf("damaged: %v, left %v", err, onDisk(t, empty))
	}
	for _, sum := range []string{strings.Repeat("0", 64), "../../etc/passwd", ""} {
		if err := fresh.Take(from, sum, 1); !fault.Is(err, fault.KindMissing) || len(onDisk(t, empty)) != 0 {
			t.Errorf("%q: %v, left %v", sum, err, onDisk(t, empty))
		}
	}
	if n, err := to.Prune(func(string) bool { return true }); n != 0 || err != nil {
		t.Errorf("%d %v", n, err)
	}
	if n, err := to.Prune(func(string) bool { return false }); n != 1 || err != nil || len(onDisk(t, dir)) != 0 {
		t.Errorf("%d %v %v", n, err, onDisk(t, dir))
	}
	if _, err := files.At(filepath.Join(dir, "khong-co")); !fault.Is(err, fault.KindMissing) {
		t.Error(err)
	}
	if _, err := os.Stat(filepath.Join(dir, "khong-co")); !errors.Is(err, fs.ErrNotExist) {
		t.Error("a store that is only read was made")
	}
}
