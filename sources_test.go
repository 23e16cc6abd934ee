package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"
)

var citedSource = regexp.MustCompile(`docs/sources/([\w.-]+\.md)`)

// A rule that names its source can be checked by the office, and a source that no rule names is no source.
func TestEverySourceIsThereAndIsCited(t *testing.T) {
	entries, err := os.ReadDir("docs/sources")
	if err != nil {
		t.Fatal(err)
	}
	cited := map[string]bool{}
	if err := filepath.WalkDir(".", func(name string, e os.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case e.IsDir() && (e.Name() == ".git" || e.Name() == "node_modules" || e.Name() == "bin"):
			return filepath.SkipDir
		case name == "sources_test.go" || !slices.Contains([]string{".go", ".sql", ".html", ".js", ".css"}, filepath.Ext(name)):
			return nil
		}
		text, err := os.ReadFile(name)
		for _, found := range citedSource.FindAllSubmatch(text, -1) {
			source := string(found[1])
			cited[source] = true
			if !slices.ContainsFunc(entries, func(e os.DirEntry) bool { return e.Name() == source }) {
				t.Errorf("%s cites docs/sources/%s, which is not there", name, source)
			}
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !cited[e.Name()] {
			t.Errorf("docs/sources/%s is cited nowhere in the code", e.Name())
		}
	}
}
