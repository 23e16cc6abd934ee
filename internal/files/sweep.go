package files

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// Old lists the content that nobody has brought since a moment, by SHA-256.
func (s *Store) Old(since time.Time) ([]string, error) {
	names, err := filepath.Glob(filepath.Join(s.dir, "??", "*"))
	if err != nil {
		return nil, err
	}
	var old []string
	for _, name := range names {
		info, err := os.Stat(name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if sum := filepath.Base(name); isSum(sum) && info.ModTime().Before(since) {
			old = append(old, sum)
		}
	}
	return old, nil
}

// Drop removes content that no row refers to, unless somebody has brought it again since that moment: bringing renews
// the time of what is already there.
func (s *Store) Drop(sha256 string, since time.Time) (dropped bool, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !isSum(sha256) {
		return false, nil
	}
	info, err := os.Stat(s.path(sha256))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil || !info.ModTime().Before(since) {
		return false, err
	}
	delete(s.ours, sha256)
	if err := os.Remove(s.path(sha256)); err != nil {
		return false, err
	}
	return true, syncDir(filepath.Dir(s.path(sha256)))
}
