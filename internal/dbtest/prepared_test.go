package dbtest

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// A prepared database is used until something it was made of changes: a room far below the story, what a room embeds,
// the schema, a library's version. Tests and doors play no part in it.
func TestAPreparedDatabaseIsAsNewAsTheCodeBehindIt(t *testing.T) {
	root := scratch(t)
	key := func() string {
		t.Helper()
		key, _, err := Sources(filepath.Join(root, "task"), "giaoban/schema", "giaoban/sample") // as a test asks: from its own folder
		if err != nil {
			t.Fatal(err)
		}
		return key
	}
	before := key()
	for name, matters := range map[string]bool{
		"directive/record.go": true, "schema/0001_journal.sql": true, "sample/text/yt.txt": true, "people/common.txt": true,
		"sample/added.go": true, "go.sum": true, "directive/record_test.go": false, "web/site.go": false,
	} {
		path := filepath.Join(root, name)
		old, err := os.ReadFile(path)
		text := string(old) + "\n"
		if name == "sample/added.go" || name == "directive/record_test.go" {
			text = "package " + filepath.Dir(name) + "\n"
		} else if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		if changed := key() != before; changed != matters {
			t.Errorf("%s has changed: a new database is made: %v, want %v", name, changed, matters)
		}
		if old == nil {
			err = os.Remove(path)
		} else {
			err = os.WriteFile(path, old, 0o666)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if key() != before {
		t.Error("the same code gives another key")
	}
}

// scratch copies the module's sources.
func scratch(t *testing.T) string {
	to := t.TempDir()
	from := filepath.Join("..", "..")
	err := filepath.WalkDir(from, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, _ := filepath.Rel(from, path)
		if d.IsDir() {
			if base := d.Name(); name != "." && base[0] == '.' || base == "node_modules" || base == "bin" || base == "docs" || base == "testdata" {
				return fs.SkipDir
			}
			return os.MkdirAll(filepath.Join(to, name), 0o777)
		}
		if !d.Type().IsRegular() || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(to, name), text, 0o666)
	})
	if err != nil {
		t.Fatal(err)
	}
	return to
}

func TestWithoutTheToolchainNothingPreparedIsUsed(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	if _, _, err := Sources(".", "giaoban/sample"); err == nil || !strings.Contains(err.Error(), "go list -deps giaoban/sample") {
		t.Errorf("the key is given all the same: %v", err)
	}
}

func TestOneMakesAndTheOthersWait(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.db")
	var made atomic.Int32
	var group sync.WaitGroup
	for range 5 {
		group.Go(func() {
			once(t, path, func() {
				made.Add(1)
				time.Sleep(20 * time.Millisecond)
				os.WriteFile(path, nil, 0o666)
			})
			if _, err := os.Stat(path); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	if made.Load() != 1 {
		t.Errorf("made %d times", made.Load())
	}
}

func TestTheDiskDoesNotFillWithPreparedDatabases(t *testing.T) {
	dir, now := t.TempDir(), time.Now()
	keep := func(name string, size int64, unused time.Duration) {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, nil, 0o666); err != nil {
			t.Fatal(err)
		}
		if err := os.Truncate(path, size); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, now.Add(-unused), now.Add(-unused)); err != nil {
			t.Fatal(err)
		}
	}
	keep("now.db", mostKept/2, 0)
	keep("at work.db", mostKept/2, 50*time.Minute)
	keep("also at work.db", mostKept/2, 55*time.Minute)
	keep("too much.db", 1, 2*time.Hour)
	sweep(dir, now)
	left, _ := filepath.Glob(filepath.Join(dir, "*"))
	if len(left) != 3 {
		t.Errorf("what is used stays and the rest makes room: %v", left)
	}
	sweep(dir, now.Add(longUnused+time.Second))
	if left, _ = filepath.Glob(filepath.Join(dir, "*")); len(left) != 0 {
		t.Errorf("nobody asked for %v in three days", left)
	}
}
