package cli

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/internal/files"
	"giaoban/org"
	"giaoban/sample"
)

// typed runs a command line and gives its exit code and what it wrote.
func typed(t *testing.T, in string, args ...string) (code int, out, errs string) {
	t.Helper()
	var o, e bytes.Buffer
	code = run(t.Context(), args, &console{in: strings.NewReader(in), out: &o, err: &e})
	return code, o.String(), e.String()
}

func TestExitCodesTellWrongUseFromFailure(t *testing.T) {
	none := filepath.Join(t.TempDir(), "khong-co")
	for _, c := range []struct {
		code int
		says string
		args []string
	}{
		{done, "", []string{"version"}},
		{done, "Các lệnh:", []string{"--help"}},
		{done, "--regime", []string{"consolidate", "--help"}},
		{wrong, "Các lệnh:", nil},
		{wrong, "không có lệnh này", []string{"khong-co-lenh-nay"}},
		{wrong, "Không có tùy chọn --la", []string{"serve", "--la"}},
		{wrong, "Thiếu tùy chọn bắt buộc", []string{"consolidate"}},
		{wrong, "Thiếu lệnh con", []string{"user"}},
		{wrong, "Không có tùy chọn -a", []string{"serve", "-addr", "127.0.0.1:0"}},
		{wrong, "chỉ nghe trên máy này", []string{"serve", "--dev", "--addr", "0.0.0.0:8080", "--data", none}},
		{wrong, "chỉ nghe trên máy này", []string{"demo", "--addr", ":8080"}},
		{wrong, "Không có vai trò", []string{"token", "add", "--role", "vua", "--data", none}},
		{wrong, "Không có cỡ", []string{"sample", "--size", "XL", "--data", none}},
		{wrong, "phải có đuôi", []string{"consolidate", "--regime", "kg-quy", "--period", "2022-Q1", "-o", "x.rtf"}},
		{wrong, "Kỳ “2022-Q9” không đúng", []string{"consolidate", "--regime", "kg-quy", "--period", "2022-Q9", "-o", "x.docx"}},
		{failed, "không có dữ liệu ở", []string{"verify", "--data", none}},
		{failed, "phải bắt đầu bằng postgres://", []string{"verify", "--data", t.TempDir(), "--db", "mysql://x"}},
	} {
		code, out, errs := typed(t, "", c.args...)
		if code != c.code || !strings.Contains(out+errs, c.says) {
			t.Errorf("giaoban %s: %d, muốn %d với %q:\n%s%s", strings.Join(c.args, " "), code, c.code, c.says, out, errs)
		}
		if c.code != done && out != "" {
			t.Errorf("giaoban %s: lỗi nằm ở đầu ra thường: %s", strings.Join(c.args, " "), out)
		}
	}
}

func TestAnOfficeBeginsWithItsFirstAdministrator(t *testing.T) {
	dir := t.TempDir()
	first := []string{"user", "add", "quantri", "--name", "Kiều Đức Phong", "--role", "administrator", "--org", "BTGTU", "--org-name", "Ban Tuyên giáo Tỉnh ủy", "--data", dir}
	if code, _, errs := typed(t, "ngắn\n", first...); code != failed || !strings.Contains(errs, "ít nhất 12 ký tự") {
		t.Fatalf("%d %s", code, errs)
	}
	if code, _, errs := typed(t, "sóng biển Nha Trang chiều nay\n", first...); code != done {
		t.Fatal(errs)
	}
	if code, out, _ := typed(t, "", "user", "list", "--data", dir); code != done || !strings.Contains(out, "quantri") || strings.Contains(out, "sóng") {
		t.Error(out)
	}
	if code, _, errs := typed(t, "gió lào qua đèo Cả sớm mai\n", "user", "passwd", "quantri", "--data", dir); code != done {
		t.Error(errs)
	}
	if code, _, errs := typed(t, "", "user", "disable", "ai-do", "--data", dir); code != failed || !strings.Contains(errs, "Không có tài khoản này") {
		t.Error(errs)
	}
	// The token is the only thing on standard output, so that a script can take it.
	code, out, errs := typed(t, "", "token", "add", "--role", "commission_officer", "--any-body", "--data", dir)
	if code != done || strings.Count(out, "\n") != 1 || !strings.HasPrefix(out, "gb_") {
		t.Fatalf("%d %q %s", code, out, errs)
	}
	if code, _, errs := typed(t, "", "token", "revoke", strings.TrimSpace(out), "--data", dir); code != done {
		t.Error(errs)
	}
	if code, _, _ := typed(t, "", "token", "revoke", strings.TrimSpace(out), "--data", dir); code != failed {
		t.Error("thu hồi hai lần")
	}
	if code, out, errs := typed(t, "", "doctor", "--data", dir); code != done || !strings.Contains(out, "synchronous=FULL") {
		t.Error(out, errs)
	}
	if code, _, errs := typed(t, "", "sample", "--size", "S", "--data", dir); code != failed || !strings.Contains(errs, "đã có dữ liệu") {
		t.Error(errs)
	}
	if code, _, errs := typed(t, "", "demo", "--once", "--data", dir); code != failed || !strings.Contains(errs, "không phải tỉnh mẫu") {
		t.Error(errs)
	}
}

