package official

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"giaoban/official/officialtest"
)

func TestTheCorpusOfFiles(t *testing.T) {
	tried, found := 0, 0
	look := func(name string, data []byte) Examined {
		got, err := SecretMarkInFile(t.Context(), name, bytes.NewReader(data), int64(len(data)))
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		return got
	}
	for text, want := range map[string]string{"MẬT": Confidential, "TỐI MẬT": Secret, "HỎA TỐC - MẬT": Confidential} {
		for name, data := range officialtest.Places(text) {
			if tried++; look(name, data).Level == want {
				found++
			} else {
				t.Errorf("%q in %s is not found: %q", text, name, look(name, data).Level)
			}
		}
	}
	for name, data := range officialtest.Capitals {
		if tried++; look(name, data).Level != "" {
			found++
		} else {
			t.Errorf("%s: letters shown as capitals are not found", name)
		}
	}
	refused := 0
	innocent := make(map[string][]byte)
	for name, data := range officialtest.InnocentFiles {
		innocent[name] = data
	}
	for i, text := range []string{"Báo cáo quý I", "Bảo mật thông tin", "bí mật nhà nước", "Mật độ dân số"} {
		for name, data := range officialtest.Places(text) {
			innocent[fmt.Sprint(i, " ", name)] = data
		}
	}
	for name, data := range innocent {
		if level := look(name, data).Level; level != "" {
			refused++
			t.Errorf("%s is taken for %s", name, level)
		}
	}
	t.Logf("marked files found %d of %d, innocent files refused %d of %d", found, tried, refused, len(innocent))
}

func TestAScanIsToldFromAText(t *testing.T) {
	picture := "\x89PNG\r\n\x1a\n...."
	long := strings.Repeat("chữ trên trang ", 10)
	for name, c := range map[string]struct {
		data  string
		pages []string
		blind bool
	}{
		"photo.png":   {picture, nil, true},
		"scan.pdf":    {"%PDF-1.4 /Subtype /Image", []string{"\f\f"}, true},
		"mixed.pdf":   {"%PDF-1.4 /Subtype /Image", []string{long + "\f" + "\f" + long + "\f"}, true},
		"text.pdf":    {"%PDF-1.4", []string{long + "\f" + long + "\f"}, false},
		"logo.pdf":    {"%PDF-1.4 /Subtype /Image", []string{long + "\f"}, false},
		"drawn.pdf":   {"%PDF-1.4", []string{"\f"}, true},
		"scan.docx":   {string(zipOf(t, "word/document.xml", fmt.Sprintf(w, ""), "word/media/image1.png", picture)), nil, true},
		"report.docx": {string(officialtest.Word("", "word/media/image1.png", picture)), nil, false},
		"table.csv":   {"a,b\n1,2\n", nil, false},
	} {
		got, err := SecretMarkInFile(t.Context(), name, strings.NewReader(c.data), int64(len(c.data)), c.pages...)
		if err != nil || got.Blind != c.blind {
			t.Errorf("%s: blind %v, %v; want %v", name, got.Blind, err, c.blind)
		}
	}
}
