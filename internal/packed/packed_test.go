package packed_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"runtime"
	"testing"

	"giaoban/internal/packed"
)

func of(t *testing.T, parts int) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := range parts {
		if _, err := z.Create(fmt.Sprint(i)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestACrowdOfPartsIsRefusedBeforeItIsRead(t *testing.T) {
	few := of(t, 1000)
	z, err := packed.Open(bytes.NewReader(few), int64(len(few)))
	if err != nil || len(z.File) != 1000 {
		t.Fatalf("a thousand parts: %v", err)
	}
	crowd := of(t, 20_000)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if _, err := packed.Open(bytes.NewReader(crowd), int64(len(crowd))); !errors.Is(err, packed.ErrCrowded) {
		t.Errorf("a crowd: %v", err)
	}
	runtime.ReadMemStats(&after)
	if taken := (after.TotalAlloc - before.TotalAlloc) >> 20; taken > 2 {
		t.Errorf("the crowd took %d MB", taken)
	}
}
