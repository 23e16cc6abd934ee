package main

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"giaoban/citation"
	"giaoban/internal/citationtest"
)

// citing measures how fast references are found in running text, on one core, beside the least that reading it could
// cost: one pass over the same bytes that checks them as UTF-8.
func citing() {
	var b strings.Builder
	for _, c := range citationtest.Generate(20, 6000) {
		b.WriteString(c.Text)
		b.WriteString("\n")
	}
	text := b.String()
	found := 0
	var rates, raws []float64
	for range 2 * rounds {
		began := time.Now()
		found = len(citation.Find(text))
		ours := time.Since(began)
		began = time.Now()
		if !utf8.ValidString(text) || strings.Count(text, "số") == 0 {
			panic("the generator wrote something that is no text")
		}
		raw := time.Since(began)
		rates, raws = append(rates, megabytes(text, ours)), append(raws, megabytes(text, raw))
	}
	ours, raw := median(rates), median(raws)
	fmt.Printf("\nreferences in running text, %.1f MB holding %d of them, load %s\n", float64(len(text))/1e6, found, load())
	fmt.Printf(row, "", "ours MB/s", "", "", "raw MB/s", "", "", "ratio", "aim")
	fmt.Printf(row, "citation, one core", fmt.Sprintf("%.1f", ours), "", "", fmt.Sprintf("%.0f", raw), "", "", fmt.Sprintf("%.1f %%", 100*ours/raw), "≥ 20 MB/s")
}

func megabytes(text string, took time.Duration) float64 {
	return float64(len(text)) / 1e6 / took.Seconds()
}
