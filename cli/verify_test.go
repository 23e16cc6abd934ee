package cli

import (
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/journal"
)

// verified runs giaoban verify --json and gives what it names, as "table id".
func verified(t *testing.T, args ...string) (named []string) {
	t.Helper()
	code, out, errs := typed(t, "", append([]string{"verify", "--json"}, args...)...)
	var problems []journal.Problem
	if err := json.Unmarshal([]byte(out), &problems); err != nil {
		t.Fatalf("%d %s %s", code, out, errs)
	}
	if (code == failed) != (len(problems) > 0) {
		t.Errorf("code %d with %d problems", code, len(problems))
	}
	for _, p := range problems {
		if p.Sentence == "" {
			t.Errorf("%v says nothing", p)
		}
		named = append(named, p.Table+" "+p.ID)
	}
	return named
}

// other opens the database of a folder with another tool's connection.
func other(t *testing.T, dir string) *sql.DB {
	t.Helper()
	d, err := sql.Open("sqlite", filepath.Join(dir, "giaoban.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

// What another tool changes is named by the record's own table and id, in words and as JSON, and stays named after the
// program has been opened again.
func TestVerifyNamesTheRecord(t *testing.T) {
	dir := built(t)
	if named := verified(t, "--data", dir); len(named) > 0 {
		t.Fatalf("%v", named)
	}
	tool := other(t, dir)
	var account, task string
	for query, into := range map[string]*string{"select min(id) from account": &account, "select min(id) from task": &task} {
		if err := tool.QueryRow(query).Scan(into); err != nil {
			t.Fatal(err)
		}
	}
	for _, change := range []string{
		"update account set password = 'x' where id = '" + account + "'",
		"update task set title = title || '.' where id = '" + task + "'",
		"insert into setting (name, value) values ('lén', 'x')",
		"delete from holiday where day = (select min(day) from holiday)",
		"update journal set details = '{}' where seq = 900",
	} {
		if _, err := tool.Exec(change); err != nil {
			t.Fatal(err)
		}
	}
	want := []string{"account " + account, "task " + task, "setting lén", "journal 900"}
	for range 2 {
		named := verified(t, "--data", dir)
		for _, w := range want {
			if !slices.Contains(named, w) {
				t.Errorf("%s is not in %v", w, named)
			}
		}
		if len(named) != len(want)+1 { // and the day off
			t.Errorf("%v", named)
		}
	}
}

// Every way to alter the store of files, by one file after the other.
func TestVerifyNamesTheFile(t *testing.T) {
	dir, articles := built(t), t.TempDir()
	for name, text := range map[string]string{"bai.txt": "Giao ban quý I năm 2015\n\nThực hiện Chỉ thị số 20-CT/TW.\n",
		"bai.html": "<html><body><h1>Giao ban quý II năm 2016</h1><p>Các sở báo cáo.</p></body></html>"} {
		if err := os.WriteFile(filepath.Join(articles, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	paper, err := os.ReadFile(filepath.Join(dir, "out", "bao-cao.docx"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(articles, "bao-cao.docx"), paper, 0o600); err != nil {
		t.Fatal(err)
	}
	if code, out, errs := typed(t, "", "import", articles, "--data", dir); code != done {
		t.Fatal(out, errs)
	}
	tool := other(t, dir)
	rows, err := tool.Query("select sha256, min(id) from file group by sha256")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	tried := 0
	for rows.Next() {
		var sum, id string
		if err := rows.Scan(&sum, &id); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(dir, "files", sum[:2], sum)
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, bytes := range [][]byte{flipped(content, 0), flipped(content, len(content)/2), flipped(content, len(content)-1), content[:len(content)-1], append(slices.Clone(content), 0), nil} {
			if err := os.WriteFile(path, bytes, 0o600); err != nil {
				t.Fatal(err)
			}
			if bytes == nil {
				os.Remove(path)
			}
			if named := verified(t, "--data", dir); !slices.Equal(named, []string{"file " + id}) {
				t.Errorf("%s: %v", id, named)
			}
			tried++
		}
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		if tried >= 18 {
			break
		}
	}
	if tried < 18 {
		t.Errorf("only %d tried", tried)
	}
	for _, name := range []string{"ghi-chu.txt", "ab/khong-phai-ma-bam"} {
		path := filepath.Join(dir, "files", name)
		os.MkdirAll(filepath.Dir(path), 0o700)
		if err := os.WriteFile(path, []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
		if named := verified(t, "--data", dir); !slices.Equal(named, []string{"file " + name}) {
			t.Errorf("%v", named)
		}
		os.Remove(path)
	}
	unknown := sha256.Sum256([]byte("lạ"))
	sum := hex.EncodeToString(unknown[:])
	os.MkdirAll(filepath.Join(dir, "files", sum[:2]), 0o700)
	if err := os.WriteFile(filepath.Join(dir, "files", sum[:2], sum), []byte("lạ"), 0o600); err != nil {
		t.Fatal(err)
	}
	if named := verified(t, "--data", dir); !slices.Equal(named, []string{"file " + sum}) {
		t.Errorf("%v", named)
	}
}

func flipped(content []byte, at int) []byte {
	out := slices.Clone(content)
	out[at] ^= 1
	return out
}

// A head kept elsewhere is compared: one of another chain, and one of a journal that was longer.
func TestVerifyComparesHeadsKeptElsewhere(t *testing.T) {
	dir, safe := built(t), t.TempDir()
	if code, out, errs := typed(t, "", "round", "--data", dir, "--head-dir", safe); code != done {
		t.Fatal(out, errs)
	}
	kept := filepath.Join(safe, headFile)
	heads, err := readHeads(kept)
	if err != nil || len(heads) != 1 {
		t.Fatal(heads, err)
	}
	if named := verified(t, "--data", dir, "--head-file", kept); len(named) > 0 {
		t.Fatalf("%v", named)
	}
	if code, _, errs := typed(t, "", "verify", "--data", dir, "--head-file", filepath.Join(safe, "khong-co")); code != failed || !strings.Contains(errs, "khong-co") {
		t.Errorf("a head file that is missing: %d %s", code, errs)
	}
	for _, head := range []journal.Head{{Size: heads[0].Size / 2, Root: heads[0].Root}, {Size: heads[0].Size + 1000, Root: heads[0].Root}} {
		wrong := filepath.Join(t.TempDir(), headFile)
		if err := appendHead(wrong, heads[0].at, head); err != nil {
			t.Fatal(err)
		}
		if named := verified(t, "--data", dir, "--head-file", wrong); len(named) != 1 || !strings.HasPrefix(named[0], "journal") {
			t.Errorf("%v: %v", head, named)
		}
	}
}

// The list of columns has every column of the database once, with a reason for each that is not sealed.
func TestVerifyListsHowEveryColumnIsProven(t *testing.T) {
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			var columns []journal.Column
			d := e.Open(t)
			if err := d.Read(t.Context(), func(tx *db.Tx) (err error) {
				columns, err = journal.Columns(tx)
				return err
			}); err != nil {
				t.Fatal(err)
			}
			how := make(map[string]int)
			for _, c := range columns {
				if how[c.How]++; c.How != journal.Sealed && c.Reason == "" {
					t.Errorf("%s.%s is %s without a reason", c.Table, c.Name, c.How)
				}
			}
			if how[journal.Sealed] < 500 || how[journal.Excepted] > 20 {
				t.Errorf("%v", how)
			}
			t.Log(how)
		})
	}
	dir := t.TempDir()
	if code, _, errs := typed(t, "", "migrate", "--data", dir); code != done {
		t.Fatal(errs)
	}
	code, out, errs := typed(t, "", "verify", "--columns", "--json", "--data", dir)
	var listed []map[string]string
	if err := json.Unmarshal([]byte(out), &listed); code != done || err != nil || len(listed) < 500 {
		t.Fatal(code, err, errs)
	}
	var want int
	if err := other(t, dir).QueryRow(`
select count(*) from sqlite_master m, pragma_table_info(m.name) where m.type = 'table' and m.name not like 'sqlite%'`).Scan(&want); err != nil || len(listed) != want {
		t.Errorf("%d columns, the database has %d (%v)", len(listed), want, err)
	}
	if fmt.Sprint(listed[0]) != "map[column:created_at how:sealed reason: table:account]" {
		t.Errorf("%v", listed[0])
	}
}
