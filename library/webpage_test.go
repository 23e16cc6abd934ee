package library_test

import (
	"strings"
	"testing"

	"giaoban/internal/fault"
	"giaoban/library"
)

func TestSavedPagesAreTakenOnlyAsOldFiles(t *testing.T) {
	page := `<!DOCTYPE html><html><head><title>Bài</title><script>alert(1)</script></head><body><p>Nội dung bài.</p></body></html>`
	for _, c := range []struct {
		name, data string
		taken      bool
	}{
		{"bai.html", page, true},
		{"bai.HTM", "<!-- saved from url -->\n" + page, true},
		{"bai.txt", "Hội nghị giao ban", true},
		{"bai.html", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", false},
		{"bai.html", "PK\x03\x04", false},
		{"bai.html", "", false},
		{"bai.exe", page, false},
		{"bai.txt", page, false}, // whoever opens it goes by the ending
		{"bai.html", strings.Replace(page, "<p>Nội", "<p>TUYỆT MẬT</p>\n<p>Nội", 1), false},
	} {
		s := store(t)
		stored, err := s.Keep(strings.NewReader(c.data), 1<<20)
		if err != nil {
			t.Fatal(err)
		}
		f, err := s.Reader(stored.SHA256)
		if err != nil {
			t.Fatal(err)
		}
		err = library.RefuseOld(t.Context(), c.name, stored, f)
		if (err == nil) != c.taken || err != nil && fault.Of(err) == nil {
			t.Errorf("%s %.20q: %v", c.name, c.data, err)
		}
		if strings.HasSuffix(c.name, ".html") && library.Refuse(t.Context(), c.name, stored, f) == nil {
			t.Errorf("%s is taken as an attachment", c.name)
		}
		f.Close()
	}
}
