package cli

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/internal/files"
	"giaoban/internal/table"
	"giaoban/lists"
	"giaoban/people"
	"giaoban/report"
	"giaoban/web"
)

// begun is an office on its first day: the commission, its administrator, one officer and the kit of the quarter.
type begun struct {
	t       *testing.T
	at      place
	db      *db.DB
	handler http.Handler
	cookies map[access.Role]string
}

func begin(t *testing.T, e dbtest.Engine) *begun {
	t.Helper()
	o := &begun{t: t, at: place{Data: filepath.Join(t.TempDir(), "du-lieu")}, cookies: make(map[access.Role]string)}
	if e.Name != "SQLite" {
		o.at.DB = dbtest.NewPostgres(t)
	}
	for _, args := range [][]string{
		{"quantri", "--name", "Kiều Đức Phong", "--role", "administrator", "--org", "BTGTU", "--org-name", "Ban Tuyên giáo và Dân vận Tỉnh ủy"},
		{"khoagiao", "--name", "Tạ Thị Hoài Thương", "--role", "commission_officer", "--org", "BTGTU"},
	} {
		if code, _, errs := o.types("sóng biển Nha Trang chiều nay\n", append([]string{"user", "add"}, args...)...); code != done {
			t.Fatal(errs)
		}
	}
	var store *files.Store
	var err error
	if o.db, store, err = o.at.open(t.Context(), false, db.Config{}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { o.db.Close() })
	o.handler = web.Handler(web.Config{DB: o.db, Files: store, Dev: true})
	if err := o.db.Write(t.Context(), func(tx *db.Tx) error {
		all, err := people.Accounts(tx, byHand)
		if err != nil {
			return err
		}
		for _, a := range all {
			if o.cookies[a.Role], err = people.SignInAs(tx, a.Person); err != nil {
				return err
			}
		}
		_, err = report.UseKit(tx, byHand, "quy", nil)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return o
}

func (o *begun) types(in string, args ...string) (code int, out, errs string) {
	o.t.Helper()
	args = append(args, "--data", o.at.Data)
	if o.at.DB != "" {
		args = append(args, "--db", o.at.DB)
	}
	return typed(o.t, in, args...)
}

// kept is everything that lists write, as text: the rows of their tables and how long the journal is.
func (o *begun) kept() (rows, journal string) {
	o.t.Helper()
	if err := o.db.Read(o.t.Context(), func(tx *db.Tx) error {
		for _, query := range []string{
			"select coalesce(string_agg(line, ' | ' order by line), '') from (select b.code || ' ' || n.name || ' ' || b.kind as line from body b join body_name n on n.body = b.id where b.kind <> 'authority') q",
			"select coalesce(string_agg(line, ' | ' order by line), '') from (select b.code || ' ' || s.sector as line from body_sector s join body b on b.id = s.body) q",
			"select coalesce(string_agg(line, ' | ' order by line), '') from (select p.name || ' ' || q.title || ' ' || q.role || ' ' || a.login as line from person p join post q on q.person = p.id join account a on a.person = p.id) q",
			"select coalesce(string_agg(content, ' | ' order by id), '') from regime_form",
			"select coalesce(string_agg(symbol || ' ' || subject, ' | ' order by symbol), '') from directive",
		} {
			var text string
			if err := tx.Get(&text, query); err != nil {
				return err
			}
			rows += text + "\n"
		}
		return tx.Get(&journal, "select cast(count(*) as text) from journal")
	}); err != nil {
		o.t.Fatal(err)
	}
	return rows, journal
}

// way brings a list in and gives what the office answers; enter is false for only looking at it.
type way func(o *begun, l lists.List, rows [][]string, enter bool) (ok bool, said string)

var ways = map[string]way{
	"page, pasted": func(o *begun, l lists.List, rows [][]string, enter bool) (bool, string) {
		return o.page(l, enter, func(form *multipart.Writer) {
			var lines []string
			for _, row := range rows {
				lines = append(lines, strings.Join(row, "\t"))
			}
			form.WriteField("rows", strings.Join(lines, "\r\n"))
		})
	},
	"page, .xlsx": func(o *begun, l lists.List, rows [][]string, enter bool) (bool, string) {
		return o.page(l, enter, func(form *multipart.Writer) {
			f, _ := form.CreateFormFile("file", "danh-sach.xlsx")
			table.XLSX(f, l.Name, rows)
		})
	},
	"command, .csv": func(o *begun, l lists.List, rows [][]string, enter bool) (bool, string) {
		return o.command(l, "danh-sach.csv", enter, func(w *bytes.Buffer) error { return table.CSV(w, rows) })
	},
	"command, .xlsx": func(o *begun, l lists.List, rows [][]string, enter bool) (bool, string) {
		return o.command(l, "danh-sach.xlsx", enter, func(w *bytes.Buffer) error { return table.XLSX(w, l.Name, rows) })
	},
}

func (o *begun) command(l lists.List, file string, enter bool, write func(w *bytes.Buffer) error) (bool, string) {
	var b bytes.Buffer
	name := filepath.Join(o.t.TempDir(), file)
	if err := write(&b); err != nil {
		o.t.Fatal(err)
	}
	if err := os.WriteFile(name, b.Bytes(), 0o600); err != nil {
		o.t.Fatal(err)
	}
	args := []string{"load", l.Code, name}
	if enter {
		args = append(args, "--yes")
	}
	code, out, errs := o.types("", args...)
	return code == done, out + errs
}

func (o *begun) page(l lists.List, enter bool, fill func(form *multipart.Writer)) (bool, string) {
	o.t.Helper()
	role := access.CommissionOfficer
	if l.Act.Reach(role) == access.None {
		role = access.Administrator
	}
	at := "/thiet-lap/danh-sach/" + l.Path
	_, rest, _ := strings.Cut(o.ask(role, httptest.NewRequest("GET", "http://127.0.0.1"+at, nil)).Body.String(), `name="form_token" value="`)
	token, _, _ := strings.Cut(rest, `"`)
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	form.WriteField("form_token", token)
	if enter {
		form.WriteField("act", "nhap")
	} else {
		form.WriteField("act", "xem")
	}
	fill(form)
	form.Close()
	r := httptest.NewRequest("POST", "http://127.0.0.1"+at, &body)
	r.Header.Set("Content-Type", form.FormDataContentType())
	r.Header.Set("Origin", "http://127.0.0.1")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	answer := o.ask(role, r)
	said := answer.Body.String()
	if answer.Code == http.StatusSeeOther { // the sentence is on the page that follows
		follow := httptest.NewRequest("GET", "http://127.0.0.1"+answer.Header().Get("Location"), nil)
		for _, c := range answer.Result().Cookies() {
			follow.AddCookie(c)
		}
		said = o.ask(role, follow).Body.String()
	}
	return answer.Code < 400, said
}

func (o *begun) ask(role access.Role, r *http.Request) *httptest.ResponseRecorder {
	r.AddCookie(&http.Cookie{Name: "giaoban", Value: o.cookies[role]})
	r.RemoteAddr = "127.0.0.1:4000"
	answer := httptest.NewRecorder()
	o.handler.ServeHTTP(answer, r)
	return answer
}

// trial is a list with what is tried of it: rows that are right, the first of them written another way, and one that is
// wrong with what must be said of it.
type trial struct {
	head   []string
	good   [][]string
	double []string
	wrong  []string
	says   string
}

// trials has one line for each kind of list; one without a line fails the test.
var trials = map[string]trial{
	"bodies": {
		head: []string{"Tên cơ quan", "Loại", "Trực thuộc", "Lĩnh vực báo cáo", "Hoạt động từ ngày"},
		good: [][]string{{"Sở Y tế", "", "", "Y tế", "01/3/2025"}, {"Sở Giáo dục và Đào tạo", "Sở", "", "", ""},
			{"Phòng Kế hoạch", "Đơn vị thuộc Ban", "Ban Tuyên giáo và Dân vận Tỉnh ủy", "", ""}, {"Xã Vạn Thắng", "", "", "", "45839"},
			{"Xã Vạn Thăng", "", "", "", ""}, {"Đặc khu Trường Sa", "", "", "", ""}},
		double: []string{"sở  Y TẾ", "", "", "", ""},
		wrong:  []string{"Sở Nội vụ", "Bộ", "Sở Không Có", "Thiên văn", "32/1/2025"},
		says:   "Dòng 8",
	},
	"people": {
		head: []string{"Họ và tên", "Chức vụ", "Cơ quan", "Vai trò"},
		good: [][]string{{"Mạc Thị Ánh Tuyết", "Chuyên viên", "Sở Y tế", ""}, {"Thái Doãn Kiên", "Giám đốc", "SYT", ""},
			{"Ngô Thị Lệ Giang", "Văn thư", "Ban Tuyên giáo và Dân vận Tỉnh ủy", "Văn thư"}},
		double: []string{"MẠC THỊ ÁNH TUYẾT", "Chuyên viên", "sở y tế", ""},
		wrong:  []string{"Ninh Thế Cường", "Giám đốc", "Sở Y tế", "Văn thư"},
		says:   "Dòng 5",
	},
	"indicators": {
		head: []string{"Chỉ tiêu", "Lĩnh vực", "Đơn vị tính", "Cách cộng", "Số lẻ", "Chiều tốt", "Tử số", "Mẫu số"},
		good: [][]string{{"Lượt người hiến máu", "Y tế", "lượt", "", "", "cao hơn", "", ""}, {"Học sinh giỏi quốc gia", "Giáo dục", "em", "cộng dồn", "0", "", "", ""},
			{"Tỷ lệ hiến máu", "YT", "%", "tỷ lệ", "1", "", "Lượt người hiến máu", "Dân số trung bình"}},
		double: []string{"lượt người hiến máu", "Y tế", "Lượt", "", "", "", "", ""},
		wrong:  []string{"Sao chổi", "Thiên văn", "ngôi", "nhân đôi", "chín", "lên trời", "", ""},
		says:   "Dòng 5",
	},
	"directives": {
		head: []string{"Loại văn bản", "Số, ký hiệu", "Ngày ban hành", "Cơ quan ban hành", "Trích yếu", "Lĩnh vực"},
		good: [][]string{{"Chỉ thị", "20-CT/TW", "05/11/2012", "Bộ Chính trị", "về chăm sóc trẻ em", "Lao động"},
			{"Nghị quyết", "20-NQ/TW", "01/11/2012", "Ban Chấp hành Trung ương", "về khoa học và công nghệ", "Khoa học"}},
		double: []string{"chỉ thị", "20 - CT/TW", "05-11-2012", "Bộ Chính trị", "về chăm sóc trẻ em", ""},
		wrong:  []string{"Chỉ thị", "CT/TW", "30/02/2012", "Bộ Chính trị", "", "Thiên văn"},
		says:   "Dòng 4",
	},
}

// Four lists through every door on both engines: a wrong line refuses the whole list and names every line, looking writes
// nothing, doubles are folded, and the same list brought again changes nothing, not even the journal.
func TestListsAreEnteredWholeOrNotAtAllThroughEveryDoor(t *testing.T) {
	for _, e := range dbtest.Engines(t) {
		for name, bring := range ways {
			t.Run(e.Name+", "+name, func(t *testing.T) {
				t.Parallel()
				o := begin(t, e)
				for _, l := range lists.All {
					o.tried(l, bring, t.Errorf)
				}
			})
		}
	}
}

// A way that enters what is right of a list and passes over the rest is told by the same trial.
func TestAWayThatEntersHalfAListIsFound(t *testing.T) {
	o := begin(t, dbtest.Engines(t)[0])
	var told strings.Builder
	careless := func(o *begun, l lists.List, rows [][]string, enter bool) (bool, string) {
		ok, said := ways["command, .csv"](o, l, rows, enter)
		if !ok {
			ways["command, .csv"](o, l, rows[:len(rows)-1], true)
		}
		return ok, said
	}
	o.tried(lists.All[0], careless, func(format string, args ...any) { fmt.Fprintf(&told, format+"\n", args...) })
	if !strings.Contains(told.String(), "bodies: a wrong line changes the office") {
		t.Errorf("what was entered of a wrong list was not noticed:\n%s", told.String())
	}
}

// tried tells by fail what is wrong with a way of bringing one list in.
func (o *begun) tried(l lists.List, bring way, fail func(format string, args ...any)) {
	t := o.t
	t.Helper()
	want, ok := trials[l.Code]
	if !ok {
		t.Fatalf("nothing is tried of the list of %s: give it a line in trials", l.Code)
	}
	good := append([][]string{want.head}, want.good...)
	before, was := o.kept()
	unchanged := func(what string) {
		t.Helper()
		if now, lines := o.kept(); now != before || lines != was {
			fail("%s: %s changes the office (journal %s → %s):\n%s", l.Code, what, was, lines, now)
		}
	}

	ok, said := bring(o, l, append(good, want.wrong), true)
	if ok || !strings.Contains(said, want.says) {
		fail("%s with a wrong line: %t, not %q in\n%s", l.Code, ok, want.says, said)
	}
	// A denial of an unreadable list is no change; nothing of the list may stay.
	unchanged("a wrong line")

	if ok, said := bring(o, l, good, false); !ok || !strings.Contains(said, fmt.Sprint(len(want.good), " thêm mới")) {
		fail("%s looked at: %t\n%s", l.Code, ok, said)
	}
	unchanged("looking")

	ok, said = bring(o, l, append(good, want.double), true)
	if !ok || !strings.Contains(said, fmt.Sprint(len(want.good), " thêm mới")) || !strings.Contains(said, "1 ghi hai lần") {
		fail("%s with a double: %t\n%s", l.Code, ok, said)
	}
	entered, lines := o.kept()
	if entered == before || lines == was {
		fail("%s: nothing was entered", l.Code)
	}
	before, was = entered, lines

	ok, said = bring(o, l, append(good, want.double), true)
	if !ok || !strings.Contains(said, fmt.Sprint(len(want.good), " đã có")) {
		fail("%s brought again: %t\n%s", l.Code, ok, said)
	}
	unchanged("the second run")
}

// What is written down names bodies, people and codes as the lists meant them.
func TestListsAreReadAsTheyAreMeant(t *testing.T) {
	o := begin(t, dbtest.Engines(t)[0])
	for _, l := range lists.All {
		if ok, said := ways["command, .csv"](o, l, append([][]string{trials[l.Code].head}, trials[l.Code].good...), true); !ok {
			t.Fatal(said)
		}
	}
	rows, _ := o.kept()
	for _, want := range []string{"SYT Sở Y tế department", "SGDDT Sở Giáo dục và Đào tạo department", "XVT Xã Vạn Thắng commune", "XVT-2 Xã Vạn Thăng commune",
		"PKH Phòng Kế hoạch own_unit", "DKTS Đặc khu Trường Sa commune", "SYT YT", "SGDDT GD",
		"Mạc Thị Ánh Tuyết Chuyên viên agency_officer mtat.syt", "Thái Doãn Kiên Giám đốc agency_leader tdk.syt", "Ngô Thị Lệ Giang Văn thư clerk ntlg.btgtu",
		`"code":"YT14","name":"Lượt người hiến máu"`, `"numerator":"YT14","denominator":"YT07"`, "20-CT/TW về chăm sóc trẻ em"} {
		if !strings.Contains(rows, want) {
			t.Errorf("%q is not in\n%s", want, rows)
		}
	}
	// Sixty-five communes are one column, without a heading, and "Xã xã" is one "Xã".
	var communes [][]string
	for i := range 65 {
		communes = append(communes, []string{fmt.Sprintf("Xã xã Suối Mây %d", i+1)})
	}
	list, _ := lists.Find("co-quan")
	if ok, said := ways["page, pasted"](o, list, communes, true); !ok || !strings.Contains(said, "65 thêm mới") {
		t.Error(said)
	}
	if rows, _ := o.kept(); !strings.Contains(rows, "XSM65 Xã Suối Mây 65 commune") {
		t.Errorf("the communes are not there as they are called:\n%s", rows)
	}
}

// The templates are lists: each is taken by its own door as it is.
func TestEveryTemplateIsAListOfItsKind(t *testing.T) {
	o := begin(t, dbtest.Engines(t)[0])
	for _, l := range lists.All {
		for _, ending := range []string{".xlsx", ".csv"} {
			name := filepath.Join(t.TempDir(), "mau"+ending)
			if code, _, errs := o.types("", "load", l.Code, "--template", name); code != done {
				t.Fatal(errs)
			}
			if code, _, errs := o.types("", "load", l.Code, "--template", name); code != failed || !strings.Contains(errs, "đã có") {
				t.Errorf("a template over a file: %d %s", code, errs)
			}
			code, out, errs := o.types("", "load", l.Code, name, "--yes")
			if code != done || !strings.Contains(out, l.Name+": ") {
				t.Errorf("%s %s: %s%s", l.Code, ending, out, errs)
			}
			role := access.CommissionOfficer
			if l.Act.Reach(role) == access.None {
				role = access.Administrator
			}
			query := url.Values{"dang": {strings.TrimPrefix(ending, ".")}}
			got := o.ask(role, httptest.NewRequest("GET", "http://127.0.0.1/thiet-lap/danh-sach/"+l.Path+"/mau?"+query.Encode(), nil))
			if file, err := os.ReadFile(name); err != nil || !bytes.Equal(file, got.Body.Bytes()) {
				t.Errorf("%s%s: the page gives another template than the command (%d)", l.Code, ending, got.Code)
			}
		}
	}
}
