package main

import (
	"go/ast"
	"go/types"
	"maps"
	"slices"
	"strings"
	"testing"
)

// unasked are the exported functions that take an Actor and rightly do not ask what it may do. This list may only shrink.
var unasked = map[string]string{
	"journal.Write":        "it writes down who did what another room has let them do",
	"journal.WritePrivate": "the same, with a part that only the subject's readers see",
	"journal.Deny":         "it writes down that the actor was refused",
	"library.Attach":       "the room whose subject it is has asked; here the actor must see the file",
	"directive.Mention":    "whoever may write a text makes its mentions; only Nobody is turned away",
	"directive.MentionAll": "the same for many texts",
	"people.SignOut":       "everybody ends the own session, and the query ends no other",
	"task.Record.Mine":     "it picks the actor's own side out of a task that was read with leave",
	"desk.For":             "it chooses by role what to ask; each room is asked with the actor, which its builder keeps",
}

// Who may do a thing is asked in the room that does it, not at a door: an exported function that is given an Actor asks
// it, or hands it to one that does; and one that writes has asked for more than leave to read.
func TestWhoIsGivenAnActorAsksIt(t *testing.T) {
	p := theProgram(t)
	given, met := givenActors(p), map[string]bool{}
	for _, r := range p.working() {
		for _, fn := range r.exported() {
			name := nameOf(fn)
			has := given[fn]
			if has == nil {
				continue
			}
			met[name] = true
			wrong := ""
			switch {
			case has.asks == 0:
				wrong = "never asks it what it may do"
			case has.writes && has.asks&more == 0:
				wrong = "writes and has asked for leave to read only"
			}
			reason := unasked[name]
			if wrong != "" && reason == "" {
				t.Errorf("%s is given an Actor and %s", name, wrong)
			}
			if wrong == "" && reason != "" {
				t.Errorf("%s asks its Actor: take it out of unasked", name)
			}
		}
	}
	for name := range unasked {
		if !met[name] {
			t.Errorf("no function %s is given an Actor: take it out of unasked", name)
		}
	}
}

type asked byte

const (
	narrowed asked = 1 << iota // it narrowed what it reads, or asked for leave to read
	more                       // it asked for an act that is more than reading
)

// takes is what a function does with the Actor it is given.
type takes struct {
	actors  []types.Object // its parameters that are Actors
	asks    asked
	writes  bool
	handsTo []*types.Func // given the Actor
	calls   []*types.Func // whatever it calls
}

// givenActors tells what every function that is given an Actor does with it, itself or by those it hands it to.
func givenActors(p *program) map[*types.Func]*takes {
	every := map[*types.Func]*takes{}
	for _, r := range p.rooms {
		for _, file := range r.files {
			for _, d := range file.Decls {
				if d, ok := d.(*ast.FuncDecl); ok && d.Body != nil {
					fn := r.info.Defs[d.Name].(*types.Func)
					every[fn] = r.reads(d, fn)
				}
			}
		}
	}
	for changed := true; changed; {
		changed = false
		for _, does := range every {
			before := *does
			for _, fn := range does.handsTo {
				if to := every[fn]; to != nil {
					does.asks |= to.asks
				}
			}
			for _, fn := range does.calls {
				if to := every[fn]; to != nil {
					does.writes = does.writes || to.writes
				}
			}
			changed = changed || before.asks != does.asks || before.writes != does.writes
		}
	}
	maps.DeleteFunc(every, func(_ *types.Func, does *takes) bool { return len(does.actors) == 0 })
	return every
}

// reads takes down what one function does.
func (r *roomSource) reads(d *ast.FuncDecl, fn *types.Func) *takes {
	does := &takes{}
	sign := fn.Signature()
	for at := range sign.Params().Len() {
		if isActor(sign.Params().At(at).Type()) {
			does.actors = append(does.actors, sign.Params().At(at))
		}
	}
	ast.Inspect(d.Body, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		called := r.called(call)
		if called == nil {
			return true
		}
		does.calls = append(does.calls, called)
		switch name := nameOf(called); {
		case name == "db.Tx.Insert", name == "db.Tx.Exec":
			does.writes = true
		case name == "access.Actor.May", name == "access.Actor.Can":
			if r.isGiven(does, call.Fun.(*ast.SelectorExpr).X) {
				does.asks |= leave(call.Args[0])
			}
		case name == "access.Actor.Sees", name == "access.Actor.Narrow":
			if r.isGiven(does, call.Fun.(*ast.SelectorExpr).X) {
				does.asks |= narrowed
			}
		case strings.HasPrefix(name, "journal."):
		default:
			if slices.ContainsFunc(call.Args, func(arg ast.Expr) bool { return r.isGiven(does, arg) }) {
				does.handsTo = append(does.handsTo, called)
			}
		}
		return true
	})
	return does
}

// leave tells what an act lets one do, by its name in the table of authority.
func leave(act ast.Expr) asked {
	if named, ok := act.(*ast.SelectorExpr); ok && strings.HasPrefix(named.Sel.Name, "Read") {
		return narrowed
	}
	return narrowed | more
}

func (r *roomSource) called(call *ast.CallExpr) *types.Func {
	var id *ast.Ident
	switch fun := ast.Unparen(call.Fun).(type) {
	case *ast.Ident:
		id = fun
	case *ast.SelectorExpr:
		id = fun.Sel
	case *ast.IndexExpr: // with a type argument
		if fun, ok := fun.X.(*ast.Ident); ok {
			id = fun
		}
	}
	if id == nil {
		return nil
	}
	fn, _ := r.info.Uses[id].(*types.Func)
	if fn != nil {
		return fn.Origin()
	}
	return nil
}

// isGiven reports whether an expression is the Actor that the function was given.
func (r *roomSource) isGiven(does *takes, x ast.Expr) bool {
	id, ok := x.(*ast.Ident)
	return ok && slices.Contains(does.actors, r.info.Uses[id])
}

func isActor(t types.Type) bool {
	named, ok := t.(*types.Named)
	return ok && named.Obj().Name() == "Actor" && named.Obj().Pkg() != nil && named.Obj().Pkg().Name() == "access"
}

// exported are the functions and methods that other rooms can call.
func (r *roomSource) exported() (all []*types.Func) {
	for _, file := range r.files {
		for _, d := range file.Decls {
			if d, ok := d.(*ast.FuncDecl); ok && d.Name.IsExported() {
				all = append(all, r.info.Defs[d.Name].(*types.Func))
			}
		}
	}
	return all
}

// nameOf is how people say a function: room.Function or room.Type.Method.
func nameOf(fn *types.Func) string {
	name := fn.Name()
	if receiver := fn.Signature().Recv(); receiver != nil {
		t := receiver.Type()
		if pointer, ok := t.(*types.Pointer); ok {
			t = pointer.Elem()
		}
		if named, ok := t.(*types.Named); ok {
			name = named.Obj().Name() + "." + name
		}
	}
	if fn.Pkg() != nil {
		name = fn.Pkg().Name() + "." + name
	}
	return name
}
