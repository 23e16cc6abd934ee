package citation_test

import (
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"giaoban/citation"
	"giaoban/internal/citationtest"
)

// sound checks what must hold for the references of any text.
func sound(t *testing.T, text string, refs []citation.Reference) {
	t.Helper()
	past := 0
	for _, r := range refs {
		if r.Start < past || r.End <= r.Start || r.End > len(text) || r.Text != text[r.Start:r.End] {
			t.Fatalf("%q: %d–%d after %d, %q", text, r.Start, r.End, past, r.Text)
		}
		if utf8.ValidString(text) && !utf8.ValidString(r.Text) {
			t.Fatalf("%q cuts a letter: %q", text, r.Text)
		}
		if r.Confidence <= 0 || r.Confidence > 1 || strings.ContainsAny(r.Symbol, " \n\t") || r.Number == "" && r.Symbol != "" {
			t.Fatalf("%q: %+v", text, r)
		}
		past = r.End
	}
}

func FuzzFind(f *testing.F) {
	for _, c := range citationtest.Generate(1, 60) {
		f.Add(c.Text)
	}
	for _, s := range []string{"", "1-", "1/2020/", "HD.51.", "Luật 2016", "số 20-CT/TW ngày", "20-CT/TW của Ban Chỉ đạo a, b", "1-NQ/TW (ngày 5/5/2020 của", "các NQ 1, 2, 3-NQ/TW",
		"Luâ\u0323t Tre\u0309 em ngày 05/4/2016", "\xff20-CT/TW\xc2", "20-CT/TW của Bộ A, B và", "Ngày 1/1/2020, X ban hành CT 1-CT/TW", "1-A 1-A 1-A", "18, 19, 20-NQ/TW “x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		refs := citation.Find(text)
		sound(t, text, refs)
		if !reflect.DeepEqual(refs, citation.Find(text)) {
			t.Fatalf("%q is read in two ways", text)
		}
		for _, r := range refs {
			if k := citation.SymbolKey(r.Symbol); citation.SymbolKey(k) != k {
				t.Fatalf("the key of %q is not settled", r.Symbol)
			}
		}
	})
}
