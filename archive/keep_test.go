package archive_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"giaoban/access"
	"giaoban/archive"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/internal/files"
	"giaoban/org"
)

// office is a small one with a few boxes of old pages.
type office struct {
	t                      *testing.T
	d                      *db.DB
	clock                  *dbtest.Clock
	store                  *files.Store
	folder                 string
	ban, soYTe             db.ID
	officer, clerk, doctor access.Actor
}

var setup = access.System("dựng thử")

// in runs a test on both engines in a small office on 15/01/2024.
func in(t *testing.T, test func(t *testing.T, o *office)) {
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			clock := dbtest.NewClock("2024-01-15")
			d := e.From(t, "", nil, clock.Now)
			o := &office{t: t, d: d, clock: clock, folder: t.TempDir()}
			var err error
			if o.store, err = files.Open(o.folder); err != nil {
				t.Fatal(err)
			}
			o.write(o.found)
			test(t, o)
		})
	}
}

func (o *office) found(tx *db.Tx) error {
	for i, b := range []struct {
		code    string
		kind    org.Kind
		name    string
		aliases []string
	}{
		{"BTGTU", org.Commission, "Ban Tuyên giáo Tỉnh ủy", nil}, {"SYT", org.Department, "Sở Y tế", nil},
		{"SGDDT", org.Department, "Sở Giáo dục và Đào tạo", nil}, {"SKHCN", org.Department, "Sở Khoa học và Công nghệ", []string{"Sở KH&CN", "Sở KH-CN"}},
		{"LHHKHKT", org.Agency, "Liên hiệp các Hội Khoa học và Kỹ thuật tỉnh", nil},
	} {
		made, err := org.Create(tx, setup, org.New{Code: b.code, Name: b.name, ShortName: b.name, Kind: b.kind, Sort: i, ValidFrom: calendar.On(2000, 1, 1), Aliases: b.aliases})
		if err != nil {
			return err
		}
		switch b.code {
		case "BTGTU":
			o.ban = made.ID
		case "SYT":
			o.soYTe = made.ID
		}
	}
	actor := func(name string, role access.Role, org db.ID) access.Actor {
		return access.Actor{Person: db.ID(name), Name: name, Role: role, Body: org}
	}
	o.officer = actor("Tạ Thị Hoài Thương", access.CommissionOfficer, o.ban)
	o.clerk = actor("Ngô Thị Lệ Giang", access.Clerk, o.ban)
	o.doctor = actor("Mạc Thị Ánh Tuyết", access.AgencyOfficer, o.soYTe)
	return org.Set(tx, setup, org.Province, "tỉnh Khánh Hòa")
}

func (o *office) write(fn func(tx *db.Tx) error) {
	o.t.Helper()
	if err := o.d.WriteLong(o.t.Context(), fn); err != nil {
		o.t.Fatal(err)
	}
}

// try runs a change and gives what it says.
func (o *office) try(fn func(tx *db.Tx) error) error { return o.d.Write(o.t.Context(), fn) }

func (o *office) read(fn func(tx *db.Tx) error) {
	o.t.Helper()
	if err := o.d.Read(o.t.Context(), fn); err != nil {
		o.t.Fatal(err)
	}
}

// feed brings files in as somebody; what comes as text goes by the name before it.
func (o *office) feed(by access.Actor, names []string, contents map[string]string) (archive.Result, error) {
	f := &archive.Feeding{Store: o.store, Door: "command", Found: len(names),
		Read: func(fn func(tx *db.Tx, by access.Actor) error) error {
			return o.d.Read(o.t.Context(), func(tx *db.Tx) error { return fn(tx, by) })
		},
		Write: func(fn func(tx *db.Tx, by access.Actor) error) error {
			return o.d.WriteLong(o.t.Context(), func(tx *db.Tx) error { return fn(tx, by) })
		}}
	for _, name := range names {
		content := []byte(contents[name])
		if len(content) == 0 {
			var err error
			if content, err = os.ReadFile(name); err != nil {
				return archive.Result{}, err
			}
		}
		if err := f.Take(o.t.Context(), filepath.Base(name), bytes.NewReader(content)); err != nil {
			return archive.Result{}, err
		}
	}
	return f.Finish()
}

// pages are our own five old files.
func pages(t testing.TB) []string {
	t.Helper()
	names, err := filepath.Glob("testdata/keep/*")
	if err != nil || len(names) != 5 {
		t.Fatalf("%d pages (%v)", len(names), err)
	}
	return names
}

func (o *office) fed() archive.Result {
	o.t.Helper()
	r, err := o.feed(o.officer, pages(o.t), nil)
	if err != nil {
		o.t.Fatal(err)
	}
	return r
}

// file gives the import whose name begins so, with its fields.
func (o *office) file(prefix string) (found archive.Import, fields []archive.Field) {
	o.t.Helper()
	o.read(func(tx *db.Tx) error {
		all, _, err := archive.List(tx, o.officer, archive.Filter{})
		if err != nil {
			return err
		}
		for _, l := range all {
			if strings.HasPrefix(l.Name, prefix) {
				if found, err = archive.Find(tx, o.officer, l.ID); err != nil {
					return err
				}
				fields, err = archive.Fields(tx, o.officer, l.ID)
				return err
			}
		}
		return nil
	})
	if found.ID == "" {
		o.t.Fatalf("no file %s", prefix)
	}
	return found, fields
}

