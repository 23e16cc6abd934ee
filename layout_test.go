package main

import (
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// rooms from the ground up: a room imports only rooms before it. Doors may use every room but not each other, except
// cli, which opens them all. Below the floor stands what follows here; the rooms stand in the order in which the headings of
// docs/glossary.md name them.
var rooms = append(strings.Fields(`
	internal/spare internal/fault internal/id internal/pattern internal/fold internal/decimal internal/db internal/packed internal/table internal/files internal/entrance internal/child internal/markup schema`),
	append(namedRooms(), ".")...)

func namedRooms() (names []string) {
	text, _ := os.ReadFile("docs/glossary.md") // without it no room is in the list, and every test of rooms says so
	for _, heading := range regexp.MustCompile("(?m)^## .*`.*").FindAllString(string(text), -1) {
		for _, name := range regexp.MustCompile("`([a-z]+)`").FindAllStringSubmatch(heading, -1) {
			if name[1] != "schema" {
				names = append(names, name[1])
			}
		}
	}
	return names
}

func TestARoomKnowsOnlyTheRoomsBeforeIt(t *testing.T) {
	out, err := exec.Command("go", "list", "-f", `{{.ImportPath}} {{join .Imports " "}}`, "./...").Output()
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(out)) {
		packages := strings.Fields(line)
		name := room(packages[0])
		if strings.HasPrefix(name, "tools/") || name == "web/browser" || strings.HasSuffix(name, "test") {
			continue // they build, look at or try the program, they are not part of it
		}
		at := slices.Index(rooms, name)
		if at < 0 {
			t.Errorf("%s is not in the list of rooms: name it in a heading of docs/glossary.md, after the rooms it knows", name)
		}
		for _, imported := range packages[1:] {
			if !strings.HasPrefix(imported, "giaoban") {
				continue
			}
			if below := slices.Index(rooms, room(imported)); below >= at || below < 0 {
				t.Errorf("%s may not import %s", name, room(imported))
			}
			if name == "api" && room(imported) == "web" {
				t.Errorf("%s may not import %s", name, room(imported))
			}
		}
	}
}

// What writes texts to be measured and provinces to be tried stands beside the program, not in it.
func TestTheProgramHoldsNothingOfItsTests(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", ".").Output()
	if err != nil {
		t.Fatal(err)
	}
	for path := range strings.Lines(string(out)) {
		path = strings.TrimSpace(path)
		if path == "testing" || path != room(path) && strings.HasSuffix(path, "test") {
			t.Errorf("the program holds %s", path)
		}
	}
}

func room(importPath string) string {
	if importPath == "giaoban" {
		return "."
	}
	return strings.TrimPrefix(importPath, "giaoban/")
}
