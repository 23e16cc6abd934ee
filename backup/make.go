package backup

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/files"
	"giaoban/journal"
	"giaoban/library"
	"giaoban/schema"
)

// Source is what a backup is made of.
type Source struct {
	DB    *db.DB
	URL   string // of PostgreSQL; "" for SQLite
	Files *files.Store
	Data  string // the folder of data
}

// Options say how.
type Options struct {
	Program    string // version of the program, for the manifest
	Keep       Rule
	Passphrase []byte    // nil: secrets are left out
	Now        time.Time // of the machine
	Told       Progress
}

// Made is what came of it.
type Made struct {
	Set
	*Manifest
	Copied  int64 // files that were not there yet
	Gone    []Set // older sets that the rule let go
	Swept   int   // files that no set names any longer
	Unswept bool  // an older manifest is damaged, so no file was taken away
}

// Make makes a set in the folder dest while others go on working, and then thins out the older ones. What fails leaves
// nothing behind.
func Make(ctx context.Context, from Source, dest string, o Options) (*Made, error) {
	made, err := makeSet(ctx, from, dest, o)
	return made, explained(err, dest)
}

func makeSet(ctx context.Context, from Source, dest string, o Options) (*Made, error) {
	if err := apart(from.Data, dest); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dest, 0o700); err != nil {
		return nil, fmt.Errorf("không tạo được thư mục %s: %w", dest, err)
	}
	lock, err := alone(dest)
	if err != nil {
		return nil, err
	}
	defer lock.Close()
	older, unfinished, err := sets(dest)
	if err != nil {
		return nil, err
	}
	for _, folder := range unfinished { // of a machine that stopped in the middle
		if err := os.RemoveAll(folder); err != nil {
			return nil, err
		}
	}
	store, err := files.Open(filepath.Join(dest, storeFolder))
	if err != nil {
		return nil, err
	}
	at := o.Now.Truncate(time.Millisecond)
	made := &Made{Set: Set{filepath.Join(dest, at.In(db.Vietnam).Format(stamp)), at}}
	if err := os.Mkdir(made.Folder, 0o700); err != nil {
		return nil, err
	}
	if err := made.whole(ctx, from, store, older, o); err != nil {
		_, _, swept := sweep(store, older) // what this one copied
		return nil, errors.Join(err, os.RemoveAll(made.Folder), swept)
	}
	if err := made.thin(store, append(older, made.Set), o); err != nil {
		return made, fmt.Errorf("bản sao lưu %s đã lập xong, nhưng chưa bỏ được các bản cũ: %w", made.Name(), err)
	}
	return made, nil
}

// whole makes the folder of a set a set.
func (m *Made) whole(ctx context.Context, from Source, store *files.Store, older []Set, o Options) (err error) {
	if m.Manifest, err = fill(ctx, from, m.Set, older, o); err != nil {
		return err
	}
	if m.Copied, err = m.takeFiles(ctx, from.Files, store, o.Told.of("Tệp")); err != nil {
		return err
	}
	if err := store.Settle(); err != nil {
		return err
	}
	return m.seal(m.Folder)
}

// apart refuses a backup inside what it backs up.
func apart(data, dest string) error {
	inner, err := filepath.Abs(dest)
	if err != nil {
		return err
	}
	outer, err := filepath.Abs(data)
	if err != nil {
		return err
	}
	if inside, err := filepath.Rel(outer, inner); err == nil && inside != ".." && !strings.HasPrefix(inside, "../") {
		return fault.Conflict("Thư mục sao lưu %s nằm trong thư mục dữ liệu %s: mất dữ liệu là mất cả bản sao. Hãy chọn ổ đĩa hoặc máy khác.", dest, data)
	}
	return nil
}

// fill copies the database and what stands beside it, all as of one moment.
func fill(ctx context.Context, from Source, s Set, older []Set, o Options) (*Manifest, error) {
	m := &Manifest{Format: format, Program: o.Program, At: s.At, Engine: from.DB.Dialect.Name(), Rows: map[string]int64{},
		Parts: map[string]Part{}, Files: []library.Content{}, Missing: []string{}, LeftOut: []string{}}
	// Heads come first: the copied journal must reach as far as every head beside it.
	if err := m.keepHeads(from.Data, s.Folder); err != nil {
		return nil, err
	}
	name := databaseFile
	if from.URL != "" {
		name = dumpFile
	}
	copied := filepath.Join(s.Folder, name)
	if err := from.DB.Read(ctx, func(tx *db.Tx) error {
		if err := m.describe(tx); err != nil {
			return err
		}
		if err := sameOrigin(m, older); err != nil {
			return err
		}
		if from.URL != "" {
			return dump(tx, from.URL, copied, m.LeftOut, o.Told.of("Cơ sở dữ liệu"))
		}
		return tx.CopyTo(copied, m.LeftOut, o.Told.of("Cơ sở dữ liệu"))
	}); err != nil {
		return nil, err
	}
	if err := syncFile(copied); err != nil {
		return nil, err
	}
	part, err := partOf(copied, nil, o.Told.of("Mã băm"))
	if err != nil {
		return nil, err
	}
	m.Parts[name] = part
	return m, m.keepSecrets(from.Data, s, o.Passphrase)
}

