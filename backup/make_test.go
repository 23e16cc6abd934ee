package backup

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/internal/fault"
	"giaoban/internal/files"
	"giaoban/library"
	"giaoban/schema"
)

// emptyOffice is what a backup is made of before anybody has worked there.
func emptyOffice(t *testing.T) Source {
	t.Helper()
	d, data := dbtest.Engines(t)[0].Open(t), t.TempDir()
	store, err := files.Open(filepath.Join(data, "files"))
	if err != nil {
		t.Fatal(err)
	}
	return Source{DB: d, Files: store, Data: data}
}

// A year of days: the sets that the rule lets go take along the files that only they named, and none that another
// names.
func TestFilesGoWithTheLastSetThatNamesThem(t *testing.T) {
	from, dest := emptyOffice(t), t.TempDir()
	now := setsAt("2026-01-05 02:00")[0].At
	for day := range 24 {
		kept, err := from.Files.Keep(strings.NewReader(fmt.Sprint("tệp của ngày ", day)), 1000)
		if err != nil {
			t.Fatal(err)
		}
		if err := from.DB.Write(t.Context(), func(tx *db.Tx) error {
			if _, err := tx.Exec("delete from file"); err != nil { // an office keeps its files: this one forgets them all each day
				return err
			}
			_, err := library.Add(tx, access.System("thử"), "", kept, "a.txt")
			return err
		}); err != nil {
			t.Fatal(err)
		}
		made, err := Make(t.Context(), from, dest, Options{Keep: Rule{3, 2, 0}, Now: now.AddDate(0, 0, day)})
		if err != nil {
			t.Fatal(err)
		}
		whole, _, err := sets(dest)
		if err != nil {
			t.Fatal(err)
		}
		left, err := filepath.Glob(filepath.Join(dest, storeFolder, "??", "*"))
		if err != nil || len(left) != len(whole) || made.Copied != 1 {
			t.Errorf("day %d: %d sets with %d files, %d copied (%v)", day, len(whole), len(left), made.Copied, err)
		}
		if day == 23 && len(whole) != 5 { // three days, and the Sundays of two weeks
			t.Errorf("%d sets are left", len(whole))
		}
	}
}

// A machine that stopped in the middle, a folder that somebody else is writing, a store that takes nothing: no set comes
// of it, and the next one clears what was left.
func TestAnUnfinishedSetIsNoSet(t *testing.T) {
	from, dest := emptyOffice(t), t.TempDir()
	now := time.Now()
	torn := filepath.Join(dest, now.Add(-time.Hour).In(db.Vietnam).Format(stamp))
	if err := errors.Join(os.Mkdir(torn, 0o700), os.WriteFile(filepath.Join(torn, databaseFile), []byte("nửa"), 0o600)); err != nil {
		t.Fatal(err)
	}
	if _, err := Find(dest); !fault.Is(err, fault.KindMissing) {
		t.Error(err)
	}
	lock, err := alone(dest)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Make(t.Context(), from, dest, Options{Now: now}); !fault.Is(err, fault.KindBusy) {
		t.Errorf("two make sets at a time: %v", err)
	}
	lock.Close()
	if err := os.Mkdir(filepath.Join(from.Data, SecretFolder), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(from.Data, SecretFolder, "thu-muc"), 0o700); err != nil { // no secret: the set fails late
		t.Fatal(err)
	}
	if _, err := Make(t.Context(), from, dest, Options{Now: now, Passphrase: []byte("mưa nguồn chớp bể")}); err == nil {
		t.Error("a folder was taken for a secret")
	}
	if whole, unfinished, err := sets(dest); err != nil || len(whole)+len(unfinished) != 0 {
		t.Errorf("left: %v %v %v", whole, unfinished, err)
	}
	if _, err := Make(t.Context(), from, dest, Options{Now: now}); err != nil {
		t.Error(err)
	}
	if found, err := Find(dest); err != nil || found.At.UnixMilli() != now.UnixMilli() {
		t.Errorf("%v %v", found, err)
	}
	if said := explained(fmt.Errorf("chép: %w", &os.PathError{Op: "write", Path: dest, Err: syscall.ENOSPC}), dest); !strings.Contains(said.Error(), "không còn chỗ") {
		t.Error(said)
	}
}

// What this program cannot read rightly it does not try to.
func TestASetOfANewerProgramIsRefused(t *testing.T) {
	for says, m := range map[string]Manifest{
		"chương trình mới hơn lập (9.0)": {Format: format, Program: "9.0", Engine: "SQLite", Schema: schema.Newest() + 1},
		"chương trình này chưa biết":     {Format: format + 1, Engine: "SQLite"},
		"tên lạ: ../giaoban.db":          {Format: format, Engine: "SQLite", Parts: map[string]Part{"../giaoban.db": {}}},
	} {
		folder, data := t.TempDir(), filepath.Join(t.TempDir(), "moi")
		if err := m.seal(folder); err != nil {
			t.Fatal(err)
		}
		if _, err := Restore(t.Context(), Set{Folder: folder}, Target{Data: data}, nil, nil); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("not %q: %v", says, err)
		}
		if _, err := os.Stat(data); err == nil {
			t.Errorf("%q leaves a folder", says)
		}
	}
}
