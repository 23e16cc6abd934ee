package dbtest

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"giaoban/internal/db"
)

var keys sync.Map // package → func() (string, error)

// Key changes whenever a prepared database that the code of a package fills ("giaoban/sample") might come out
// differently: with the package itself and all it stands on. Where the toolchain cannot be asked the test fails.
func Key(t testing.TB, of string) string {
	t.Helper()
	asked, _ := keys.LoadOrStore(of, sync.OnceValues(func() (string, error) {
		key, newest, err := Sources(".", of)
		if err != nil {
			return "", err
		}
		// A file saved after this test was compiled is not what runs here: what it prepares serves this process only.
		if program, err := os.Executable(); err != nil {
			return "", err
		} else if built, err := os.Stat(program); err != nil {
			return "", err
		} else if newest.After(built.ModTime()) {
			key += fmt.Sprintf("-%d", os.Getpid())
		}
		return key, nil
	}))
	key, err := asked.(func() (string, error))()
	if err != nil {
		t.Fatalf("the code behind the prepared databases is not known, so none may be used: %v", err)
	}
	return key
}

// Sources asks the toolchain in a folder which files packages and all they stand on are built from, those of this
// module with what they embed, and go.sum for all others. It answers their fingerprint and when the newest was saved.
func Sources(folder string, of ...string) (key string, newest time.Time, err error) {
	list := exec.Command("go", append([]string{"list", "-deps", "-f", `{{if .Module}}{{if .Module.Main}}{{$p := .}}{{.Module.GoMod}}
{{range .GoFiles}}{{$p.Dir}}/{{.}}
{{end}}{{range .SFiles}}{{$p.Dir}}/{{.}}
{{end}}{{range .EmbedFiles}}{{$p.Dir}}/{{.}}
{{end}}{{end}}{{end}}`}, of...)...)
	list.Dir = folder
	var complaint strings.Builder
	list.Stderr = &complaint
	out, err := list.Output()
	if err != nil {
		return "", newest, fmt.Errorf("go list -deps %s: %w %s", strings.Join(of, " "), err, complaint.String())
	}
	parts, root := []string{runtime.Version()}, ""
	for name := range strings.Lines(string(out)) {
		if name = strings.TrimSpace(name); name == "" {
			continue
		}
		if filepath.Base(name) == "go.mod" {
			if root != "" {
				continue
			}
			root = filepath.Dir(name)
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return "", newest, err
		}
		if saved, err := os.Stat(name); err != nil {
			return "", newest, err
		} else if saved.ModTime().After(newest) {
			newest = saved.ModTime()
		}
		parts = append(parts, strings.TrimPrefix(name, root), string(text))
	}
	if root == "" {
		return "", newest, fmt.Errorf("go list -deps %s names no file of this module", strings.Join(of, " "))
	}
	sums, err := os.ReadFile(filepath.Join(root, "go.sum"))
	if err != nil {
		return "", newest, err
	}
	return db.Fingerprint(append(parts, string(sums))...), newest, nil
}
