package library_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"giaoban/internal/fault"
	"giaoban/library"
)

// hostile are files made to cost the one who looks at them time or memory. The names say by what.
func hostile() map[string]func() []byte {
	const mega = 1 << 20
	streams := func(n int, body string) []byte {
		var b strings.Builder
		b.WriteString("%PDF-1.7\n")
		for i := range n {
			fmt.Fprintf(&b, "%d 0 obj<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream endobj\n", i, len(body), body)
		}
		return []byte(b.String())
	}
	noise := func() []byte {
		b := make([]byte, 40*mega)
		random := rand.New(rand.NewPCG(1, 2))
		for i := range b {
			b[i] = byte(random.Uint32())
		}
		return b
	}
	xml := func(content string) []byte { return word("x", part{"word/a.xml", content}) }
	billion := `<!DOCTYPE l [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><l>&c;</l>`
	return map[string]func() []byte{
		"nested.docx":        func() []byte { return xml(strings.Repeat("<a>", 10*mega)) },
		"nested closed.docx": func() []byte { return xml(strings.Repeat("<a><b></b></a>", 4*mega)) },
		"attributes.docx":    func() []byte { return xml("<a " + strings.Repeat(`b="&#7852;" `, 4*mega) + "/>") },
		"many tags.docx": func() []byte {
			return xml(strings.Repeat(`<w:p w:a="Mật"><w:r><w:t>mật &amp; Mật</w:t></w:r></w:p>`, mega))
		},
		"one attribute.docx":    func() []byte { return xml(`<a b="` + strings.Repeat("Mậ", 10*mega) + `"/>`) },
		"one text.docx":         func() []byte { return xml("<w:p><w:t>" + strings.Repeat("Mậ ", 20*mega) + "</w:t></w:p>") },
		"entities.docx":         func() []byte { return xml("<w:p><w:t>" + strings.Repeat("&#7852;", 10*mega) + "</w:t></w:p>") },
		"a billion laughs.docx": func() []byte { return xml(billion) },
		"late laughs.docx":      func() []byte { return xml(strings.Repeat(" ", 8192) + billion) },
		"comments.docx":         func() []byte { return xml(strings.Repeat("<!-- -- -->", 10*mega)) },
		"bomb.docx":             func() []byte { return bomb(false) },
		"lying bomb.docx":       func() []byte { return bomb(true) },
		"crowd.docx":            func() []byte { return crowded() },
		"files in files.docx": func() []byte {
			return word("x", part{"word/embeddings/a.docx", string(word("x", part{"word/embeddings/a.docx", string(word("x", part{"word/embeddings/a.docx", string(word("x", part{"word/embeddings/a.docx", string(word("x"))}))}))}))})
		},
		"bombs inside.docx": func() []byte { return word("x", part{"word/embeddings/a.docx", string(bomb(false))}) },
		"rows.xlsx": func() []byte {
			return packed(part{"[Content_Types].xml", typesOf}, part{"xl/workbook.xml", "<w/>"}, part{"xl/worksheets/sheet1.xml", "<s>" + strings.Repeat(`<row><c r="A1"><v>12.5</v></c></row>`, 3*mega) + "</s>"})
		},
		"small streams.pdf": func() []byte { return streams(700_000, deflated("")) },
		"texts.pdf":         func() []byte { return streams(40, deflated(strings.Repeat("BT (M\\341) Tj [(a)(b)] TJ ET\n", mega/4))) },
		"zeros.pdf":         func() []byte { return streams(100, deflated(strings.Repeat("\x00", 8*mega))) },
		"brackets.pdf":      func() []byte { return append([]byte("%PDF-1.7\n"), bytes.Repeat([]byte("[(<"), 8*mega)...) },
		"open strings.pdf":  func() []byte { return append([]byte("%PDF-1.7\n"), bytes.Repeat([]byte("(\\"), 8*mega)...) },
		"dictionaries.pdf": func() []byte {
			return append([]byte("%PDF-1.7\n"), bytes.Repeat([]byte("1 0 obj<</A/B>>endobj\n"), mega)...)
		},
		"object streams.pdf": func() []byte { return streams(2000, "/ObjStm "+deflated(strings.Repeat("/A ", mega))) },
		"streams no end.pdf": func() []byte { return append([]byte("%PDF-1.7\n"), bytes.Repeat([]byte("stream\nm"), 4*mega)...) },
		"noise.pdf":          func() []byte { return append([]byte("%PDF-1.7\n"), noise()...) },
		"pages.pdf":          func() []byte { return manyPages(20_000) },
		"words.txt":          func() []byte { return []byte(strings.Repeat("BÁO CÁO Mật\nsố liệu mật ", mega/4)) },
		"one line.txt":       func() []byte { return []byte(strings.Repeat("Mật ", 8*mega)) },
		"letters.txt":        func() []byte { return []byte(strings.Repeat("M ", 16*mega)) },
		"page.txt":           func() []byte { return []byte("<" + strings.Repeat("<p class=a style=b>mật", mega)) },
		"cells.csv":          func() []byte { return []byte(strings.Repeat("Mật;độ,\"x\"\n", 3*mega)) },
	}
}

