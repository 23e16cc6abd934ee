package cli

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"giaoban/internal/db"
	"giaoban/org"
)

// What is asked for proposes the next answer; an empty line takes it.
func TestInitAsksForWhatWasNotGiven(t *testing.T) {
	var out strings.Builder
	c := &console{in: strings.NewReader(""), out: &out, err: &out}
	d, _, err := place{Data: t.TempDir()}.open(t.Context(), true, db.Config{})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	i := &initialize{}
	var f org.Founding
	if err := d.Read(t.Context(), func(tx *db.Tx) (err error) {
		f, err = i.complete(tx, c.askOn(strings.NewReader("Huế\n\n\nquy,nam\nktv.hue\nmật khẩu theo sau\n")))
		return err
	}); err != nil {
		t.Fatal(err)
	}
	want := org.Founding{Province: "thành phố Huế", Name: "Ban Tuyên giáo và Dân vận Thành ủy", Code: "BTGDVTU", Symbol: "BTGDVTU",
		Superior: "THÀNH ỦY HUẾ", Place: "Huế"}
	if f != want || i.Admin != "ktv.hue" {
		t.Errorf("%+v, quản trị %s; cần %+v", f, i.Admin, want)
	}
	for _, question := range []string{"Tỉnh, thành phố: ", "Tên của Ban [Ban Tuyên giáo và Dân vận Thành ủy]: ", "Địa danh trên văn bản [Huế]: ", "Bộ mẫu chế độ báo cáo (thang, quy, 9-thang, nam) [quy]: ", "quản trị [quantri]: "} {
		if !strings.Contains(out.String(), question) {
			t.Errorf("không hỏi %q: %s", question, out.String())
		}
	}
}

// The command line of the handbook, word by word; nobody is asked, nothing is guessed without --yes.
func TestInitFoundsAnOfficeOnce(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "du-lieu")
	begin := []string{"init", "--data", dir, "--province", "Khánh Hòa", "--name", "Ban Tuyên giáo và Dân vận Tỉnh ủy"}
	try := func(typed string, args ...string) (int, string) {
		var out strings.Builder
		code := run(context.Background(), args, &console{in: strings.NewReader(typed), out: &out, err: &out})
		return code, out.String()
	}
	const password = "sóng biển Nha Trang chiều nay\n"
	for _, trial := range []struct {
		typed string
		args  []string
		code  int
		says  string
	}{
		{password, []string{"init", "--data", dir, "--yes"}, wrong, "Thiếu --province"},
		{password, begin, wrong, "Thiếu --place (địa danh trên văn bản). Ghi thêm, hoặc --yes để lấy “Khánh Hòa”."},
		{password, []string{"init", "--data", dir, "--province", "Ninh Thuận", "--yes"}, failed, "nay thuộc tỉnh Khánh Hòa"},
		{password, []string{"init", "--data", dir, "--province", "Khánh Hoa Lư", "--yes"}, failed, "Không có tỉnh, thành phố nào tên"},
		{"ngắn\n", append(begin, "--place", "Khánh Hòa", "--admin", "quantri", "--yes"), failed, "ật khẩu"},
		{password, append(begin, "--place", "Khánh Hòa", "--admin", "quantri", "--kit", "quy", "--yes"), done, "Đã lập Ban Tuyên giáo và Dân vận Tỉnh ủy, tỉnh Khánh Hòa."},
		{password, append(begin, "--yes"), failed, "đã có cơ quan"},
		{password, []string{"init", "--data", dir + "2", "--province", "Huế", "--kit", "tuan", "--yes"}, failed, "Không có bộ mẫu “tuan”. Các bộ mẫu: thang, quy, 9-thang, nam."},
		{"", []string{"user", "list", "--data", dir}, done, "quantri"},
	} {
		if code, said := try(trial.typed, trial.args...); code != trial.code || !strings.Contains(said, trial.says) {
			t.Errorf("%v: %d %s; cần %d “%s”", trial.args, code, said, trial.code, trial.says)
		}
	}
}
