package main

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strings"
	"testing"

	"giaoban/record"
)

// hidden are verbs that no constant in the source tells: the value that a line of the journal is written with there.
var hidden = map[string][]string{
	"string(f.State)": {"accepted", "corrected"}, // archive: how a field was taken over
}

// Every verb that a room writes about a kind of record has its words, or the audit page would show a program's word to a
// person.
func TestEveryVerbOfTheRoomsHasItsWords(t *testing.T) {
	p, met := theProgram(t), 0
	for _, r := range p.rooms {
		for _, file := range r.files {
			for _, d := range file.Decls {
				ast.Inspect(d, func(n ast.Node) bool {
					call, ok := n.(*ast.CallExpr)
					if !ok {
						return true
					}
					if fn := r.called(call); fn == nil || r.name == "journal" || nameOf(fn) != "journal.Write" && nameOf(fn) != "journal.WritePrivate" {
						return true
					}
					at := p.fset.Position(call.Pos())
					verbs := hidden[types.ExprString(call.Args[2])]
					if verbs == nil {
						verbs = r.texts(d, call.Args[2])
					}
					kinds := p.kinds(r, call.Args[3])
					if len(verbs) == 0 || len(kinds) == 0 {
						t.Errorf("%s: which verb (%v) about which kind (%v) is written here cannot be read from the source", at, verbs, kinds)
					}
					for _, kind := range kinds {
						for _, verb := range verbs {
							met++
							if _, ok := record.Words(kind, verb); !ok {
								t.Errorf("%s writes “%s” about “%s”, which has no words: add it to the Verbs of %q in %s", at, verb, kind, kind, p.wordsOf(kind))
							}
						}
					}
					return true
				})
			}
		}
	}
	if met < 120 {
		t.Errorf("only %d verbs were found", met)
	}
}

// texts are the constants that an expression may be: itself, what its variable is set to, or what callers hand in.
func (r *roomSource) texts(within ast.Decl, x ast.Expr) (all []string) {
	if v := r.constantOf(x); v != "" {
		return []string{v}
	}
	if one, ok := ast.Unparen(x).(*ast.CallExpr); ok && len(one.Args) == 1 { // string(f.Kind): any of the kinds
		if of := r.fieldType(one.Args[0]); of != nil && of.Obj().Pkg() == r.types {
			for _, name := range r.types.Scope().Names() {
				if c, ok := r.types.Scope().Lookup(name).(*types.Const); ok && types.Identical(c.Type(), of) {
					all = append(all, constant.StringVal(c.Val()))
				}
			}
			return all
		}
	}
	switch x := ast.Unparen(x).(type) {
	case *ast.BinaryExpr:
		for _, before := range r.texts(within, x.X) {
			for _, after := range r.texts(within, x.Y) {
				all = append(all, before+after)
			}
		}
	case *ast.Ident:
		set := r.info.Uses[x]
		ast.Inspect(within, func(n ast.Node) bool {
			if n, ok := n.(*ast.AssignStmt); ok && len(n.Lhs) == len(n.Rhs) {
				for i, to := range n.Lhs {
					if to, ok := to.(*ast.Ident); ok && (r.info.Defs[to] == set || r.info.Uses[to] == set) {
						all = append(all, r.texts(within, n.Rhs[i])...)
					}
				}
			}
			return true
		})
		if d, ok := within.(*ast.FuncDecl); ok && len(all) == 0 {
			fn := r.info.Defs[d.Name].(*types.Func)
			for i := range fn.Signature().Params().Len() {
				if fn.Signature().Params().At(i) == set {
					all = append(all, r.handed(fn, i)...)
				}
			}
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// fieldType is the named type of a field, nil for any other expression.
func (r *roomSource) fieldType(x ast.Expr) *types.Named {
	field, ok := ast.Unparen(x).(*ast.SelectorExpr)
	if !ok || r.info.Selections[field] == nil {
		return nil
	}
	of, _ := r.info.Selections[field].Type().(*types.Named)
	return of
}

// handed are the constants that the room's own calls give a function's parameter.
func (r *roomSource) handed(fn *types.Func, param int) (all []string) {
	for _, file := range r.files {
		for _, d := range file.Decls {
			ast.Inspect(d, func(n ast.Node) bool {
				if call, ok := n.(*ast.CallExpr); ok && r.called(call) == fn {
					all = append(all, r.texts(d, call.Args[param])...)
				}
				return true
			})
		}
	}
	return all
}

func (r *roomSource) constantOf(x ast.Expr) string {
	if id, ok := ast.Unparen(x).(*ast.Ident); ok {
		if c, ok := r.info.Uses[id].(*types.Const); ok && c.Val().Kind() == constant.String {
			return constant.StringVal(c.Val())
		}
	}
	if lit, ok := ast.Unparen(x).(*ast.BasicLit); ok && lit.Kind == token.STRING {
		return strings.Trim(lit.Value, `"`)
	}
	return ""
}

// kinds are the words of the records that a subject may be: a literal's own, or those of the function that makes it. A
// kind that is handed in belongs to whoever hands it in; the verb must then be one of all kinds.
func (p *program) kinds(r *roomSource, subject ast.Expr) (all []string) {
	switch x := ast.Unparen(subject).(type) {
	case *ast.CompositeLit:
		for _, e := range x.Elts {
			if field, ok := e.(*ast.KeyValueExpr); ok && types.ExprString(field.Key) == "Kind" {
				if kind := r.constantOf(field.Value); kind != "" {
					return []string{kind}
				}
				return []string{""}
			}
		}
	case *ast.CallExpr:
		made := r.called(x)
		for _, from := range p.rooms {
			for _, file := range from.files {
				for _, d := range file.Decls {
					if d, ok := d.(*ast.FuncDecl); ok && made != nil && from.info.Defs[d.Name] == made {
						ast.Inspect(d, func(n ast.Node) bool {
							if back, ok := n.(*ast.ReturnStmt); ok {
								all = append(all, p.kinds(from, back.Results[0])...)
							}
							return true
						})
					}
				}
			}
		}
	}
	return all
}

// wordsOf is the file of record in which a kind stands, or where a new one may be added.
func (p *program) wordsOf(kind string) string {
	for _, r := range p.rooms {
		for _, file := range r.files {
			found := false
			if r.name == "record" {
				ast.Inspect(file, func(n ast.Node) bool {
					lit, ok := n.(*ast.BasicLit)
					found = found || ok && lit.Value == `"`+kind+`"`
					return !found
				})
			}
			if found {
				name := p.fset.Position(file.Pos()).Filename
				return name[strings.LastIndex(name, "record/"):]
			}
		}
	}
	return "one of the lists of record/"
}
