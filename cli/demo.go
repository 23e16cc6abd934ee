package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"giaoban/consolidation"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/official"
	"giaoban/org"
	"giaoban/paper"
	"giaoban/sample"
	"giaoban/story"
)

type demo struct {
	Story string `help:"Câu chuyện: khanh-hoa-2022, quy-1-2019, hai-phong-2023, dien-bien-2020 hoặc kon-tum-2021." placeholder:"TÊN" default:"khanh-hoa-2022"`
	Data  string `help:"Thư mục cho tỉnh mẫu; bỏ trống là một thư mục tạm mới." placeholder:"THƯ-MỤC"`
	Addr  string `help:"Địa chỉ nghe, chỉ trên máy này." placeholder:"MÁY:CỔNG" default:"127.0.0.1:8080"`
	Once  bool   `help:"Ghi các tệp rồi dừng, không mở trang."`
}

func (m *demo) Run(ctx context.Context, c *console) error {
	if !loopback(m.Addr) {
		return misuse{"Tỉnh mẫu đăng nhập không mật khẩu nên chỉ nghe trên máy này: dùng --addr 127.0.0.1:8080."}
	}
	if !slices.Contains(story.Names(), m.Story) {
		return misuse{fmt.Sprintf("Không có câu chuyện mẫu “%s”; hãy chọn một trong năm: %s.", m.Story, strings.Join(story.Names(), ", "))}
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

// play tells the story and leaves its papers in out/.
func (m *demo) play(ctx context.Context, c *console, at place) error {
	d, store, err := at.open(ctx, true, db.Config{})
	if err != nil {
		return err
	}
	defer d.Close()
	say := func(s sample.Step) {
		c.say("\n%s  %s", s.At.Format("02/01/2006 15:04"), s.Name)
		for _, line := range s.Details {
			c.say("    %s", line)
		}
	}
	dir := filepath.Join(at.Data, "out")
	if m.Story != story.First {
		played, err := story.Play(ctx, d, m.Story, say)
		if err != nil {
			return err
		}
		var files []story.File
		if err := d.Read(ctx, func(tx *db.Tx) (err error) {
			files, err = played.Files(tx)
			return err
		}); err != nil {
			return err
		}
		return leave(c, dir, files)
	}
	p, signed, err := story.PlayFirst(ctx, d, store, say)
	if err != nil {
		return err
	}
	return writePapers(ctx, c, p, signed, dir)
}

// leave writes what a story left and tells it.
func leave(c *console, dir string, files []story.File) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	c.say("\nCác tệp:")
	for _, f := range files {
		if err := writeFile(filepath.Join(dir, f.Name), f.Body); err != nil {
			return err
		}
		c.say("    %s (%d KB)", filepath.Join(dir, f.Name), (len(f.Body)+1023)/1024)
	}
	return nil
}

// writePapers leaves the report and the notice under the layout of their date and once more under HD 05, what the figures
// add up to, and what happened.
func writePapers(ctx context.Context, c *console, p *sample.Province, programmes []db.ID, dir string) error {
	var files []story.File
	if err := p.DB.Read(ctx, func(tx *db.Tx) error {
		found, err := consolidation.Find(tx, p.Officer, sample.Quarterly, sample.Quarter)
		if err != nil {
			return err
		}
		report, err := consolidation.Document(tx, p.Officer, found, "")
		if err != nil {
			return err
		}
		reportLater, err := consolidation.Document(tx, p.Officer, found, "HD05")
		if err != nil {
			return err
		}
		signed, err := p.Notice(tx, sample.Quarter)
		if err != nil {
			return err
		}
		notice, err := paper.Document(tx, p.Officer, signed.ID)
		if err != nil {
			return err
		}
		later, _ := official.ProfileByCode("HD05")
		noticeLater := notice
		noticeLater.Profile, noticeLater.TypeSymbol, noticeLater.Body = later, later.Symbols[notice.TypeName], official.Ended(later, notice.Body)
		for _, one := range []struct {
			name string
			official.Document
		}{
			{"bao-cao.docx", report}, {"thong-bao-ket-luan.docx", notice},
			{"bao-cao-hd05.docx", reportLater}, {"thong-bao-ket-luan-hd05.docx", noticeLater},
		} {
			written, err := story.Written(one.name, one.Document)
			if err != nil {
				return err
			}
			files = append(files, written...)
		}
		sums, err := json.MarshalIndent(found.Shape(), "", "  ")
		if err != nil {
			return err
		}
		played, err := story.OfSample(tx, p, programmes)
		if err != nil {
			return err
		}
		happened, err := played.EventFile(tx, map[paper.Kind]string{paper.BaoCao: "bao-cao.docx", paper.ThongBao: "thong-bao-ket-luan.docx"})
		files = append(files, story.File{Name: "tong-hop.json", Body: sums}, happened)
		return err
	}); err != nil {
		return err
	}
	return leave(c, dir, files)
}
