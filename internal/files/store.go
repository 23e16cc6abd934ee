// Package files (kho tệp) keeps the bytes of files in a folder, named by their SHA-256: the same content is kept once,
// and what is read back can be checked against its name.
package files

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"giaoban/internal/fault"
)

// Store is one folder: aa/<sha256>, and incoming/ for what is still arriving. One level of 256 folders is enough for a
// million files, and they are soon all there: bringing a file in then waits for the disk twice, not four times.
type Store struct {
	dir string

	mu    sync.Mutex
	ours  map[string]int // content this process brought in: how many Keeps of it were not taken back
	ready map[string]bool

	spool atomic.Int64 // bytes in incoming/ of this process
	bound int64        // of spool
}

// Stored describes content that is on disk.
type Stored struct {
	SHA256 string // hex
	Size   int64
	Kind   string // media type without parameters, as found in the content
	Known  bool   // it was there before this process started

	// Confirmed says that its sender looked at pages no program here can read and found no mark of secrecy on them.
	Confirmed bool
}

// Open makes the folder where it is missing and clears what a crash left half received.
func Open(dir string) (*Store, error) {
	incoming := filepath.Join(dir, "incoming")
	if err := os.MkdirAll(incoming, 0o700); err != nil {
		return nil, fmt.Errorf("không tạo được kho tệp %s: %w", dir, err)
	}
	s := &Store{dir: dir, ours: make(map[string]int), ready: make(map[string]bool), bound: mostSpooled}
	return s, s.Sweep()
}

// Keep takes at most limit bytes. When it returns, content and name are on disk to stay.
func (s *Store) Keep(r io.Reader, limit int64) (Stored, error) {
	p, err := s.Spool(r, limit)
	if err != nil {
		return Stored{}, err
	}
	defer p.Discard()
	err = p.Keep()
	return p.Stored, err
}

func (s *Store) place(temp, sum string) (known bool, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	path := s.path(sum)
	if _, err := os.Stat(path); err == nil {
		now := time.Now()
		if err := os.Chtimes(path, now, now); err != nil { // see Drop
			return false, err
		}
		if s.ours[sum] > 0 {
			s.ours[sum]++
			return false, nil
		}
		return true, nil
	} else if !errors.Is(err, fs.ErrNotExist) {
		return false, err
	}
	if err := s.folders(sum); err != nil {
		return false, err
	}
	if err := os.Rename(temp, path); err != nil {
		return false, err
	}
	if err := syncDir(filepath.Dir(path)); err != nil { // a name is on disk only when its folder is
		return false, err
	}
	s.ours[sum]++
	return false, nil
}

func (s *Store) folders(sum string) error {
	folder := filepath.Join(s.dir, sum[:2])
	if s.ready[folder] {
		return nil
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	if err := syncDir(s.dir); err != nil {
		return err
	}
	s.ready[folder] = true
	return nil
}

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Sync()
}

// Reader opens content by its SHA-256. A Missing fault when there is none.
func (s *Store) Reader(sha256 string) (*os.File, error) {
	if !isSum(sha256) {
		return nil, missing()
	}
	f, err := os.Open(s.path(sha256))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, missing()
	}
	return f, err
}

func missing() error { return fault.Missing("Không tìm thấy nội dung tệp trong kho.") }

// Remove takes back one Keep of content that was refused before any row referred to it. The bytes go when no other
// Keep of the same content stands; content from before this process is never touched.
func (s *Store) Remove(sha256 string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !isSum(sha256) || s.ours[sha256] == 0 {
		return nil
	}
	if s.ours[sha256]--; s.ours[sha256] > 0 {
		return nil
	}
	delete(s.ours, sha256)
	if err := os.Remove(s.path(sha256)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return syncDir(filepath.Dir(s.path(sha256)))
}

func (s *Store) path(sum string) string { return filepath.Join(s.dir, sum[:2], sum) }

// isSum keeps anything but a digest away from the file system.
func isSum(s string) bool {
	if len(s) != 64 {
		return false
	}
	for i := 0; i < len(s); i++ {
		if (s[i] < '0' || s[i] > '9') && (s[i] < 'a' || s[i] > 'f') {
			return false
		}
	}
	return true
}

func inMegabytes(n int64) string {
	if n < 1<<20 {
		return fmt.Sprintf("%d KB", n>>10)
	}
	return fmt.Sprintf("%d MB", n>>20)
}
