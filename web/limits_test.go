package web_test

import (
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"giaoban/access"
	"giaoban/internal/dbtest"
	"giaoban/web"
)

// endless is a body that goes on for ever; it counts what was read of it.
type endless struct {
	head, again string
	read        int64
}

func (e *endless) Read(p []byte) (n int, err error) {
	for n < len(p) {
		if at := e.read; at < int64(len(e.head)) {
			c := copy(p[n:], e.head[at:])
			n, e.read = n+c, e.read+int64(c)
			continue
		}
		c := copy(p[n:], e.again[(e.read-int64(len(e.head)))%int64(len(e.again)):])
		n, e.read = n+c, e.read+int64(c)
	}
	return n, nil
}

func long(text string) string { return strings.Repeat(text, 1+4096/len(text)) }

// post sends a body whose length is not told.
func post(handler http.Handler, c caller, path, kind string, body io.Reader) *httptest.ResponseRecorder {
	r := httptest.NewRequest("POST", "http://127.0.0.1"+path, io.NopCloser(body))
	r.RemoteAddr = somewhere()
	for name, value := range map[string]string{"Content-Type": kind, "Origin": "http://127.0.0.1", "Sec-Fetch-Site": "same-origin"} {
		r.Header.Set(name, value)
	}
	if c.cookie != "" {
		r.Header.Set("Cookie", strings.SplitN(c.cookie, ";", 2)[0])
	}
	answer := httptest.NewRecorder()
	handler.ServeHTTP(answer, r)
	return answer
}

const parts = "multipart/form-data; boundary=x"

var wildcard = regexp.MustCompile(`\{[^}]*\}`)

func nowhere(r web.Route) string { return wildcard.ReplaceAllString(r.Path, "khong-co") }

// reaches is what the declaration says of a role, whatever the record.
func reaches(r web.Route, c caller) bool {
	return slices.ContainsFunc(r.Acts, func(act access.Act) bool {
		if act == web.Everybody || c.Role == "" {
			return act == web.Everybody
		}
		reach := act.Reach(c.Role)
		return act == web.EveryAccount || reach == access.All || reach == access.Own && !r.Inside
	})
}

func posts() (all []web.Route) {
	for _, r := range web.Routes() {
		if r.Method == http.MethodPost {
			all = append(all, r)
		}
	}
	return all
}

// whoMayFirst judges one route for one caller who has no business there: refused before a byte is read, the connection
// ended, and one line left of whoever is signed in.
func (w *world) whoMayFirst(handler http.Handler, r web.Route, c caller) (wrong []string) {
	name := fmt.Sprintf("%s: POST %s", c, r.Path)
	body := &endless{again: "a=1&"}
	before, _ := w.denials()
	// It is not read for ever where the promise is broken.
	answer := post(handler, c, nowhere(r), "application/x-www-form-urlencoded", io.LimitReader(body, 1<<20))
	after, _ := w.denials()
	status, lines := 403, 1
	if c.Role == "" {
		status, lines = 401, 0
	}
	if body.read > 0 {
		wrong = append(wrong, fmt.Sprintf("%s: %d bytes were read before it was asked who may", name, body.read))
	}
	if answer.Code != status {
		wrong = append(wrong, fmt.Sprintf("%s: %d, want %d", name, answer.Code, status))
	}
	if after-before != lines {
		wrong = append(wrong, fmt.Sprintf("%s: %d lines of denial, want %d", name, after-before, lines))
	}
	if answer.Header().Get("Connection") != "close" {
		wrong = append(wrong, name+": the connection goes on")
	}
	return wrong
}

func TestWhoMayIsAskedBeforeAByteIsRead(t *testing.T) {
	t.Parallel()
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			t.Parallel()
			w := &world{house: enter(t, e, "2022-04-20 09:00"), t: t}
			config, handler, callers := w.served()
			tried := 0
			for _, r := range posts() {
				for _, c := range callers {
					if reaches(r, c) {
						continue
					}
					tried++
					for _, wrong := range w.whoMayFirst(handler, r, c) {
						t.Error(wrong)
					}
				}
			}
			t.Logf("%d routes, %d refusals", len(posts()), tried)
			planted, r := web.ReadsFirst(config)
			for _, c := range callers {
				if reaches(r, c) {
					continue
				}
				wrong := w.whoMayFirst(planted, r, c)
				if !strings.Contains(strings.Join(wrong, "\n"), "bytes were read before it was asked who may") {
					t.Errorf("%s: a page that reads first was not found: %v", c, wrong)
				}
			}
		})
	}
}

