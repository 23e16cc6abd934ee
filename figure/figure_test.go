package figure_test

import (
	"strings"
	"testing"

	"giaoban/document"
	"giaoban/figure"
)

// Numbers are read with their unit, what they are compared with and whether they are estimates; what is no figure is not.
func TestFiguresOfRunningText(t *testing.T) {
	for text, want := range map[string]string{
		"Đã khám 1.915.509 lượt, tăng 7,8% so với cùng kỳ năm trước.": "1.915.509 lượt = 1915509; 7,8 % = 7.8 (so với cùng kỳ năm trước)",
		"Có 490/503 trường đạt chuẩn; ước 4,9% hộ nghèo.":             "490/503 trường = 490; 4,9 % = 4.9 ước",
		"Ngày 20/11/2022, Nghị quyết số 20-NQ/TW, lớp 5, COVID-19.":   "",
		"Tiếp nhận 12 phong thư.":                                     "12 phong thư = 12",
	} {
		words := figure.NewText(text)
		var told []string
		for _, f := range words.Figures(document.Range{Start: 0, End: len(text)}, "phong thư") {
			one := text[f.Number.Start:f.Number.End] + " " + f.Unit + " = " + f.Value
			if f.Comparison != "" {
				one += " (" + f.Comparison + ")"
			}
			if f.Estimate {
				one += " ước"
			}
			told = append(told, one)
		}
		if got := strings.Join(told, "; "); got != want {
			t.Errorf("%s: %s\nwant %s", text, got, want)
		}
	}
}

// A text of any letters has places for its words that are places in itself.
func FuzzText(f *testing.F) {
	f.Add("TP. Nha Trang có 12 trường. Uỷ ban HOÀ bình…", "trường")
	f.Fuzz(func(t *testing.T, text, phrase string) {
		words := figure.NewText(text)
		if len(words.Low()) != len(text) {
			t.Fatalf("%d bytes of %d", len(words.Low()), len(text))
		}
		all := document.Range{Start: 0, End: len(text)}
		words.Find(phrase, 0, len(text))
		words.Figures(all)
		for _, s := range words.Sentences(all) {
			if s.Start < 0 || s.End > len(text) || s.Start >= s.End {
				t.Fatalf("%+v of %d", s, len(text))
			}
		}
	})
}
