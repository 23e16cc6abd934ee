package official

import (
	"os"
	"path/filepath"
	"testing"

	"giaoban/official/officialtest"
)

func TestTheCorpusOfMarks(t *testing.T) {
	marked := officialtest.MarkedTexts()
	found := 0
	for _, m := range marked {
		want := []string{Confidential, Secret, TopSecret}[m.Degree-1]
		if got, _ := SecretMark(m.Text); got != want {
			t.Errorf("%q: %q, want %q", m.Text, got, want)
			continue
		}
		found++
	}
	innocent := officialtest.InnocentTexts()
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
