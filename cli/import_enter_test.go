package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestOldFilesAreBroughtInOnceAndABrokenOneStopsNothing(t *testing.T) {
	data, box := built(t), t.TempDir()
	for name, content := range map[string]string{
		"1.txt":  "Sáng ngày 11/4/2019, Ban Tuyên giáo Tỉnh ủy tổ chức Hội nghị giao ban công tác khoa giáo quý I năm 2019.",
		"2.txt":  "Ngày 14/01/2021, Ban Tuyên giáo Tỉnh ủy tổ chức hội nghị tổng kết công tác khoa giáo năm 2020.",
		"3.docx": "PK\x03\x04 nửa tệp", "mat.txt": "TỈNH ỦY\nTUYỆT MẬT\n\nNội dung"} {
		if err := os.WriteFile(filepath.Join(box, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	code, out, errs := typed(t, "", "import", box, "--data", data)
	if code != failed || !strings.Contains(out, "Đã nhập 2 tệp mới, 0 tệp đã có từ trước, 2 tệp không nhận.") || !strings.Contains(errs, "3.docx: ") {
		t.Errorf("%d\n%s%s", code, out, errs)
	}
	if strings.Contains(out+errs, "mat.txt") {
		t.Errorf("the secret paper is named: %s%s", out, errs)
	}
	os.Remove(filepath.Join(box, "3.docx"))
	os.Remove(filepath.Join(box, "mat.txt"))
	code, out, errs = typed(t, "", "import", box, "--data", data)
	if code != done || !strings.Contains(out, "Đã nhập 0 tệp mới, 2 tệp đã có từ trước, 0 tệp không nhận.") {
		t.Errorf("%d\n%s%s", code, out, errs)
	}
}
