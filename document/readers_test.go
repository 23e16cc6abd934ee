package document

import (
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"giaoban/internal/fault"
)

// sample is a file of the corpus on which the readers are measured: a trap, or one made to break them.
type sample struct {
	name, file string
	want       string // of a trap
	content    func() []byte
}

// corpus is every file of the tests of this room.
func corpus(t *testing.T) (all []sample) {
	t.Helper()
	for _, traps := range [][]trap{wordTraps(), lettersTraps(), plainTraps(), bookTraps(t), pageTraps(), portalTraps(), pdfTraps(), otherTraps()} {
		for _, c := range traps {
			all = append(all, sample{c.name, c.file, c.want, func() []byte { return c.content }})
		}
	}
	for _, c := range hostileFiles(t) {
		all = append(all, sample{name: c.name, file: c.file, content: c.content})
	}
	return append(all, sample{name: "bảng tính to gần hết mức: 390.000 ô", file: "a.xlsx", content: func() []byte { return nearlyFull(t) }})
}

// nearlyFull is about the largest workbook that is read.
func nearlyFull(t *testing.T) []byte {
	var b strings.Builder
	for i := range 39_000 {
		fmt.Fprintf(&b, `<row r="%d">`, i+1)
		for j := range 10 {
			fmt.Fprintf(&b, `<c r="%c%d"><v>%d</v></c>`, 'A'+j, i+1, i*j)
		}
		b.WriteString("</row>")
	}
	return sheetWith(t, "<sheetData>"+b.String()+"</sheetData>")
}

// measured is what tools/readers is told of one sample.
type measured struct {
	Name, File   string
	Hostile      bool
	Bytes        int
	Words, Lost  int
	Blocks       int
	Milliseconds int64
	Processor    int64  // milliseconds of it
	Peak         int64  // KiB of memory of the process that read it
	Refused      string // the sentence
}

// The table in docs/readers.md has a row for each file of the corpus and no other. go run ./tools/readers writes it anew: it
// starts this test once to make the files and once for each file, so that each is measured by itself.
func TestTheTableOfReadersIsTheCorpus(t *testing.T) {
	all := corpus(t)
	if dir := os.Getenv("READERS"); dir != "" {
		if at := os.Getenv("READERS_FILE"); at != "" {
			i, err := strconv.Atoi(at)
			if err != nil {
				t.Fatal(err)
			}
			measure(t, dir, i, all[i])
			return
		}
		for i, c := range all {
			if err := os.WriteFile(fmt.Sprintf("%s/%d", dir, i), c.content(), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		return
	}
	text, err := os.ReadFile("../docs/readers.md")
	if err != nil {
		t.Fatal(err)
	}
	rows := make(map[string]int)
	for line := range strings.Lines(string(text)) {
		if cells := strings.Split(line, " | "); len(cells) > 2 && strings.HasPrefix(line, "| ") {
			rows[strings.TrimPrefix(cells[0], "| ")]++
		}
	}
	for _, c := range all {
		if rows[c.name]--; rows[c.name] < 0 {
			t.Errorf("docs/readers.md has no row “%s”; go run ./tools/readers writes it", c.name)
		}
	}
	for name, n := range rows {
		if n > 0 && name != "Tệp" {
			t.Errorf("docs/readers.md has a row “%s” and the corpus no such file", name)
		}
	}
}

// measure reads one file as everybody's files are read, and writes down what that cost.
func measure(t *testing.T, dir string, i int, c sample) {
	path := fmt.Sprintf("%s/%d", dir, i)
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	m := measured{Name: c.name, File: c.file, Hostile: c.want == "", Bytes: len(content)}
	begin := time.Now()
	d, err := Read(t.Context(), c.file, content)
	m.Milliseconds = time.Since(begin).Milliseconds()
	if err != nil {
		if fault.Of(err) == nil {
			t.Fatal(err)
		}
		m.Refused = err.Error()
	}
	m.Blocks = len(d.Blocks)
	m.Words, m.Lost = wordsLost(c.want, shown(d))
	var children syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_CHILDREN, &children); err != nil {
		t.Fatal(err)
	}
	m.Processor = (children.Utime.Nano() + children.Stime.Nano()) / int64(time.Millisecond)
	m.Peak = children.Maxrss
	said, err := json.Marshal(m)
	if err == nil {
		err = os.WriteFile(path+".json", said, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}
