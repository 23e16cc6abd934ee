// Package backup keeps bản sao lưu: sets from which an office stands up again on another machine, made while people
// work, and the way back.
//
// A folder of backups holds one folder for each set, named by its time, and files/, which all sets share:
//
//	files/aa/<sha256>
//	2026-08-04T02-15-00.000/giaoban.db             or giaoban.dump, from pg_dump
//	2026-08-04T02-15-00.000/dau-nhat-ky.txt        the heads of the journal kept until then
//	2026-08-04T02-15-00.000/bi-mat.goi             secrets, wrapped; only with a passphrase
//	2026-08-04T02-15-00.000/manifest.json.sha256
//	2026-08-04T02-15-00.000/manifest.json          written last: without it there is no set
package backup

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"time"

	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/journal"
	"giaoban/library"
)

// Names of what stands in a set, and in the folder of data where it bears the same name.
const (
	databaseFile = "giaoban.db"
	dumpFile     = "giaoban.dump"
	headsFile    = "dau-nhat-ky.txt"
	secretsFile  = "bi-mat.goi"
	manifestFile = "manifest.json"
	manifestSum  = "manifest.json.sha256"
	storeFolder  = "files"
)

// format is the number of the layout above; a program refuses a number it does not know.
const format = 1

// stamp names the folder of a set, in Vietnam's time.
const stamp = "2006-01-02T15-04-05.000"

// Manifest (bản kê) says what a set holds and what must come out of it.
type Manifest struct {
	Format  int               `json:"format"`
	Program string            `json:"program"` // the version that made it
	Schema  int64             `json:"schema"`  // number of the newest migration
	At      time.Time         `json:"at"`
	Engine  string            `json:"engine"`   // SQLite or PostgreSQL
	Origin  string            `json:"origin"`   // hash of the journal's first line, hex: whose data it is; "" before the first
	Head    journal.Head      `json:"head"`     // of the journal, at the moment of the copy
	Rows    map[string]int64  `json:"rows"`     // of every table
	Parts   map[string]Part   `json:"parts"`    // beside the manifest, by name
	Files   []library.Content `json:"files"`    // in the shared folder
	Missing []string          `json:"missing"`  // SHA-256 of files that were lost or damaged already where they were copied from
	Secrets bool              `json:"secrets"`  // wrapped along
	LeftOut []string          `json:"left_out"` // tables without their rows
}

// Part is one file of a set.
type Part struct {
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

// Set is one backup.
type Set struct {
	Folder string
	At     time.Time
}

// Name is what people call a set by.
func (s Set) Name() string { return filepath.Base(s.Folder) }

// Progress is told how far a stage has come; all is 0 while it is not known.
type Progress func(stage string, done, all int64)

func (p Progress) of(stage string) func(done, all int64) {
	if p == nil {
		return nil
	}
	return func(done, all int64) { p(stage, done, all) }
}

// sets lists the sets of a folder, the oldest first, and the folders of those that were never finished.
func sets(dest string) (whole []Set, unfinished []string, err error) {
	entries, err := os.ReadDir(dest)
	if err != nil {
		return nil, nil, err
	}
	for _, e := range entries {
		at, err := time.ParseInLocation(stamp, e.Name(), db.Vietnam)
		if err != nil || !e.IsDir() {
			continue
		}
		folder := filepath.Join(dest, e.Name())
		if _, err := os.Stat(filepath.Join(folder, manifestFile)); err == nil {
			whole = append(whole, Set{folder, at})
		} else if errors.Is(err, fs.ErrNotExist) {
			unfinished = append(unfinished, folder)
		} else {
			return nil, nil, err
		}
	}
	slices.SortFunc(whole, func(a, b Set) int { return a.At.Compare(b.At) })
	return whole, unfinished, nil
}

// Manifest reads the manifest of a set and refuses one that was altered.
func (s Set) Manifest() (*Manifest, error) {
	text, err := os.ReadFile(filepath.Join(s.Folder, manifestFile))
	if err != nil {
		return nil, err
	}
	sum, err := os.ReadFile(filepath.Join(s.Folder, manifestSum))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	if !bytes.Equal(sum, sealOf(text)) {
		return nil, fault.Conflict("Bản kê %s của bản sao lưu %s đã hỏng: không khớp %s.", manifestFile, s.Name(), manifestSum)
	}
	m := &Manifest{}
	if err := json.Unmarshal(text, m); err != nil {
		return nil, fault.Conflict("Bản kê %s của bản sao lưu %s không đọc được.", manifestFile, s.Name())
	}
	if m.Format != format {
		return nil, fault.Conflict("Bản sao lưu %s theo dạng %d mà chương trình này chưa biết; hãy dùng bản mới hơn.", s.Name(), m.Format)
	}
	return m, nil
}

// sealOf is the line that `sha256sum -c` reads.
func sealOf(manifest []byte) []byte {
	return fmt.Appendf(nil, "%x  %s\n", sha256.Sum256(manifest), manifestFile)
}

// seal writes the manifest, and with it makes a folder a set.
func (m *Manifest) seal(folder string) error {
	text, err := json.MarshalIndent(m, "", "\t")
	if err != nil {
		return err
	}
	if err := writeFile(filepath.Join(folder, manifestSum), sealOf(text)); err != nil {
		return err
	}
	temp := filepath.Join(folder, manifestFile+".tmp")
	if err := writeFile(temp, text); err != nil {
		return err
	}
	if err := syncFolder(folder); err != nil { // the parts first, then what vouches for them
		return err
	}
	if err := os.Rename(temp, filepath.Join(folder, manifestFile)); err != nil {
		return err
	}
	return errors.Join(syncFolder(folder), syncFolder(filepath.Dir(folder)))
}

// writeFile writes a new file for nobody else's eyes, on disk to stay.
func writeFile(name string, text []byte) error {
	f, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	return errors.Join(err, f.Sync(), f.Close())
}

func syncFolder(name string) error {
	d, err := os.Open(name)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// partOf reads a file through, or copies it when into is not nil.
func partOf(name string, into io.Writer, told func(done, all int64)) (Part, error) {
	f, err := os.Open(name)
	if err != nil {
		return Part{}, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return Part{}, err
	}
	hash := sha256.New()
	writers := io.MultiWriter(hash, &counter{all: info.Size(), told: told})
	if into != nil {
		writers = io.MultiWriter(into, writers)
	}
	n, err := io.Copy(writers, f)
	return Part{n, hex.EncodeToString(hash.Sum(nil))}, err
}

// counter tells how much went through.
type counter struct {
	done, all int64
	told      func(done, all int64)
}

func (c *counter) Write(p []byte) (int, error) {
	c.done += int64(len(p))
	if c.told != nil {
		c.told(c.done, c.all)
	}
	return len(p), nil
}

// alone takes a folder of backups for one maker of sets at a time. It is given back when the file is closed.
func alone(dest string) (*os.File, error) {
	f, err := os.OpenFile(filepath.Join(dest, ".khoa"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		f.Close()
		if errors.Is(err, syscall.EWOULDBLOCK) {
			return nil, fault.Busy("Đang có một lượt sao lưu khác vào %s; xin chờ lượt ấy xong.", dest)
		}
		return nil, err
	}
	return f, nil
}

// explained turns what the system says of a full disk into a sentence.
func explained(err error, place string) error {
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) {
		return fault.Busy("Đĩa của %s không còn chỗ. Phần làm dở đã được xóa; hãy giải phóng chỗ hoặc chọn đĩa khác rồi chạy lại.", place)
	}
	return err
}
