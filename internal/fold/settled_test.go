package fold

import (
	"testing"
	"unicode"
	"unicode/utf8"
)

// What is taken for settled is what cleaning would leave as it is: every character by itself, between letters, and before
// and after a mark that may be composed with it.
func TestSettledTextIsClean(t *testing.T) {
	settledOnes := 0
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if !utf8.ValidRune(r) {
			continue
		}
		c := string(r)
		for _, s := range []string{c, "ê" + c + "\u0301"} {
			if settled(s) {
				settledOnes++
				if got := scrub(s); got != s {
					t.Fatalf("%U: %q is taken for settled, clean it is %q", r, s, got)
				}
			}
		}
		if want := unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r >= 0xFE00 && r <= 0xFE0F; invisible(r) != want {
			t.Fatalf("%U: invisible is %v", r, !want)
		}
	}
	for _, s := range []string{"Đã triển khai kế hoạch của tháng đúng tiến độ.", "“Ữ, Ỗ” – 8,5 %\n\tẩn"} {
		if !settled(s) {
			t.Errorf("%q is copied", s)
		}
	}
	t.Logf("%d texts", settledOnes)
}
