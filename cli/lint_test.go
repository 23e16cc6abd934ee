package cli

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"giaoban/official"
)

func TestLintEndsAsItFound(t *testing.T) {
	hd05, _ := official.ProfileByCode("HD05")
	d := official.BaoCao(hd05, "kết quả công tác quý I năm 2027", official.Paragraph{Runs: official.Text("Các đơn vị đã thực hiện xong.")})
	d.Superior, d.Issuer, d.BodySymbol, d.Place, d.Number, d.Date = "Tỉnh ủy Khánh Hòa", "Ban Tuyên giáo", "BTGTU", "Khánh Hòa", 5, official.DayOf(2027, 4, 5)
	d.Signers = []official.Signer{{Title: "Trưởng ban", Name: "Nguyễn Văn Mẫu"}}
	d.Recipients, d.Filing = []string{"Thường trực Tỉnh ủy"}, "Văn phòng Ban"
	dir := t.TempDir()
	write := func(name string, d official.Document) string {
		var b bytes.Buffer
		if err := official.WriteDocx(&b, d); err != nil {
			t.Fatal(err)
		}
		at := filepath.Join(dir, name)
		if err := os.WriteFile(at, b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		return at
	}
	clean := write("dung.docx", d)
	d.Profile.Font = "Arial"
	faulty := write("sai.docx", d)
	d.Superior = "TUYỆT MẬT"
	secret := write("mat.docx", d)
	broken := filepath.Join(dir, "hong.docx")
	if err := os.WriteFile(broken, []byte("PK\x03\x04 nửa tệp"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		code int
		says string
		args []string
	}{
		{done, "Không thấy chỗ nào trái thể thức.", []string{clean, "--profile", "HD05"}},
		{failed, "Phông chữ là Arial", []string{faulty, "--profile", "hd05"}},
		{wrong, "TUYỆT MẬT", []string{secret, "--profile", "HD05"}},
		{wrong, "không đọc được", []string{filepath.Join(dir, "khong-co.docx"), "--profile", "HD05"}},
		{wrong, "Không đọc được tệp", []string{broken, "--profile", "HD05"}},
		{wrong, "HD05, HD36 hoặc ND30", []string{clean, "--profile", "ND31"}},
		{wrong, "profile", []string{clean}},
		{wrong, "không có dữ liệu ở", []string{clean, "--profile", "HD05", "--data", filepath.Join(dir, "khong-co")}},
	} {
		code, out, errs := typed(t, "", append([]string{"lint"}, c.args...)...)
		if code != c.code || !strings.Contains(strings.ToLower(out+errs), strings.ToLower(c.says)) {
			t.Errorf("%v: mã %d, phải là %d: %s%s", c.args[1:], code, c.code, out, errs)
		}
	}
	code, out, _ := typed(t, "", "lint", faulty, "--profile", "HD05", "--json")
	var found []map[string]string
	if err := json.Unmarshal([]byte(out), &found); err != nil || code != failed || len(found) == 0 || found[0]["rule"] != "phong-chu" || found[0]["place"] == "" || found[0]["mend"] == "" {
		t.Errorf("%d %v %s", code, err, out)
	}
	if code, out, _ := typed(t, "", "lint", clean, "--profile", "HD05", "--json"); code != done || strings.TrimSpace(out) != "[]" {
		t.Errorf("%d %s", code, out)
	}
}
