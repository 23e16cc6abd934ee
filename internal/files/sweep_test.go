package files_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"giaoban/internal/files"
)

func TestOnlyWhatNobodyBroughtLatelyIsDropped(t *testing.T) {
	dir := t.TempDir()
	s, err := files.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	keep := func(text string) string {
		t.Helper()
		stored, err := s.Keep(strings.NewReader(text), 1000)
		if err != nil {
			t.Fatal(err)
		}
		return stored.SHA256
	}
	yesterday, old, again, fresh := time.Now().Add(-24*time.Hour), keep("cũ"), keep("gửi lại"), keep("mới")
	for _, sum := range []string{old, again} {
		past := time.Now().Add(-48 * time.Hour)
		if err := os.Chtimes(filepath.Join(dir, sum[:2], sum), past, past); err != nil {
			t.Fatal(err)
		}
	}
	list, err := s.Old(yesterday)
	if slices.Sort(list); err != nil || len(list) != 2 || slices.Contains(list, fresh) {
		t.Fatalf("old are %v (%v)", list, err)
	}
	keep("gửi lại") // between the listing and the dropping
	for _, sum := range list {
		if dropped, err := s.Drop(sum, yesterday); err != nil || dropped != (sum == old) {
			t.Errorf("%s dropped: %v (%v)", sum, dropped, err)
		}
	}
	if _, err := s.Reader(again); err != nil {
		t.Error("content brought again is gone")
	}
	if _, err := s.Reader(old); err == nil {
		t.Error("the orphan is still there")
	}
}
