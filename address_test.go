package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Nobody is called “bạn” by the program: it says “đồng chí” to those who work with it, and nothing of the kind on a page
// that anybody may open.
var (
	familiar = regexp.MustCompile(`(?i)(?:^|[^\p{L}])bạn(?:$|[^\p{L}])`)
	comrade  = regexp.MustCompile(`(?i)đồng chí`)
	asides   = regexp.MustCompile(`(?s){{/\*.*?\*/}}|<!--.*?-->|(?m:^\s*//.*$)`)
)

// public are the pages that show themselves to whoever comes.
var public = map[string]bool{"web/page/site/signin.html": true, "web/page/layout.html": true, "web/page/site/problem.html": true}

// misaddressed tells how words in a file address whoever reads them as they should not.
func misaddressed(file, words string) (wrong string) {
	switch {
	case familiar.MatchString(words):
		return "bạn"
	case public[file] && comrade.MatchString(words):
		return "đồng chí"
	}
	return ""
}

func TestThePagesAddressPeopleAsTheOfficeDoes(t *testing.T) {
	looked := make(map[string]int)
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			if d != nil && (d.Name() == "node_modules" || d.Name() == "testdata" || path == "tools" || path == "docs" || strings.HasPrefix(d.Name(), ".") && path != ".") {
				return filepath.SkipDir
			}
			return err
		}
		if path == "archive/propose_page.go" { // the furniture of other sites' pages, by which it is known
			return nil
		}
		kind := filepath.Ext(path)
		if strings.HasSuffix(path, "_test.go") || kind != ".go" && kind != ".html" && !strings.HasPrefix(path, "web/assets/js/") {
			return nil
		}
		source, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		looked[kind]++
		texts := []string{asides.ReplaceAllString(string(source), "")}
		if kind == ".go" {
			if texts, err = literals(path, source); err != nil {
				return err
			}
		}
		for _, text := range texts {
			if wrong := misaddressed(path, text); wrong != "" {
				t.Errorf("%s calls its reader “%s”: %.120q", path, wrong, text)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range []string{".go", ".html", ".js"} {
		if looked[kind] == 0 {
			t.Errorf("no %s was looked at", kind)
		}
	}
	for file, words := range map[string]string{"web/page/task/show.html": "phần bạn vừa gõ", "web/page/site/signin.html": "Mời đồng chí đăng nhập",
		"web/page/layout.html": "Bạn cần đăng nhập"} {
		if misaddressed(file, words) == "" {
			t.Errorf("%q in %s goes unseen", words, file)
		}
	}
	if wrong := misaddressed("web/page/task/show.html", "đồng chí; bản; bàn giao; Ban"); wrong != "" {
		t.Errorf("%q is found where it is not", wrong)
	}
}

// literals are the texts in a Go file.
func literals(path string, source []byte) (all []string, err error) {
	file, err := parser.ParseFile(token.NewFileSet(), path, source, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	ast.Inspect(file, func(n ast.Node) bool {
		if text, ok := n.(*ast.BasicLit); ok && text.Kind == token.STRING {
			all = append(all, text.Value)
		}
		return true
	})
	return all, nil
}