// rows counts the rows of tables, to see that nothing moved.
func (o *office) rows() map[string]int {
	o.t.Helper()
	counts := make(map[string]int)
	for _, table := range []string{"file", "archive_import", "archive_field", "archive_decision", "archive_batch", "archive_batch_line",
		"archive_event", "directive", "directive_decision", "directive_mention", "body_alias", "task", "lineage_edge", "journal"} {
		o.read(func(tx *db.Tx) error {
			var n int
			err := tx.Get(&n, "select count(*) from "+table)
			counts[table] = n
			return err
		})
	}
	return counts
}

func TestOldFilesAreKeptWithTheirFieldsAndASecondTimeNothingChanges(t *testing.T) {
	in(t, func(t *testing.T, o *office) {
		r := o.fed()
		if r.New != 5 || r.Known != 0 || r.Refused != 0 || r.Batch == "" {
			t.Fatalf("%+v", r)
		}
		i, fields := o.file("giao-ban-quy-1")
		if i.State() != archive.Unseen || i.Kind != archive.Briefing || i.HeldOn != calendar.On(2019, 4, 11) || i.Period.String() != "2019-Q1" {
			t.Errorf("%s %s %s %s", i.State(), i.Kind, i.HeldOn, i.Period)
		}
		for _, f := range fields {
			if f.Start < f.End && f.Kind == archive.ChairField && !strings.Contains(i.Text[f.Start:f.End], "Đinh Trọng Hoài") {
				t.Errorf("the chair's place holds %q", i.Text[f.Start:f.End])
			}
			if line := f.Kind.Line(f.Value); strings.Contains(line, "0258.") || strings.Contains(line, "@") || strings.Contains(line, "tập huấn báo cáo viên năm 2018") {
				t.Errorf("%s holds what is nobody's business: %q", f.Kind, line)
			}
		}
		o.write(func(tx *db.Tx) error {
			_, _, err := archive.AcceptSure(tx, o.officer, i.ID)
			return err
		})
		before := o.rows()
		again, err := o.feed(o.clerk, pages(t), nil)
		if err != nil {
			t.Fatal(err)
		}
		if again.New != 0 || again.Known != 5 || again.Batch != "" || again.Lines[0].Outcome != archive.Repeat {
			t.Errorf("%+v", again)
		}
		for table, n := range o.rows() {
			if n != before[table] {
				t.Errorf("%s had %d rows and has %d after the second time", table, before[table], n)
			}
		}
	})
}

func TestABrokenOrSecretFileStopsNobody(t *testing.T) {
	in(t, func(t *testing.T, o *office) {
		text, err := os.ReadFile(pages(t)[0])
		if err != nil {
			t.Fatal(err)
		}
		r, err := o.feed(o.clerk, []string{"hong.docx", "mat.txt", "trong.txt", "anh.png", "bai.txt", "cung-bai.txt"}, map[string]string{
			"hong.docx": "PK\x03\x04 nửa tệp", "mat.txt": "TỈNH ỦY KHÁNH HÒA\nMẬT\n\nBÁO CÁO\n\nNội dung", "trong.txt": " \n ", "anh.png": "\x89PNG\r\n\x1a\n",
			"bai.txt": string(text), "cung-bai.txt": string(text)})
		if err != nil {
			t.Fatal(err)
		}
		if r.New != 1 || r.Known != 1 || r.Refused != 4 {
			t.Fatalf("%+v", r)
		}
		for n, l := range r.Lines {
			if l.Outcome == archive.Refused && len(l.Sentence) < 20 {
				t.Errorf("line %d is refused without a sentence", n)
			}
			if n == 1 && (l.Name != "" || strings.Contains(l.Sentence, "mat.txt")) {
				t.Errorf("the secret paper is named: %+v", l)
			}
		}
		kept := 0
		filepath.WalkDir(o.folder, func(path string, e os.DirEntry, err error) error {
			if err == nil && !e.IsDir() {
				kept++
			}
			return nil
		})
		if kept != 1 {
			t.Errorf("%d contents lie on disk, want one", kept)
		}
		o.read(func(tx *db.Tx) error {
			b, lines, err := archive.FindBatch(tx, o.officer, r.Batch)
			if err == nil && (b.Found != 6 || b.Read != 6 || b.New != 1 || b.Known != 1 || b.Refused != 4 || len(lines) != 6) {
				t.Errorf("%+v, %d lines", b, len(lines))
			}
			return err
		})
	})
}

func TestAgenciesNeitherBringNorSeeOldFiles(t *testing.T) {
	in(t, func(t *testing.T, o *office) {
		o.fed()
		i, fields := o.file("giao-ban-quy-1")
		if _, err := o.feed(o.doctor, pages(t), nil); err == nil {
			t.Error("an agency brought files in")
		}
		err := o.d.Read(t.Context(), func(tx *db.Tx) error {
			_, err := archive.Find(tx, o.doctor, i.ID)
			return err
		})
		if err == nil {
			t.Error("an agency reads the archive")
		}
		if err := o.try(func(tx *db.Tx) error {
			_, err := archive.Accept(tx, o.doctor, fields[0].ID, 0, fields[0].Value, archive.Choice{})
			return err
		}); err == nil {
			t.Error("an agency confirmed a field")
		}
		o.read(func(tx *db.Tx) error {
			all, _, err := archive.List(tx, o.doctor, archive.Filter{})
			if len(all) > 0 {
				t.Errorf("an agency lists %d files", len(all))
			}
			return err
		})
	})
}
