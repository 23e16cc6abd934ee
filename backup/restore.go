package backup

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/files"
	"giaoban/journal"
	"giaoban/schema"
)

// Target is the empty place a set is put into.
type Target struct {
	Data string
	URL  string // of PostgreSQL; "" for SQLite
}

// building is the folder in which everything is put together and checked before any of it stands where it belongs.
const building = ".khoi-phuc"

// Find gives the set of a folder, or the newest set of a folder of backups.
func Find(source string) (Set, error) {
	if _, err := os.Stat(filepath.Join(source, manifestFile)); err == nil {
		folder, err := filepath.Abs(source)
		return Set{Folder: folder}, err
	}
	whole, unfinished, err := sets(source)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return Set{}, fault.Missing("Không có thư mục %s.", source)
	case err != nil:
		return Set{}, err
	case len(whole) == 0 && len(unfinished) > 0:
		return Set{}, fault.Missing("Trong %s không có bản sao lưu trọn vẹn nào: %s thiếu bản kê %s.", source, filepath.Base(unfinished[0]), manifestFile)
	case len(whole) == 0:
		return Set{}, fault.Missing("Trong %s không có bản sao lưu nào.", source)
	}
	return whole[len(whole)-1], nil
}

// Restore puts a set into an empty place. Everything is checked before any of it stands there; what is refused leaves
// nothing behind. secrets is nil for a set whose secrets stay closed.
func Restore(ctx context.Context, s Set, to Target, passphrase []byte, told Progress) (*Manifest, error) {
	m, err := restore(ctx, s, to, passphrase, told)
	return m, explained(err, to.Data)
}

func restore(ctx context.Context, s Set, to Target, passphrase []byte, told Progress) (m *Manifest, err error) {
	if m, err = s.Manifest(); err != nil {
		return nil, err
	}
	if err := m.fits(s, to); err != nil {
		return nil, err
	}
	fresh, err := vacant(ctx, to)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(to.Data, 0o700); err != nil {
		return nil, fmt.Errorf("không tạo được thư mục %s: %w", to.Data, err)
	}
	work := filepath.Join(to.Data, building)
	var placed []string
	defer func() {
		os.RemoveAll(work)
		if err == nil {
			return
		}
		for _, name := range placed {
			os.RemoveAll(filepath.Join(to.Data, name))
		}
		if fresh {
			os.Remove(to.Data)
		}
	}()
	if err := os.Mkdir(work, 0o700); err != nil {
		return nil, err
	}
	if err := m.build(ctx, s, work, passphrase, told); err != nil {
		return nil, err
	}
	if to.URL == "" {
		if err := m.agrees(ctx, db.Config{Path: filepath.Join(work, databaseFile)}); err != nil {
			return nil, err
		}
	}
	for _, name := range []string{storeFolder, headsFile, SecretFolder, databaseFile} { // the database last: it makes a place of it
		if err := os.Rename(filepath.Join(work, name), filepath.Join(to.Data, name)); errors.Is(err, fs.ErrNotExist) {
			continue
		} else if err != nil {
			return nil, err
		}
		placed = append(placed, name)
	}
	if to.URL != "" {
		if err := load(ctx, to.URL, filepath.Join(work, dumpFile)); err != nil {
			return nil, err
		}
		if err := m.agrees(ctx, db.Config{URL: to.URL}); err != nil {
			return nil, err
		}
		if err := analyse(ctx, to.URL); err != nil {
			return nil, err
		}
	}
	return m, syncFolder(to.Data)
}

// analyse lets PostgreSQL count what was loaded: a dump brings no statistics, and without them the first questions, those
// of the verification, take minutes instead of seconds.
func analyse(ctx context.Context, address string) error {
	d, err := db.Open(ctx, db.Config{URL: address})
	if err != nil {
		return err
	}
	defer d.Close()
	return d.WriteLong(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec("analyze")
		return err
	})
}

// fits refuses a set that this program or this engine cannot take.
func (m *Manifest) fits(s Set, to Target) error {
	engine := db.SQLite
	if to.URL != "" {
		engine = db.PostgreSQL
	}
	if m.Engine != engine.Name() {
		if engine == db.SQLite {
			return fault.Conflict("Bản sao lưu %s là của %s; hãy chỉ cơ sở dữ liệu trống bằng --db postgres://…", s.Name(), m.Engine)
		}
		return fault.Conflict("Bản sao lưu %s là của %s; hãy bỏ --db.", s.Name(), m.Engine)
	}
	if m.Schema > schema.Newest() {
		return fault.Conflict("Bản sao lưu %s do chương trình mới hơn lập (%s); hãy khôi phục bằng bản ấy hoặc bản mới hơn nữa.", s.Name(), m.Program)
	}
	for _, name := range slices.Sorted(maps.Keys(m.Parts)) {
		if !slices.Contains([]string{databaseFile, dumpFile, headsFile, secretsFile}, name) {
			return fault.Conflict("Bản kê của %s có tên lạ: %s.", s.Name(), name)
		}
	}
	return nil
}

