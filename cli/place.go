package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"giaoban/internal/db"
	"giaoban/internal/files"
	"giaoban/journal"
	"giaoban/org"
)

// place is where the data lives: a folder with giaoban.db and files/, and perhaps a PostgreSQL server instead of the
// database file.
type place struct {
	Data string `help:"Thư mục dữ liệu: giaoban.db và files/." placeholder:"THƯ-MỤC" default:"du-lieu" env:"GIAOBAN_DATA"`
	DB   string `name:"db" help:"Địa chỉ PostgreSQL thay cho giaoban.db." placeholder:"postgres://…" env:"GIAOBAN_DB"`

	headDirs []string // see headDirs
}

// headDirs are the folders outside the data in which the office wants the journal's head kept too: whoever gets hold of
// the data does not get hold of them.
type headDirs struct {
	Dirs []string `name:"head-dir" help:"Thư mục ở nơi khác để giữ thêm đầu nhật ký mỗi giờ; ghi nhiều lần nếu có nhiều." placeholder:"THƯ-MỤC" env:"GIAOBAN_HEAD_DIR"`
}

func (h headDirs) with(p place) place {
	p.headDirs = h.Dirs
	return p
}

func (p place) file() string { return filepath.Join(p.Data, "giaoban.db") }

// open opens the database and the files and brings the schema up to date. create is false for commands that only make
// sense where there is something already.
func (p place) open(ctx context.Context, create bool, c db.Config) (*db.DB, *files.Store, error) {
	if !create {
		if err := p.there(); err != nil {
			return nil, nil, err
		}
	}
	if err := os.MkdirAll(p.Data, 0o700); err != nil {
		return nil, nil, fmt.Errorf("không tạo được thư mục %s: %w", p.Data, err)
	}
	d, store, err := p.openAsItIs(ctx, c)
	if err != nil {
		return nil, nil, err
	}
	if err := journal.Migrate(ctx, d); err != nil {
		d.Close()
		return nil, nil, err
	}
	return d, store, nil
}

// openAsItIs leaves the schema alone: before an upgrade a backup must not be the upgrade.
func (p place) openAsItIs(ctx context.Context, c db.Config) (*db.DB, *files.Store, error) {
	store, err := files.Open(filepath.Join(p.Data, "files"))
	if err != nil {
		return nil, nil, err
	}
	c.Path, c.URL = p.file(), p.DB
	if c.URL != "" {
		c.Path = ""
	} else if err := ownOnly(p.file()); err != nil {
		return nil, nil, err
	}
	d, err := db.Open(ctx, c)
	return d, store, err
}

// there refuses a folder without data.
func (p place) there() error {
	if _, err := os.Stat(p.file()); p.DB == "" && errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("không có dữ liệu ở %s; hãy chỉ đúng thư mục bằng --data, hoặc tạo mới bằng giaoban migrate", p.Data)
	}
	return nil
}

// ownOnly makes a missing file readable by its owner alone; what SQLite puts beside it has the same rights.
func ownOnly(name string) error {
	f, err := os.OpenFile(name, os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("không mở được %s: %w", name, err)
	}
	return f.Close()
}

// empty reports whether nothing was entered yet.
func empty(ctx context.Context, d *db.DB) (bool, error) {
	some := false
	err := d.Read(ctx, func(tx *db.Tx) (err error) {
		some, err = tx.Exists("select 1 from body")
		return err
	})
	return !some, err
}

type migrate struct {
	place
}

func (m *migrate) Run(ctx context.Context, c *console) error {
	d, _, err := m.open(ctx, true, db.Config{})
	if err != nil {
		return err
	}
	defer d.Close()
	if err := d.WriteLong(ctx, func(tx *db.Tx) error {
		some, err := tx.Exists("select 1 from body") // an office that has begun gets what newer versions bring with them
		if err != nil || !some {
			return err
		}
		return org.EnterReference(tx, byHand)
	}); err != nil {
		return err
	}
	c.say("Cấu trúc dữ liệu đã ở bản mới nhất (%s).", d.Dialect.Name())
	return nil
}