// built puts the sample province into a folder as the demonstration does.
func built(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if code, _, errs := typed(t, "", "demo", "--once", "--data", dir); code != done {
		t.Fatal(errs)
	}
	return dir
}

func TestAWrongImportListsEveryLineAndWritesNothing(t *testing.T) {
	dir := built(t)
	name := filepath.Join(t.TempDir(), "so-lieu.csv")
	write := func(text string) {
		t.Helper()
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("org,period,indicator,value,estimate\nSYT,2022-04,YT01,151000,\nSYT,2022-04,YT99,1,\nAI,2022-04,YT01,1,\nSYT,2022-04,YT02,mười,\n")
	code, out, errs := typed(t, "", "import-values", "--regime", "kg-thang", name, "--data", dir)
	if code != failed || !strings.Contains(out, "1 mới, 0 thay đổi, 0 giữ nguyên, 2 không nhận; không nhập được.") || strings.Contains(errs, "Dòng 2:") {
		t.Errorf("%d %s %s", code, out, errs)
	}
	for _, line := range []string{"Dòng 3:", "Dòng 4:", "Dòng 5:"} {
		if !strings.Contains(errs, line) {
			t.Errorf("không nêu %s\n%s", line, errs)
		}
	}
	write("org,period,indicator,value,estimate\nSYT,2022-04,YT01,151000,\nSYT,2022-04,YT02,9800,1\n")
	if code, out, errs := typed(t, "", "import-values", "--regime", "kg-thang", name, "--yes", "--data", dir); code != done || !strings.Contains(out, "2 số liệu mới, 0 số liệu thay đổi vào 1 báo cáo") {
		t.Errorf("%d %s %s", code, out, errs)
	}
}

func TestTheSameConsolidationGivesTheSameBytesInEveryFormat(t *testing.T) {
	dir, to := built(t), t.TempDir()
	for _, ending := range []string{"docx", "pdf", "html", "json"} {
		var bodies [2][]byte
		for i := range bodies {
			name := filepath.Join(to, fmt.Sprintf("%d.%s", i, ending))
			if code, _, errs := typed(t, "", "consolidate", "--regime", "kg-quy", "--period", "2021-H2", "-o", name, "--data", dir); code != done {
				t.Fatal(errs)
			}
			var err error
			if bodies[i], err = os.ReadFile(name); err != nil {
				t.Fatal(err)
			}
		}
		if !bytes.Equal(bodies[0], bodies[1]) || len(bodies[0]) < 1000 {
			t.Errorf("%s: %d và %d byte", ending, len(bodies[0]), len(bodies[1]))
		}
	}
	if code, _, errs := typed(t, "", "consolidate", "--regime", "kg-khong", "--period", "2022-Q1", "-o", filepath.Join(to, "x.json"), "--data", dir); code != failed || errs == "" {
		t.Error(errs)
	}
	if code, _, errs := typed(t, "", "consolidate", "--regime", "kg-quy", "--period", "2022-Q1", "-o", "/khong/co/x.json", "--data", dir); code != failed || !strings.Contains(errs, "Không ghi được") {
		t.Error(errs)
	}
}

func TestVerifyFindsWhatWasAltered(t *testing.T) {
	dir := built(t)
	if code, out, errs := typed(t, "", "round", "--data", dir); code != done || !strings.Contains(out, "giữ đầu nhật ký") {
		t.Fatal(out, errs)
	}
	if code, out, errs := typed(t, "", "verify", "--data", dir); code != done || !strings.Contains(out, "khớp 1 đầu nhật ký") {
		t.Fatal(out, errs)
	}
	d, err := db.Open(t.Context(), db.Config{Path: filepath.Join(dir, "giaoban.db")})
	if err != nil {
		t.Fatal(err)
	}
	err = d.Write(t.Context(), func(tx *db.Tx) error {
		_, err := tx.Exec("update journal set actor_name = 'Người khác' where seq = 1000")
		return err
	})
	if closing := d.Close(); err != nil || closing != nil {
		t.Fatal(err, closing)
	}
	if code, _, errs := typed(t, "", "verify", "--data", dir); code != failed || !strings.Contains(errs, "Dòng 1000 đã bị sửa") {
		t.Errorf("%d %s", code, errs)
	}
	if err := os.WriteFile(filepath.Join(dir, "dau-nhat-ky.txt"), []byte("không phải đầu nhật ký\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, _, errs := typed(t, "", "verify", "--data", dir); code != failed || !strings.Contains(errs, "dòng 1 không đọc được") {
		t.Errorf("%d %s", code, errs)
	}
}

func TestOneRoundDoneTwiceChangesNothingMore(t *testing.T) {
	dir := built(t)
	for range 2 {
		if code, _, errs := typed(t, "", "round", "--data", dir); code != done {
			t.Fatal(errs)
		}
	}
	kept, err := readHeads(place{Data: dir}.heads())
	if err != nil || len(kept) != 1 {
		t.Errorf("%v %v", kept, err)
	}
}

func TestTheServerAnswersAndStopsGracefully(t *testing.T) {
	dir := built(t)
	d, store, err := place{Data: dir}.open(t.Context(), false, db.Config{Now: sample.From(sample.Played)})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	ctx, stop := context.WithCancel(t.Context())
	address := make(chan string, 1)
	ended := make(chan error, 1)
	go func() {
		ended <- listen(ctx, &console{out: io.Discard, err: io.Discard}, d, store,
			door{addr: "127.0.0.1:0", dev: true, ready: func(url string) { address <- url }})
	}()
	url := <-address
	client := &http.Client{Timeout: 10 * time.Second}
	for _, page := range [][2]string{{"/healthz", "ok"}, {"/readyz", "ok"}, {"/dang-nhap", sample.Mark}, {"/api/openapi.json", "openapi"},
		{"/metrics", "giaoban_http_requests_total"}} {
		path, want := page[0], page[1]
		r, err := client.Get(url + path)
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(r.Body)
		r.Body.Close()
		if r.StatusCode != 200 || !strings.Contains(string(body), want) {
			t.Errorf("%s: %d, không có %q", path, r.StatusCode, want)
		}
	}
	request, _ := http.NewRequestWithContext(t.Context(), "GET", url+"/dang-nhap", nil)
	request.Host = "ke-gian.example"
	r, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	r.Body.Close()
	if r.StatusCode != http.StatusMisdirectedRequest {
		t.Errorf("máy chủ lạ: %d", r.StatusCode)
	}
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

func TestMetricsAreForThisMachineOnly(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		store, err := files.Open(t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		h := handler(d, store, "", false)
		for from, want := range map[string]int{"127.0.0.1:5000": 200, "[::1]:5000": 200, "10.0.0.7:5000": 404} {
			r := httptest.NewRequest("GET", "/metrics", nil)
			r.RemoteAddr = from
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r)
			if w.Code != want {
				t.Errorf("%s: %d", from, w.Code)
			}
		}
	})
}

func TestTheDemoIsMarkedOnEveryPage(t *testing.T) {
	dir := built(t)
	d, _, err := place{Data: dir}.open(t.Context(), false, db.Config{})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if err := d.Read(t.Context(), func(tx *db.Tx) error {
		for name, want := range map[string]string{org.Banner: sample.Mark, org.ClockFrom: "01/4/2022", org.Superior: "TỈNH ỦY KHÁNH HÒA"} {
			if got, err := org.Setting(tx, name); err != nil || got != want {
				t.Errorf("%s: %q %v", name, got, err)
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}

func TestTheCommandsWorkOnPostgreSQL(t *testing.T) {
	server := dbtest.Postgres(t)
	dir := t.TempDir()
	for _, c := range []struct {
		in, says string
		args     []string
	}{
		{"", "bản mới nhất (PostgreSQL)", []string{"migrate"}},
		{"sóng biển Nha Trang chiều nay\n", "Đã thêm quantri", []string{"user", "add", "quantri", "--name", "Kiều Đức Phong", "--role", "administrator",
			"--org", "BTGTU", "--org-name", "Ban Tuyên giáo Tỉnh ủy"}},
		{"", "gb_", []string{"token", "add", "--role", "clerk"}},
		{"", "Thứ tự chữ C", []string{"doctor"}},
		{"", "nguyên vẹn", []string{"verify"}},
		{"", "Đã chạy xong", []string{"round"}},
	} {
		code, out, errs := typed(t, c.in, append(c.args, "--data", dir, "--db", server.URL)...)
		if code != done || !strings.Contains(out, c.says) {
			t.Errorf("giaoban %s: %d\n%s%s", strings.Join(c.args, " "), code, out, errs)
		}
	}
}

func FuzzHeadsAreReadOrRefused(f *testing.F) {
	f.Add("2022-04-01T17:00:00+07:00 1532 Pzm=\n")
	f.Add("không phải đầu nhật ký")
	f.Add("2022-04-01T17:00:00+07:00 -1\n\n")
	f.Fuzz(func(t *testing.T, text string) {
		name := filepath.Join(t.TempDir(), "dau")
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		kept, err := readHeads(name)
		if err == nil && len(kept) == 0 && strings.TrimSpace(text) != "" {
			t.Errorf("bỏ qua %q", text)
		}
	})
}