// shapes are the ways in which a form can be large.
var shapes = []struct {
	name, kind string
	body       endless
}{
	{"one value", "application/x-www-form-urlencoded", endless{head: "note=", again: long("aaaaaaaaaaaaaaaa")}},
	{"many values", "application/x-www-form-urlencoded", endless{again: long("a=&")}},
	{"one part", parts, endless{head: "--x\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\n", again: long("aaaaaaaaaaaaaaaa")}},
	{"many parts", parts, endless{again: long("--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\r\n")}},
	{"heads of parts", parts, endless{head: "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n", again: long("X-A: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n")}},
	{"a name", parts, endless{head: "--x\r\nContent-Disposition: form-data; name=\"", again: long("aaaaaaaaaaaaaaaa")}},
	{"before the parts", parts, endless{again: long("aaaaaaaaaaaaaaa\n")}},
}

// beyond judges a form that is too large in one of the shapes.
func beyond(handler http.Handler, c caller, r web.Route, shape int) (wrong []string) {
	limit, body := int64(web.MostFormBytes), shapes[shape].body
	if slices.Contains(r.Acts, web.Everybody) {
		limit = web.MostOpenBytes
	}
	// It is not read for ever where the promise is broken.
	answer := post(handler, c, nowhere(r), shapes[shape].kind, io.LimitReader(&body, 3*web.MostFormBytes))
	if answer.Code != 413 {
		wrong = append(wrong, fmt.Sprintf("%s, %s: %d", r.Path, shapes[shape].name, answer.Code))
	}
	if most := limit + web.AheadBytes + 1; body.read > most {
		wrong = append(wrong, fmt.Sprintf("%s, %s: %d bytes were read, want at most %d", r.Path, shapes[shape].name, body.read, most))
	}
	return wrong
}

func TestNoFormIsReadBeyondItsLimit(t *testing.T) {
	t.Parallel()
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			t.Parallel()
			w := &world{house: enter(t, e, "2022-04-20 09:00"), t: t}
			config, handler, callers := w.served()
			for i, r := range posts() {
				at := slices.IndexFunc(callers, func(c caller) bool { return reaches(r, c) })
				for _, wrong := range beyond(handler, callers[at], r, i%len(shapes)) {
					t.Error(wrong)
				}
			}
			t.Logf("%d routes", len(posts()))
			planted, r := web.ReadsFirst(config)
			if wrong := beyond(planted, callers[1], r, 0); !strings.Contains(strings.Join(wrong, "\n"), "bytes were read") {
				t.Errorf("a page that reads without a limit was not found: %v", wrong)
			}
		})
	}
}

// Of each kind of limit one form is tried in every shape, by itself: all that is taken in the course of it is a small
// multiple of its limit.
func TestALargeFormTakesLittleMemory(t *testing.T) {
	w := &world{house: enter(t, dbtest.Engines(t)[0], "2022-04-20 09:00"), t: t}
	_, handler, callers := w.served()
	for path, most := range map[string]uint64{"/dang-nhap": 4 << 20, "/mat-khau": 48 << 20, "/nhiem-vu/{id}/tien-do": 48 << 20, "/tu-lieu": 48 << 20} {
		r := posts()[slices.IndexFunc(posts(), func(r web.Route) bool { return r.Path == path })]
		for shape := range shapes {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			wrong := beyond(handler, callers[1], r, shape)
			runtime.ReadMemStats(&after)
			for _, w := range wrong {
				t.Error(w)
			}
			if taken := after.TotalAlloc - before.TotalAlloc; taken > most {
				t.Errorf("%s, %s: %d KB were taken, want at most %d", path, shapes[shape].name, taken>>10, most>>10)
			}
		}
	}
}

// withFile is a form with a file in it; token stands before or after.
func withFile(before, after string) io.Reader {
	field := func(token string) string {
		if token == "" {
			return ""
		}
		return "--x\r\nContent-Disposition: form-data; name=\"form_token\"\r\n\r\n" + token + "\r\n"
	}
	return strings.NewReader(field(before) + "--x\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.pdf\"\r\n\r\n%PDF-1.4 một tệp\r\n" + field(after) + "--x--\r\n")
}

