package cli

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"giaoban/consolidation"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/official"
	"giaoban/org"
	"giaoban/paper"
	"giaoban/sample"
)

type demo struct {
	Data string `help:"Thư mục cho tỉnh mẫu; bỏ trống là một thư mục tạm mới." placeholder:"THƯ-MỤC"`
	Addr string `help:"Địa chỉ nghe, chỉ trên máy này." placeholder:"MÁY:CỔNG" default:"127.0.0.1:8080"`
	Once bool   `help:"Ghi các tệp rồi dừng, không mở trang."`
}

func (m *demo) Run(ctx context.Context, c *console) error {
	if !loopback(m.Addr) {
		return misuse{"Tỉnh mẫu đăng nhập không mật khẩu nên chỉ nghe trên máy này: dùng --addr 127.0.0.1:8080."}
	}
	at := place{Data: m.Data}
	if at.Data == "" {
		dir, err := os.MkdirTemp("", "giaoban-mau-")
		if err != nil {
			return err
		}
		at.Data = dir
	} else if err := clear(ctx, at); err != nil {
		return err
	}
	began := time.Now()
	c.say("Tỉnh mẫu trong %s. %s.", at.Data, sample.Mark)
	if err := m.play(ctx, c, at); err != nil {
		return err
	}
	c.say("\nXong trong %.1f giây.", time.Since(began).Seconds())
	if m.Once {
		return nil
	}
	d, store, err := at.open(ctx, false, db.Config{})
	if err != nil {
		return err
	}
	defer d.Close()
	if err := resume(ctx, c, d); err != nil {
		return err
	}
	c.say("Chọn vai trò ở trang đăng nhập, không cần mật khẩu.")
	background := startRounds(ctx, d, store, at, rounds)
	defer background()
	return listen(ctx, c, d, store, door{data: at.Data, addr: m.Addr, dev: true})
}

// clear removes an earlier sample province from the folder; anything else stays and is refused.
func clear(ctx context.Context, at place) error {
	if _, err := os.Stat(at.file()); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	d, err := db.Open(ctx, db.Config{Path: at.file()})
	if err != nil {
		return err
	}
	mark := ""
	err = d.Read(ctx, func(tx *db.Tx) (err error) {
		mark, err = org.Setting(tx, org.Banner)
		return err
	})
	if closeErr := d.Close(); err == nil {
		err = closeErr
	}
	if err != nil || mark != sample.Mark {
		return fault.Conflict("Thư mục %s có dữ liệu không phải tỉnh mẫu; hãy chọn thư mục khác cho --data.", at.Data)
	}
	for _, name := range []string{at.file(), at.file() + "-wal", at.file() + "-shm", at.heads(), filepath.Join(at.Data, "files"), filepath.Join(at.Data, "out")} {
		if err := os.RemoveAll(name); err != nil {
			return err
		}
	}
	return nil
}

// play builds the province, tells the last quarter and leaves its papers in out/.
func (m *demo) play(ctx context.Context, c *console, at place) error {
	d, store, err := at.open(ctx, true, db.Config{})
	if err != nil {
		return err
	}
	defer d.Close()
	p, err := sample.BuildUntil(ctx, d, store, sample.Played, func(s sample.Step) {
		c.say("\n%s  %s", s.At.Format("02/01/2006 15:04"), s.Name)
		for _, line := range s.Details {
			c.say("    %s", line)
		}
	})
	if err != nil {
		return err
	}
	return writePapers(ctx, c, p, filepath.Join(at.Data, "out"))
}

// writePapers leaves the report and the notice under the layout of their date and once more under HD 05, and what the
// figures add up to.
func writePapers(ctx context.Context, c *console, p *sample.Province, dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	written := make(map[string][]byte)
	if err := p.DB.Read(ctx, func(tx *db.Tx) error {
		found, err := consolidation.Find(tx, p.Officer, sample.Quarterly, sample.Quarter)
		if err != nil {
			return err
		}
		for name, profile := range map[string]string{"bao-cao.docx": "", "bao-cao-hd05.docx": "HD05"} {
			file, err := consolidation.File(tx, p.Officer, found, "docx", profile, nil)
			if err != nil {
				return err
			}
			written[name] = file.Body
		}
		if written["tong-hop.json"], err = json.MarshalIndent(found.Shape(), "", "  "); err != nil {
			return err
		}
		notice, err := p.Notice(tx, sample.Quarter)
		if err != nil {
			return err
		}
		document, err := paper.Document(tx, p.Officer, notice.ID)
		if err != nil {
			return err
		}
		later, _ := official.ProfileByCode("HD05")
		again := document
		again.Profile, again.TypeSymbol, again.Body = later, later.Symbols[document.TypeName], official.Ended(later, document.Body)
		for name, doc := range map[string]official.Document{"thong-bao-ket-luan.docx": document, "thong-bao-ket-luan-hd05.docx": again} {
			file, err := paper.File(doc, name, "docx", official.HTMLOptions{})
			if err != nil {
				return err
			}
			written[name] = file.Body
		}
		return nil
	}); err != nil {
		return err
	}
	c.say("\nCác tệp:")
	for _, name := range []string{"bao-cao.docx", "thong-bao-ket-luan.docx", "bao-cao-hd05.docx", "thong-bao-ket-luan-hd05.docx", "tong-hop.json"} {
		if err := writeFile(filepath.Join(dir, name), written[name]); err != nil {
			return err
		}
		c.say("    %s (%d KB)", filepath.Join(dir, name), (len(written[name])+1023)/1024)
	}
	return nil
}
