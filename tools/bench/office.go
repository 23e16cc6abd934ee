package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/citation"
	"giaoban/directive"
	"giaoban/internal/citationtest"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/journal"
	"giaoban/review"
)

const (
	registered = 50_000 // documents in the register
	asked      = 10_000 // references resolved against it
	oldFiles   = 1_000  // brought into the archive
)

// office measures what an old office brings on its first day: the files of ten years, and references to a register as
// large as a ministry's.
func (p *place) office(alone time.Duration) error {
	if err := p.importFiles(alone); err != nil {
		return err
	}
	d, err := p.open()
	if err != nil {
		return err
	}
	defer d.Close()
	if err := register(d); err != nil {
		return err
	}
	return resolve(d)
}

// open is the workload as the program opens it: what is written is sealed.
func (p *place) open() (*db.DB, error) {
	c := db.Config{Path: filepath.Join(p.folder(), "giaoban.db")}
	if p.postgres != nil {
		c = db.Config{URL: p.url("bench_" + strings.ToLower(p.size))}
	}
	d, err := db.Open(context.Background(), c)
	if err != nil {
		return nil, err
	}
	return d, journal.KeepSeals(context.Background(), d)
}

// importFiles runs the command on a folder of articles, from the start of the process to its end.
func (p *place) importFiles(alone time.Duration) error {
	folder := filepath.Join(p.dir, "articles-"+p.engine)
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	cases := citationtest.Generate(21, 8*oldFiles)
	size := 0
	for n := range oldFiles {
		text := article(n, cases[8*n:8*n+8])
		size += len(text)
		if err := os.WriteFile(filepath.Join(folder, fmt.Sprintf("bai-%04d.txt", n+1)), []byte(text), 0o600); err != nil {
			return err
		}
	}
	began := time.Now()
	if out, err := exec.Command(p.bin, append([]string{"import", folder}, p.where()...)...).CombinedOutput(); err != nil {
		return fmt.Errorf("giaoban import: %w\n%s", err, out[:min(800, len(out))])
	}
	took := time.Since(began)
	perSecond := oldFiles / took.Seconds()
	fmt.Printf(row, fmt.Sprintf("import of %d old files, %.1f MB", oldFiles, float64(size)/1e6), count(perSecond), show(took), "",
		count(1/alone.Seconds()), "", "", fmt.Sprintf("%.0f %%", 100*perSecond*alone.Seconds()), "files a second; raw keeps one row for each")
	return nil
}

// article is a page as portals write it, about one conference.
func article(n int, cases []citationtest.Case) string {
	var b strings.Builder
	day := calendar.On(2012+n%12, time.Month(1+n%12), 1+n%28)
	quarter := 1 + (int(day.Month())-1)/3
	fmt.Fprintf(&b, "Giao ban công tác Khoa giáo quý %d năm %d\n\n", quarter, day.Year())
	fmt.Fprintf(&b, "Sáng ngày %s, Ban Tuyên giáo Tỉnh ủy tổ chức Hội nghị giao ban công tác Khoa giáo quý %d năm %d. Đồng chí Nguyễn Văn Mẫu, Trưởng ban Tuyên giáo Tỉnh ủy chủ trì hội nghị.\n\n",
		day.Vietnamese(), quarter, day.Year())
	fmt.Fprintf(&b, "Trong quý, các đơn vị đã hoàn thành %d nội dung phối hợp, tăng %d,%d%% so với cùng kỳ năm trước.\n\n", 10+n%40, n%9, n%10)
	for _, c := range cases {
		b.WriteString(c.Text)
		b.WriteString("\n\n")
	}
	fmt.Fprintf(&b, "Bên cạnh đó còn một số hạn chế: báo cáo của một số ngành gửi chậm; số liệu lần %d chưa khớp.\n\n", n+1)
	b.WriteString("Kết luận hội nghị, đồng chí Trưởng ban đề nghị các đơn vị gửi báo cáo đúng hạn; rà soát số liệu trước khi gửi.\n\nBài, ảnh: Người Viết\n")
	return b.String()
}

var officer = access.System("đo tốc độ")

// register enters the documents one by one, as a person's entries are, and leaves out those that are there already.
func register(d *db.DB) error {
	const part = 1_000
	began, entered := time.Now(), 0
	for from := 0; from < registered; from += part {
		if err := d.WriteLong(context.Background(), func(tx *db.Tx) error {
			for i := from; i < from+part; i++ {
				d, err := directive.Record(tx, officer, directive.New{Type: "Chỉ thị", Symbol: fmt.Sprintf("%d-CT/TW", i%2_500+1), Date: dayOf(i),
					Issuer: "Ban Bí thư", Subject: fmt.Sprintf("về tăng cường sự lãnh đạo của Đảng đối với công tác số %d", i)})
				if err != nil && !fault.Is(err, fault.KindConflict) {
					return err
				}
				if err == nil {
					if err := review.Follow(tx, officer, d); err != nil {
						return err
					}
					entered++
				}
			}
			return nil
		}); err != nil {
			return err
		}
	}
	if entered > 0 {
		fmt.Printf(row, "documents entered in the register", count(float64(entered)/time.Since(began).Seconds()), "", "", "", "", "", "", "a second, in one long change")
	}
	return nil
}

// dayOf repeats a symbol term by term: 2,500 numbers, twenty dates each.
func dayOf(i int) calendar.Date {
	return calendar.On(1990+i/2_500, time.Month(1+i%12), 1+i%28)
}

// resolve measures a batch of references; raw asks the database for the same symbols, one prepared query each.
func resolve(d *db.DB) error {
	refs := make([]citation.Reference, asked)
	for i := range refs {
		meant := i * 7_919 % registered
		refs[i] = citation.Reference{Type: "Chỉ thị", Symbol: fmt.Sprintf("%d-CT/TW", meant%2_500+1), Issuer: "Ban Bí thư"}
		if i%3 > 0 { // a third does not say the day
			refs[i].Date = dayOf(meant)
		}
		if i%5 == 0 { // a fifth stands in no register
			refs[i].Symbol = fmt.Sprintf("%d-QĐ/TW", i)
		}
	}
	var ours, raws []time.Duration
	certain := 0
	for range rounds {
		if err := d.Read(context.Background(), func(tx *db.Tx) error {
			began := time.Now()
			found, err := directive.Resolve(tx, officer, refs)
			if err != nil {
				return err
			}
			ours = append(ours, time.Since(began))
			certain = 0
			for _, f := range found {
				if len(f.Candidates) > 0 && f.Candidates[0].Certain {
					certain++
				}
			}
			began = time.Now()
			for _, r := range refs {
				var subjects []string
				if err := tx.Select(&subjects, "select subject from directive where symbol_key = ?", strings.ReplaceAll(r.Symbol, "-", "/")); err != nil {
					return err
				}
			}
			raws = append(raws, time.Since(began))
			return nil
		}); err != nil {
			return err
		}
	}
	o, r := median(ours), median(raws)
	fmt.Printf(row, "10,000 references, 50,000 documents", count(asked/o.Seconds()), show(o), "", count(asked/r.Seconds()), show(r), "", ratio(o, r),
		fmt.Sprintf("%d certain; raw asks for each symbol alone", certain))
	return nil
}
