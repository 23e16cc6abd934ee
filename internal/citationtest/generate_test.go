package citationtest_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"giaoban/calendar"
	"giaoban/citation"
	"giaoban/internal/citationtest"

	"golang.org/x/text/unicode/norm"
)

func TestTheSameSeedWritesTheSameParagraphs(t *testing.T) {
	if !reflect.DeepEqual(citationtest.Generate(7, 50), citationtest.Generate(7, 50)) {
		t.Error("one seed gave two sets of paragraphs")
	}
	if citationtest.Generate(7, 1)[0].Text == citationtest.Generate(8, 1)[0].Text {
		t.Error("two seeds gave one paragraph")
	}
}

func TestEveryReferenceLiesWhereItSays(t *testing.T) {
	for _, c := range citationtest.Generate(11, 2000) {
		if !utf8.ValidString(c.Text) {
			t.Fatalf("not UTF-8: %q", c.Text)
		}
		if len(c.Want) > 9 {
			t.Errorf("%d references in one paragraph", len(c.Want))
		}
		end := 0
		for _, w := range c.Want {
			if w.Start < end || w.End <= w.Start || w.End > len(c.Text) {
				t.Fatalf("%s: %d–%d does not follow %d in a text of %d bytes", w.Spells, w.Start, w.End, end, len(c.Text))
			}
			end = w.End
			got := squeeze(c.Text[w.Start:w.End])
			if w.Number != "" && !strings.Contains(got, w.Number) {
				t.Errorf("%s: the number %s is not in %q", w.Spells, w.Number, c.Text[w.Start:w.End])
			}
			if w.Symbol != "" && !strings.Contains(got, squeeze(w.Symbol)) && !strings.Contains(squeeze(c.Text[w.End:]), suffix(w)) {
				t.Errorf("%s: the symbol %s is not in %q nor after it", w.Spells, w.Symbol, c.Text[w.Start:w.End])
			}
			if w.Date != "" {
				d, err := calendar.ParseDate(w.Date)
				if err != nil || !strings.Contains(c.Text, d.String()[:4]) {
					t.Errorf("%s: the date %s is not in %q", w.Spells, w.Date, c.Text)
				}
			}
			if w.Issuer != "" && w.Issuer != citationtest.Open && !strings.Contains(squeeze(c.Text), squeeze(w.Issuer)) {
				t.Errorf("%s: the issuer %s is not in %q", w.Spells, w.Issuer, c.Text)
			}
		}
	}
}

func TestTheParagraphsUseManySpellings(t *testing.T) {
	seen := map[string]int{}
	none := 0
	for _, c := range citationtest.Generate(3, 2000) {
		for _, name := range c.Spellings {
			seen[name]++
		}
		if len(c.Want) == 0 {
			none++
		}
	}
	citing, distracting := 0, 0
	for name := range seen {
		if strings.HasPrefix(name, "không viện dẫn: ") {
			distracting++
		} else {
			citing++
		}
	}
	if citing <= 40 || distracting < 15 {
		t.Errorf("%d spellings and %d kinds of distraction are too few: %v", citing, distracting, seen)
	}
	if none < 40 {
		t.Errorf("only %d paragraphs of 2000 cite nothing", none)
	}
	for _, name := range []string{
		"dấu rời NFD", "chữ Ð của phông cũ", "dấu cách không ngắt", "ngắt dòng giữa chừng", "gạch ngang dài", "dấu trừ thay gạch nối",
		"cách quanh gạch nối và gạch chéo", "ký hiệu địa phương lẫn kiểu", "loại và ký hiệu trái nhau", "HD.51.BTGTU", "Kết luận 72.TW",
		"CV 2303-CV/BTGTU", "các nghị quyết 18, 19-NQ/TW", "Chỉ thị 05 và Kết luận 01-KL/TW", "ngày bỏ trống", "thiếu năm", "tháng viết chữ",
		"ngày và cơ quan đứng trước", "dính chữ ngày", "luật và ngày", "luật và năm", "đề mục chữ hoa", "loại viết thường",
	} {
		if seen[name] < 5 {
			t.Errorf("%q appears %d times in 2000 paragraphs", name, seen[name])
		}
	}
}

func TestLicencesAndPlenumsAreNeverExpected(t *testing.T) {
	for _, c := range citationtest.Generate(5, 1000) {
		for _, w := range c.Want {
			if strings.Contains(w.Symbol, "GP-") || w.Type == "" && w.Symbol == "" {
				t.Errorf("%+v is no reference", w)
			}
		}
	}
}

func TestAPerfectReaderScoresFull(t *testing.T) {
	cases := citationtest.Generate(13, 300)
	s := citationtest.Measure(cases, perfect(cases))
	if s.Recall() != 1 || s.Precision() != 1 || s.Symbols.Ratio() != 1 || s.Dates.Ratio() != 1 || s.Issuers.Ratio() != 1 || s.Types.Ratio() != 1 || len(s.Misses) != 0 {
		t.Errorf("%s\n%s", s, strings.Join(s.Misses, "\n"))
	}
}

func TestWhatIsMissedOrInventedCosts(t *testing.T) {
	cases := citationtest.Generate(13, 300)
	whole := perfect(cases)
	s := citationtest.Measure(cases, func(text string) []citation.Reference {
		refs := slices.Clone(whole(text))
		if len(refs) > 0 {
			refs = refs[1:]
		}
		for i := range refs {
			refs[i].Date = calendar.On(1999, 1, 1)
		}
		return append(refs, citation.Reference{End: 5, Type: "Kế hoạch", Number: "1", Symbol: "1-KH/TU"})
	})
	if s.Recall() > 0.8 || s.Precision() > 0.8 || s.Dates.Good != 0 || s.Issuers.Ratio() != 1 || len(s.Misses) == 0 {
		t.Errorf("%s, %d misses", s, len(s.Misses))
	}
}

// perfect reads what the cases expect.
func perfect(cases []citationtest.Case) func(string) []citation.Reference {
	known := map[string][]citation.Reference{}
	for _, c := range cases {
		var refs []citation.Reference
		for _, w := range c.Want {
			r := citation.Reference{Start: w.Start, End: w.End, Type: w.Type, Number: w.Number, Symbol: w.Symbol, Issuer: w.Issuer, Term: w.Term}
			if w.Date != "" {
				r.Date, _ = calendar.ParseDate(w.Date)
			}
			refs = append(refs, r)
		}
		known[c.Text] = refs
	}
	return func(text string) []citation.Reference { return known[text] }
}

// squeeze leaves letters, digits and the signs of a symbol, in one spelling.
func squeeze(s string) string {
	s = oneSpelling.Replace(strings.ToLower(norm.NFC.String(s)))
	return strings.Map(func(c rune) rune {
		if unicode.IsSpace(c) {
			return -1
		}
		return c
	}, s)
}

var oneSpelling = strings.NewReplacer("–", "-", "−", "-", "‑", "-", "‐", "-", "ð", "đ", "uỷ", "ủy", "hoá", "hóa", "khoá", "khóa", "hoà", "hòa")

// suffix is what an item of a list shares with the last of it: "-NQ/TW".
func suffix(w citationtest.Expected) string {
	return squeeze(strings.TrimPrefix(w.Symbol, w.Number))
}