// onDisk lists whatever lies in the store and in its spool.
func (w *world) onDisk() (names []string) {
	err := filepath.WalkDir(w.folder, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			names = append(names, path)
		}
		return err
	})
	if err != nil {
		w.t.Error(err)
	}
	return names
}

// unasked judges a file that comes where none is taken, without the page's token, or with it too late.
func (w *world) unasked(handler http.Handler, r web.Route, c caller) (wrong []string) {
	tries := map[string]struct {
		body   io.Reader
		status int
	}{"without a token": {withFile("", ""), 403}, "with the token after it": {withFile("", c.token), 403}, "where none is taken": {withFile(c.token, ""), 422}}
	if r.Files > 0 {
		delete(tries, "where none is taken")
	}
	for name, try := range tries {
		if answer := post(handler, c, nowhere(r), parts, try.body); answer.Code != try.status {
			wrong = append(wrong, fmt.Sprintf("%s: POST %s with a file %s: %d, want %d", c, r.Path, name, answer.Code, try.status))
		}
		for _, left := range w.onDisk() {
			wrong = append(wrong, fmt.Sprintf("%s: POST %s with a file %s left %s", c, r.Path, name, left))
			os.Remove(left)
		}
	}
	return wrong
}

func TestFilesComeOnlyWhereTheyAreTaken(t *testing.T) {
	t.Parallel()
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			t.Parallel()
			w := &world{house: enter(t, e, "2022-04-20 09:00"), t: t}
			config, handler, callers := w.served()
			taking := 0
			for _, r := range posts() {
				c := callers[1+slices.IndexFunc(callers[1:], func(c caller) bool { return reaches(r, c) })]
				for _, wrong := range w.unasked(handler, r, c) {
					t.Error(wrong)
				}
				if r.Files == 0 {
					continue
				}
				taking++
				// With the token in time it is spooled, and gone with the request that came to nothing.
				if answer := post(handler, c, nowhere(r), parts, withFile(c.token, "")); answer.Code >= 500 || answer.Code == 401 {
					t.Errorf("%s: %d", r.Path, answer.Code)
				}
				if left := w.onDisk(); len(left) > 0 && r.Path != "/tu-lieu" { // old files are entered one by one
					t.Errorf("%s left %v", r.Path, left)
				}
			}
			t.Logf("%d routes, %d of them take files", len(posts()), taking)
			planted, r := web.KeepsUnasked(config)
			if wrong := w.unasked(planted, r, callers[1]); !strings.Contains(strings.Join(wrong, "\n"), " left ") {
				t.Errorf("a page that keeps what it gets was not found: %v", wrong)
			}
		})
	}
}

var (
	postForm   = regexp.MustCompile(`(?s)<form\b((?:\{\{.*?\}\}|"[^"]*"|[^>"{])*)>\s*(\S[^\n]*)`)
	tokenFirst = regexp.MustCompile(`^\{\{template "token" [^}]*\}\}`)
)

// tokenless names the forms of a template that send something before the page's token; files come only after it.
func tokenless(template string) (forms []string) {
	for _, form := range postForm.FindAllStringSubmatch(template, -1) {
		if strings.Contains(form[1], `method="post"`) && !strings.Contains(form[1], `action="/dang-nhap`) && !tokenFirst.MatchString(form[2]) {
			forms = append(forms, strings.Join(strings.Fields(form[1]), " "))
		}
	}
	return forms
}

func TestEveryFormSendsItsTokenFirst(t *testing.T) {
	t.Parallel()
	seen := 0
	err := filepath.WalkDir("page", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		seen += strings.Count(string(text), `method="post"`)
		for _, form := range tokenless(string(text)) {
			t.Errorf("%s: <form %s> does not begin with {{template \"token\" …}}", path, form)
		}
		return err
	})
	if err != nil || seen < 50 {
		t.Errorf("%d forms (%v)", seen, err)
	}
	if found := tokenless("<form method=\"post\" action=\"/x\">\n<input type=\"file\" name=\"f\">{{template \"token\" .}}</form>"); len(found) != 1 {
		t.Error("a form that sends a file before its token was not found")
	}
}
