package directive

import (
	"strings"
	"testing"
)

func TestOneSymbolTypedInThreeOfficesIsOne(t *testing.T) {
	for _, same := range [][]string{
		{"80-QĐ/TU", "80/QĐ-TU", "80 – qđ/tu", "080-QĐ-TU"}, {"20-CT/TW", "20-CT/T.Ư", "20–ct/tw"}, {"51-HD/BTGTU", "51-HD-BTGTU"},
		{"09/2019/NĐ-CP", "9/2019/NĐ-CP"},
	} {
		for _, s := range same[1:] {
			if symbolKey(s) != symbolKey(same[0]) {
				t.Errorf("%s: %s, but %s: %s", s, symbolKey(s), same[0], symbolKey(same[0]))
			}
		}
	}
	if symbolKey("20-CT/TW") == symbolKey("20-NQ/TW") {
		t.Error("Chỉ thị and Nghị quyết are one")
	}
}

func TestIssuersAreComparedWhateverTheirSpelling(t *testing.T) {
	for _, c := range []struct {
		a, b     string
		want     agreement
		province string // of b
	}{
		{"Ban Chấp hành Trung ương Đảng", "BCH TW Đảng (khóa XI)", equal, ""},
		{"Ban Chấp hành Trung ương Đảng khóa XI", "Ban Chấp hành Trung ương Đảng Cộng sản Việt Nam", equal, ""},
		{"Ban Chấp hành Trung ương", "Trung ương", unclear, ""},
		{"Bộ Chính trị", "Ban Bí thư", different, ""},
		{"Thủ tướng", "Thủ tướng Chính phủ", equal, ""},
		{"Tỉnh ủy", "Ban Thường vụ Tỉnh ủy", unclear, ""},
		{"Ban Thường vụ Tỉnh ủy", "BTV Thành ủy Hải Phòng", equal, "hai phong"},
		{"UBND tỉnh", "Ủy ban nhân dân tỉnh Khánh Hòa", equal, "khanh hoa"},
		{"Bộ Giáo dục và Đào tạo", "Bộ Y tế", different, ""},
		{"", "Chính phủ", unclear, ""},
		{"Bộ Khoa học và Công nghệ", "bộ khoa học và công nghệ", equal, ""},
	} {
		a, _ := issuer(c.a)
		b, province := issuer(c.b)
		if got := sameIssuer(a, b); got != c.want || province != c.province {
			t.Errorf("%q (%s) and %q (%s, %q): %d, want %d", c.a, a, c.b, b, province, got, c.want)
		}
	}
}

func FuzzKeys(f *testing.F) {
	for _, s := range []string{"593 - QĐ-TU", "HD.51.BTGTU", "UBND tỉnh Khánh Hòa (khóa XI)", "Luật Bảo vệ môi trường 2020", "/-.&", "0"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if key := symbolKey(s); strings.ContainsAny(key, "- \n") {
			t.Errorf("%q gives %q", s, key)
		}
		shortKey(s)
		numberKey(numberOf(s), s)
		nameKey("Luật", s)
		yearIn(s)
		levelOf(s, s)
		if key, province := issuer(s); strings.ContainsAny(key+province, "\n\t") {
			t.Errorf("%q leaves lines in %q, %q", s, key, province)
		}
	})
}
