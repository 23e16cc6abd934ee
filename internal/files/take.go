package files

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"giaoban/internal/fault"

	"golang.org/x/sys/unix"
)

// ErrDamaged: the bytes are not those that the name promises.
var ErrDamaged = errors.New("nội dung không khớp mã băm")

// Has reports whether content of this digest and size is there; whether its bytes are still right tells Check.
func (s *Store) Has(sha256 string, size int64) bool {
	if !isSum(sha256) {
		return false
	}
	info, err := os.Stat(s.path(sha256))
	return err == nil && info.Mode().IsRegular() && info.Size() == size
}

// Check reads content again and compares it with its name: ErrDamaged, or a Missing fault.
func (s *Store) Check(sum string, size int64) error {
	return s.read(sum, size, io.Discard)
}

func (s *Store) read(sum string, size int64, into io.Writer) error {
	f, err := s.Reader(sum)
	if err != nil {
		return err
	}
	defer f.Close()
	hash := sha256.New()
	n, err := io.Copy(io.MultiWriter(into, hash), io.LimitReader(f, size+1))
	if err != nil {
		return err
	}
	if n != size || hex.EncodeToString(hash.Sum(nil)) != sum {
		return ErrDamaged
	}
	return nil
}

// Take copies content from another store under its digest and never takes bytes that do not fit it. What stood here
// under the same name is replaced: it was missing or found damaged. It is on disk to stay only after Settle: waiting for
// the disk at every one of a hundred thousand files takes ten minutes.
func (s *Store) Take(from *Store, sum string, size int64) error {
	if !isSum(sum) {
		return missing()
	}
	temp, err := os.CreateTemp(filepath.Join(s.dir, "incoming"), "*")
	if err != nil {
		return err
	}
	defer os.Remove(temp.Name()) // after the rename there is nothing of this name
	defer temp.Close()
	if err := from.read(sum, size, temp); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.folders(sum); err != nil {
		return err
	}
	return os.Rename(temp.Name(), s.path(sum))
}

// Settle waits until all that was taken is on disk.
func (s *Store) Settle() error {
	d, err := os.Open(s.dir)
	if err != nil {
		return err
	}
	return errors.Join(unix.Syncfs(int(d.Fd())), d.Close())
}

// Prune removes the content that keep does not want and gives how much it was. Nobody may be bringing content here.
func (s *Store) Prune(keep func(sha256 string) bool) (n int, err error) {
	names, err := filepath.Glob(filepath.Join(s.dir, "??", "*"))
	if err != nil {
		return 0, err
	}
	for _, name := range names {
		if sum := filepath.Base(name); !isSum(sum) || keep(sum) {
			continue
		}
		if err := os.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return n, err
		}
		n++
	}
	return n, nil
}

// At is a store that is only read, wherever it stands: unlike Open it makes nothing.
func At(dir string) (*Store, error) {
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return nil, fault.Missing("Không có kho tệp %s.", dir)
	}
	return &Store{dir: dir}, nil
}
