package files_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"giaoban/internal/fault"
	"giaoban/internal/files"
)

func open(t *testing.T) (*files.Store, string) {
	t.Helper()
	dir := t.TempDir()
	s, err := files.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	return s, dir
}

// onDisk lists the kept files, whatever their folder.
func onDisk(t *testing.T, dir string) (names []string) {
	t.Helper()
	if err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			names = append(names, e.Name())
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return names
}

func TestWhatIsKeptIsReadBackUnderItsDigest(t *testing.T) {
	s, dir := open(t)
	text := "Báo cáo quý I năm 2022\n"
	kept, err := s.Keep(strings.NewReader(text), 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256([]byte(text))
	if kept.SHA256 != hex.EncodeToString(sum[:]) || kept.Size != int64(len(text)) || kept.Kind != files.Text || kept.Known {
		t.Errorf("%+v", kept)
	}
	again, err := files.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	f, err := again.Reader(kept.SHA256)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if got, _ := io.ReadAll(f); string(got) != text {
		t.Errorf("%q", got)
	}
	if second, err := again.Keep(strings.NewReader(text), 1<<20); err != nil || !second.Known {
		t.Errorf("%+v %v", second, err)
	}
	if err := again.Remove(kept.SHA256); err != nil || len(onDisk(t, dir)) != 1 {
		t.Errorf("a file taken earlier was removed (%v)", err)
	}
}

func TestAFileOverTheLimitLeavesNothing(t *testing.T) {
	s, dir := open(t)
	_, err := s.Keep(strings.NewReader(strings.Repeat("a", 1001)), 1000)
	if !fault.Is(err, fault.KindTooLarge) || len(onDisk(t, dir)) != 0 {
		t.Errorf("%v, left %v", err, onDisk(t, dir))
	}
	if _, err := s.Keep(strings.NewReader(strings.Repeat("a", 1000)), 1000); err != nil {
		t.Error(err)
	}
}

func TestABrokenUploadLeavesNothing(t *testing.T) {
	s, dir := open(t)
	torn := errors.New("đứt")
	if _, err := s.Keep(io.MultiReader(strings.NewReader("nửa"), failing{torn}), 1000); !errors.Is(err, torn) {
		t.Error(err)
	}
	if left := onDisk(t, dir); len(left) != 0 {
		t.Error(left)
	}
	left := filepath.Join(dir, "incoming", "cũ")
	if err := os.WriteFile(left, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := files.Open(dir); err != nil || len(onDisk(t, dir)) != 1 {
		t.Errorf("what is arriving at another process is gone: %v (%v)", onDisk(t, dir), err)
	}
	past := time.Now().Add(-2 * time.Hour)
	if err := os.Chtimes(left, past, past); err != nil {
		t.Fatal(err)
	}
	if _, err := files.Open(dir); err != nil || len(onDisk(t, dir)) != 0 {
		t.Errorf("after a crash %v is left (%v)", onDisk(t, dir), err)
	}
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

// Two people send the same content, one of them under a name that is refused: the other's file stays. When both are
// refused nothing is left, in whichever order it happens.
func TestRefusedContentGoesOnlyWithItsLastKeeper(t *testing.T) {
	s, dir := open(t)
	keep := func() files.Stored {
		k, err := s.Keep(strings.NewReader("cùng một nội dung"), 1000)
		if err != nil {
			t.Fatal(err)
		}
		return k
	}
	a, b := keep(), keep()
	s.Remove(a.SHA256)
	if len(onDisk(t, dir)) != 1 {
		t.Fatal("the accepted file is gone")
	}
	s.Remove(b.SHA256)
	if len(onDisk(t, dir)) != 0 {
		t.Fatal("a refused file is left")
	}
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			k := keep()
			if k.Known {
				t.Error("content of this process passed for old")
			}
			if err := s.Remove(k.SHA256); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if len(onDisk(t, dir)) != 0 {
		t.Error("a refused file is left")
	}
}

func TestOnlyDigestsReachTheFileSystem(t *testing.T) {
	s, _ := open(t)
	for _, name := range []string{"", "../../etc/passwd", strings.Repeat("A", 64), strings.Repeat("../", 21) + "a", strings.Repeat("a", 64)} {
		if _, err := s.Reader(name); !fault.Is(err, fault.KindMissing) {
			t.Errorf("%q: %v", name, err)
		}
		if err := s.Remove(name); err != nil {
			t.Errorf("%q: %v", name, err)
		}
	}
}

func TestKindIsFoundInTheContent(t *testing.T) {
	for want, data := range map[string]string{
		files.PDF:                  "%PDF-1.7\n1 0 obj\n",
		files.PNG:                  "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
		files.JPEG:                 "\xff\xd8\xff\xe0\x00\x10JFIF",
		files.OLE:                  "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 600),
		files.Text:                 "Sở Y tế",
		"application/x-empty":      "",
		"text/html":                "<html><script>1</script>",
		"image/svg+xml":            `<svg xmlns="http://www.w3.org/2000/svg"/>`,
		"application/zip":          "PK\x03\x04",
		"application/octet-stream": "\x00\x01\x02\x03\xfe",
	} {
		got, err := files.KindOf(bytes.NewReader([]byte(data)), int64(len(data)))
		if err != nil || got != want {
			t.Errorf("%q: %s (%v), want %s", data, got, err, want)
		}
	}
}
