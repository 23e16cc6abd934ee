package cli

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/document"
	"giaoban/internal/db"
	"giaoban/org"
)

type doctor struct {
	place
}

// checkup gathers what was looked at.
type checkup struct {
	c    *console
	bad  int
	note int
}

func (k *checkup) good(format string, args ...any) { k.c.say("ĐẠT    "+format, args...) }

func (k *checkup) care(format string, args ...any) {
	k.note++
	k.c.say("LƯU Ý  "+format, args...)
}

func (k *checkup) fail(format string, args ...any) {
	k.bad++
	k.c.say("HỎNG   "+format, args...)
}

func (o *doctor) Run(ctx context.Context, c *console) error {
	d, _, err := o.open(ctx, false, db.Config{})
	if err != nil {
		return err
	}
	defer d.Close()
	k := &checkup{c: c}
	engine := k.sqlite
	if d.Dialect == db.PostgreSQL {
		engine = k.postgres
	}
	if err := engine(ctx, d); err != nil {
		return err
	}
	if err := d.Read(ctx, k.office); err != nil {
		return err
	}
	k.backedUp(o.Data)
	k.disk(o.Data)
	k.rights(o.place)
	k.tools()
	if k.bad > 0 {
		return fmt.Errorf("có %d điểm hỏng cần sửa trước khi dùng", k.bad)
	}
	c.say("Dùng được; %d điểm cần lưu ý.", k.note)
	return nil
}

func (k *checkup) sqlite(ctx context.Context, d *db.DB) error {
	return d.WriteLong(ctx, func(tx *db.Tx) error { // the writer's own connection is the one that must be safe
		var found []string
		if err := tx.Select(&found, "pragma integrity_check(20)"); err != nil {
			return err
		}
		if len(found) == 1 && found[0] == "ok" {
			k.good("Tệp dữ liệu SQLite nguyên vẹn.")
		} else {
			k.fail("Tệp dữ liệu SQLite hỏng: %s. Dừng chương trình và khôi phục từ bản sao lưu.", strings.Join(found, "; "))
		}
		var synchronous int
		var mode string
		if err := tx.Get(&synchronous, "pragma synchronous"); err != nil {
			return err
		}
		if err := tx.Get(&mode, "pragma journal_mode"); err != nil {
			return err
		}
		if synchronous >= 2 && mode == "wal" {
			k.good("Ghi an toàn khi mất điện (WAL, synchronous=FULL).")
		} else {
			k.fail("Chế độ ghi %s, synchronous=%d có thể mất dữ liệu đã báo nhận khi mất điện.", mode, synchronous)
		}
		return nil
	})
}

func (k *checkup) postgres(ctx context.Context, d *db.DB) error {
	return d.Read(ctx, func(tx *db.Tx) error {
		var settings []struct {
			Name    string `db:"name"`
			Setting string `db:"setting"`
		}
		if err := tx.Select(&settings, `
select name, setting
from pg_settings
where name in ('fsync', 'full_page_writes', 'synchronous_commit', 'synchronous_standby_names', 'server_version')
order by name`); err != nil {
			return err
		}
		standby := ""
		for _, s := range settings {
			switch s.Name {
			case "server_version":
				k.good("PostgreSQL %s.", s.Setting)
			case "synchronous_standby_names":
				standby = s.Setting
			case "synchronous_commit":
				if s.Setting == "off" || s.Setting == "local" {
					k.fail("synchronous_commit = %s: dữ liệu đã báo nhận có thể mất. Đặt lại là on.", s.Setting)
				}
			default:
				if s.Setting != "on" {
					k.fail("%s = %s: dữ liệu có thể hỏng khi mất điện. Đặt lại là on.", s.Name, s.Setting)
				}
			}
		}
		var collation, encoding string
		if err := tx.Get(&collation, "select datcollate from pg_database where datname = current_database()"); err != nil {
			return err
		}
		if err := tx.Get(&encoding, "select pg_encoding_to_char(encoding) from pg_database where datname = current_database()"); err != nil {
			return err
		}
		if encoding != "UTF8" {
			k.fail("Bảng mã của cơ sở dữ liệu là %s; cần UTF8.", encoding)
		}
		if strings.HasPrefix(collation, "C") || collation == "POSIX" {
			k.good("Thứ tự chữ %s, bảng mã %s.", collation, encoding)
		} else {
			k.care("Thứ tự chữ là %s; nên tạo cơ sở dữ liệu với C.UTF-8 để chỉ mục không hỏng khi nâng cấp hệ điều hành.", collation)
		}
		var following, late int
		if err := tx.Get(&following, "select count(*) from pg_stat_replication"); err != nil {
			return err
		}
		if err := tx.Get(&late, "select count(*) from pg_stat_replication where sync_state = 'async'"); err != nil {
			return err
		}
		switch {
		case following == 0:
			k.care("Không có máy dự phòng; hãy có bản sao lưu hằng ngày.")
		case standby == "" || late == following:
			k.fail("Máy dự phòng chép không đồng bộ: khi chuyển sang sẽ mất dữ liệu đã báo nhận. Đặt synchronous_standby_names.")
		default:
			k.good("Có %d máy dự phòng, chép đồng bộ.", following)
		}
		return nil
	})
}

