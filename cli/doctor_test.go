package cli

import (
	"strings"
	"testing"
)

// What has no source must not look like a fact: the check names how many rows wait for the office, and that alone is no
// failure.
func TestTheCheckNamesUnconfirmedReferenceRows(t *testing.T) {
	dir := t.TempDir()
	if code, _, errs := typed(t, "sóng biển Nha Trang chiều nay\n", "user", "add", "quantri", "--name", "Kiều Đức Phong", "--role", "administrator",
		"--org", "BTGTU", "--org-name", "Ban Tuyên giáo Tỉnh ủy", "--data", dir); code != done {
		t.Fatal(errs)
	}
	code, out, errs := typed(t, "", "doctor", "--data", dir)
	if code != done {
		t.Fatalf("%d %s", code, errs)
	}
	for _, said := range []string{"dòng tham chiếu cần xác nhận (Sở, ngành cấp tỉnh 3,", "cần xác nhận: An toàn thông tin mạng: Sở Thông tin và Truyền thông → Công an tỉnh", "… và "} {
		if !strings.Contains(out, said) {
			t.Errorf("không nói “%s”:\n%s", said, out)
		}
	}
	if strings.Contains(out, "chưa được nhập") {
		t.Errorf("danh mục cơ quan ban hành phải có ngay khi cơ quan bắt đầu:\n%s", out)
	}
	if code, _, errs := typed(t, "", "migrate", "--data", dir); code != done {
		t.Error(errs)
	}
}
