package main

import (
	"encoding/json"
	"errors"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

// roomSource is a room as the compiler sees it, without its tests.
type roomSource struct {
	name  string // as in rooms
	files []*ast.File
	types *types.Package
	info  *types.Info
}

// program is the whole program as the compiler sees it: the rooms in the order of their imports.
type program struct {
	fset  *token.FileSet
	rooms []*roomSource
}

// readProgram reads the sources that go list names, and takes the types of others from what the compiler left of them.
var readProgram = sync.OnceValues(func() (*program, error) {
	cmd := exec.Command("go", "list", "-export", "-deps", "-json=ImportPath,Dir,GoFiles,Export,Standard", "./...")
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, err
	}
	p := &program{fset: token.NewFileSet()}
	exports, ours := map[string]string{}, map[string]*types.Package{}
	others := importer.ForCompiler(p.fset, "gc", func(path string) (io.ReadCloser, error) { return os.Open(exports[path]) })
	find := importing(func(path string) (*types.Package, error) {
		if found := ours[path]; found != nil {
			return found, nil
		}
		return others.Import(path)
	})
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var listed struct {
			ImportPath, Dir, Export string
			GoFiles                 []string
		}
		if err := d.Decode(&listed); errors.Is(err, io.EOF) {
			return p, nil
		} else if err != nil {
			return nil, err
		}
		name := room(listed.ImportPath)
		if name != "." && name == listed.ImportPath { // not of this module
			exports[listed.ImportPath] = listed.Export
			continue
		}
		r := &roomSource{name: name, info: &types.Info{Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
			Selections: map[*ast.SelectorExpr]*types.Selection{}, Types: map[ast.Expr]types.TypeAndValue{}}}
		for _, file := range listed.GoFiles {
			parsed, err := parser.ParseFile(p.fset, filepath.Join(listed.Dir, file), nil, parser.ParseComments|parser.SkipObjectResolution)
			if err != nil {
				return nil, err
			}
			r.files = append(r.files, parsed)
		}
		if r.types, err = (&types.Config{Importer: find}).Check(listed.ImportPath, p.fset, r.files, r.info); err != nil {
			return nil, err
		}
		ours[listed.ImportPath] = r.types
		p.rooms = append(p.rooms, r)
	}
})

type importing func(path string) (*types.Package, error)

func (i importing) Import(path string) (*types.Package, error) { return i(path) }

// theProgram is the program for one test.
func theProgram(t *testing.T) *program {
	t.Helper()
	p, err := readProgram()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// working are the rooms of the office and of the work, between the ground and the doors.
func (p *program) working() []*roomSource {
	from, to := slices.Index(rooms, "journal"), slices.Index(rooms, "desk")
	return slices.DeleteFunc(slices.Clone(p.rooms), func(r *roomSource) bool {
		at := slices.Index(rooms, r.name)
		return at < from || at > to
	})
}
