package review_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// planned are the statements that write what reviews are planned from (wanted): a row of the register, or its level, type,
// symbol, date or end. Whether a document was replaced is read with the review and needs nobody to follow.
var planned = regexp.MustCompile(`(?s)^"directive"$|insert into directive\b|update directive\b.*\b(level|type|symbol|date|valid_to) = `)

// Whoever calls a verb of the register that changes what reviews are planned from calls review.Follow after it, in the same
// function; and nobody but the register writes its rows.
func TestNobodyChangesTheRegisterWithoutItsReviewsFollowing(t *testing.T) {
	verbs := changing(t)
	if want := []string{"Record", "Revise"}; !slices.Equal(verbs, want) {
		t.Errorf("the verbs that change a document are %v, not %v: do their callers let the reviews follow?", verbs, want)
	}
	callers := 0
	for _, f := range sources(t, "..") {
		if f.Name.Name == "directive" || f.Name.Name == "review" {
			continue
		}
		for _, decl := range f.Decls {
			changed, followed := token.NoPos, token.NoPos
			ast.Inspect(decl, func(n ast.Node) bool {
				if s, ok := n.(*ast.BasicLit); ok && planned.MatchString(strings.Trim(s.Value, "`")) && s.Value != `"directive"` {
					t.Errorf("%s writes the register's rows: %s", f.Name.Name, s.Value)
				}
				if s, ok := n.(*ast.SelectorExpr); ok {
					switch x, _ := s.X.(*ast.Ident); {
					case x == nil:
					case x.Name == "directive" && slices.Contains(verbs, s.Sel.Name):
						changed = s.Pos()
						callers++
					case x.Name == "review" && s.Sel.Name == "Follow":
						followed = s.Pos()
					}
				}
				return true
			})
			if fn, ok := decl.(*ast.FuncDecl); ok && changed > followed {
				t.Errorf("%s.%s changes a document and does not call review.Follow after it", f.Name.Name, fn.Name.Name)
			}
		}
	}
	if callers < 5 {
		t.Errorf("found only %d calls that change a document: this test no longer sees the doors", callers)
	}
}

// changing are the exported functions of the register that reach a statement which reviews follow from.
func changing(t *testing.T) (verbs []string) {
	calls, writes := make(map[string][]string), make(map[string]bool)
	for _, f := range sources(t, "../directive") {
		var imported []string
		for _, i := range f.Imports {
			imported = append(imported, path.Base(strings.Trim(i.Path.Value, `"`)))
		}
		for _, decl := range f.Decls {
			fn, ok := decl.(*ast.FuncDecl)
			if !ok {
				continue
			}
			name := fn.Name.Name
			ast.Inspect(fn, func(n ast.Node) bool {
				call, ok := n.(*ast.CallExpr)
				if !ok {
					return true
				}
				switch called := call.Fun.(type) {
				case *ast.Ident:
					calls[name] = append(calls[name], called.Name)
				case *ast.SelectorExpr:
					if x, _ := called.X.(*ast.Ident); x == nil || !slices.Contains(imported, x.Name) {
						calls[name] = append(calls[name], called.Sel.Name) // a method
					}
					if len(call.Args) == 0 || called.Sel.Name != "Exec" && called.Sel.Name != "Insert" {
						break
					}
					if text, ok := call.Args[0].(*ast.BasicLit); ok && planned.MatchString(strings.Trim(text.Value, "`")) {
						writes[name] = true
					}
				}
				return true
			})
		}
	}
	for name := range calls {
		if ast.IsExported(name) && reaches(name, calls, writes, make(map[string]bool)) {
			verbs = append(verbs, name)
		}
	}
	slices.Sort(verbs)
	return verbs
}

func reaches(name string, calls map[string][]string, writes, seen map[string]bool) bool {
	if seen[name] {
		return false
	}
	seen[name] = true
	return writes[name] || slices.ContainsFunc(calls[name], func(called string) bool { return reaches(called, calls, writes, seen) })
}

// sources are the parsed files below a folder, without tests.
func sources(t *testing.T, folder string) (files []*ast.File) {
	t.Helper()
	if err := filepath.WalkDir(folder, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return err
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		files = append(files, f)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return files
}