func manyPages(n int) []byte {
	objects := []string{"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count " + fmt.Sprint(n) + " /Kids [" + strings.Repeat("3 0 R ", n) + "] >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>", "<< /Length 3 >>\nstream\nq Q\nendstream"}
	return pdf(objects...)
}

// growth watches how much the heap grows while it runs.
func growth(run func()) uint64 {
	var before, now runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	var peak atomic.Uint64
	done, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		for {
			select {
			case <-done:
				return
			case <-time.After(5 * time.Millisecond):
				runtime.ReadMemStats(&now)
				if now.HeapInuse > peak.Load() {
					peak.Store(now.HeapInuse)
				}
			}
		}
	}()
	run()
	close(done)
	<-stopped
	return (max(peak.Load(), before.HeapInuse) - before.HeapInuse) >> 20
}

func TestAHostileFileCostsLittle(t *testing.T) {
	if testing.Short() {
		t.Skip("measures memory for half a minute")
	}
	s := store(t)
	for name, made := range hostile() {
		stored, err := s.Keep(bytes.NewReader(made()), 64<<20)
		if err != nil {
			t.Fatal(name, err)
		}
		f, err := s.Reader(stored.SHA256)
		if err != nil {
			t.Fatal(err)
		}
		var took time.Duration
		mega := growth(func() {
			start := time.Now()
			err = library.Refuse(t.Context(), name, stored, f)
			took = time.Since(start)
		})
		f.Close()
		t.Logf("%-24s %3d MB: %v, %d MB, %v", name, stored.Size>>20, took.Round(time.Millisecond), mega, err)
		if err != nil && fault.Of(err) == nil {
			t.Errorf("%s: %v is no fault", name, err)
		}
		if took > 2*time.Second {
			t.Errorf("%s took %v", name, took)
		}
		if mega > 100 {
			t.Errorf("%s took %d MB", name, mega)
		}
	}
}

func TestWhoeverWaitsTooLongIsTold(t *testing.T) {
	release := library.Occupy()
	defer release()
	s := store(t)
	stored, err := s.Keep(strings.NewReader("Họp lúc 8 giờ."), 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	f, err := s.Reader(stored.SHA256)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := library.Refuse(t.Context(), "a.txt", stored, f); !fault.Is(err, fault.KindBusy) {
		t.Errorf("with two files under way: %v", err)
	}
}

func TestWithoutAReaderNoPDFIsTaken(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	s := store(t)
	for name, data := range map[string][]byte{"ban ky.pdf": page("ABC DEF"), "thuong.pdf": page("IMT")} {
		if err := entrance(t, s, name, data); !fault.Is(err, fault.KindInvalid) || !strings.Contains(err.Error(), "pdftotext") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := entrance(t, s, "a.docx", word("Kết quả công tác")); err != nil {
		t.Errorf("a Word file needs no such reader: %v", err)
	}
}
