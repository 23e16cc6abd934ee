package cli

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestImportPrintsOneLineForEachFileAndABrokenOneStopsNothing(t *testing.T) {
	folder := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(filepath.Join(folder, name)), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("2021/quy-3.txt", "Ngày 04/10/2021, Ban Tuyên giáo Tỉnh ủy tổ chức Hội nghị giao ban công tác khoa giáo quý III năm 2021 với các ngành trong khối.")
	write("2022/quy-1.html", "<html><body><p>Chiều 01/4/2022, Ban Tuyên giáo Tỉnh ủy tổ chức Hội nghị giao ban công tác khoa giáo quý I năm 2022 với các ngành.</p></body></html>")
	write("2022/hong.docx", "không phải tệp Word")
	write("2022/kin.txt", "TỐI MẬT\nBáo cáo một việc không được đọc ở đây, dù chỉ một dòng.")
	write("2022/anh.jpg", "không đọc")
	code, out, errs := typed(t, "", "import", "--json", folder)
	if code != failed {
		t.Errorf("mã thoát %d, phải là %d", code, failed)
	}
	var days []string
	for line := range strings.Lines(out) {
		var p struct {
			File, Kind string
			Day        string `json:"held_on"`
			Period     string
		}
		if err := json.Unmarshal([]byte(line), &p); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		days = append(days, p.Day+" "+p.Period+" "+p.Kind)
	}
	if got := strings.Join(days, "; "); got != "2021-10-04 2021-Q3 briefing; 2022-04-01 2022-Q1 briefing" {
		t.Errorf("đọc được %q", got)
	}
	if !strings.Contains(errs, "hong.docx") || !strings.Contains(errs, "TỐI MẬT") || strings.Contains(errs, "anh.jpg") || strings.Contains(out+errs, "một việc không được đọc") {
		t.Errorf("báo lỗi:\n%s", errs)
	}
}

func TestImportOfNothingSaysSo(t *testing.T) {
	for _, args := range [][]string{{"import", "--json", t.TempDir()}, {"import", "--json", filepath.Join(t.TempDir(), "khong-co.txt")}} {
		code, out, errs := typed(t, "", args...)
		if code != failed || out != "" || !strings.Contains(errs, "Hãy") && !strings.Contains(errs, "hãy") {
			t.Errorf("%v: %d %q %q", args, code, out, errs)
		}
	}
	if code, _, errs := typed(t, "", "import"); code != wrong || errs == "" {
		t.Errorf("thiếu tên tệp: %d %q", code, errs)
	}
}
