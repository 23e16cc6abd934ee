package fold_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"giaoban/internal/fold"

	"golang.org/x/text/unicode/norm"
)

func TestOneSearchFindsEverySpelling(t *testing.T) {
	for _, same := range [][]string{
		{"Uỷ ban", "Ủy ban", norm.NFD.String("ỦY BAN"), "  uy\u00a0 ban "},
		{"hoà", "hòa", "HÒA"},
		{"Đắk Nông", "Ðắk Nông", "đắk\u200b nông", "dak nong"},
		{"Sở LĐ-TB&XH", "sở lđ – tb&xh", "SỞ LÐ - TB&XH"},
		{"593 - QĐ/TU", "593-QĐ/TU", "593—qđ/tu"},
	} {
		for _, s := range same[1:] {
			if fold.Fold(s) != fold.Fold(same[0]) {
				t.Errorf("%q → %q, %q → %q", same[0], fold.Fold(same[0]), s, fold.Fold(s))
			}
		}
	}
	if got := fold.Fold("Tỉnh ủy Kiên Giang\r\n họp"); got != "tinh uy kien giang hop" {
		t.Errorf("%q", got)
	}
}

func TestVietnameseOrder(t *testing.T) {
	for _, sorted := range [][]string{
		{"a", "ă", "â", "b", "c", "d", "đ", "e", "ê", "f", "g", "i", "o", "ô", "ơ", "p", "u", "ư", "v", "y", "z", "я"},
		{"ma", "mà", "mả", "mã", "má", "mạ", "mai", "măng", "mâm"},
		{"Ba Vì", "Bà An", "Bà Rịa", "Bạc Liêu", "Bắc Giang"},
		{"Hà Nam", "Hà Nội", "Hải Dương", "Hậu Giang"},
		{"Phường 2", "Phường 2A", "Phường 10", "Phường An Hòa"},
		{"Da", "Dư", "Đa"},
		{"", "1", "a"},
	} {
		keys := make([]string, len(sorted))
		for i, s := range sorted {
			keys[i] = fold.SortKey(s)
		}
		if !slices.IsSorted(keys) || len(slices.Compact(slices.Clone(keys))) != len(keys) {
			t.Errorf("%q: %q", sorted, keys)
		}
	}
	if fold.SortKey("hòa, Bình") != fold.SortKey("HOÀ BÌNH") {
		t.Error("cách đặt dấu, chữ hoa và dấu phẩy không được đổi thứ tự")
	}
}

func TestPeopleAreListedByGivenName(t *testing.T) {
	names := []string{"Trần Văn Bình", "Lê Thị Hòa", "Nguyễn An", "Nguyễn Văn Hoa", "Đỗ An"}
	slices.SortFunc(names, func(a, b string) int { return strings.Compare(fold.PersonKey(a), fold.PersonKey(b)) })
	want := []string{"Đỗ An", "Nguyễn An", "Trần Văn Bình", "Nguyễn Văn Hoa", "Lê Thị Hòa"}
	if !slices.Equal(names, want) {
		t.Error(names)
	}
}

func TestTextIsCleanedAtTheEdge(t *testing.T) {
	for in, want := range map[string]string{
		norm.NFD.String("Uỷ ban"):     "Uỷ ban",
		"một\r\nhai\rba\vbốn":         "một\nhai\nba\nbốn",
		"thu\u202egian\u200b\ufeff":   "thugian",
		"Ðảng bộ, Sở LÐTBXH, QÐ-TU":   "Đảng bộ, Sở LĐTBXH, QĐ-TU",
		"ðã họp; það; Guðmundur":      "đã họp; það; Guðmundur",
		"giữ\u00a0khoảng\ttrắng cứng": "giữ\u00a0khoảng\ttrắng cứng",
		"hỏng \xff byte":              "hỏng \uFFFD byte",
		"o\u200b\u0302":               "ô",
		"NUL\x00 còn để bị từ chối\r": "NUL\x00 còn để bị từ chối\n",
	} {
		if got := fold.Clean(in); got != want {
			t.Errorf("%q → %q, cần %q", in, got, want)
		}
	}
	if !fold.HasNUL("a\x00b") || fold.HasNUL("ab") {
		t.Error("HasNUL")
	}
}

func FuzzFold(f *testing.F) {
	f.Add("Uỷ ban – Ðắk Nông 10\u0300")
	f.Add("K Å İ ẞ 가 ﬁ \u2126")
	f.Fuzz(func(t *testing.T, s string) {
		once := fold.Fold(s)
		if fold.Fold(once) != once || !utf8.ValidString(once) {
			t.Errorf("Fold: %q → %q → %q", s, once, fold.Fold(once))
		}
		if d := fold.Fold(norm.NFD.String(strings.ToValidUTF8(s, "\uFFFD"))); d != once {
			t.Errorf("dạng tổ hợp khác nhau: %q, %q", once, d)
		}
		c := fold.Clean(s)
		if fold.Clean(c) != c || !utf8.ValidString(c) || !norm.NFC.IsNormalString(c) {
			t.Errorf("Clean: %q → %q → %q", s, c, fold.Clean(c))
		}
		for _, b := range []byte(fold.SortKey(s) + fold.PersonKey(s)) {
			if (b < '0' || b > '9') && (b < 'a' || b > 'z') {
				t.Errorf("khóa sắp xếp của %q có ký tự %q", s, b)
			}
		}
	})
}

func BenchmarkFold(b *testing.B) {
	for b.Loop() {
		fold.Fold("Báo cáo kết quả công tác phối hợp quý I năm 2022 của Sở Giáo dục và Đào tạo")
	}
}

// A name in the middle of a sentence begins small, an abbreviation does not.
func TestUncapitalLeavesAbbreviations(t *testing.T) {
	for from, want := range map[string]string{"Giáo dục": "giáo dục", "Đề nghị": "đề nghị", "UBND tỉnh": "UBND tỉnh", "A1": "A1", "Ý kiến": "ý kiến", "Ý, lời": "ý, lời",
		"Y": "y", "": "", "12 đơn vị": "12 đơn vị"} {
		if got := fold.Uncapital(from); got != want {
			t.Errorf("%q becomes %q, want %q", from, got, want)
		}
	}
	if got := fold.Tidy(" Đã họp \n"); got != "Đã họp" {
		t.Errorf("%q", got)
	}
}