// office looks at what the program lives by: the clock, the working calendar, somebody to administer it.
func (k *checkup) office(tx *db.Tx) error {
	var last db.Instant
	if err := tx.Get(&last, "select coalesce(max(at), 0) from journal where kind <> 'seal'"); err != nil {
		return err
	}
	switch now := tx.Now(); {
	case last > now+db.Instant(time.Minute.Microseconds()):
		k.fail("Đồng hồ máy (%s) chậm hơn dòng nhật ký mới nhất (%s). Chỉnh giờ máy rồi mới dùng tiếp.", now, last)
	case tx.Clock().Year() < 2026:
		k.fail("Đồng hồ máy chỉ năm %d; chỉnh giờ máy.", tx.Clock().Year())
	default:
		k.good("Đồng hồ máy: %s.", now)
	}
	holidays, err := org.Holidays(tx)
	if err != nil {
		return err
	}
	this := calendar.OfInstant(tx.Clock()).Year()
	for year := this; year <= this+1; year++ {
		if note, ok := holidays.Year(year); !ok {
			k.care("Chưa có lịch nghỉ năm %d: hạn được tính theo ngày nghỉ luật định.", year)
		} else if !note.Announced {
			k.care("Lịch nghỉ năm %d mới tính theo luật, chưa có thông báo; xác nhận ở trang Chế độ báo cáo khi có.", year)
		} else {
			k.good("Lịch nghỉ năm %d theo thông báo đã có.", year)
		}
	}
	if err := k.reference(tx); err != nil {
		return err
	}
	admin, err := tx.Exists("select 1 from post p join account a on a.person = p.person where p.role = ? and a.disabled_at is null", string(access.Administrator))
	if err != nil {
		return err
	}
	if !admin {
		k.care("Chưa có tài khoản quản trị: giaoban user add … --role administrator.")
	}
	return nil
}

// mostNamed is how many rows the check names; the page lists all.
const mostNamed = 3

// reference looks at the shipped rows about the reorganisation: those without a source wait for the office's word.
func (k *checkup) reference(tx *db.Tx) error {
	waiting, err := org.Unconfirmed(tx, access.System("kiểm tra"))
	if err != nil {
		return err
	}
	if len(waiting) == 0 {
		k.good("Mọi dòng tham chiếu về sắp xếp cơ quan đã có nguồn hoặc đã được xác nhận.")
	} else {
		var counts []string
		for _, g := range org.ReferenceGroups {
			n := 0
			for _, w := range waiting {
				if w.Group == g.Code {
					n++
				}
			}
			if n > 0 {
				counts = append(counts, fmt.Sprintf("%s %d", g.Name, n))
			}
		}
		k.care("Có %d dòng tham chiếu cần xác nhận (%s); xem ở trang Sắp xếp cơ quan:", len(waiting), strings.Join(counts, ", "))
		for _, w := range waiting[:min(mostNamed, len(waiting))] {
			k.c.say("         cần xác nhận: %s (%s)", w.Title, w.Confidence.Name())
		}
		if more := len(waiting) - mostNamed; more > 0 {
			k.c.say("         … và %d dòng khác.", more)
		}
	}
	entered, err := org.ReferenceEntered(tx)
	if err == nil && !entered {
		k.care("Danh mục cơ quan ban hành văn bản chưa được nhập: chạy giaoban migrate hoặc lưu trang Thiết lập.")
	}
	return err
}

func (k *checkup) disk(dir string) {
	var s syscall.Statfs_t
	if err := syscall.Statfs(dir, &s); err != nil {
		k.fail("Không xem được dung lượng đĩa của %s: %v.", dir, err)
		return
	}
	free := int64(s.Bavail) * int64(s.Bsize) >> 20
	switch {
	case free < 200:
		k.fail("Đĩa của %s chỉ còn %d MB.", dir, free)
	case free < 2048:
		k.care("Đĩa của %s còn %d MB; nên có trên 2 GB.", dir, free)
	default:
		k.good("Đĩa của %s còn %d GB.", dir, free>>10)
	}
	probe, err := os.CreateTemp(dir, ".ghi-thu-*")
	if err != nil {
		k.fail("Không ghi được vào %s: %v.", dir, err)
		return
	}
	probe.Close()
	os.Remove(probe.Name())
}

// tools are needed on the machine that looks at documents; by the program itself only the reader of PDFs.
func (k *checkup) tools() {
	if _, err := exec.LookPath(document.PDFReader); err != nil {
		k.care("Máy này không có pdftotext (gói poppler-utils): tệp PDF không kiểm tra được dấu độ mật nên bị từ chối. Cài rồi chạy lại.")
	} else {
		k.good("Có pdftotext: tệp PDF được kiểm tra dấu độ mật trước khi nhận.")
	}
	fonts, _ := filepath.Glob("/usr/share/fonts/truetype/liberation*/LiberationSerif-Regular.ttf")
	if len(fonts) > 0 {
		k.good("Có phông Liberation Serif (cùng khổ chữ với Times New Roman).")
	} else {
		k.care("Máy này không có phông Liberation Serif; tệp Word vẫn đúng, chỉ việc xem thử trên máy này có thể lệch dòng.")
	}
	if _, err := exec.LookPath("soffice"); err != nil {
		k.care("Máy này không có LibreOffice; chương trình không cần, trừ khi kiểm thể thức tệp .odt.")
	}
}
