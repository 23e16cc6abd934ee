package web_test

import (
	"database/sql"
	"fmt"
	"image"
	"image/png"
	"io/fs"
	"mime/multipart"
	"net/http/httptest"
	"net/textproto"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/web"
)

// probe is what stands beside the mark; it may be found nowhere afterwards.
const probe = "Zqx7kh"

// stamps are what is typed into a field, each once per route.
var stamps = []string{"Nội dung " + probe + "\nTỐI MẬT\n" + probe, probe + "\nHỎA TỐC - MẬT", "BÁO CÁO TUYỆT M\u200bẬT\n" + probe}

// letThrough types a marked text into each field of each route and gives the routes that do not refuse it with the
// sentence, with the number of requests.
func (w *world) letThrough(trials []trial, post func(c caller, path, form string) *httptest.ResponseRecorder) (through []string, asked int) {
	seen := make(map[string]bool)
	for _, t := range trials {
		if t.route.Method != "POST" || !t.allowed || seen[t.route.Path] {
			continue
		}
		seen[t.route.Path] = true
		form, err := url.ParseQuery(t.form)
		if err != nil {
			w.t.Fatal(err)
		}
		form.Set("mot-o-khac", "")
		for field := range form {
			switch field {
			case "password", "current", "again":
				continue
			}
			for _, stamp := range stamps {
				typed, _ := url.ParseQuery(t.form)
				typed.Set(field, stamp)
				answer := post(t.who, t.path, typed.Encode())
				if asked++; answer.Code != 422 || !strings.Contains(answer.Body.String(), "mang dấu độ mật") {
					through = append(through, fmt.Sprintf("%s: %s=%q: %d", t.route.Path, field, stamp, answer.Code))
				}
				if strings.Contains(answer.Header().Get("Location"), probe) {
					through = append(through, t.route.Path+": the next address tells it")
				}
			}
		}
	}
	return through, asked
}

