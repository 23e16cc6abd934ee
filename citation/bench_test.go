package citation_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"giaoban/citation"
	"giaoban/citation/citationtest"
)

// pagesOf gives about size bytes of running text.
func pagesOf(size int) string {
	var b strings.Builder
	for seed := int64(1); b.Len() < size; seed = seed%5 + 1 {
		for _, c := range citationtest.Generate(seed, 200) {
			b.WriteString(c.Text)
			b.WriteString("\n\n")
		}
	}
	return b.String()
}

func BenchmarkFindInDensePages(b *testing.B) {
	text := pagesOf(2 << 20)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		citation.Find(text)
	}
}

func BenchmarkFindInSeeds(b *testing.B) {
	names, _ := filepath.Glob("../../shared/seeds/*.txt")
	var text strings.Builder
	for _, n := range names {
		body, err := os.ReadFile(n)
		if err != nil {
			b.Fatal(err)
		}
		text.Write(body)
	}
	if text.Len() == 0 {
		b.Skip("Không có các trang mẫu thật ở đây.")
	}
	all := strings.Repeat(text.String(), 50)
	b.SetBytes(int64(len(all)))
	for b.Loop() {
		citation.Find(all)
	}
}