// vacant refuses a place where there is something. fresh says that the folder is not there yet.
func vacant(ctx context.Context, to Target) (fresh bool, err error) {
	entries, err := os.ReadDir(to.Data)
	fresh = errors.Is(err, fs.ErrNotExist)
	if err != nil && !fresh {
		return false, err
	}
	for _, e := range entries {
		if e.Name() != building {
			return false, fault.Conflict("Thư mục %s không trống (có %s). Chỉ khôi phục vào nơi trống; hãy chọn --data khác hoặc dời dữ liệu cũ đi.", to.Data, e.Name())
		}
	}
	if len(entries) > 0 { // of a restore that was killed before anything of it stood
		if err := os.RemoveAll(filepath.Join(to.Data, building)); err != nil {
			return false, err
		}
	}
	if to.URL == "" {
		return fresh, nil
	}
	d, err := db.Open(ctx, db.Config{URL: to.URL})
	if err != nil {
		return false, err
	}
	defer d.Close()
	return fresh, d.Read(ctx, func(tx *db.Tx) error {
		tables, err := tx.Tables()
		if err == nil && len(tables) > 0 {
			return fault.Conflict("Cơ sở dữ liệu PostgreSQL đã có %d bảng (%s…). Chỉ khôi phục vào cơ sở dữ liệu mới tạo, còn trống.", len(tables), tables[0])
		}
		return err
	})
}

// mostNamed is how many damaged files a refusal names.
const mostNamed = 5

// build copies the set into a folder, and compares every byte with the manifest.
func (m *Manifest) build(ctx context.Context, s Set, work string, passphrase []byte, told Progress) error {
	var damaged []string
	for _, name := range slices.Sorted(maps.Keys(m.Parts)) {
		if err := m.copyPart(s, name, work, told); fault.Of(err) != nil {
			damaged = append(damaged, err.Error())
		} else if err != nil {
			return err
		}
	}
	if len(damaged) > 0 {
		return refused(s, damaged)
	}
	if err := m.openSecrets(s, work, passphrase); err != nil {
		return err
	}
	to, err := files.Open(filepath.Join(work, storeFolder))
	if err != nil {
		return err
	}
	if len(m.Files) == 0 {
		return nil
	}
	from, err := files.At(filepath.Join(filepath.Dir(s.Folder), storeFolder))
	if err != nil {
		return err
	}
	progress := told.of("Tệp")
	for i, f := range m.Files {
		if err := ctx.Err(); err != nil {
			return err
		}
		err := to.Take(from, f.SHA256, f.Size)
		switch {
		case fault.Is(err, fault.KindMissing):
			damaged = append(damaged, "thiếu tệp "+f.SHA256)
		case errors.Is(err, files.ErrDamaged):
			damaged = append(damaged, "tệp "+f.SHA256+" hỏng: "+err.Error())
		case err != nil:
			return err
		}
		if len(damaged) == mostNamed {
			break
		}
		if progress != nil {
			progress(int64(i+1), int64(len(m.Files)))
		}
	}
	if len(damaged) > 0 {
		return refused(s, damaged)
	}
	return to.Settle()
}

// copyPart copies one part; a fault says what is wrong with it.
func (m *Manifest) copyPart(s Set, name, work string, told Progress) error {
	into, err := os.OpenFile(filepath.Join(work, name), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer into.Close()
	got, err := partOf(filepath.Join(s.Folder, name), into, told.of("Chép "+name))
	switch want := m.Parts[name]; {
	case errors.Is(err, fs.ErrNotExist):
		return fault.Missing("thiếu %s", name)
	case err != nil:
		return err
	case got.Size != want.Size:
		return fault.Conflict("%s dài %d byte, bản kê ghi %d", name, got.Size, want.Size)
	case got != want:
		return fault.Conflict("%s hỏng: nội dung không khớp mã băm", name)
	}
	return into.Sync()
}

func refused(s Set, damaged []string) error {
	return fault.Conflict("Bản sao lưu %s đã hỏng nên không khôi phục: %s. Hãy chỉ một bản khác trong cùng thư mục.", s.Name(), strings.Join(damaged, "; "))
}

// openSecrets turns the wrapped secrets into files.
func (m *Manifest) openSecrets(s Set, work string, passphrase []byte) error {
	closed := filepath.Join(work, secretsFile)
	defer os.Remove(closed)
	if !m.Secrets || passphrase == nil {
		return nil
	}
	text, err := os.ReadFile(closed)
	if err != nil {
		return err
	}
	secrets, err := unwrap(text, passphrase, m.At.In(db.Vietnam).Format(stamp))
	if err != nil {
		return err
	}
	if err := os.Mkdir(filepath.Join(work, SecretFolder), 0o700); err != nil {
		return err
	}
	for name, content := range secrets {
		if err := writeFile(filepath.Join(work, SecretFolder, name), content); err != nil {
			return err
		}
	}
	return nil
}

// agrees compares a database that was put back with what its manifest promises, before anything migrates it.
func (m *Manifest) agrees(ctx context.Context, c db.Config) error {
	d, err := db.Open(ctx, c)
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Read(ctx, func(tx *db.Tx) error {
		head, err := journal.Current(tx)
		if err != nil {
			return err
		}
		if head != m.Head {
			return fault.Conflict("Đầu nhật ký của bản được chép (%d dòng) khác bản kê (%d dòng).", head.Size, m.Head.Size)
		}
		rows, err := rowsOf(tx)
		if err != nil {
			return err
		}
		for _, table := range slices.Sorted(maps.Keys(m.Rows)) {
			if n, there := rows[table]; !there || n != m.Rows[table] {
				return fault.Conflict("Bảng %s có %d dòng, bản kê ghi %d.", table, n, m.Rows[table])
			}
		}
		return nil
	})
}
