package child_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"giaoban/internal/child"
)

func run(t *testing.T, l child.Limits, script string) (string, error, error) {
	t.Helper()
	l.Program = "sh"
	printed, failed, err := child.Output(t.Context(), l, "-c", script)
	return string(printed), failed, err
}

func TestAReaderThatFailsFailsAlone(t *testing.T) {
	calm := child.Limits{Memory: 400_000, CPU: 5, Time: 5 * time.Second, Output: 1 << 20}
	if printed, failed, err := run(t, calm, "echo một; exit 3"); printed != "một\n" || failed == nil || err != nil {
		t.Errorf("what was printed before the fault is kept: %q %v %v", printed, failed, err)
	}
	short := calm
	short.Output = 10
	if printed, _, err := run(t, short, "yes"); printed != "y\ny\ny\ny\ny\n" || err != nil {
		t.Errorf("ten bytes and no more: %q %v", printed, err)
	}
	slow := calm
	slow.Time = 100 * time.Millisecond
	if _, _, err := run(t, slow, "sleep 5"); !errors.Is(err, child.ErrSlow) {
		t.Errorf("too slow: %v", err)
	}
	small := calm
	small.Memory = 60_000 // soon full, also where memory is slow to come by
	if _, failed, err := run(t, small, `x=x; while :; do x="$x$x"; done`); failed == nil || err != nil {
		t.Errorf("memory without bound must fail the reader: %v %v", failed, err)
	}
	if printed, _, _ := run(t, calm, "env"); strings.Contains(printed, "HOME=") {
		t.Errorf("it must learn nothing of our surroundings: %s", printed)
	}
	calm.Program = "khong-co-chuong-trinh-nay"
	if _, _, err := child.Output(t.Context(), calm); !errors.Is(err, child.ErrAbsent) {
		t.Errorf("absent: %v", err)
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	calm.Program = "sh"
	if _, _, err := child.Output(gone, calm, "-c", "sleep 5"); !errors.Is(err, context.Canceled) {
		t.Errorf("nobody waits: %v", err)
	}
}
