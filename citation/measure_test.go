package citation_test

import (
	"testing"

	"giaoban/citation"
	"giaoban/internal/citationtest"
)

// The seeds here are those that the recogniser was made with; others are kept for measuring it.
func TestGeneratedPagesAreReadAsTheyWereMeant(t *testing.T) {
	for seed := int64(1); seed <= 5; seed++ {
		s := citationtest.Measure(citationtest.Generate(seed, 300), citation.Find)
		if s.Symbols.Ratio() < 0.97 || s.Recall() < 0.97 || s.Precision() < 0.97 || s.Dates.Ratio() < 0.95 || s.Issuers.Ratio() < 0.90 {
			t.Errorf("seed %d: %s\n%v", seed, s, s.Misses[:min(5, len(s.Misses))])
		}
	}
}
