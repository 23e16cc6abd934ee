package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

const (
	folderRights = 0o700
	fileRights   = 0o600
)

// wide gives what of the data others than the owner may read or write. A folder of the system's, such as /tmp, is none
// of ours even when the data lies directly in it.
func (p place) wide() (names []string, err error) {
	if info, err := os.Stat(p.Data); err == nil && byOthers(info) && info.Mode()&fs.ModeSticky == 0 {
		names = append(names, p.Data)
	}
	for _, name := range []string{p.file(), p.file() + "-wal", p.file() + "-shm", p.heads()} {
		if info, err := os.Stat(name); err == nil && byOthers(info) {
			names = append(names, name)
		}
	}
	err = filepath.WalkDir(filepath.Join(p.Data, "files"), func(name string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := e.Info()
		if err == nil && info.Mode()&fs.ModeSymlink == 0 && byOthers(info) {
			names = append(names, name)
		}
		if errors.Is(err, fs.ErrNotExist) { // taken or swept meanwhile
			return nil
		}
		return err
	})
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	return names, err
}

func byOthers(info fs.FileInfo) bool { return info.Mode().Perm()&0o077 != 0 }

// tighten keeps the data of earlier versions, or data that was copied here, from other accounts of the machine.
func (p place) tighten() error {
	names, err := p.wide()
	if err != nil {
		return err
	}
	for _, name := range names {
		info, err := os.Stat(name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		rights := fs.FileMode(fileRights)
		if info.IsDir() {
			rights = folderRights
		}
		if err := os.Chmod(name, rights); err != nil && !errors.Is(err, syscall.EROFS) {
			return fmt.Errorf("không đóng được quyền đọc của tài khoản khác với %s (chủ của tệp phải là tài khoản chạy chương trình): %w", name, err)
		}
	}
	return nil
}

func (k *checkup) rights(p place) {
	names, err := p.wide()
	switch {
	case err != nil:
		k.fail("Không xem được quyền của các tệp trong %s: %v.", p.Data, err)
	case len(names) > 0:
		k.care("Tài khoản khác trên máy đọc được %d tệp, thư mục dữ liệu, như %s; khởi động lại giaoban serve thì quyền được đóng lại.", len(names), names[0])
	default:
		k.good("Dữ liệu chỉ tài khoản chạy chương trình đọc được.")
	}
}
