// Readers measures the readers of files on the whole corpus of their tests, each file in a process of its own, and how long
// the page and the server are busy with a table of 200 × 20 cells that is pasted; it writes docs/readers.md.
//
//	go run ./tools/readers
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"time"
)

// measured is what document's test writes of one file.
type measured struct {
	Name, File   string
	Hostile      bool
	Bytes        int
	Words, Lost  int
	Blocks       int
	Milliseconds int64
	Processor    int64 // milliseconds of it
	Peak         int64 // KiB
	Refused      string
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "readers:", err)
		os.Exit(1)
	}
}

func run() error {
	dir, err := os.MkdirTemp("", "giaoban-readers")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	all, err := read(dir)
	if err != nil {
		return err
	}
	pasted, err := paste()
	if err != nil {
		return err
	}
	return os.WriteFile("docs/readers.md", []byte(page(all, pasted)), 0o644)
}

// read lets the test of the readers make its files, and read them one by one.
func read(dir string) (all []measured, err error) {
	program := filepath.Join(dir, "document.test")
	if out, err := exec.Command("go", "test", "-c", "-o", program, "./document").CombinedOutput(); err != nil {
		return nil, fmt.Errorf("%w: %s", err, out)
	}
	test := func(file string) error {
		cmd := exec.Command(program, "-test.run", "^TestTheTableOfReadersIsTheCorpus$", "-test.timeout", "5m")
		cmd.Dir, cmd.Env = "document", append(os.Environ(), "READERS="+dir, "READERS_FILE="+file)
		if out, err := cmd.CombinedOutput(); err != nil {
			return fmt.Errorf("%w: %s", err, out)
		}
		return nil
	}
	if err := test(""); err != nil {
		return nil, err
	}
	for i := 0; ; i++ {
		path := filepath.Join(dir, fmt.Sprint(i))
		if _, err := os.Stat(path); err != nil {
			return all, nil
		}
		if err := test(fmt.Sprint(i)); err != nil {
			return nil, err
		}
		said, err := os.ReadFile(path + ".json")
		if err != nil {
			return nil, err
		}
		var m measured
		if err := json.Unmarshal(said, &m); err != nil {
			return nil, err
		}
		all = append(all, m)
	}
}

// pasted is how long a table of 200 × 20 cells takes on its two ways, as the tests print it.
type pasted struct{ page, server time.Duration }

func paste() (p pasted, err error) {
	if p.page, err = best(`dán 200 × 20 ô mất ([0-9.]+m?s)`, "./web/browser", "TestTwoHundredRowsByTwentyArePastedAtOnce"); err == nil {
		p.server, err = best(`4000 cells: ([0-9.]+m?s)`, "./report", "TestATableOfFourThousandCellsIsReadInHalfASecond")
	}
	return p, err
}

// times is how often the paste is measured; the shortest counts, since what else the machine does only adds to it.
const times = 5

func best(pattern, room, test string) (shortest time.Duration, err error) {
	out, err := exec.Command("go", "test", "-count", fmt.Sprint(times), "-v", "-run", "^"+test+"$", room).CombinedOutput()
	if err != nil {
		return 0, fmt.Errorf("%s: %w: %s", test, err, out)
	}
	for _, found := range regexp.MustCompile(pattern).FindAllSubmatch(out, -1) {
		took, err := time.ParseDuration(string(found[1]))
		if err != nil {
			return 0, err
		}
		if shortest == 0 || took < shortest {
			shortest = took
		}
	}
	if shortest == 0 {
		return 0, fmt.Errorf("%s told no time: %s", test, out)
	}
	return shortest, nil
}

func page(all []measured, p pasted) string {
	var traps, hostile strings.Builder
	files, words, lost, refused, slowest, largest := 0, 0, 0, 0, measured{}, measured{}
	for _, m := range all {
		if m.Milliseconds > slowest.Milliseconds && m.Hostile {
			slowest = m
		}
		if m.Peak > largest.Peak && m.Hostile {
			largest = m
		}
		if !m.Hostile {
			files, words, lost = files+1, words+m.Words, lost+m.Lost
			fmt.Fprintf(&traps, "| %s | %s | %d | %d | %d | %d | %d | %d |\n", m.Name, kind(m), m.Bytes, m.Words, m.Lost, m.Milliseconds, m.Processor, m.Peak>>10)
			continue
		}
		what := fmt.Sprintf("đọc được %d khối", m.Blocks)
		if m.Refused != "" {
			refused++
			what = "từ chối: " + strings.ReplaceAll(m.Refused, "|", " ")
		}
		fmt.Fprintf(&hostile, "| %s | %s | %d | %d | %d | %d | %s |\n", m.Name, kind(m), m.Bytes, m.Milliseconds, m.Processor, m.Peak>>10, what)
	}
	return fmt.Sprintf(`# Bộ đọc tệp, đo trên mọi tệp của bài thử

Lệnh `+"`go run ./tools/readers`"+` ghi trang này. Mỗi tệp đọc trong một tiến trình riêng, như tệp người dùng gửi; thời gian tính từ lúc
giao tệp tới lúc có kết quả, gồm cả việc mở tiến trình, và bên cạnh là số mili giây bộ xử lý thật sự làm; bộ nhớ là mức cao nhất của tiến trình con (với PDF và RTF gồm cả pdftotext,
LibreOffice). Số đo tùy máy và tùy việc khác máy đang làm: lần ghi này là %s, %d bộ xử lý, tải %s. Bài thử giữ cho các hàng đúng
là các tệp, không giữ số đo.

## Dán từ Excel

Dán 200 × 20 ô vào bảng trên trang (Chromium): trang bận %d mili giây. Máy chủ đọc, đối chiếu và xét 4.000 ô ấy: %d mili giây. Mỗi số là
lần ngắn nhất trong %d lần; mức đặt ra là 500 mili giây.

## Các loại tệp và chỗ dễ sai

%d tệp, %d từ phải đọc được, mất %d từ.

| Tệp | Loại | Byte | Từ | Mất | Mili giây | Bộ xử lý | MB |
|---|---|---:|---:|---:|---:|---:|---:|
%s
## Tệp cố ý làm hỏng bộ đọc

%d tệp, từ chối %d. Lâu nhất %d mili giây (%s), nhiều bộ nhớ nhất %d MB (%s); mức cho phép: 30 giây, 500 MB.

| Tệp | Loại | Byte | Mili giây | Bộ xử lý | MB | Kết quả |
|---|---|---:|---:|---:|---:|---|
%s`, runtime.Version(), runtime.NumCPU(), load(), p.page.Milliseconds(), p.server.Milliseconds(), times, files, words, lost, &traps,
		len(all)-files, refused, slowest.Milliseconds, slowest.Name, largest.Peak>>10, largest.Name, &hostile)
}

func kind(m measured) string { return strings.TrimPrefix(filepath.Ext(m.File), ".") }

// load is how many programs want a processor at once, where the system tells it.
func load() string {
	text, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "không rõ"
	}
	first, _, _ := strings.Cut(string(text), " ")
	return strings.Replace(first, ".", ",", 1)
}
