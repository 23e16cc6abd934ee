package main

import (
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const guide = "docs/guide/add-a-room.md"

// A block of the guide: a new file, lines to add to a file, or commands.
type guideBlock struct{ language, file, text string }

func guideBlocks(t *testing.T) (all []guideBlock) {
	t.Helper()
	text, err := os.ReadFile(guide)
	if err != nil {
		t.Fatal(err)
	}
	for _, found := range regexp.MustCompile("(?ms)^```(\\w+)(?: (\\S+))?\n(.*?)^```$").FindAllStringSubmatch(string(text), -1) {
		all = append(all, guideBlock{found[1], strings.Replace(found[2], "NNNN", nextMigration(t), 1), found[3]})
	}
	if len(all) < 10 {
		t.Fatalf("%s has %d blocks that can be read", guide, len(all))
	}
	return all
}

// nextMigration is the number that the next change of the tables takes.
func nextMigration(t *testing.T) string {
	t.Helper()
	files, err := filepath.Glob("schema/[0-9][0-9][0-9][0-9]_*.sql")
	if err != nil || len(files) == 0 {
		t.Fatalf("schema has %d migrations: %v", len(files), err)
	}
	last, err := strconv.Atoi(filepath.Base(slices.Max(files))[:4])
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%04d", last+1)
}

// follow does what the block says in the folder of the copy; commands are left to the caller.
func (b guideBlock) follow(t *testing.T, copy string) {
	t.Helper()
	at := filepath.Join(copy, b.file)
	if b.language != "diff" {
		if _, err := os.Stat(at); err == nil {
			t.Fatalf("%s makes %s, which is there already", guide, b.file)
		}
		if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(at, []byte(b.text), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	text, err := os.ReadFile(at)
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range strings.Split(b.text, "@@\n") {
		var old, fresh strings.Builder
		for line := range strings.Lines(part) {
			switch rest := line[1:]; line[0] {
			case '-':
				old.WriteString(rest)
			case '+':
				fresh.WriteString(rest)
			default:
				old.WriteString(rest)
				fresh.WriteString(rest)
			}
		}
		if n := strings.Count(string(text), old.String()); n != 1 {
			t.Fatalf("%s says where to add to %s, but these lines stand there %d times:\n%s", guide, b.file, n, old.String())
		}
		text = []byte(strings.Replace(string(text), old.String(), fresh.String(), 1))
	}
	if err := os.WriteFile(at, text, 0o644); err != nil {
		t.Fatal(err)
	}
}

// A newcomer who follows the guide has a room with a table, a page, an operation and a command, and all that holds for
// every room holds for it.
func TestTheGuideOpensARoom(t *testing.T) {
	if testing.Short() {
		t.Skip("Chỉ dựng phòng thử trong bộ thử đầy đủ.")
	}
	blocks := guideBlocks(t)
	copy := t.TempDir()
	if err := copyHouse(copy); err != nil {
		t.Fatal(err)
	}
	for _, b := range blocks {
		if b.language != "sh" {
			b.follow(t, copy)
		}
	}
	run := func(command string) (string, error) {
		cmd := exec.Command("sh", "-c", command)
		cmd.Dir, cmd.Env = copy, append(os.Environ(), "GIAOBAN_BROWSER=")
		out, err := cmd.CombinedOutput()
		return string(out), err
	}
	for _, b := range blocks {
		if b.language != "sh" {
			continue
		}
		for command := range strings.Lines(b.text) {
			if out, err := run(command); err != nil {
				t.Fatalf("%s%s", command, out)
			}
		}
	}
	// A forgotten line fails with the sentence that says what is missing.
	for _, forgotten := range []struct{ file, line, command, says string }{
		{"docs/glossary.md", "| `memo.Memo` |", "go test -short -run Glossary .", "memo.Memo stands not in docs/glossary.md"},
		{"docs/glossary.md", " `memo`", "go test -short -run OnlyTheRoomsBefore .", "memo is not in the list of rooms: name it in a heading of docs/glossary.md"},
		{"record/office.go", `{"memo", Kind{`, "go test -short -run VerbOfTheRooms .", "writes “written” about “memo”, which has no words"},
		{"cli/commands_test.go", `{"memo", `, "go test -short -run EveryCommandRuns ./cli", "giaoban memo is run by no test: give it a line in every"},
		{"web/matrix_forms_test.go", `"POST /ghi-nho"`, "go test -short -run TestNobodyCrossesTheTableOfAuthority/SQLite ./web", "POST /ghi-nho has no form to be tried with"},
	} {
		at := filepath.Join(copy, forgotten.file)
		whole, err := os.ReadFile(at)
		if err != nil {
			t.Fatal(err)
		}
		var lines []string
		for line := range strings.Lines(string(whole)) {
			switch {
			case strings.HasPrefix(line, "## "):
				line = strings.Replace(line, forgotten.line, "", 1)
			case strings.Contains(line, forgotten.line):
				continue
			}
			lines = append(lines, line)
		}
		if err := os.WriteFile(at, []byte(strings.Join(lines, "")), 0o644); err != nil {
			t.Fatal(err)
		}
		if out, err := run(forgotten.command); err == nil || !strings.Contains(out, forgotten.says) {
			t.Errorf("without %q in %s, %s should say %q:\n%s", forgotten.line, forgotten.file, forgotten.command, forgotten.says, out)
		}
		if err := os.WriteFile(at, whole, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// copyHouse copies what the house is made of; what was built or fetched stays behind.
func copyHouse(to string) error {
	return filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if path != "." && (slices.Contains([]string{"bin", "node_modules"}, d.Name()) || strings.HasPrefix(d.Name(), ".")) {
				return filepath.SkipDir
			}
			return os.MkdirAll(filepath.Join(to, path), 0o755)
		}
		if !d.Type().IsRegular() {
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(to, path), text, 0o644)
	})
}
