package official

import (
	"bufio"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// corpus reads the lines of a file in testdata/secrecy, \n and \u undone.
func corpus(t testing.TB, name string) (all []string) {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", "secrecy", name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		if line := lines.Text(); line != "" && !strings.HasPrefix(line, "#") {
			text, err := strconv.Unquote(`"` + strings.ReplaceAll(line, `"`, `\"`) + `"`)
			if err != nil {
				t.Fatalf("%s: %q: %v", name, line, err)
			}
			all = append(all, text)
		}
	}
	return all
}

func TestTheCorpusOfMarks(t *testing.T) {
	marked := corpus(t, "marked.txt")
	found := 0
	for _, line := range marked {
		degree, text, _ := strings.Cut(line, "=")
		want := map[string]string{"1": Confidential, "2": Secret, "3": TopSecret}[degree]
		if got, _ := SecretMark(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
			continue
		}
		found++
	}
	innocent := corpus(t, "innocent.txt")
	refused := 0
	for _, text := range innocent {
		if level, is := SecretMark(text); is {
			refused++
			t.Errorf("%q is taken for %q", text, level)
		}
	}
	t.Logf("marks found %d of %d, innocent texts refused %d of %d", found, len(marked), refused, len(innocent))
	if len(marked) < 120 || len(innocent) < 200 {
		t.Errorf("the corpus has shrunk: %d marked, %d innocent", len(marked), len(innocent))
	}
}

// TestOurOwnTextsAreInnocent reads what nobody wrote for this test: the documentation, the pages, the sentences.
func TestOurOwnTextsAreInnocent(t *testing.T) {
	read := 0
	for _, pattern := range []string{"../docs/guide/*.md", "../docs/sources/*.md", "../CHANGELOG.md", "../README.vi.md", "../archive/testdata/*.txt", "../citation/testdata/*.txt"} {
		names, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			read++
			if level, found := SecretMark(string(text)); found {
				t.Errorf("%s is taken for %s", name, level)
			}
		}
	}
	if read < 5 {
		t.Errorf("only %d texts were read", read)
	}
}
