package main

import (
	"go/ast"
	"go/constant"
	"regexp"
	"strings"
	"testing"
)

// Every pattern of the rooms is compiled when it is first used and not at every start; so that a wrong one is not found
// only then, each is a constant and compiles here.
func TestEveryPatternIsCompiledOnUseAndCompiles(t *testing.T) {
	p, err := readProgram()
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, r := range p.rooms {
		if r.name == "internal/pattern" || r.name == "web/browser" || strings.HasPrefix(r.name, "tools") || strings.HasSuffix(r.name, "test") {
			continue
		}
		for _, file := range r.files {
			ast.Inspect(file, func(n ast.Node) bool {
				call, ok := n.(*ast.CallExpr)
				if !ok {
					return true
				}
				of, ok := call.Fun.(*ast.SelectorExpr)
				if !ok || r.info.Uses[of.Sel] == nil || r.info.Uses[of.Sel].Pkg() == nil {
					return true
				}
				at := p.fset.Position(call.Pos())
				switch r.info.Uses[of.Sel].Pkg().Path() + "." + of.Sel.Name {
				case "regexp.MustCompile", "regexp.Compile":
					t.Errorf("%s: a pattern that is compiled at once: make it with pattern.Of", at)
				case "giaoban/internal/pattern.Of":
					seen++
					text := r.info.Types[call.Args[0]].Value
					if text == nil {
						t.Errorf("%s: the pattern is no constant, so no test compiles it", at)
						return true
					}
					_, err := regexp.Compile(constant.StringVal(text))
					if err != nil {
						t.Errorf("%s: %v", at, err)
					}
				}
				return true
			})
		}
	}
	if seen < 50 {
		t.Errorf("%d patterns seen, fewer than there are", seen)
	}
}
