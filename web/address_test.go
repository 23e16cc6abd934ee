package web_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"giaoban/web"
)

// Where a record is shown is the pages' to say: no text of a room below the doors begins as a page's address does.
func TestNoRoomBelowTheDoorsKnowsAnAddress(t *testing.T) {
	first := make(map[string]bool)
	for _, r := range web.Routes() {
		segment, _, _ := strings.Cut(r.Path[1:], "/")
		first[segment] = true
	}
	for _, file := range filesBelowTheDoors(t) {
		files := token.NewFileSet()
		parsed, err := parser.ParseFile(files, file, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(parsed, func(n ast.Node) bool {
			literal, ok := n.(*ast.BasicLit)
			if !ok || literal.Kind != token.STRING {
				return true
			}
			text, _ := strconv.Unquote(literal.Value)
			if rest, ok := strings.CutPrefix(text, "/"); ok {
				if end := strings.IndexAny(rest, "/?#"); end >= 0 {
					rest = rest[:end]
				}
				if first[rest] {
					t.Errorf("%s: %s is a page's address: keep kind and id, the doors make the address (web/address.go)",
						files.Position(literal.Pos()), literal.Value)
				}
			}
			return true
		})
	}
}

// filesBelowTheDoors are the program's own files in every room that the pages stand on.
func filesBelowTheDoors(t *testing.T) (all []string) {
	out, err := exec.Command("go", "list", "-f", `{{.ImportPath}} {{.Dir}} {{join .GoFiles " "}}`, "giaoban/...").Output()
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(out)) {
		parts := strings.Fields(line)
		room, _, _ := strings.Cut(strings.TrimPrefix(parts[0], "giaoban/"), "/")
		switch room {
		case "giaoban", "web", "api", "cli", "tools":
			continue
		}
		for _, name := range parts[2:] {
			all = append(all, filepath.Join(parts[1], name))
		}
	}
	if len(all) < 100 {
		t.Fatalf("only %d files were found below the doors", len(all))
	}
	return all
}