// describe writes down what the snapshot holds.
func (m *Manifest) describe(tx *db.Tx) (err error) {
	if m.Head, err = journal.Current(tx); err != nil {
		return err
	}
	if m.Schema, err = schema.Of(tx); err != nil {
		return err
	}
	var first []byte
	if err := tx.Get(&first, "select hash from journal where seq = 1"); err != nil && !errors.Is(err, db.None) {
		return err
	}
	m.Origin = hex.EncodeToString(first)
	if m.Files, err = library.Needed(tx); err != nil {
		return err
	}
	if m.Rows, err = rowsOf(tx); err != nil {
		return err
	}
	for _, table := range leftOut {
		if _, there := m.Rows[table]; there {
			m.Rows[table] = 0
			m.LeftOut = append(m.LeftOut, table)
		}
	}
	return nil
}

// rowsOf counts every table.
func rowsOf(tx *db.Tx) (map[string]int64, error) {
	tables, err := tx.Tables()
	if err != nil {
		return nil, err
	}
	rows := make(map[string]int64, len(tables))
	for _, table := range tables {
		if rows[table], err = tx.Count(table); err != nil {
			return nil, err
		}
	}
	return rows, nil
}

// sameOrigin refuses a folder that keeps the backups of other data: thinning would take them for older ones.
func sameOrigin(m *Manifest, older []Set) error {
	for _, s := range slices.Backward(older) {
		known, err := s.Manifest()
		if err != nil {
			continue // damaged: an older one tells
		}
		if known.Origin != "" && known.Origin != m.Origin {
			return fault.Conflict("Thư mục này giữ bản sao lưu của dữ liệu khác (bản %s). Mỗi nơi dùng một thư mục sao lưu riêng.", s.Name())
		}
		return nil
	}
	return nil
}

func (m *Manifest) keepHeads(data, folder string) error {
	text, err := os.ReadFile(filepath.Join(data, headsFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return m.add(folder, headsFile, text)
}

func (m *Manifest) keepSecrets(data string, s Set, passphrase []byte) error {
	if passphrase == nil {
		return nil
	}
	secrets, err := secretsOf(data)
	if err != nil || len(secrets) == 0 {
		return err
	}
	text, err := wrap(secrets, passphrase, s.At.In(db.Vietnam).Format(stamp))
	if err != nil {
		return err
	}
	m.Secrets = true
	return m.add(s.Folder, secretsFile, text)
}

func (m *Manifest) add(folder, name string, text []byte) (err error) {
	if err := writeFile(filepath.Join(folder, name), text); err != nil {
		return err
	}
	m.Parts[name], err = partOf(filepath.Join(folder, name), nil, nil)
	return err
}

func syncFile(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// takeFiles copies what the shared folder does not have. Of what it has, a sixteenth is read again each day, so that
// what a disk lost in silence is found and copied anew while the original still stands.
func (m *Made) takeFiles(ctx context.Context, from, to *files.Store, told func(done, all int64)) (copied int64, err error) {
	again := "0123456789abcdef"[m.Manifest.At.Unix()/86400%16]
	var whole []library.Content
	for i, f := range m.Files {
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		if told != nil {
			told(int64(i+1), int64(len(m.Files)))
		}
		if !to.Has(f.SHA256, f.Size) || f.SHA256[0] == again && errors.Is(to.Check(f.SHA256, f.Size), files.ErrDamaged) {
			err := to.Take(from, f.SHA256, f.Size)
			if fault.Is(err, fault.KindMissing) || errors.Is(err, files.ErrDamaged) {
				m.Missing = append(m.Missing, f.SHA256)
				continue
			}
			if err != nil {
				return 0, err
			}
			copied++
		}
		whole = append(whole, f)
	}
	m.Files = whole
	return copied, nil
}

// thin lets older sets go by the rule, and the files that only they named.
func (m *Made) thin(store *files.Store, all []Set, o Options) (err error) {
	m.Gone = o.Keep.gone(all, o.Now)
	for _, s := range m.Gone {
		// Without its manifest it is no set any longer, wherever the removal stops.
		if err := errors.Join(os.Remove(filepath.Join(s.Folder, manifestFile)), os.RemoveAll(s.Folder)); err != nil {
			return err
		}
	}
	kept := slices.DeleteFunc(slices.Clone(all), func(s Set) bool { return slices.Contains(m.Gone, s) })
	m.Swept, m.Unswept, err = sweep(store, kept)
	return err
}

// sweep removes the files that no set names. When one of the sets cannot say what it names, nothing is removed.
func sweep(store *files.Store, kept []Set) (n int, unsure bool, err error) {
	named := make(map[string]bool)
	for _, s := range kept {
		m, err := s.Manifest()
		if err != nil {
			return 0, true, nil
		}
		for _, f := range m.Files {
			named[f.SHA256] = true
		}
	}
	n, err = store.Prune(func(sha256 string) bool { return named[sha256] })
	return n, false, err
}