// kept gives the tables and files in which the probe stands.
func (w *world) kept() (where []string) {
	w.t.Helper()
	tables := "select name from sqlite_master where type = 'table'"
	columns := "select name from pragma_table_info('%s')"
	if w.DB.Dialect == db.PostgreSQL {
		tables = "select table_name from information_schema.tables where table_schema = current_schema()"
		columns = "select column_name from information_schema.columns where table_schema = current_schema() and table_name = '%s'"
	}
	count := 0
	err := w.DB.Read(w.t.Context(), func(tx *db.Tx) error {
		var all []string
		if err := tx.Select(&all, tables); err != nil {
			return err
		}
		for _, table := range all {
			var names []string
			if err := tx.Select(&names, fmt.Sprintf(columns, table)); err != nil {
				return err
			}
			for _, name := range names {
				count++
				query := fmt.Sprintf(`select cast(%q as text) from %q where %q is not null`, name, table, name)
				if err := tx.Each(func(row *sql.Rows) error {
					var value []byte
					if err := row.Scan(&value); err != nil {
						return err
					}
					if strings.Contains(string(value), probe) {
						where = append(where, table+"."+name)
					}
					return nil
				}, query); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
	if count < 300 {
		w.t.Errorf("only %d columns were searched", count)
	}
	err = filepath.WalkDir(w.folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		if strings.Contains(string(content), probe) {
			where = append(where, path)
		}
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return where
}

// Every field of every form refuses a paper that bears a mark, whatever the room does with it, and nothing of it is kept. The door
// refuses before a statement runs: one engine tells it.
func TestNoFormTakesAMarkOfSecrecy(t *testing.T) {
	t.Parallel()
	for _, e := range dbtest.Engines(t)[:1] {
		t.Run(e.Name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, e)
			_, handler, callers := w.served()
			trials := w.trials(callers)
			through, asked := w.letThrough(trials, func(c caller, path, form string) *httptest.ResponseRecorder {
				return ask(handler, c, "POST", path, form, nil)
			})
			for _, what := range through {
				t.Errorf("let through: %s", what)
			}
			// With a file beside the text, where files are taken; elsewhere it is refused before anything is read.
			takeFiles := slices.DeleteFunc(withoutRaw(trials), func(t trial) bool { return t.route.Files == 0 })
			through, more := w.letThrough(takeFiles, func(c caller, path, form string) *httptest.ResponseRecorder {
				body, kind := asMultipart(t, c, form)
				return ask(handler, c, "POST", path, body, map[string]string{"Content-Type": kind})
			})
			for _, what := range through {
				t.Errorf("let through in parts: %s", what)
			}
			if where := w.kept(); len(where) > 0 {
				t.Errorf("something of what was refused is kept: %v", where)
			}
			t.Logf("%d requests as forms, %d in parts, over %d acts", asked, more, len(forms))

			leaky := web.LeakyHouse(web.Config{DB: w.DB, Files: w.store, Dev: true})
			planted := []trial{{who: callers[1], route: web.Route{Method: "POST", Path: web.LeakyRoute}, path: web.LeakyRoute, form: "note=a", allowed: true}}
			through, _ = w.letThrough(planted, func(c caller, path, form string) *httptest.ResponseRecorder {
				return ask(leaky, c, "POST", path, form, nil)
			})
			if len(through) == 0 || len(w.kept()) == 0 {
				t.Error("a page that reads its form past the frame is not reported")
			}
			t.Logf("planted: %s; kept in %v", through[0], w.kept())
		})
	}
}

// withoutRaw leaves out the page that takes files alone: of its parts it reads no text.
func withoutRaw(trials []trial) (all []trial) {
	for _, t := range trials {
		if t.route.Path != "/tu-lieu" {
			all = append(all, t)
		}
	}
	return all
}

// asMultipart writes the fields of a form as a browser sends them beside files, and a file of a photo.
func asMultipart(t *testing.T, c caller, form string) (body, kind string) {
	t.Helper()
	var b strings.Builder
	parts := multipart.NewWriter(&b)
	fields, err := url.ParseQuery(form)
	if err != nil {
		t.Fatal(err)
	}
	fields.Set("form_token", c.token)
	for name, values := range fields {
		for _, value := range values {
			if err := parts.WriteField(name, value); err != nil {
				t.Fatal(err)
			}
		}
	}
	if c.token != "" {
		w, err := parts.CreatePart(textproto.MIMEHeader{"Content-Disposition": {`form-data; name="files"; filename="ghi chu.txt"`}})
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(w, "Tệp kèm %s", probe)
	}
	if err := parts.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String(), parts.FormDataContentType()
}

// A scan is taken only when its sender confirms that it bears no mark, on every form that takes files, and the journal
// says that this was confirmed.
func TestAScanWaitsForItsSendersWord(t *testing.T) {
	t.Parallel()
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, e)
			handler := web.Handler(web.Config{DB: w.DB, Files: w.store, Dev: true})
			tried := make(map[string]bool)
			for _, trial := range w.trials(w.callers(handler)) {
				path := trial.route.Path
				if trial.route.Method != "POST" || !trial.allowed || tried[path] || !strings.Contains(takesFiles, " "+path+" ") {
					continue
				}
				tried[path] = true
				send := func(extra string) *httptest.ResponseRecorder {
					var b strings.Builder
					parts := multipart.NewWriter(&b)
					form, _ := url.ParseQuery(trial.form + extra)
					form.Set("form_token", trial.who.token)
					for name, values := range form {
						parts.WriteField(name, values[0])
					}
					f, err := parts.CreateFormFile("files", "anh chup.png")
					if err != nil {
						t.Fatal(err)
					}
					if err := png.Encode(f, image.NewGray(image.Rect(0, 0, 3, len(tried)))); err != nil {
						t.Fatal(err)
					}
					parts.Close()
					return ask(handler, trial.who, "POST", trial.path, b.String(), map[string]string{"Content-Type": parts.FormDataContentType()})
				}
				if answer := send(""); answer.Code != 422 || !strings.Contains(answer.Body.String(), "không tự kiểm tra được dấu độ mật") {
					t.Errorf("%s takes a photo as it is: %d %s", path, answer.Code, sentence(answer.Body.String()))
				}
				if answer := send("&no_mark=1"); answer.Code >= 500 || strings.Contains(answer.Body.String(), "không tự kiểm tra được dấu độ mật") {
					t.Errorf("%s does not take the sender's word: %d %s", path, answer.Code, sentence(answer.Body.String()))
				}
			}
			if len(tried) != strings.Count(strings.TrimSpace(takesFiles), " ")+1 {
				t.Errorf("tried only %v", tried)
			}
			lines := 0
			w.do(func(tx *db.Tx) error {
				return tx.Get(&lines, "select count(*) from journal where verb = 'stored' and details like '%xác nhận không mang dấu mật%'")
			})
			if lines < 3 {
				t.Errorf("%d lines of the journal tell that it was confirmed", lines)
			}
			t.Logf("%d forms, %d lines in the journal", len(tried), lines)
		})
	}
}

// takesFiles are the addresses whose pages keep files of the field "files".
const takesFiles = " /nhiem-vu/{id}/tien-do /nhiem-vu/{id}/hoan-thanh /van-ban-chi-dao /van-ban-chi-dao/{directive}/sua /van-ban-chi-dao/{directive}/tep "
