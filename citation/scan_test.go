package citation

import (
	"os"
	"path/filepath"
	"testing"
)

func TestShow(t *testing.T) {
	names, _ := filepath.Glob("../../shared/seeds/*.txt")
	for _, n := range names {
		b, _ := os.ReadFile(n)
		for _, r := range Find(string(b)) {
			t.Logf("%s|%s|%s|%s|%s|%s|%v|%v\n   %q", r.Type, r.Number, r.Symbol, r.Date, r.Issuer, r.Term, r.Confidence, r.Notes, r.Text)
		}
	}
}
