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

// Where a record is shown is the pages' to say: no text of a room below the doors begins as a page's address does, or as the rest of one.
func TestNoRoomBelowTheDoorsKnowsAnAddress(t *testing.T) {
	segments := make(map[string]bool)
	for _, r := range web.Routes() {
		for segment := range strings.SplitSeq(r.Path[1:], "/") {
			segments[segment] = true
		}
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
				if segments[rest] {
					t.Errorf("%s: %s is a page's address: keep kind and id, the doors make the address (web/address.go)",
						files.Position(literal.Pos()), literal.Value)
				}
			}
			return true
		})
	}
}

// A record has one page, which needs nothing but its id.
func TestARecordIsShownAtOnePlace(t *testing.T) {
	places := make(map[string]string)
	for _, r := range web.Routes() {
		if r.Name == "" {
			continue
		}
		if other, twice := places[r.Name]; twice {
			t.Errorf("%s and %s are both called %s: other pages lead to one of them", other, r.Path, r.Name)
		}
		places[r.Name] = r.Path
		if !strings.Contains(r.Name, "/") && (strings.Count(r.Path, "{") != 1 || !strings.HasSuffix(r.Path, "}")) {
			t.Errorf("%s shows a %s, but needs more than its id: declare /ho-so/%[2]s/{id} before it, which finds the rest and leads on", r.Path, r.Name)
		}
	}
	if got := web.Address("task", "m1"); got != "/nhiem-vu/m1" {
		t.Errorf("a task is shown at %q", got)
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
