package files

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"giaoban/internal/fault"
)

const (
	mostSpooled = 4 << 30   // of all files that are arriving or waiting to be taken
	spoolAge    = time.Hour // longer than any form may take to arrive and be answered
)

// Spooled is content that has arrived whole and waits in incoming/, outside the store, for somebody to take it.
type Spooled struct {
	Stored
	store *Store
	path  string
	held  int64 // counted against the bound
	kept  bool
}

// Spool receives at most limit bytes. Whoever calls it discards what came of it in the end.
func (s *Store) Spool(r io.Reader, limit int64) (*Spooled, error) {
	temp, err := os.CreateTemp(filepath.Join(s.dir, "incoming"), "*")
	if err != nil {
		return nil, full(err)
	}
	defer temp.Close()
	p := &Spooled{store: s, path: temp.Name()}
	if err := p.receive(temp, r, limit); err != nil {
		p.Discard()
		return nil, full(err)
	}
	return p, nil
}

func (p *Spooled) receive(temp *os.File, r io.Reader, limit int64) error {
	hash := sha256.New()
	if _, err := io.Copy(io.MultiWriter(p, temp, hash), io.LimitReader(r, limit+1)); err != nil {
		return err
	}
	if p.Size > limit {
		return fault.TooLarge("", "Tệp lớn hơn %s. Xin giảm dung lượng (nén ảnh, tách tệp) rồi gửi lại.", inMegabytes(limit))
	}
	var err error
	if p.Kind, err = KindOf(temp, p.Size); err != nil {
		return err
	}
	p.SHA256 = hex.EncodeToString(hash.Sum(nil))
	return temp.Sync()
}

// Write counts what arrives against the spool's bound.
func (p *Spooled) Write(b []byte) (int, error) {
	p.Size += int64(len(b))
	p.held += int64(len(b))
	if p.store.spool.Add(int64(len(b))) > p.store.bound {
		return 0, fault.Busy("Đang có quá nhiều tệp được gửi lên cùng lúc; chưa có gì được ghi. Xin thử lại sau ít phút.")
	}
	return len(b), nil
}

// full says in a sentence that the disk has no room.
func full(err error) error {
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) {
		return fault.Busy("Đĩa của máy chủ đã đầy nên chưa nhận được tệp; chưa có gì được ghi. Xin báo quản trị.")
	}
	return err
}

// Open reads the content, wherever it lies by now.
func (p *Spooled) Open() (*os.File, error) {
	if p.kept {
		return p.store.Reader(p.SHA256)
	}
	return os.Open(p.path)
}

// Keep moves the content into the store; doing it again changes nothing.
func (p *Spooled) Keep() (err error) {
	if p.kept {
		return nil
	}
	p.Known, err = p.store.place(p.path, p.SHA256)
	p.kept = err == nil
	return full(err)
}

// Discard ends the waiting: what was not moved into the store is gone.
func (p *Spooled) Discard() error {
	p.store.spool.Add(-p.held)
	p.held = 0
	if err := os.Remove(p.path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}

// TakeBack undoes Keep, where no row came to refer to the content; what was there earlier stays.
func (p *Spooled) TakeBack() error {
	if !p.kept || p.Known {
		return nil
	}
	p.kept = false
	return p.store.Remove(p.SHA256)
}

// Sweep removes what a crash left half received. What is younger may be arriving at another process of the same folder.
func (s *Store) Sweep() error {
	left, err := filepath.Glob(filepath.Join(s.dir, "incoming", "*"))
	if err != nil {
		return err
	}
	for _, name := range left {
		if info, err := os.Stat(name); err == nil && time.Since(info.ModTime()) > spoolAge {
			os.Remove(name)
		}
	}
	return nil
}
