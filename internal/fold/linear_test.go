package fold_test

import (
	"strings"
	"testing"
	"time"

	"giaoban/internal/fold"
)

func TestAHostileTextCostsNoMoreThanItsLength(t *testing.T) {
	for _, unit := range []string{"\u0323\u0302\u0301", "Ð", "Ðð ", "\r", "\xff", "각", "ệ", "1", "я", " -", "\u0344", "\u1100"} {
		s := strings.Repeat(unit, 1<<18/len(unit))
		start := time.Now()
		fold.Fold(s)
		fold.Clean(s)
		fold.SortKey(s)
		if d := time.Since(start); d > 2*time.Second {
			t.Errorf("%q × %d: %v", unit, len(s)/len(unit), d)
		}
	}
}
