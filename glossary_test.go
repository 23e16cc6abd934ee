package main

import (
	"go/types"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
)

// word is one row of the glossary.
type word struct {
	said   string
	code   string // how it is called in the code
	not    string // how it is not called
	called []string
}

var (
	quoted  = regexp.MustCompile("`([^`]+)`")
	english = regexp.MustCompile(`^[A-Za-z][A-Za-z -]*$`)
)

func glossary(t *testing.T) (all []word) {
	t.Helper()
	text, err := os.ReadFile("docs/glossary.md")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		cells := strings.Split(strings.TrimSpace(line), "|")
		if len(cells) != 5 || strings.HasPrefix(cells[1], "--") || strings.Contains(cells[2], "Trong mã") {
			continue
		}
		w := word{said: strings.TrimSpace(cells[1]), code: cells[2], not: cells[3]}
		for _, found := range quoted.FindAllStringSubmatch(cells[2], -1) {
			w.called = append(w.called, found[1], found[1][strings.LastIndex(found[1], ".")+1:])
		}
		all = append(all, w)
	}
	if len(all) < 100 {
		t.Fatalf("docs/glossary.md has %d rows that can be read", len(all))
	}
	return all
}

// Every room has its word, and so has what a room keeps and the lists of values it knows. A name made of such words
// (ReviewState) needs no row of its own; an argument or a drawing for one page is no word of the field.
func TestWhatARoomKeepsStandsInTheGlossary(t *testing.T) {
	called := map[string]bool{}
	for _, w := range glossary(t) {
		for _, name := range w.called {
			called[name] = true
		}
	}
	known := func(name string) bool {
		return called[name] || !slices.ContainsFunc(partsOf(name), func(part string) bool { return !called[part] })
	}
	for _, r := range theProgram(t).worded() {
		for _, name := range r.types.Scope().Names() {
			kept, ok := r.types.Scope().Lookup(name).(*types.TypeName)
			if ok && kept.Exported() && r.keeps(kept) && !called[r.name+"."+name] && !known(name) && unsaid[spaced(name)] == "" {
				t.Errorf("%s.%s stands not in docs/glossary.md", r.name, name)
			}
		}
	}
}

// keeps reports whether a type is a thing with a key or a row, or a list of values with names.
func (r *roomSource) keeps(name *types.TypeName) bool {
	switch of := name.Type().Underlying().(type) {
	case *types.Struct:
		for i := range of.NumFields() {
			if of.Field(i).Name() == "ID" || strings.Contains(of.Tag(i), "db:") {
				return true
			}
		}
	case *types.Basic:
		for _, other := range r.types.Scope().Names() {
			if c, ok := r.types.Scope().Lookup(other).(*types.Const); ok && types.Identical(c.Type(), name.Type()) {
				return true
			}
		}
	}
	return false
}

// partsOf cuts a name at its capital letters.
func partsOf(name string) (parts []string) {
	for _, c := range name {
		if unicode.IsUpper(c) || len(parts) == 0 {
			parts = append(parts, "")
		}
		parts[len(parts)-1] += string(c)
	}
	return parts
}

// worded are the rooms that speak the office's words: all but what lies below the floor, the doors and the tests.
func (p *program) worded() []*roomSource {
	from, to := slices.Index(rooms, "calendar"), slices.Index(rooms, "desk")
	return slices.DeleteFunc(slices.Clone(p.rooms), func(r *roomSource) bool {
		at := slices.Index(rooms, r.name)
		return at < from || at > to || strings.HasSuffix(r.name, "test")
	})
}

// unsaid is how long a forbidden word may still be in the code, and why.
var unsaid = map[string]string{}

// A word that the office does not use for a thing names nothing that one room shows to another. A word with an aside,
// "document (là nội dung)", has another meaning, and a word that the glossary gives to something else is that thing's.
func TestNoExportedNameSaysAForbiddenWord(t *testing.T) {
	var given []string
	forbidden, used := map[string]word{}, map[string]bool{}
	for _, w := range glossary(t) {
		for _, name := range w.called {
			given = append(given, spaced(name))
		}
		for not := range strings.SplitSeq(w.not, ",") {
			if not = strings.TrimSpace(not); english.MatchString(not) {
				forbidden[strings.ToLower(not)] = w
			}
		}
	}
	for _, r := range theProgram(t).worded() {
		for _, name := range r.shown() {
			said := " " + spaced(name[strings.LastIndex(name, ".")+1:]) + " "
			for not, w := range forbidden {
				if !strings.Contains(said, " "+not+" ") || slices.ContainsFunc(given, func(g string) bool {
					return strings.Contains(" "+g+" ", " "+not+" ") && strings.Contains(said, " "+g+" ")
				}) {
					continue
				}
				if used[not] = true; unsaid[not] == "" {
					t.Errorf("%s.%s says %q, which docs/glossary.md does not call %s", r.name, name, not, w.said)
				}
			}
		}
	}
	for not := range unsaid {
		if !used[not] {
			t.Errorf("nothing says %q any longer: take it out of unsaid", not)
		}
	}
}

// spaced is a name as words: "report state" for ReportState.
func spaced(name string) string { return strings.ToLower(strings.Join(partsOf(name), " ")) }

// shown are the names by which other rooms know what is here: Type, Type.Field, Type.Method, Function.
func (r *roomSource) shown() (all []string) {
	for _, name := range r.types.Scope().Names() {
		o := r.types.Scope().Lookup(name)
		if !o.Exported() {
			continue
		}
		all = append(all, name)
		named, ok := o.Type().(*types.Named)
		if _, isType := o.(*types.TypeName); !ok || !isType {
			continue
		}
		for m := range named.Methods() {
			if m.Exported() {
				all = append(all, name+"."+m.Name())
			}
		}
		if of, ok := named.Underlying().(*types.Struct); ok {
			for f := range of.Fields() {
				if f.Exported() && !f.Embedded() {
					all = append(all, name+"."+f.Name())
				}
			}
		}
	}
	return all
}
