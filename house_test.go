package main

import (
	"fmt"
	"go/doc"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const (
	house      = "docs/house.md"
	houseBegin = "<!-- rooms: UPDATE=1 go test -run House . -->\n"
	houseEnd   = "<!-- end of rooms -->\n"
)

// The list of rooms in docs/house.md is what the compiler sees, and the functions it tells of are there.
func TestTheHouseIsAsItIsDrawn(t *testing.T) {
	p := theProgram(t)
	text, err := os.ReadFile(house)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, found := strings.Cut(string(text), houseBegin)
	_, after, ended := strings.Cut(rest, houseEnd)
	if !found || !ended {
		t.Fatalf("%s lacks the lines %q and %q", house, houseBegin, houseEnd)
	}
	want := before + houseBegin + p.drawn() + houseEnd + after
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(house, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if want != string(text) {
		t.Errorf("%s no longer shows who imports whom: run UPDATE=1 go test -run House .", house)
	}
	there := make(map[string]bool)
	for _, r := range p.rooms {
		for _, o := range r.info.Defs {
			if o != nil && o.Parent() == r.types.Scope() {
				there[r.name+"."+o.Name()] = true
			}
		}
	}
	for _, said := range regexp.MustCompile("`([a-z]+\\.[A-Za-z]+)`").FindAllStringSubmatch(before+after, -1) {
		if !there[said[1]] && !strings.HasSuffix(said[1], ".go") && !strings.HasSuffix(said[1], ".md") {
			t.Errorf("%s tells of %s, which is not there", house, said[1])
		}
	}
}

// drawn is a row for each room: what it is, and the rooms it knows.
func (p *program) drawn() string {
	var b strings.Builder
	b.WriteString("| room | what it is | knows |\n|---|---|---|\n")
	for _, name := range rooms {
		at := slices.IndexFunc(p.rooms, func(r *roomSource) bool { return r.name == name })
		if at < 0 || name == "." {
			continue
		}
		r := p.rooms[at]
		about := ""
		for _, f := range r.files {
			if f.Doc != nil {
				about = new(doc.Package).Synopsis(f.Doc.Text())
			}
		}
		about = regexp.MustCompile(`^Package \w+ `).ReplaceAllString(about, "")
		var knows []string
		for _, i := range r.types.Imports() {
			if known := room(i.Path()); known != i.Path() {
				knows = append(knows, strings.TrimPrefix(known, "internal/"))
			}
		}
		slices.SortFunc(knows, func(a, b string) int { return rank(a) - rank(b) })
		fmt.Fprintf(&b, "| `%s` | %s | %s |\n", name, strings.ReplaceAll(about, "|", "/"), strings.Join(knows, " "))
	}
	return b.String()
}

func rank(name string) int {
	return max(slices.Index(rooms, name), slices.Index(rooms, "internal/"+name))
}
