package dbtest

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"syscall"
	"testing"
	"time"
)

// prepared is the folder where prepared databases live between tests, packages and days.
var prepared = sync.OnceValue(func() string {
	dir := filepath.Join(os.TempDir(), "giaoban-test")
	if err := os.MkdirAll(dir, 0o777); err != nil {
		panic(err)
	}
	sweep(dir, time.Now())
	return dir
})

const (
	longUnused = 3 * 24 * time.Hour
	mostKept   = 1 << 30 // bytes; every change of a room leaves some forty megabytes
)

// sweep removes what no test has asked for in three days, and what the newest gigabyte leaves no room for unless it
// was asked for in the last hour.
func sweep(dir string, now time.Time) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return // somebody else is sweeping
	}
	var files []fs.FileInfo
	for _, e := range entries {
		if info, err := e.Info(); err == nil {
			files = append(files, info)
		}
	}
	slices.SortFunc(files, func(a, b fs.FileInfo) int { return b.ModTime().Compare(a.ModTime()) })
	kept := int64(0)
	for _, f := range files {
		unused := now.Sub(f.ModTime())
		if kept += f.Size(); unused > longUnused || kept > mostKept && unused > time.Hour {
			os.RemoveAll(filepath.Join(dir, f.Name()))
		}
	}
}

// once makes a file if it is not there; of several processes that want it one makes it and the others wait.
func once(t testing.TB, path string, build func()) {
	t.Helper()
	now := time.Now()
	if os.Chtimes(path, now, now) == nil { // it was asked for: it stays
		return
	}
	making, err := lock(path+".lock", syscall.LOCK_EX)
	if err != nil {
		t.Fatal(err)
	}
	defer making.Close()
	if _, err := os.Stat(path); err != nil {
		build()
	}
}

// lock takes a file's lock, waiting for it; closing the file or the end of the process gives it back.
func lock(path string, how int) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o666)
	if err != nil {
		return nil, err
	}
	for {
		if err = syscall.Flock(int(f.Fd()), how); err != syscall.EINTR {
			break
		}
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}
