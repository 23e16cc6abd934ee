package files

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Audit reads every file of the store, what is still arriving left out, and tells its name and whether its content has
// the hash that the name says. A file that stands where the store keeps none is told by its path and is not intact.
func (s *Store) Audit(ctx context.Context, each func(name string, intact bool)) error {
	return filepath.WalkDir(s.dir, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil // dropped meanwhile
		case err != nil:
			return err
		case ctx.Err() != nil:
			return ctx.Err()
		case path == filepath.Join(s.dir, "incoming"):
			return fs.SkipDir
		case entry.IsDir():
			return nil
		}
		name := filepath.Base(path)
		if !isSum(name) || path != s.path(name) {
			name, err := filepath.Rel(s.dir, path)
			each(filepath.ToSlash(name), false)
			return err
		}
		sum, err := sumOf(path)
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err == nil {
			each(name, sum == name)
		}
		return err
	})
}

func sumOf(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	hash := sha256.New()
	if _, err := io.Copy(hash, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(hash.Sum(nil)), nil
}
